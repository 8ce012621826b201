"""What is often wrong around the mean squared error: means, roots, slopes, steps."""

import numpy as np

from ...losses import (
    mean_absolute_error,
    mean_squared_error,
    mean_squared_error_grad,
)
from ..engine.mistakes import mistake, pattern
from .right import descent, largest, share_of_largest, squares

ORDERS = {"": 1, ", turned round": -1}  # prediction minus target, and the other way


@pattern
def absolute_for_square(unit, y, y_hat):
    """That is the mean of the sizes of the errors. Here each error is squared."""
    return unit * mean_absolute_error(y, y_hat)


@mistake
def met_ones_not_counted(y, y_hat):
    """You divided by 2. There are three days: one without an error counts too, and a
    mean divides by n, not by n − 1.
    """
    return np.sum(squares(y, y_hat)) / np.count_nonzero(squares(y, y_hat))


@mistake
def sizes_of_any_shape(y, y_hat):
    """That is the mean of the sizes of the errors. Here each error is squared."""
    return mean_absolute_error(y, np.ravel(y_hat))


@mistake
def negative(y, y_hat):
    """Your loss is negative. It is a mean of squares, and those never are: leave out
    the minus.
    """
    return -mean_squared_error(y, y_hat)


@pattern
def no_square(order, y, y_hat):
    """You averaged the errors themselves. Too much and too little cancel out: square
    each error first.
    """
    return order * np.mean(np.subtract(np.ravel(y_hat), y))


@mistake
def square_of_the_mean(y, y_hat):
    """You averaged first and then squared, so errors of both signs cancelled out.
    Square each error, then average.
    """
    return np.mean(np.subtract(y_hat, y)) ** 2


@mistake
def square_of_the_sum(y, y_hat):
    """You added up the errors and squared the sum, so errors of both signs cancelled
    out. Square each error, then add up.
    """
    return np.sum(np.subtract(y_hat, y)) ** 2 / len(y)


@mistake
def square_of_the_mean_size(y, y_hat):
    """You averaged the sizes of the errors and then squared. Square each error, then
    average.
    """
    return mean_absolute_error(y, y_hat) ** 2


@mistake
def variance(y, y_hat):
    """That is the variance of the errors, as `np.var` has it: it subtracts their mean
    first, so a model that is always too high by the same amount would cost 0. Average
    the squares as they are.
    """
    return np.var(np.subtract(np.ravel(y_hat), y))


@pattern
def difference_of_squares(order, y, y_hat):
    """You squared predictions and targets, and then subtracted. Subtract first: it is
    the error that is squared.
    """
    return order * np.mean(np.square(np.ravel(y_hat)) - np.square(y))


@mistake
def median_for_mean(y, y_hat):
    """That is the median of the squared errors. The M stands for mean: add up all of
    them and divide by their number.
    """
    return np.median(squares(y, y_hat))


@mistake
def half_the_sum(y, y_hat):
    """That is half the sum of the squares, as some books define it. Here it is the
    mean: divide the sum by the number of examples.
    """
    return np.sum(squares(y, y_hat)) / 2


@mistake
def root_taken(y, y_hat):
    """That is the root mean squared error. Its square is asked for: leave out the
    root.
    """
    return np.sqrt(mean_squared_error(y, y_hat))


@mistake
def halved(y, y_hat):
    """That is half of it. Some books define the loss with ½ in front; this course does
    not.
    """
    return mean_squared_error(y, y_hat) / 2


@mistake
def maximum_for_mean(y, y_hat):
    """That is the largest squared error. The M stands for mean: add up all of them and
    divide by their number.
    """
    return np.max(squares(y, y_hat))


@mistake
def every_pair(y, y_hat):
    """You compared every prediction with every target. A column minus a row gives a
    square table in NumPy: print the shape of the difference, and bring both to one
    shape first.
    """
    return np.mean((np.reshape(y_hat, (-1, 1)) - y) ** 2)


@mistake
def every_pair_of_a_column(y, y_hat):
    """You compared every prediction with every target. A column minus a row gives a
    square table in NumPy: print the shape of the difference, and bring both to one
    shape first.
    """
    return np.mean(np.subtract(y_hat, y) ** 2)


@mistake
def entry_by_entry(y, y_hat):
    """The number is right, but for a column you return an array that holds it: each
    entry of a column is an array of one number, and so is their sum. Use `np.ravel`
    first.
    """
    one = np.mean(squares(y, y_hat))
    return one if np.ndim(y_hat) == 1 else np.array([one])


@mistake
def column_of_losses(y, y_hat):
    """You return the loss of each example. The loss of a data set is one number: their
    mean.
    """
    return (y_hat - y.reshape(np.shape(y_hat))) ** 2


@mistake
def only_columns(y, y_hat):
    """Right for a column, but predictions of shape (n,) are now compared with every
    target. Bring both to one shape, whatever they come in.
    """
    return np.mean((y_hat - np.reshape(y, (-1, 1))) ** 2)


@pattern
def root_forgotten(unit, y, y_hat):
    """The root is missing. A mean squared error is in squared units; its root is in the
    unit of the targets again.
    """
    return unit * mean_squared_error(y, y_hat)


@mistake
def halved_for_root(y, y_hat):
    """You halved the loss. `x ** 1 / 2` is the first power divided by 2: write `x **
    0.5` or `np.sqrt(x)`.
    """
    return 1000 * mean_squared_error(y, y_hat) / 2


@mistake
def unit_under_the_root(y, y_hat):
    """You multiplied by 1000 under the root, where squared units stand. Take the root
    first, then multiply.
    """
    return np.sqrt(1000 * mean_squared_error(y, y_hat))


@mistake
def unit_forgotten(y, y_hat):
    """Your results are in thousands of dollars, and dollars are asked for."""
    return np.sqrt(mean_squared_error(y, y_hat))


@mistake
def unit_turned_round(y, y_hat):
    """You divided by 1000. The prices are in thousands of dollars, so in dollars the
    number is a thousand times as large.
    """
    return np.sqrt(mean_squared_error(y, y_hat)) / 1000


@pattern
def roots_averaged(unit, y, y_hat):
    """You took the root of each square, or of each loss, so you return something for
    each house. Average the squares first, then take one root.
    """
    return unit * np.sqrt(squares(y, y_hat))


@pattern
def spread_of_the_errors(unit, y, y_hat):
    """That is the standard deviation of the errors, as `np.std` has it: it subtracts
    their mean first, so a model that is always too high by the same amount would seem
    perfect. Take the root of the mean square.
    """
    return unit * np.std(np.subtract(y_hat, y))


@pattern
def root_before_the_division(unit, y, y_hat):
    """You took the root of the sum, and then divided by the number of houses. Divide
    under the root: it is the root of the mean.
    """
    return unit * np.sqrt(np.sum(squares(y, y_hat))) / len(y)


@pattern
def root_of_the_sum(unit, y, y_hat):
    """You took the root of the sum of the squares. Divide the sum by the number of
    examples first, then take the root.
    """
    return unit * np.sqrt(np.sum(squares(y, y_hat)))


@mistake
def two_forgotten(y, y_hat):
    """The factor 2 is missing. The slope of u² is 2u."""
    return mean_squared_error_grad(y, y_hat) / 2


@mistake
def slope_in_the_target(y, y_hat):
    """The sign is turned round. It is ŷ − y, prediction minus target: where the
    prediction is too high, raising it further raises the loss.
    """
    return -mean_squared_error_grad(y, y_hat)


@mistake
def sum_of_the_slopes(y, y_hat):
    """You added the slopes up to one number. A gradient has one slope for each
    prediction.
    """
    return np.sum(mean_squared_error_grad(y, y_hat))


@mistake
def size_of_the_slope(y, y_hat):
    """The sizes are right, the signs are lost. The sign says which way to move: leave
    out the absolute value.
    """
    return np.abs(mean_squared_error_grad(y, y_hat))


@mistake
def loss_for_slope(y, y_hat):
    """`derived` holds what each example adds to the loss. The slope is asked for: that
    of u² is 2u.
    """
    return squares(y, y_hat) / len(y)


@mistake
def slope_of_the_size(y, y_hat):
    """That is the slope of the size of the error, which is the same however far off a
    prediction is. The slope of u² is 2u.
    """
    return np.sign(y_hat - y) / len(y)


@mistake
def sum_measured(y, y_hat):
    """You measured the slopes of the sum of the squares. The function that you give to
    `numerical_gradient` has to return their mean.
    """
    return mean_squared_error_grad(y, y_hat, reduction="sum")


@mistake
def measured_in_the_target(y, y_hat):
    """What you measured has the wrong sign: you measured with the targets moved.
    `numerical_gradient` has to move the predictions: they are its second argument, and
    what its function takes.
    """
    return -mean_squared_error_grad(y, y_hat)


@mistake
def half_measured(y, y_hat):
    """You measured the slopes of half the loss. The function that you give to
    `numerical_gradient` has to return the mean of the squares, without a ½.
    """
    return mean_squared_error_grad(y, y_hat) / 2


@mistake
def root_measured(y, y_hat):
    """You measured the slopes of the root. The function that you give to
    `numerical_gradient` has to return the mean of the squares, without a root.
    """
    return mean_squared_error_grad(y, y_hat) / 2 / np.sqrt(mean_squared_error(y, y_hat))


@mistake
def measured_at_the_target(y, y_hat):
    """All that you measured is 0. Measure at `y_hat`, for where the predictions are the
    targets every slope is zero; and let the function use its own argument, as in
    `lambda p: np.mean((p - y) ** 2)`.
    """
    return np.zeros_like(y)


@mistake
def uphill(*inputs):
    """Your steps go along the slope, so the loss rises. Subtract the slope times the
    learning rate; and the slope is that of prediction minus target, not the other way
    round.
    """
    return descent(move=1)(*inputs)


@mistake
def descent_of_the_sum(*inputs):
    """Your slopes are n times too steep: they are those of the sum of the squares. The
    loss is the mean, so divide by the number of examples.
    """
    return descent(lambda y, y_hat: len(y) * mean_squared_error_grad(y, y_hat))(*inputs)


@mistake
def descent_without_two(*inputs):
    """Your steps are half as long as they should be. The slope of u² is 2u: is the 2
    missing?
    """
    return descent(lambda y, y_hat: mean_squared_error_grad(y, y_hat) / 2)(*inputs)


@mistake
def b_before_w(*inputs):
    """You moved `b`, and then predicted again to move `w`. Both slopes belong to the
    same predictions: find both, then take both steps.
    """
    return descent(first="b")(*inputs)


@mistake
def w_before_b(*inputs):
    """You moved `w`, and then predicted again to move `b`. Both slopes belong to the
    same predictions: find both, then take both steps.
    """
    return descent(first="w")(*inputs)


@mistake
def one_step_too_few(x, y, rate, steps):
    """You take one step too few. `range(steps)` counts from 0."""
    return descent()(x, y, rate, steps - 1)


@mistake
def one_step_too_many(x, y, rate, steps):
    """You take one step too many. `range(steps)` counts `steps` of them."""
    return descent()(x, y, rate, steps + 1)


@mistake
def one_step_only(x, y, rate, steps):
    """That is where the first step leads. Is `return` inside the loop, or do `w` and
    `b` begin at 0 again in each turn?
    """
    return descent()(x, y, rate, 1)


@mistake
def averaged_twice(*inputs):
    """You averaged over the examples twice. `mean_squared_error_grad` has divided by
    their number already: add up, with `np.sum`.
    """
    return descent(in_w=lambda g, x: np.mean(g * x), in_b=np.mean)(*inputs)


@mistake
def averaged_twice_in_w(*inputs):
    """For `w` you averaged over the examples twice. `mean_squared_error_grad` has
    divided by their number already: add up, with `np.sum`.
    """
    return descent(in_w=lambda g, x: np.mean(g * x))(*inputs)


@mistake
def averaged_twice_in_b(*inputs):
    """For `b` you averaged over the examples twice. `mean_squared_error_grad` has
    divided by their number already: add up, with `np.sum`.
    """
    return descent(in_b=np.mean)(*inputs)


@mistake
def b_not_moved(*inputs):
    """Your `b` stays at 0. The loss has a slope in it too: the sum of the slopes in the
    predictions.
    """
    return descent(in_b=lambda g: 0)(*inputs)


@mistake
def b_not_predicted_with(*inputs):
    """You left `b` out of the predictions: they are b + w x, in every turn."""
    x, y, rate, steps = inputs
    w = b = 0.0
    for _ in range(steps):
        slope = mean_squared_error_grad(y, w * x)
        w, b = w - rate * slope @ x, b - rate * slope.sum()
    return w, b


@mistake
def started_at_1(*inputs):
    """You start elsewhere. `w` and `b` begin at 0."""
    return descent(start=1.0)(*inputs)


@mistake
def best_line(x, y, rate, steps):
    """That is the best line of all, where gradient descent would end after very many
    steps. Where `steps` steps lead is asked for.
    """
    return tuple(np.polyfit(x, y, 1))


@mistake
def predicted_once(x, y, rate, n):
    """All your steps use the slope of the start. Each step changes the predictions, so
    predict inside the loop.
    """
    return descent()(x, y, n * rate, 1)


@mistake
def features_forgotten(*inputs):
    """Your `w` takes the same steps as `b`. If w grows by 1, a prediction grows by x:
    multiply each slope by its x before you add them up.
    """
    return descent(in_w=lambda g, x: np.sum(g))(*inputs)


@mistake
def results_swapped(*inputs):
    """You return b and w. Return `w, b`, in this order."""
    right = descent()
    return right(*inputs)[::-1]


@mistake
def share_not_divided(y, y_hat, k):
    """You return the squares of the worst themselves. A share is a part of the whole:
    divide by the sum of all squares.
    """
    return largest(squares(y, y_hat), k).sum()


@mistake
def share_of_the_mean(y, y_hat, k):
    """You divided a sum by a mean. Divide the sum of the worst by the sum of all."""
    return largest(squares(y, y_hat), k).sum() / mean_squared_error(y, y_hat)


@mistake
def share_of_sizes(y, y_hat, k):
    """That is the share of the sizes of the errors. The loss adds up squares, in which
    the worst weigh more.
    """
    sizes = mean_absolute_error(y, y_hat, reduction="none")
    return largest(sizes, k).sum() / sizes.sum()


@mistake
def share_of_the_best(y, y_hat, k):
    """You took the smallest squares. `np.sort` sorts upwards, so the worst examples
    stand at the end.
    """
    each = squares(y, y_hat)
    return np.sort(each)[:k].sum() / each.sum()


@pattern
def share_of_one_side(order, y, y_hat, k):
    """You sorted the errors with their sign, so predictions that are far too low, or
    far too high, count among the best. Square first, then sort.
    """
    errors = np.subtract(y_hat, y)
    return np.sum(largest(order * errors, k) ** 2) / np.sum(errors**2)


@mistake
def share_of_the_others(*inputs):
    """That is the share of all the others. `[-k:]` is the last k of them, `[:-k]` what
    comes before.
    """
    return 1 - share_of_largest(*inputs)


@mistake
def means_for_sums(y, y_hat, k):
    """You divided the mean of the worst by the mean of all. A share is a part of the
    whole: divide sums.
    """
    each = squares(y, y_hat)
    return largest(each, k).mean() / each.mean()


@mistake
def share_of_one(y, y_hat, k):
    """You took only one of the k. `[-k]` is one entry, `[-k:]` the last k."""
    each = squares(y, y_hat)
    return largest(each, k)[0] / each.sum()


@mistake
def share_in_order(y, y_hat, k):
    """You took the first k examples as they come. Sort the squares first."""
    each = squares(y, y_hat)
    return each[:k].sum() / each.sum()
