"""What an answer is tried on: cases drawn fresh, small ones first and then large."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

SMALL = (3, 1, 2, 3)  # sizes that can be followed by hand; two of the same size
LARGE = 40


@dataclass(frozen=True)
class Case:
    """The inputs of one call, and what is special about them, if anything.

    `about` completes a sentence: "Right for the others, but not for …".
    """

    inputs: tuple[Any, ...]
    about: str = ""

    def size(self) -> int:
        """How many numbers go in: the smallest case makes the best example."""
        return sum(np.size(value) for value in self.inputs)


def regression(rng: Generator) -> list[Case]:
    """Targets and predictions, shape (n,); small ones have one digit after the point.

    No error is zero, so that every formula shows what it does with each of them.
    """
    small = [Case(_targets_and_predictions(rng, n)) for n in SMALL]
    y = rng.normal(50, 20, LARGE)
    return [*small, Case((y, y + _off(rng, LARGE) * 5))]


def binary_probs(rng: Generator) -> list[Case]:
    """Labels 0 and 1 with probabilities of label 1, none of them sure; shape (n,)."""
    return [
        Case((_both(rng, n), rng.integers(5, 96, n) / 100)) for n in (*SMALL, LARGE)
    ]


def binary_logits(rng: Generator) -> list[Case]:
    """Labels 0 and 1 with logits of label 1; shape (n,)."""
    return [Case((_both(rng, n), 2 * _off(rng, n))) for n in (*SMALL, LARGE)]


def signed_scores(rng: Generator) -> list[Case]:
    """Labels -1 and +1 with scores inside and beyond the margin; shape (n,).

    None is exactly at the margin, where the slope is a matter of convention.
    """
    return [
        Case((2 * _both(rng, n) - 1, (_off(rng, n) + 0.05).round(2)))
        for n in (*SMALL, LARGE)
    ]


def class_probs(rng: Generator, k: int = 3) -> list[Case]:
    """Class numbers (n,) with probabilities of the classes (n, k), none of them 0."""
    return [
        Case((_classes(rng, n, k), _distributions(rng, n, k))) for n in (*SMALL, LARGE)
    ]


def class_logits(rng: Generator, k: int = 3) -> list[Case]:
    """Class numbers (n,) with a logit for each class (n, k), no two of a row alike."""
    return [Case((_classes(rng, n, k), _distinct(rng, n, k))) for n in (*SMALL, LARGE)]


def _targets_and_predictions(rng: Generator, n: int) -> tuple[NDArray, NDArray]:
    y = rng.integers(10, 99, n) / 10
    return y, (y + _off(rng, n)).round(1)


def _off(rng: Generator, n: int) -> NDArray:
    """Errors between 0.2 and 3 in size, of either sign, with one digit."""
    return rng.integers(2, 31, n) / 10 * rng.choice([-1, 1], n)


def _both(rng: Generator, n: int) -> NDArray:
    """Labels 0 and 1, in mixed order; both occur wherever there is room for both."""
    return rng.permutation((np.arange(n) + rng.integers(2)) % 2)


def _classes(rng: Generator, n: int, k: int) -> NDArray:
    return rng.permutation((np.arange(n) + rng.integers(k)) % k)


def _distributions(rng: Generator, n: int, k: int) -> NDArray:
    """Rows of hundredths that sum to 1, none below 0.05."""
    shares = rng.dirichlet(np.ones(k), n)
    return (rng.multinomial(100 - 5 * k, shares) + 5) / 100


def _distinct(rng: Generator, n: int, k: int) -> NDArray:
    """Rows of different tenths between -4 and 4."""
    tenths = np.tile(np.arange(-40, 41), (n, 1))
    return rng.permuted(tenths, axis=1)[:, :k] / 10
