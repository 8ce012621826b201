"""Mistakes around losses in general: the mean, the step and the chain of slopes."""

from collections.abc import Callable

import numpy as np

from ...losses import (
    mean_absolute_error,
    mean_squared_error,
    mean_squared_error_grad,
)
from .common import Mistake

BELOW_ZERO = "an example for which `w1 * x` is below zero"


def both_summed() -> Mistake:
    """Two sums, where two means are asked for."""
    return Mistake(
        "sum for mean",
        lambda y, y_hat: (
            mean_absolute_error(y, y_hat, reduction="sum"),
            mean_squared_error(y, y_hat, reduction="sum"),
        ),
        "You added up both losses. The mean also divides by the number of days.",
    )


def sum_of_sizes() -> Mistake:
    """The first number not divided."""
    return Mistake(
        "sum of sizes",
        lambda y, y_hat: mean_absolute_error(y, y_hat, reduction="sum"),
        "For the first number you added up the sizes. Divide by the number of days.",
    )


def sum_of_squares() -> Mistake:
    """The second number not divided."""
    return Mistake(
        "sum of squares",
        lambda y, y_hat: mean_squared_error(y, y_hat, reduction="sum"),
        "For the second number you added up the squares. Divide by the number of days.",
    )


def two_days() -> Mistake:
    """The day without an error left out of the count."""

    def result(y, y_hat):
        days = np.count_nonzero(np.subtract(y_hat, y))
        return tuple(total / days for total in both_summed().result(y, y_hat))

    return Mistake(
        "exact day left out",
        result,
        "You divided by 2. The day without an error is a day too: its loss is 0, and "
        "it counts.",
    )


def both_swapped() -> Mistake:
    """The two numbers in the other order."""
    return Mistake(
        "order",
        lambda y, y_hat: (mean_squared_error(y, y_hat), mean_absolute_error(y, y_hat)),
        "Both numbers are right, in the other order: the mean size comes first.",
    )


def root_of_the_square() -> Mistake:
    """The root mean squared error."""
    return Mistake(
        "root taken",
        lambda y, y_hat: (..., np.sqrt(mean_squared_error(y, y_hat))),
        "For the second number you took a root. The mean square itself is asked for.",
    )


def signs_kept() -> Mistake:
    """The mean of the errors with their signs."""
    return Mistake(
        "signs kept",
        lambda y, y_hat: np.mean(np.subtract(y_hat, y)),
        "For the first number you kept the signs, so too much and too little cancel "
        "out. The size of −12 is 12.",
    )


def size_squared() -> Mistake:
    """The square of the mean size."""
    return Mistake(
        "square of the mean",
        lambda y, y_hat: mean_absolute_error(y, y_hat) ** 2,
        "For the second number you squared the mean size. Square each error first, "
        "then take the mean.",
    )


def small_for_large(verdict: Callable) -> Mistake:
    """Too small and too large taken for each other."""
    other = {"too small": "too large", "too large": "too small", "right": "right"}
    return Mistake(
        "small for large",
        lambda *runs: tuple(other[verdict(run)] for run in runs),
        "You took too small and too large for each other. Too large a step jumps "
        "over the lowest point, and the loss rises.",
    )


def slow_for_right(verdict: Callable) -> Mistake:
    """A loss that falls slowly taken for good, one that falls fast for too much."""
    other = {"too small": "right", "right": "too small", "too large": "too large"}
    return Mistake(
        "slow for right",
        lambda *runs: tuple(other[verdict(run)] for run in runs),
        "A loss that falls at once and then stays is not a bad sign: it has arrived. "
        "One that falls by a little in every step has far to go.",
    )


def stepped(rate_sign: float = -1, change: Callable | None = None) -> Callable:
    """One step for ŷ = w x, with slopes that `change` alters; returns the new w."""

    def result(w, x, y, learning_rate):
        each = mean_squared_error_grad(y, w * x)
        slope = change(each, x) if change else each @ x
        return w + rate_sign * learning_rate * slope

    return result


def signs_lost(rate_sign: float) -> Mistake:
    """A step that always goes the same way."""
    return Mistake(
        f"signs lost, {'up' if rate_sign > 0 else 'down'}",
        stepped(rate_sign, lambda each, x: abs(each @ x)),
        "The sign of the slope is lost, so `w` always moves the same way. If it is too "
        "high it must come down, and if it is too low, go up.",
    )


def uphill() -> Mistake:
    """A step along the slope."""
    return Mistake(
        "uphill",
        stepped(rate_sign=1),
        "Your step goes along the slope, so the loss rises. Go against it: subtract.",
    )


def rate_forgotten() -> Mistake:
    """A step as long as the slope."""
    return Mistake(
        "learning rate forgotten",
        lambda w, x, y, learning_rate: stepped()(w, x, y, 1),
        "You subtracted the slope itself. Multiply it with the learning rate first.",
    )


def only_the_step() -> Mistake:
    """By how much w changes."""
    return Mistake(
        "only the step",
        lambda w, *rest: stepped()(w, *rest) - w,
        "You return by how much `w` changes. The new `w` is asked for: add the old "
        "one.",
    )


def only_the_slope() -> Mistake:
    """The slope in w."""
    return Mistake(
        "only the slope",
        lambda w, x, y, learning_rate: mean_squared_error_grad(y, w * x) @ x,
        "You return the slope. It says which way to go; take the step too, and return "
        "the new `w`.",
    )


def loss_for_slope() -> Mistake:
    """A step by the loss, where the slope is meant."""
    return Mistake(
        "loss for slope",
        lambda w, x, y, rate: w - rate * mean_squared_error(y, w * x),
        "You stepped by the loss itself. The loss says how wrong `w` is; its slope "
        "says which way to go.",
    )


def inputs_forgotten() -> Mistake:
    """The slopes in the predictions, added up as they are."""
    return Mistake(
        "inputs forgotten",
        stepped(change=lambda each, x: each.sum()),
        "You added up the slopes in the predictions. If `w` grows by 1, a prediction "
        "grows by x: multiply each slope with its x first.",
    )


def not_added_up() -> Mistake:
    """A step for each example, where one parameter takes one step."""
    return Mistake(
        "not added up",
        stepped(change=lambda each, x: each * x),
        "You return a `w` for each example. The slope in `w` is the sum of slope times "
        "x over all examples: add them up.",
    )


def slopes_of_the_sum() -> Mistake:
    """The slope of the summed loss."""
    return Mistake(
        "gradient of the sum",
        stepped(change=lambda each, x: len(x) * (each @ x)),
        "Your slope is n times too steep: it is that of the sum of the losses. The "
        "loss is their mean.",
    )


def slopes_averaged() -> Mistake:
    """The mean of the slopes, where their sum is due."""
    return Mistake(
        "averaged twice",
        stepped(change=lambda each, x: np.mean(each * x)),
        "You averaged over the examples twice. `mean_squared_error_grad` has divided "
        "by n already: add up.",
    )


def slopes_halved() -> Mistake:
    """The slope without the 2 of the square."""
    return Mistake(
        "two forgotten",
        stepped(change=lambda each, x: each @ x / 2),
        "Your step is half as long as it should be. The slope of u² is 2u: is the 2 "
        "missing?",
    )


def slopes(
    error: Callable = lambda y_hat, y: mean_squared_error_grad([y], [y_hat])[0],
    bent: bool = True,
    bent_back: bool = True,
) -> Callable:
    """Slopes in w1 and w2 of the smallest network, with or without its bend."""

    def result(x, y, w1, w2):
        a = w1 * x
        h = max(0.0, a) if bent else a
        back = error(w2 * h, y)
        return back * w2 * x * (a > 0 or not bent_back), back * h

    return result


def bend_ignored() -> Mistake:
    """The network without its bend."""
    return Mistake(
        "bend ignored",
        slopes(bent=False, bent_back=False),
        "You left out the bend: below zero the hidden unit gives 0, and sends nothing "
        "back.",
    )


def bend_ignored_on_the_way_back() -> Mistake:
    """The bend on the way forwards only."""
    return Mistake(
        "bend ignored on the way back",
        slopes(bent_back=False),
        "On the way back you left out the bend. A unit whose sum is below zero sends "
        "nothing back: the slope in `w1` is 0 there.",
    )


def error_not_doubled() -> Mistake:
    """The slope of the square without its 2."""
    return Mistake(
        "two forgotten",
        lambda *inputs: tuple(slope / 2 for slope in slopes()(*inputs)),
        "The factor 2 is missing at the beginning. The slope of u² is 2u.",
    )


def error_turned_round() -> Mistake:
    """Target minus prediction."""
    return Mistake(
        "wrong sign",
        lambda *inputs: tuple(-slope for slope in slopes()(*inputs)),
        "All slopes have the wrong sign. The error is prediction minus target.",
    )


def input_forgotten() -> Mistake:
    """The slope in w1 without what goes in."""

    def result(x, y, w1, w2):
        return slopes()(x, y, w1, w2)[0] / x

    return Mistake(
        "input forgotten",
        result,
        "In the slope in `w1`, what goes in at the front is missing: multiply by x.",
    )


def weight_forgotten() -> Mistake:
    """The slope in w1 without the weight it passes on the way."""

    def result(x, y, w1, w2):
        return slopes()(x, y, w1, w2)[0] / w2

    return Mistake(
        "weight forgotten",
        result,
        "On the way back to `w1` you left out the output weight: the slope in h is "
        "`w2` times the slope in the prediction.",
    )


def input_for_hidden() -> Mistake:
    """The slope in w2 with x, where h goes in."""

    def result(x, y, w1, w2):
        return mean_squared_error_grad([y], [w2 * max(0.0, w1 * x)])[0] * x

    return Mistake(
        "input for hidden",
        result,
        "In the slope in `w2` you multiplied by x. What goes in there is `h`.",
    )


def weights_swapped() -> Mistake:
    """The two slopes in the other order."""
    return Mistake(
        "order",
        lambda *inputs: slopes()(*inputs)[::-1],
        "Both slopes are right, in the other order: the one in `w1` comes first.",
    )
