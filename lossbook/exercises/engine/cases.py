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

    def noise(self) -> float:
        """By how much a right answer may be off that computes in single precision.

        Where large numbers cancel, what is left of them is off by a part of their
        size, however small it is itself.
        """
        inputs = [np.asarray(value) for value in self.inputs if not callable(value)]
        sizes = [np.abs(one).max(initial=0) for one in inputs if one.dtype.kind == "f"]
        return max([1e-9, *(1e-6 * size for size in sizes)])


def regression(rng: Generator) -> list[Case]:
    """Targets and predictions, shape (n,); small ones have one digit after the point.

    No error is zero, so that every formula shows what it does with each of them.
    """
    side = rng.choice([-1, 1])
    small = []
    for n in SMALL:
        y, off = rng.integers(10, 99, n) / 10, side * _falling_off(rng, n)
        small.append(Case((y, (y + off).round(1))))
        side = -side  # so that the first one is too high in some, too low in others
    y = rng.normal(50, 20, LARGE)
    return [*small, Case((y, y + _off(rng, LARGE) * rng.uniform(3, 7, LARGE)))]


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
    cases = []
    for n in (*SMALL, LARGE):
        apart = 0 if n < LARGE else rng.uniform(-0.03, 0.03, n)  # of many digits
        scores = (_off(rng, n) + 0.05).round(2) + apart
        cases.append(Case((2 * _both(rng, n) - 1, scores)))
    return cases


def class_probs(rng: Generator, k: int = 3) -> list[Case]:
    """Class numbers (n,) with probabilities of the classes (n, k), none of them 0."""
    return [
        Case((_classes(rng, n, k), _distributions(rng, n, k))) for n in (*SMALL, LARGE)
    ]


def class_logits(
    rng: Generator, k: int = 3, sizes: tuple[int, ...] = (*SMALL, LARGE)
) -> list[Case]:
    """Class numbers (n,) with a logit for each class (n, k), no two of a row alike."""
    return [Case((_classes(rng, n, k), _distinct(rng, n, k))) for n in sizes]


def _off(rng: Generator, n: int) -> NDArray:
    """Errors between 0.2 and 3, of either sign and different sizes, with one digit."""
    signs = rng.permutation(np.resize(rng.permutation([-1, 1]), n))
    sizes = rng.permutation(np.resize(rng.permutation(np.arange(2, 31)), n))
    return sizes / 10 * signs


def _falling_off(rng: Generator, n: int) -> NDArray:
    """The same for a few: the first is above 0, and larger than the second."""
    off = _off(rng, n)
    off[:2] = off[np.argsort(-abs(off[:2]))]
    return off * np.sign(off[0])


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
