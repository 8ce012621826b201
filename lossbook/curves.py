"""The curve of a loss: its height and slope for one example, over what it reads."""

import numpy as np
from numpy.typing import NDArray

from .catalogue import Loss

# What a loss reads: its name on the axis, and where the axis begins and ends.
AXES = {
    "y_pred": ("prediction", -3.0, 3.0),
    "mean_and_log_variance": ("predicted mean", -3.0, 3.0),
    "log_rates": ("logarithm of the rate", -3.0, 3.0),
    "rates": ("rate", 0.0, 6.0),
    "probs": ("probability", 0.0, 1.0),
    "logits": ("logit", -4.0, 4.0),
    "scores": ("score", -4.0, 4.0),
    "rejected": ("reward of the rejected", -4.0, 4.0),
}
# Of losses that compare embeddings: of one pair of a kind; of an anchor, by how much
# its own kind is farther away than the other; of a query and the key that belongs to
# it, where the other key is as far away on the other side.
OF_EMBEDDINGS = {
    "contrastive": ("distance", 0.0, 3.0),
    "triplet": ("difference of the distances", -3.0, 3.0),
    "info_nce": ("similarity", -1.0, 1.0),
}


def axis(loss: Loss) -> tuple[str, float, float]:
    """The name of the axis under the curve of a loss, and its ends.

    >>> from lossbook.catalogue import by_key
    >>> axis(by_key("hinge"))
    ('score', -4.0, 4.0)
    """
    return OF_EMBEDDINGS[loss.key] if loss.inputs else AXES[loss.reads]


def heights(loss: Loss, xs: NDArray) -> NDArray:
    """The loss of one example at each place on its axis.

    Its target is 0, its count or class 1; two embeddings are of one kind.

    >>> from lossbook.catalogue import by_key
    >>> heights(by_key("hinge"), np.array([-1.0, 0.0, 1.0]))
    array([2., 1., 0.])
    """
    if not loss.inputs:
        y_true = 0 if loss.labels in ("numbers", "rewards") else 1
        return sampled(loss, y_true, xs)[0]
    zeros, ones = np.zeros((len(xs), 1)), np.ones((len(xs), 1))
    x = xs[:, None]
    if loss.key == "contrastive":
        return loss.value(np.ones(len(xs)), zeros, x, reduction="none")
    if loss.key == "triplet":
        far = np.maximum(x, 0)
        return loss.value(zeros, far, far - x, reduction="none")
    up = np.sqrt(1 - x**2)
    query = np.hstack([ones, zeros])
    keys = np.hstack([x, up]), np.hstack([-x, up])
    each = [np.stack(rows) for rows in zip(query, *keys, strict=True)]
    return np.array(
        [
            loss.value(np.stack([q, q]), np.stack([a, b]), reduction="none")[0]
            for q, a, b in each
        ]
    )


def sampled(loss: Loss, y_true: float, xs: NDArray) -> tuple[NDArray, NDArray]:
    """Height and slope of the loss of one example at each place."""
    if loss.labels in ("classes", "regions", "logits"):
        return _of_the_right_class(loss, xs)
    if loss.outputs > 1:  # over the mean, with a variance of 1
        rows, y = np.column_stack([xs, np.zeros_like(xs)]), np.full_like(xs, y_true)
        slopes = loss.grad(y, rows, reduction="none")[:, 0]
        return loss.value(y, rows, reduction="none"), slopes
    low = {"0/1": 0, "-1/+1": -1}.get(loss.labels or "")
    label = y_true if low is None else (1 if y_true > 0 else low)
    y = np.full_like(xs, label)
    return loss.value(y, xs, reduction="none"), loss.grad(y, xs, reduction="none")


def _of_the_right_class(loss: Loss, xs: NDArray) -> tuple[NDArray, NDArray]:
    """Height and slope over what the loss reads for the example's own class."""
    others = (1 - xs) / 2 if loss.reads == "probs" else np.zeros_like(xs)
    rows, y = np.column_stack([xs, others, others]), np.zeros(len(xs), dtype=int)
    if loss.labels == "regions":
        y = np.tile([1, 0, 0], (len(xs), 1))
    if loss.labels == "logits":
        y = np.zeros_like(rows)
    slopes = loss.grad(y, rows, reduction="none")[:, 0]
    return loss.value(y, rows, reduction="none"), slopes
