"""A formula for a block of examples becomes a loss, or its gradient."""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from .blocking import BLOCK_BYTES, blocks, pairs, precision, sum_of
from .checking import Reduction, check_class_logits, check_finite, check_reduction

Formula = Callable[[NDArray, NDArray], NDArray | None]
Slope = Callable[[NDArray, NDArray], NDArray]
RowFormula = Callable[[NDArray, NDArray, float, NDArray | None], NDArray]

ROWS_BYTES = 3 * 2**17  # for losses over classes, which take whole rows


@np.errstate(all="ignore")
def reduced(
    formula: Formula,
    y: NDArray,
    x: NDArray,
    name: str,
    reduction: Reduction,
    weight: float | None = None,
    add: Callable[[NDArray, NDArray], float] | None = None,
    check_labels: Callable[[NDArray], None] | None = None,
) -> float | NDArray:
    """The mean or the sum of the losses that `formula` gives, or the losses.

    The mean divides by `weight`, n if it is not given; `add` gives the sum of the
    losses of a block, where there is a way to it without the single losses.  The
    result is looked at first: only where it is not finite are the n inputs searched
    for the reason.  A result that overflowed is infinite and no error.  A formula
    gives None for a block whose losses would hide that its input is bad.
    """
    check_reduction(reduction)
    each = np.empty(len(y), precision(y, x)) if reduction == "none" else None
    total = 0.0
    for rows, y_block, x_block in pairs(y, x):
        if each is None and add is not None:
            total += add(y_block, x_block)
            continue
        losses = formula(y_block, x_block)
        if losses is None:
            total = math.nan
            break
        total += sum_of(losses)
        if each is not None:
            each[rows] = losses
    if not math.isfinite(total):
        check_labels(y) if check_labels else check_finite(y, "y_true")
        check_finite(x, name)
    return total / divisor(reduction, weight, len(y)) if each is None else each


@np.errstate(all="ignore")
def reduced_grad(
    slope: Slope,
    y: NDArray,
    x: NDArray,
    name: str,
    reduction: Reduction,
    out: NDArray | None,
    weight: float | None = None,
) -> NDArray:
    """The gradient of what `reduced` gives, from the slopes of the single losses.

    A slope may be finite where the input is not, so the input is always searched.
    """
    return reduced_both(
        lambda y, x: (None, slope(y, x)), y, x, name, reduction, out, weight
    )[1]


@np.errstate(all="ignore")
def reduced_both(
    formula: Callable[[NDArray, NDArray], tuple[NDArray | None, NDArray]],
    y: NDArray,
    x: NDArray,
    name: str,
    reduction: Reduction,
    out: NDArray | None,
    weight: float | None = None,
) -> tuple[float | NDArray, NDArray]:
    """What `reduced` and `reduced_grad` give, where `formula` gives both."""
    check_reduction(reduction)
    by = divisor(reduction, weight, len(y))
    grad = destination(out, precision(y, x), y, x)
    each = np.empty(len(y), grad.dtype) if reduction == "none" else None
    total = 0.0
    for rows, y_block, x_block in pairs(y, x, BLOCK_BYTES // 2):  # twice the arrays
        if not (np.isfinite(y_block).all() and np.isfinite(x_block).all()):
            check_finite(y, "y_true")
            check_finite(x, name)
        losses, slopes = formula(y_block, x_block)
        np.divide(slopes, by, out=grad[rows])
        if losses is not None:
            total += sum_of(losses)
            if each is not None:
                each[rows] = losses
    return total / by if each is None else each, grad


@np.errstate(all="ignore")
def reduced_rows(
    formula: RowFormula,
    y: NDArray,
    x: NDArray,
    reduction: Reduction,
    weight: float | None = None,
    grad: NDArray | None = None,
    arrays: int = 1,
    check: Callable[[slice], None] | None = None,
) -> float | NDArray:
    """As `reduced`, for losses over classes; `grad` receives the gradient.

    `formula` gets the labels and the rows of one block, the number to divide the
    gradient by and, if it is wanted, the rows to write it to.  `arrays` is how many
    arrays of the size of its block it makes, beside some eight columns.  `check`
    looks at the rows of a block before.
    """
    check_reduction(reduction)
    dtype = precision(y, x)
    n, k = x.shape
    by = divisor(reduction, weight, n)
    each = np.empty(n, dtype) if reduction == "none" else None
    total = 0.0
    per_row = np.dtype(dtype).itemsize * (arrays * k + 8)
    for rows in blocks(x, ROWS_BYTES * k // per_row):
        g = None if grad is None else grad[rows]
        if check is not None:
            check(rows)
        losses = formula(y[rows], x[rows].astype(dtype, copy=False), by, g)
        total += sum_of(losses)
        if each is not None:
            each[rows] = losses
    if not math.isfinite(total):
        check_class_logits(x)
    return total / by if each is None else each


def sum_over_classes(terms: NDArray) -> float | NDArray:
    """Sums over the last axis; both measures are at least 0, up to rounding."""
    sums = np.maximum(0, terms.sum(axis=-1, dtype=np.float64))
    return sums if sums.ndim else float(sums)


def divisor(reduction: Reduction, weight: float | None, n: int) -> float:
    """What the sum is divided by: the weight of all examples for a mean, else 1."""
    if reduction != "mean":
        return 1
    if weight is None:
        return n
    if not 0 < weight < math.inf:
        raise ValueError(
            f"class_weights must leave the examples a weight, got {weight} for all "
            'together, so there is no mean; take reduction="sum" or other weights'
        )
    return weight


def destination(
    out: NDArray | None, dtype: type[np.floating], y: NDArray, x: NDArray
) -> NDArray:
    """The array that a gradient is written to: `out`, if it fits, or a new one."""
    if out is None:
        return np.empty(x.shape, dtype)
    if not isinstance(out, np.ndarray) or (out.shape, out.dtype) != (x.shape, dtype):
        got = f"{out.dtype} {out.shape}" if isinstance(out, np.ndarray) else repr(out)
        raise ValueError(f"out must be a {dtype.__name__} array {x.shape}, got {got}")
    if not out.flags.writeable:
        raise ValueError("out must be writable, got a read-only array")
    if np.shares_memory(out, x) or np.shares_memory(out, y):
        raise ValueError("out must not overlap the input; the input is left as it is")
    return out
