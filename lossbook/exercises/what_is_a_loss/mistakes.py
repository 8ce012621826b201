"""What is often wrong around losses in general: a mean, a step, a chain of slopes."""

import numpy as np

from ...losses import (
    mean_absolute_error,
    mean_squared_error,
    mean_squared_error_grad,
)
from ..engine.mistakes import mistake, pattern
from .right import slopes, stepped, verdict

ORDERS = {"": 1, ", turned round": -1}  # prediction minus target, and the other way


@mistake
def both_summed(y, y_hat):
    """You added up both losses. The mean also divides by the number of days."""
    return (
        mean_absolute_error(y, y_hat, reduction="sum"),
        mean_squared_error(y, y_hat, reduction="sum"),
    )


@mistake
def sum_of_sizes(y, y_hat):
    """For the first number you added up the sizes. Divide by the number of days."""
    return mean_absolute_error(y, y_hat, reduction="sum")


@mistake
def sum_of_squares(y, y_hat):
    """For the second number you added up the squares. Divide by the number of days."""
    return mean_squared_error(y, y_hat, reduction="sum")


@mistake
def two_days(y, y_hat):
    """You divided by 2. The day without an error is a day too: its loss is 0, and it
    counts.
    """
    days = np.count_nonzero(np.subtract(y_hat, y))
    return tuple(total / days for total in both_summed.result(y, y_hat))


@mistake
def both_swapped(y, y_hat):
    """Both numbers are right, in the other order: the mean size comes first."""
    return (mean_squared_error(y, y_hat), mean_absolute_error(y, y_hat))


@mistake
def root_of_the_square(y, y_hat):
    """For the second number you took a root. The mean square itself is asked for."""
    return (..., np.sqrt(mean_squared_error(y, y_hat)))


@pattern
def signs_kept(order, y, y_hat):
    """For the first number you kept the signs, so too much and too little cancel out.
    The size of −12 is 12.
    """
    return order * np.mean(np.subtract(y_hat, y))


@mistake
def size_squared(y, y_hat):
    """For the second number you squared the mean size. Square each error first, then
    take the mean.
    """
    return mean_absolute_error(y, y_hat) ** 2


@mistake
def small_for_large(*runs):
    """You took too small and too large for each other. Too large a step jumps over the
    lowest point, and the loss rises.
    """
    other = {"too small": "too large", "too large": "too small", "right": "right"}
    return tuple(other[verdict(run)] for run in runs)


@mistake
def slow_for_right(*runs):
    """A loss that falls at once and then stays is not a bad sign: it has arrived. One
    that falls by a little in every step has far to go.
    """
    other = {"too small": "right", "right": "too small", "too large": "too large"}
    return tuple(other[verdict(run)] for run in runs)


@pattern
def signs_lost(move, *inputs):
    """The sign of the slope is lost, so `w` always moves the same way. If it is too
    high it must come down, and if it is too low, go up.
    """
    return stepped(move, lambda each, x: abs(each @ x))(*inputs)


@mistake
def uphill(*inputs):
    """Your step goes along the slope, so the loss rises. Go against it: subtract. And
    the slope is that of prediction minus target, not the other way round.
    """
    return stepped(move=1)(*inputs)


@pattern
def rate_of_its_own(rate, *inputs):
    """You wrote a learning rate into the function: {}. Use the argument
    `learning_rate`, which differs from call to call.
    """
    return stepped(rate=rate)(*inputs)


@mistake
def not_moved(w, *rest):
    """You return the old `w`. Take the step, and return the new one."""
    return w


@mistake
def rate_forgotten(w, x, y, learning_rate):
    """You subtracted the slope itself. Multiply it with the learning rate first."""
    return stepped()(w, x, y, 1)


@mistake
def only_the_step(w, *rest):
    """You return by how much `w` changes. The new `w` is asked for: add the old one."""
    return stepped()(w, *rest) - w


@mistake
def only_the_slope(w, x, y, learning_rate):
    """You return the slope. It says which way to go; take the step too, and return the
    new `w`.
    """
    return mean_squared_error_grad(y, w * x) @ x


@mistake
def loss_for_slope(w, x, y, rate):
    """You stepped by the loss itself. The loss says how wrong `w` is; its slope says
    which way to go.
    """
    return w - rate * mean_squared_error(y, w * x)


@mistake
def inputs_forgotten(*inputs):
    """You added up the slopes in the predictions. If `w` grows by 1, a prediction grows
    by x: multiply each slope with its x first.
    """
    return stepped(slope_in_w=lambda each, x: each.sum())(*inputs)


@mistake
def not_added_up(*inputs):
    """You return a `w` for each example. The slope in `w` is the sum of slope times x
    over all examples: add them up.
    """
    return stepped(slope_in_w=lambda each, x: each * x)(*inputs)


@mistake
def slopes_of_the_sum(*inputs):
    """Your slope is n times too steep: it is that of the sum of the losses. The loss is
    their mean.
    """
    return stepped(slope_in_w=lambda each, x: len(x) * (each @ x))(*inputs)


@mistake
def slopes_averaged(*inputs):
    """You averaged over the examples twice. `mean_squared_error_grad` has divided by n
    already: add up.
    """
    return stepped(slope_in_w=lambda each, x: np.mean(each * x))(*inputs)


@mistake
def slopes_halved(*inputs):
    """Your step is half as long as it should be. The slope of u² is 2u: is the 2
    missing?
    """
    return stepped(slope_in_w=lambda each, x: each @ x / 2)(*inputs)


@mistake
def bend_ignored(*inputs):
    """You left out the bend: below zero the hidden unit gives 0, and sends nothing
    back.
    """
    return slopes(bent=False, lets_back=lambda *a: True)(*inputs)


@mistake
def bend_ignored_on_the_way_back(*inputs):
    """On the way back you left out the bend. A unit whose sum is below zero sends
    nothing back: the slope in `w1` is 0 there.
    """
    return slopes(lets_back=lambda *a: True)(*inputs)


@mistake
def error_not_doubled(*inputs):
    """The factor 2 is missing at the beginning. The slope of u² is 2u."""
    return tuple(slope / 2 for slope in slopes()(*inputs))


@mistake
def error_turned_round(*inputs):
    """All slopes have the wrong sign. The error is prediction minus target."""
    return tuple(-slope for slope in slopes()(*inputs))


@mistake
def error_without_sign(*inputs):
    """The sign of the error is lost: you took its size, or a root of its square. The
    slope of u² is 2u, which is below 0 where the prediction is too low.
    """
    return slopes(lambda y_hat, y: 2 * abs(y_hat - y))(*inputs)


@mistake
def loss_sent_back(*inputs):
    """You sent the loss itself back. What comes back from the end is its slope in the
    prediction: the slope of u² is 2u.
    """
    return slopes(lambda y_hat, y: (y_hat - y) ** 2)(*inputs)


@mistake
def let_back_by_the_input(*inputs):
    """On the way back you looked at the sign of `x` alone. What is bent is `w1 * x`:
    where this is below zero, nothing is sent back.
    """
    return slopes(lets_back=lambda x, w1, w2: x > 0)(*inputs)


@mistake
def let_back_by_the_weight(*inputs):
    """On the way back you looked at the sign of `w1` alone. What is bent is `w1 * x`:
    where this is below zero, nothing is sent back.
    """
    return slopes(lets_back=lambda x, w1, w2: w1 > 0)(*inputs)


@mistake
def let_back_by_the_prediction(*inputs):
    """On the way back you looked at the sign of the prediction. What is bent is `w1 *
    x`: where this is below zero, nothing is sent back.
    """
    return slopes(lets_back=lambda x, w1, w2: w2 * w1 * x > 0 < w1 * x)(*inputs)


@mistake
def first_weight_for_second(x, y, w1, w2):
    """On the way back to `w1` you multiplied by `w1` itself. The slope in h is `w2`
    times the slope in the prediction.
    """
    return slopes()(x, y, w1, w2)[0] / w2 * w1


@mistake
def input_forgotten(x, y, w1, w2):
    """In the slope in `w1`, what goes in at the front is missing: multiply by x."""
    return slopes()(x, y, w1, w2)[0] / x


@mistake
def weight_forgotten(x, y, w1, w2):
    """On the way back to `w1` you left out the output weight: the slope in h is `w2`
    times the slope in the prediction.
    """
    return slopes()(x, y, w1, w2)[0] / w2


@mistake
def input_for_hidden(x, y, w1, w2):
    """In the slope in `w2` you multiplied by x. What goes in there is `h`."""
    return mean_squared_error_grad([y], [w2 * max(0.0, w1 * x)])[0] * x


@mistake
def weights_swapped(*inputs):
    """Both slopes are right, in the other order: the one in `w1` comes first."""
    return slopes()(*inputs)[::-1]
