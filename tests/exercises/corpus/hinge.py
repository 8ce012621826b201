"""Answers to the exercises on the hinge loss, as learners write them."""

import math
import warnings

import numpy as np

from lossbook import binary_cross_entropy_from_logits, hinge, hinge_grad, sigmoid
from lossbook.gradcheck import numerical_gradient


def textbook(y, s):
    return np.mean(np.maximum(0, 1 - y * s))


def hinge_at(margin):
    return np.maximum(0, 1 - margin)


def loop_hinge(y, scores):
    total = 0
    for label, score in zip(y, scores, strict=True):
        if label * score < 1:
            total += 1 - label * score
    return total / len(y)


def printing_hinge(y, scores):
    print(y * scores)
    return textbook(y, scores)


def warning_hinge(y, scores):
    warnings.warn("kink ahead", RuntimeWarning, stacklevel=1)
    return textbook(y, scores)


def masking_hinge(y, scores):
    missing = 1 - y * scores
    missing[missing < 0] = 0
    return missing.mean()


def masking_the_argument(y, scores):
    scores *= y
    scores[scores > 1] = 1
    return np.mean(1 - scores)


def prints_only(y, scores):
    print(textbook(y, scores))


def loop_labels(is_spam, scores):
    return hinge([1 if spam else -1 for spam in is_spam], scores)


def measured_right(y, s):
    return numerical_gradient(lambda t: textbook(y, t), s)


def derived_as(derive):
    """A gradient with this derivation, and measured as it should be."""
    return lambda y, s: (derive(y, s), measured_right(y, s))


def derived_right(y, s):
    return np.where(y * s < 1, -y, 0) / len(y)


def measured_as(measure):
    """A gradient that is derived as it should be, and measured so."""
    return lambda y, s: (derived_right(y, s), measure(y, s))


def one_sided(step):
    """Measured by a difference to one side."""

    def measure(y, s):
        measured = np.zeros(len(s))
        for i in range(len(s)):
            moved = s.copy()
            moved[i] += step
            measured[i] = (textbook(y, moved) - textbook(y, s)) / step
        return measured

    return measure


def two_sided_by_hand(y, s):
    return (one_sided(1e-6)(y, s) + one_sided(-1e-6)(y, s)) / 2


measured_by_hand = measured_as(two_sided_by_hand)


def loop_gradient(y, scores):
    derived = []
    for label, score in zip(y, scores, strict=True):
        derived.append(0 if label * score >= 1 else -label / len(y))
    return derived, measured_right(y, scores).tolist()


def loop_vectors(w, b, x, y):
    found = []
    for row, label in zip(x, y, strict=True):
        found.append(label * (sum(w * row) + b) <= 1)
    return found


def step(slopes):
    """A step with slopes in w and b of one's own."""

    def svm_step(w, b, x, y, learning_rate, l2):
        slope_w, slope_b = slopes(w, b, x, y, l2)
        return w - learning_rate * slope_w, b - learning_rate * slope_b

    return svm_step


def both_slopes(w, b, x, y, l2):
    pull = hinge_grad(y, x @ w + b)
    return pull @ x + l2 * w, pull.sum()


def step_as_in_the_chapter(w, b, x, y, learning_rate, l2):
    slope = hinge_grad(y, x @ w + b)
    w -= learning_rate * (slope @ x + l2 * w)
    b -= learning_rate * slope.sum()
    return w, b


def bias_first(w, b, x, y, learning_rate, l2):
    b = b - learning_rate * hinge_grad(y, x @ w + b).sum()
    return w - learning_rate * (hinge_grad(y, x @ w + b) @ x + l2 * w), b


def weights_first(w, b, x, y, learning_rate, l2):
    w = w - learning_rate * (hinge_grad(y, x @ w + b) @ x + l2 * w)
    return w, b - learning_rate * hinge_grad(y, x @ w + b).sum()


def step_in_a_loop(w, b, x, y, learning_rate, l2):
    slope_w, slope_b = l2 * w, 0
    for row, label in zip(x, y, strict=True):
        if label * (row @ w + b) < 1:
            slope_w = slope_w - label * row / len(y)
            slope_b = slope_b - label / len(y)
    return w - learning_rate * slope_w, b - learning_rate * slope_b


def measured_step(w, b, x, y, learning_rate, l2):
    def objective(v):
        return textbook(y, x @ v[:-1] + v[-1]) + l2 / 2 * (v[:-1] @ v[:-1])

    start = np.append(w, b)
    new = start - learning_rate * numerical_gradient(objective, start)
    return new[:-1], new[-1]


def shrinking_step(w, b, x, y, learning_rate, l2):
    pull = hinge_grad(y, x @ w + b)
    return (
        (1 - learning_rate * l2) * w - learning_rate * x.T @ pull,
        b - learning_rate * pull.sum(),
    )


def with_penalty(penalty, loss=hinge):
    return lambda w, b, x, y, l2: loss(y, x @ w + b) + l2 * penalty(w, b)


def margins_that(holds):
    return lambda w, b, x, y: holds(y * (x @ w + b))


def of_two_classes(y, s):
    """As if the lower label were always -1."""
    return textbook(np.where(y == y.max(), 1, -1), s)


def as_scikit_learn_reads_it(y, s):
    """Like `hinge_loss` there: the first of the labels that occur is taken for -1."""
    return textbook(np.where(y == np.unique(y)[0], -1, 1), s)


def measures_for_nothing(y, s):
    numerical_gradient(lambda t: textbook(y, t), s)
    at_kink = np.where(y * s == 1, -y / 2 / len(y), derived_right(y, s))
    return derived_right(y, s), at_kink * (1 + 1e-9)


WRONG = {
    "five_mails": [
        (1.12, "loss of each email"),
        ([-1.5, 0.6, 2.5, 1.7, 0.8], "gets nothing back"),
        ([0, 1.4, 2.5, 0.3, 0.8], "every label as +1"),
        ([0, 0, 2, 2, 0], "predicted class"),
        ([0, 1, 2.5, 1, 0.8], "drops out of the product"),
        ([0, 0.36, 6.25, 2.89, 0.64], "squared"),
        ([0, 0, 1.5, 0.7, 0], "Right ones that are too close"),
        ([3.5, 1.4, 0, 0.3, 1.2], "not 1 plus it"),
        ([1.5, 0.6, 2.5, 1.7, 0.8], "size of what is missing"),
        ([-1.5, 0, 0, 0, 0], "the smaller of 0"),
        ([0.08, 1.4, 0.82, 1.67, 0.45], "made probabilities"),
        ([2.5, 0.4, -1.5, -0.7, 0.2], "Those are the margins"),
        ([0, 0.6, 2.5, 1.7, 0.9], "`[4]`, that is too large"),
        ([0, 0.6, 2.5, 1.7], "an array of 4, where an array of 5"),
        (5.6, "one number"),
        ("0, 0.6", "is text"),
        (None, "value itself"),
        ((0, 0, 6, 2, 5, 1, 7, 0, 8), "write 0.6, with a point"),
        ([0, 0.6, 2.5, 1.7, 0, 8], "write 0.8, with a point"),
        ([1.5, 0, 0, 0, 0], "what is left over"),
        ([0, 0.6, 1, 1, 0.8], "cut the loss off at 1"),
        ([0, 0.6, 0, 0.3, 0.8], "size of the score"),
        ([2.5, 0.4, 3.5, 2.7, 0.2], "an entry"),
        ([False, True, True, True, True], "where numbers are wanted"),
        (iter([0, 0.6, 2.5, 1.7, 0.8]), "gives its values only once"),
    ],
    "mean_hinge": [
        (lambda y, s: np.maximum(0, 1 - y * s).sum(), "divides by their number"),
        (lambda y, s: np.maximum(0, 1 - y * s).mean() / len(y), "twice"),
        (lambda y, s: np.maximum(0, 1 - y * s), "loss of each example"),
        (lambda y, s: -np.maximum(0, 1 - y * s).mean(), "leave out the minus"),
        (lambda y, s: np.mean(1 - y * s), "gets nothing back"),
        (lambda y, s: max(0, np.mean(1 - y * s)), "averaged first"),
        (lambda y, s: max(0, *(1 - y * s)), "largest of the losses"),
        (lambda y, s: np.minimum(0, 1 - y * s).mean(), "the smaller of 0"),
        (lambda y, s: np.maximum(0, 1 - s).mean(), "every label as +1"),
        (lambda y, s: textbook(y, np.sign(s)), "predicted class"),
        (lambda y, s: textbook(y, np.where(s > 0, 1, -1)), "predicted class"),
        (lambda y, s: textbook(y, sigmoid(s)), "made probabilities"),
        (lambda y, s: textbook((y + 1) / 2, s), "took 0 for the label"),
        (lambda y, s: textbook(y > 0, s), "took 0 for the label"),
        (lambda y, s: np.mean(np.maximum(0, 1 - y * s) ** 2), "squared hinge loss"),
        (lambda y, s: np.mean(np.maximum(0, -y * s)), "only wrong answers pay"),
        (lambda y, s: np.mean(np.maximum(0, 1 + y * s)), "not 1 plus it"),
        (lambda y, s: np.mean(abs(1 - y * s)), "size of what is missing"),
        (lambda y, s: np.mean(abs(y - s)), "size of what is missing"),
        (lambda y, s: np.mean([1 - m for m in y * s if m < 1]), "those who pay"),
        (lambda y, s: np.mean(np.log1p(np.exp(-y * s))), "logistic loss"),
        (lambda y, s: np.mean(np.maximum(0, 1 - y * np.tanh(s))), "your function"),
        (lambda y, s: np.mean(y != np.sign(s)), "share of wrong answers"),
        (lambda y, s: np.mean(y == np.sign(s)), "the accuracy"),
        (lambda y, s: textbook(y, s) / 2, "0.5 times"),
        (lambda y, s: np.maximum(0, 1 - y * s).sum() / 3, "Is 3 written"),
        (lambda y, s: np.mean((y - s) ** 2), "your function returns"),
        (lambda y, s: np.mean(np.max(0, 1 - y * s)), "takes the larger of two"),
        (lambda y, s: np.mean(max(0, 1 - y * s)), "decide about one value"),
        (lambda y, s: 0.975, "same result for every input"),
        (masking_the_argument, "changes an array"),
        (prints_only, "prints its result"),
        (lambda y, s: None, "Did you forget `return`?"),
        (0.975, "without parentheses"),
        (lambda y, s: np.mean(np.maximum(0, y * s - 1)), "what is left over"),
        (lambda y, s: np.mean(np.clip(1 - y * s, 0, 1)), "cut the loss off at 1"),
        (lambda y, s: np.mean(np.maximum(0, 1 - (y - s))), "label times score"),
        (lambda y, s: np.mean(np.maximum(0, 1 - abs(s))), "size of the score"),
        (lambda y, s: np.mean(np.maximum(0, 1 - abs(y * s))), "size of the score"),
        (of_two_classes, "the same label"),
        (as_scikit_learn_reads_it, "the same label"),
        (lambda y, s: textbook(y, s) if len(set(y)) > 1 else 0.0, "the same label"),
        (lambda y, s: round(textbook(y, s), 3), "rounded"),
        (lambda y, s: round(textbook(y, s), 6), "rounded"),
        (lambda y, s: int(textbook(y, s)), "cut off"),
        (lambda y, s: textbook(y, s) // 1, "cut off"),
        (lambda y, s: (textbook(y, s),), "ends in a comma"),
        (lambda y, s: max(0, 1 - y * s), "decide about one value"),
        (lambda y, s: np.max(0, 1 - y * s), "takes the larger of two"),
        (lambda y, s: np.mean(1 - y * s if y * s < 1 else 0), "decide about one value"),
        (lambda y, s: y[len(y)] * s[0], "one less than"),
    ],
    "filter_loss": [
        (lambda c, s: hinge(c, s), "ValueError"),
        (lambda c, s: textbook(c, s), "as they are"),
        (lambda c, s: hinge(1 - 2 * c, s), "spam is +1"),
        (lambda c, s: hinge(np.where(c == 0, 1, -1), s), "spam is +1"),
        (lambda c, s: textbook(c - 1, s), "−1 and 0"),
        (lambda c, s: np.mean(c * np.maximum(0, 1 - s)), "wanted emails cost nothing"),
        (lambda c, s: binary_cross_entropy_from_logits(c, s), "binary cross-entropy"),
        (lambda c, s: hinge(2 * c - 1, sigmoid(s)), "made probabilities"),
        (lambda c, s: hinge(2 * c - 1, 2.0 * (s > 0) - 1), "predicted class"),
        (lambda c, s: hinge(2 * c - 1, s, reduction="sum"), "divides by their number"),
        (lambda c, s: hinge(2 * c - 1, s, reduction="none"), "loss of each example"),
        (lambda c, s: hinge(s, 2 * c - 1), "ValueError"),
        (lambda c, s: hinge(2 * c - 1, s) / len(c), "twice"),
        (lambda c, s: -hinge(2 * c - 1, s), "a minus missing"),
        (lambda c, s: hinge(np.where(c == c.max(), 1, -1), s), "the same label"),
        (lambda c, s: hinge(np.where(c == c.min(), -1, 1), s), "the same label"),
        (lambda c, s: np.mean((1 - c) * np.maximum(0, 1 + s)), "spam costs nothing"),
        (lambda c, s: round(hinge(2 * c - 1, s), 4), "rounded"),
        (lambda c, s: hinge(c, s), "ValueError"),
        (lambda c, s: hinge(2 * c.tolist() - 1, s), "Lists cannot"),
    ],
    "support_vectors": [
        (margins_that(lambda m: m < 1), "1 or less"),
        (lambda w, b, x, y: abs(x @ w + b) <= 1, "not at the size of the score"),
        (margins_that(lambda m: m < 0), "Right ones that are too close"),
        (margins_that(lambda m: (m > 0) & (m <= 1)), "less than 1 too"),
        (margins_that(lambda m: np.isclose(m, 1)), "exactly on the edge"),
        (margins_that(lambda m: m > 1), "without a say"),
        (lambda w, b, x, y: x @ w + b <= 1, "compared the scores"),
        (lambda w, b, x, y: y * (x @ w) <= 1, "lack the bias"),
        (margins_that(lambda m: (m <= 1).sum()), "how many"),
        (margins_that(lambda m: np.flatnonzero(m <= 1)), "where they stand"),
        (margins_that(lambda m: np.where(m <= 1)[0]), "where they stand"),
        (margins_that(lambda m: m), "return the margins"),
        (lambda w, b, x, y: x[y * (x @ w + b) <= 1], "has shape"),
        (margins_that(lambda m: m >= 1), "your function returns"),
        (margins_that(lambda m: m <= 0.5), "your function returns"),
        (lambda w, b, x, y: y * (w @ x + b) <= 1, "stopped with an error"),
        (margins_that(lambda m: m <= 0.5), "should be `True`"),
        (margins_that(lambda m: m <= 2), "should be `False`"),
        (margins_that(lambda m: m == m), "should be `False`"),
        (margins_that(lambda m: [v <= 1 for v in m][:-1]), "an array of"),
        (margins_that(lambda m: all(m <= 1)), "one number"),
        (margins_that(lambda m: m.tolist() <= 1), "Lists cannot"),
    ],
    "penalised": [
        (with_penalty(lambda w, b: 0), "without the penalty"),
        (with_penalty(lambda w, b: w @ w), "½ in front"),
        (with_penalty(lambda w, b: (w @ w + b**2) / 2), "penalise the bias"),
        (with_penalty(lambda w, b: np.linalg.norm(w) / 2), "with its root"),
        (with_penalty(lambda w, b: abs(w).sum() / 2), "sizes of the weights"),
        (with_penalty(lambda w, b: sum(w) ** 2 / 2), "squared then"),
        (with_penalty(lambda w, b: np.mean(w**2) / 2), "averaged the squared"),
        (with_penalty(lambda w, b: -(w @ w) / 2), "It is a price"),
        (
            lambda w, b, x, y, l2: (
                hinge(y, x @ w + b, reduction="sum") + l2 / 2 * (w @ w)
            ),
            "Take their mean",
        ),
        (
            lambda w, b, x, y, l2: (
                (hinge(y, x @ w + b, reduction="sum") + l2 / 2 * (w @ w)) / len(y)
            ),
            "Only the losses",
        ),
        (lambda w, b, x, y, l2: hinge(y, x @ w) + l2 / 2 * (w @ w), "lack the bias"),
        (lambda w, b, x, y, l2: l2 / 2 * (w @ w), "penalty alone"),
        (with_penalty(lambda w, b: w**2 / 2), "one number is wanted"),
        (
            with_penalty(
                lambda w, b: w @ w / 2, lambda y, s: hinge(y, s, reduction="none")
            ),
            "loss of each email",
        ),
        (
            with_penalty(lambda w, b: w @ w / 2, lambda y, s: np.mean(1 - y * s)),
            "gets nothing back",
        ),
        (
            with_penalty(
                lambda w, b: w @ w / 2, lambda y, s: np.mean(np.maximum(0, 1 - s))
            ),
            "every label as +1",
        ),
        (
            with_penalty(
                lambda w, b: w @ w / 2,
                lambda y, s: np.mean(np.maximum(0, 1 - y * s) ** 2),
            ),
            "squared what is missing",
        ),
        (lambda *a: round(with_penalty(lambda w, b: w @ w / 2)(*a), 3), "rounded"),
    ],
    "why_a_penalty": [
        ("...", "three dots"),
        (["it", "is", "good"], "in quotes"),
        ("Because large weights are bad.", "Compare yours"),
    ],
    "gradient": [
        (derived_as(lambda y, s: -derived_right(y, s)), "turned round"),
        (derived_as(lambda y, s: len(y) * derived_right(y, s)), "1/n"),
        (derived_as(lambda y, s: -y / len(y)), "every example has a slope"),
        (derived_as(lambda y, s: np.where(y * s < 0, -y, 0) / len(y)), "not of 0"),
        (derived_as(lambda y, s: np.where(y * s > 1, -y, 0) / len(y)), "two sides"),
        (
            derived_as(lambda y, s: -y * np.maximum(0, 1 - y * s) / len(y)),
            "straight line",
        ),
        (
            derived_as(lambda y, s: -2 * y * np.maximum(0, 1 - y * s) / len(y)),
            "squared hinge",
        ),
        (derived_as(lambda y, s: np.where(y * s < 1, -1, 0) / len(y)), "label −1"),
        (derived_as(lambda y, s: np.where(s < 1, -y, 0) / len(y)), "the score with 1"),
        (derived_as(lambda y, s: np.where(y * s < 1, -s, 0) / len(y)), "in the label"),
        (derived_as(lambda y, s: derived_right(y, s).sum()), "one number"),
        (
            derived_as(lambda y, s: np.where(y * s <= 1, -y, 0) / len(y)),
            "any slope between the two",
        ),
        (derived_as(measured_right), "any slope between the two"),
        (derived_as(lambda y, s: np.where(y * s < 1, -y, 0) / 3), "`derived`"),
        (
            measured_as(
                lambda y, s: numerical_gradient(lambda t: len(y) * textbook(y, t), s)
            ),
            "return their mean",
        ),
        (
            measured_as(lambda y, s: numerical_gradient(lambda t: textbook(t, s), y)),
            "labels moved",
        ),
        (
            measured_as(lambda y, s: numerical_gradient(lambda t: textbook(y, t), y)),
            "Measure at `scores`",
        ),
        (
            measured_as(
                lambda y, s: numerical_gradient(
                    lambda t: np.mean(np.maximum(0, 1 - y * t) ** 2), s
                )
            ),
            "Leave out the square",
        ),
        (measured_as(derived_right), "was not measured"),
        (measured_as(hinge_grad), "was not measured"),
        (measured_as(one_sided(1e-6)), "one side only"),
        (measured_as(one_sided(-1e-6)), "one side only"),
        (
            measured_as(
                lambda y, s: numerical_gradient(lambda t: np.maximum(0, 1 - y * t), s)
            ),
            "returns one number",
        ),
        (measured_as(lambda y, s: ...), "Still to be written: `measured`"),
        (
            measured_as(
                lambda y, s: numerical_gradient(
                    lambda t: np.mean(np.maximum(0, 1 - y * s)), s
                )
            ),
            "All that you measured is 0",
        ),
        (derived_right, "2 results (derived, measured)"),
        (measures_for_nothing, "same to the last digit"),
        (lambda y, s: (measured_right(y, s), measured_right(y, s)), "the kink"),
        (
            measured_as(
                lambda y, s: np.where(y * s == 1, -y / 2, -y * (y * s < 1)) / len(y)
            ),
            "same to the last digit",
        ),
        (measured_as(lambda y, s: numerical_gradient(hinge, s)), "with one argument"),
        (
            measured_as(lambda y, s: numerical_gradient(hinge(y, s), s)),
            "function first",
        ),
        (measured_as(lambda y, s: numerical_gradient(hinge(y, t), s)), "lambda"),  # noqa: F821
        (
            measured_as(
                lambda y, s: numerical_gradient(lambda t: np.maximum(0, 1 - y * t), s)
            ),
            "returns one number",
        ),
    ],
    "svm_step": [
        (step(lambda *a: [-s for s in both_slopes(*a)]), "Go against it"),
        (lambda w, b, x, y, r, l2: step(both_slopes)(w, b, x, y, 1, l2), "Multiply"),
        (step(lambda w, b, x, y, l2: both_slopes(w, b, x, y, 0)), "the loss alone"),
        (
            step(
                lambda w, b, x, y, l2: (
                    both_slopes(w, b, x, y, l2)[0],
                    hinge_grad(y, x @ w + b).sum() + l2 * b,
                )
            ),
            "penalise the bias",
        ),
        (step(lambda w, b, x, y, l2: both_slopes(w, b, x, y, 2 * l2)), "twice as hard"),
        (step(lambda w, b, x, y, l2: both_slopes(w, b, x, y, l2 / 2)), "half as hard"),
        (step(lambda w, b, x, y, l2: both_slopes(w, b, x, y, -l2)), "weights larger"),
        (
            lambda w, b, x, y, r, l2: (
                w - r * hinge_grad(y, x @ w + b) @ x - l2 * w,
                b - r * hinge_grad(y, x @ w + b).sum(),
            ),
            "without the learning rate",
        ),
        (
            step(lambda w, b, x, y, l2: both_slopes(w, b, x, y, l2 / len(y))),
            "Only the losses are averaged",
        ),
        (
            step(
                lambda w, b, x, y, l2: (
                    both_slopes(w, b, x, y, 0)[0] + l2 / 2 * sum(w**2),
                    hinge_grad(y, x @ w + b).sum(),
                )
            ),
            "the penalty itself",
        ),
        (
            step(
                lambda w, b, x, y, l2: (
                    hinge_grad(y, x @ w + b, reduction="sum") @ x + l2 * w,
                    hinge_grad(y, x @ w + b, reduction="sum").sum(),
                )
            ),
            "n times too steep",
        ),
        (
            step(
                lambda w, b, x, y, l2: (
                    hinge_grad(y, x @ w + b) @ x / len(y) + l2 * w,
                    hinge_grad(y, x @ w + b).mean(),
                )
            ),
            "averaged over the emails twice",
        ),
        (
            step(lambda w, b, x, y, l2: (-y @ x / len(y) + l2 * w, -y.mean())),
            "every email pulls",
        ),
        (
            step(
                lambda w, b, x, y, l2: (
                    both_slopes(w, b, x, y, l2)[0],
                    hinge_grad(y, x @ w + b),
                )
            ),
            "one number is wanted",
        ),
        (
            step(
                lambda w, b, x, y, l2: (
                    hinge_grad(y, x @ w + b).sum() + l2 * w,
                    hinge_grad(y, x @ w + b).sum(),
                )
            ),
            "each slope with its row",
        ),
        (
            step(
                lambda w, b, x, y, l2: (
                    hinge_grad(y, x @ w) @ x + l2 * w,
                    hinge_grad(y, x @ w).sum(),
                )
            ),
            "lack the bias",
        ),
        (lambda w, b, *rest: (step(both_slopes)(w, b, *rest)[0], b), "where it was"),
        (lambda w, b, x, y, r, l2: both_slopes(w, b, x, y, l2), "return the slopes"),
        (lambda *a: step(both_slopes)(*a)[::-1], "in another order"),
        (bias_first, "You moved `b`, and then scored again"),
        (weights_first, "You moved `w`, and then scored again"),
        (lambda *a: step(both_slopes)(*a)[0], "2 results (w, b)"),
        (step_as_in_the_chapter, "changes an array"),
        (
            step(
                lambda w, b, x, y, l2: (
                    l2 * w - hinge_grad(y, x @ w + b) @ x,
                    -both_slopes(w, b, x, y, l2)[1],
                )
            ),
            "the loss rises",
        ),
        (lambda *a: tuple(np.round(v, 3) for v in step(both_slopes)(*a)), "rounded"),
        (lambda *a: (yield step(both_slopes)(*a)), "says `yield`"),
    ],
}

RIGHT = {
    "five_mails": [
        [0, 0.6, 2.5, 1.7, 0.8],
        (0.0, 0.6, 2.5, 1.7, 0.8),
        np.float32([0, 0.6, 2.5, 1.7, 0.8]),
        hinge([1, -1, 1, -1, 1], [2.5, -0.4, -1.5, 0.7, 0.2], reduction="none"),
    ],
    "mean_hinge": [
        hinge,
        loop_hinge,
        printing_hinge,
        warning_hinge,
        masking_hinge,
        lambda y, s: np.clip(1 - y * s, 0, None).mean(),
        lambda y, s: np.mean(np.where(y * s < 1, 1 - y * s, 0)),
        lambda y, s: np.mean((1 - y * s) * (y * s <= 1)),
        lambda y, s: np.mean(1 - y * s + abs(1 - y * s)) / 2,
        lambda y, s: 1 - np.minimum(1, y * s).mean(),
        lambda y, s: np.float32(textbook(y, s.astype("f4"))),
        lambda y, s: np.array(textbook(y, s)),
        lambda y, s: math.fsum(max(0, 1 - a * b) for a, b in zip(y, s)) / len(y),  # noqa: B905
    ],
    "filter_loss": [
        loop_labels,
        lambda c, s: hinge(np.where(c == 1, 1, -1), s),
        lambda c, s: textbook(np.sign(c - 0.5), s),
        lambda c, s: hinge((-1) ** (1 - c), s),
        lambda c, s: np.mean(np.where(c, hinge_at(s), hinge_at(-s))),
    ],
    "support_vectors": [
        loop_vectors,
        margins_that(lambda m: ~(m > 1)),
        margins_that(lambda m: m < 1.01),
        margins_that(lambda m: (m <= 1).astype(int)),
        margins_that(lambda m: (m <= 1).tolist()),
        lambda w, b, x, y: (x * w).sum(axis=1) * y + b * y <= 1,
    ],
    "penalised": [
        with_penalty(lambda w, b: np.linalg.norm(w) ** 2 / 2),
        with_penalty(lambda w, b: sum(w**2) / 2),
        with_penalty(lambda w, b: 0.5 * np.dot(w, w), loss=textbook),
        lambda w, b, x, y, l2: np.float32(hinge(y, x @ w + b) + l2 * w @ w / 2),
    ],
    "why_a_penalty": [],
    "gradient": [
        loop_gradient,
        derived_as(hinge_grad),
        derived_as(lambda y, s: -y * (y * s < 1) / len(y)),
        derived_as(lambda y, s: np.float32(derived_right(y, s))),
        measured_as(lambda y, s: numerical_gradient(lambda t: hinge(y, t), s)),
        measured_by_hand,
    ],
    "svm_step": [
        step(both_slopes),
        step_in_a_loop,
        measured_step,
        shrinking_step,
        lambda *a: list(step(both_slopes)(*a)),
    ],
}

# Right, but few digits of single precision are left where large numbers cancel.
ONLY_IN_DOUBLE_PRECISION = (measured_by_hand,)
