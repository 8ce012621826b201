"""What is often wrong around the cross-entropy: base and sign, axes, zeros, softmax.

Many mistakes can be made on several roads: with a formula that is exact, or with one
that meets the log of 0 on its way.  The message is the same; the name says which road.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import product

import numpy as np

from ...link_functions import log_softmax, sigmoid, softmax
from ...losses import cross_entropy, entropy
from ..engine.mistakes import Mistake, mistake, pattern
from .right import textbook_of_two

SMALL_BOUNDS = (1e-9, 1e-10, 1e-12, 1e-15, np.finfo(float).eps)
LARGER_BOUNDS = (1e-3, 1e-5, 1e-6, 1e-7, 1e-8)  # it shows how they are applied
HOLD_AWAY = {
    "clip": lambda p, e: np.clip(p, e, 1 - e),
    "maximum": np.maximum,
    "add": np.add,
}


@pattern
def one_for_each(loss, *inputs):
    """You return the loss of each example. The loss of a data set is one number: their
    mean.
    """
    return loss(*inputs, reduction="none")


@pattern
def missing_minus(right, *inputs):
    """Your loss is negative. The logarithm of a probability is at most 0; the minus in
    front of the formula makes a loss of it.
    """
    return -np.asarray(right(*inputs))


@pattern
def in_bits(right, *inputs):
    """You took the logarithm to base 2, so this is in bits. Nats are asked for: take
    the natural logarithm, `np.log`.
    """
    return np.asarray(right(*inputs)) / np.log(2)


@pattern
def in_base_ten(right, *inputs):
    """You took the logarithm to base 10. The natural one is `ln` on a calculator and
    `np.log` in NumPy.
    """
    return np.asarray(right(*inputs)) / np.log(10)


@pattern
def mean_over_classes(right, y, rows):
    """You divided by the number of classes, too. Over the classes one adds up; the mean
    is taken over the examples only.
    """
    return np.asarray(right(y, rows)) / np.shape(rows)[1]


@pattern
def log_of_the_largest(right, y, rows):
    """You took the largest probability of each row. The label says which one counts,
    large or small.
    """
    return right(np.argmax(rows, axis=1), rows)


@mistake
def share_of_wrong(y, rows):
    """That is the share of wrong answers. The loss does not count answers: it takes
    minus the logarithm of what the label got.
    """
    return np.mean(np.argmax(rows, axis=1) != y)


@mistake
def share_of_right(y, rows):
    """That is the accuracy, the share of right answers. The loss does not count
    answers: it takes minus the logarithm of what the label got.
    """
    return np.mean(np.argmax(rows, axis=1) == y)


@pattern
def no_logarithm(probs_of, y, rows):
    """That is the mean probability of the labels. Take minus the logarithm of each of
    them before you average.
    """
    return np.mean(probs_of(y, rows))


@pattern
def one_minus_the_probability(probs_of, y, rows):
    """You took what the labels lack to 1. That never exceeds 1, while minus the
    logarithm grows without limit.
    """
    return np.mean(1 - probs_of(y, rows))


@pattern
def log_of_the_mean(probs_of, y, rows):
    """You averaged the probabilities first and took one logarithm then. Take the
    logarithm of each, and average those.
    """
    return -np.log(np.mean(probs_of(y, rows)))


@pattern
def e_to_minus_the_loss(probs_of, y, rows):
    """That is e to minus the loss: a probability that would cost as much. The loss
    itself is asked for, in nats.
    """
    return np.exp(np.mean(np.log(probs_of(y, rows))))


@mistake
def every_class_pays(y, probs):
    """You added up the logarithms of all classes. The label keeps one of them, and
    drops the others.
    """
    return -np.mean(np.sum(np.log(probs), axis=1))


@pattern
def only_wrong_answers_pay(reduction, y, probs):
    """You let only the wrong answers pay. A right one costs something, too, as long as
    its label has less than 100 %.
    """
    each = cross_entropy(y, probs, reduction="none")
    paid = each * (np.argmax(probs, axis=1) != y)
    return np.mean(paid) if reduction == "mean" else np.sum(paid)


# One-hot rows and softmax


@mistake
def counted_from_one(y, z):
    """In `labels` the ones stand one column too far to the left. Class 0 is the first
    column.
    """
    return np.eye(z.shape[1])[y - 1]


@mistake
def columns_for_rows(y, z):
    """In `labels` each example is a column. It should be a row, with one column for
    each class.
    """
    return np.eye(z.shape[1])[y].T


@mistake
def classes_that_occur(y, z):
    """`labels` has too few columns if the last class does not occur. How many classes
    there are, the logits know.
    """
    return np.eye(y.max() + 1)[y]


@mistake
def predicted_for_label(y, z):
    """In `labels` the 1 stands at the largest logit. That is what the model says; the
    label is in `y`.
    """
    return np.eye(z.shape[1])[z.argmax(axis=1)]


@mistake
def powers_not_divided(y, z):
    """`probs` holds the powers themselves. Divide each row by its sum."""
    return np.exp(z)


@mistake
def logits_divided(y, z):
    """You divided the logits by their sum. Some of them are negative: raise e to each
    first, with `np.exp`.
    """
    return z / z.sum(axis=1, keepdims=True)


@mistake
def one_sigmoid_each(y, z):
    """You took the sigmoid of each logit by itself, so the rows do not sum to 1.
    Softmax divides each row by the sum of its powers.
    """
    return sigmoid(z)


@mistake
def logarithms_of_probs(y, z):
    """`probs` holds logarithms of probabilities. Leave out the logarithm: it belongs to
    the loss.
    """
    return log_softmax(z)


@mistake
def hard_probs(y, z):
    """`probs` gives everything to the largest logit. Softmax leaves a share to each
    class.
    """
    return np.eye(z.shape[1])[z.argmax(axis=1)]


@mistake
def powers_of_two(y, z):
    """You raised 2 to the logits. Softmax raises e: use `np.exp`."""
    return softmax(z * np.log(2))


@mistake
def softmax_of_softmax(y, z):
    """You applied softmax twice, which makes all probabilities much alike. Once is
    enough.
    """
    return softmax(softmax(z))


@mistake
def labels_after_probs(y, z):
    """Both are right, in the other order: `labels` come first."""
    return (softmax(z), np.eye(z.shape[1])[y])


@pattern
def over_examples(softmax, y, z):
    """Your softmax runs over the examples: each column sums to 1. The classes of one
    example share its 100 %, so sum over `axis=1`.
    """
    made_of, link = softmax
    return made_of(y, link(z.T).T)


@pattern
def over_everything(softmax, y, z):
    """Your softmax divides by the sum over the whole array. Each row has a sum of its
    own: `axis=1` with `keepdims=True`.
    """
    made_of, link = softmax
    return made_of(y, link(z.reshape(1, -1)).reshape(z.shape))


# Two classes


@pattern
def log_of_zero(textbook, *inputs):
    """You get NaN where a 0 is multiplied with the logarithm of 0, which is infinite.
    What does not happen costs nothing, whatever its probability: leave those terms out,
    with `np.where` or by picking.
    """
    return textbook(*inputs)


@mistake
def hits_left_out(y, p):
    """You left the forecasts that are sure and right out of the mean. They cost 0, and
    count: divide by the number of all.
    """
    each = textbook_of_two(y, p, reduction="none")
    return np.nanmean(each) if not np.isnan(each).all() else 0.0


@mistake
def zero_for_nan(y, p):
    """You wrote 0 where the mean is NaN. Then one sure forecast makes all the others
    free: leave out the terms that are 0 times the logarithm of 0, not the whole.
    """
    mean = textbook_of_two(y, p)
    return 0.0 if np.isnan(mean) else mean


@pattern
def only_label_1_pays(loss, y, p):
    """With you only label 1 pays. For label 0 the loss is −log(1 − p): the formula has
    a second term.
    """
    if loss is textbook_of_two:
        return -np.mean(y * np.log(p))
    return np.sum(loss(y, p, reduction="none"), where=y == 1) / len(y)


@mistake
def label_1_for_all(y, p):
    """You took the logarithm of p for all examples. For label 0 it is 1 − p that
    counts.
    """
    return -np.mean(np.log(p))


@pattern
def classes_exchanged(loss, y, p):
    """You took the logarithm of what the other class got. `p` is the probability of
    label 1, so for label 1 it is log p.
    """
    return loss(1 - y, p)


@mistake
def second_term_subtracted(y, p):
    """The second term has the wrong sign. Both terms have a minus in front: mind the
    parentheses.
    """
    return np.mean((1 - y) * np.log(1 - p) - y * np.log(p))


@mistake
def roles_exchanged(y, p):
    """You took the logarithm of the label. Labels are 0 or 1, and the log of 0 is
    infinite: the logarithm belongs to the probability.
    """
    return textbook_of_two(p, y)


@mistake
def squared_for_log(y, p):
    """That is the squared error of the probability. Cross-entropy takes minus the
    logarithm.
    """
    return np.mean((p - y) ** 2)


@pattern
def mean_over_both(loss, y, p):
    """You divided by the two classes, too. Their terms are added up; the mean is taken
    over the examples only.
    """
    return loss(y, p) / 2


@mistake
def share_of_wrong_of_two(y, p):
    """That is the share of wrong answers. The loss does not count answers: it takes
    minus the logarithm of what the label got.
    """
    return np.mean((p > 0.5) != (y == 1))


@mistake
def share_of_right_of_two(y, p):
    """That is the share of right answers. The loss does not count answers: it takes
    minus the logarithm of what the label got.
    """
    return np.mean((p > 0.5) == (y == 1))


@pattern
def held_away(way, y, rows):
    """You hold the probabilities away from 0. That hides the loss where it is largest:
    leave out the bound.
    """
    probs_of, away, bound = way
    return -np.mean(np.log(away(probs_of(y, rows), bound)))


def clipped(probs_of: Callable) -> Iterator[Mistake]:
    """Probabilities held away from 0, in the ways and by the bounds that are usual."""
    ways = [*product(["clip"], SMALL_BOUNDS), *product(HOLD_AWAY, LARGER_BOUNDS)]
    for way, bound in ways:
        made = held_away((probs_of, HOLD_AWAY[way], bound))
        yield replace(made, name=f"clipped, {way} {bound:.1g}")


# Entropy and divergence


@pattern
def entropy_of_the_prediction(of, y, p):
    """That is the entropy of `p`, of what the model says. It is the label `y` whose
    entropy no model can remove.
    """
    return of(p, y)


@pattern
def whole_for_entropy(whole, *inputs):
    """For `entropy` you give the whole cross-entropy. It is the sum of the two
    parts.
    """
    return whole(*inputs)


@pattern
def whole_for_divergence(whole, *inputs):
    """For `divergence` you give the whole cross-entropy. It is the sum of the two
    parts.
    """
    return whole(*inputs)


@pattern
def divergence_negative(of, y, p):
    """Your divergence is negative, and no divergence is. It is the cross-entropy minus
    the entropy, or the logarithm of y / p, not of p / y.
    """
    return -of(y, p)


@pattern
def other_direction(of, y, p):
    """You exchanged the roles: that is the divergence if `p` were true and `y`
    expected. It is not symmetric, so the order counts.
    """
    return of(p, y)


@mistake
def shares_forgotten_in_the_entropy(y, p):
    """For `entropy` you added up the logarithms as they are. Weigh each of them with
    its share `y` first.
    """
    return -np.sum(np.log(y))


@mistake
def shares_forgotten_in_the_divergence(y, p):
    """For `divergence` you added up the logarithms as they are. Weigh each of them with
    its share `y` first.
    """
    return np.sum(np.log(y / p))


@pattern
def averaged_over_classes(part, y, p):
    """You took the mean over the classes. Their shares weigh them already: add up."""
    return part(y, p) / len(y)


@mistake
def entropies_subtracted(y, p):
    """You subtracted the entropy of `y` from that of `p`. Subtract it from the
    cross-entropy, which has `y` in front of the log and `p` inside.
    """
    return entropy(p) - entropy(y)


@pattern
def parts_swapped(parts, y, p):
    """Both numbers are there, in the other order: the entropy comes first."""
    h, d = parts
    return d(y, p), h(y, p)


@pattern
def bounded(bound, y, p):
    """You hold the probabilities away from 0. To expect with 0 what does happen costs
    infinity, and a bound hides it: leave it out.
    """
    return np.sum(y * np.log((y + bound) / (p + bound)))


BOUNDS = {f", {bound:.1g}": bound for bound in (*SMALL_BOUNDS, *LARGER_BOUNDS)}
