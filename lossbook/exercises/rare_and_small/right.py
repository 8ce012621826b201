"""What is right around rare classes and small regions."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ...losses import binary_cross_entropy_from_logits, dice, focal, tversky


def region_losses(marked: ArrayLike, probs: ArrayLike) -> tuple[float, float]:
    """The Dice loss of one picture, and one minus its intersection over its union."""
    return dice([marked], [probs]), tversky([marked], [probs], alpha=1, beta=1)


def mean_focal(y: NDArray, p: NDArray, gamma: float) -> float:
    """The mean focal loss of labels and probabilities of label 1."""
    return focal(y, np.log(p / (1 - p)), gamma=gamma)


def undone(p: NDArray, weight: float) -> NDArray:
    """What is left of probabilities once the weight of label 1 is taken back."""
    return p / (p + weight * (1 - p))


def loss_of_tags(tags: NDArray, logits: NDArray) -> float:
    """The losses of the tags, added up for each example, and their mean."""
    each = binary_cross_entropy_from_logits(
        tags.ravel(), logits.ravel(), reduction="sum"
    )
    return each / len(tags)
