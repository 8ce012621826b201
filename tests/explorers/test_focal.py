"""Focal: costs are the losses, and what is best to say has the lowest mean loss."""

import gzip
import json

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.figure import Figure

from lossbook import binary_cross_entropy, focal
from lossbook.explorers import Focal


@pytest.fixture
def explorer():
    return Focal()


def test_the_costs_are_the_losses(explorer):
    p = np.array(explorer.probabilities)
    ones = np.ones(len(p))

    plain = binary_cross_entropy(ones, p, reduction="none")
    assert explorer.costs[0] == pytest.approx(plain, rel=2e-5)
    for gamma, row in zip(explorer.gammas, explorer.costs, strict=True):
        by_hand = -((1 - p) ** gamma) * np.log(p)
        assert row == pytest.approx(by_hand, rel=2e-5)


@pytest.mark.parametrize("j", [0, 10, 24, 44, 48])
def test_nothing_costs_less_than_what_is_best_to_say(explorer, j):
    often = explorer.probabilities[j]
    said = np.linspace(0.001, 0.999, 999)
    logits = np.log(said / (1 - said))
    for gamma, row in zip(explorer.gammas, explorer.best, strict=True):
        means = focal(np.full(999, often), logits, gamma=gamma, reduction="none")
        assert row[j] == pytest.approx(said[means.argmin()], abs=0.0011)


def test_only_the_cross_entropy_makes_honesty_best(explorer):
    assert explorer.best[0] == pytest.approx(explorer.probabilities)
    for nearer, further in zip(explorer.best, explorer.best[1:], strict=False):
        drawn_in = np.abs(np.subtract(nearer, 0.5)) - np.abs(np.subtract(further, 0.5))
        assert np.all(np.delete(drawn_in, 24) > 0)  # but for one half
        assert further[24] == 0.5


def test_it_begins_at_the_example_of_the_docstring(explorer):
    assert explorer.reading() == (
        "0.69 is best to say of what happens in 90 % of all cases. An example that "
        "was given 90 % costs 0.0011 nats; under the cross-entropy, 0.1054."
    ).replace(" %", "\N{NO-BREAK SPACE}%")


@pytest.mark.parametrize(
    ("name", "wished", "got"),
    [("gamma", 2.2, 2), ("gamma", 99, 5), ("probability", 0.905, 0.9)],
)
def test_the_controls_stand_on_samples(explorer, name, wished, got):
    setattr(explorer, name, wished)

    assert getattr(explorer, name) == got


@pytest.mark.parametrize("name", ["gamma", "probability"])
def test_what_is_no_number_is_refused(explorer, name):
    with pytest.raises(ValueError, match="finite number, got nan"):
        setattr(explorer, name, np.nan)


def test_the_static_form_shows_the_present_gamma(explorer):
    explorer.gamma, explorer.probability = 5, 0.1
    with mpl.rc_context():
        figure = Figure()
        explorer.draw(figure)

    for ax, table in zip(figure.axes, (explorer.costs, explorer.best), strict=True):
        plain, _, focused, ball, *_ = ax.lines
        assert plain.get_ydata().tolist() == table[0]
        assert focused.get_ydata().tolist() == table[-1]
        assert ball.get_xydata().tolist() == [[0.1, table[-1][4]]]


def test_the_state_is_small(explorer):
    names = ("gammas", "probabilities", "looks", "costs", "best")
    state = {name: getattr(explorer, name) for name in names}

    assert len(gzip.compress(json.dumps(state).encode())) < 6000
