"""Answers to the exercises on rare classes and regions, as learners write them."""

import numpy as np

from lossbook import (
    binary_cross_entropy_from_logits,
    focal,
    log_softmax,
    sigmoid,
    softmax,
)


def given(y, p):
    return y * p + (1 - y) * (1 - p)


def focal_in_a_loop(y, p, gamma):
    total = 0
    for label, probability in zip(y, p, strict=True):
        if label == 0:
            probability = 1 - probability
        total -= (1 - probability) ** gamma * np.log(probability)
    return total / len(y)


def focal_by_label(y, p, gamma):
    ones = -y * (1 - p) ** gamma * np.log(p)
    zeros = -(1 - y) * p**gamma * np.log(1 - p)
    return (ones + zeros).mean()


def tags_in_loops(tags, logits):
    total = 0
    for row, scores in zip(tags, logits, strict=True):
        for tag, z in zip(row, scores, strict=True):
            total += np.log(1 + np.exp(-z if tag else z))
    return total / len(tags)


def tags_by_lossbook(tags, logits):
    columns = zip(tags.T, logits.T, strict=True)
    return sum(binary_cross_entropy_from_logits(*column) for column in columns)


def each_tag(tags, logits):
    p = sigmoid(logits)
    return -tags * np.log(p) - (1 - tags) * np.log(1 - p)


WRONG = {
    "five_pixels": [
        ((0.684, 0.52), "overlaps themselves"),
        ((0.48, 0.316), "swapped the two"),
        ((0.658, 0.48), "counts twice"),
        ((0.333, 0.48), "rounded the probabilities"),
        ((0.322, 0.48), "cross-entropy of the pixels"),
        ((0.316, 0.658), "take it off once"),
        (0.316, "2 results"),
        (None, "value itself"),
    ],
    "focal_loss": [
        (lambda y, p, g: -np.mean(np.log(given(y, p))), "That is the cross-entropy"),
        (lambda y, p, g: -np.mean((1 - p) ** g * np.log(p)), "for every example"),
        (lambda y, p, g: -np.mean(y * (1 - p) ** g * np.log(p)), "pay nothing"),
        (
            lambda y, p, g: -np.mean(given(y, p) ** g * np.log(given(y, p))),
            "easy examples count",
        ),
        (
            lambda y, p, g: -np.mean((1 - p) ** g * np.log(given(y, p))),
            "takes `1 - p` for every example",
        ),
        (
            lambda y, p, g: -np.mean(g * (1 - given(y, p)) * np.log(given(y, p))),
            "multiplied by `gamma`",
        ),
        (lambda y, p, g: np.mean((1 - given(y, p)) ** g), "mean of the factors"),
        (lambda y, p, g: -focal_in_a_loop(y, p, g), "negative"),
        (lambda y, p, g: focal_in_a_loop(y, p, g) * len(y), "your function returns"),
        (lambda y, p, g: None, "Did you forget `return`?"),
    ],
    "weight_undone": [
        (lambda p, w: p / w, "divided the probability"),
        (lambda p, w: w * p / (w * p + 1 - p), "once more"),
        (lambda p, w: p / (1 - p) / w, "Those are the odds"),
        (lambda p, w: np.log(p / (1 - p) / w), "Those are logits"),
        (lambda p, w: sigmoid(np.log(p / (1 - p)) / w), "divided the logit"),
        (lambda p, w: sigmoid(np.log(p / (1 - p)) - w), "its logarithm"),
        (lambda p, w: p, "still in them"),
    ],
    "tiny_tumours": [
        ("", "three dots"),
        (0.01, "in quotes"),
        ("Take Dice.", "Compare yours"),
    ],
    "tags_loss": [
        (
            lambda t, z: -np.mean(np.sum(t * np.log(softmax(z)), axis=1)),
            "softmax over the tags",
        ),
        (
            lambda t, z: -np.mean(np.sum(t * log_softmax(z), axis=1)),
            "softmax over the tags",
        ),
        (
            lambda t, z: -np.mean(np.sum(t * np.log(sigmoid(z)), axis=1)),
            "Only the tags that apply",
        ),
        (lambda t, z: np.mean(each_tag(t, z)), "averaged over the tags"),
        (lambda t, z: np.sum(each_tag(t, z)), "added up the examples"),
        (lambda t, z: np.mean(each_tag(t, z).sum(axis=0)), "the rows are examples"),
        (lambda t, z: -tags_in_loops(t, z), "negative"),
        (lambda t, z: each_tag(t, z).sum(axis=1), "one loss for each example"),
    ],
}

RIGHT = {
    "five_pixels": [
        (0.316, 0.48),
        [1 - 2.6 / 3.8, 1 - 1.3 / 2.5],
        np.float32([0.3158, 0.48]),
    ],
    "focal_loss": [
        focal_in_a_loop,
        focal_by_label,
        lambda y, p, g: focal(y, np.log(p) - np.log(1 - p), gamma=g),
        lambda y, p, g: np.mean((1 - given(y, p)) ** g * -np.log(given(y, p))),
    ],
    "weight_undone": [
        lambda p, w: p / (p + w * (1 - p)),
        lambda p, w: sigmoid(np.log(p) - np.log(1 - p) - np.log(w)),
        lambda p, w: [1 / (1 + w * (1 - one) / one) for one in p],
    ],
    "tiny_tumours": [],
    "tags_loss": [
        tags_in_loops,
        tags_by_lossbook,
        lambda t, z: each_tag(t, z).sum() / len(t),
        lambda t, z: np.logaddexp(0, (1 - 2 * t) * z).sum(axis=1).mean(),
    ],
}

ONLY_IN_DOUBLE_PRECISION = ()
