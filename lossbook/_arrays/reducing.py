"""A formula for a block of examples becomes a loss, or its gradient."""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .arguments import Examples
from .arithmetic import weighed
from .blocking import blocks, pairs, sum_of
from .checking import Reduction, check_reduction

Formula = Callable[[NDArray, NDArray], NDArray]
RowFormula = Callable[[NDArray, NDArray, float, NDArray | None], NDArray]
Weight = Callable[[NDArray], NDArray]

ROWS_BYTES = 3 * 2**17  # for losses over classes, which take whole rows
MORE = 6  # arrays that weights of examples take, beside those of a formula


@np.errstate(all="ignore")
def reduced(
    formula: Formula,
    examples: Examples,
    reduction: Reduction,
    *,
    class_weight: Weight | None = None,
    add: Callable[[NDArray, NDArray], float] | None = None,
    arrays: int = 8,
) -> float | NDArray:
    """The mean or the sum of the losses that `formula` gives, or the losses.

    Each loss counts with the weight of its example; the mean divides by the sum of
    these weights times those of the classes, which `class_weight` gives for the labels
    of a block and `formula` applies by itself.  `add` gives the sum of the losses of a
    block, where there is a way to it without the single losses.

    The result is looked at first: only where it is not finite are the n inputs searched
    for the reason.  (A weight of 0 would hide it, so with weights they are searched
    before.)  A result that overflowed is infinite and no error.
    """
    check_reduction(reduction)
    y, x, _, dtype, weights, _ = examples
    each = np.empty(len(y), dtype) if reduction == "none" else None
    total = 0.0
    if weights is not None:
        examples.check()
        add, arrays = None, arrays + MORE
    for rows, y_block, x_block in pairs(y, x, dtype, arrays):
        if each is None and add is not None:
            total += add(y_block, x_block)
            continue
        losses = formula(y_block, x_block)
        if weights is not None:
            losses = weighed(weights.of(rows, reduction), losses)
        total += sum_of(losses)
        if each is not None:
            each[rows] = losses
        del losses  # so that the next block finds its memory free
    if not math.isfinite(total):
        examples.check()
    by = divisor(examples, reduction, class_weight)
    return total / by if each is None else each


def reduced_grad(
    slope: Formula,
    examples: Examples,
    reduction: Reduction,
    out: NDArray | None,
    *,
    class_weight: Weight | None = None,
) -> NDArray:
    """The gradient of what `reduced` gives, from the slopes of the single losses."""

    def both(y: NDArray, x: NDArray) -> tuple[None, NDArray]:
        return None, slope(y, x)

    return reduced_both(both, examples, reduction, out, class_weight=class_weight)[1]


@np.errstate(all="ignore")
def reduced_both(
    formula: Callable[[NDArray, NDArray], tuple[NDArray | None, NDArray]],
    examples: Examples,
    reduction: Reduction,
    out: NDArray | None,
    *,
    class_weight: Weight | None = None,
) -> tuple[float | NDArray, NDArray]:
    """What `reduced` and `reduced_grad` give, where `formula` gives both.

    A slope may be finite where the input is not, so the input is always searched.
    """
    check_reduction(reduction)
    y, x, _, dtype, weights, _ = examples
    by = divisor(examples, reduction, class_weight)
    grad = destination(out, examples)
    each = np.empty(len(y), dtype) if reduction == "none" else None
    total = 0.0
    arrays = (12 if weights is None else 12 + MORE) * (1 if x.ndim == 1 else x.shape[1])
    for rows, y_block, x_block in pairs(y, x, dtype, arrays):
        if not (np.isfinite(y_block).all() and np.isfinite(x_block).all()):
            examples.check()
        losses, slopes = formula(y_block, x_block)
        if weights is not None:
            weight = weights.of(rows, reduction)
            slopes = weighed(weight if x.ndim == 1 else weight[:, None], slopes)
            losses = None if losses is None else weighed(weight, losses)
        slopes += 0.0  # so that no zero has a sign
        np.divide(slopes, by, out=grad[rows])
        if losses is not None:
            total += sum_of(losses)
            if each is not None:
                each[rows] = losses
    return total / by if each is None else each, grad


@np.errstate(all="ignore")
def reduced_rows(
    formula: RowFormula,
    examples: Examples,
    reduction: Reduction,
    *,
    class_weight: Weight | None = None,
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
    y, x, _, dtype, weights, _ = examples
    n, k = x.shape
    by = divisor(examples, reduction, class_weight)
    each = np.empty(n, dtype) if reduction == "none" else None
    total = 0.0
    if weights is not None:
        arrays += 2 * MORE
    per_row = np.dtype(dtype).itemsize * (arrays * k + 8)
    for rows in blocks(x, ROWS_BYTES * k // per_row):
        g = None if grad is None else grad[rows]
        if check is not None:
            check(rows)
        labels = y[rows] if y.ndim == 2 else y[rows].astype(np.intp, copy=False)
        losses = formula(labels, x[rows].astype(dtype, copy=False), by, g)
        if weights is not None:
            weight = weights.of(rows, reduction)
            losses = weighed(weight, losses)
            if g is not None:
                np.add(weighed(weight[:, None], g), 0.0, out=g)
        total += sum_of(losses)
        if each is not None:
            each[rows] = losses
    if not math.isfinite(total):
        examples.check()
    return total / by if each is None else each


def sum_over_classes(terms: NDArray) -> float | NDArray:
    """Sums over the last axis; both measures are at least 0, up to rounding."""
    sums = np.maximum(0, terms.sum(axis=-1, dtype=np.float64))
    return sums if sums.ndim else float(sums)


def divisor(examples: Examples, reduction: str, class_weight: Weight | None) -> float:
    """What the sum is divided by: the weight of all examples for a mean, else 1."""
    y, weights = examples.y, examples.weights
    if reduction != "mean":
        return 1
    if weights is None and class_weight is None:
        return len(y)
    total = 0.0
    for rows in blocks(y):
        weight = 1.0 if weights is None else weights.of(rows, reduction)
        if class_weight is not None:
            weight = weight * class_weight(y[rows])
        total += sum_of(np.asarray(weight))
    if not 0 < total < math.inf:
        raise ValueError(
            f"the weights must leave the examples a weight, got {total} for all "
            'together, so there is no mean; take reduction="sum" or other weights'
        )
    return total


def occurs(examples: Examples, is_in: Callable[[NDArray], ArrayLike]) -> NDArray:
    """Which classes occur, among the examples that count, by the labels of a block."""
    y, weights = examples.y, examples.weights
    found: NDArray = np.array(False)
    for rows in blocks(y):
        some = y[rows] if weights is None else y[rows][weights.values[rows] > 0]
        found = found | is_in(some)
    return found


def destination(out: NDArray | None, examples: Examples) -> NDArray:
    """The array that a gradient is written to: `out`, if it fits, or a new one."""
    x, dtype, weights = examples.x, examples.dtype, examples.weights
    if out is None:
        return np.empty(x.shape, dtype)
    if not isinstance(out, np.ndarray) or (out.shape, out.dtype) != (x.shape, dtype):
        got = f"{out.dtype} {out.shape}" if isinstance(out, np.ndarray) else repr(out)
        raise ValueError(f"out must be a {dtype.__name__} array {x.shape}, got {got}")
    if isinstance(out, np.ma.MaskedArray):
        raise ValueError("out must be an array without a mask; out.data is one")
    if not out.flags.writeable:
        raise ValueError("out must be writable, got a read-only array")
    for given in (x, examples.y, *(() if weights is None else (weights.values,))):
        if np.shares_memory(out, given):
            raise ValueError(
                "out must not overlap the input; the input is left as it is"
            )
    return out
