"""Blocks of rows that fit into the cache, their precision and their sums."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

BLOCK = 2**14  # numbers at a time: what is made of them stays in the cache
BLOCK_BYTES = 2**17  # the same for losses of pairs, in the bytes of one array
DOT = 8192  # so few numbers OpenBLAS multiplies on one core
SHORT = 32  # for so few numbers Python is faster than NumPy


def precision(y: NDArray, x: NDArray) -> type[np.floating]:
    """float32 where `x` is and `y` has no digits to lose, float64 otherwise."""
    if x.dtype.type is np.float32 and (
        y.dtype.type is np.float32 or y.dtype.kind in "biu"
    ):
        return np.float32
    return np.float64


def blocks(x: NDArray, size: int = BLOCK) -> Iterator[slice]:
    """Slices that cover the rows of `x`, about `size` numbers at a time."""
    rows = max(1, size * len(x) // max(1, x.size))
    return (slice(i, i + rows) for i in range(0, len(x), rows))


def pairs(
    y: NDArray, x: NDArray, size: int = BLOCK_BYTES
) -> Iterator[tuple[slice, NDArray, NDArray]]:
    """Blocks of two vectors, both in the precision in which they are computed."""
    dtype = precision(y, x)
    n, size = len(x), size // np.dtype(dtype).itemsize
    if n <= size:  # one block: nothing to cut
        yield slice(n), y.astype(dtype, copy=False), x.astype(dtype, copy=False)
        return
    for start in range(0, n, size):
        rows = slice(start, start + size)
        yield rows, y[rows].astype(dtype, copy=False), x[rows].astype(dtype, copy=False)


def row_sums(x: NDArray) -> NDArray:
    """The sum of each row, as a product with ones; float32 stays float32."""
    if x.shape[1] > BLOCK // 2:
        return np.add.reduce(x, axis=1, dtype=precision(x, x))
    ones = np.ones(x.shape[1], precision(x, x))
    return np.concatenate([x[b].dot(ones) for b in blocks(x, BLOCK // 2)])


def sum_of(losses: NDArray) -> float:
    """The sum, accumulated in double precision."""
    if len(losses) <= SHORT:
        return sum(losses.tolist())
    return float(np.add.reduce(losses.astype(np.float64, copy=False)))


def sum_of_squares(errors: NDArray) -> float:
    """The same of squares, in one pass: a dot product.

    In parts, since OpenBLAS spreads more than 10,000 numbers over threads, which
    takes longer.
    """
    if len(errors) > DOT:
        half = len(errors) // 2
        return sum_of_squares(errors[:half]) + sum_of_squares(errors[half:])
    e = errors.astype(np.float64, copy=False)
    return float(e.dot(e))
