"""What answers around forecasts are tried on."""

import numpy as np
from numpy.random import Generator

from ..engine.cases import LARGE, Case

TIED = "pairs in which both have the same probability"


def beliefs_and_sayings(rng: Generator) -> list[Case]:
    """She believes more than she says, or less; never one half, never the same."""
    cases = []
    for low, high in [(5, 25), (30, 45), (55, 70), (75, 95), (5, 25)]:
        q = int(rng.integers(low, high))
        p = int(rng.choice([v for v in range(5, 96) if abs(v - q) > 9 and v != 50]))
        cases.append(Case((q / 100, p / 100)))
    return cases


def forecasts(rng: Generator) -> list[Case]:
    """Bins that hold different numbers of examples, some too high and some too low.

    In the last case the smaller probabilities of a bin never come true and the larger
    ones always do, so that other cuts tell another story.
    """
    cases = []
    for each, bins in [((3, 1), 2), ((1, 4, 2), 4), ((5, 2, 3), 5), ((20, 9, 30), 4)]:
        number = np.repeat(rng.permutation(bins)[: len(each)], each)
        part = rng.choice([0.2, 0.3, 0.4, 0.6, 0.7], len(number))
        y = (rng.random(len(number)) < np.repeat(rng.random(len(each)), each)) * 1
        if len(number) > LARGE:
            part[:2], y[: each[0]] = (0.2, 0.7), part[: each[0]] > 0.5
            y[:2] = 0, 1
        if y.min() == y.max():
            y[0] = 1 - y[0]
        order = rng.permutation(len(number))
        p = ((number + part) / bins).round(4)
        cases.append(Case((y[order], p[order], bins)))
    return cases


def pairs(rng: Generator) -> list[Case]:
    """Order mostly right, never always; with ties in the last two."""
    cases = []
    for happened, failed, ties in [(2, 3, 0), (4, 2, 0), (3, 4, 2), (20, 25, 9)]:
        n = happened + failed
        y = np.repeat([1, 0], [happened, failed])
        p = rng.permutation(np.arange(5, 96))[:n] / 100
        p[:happened] = np.minimum(p[:happened] + 0.003, 1)
        p[0], p[-1] = min(p[0], p[-1]) - 0.01, max(p[0], p[-1])
        if ties:
            p[1 : 1 + ties] = p[happened : happened + ties]
        order = rng.permutation(n)
        about = TIED if ties else ""
        cases.append(Case((y[order], p[order].round(3)), about))
    return cases


def logits_and_temperatures(rng: Generator) -> list[Case]:
    """Temperatures above 1 and below, never 1; no two logits of a row are alike."""
    cases = []
    for n, k, t in [(1, 3, 2.0), (2, 3, 0.5), (3, 4, 4.0), (40, 5, 1.5), (2, 2, 3.0)]:
        tenths = rng.permuted(np.tile(np.arange(-40, 41), (n, 1)), axis=1)
        cases.append(Case((tenths[:, :k] / 10, t)))
    return cases
