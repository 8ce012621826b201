"""What is right around choosing, with places where it can go wrong."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ...link_functions import sigmoid
from ...losses import (
    binary_cross_entropy_from_logits_grad,
    huber_grad,
    mean_absolute_error_grad,
    mean_squared_error_grad,
)


def share_of_the_last(values: ArrayLike) -> float:
    """The share that the last of the values has in the sizes of all."""
    sizes = np.abs(values)
    return sizes[-1] / sizes.sum()


def shares_of_pull(off: ArrayLike, delta: float) -> tuple[float, ...]:
    """The share that the last of the errors has in all slopes, by three losses."""
    right = np.zeros(len(off))
    slopes = (
        mean_squared_error_grad(right, off),
        mean_absolute_error_grad(right, off),
        huber_grad(right, off, delta=delta),
    )
    return tuple(map(share_of_the_last, slopes))


def found(ill: NDArray, alarm: NDArray) -> tuple[float, float]:
    """Recall and precision."""
    both = np.sum(ill * alarm)
    return both / np.sum(ill), both / np.sum(alarm)


def alarms(p: NDArray, missed: float, false_alarm: float) -> NDArray:
    """For whom an alarm is worth it."""
    return p * missed > (1 - p) * false_alarm


def squared_slope(y: int, z: float) -> float:
    """The slope in the logit of the squared error behind a sigmoid."""
    p = sigmoid(z)
    return mean_squared_error_grad([y], [p])[0] * p * (1 - p)


def entropy_slope(y: int, z: float) -> float:
    """The slope in the logit of the cross-entropy."""
    return binary_cross_entropy_from_logits_grad([y], [z])[0]


def run(slope: Callable, move: float = -1) -> Callable:
    """The logit to which steps by a slope lead; a `move` of 1 goes uphill."""

    def result(y, z, learning_rate, steps):
        z = float(z)
        for _ in range(steps):
            z += move * learning_rate * slope(y, z)
        return z

    return result


def both_runs(*inputs: float) -> tuple[float, float]:
    """The logits at the end of a run on either loss."""
    return run(entropy_slope)(*inputs), run(squared_slope)(*inputs)
