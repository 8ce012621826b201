"""What is right around similarity, with places for mistakes."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from ...losses import contrastive, triplet


def three_losses(near: float, far: float, margin: float) -> tuple[float, float, float]:
    """Of a positive and a negative at these distances, on either side of the anchor."""
    anchor, positive, negative = [[0.0]], [[near]], [[-far]]
    return (
        contrastive([1], anchor, positive, margin=margin),
        contrastive([0], anchor, negative, margin=margin),
        triplet(anchor, positive, negative, margin=margin),
    )


def nearest_other(
    among: Callable = lambda own, other: own != other,
    choose: Callable = lambda away, valid: np.min(np.where(valid, away, np.inf), 1),
) -> Callable:
    """A distance of each row to those that are `among` the ones to look at.

    `choose` makes one number of each row.  The defaults are right.
    """

    def result(e: NDArray, kinds: NDArray) -> NDArray:
        away = np.linalg.norm(e[:, None] - e, axis=2)
        return choose(away, among(kinds[:, None], kinds))

    return result


def cosines(queries: NDArray, keys: NDArray) -> NDArray:
    """How alike each query is to each key."""
    queries, keys = (
        rows / np.linalg.norm(rows, axis=1, keepdims=True) for rows in (queries, keys)
    )
    return queries @ keys.T


def surprise(logits: NDArray) -> NDArray:
    """InfoNCE of each row, of what stands on the diagonal."""
    return np.log(np.exp(logits).sum(axis=1)) - np.diag(logits)
