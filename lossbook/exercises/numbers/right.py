"""What is right around quantiles, spread and counts, with places for mistakes."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray


def level(ratio: float) -> float:
    """The level at which too low costs `ratio` times as much as too high."""
    return ratio / (ratio + 1)


def inside(
    spread: Callable = lambda s: np.exp(s / 2),
    holds: Callable = lambda error, width: np.abs(error) < width,
    times: float = 2,
) -> Callable:
    """The share of the targets for which something `holds` of error and width.

    `spread` makes the standard deviation of the logarithm of the variance, and
    `times` of these are the width.  The defaults are right.
    """

    def result(y: NDArray, mean: NDArray, log_variance: NDArray) -> float:
        return np.mean(holds(y - mean, times * spread(log_variance)))

    return result
