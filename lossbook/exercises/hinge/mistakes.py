"""What is often wrong around the hinge loss: its labels, scores, max and penalty."""

import numpy as np
from numpy.typing import NDArray

from ...link_functions import sigmoid
from ...losses import binary_cross_entropy_from_logits, hinge, squared_hinge
from ..engine.mistakes import mistake, pattern
from .right import penalty, with_penalty

# `of` makes the result of the losses of the examples: their mean, or the array itself.


@mistake
def averaged(*inputs):
    """That is the mean of the losses. Here the loss of each email is asked for."""
    return hinge(*inputs)


@pattern
def no_max(of, y, s):
    """In your version an answer beyond the margin earns something: what it lacks is
    below 0. It costs 0 and gets nothing back, so take the larger of the two.
    """
    return of(1 - _margins(y, s))


@pattern
def turned_round(of, y, s):
    """You took the margin minus 1, which is what is left over. What is missing is 1
    minus the margin.
    """
    return of(np.maximum(0, _margins(y, s) - 1))


@pattern
def cut_off_at_1(of, y, s):
    """You cut the loss off at 1, so a score far on the wrong side costs no more than
    one that is just wrong. It has no upper end: take the larger of 0 and what is
    missing.
    """
    return of(np.clip(1 - _margins(y, s), 0, 1))


@pattern
def difference_for_product(of, y, s):
    """You subtracted the score from the label. The margin is their product, label times
    score.
    """
    return of(_missing(np.subtract(y, s)))


@pattern
def size_of_the_score(of, y, s):
    """You took the size of the score, so its side no longer counts. The margin is label
    times score, which is below 0 for a wrong answer.
    """
    return of(_missing(np.abs(s)))


@mistake
def margins(y, s):
    """Those are the margins, label times score. The loss is what each lacks to reach 1,
    and 0 if it lacks nothing.
    """
    return _margins(y, s)


@mistake
def negative(*inputs):
    """Your loss is negative. What is missing to the margin is never below 0: leave out
    the minus.
    """
    return -hinge(*inputs)


@mistake
def max_of_the_mean(y, s):
    """You averaged first and took the maximum then, so answers beyond the margin pay
    for the others. Take the maximum for each example, then average.
    """
    return max(0, np.mean(1 - _margins(y, s)))


@mistake
def largest(y, s):
    """That is the largest of the losses. `np.maximum(0, …)` compares entry by entry,
    and `np.mean` makes one number of them.
    """
    return hinge(y, s, reduction="none").max()


@pattern
def smaller_of_the_two(of, y, s):
    """You took the smaller of 0 and what is missing. Take the larger: nobody pays less
    than 0.
    """
    return of(np.minimum(0, 1 - _margins(y, s)))


@pattern
def label_forgotten(of, y, s):
    """You treat every label as +1. The margin is label times score: for the label −1, a
    score below 0 is right.
    """
    return of(_missing(np.asarray(s)))


@pattern
def class_for_score(of, y, s):
    """You put in the predicted class, −1 or +1, in place of the score. Then every right
    answer costs 0 and every wrong one 2, close or far. Use the score as it is.
    """
    return of(_missing(_margins(y, np.sign(s))))


@pattern
def probability_for_score(of, y, s):
    """You made probabilities of the scores. They are never below 0, so an example with
    the label −1 could never get to its own side. Use the scores as they are.
    """
    return of(_missing(_margins(y, sigmoid(s))))


@pattern
def zero_for_minus_one(of, y, s):
    """You took 0 for the label −1. Then the score drops out of the product, and each of
    these examples costs 1, whatever its score.
    """
    return of(_missing(_margins((np.asarray(y) + 1) / 2, s)))


@pattern
def squared(of, y, s):
    """You squared what is missing. That is the squared hinge loss; the hinge loss takes
    it as it is.
    """
    return of(squared_hinge(y, s, reduction="none"))


@pattern
def only_wrong_pay(of, y, s):
    """In your version only wrong answers pay. Right ones that are too close pay as
    well: what is missing is 1 minus the margin.
    """
    return of(np.maximum(0, -_margins(y, s)))


@pattern
def margin_added(of, y, s):
    """In your version an answer pays more, the further it is on its right side. What is
    missing is 1 minus the margin, not 1 plus it.
    """
    return of(_missing(-_margins(y, s)))


@pattern
def size_for_max(of, y, s):
    """In your version answers beyond the margin pay as well: you took the size of what
    is missing. An answer that lacks nothing pays 0.
    """
    return of(np.abs(1 - _margins(y, s)))


@mistake
def only_payers_averaged(y, s):
    """You averaged over those who pay. Examples that cost nothing count too: divide by
    the number of all.
    """
    missing = _missing(_margins(y, s))
    payers = np.count_nonzero(missing)
    return missing.sum() / payers if payers else np.nan


@mistake
def logistic(y, s):
    """That is the logistic loss, the smooth rival of the hinge. The hinge loss is 0
    from a margin of 1 on.
    """
    return binary_cross_entropy_from_logits((np.asarray(y) + 1) // 2, s)


@mistake
def wrong_counted(y, s):
    """That is the share of wrong answers. The hinge loss also asks how far each score
    is from where it should be.
    """
    return np.mean(_margins(y, s) < 0)


@mistake
def accuracy(y, s):
    """That is the accuracy, the share of right answers: the higher, the better. A loss
    is what the answers cost.
    """
    return np.mean(_margins(y, s) > 0)


@mistake
def labels_as_they_are(is_spam, s):
    """You used the labels 0 and 1 as they are. With 0 the score drops out of the
    product, and each wanted email costs 1, whatever its score. Turn 0 into −1 first.
    """
    return np.mean(_missing(_margins(is_spam, s)))


@mistake
def classes_turned_round(is_spam, s):
    """You gave spam the label −1 and wanted emails +1. The scores are above 0 for spam,
    so spam is +1.
    """
    return hinge(1 - 2 * is_spam, s)


@mistake
def minus_one_and_zero(is_spam, s):
    """Your labels are −1 and 0. From 0 and 1 to −1 and +1 it takes a stretch and a
    shift: the two labels are 2 apart.
    """
    return np.mean(_missing(_margins(is_spam - 1, s)))


@mistake
def only_spam_pays(is_spam, s):
    """In your version wanted emails cost nothing, whatever their score. With the label
    −1 they pay for scores above −1.
    """
    return np.mean(is_spam * _missing(s))


@mistake
def cross_entropy_for_hinge(*inputs):
    """That is the binary cross-entropy, which takes labels 0 and 1 and reads the scores
    as logits. The hinge loss is asked for.
    """
    return binary_cross_entropy_from_logits(*inputs)


@mistake
def class_of_mail(is_spam, s):
    """You put in the predicted class, −1 or +1, in place of the score. Then every right
    answer costs 0 and every wrong one 2, close or far. Use the score as it is.
    """
    return class_for_score(np.mean).result(2 * is_spam - 1, s)


@mistake
def probability_of_mail(is_spam, s):
    """You made probabilities of the scores. They are never below 0, so an example with
    the label −1 could never get to its own side. Use the scores as they are.
    """
    return probability_for_score(np.mean).result(2 * is_spam - 1, s)


@mistake
def only_wanted_mail_pays(is_spam, s):
    """In your version spam costs nothing, whatever its score. With the label +1 it pays
    for scores below +1.
    """
    return np.mean((1 - is_spam) * _missing(-s))


@mistake
def penalty_forgotten(*inputs):
    """That is the loss without the penalty."""
    return with_penalty(lambda w, b, l2: 0)(*inputs)


@mistake
def half_forgotten(*inputs):
    """Your penalty is twice as large as it should be. It has ½ in front."""
    return with_penalty(lambda w, b, l2: l2 * (w @ w))(*inputs)


@mistake
def bias_penalised(*inputs):
    """You penalise the bias too. It only shifts the boundary, so it is left free: the
    penalty takes the weights alone.
    """
    return with_penalty(lambda w, b, l2: l2 / 2 * (w @ w + b**2))(*inputs)


@mistake
def length_not_squared(*inputs):
    """You took the length of `w`, with its root. The penalty takes the square of the
    length: the sum of the squared weights.
    """
    return with_penalty(lambda w, b, l2: l2 / 2 * np.sqrt(w @ w))(*inputs)


@mistake
def sizes_of_the_weights(*inputs):
    """You added up the sizes of the weights. This penalty squares each of them."""
    return with_penalty(lambda w, b, l2: l2 / 2 * np.abs(w).sum())(*inputs)


@mistake
def square_of_the_sum(*inputs):
    """You added the weights up and squared then, so weights of both signs cancel out.
    Square each weight, then add up.
    """
    return with_penalty(lambda w, b, l2: l2 / 2 * w.sum() ** 2)(*inputs)


@mistake
def weights_averaged(*inputs):
    """You averaged the squared weights. The penalty adds them up; only the losses are
    averaged.
    """
    return with_penalty(lambda w, b, l2: l2 / 2 * np.mean(w**2))(*inputs)


@mistake
def penalty_subtracted(*inputs):
    """You subtracted the penalty, so large weights make the whole smaller. It is a
    price: add it.
    """
    return with_penalty(lambda w, b, l2: -l2 / 2 * (w @ w))(*inputs)


@mistake
def losses_added_up(w, b, x, y, l2):
    """You added up the losses of the mails. Take their mean, then add the penalty."""
    return hinge(y, x @ w + b, reduction="sum") + l2 / 2 * (w @ w)


@mistake
def penalty_averaged(w, b, x, y, l2):
    """You divided the penalty by the number of mails. Only the losses are averaged; the
    penalty is added once, as it is.
    """
    return hinge(y, x @ w + b) + l2 / 2 * (w @ w) / len(y)


@mistake
def bias_left_out(w, b, x, y, l2):
    """Your scores lack the bias: the score is w · x + b."""
    return with_penalty()(w, 0, x, y, l2)


@mistake
def loss_of_each(*inputs):
    """You added the penalty to the loss of each email, so you return an array. Take the
    mean of the losses, then add the penalty once.
    """
    return with_penalty(loss=lambda y, s: hinge(y, s, reduction="none"))(*inputs)


@mistake
def squared_with_penalty(*inputs):
    """You squared what is missing. That is the squared hinge loss; the hinge loss takes
    it as it is.
    """
    return with_penalty(loss=lambda y, s: squared_hinge(y, s))(*inputs)


@mistake
def no_max_with_penalty(*inputs):
    """In your version an answer beyond the margin earns something: what it lacks is
    below 0. It costs 0 and gets nothing back, so take the larger of the two.
    """
    return with_penalty(loss=lambda y, s: np.mean(1 - y * s))(*inputs)


@mistake
def labels_not_used(*inputs):
    """You treat every label as +1. The margin is label times score: for the label −1, a
    score below 0 is right.
    """
    return with_penalty(loss=lambda y, s: np.mean(_missing(s)))(*inputs)


@mistake
def only_the_penalty(w, b, x, y, l2):
    """You return the penalty alone. Add the mean hinge loss of the mails."""
    return penalty(w, b, l2)


def _margins(y: NDArray, s: NDArray) -> NDArray:
    return np.multiply(y, s)


def _missing(margin: NDArray) -> NDArray:
    return np.maximum(0, 1 - margin)
