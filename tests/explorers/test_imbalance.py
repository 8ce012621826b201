"""The rare class: its counts and losses are those of models trained as in the book."""

import gzip
import json

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.figure import Figure
from numpy.testing import assert_allclose

from lossbook import (
    binary_cross_entropy,
    binary_cross_entropy_from_logits as cross_entropy,
    datasets,
    training,
)
from lossbook.explorers import Imbalance
from lossbook.widgets import say

KEY = "binary_cross_entropy_from_logits"


@pytest.fixture(scope="module")
def patients():
    x, ill = datasets.imbalanced(4000)
    known, held_out = datasets.split(len(x))
    return x[known], ill[known], x[held_out], ill[held_out]


@pytest.fixture
def explorer():
    return Imbalance()


@pytest.mark.parametrize("weight", [1, 10])
def test_the_counts_are_those_of_the_chapter(explorer, patients, weight):
    """The chapter takes more and shorter steps; nobody changes sides for that."""
    x, ill, held_out, truth = patients
    fit = training.train(
        x, ill, KEY, class_weights=[1, weight], learning_rate=1.0, steps=1000
    )
    probs = fit.model.probs(held_out)

    column = explorer.weights.index(weight)
    for threshold in (0.03, 0.0909, 0.2, 0.5):
        row = explorer.thresholds.index(threshold)
        alarm = probs > threshold
        found = explorer.counts["found"][row][column]
        assert found == np.sum(alarm & (truth == 1))
        assert explorer.counts["false"][row][column] == alarm.sum() - found


@pytest.mark.parametrize("weight", [1, 5, 60])
def test_the_losses_are_those_of_the_held_out_patients(explorer, patients, weight):
    x, ill, held_out, truth = patients
    weights = [1, weight]
    fit = training.train(
        x, ill, KEY, class_weights=weights, learning_rate=4.0, steps=250
    )
    logits = fit.model.output(held_out)

    column = explorer.weights.index(weight)
    weighted = cross_entropy(truth, logits, class_weights=weights)
    assert explorer.losses["weighted"][column] == pytest.approx(weighted, rel=5e-6)
    plain = cross_entropy(truth, logits)
    assert explorer.losses["plain"][column] == pytest.approx(plain, rel=5e-6)
    always = binary_cross_entropy(truth, np.full(len(truth), ill.mean()))
    assert explorer.losses["baseline"] == pytest.approx(always, rel=5e-6)


def test_the_training_is_done_at_every_weight(explorer, patients):
    x, ill, *_ = patients
    for weight in explorer.weights[::5]:
        fit = training.train(
            x, ill, KEY, class_weights=[1, weight], learning_rate=4.0, steps=250
        )
        assert fit.history.gradient_norm[-1] < 1e-3


def test_more_weight_finds_more_of_the_ill_and_raises_more_false_alarms(explorer):
    for part in ("found", "false"):
        assert np.all(np.diff(explorer.counts[part], axis=1) >= 0)
        assert np.all(np.diff(explorer.counts[part], axis=0) <= 0)


def test_no_state_is_without_an_alarm_so_precision_exists(explorer):
    assert np.add(*(explorer.counts[part] for part in ("found", "false"))).min() > 0


def test_it_begins_where_accuracy_hides_that_two_in_three_are_missed(explorer):
    assert explorer.reading() == (
        "10 of 31 who are ill are found (recall 32 %), with 5 false alarms "
        "(precision 67 %). Accuracy 97.4 %, cross-entropy 0.053, weighted 0.053."
    ).replace(" %", "\N{NO-BREAK SPACE}%")


def test_the_reading_is_that_of_the_samples_in_every_state(explorer):
    ill, everybody = explorer.people["ill"], explorer.people["all"]
    for j, threshold in enumerate(explorer.thresholds):
        explorer.threshold = threshold
        for i, weight in enumerate(explorer.weights):
            explorer.weight = weight
            found, wrong = (explorer.counts[part][j][i] for part in ("found", "false"))
            right = found + everybody - ill - wrong
            alarms = "1 false alarm" if wrong == 1 else f"{wrong} false alarms"
            assert explorer.reading() == (
                f"{found} of {ill} who are ill are found "
                f"(recall {say(100 * found / ill, 0)} %), with {alarms} "
                f"(precision {say(100 * found / (found + wrong), 0)} %). "
                f"Accuracy {say(100 * right / everybody, 1)} %, "
                f"cross-entropy {say(explorer.losses['plain'][i], 3)}, "
                f"weighted {say(explorer.losses['weighted'][i], 3)}."
            ).replace(" %", "\N{NO-BREAK SPACE}%")


@pytest.mark.parametrize(
    ("name", "wished", "got"),
    [("weight", 9.2, 10), ("weight", 0, 1), ("threshold", 0.49, 0.5)],
)
def test_the_controls_stand_on_samples(explorer, name, wished, got):
    setattr(explorer, name, wished)

    assert getattr(explorer, name) == got


@pytest.mark.parametrize("name", ["weight", "threshold"])
def test_what_is_no_number_is_refused(explorer, name):
    with pytest.raises(ValueError, match="finite number, got nan"):
        setattr(explorer, name, np.nan)


def test_the_static_form_shows_the_present_threshold(explorer):
    explorer.threshold, explorer.weight = 0.2, 10
    row = explorer.thresholds.index(0.2)
    with mpl.rc_context():
        figure = Figure()
        explorer.draw(figure)

    left, right = figure.axes
    recall, at, precision, _, _, _, here = left.lines
    found, wrong = (np.array(explorer.counts[part][row]) for part in ("found", "false"))
    assert_allclose(recall.get_ydata(), 100 * found / explorer.people["ill"])
    assert_allclose(precision.get_ydata(), 100 * found / (found + wrong))
    column = explorer.weights.index(10)
    assert at.get_xydata().tolist() == [[10, recall.get_ydata()[column]]]
    assert here.get_xdata() == [10, 10]
    for drawn, name in zip(right.lines[::2], ("plain", "weighted"), strict=False):
        assert drawn.get_ydata().tolist() == explorer.losses[name]


def test_the_state_is_small(explorer):
    names = ("weights", "thresholds", "people", "counts", "losses")
    state = {name: getattr(explorer, name) for name in names}

    assert len(gzip.compress(json.dumps(state).encode())) < 8000
