"""Answers to the exercises on the cross-entropy, as learners write them."""

import math
import warnings
from fractions import Fraction

import numpy as np

from lossbook import (
    binary_cross_entropy,
    cross_entropy,
    cross_entropy_from_logits,
    cross_entropy_from_logits_grad,
    entropy,
    kl_divergence,
    log_softmax,
    softmax,
    training,
)
from lossbook.gradcheck import numerical_gradient


def one_hot(y, z):
    return np.eye(np.shape(z)[1])[y]


def plain_softmax(z, axis=1):
    e = np.exp(z)
    return e / e.sum(axis=axis, keepdims=True)


def safe_softmax(z):
    return plain_softmax(z - z.max(axis=1, keepdims=True))


# Rows


def encoded(labels=one_hot, probs=lambda y, z: plain_softmax(z)):
    return lambda y, z: (labels(y, z), probs(y, z))


def encoded_in_loops(y, z):
    labels, probs = [], []
    for c, row in zip(y, z, strict=True):
        labels.append([1 if j == c else 0 for j in range(len(row))])
        total = sum(math.exp(v) for v in row)
        probs.append([math.exp(v) / total for v in row])
    return labels, probs


def sums_without_keepdims(y, z):
    e = np.exp(z)
    return one_hot(y, z), e / e.sum(axis=1)


def encoded_in_place(y, z):
    np.exp(z, out=z)
    z /= z.sum(axis=1, keepdims=True)
    return one_hot(y, z), z


# Two classes


def textbook(y, p, log=np.log):
    return -np.mean(y * log(p) + (1 - y) * log(1 - p))


def two_in_a_loop(y, p):
    total = 0
    for label, chance in zip(y, p, strict=True):
        happened = chance if label == 1 else 1 - chance
        total += math.inf if happened == 0 else -math.log(happened)
    return total / len(y)


def two_with_a_warning(y, p):
    print("labels", y)
    warnings.warn("careful", RuntimeWarning, stacklevel=1)
    return np.log(1 / np.abs(1 - y - p)).mean()


def two_terms_where_they_count(y, p):
    ones = np.log(p, where=y == 1, out=np.zeros(len(y)))
    zeros = np.log(1 - p, where=y == 0, out=np.zeros(len(y)))
    return -(ones + zeros).mean()


def log_that_stops_at_zero(y, p):
    return -sum(math.log(b if a else 1 - b) for a, b in zip(y, p, strict=True)) / len(y)


def clipped_two(y, p, bound=1e-15):
    return textbook(y, np.clip(p, bound, 1 - bound))


# Entropy and divergence


def parts_by_hand(y, p):
    h = sum(-a * math.log(a) for a in y if a > 0)
    pairs = [(a, b) for a, b in zip(y, p, strict=True) if a > 0]
    d = sum(math.inf if b == 0 else a * math.log(a / b) for a, b in pairs)
    return h, d


def parts_with_where(y, p):
    h = -np.where(y > 0, y * np.log(np.where(y > 0, y, 1)), 0).sum()
    ratio = np.where(y > 0, y / p, 1)
    return np.float32(h), np.array((y * np.log(ratio)).sum())


def parts_in_bits_converted(y, p):
    y, p = y[y > 0], p[y > 0]
    h = -y @ np.log2(y) * np.log(2)
    return [h, -y @ np.log2(p) * np.log(2) - h]


def split(h=lambda y, p: entropy(y), d=kl_divergence):
    return lambda y, p: (h(y, p), d(y, p))


# From logits


def picked(y, table):
    return table[range(len(y)), y]


def stable(y, z):
    top = z.max(axis=1)
    return np.mean(top + np.log(np.exp(z - top[:, None]).sum(axis=1)) - picked(y, z))


def unshifted(y, z):
    return np.mean(np.log(np.exp(z).sum(axis=1)) - picked(y, z))


def stable_in_a_loop(y, z):
    total = 0.0
    for c, row in zip(y.tolist(), z.tolist(), strict=True):
        total += math.log(sum(math.exp(v - max(row)) for v in row)) + max(row) - row[c]
    return total / len(y)


def loop_that_overflows(y, z):
    total = 0.0
    for c, row in zip(y.tolist(), z.tolist(), strict=True):
        total -= math.log(math.exp(row[c]) / sum(math.exp(v) for v in row))
    return total / len(y)


def stable_in_place(y, z):
    z -= z.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(z).sum(axis=1)) - picked(y, z))


def only_prints(y, z):
    print(stable(y, z))


# The gradient


def measure(y, z):
    return numerical_gradient(lambda z: cross_entropy_from_logits(y, z), z)


def derived_as(derive):
    return lambda y, z: (derive(y, z), measure(y, z))


def measured_as(measure):
    return lambda y, z: (cross_entropy_from_logits_grad(y, z), measure(y, z))


def p_minus_y(y, z):
    return (plain_softmax(z) - one_hot(y, z)) / len(y)


def minus_one_in_place(y, z):
    p = softmax(z)
    p[np.arange(len(y)), y] -= 1
    return p / len(y)


def entry_by_entry(y, z):
    slopes = np.zeros(z.shape)
    for i, row in enumerate(softmax(z)):
        for j, p in enumerate(row):
            slopes[i, j] = (p - (j == y[i])) / len(y)
    return slopes.tolist()


# Digits


def fit(x, y, rate, steps, slope=cross_entropy_from_logits_grad, sign=-1, bias=True):
    w, b = np.zeros((x.shape[1], 10)), np.zeros(10)
    for _ in range(steps):
        s = slope(y, x @ w + b)
        w = w + sign * rate * x.T @ s
        b = b + sign * rate * s.sum(axis=0) * bias
    return lambda x: x @ w + b


def shares_of(y):
    return np.bincount(y, minlength=10) / len(y)


def baseline_loss(y, y_new):
    return -np.log(shares_of(y)[y_new]).mean()


def reader(loss=cross_entropy_from_logits, baseline=baseline_loss, **how):
    def read_digits(x, y, x_new, y_new, rate, steps):
        model = fit(x, y, rate, steps, **how)
        return loss(y_new, model(x_new)), baseline(y, y_new)

    return read_digits


def reader_with_a_column_of_ones(x, y, x_new, y_new, rate, steps):
    ones = np.ones((len(x), 1))
    x, x_new = np.hstack([x, ones]), np.hstack([x_new, np.ones((len(x_new), 1))])
    w = np.zeros((65, 10))
    for _ in range(steps):
        w -= rate * x.T @ (softmax(x @ w) - np.eye(10)[y]) / len(y)
    baseline = sum(-math.log(np.mean(y == d)) for d in y_new) / len(y_new)
    return [np.mean(-log_softmax(x_new @ w)[range(len(y_new)), y_new]), baseline]


def reader_by_training(x, y, x_new, y_new, rate, steps):
    fitted = training.train(x, y, "cross_entropy", learning_rate=rate, steps=steps)
    trained = cross_entropy_from_logits(y_new, fitted.model.output(x_new))
    return np.array([trained, baseline_loss(y, y_new)])


def judged_by_what_it_saw(x, y, x_new, y_new, rate, steps):
    return cross_entropy_from_logits(y, fit(x, y, rate, steps)(x)), baseline_loss(
        y, y_new
    )


def one_step_too_many(x, y, x_new, y_new, rate, steps):
    return reader()(x, y, x_new, y_new, rate, steps + 1)


def tilted_start(x, y, x_new, y_new, rate, steps):
    w = np.full((64, 10), 0.01) * np.arange(10)
    for _ in range(steps):
        w -= rate * x.T @ cross_entropy_from_logits_grad(y, x @ w)
    return cross_entropy_from_logits(y_new, x_new @ w), baseline_loss(y, y_new)


def bias_stepped_by(slope_of):
    """A reader whose biases move by a slope of one's own."""

    def read_digits(x, y, x_new, y_new, rate, steps):
        w, b = np.zeros((64, 10)), np.zeros(10)
        for _ in range(steps):
            s = cross_entropy_from_logits_grad(y, x @ w + b)
            w -= rate * x.T @ s
            b -= rate * slope_of(s, x, y, w, b)
        return cross_entropy_from_logits(y_new, x_new @ w + b), baseline_loss(y, y_new)

    return read_digits


def slope_found_again(s, x, y, w, b):
    return cross_entropy_from_logits_grad(y, x @ w + b).sum(axis=0)


def best_digit_only(y, y_new):
    shares = np.zeros(10)
    shares[np.bincount(y).argmax()] = 1
    return -np.log(shares[y_new]).mean()


LOGS = -np.log([0.6, 0.1, 0.4])


def zero_for_nan(y, p):
    loss = textbook(y, p)
    return 0 if np.isnan(loss) else loss


def hits_left_out(y, p):
    sure = p == y
    return textbook(y[~sure], p[~sure]) if not sure.all() else 0


def whole_by_the_book(y, p):
    return -np.sum(y * np.log(p))


def both_measured(y, z):
    return measure(y, z), measure(y, z)


def reader_on(train, test=lambda x, y, x_new, y_new: (x_new, y_new)):
    """A reader that is trained and judged on pictures of one's own choice."""

    def read_digits(x, y, x_new, y_new, rate, steps):
        data = x, y, x_new, y_new
        model = fit(*train(*data), rate, steps)
        pictures, labels = test(*data)
        return cross_entropy_from_logits(labels, model(pictures)), baseline_loss(
            y, y_new
        )

    return read_digits


WRONG = {
    "by_hand": [
        (3.73, "divides by their number"),
        (-1.24, "the minus in front"),
        (1.79, "base 2"),
        (0.54, "base 10"),
        (LOGS.sum() / 9, "number of classes"),
        (-math.log(0.6 * 0.7 * 0.4) / 3, "largest probability"),
        (1.1 / 3, "mean probability of the labels"),
        (1.9 / 3, "lack to 1"),
        (-math.log(1.1 / 3), "averaged the probabilities"),
        (0.29, "e to minus the loss"),
        (2.30, "only the wrong answers pay"),
        (0.77, "only the wrong answers pay"),
        (1 / 3, "share of wrong answers"),
        (2 / 3, "accuracy"),
        (1.2, "rounded too much"),
        (LOGS, "loss of each example"),
        (0.024, "too small"),
        ("1.24 nats", "text"),
        (None, "value itself"),
        ((1, 24), "write 1.24"),
        ((1.24,), "ends in a comma"),
        ("1,24", "a point for the comma"),
        (iter([1.24]), "gives its values only once"),
    ],
    "encode": [
        (encoded(lambda y, z: one_hot(y - 1, z)), "too far to the left"),
        (encoded(lambda y, z: one_hot(y, z).T), "each example is a column"),
        (encoded(lambda y, z: np.eye(max(y) + 1)[y]), "too few columns"),
        (
            encoded(lambda y, z: np.eye(z.shape[1])[z.argmax(axis=1)]),
            "what the model says",
        ),
        (encoded(lambda y, z: np.eye(3)[y]), "for four classes"),
        (encoded(lambda y, z: y), "`labels`"),
        (encoded(probs=lambda y, z: np.exp(z)), "Divide each row"),
        (encoded(probs=lambda y, z: z / z.sum(1, keepdims=True)), "raise e"),
        (encoded(probs=lambda y, z: 1 / (1 + np.exp(-z))), "sigmoid"),
        (encoded(probs=lambda y, z: log_softmax(z)), "Leave out the logarithm"),
        (encoded(probs=lambda y, z: (z.max(1) == z.T).T), "everything to the largest"),
        (encoded(probs=lambda y, z: 2**z / (2**z).sum(1, keepdims=True)), "2 to the"),
        (encoded(probs=lambda y, z: softmax(softmax(z))), "softmax twice"),
        (encoded(probs=lambda y, z: plain_softmax(z, axis=0)), "each column sums to 1"),
        (encoded(probs=lambda y, z: np.exp(z) / np.exp(z).sum()), "whole array"),
        (encoded(probs=lambda y, z: softmax(-z)), "is off in `probs`"),
        (lambda y, z: (softmax(z), one_hot(y, z)), "in the other order"),
        (sums_without_keepdims, "operands could not be broadcast"),
        (encoded_in_place, "changes an array"),
        (lambda y, z: one_hot(y, z), "results (labels, probs)"),
        (lambda y, z: (..., plain_softmax(z)), "Still to be written: `labels`"),
        (encoded(labels=lambda y, z: np.eye(3)[y]), "four classes"),
        (encoded(labels=lambda y, z: [[0, 1, 2][c] for c in y]), "labels"),
        (encoded(probs=lambda y, z: math.exp(z)), "functions of `math`"),
        (encoded(probs=lambda y, z: plain_softmax(z).round(3)), "rounded"),
        (encoded(probs=lambda y, z: plain_softmax(z).round(6)), "rounded"),
        (encoded(probs=lambda y, z: z / z.sum(axis=1, keepdims=True)), "negative"),
        (encoded(probs=lambda y, z: plain_softmax(z) > 0.5), "`probs`"),
        (lambda y, z: (one_hot(y, z), softmax), "not"),
    ],
    "two_classes": [
        (textbook, "0 is multiplied with the logarithm of 0"),
        (lambda y, p: len(y) * textbook(y, p), "divides by their number"),
        (lambda y, p: len(y) * two_in_a_loop(y, p), "divides by their number"),
        (lambda y, p: -textbook(y, p), "minus in front"),
        (lambda y, p: -two_in_a_loop(y, p), "minus in front"),
        (lambda y, p: textbook(y, p, np.log2), "bits"),
        (lambda y, p: textbook(y, p, np.log10), "base 10"),
        (lambda y, p: -np.log2(np.where(y == 1, p, 1 - p)).mean(), "bits"),
        (lambda y, p: textbook(y, p) / 2, "two classes, too"),
        (lambda y, p: textbook(y, p) / len(y), "twice"),
        (lambda y, p: -(y * np.log(p) + (1 - y) * np.log(1 - p)), "of each example"),
        (lambda y, p: -np.log(np.where(y, p, 1 - p)), "of each example"),
        (lambda y, p: textbook(p, y), "logarithm of the label"),
        (lambda y, p: textbook(1 - y, p), "other class"),
        (lambda y, p: -np.log(np.where(y == 0, p, 1 - p)).mean(), "other class"),
        (lambda y, p: -np.mean(y * np.log(p)), "only label 1 pays"),
        (lambda y, p: -np.log(p[y == 1]).sum() / len(y), "only label 1 pays"),
        (lambda y, p: -np.mean(np.log(p)), "For label 0"),
        (
            lambda y, p: -np.mean(y * np.log(p) - (1 - y) * np.log(1 - p)),
            "The second term has the wrong sign",
        ),
        (lambda y, p: np.mean((y - p) ** 2), "squared error"),
        (lambda y, p: np.abs(y - p).mean(), "lack to 1"),
        (lambda y, p: np.mean(1 - abs(y - p)), "mean probability of the labels"),
        (lambda y, p: -np.log(np.mean(1 - abs(y - p))), "averaged the probabilities"),
        (lambda y, p: np.mean((p > 0.5) != y), "share of wrong answers"),
        (lambda y, p: np.mean(p.round() == y), "share of right answers"),
        (clipped_two, "leave out the bound"),
        (lambda y, p: clipped_two(y, p, 1e-7), "leave out the bound"),
        (lambda y, p: clipped_two(y, p, 1e-4), "nothing is clipped"),
        (lambda y, p: textbook(y, p + 1e-3), "your function returns"),
        (lambda y, p: -np.log(np.where(y, p, 1 - p) + 1e-3).mean(), "the bound"),
        (lambda y, p: textbook(y, p + 1e-12), "hides the loss"),
        (lambda y, p: -np.log(np.where(y, p, 1 - p) + 1e-12).mean(), "the bound"),
        (lambda y, p: np.nan_to_num(textbook(y, p)), "costs 0 if it is right"),
        (log_that_stops_at_zero, "ValueError"),
        (lambda y, p: None, "Did you forget `return`?"),
        (lambda p: 0, "these arguments"),
        (
            lambda y, p: np.nanmean(-(y * np.log(p) + (1 - y) * np.log(1 - p))),
            "out of the",
        ),
        (hits_left_out, "out of the mean"),
        (zero_for_nan, "wrote 0 where the mean is NaN"),
        (lambda y, p: -np.mean(y * math.log(p)), "functions of `math`"),
        (lambda y, p: -sum(math.log(v) for v in 1 - abs(y - p)) / len(y), "above 0"),
        (lambda y, p: -np.mean(np.ln(1 - abs(y - p))), "The natural logarithm is"),
        (lambda y, p: round(binary_cross_entropy(y, p), 4), "rounded"),
        (lambda y, p: -np.log(1 - abs(y - p)), "loss of each example"),
        (lambda y, p: textbook(y, p, np.log2), "base 2"),
        (lambda y, p: textbook(y, p, np.log10), "base 10"),
        (lambda y, p: np.mean(np.log(1 - abs(y - p))), "loss is negative"),
    ],
    "entropy_and_divergence": [
        (
            split(h=lambda y, p: -np.sum(y * np.log(y))),
            "0 is multiplied with the logarithm of 0",
        ),
        (split(d=lambda y, p: np.sum(y * np.log(y / p))), "logarithm of 0"),
        (split(h=lambda y, p: np.sum(y * np.log(y))), "minus in front"),
        (split(h=lambda y, p: entropy(y) / math.log(2)), "bits"),
        (split(h=lambda y, p: entropy(p)), "of what the model says"),
        (split(h=lambda y, p: cross_entropy([y], [p])), "For `entropy` you give"),
        (split(d=lambda y, p: -np.sum(y * np.log(p))), "For `divergence` you give"),
        (split(d=lambda y, p: -kl_divergence(y, p)), "negative"),
        (split(d=lambda y, p: np.sum(y * np.log(p / y))), "negative"),
        (split(d=lambda y, p: kl_divergence(y, p) / np.log(2)), "bits"),
        (split(d=lambda y, p: kl_divergence(p, y)), "if `p` were true"),
        (split(d=lambda y, p: np.sum(p * np.log(p / y))), "if `p` were true"),
        (split(d=lambda y, p: np.log(y / p).sum()), "Weigh each"),
        (split(h=lambda y, p: -np.log(y).sum()), "Weigh each"),
        (split(h=lambda y, p: -np.mean(y * np.log(y))), "mean over the classes"),
        (split(d=lambda y, p: np.mean(y * np.log(y / p))), "mean over the classes"),
        (split(d=lambda y, p: entropy(p) - entropy(y)), "entropy of `y` from that"),
        (
            split(d=lambda y, p: np.sum(y * np.log((y + 1e-12) / (p + 1e-12)))),
            "a bound hides it",
        ),
        (split(d=lambda y, p: abs(y - p).sum()), "is off in `divergence`"),
        (lambda y, p: (kl_divergence(y, p), entropy(y)), "in the other order"),
        (lambda y, p: cross_entropy([y], [p]), "2 results (entropy, divergence)"),
        (split(d=lambda y, p: whole_by_the_book(y, p) - entropy(y)), "0 in both rows"),
        (split(d=lambda y, p: np.sum(np.where(p > 0, y * np.log(y / p), 0))), "for"),
        (split(d=whole_by_the_book), "you give the whole cross-entropy"),
        (split(h=whole_by_the_book), "you give the whole cross-entropy"),
        (split(d=lambda y, p: np.sum(y * np.log(p / y))), "no divergence is"),
        (split(h=lambda y, p: round(entropy(y), 3)), "rounded"),
        (split(h=lambda y, p: -sum(a * math.log(a) for a in y)), "above 0"),
        (split(h=lambda y, p: -y * math.log(y)), "functions of `math`"),
    ],
    "perfect_forecast": [
        ("   ", "three dots"),
        (0.5, "in quotes"),
        ("Because of the entropy.", "Compare yours"),
    ],
    "from_logits": [
        (lambda y, z: -np.log(picked(y, plain_softmax(z))).mean(), "e to the 900"),
        (
            lambda y, z: -np.mean(np.sum(one_hot(y, z) * np.log(plain_softmax(z)), 1)),
            "e to the 900",
        ),
        (unshifted, "e to the 900"),
        (lambda y, z: len(y) * unshifted(y, z), "divides by their number"),
        (lambda y, z: unshifted(y, z - z.max(axis=0)), "largest logit of each column"),
        (lambda y, z: -np.log(picked(y, softmax(z))).mean(), "rounded to 0"),
        (lambda y, z: cross_entropy(y, softmax(z)), "rounded to 0"),
        (
            lambda y, z: -np.mean(np.sum(one_hot(y, z) * np.log(safe_softmax(z)), 1)),
            "rounded to 0",
        ),
        (lambda y, z: len(y) * stable(y, z), "divides by their number"),
        (lambda y, z: -np.log(picked(y, plain_softmax(z))).sum(), "by their number"),
        (lambda y, z: stable(y, z) / len(y), "twice"),
        (lambda y, z: -log_softmax(z)[range(len(y)), y], "of each example"),
        (lambda y, z: -stable(y, z), "minus in front"),
        (lambda y, z: np.log(picked(y, plain_softmax(z))).mean(), "minus in front"),
        (lambda y, z: -np.log2(picked(y, plain_softmax(z))).mean(), "bits"),
        (
            lambda y, z: -np.mean(one_hot(y, z) * np.log(plain_softmax(z))),
            "number of classes, too",
        ),
        (lambda y, z: -np.log(softmax(z).max(axis=1)).mean(), "largest probability"),
        (lambda y, z: -np.log(picked(y, plain_softmax(z, 0))).mean(), "each column"),
        (lambda y, z: -np.mean(picked(y, log_softmax(z.T).T)), "each column"),
        (lambda y, z: -np.log(picked(y, plain_softmax(z, None))).mean(), "whole array"),
        (
            lambda y, z: -np.log(picked(y, plain_softmax(z - z.max()))).mean(),
            "maximum of each row",
        ),
        (
            lambda y, z: np.mean(
                z.max() + np.log(np.exp(z - z.max()).sum(1)) - picked(y, z)
            ),
            "maximum of each row",
        ),
        (lambda y, z: stable(y, z) - z.max(axis=1).mean(), "add it back"),
        (lambda y, z: -picked(y, z).mean(), "log-sum-exp is missing"),
        (lambda y, z: -np.log(picked(y, z)).mean(), "softmax comes first"),
        (lambda y, z: -np.mean((y[:, None] * log_softmax(z)).sum(1)), "Class 2"),
        (lambda y, z: stable(y, softmax(z)), "softmax twice"),
        (lambda y, z: np.mean(z.argmax(axis=1) != y), "share of wrong answers"),
        (lambda y, z: np.mean(z.argmax(axis=1) == y), "accuracy"),
        (
            lambda y, z: -np.log(np.clip(picked(y, softmax(z)), 1e-12, None)).mean(),
            "leave out the bound",
        ),
        (
            lambda y, z: -np.log(picked(y, softmax(z)) + 1e-300).mean(),
            "a label whose logit is far below",
        ),
        (lambda y, z: stable(y, np.clip(z, -500, 500)), "too small"),
        (lambda y, z: stable(y, z) / 5, "0.2 times"),
        (loop_that_overflows, "stopped with an error"),
        (stable_in_place, "changes an array"),
        (only_prints, "prints its result"),
        (0.7, "without parentheses"),
        (
            lambda y, z: unshifted(y, z - z.mean(axis=1, keepdims=True)),
            "the mean of each row",
        ),
        (
            lambda y, z: unshifted(y, z - z.min(axis=1, keepdims=True)),
            "the smallest logit",
        ),
        (lambda y, z: unshifted(y, z - picked(y, z)[:, None]), "a tiny probability"),
        (lambda y, z: round(stable(y, z), 4), "rounded"),
        (lambda y, z: np.mean(math.log(np.exp(z))), "functions of `math`"),
        (lambda y, z: stable(y, z) if z.max() < 100 else 0.0, "in one row"),
    ],
    "gradient": [
        (derived_as(lambda y, z: plain_softmax(z) - one_hot(y, z)), "1/n"),
        (derived_as(lambda y, z: -p_minus_y(y, z)), "probability minus label"),
        (derived_as(lambda y, z: plain_softmax(z) / len(y)), "label is missing"),
        (derived_as(lambda y, z: (softmax(z) - y[:, None]) / len(y)), "one-hot row"),
        (derived_as(lambda y, z: (z - one_hot(y, z)) / len(y)), "from the logits"),
        (derived_as(lambda y, z: -one_hot(y, z) / softmax(z) / len(y)), "−y/p"),
        (derived_as(lambda y, z: one_hot(y, z) * p_minus_y(y, z)), "Only the label's"),
        (
            derived_as(lambda y, z: p_minus_y(y, z) * softmax(z) * (1 - softmax(z))),
            "p(1 − p)",
        ),
        (
            derived_as(lambda y, z: p_minus_y(y, z) * (z.argmax(1) != y)[:, None]),
            "right answers no slope",
        ),
        (derived_as(lambda y, z: (softmax(z) - one_hot(y, z)) / z.size), "whole table"),
        (
            derived_as(lambda y, z: (plain_softmax(z, 0) - one_hot(y, z)) / len(y)),
            "each column",
        ),
        (
            derived_as(lambda y, z: (plain_softmax(z, None) - one_hot(y, z)) / len(y)),
            "whole array",
        ),
        (derived_as(lambda y, z: picked(y, p_minus_y(y, z))), "is off in `derived`"),
        (derived_as(lambda y, z: (softmax(z) - one_hot(y, z)) / 3), "Is 3 written"),
        (
            measured_as(
                lambda y, z: numerical_gradient(
                    lambda z: cross_entropy_from_logits(y, z, reduction="sum"), z
                )
            ),
            "return their mean",
        ),
        (
            measured_as(
                lambda y, z: numerical_gradient(
                    lambda z: np.mean(np.log(picked(y, softmax(z)))), z
                )
            ),
            "minus in front",
        ),
        (
            measured_as(
                lambda y, z: numerical_gradient(
                    lambda p: -np.log(picked(y, p)).mean(), softmax(z)
                )
            ),
            "probabilities moved",
        ),
        (
            measured_as(
                lambda y, z: numerical_gradient(
                    lambda p: cross_entropy(y, p), softmax(z)
                )
            ),
            "ValueError",
        ),
        (measured_as(lambda y, z: measure(y, z) / math.log(2)), "bits"),
        (measured_as(lambda y, z: ...), "Still to be written: `measured`"),
        (lambda y, z: [p_minus_y(y, z)] * 2, "the same to the last digit"),
        (
            lambda y, z: [p_minus_y(y, z) * len(y) / z.shape[1]] * 2,
            "You divided by the number of classes. The mean is over the examples",
        ),
        (
            measured_as(
                lambda y, z: numerical_gradient(
                    lambda other: cross_entropy_from_logits(y, z), z
                )
            ),
            "All that you measured is 0",
        ),
        (p_minus_y, "results (derived, measured)"),
        (both_measured, "same to the last digit"),
        (lambda y, z: (measure(y, z),) * 2, "same to the last digit"),
        (lambda y, z: (p_minus_y(y, z), p_minus_y(y, z) * (1 + 1e-9)), "last digit"),
        (measured_as(p_minus_y), "same to the last digit"),
        (measured_as(lambda y, z: p_minus_y(y, z).astype("f4")), "last digit"),
        (measured_as(lambda y, z: p_minus_y(y, z).round(8)), "rounded"),
        (
            measured_as(lambda y, z: numerical_gradient(cross_entropy_from_logits, z)),
            "with one argument",
        ),
        (
            measured_as(
                lambda y, z: numerical_gradient(cross_entropy_from_logits(y, z), z)
            ),
            "function first",
        ),
        (
            measured_as(
                lambda y, z: numerical_gradient(cross_entropy_from_logits(y, q), z)  # noqa: F821
            ),
            "Is `lambda` missing?",
        ),
    ],
    "read_digits": [
        (reader(sign=1), "loss rises"),
        (reader(slope=lambda y, z: softmax(z) - np.eye(10)[y]), "n times too steep"),
        (
            reader(slope=lambda y, z: (softmax(z) - np.eye(10)[y]) / len(y) ** 2),
            "n times too small",
        ),
        (reader(bias=False), "biases do not move"),
        (bias_stepped_by(lambda s, *rest: s.sum()), "biases do not move"),
        (bias_stepped_by(lambda s, *rest: s.mean(axis=0)), "mean of the slopes"),
        (bias_stepped_by(slope_found_again), "find the slopes once"),
        (
            reader(
                loss=lambda y, z: cross_entropy_from_logits(y, softmax(z)),
                slope=lambda y, z: cross_entropy_from_logits_grad(y, softmax(z)),
            ),
            "apply softmax before functions",
        ),
        (
            reader(loss=lambda y, z: cross_entropy_from_logits(y, softmax(z))),
            "At the end you apply softmax",
        ),
        (judged_by_what_it_saw, "it has not seen"),
        (reader(loss=lambda y, z: np.mean(z.argmax(1) != y)), "share of wrong answers"),
        (reader(loss=lambda y, z: np.mean(z.argmax(1) == y)), "accuracy"),
        (
            reader(loss=lambda y, z: cross_entropy_from_logits(y, z, reduction="sum")),
            "divides by their number",
        ),
        (reader(baseline=lambda y, y_new: math.log(10)), "a tenth"),
        (reader(baseline=lambda y, y_new: entropy(shares_of(y_new))), "in `y_new`"),
        (reader(baseline=lambda y, y_new: entropy(shares_of(y))), "judge both"),
        (reader(baseline=best_digit_only), "other costs infinity"),
        (
            reader(baseline=lambda y, new: -np.log(np.bincount(y)[new]).mean()),
            "uses the counts",
        ),
        (
            reader(baseline=lambda y, new: -np.log2(shares_of(y)[new]).mean()),
            "base 2",
        ),
        (
            reader(baseline=lambda y, new: np.log(shares_of(y)[new]).mean()),
            "Your loss is negative",
        ),
        (
            reader(baseline=lambda y, new: np.mean(new != np.bincount(y).argmax())),
            "share of wrong answers",
        ),
        (lambda *inputs: reader()(*inputs)[::-1], "in the other order"),
        (one_step_too_many, "is off in `trained`"),
        (tilted_start, "is off in `trained`"),
        (lambda *inputs: reader()(*inputs)[0], "one value"),
        (lambda x, y, *rest: (0.2, 2.3), "same result for every input"),
        (
            reader_on(lambda x, y, x_new, y_new: (x_new, y_new)),
            "You trained the model on",
        ),
        (
            reader_on(
                lambda x, y, x_new, y_new: (
                    np.vstack([x, x_new]),
                    np.append(y, y_new),
                )
            ),
            "held-out ones among them",
        ),
        (
            reader_on(
                lambda x, y, x_new, y_new: (x_new, y_new),
                lambda x, y, x_new, y_new: (x, y),
            ),
            "judged it by the others",
        ),
        (
            reader(
                baseline=lambda y, y_new: cross_entropy_from_logits(
                    y_new, np.tile(shares_of(y), (len(y_new), 1))
                )
            ),
            "hands its shares over as logits",
        ),
        (
            reader(loss=lambda y, z: cross_entropy_from_logits(y, z, reduction="none")),
            "loss of each example",
        ),
        (
            reader(baseline=lambda y, y_new: -np.log(shares_of(y)[y_new])),
            "loss of each example",
        ),
        (
            reader(
                baseline=lambda y, y_new: (
                    -np.log(shares_of(np.append(y, y_new))[y_new]).mean()
                )
            ),
            "Count them in `y` alone",
        ),
        (
            reader(baseline=lambda y, y_new: round(baseline_loss(y, y_new), 3)),
            "rounded",
        ),
    ],
}

RIGHT = {
    "by_hand": [
        1.24,
        1.2432,
        LOGS.mean(),
        np.float32(1.243),
        np.array(1.2432),
        Fraction(12432, 10000),
        -math.log2(0.6 * 0.1 * 0.4) * math.log(2) / 3,
        cross_entropy([0, 0, 0], [[0.6, 0.4], [0.1, 0.9], [0.4, 0.6]]),
    ],
    "encode": [
        encoded_in_loops,
        encoded(lambda y, z: y[:, None] == np.arange(z.shape[1])),
        encoded(lambda y, z: one_hot(y, z).astype(int).tolist()),
        encoded(probs=lambda y, z: softmax(z)),
        encoded(probs=lambda y, z: np.float32(safe_softmax(z))),
        encoded(probs=lambda y, z: (np.exp(z).T / np.exp(z).sum(axis=1)).T),
        encoded(probs=lambda y, z: np.exp(z - np.log(np.exp(z).sum(1))[:, None])),
        encoded(labels=lambda y, z: y[:, None] == np.arange(z.shape[1])),
    ],
    "two_classes": [
        two_in_a_loop,
        two_with_a_warning,
        two_terms_where_they_count,
        binary_cross_entropy,
        lambda y, p: cross_entropy(y, np.column_stack([1 - p, p])),
        lambda y, p: -np.log2(np.where(y, p, 1 - p)).mean() * np.log(2),
        lambda y, p: np.float32(np.mean(-np.log10(1 - abs(y - p))) / np.log10(np.e)),
        lambda y, p: np.array(
            -np.nansum(np.log([*p[y == 1], *1 - p[y == 0]])) / y.size
        ),
        lambda y, p: -np.log(np.prod(np.where(y, p, 1 - p))) / len(y),
        lambda y, p: -np.mean(np.log(1 - abs(y - p))),
        lambda y, p: np.mean(
            np.nan_to_num(-(y * np.log(p) + (1 - y) * np.log(1 - p)), posinf=np.inf)
        ),
    ],
    "entropy_and_divergence": [
        parts_by_hand,
        parts_with_where,
        parts_in_bits_converted,
        split(),
        split(h=lambda y, p: -np.nansum(y * np.log(y))),
        split(d=lambda y, p: cross_entropy([y], [p]) - entropy(y)),
        lambda y, p: np.array([entropy(y), kl_divergence(y, p)]),
        split(d=lambda y, p: np.nansum(y * np.log(y / p))),
    ],
    "perfect_forecast": [],
    "from_logits": [
        stable,
        stable_in_a_loop,
        cross_entropy_from_logits,
        lambda y, z: np.float32(-np.mean(picked(y, log_softmax(z)))),
        lambda y, z: np.mean(np.logaddexp.reduce(z, axis=1) - picked(y, z)),
        lambda y, z: np.array(cross_entropy_from_logits(one_hot(y, z), z)),
        lambda y, z: np.mean(
            [np.logaddexp.reduce(r - r[c]) for r, c in zip(z, y, strict=True)]
        ),
        lambda y, z: -(one_hot(y, z) * log_softmax(z)).sum() / len(y),
    ],
    "gradient": [
        derived_as(p_minus_y),
        derived_as(minus_one_in_place),
        derived_as(entry_by_entry),
        derived_as(lambda y, z: np.float32(p_minus_y(y, z))),
        measured_as(
            lambda y, z: numerical_gradient(
                lambda z: -np.log(picked(y, plain_softmax(z))).mean(), z
            )
        ),
    ],
    "read_digits": [
        reader(),
        reader_with_a_column_of_ones,
        reader_by_training,
        reader(slope=lambda y, z: (softmax(z) - np.eye(10)[y]) / len(y)),
        reader(loss=lambda y, z: np.float32(cross_entropy(y, softmax(z)))),
    ],
}

# Right, but few digits of single precision are left where large numbers cancel.
ONLY_IN_DOUBLE_PRECISION = ()
