"""The region: its losses are those of the picture that is drawn."""

import gzip
import json

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.figure import Figure

from lossbook import binary_cross_entropy, dice, tversky
from lossbook.explorers import Region
from lossbook.widgets import say


@pytest.fixture
def explorer():
    return Region()


def picture(explorer, marked, predicted):
    """The labels and probabilities of the pixels, by the explorer's own order."""
    y, p = np.zeros(1024, dtype=int), np.full(1024, 0.001)
    y[explorer.order[:marked]] = 1
    p[explorer.order[:predicted]] = 0.9
    return y, p


def test_every_sample_is_the_loss_of_its_picture(explorer):
    entropy, overlap, priced = (curve["rows"] for curve in explorer.curves)
    for i, marked in enumerate(explorer.markeds):
        for j, predicted in enumerate(explorer.predicteds):
            y, p = picture(explorer, marked, predicted)
            mean = binary_cross_entropy(y, p)
            assert entropy[i][j] == pytest.approx(mean, rel=5e-6)
            assert overlap[i][j] == pytest.approx(dice([y], [p]), rel=5e-6)
            assert priced[i][j] == pytest.approx(tversky([y], [p]), rel=5e-6)


def test_the_pixels_come_from_the_centre_outwards_and_stay_off_the_edges(explorer):
    assert sorted(explorer.order) == list(range(1024))
    row, column = np.divmod(explorer.order, 32)
    away = np.hypot(row - 12.8131, column - 17.7077)
    assert np.diff(away).min() > 1e-6, "two are equally far: who comes first is chance"
    largest = explorer.order[: explorer.predicteds[-1]]
    assert {0, 31}.isdisjoint(np.divmod(largest, 32)[0])
    assert {0, 31}.isdisjoint(np.divmod(largest, 32)[1])


def test_it_begins_where_the_cross_entropy_hides_that_nothing_is_found(explorer):
    assert explorer.reading() == (
        "0.998 is the Dice loss, 0.999 the Tversky loss, 0.055 the mean "
        "cross-entropy. 0 of 8 marked pixels are found, and 0 too many are predicted."
    )


def test_the_reading_is_that_of_the_samples_in_every_state(explorer):
    for i, marked in enumerate(explorer.markeds):
        for j, predicted in enumerate(explorer.predicteds):
            explorer.marked, explorer.predicted = marked, predicted
            entropy, overlap, priced = (
                say(curve["rows"][i][j], 3) for curve in explorer.curves
            )
            found = min(marked, predicted)
            assert explorer.reading() == (
                f"{overlap} is the Dice loss, {priced} the Tversky loss, {entropy} the "
                f"mean cross-entropy. {found} of {marked} marked pixels are "
                f"found, and {predicted - found} too many are predicted."
            )


def test_a_useless_prediction_costs_dice_the_same_at_any_size(explorer):
    entropy, overlap, _ = (np.array(curve["rows"]) for curve in explorer.curves)

    assert np.ptp(overlap[:, 0]) < 0.002
    assert entropy[-1, 0] / entropy[0, 0] > 50


@pytest.mark.parametrize(
    ("name", "wished", "got"),
    [("marked", 11, 8), ("marked", 1000, 128), ("predicted", -3, 0)],
)
def test_the_controls_stand_on_samples(explorer, name, wished, got):
    setattr(explorer, name, wished)

    assert getattr(explorer, name) == got


def test_the_static_form_shows_the_present_regions(explorer):
    explorer.marked, explorer.predicted = 16, 24
    with mpl.rc_context():
        figure = Figure()
        explorer.draw(figure)

    left, right = figure.axes
    assert len(left.patches) == 16 + 24
    for curve, at, ball in zip(
        explorer.curves, right.lines[::2], right.lines[1::2], strict=True
    ):
        heights = curve["rows"][explorer.markeds.index(16)]
        assert at.get_ydata().tolist() == heights
        place = explorer.predicteds.index(24)
        assert ball.get_xydata().tolist() == [[place, heights[place]]]


def test_the_state_is_small(explorer):
    names = ("markeds", "predicteds", "order", "curves")
    state = {name: getattr(explorer, name) for name in names}

    assert len(gzip.compress(json.dumps(state).encode())) < 5000
