"""Answers to the exercises on choosing a loss, as learners write them."""

import math

import numpy as np

from lossbook import (
    binary_cross_entropy_from_logits_grad,
    mean_squared_error_grad,
    sigmoid,
)
from lossbook.gradcheck import numerical_gradient


def counted(ill, alarm):
    """How many are found, missed, falsely alarmed and rightly left alone."""
    found = sum((ill == 1) & (alarm == 1))
    missed = sum((ill == 1) & (alarm == 0))
    false = sum((ill == 0) & (alarm == 1))
    return found, missed, false, len(ill) - found - missed - false


def rates_from_counts(ill, alarm):
    found, missed, false, _ = counted(ill, alarm)
    return found / (found + missed), found / (found + false)


def rates_in_a_loop(ill, alarm):
    found = 0
    for a, b in zip(ill, alarm, strict=True):
        if a and b:
            found += 1
    return [found / list(ill).count(1), found / list(alarm).count(1)]


def rates(recall, precision):
    """Two rates, each from the four counts."""
    return lambda ill, alarm: (
        recall(*counted(ill, alarm)),
        precision(*counted(ill, alarm)),
    )


def recall(found, missed, false, quiet):
    return found / (found + missed)


def precision(found, missed, false, quiet):
    return found / (found + false)


def f1(found, missed, false, quiet):
    return 2 * found / (2 * found + missed + false)


def accuracy(found, missed, false, quiet):
    return (found + quiet) / (found + missed + false + quiet)


def above(threshold):
    return lambda p, missed, false: p > threshold(missed, false)


def alarms_in_a_loop(p, missed, false_alarm):
    decisions = []
    for risk in p:
        decisions.append(risk * missed >= (1 - risk) * false_alarm)
    return decisions


def run(slope, y, z, learning_rate, steps):
    for _ in range(steps):
        z = z - learning_rate * slope(y, z)
    return z


def runs(entropy, squared):
    """Both runs, with slopes of one's own."""
    return lambda *inputs: (run(entropy, *inputs), run(squared, *inputs))


def by_entropy(y, z):
    return sigmoid(z) - y


def by_square(y, z):
    p = 1 / (1 + math.exp(-z))
    return 2 * (p - y) * p * (1 - p)


def by_entropy_of_lossbook(y, z):
    return binary_cross_entropy_from_logits_grad([y], [z])[0]


def by_square_of_lossbook(y, z):
    p = sigmoid(z)
    return mean_squared_error_grad([y], [p]) * p * (1 - p)


def by_square_measured(y, z):
    return numerical_gradient(lambda z: (sigmoid(z[0]) - y) ** 2, [z])[0]


right_runs = runs(by_entropy, by_square)


def one_logit_for_both(y, z, learning_rate, steps):
    ends = []
    for slope in (by_entropy, by_square):
        z = run(slope, y, z, learning_rate, steps)
        ends.append(z)
    return ends


def slopes_before_the_loop(y, z, learning_rate, steps):
    ends = []
    for slope in (by_entropy(y, z), by_square(y, z)):
        end = z
        for _ in range(steps):
            end -= learning_rate * slope
        ends.append(end)
    return ends


def returns_in_the_loop(y, z, learning_rate, steps):
    for _ in range(steps):
        return right_runs(y, z, learning_rate, 1)


def history(y, z, learning_rate, steps):
    return [right_runs(y, z, learning_rate, n) for n in range(steps)]


def of_the_more_numerous(found, missed, false, quiet):
    return found / max(found + missed, found + false)


def of_the_less_numerous(found, missed, false, quiet):
    return found / min(found + missed, found + false)


WRONG = {
    "one_wild_price": [
        ((0.1, 0.182, 0.917), "in another order"),
        ((0.999, 0.917, 0.978), "shares of the loss"),
        ((0.9991, 0.9174, 0.9778), "shares of the loss"),
        ((92, 10, 18), "per cent"),
        ((91.74, 10, 18.18), "per cent"),
        ((91.7, 10.0, 18.2), "per cent"),
        ((11.11, 0.11, 0.22), "pulls of the nine others"),
        ((0.999, 0.1, 0.18), "you took the squares"),
        ((0.92, 0.92, 0.18), "sizes of the errors"),
        ((0.92, 0.1, 0.92), "without a limit"),
        ((0.92, 0.1, 0.1), "the 100 is outside"),
        ((0.92, 0.18, 0.1), "in another order"),
        ((0.92, 0.5, 0.18), "`absolute error`"),
        ((200, 1, 2), "slopes of the tenth"),
        ((2, 0.1, 0.18), "`squared error`"),
        (0.92, "3 results"),
        ((0.92, 0.1), "3 results"),
        (None, "value itself"),
        ((0, 92, 0, 1, 0, 18), "write 0.92, with a point"),
        ((0, 92, 0.1, 0.18), "write 0.92, with a point"),
        (("0.92", "0.1", "0.18"), "is text"),
        (("0,92", "0,1", "0,18"), "a point for the comma"),
        (iter((0.92, 0.1, 0.18)), "gives its values only once"),
    ],
    "which_loss": [
        (
            ("mean squared error", "cross-entropy", "mean absolute error", "hinge"),
            "twice as late",
        ),
        (
            ("mean absolute error", "cross-entropy", "mean absolute error", "hinge"),
            "four times as much",
        ),
        (
            (
                "mean absolute error",
                "binary cross-entropy",
                "mean squared error",
                "hinge",
            ),
            "26 classes",
        ),
        (
            ("mean absolute error", "hinge", "mean squared error", "hinge"),
            "a probability for each letter",
        ),
        (
            (
                "mean absolute error",
                "cross-entropy",
                "mean squared error",
                "binary cross-entropy",
            ),
            "every example pulls",
        ),
        (("hinge", "hinge", "hinge", "hinge"), "A asks for a number"),
        (["mean squared error"] * 4, "twice as late"),
        (
            ("mean absolute error", "cross-entropy", "cross-entropy", "hinge"),
            "C asks for a number",
        ),
        (
            (
                "mean absolute error",
                "mean squared error",
                "mean squared error",
                "hinge",
            ),
            "B asks for a class",
        ),
        (("MAE", "cross-entropy", "MSE", "hinge"), "'mae' is not one of these"),
        (("hinge",), "4 results"),
        ("hinge", "4 results"),
        ((1, 2, 3, 4), "not text"),
        (iter(["hinge"] * 4), "gives its values only once"),
    ],
    "recall_and_precision": [
        (rates(precision, recall), "swapped the two"),
        (rates(precision, precision), "`recall` is the precision"),
        (rates(recall, recall), "`precision` is the recall"),
        (rates(accuracy, precision), "`recall` is the accuracy"),
        (rates(recall, accuracy), "`precision` is the accuracy"),
        (
            lambda ill, alarm: (np.mean(ill * alarm), sum(ill * alarm) / sum(alarm)),
            "number of all patients",
        ),
        (
            lambda ill, alarm: (sum(ill * alarm) / sum(ill), np.mean(ill * alarm)),
            "number of all patients",
        ),
        (rates(lambda found, *rest: found, precision), "how many are found"),
        (rates(recall, lambda found, *rest: found), "how many are found"),
        (rates(lambda *c: 1 - recall(*c), precision), "share that is missed"),
        (rates(recall, lambda *c: 1 - precision(*c)), "share of false alarms"),
        (
            rates(lambda *c: 100 * recall(*c), lambda *c: 100 * precision(*c)),
            "per cent",
        ),
        (rates(f1, f1), "F1 score"),
        (lambda ill, alarm: sum(ill * alarm) / sum(ill), "2 results"),
        (lambda ill, alarm: None, "Did you forget `return`?"),
        (rates(recall, of_the_more_numerous), "whichever is more"),
        (rates(of_the_less_numerous, precision), "whichever is less"),
        (rates(recall, of_the_less_numerous), "whichever is less"),
        (rates(of_the_more_numerous, precision), "whichever is more"),
        (rates(recall, f1), "F1 score"),
        (rates(recall, lambda tp, m, f, quiet: quiet / (quiet + f)), "specificity"),
        (
            rates(lambda tp, m, f, q: tp / (tp + m + f), precision),
            "ill or have an alarm",
        ),
        (rates(recall, lambda tp, m, f, q: (tp or 1) / (tp + f)), "find nobody"),
        (rates(lambda *c: recall(*c) // 1, lambda *c: precision(*c) // 1), "`recall`"),
        (rates(lambda *c: round(recall(*c), 2), precision), "rounded"),
    ],
    "raise_alarm": [
        (above(lambda missed, false: 0.5), "Your threshold is 0.5"),
        (above(lambda missed, false: 1 / 11), "ten false alarms"),
        (above(lambda missed, false: missed / (missed + false)), "swapped the two"),
        (above(lambda missed, false: false / missed), "a risk too"),
        (above(lambda missed, false: 1 / (1 + missed)), "costs 1"),
        (lambda p, m, f: p < f / (m + f), "turned round"),
        (lambda p, m, f: f / (m + f), "return the threshold"),
        (lambda p, m, f: (p > f / (m + f)).sum(), "how many alarms"),
        (lambda p, m, f: p * m - (1 - p) * f, "saves on average"),
        (lambda p, m, f: p[p > f / (m + f)], "is an array of"),
        (lambda p, m, f: np.where(p > f / (m + f), "yes", "no"), "not a number"),
        (lambda p, m, f: p * m, "your function returns"),
        (lambda p, m, f: p > 0, "your function returns"),
        (lambda p, m, f: [1] if p > f / (m + f) else [0], "ambiguous"),
        (lambda p: p > 0.1, "these arguments"),
        (above(lambda missed, false: 0), "should be `False`"),
        (above(lambda missed, false: 1), "should be `True`"),
        (lambda p, m, f: p.tolist() > f / (m + f), "Lists cannot"),
        (lambda p, m, f: p if p * m > (1 - p) * f else 0, "decide about one value"),
    ],
    "why_97_percent": [
        ("", "three dots"),
        (0.97, "in quotes"),
        ("Because they are all healthy.", "Compare yours"),
    ],
    "stalled": [
        (
            runs(lambda y, z: -by_entropy(y, z), lambda y, z: -by_square(y, z)),
            "both losses rise",
        ),
        (lambda y, z, rate, steps: right_runs(y, z, 1, steps), "learning rate first"),
        (lambda y, *rest: right_runs(1, *rest), "for the label 1"),
        (runs(by_square, by_entropy), "comes first"),
        (slopes_before_the_loop, "slope of the start"),
        (one_logit_for_both, "Begin both at `z`"),
        (lambda *a: [sigmoid(end) for end in right_runs(*a)], "return probabilities"),
        (lambda y, z, rate, n: right_runs(y, z, rate, n - 1), "one step too few"),
        (lambda y, z, rate, n: right_runs(y, z, rate, n + 1), "one step too many"),
        (returns_in_the_loop, "inside the loop"),
        (
            runs(lambda y, z: by_square(y, z) / 2, by_square),
            "For the cross-entropy you multiplied",
        ),
        (
            runs(lambda y, z: (sigmoid(z) - y) / sigmoid(z) / sigmoid(-z), by_square),
            "For the cross-entropy you stepped by the slope in p",
        ),
        (
            runs(by_entropy, lambda y, z: 2 * (sigmoid(z) - y)),
            "For the squared error you stepped by the slope in p",
        ),
        (runs(by_entropy, lambda y, z: by_square(y, z) / 2), "half as long"),
        (runs(by_entropy, lambda y, z: 2 * (z - y)), "put the sigmoid in between"),
        (runs(by_entropy, by_entropy), "`squared error`"),
        (history, "where 2 results"),
        (lambda *a: right_runs(*a)[0], "one value"),
        (
            runs(lambda y, z: y - sigmoid(z), lambda y, z: -by_square(y, z)),
            "p − y, not",
        ),
        (runs(by_entropy, lambda y, z: by_entropy(y, z)), "your function returns"),
        (lambda y, z, *rest: (z, z), "logit of the start, twice"),
        (lambda *a: [round(end, 2) for end in right_runs(*a)], "rounded"),
        (runs(lambda y, z: abs(by_entropy(y, z)), by_square), "`cross-entropy`"),
        (lambda y, z, rate, n: right_runs(y, z, 0.5, n), "your function returns"),
    ],
}

RIGHT = {
    "one_wild_price": [
        (0.92, 0.1, 0.18),
        [0.917, 0.1, 0.182],
        np.float32([100 / 109, 0.1, 2 / 11]),
    ],
    "which_loss": [
        ("mean absolute error", "cross-entropy", "mean squared error", "hinge"),
        ["Mean absolute error", "cross entropy", "Mean Squared Error", "Hinge"],
        ("mean_absolute_error", "cross_entropy", "mean_squared_error", "hinge"),
        ("mean absolute error", "cross\u2013entropy", "mean squared error", "hinge"),
        ("mean absolute error", "cross\u2011entropy", "mean squared error", "hinge"),
        (
            "mean\u00a0absolute error",
            "Cross\u2010Entropy",
            "mean squared error",
            "Hinge",
        ),
    ],
    "recall_and_precision": [
        rates_from_counts,
        rates_in_a_loop,
        rates(recall, precision),
        lambda ill, alarm: (alarm[ill == 1].mean(), ill[alarm == 1].mean()),
        lambda ill, alarm: np.array([ill @ alarm / sum(ill), ill @ alarm / sum(alarm)]),
    ],
    "raise_alarm": [
        alarms_in_a_loop,
        above(lambda missed, false: false / (missed + false)),
        above(lambda missed, false: 1 / (1 + missed / false)),
        lambda p, m, f: p / (1 - p) > f / m,
        lambda p, m, f: np.where(p * m - (1 - p) * f > 0, 1, 0),
        lambda p, m, f: (np.log(p / (1 - p)) > np.log(f / m)).tolist(),
    ],
    "why_97_percent": [],
    "stalled": [
        right_runs,
        runs(by_entropy_of_lossbook, by_square_measured),
        lambda *a: list(map(float, right_runs(*a))),
        lambda *a: np.float32(right_runs(*a)),
        lambda *a: [np.array(end) for end in right_runs(*a)],
    ],
}

# Right, but few digits of single precision are left where large numbers cancel.
ONLY_IN_DOUBLE_PRECISION = ()
