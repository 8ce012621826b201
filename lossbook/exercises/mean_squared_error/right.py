"""What is right around the mean squared error, with places where it can go wrong."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from ...losses import mean_squared_error, mean_squared_error_grad


def squares(y: NDArray, y_hat: NDArray) -> NDArray:
    """The squared error of each example, whatever the shape of `y_hat`."""
    return mean_squared_error(y, np.ravel(y_hat), reduction="none")


def largest(values: NDArray, k: int) -> NDArray:
    """The `k` largest of the values."""
    return np.sort(values)[-k:]


def share_of_largest(y: NDArray, y_hat: NDArray, k: int) -> float:
    """The share of the loss that the `k` largest squared errors hold."""
    each = squares(y, y_hat)
    return largest(each, k).sum() / each.sum()


def descent(
    gradient: Callable = mean_squared_error_grad,
    *,
    move: float = -1,
    first: str = "",
    in_w: Callable = np.dot,
    in_b: Callable = np.sum,
    start: float = 0.0,
) -> Callable:
    """Gradient descent on a line; returns w, b.  The defaults are right.

    `move` is the sign of a step.  The parameter named `first` moves before the slope
    of the other one is found; without a name, both move together.  `in_w` and `in_b`
    make the slope of a parameter from those in the predictions, and x.
    """

    def result(x, y, learning_rate, steps):
        w = b = start
        for _ in range(steps):
            slope = gradient(y, b + w * x)
            new_w = w + move * learning_rate * in_w(slope, x)
            new_b = b + move * learning_rate * in_b(slope)
            if first == "b":
                again = gradient(y, new_b + w * x)
                new_w = w + move * learning_rate * in_w(again, x)
            if first == "w":
                again = gradient(y, b + new_w * x)
                new_b = b + move * learning_rate * in_b(again)
            w, b = new_w, new_b
        return w, b

    return result
