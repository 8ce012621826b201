"""Mistakes around the gradient of the cross-entropy, and the training that uses it."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ...gradcheck import numerical_gradient
from ...link_functions import softmax
from ...losses import (
    cross_entropy,
    cross_entropy_from_logits,
    cross_entropy_from_logits_grad,
)
from . import common
from .common import Mistake
from .cross_entropy import (
    in_bits,
    mean_over_classes,
    missing_minus,
    share_of_right,
    share_of_wrong,
)
from .cross_entropy_from_logits import mean_log


def turned_round() -> Mistake:
    """Label minus probability."""
    return Mistake(
        "wrong sign",
        lambda y, z: -cross_entropy_from_logits_grad(y, z),
        "The sign is turned round. It is probability minus label: where the label's "
        "logit rises, the loss falls.",
    )


def label_not_subtracted() -> Mistake:
    """The probabilities alone."""
    return Mistake(
        "label ignored",
        lambda y, z: softmax(z) / len(y),
        "You have the probabilities, and the label is missing. The slope of −z_y in "
        "the label's own logit is −1.",
    )


def class_number_subtracted() -> Mistake:
    """The number of the class subtracted from every probability of the row."""
    return Mistake(
        "label used as a number",
        lambda y, z: (softmax(z) - y[:, np.newaxis]) / len(y),
        "You subtracted the number of the class from the whole row. The label is a "
        "one-hot row here: subtract 1 in the column of the class, and 0 elsewhere.",
    )


def logits_minus_label() -> Mistake:
    """Logit minus label."""
    return Mistake(
        "logits used as probabilities",
        lambda y, z: (z - np.eye(z.shape[1])[y]) / len(y),
        "You subtracted the label from the logits. Softmax comes first: it is "
        "probability minus label.",
    )


def slope_in_probabilities() -> Mistake:
    """The slope in the probability of the label, -y/p."""
    return Mistake(
        "slope in the probabilities",
        lambda y, z: -np.eye(z.shape[1])[y] / softmax(z) / len(y),
        "That is the slope in the probabilities, −y/p. The slope in the logits is "
        "asked for: a logit moves all the probabilities of its row.",
    )


def only_the_labels_column() -> Mistake:
    """Probability minus 1 at the label, and 0 elsewhere."""

    def result(y, z):
        labels = np.eye(z.shape[1])[y]
        return labels * (softmax(z) - 1) / len(y)

    return Mistake(
        "other classes left out",
        result,
        "Only the label's logit has a slope with you. The others stand in the sum "
        "over all classes, too: raising one takes probability from the label.",
    )


def slope_of_a_square() -> Mistake:
    """The slope behind a squared error, which fades."""

    def result(y, z):
        p = softmax(z)
        return cross_entropy_from_logits_grad(y, z) * p * (1 - p)

    return Mistake(
        "softmax counted again",
        result,
        "You multiplied with p(1 − p), the slope of softmax. It is in p − y already: "
        "the logarithm has cancelled it.",
    )


def only_wrong_answers_pushed() -> Mistake:
    """No slope for a right answer."""

    def result(y, z):
        is_wrong = z.argmax(axis=1) != y
        return cross_entropy_from_logits_grad(y, z) * is_wrong[:, np.newaxis]

    return Mistake(
        "only wrong answers are pushed",
        result,
        "You give right answers no slope. They are pushed, too, as long as the label "
        "has less than 100 %.",
    )


def gradient_over_classes() -> Mistake:
    """Divided by the number of entries."""
    return replace(
        mean_over_classes(cross_entropy_from_logits_grad),
        message="You divided by the number of classes, too. The mean is over the n "
        "examples: `np.mean` of a whole table divides by more than that.",
    )


def divided_by_classes() -> Mistake:
    """Divided by the number of classes in place of that of the examples."""
    return Mistake(
        "k for n",
        lambda y, z: cross_entropy_from_logits_grad(y, z) * len(y) / z.shape[1],
        "You divided by the number of classes. The mean is over the examples: divide "
        "by n, which is `len(y)`.",
    )


def probability_minus_label(y: NDArray, p: NDArray) -> NDArray:
    """The gradient in the logits, for probabilities that may be wrong."""
    return (p - np.eye(p.shape[1])[y]) / len(y)


def sum_measured() -> Mistake:
    """The slopes of the summed losses, measured."""
    return Mistake(
        "sum measured",
        lambda y, z: cross_entropy_from_logits_grad(y, z, reduction="sum"),
        "You measured the slopes of the sum of the losses. The function that you give "
        "to `numerical_gradient` has to return their mean.",
    )


def measured_without_minus() -> Mistake:
    """The slopes of the mean logarithm."""
    return Mistake(
        "missing minus, measured",
        lambda y, z: -cross_entropy_from_logits_grad(y, z),
        "What you measured has the wrong sign. Does the function that you give to "
        "`numerical_gradient` have the minus in front?",
    )


def measured_in_probabilities() -> Mistake:
    """The probabilities moved, where the logits should be."""
    return Mistake(
        "measured in the probabilities",
        lambda y, z: numerical_gradient(lambda p: mean_log(y, p), softmax(z)),
        "You measured with the probabilities moved. `numerical_gradient` has to move "
        "the logits: they are its second argument, and what its function takes.",
    )


# Digits: a linear model beside one that does not look


def fitted(
    gradient: Callable = cross_entropy_from_logits_grad,
    *,
    move: float = -1,
    step_bias: Callable = lambda first, second: first.sum(axis=0),
    judge: Callable = cross_entropy_from_logits,
    on_training: bool = False,
) -> Callable:
    """A linear model of ten digits, trained by gradient descent and then judged.

    `move` is the sign of a step.  `step_bias` makes the slope in the biases of the
    slopes in the logits: those before the weights have moved, and those after.
    `judge` takes labels and logits.
    """

    def result(x, y, x_new, y_new, learning_rate, steps):
        w, b = np.zeros((x.shape[1], 10)), np.zeros(10)
        for _ in range(steps):
            slope = gradient(y, x @ w + b)
            w = w + move * learning_rate * x.T @ slope
            b = b + move * learning_rate * step_bias(slope, gradient(y, x @ w + b))
        return judge(y, x @ w + b) if on_training else judge(y_new, x_new @ w + b)

    return result


def lazy(
    judge: Callable = cross_entropy,
    *,
    shares: Callable = lambda y, y_new: _frequencies(y),
    on_training: bool = False,
) -> Callable:
    """A model that gives all pictures the same probabilities, and then judged.

    `shares` finds them in the training labels; `judge` takes labels and rows.
    """

    def result(x, y, x_new, y_new, learning_rate, steps):
        judged = y if on_training else y_new
        return judge(judged, np.tile(shares(y, y_new), (len(judged), 1)))

    return result


def when_judging(model: Callable, loss: Callable) -> tuple[Mistake, ...]:
    """What can be reported of a model in place of its mean loss."""
    mistakes = (
        common.sum_for_mean(loss),
        in_bits(loss),
        missing_minus(loss),
        share_of_wrong(),
        share_of_right(),
    )
    return tuple(
        replace(
            each,
            name=f"{each.name} ({model.__name__})",
            result=model(judge=each.result),
        )
        for each in mistakes
    )


def uphill() -> Mistake:
    """Steps along the slope."""
    return Mistake(
        "uphill",
        fitted(move=1),
        "Your steps go along the slope, so the loss rises. Subtract the slope times "
        "the learning rate.",
    )


def fitted_to_the_sum() -> Mistake:
    """Steps by the gradient of the summed losses."""
    return Mistake(
        "gradient of the sum",
        fitted(lambda y, z: cross_entropy_from_logits_grad(y, z, reduction="sum")),
        "Your slopes are n times too steep: they are those of the sum of the losses. "
        "The loss is the mean, so divide by the number of pictures.",
    )


def fitted_by_two_means() -> Mistake:
    """The slopes averaged once more."""
    return Mistake(
        "averaged twice",
        fitted(lambda y, z: cross_entropy_from_logits_grad(y, z) / len(y)),
        "Your slopes are n times too small. `cross_entropy_from_logits_grad` has "
        "divided by the number of pictures already: add up.",
    )


def bias_forgotten() -> Mistake:
    """Weights alone."""
    return Mistake(
        "bias forgotten",
        fitted(step_bias=lambda first, second: 0),
        "Your biases do not move. The slope in the bias of a digit is the sum of the "
        "slopes in its logits, over the pictures.",
    )


def biases_averaged() -> Mistake:
    """The mean of the slopes in the logits, where their sum is due."""
    return Mistake(
        "biases averaged",
        fitted(step_bias=lambda first, second: first.mean(axis=0)),
        "For the biases you took the mean of the slopes. They have been divided by "
        "the number of pictures already: add up.",
    )


def biases_after_weights() -> Mistake:
    """The slopes found again, after the weights have moved."""
    return Mistake(
        "weights before biases",
        fitted(step_bias=lambda first, second: second.sum(axis=0)),
        "You moved the weights, and found the slopes again to move the biases. Both "
        "belong to the same logits: find the slopes once, then take both steps.",
    )


def fitted_with_softmax_twice() -> Mistake:
    """Probabilities handed over as logits, in training and in judging."""
    return Mistake(
        "softmax twice",
        fitted(
            lambda y, z: cross_entropy_from_logits_grad(y, softmax(z)),
            judge=lambda y, z: cross_entropy_from_logits(y, softmax(z)),
        ),
        "You apply softmax before functions that apply their own. Give them the "
        "logits as they are.",
    )


def softmax_before_judging() -> Mistake:
    """Probabilities handed over as logits at the end."""
    return Mistake(
        "softmax twice at the end",
        fitted(judge=lambda y, z: cross_entropy_from_logits(y, softmax(z))),
        "At the end you apply softmax before a loss that applies its own. Give it the "
        "logits as they are.",
    )


def judged_on_training() -> Mistake:
    """The loss on the pictures that the model was trained on."""
    return Mistake(
        "judged on training",
        fitted(on_training=True),
        "You judged the model by the pictures that it was trained on. What counts is "
        "how it does on those that it has not seen: `x_new` and `y_new`.",
    )


def equal_shares() -> Mistake:
    """A tenth for each digit."""
    return Mistake(
        "equal shares",
        lazy(shares=lambda y, y_new: np.full(10, 0.1)),
        "Your lazy model gives each digit a tenth. Here the digits are not equally "
        "frequent, and it may know that: count them in `y`.",
    )


def shares_peeked_at() -> Mistake:
    """The frequencies among the held-out labels."""
    return Mistake(
        "peeked",
        lazy(shares=lambda y, y_new: _frequencies(y_new)),
        "Your lazy model counts the digits in `y_new`, which no model may see before "
        "it is judged. Count them in `y`.",
    )


def lazy_on_training() -> Mistake:
    """The lazy model, judged by the labels that it counted."""
    return Mistake(
        "lazy model judged on training",
        lazy(on_training=True),
        "You judged the lazy model by the labels that it has counted. To compare the "
        "two models, judge both by `y_new`.",
    )


def most_frequent_for_sure() -> Mistake:
    """All probability to the most frequent digit."""
    return Mistake(
        "most frequent for sure",
        lazy(shares=lambda y, y_new: np.eye(10)[np.bincount(y).argmax()]),
        "Your lazy model gives everything to the most frequent digit, and then any "
        "other costs infinity. Give each digit its share.",
    )


def counts_not_divided() -> Mistake:
    """Counts in place of frequencies."""
    return Mistake(
        "counts for shares",
        lazy(
            judge=mean_log,
            shares=lambda y, y_new: np.bincount(y, minlength=10),
        ),
        "Your lazy model uses the counts of the digits. Divide them by the number of "
        "pictures, to get probabilities.",
    )


def models_swapped() -> Mistake:
    """The two losses in the other order."""
    return Mistake(
        "order",
        lambda *inputs: (lazy()(*inputs), fitted()(*inputs)),
        "Both losses are right, in the other order: the trained model comes first.",
    )


def _frequencies(y: NDArray) -> NDArray:
    return np.bincount(y, minlength=10) / len(y)
