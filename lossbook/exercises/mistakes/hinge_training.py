"""Mistakes around training with the hinge loss: support vectors, and one step."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from ...losses import hinge_grad, squared_hinge_grad
from .common import Mistake
from .hinge_gradient import pulls


def edge_left_out() -> Mistake:
    """A margin of exactly 1 not counted."""
    return Mistake(
        "edge left out",
        margins_where(lambda m: m < 1),
        "You left out the mails whose margin is exactly 1. They stand on the edge of "
        "the strip, and the border rests on them too: 1 or less.",
    )


def only_the_strip() -> Mistake:
    """Scores between -1 and 1, so that the far wrong ones are missed."""
    return Mistake(
        "only the strip",
        margins_where(lambda m: abs(m) <= 1),
        "You took the mails inside the strip, on either side of the border. Mails far "
        "on the wrong side have a say too: look at the margin, not at the size of the "
        "score.",
    )


def only_the_wrong() -> Mistake:
    """Margins below 0."""
    return Mistake(
        "only the wrong",
        margins_where(lambda m: m < 0),
        "You took the mails that are answered wrongly. Right ones that are too close "
        "have a say as well: up to a margin of 1.",
    )


def only_the_close() -> Mistake:
    """Right, but too close."""
    return Mistake(
        "only the close",
        margins_where(lambda m: (m >= 0) & (m <= 1)),
        "You took the mails that are right but too close. Wrong ones have a margin "
        "below 0, which is less than 1 too.",
    )


def only_the_edge() -> Mistake:
    """A margin of exactly 1."""
    return Mistake(
        "only the edge",
        margins_where(lambda m: abs(m - 1) < 0.01),
        "You took the mails exactly on the edge of the strip. Those inside it, and "
        "those on the wrong side, have a say too: a margin of 1 or less.",
    )


def without_a_say() -> Mistake:
    """All the others."""
    return Mistake(
        "all the others",
        margins_where(lambda m: m > 1),
        "You took those without a say. Support vectors are the mails with a margin of "
        "1 or less.",
    )


def scores_for_margins() -> Mistake:
    """The labels left out."""
    return Mistake(
        "scores for margins",
        lambda w, b, x, y: x @ w + b <= 1,
        "You compared the scores with 1. Multiply each with its label first: that is "
        "the margin.",
    )


def no_bias() -> Mistake:
    """Margins without the bias."""
    return Mistake(
        "no bias",
        lambda w, b, x, y: y * (x @ w) <= 1,
        "Your scores lack the bias: the score is w · x + b.",
    )


def how_many() -> Mistake:
    """Their number."""
    return Mistake(
        "how many",
        lambda *inputs: np.sum(is_support_vector(*inputs)),
        "You return how many they are. Return an array that says it of each mail, "
        "with `True` or `False`.",
    )


def their_places() -> Mistake:
    """Their places in the array."""
    return Mistake(
        "their places",
        lambda *inputs: np.flatnonzero(is_support_vector(*inputs)),
        "You return where they stand. Return an array that says of each mail whether "
        "it is one, with `True` or `False`.",
    )


def the_margins() -> Mistake:
    """The margins themselves."""
    return Mistake(
        "the margins",
        lambda w, b, x, y: y * (x @ w + b),
        "You return the margins. Compare them with 1: the array to return holds "
        "`True` and `False`.",
    )


def uphill() -> Mistake:
    """A step along the slope."""
    return Mistake(
        "uphill",
        stepped(move=1),
        "Your step goes along the slope, so loss and penalty rise. Go against it: "
        "subtract.",
    )


def one_after_the_other(first: str) -> Mistake:
    """The second parameter stepped from where the `first` has already moved."""
    second = "w" if first == "b" else "b"
    step = stepped()

    def result(w, b, x, y, learning_rate, l2):
        new_w, new_b = step(w, b, x, y, learning_rate, l2)
        if first == "b":
            return step(w, new_b, x, y, learning_rate, l2)[0], new_b
        return new_w, step(new_w, b, x, y, learning_rate, l2)[1]

    return Mistake(
        f"{first} before {second}",
        result,
        f"You moved `{first}`, and then scored again to move `{second}`. Both slopes "
        "belong to the same scores: find both, then take both steps.",
    )


def rate_forgotten() -> Mistake:
    """A step as long as the slope."""
    return Mistake(
        "learning rate forgotten",
        lambda w, b, x, y, learning_rate, l2: stepped()(w, b, x, y, 1, l2),
        "You subtracted the slopes themselves. Multiply them with the learning rate "
        "first.",
    )


def penalty_forgotten() -> Mistake:
    """A step by the loss alone."""
    return Mistake(
        "penalty forgotten",
        stepped(penalty=lambda w, l2: 0),
        "Your step looks at the loss alone. The penalty has a slope in `w` as well.",
    )


def penalty_on_the_bias() -> Mistake:
    """The bias drawn to zero like the weights."""
    return Mistake(
        "penalty on the bias",
        stepped(on_bias=1),
        "You penalise the bias too. It only shifts the border, so it is left free: "
        "the slope in `b` comes from the loss alone.",
    )


def half_forgotten() -> Mistake:
    """The slope of the penalty without its one half."""
    return Mistake(
        "half forgotten",
        stepped(penalty=lambda w, l2: 2 * l2 * w),
        "Your penalty pulls twice as hard as it should. It has ½ in front, which the 2 "
        "from the square cancels.",
    )


def half_kept() -> Mistake:
    """The one half kept, and the 2 of the square forgotten."""
    return Mistake(
        "half kept",
        stepped(penalty=lambda w, l2: l2 / 2 * w),
        "Your penalty pulls half as hard as it should. The slope of w² is 2w, and this "
        "2 cancels the ½ in front.",
    )


def penalty_pushes() -> Mistake:
    """The penalty with the wrong sign of descent: weights that grow."""
    return Mistake(
        "penalty pushes",
        stepped(penalty=lambda w, l2: -l2 * w),
        "Your penalty makes the weights larger. Add its slope to that of the loss "
        "before you go against both.",
    )


def penalty_without_rate() -> Mistake:
    """The slope of the penalty subtracted in full."""

    def result(w, b, x, y, learning_rate, l2):
        new_w, new_b = stepped()(w, b, x, y, learning_rate, 0)
        return new_w - l2 * w, new_b

    return Mistake(
        "penalty without rate",
        result,
        "You subtracted the slope of the penalty without the learning rate. Add it to "
        "the slope of the loss first, then multiply both.",
    )


def penalty_averaged() -> Mistake:
    """The slope of the penalty divided by the number of mails."""
    return Mistake(
        "penalty averaged",
        lambda w, b, x, y, rate, l2: stepped()(w, b, x, y, rate, l2 / len(y)),
        "You divided the penalty by the number of mails. Only the losses are averaged.",
    )


def penalty_for_its_slope() -> Mistake:
    """The penalty itself added to the slopes."""
    return Mistake(
        "penalty for its slope",
        stepped(penalty=lambda w, l2: l2 / 2 * (w @ w)),
        "You added the penalty itself, one number for all weights. Add its slope: each "
        "weight has its own.",
    )


def slopes_of_the_sum() -> Mistake:
    """The slopes of the summed losses."""
    return Mistake(
        "gradient of the sum",
        stepped(lambda y, s: len(y) * hinge_grad(y, s)),
        "Your slopes of the loss are n times too steep: they are those of the sum. The "
        "loss is the mean over the mails.",
    )


def slopes_averaged() -> Mistake:
    """The mean of the slopes, where their sum is due."""
    return Mistake(
        "averaged twice",
        stepped(lambda y, s: hinge_grad(y, s) / len(y)),
        "You averaged over the mails twice. `hinge_grad` has divided by n already: add "
        "up.",
    )


def everybody_pulls() -> Mistake:
    """All mails in the slope, safe ones too."""
    return Mistake(
        "everybody pulls",
        stepped(pulls(short=lambda margin: True)),
        "With you every mail pulls. Those with a margin above 1 have no slope.",
    )


def only_wrong_pull() -> Mistake:
    """The rule of the perceptron."""
    return Mistake(
        "only wrong pull",
        stepped(pulls(short=lambda margin: margin < 0)),
        "With you only mails that are answered wrongly pull. Right ones with a margin "
        "below 1 pull as well.",
    )


def pull_of_the_square() -> Mistake:
    """A step by the squared hinge."""
    return Mistake(
        "squared hinge",
        stepped(squared_hinge_grad),
        "With you mails pull the harder, the more they lack. So it is under the "
        "squared hinge; under the hinge all pull equally hard.",
    )


def features_forgotten() -> Mistake:
    """All weights moved like the bias."""

    def result(w, b, x, y, learning_rate, l2):
        slope = hinge_grad(y, x @ w + b).sum()
        return w - learning_rate * (slope + l2 * w), b - learning_rate * slope

    return Mistake(
        "features forgotten",
        result,
        "The loss moves all your weights alike. If a weight grows by 1, a score grows "
        "by the feature: multiply each slope with its row of `x` before you add up.",
    )


def bias_not_in_the_score() -> Mistake:
    """Scores without the bias."""

    def result(w, b, *rest):
        new_w, change = stepped()(w, 0, *rest)
        return new_w, b + change

    return Mistake(
        "no bias in the score",
        result,
        "Your scores lack the bias: the score is w · x + b.",
    )


def bias_not_moved() -> Mistake:
    """The old bias."""
    return Mistake(
        "bias not moved",
        lambda w, b, *rest: (stepped()(w, b, *rest)[0], b),
        "Your `b` stays where it was. The loss has a slope in it too: the sum of the "
        "slopes in the scores.",
    )


def only_the_change() -> Mistake:
    """By how much w and b change."""

    def result(w, b, *rest):
        new_w, new_b = stepped()(w, b, *rest)
        return new_w - w, new_b - b

    return Mistake(
        "only the change",
        result,
        "You return by how much `w` and `b` change. Return the new `w` and `b`.",
    )


def only_the_slopes() -> Mistake:
    """The slopes in w and b."""

    def result(w, b, *data):
        new_w, new_b = stepped()(w, b, *data[:2], 1, data[-1])
        return w - new_w, b - new_b

    return Mistake(
        "only the slopes",
        result,
        "You return the slopes. Take the step too, and return the new `w` and `b`.",
    )


def margins_where(holds: Callable) -> Callable:
    """For which examples of a linear model something `holds` of the margin."""
    return lambda w, b, x, y: holds(y * (x @ w + b))


def is_support_vector(w: NDArray, b: float, x: NDArray, y: NDArray) -> NDArray:
    """Which examples have a margin of 1 or less: the right answer."""
    return margins_where(lambda m: m <= 1)(w, b, x, y)


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
