"""Telling a gradient that was measured from one that was derived once more."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .answers import Answer
from .outcome import Outcome

MEASURED = ("derived", "measured")  # the parts of an answer that has to measure
NOT_MEASURED = Outcome(
    "wrong",
    "What is measured is never the same to the last digit as what is derived, nor off "
    "by the same amount everywhere. Let `numerical_gradient` find `measured` from the "
    "loss, and derive `derived` on paper: the one is there to check the other.",
    "not measured",
)
EPS = np.finfo(np.float64).eps


def is_measured(
    results: Sequence[Answer],
    right: Sequence[Answer],
    recorded: Sequence[Sequence[NDArray]],
) -> bool:
    """Whether the second of two gradients shows the traces of a measurement.

    Differences of a loss lose digits, a few here and a few there.  A formula, also one
    that was altered by a factor or an amount, does not.  `recorded` is what
    `numerical_gradient` found during each call.
    """
    largest = max(range(len(right)), key=lambda i: right[i][0].size)
    is_found = any(_is_same(results[largest][1], one) for one in recorded[largest])
    if any(np.array_equal(results[largest][0], one) for one in recorded[largest]):
        return _is_single(results[largest][0])  # it was not derived
    if all(np.array_equal(derived, measured) for derived, measured in results):
        return is_found and _is_single(results[largest][1])  # its last digits are gone
    if is_found:
        return True
    exact = np.concatenate([derived.ravel() for derived, _ in right])
    found = np.concatenate([measured.ravel() for _, measured in right])
    ours = np.concatenate([measured.ravel() for _, measured in results])
    smooth = np.isclose(exact, found, rtol=1e-6, atol=1e-9)  # off the kinks
    exact, ours = exact[smooth], ours[smooth]
    for kind in (np.float32, np.float16):
        if np.array_equal(ours, exact.astype(kind)):
            return False
    line = np.column_stack([exact, np.ones_like(exact)])
    left = ours - line @ np.linalg.lstsq(line, ours, rcond=None)[0]
    return bool(np.abs(left).max() > 16 * EPS * np.abs(ours).max())


def _is_same(measured: NDArray, found: NDArray) -> bool:
    """Whether it is what `numerical_gradient` found, perhaps in another precision."""
    if found.size < 2 or found.size != measured.size:
        return False
    kinds = (np.float64, np.float32, np.float16)
    return any(np.array_equal(measured.ravel(), found.ravel().astype(k)) for k in kinds)


def _is_single(values: NDArray) -> bool:
    """Whether the values are in single precision, or less."""
    return np.array_equal(values, values.astype(np.float32))
