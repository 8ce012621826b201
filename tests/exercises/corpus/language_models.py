"""Answers to the exercises on language models, as learners write them."""

from fractions import Fraction

import numpy as np

from lossbook import cross_entropy_from_logits, preference, sigmoid


def weighted(labels, logits):
    counts = labels != -100
    y = np.where(counts, labels, 0)
    return cross_entropy_from_logits(y, logits, sample_weight=counts)


def in_a_loop(labels, logits):
    total, count = 0, 0
    for y, z in zip(labels, logits, strict=True):
        if y == -100:
            continue
        total += np.log(np.sum(np.exp(z))) - z[y]
        count += 1
    return total / count


def summed(labels, logits):
    return len(labels[labels >= 0]) * weighted(labels, logits)


def counted_too(labels, logits):
    counts = labels >= 0
    y = np.where(counts, labels, 0)
    return np.mean(counts * cross_entropy_from_logits(y, logits, reduction="none"))


def of_class_0(labels, logits):
    return cross_entropy_from_logits(np.maximum(labels, 0), logits)


def with_sigmoid(pc, pr, rc, rr, beta):
    return -np.mean(np.log(sigmoid(beta * ((pc - rc) - (pr - rr)))))


def as_ratios(pc, pr, rc, rr, beta):
    return np.mean(np.logaddexp(0, -beta * ((pc - pr) - (rc - rr))))


WRONG = {
    "which_is_better": [
        ("", "three dots"),
        (None, "in quotes"),
        ("B, for it has longer tokens.", "Compare yours"),
    ],
    "two_means": [
        ((0.95, 0.8), "for each other"),
        ((0.95, 0.95), "The second number is right"),
        ((0.8, 0.8), "The first number is right"),
        ((0.8, 10), "altogether by two"),
        (0.8, "2 results (tokens, sequences)"),
    ],
    "token_loss": [
        (summed, "added up"),
        (counted_too, "you count them"),
        (of_class_0, "rows of class 0"),
        (lambda y, z: weighted(y, z) / np.log(2), "in bits"),
        (lambda y, z: -np.mean(z[y >= 0, y[y >= 0]]), "averaged the logits"),
    ],
    "bits_per_byte": [
        (lambda nats, n: np.sum(nats) / n, "Those are nats"),
        (lambda nats, n: np.mean(nats) / np.log(2), "bits per token"),
        (lambda nats, n: np.sum(nats) * np.log(2) / n, "multiplied by log 2"),
        (lambda nats, n: np.exp(np.mean(nats)), "a perplexity"),
    ],
    "dpo_loss": [
        (lambda pc, pr, rc, rr, b: preference(b * pc, b * pr), "the frozen copy"),
        (lambda pc, pr, rc, rr, b: preference(pc - rc, pr - rr), "left out beta"),
        (
            lambda pc, pr, rc, rr, b: preference(b * (pr - rr), b * (pc - rc)),
            "turned the lead round",
        ),
        (
            lambda pc, pr, rc, rr, b: np.mean(sigmoid(b * (pc - rc - pr + rr))),
            "probability of the choice",
        ),
    ],
}

RIGHT = {
    "which_is_better": [],
    "two_means": [
        (0.8, 0.95),
        [Fraction(4, 5), Fraction(19, 20)],
        np.array([0.8, 0.95]),
    ],
    "token_loss": [
        weighted,
        in_a_loop,
        lambda y, z: cross_entropy_from_logits(y[y >= 0], z[y >= 0]),
    ],
    "bits_per_byte": [
        lambda nats, n: np.sum(nats / np.log(2)) / n,
        lambda nats, n: sum(nats) / (n * np.log(2)),
        lambda nats, n: len(nats) * np.mean(nats) / np.log(2) / n,
    ],
    "dpo_loss": [
        with_sigmoid,
        as_ratios,
        lambda pc, pr, rc, rr, b: preference(b * (pc - rc), b * (pr - rr)),
    ],
}

ONLY_IN_DOUBLE_PRECISION = ()
