"""What is right around the cross-entropy, with places where it can go wrong.

Some formulas are right on paper only: typed as they stand, they meet the log of 0 or
an overflow.  What else goes wrong can go wrong with each of them.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from ...link_functions import log_softmax, softmax
from ...losses import (
    binary_cross_entropy,
    cross_entropy,
    cross_entropy_from_logits,
    cross_entropy_from_logits_grad,
    entropy,
    kl_divergence,
)


def one_hot(y: NDArray, rows: NDArray) -> NDArray:
    """The labels as rows of as many classes as `rows` has."""
    return np.eye(np.shape(rows)[1])[y]


def own(y: NDArray, probs: NDArray) -> NDArray:
    """The probability of the label in each row."""
    return np.asarray(probs)[np.arange(len(y)), y]


def own_of_two(y: NDArray, p: NDArray) -> NDArray:
    """The probability of what happened, of two classes."""
    return np.where(y == 1, p, 1 - p)


def mean_log(y: NDArray, probs: NDArray) -> float:
    """Minus the mean logarithm of the labels' probabilities."""
    return -np.mean(np.log(own(y, probs)))


def probability_minus_label(y: NDArray, p: NDArray) -> NDArray:
    """The gradient in the logits, for probabilities that may be wrong."""
    return (p - one_hot(y, p)) / len(y)


# Two classes


def textbook_of_two(y: NDArray, p: NDArray, reduction: str = "mean"):
    """Both terms as they are written: 0 times the log of 0 is NaN."""
    each = -(y * np.log(p) + (1 - y) * np.log(1 - p))
    return np.mean(each) if reduction == "mean" else each


TWO_CLASSES = {"": binary_cross_entropy, ", as written": textbook_of_two}


# Entropy and divergence


def textbook_entropy(y: NDArray, p: NDArray) -> float:
    """The formula as it is written."""
    return -np.sum(y * np.log(y))


def textbook_divergence(y: NDArray, p: NDArray) -> float:
    """The formula as it is written."""
    return np.sum(y * np.log(y / p))


ENTROPIES = {
    " (entropy)": lambda y, p: entropy(y),
    " (entropy, as written)": textbook_entropy,
}
DIVERGENCES = {
    " (divergence)": kl_divergence,
    " (divergence, as written)": textbook_divergence,
}
CROSS_ENTROPIES = {
    "": lambda y, p: cross_entropy([y], [p]),
    ", as written": lambda y, p: -np.sum(y * np.log(p)),
}
BOTH_PARTS = {
    "": (lambda y, p: entropy(y), kl_divergence),
    ", as written": (textbook_entropy, textbook_divergence),
}


# From logits


def raw_softmax(z: NDArray) -> NDArray:
    """Softmax with the powers as they are, over the rows."""
    e = np.exp(z)
    return e / e.sum(axis=1, keepdims=True)


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
    each = -np.sum(one_hot(y, z) * np.log(softmax(z)), axis=1)
    return np.mean(each) if reduction == "mean" else each


OVERFLOWING = {", textbook": textbook, ", log-sum-exp": log_sum_exp}
UNROUNDED = {"": cross_entropy_from_logits, **OVERFLOWING}
ROUNDED = {", rounded": through_probabilities, ", rounded rows": through_one_hot}
ROADS = UNROUNDED | ROUNDED
# What is made of the softmax, and the softmax.
SOFTMAXES = {
    "": (lambda y, logs: -np.mean(own(y, logs)), log_softmax),
    ", textbook": (mean_log, raw_softmax),
    ", rounded": (mean_log, softmax),
}
ROWS = {"": (lambda y, p: p, softmax)}
SLOPES = {"": (probability_minus_label, softmax)}


# Digits: a linear model beside one that does not look


def fitted(
    gradient: Callable = cross_entropy_from_logits_grad,
    *,
    move: float = -1,
    step_bias: Callable = lambda first, second: first.sum(axis=0),
    judge: Callable = cross_entropy_from_logits,
    trained_on: str = "old",
    judged_on: str = "new",
) -> Callable:
    """A linear model of ten digits, trained by gradient descent and then judged.

    `move` is the sign of a step.  `step_bias` makes the slope in the biases of the
    slopes in the logits: those before the weights have moved, and those after.
    `judge` takes labels and logits.  Pictures are "old", "new" or "all".
    """

    def result(x, y, x_new, y_new, learning_rate, steps):
        data = {"old": (x, y), "new": (x_new, y_new)}
        data["all"] = np.concatenate([x, x_new]), np.concatenate([y, y_new])
        x, y = data[trained_on]
        w, b = np.zeros((x.shape[1], 10)), np.zeros(10)
        for _ in range(steps):
            slope = gradient(y, x @ w + b)
            w = w + move * learning_rate * x.T @ slope
            b = b + move * learning_rate * step_bias(slope, gradient(y, x @ w + b))
        x, y = data[judged_on]
        return judge(y, x @ w + b)

    return result


def frequencies(y: NDArray) -> NDArray:
    """The share of each digit."""
    return np.bincount(y, minlength=10) / len(y)


def baseline(
    judge: Callable = cross_entropy,
    *,
    shares: Callable = lambda y, y_new: frequencies(y),
    judged_on: str = "new",
) -> Callable:
    """A model that gives all pictures the same probabilities, and then judged.

    `shares` finds them in the labels, old and new; `judge` takes labels and rows.
    """

    def result(x, y, x_new, y_new, learning_rate, steps):
        judged = y_new if judged_on == "new" else y
        return judge(judged, np.tile(shares(y, y_new), (len(judged), 1)))

    return result
