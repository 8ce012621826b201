"""Answers to the exercises on similarity, as learners write them."""

from fractions import Fraction

import numpy as np

from lossbook import cross_entropy_from_logits, info_nce, triplet


def in_a_loop(anchors, positives, negatives, margin):
    total = 0
    for a, p, n in zip(anchors, positives, negatives, strict=True):
        near = np.sqrt(np.sum((a - p) ** 2))
        far = np.sqrt(np.sum((a - n) ** 2))
        if near - far + margin > 0:
            total += near - far + margin
    return total / len(anchors)


def rowwise(anchors, positives, negatives, margin):
    near = ((anchors - positives) ** 2).sum(axis=1) ** 0.5
    far = ((anchors - negatives) ** 2).sum(axis=1) ** 0.5
    return (np.clip(near - far + margin, 0, None)).mean()


def unit(x):
    return x / np.sqrt((x**2).sum(axis=1))[:, None]


def by_softmax(q, k, t):
    e = np.exp(unit(q) @ unit(k).T / t)
    return -np.log(np.diag(e) / e.sum(axis=1)).mean()


def by_cross_entropy(q, k, t):
    return cross_entropy_from_logits(np.arange(len(q)), unit(q) @ unit(k).T / t)


def hardest_in_loops(e, kinds):
    result = []
    for i in range(len(e)):
        others = [
            np.linalg.norm(e[i] - e[j]) for j in range(len(e)) if kinds[i] != kinds[j]
        ]
        result.append(min(others))
    return result


def away(e):
    return np.sqrt(((e[:, None] - e) ** 2).sum(axis=2))


WRONG = {
    "three_losses": [
        ((1.0, 1.69, 2.3), "The ½ before"),
        ((0.5, 0.65, 2.3), "squared first"),
        ((0.5, 0.845, 0.3), "left the margin out"),
        ((0.5, 0.845, 1.7), "swapped both distances"),
        ((0.5, 0.245, 2.3), "`different pair`"),
        ((0.5, 0.845), "has 2 parts"),
    ],
    "mean_triplet_loss": [
        (lambda a, p, n, m: triplet(a, n, p, margin=m), "swapped positives"),
        (lambda a, p, n, m: rowwise(a, p, n, 0), "margin is missing"),
        (lambda a, p, n, m: rowwise(a, p, n, m) * len(a), "added up"),
        (
            lambda a, p, n, m: np.mean(
                np.maximum(0, ((a - p) ** 2 - (a - n) ** 2).sum(axis=1) + m)
            ),
            "squared distances",
        ),
        (
            lambda a, p, n, m: np.mean(
                np.linalg.norm(a - p, axis=1) - np.linalg.norm(a - n, axis=1) + m
            ),
            "get a negative loss",
        ),
        (
            lambda a, p, n, m: max(
                0, np.linalg.norm(a - p) - np.linalg.norm(a - n) + m
            ),
            "whole matrix",
        ),
        (lambda a, p, n: triplet(a, p, n), "these arguments"),
    ],
    "info_nce_loss": [
        (
            lambda q, k, t: cross_entropy_from_logits(np.arange(len(q)), q @ k.T / t),
            "to length 1 first",
        ),
        (lambda q, k, t: by_softmax(q, k, 1 / t), "multiplied by the temperature"),
        (lambda q, k, t: by_softmax(q, k, 1), "temperature is missing"),
        (lambda q, k, t: by_softmax(k, q, t), "from the keys"),
        (lambda q, k, t: -by_softmax(q, k, t), "sign is turned"),
        (lambda q, k, t: len(q) * by_softmax(q, k, t), "added up"),
    ],
    "hardest_negatives": [
        (lambda e, kinds: away(e).min(axis=1), "another kind"),
        (
            lambda e, kinds: (away(e) + 1e9 * np.eye(len(e))).min(axis=1),
            "of any kind",
        ),
        (
            lambda e, kinds: np.where(kinds[:, None] != kinds, away(e), 0).max(axis=1),
            "easiest negative",
        ),
        (lambda e, kinds: np.array(hardest_in_loops(e, kinds)) ** 2, "Take the root"),
        (
            lambda e, kinds: np.where(kinds[:, None] == kinds, 99, away(e)).argmin(1),
            "number of the nearest row",
        ),
    ],
    "what_to_do": [
        ("", "three dots"),
        (None, "in quotes"),
        ("Hold out whole writers.", "Compare yours"),
    ],
}

RIGHT = {
    "three_losses": [
        (0.5, 0.845, 2.3),
        [Fraction(1, 2), Fraction(169, 200), Fraction(23, 10)],
        np.array([0.5, 0.845, 2.3]),
    ],
    "mean_triplet_loss": [
        in_a_loop,
        rowwise,
        lambda a, p, n, m: triplet(a, p, n, margin=m),
    ],
    "info_nce_loss": [
        by_softmax,
        by_cross_entropy,
        lambda q, k, t: info_nce(q, k, temperature=float(t)),
    ],
    "hardest_negatives": [
        hardest_in_loops,
        lambda e, kinds: np.where(kinds[:, None] == kinds, 1e9, away(e)).min(axis=1),
        lambda e, kinds: np.array(
            [away(e)[i][kinds != kinds[i]].min() for i in range(len(e))]
        ),
    ],
    "what_to_do": [],
}

# Right, but few digits of single precision are left where large numbers cancel.
ONLY_IN_DOUBLE_PRECISION = ()
