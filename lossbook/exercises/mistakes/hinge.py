"""Mistakes around the hinge loss: its labels, its scores, its max and its penalty."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ...link_functions import sigmoid
from ...losses import binary_cross_entropy_from_logits, hinge, squared_hinge
from .common import Mistake

# `of` makes the result of the losses of the examples: their mean, or the array itself.


def averaged() -> Mistake:
    """The mean, where the loss of each example is asked for."""
    return Mistake(
        "mean for each",
        hinge,
        "That is the mean of the losses. Here the loss of each mail is asked for.",
    )


def no_max(of: Callable = np.mean) -> Mistake:
    """What is missing to the margin, below zero where nothing is."""
    return Mistake(
        "no max",
        lambda y, s: of(1 - _margins(y, s)),
        "With you an answer beyond the margin earns something: what it lacks is below "
        "0. It costs 0 and gets nothing back, so take the larger of the two.",
    )


def max_of_the_mean() -> Mistake:
    """The examples averaged first, and cut off at zero then."""
    return Mistake(
        "max of the mean",
        lambda y, s: max(0, np.mean(1 - _margins(y, s))),
        "You averaged first and took the maximum then, so answers beyond the margin "
        "pay for the others. Take the maximum for each example, then average.",
    )


def largest() -> Mistake:
    """The largest loss of all."""
    return Mistake(
        "largest for mean",
        lambda y, s: hinge(y, s, reduction="none").max(),
        "That is the largest of the losses. `np.maximum(0, …)` compares entry by "
        "entry, and `np.mean` makes one number of them.",
    )


def smaller_of_the_two(of: Callable = np.mean) -> Mistake:
    """The minimum in place of the maximum."""
    return Mistake(
        "min for max",
        lambda y, s: of(np.minimum(0, 1 - _margins(y, s))),
        "You took the smaller of 0 and what is missing. Take the larger: nobody pays "
        "less than 0.",
    )


def label_forgotten(of: Callable = np.mean) -> Mistake:
    """The score in place of the margin."""
    return Mistake(
        "label forgotten",
        lambda y, s: of(_missing(np.asarray(s))),
        "You treat every label as +1. The margin is label times score: for the label "
        "−1, a score below 0 is right.",
    )


def class_for_score(of: Callable = np.mean) -> Mistake:
    """The predicted class in place of the score."""
    return Mistake(
        "class for score",
        lambda y, s: of(_missing(_margins(y, np.sign(s)))),
        "You put in the predicted class, −1 or +1, in place of the score. Then every "
        "right answer costs 0 and every wrong one 2, close or far. Use the score as "
        "it is.",
    )


def probability_for_score(of: Callable = np.mean) -> Mistake:
    """A probability in place of the score."""
    return Mistake(
        "probability for score",
        lambda y, s: of(_missing(_margins(y, sigmoid(s)))),
        "You made probabilities of the scores. They are never below 0, so an example "
        "with the label −1 could never get to its own side. Use the scores as they "
        "are.",
    )


def zero_for_minus_one(of: Callable = np.mean) -> Mistake:
    """The labels 0 and 1, where -1 and +1 are given."""
    return Mistake(
        "zero for minus one",
        lambda y, s: of(_missing(_margins((np.asarray(y) + 1) / 2, s))),
        "You took 0 for the label −1. Then the score drops out of the product, and "
        "each of these examples costs 1, whatever its score.",
    )


def squared(of: Callable = np.mean) -> Mistake:
    """The squared hinge."""
    return Mistake(
        "squared",
        lambda y, s: of(squared_hinge(y, s, reduction="none")),
        "You squared what is missing. That is the squared hinge loss; the hinge loss "
        "takes it as it is.",
    )


def only_wrong_pay(of: Callable = np.mean) -> Mistake:
    """The safe distance left out: a loss from a margin of 0 downwards."""
    return Mistake(
        "only wrong pay",
        lambda y, s: of(np.maximum(0, -_margins(y, s))),
        "With you only wrong answers pay. Right ones that are too close pay as well: "
        "what is missing is 1 minus the margin.",
    )


def margin_added(of: Callable = np.mean) -> Mistake:
    """One plus the margin."""
    return Mistake(
        "margin added",
        lambda y, s: of(_missing(-_margins(y, s))),
        "With you an answer pays the more, the further it is on its right side. What "
        "is missing is 1 minus the margin, not 1 plus it.",
    )


def size_for_max(of: Callable = np.mean) -> Mistake:
    """The distance from a margin of 1, on either side."""
    return Mistake(
        "size for max",
        lambda y, s: of(np.abs(1 - _margins(y, s))),
        "With you answers beyond the margin pay as well: you took the size of what is "
        "missing. Who lacks nothing pays 0.",
    )


def only_payers_averaged() -> Mistake:
    """The sum divided by the number of those who pay."""

    def result(y, s):
        missing = _missing(_margins(y, s))
        payers = np.count_nonzero(missing)
        return missing.sum() / payers if payers else np.nan

    return Mistake(
        "only payers averaged",
        result,
        "You averaged over those who pay. Examples that cost nothing count too: divide "
        "by the number of all.",
    )


def logistic() -> Mistake:
    """The logistic loss of the margin."""
    return Mistake(
        "logistic",
        lambda y, s: binary_cross_entropy_from_logits((np.asarray(y) + 1) // 2, s),
        "That is the logistic loss, the smooth rival of the hinge. The hinge loss is 0 "
        "from a margin of 1 on.",
    )


def wrong_counted() -> Mistake:
    """The 0/1 loss."""
    return Mistake(
        "wrong counted",
        lambda y, s: np.mean(_margins(y, s) < 0),
        "That is the share of wrong answers. The hinge loss also asks how far each "
        "score is from where it should be.",
    )


def accuracy() -> Mistake:
    """The share of right answers."""
    return Mistake(
        "accuracy for loss",
        lambda y, s: np.mean(_margins(y, s) > 0),
        "That is the accuracy, the share of right answers: the higher, the better. A "
        "loss is what the answers cost.",
    )


def labels_as_they_are() -> Mistake:
    """Labels 0 and 1 put into the formula for -1 and +1."""
    return replace(
        zero_for_minus_one(),
        name="labels as they are",
        result=lambda is_spam, s: np.mean(_missing(_margins(is_spam, s))),
        message="You used the labels 0 and 1 as they are. With 0 the score drops out "
        "of the product, and each wanted mail costs 1, whatever its score. Turn 0 "
        "into −1 first.",
    )


def classes_turned_round() -> Mistake:
    """Spam as -1 and wanted as +1."""
    return Mistake(
        "classes turned round",
        lambda is_spam, s: hinge(1 - 2 * is_spam, s),
        "You gave spam the label −1 and wanted mails +1. The scores are above 0 for "
        "spam, so spam is +1.",
    )


def minus_one_and_zero() -> Mistake:
    """Labels shifted, but not stretched."""
    return Mistake(
        "minus one and zero",
        lambda is_spam, s: np.mean(_missing(_margins(is_spam - 1, s))),
        "Your labels are −1 and 0. From 0 and 1 to −1 and +1 it takes a stretch and a "
        "shift: the two labels are 2 apart.",
    )


def only_spam_pays() -> Mistake:
    """The wanted mails left out of the sum."""
    return Mistake(
        "only spam pays",
        lambda is_spam, s: np.mean(is_spam * _missing(s)),
        "With you wanted mails cost nothing, whatever their score. With the label −1 "
        "they pay for scores above −1.",
    )


def cross_entropy_for_hinge() -> Mistake:
    """The loss that takes labels 0 and 1, and reads the scores as logits."""
    return Mistake(
        "cross-entropy for hinge",
        binary_cross_entropy_from_logits,
        "That is the binary cross-entropy, which takes labels 0 and 1 and reads the "
        "scores as logits. The hinge loss is asked for.",
    )


def class_of_mail() -> Mistake:
    """The predicted class in place of the score, with labels 0 and 1."""
    each = class_for_score()
    return replace(each, result=lambda is_spam, s: each.result(2 * is_spam - 1, s))


def probability_of_mail() -> Mistake:
    """A probability in place of the score, with labels 0 and 1."""
    each = probability_for_score()
    return replace(each, result=lambda is_spam, s: each.result(2 * is_spam - 1, s))


def penalty_forgotten() -> Mistake:
    """The loss alone."""
    return Mistake(
        "penalty forgotten",
        with_penalty(lambda w, b, l2: 0),
        "That is the loss without the penalty.",
    )


def half_forgotten() -> Mistake:
    """The penalty without its one half."""
    return Mistake(
        "half forgotten",
        with_penalty(lambda w, b, l2: l2 * (w @ w)),
        "Your penalty is twice as large as it should be. It has ½ in front.",
    )


def bias_penalised() -> Mistake:
    """The bias counted among the weights."""
    return Mistake(
        "bias penalised",
        with_penalty(lambda w, b, l2: l2 / 2 * (w @ w + b**2)),
        "You penalise the bias too. It only shifts the border, so it is left free: "
        "the penalty takes the weights alone.",
    )


def length_not_squared() -> Mistake:
    """The length of the weights."""
    return Mistake(
        "length not squared",
        with_penalty(lambda w, b, l2: l2 / 2 * np.sqrt(w @ w)),
        "You took the length of `w`, with its root. The penalty takes the square of "
        "the length: the sum of the squared weights.",
    )


def sizes_of_the_weights() -> Mistake:
    """The sum of the absolute weights."""
    return Mistake(
        "sizes of the weights",
        with_penalty(lambda w, b, l2: l2 / 2 * np.abs(w).sum()),
        "You added up the sizes of the weights. This penalty squares each of them.",
    )


def square_of_the_sum() -> Mistake:
    """The weights added first, and squared then."""
    return Mistake(
        "square of the sum",
        with_penalty(lambda w, b, l2: l2 / 2 * w.sum() ** 2),
        "You added the weights up and squared then, so weights of both signs cancel "
        "out. Square each weight, then add up.",
    )


def weights_averaged() -> Mistake:
    """The mean of the squared weights."""
    return Mistake(
        "weights averaged",
        with_penalty(lambda w, b, l2: l2 / 2 * np.mean(w**2)),
        "You averaged the squared weights. The penalty adds them up; only the losses "
        "are averaged.",
    )


def penalty_subtracted() -> Mistake:
    """Large weights rewarded."""
    return Mistake(
        "penalty subtracted",
        with_penalty(lambda w, b, l2: -l2 / 2 * (w @ w)),
        "You subtracted the penalty, so large weights make the whole smaller. It is a "
        "price: add it.",
    )


def losses_added_up() -> Mistake:
    """The sum of the losses, plus the penalty."""

    def result(w, b, x, y, l2):
        return hinge(y, x @ w + b, reduction="sum") + l2 / 2 * (w @ w)

    return Mistake(
        "losses added up",
        result,
        "You added up the losses of the mails. Take their mean, then add the penalty.",
    )


def penalty_averaged() -> Mistake:
    """The penalty divided by the number of mails."""

    def result(w, b, x, y, l2):
        return hinge(y, x @ w + b) + l2 / 2 * (w @ w) / len(y)

    return Mistake(
        "penalty averaged",
        result,
        "You divided the penalty by the number of mails. Only the losses are "
        "averaged; the penalty is added once, as it is.",
    )


def bias_left_out() -> Mistake:
    """Scores without the bias."""

    def result(w, b, x, y, l2):
        return with_penalty()(w, 0, x, y, l2)

    return Mistake(
        "bias left out",
        result,
        "Your scores lack the bias: the score is w · x + b.",
    )


def with_penalty(
    penalty: Callable = lambda w, b, l2: l2 / 2 * (w @ w),
) -> Callable:
    """The mean hinge loss of a linear model, plus a penalty; the default is right."""
    return lambda w, b, x, y, l2: hinge(y, x @ w + b) + penalty(w, b, l2)


def _margins(y: NDArray, s: NDArray) -> NDArray:
    return np.multiply(y, s)


def _missing(margin: NDArray) -> NDArray:
    return np.maximum(0, 1 - margin)
