"""The claim: its samples and its reading are what the Gaussian likelihood charges."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from lossbook import gaussian_nll
from lossbook.explorers import Claim


def cost(error, variance):
    return gaussian_nll([error], [[0.0, np.log(variance)]])


def test_its_samples_are_the_loss():
    explorer = Claim()

    for error, costs in zip(explorer.errors, explorer.costs, strict=True):
        wanted = [cost(error, variance) for variance in explorer.variances]
        assert costs == pytest.approx(wanted, rel=5e-6, abs=1e-5)


def test_a_variance_of_four_and_an_error_of_two():
    explorer = Claim()
    explorer.variance, explorer.error = 4.0, 2.0

    assert explorer.reading() == (
        f"{cost(2, 4):.3f} nats for an error of 2.0 and a claimed variance of 4.00; "
        f"without the constant {(np.log(4) + 1) / 2:.3f}. For this error, the variance "
        "4.00 is the cheapest here."
    )


def test_the_cheapest_variance_is_near_the_square_of_the_error():
    explorer = Claim()

    for error, costs in zip(explorer.errors[1:], explorer.costs[1:], strict=True):
        cheapest = explorer.variances[int(np.argmin(costs))]
        assert abs(np.log2(cheapest / error**2)) <= 1 / 8


def test_both_stay_on_their_samples():
    explorer = Claim()
    explorer.variance, explorer.error = 1e6, -3.0
    assert (explorer.variance, explorer.error) == (64.0, 0.0)
    with pytest.raises(ValueError, match="finite"):
        explorer.error = np.nan


def test_its_picture_shows_the_cost_of_the_present_error_and_the_claim():
    explorer, figure = Claim(), Figure()
    explorer.variance, explorer.error = 4.0, 3.0
    explorer.draw(figure)
    figure.draw_without_rendering()
    (ax,) = figure.axes
    line, ball = (each.get_xydata() for each in ax.lines)

    assert line[:, 0].tolist() == explorer.variances
    costs = [cost(3, variance) for variance in explorer.variances]
    assert line[:, 1] == pytest.approx(costs, rel=5e-6, abs=1e-5)
    assert ball[0] == pytest.approx([4, cost(3, 4)], rel=5e-6)
    for place, text in zip(ax.get_xticks(), ax.get_xticklabels(), strict=True):
        assert float(text.get_text()) == place
