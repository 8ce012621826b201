"""Blocks of rows that fit into the cache, and their sums."""

import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

BLOCK = 2**14  # numbers at a time: what is made of them stays in the cache
BLOCK_BYTES = 15 * 2**16  # the same for pairs, for all that is made of a block
RUN = 512  # so many products are added in their own precision, and the rest in double
SHORT = 32  # for so few numbers Python is faster than NumPy
ONES = np.ones(RUN, np.float32)


def blocks(x: NDArray, size: int = BLOCK) -> Iterator[slice]:
    """Slices that cover the rows of `x`, about `size` numbers at a time."""
    rows = max(1, size * len(x) // max(1, x.size))
    return (slice(i, i + rows) for i in range(0, len(x), rows))


def pairs(
    y: NDArray, x: NDArray, dtype: type[np.floating], arrays: int
) -> Iterator[tuple[slice, NDArray, NDArray]]:
    """Blocks of two vectors, both in the precision in which they are computed.

    `arrays` is how many arrays of the size of a block its formula keeps at a time.
    """
    n = len(x)
    if n <= RUN:  # one block: nothing to cut
        yield slice(n), y.astype(dtype, copy=False), x.astype(dtype, copy=False)
        return
    for given in (y, x):  # converted, there is the block and, for a moment, the last
        arrays += 2 * (given.dtype != dtype)
    size = BLOCK_BYTES // (arrays * np.dtype(dtype).itemsize)
    for start in range(0, n, size):
        rows = slice(start, start + size)
        yield rows, y[rows].astype(dtype, copy=False), x[rows].astype(dtype, copy=False)


def row_sums(x: NDArray) -> NDArray:
    """The sum of each row, as a product with ones; float32 stays float32."""
    dtype = np.float32 if x.dtype.type is np.float32 else np.float64
    if x.shape[1] > BLOCK // 2:
        return np.add.reduce(x, axis=1, dtype=dtype)
    ones = np.ones(x.shape[1], dtype)
    return np.concatenate([x[b].dot(ones) for b in blocks(x, BLOCK // 2)])


def sum_of(losses: NDArray) -> float:
    """The sum, in double precision; in single precision, of runs before."""
    if len(losses) <= SHORT:
        return sum(losses.tolist())
    if losses.dtype.type is np.float32:
        total = _sum_over_runs(losses, ONES)
        if math.isfinite(total):
            return total
    return float(np.add.reduce(losses, dtype=np.float64))


def sum_of_squares(errors: NDArray) -> float:
    """The same of squares, in one pass."""
    if len(errors) > RUN:
        total = _sum_over_runs(errors)
        if errors.dtype.type is np.float64 or 2.0**-80 < total < math.inf:
            return total
    e = errors.astype(np.float64, copy=False)
    return float(e.dot(e)) if len(e) <= RUN else _sum_over_runs(e)


def _sum_over_runs(a: NDArray, weights: NDArray | None = None) -> float:
    """The sum of a * a, or of the weights of a run times each run of a.

    A product of a run is fast and, as its lanes are added up apart, exact to about
    1e-7 in single precision.  (One product of all would not be, and OpenBLAS spreads
    more than 10,000 numbers over threads, which takes longer.)
    """
    whole = len(a) // RUN * RUN
    runs, rest = a[:whole].reshape(-1, RUN), a[whole:]
    products = np.vecdot(runs, runs if weights is None else weights)
    total = float(np.add.reduce(products, dtype=np.float64))
    if len(rest):
        rest = rest.astype(np.float64)
        total += float(rest.dot(rest) if weights is None else np.add.reduce(rest))
    return total
