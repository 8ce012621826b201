"""What is often wrong in the gradient of the cross-entropy, and in training by it."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from ...gradcheck import numerical_gradient
from ...link_functions import softmax
from ...losses import (
    cross_entropy_from_logits,
    cross_entropy_from_logits_grad,
)
from .. import any_loss
from ..engine.mistakes import Mistake, mistake
from .mistakes import (
    in_bits,
    missing_minus,
    one_for_each,
    share_of_right,
    share_of_wrong,
)
from .right import baseline, fitted, frequencies, mean_log


@mistake
def turned_round(y, z):
    """The sign is wrong. It is probability minus label: where the label's logit
    rises, the loss falls.
    """
    return -cross_entropy_from_logits_grad(y, z)


@mistake
def label_not_subtracted(y, z):
    """You have the probabilities, and the label is missing. The slope of −z_y in the
    label's own logit is −1.
    """
    return softmax(z) / len(y)


@mistake
def class_number_subtracted(y, z):
    """You subtracted the number of the class from the whole row. The label is a one-hot
    row here: subtract 1 in the column of the class, and 0 elsewhere.
    """
    return (softmax(z) - y[:, np.newaxis]) / len(y)


@mistake
def logits_minus_label(y, z):
    """You subtracted the label from the logits. Softmax comes first: it is probability
    minus label.
    """
    return (z - np.eye(z.shape[1])[y]) / len(y)


@mistake
def slope_in_probabilities(y, z):
    """That is the slope in the probabilities, −y/p. The slope in the logits is asked
    for: a logit moves all the probabilities of its row.
    """
    return -np.eye(z.shape[1])[y] / softmax(z) / len(y)


@mistake
def only_the_labels_column(y, z):
    """Only the label's logit has a slope with you. The others stand in the sum over all
    classes, too: raising one takes probability from the label.
    """
    labels = np.eye(z.shape[1])[y]
    return labels * (softmax(z) - 1) / len(y)


@mistake
def slope_of_a_square(y, z):
    """You multiplied with p(1 − p), the slope of softmax. It is in p − y already: the
    logarithm has cancelled it.
    """
    p = softmax(z)
    return cross_entropy_from_logits_grad(y, z) * p * (1 - p)


@mistake
def only_wrong_answers_pushed(y, z):
    """You give right answers no slope. They are pushed, too, as long as the label has
    less than 100 %.
    """
    is_wrong = z.argmax(axis=1) != y
    return cross_entropy_from_logits_grad(y, z) * is_wrong[:, np.newaxis]


@mistake
def divided_by_classes_too(y, z):
    """You divided by the number of classes, too. The mean is over the n examples:
    `np.mean` of a whole table divides by more than that.
    """
    return cross_entropy_from_logits_grad(y, z) / z.shape[1]


@mistake
def divided_by_classes(y, z):
    """You divided by the number of classes. The mean is over the examples: divide by n,
    which is `len(y)`.
    """
    return cross_entropy_from_logits_grad(y, z) * len(y) / z.shape[1]


@mistake
def sum_measured(y, z):
    """You measured the slopes of the sum of the losses. The function that you give to
    `numerical_gradient` has to return their mean.
    """
    return cross_entropy_from_logits_grad(y, z, reduction="sum")


@mistake
def measured_without_minus(y, z):
    """What you measured has the wrong sign. Does the function that you give to
    `numerical_gradient` have the minus in front?
    """
    return -cross_entropy_from_logits_grad(y, z)


@mistake
def measured_in_probabilities(y, z):
    """You measured with the probabilities moved. `numerical_gradient` has to move the
    logits: they are its second argument, and what its function takes.
    """
    return numerical_gradient(lambda p: mean_log(y, p), softmax(z))


def when_judging(model: Callable, loss: Callable) -> tuple[Mistake, ...]:
    """What can be reported of a model in place of its mean loss."""
    mistakes = (
        any_loss.sum_for_mean(loss),
        one_for_each(loss),
        in_bits(loss),
        missing_minus(loss),
        share_of_wrong,
        share_of_right,
    )
    return tuple(
        replace(
            each,
            name=f"{each.name} ({model.__name__})",
            result=model(judge=each.result),
        )
        for each in mistakes
    )


@mistake
def uphill(*inputs):
    """Your steps go along the slope, so the loss rises. Subtract the slope times the
    learning rate; and the slope is probability minus label, not the other way round.
    """
    return fitted(move=1)(*inputs)


@mistake
def fitted_to_the_sum(*inputs):
    """Your slopes are n times too steep: they are those of the sum of the losses. The
    loss is the mean, so divide by the number of pictures.
    """
    return fitted(lambda y, z: cross_entropy_from_logits_grad(y, z, reduction="sum"))(
        *inputs
    )


@mistake
def fitted_by_two_means(*inputs):
    """Your slopes are n times too small. `cross_entropy_from_logits_grad` has divided
    by the number of pictures already: add up.
    """
    return fitted(lambda y, z: cross_entropy_from_logits_grad(y, z) / len(y))(*inputs)


@mistake
def bias_forgotten(*inputs):
    """Your biases do not move. The slope in the bias of a digit is the sum of the
    slopes in its logits, over the pictures.
    """
    return fitted(step_bias=lambda first, second: 0)(*inputs)


@mistake
def biases_averaged(*inputs):
    """For the biases you took the mean of the slopes. They have been divided by the
    number of pictures already: add up.
    """
    return fitted(step_bias=lambda first, second: first.mean(axis=0))(*inputs)


@mistake
def biases_after_weights(*inputs):
    """You moved the weights, and found the slopes again to move the biases. Both belong
    to the same logits: find the slopes once, then take both steps.
    """
    return fitted(step_bias=lambda first, second: second.sum(axis=0))(*inputs)


@mistake
def fitted_with_softmax_twice(*inputs):
    """You apply softmax before functions that apply their own. Give them the logits as
    they are.
    """
    return fitted(
        lambda y, z: cross_entropy_from_logits_grad(y, softmax(z)),
        judge=lambda y, z: cross_entropy_from_logits(y, softmax(z)),
    )(*inputs)


@mistake
def softmax_before_judging(*inputs):
    """At the end you apply softmax before a loss that applies its own. Give it the
    logits as they are.
    """
    return fitted(judge=lambda y, z: cross_entropy_from_logits(y, softmax(z)))(*inputs)


@mistake
def judged_on_training(*inputs):
    """You judged the model by the pictures that it was trained on. What counts is how
    it does on those that it has not seen: `x_new` and `y_new`.
    """
    return fitted(judged_on="old")(*inputs)


@mistake
def trained_on_held_out(*inputs):
    """You trained the model on `x_new` and `y_new`, the pictures that it is judged by.
    They are held out so that it cannot know them: train on `x` and `y`.
    """
    return fitted(trained_on="new")(*inputs)


@mistake
def trained_on_all(*inputs):
    """You trained the model on all pictures, the held-out ones among them. They are
    held out so that it cannot know them: train on `x` and `y` alone.
    """
    return fitted(trained_on="all")(*inputs)


@mistake
def trained_and_judged_the_wrong_way_round(*inputs):
    """You trained the model on the held-out pictures and judged it by the others. Train
    on `x` and `y`, and judge by `x_new` and `y_new`.
    """
    return fitted(trained_on="new", judged_on="old")(*inputs)


@mistake
def shares_for_logits(*inputs):
    """Your baseline hands its shares over as logits, and so softmax is applied to
    probabilities. Shares are probabilities already: use `cross_entropy`.
    """
    return baseline(cross_entropy_from_logits)(*inputs)


@mistake
def shares_of_all(*inputs):
    """Your baseline counts the digits in `y_new` too, which no model may see before
    it is judged. Count them in `y` alone.
    """
    return baseline(shares=lambda y, y_new: frequencies(np.concatenate([y, y_new])))(
        *inputs
    )


@mistake
def equal_shares(*inputs):
    """Your baseline gives each digit a tenth. Here the digits are not equally
    frequent, and it may know that: count them in `y`.
    """
    return baseline(shares=lambda y, y_new: np.full(10, 0.1))(*inputs)


@mistake
def shares_peeked_at(*inputs):
    """Your baseline counts the digits in `y_new`, which no model may see before it is
    judged. Count them in `y`.
    """
    return baseline(shares=lambda y, y_new: frequencies(y_new))(*inputs)


@mistake
def baseline_on_training(*inputs):
    """You judged the baseline by the labels that it has counted. To compare the two
    models, judge both by `y_new`.
    """
    return baseline(judged_on="old")(*inputs)


@mistake
def most_frequent_for_sure(*inputs):
    """Your baseline gives everything to the most frequent digit, and then any other
    costs infinity. Give each digit its share.
    """
    return baseline(shares=lambda y, y_new: np.eye(10)[np.bincount(y).argmax()])(
        *inputs
    )


@mistake
def counts_not_divided(*inputs):
    """Your baseline uses the counts of the digits. Divide them by the number of
    pictures, to get probabilities.
    """
    return baseline(
        judge=mean_log,
        shares=lambda y, y_new: np.bincount(y, minlength=10),
    )(*inputs)


@mistake
def models_swapped(*inputs):
    """Both losses are right, in the other order: the trained model comes first."""
    return (baseline()(*inputs), fitted()(*inputs))
