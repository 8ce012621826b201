"""What answers around rare classes and small regions are tried on."""

import numpy as np
from numpy.random import Generator

from ..engine.cases import Case

NO_TAG = "an example without any tag"


def labels_and_probs(rng: Generator) -> list[Case]:
    """Both labels, each with examples that are easy and hard; gamma is never 0 or 1."""
    cases = []
    gammas = rng.permutation([0.5, 1.5, 2.0, 3.0]).tolist()
    for n, gamma in zip((2, 3, 5, 40), gammas, strict=True):
        y = rng.permutation(np.arange(n) % 2)
        p = rng.permutation(np.linspace(0.06, 0.92, n).round(2))
        cases.append(Case((y, p, gamma)))
    return cases


def probs_and_weights(rng: Generator) -> list[Case]:
    """Small probabilities and large ones; weights above 1 and, once, below."""
    weights = rng.permutation([0.2, 3.0, 10.0, 25.0]).tolist()
    return [
        Case((rng.permutation(np.linspace(0.04, 0.93, n).round(2)), weight))
        for n, weight in zip((1, 2, 4, 30), weights, strict=True)
    ]


def tags_and_logits(rng: Generator) -> list[Case]:
    """Examples with several tags, one and none; numbers of both differ."""
    cases = []
    for n, k in ((2, 3), (3, 2), (4, 5), (30, 4)):
        tags = rng.integers(2, size=(n, k))
        tags[0], tags[1] = 1, 0
        logits = (rng.choice([-1, 1], (n, k)) * rng.integers(3, 31, (n, k))) / 10
        cases.append(Case((tags, logits)))
    return [*cases, Case((np.array([[0, 0]]), np.array([[0.7, -1.6]])), NO_TAG)]
