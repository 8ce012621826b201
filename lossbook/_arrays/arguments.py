"""Arguments as arrays of numbers, of the shapes that they must have.

One rule about types holds for everything that is computed with: what is read, what
is refused, and in which precision the result is computed.  `real` reads and refuses,
`precision` decides; the package `lossbook.losses` states both for users.
"""

import math
from collections.abc import Callable
from functools import partial
from numbers import Real
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .checking import (
    check_binary,
    check_class_logits,
    check_class_numbers,
    check_digits,
    check_distributions,
    check_each,
    check_finite,
    check_one_hot,
    check_probabilities,
)

# Of a weight in a mean: losses times weights, and their sums, stay far below 2**1024.
LARGEST_EXPONENT = 900


class Weights(NamedTuple):
    """What each example counts, and the power of two next above the largest."""

    values: NDArray
    exponent: int

    def of(self, rows: slice, reduction: str) -> NDArray[np.float64]:
        """The weights of these examples, in double precision.

        Only ratios count in a mean: for it, the largest weight is made about 1, so
        that neither a weighted loss nor the sum of the weights overflows.
        """
        weight = self.values[rows].astype(np.float64)
        return np.ldexp(weight, -self.exponent) if reduction == "mean" else weight


class Examples(NamedTuple):
    """Labels and predictions of n examples, as they were given."""

    y: NDArray
    x: NDArray
    name: str  # of the predictions
    dtype: type[np.floating]  # in which they are computed
    weights: Weights | None
    check_labels: Callable[[NDArray], None]

    def check(self) -> None:
        """ValueError that names the first label or prediction that is no number."""
        self.check_labels(self.y)
        if self.x.ndim == 2 and self.name == "logits":
            check_class_logits(self.x)
        else:
            check_finite(self.x, self.name)


def paired(
    y_true: ArrayLike,
    x: ArrayLike,
    name: str,
    sample_weight: ArrayLike | None,
    check_labels: Callable[[NDArray], None] | None = None,
    columns: int | None = None,
    first: str = "y_true",
) -> Examples:
    """Two vectors of real numbers of the same length n >= 1.

    Nothing is broadcast: (n,) against (n, 1) would silently become (n, n).  Labels
    of two kinds have a rule of their own, `check_labels`; other labels are numbers.
    Where a model says several numbers for an example, they stand in so many columns.
    `first` is what the first argument is called where it is no label.
    """
    y, x = real(y_true, first, check_labels is None), real(x, name)
    if y.ndim != 1 or x.shape != (y.shape if columns is None else (len(y), columns)):
        must = (
            f"{first} and {name} must be 1-D and equally long"
            if columns is None
            else f"{first} must have shape (n,), and {name} (n, {columns})"
        )
        raise ValueError(f"{must}, got shapes {y.shape} and {x.shape}")
    if not y.size:
        raise ValueError("a loss needs at least one example, got none")
    return Examples(
        y,
        x,
        name,
        precision(x) if check_labels and y.dtype.kind in "iu" else precision(x, y),
        None if sample_weight is None else sample_weights(sample_weight, len(y)),
        check_labels or partial(check_finite, name=first),
    )


def classed(
    y_true: ArrayLike, x: ArrayLike, name: str, sample_weight: ArrayLike | None
) -> Examples:
    """Labels of n >= 1 examples, and an (n, k) array of real numbers.

    The labels are class numbers, shape (n,), or a distribution over the k
    classes for each example, shape (n, k); either is checked here.
    """
    y, x = real(y_true, "y_true", whole=False), real(x, name)
    if x.ndim != 2 or y.shape not in (x.shape, x.shape[:1]):
        raise ValueError(
            f"{name} must have shape (n, k), and y_true (n,) or (n, k), "
            f"got shapes {y.shape} and {x.shape}"
        )
    if not len(x):
        raise ValueError("a loss needs at least one example, got none")
    if x.shape[1] < 2:
        raise ValueError(
            f"{name} needs a column for each of two or more classes, got shape "
            f"{x.shape}; one column for two classes is what binary losses read"
        )
    if y.ndim == 2:
        check_distributions(y, "y_true")
    elif y.dtype.kind == "b":  # as an index it would be a mask
        y = y.astype(np.intp)
    else:
        check_class_numbers(y, x.shape[1])
    return Examples(
        y,
        x,
        name,
        precision(x) if y.dtype.kind in "iu" else precision(x, y),
        None if sample_weight is None else sample_weights(sample_weight, len(y)),
        lambda y: None,  # they have been looked at
    )


def forecasts(
    y_true: ArrayLike, probs: ArrayLike, sample_weight: ArrayLike | None
) -> Examples:
    """Labels and probabilities of two classes, shape (n,), or of k, shape (n, k)."""
    if real(probs, "probs").ndim == 2:
        examples = classed(y_true, probs, "probs", sample_weight)
        check_distributions(examples.x, "probs")
        return examples
    examples = paired(y_true, probs, "probs", sample_weight, check_binary)
    check_binary(examples.y)
    check_probabilities(examples.x, "probs", "sigmoid makes probabilities from logits")
    return examples


def regions(
    y_true: ArrayLike, probs: ArrayLike, sample_weight: ArrayLike | None
) -> Examples:
    """Of n >= 1 pictures, which of the m pixels belong to a region, and probabilities.

    Both have the shape (n, m), and are checked here.
    """
    y, p = real(y_true, "y_true", whole=False), real(probs, "probs")
    if p.ndim != 2 or y.shape != p.shape:
        raise ValueError(
            "y_true and probs must both have shape (n, m), a picture in each row, "
            f"got shapes {y.shape} and {p.shape}"
        )
    if not len(p):
        raise ValueError("a loss needs at least one example, got none")
    if not p.shape[1]:
        raise ValueError(f"a picture needs at least one pixel, got shape {p.shape}")
    check_one_hot(y)
    check_probabilities(p, "probs", "sigmoid makes probabilities from logits")
    return Examples(
        y,
        p,
        "probs",
        precision(p),
        None if sample_weight is None else sample_weights(sample_weight, len(y)),
        lambda y: None,  # they have been looked at
    )


def taught(
    teacher_logits: ArrayLike, logits: ArrayLike, sample_weight: ArrayLike | None
) -> Examples:
    """Of n >= 1 examples, the logits of a teacher and a student, both (n, k).

    Minus infinity is a masked class; the teacher's are checked here.
    """
    t, z = real(teacher_logits, "teacher_logits"), real(logits, "logits")
    if z.ndim != 2 or t.shape != z.shape:
        raise ValueError(
            "teacher_logits and logits must both have shape (n, k), "
            f"got shapes {t.shape} and {z.shape}"
        )
    if not len(z):
        raise ValueError("a loss needs at least one example, got none")
    if z.shape[1] < 2:
        raise ValueError(
            "logits needs a column for each of two or more classes, got shape "
            f"{z.shape}; one column for two classes is what binary losses read"
        )
    check_class_logits(t, "teacher_logits")
    return Examples(
        t,
        z,
        "logits",
        precision(z, t),
        None if sample_weight is None else sample_weights(sample_weight, len(t)),
        lambda t: None,  # they have been looked at
    )


def distributions(probs: ArrayLike, name: str) -> NDArray:
    """One distribution, shape (k,), or one in each row, shape (n, k)."""
    p = real(probs, name)
    if p.ndim not in (1, 2) or not p.size:
        raise ValueError(f"{name} must have shape (k,) or (n, k), got {p.shape}")
    check_distributions(np.atleast_2d(p), name)
    return p


def real(values: ArrayLike, name: str, whole: bool = True) -> NDArray:
    """An array of real numbers, of any shape, as it is; of long ones, as doubles.

    ValueError for what is no number (text, dates, complex numbers, objects), for a
    masked array that hides an entry, and for integers that double precision cannot
    hold, unless they are labels, which are not computed with (`whole=False`).
    """
    array = values if type(values) is np.ndarray else _array(values, name)
    kind, size = array.dtype.kind, array.dtype.itemsize
    if kind not in "biuf":
        raise ValueError(f"{name} must hold real numbers, got {array.dtype}")
    if size > 8:
        with np.errstate(over="ignore"):
            return array.astype(np.float64)
    if size == 8 and kind != "f" and whole:
        check_digits(array, name)
    return array


def precision(x: NDArray, y: NDArray | None = None) -> type[np.floating]:
    """float32 where `x` is, and `y`, if it is computed with, has no digits to lose."""
    if x.dtype.type is np.float32 and (y is None or _fits_single(y)):
        return np.float32
    return np.float64


def number(value: object) -> float:
    """A real number as a float: infinite if it is too large, NaN if it is none."""
    if type(value) is float:
        return value
    try:
        return float(value) if isinstance(value, Real) else math.nan
    except OverflowError:
        return math.inf


def sample_weights(weights: ArrayLike, n: int) -> Weights:
    """The weights of n examples: finite, at least 0, and not all of them 0."""
    w = real(weights, "sample_weight")
    if w.shape != (n,):
        raise ValueError(
            f"sample_weight must hold one number for each of {n} examples, "
            f"got shape {w.shape}"
        )
    largest = float(w.max())
    if not (w.min() >= 0 and largest < math.inf):
        rule, advice = "be finite and at least 0", "0 leaves an example out"
        check_each(lambda v: (v >= 0) & (v < np.inf), w, "sample_weight", rule, advice)
    if not largest:
        raise ValueError("sample_weight must leave an example in, got only zeros")
    return Weights(w, math.frexp(largest)[1])


def class_weights_of(
    weights: ArrayLike, k: int, reduction: str, occurs: NDArray[np.bool] | None = None
) -> NDArray[np.float64]:
    """The weights of k classes, in double precision.

    Only ratios count in a mean: for it, the largest and the smallest of the classes
    that occur are brought to either side of 1, so that no weighted loss and no sum
    overflows or vanishes.  A class that does not occur gets the weight 0.
    """
    must = f"class_weights must be {k} numbers, got {weights!r}"
    try:
        w = real(weights, "class_weights").astype(np.float64)
    except ValueError as error:
        raise ValueError(must) from error
    if w.shape != (k,):
        raise ValueError(must)
    if not (w.min() >= 0 and w.max() < np.inf):
        raise ValueError(f"class_weights must be finite and at least 0, got {w}")
    if reduction == "mean" and occurs is not None:
        w = np.where(occurs, w, 0)
    if reduction == "mean" and w.any():
        exponents = np.frexp(w[w > 0])[1]
        smallest, largest = int(exponents.min()), int(exponents.max())
        w = np.ldexp(w, -max((smallest + largest) // 2, largest - LARGEST_EXPONENT))
    return w


def _array(values: ArrayLike, name: str) -> NDArray:
    """What NumPy makes of it, if it can; but a mask must not be dropped in silence."""
    if _hides_entries(values):
        raise ValueError(
            f"{name} must hold real numbers, got a masked array with masked entries; "
            "drop or fill such examples first"
        )
    try:
        return np.asarray(values)
    except (TypeError, ValueError, OverflowError, RuntimeError) as error:
        raise ValueError(f"{name} must hold real numbers: {error}") from error


def _hides_entries(values: object) -> bool:
    """Whether a masked array, or one in a list, has a masked entry."""
    if isinstance(values, np.ma.MaskedArray):
        return bool(np.ma.is_masked(values))
    return isinstance(values, list | tuple) and any(
        isinstance(v, list | tuple | np.ma.MaskedArray) and _hides_entries(v)
        for v in values
    )


def _fits_single(a: NDArray) -> bool:
    """Whether float32 holds every number of this type."""
    dtype = a.dtype
    return dtype.kind == "b" or dtype.itemsize <= (4 if dtype.kind == "f" else 2)
