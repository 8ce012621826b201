"""What answers around the cross-entropy are tried on."""

import numpy as np
from numpy.random import Generator

from ...datasets import digit_images, digits
from ..engine.cases import Case, binary_probs, class_logits, class_probs

SURE = (
    "a probability of exactly 0 or 1. It costs 0 if it is right and infinity if it is "
    "wrong, and nothing is clipped or added on the way"
)
FOUR = "four classes"
BOTH = "900 and −900 in one row"
NEITHER = "a class with 0 in both rows, which adds nothing"
NO_SHARE = "a share of 0 in `y`, which adds nothing"


def labels_and_logits(rng: Generator) -> list[Case]:
    """Three classes and four, and labels among which the last class does not occur."""
    y, z = class_logits(rng)[2].inputs
    return [
        *class_logits(rng),
        Case(class_logits(rng, 4, sizes=(4,))[0].inputs, FOUR),
        Case((y % 2, z), "labels without the last class"),
    ]


def three_and_four_classes(rng: Generator) -> list[Case]:
    """Logits of three classes, and once of four."""
    return [*class_logits(rng), Case(class_logits(rng, 4, sizes=(4,))[0].inputs, FOUR)]


def with_sure_probs(rng: Generator) -> list[Case]:
    """Probabilities on either side of one half, and some that are exactly 0 or 1.

    The sure ones stand alone, beside others that are sure, and beside unsure ones.
    """
    unsure = [
        Case((y, np.where(p == 0.5, 0.6, p)))
        for y, p in (c.inputs for c in binary_probs(rng))
    ]
    sure = []
    for label in rng.permutation(2):
        hit, miss, p = float(label), 1.0 - label, rng.integers(55, 95) / 100
        sure += [
            ([label], [hit]),
            ([label, 1 - label], [hit, miss]),
            ([label, 1 - label, label], [hit, round(1 - p, 2), p]),
            ([1 - label, label], [p, miss]),
        ]
    return [*unsure, *(Case((np.array(y), np.array(p)), SURE) for y, p in sure)]


def label_rows_and_probs(rng: Generator) -> list[Case]:
    """Rows without a 0; with a 0 in either of them; and with one in both."""
    pairs = [class_probs(rng, k)[0].inputs[1][:2] for k in (2, 3, 3, 4, 10)]
    p, place = pairs[1][0], rng.integers(3)
    two = np.roll([0, 0.5, 0.5], place)
    return [
        *(Case((y, p)) for y, p in pairs),
        Case((np.eye(3)[place], p), NO_SHARE),
        Case((two, p), NO_SHARE),
        Case((two, np.roll([0, 0.7, 0.3], place)), NEITHER),
        Case((p, two), "a 0 in `p` for what does happen, which costs infinity"),
    ]


def small_and_huge_logits(rng: Generator) -> list[Case]:
    """Rows far above others or below, labels far above the rest of a row or below."""
    close = class_logits(rng)[2].inputs[1]
    apart = close + np.array([[900], [-900]])
    label = rng.integers(3, size=1)
    far = 900 * np.eye(3)[label]
    both = rng.permuted([900.0, -900.0, 1.5])
    return [
        *three_and_four_classes(rng),
        Case((rng.integers(3, size=2), apart), "huge logits"),
        *(Case((np.array([y]), both[np.newaxis]), BOTH) for y in range(3)),
        Case((label, close[:1] - far), "a label whose logit is far below the others"),
        Case((label, close[:1] + far), "a label whose logit is far above the others"),
    ]


def pictures(rng: Generator) -> list[Case]:
    """A few digits to train on, some of them rarer, and others to judge by."""
    images, digit = digit_images().reshape(-1, 64) / 16, digits()["digit"]
    cases = []
    for rate, steps in [(0.5, 1), (0.25, 2), (0.5, 10)]:
        order = rng.permutation(len(digit))
        counts = rng.permutation([1, 1, 2, 2, 3, 4, 5, 6, 7, 8])
        each = [order[digit[order] == d][: counts[d]] for d in range(10)]
        train = rng.permutation(np.concatenate(each))
        held_out = np.setdiff1d(order[:60], train)
        x, y = images[train], digit[train]
        cases.append(Case((x, y, images[held_out], digit[held_out], rate, steps)))
    return cases
