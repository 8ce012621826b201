"""Mistakes that can be made with any loss: each is built from the right answer.

>>> from lossbook import mean_squared_error
>>> sum_for_mean(mean_squared_error).result([1.0, 2.0], [3.0, 4.0])
8.0
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np


@dataclass(frozen=True)
class Mistake:
    """A known mistake: what it computes, and what to tell who makes it.

    Attributes
    ----------
    name : str
        In a few words, such as "sum for mean"; unique within an exercise.
    result : callable
        What it gives for the inputs of the right answer.
    message : str
        What was done and what to look at; code in backticks.
    """

    name: str
    result: Callable
    message: str


def sum_for_mean(right: Callable) -> Mistake:
    """The losses added up, and not divided by their number."""
    return Mistake(
        "sum for mean",
        lambda y, *rest: len(y) * right(y, *rest),
        "You added up the losses. The mean also divides by their number, so that "
        "more examples do not mean more loss.",
    )


def divided_by_n_minus_1(right: Callable) -> Mistake:
    """The mean of a sample's variance, where a plain mean is wanted."""

    def result(y, *rest):
        with np.errstate(divide="ignore"):
            return np.float64(right(y, *rest)) * len(y) / np.float64(len(y) - 1)

    return Mistake(
        "divided by n - 1",
        result,
        "You divided by n − 1. That estimates a variance; the mean of n losses "
        "divides by n.",
    )


def averaged_twice(right: Callable) -> Mistake:
    """A mean, divided by the number of examples once more."""
    return Mistake(
        "averaged twice",
        lambda y, *rest: right(y, *rest) / len(y),
        "You divided by the number of examples twice. `np.mean` has done so already.",
    )


def wrong_sign(right: Callable, message: str = "") -> Mistake:
    """The right result with the other sign; `message` where there is more to say."""
    return Mistake(
        "wrong sign",
        lambda *inputs: -np.asarray(right(*inputs)),
        message or "All your results have the wrong sign. Is a minus missing?",
    )


def one_for_each(losses: Callable) -> Mistake:
    """The loss of each example, where one number for all is asked for."""
    return Mistake(
        "one for each example",
        losses,
        "You return the loss of each example. The loss of a data set is one number: "
        "their mean.",
    )


def gradient_of_the_sum(gradient: Callable) -> Mistake:
    """The gradient of the summed losses, where that of the mean is asked for."""
    return Mistake(
        "gradient of the sum",
        lambda y, *rest: len(y) * gradient(y, *rest),
        "That is the gradient of the sum of the losses. The loss is their mean: "
        "the 1/n stays in front of every slope.",
    )


def nothing_measured() -> Mistake:
    """Zeros: the function that is measured does not look at its argument."""
    return Mistake(
        "nothing measured",
        lambda *inputs: np.zeros(np.shape(inputs[-1])),
        "All that you measured is 0. The function that you hand to "
        "`numerical_gradient` must use its own argument: `lambda p: loss(y, p)`, with "
        "`p` on both sides of the colon.",
    )


def swapped(right: Callable) -> Mistake:
    """The two arguments in the wrong order."""
    return Mistake(
        "arguments swapped",
        lambda a, b, *rest: right(b, a, *rest),
        "You took the first argument for the second and the second for the first. "
        "The truth comes first, then the prediction.",
    )


def percent(right: Callable) -> Mistake:
    """A share in percent."""
    return Mistake(
        "percent",
        lambda *inputs: 100 * right(*inputs),
        "That is in percent. A share lies between 0 and 1: leave out the 100.",
    )


def in_part(mistake: Mistake, number: int, count: int) -> Mistake:
    """A mistake in one of several results, whatever the others are.

    `...` stands for what may be anything.
    """

    def result(*inputs):
        parts = [...] * count
        parts[number] = mistake.result(*inputs)
        return tuple(parts)

    return replace(mistake, result=result)
