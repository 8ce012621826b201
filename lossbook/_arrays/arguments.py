"""Arguments as arrays, of the shapes that they must have."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .blocking import precision
from .checking import check_class_numbers, check_distributions


def paired(y_true: ArrayLike, x: ArrayLike, name: str) -> tuple[NDArray, NDArray]:
    """Two vectors of real numbers of the same length n >= 1.

    Nothing is broadcast: (n,) against (n, 1) would silently become (n, n).
    """
    y, x = real(y_true, "y_true"), real(x, name)
    if y.ndim != 1 or y.shape != x.shape:
        raise ValueError(
            f"y_true and {name} must be 1-D and equally long, "
            f"got shapes {y.shape} and {x.shape}"
        )
    if not y.size:
        raise ValueError("a loss needs at least one example, got none")
    return y, x


def classed(y_true: ArrayLike, x: ArrayLike, name: str) -> tuple[NDArray, NDArray]:
    """Labels of n >= 1 examples, and an (n, k) array of real numbers.

    The labels are class numbers, shape (n,), or a distribution over the k
    classes for each example, shape (n, k); either is checked here.
    """
    y, x = real(y_true, "y_true"), real(x, name)
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
    else:
        check_class_numbers(y, x.shape[1])
    return y, x


def distributions(probs: ArrayLike, name: str) -> NDArray:
    """One distribution, shape (k,), or one in each row, shape (n, k)."""
    p = real(probs, name)
    if p.ndim not in (1, 2) or not p.size:
        raise ValueError(f"{name} must have shape (k,) or (n, k), got {p.shape}")
    check_distributions(np.atleast_2d(p), name)
    return p.astype(precision(p, p), copy=False)


def real(values: ArrayLike, name: str) -> NDArray:
    """An array of real numbers, of any shape, as it is; of long ones, as doubles."""
    array = np.asarray(values)
    if array.dtype.kind not in "biuf":
        raise ValueError(f"{name} must hold real numbers, got {array.dtype}")
    if array.dtype.itemsize > 8:
        with np.errstate(over="ignore"):
            return array.astype(np.float64)
    return array


def class_weights_of(weights: ArrayLike, k: int) -> NDArray:
    """The weights of k classes, in double precision."""
    w = np.asarray(weights)
    if w.dtype.kind not in "biuf" or w.shape != (k,):
        raise ValueError(f"class_weights must be {k} numbers, got {weights!r}")
    w = w.astype(np.float64)
    if not (w.min() >= 0 and w.max() < np.inf):
        raise ValueError(f"class_weights must be finite and at least 0, got {w}")
    return w


def weight_of_all(y: NDArray, weights: NDArray) -> float:
    """The weight of all examples together; that of one is the sum of w_j y_j."""
    if y.ndim == 1:
        return float(np.bincount(y, minlength=len(weights)) @ weights)
    return float(np.add.reduce(y, axis=0, dtype=np.float64) @ weights)
