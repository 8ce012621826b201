"""Mistakes around the cross-entropy from logits: overflow, the log of zero, the row.

Each formula that is called a road here is right on paper; what else goes wrong can go
wrong on each of them.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from ...link_functions import log_softmax, softmax
from ...losses import cross_entropy, cross_entropy_from_logits
from .common import Mistake
from .cross_entropy import own


def raw_softmax(z: NDArray) -> NDArray:
    """Softmax with the powers as they are, over the rows."""
    e = np.exp(z)
    return e / e.sum(axis=1, keepdims=True)


def mean_log(y: NDArray, probs: NDArray) -> float:
    """Minus the mean logarithm of the labels' probabilities."""
    return -np.mean(np.log(own(y, probs)))


def textbook(y: NDArray, z: NDArray, reduction: str = "mean"):
    """By the probabilities, with the powers as they are."""
    each = -np.log(own(y, raw_softmax(z)))
    return np.mean(each) if reduction == "mean" else each


def log_sum_exp(y: NDArray, z: NDArray, reduction: str = "mean"):
    """Without probabilities, but still with the powers as they are."""
    each = np.log(np.exp(z).sum(axis=1)) - own(y, z)
    return np.mean(each) if reduction == "mean" else each


def through_probabilities(y: NDArray, z: NDArray, reduction: str = "mean"):
    """Softmax without an overflow, and then the logarithm."""
    return cross_entropy(y, softmax(z), reduction=reduction)


def through_one_hot(y: NDArray, z: NDArray, reduction: str = "mean"):
    """The same, with all the classes in the sum."""
    each = -np.sum(np.eye(z.shape[1])[y] * np.log(softmax(z)), axis=1)
    return np.mean(each) if reduction == "mean" else each


OVERFLOWING = {", textbook": textbook, ", log-sum-exp": log_sum_exp}
UNROUNDED = {"": cross_entropy_from_logits, **OVERFLOWING}
ROUNDED = {", rounded": through_probabilities, ", rounded rows": through_one_hot}
ROADS = UNROUNDED | ROUNDED
SOFTMAXES = {
    "": (lambda y, logs: -np.mean(own(y, logs)), log_softmax),
    ", textbook": (mean_log, raw_softmax),
    ", rounded": (mean_log, softmax),
}


def exponential_overflows(road: Callable) -> Mistake:
    """The powers as they are."""
    return Mistake(
        "overflow",
        road,
        "It is right for small logits, but e to the 900 is more than a computer can "
        "write: it becomes infinite and spoils the rest. Subtract the largest logit of "
        "each row first.",
    )


def probability_rounded(road: Callable) -> Mistake:
    """A probability of e to the -900 is 0, and its logarithm infinite."""
    return Mistake(
        "log of zero",
        road,
        "Nothing overflows any more, but a tiny probability is rounded to 0, and the "
        "logarithm of 0 is infinite. Do not form the probability: stay with "
        "log-sum-exp minus the label's logit.",
    )


def one_maximum_for_all(road: Callable) -> Mistake:
    """The largest logit of the whole array subtracted, not that of each row."""
    return Mistake(
        "one maximum for all",
        lambda y, z: road(y, z - z.max()),
        "You subtracted the largest logit of the whole array. A row far below it has "
        "only zeros left: take the maximum of each row, with `axis=1` and "
        "`keepdims=True`.",
    )


def maxima_of_the_columns(road: Callable) -> Mistake:
    """The largest logit of each class subtracted."""
    return Mistake(
        "maxima of the columns",
        lambda y, z: road(y, z - z.max(axis=0)),
        "You subtracted the largest logit of each column, so the logits of a row are "
        "shifted differently. Take the maximum of each row, with `axis=1` and "
        "`keepdims=True`.",
    )


def maximum_not_added_back() -> Mistake:
    """The logarithm of the shifted sum, minus the logit that was not shifted."""
    return Mistake(
        "maximum not added back",
        lambda y, z: cross_entropy_from_logits(y, z) - np.mean(z.max(axis=1)),
        "You subtracted the largest logit inside the sum, but not from the label's "
        "logit. Either subtract it there too, or add it back in front.",
    )


def only_the_logit() -> Mistake:
    """Minus the label's logit, and nothing else."""
    return Mistake(
        "logits used as log-probabilities",
        lambda y, z: -np.mean(own(y, z)),
        "That is minus the mean logit of the labels. A logit means something only "
        "beside the others of its row: log-sum-exp is missing.",
    )


def log_of_the_logit() -> Mistake:
    """The logarithm of the weighted sum."""
    return Mistake(
        "log of the weighted sum",
        mean_log,
        "You took the logarithm of the logits. A logit is a weighted sum and may be "
        "negative: softmax comes first.",
    )


def class_number_as_weight() -> Mistake:
    """The number of the class multiplied with all the logarithms."""
    return Mistake(
        "label used as a number",
        lambda y, z: -np.mean(np.sum(y[:, np.newaxis] * log_softmax(z), axis=1)),
        "You multiplied with the numbers of the classes. Class 2 does not pay twice: "
        "the number only says which logit to pick.",
    )


def loss_of_softmax() -> Mistake:
    """Softmax before a loss that applies its own."""
    return Mistake(
        "softmax twice",
        lambda y, z: cross_entropy_from_logits(y, softmax(z)),
        "You applied softmax twice, which makes all probabilities much alike. Give "
        "the logits in as they are.",
    )
