"""The temperature: its losses and tables are those of the model that it cools."""

import gzip
import json

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.figure import Figure
from numpy.testing import assert_allclose

from lossbook import brier_score, cross_entropy_from_logits, datasets, softmax, training
from lossbook.calibration import expected_calibration_error, reliability
from lossbook.explorers import Temperature
from tests.explorers.script import readings

NAMES = ("temperatures", "losses", "tables", "measures")


@pytest.fixture
def explorer():
    return Temperature()


@pytest.fixture(scope="module")
def parts():
    """Labels and logits of the images, made as the chapter makes them."""
    table = datasets.digits()
    upper = [f"p{row}{column}" for row in range(4) for column in range(8)]
    x, digit = table.matrix(*upper), table["digit"]
    order = np.random.default_rng(0).permutation(1797)
    known, validation, test = order[:100], order[100:600], order[600:]
    mean, scale = datasets.standardise(x[known])
    fit = training.train(
        (x[known] - mean) / scale,
        digit[known],
        "cross_entropy_from_logits",
        learning_rate=0.5,
        steps=1000,
    )
    logits = fit.model.output((x - mean) / scale)
    named = {"training": known, "validation": validation, "test": test}
    return {name: (digit[at], logits[at]) for name, at in named.items()}


@pytest.mark.parametrize("name", ["training", "validation", "test"])
def test_the_losses_are_those_of_the_images(explorer, parts, name):
    digit, logits = parts[name]
    for t, loss in zip(explorer.temperatures, explorer.losses[name], strict=True):
        expected = cross_entropy_from_logits(digit, logits / t)
        assert loss == pytest.approx(expected, rel=1e-4)


def test_tables_and_measures_are_those_of_the_test_images(explorer, parts):
    digit, logits = parts["test"]
    for i in range(0, len(explorer.temperatures), 8):
        probs = softmax(logits / explorer.temperatures[i])
        table = np.transpose(reliability(digit, probs))
        assert_allclose(explorer.tables[i], table, rtol=1e-4)
        assert_allclose(
            np.divide(explorer.measures[i], 1000),
            [
                cross_entropy_from_logits(digit, logits / explorer.temperatures[i]),
                brier_score(digit, probs),
                expected_calibration_error(digit, probs),
                probs.max(axis=1).mean(),
                np.mean(probs.argmax(axis=1) == digit),
            ],
            atol=0.0006,
        )


def test_held_out_images_ask_for_a_cooler_model_and_training_images_for_none(explorer):
    def best(part):
        return explorer.temperatures[int(np.argmin(explorer.losses[part]))]

    assert 1.5 < best("validation") < 3
    assert 1.5 < best("test") < 3
    assert best("training") == min(explorer.temperatures)


def test_no_temperature_changes_an_answer(explorer):
    assert len({right for *_, right in explorer.measures}) == 1


def test_page_and_python_say_the_same_in_every_state(explorer):
    state = {name: getattr(explorer, name) for name in NAMES}
    calls, said = [], []
    for i, temperature in enumerate(explorer.temperatures):
        explorer.temperature = temperature
        calls.append([state, i])
        said.append(explorer.reading())

    assert readings("temperature", calls) == said


@pytest.mark.parametrize(("wished", "got"), [(1.04, 1), (0, 0.25), (99, 8)])
def test_the_control_stands_on_samples(explorer, wished, got):
    explorer.temperature = wished

    assert explorer.temperature == got


def test_what_is_no_number_is_refused(explorer):
    with pytest.raises(ValueError, match="finite number, got inf"):
        explorer.temperature = np.inf


def test_the_static_form_shows_the_present_table(explorer):
    explorer.temperature = 2
    with mpl.rc_context():
        figure = Figure()
        explorer.draw(figure)

    left, right = figure.axes
    at = explorer.temperatures.index(2)
    said, was, _ = np.transpose(explorer.tables[at])
    dots = left.collections[-1].get_offsets()
    assert_allclose(dots, np.column_stack([said, was]), rtol=1e-5)
    test, validation, known, ball = right.lines
    for line, part in ((test, "test"), (validation, "validation"), (known, "training")):
        assert line.get_ydata().tolist() == explorer.losses[part]
        assert line.get_label() == f"{part} images"
    assert ball.get_xydata().tolist() == [[2, explorer.losses["test"][at]]]


def test_the_state_is_small(explorer):
    state = {name: getattr(explorer, name) for name in NAMES}

    assert len(gzip.compress(json.dumps(state).encode())) < 6000
