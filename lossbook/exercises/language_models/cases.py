"""What answers around language models are tried on."""

import numpy as np
from numpy.random import Generator

from ..engine.cases import Case
from .right import IGNORED

NO_PADDING = "a batch in which no row is ignored"


def rows(rng: Generator) -> list[Case]:
    """Labels and logits; some rows are to be ignored, but none in one case."""
    cases = []
    for n, ignored in ((4, 1), (3, 2), (6, 0), (40, 15)):
        k = int(rng.integers(3, 7))
        labels = rng.integers(1, k, n)
        labels[rng.permutation(n)[:ignored]] = IGNORED
        logits = np.round(2 * rng.normal(size=(n, k)), 2)
        cases.append(Case((labels, logits), "" if ignored else NO_PADDING))
    return cases


def texts(rng: Generator) -> list[Case]:
    """What each token of a text costs, and how many bytes the text has."""
    return [
        Case((rng.integers(5, 60, n) / 10, int(n * rng.uniform(2.5, 5)) + 1))
        for n in (1, 4, 9, 50)
    ]


def pairs(rng: Generator) -> list[Case]:
    """Log-probabilities of two answers under a model and its copy, and beta."""
    cases = []
    for n, beta in zip(
        (1, 3, 5, 20), rng.permutation([0.1, 0.2, 0.3, 0.5]), strict=True
    ):
        copy = -rng.integers(80, 400, (2, n)) / 10
        moved = rng.integers(10, 60, (2, n)) / 10 * rng.choice([-1, 1], (2, n))
        chosen, rejected = copy + moved
        cases.append(Case((chosen, rejected, *copy, float(beta))))
    return cases
