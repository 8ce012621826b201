"""What is right around the hinge loss, with places where it can go wrong."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from ...losses import hinge, hinge_grad


def filter_loss(is_spam: NDArray, scores: NDArray, reduction: str = "mean"):
    """The hinge loss of labels 0 and 1, read as -1 and +1."""
    return hinge(2 * is_spam - 1, scores, reduction=reduction)


def penalty(w: NDArray, b: float, l2: float) -> float:
    """What the weights cost; the bias costs nothing."""
    return l2 / 2 * (w @ w)


def with_penalty(
    penalty: Callable = penalty, loss: Callable = lambda y, s: hinge(y, s)
) -> Callable:
    """The mean hinge loss of a linear model, plus a penalty; the defaults are right."""
    return lambda w, b, x, y, l2: loss(y, x @ w + b) + penalty(w, b, l2)


def margins_where(holds: Callable) -> Callable:
    """For which examples of a linear model something `holds` of the margin."""
    return lambda w, b, x, y: holds(y * (x @ w + b))


def is_support_vector(w: NDArray, b: float, x: NDArray, y: NDArray) -> NDArray:
    """Which examples have a margin of 1 or less."""
    return margins_where(lambda m: m <= 1)(w, b, x, y)


def pulls(
    each: Callable = lambda y, s: -y,
    short: Callable = lambda margin: margin < 1,
    at_kink: float = 0,
) -> Callable:
    """Slopes of the mean loss: `each` where the margin is `short`, else 0.

    At a margin of exactly 1 the part `at_kink` of it is taken.
    """

    def result(y, s):
        margin = y * s
        part = np.where(margin == 1, at_kink, short(margin))
        return part * each(y, s) / len(y)

    return result


def stepped(
    slope: Callable = hinge_grad,
    *,
    penalty: Callable = lambda w, l2: l2 * w,
    on_bias: float = 0,
    move: float = -1,
) -> Callable:
    """One step of a support vector machine; returns w, b.  The defaults are right.

    `slope` gives the slopes in the scores, `penalty` what is added to that in w,
    `on_bias` the part of the penalty that the bias pays, `move` the sign of the step.
    """

    def result(w, b, x, y, learning_rate, l2):
        each = slope(y, x @ w + b)
        new_w = w + move * learning_rate * (each @ x + penalty(w, l2))
        new_b = b + move * learning_rate * (each.sum() + on_bias * l2 * b)
        return new_w, new_b

    return result
