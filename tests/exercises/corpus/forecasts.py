"""Answers to the exercises on forecasts, as learners write them."""

import math

import numpy as np

from lossbook import brier_score, softmax
from lossbook.calibration import expected_calibration_error, reliability


def brier_of_both_cases(q, p):
    return q * brier_score([1], [p]) + (1 - q) * brier_score([0], [p])


def expected_in_two_parts(q, p):
    return (p - q) ** 2 + q * (1 - q)


def expected_by_ifs(q, p):
    total = 0
    for y, how_often in ((1, q), (0, 1 - q)):
        total += how_often * (p - y) ** 2
    return total


def auc_in_loops(y, p):
    points = pairs = 0
    for a, happened in zip(p, y, strict=True):
        for b, also in zip(p, y, strict=True):
            if happened and not also:
                pairs += 1
                points += 1 if a > b else 0.5 if a == b else 0
    return points / pairs


def auc_by_ranks(y, p):
    ranks = np.array([(p < v).sum() + ((p == v).sum() + 1) / 2 for v in p])
    n = y.sum()
    return (ranks[y == 1].sum() - n * (n + 1) / 2) / (n * (len(y) - n))


def auc_by_signs(y, p):
    return (np.sign(p[y == 1][:, None] - p[y == 0]).mean() + 1) / 2


def order_without_ties(y, p):
    return np.mean(p[y == 1][:, None] > p[y == 0])


def order_with_ties(y, p):
    return np.mean(p[y == 1][:, None] >= p[y == 0])


def ece_in_a_loop(y, p, bins):
    total = 0.0
    for b in range(bins):
        here = (p > b / bins) & (p <= (b + 1) / bins)
        if here.any():
            total += here.mean() * abs(p[here].mean() - y[here].mean())
    return total


def ece_of_the_table(y, p, bins):
    said, was, count = reliability(y, p, bins=bins)
    return np.average(abs(said - was), weights=count)


def ece_without_weights(y, p, bins):
    said, was, _ = reliability(y, p, bins=bins)
    return np.mean(abs(said - was))


def ece_with_squares(y, p, bins):
    said, was, count = reliability(y, p, bins=bins)
    return np.average((said - was) ** 2, weights=count)


def ece_with_empty_bins(y, p, bins):
    distances = []
    for b in range(bins):
        here = np.ceil(p * bins) == b + 1
        distances.append(p[here].mean() - y[here].mean() if here.any() else 0.0)
    return np.mean(np.abs(distances))


def softmax_by_hand(z, t):
    e = np.exp(z / t - (z / t).max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def row_by_row(z, t):
    return [softmax(row / t).tolist() for row in z]


def powers_of_probabilities(z, t):
    powers = softmax(z) ** (1 / t)
    return powers / powers.sum(axis=1, keepdims=True)


WRONG = {
    "two_scores": [
        ((0.69, 0.65), "Brier score is the sum"),
        ((0.46, 0.65), "counts both classes"),
        ((0.433, 0.65), "did not square"),
        ((0.48, 0.65), "the root"),
        ((0.297, 0.65), "every day for a wet one"),
        ((0.23, 1.938), "log score is the sum"),
        ((0.23, 0.932), "in bits"),
        ((0.23, 0.781), "on the dry day, too"),
        ((0.23, 0.476), "leaves the dry day out"),
        ((0.23, -0.646), "low is good"),
        ((0.65, 0.23), "in another order"),
        (0.23, "2 results"),
        (None, "value itself"),
    ],
    "expected_brier": [
        (lambda q, p: (p - q) ** 2, "more than an honest forecaster"),
        (lambda q, p: p * (1 - q) ** 2 + (1 - p) * q**2, "swapped the two"),
        (lambda q, p: q * (1 - p) ** 2, "forgot the other case"),
        (lambda q, p: ((1 - p) ** 2 + p**2) / 2, "same weight"),
        (lambda q, p: q * p**2 + (1 - q) * (1 - p) ** 2, "swapped the cases"),
        (lambda q, p: q * (1 - p) + (1 - q) * p, "without the squares"),
        (lambda q, p: q * (1 - q), "honest forecaster expects"),
        (lambda q, p: None, "Did you forget `return`?"),
        (lambda p: p, "these arguments"),
    ],
    "nearly_zero": [
        ("", "three dots"),
        (0.004, "in quotes"),
        ("Whoever says the yearly share has that too.", "Compare yours"),
    ],
    "auc": [
        (order_without_ties, "counts nothing"),
        (order_with_ties, "counts as a win"),
        (lambda y, p: auc_in_loops(1 - y, p), "turned round"),
        (lambda y, p: np.mean((p > 0.5) == y), "the accuracy"),
        (lambda y, p: auc_in_loops(y, p) * y.sum() * (1 - y).sum(), "how many pairs"),
        (
            lambda y, p: auc_in_loops(y, p) * y.sum() * (1 - y).sum() / len(y) ** 2,
            "all pairs of examples",
        ),
        (lambda y, p: p[y == 1].mean() > p[y == 0].mean(), "your function returns"),
        (lambda y, p: p[y == 1].mean(), "your function returns"),
    ],
    "cooled": [
        (lambda z, t: softmax(z * t), "Divide: above 1"),
        (lambda z, t: softmax(z), "logits as they are"),
        (lambda z, t: softmax(z) / t, "no longer sum to 1"),
        (lambda z, t: softmax(softmax(z) / t), "It takes logits"),
        (lambda z, t: np.exp(z / t), "Divide each by its sum"),
        (
            lambda z, t: np.exp(z / t) / np.exp(z / t).sum(axis=0),
            "down the columns",
        ),
        (lambda z, t: z / t, "Those are logits"),
        (lambda z, t: softmax(z / t).max(axis=1), "that has shape"),
    ],
    "ece": [
        (ece_without_weights, "the same weight"),
        (ece_with_empty_bins, "number of bins"),
        (ece_with_squares, "You squared"),
        (lambda y, p, bins: p.mean() - y.mean(), "make up for"),
        (
            lambda y, p, bins: max(abs(np.subtract(*reliability(y, p, bins=bins)[:2]))),
            "largest distance",
        ),
        (lambda y, p, bins: abs(p - y).mean(), "with its own label"),
        (lambda y, p, bins: expected_calibration_error(y, p), "ten bins"),
        (lambda y, p, bins: brier_score(y, p), "your function returns"),
    ],
}

RIGHT = {
    "two_scores": [
        (0.23, 0.65),
        [0.23, 0.6462],
        np.array([0.69, -math.log(0.8 * 0.3 * 0.6)]) / 3,
    ],
    "expected_brier": [brier_of_both_cases, expected_in_two_parts, expected_by_ifs],
    "nearly_zero": [],
    "auc": [auc_in_loops, auc_by_ranks, auc_by_signs],
    "cooled": [softmax_by_hand, row_by_row, powers_of_probabilities],
    "ece": [
        ece_in_a_loop,
        ece_of_the_table,
        lambda y, p, bins: expected_calibration_error(y, p, bins=bins),
    ],
}

ONLY_IN_DOUBLE_PRECISION = ()
