"""What answers around quantiles, spread and counts are tried on."""

import numpy as np
from numpy.random import Generator

from ..engine.cases import Case, regression

ZERO = "an hour in which nothing came"
# Errors in standard deviations, on both sides of 1 and of 2, and far from either.
FAR = np.array([0.3, 0.6, 1.2, 1.5, 1.7, 2.4, 2.8, 3.3])
LOGARITHMS = np.array([-1.5, -0.7, 0.5, 1.2, 2.1])


def with_levels(rng: Generator) -> list[Case]:
    """Targets and predictions, with another level in each case, none of them 0.5."""
    levels = rng.permutation([0.1, 0.2, 0.7, 0.8, 0.9]).tolist()
    cases = zip(regression(rng), levels, strict=True)
    return [Case((*case.inputs, level)) for case, level in cases]


def counts_and_rates(rng: Generator) -> list[Case]:
    """Counts with rates that are too high and too low; in some cases a count is 0."""
    cases = []
    for n, has_zero in ((3, False), (1, False), (2, True), (3, True), (40, True)):
        rates = rng.integers(4, 60, n) / 4
        counts = np.maximum(1, np.round(rates * rng.uniform(1.4, 2.5, n)))
        lower = rng.permutation(n) < n // 2
        counts[lower] = np.maximum(1, np.round(rates * 0.4))[lower]
        if has_zero:
            counts[rng.integers(n)] = 0
        cases.append(Case((counts, rates), ZERO if has_zero else ""))
    return cases


def claims(rng: Generator) -> list[Case]:
    """Targets, means and logarithms of variances; no target at an edge.

    In the large case each error meets each variance, so that whoever takes one width
    for another gets another share.
    """
    cases = []
    for n in (5, 8, 8, 40):
        z, s = np.resize(FAR, n), np.repeat(LOGARITHMS, 8)[:n]
        if n < 40:
            z, s = rng.permutation(z), rng.permutation(np.resize(LOGARITHMS, n))
        signs = rng.permutation(np.resize([-1, 1], n))
        mean = rng.integers(100, 400, n) / 10
        cases.append(Case((mean + signs * z * np.exp(s / 2), mean, s)))
    return cases
