"""Mistakes that can be made with any loss: each is built from the right answer.

>>> from lossbook import mean_squared_error
>>> sum_for_mean(mean_squared_error).result([1.0, 2.0], [3.0, 4.0])
8.0
"""

import numpy as np

from .engine.mistakes import mistake, pattern


@pattern
def sum_for_mean(right, y, *rest):
    """You added up the losses. The mean also divides by their number, so that more
    examples do not mean more loss.
    """
    return len(y) * right(y, *rest)


@pattern
def divided_by_n_minus_1(right, y, *rest):
    """You divided by n − 1. That estimates a variance; the mean of n losses divides by
    n.
    """
    with np.errstate(divide="ignore"):
        return np.float64(right(y, *rest)) * len(y) / np.float64(len(y) - 1)


@pattern
def averaged_twice(right, y, *rest):
    """You divided by the number of examples twice. `np.mean` has done so already."""
    return right(y, *rest) / len(y)


@pattern
def wrong_sign(right, *inputs):
    """All your results have the wrong sign. Is a minus missing?"""
    return -np.asarray(right(*inputs))


@pattern
def one_for_each(losses, *inputs):
    """You return the loss of each example. The loss of a data set is one number: their
    mean.
    """
    return losses(*inputs)


@pattern
def gradient_of_the_sum(gradient, y, *rest):
    """That is the gradient of the sum of the losses. The loss is their mean: the 1/n
    stays in front of every slope.
    """
    return len(y) * gradient(y, *rest)


@mistake
def nothing_measured(*inputs):
    """All that you measured is 0. The function that you hand to `numerical_gradient`
    must use its own argument: `lambda p: loss(y, p)`, with `p` on both sides of the
    colon.
    """
    return np.zeros(np.shape(inputs[-1]))


@pattern
def swapped(right, a, b, *rest):
    """You took the first argument for the second and the second for the first. The
    truth comes first, then the prediction.
    """
    return right(b, a, *rest)


@pattern
def percent(right, *inputs):
    """That is in per cent. A share lies between 0 and 1: leave out the 100."""
    return 100 * right(*inputs)
