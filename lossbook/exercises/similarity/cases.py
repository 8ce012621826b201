"""What answers around similarity are tried on."""

import numpy as np
from numpy.random import Generator

from ..engine.cases import Case


def triplets(rng: Generator) -> list[Case]:
    """Triplets, of which in each case one costs something and one costs nothing."""
    cases = []
    for n, d in ((2, 2), (3, 3), (5, 2), (30, 4)):
        margin = float(rng.choice([0.5, 0.8, 1.5]))
        anchors = rng.integers(-20, 20, (n, d)) / 4
        near = rng.uniform(0.3, 1.4, n)
        lead = rng.uniform(-0.25, 0.9, n) * margin
        lead[0], lead[1] = 0.4 * margin, 3 * margin
        far = np.maximum(near + lead, 0.2)
        positives, negatives = (
            anchors + away[:, None] * directions(rng, n, d) for away in (near, far)
        )
        cases.append(Case((anchors, positives, negatives, margin)))
    return cases


def partners(rng: Generator) -> list[Case]:
    """Queries and keys of many lengths, the wrong keys not always less alike."""
    cases = []
    for n, d in ((2, 2), (3, 4), (4, 3), (20, 5)):
        keys = directions(rng, n, d)
        queries = keys + rng.normal(scale=0.6, size=(n, d))
        lengths = rng.uniform(0.4, 2.5, (2, n, 1))
        temperature = float(rng.choice([0.2, 0.5, 2.0]))
        cases.append(Case((lengths[0] * queries, lengths[1] * keys, temperature)))
    return cases


def clouds(rng: Generator) -> list[Case]:
    """Embeddings of two or three kinds, at least two of each, in clouds that mix."""
    cases = []
    for n, d, k in ((4, 2, 2), (7, 2, 3), (9, 3, 3), (30, 4, 3)):
        kinds = rng.permutation(np.arange(n) % k)
        centres = rng.normal(scale=1.5, size=(k, d))
        cases.append(Case((centres[kinds] + rng.normal(size=(n, d)), kinds)))
    return cases


def directions(rng: Generator, n: int, d: int) -> np.ndarray:
    """Rows of length 1."""
    rows = rng.normal(size=(n, d))
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)
