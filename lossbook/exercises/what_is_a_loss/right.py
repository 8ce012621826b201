"""What is right around losses in general, with places where it can go wrong."""

from collections.abc import Callable

import numpy as np

from ...losses import mean_squared_error, mean_squared_error_grad

RATES = {"A": 0.1, "B": 0.002, "C": 0.23}
STEPS = 5


def losses_over_steps(rate: float) -> list[float]:
    """The loss before each step of gradient descent on ŷ = w x, from w = 0."""
    x, y, w, losses = np.array([1.0, 2, 3]), np.array([2.0, 5, 6]), 0.0, []
    for _ in range(STEPS + 1):
        losses.append(round(mean_squared_error(y, w * x), 1))
        w -= rate * mean_squared_error_grad(y, w * x) @ x
    return losses


def verdict(losses: list[float]) -> str:
    """What losses after each step say of the learning rate."""
    if losses[-1] > losses[0]:
        return "too large"
    still_falls = losses[-2] - losses[-1] > 0.01 * losses[0]
    return "too small" if still_falls else "right"


def stepped(
    move: float = -1, slope_in_w: Callable = np.dot, rate: float | None = None
) -> Callable:
    """One step for ŷ = w x; returns the new w.  The defaults are right.

    `slope_in_w` makes it of the slopes in the predictions, and x; a `rate` takes the
    place of the one that is given.
    """

    def result(w, x, y, learning_rate):
        each = mean_squared_error_grad(y, w * x)
        own = learning_rate if rate is None else rate
        return w + move * own * slope_in_w(each, x)

    return result


def slopes(
    error: Callable = lambda y_hat, y: mean_squared_error_grad([y], [y_hat])[0],
    bent: bool = True,
    lets_back: Callable = lambda x, w1, w2: w1 * x > 0,
) -> Callable:
    """Slopes in w1 and w2 of the smallest network, with or without its bend."""

    def result(x, y, w1, w2):
        a = w1 * x
        h = max(0.0, a) if bent else a
        back = error(w2 * h, y)
        return back * w2 * x * lets_back(x, w1, w2), back * h

    return result
