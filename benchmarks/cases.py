"""What is measured, and the lines to meet; data, as far as possible.

A line is what issue 3 promises: `at_least[peer]` is the peer's time divided by
ours, `at_most_us` our own microseconds.  None compares without a promise.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

VALUE, BOTH = "value", "value and gradient"
Arrays = tuple[NDArray, ...]


@dataclass(frozen=True)
class Case:
    """One call to time: a loss, on arrays of this shape and precision."""

    loss: str
    shape: tuple[int, ...]
    dtype: str
    what: str = VALUE
    at_least: dict[str, float | None] = field(default_factory=dict)
    at_most_us: float | None = None
    note: str = ""

    def __str__(self) -> str:
        """One line of text that `--only` can pick out."""
        shape = "x".join(f"{n:g}" for n in self.shape)
        note = f", {self.note}" if self.note else ""
        return f"{self.loss} {shape} {self.dtype} {self.what}{note}"

    def arrays(self) -> Arrays:
        """What the loss reads, in its order; the same arrays in every run."""
        arrays = INPUTS[self.loss](np.random.default_rng(3), self.shape, self.dtype)
        if self.note == HOPELESS:
            arrays[-1][:] *= 100
        return arrays


def numbers(rng: np.random.Generator, shape: tuple[int, ...], dtype: str) -> Arrays:
    """Targets, and predictions that miss them by about 1."""
    y = rng.standard_normal(shape, dtype=dtype)
    return y, y + rng.standard_normal(shape, dtype=dtype)


def gaussians(rng: np.random.Generator, shape: tuple[int, ...], dtype: str) -> Arrays:
    """Targets, and of each the mean and the logarithm of the variance."""
    y, mean = numbers(rng, shape, dtype)
    return y, np.column_stack([mean, rng.standard_normal(shape, dtype=dtype)])


def counts(rng: np.random.Generator, shape: tuple[int, ...], dtype: str) -> Arrays:
    """Counts, and the logarithms of the rates by which they were drawn."""
    x = rng.standard_normal(shape, dtype=dtype)
    return rng.poisson(np.exp(x)).astype(dtype), x


def rates(rng: np.random.Generator, shape: tuple[int, ...], dtype: str) -> Arrays:
    """The same counts, and the rates."""
    y, x = counts(rng, shape, dtype)
    return y, np.exp(x)


def pictures(rng: np.random.Generator, shape: tuple[int, ...], dtype: str) -> Arrays:
    """Pictures of which a tenth is marked, and a probability for each pixel."""
    return rng.random(shape) < 0.1, rng.random(shape, dtype=dtype)


def binary_logits(
    rng: np.random.Generator, shape: tuple[int, ...], dtype: str
) -> Arrays:
    """Labels 0 and 1, as floats because PyTorch takes no others, and logits."""
    x = 3 * rng.standard_normal(shape, dtype=dtype)
    return (rng.random(shape) < _sigmoid(x)).astype(dtype), x


def two_models(rng: np.random.Generator, shape: tuple[int, ...], dtype: str) -> Arrays:
    """Logits of a teacher, and of a student that has learned some of it."""
    t = 2 * rng.standard_normal(shape, dtype=dtype)
    return t, t + rng.standard_normal(shape, dtype=dtype)


def embeddings(rng: np.random.Generator, shape: tuple[int, ...], dtype: str) -> Arrays:
    """Embeddings, and of each another one that is near to it."""
    q = rng.standard_normal(shape, dtype=dtype)
    return q, q + dtype_of(0.1, dtype) * rng.standard_normal(shape, dtype=dtype)


def triples(rng: np.random.Generator, shape: tuple[int, ...], dtype: str) -> Arrays:
    """Anchors, positives near to them, and negatives a little further away."""
    anchors, positives = embeddings(rng, shape, dtype)
    negatives = anchors + dtype_of(0.15, dtype) * rng.standard_normal(
        shape, dtype=dtype
    )
    return anchors, positives, negatives


def pairs(rng: np.random.Generator, shape: tuple[int, ...], dtype: str) -> Arrays:
    """Whether two are of one kind, and both embeddings; about one apart."""
    first, second = embeddings(rng, shape, dtype)
    return rng.integers(2, size=shape[0]).astype(dtype), first, second


def binary_probs(
    rng: np.random.Generator, shape: tuple[int, ...], dtype: str
) -> Arrays:
    """The same labels, and the probabilities that the logits mean."""
    y, x = binary_logits(rng, shape, dtype)
    return y, _sigmoid(x)


def margins(rng: np.random.Generator, shape: tuple[int, ...], dtype: str) -> Arrays:
    """Labels -1 and +1, and scores, of which a third is on the wrong side."""
    y = rng.choice(np.array([-1, 1], dtype), shape)
    return y, y * dtype_of(0.5, dtype) + rng.standard_normal(shape, dtype=dtype)


def class_logits(
    rng: np.random.Generator, shape: tuple[int, ...], dtype: str
) -> Arrays:
    """Class numbers, and logits that know nothing of them.

    They are small enough that scikit-learn clips no probability in float32.
    """
    x = rng.standard_normal(shape, dtype=dtype)
    return rng.integers(shape[1], size=shape[0]), x


def class_probs(rng: np.random.Generator, shape: tuple[int, ...], dtype: str) -> Arrays:
    """The same class numbers, and the probabilities that the logits mean."""
    y, x = class_logits(rng, shape, dtype)
    p = np.exp(x - x.max(axis=1, keepdims=True))
    return y, p / p.sum(axis=1, keepdims=True)


def dtype_of(number: float, dtype: str) -> np.floating:
    """The number in this precision, so that it widens nothing."""
    return np.dtype(dtype).type(number)


def _sigmoid(x: NDArray) -> NDArray:
    return 1 / (1 + np.exp(-x))


INPUTS: dict[str, Callable[..., Arrays]] = {
    "mean_squared_error": numbers,
    "mean_absolute_error": numbers,
    "huber": numbers,
    "quantile": numbers,
    "log_cosh": numbers,
    "gaussian_nll": gaussians,
    "poisson": counts,
    "poisson_deviance": rates,
    "binary_cross_entropy": binary_probs,
    "binary_cross_entropy_from_logits": binary_logits,
    "cross_entropy": class_probs,
    "cross_entropy_from_logits": class_logits,
    "brier_score": binary_probs,
    "focal": binary_logits,
    "distillation": two_models,
    "contrastive": pairs,
    "triplet": triples,
    "info_nce": embeddings,
    "preference": numbers,
    "dice": pictures,
    "tversky": pictures,
    "hinge": margins,
    "squared_hinge": margins,
    "multiclass_hinge": class_logits,
}

HOPELESS = "logits x 100"  # most rows confident and wrong
FLOATS = ("float32", "float64")
VECTOR = (1_000_000,)
VECTORS, BATCH = (10_000, 128), (1000, 128)  # embeddings: in a row, or all with all
FEW_CLASSES, CLASSES, WORDS = (100_000, 10), (10_000, 1000), (2000, 32_000)

TIMINGS = (
    *(
        Case(
            "mean_squared_error",
            VECTOR,
            dtype,
            at_least={"torch": 1.0, "sklearn": 2.5, "jax": None, "numpy": None},
        )
        for dtype in FLOATS
    ),
    *(
        Case(loss, VECTOR, dtype, at_least={"torch": 1.0, "numpy": None})
        for loss in ("gaussian_nll", "poisson", "preference")
        for dtype in FLOATS
    ),
    *(
        Case("distillation", shape, dtype, at_least={"torch": None, "numpy": None})
        for shape in (FEW_CLASSES, CLASSES)
        for dtype in FLOATS
    ),
    *(
        Case(loss, shape, dtype, at_least={"torch": None, "numpy": None})
        for loss, shape in (
            ("contrastive", VECTORS),
            ("triplet", VECTORS),
            ("info_nce", BATCH),
        )
        for dtype in FLOATS
    ),
    *(
        Case(
            "hinge",
            VECTOR,
            dtype,
            at_least={"torch": 1.0, "sklearn": 30, "jax": None, "numpy": None},
        )
        for dtype in FLOATS
    ),
    *(
        Case(
            "binary_cross_entropy_from_logits",
            VECTOR,
            dtype,
            what,
            at_least={"jax": 0.7, "numpy": None}
            | (
                {"torch": 1.0, "sklearn": 8, "scipy": None}
                if what == VALUE
                else {"torch": None}
            ),
        )
        for what in (VALUE, BOTH)
        for dtype in FLOATS
    ),
    *(
        Case(
            "binary_cross_entropy",
            VECTOR,
            dtype,
            at_least={"sklearn": 8} | dict.fromkeys(("torch", "jax", "scipy", "numpy")),
        )
        for dtype in FLOATS
    ),
    *(
        Case("cross_entropy", shape, dtype, at_least={"sklearn": 8, "numpy": None})
        for shape in (FEW_CLASSES, CLASSES)
        for dtype in FLOATS
    ),
    *(
        Case(
            "cross_entropy_from_logits",
            shape,
            dtype,
            at_least={"torch": line, "jax": 0.7, "numpy": None, "scipy": None}
            | ({} if shape == WORDS else {"sklearn": 8}),
        )
        for shape, dtype, line in (
            (FEW_CLASSES, "float32", 6),
            (FEW_CLASSES, "float64", 2.5),
            (CLASSES, "float32", 1.8),
            (CLASSES, "float64", 1.8),
            (WORDS, "float32", 1.8),
            (WORDS, "float64", 1.8),
        )
    ),
    *(
        Case(
            "cross_entropy_from_logits",
            shape,
            dtype,
            BOTH,
            at_least={"torch": 1.5, "jax": 0.7, "numpy": None},
        )
        for shape in (FEW_CLASSES, CLASSES, WORDS)
        for dtype in FLOATS
    ),
    Case(
        "cross_entropy_from_logits",
        CLASSES,
        "float32",
        at_least={"torch": None, "jax": None, "numpy": None},
        note=HOPELESS,
    ),
    *(
        Case(
            loss,
            shape,
            "float64",
            at_least=dict.fromkeys(("torch", "jax", "sklearn", "numpy")),
            at_most_us=line,
        )
        for loss, shape, line in (
            ("mean_squared_error", (10,), 3),
            ("binary_cross_entropy_from_logits", (10,), 7),
            ("cross_entropy_from_logits", (10, 3), 13),
        )
    ),
)

# Integer labels, as a reader has them: turning all of them into floats at once
# would show here.  Losses of embeddings are only timed: they return several gradients.
MEMORY = tuple(
    Case(loss, shape, "float32")
    for loss, make in INPUTS.items()
    if make not in (pairs, triples, embeddings)
    for shape in (
        ((400_000, 10), (4000, 1000))
        if make in (class_logits, class_probs, pictures, two_models)
        else ((4_000_000,),)
    )
)
