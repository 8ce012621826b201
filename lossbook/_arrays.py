"""Reading, checking, blocking and reducing arrays: every rule about them, once.

Every loss begins with `paired` and ends with `reduced`; every gradient ends with
`reduced_grad`.  A loss itself is then only its formula, written for arrays of
examples, and the formula is called with one block of examples at a time.
"""

import math
from collections.abc import Callable, Iterator
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

Reduction = Literal["mean", "sum", "none"]
Formula = Callable[[NDArray, NDArray], NDArray]

BLOCK = 8192  # examples at a time: what a formula makes on the way stays in the cache


def paired(y_true: ArrayLike, x: ArrayLike, name: str) -> tuple[NDArray, NDArray]:
    """Two float vectors of the same length n >= 1 and the same precision.

    Nothing is broadcast: (n,) against (n, 1) would silently become (n, n).
    Single precision stays single only where both are (or the labels are whole
    numbers); everything else is computed in double.
    """
    y, x = _real(y_true, "y_true"), _real(x, name)
    if y.ndim != 1 or y.shape != x.shape:
        raise ValueError(
            f"y_true and {name} must be 1-D and equally long, "
            f"got shapes {y.shape} and {x.shape}"
        )
    if y.size == 0:
        raise ValueError("a loss needs at least one example, got none")
    dtype = _precision(y, x)
    return y.astype(dtype, copy=False), x.astype(dtype, copy=False)


def reduced(
    formula: Formula, y: NDArray, x: NDArray, name: str, reduction: Reduction
) -> float | NDArray:
    """The mean or the sum of the losses that `formula` gives, or the losses.

    The result is looked at first: only where it is not finite are the n inputs
    searched for the reason.  A result that overflowed is infinite and no error.
    """
    check_reduction(reduction)
    with np.errstate(all="ignore"):
        if reduction == "none":
            losses = formula(y, x)
            if not np.isfinite(losses).all():
                check_finite(y, x, name)
            return losses
        total = sum(
            float(np.add.reduce(formula(y[b], x[b]), dtype=np.float64))
            for b in blocks(len(y))
        )
    if not math.isfinite(total):
        check_finite(y, x, name)
    return total / len(y) if reduction == "mean" else total


def reduced_grad(
    slope: Formula,
    y: NDArray,
    x: NDArray,
    name: str,
    reduction: Reduction,
    out: NDArray | None,
) -> NDArray:
    """The gradient of what `reduced` gives, from the slopes of the single losses."""
    check_reduction(reduction)
    grad = destination(out, x)
    with np.errstate(all="ignore"):
        for b in blocks(len(y)):
            grad[b] = slope(y[b], x[b])
        if reduction == "mean":
            grad /= len(y)
    if not np.isfinite(grad).all():
        check_finite(y, x, name)
    return grad


def blocks(n: int) -> Iterator[slice]:
    """Slices that cover n examples, `BLOCK` at a time."""
    return (slice(i, i + BLOCK) for i in range(0, n, BLOCK))


def check_reduction(reduction: str) -> None:
    """ValueError unless `reduction` is one of the three that there are."""
    if reduction not in get_args(Reduction):
        raise ValueError(
            f"reduction must be one of {get_args(Reduction)}, got {reduction!r}"
        )


def check_finite(y: NDArray, x: NDArray, name: str) -> None:
    """ValueError that names the first NaN or infinity, if there is one."""
    for label, values in (("y_true", y), (name, x)):
        bad = np.argwhere(~np.isfinite(values))
        if len(bad):
            where = ", ".join(map(str, bad[0]))
            raise ValueError(
                f"{label} must be finite, got {values[tuple(bad[0])]} at [{where}]; "
                "drop or fill such examples first"
            )


def destination(out: NDArray | None, like: NDArray) -> NDArray:
    """The array that a gradient is written to: `out`, if it fits, or a new one."""
    if out is None:
        return np.empty_like(like)
    if not isinstance(out, np.ndarray) or (out.shape, out.dtype) != (
        like.shape,
        like.dtype,
    ):
        got = f"{out.dtype} {out.shape}" if isinstance(out, np.ndarray) else repr(out)
        raise ValueError(f"out must be a {like.dtype} array {like.shape}, got {got}")
    return out


def _real(values: ArrayLike, name: str) -> NDArray:
    array = np.asarray(values)
    if array.dtype.kind not in "biuf":
        raise ValueError(f"{name} must hold real numbers, got {array.dtype}")
    return array


def _precision(y: NDArray, x: NDArray) -> type[np.floating]:
    """float32 where `x` is and `y` has no digits to lose, float64 otherwise."""
    single = x.dtype == np.float32 and (y.dtype == np.float32 or y.dtype.kind in "biu")
    return np.float32 if single else np.float64
