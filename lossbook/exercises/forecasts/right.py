"""What is right around forecasts, with places where it can go wrong."""

import numpy as np
from numpy.typing import NDArray

from ...link_functions import softmax
from ...losses import binary_cross_entropy, brier_score


def scores(y: NDArray, p: NDArray) -> tuple[float, float]:
    """The mean Brier score and the mean log score."""
    return brier_score(y, p), binary_cross_entropy(y, p)


def expected(q: float, p: float) -> float:
    """The Brier score that is expected for saying p, if the probability is q."""
    happens, fails = brier_score([1, 0], [p, p], reduction="none")
    return q * happens + (1 - q) * fails


def by_bin(y: NDArray, p: NDArray, bins: int) -> tuple[NDArray, NDArray, NDArray]:
    """Of each bin that is not empty: what was said, how often it was, how many."""
    cuts = np.linspace(0, 1, bins + 1)[1:-1]
    at = np.searchsorted(cuts, p)
    count = np.bincount(at, minlength=bins)
    filled = count > 0
    told, was = (np.bincount(at, v, bins)[filled] / count[filled] for v in (p, y))
    return told, was, count[filled]


def weighted_distance(y: NDArray, p: NDArray, bins: int) -> float:
    """The mean distance of what was said from what was, each bin by its count."""
    told, was, count = by_bin(y, p, bins)
    return count @ np.abs(was - told) / count.sum()


def share_of_pairs(y: NDArray, p: NDArray, tie: float = 0.5) -> float:
    """In which share of the pairs the example that happened has the larger p."""
    happened, failed = p[y == 1][:, None], p[y == 0]
    return np.mean(happened > failed) + tie * np.mean(happened == failed)


def at_temperature(z: NDArray, t: float) -> NDArray:
    """The probabilities of logits that are divided by a temperature."""
    return softmax(z / t)
