"""Mistakes around the cross-entropy: base and sign, axes, zeros and softmax.

Many can be made on several roads: with a formula that is exact, or with one that
meets the log of 0 on its way.  The message is the same, and the name says which road.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...link_functions import log_softmax, sigmoid, softmax
from ...losses import (
    binary_cross_entropy,
    cross_entropy,
    entropy,
    kl_divergence,
)
from . import common
from .common import Mistake

SMALL_BOUNDS = (1e-9, 1e-10, 1e-12, 1e-15, np.finfo(float).eps)
LARGER_BOUNDS = (1e-3, 1e-5, 1e-6, 1e-7, 1e-8)  # it shows how they are applied
HOLD_AWAY = {
    "clip": lambda p, e: np.clip(p, e, 1 - e),
    "maximum": np.maximum,
    "add": np.add,
}


def on_each_road(roads: dict[str, Any], *makes: Callable) -> Iterator[Mistake]:
    """Each mistake made on each road, whose key is added to its name."""
    for road, make in product(roads, makes):
        mistake = make(roads[road])
        yield replace(mistake, name=mistake.name + road)


def each_loss(loss: Callable) -> Mistake:
    """The losses of the examples, not averaged."""
    return common.one_for_each(partial(loss, reduction="none"))


def missing_minus(right: Callable) -> Mistake:
    """The mean logarithm, without the minus in front."""
    return Mistake(
        "missing minus",
        lambda *inputs: -np.asarray(right(*inputs)),
        "Your loss is negative. The logarithm of a probability is at most 0; the "
        "minus in front of the formula makes a loss of it.",
    )


def in_bits(right: Callable) -> Mistake:
    """The logarithm to base 2."""
    return Mistake(
        "log2 for ln",
        lambda *inputs: np.asarray(right(*inputs)) / np.log(2),
        "You took the logarithm to base 2, so this is in bits. Nats are asked for: "
        "take the natural logarithm, `np.log`.",
    )


def in_base_ten(right: Callable) -> Mistake:
    """The logarithm to base 10, which calculators call log."""
    return Mistake(
        "log10 for ln",
        lambda *inputs: np.asarray(right(*inputs)) / np.log(10),
        "You took the logarithm to base 10. The natural one is `ln` on a calculator "
        "and `np.log` in NumPy.",
    )


def mean_over_classes(right: Callable) -> Mistake:
    """Divided by the number of classes, too."""
    return Mistake(
        "mean over classes",
        lambda y, rows: np.asarray(right(y, rows)) / np.shape(rows)[1],
        "You divided by the number of classes, too. Over the classes one adds up; "
        "the mean is taken over the examples only.",
    )


def log_of_the_largest(right: Callable) -> Mistake:
    """The class that the model holds likeliest, in place of the label."""
    return Mistake(
        "log of the largest probability",
        lambda y, rows: right(np.argmax(rows, axis=1), rows),
        "You took the largest probability of each row. The label says which one "
        "counts, large or small.",
    )


def share_of_wrong() -> Mistake:
    """The share of wrong answers."""
    return Mistake(
        "accuracy for loss",
        lambda y, rows: np.mean(np.argmax(rows, axis=1) != y),
        "That is the share of wrong answers. The loss does not count answers: it "
        "takes minus the logarithm of what the label got.",
    )


def share_of_right() -> Mistake:
    """The share of right answers."""
    return Mistake(
        "accuracy",
        lambda y, rows: np.mean(np.argmax(rows, axis=1) == y),
        "That is the accuracy, the share of right answers. The loss does not count "
        "answers: it takes minus the logarithm of what the label got.",
    )


def of_the_labels(name: str, probs_of: Callable) -> Mistake:
    """What is computed from the probabilities of the labels in place of the loss.

    `name` is "no logarithm", "one minus the probability", "log of the mean" or
    "e to minus the loss"; `probs_of` takes the inputs and returns the probabilities.
    """
    formula, message = {
        "no logarithm": (
            np.mean,
            "That is the mean probability of the labels. Take minus the logarithm of "
            "each of them before you average.",
        ),
        "one minus the probability": (
            lambda own: np.mean(1 - own),
            "You took what the labels lack to 1. That never exceeds 1, while minus "
            "the logarithm grows without limit.",
        ),
        "log of the mean": (
            lambda own: -np.log(np.mean(own)),
            "You averaged the probabilities first and took one logarithm then. Take "
            "the logarithm of each, and average those.",
        ),
        "e to minus the loss": (
            lambda own: np.exp(np.mean(np.log(own))),
            "That is e to minus the loss: a probability that would cost as much. The "
            "loss itself is asked for, in nats.",
        ),
    }[name]
    return Mistake(name, lambda y, rows: formula(probs_of(y, rows)), message)


def every_class_pays() -> Mistake:
    """The logarithms of all classes, the label unused."""
    return Mistake(
        "label ignored",
        lambda y, probs: -np.mean(np.sum(np.log(probs), axis=1)),
        "You added up the logarithms of all classes. The label keeps one of them, "
        "and drops the others.",
    )


def only_wrong_answers_pay(reduction: str) -> Mistake:
    """Nothing for an answer that is right."""

    def result(y, probs):
        each = cross_entropy(y, probs, reduction="none")
        paid = each * (np.argmax(probs, axis=1) != y)
        return np.mean(paid) if reduction == "mean" else np.sum(paid)

    return Mistake(
        f"only wrong answers pay ({reduction})",
        result,
        "You let only the wrong answers pay. A right one costs something, too, as "
        "long as its label has less than 100 %.",
    )


def own(y: NDArray, probs: NDArray) -> NDArray:
    """The probability of the label in each row."""
    return np.asarray(probs)[np.arange(len(y)), y]


# One-hot rows and softmax


def counted_from_one() -> Mistake:
    """Class numbers read as 1 to k."""
    return Mistake(
        "counted from one",
        lambda y, z: np.eye(z.shape[1])[y - 1],
        "In `labels` the ones stand one column too far to the left. Class 0 is the "
        "first column.",
    )


def columns_for_rows() -> Mistake:
    """One-hot columns."""
    return Mistake(
        "columns for rows",
        lambda y, z: np.eye(z.shape[1])[y].T,
        "In `labels` each example is a column. It should be a row, with one column "
        "for each class.",
    )


def classes_that_occur() -> Mistake:
    """As many columns as the labels need, not as there are classes."""
    return Mistake(
        "classes that occur",
        lambda y, z: np.eye(y.max() + 1)[y],
        "`labels` has too few columns if the last class does not occur. How many "
        "classes there are, the logits know.",
    )


def predicted_for_label() -> Mistake:
    """One-hot rows of the class with the largest logit."""
    return Mistake(
        "predicted class for label",
        lambda y, z: np.eye(z.shape[1])[z.argmax(axis=1)],
        "In `labels` the 1 stands at the largest logit. That is what the model says; "
        "the label is in `y`.",
    )


def powers_not_divided() -> Mistake:
    """The powers of e."""
    return Mistake(
        "not divided",
        lambda y, z: np.exp(z),
        "`probs` holds the powers themselves. Divide each row by its sum.",
    )


def logits_divided() -> Mistake:
    """Logits divided by their sum."""
    return Mistake(
        "logits used as probabilities",
        lambda y, z: z / z.sum(axis=1, keepdims=True),
        "You divided the logits by their sum. Some of them are negative: raise e to "
        "each first, with `np.exp`.",
    )


def one_sigmoid_each() -> Mistake:
    """A sigmoid of each logit by itself."""
    return Mistake(
        "sigmoid for softmax",
        lambda y, z: sigmoid(z),
        "You took the sigmoid of each logit by itself, so the rows do not sum to 1. "
        "Softmax divides each row by the sum of its powers.",
    )


def logarithms_of_probs() -> Mistake:
    """The logarithm taken already."""
    return Mistake(
        "log taken",
        lambda y, z: log_softmax(z),
        "`probs` holds logarithms of probabilities. Leave out the logarithm: it "
        "belongs to the loss.",
    )


def hard_probs() -> Mistake:
    """All probability to the largest logit."""
    return Mistake(
        "argmax for softmax",
        lambda y, z: np.eye(z.shape[1])[z.argmax(axis=1)],
        "`probs` gives everything to the largest logit. Softmax leaves a share to "
        "each class.",
    )


def powers_of_two() -> Mistake:
    """2 raised to the logits."""
    return Mistake(
        "base 2",
        lambda y, z: softmax(z * np.log(2)),
        "You raised 2 to the logits. Softmax raises e: use `np.exp`.",
    )


def softmax_of_softmax() -> Mistake:
    """Softmax of probabilities."""
    return Mistake(
        "softmax twice",
        lambda y, z: softmax(softmax(z)),
        "You applied softmax twice, which makes all probabilities much alike. Once is "
        "enough.",
    )


def labels_after_probs() -> Mistake:
    """The two results in the other order."""
    return Mistake(
        "order",
        lambda y, z: (softmax(z), np.eye(z.shape[1])[y]),
        "Both are right, in the other order: `labels` come first.",
    )


def over_examples(of_probs: Callable = lambda y, p: p, link=softmax) -> Mistake:
    """Softmax down the columns."""
    return Mistake(
        "wrong axis",
        lambda y, z: of_probs(y, link(z.T).T),
        "Your softmax runs over the examples: each column sums to 1. The classes of "
        "one example share its 100 %, so sum over `axis=1`.",
    )


def over_everything(of_probs: Callable = lambda y, p: p, link=softmax) -> Mistake:
    """Softmax over the whole array."""
    return Mistake(
        "whole array",
        lambda y, z: of_probs(y, link(z.reshape(1, -1)).reshape(z.shape)),
        "Your softmax divides by the sum over the whole array. Each row has a sum of "
        "its own: `axis=1` with `keepdims=True`.",
    )


# Two classes


def textbook_of_two(y: NDArray, p: NDArray, reduction: str = "mean"):
    """Both terms as they are written: 0 times the log of 0 is NaN."""
    each = -(y * np.log(p) + (1 - y) * np.log(1 - p))
    return np.mean(each) if reduction == "mean" else each


TWO_CLASSES = {"": binary_cross_entropy, ", as written": textbook_of_two}


def log_of_zero(textbook: Callable, part: str = "") -> Mistake:
    """The formula as it is written."""
    return Mistake(
        f"log of zero{part}",
        textbook,
        "You get NaN where a 0 is multiplied with the logarithm of 0, which is "
        "infinite. What does not happen costs nothing, whatever its probability: "
        "leave those terms out, with `np.where` or by picking.",
    )


def only_label_1_pays(loss: Callable) -> Mistake:
    """The first term alone, by a loss for two classes."""

    def result(y, p):
        if loss is textbook_of_two:
            return -np.mean(y * np.log(p))
        return np.sum(loss(y, p, reduction="none"), where=y == 1) / len(y)

    return Mistake(
        "only label 1 pays",
        result,
        "With you only label 1 pays. For label 0 the loss is −log(1 − p): the "
        "formula has a second term.",
    )


def label_1_for_all() -> Mistake:
    """The logarithm of p, whatever the label."""
    return Mistake(
        "label ignored",
        lambda y, p: -np.mean(np.log(p)),
        "You took the logarithm of p for all examples. For label 0 it is 1 − p that "
        "counts.",
    )


def classes_exchanged(loss: Callable) -> Mistake:
    """The probability taken for that of label 0."""
    return Mistake(
        "classes exchanged",
        lambda y, p: loss(1 - y, p),
        "You took the logarithm of what the other class got. `p` is the probability "
        "of label 1, so for label 1 it is log p.",
    )


def second_term_subtracted() -> Mistake:
    """The two terms with different signs."""
    return Mistake(
        "sign of the second term",
        lambda y, p: np.mean((1 - y) * np.log(1 - p) - y * np.log(p)),
        "The second term has the wrong sign. Both terms have a minus in front: mind "
        "the parentheses.",
    )


def roles_exchanged() -> Mistake:
    """The logarithm of the label."""
    return Mistake(
        "roles exchanged",
        lambda y, p: textbook_of_two(p, y),
        "You took the logarithm of the label. Labels are 0 or 1, and the log of 0 is "
        "infinite: the logarithm belongs to the probability.",
    )


def squared_for_log() -> Mistake:
    """The squared error of the probability."""
    return Mistake(
        "square for log",
        lambda y, p: np.mean((p - y) ** 2),
        "That is the squared error of the probability. Cross-entropy takes minus the "
        "logarithm.",
    )


def mean_over_both(loss: Callable) -> Mistake:
    """Divided by two, as if the terms were averaged."""
    return Mistake(
        "mean over classes",
        lambda y, p: loss(y, p) / 2,
        "You divided by the two classes, too. Their terms are added up; the mean is "
        "taken over the examples only.",
    )


def share_of_two(is_counted: Callable, answers: str) -> Mistake:
    """The share of right or of wrong answers, from a probability of one half on."""
    return Mistake(
        f"share of {answers} answers",
        lambda y, p: np.mean(is_counted(p > 0.5, y == 1)),
        f"That is the share of {answers} answers. The loss does not count answers: it "
        "takes minus the logarithm of what the label got.",
    )


def own_of_two(y: NDArray, p: NDArray) -> NDArray:
    """The probability of what happened."""
    return np.where(y == 1, p, 1 - p)


def clipped(probs_of: Callable) -> Iterator[Mistake]:
    """Probabilities held away from 0, in the ways and by the bounds that are usual."""
    ways = [*product(["clip"], SMALL_BOUNDS), *product(HOLD_AWAY, LARGER_BOUNDS)]
    for way, bound in ways:
        yield Mistake(
            f"clipped, {way} {bound:.1g}",
            lambda y, rows, away=HOLD_AWAY[way], bound=bound: (
                -np.mean(np.log(away(probs_of(y, rows), bound)))
            ),
            "You hold the probabilities away from 0. That hides the loss where it is "
            "largest: leave out the bound.",
        )


# Entropy and divergence


def textbook_entropy(y: NDArray, p: NDArray) -> float:
    """The formula as it is written."""
    return -np.sum(y * np.log(y))


def textbook_divergence(y: NDArray, p: NDArray) -> float:
    """The formula as it is written."""
    return np.sum(y * np.log(y / p))


ENTROPIES = {
    " (entropy)": lambda y, p: entropy(y),
    " (entropy, as written)": textbook_entropy,
}
DIVERGENCES = {
    " (divergence)": kl_divergence,
    " (divergence, as written)": textbook_divergence,
}
BOTH_PARTS = dict(
    zip(
        ("", ", as written"),
        zip(ENTROPIES.values(), DIVERGENCES.values(), strict=True),
        strict=True,
    )
)


def entropy_of_the_prediction(of: Callable) -> Mistake:
    """How unsure the model is, in place of how unsure the label is."""
    return Mistake(
        "entropy of the prediction",
        lambda y, p: of(p, y),
        "That is the entropy of `p`, of what the model says. It is the label `y` whose "
        "entropy no model can remove.",
    )


def cross_entropy_for(part: str) -> Mistake:
    """The whole in place of a part."""
    return Mistake(
        f"cross-entropy for {part}",
        lambda y, p: cross_entropy([y], [p]),
        f"For `{part}` you give the whole cross-entropy. It is the sum of the two "
        "parts.",
    )


def divergence_negative(of: Callable) -> Mistake:
    """Entropy minus cross-entropy."""
    return Mistake(
        "subtracted the wrong way",
        lambda y, p: -of(y, p),
        "Your divergence is negative, and it never can be. It is the cross-entropy "
        "minus the entropy, or the logarithm of y / p, not of p / y.",
    )


def other_direction(of: Callable) -> Mistake:
    """The divergence with the roles exchanged."""
    return Mistake(
        "roles exchanged",
        lambda y, p: of(p, y),
        "You exchanged the roles: that is the divergence if `p` were true and `y` "
        "expected. It is not symmetric, so the order counts.",
    )


def logs_of_shares(y: NDArray, p: NDArray) -> float:
    """The logarithms of the shares, added up as they are."""
    return -np.sum(np.log(y))


def logs_of_ratios(y: NDArray, p: NDArray) -> float:
    """The logarithms of the quotients, added up as they are."""
    return np.sum(np.log(y / p))


def shares_forgotten(logs: Callable, part: str) -> Mistake:
    """The logarithms, without the shares in front."""
    return Mistake(
        f"shares forgotten in the {part}",
        logs,
        f"For `{part}` you added up the logarithms as they are. Weigh each of them "
        "with its share `y` first.",
    )


def averaged_over_classes(part: Callable) -> Mistake:
    """The mean over the classes."""
    return Mistake(
        "mean over classes",
        lambda y, p: part(y, p) / len(y),
        "You took the mean over the classes. Their shares weigh them already: add up.",
    )


def entropies_subtracted() -> Mistake:
    """The difference of two entropies."""
    return Mistake(
        "difference of entropies",
        lambda y, p: entropy(p) - entropy(y),
        "You subtracted the entropy of `y` from that of `p`. Subtract it from the "
        "cross-entropy, which has `y` in front of the log and `p` inside.",
    )


def parts_swapped(parts: tuple[Callable, Callable]) -> Mistake:
    """The two parts in the other order."""
    h, d = parts
    return Mistake(
        "order",
        lambda y, p: (d(y, p), h(y, p)),
        "Both numbers are there, in the other order: the entropy comes first.",
    )


def bounded_divergence() -> Iterator[Mistake]:
    """A little added, so that the logarithm never meets 0."""
    for bound in (*SMALL_BOUNDS, *LARGER_BOUNDS):
        yield Mistake(
            f"clipped, {bound:.1g}",
            lambda y, p, e=bound: np.sum(y * np.log((y + e) / (p + e))),
            "You hold the probabilities away from 0. To expect with 0 what does happen "
            "costs infinity, and a bound hides it: leave it out.",
        )
