"""What is often wrong in the slopes of the hinge loss, beside its kink and at it."""

import numpy as np

from ...gradcheck import numerical_gradient
from ...losses import hinge_grad, squared_hinge, squared_hinge_grad
from ..engine.mistakes import mistake, pattern
from .right import pulls


@mistake
def sign_turned_round(*inputs):
    """The sign is turned round. For the label +1 a higher score lowers the loss, so the
    slope is below 0.
    """
    return pulls(lambda y, s: y)(*inputs)


@mistake
def everybody_pulls(*inputs):
    """In your version every example has a slope. Beyond a margin of 1 the loss is flat,
    and its slope is 0.
    """
    return pulls(short=lambda margin: True, at_kink=1)(*inputs)


@mistake
def only_wrong_pull(*inputs):
    """In your version only wrong answers have a slope. The loss goes on falling up to a
    margin of 1, not of 0.
    """
    return pulls(short=lambda margin: margin < 0)(*inputs)


@mistake
def only_safe_pull(*inputs):
    """You took the two sides of the kink for each other: it is from a margin of 1 on
    that the slope is 0.
    """
    return pulls(short=lambda margin: margin > 1)(*inputs)


@mistake
def pull_like_the_loss(*inputs):
    """Your slopes are as large as what each example pays. Below a margin of 1 the loss
    is a straight line, and its slope has the same size everywhere.
    """
    return pulls(lambda y, s: -y * (1 - y * s))(*inputs)


@mistake
def slope_of_the_square(*inputs):
    """That is the gradient of the squared hinge loss. The hinge loss is not squared:
    its slope does not grow with what is missing.
    """
    return squared_hinge_grad(*inputs)


@mistake
def label_left_out(*inputs):
    """All your slopes are below 0, as for the label +1. For the label −1 a higher score
    raises the loss.
    """
    return pulls(lambda y, s: -np.ones_like(s))(*inputs)


@mistake
def score_for_margin(y, s):
    """You compared the score with 1. Compare the margin, label times score."""
    return np.where(s < 1, -y, 0) / len(y)


@mistake
def slope_in_the_label(*inputs):
    """You found the slope in the label, −s. Labels stay as they are: the slope in the
    score is asked for.
    """
    return pulls(lambda y, s: -s)(*inputs)


@mistake
def pulls_added_up(y, s):
    """You added the slopes up to one number. A gradient has one slope for each
    score.
    """
    return hinge_grad(y, s).sum()


@pattern
def pull_at_the_kink(part, *inputs):
    """Right away from the kink. At a margin of exactly 1 any slope between the two
    sides would do for gradient descent; here 0 is asked for.
    """
    return pulls(at_kink=part)(*inputs)


@mistake
def sum_measured(y, s):
    """You measured the slopes of the sum of the losses. The function that you give to
    `numerical_gradient` has to return their mean.
    """
    both_sides = pulls(at_kink=0.5)
    return len(y) * both_sides(y, s)


@mistake
def measured_in_the_label(*inputs):
    """You measured with the labels moved. `numerical_gradient` has to move the scores:
    they are its second argument, and what its function takes.
    """
    return pulls(lambda y, s: -s, at_kink=0.5)(*inputs)


@mistake
def measured_at_the_label(y, s):
    """You measured where the scores are the labels. There every margin is 1, and you
    are at the kink. Measure at `scores`.
    """
    return -y / (2 * len(y))


@mistake
def square_measured(y, s):
    """You measured the slopes of the squared hinge loss. Leave out the square."""
    return numerical_gradient(lambda moved: squared_hinge(y, moved), s)


@mistake
def measured_as_derived(*inputs):
    """At a margin of exactly 1, what you give as `measured` was not measured by
    `numerical_gradient`: it looks to both sides of the kink and gives the average of
    two different slopes. That it differs from `derived` there is right.
    """
    return hinge_grad(*inputs)


@pattern
def measured_to_one_side(label, y, s):
    """Right away from the kink. At a margin of exactly 1 you looked to one side only;
    `numerical_gradient` looks to both and gives the average.
    """
    return np.where(y == label, pulls(at_kink=1)(y, s), pulls()(y, s))
