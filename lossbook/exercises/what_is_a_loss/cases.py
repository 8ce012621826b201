"""What answers around losses in general are tried on."""

from itertools import product

import numpy as np
from numpy.random import Generator

from ..engine.cases import Case

BELOW_ZERO = "an example for which `w1 * x` is below zero"
TOO_HIGH = "a `w` that is too high"


def models_and_houses(rng: Generator) -> list[Case]:
    """Weights too low and too high, inputs of either sign, a new rate in each case."""
    cases = []
    settings = [(1, 0), (1, 1), (2, 0), (3, 0), (3, 1), (40, 0)]
    rates = rng.permutation([0.01, 0.02, 0.05, 0.1, 0.2, 0.4]).tolist()
    for (n, is_high), rate in zip(settings, rates, strict=True):
        sides = rng.permutation(np.resize(rng.permutation([-1, 1]), n))
        x = sides * rng.integers(5, 30, n) / 10
        y = x * 120 + rng.uniform(-15, 15, n)
        y = y if n > 9 else y.round()
        w = float(rng.integers(180, 250) if is_high else rng.integers(20, 70))
        cases.append(Case((w, x, y, rate), TOO_HIGH if is_high else ""))
    return cases


def networks(rng: Generator) -> list[Case]:
    """Numbers for one example: each sign of x, of both weights and of the error."""
    cases = []
    for sign_x, sign_w1, sign_w2, sign_error in product([1, -1], repeat=4):
        x, off, w1, w2 = (rng.permutation(np.arange(2, 9))[:4] / 2).tolist()
        x, w1, w2 = sign_x * x, sign_w1 * w1, sign_w2 * w2
        y = w2 * max(0.0, w1 * x) - sign_error * (off + 0.25)
        about = BELOW_ZERO if w1 * x < 0 else ""
        cases.append(Case((x, y, w1, w2), about))
    order = rng.permutation(len(cases))
    return [cases[i] for i in order]
