"""Embeddings that are compared: arrays of rows, read, measured and reduced."""

import math
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .arguments import Examples, precision, real, sample_weights
from .arithmetic import weighed
from .blocking import blocks, sum_of
from .checking import Reduction, check_each, check_reduction
from .reducing import ROWS_BYTES, destination, divisor

# Of the labels and the rows of a block: the losses and, where they are wanted, what to
# write the slopes to.
Comparison = Callable[
    [NDArray, Sequence[NDArray], Sequence[NDArray] | None], NDArray
]  # fmt: skip
# Between these a sum of squares has lost no digits.
_RANGE = {
    np.float32: (2.0**-90, 2.0**120),
    np.float64: (2.0**-900, 2.0**1000),
}


def embedded(
    arrays: dict[str, ArrayLike],
    sample_weight: ArrayLike | None,
    y_true: ArrayLike | None = None,
) -> tuple[Examples, ...]:
    """Embeddings of n >= 1 examples in d >= 1 numbers, in arrays of one shape (n, d).

    Labels, if there are any, are 1 for a pair of the same kind and 0 for others; they
    are checked here.  One precision holds for all.
    """
    read = {name: real(array, name) for name, array in arrays.items()}
    y = None if y_true is None else real(y_true, "y_true", whole=False)
    first, *_ = read.values()
    n = len(first) if first.ndim else 0
    if first.ndim != 2 or any(x.shape != first.shape for x in read.values()) or (
        y is not None and y.shape != (n,)
    ):  # fmt: skip
        *names, last = read
        labels = {} if y is None else {"y_true": y}
        shapes = [str(a.shape) for a in (labels | read).values()]
        raise ValueError(
            f"{', '.join(names)} and {last} must have one shape (n, d)"
            f"{'' if y is None else ', and y_true (n,)'}, "
            f"got shapes {', '.join(shapes[:-1])} and {shapes[-1]}"
        )
    if not n:
        raise ValueError("a loss needs at least one example, got none")
    if not first.shape[1]:
        raise ValueError(f"an embedding needs a number, got shape {first.shape}")
    if y is not None:
        advice = "1 stands for a pair of the same kind"
        check_each(lambda v: (v == 0) | (v == 1), y, "y_true", "be 0 or 1", advice)
    single = all(precision(x) is np.float32 for x in read.values())
    weights = None if sample_weight is None else sample_weights(sample_weight, n)
    return tuple(
        Examples(
            x if y is None else y,
            x,
            name,
            np.float32 if single else np.float64,
            weights,
            lambda y: None,  # they have been looked at
        )
        for name, x in read.items()
    )


def destinations(
    out: tuple[NDArray, ...] | None, compared: tuple[Examples, ...]
) -> tuple[NDArray, ...]:
    """The arrays that the gradients are written to: those in `out`, or new ones."""
    if out is None:
        return tuple(destination(None, examples) for examples in compared)
    if not isinstance(out, tuple) or len(out) != len(compared):
        got = f"{len(out)}" if isinstance(out, tuple) else repr(type(out).__name__)
        raise ValueError(f"out must be a tuple of {len(compared)} arrays, got {got}")
    for i, (array, examples) in enumerate(zip(out, compared, strict=True)):
        destination(array, examples)
        others = [*out[:i], *(each.x for each in compared)]
        if any(np.shares_memory(array, other) for other in others):
            raise ValueError(
                "out must not overlap the input nor itself; the input is left as it is"
            )
    return out


@np.errstate(all="ignore")
def reduced_compared(
    formula: Comparison,
    compared: tuple[Examples, ...],
    reduction: Reduction,
    grads: tuple[NDArray, ...] | None = None,
) -> float | NDArray:
    """As `reduced`, of examples that are compared row by row.

    `grads` receive the gradients.  The formula must give no number where an
    embedding holds none: then all are searched.
    """
    check_reduction(reduction)
    y, x, _, dtype, weights, _ = compared[0]
    n, d = x.shape
    by = divisor(compared[0], reduction, None)
    each = np.empty(n, dtype) if reduction == "none" else None
    total = 0.0
    per_row = np.dtype(dtype).itemsize * ((2 if grads is None else 5) * d + 16)
    for rows in blocks(x, ROWS_BYTES * d // per_row):
        parts = [examples.x[rows].astype(dtype, copy=False) for examples in compared]
        slopes = None if grads is None else [grad[rows] for grad in grads]
        losses = formula(y[rows], parts, slopes)
        if slopes is not None and not np.isfinite(losses).all():
            _check(compared)
        weight = None if weights is None else weights.of(rows, reduction)
        for slope in slopes or ():
            if weight is not None:
                slope[...] = weighed(weight[:, None], slope)
            slope /= by
            slope += 0.0  # so that no zero has a sign
        if weight is not None:
            losses = weighed(weight, losses)
        total += sum_of(losses)
        if each is not None:
            each[rows] = losses
    if not math.isfinite(total):
        _check(compared)
    return total / by if each is None else each


def apart(a: NDArray, b: NDArray | float, directed: bool) -> tuple[NDArray, NDArray]:
    """How far the rows of `a` are from those of `b`, and the directions from there.

    Only the differences, in place of the directions, unless they are wanted.

    Squares that would overflow or vanish are taken of rows brought to about 1.  The
    distance is no number where a row is none; a distance of 0 has the direction 0.
    """
    away = a - b
    squares = np.vecdot(away, away)
    distance = np.sqrt(squares)
    low, high = _RANGE[a.dtype.type]
    if squares.min() > low and squares.max() < high:
        if directed:
            away /= distance[:, None]
        return distance, away
    far = ~((squares > low) & (squares < high))
    by = np.where(squares[far] > 1, 0.5, 1).astype(a.dtype)[:, None]
    from_b = b[far] * by if isinstance(b, np.ndarray) else b
    part = a[far] * by - from_b
    top = np.abs(part).max(axis=1, keepdims=True)
    part /= np.where(top == 0, 1, top)
    length = np.sqrt(np.vecdot(part, part))[:, None]
    distance[far] = ((top * length) / by)[:, 0]
    if directed:
        away /= np.where(far, 1, distance)[:, None]
        away[far] = part / np.where(length == 0, 1, length)
    return distance, away


def _check(compared: tuple[Examples, ...]) -> None:
    for examples in compared:
        examples.check()
