"""The outlier: every line is the best of its loss, and the shares are the losses'."""

import gzip
import json

import matplotlib as mpl
import numpy as np
import pytest
import traitlets
from matplotlib.figure import Figure
from numpy.testing import assert_allclose, assert_array_equal

from lossbook import (
    datasets,
    huber,
    huber_grad,
    mean_absolute_error,
    mean_squared_error,
    mean_squared_error_grad,
)
from lossbook.explorers import Outlier
from lossbook.explorers.outlier import DELTA, line
from lossbook.widgets import say

LOSSES = {
    "mean_squared_error": mean_squared_error,
    "mean_absolute_error": mean_absolute_error,
    "huber": lambda y, p, **options: huber(y, p, delta=DELTA, **options),
}
GRADIENTS = {
    "mean_squared_error": mean_squared_error_grad,
    "huber": lambda y, p: huber_grad(y, p, delta=DELTA),
}


@pytest.fixture(scope="module")
def figure():
    return Outlier()


@pytest.fixture
def explorer():
    return Outlier()


def areas_and_targets(figure):
    """Living areas, and the prices of all houses for each place of the one."""
    area = np.array(figure.houses["areas"])
    targets = np.tile(figure.houses["prices"], (len(figure.positions), 1))
    targets[:, figure.houses["moved"]] = figure.positions
    return area, targets


@pytest.mark.parametrize("key", LOSSES)
def test_no_line_nearby_has_a_smaller_loss(figure, key):
    """The losses are convex in the line, so the best nearby is the best of all."""
    area, targets = areas_and_targets(figure)
    loss, turn = LOSSES[key], np.linspace(0, 2 * np.pi, 48, endpoint=False)

    for y, slope, intercept in zip(targets, *line(key, area, targets), strict=True):
        least = loss(y, intercept + slope * area)
        for up, tilt in zip(np.sin(turn), np.cos(turn), strict=True):
            moved = intercept + slope * area + up + tilt * (area - 1600) / 500
            assert loss(y, moved) > least


@pytest.mark.parametrize("key", GRADIENTS)
def test_where_the_loss_is_smooth_the_line_stands_where_its_slopes_are_zero(
    figure, key
):
    area, targets = areas_and_targets(figure)

    for y, slope, intercept in zip(targets, *line(key, area, targets), strict=True):
        pull = GRADIENTS[key](y, intercept + slope * area)
        assert_allclose([pull.sum(), pull @ (area - 1600) / 500], 0, atol=1e-9)


def test_the_samples_are_the_lines(figure):
    area, targets = areas_and_targets(figure)

    for fit in figure.fits:
        slopes, intercepts = line(fit["key"], area, targets)
        assert_allclose(fit["slopes"], 1000 * slopes, rtol=5e-6)
        assert_allclose(fit["intercepts"], intercepts, rtol=5e-6)


@pytest.mark.parametrize("place", [0, 27, 50, 60])
def test_the_shares_are_parts_of_the_loss(figure, place):
    area, targets = areas_and_targets(figure)

    for fit in figure.fits:
        slope, intercept = fit["slopes"][place] / 1000, fit["intercepts"][place]
        predicted = intercept + slope * area
        losses = LOSSES[fit["key"]](targets[place], predicted, reduction="none")
        shares = losses / losses.sum()
        assert_allclose(fit["shares"][place], 1000 * shares, atol=0.51)
        assert fit["taken"][place] == pytest.approx(
            100 * shares[figure.houses["moved"]], abs=1e-3
        )


def test_the_houses_are_real_and_stand_for_all(figure):
    table = datasets.ames_housing()
    area, price = table["living_area_sqft"], table["price_usd"] / 1000
    sold = set(zip(area.tolist(), price.tolist(), strict=True))
    here = zip(figure.houses["areas"], figure.houses["prices"], strict=True)
    assert set(here) <= sold

    real = figure.positions.index(figure.houses["prices"][figure.houses["moved"]])
    whole = 1000 * np.polyfit(area, price, 1)[0]
    assert figure.fits[0]["slopes"][real] == pytest.approx(whole, abs=1)


def test_the_description_counts_the_houses_and_names_the_threshold(figure):
    assert figure.description.startswith(f"{len(figure.houses['areas'])} houses, ")
    assert f"(delta {DELTA:g} thousand dollars)" in figure.description
    assert f"δ = {DELTA:g}" in figure.fits[2]["name"]


def test_only_the_squared_error_follows_the_house_all_the_way(figure):
    mse, absolute, smooth = (np.array(fit["slopes"]) for fit in figure.fits)
    above = np.array(figure.positions) >= 320

    assert_allclose(np.diff(mse), np.diff(mse)[0], rtol=1e-3)
    assert np.ptp(mse) > 100
    for slopes in (absolute, smooth):
        assert_allclose(slopes[above], slopes[-1], rtol=1e-6)


def test_the_reading_is_that_of_the_samples_in_every_state(explorer):
    for fit in explorer.fits:
        explorer.loss = fit["key"]
        for i, place in enumerate(explorer.positions):
            explorer.price = place
            rises = [say(each["slopes"][i], 0) for each in explorer.fits]
            assert explorer.reading() == (
                f"{say(fit['taken'][i], 0)}\N{NO-BREAK SPACE}% of the {fit['title']} "
                f"comes from this one house, at {say(place, 0)} thousand dollars. "
                f"The MSE line rises by {rises[0]} dollars per square foot, the "
                f"absolute-error line by {rises[1]}, the Huber line by {rises[2]}."
            )


@pytest.mark.parametrize(("wished", "got"), [(-50, 0), (314, 310), (9e9, 600)])
def test_the_price_stands_on_a_sample(explorer, wished, got):
    explorer.price = wished

    assert explorer.price == got


def test_what_is_no_price_or_no_loss_of_the_three_is_refused(explorer):
    with pytest.raises(ValueError, match="finite number, got inf"):
        explorer.price = np.inf
    with pytest.raises(traitlets.TraitError, match="mean_absolute_error"):
        explorer.loss = "hinge"


def test_the_static_form_shows_the_houses_and_the_three_lines(explorer):
    explorer.loss, explorer.price = "huber", 100
    place = explorer.positions.index(100)
    with mpl.rc_context():
        figure = Figure()
        explorer.draw(figure)

    (ax,) = figure.axes
    shares, houses = ax.collections
    moved = explorer.houses["moved"]
    assert_array_equal(shares.get_sizes(), explorer.fits[2]["shares"][place])
    assert houses.get_offsets()[moved].tolist() == [2283, 100]
    lines = [drawn for drawn in ax.lines if len(drawn.get_xdata()) == 2]
    for drawn, fit in zip(lines, explorer.fits, strict=True):
        rise = np.diff(drawn.get_ydata()) / np.diff(drawn.get_xdata())
        assert_allclose(1000 * rise, fit["slopes"][place])


def test_the_state_is_small(figure):
    state = {name: getattr(figure, name) for name in ("positions", "houses", "fits")}

    assert len(gzip.compress(json.dumps(state).encode())) < 8000
