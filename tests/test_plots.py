"""The figures draw the losses, and nothing else happens."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from numpy.testing import assert_array_equal

from lossbook import plots
from lossbook.calibration import reliability
from lossbook.catalogue import LOSSES

LABEL = {"numbers": 0.5, "counts": 2, "0/1": 1, "-1/+1": -1}
curves = [loss for loss in LOSSES if loss.labels in LABEL and loss.outputs == 1]


@pytest.fixture(autouse=True)
def no_figure_is_left():
    yield
    plt.close("all")


@pytest.mark.parametrize("loss", curves, ids=str)
def test_the_curves_are_the_loss_and_its_slope(loss):
    x = np.linspace(0.05, 0.95, 19)
    y = np.full(19, LABEL[loss.labels])

    left, right = plots.loss_and_slope(loss, y[0], x)

    for ax, f in ((left, loss.value), (right, loss.grad)):
        drawn = max(ax.lines, key=lambda line: len(line.get_xdata()))
        assert_array_equal(drawn.get_xdata(), x)
        assert_array_equal(drawn.get_ydata(), f(y, x, reduction="none"))


def test_curves_go_where_they_are_told():
    axes = plt.subplots(1, 2)[1]

    assert plots.loss_and_slope(LOSSES[0], 0, [-1, 1], axes) == tuple(axes)


def test_the_fitted_line_ends_where_the_examples_end():
    ax = plots.fitted_line([3, 1, 2], [30, 10, 20], slope=5, intercept=2)

    assert_array_equal(ax.lines[0].get_xdata(), [1, 3])
    assert_array_equal(ax.lines[0].get_ydata(), [7, 17])
    assert_array_equal(ax.collections[0].get_offsets(), [[3, 30], [1, 10], [2, 20]])


def test_pictures_share_one_scale_of_grey():
    faint, dark = np.full((2, 2), 4.0), np.full((2, 2), 16.0)

    axes = plots.pictures([faint, dark], [4, "dark"])

    assert [ax.get_title() for ax in axes] == ["4", "dark"]
    assert_array_equal(axes[0].images[0].get_array(), faint)
    assert {ax.images[0].get_clim() for ax in axes} == {(0, 16)}


def test_a_picture_without_a_title_is_refused():
    with pytest.raises(ValueError, match="zip"):
        plots.pictures(np.zeros((2, 8, 8)), ["only one"])


def test_the_strip_lies_where_the_scores_are_between_minus_one_and_one():
    x, y, w, b = np.array([[-2, 0], [1, 1], [2, 5]]), [-1, -1, 1], [3.0, -4.0], 0.5

    ax = plots.strip(x, y, w, b, ringed=[False, True, False])

    squares, circles, rings = (drawn.get_offsets() for drawn in ax.collections)
    assert_array_equal(squares, x[:2])
    assert_array_equal(circles, x[2:])
    assert_array_equal(rings, x[1:2])
    for line, score in zip(ax.lines, (-1, 0, 1), strict=True):
        for point in (line.get_xy1(), line.get_xy2()):
            assert np.dot(point, w) + b == pytest.approx(score)


@pytest.mark.parametrize(
    ("draw", "says"),
    [
        (lambda bad: plots.loss_and_slope(LOSSES[0], 0, bad), "x must"),
        (lambda bad: plots.fitted_line(bad, [1, 2], 1, 0), "x must"),
        (lambda bad: plots.fitted_line([1, 2], bad, 1, 0), "y must"),
        (lambda bad: plots.pictures([[bad, bad]], ["one"]), "images must"),
        (lambda bad: plots.strip([bad, bad], [-1, 1], [1, 1], 0), "x must"),
        (lambda bad: plots.strip([[1, 2], [3, 4]], bad, [1, 1], 0), "y_true must"),
        (lambda bad: plots.strip([[1, 2], [3, 4]], [-1, 1], bad, 0), "w must"),
    ],
)
@pytest.mark.parametrize(
    "bad",
    [
        [1, np.nan],
        ["1", "2"],
        [1, 2j],
        np.array(["2026-01-01", "2026-01-02"], "M8[D]"),
        np.ma.array([1, 2], mask=[0, 1]),
    ],
    ids=["nan", "text", "complex", "dates", "masked"],
)
def test_what_is_no_number_is_not_drawn(draw, says, bad):
    with pytest.raises(ValueError, match=says):
        draw(bad)


def test_a_strip_takes_signs_and_a_border():
    with pytest.raises(ValueError, match=r"y_true must be -1 or \+1, got 0"):
        plots.strip([[1, 2], [3, 4]], [0, 1], [1, 1], 0)
    with pytest.raises(ValueError, match="w must not be zero"):
        plots.strip([[1, 2], [3, 4]], [-1, 1], [0, 0], 0)


def test_pictures_may_be_bytes_or_bits():
    for kind in (np.uint8, bool):
        (ax,) = plots.pictures(np.ones((1, 2, 2), kind), ["ink"])
        assert ax.images[0].get_clim() == (0, 1)


def test_a_reliability_diagram_draws_the_table():
    y, p = [0, 0, 1, 0, 1, 1], [0.1, 0.1, 0.1, 0.1, 0.75, 0.75]

    ax = plots.reliability_diagram(y, p, label="rain")

    diagonal, dots = ax.lines
    assert_array_equal(diagonal.get_xydata(), [[0, 0], [1, 1]])
    table = reliability(y, p)
    assert_array_equal(dots.get_xydata(), np.transpose(table[:2]))
    many, few = ax.collections[0].get_sizes()
    assert many > few

    assert plots.reliability_diagram(y, p, bins=1, ax=ax) is ax
    assert len(ax.lines) == 3, "one diagonal, whoever is drawn beside"
    assert len(ax.lines[2].get_xdata()) == 1
