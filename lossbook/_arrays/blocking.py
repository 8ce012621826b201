"""Blocks of rows that fit into the cache, and their sums."""

import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

BLOCK = 2**14  # numbers at a time: what is made of them stays in the cache
BLOCK_BYTES = 3 * 2**18  # the same for losses of pairs, for all arrays of a block
RUN = 256  # so many products are added in their own precision, and the rest in double
SHORT = 32  # for so few numbers Python is faster than NumPy
ONES = {t: np.ones(RUN, t) for t in (np.float32, np.float64)}


def blocks(x: NDArray, size: int = BLOCK) -> Iterator[slice]:
    """Slices that cover the rows of `x`, about `size` numbers at a time."""
    rows = max(1, size * len(x) // max(1, x.size))
    return (slice(i, i + rows) for i in range(0, len(x), rows))


def pairs(
    y: NDArray, x: NDArray, dtype: type[np.floating], arrays: int
) -> Iterator[tuple[slice, NDArray, NDArray]]:
    """Blocks of two vectors, both in the precision in which they are computed.

    `arrays` is how many arrays of its size a block keeps in memory at a time.
    """
    n, size = len(x), BLOCK_BYTES // (arrays * np.dtype(dtype).itemsize)
    if n <= size:  # one block: nothing to cut
        yield slice(n), y.astype(dtype, copy=False), x.astype(dtype, copy=False)
        return
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
    """The sum: of runs in the precision of the losses, of the runs in double."""
    if len(losses) <= SHORT:
        return sum(losses.tolist())
    total = _sum_of_runs(losses, ONES[losses.dtype.type])
    if math.isfinite(total):
        return total
    return float(np.add.reduce(losses, dtype=np.float64))  # a run may have overflowed


def sum_of_squares(errors: NDArray) -> float:
    """The same of squares, in one pass."""
    total = _sum_of_runs(errors, None)
    if errors.dtype.type is np.float32 and not 2.0**-80 < total < math.inf:
        # A square has left the range of single precision.
        return _sum_of_runs(errors.astype(np.float64), None)
    return total


def _sum_of_runs(a: NDArray, b: NDArray | None) -> float:
    """The sum of a * b for runs `a` of the length of `b`, or of a * a.

    Products of runs are fast and, as their lanes are added up apart, exact to about
    1e-7 in single precision.  (One product of all would not be, and OpenBLAS spreads
    more than 10,000 numbers over threads, which takes longer.)
    """
    whole = len(a) // RUN * RUN
    rest, total = a[whole:].astype(np.float64), 0.0
    if whole:
        runs = a[:whole].reshape(-1, RUN)
        sums = np.vecdot(runs, runs if b is None else b)
        total = float(np.add.reduce(sums, dtype=np.float64))
    return total + float(rest.dot(rest) if b is None else np.add.reduce(rest))
