"""The claim: its samples and its reading are what the Gaussian likelihood charges."""

import numpy as np
import pytest

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
