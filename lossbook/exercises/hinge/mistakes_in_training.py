"""What is often wrong in training with the hinge loss: who has a say, and one step."""

import numpy as np

from ...losses import hinge_grad, squared_hinge_grad
from ..engine.mistakes import mistake
from .right import is_support_vector, margins_where, pulls, stepped


@mistake
def edge_left_out(*inputs):
    """You left out the emails whose margin is exactly 1. They stand on the edge of the
    strip, and the boundary rests on them too: 1 or less.
    """
    return margins_where(lambda m: m < 1)(*inputs)


@mistake
def only_the_strip(*inputs):
    """You took the emails inside the strip, on either side of the boundary. Emails far
    on the wrong side have a say too: look at the margin, not at the size of the score.
    """
    return margins_where(lambda m: abs(m) <= 1)(*inputs)


@mistake
def only_the_wrong(*inputs):
    """You took the emails that are answered wrongly. Right ones that are too close have
    a say as well: up to a margin of 1.
    """
    return margins_where(lambda m: m < 0)(*inputs)


@mistake
def only_the_close(*inputs):
    """You took the emails that are right but too close. Wrong ones have a margin below
    0, which is less than 1 too.
    """
    return margins_where(lambda m: (m >= 0) & (m <= 1))(*inputs)


@mistake
def only_the_edge(*inputs):
    """You took the emails exactly on the edge of the strip. Those inside it, and those
    on the wrong side, have a say too: a margin of 1 or less.
    """
    return margins_where(lambda m: abs(m - 1) < 0.01)(*inputs)


@mistake
def without_a_say(*inputs):
    """You took those without a say. Support vectors are the emails with a margin of 1
    or less.
    """
    return margins_where(lambda m: m > 1)(*inputs)


@mistake
def scores_for_margins(w, b, x, y):
    """You compared the scores with 1. Multiply each with its label first: that is the
    margin.
    """
    return x @ w + b <= 1


@mistake
def no_bias(w, b, x, y):
    """Your scores lack the bias: the score is w · x + b."""
    return y * (x @ w) <= 1


@mistake
def how_many(*inputs):
    """You return how many they are. Return an array that says it of each email, with
    `True` or `False`.
    """
    return np.sum(is_support_vector(*inputs))


@mistake
def their_places(*inputs):
    """You return where they stand. Return an array that says of each email whether it
    is one, with `True` or `False`.
    """
    return np.flatnonzero(is_support_vector(*inputs))


@mistake
def the_margins(w, b, x, y):
    """You return the margins. Compare them with 1: the array to return holds `True` and
    `False`.
    """
    return y * (x @ w + b)


@mistake
def uphill(*inputs):
    """Your step goes along the slope, so loss and penalty rise. Go against it:
    subtract.
    """
    return stepped(move=1)(*inputs)


@mistake
def loss_rises(*inputs):
    """The step goes along the slope of the loss, so the loss rises: for a label +1 that
    pays, the slope in the score is −1/n. Subtract the slope of the whole.
    """
    return stepped(lambda y, s: -hinge_grad(y, s))(*inputs)


@mistake
def b_before_w(w, b, *rest):
    """You moved `b`, and then scored again to move `w`. Both slopes belong to the same
    scores: find both, then take both steps.
    """
    new_b = stepped()(w, b, *rest)[1]
    return stepped()(w, new_b, *rest)[0], new_b


@mistake
def w_before_b(w, b, *rest):
    """You moved `w`, and then scored again to move `b`. Both slopes belong to the same
    scores: find both, then take both steps.
    """
    new_w = stepped()(w, b, *rest)[0]
    return new_w, stepped()(new_w, b, *rest)[1]


@mistake
def rate_forgotten(w, b, x, y, learning_rate, l2):
    """You subtracted the slopes as they are. Multiply them by the learning rate."""
    return stepped()(w, b, x, y, 1, l2)


@mistake
def penalty_forgotten(*inputs):
    """Your step looks at the loss alone. The penalty has a slope in `w` as well."""
    return stepped(penalty=lambda w, l2: 0)(*inputs)


@mistake
def penalty_on_the_bias(*inputs):
    """You penalise the bias too. It only shifts the boundary, so it is left free: the
    slope in `b` comes from the loss alone.
    """
    return stepped(on_bias=1)(*inputs)


@mistake
def half_forgotten(*inputs):
    """Your penalty pulls twice as hard as it should. It has ½ in front, which the 2
    from the square cancels.
    """
    return stepped(penalty=lambda w, l2: 2 * l2 * w)(*inputs)


@mistake
def half_kept(*inputs):
    """Your penalty pulls half as hard as it should. The slope of w² is 2w, and this 2
    cancels the ½ in front.
    """
    return stepped(penalty=lambda w, l2: l2 / 2 * w)(*inputs)


@mistake
def penalty_pushes(*inputs):
    """Your penalty makes the weights larger. Add its slope to that of the loss before
    you go against both.
    """
    return stepped(penalty=lambda w, l2: -l2 * w)(*inputs)


@mistake
def penalty_without_rate(w, b, x, y, learning_rate, l2):
    """You subtracted the slope of the penalty without the learning rate. Add it to the
    slope of the loss first, then multiply both.
    """
    new_w, new_b = stepped()(w, b, x, y, learning_rate, 0)
    return new_w - l2 * w, new_b


@mistake
def penalty_averaged(w, b, x, y, rate, l2):
    """You divided the penalty by the number of mails. Only the losses are averaged."""
    return stepped()(w, b, x, y, rate, l2 / len(y))


@mistake
def penalty_for_its_slope(*inputs):
    """You added the penalty itself, one number for all weights. Add its slope: each
    weight has its own.
    """
    return stepped(penalty=lambda w, l2: l2 / 2 * (w @ w))(*inputs)


@mistake
def slopes_of_the_sum(*inputs):
    """Your slopes of the loss are n times too steep: they are those of the sum. The
    loss is the mean over the mails.
    """
    return stepped(lambda y, s: len(y) * hinge_grad(y, s))(*inputs)


@mistake
def slopes_averaged(*inputs):
    """You averaged over the emails twice. `hinge_grad` has divided by n already: add
    up.
    """
    return stepped(lambda y, s: hinge_grad(y, s) / len(y))(*inputs)


@mistake
def everybody_pulls(*inputs):
    """In your version every email pulls. Those with a margin above 1 have no slope."""
    return stepped(pulls(short=lambda margin: True))(*inputs)


@mistake
def only_wrong_pull(*inputs):
    """In your version only emails that are answered wrongly pull. Right ones with a
    margin below 1 pull as well.
    """
    return stepped(pulls(short=lambda margin: margin < 0))(*inputs)


@mistake
def pull_of_the_square(*inputs):
    """In your version emails pull harder, the more they lack. That is what the squared
    hinge does; under the hinge all pull equally hard.
    """
    return stepped(squared_hinge_grad)(*inputs)


@mistake
def features_forgotten(w, b, x, y, learning_rate, l2):
    """The loss moves all your weights alike. If a weight grows by 1, a score grows by
    the feature: multiply each slope with its row of `x` before you add up.
    """
    slope = hinge_grad(y, x @ w + b).sum()
    return w - learning_rate * (slope + l2 * w), b - learning_rate * slope


@mistake
def bias_not_in_the_score(w, b, *rest):
    """Your scores lack the bias: the score is w · x + b."""
    new_w, change = stepped()(w, 0, *rest)
    return new_w, b + change


@mistake
def bias_not_moved(w, b, *rest):
    """Your `b` stays where it was. The loss has a slope in it too: the sum of the
    slopes in the scores.
    """
    return (stepped()(w, b, *rest)[0], b)


@mistake
def only_the_change(w, b, *rest):
    """You return by how much `w` and `b` change. Return the new `w` and `b`."""
    new_w, new_b = stepped()(w, b, *rest)
    return new_w - w, new_b - b


@mistake
def only_the_slopes(w, b, *data):
    """You return the slopes. Take the step too, and return the new `w` and `b`."""
    new_w, new_b = stepped()(w, b, *data[:2], 1, data[-1])
    return w - new_w, b - new_b
