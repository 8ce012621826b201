"""Steps of formulas, where the obvious way is slow or inexact."""

import numpy as np
from numpy.typing import NDArray

from .blocking import BLOCK_BYTES

FEW = 64  # up to so many classes, an array is faster class by class than row by row
ZEROS = {t: np.zeros(BLOCK_BYTES // 4, t) for t in (np.float32, np.float64)}


def positive(x: NDArray, out: NDArray | None = None) -> NDArray:
    """max(0, x) of a block; with the number 0 NumPy takes three times as long."""
    return np.maximum(x, ZEROS[x.dtype.type][: len(x)], out=out)


def exponentials(x: NDArray, y: NDArray) -> tuple[NDArray, NDArray]:
    """The exponentials of rows without that of column `y`, which is 0; and that one.

    Those of few classes are stored class by class.
    """
    n, k = x.shape
    if k < FEW:
        e = np.array(x, order="F")
        np.exp(e, out=e)
        place = y * n + np.arange(n)
    else:
        e = np.exp(x, order="C")
        place = np.arange(n) * k + y
    flat = e.reshape(-1, order="A")
    own = flat[place]
    flat[place] = 0
    return e, own


def picked(x: NDArray, y: NDArray) -> NDArray:
    """Of each row of `x`, the entry in column `y`: x[i, y_i], in half the time."""
    n, k = x.shape
    return x.reshape(-1)[np.arange(n) * k + y]


def weighed(weight: NDArray, cost: NDArray) -> NDArray:
    """Weight * cost, where a weight of 0 makes even an infinite cost 0."""
    return np.where((weight == 0) & np.isinf(cost), 0, weight * cost)


def difference(a: NDArray, b: NDArray) -> tuple[NDArray, NDArray]:
    """The difference a - b, rounded as always, and what the rounding cut off, exactly.

    The two-sum of Knuth, *The Art of Computer Programming*, volume 2, 4.2.2; there
    is nothing to put back where the difference is infinite.
    """
    rounded = a - b
    taken = rounded - a
    cut_off = (a - (rounded - taken)) - (b + taken)
    cut_off[~np.isfinite(cut_off)] = 0
    return rounded, cut_off
