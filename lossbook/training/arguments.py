"""What training takes: features, labels, their weights, a loss and its options."""

from inspect import signature

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .._arrays import finite_numbers, real, sample_weights
from ..catalogue import Loss, by_key


def features(x: ArrayLike, m: int | None = None) -> NDArray[np.float64]:
    """`x` as an (n, m) matrix of finite numbers."""
    x = finite_numbers(x, "x")
    if x.ndim != 2 or x.size == 0:
        raise ValueError(
            f"x must have shape (n, m), got {x.shape}; "
            "a single feature goes in as x[:, None]"
        )
    if m is not None and x.shape[1] != m:
        raise ValueError(f"the model takes {m} features, got x of shape {x.shape}")
    return np.ascontiguousarray(x)  # sums depend on the order in memory


def labels(y: ArrayLike, n: int) -> NDArray:
    """`y` as an array with one entry, or one row, for each of n examples."""
    y = real(y, "y", whole=False)
    if y.dtype.kind == "b":  # as an index it would be a mask
        y = y.astype(np.intp)
    if y.ndim == 0 or len(y) != n:
        raise ValueError(f"y must have one label for each of {n} rows, got {y.shape}")
    return y


def weights_of(sample_weight: ArrayLike | None, n: int) -> NDArray[np.float64]:
    """The weight of each of n examples, the largest about 1, which changes no mean."""
    if sample_weight is None:
        return np.ones(n)
    return sample_weights(sample_weight, n).of(slice(n), "mean")


def outputs_of(loss: Loss, y: NDArray) -> tuple[int, ...]:
    """Shape of the output for one example: () for a number, (k,) for k classes."""
    if loss.labels in ("regions", "logits"):
        if y.ndim != 2:
            raise ValueError(
                f"y must have shape (n, m) for {loss.title}, got {y.shape}"
            )
        return y.shape[1:]
    if loss.labels != "classes":
        return () if loss.outputs == 1 else (loss.outputs,)
    if y.ndim == 2:
        return y.shape[1:]
    if y.ndim > 2:
        raise ValueError(f"y must have shape (n,) or (n, k), got {y.shape}")
    if y.dtype.kind not in "iu":
        raise ValueError(f"class labels must be whole numbers, got {y.dtype}")
    k = int(y.max()) + 1
    if not 2 <= k <= len(y):
        raise ValueError(
            "class labels must be numbers 0, 1, ..., of at least two classes and "
            f"at most one for each example, got a largest label of {k - 1}"
        )
    return (k,)


def total_weight(
    loss: Loss, y: NDArray, weight: NDArray, class_weights: NDArray | None
) -> float:
    """What the mean over all examples divides by: the sum of their weights."""
    if class_weights is not None:
        if loss.labels != "classes":  # 0/1, or between them
            y = np.column_stack([1 - y.astype(np.float64), y])
        hard = y.ndim == 1
        weight = weight * (class_weights[y] if hard else y @ class_weights)
    return float(weight.sum())


def loss_of(loss: object) -> Loss:
    """The record of the loss with this key, or that was given."""
    record = by_key(loss) if isinstance(loss, str) else loss
    if not isinstance(record, Loss):
        raise ValueError(
            "loss must be a key of the catalogue, such as 'hinge', or its record, "
            f"got {loss!r}"
        )
    if record.inputs:
        raise ValueError(
            f"the {record.title} compares {len(record.inputs)} arrays of embeddings, "
            "and here a model is fitted to one label for each row; write the loop "
            f"around {record.grad.__name__}, as the chapter on similarity does"
        )
    return record


def check_options(loss: Loss, options: dict) -> None:
    """Refuse what the loss does not take, and the reduction, which is no choice."""
    if "reduction" in options:
        raise ValueError(
            "there is no reduction to choose, since what is minimised is the mean, "
            f"got {options['reduction']!r}"
        )
    parameters = signature(loss.value).parameters.values()
    names = {p.name for p in parameters if p.kind is p.KEYWORD_ONLY} - {"reduction"}
    for name in options:
        if name not in names:
            raise TypeError(
                f"there is no setting {name!r}; {loss.title} takes "
                f"{', '.join(sorted(names)) or 'none of its own'}"
            )
