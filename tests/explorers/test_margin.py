"""The line: its samples are the hinge loss, and what is drawn is what is counted."""

import gzip
import json

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.figure import Figure
from numpy.testing import assert_allclose, assert_array_equal

from lossbook import hinge
from lossbook.explorers import Margin
from lossbook.widgets import say


@pytest.fixture(scope="module")
def explorer():
    return Margin()


def grid(explorer):
    """Turn, shift and length of every sampled line, in the order of the samples."""
    axes = (explorer.places[name] for name in ("turn", "shift", "length"))
    return [part.ravel() for part in np.meshgrid(*axes, indexing="ij")]


def margins_and_losses(explorer):
    """Of every sampled line, from its weights and bias."""
    *x, y = np.array(explorer.points).T
    margins, losses = [], []
    for turn, shift, length in zip(*grid(explorer), strict=True):
        angle = np.radians(-turn)  # w points to class +1, on the right
        w = length * np.array([np.cos(angle), np.sin(angle)])
        scores = w @ x - w[0] * shift
        margins.append(y * scores)
        losses.append(hinge(y, scores))
    return np.array(margins), np.array(losses)


def shown(values):
    """What the digits shown are worth, in thousandths."""
    return np.array([round(1000 * float(say(value, 3))) for value in values])


def test_the_class_that_is_called_right_stands_on_the_right(explorer):
    *x, y = np.array(explorer.points).T

    assert x[0][y == 1].mean() > 2 > -2 > x[0][y == -1].mean()
    assert "class −1 on the left and discs of class +1 on the right" in (
        explorer.description
    )


def test_the_samples_are_the_hinge_loss_and_who_pays(explorer):
    margins, losses = margins_and_losses(explorer)

    assert_array_equal(explorer.lines["loss"], shown(losses))
    assert_array_equal(explorer.lines["pay"], (margins < 1).sum(axis=1))


def test_scaling_the_weights_moves_the_edges_and_changes_no_answer(explorer):
    margins, _ = margins_and_losses(explorer)
    wrong = (margins <= 0).sum(axis=1).reshape(-1, 9)

    assert_array_equal(
        wrong, np.repeat(np.array(explorer.lines["wrong"]), 9).reshape(-1, 9)
    )
    assert (np.diff(np.array(explorer.lines["pay"]).reshape(-1, 9)) <= 0)[
        wrong[:, 0] == 0
    ].all()


def test_no_point_stands_so_close_to_a_line_that_page_and_samples_may_differ(explorer):
    margins, _ = margins_and_losses(explorer)

    assert abs(margins).min() > 1e-6
    assert abs(margins - 1).min() > 1e-6


def test_the_digits_shown_of_loss_and_penalty_add_up(explorer):
    _, losses = margins_and_losses(explorer)
    length = grid(explorer)[2]

    for factor, penalties in zip((0, 0.1, 1), explorer.lines["penalty"], strict=True):
        penalty = factor / 2 * length**2
        assert_allclose(np.tile(penalties, 117), 1000 * penalty)
        added = np.array(explorer.lines["loss"]) + np.tile(penalties, 117)
        assert_array_equal(added, shown(losses + penalty))


@pytest.mark.parametrize(
    ("penalty", "length"), [(0.0, "long"), (0.1, "middling"), (1.0, "short")]
)
def test_the_penalty_makes_the_best_weights_shorter(explorer, penalty, length):
    which = [0.0, 0.1, 1.0].index(penalty)
    _, losses = margins_and_losses(explorer)
    best = explorer.lines["best"][which]

    costs = losses + penalty / 2 * grid(explorer)[2] ** 2
    assert costs[best] == costs.min()
    among = {"long": (1, 2), "middling": (0.5, 1), "short": (0, 0.5)}[length]
    assert among[0] < grid(explorer)[2][best] < among[1]


def test_the_reading_tells_who_pays_and_what_it_costs():
    explorer = Margin()

    assert explorer.reading() == (
        "0.165 is the hinge loss of 0.147 plus the penalty of 0.018. "
        "10 of 32 points pay, 1 wrong."
    )


def test_the_reading_tells_what_is_best_and_what_leaves_the_plot():
    explorer = Margin()
    explorer.turn, explorer.shift, explorer.length = -10, 0, 0.8
    assert explorer.reading().startswith("0.039 is")
    assert explorer.reading().endswith(", none wrong. No other line here costs less.")

    explorer.penalty, explorer.length = 1, 1.8
    assert explorer.reading().startswith("1.620 is")
    assert explorer.reading().endswith(" The bar leaves the plot.")

    explorer.turn, explorer.shift, explorer.length, explorer.penalty = -30, -0.5, 1.4, 0
    assert explorer.reading() == (
        "0.000 is the hinge loss of 0.000 plus the penalty of 0.000. "
        "No point pays. No other line here costs less."
    )


@pytest.mark.parametrize(
    ("name", "wished", "got"),
    [
        ("turn", 99, 60),
        ("turn", -12, -10),
        ("shift", 0.3, 0.5),
        ("length", 0, 0.2),
        ("penalty", 0.3, 0.1),
    ],
)
def test_the_line_stands_on_a_sample(name, wished, got):
    explorer = Margin()

    setattr(explorer, name, wished)

    assert getattr(explorer, name) == got


def test_a_place_must_be_a_number():
    with pytest.raises(ValueError, match="finite number, got nan"):
        Margin().shift = np.nan


def test_the_static_form_shows_the_line_and_leads_who_pays_to_an_edge():
    explorer = Margin()
    with mpl.rc_context():
        figure = Figure()
        explorer.draw(figure)

    (ax,) = figure.axes
    lines = ax.lines[:3]
    assert_allclose([line.get_xy1()[0] for line in lines], lines_at(explorer))
    *ways, ball = (line.get_xydata() for line in ax.lines[3:])
    ways = np.array(ways)
    assert_allclose(scores_at(explorer, ball), 0, atol=1e-12)
    assert len(ways) == 10
    assert_allclose(abs(scores_at(explorer, ways[:, 1])), 1)
    lengths = np.hypot(*(ways[:, 1] - ways[:, 0]).T)
    loss = shown([explorer.length * lengths.sum() / 32])
    assert loss == 147


def lines_at(explorer):
    """Where the lines of score -1, 0 and 1 are nearest to the origin, first axis."""
    angle = np.radians(explorer.turn)
    away = explorer.shift * np.cos(angle)
    return [np.cos(angle) * (away + score / explorer.length) for score in (-1, 0, 1)]


def scores_at(explorer, x):
    angle = np.radians(explorer.turn)
    across = np.array([np.cos(angle), -np.sin(angle)])
    return explorer.length * ((x - [explorer.shift, 0]) @ across)


def test_the_state_is_small():
    state = Margin().get_state()
    ours = {name: state[name] for name in ("lines", "points", "places")}

    assert len(gzip.compress(json.dumps(ours).encode())) < 8000
