"""Mistakes around the mean squared error, its gradient, descent and outliers."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ...losses import (
    mean_absolute_error,
    mean_squared_error,
    mean_squared_error_grad,
)
from .common import Mistake


def absolute_for_square(unit: float = 1) -> Mistake:
    """The mean absolute error, times a unit."""
    return Mistake(
        "absolute for square",
        lambda y, y_hat: unit * mean_absolute_error(y, y_hat),
        "That is the mean of the sizes of the errors. Here each error is squared.",
    )


def met_ones_not_counted() -> Mistake:
    """The mean over those examples only that have an error."""
    return Mistake(
        "met ones not counted",
        lambda y, y_hat: (
            np.sum(squares(y, y_hat)) / np.count_nonzero(squares(y, y_hat))
        ),
        "You divided by 2. There are three days: one without an error counts too, and "
        "a mean divides by n, not by n − 1.",
    )


def sizes_of_any_shape() -> Mistake:
    """The mean absolute error, whatever the shapes."""
    return replace(
        absolute_for_square(),
        result=lambda y, y_hat: mean_absolute_error(y, np.ravel(y_hat)),
    )


def no_square() -> Mistake:
    """The mean of the errors."""
    return Mistake(
        "no square",
        lambda y, y_hat: np.mean(np.subtract(y_hat, y)),
        "You averaged the errors themselves. Too much and too little cancel out: "
        "square each error first.",
    )


def square_of_the_mean() -> Mistake:
    """The errors averaged first, and squared then."""
    return Mistake(
        "square of the mean",
        lambda y, y_hat: np.mean(np.subtract(y_hat, y)) ** 2,
        "You averaged first and squared then, so errors of both signs cancelled "
        "out. Square each error, then average.",
    )


def difference_of_squares() -> Mistake:
    """Targets and predictions squared, and then subtracted."""
    return Mistake(
        "difference of squares",
        lambda y, y_hat: np.mean(np.square(y_hat) - np.square(y)),
        "You squared predictions and targets, and subtracted then. Subtract first: "
        "it is the error that is squared.",
    )


def root_taken() -> Mistake:
    """The root mean squared error."""
    return Mistake(
        "root taken",
        lambda y, y_hat: np.sqrt(mean_squared_error(y, y_hat)),
        "That is the root mean squared error. Its square is asked for: leave out the "
        "root.",
    )


def halved() -> Mistake:
    """Half of it, as books write that want a gradient without the 2."""
    return Mistake(
        "halved",
        lambda y, y_hat: mean_squared_error(y, y_hat) / 2,
        "That is half of it. Some books define the loss with ½ in front; this "
        "course does not.",
    )


def maximum_for_mean() -> Mistake:
    """The largest squared error: M taken for maximum."""
    return Mistake(
        "maximum for mean",
        lambda y, y_hat: np.max(squares(y, y_hat)),
        "That is the largest squared error. The M stands for mean: add up all of "
        "them and divide by their number.",
    )


def every_pair() -> Mistake:
    """A column minus a row: every target against every prediction."""
    return Mistake(
        "every pair",
        lambda y, y_hat: np.mean((np.reshape(y_hat, (-1, 1)) - y) ** 2),
        "You compared every prediction with every target. A column minus a row gives "
        "a square table in NumPy: print the shape of the difference, and bring both "
        "to one shape first.",
    )


def every_pair_of_a_column() -> Mistake:
    """Every pair where the predictions are a column, and right where they are not."""
    return replace(
        every_pair(), result=lambda y, y_hat: np.mean(np.subtract(y_hat, y) ** 2)
    )


def only_columns() -> Mistake:
    """The targets made a column too, whatever the predictions are."""
    return Mistake(
        "only columns",
        lambda y, y_hat: np.mean((y_hat - np.reshape(y, (-1, 1))) ** 2),
        "Right for a column, but predictions of shape (n,) are now compared with "
        "every target. Bring both to one shape, whatever they come in.",
    )


def root_forgotten(unit: float = 1) -> Mistake:
    """The mean squared error, times a unit, where its root is asked for."""
    return Mistake(
        f"root forgotten, times {unit}",
        lambda y, y_hat: unit * mean_squared_error(y, y_hat),
        "The root is missing. A mean squared error is in squared units; its root is "
        "in the unit of the targets again.",
    )


def halved_for_root() -> Mistake:
    """The power 1/2 without brackets: the first power, divided by 2."""
    return Mistake(
        "halved for root",
        lambda y, y_hat: 1000 * mean_squared_error(y, y_hat) / 2,
        "You halved the loss. `x ** 1 / 2` is the first power divided by 2: write "
        "`x ** 0.5` or `np.sqrt(x)`.",
    )


def unit_under_the_root() -> Mistake:
    """The thousand multiplied before the root is taken."""
    return Mistake(
        "unit under the root",
        lambda y, y_hat: np.sqrt(1000 * mean_squared_error(y, y_hat)),
        "You multiplied by 1000 under the root, where squared units stand. Take the "
        "root first, then multiply.",
    )


def unit_forgotten() -> Mistake:
    """The root, still in thousands."""
    return Mistake(
        "unit forgotten",
        lambda y, y_hat: np.sqrt(mean_squared_error(y, y_hat)),
        "Your results are in thousands of dollars, and dollars are asked for.",
    )


def root_of_the_sum(unit: float = 1) -> Mistake:
    """The root of the summed squares, times a unit."""
    return Mistake(
        "root of the sum",
        lambda y, y_hat: unit * np.sqrt(np.sum(squares(y, y_hat))),
        "You took the root of the sum of the squares. Divide the sum by the number "
        "of examples first, then take the root.",
    )


def two_forgotten() -> Mistake:
    """The gradient without the 2 that the square leaves."""
    return Mistake(
        "two forgotten",
        lambda y, y_hat: mean_squared_error_grad(y, y_hat) / 2,
        "The factor 2 is missing. The slope of u² is 2u.",
    )


def slope_in_the_target() -> Mistake:
    """The gradient with the other sign."""
    return Mistake(
        "slope in the target",
        lambda y, y_hat: -mean_squared_error_grad(y, y_hat),
        "The sign is turned round. It is ŷ − y, prediction minus target: where the "
        "prediction is too high, raising it further raises the loss.",
    )


def sum_of_the_slopes() -> Mistake:
    """One number, where the slope in each prediction is asked for."""
    return Mistake(
        "sum of the slopes",
        lambda y, y_hat: np.sum(mean_squared_error_grad(y, y_hat)),
        "You added the slopes up to one number. A gradient has one slope for each "
        "prediction.",
    )


def size_of_the_slope() -> Mistake:
    """The slopes without their sign."""
    return Mistake(
        "slope without sign",
        lambda y, y_hat: np.abs(mean_squared_error_grad(y, y_hat)),
        "The sizes are right, the signs are lost. The sign says which way to move: "
        "leave out the absolute value.",
    )


def sum_measured() -> Mistake:
    """The slopes of the summed squares, measured."""
    return Mistake(
        "sum measured",
        lambda y, y_hat: mean_squared_error_grad(y, y_hat, reduction="sum"),
        "You measured the slopes of the sum of the squares. The function that you "
        "give to `numerical_gradient` has to return their mean.",
    )


def measured_in_the_target() -> Mistake:
    """The targets moved, where the predictions should be."""
    return Mistake(
        "measured in the target",
        lambda y, y_hat: -mean_squared_error_grad(y, y_hat),
        "You measured with the targets moved. `numerical_gradient` has to move the "
        "predictions: they are its second argument, and what its function takes.",
    )


def measured_at_the_target() -> Mistake:
    """The gradient measured where it is zero."""
    return Mistake(
        "measured at the target",
        lambda y, y_hat: np.zeros_like(y),
        "All that you measured is 0. Measure at `y_hat`, for where the predictions are "
        "the targets every slope is zero; and let the function use its own argument, "
        "as in `lambda p: np.mean((p - y) ** 2)`.",
    )


def uphill() -> Mistake:
    """Steps along the slope in place of against it."""
    return Mistake(
        "uphill",
        descent(mean_squared_error_grad, move=1),
        "Your steps go along the slope, so the loss rises. Subtract the slope times "
        "the learning rate.",
    )


def descent_of_the_sum() -> Mistake:
    """Steps by the gradient of the summed losses."""
    return Mistake(
        "gradient of the sum",
        descent(lambda y, y_hat: len(y) * mean_squared_error_grad(y, y_hat)),
        "Your slopes are n times too steep: they are those of the sum of the squares. "
        "The loss is the mean, so divide by the number of examples.",
    )


def descent_without_two() -> Mistake:
    """Steps by half the gradient."""
    return Mistake(
        "two forgotten",
        descent(lambda y, y_hat: mean_squared_error_grad(y, y_hat) / 2),
        "Your steps are half as long as they should be. The slope of u² is 2u: is "
        "the 2 missing?",
    )


def one_after_the_other(first: str) -> Mistake:
    """The second parameter stepped from where the `first` has already moved."""
    second = "w" if first == "b" else "b"
    return Mistake(
        f"{first} before {second}",
        descent(mean_squared_error_grad, first=first),
        f"You moved `{first}`, and then predicted again to move `{second}`. Both "
        "slopes belong to the same predictions: find both, then take both steps.",
    )


def other_steps(name: str, steps: Callable, message: str) -> Mistake:
    """More steps than asked for, or fewer: `steps` says how many."""
    return Mistake(
        name,
        lambda x, y, rate, n: descent(mean_squared_error_grad)(x, y, rate, steps(n)),
        message,
    )


def predicted_once() -> Mistake:
    """All steps by the slope at the start."""
    return Mistake(
        "predicted once",
        lambda x, y, rate, n: descent(mean_squared_error_grad)(x, y, n * rate, 1),
        "All your steps use the slope of the start. Each step changes the "
        "predictions, so predict inside the loop.",
    )


def features_forgotten() -> Mistake:
    """The slope in w without the feature: that of b."""

    def result(x, y, learning_rate, steps):
        w = b = 0.0
        for _ in range(steps):
            step = learning_rate * mean_squared_error_grad(y, b + w * x).sum()
            w, b = w - step, b - step
        return w, b

    return Mistake(
        "features forgotten",
        result,
        "Your `w` takes the same steps as `b`. If w grows by 1, a prediction grows "
        "by x: multiply each slope with its x before you add them up.",
    )


def results_swapped() -> Mistake:
    """The pair in the other order."""
    right = descent(mean_squared_error_grad)
    return Mistake(
        "results swapped",
        lambda *inputs: right(*inputs)[::-1],
        "You return b and w. Return `w, b`, in this order.",
    )


def share_not_divided() -> Mistake:
    """The squares of the worst, where their share is asked for."""
    return Mistake(
        "not divided",
        lambda y, y_hat, k: _largest(squares(y, y_hat), k).sum(),
        "You return the squares of the worst themselves. A share is a part of the "
        "whole: divide by the sum of all squares.",
    )


def share_of_the_mean() -> Mistake:
    """The sum of the worst divided by the mean of all."""
    return Mistake(
        "divided by the mean",
        lambda y, y_hat, k: (
            _largest(squares(y, y_hat), k).sum() / mean_squared_error(y, y_hat)
        ),
        "You divided a sum by a mean. Divide the sum of the worst by the sum of all.",
    )


def share_of_sizes() -> Mistake:
    """The share of the absolute errors."""

    def result(y, y_hat, k):
        sizes = mean_absolute_error(y, y_hat, reduction="none")
        return _largest(sizes, k).sum() / sizes.sum()

    return Mistake(
        "absolute for square",
        result,
        "That is the share of the sizes of the errors. The loss adds up squares, in "
        "which the worst weigh more.",
    )


def share_of_the_best() -> Mistake:
    """The k smallest: sorting goes upwards."""

    def result(y, y_hat, k):
        each = squares(y, y_hat)
        return np.sort(each)[:k].sum() / each.sum()

    return Mistake(
        "best for worst",
        result,
        "You took the smallest squares. `np.sort` sorts upwards, so the worst "
        "examples stand at the end.",
    )


def share_of_one_side() -> Mistake:
    """The k largest signed errors: predictions that are far too low are missed."""

    def result(y, y_hat, k):
        errors = np.subtract(y_hat, y)
        return np.sum(_largest(errors, k) ** 2) / np.sum(errors**2)

    return Mistake(
        "one side only",
        result,
        "You sorted the errors with their sign, so predictions that are far too low "
        "count among the best. Square first, then sort.",
    )


def share_of_one() -> Mistake:
    """The k-th largest alone."""

    def result(y, y_hat, k):
        each = squares(y, y_hat)
        return _largest(each, k)[0] / each.sum()

    return Mistake(
        "one for k",
        result,
        "You took only one of the k. `[-k]` is one entry, `[-k:]` the last k.",
    )


def share_in_order() -> Mistake:
    """The first k as they come."""

    def result(y, y_hat, k):
        each = squares(y, y_hat)
        return each[:k].sum() / each.sum()

    return Mistake(
        "not sorted",
        result,
        "You took the first k examples as they come. Sort the squares first.",
    )


def squares(y: NDArray, y_hat: NDArray) -> NDArray:
    """The squared error of each example."""
    return mean_squared_error(y, y_hat, reduction="none")


def share_of_largest(y: NDArray, y_hat: NDArray, k: int) -> float:
    """The share of the loss that the k largest squared errors hold: the right one."""
    each = squares(y, y_hat)
    return _largest(each, k).sum() / each.sum()


def descent(gradient: Callable, *, move: float = -1, first: str = "") -> Callable:
    """Gradient descent on a line, with a gradient of one's own; returns w, b.

    `move` is the sign of a step.  The parameter named `first` moves before the slope
    of the other one is found; without a name, both move together.
    """

    def result(x, y, learning_rate, steps):
        w = b = 0.0
        for _ in range(steps):
            slope = gradient(y, b + w * x)
            new_w = w + move * learning_rate * slope @ x
            new_b = b + move * learning_rate * slope.sum()
            if first == "b":
                new_w = w + move * learning_rate * gradient(y, new_b + w * x) @ x
            if first == "w":
                new_b = b + move * learning_rate * gradient(y, b + new_w * x).sum()
            w, b = new_w, new_b
        return w, b

    return result


def _largest(values: NDArray, k: int) -> NDArray:
    return np.sort(values)[-k:]
