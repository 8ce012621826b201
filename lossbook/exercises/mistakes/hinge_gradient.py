"""Mistakes around the slopes of the hinge loss, on both sides of its kink and at it."""

from collections.abc import Callable

import numpy as np

from ...gradcheck import numerical_gradient
from ...losses import hinge_grad, squared_hinge, squared_hinge_grad
from .common import Mistake


def sign_turned_round() -> Mistake:
    """Plus the label, where minus the label is right."""
    return Mistake(
        "sign turned round",
        pulls(lambda y, s: y),
        "The sign is turned round. For the label +1 a higher score lowers the loss, so "
        "the slope is below 0.",
    )


def everybody_pulls() -> Mistake:
    """The max forgotten: a slope for every example."""
    return Mistake(
        "everybody pulls",
        pulls(short=lambda margin: True, at_kink=1),
        "With you every example has a slope. Beyond a margin of 1 the loss is flat, "
        "and its slope is 0.",
    )


def only_wrong_pull() -> Mistake:
    """A slope below a margin of 0 only."""
    return Mistake(
        "only wrong pull",
        pulls(short=lambda margin: margin < 0),
        "With you only wrong answers have a slope. The loss goes on falling up to a "
        "margin of 1, not of 0.",
    )


def only_safe_pull() -> Mistake:
    """The two sides of the kink taken for each other."""
    return Mistake(
        "only safe pull",
        pulls(short=lambda margin: margin > 1),
        "You took the two sides of the kink for each other: it is from a margin of 1 "
        "on that the slope is 0.",
    )


def pull_like_the_loss() -> Mistake:
    """A slope as large as what is missing."""
    return Mistake(
        "pull like the loss",
        pulls(lambda y, s: -y * (1 - y * s)),
        "Your slopes are as large as what each example pays. Below a margin of 1 the "
        "loss is a straight line, and its slope has the same size everywhere.",
    )


def slope_of_the_square() -> Mistake:
    """The gradient of the squared hinge."""
    return Mistake(
        "slope of the square",
        squared_hinge_grad,
        "That is the gradient of the squared hinge loss. The hinge loss is not "
        "squared: its slope does not grow with what is missing.",
    )


def label_left_out() -> Mistake:
    """Minus one for every example short of the margin."""
    return Mistake(
        "label left out",
        pulls(lambda y, s: -np.ones_like(s)),
        "All your slopes are below 0, as for the label +1. For the label −1 a higher "
        "score raises the loss.",
    )


def score_for_margin() -> Mistake:
    """The score compared with 1, in place of the margin."""

    def result(y, s):
        return np.where(s < 1, -y, 0) / len(y)

    return Mistake(
        "score for margin",
        result,
        "You compared the score with 1. Compare the margin, label times score.",
    )


def slope_in_the_label() -> Mistake:
    """Minus the score: what a moving label would change."""
    return Mistake(
        "slope in the label",
        pulls(lambda y, s: -s),
        "You found the slope in the label, −s. Labels stay as they are: the slope in "
        "the score is asked for.",
    )


def pulls_added_up() -> Mistake:
    """One number, where the slope in each score is asked for."""
    return Mistake(
        "sum of the slopes",
        lambda y, s: hinge_grad(y, s).sum(),
        "You added the slopes up to one number. A gradient has one slope for each "
        "score.",
    )


def pull_at_the_kink(part: float, name: str) -> Mistake:
    """Another subgradient at the kink than the one that the task asks for."""
    return Mistake(
        name,
        pulls(at_kink=part),
        "Right away from the kink. At a margin of exactly 1 any slope between the two "
        "sides would do for gradient descent; here 0 is asked for.",
    )


def sum_measured() -> Mistake:
    """The slopes of the summed losses, measured."""
    both_sides = pulls(at_kink=0.5)
    return Mistake(
        "sum measured",
        lambda y, s: len(y) * both_sides(y, s),
        "You measured the slopes of the sum of the losses. The function that you give "
        "to `numerical_gradient` has to return their mean.",
    )


def measured_in_the_label() -> Mistake:
    """The labels moved, where the scores should be."""
    return Mistake(
        "measured in the label",
        pulls(lambda y, s: -s, at_kink=0.5),
        "You measured with the labels moved. `numerical_gradient` has to move the "
        "scores: they are its second argument, and what its function takes.",
    )


def measured_at_the_label() -> Mistake:
    """The gradient measured where every margin is 1."""
    return Mistake(
        "measured at the label",
        lambda y, s: -y / (2 * len(y)),
        "You measured where the scores are the labels. There every margin is 1, and "
        "you are at the kink. Measure at `scores`.",
    )


def square_measured() -> Mistake:
    """The gradient of the squared hinge, measured."""
    return Mistake(
        "square measured",
        lambda y, s: numerical_gradient(lambda moved: squared_hinge(y, moved), s),
        "You measured the slopes of the squared hinge loss. Leave out the square.",
    )


def measured_as_derived() -> Mistake:
    """Slope 0 at the kink, which no measurement to both sides finds."""
    return Mistake(
        "measured as derived",
        hinge_grad,
        "At a margin of exactly 1, what you give as `measured` was not measured by "
        "`numerical_gradient`: it looks to both sides of the kink and gives the "
        "average of two different slopes. That it differs from `derived` there is "
        "right.",
    )


def measured_to_one_side(name: str, label: int) -> Mistake:
    """A difference to one side, which finds the slope of that side of the kink."""

    def result(y, s):
        return np.where(y == label, pulls(at_kink=1)(y, s), pulls()(y, s))

    return Mistake(
        name,
        result,
        "Right away from the kink. At a margin of exactly 1 you looked to one side "
        "only; `numerical_gradient` looks to both and gives the average.",
    )


def pulls(
    each: Callable = lambda y, s: -y,
    short: Callable = lambda margin: margin < 1,
    at_kink: float = 0,
) -> Callable:
    """Slopes of the mean loss: `each` where the margin is `short`, else 0.

    At a margin of exactly 1 the part `at_kink` of it is taken.
    """

    def result(y, s):
        margin = y * s
        part = np.where(margin == 1, at_kink, short(margin))
        return part * each(y, s) / len(y)

    return result
