"""What she believes and says: the expected costs are those of the losses."""

import gzip
import json

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.figure import Figure
from numpy.testing import assert_allclose

from lossbook import binary_cross_entropy, brier_score, mean_absolute_error
from lossbook.explorers import Belief
from tests.explorers.script import readings

RULES = {
    "binary_cross_entropy": binary_cross_entropy,
    "brier_score": brier_score,
    "mean_absolute_error": mean_absolute_error,
}
NAMES = ("beliefs", "sayings", "expected", "least")


@pytest.fixture
def explorer():
    return Belief()


@pytest.mark.parametrize("key", RULES)
def test_what_is_expected_is_the_mean_over_ten_such_days(explorer, key):
    for belief, costs in zip(explorer.beliefs, explorer.expected[key], strict=True):
        happens = round(belief / 10)
        days = np.repeat([1.0, 0.0], [happens, 10 - happens])
        for said, cost in zip(explorer.sayings, costs, strict=True):
            mean = RULES[key](days, np.full(10, said / 100))
            if cost is None:
                assert np.isinf(mean)
            else:
                assert cost / 1000 == pytest.approx(mean, abs=0.000502)


@pytest.mark.parametrize("key", ["binary_cross_entropy", "brier_score"])
def test_under_a_proper_score_it_is_cheapest_to_say_what_one_believes(explorer, key):
    assert [said for said, _ in explorer.least[key]] == explorer.beliefs


def test_under_the_plain_difference_it_is_cheapest_to_be_certain(explorer):
    cheapest = [said for said, _ in explorer.least["mean_absolute_error"]]

    assert cheapest == [0, 0, 0, 0, None, 100, 100, 100, 100]


def test_page_and_python_say_the_same_in_every_state(explorer):
    state = {name: getattr(explorer, name) for name in NAMES}
    calls, said = [], []
    for i, believed in enumerate(explorer.beliefs):
        explorer.believed = believed
        for j, saying in enumerate(explorer.sayings):
            explorer.said = saying
            calls.append([state, i, j])
            said.append(explorer.reading())

    assert readings("belief", calls) == said


@pytest.mark.parametrize(
    ("name", "wished", "got"),
    [("believed", 73, 70), ("believed", 0, 10), ("said", 12.4, 12), ("said", 900, 100)],
)
def test_the_controls_stand_on_samples(explorer, name, wished, got):
    setattr(explorer, name, wished)

    assert getattr(explorer, name) == got


@pytest.mark.parametrize("name", ["believed", "said"])
def test_what_is_no_number_is_refused(explorer, name):
    with pytest.raises(ValueError, match="finite number, got nan"):
        setattr(explorer, name, np.nan)


def test_the_static_form_shows_the_three_curves_of_the_present_belief(explorer):
    explorer.believed, explorer.said = 20, 60
    with mpl.rc_context():
        figure = Figure()
        explorer.draw(figure)

    for ax, rule in zip(figure.axes, RULES.values(), strict=True):
        curve, here, ball = ax.lines
        days = np.repeat([1.0, 0.0], [2, 8])
        means = [rule(days, np.full(10, p / 100)) for p in range(101)]
        assert_allclose(curve.get_ydata(), means)
        assert here.get_xdata() == [20, 20]
        assert_allclose(ball.get_xydata(), [[60, means[60]]])
    titles = [ax.get_title() for ax in figure.axes]
    assert titles == ["log score", "Brier score", "plain difference"]


def test_where_a_score_is_infinite_the_static_form_has_no_ball(explorer):
    explorer.said = 100
    with mpl.rc_context():
        figure = Figure()
        explorer.draw(figure)

    assert [len(ax.lines) for ax in figure.axes] == [2, 3, 3]


def test_the_state_is_small(explorer):
    state = {name: getattr(explorer, name) for name in NAMES}

    assert len(gzip.compress(json.dumps(state).encode())) < 6000
