"""Mistakes around the squared error behind a sigmoid: its slope, and its stall."""

from collections.abc import Callable

from ...link_functions import sigmoid
from ...losses import binary_cross_entropy_from_logits_grad, mean_squared_error_grad
from .common import Mistake


def uphill() -> Mistake:
    """Steps along the slope."""
    return Mistake(
        "uphill",
        lambda *inputs: (
            run(entropy_slope, move=1)(*inputs),
            run(squared_slope, move=1)(*inputs),
        ),
        "Your steps go along the slopes, so both losses rise. Subtract.",
    )


def rate_forgotten() -> Mistake:
    """Steps as long as the slope."""
    return Mistake(
        "learning rate forgotten",
        lambda y, z, rate, steps: both_runs(y, z, 1, steps),
        "You subtracted the slopes themselves. Multiply them with the learning rate "
        "first.",
    )


def always_label_1() -> Mistake:
    """The slopes for label 1, whatever the label."""
    return Mistake(
        "always label 1",
        lambda y, z, *rest: both_runs(1, z, *rest),
        "Your slopes are those for the label 1, whatever `y` is.",
    )


def sigmoid_not_followed() -> Mistake:
    """The slope of the squared error in p, used as if it were that in z."""
    return Mistake(
        "slope in p",
        run(lambda y, z: mean_squared_error_grad([y], [sigmoid(z)])[0]),
        "For the squared error you stepped by the slope in p. The step is taken in z: "
        "multiply with the slope of the sigmoid, p (1 − p).",
    )


def two_forgotten() -> Mistake:
    """The squared error without its 2."""
    return Mistake(
        "two forgotten",
        run(lambda y, z: squared_slope(y, z) / 2),
        "For the squared error your steps are half as long as they should be. The "
        "slope of u² is 2u.",
    )


def squared_error_of_the_logit() -> Mistake:
    """The squared error without the sigmoid."""
    return Mistake(
        "sigmoid forgotten",
        run(lambda y, z: mean_squared_error_grad([y], [z])[0]),
        "For the squared error you compared the logit with the label. Here it is p "
        "that is compared: put the sigmoid in between.",
    )


def factor_kept() -> Mistake:
    """The cross-entropy with the factor that cancels in it."""
    return Mistake(
        "factor kept",
        run(lambda y, z: squared_slope(y, z) / 2),
        "For the cross-entropy you multiplied with p (1 − p) once too often. In its "
        "slope in z this factor has cancelled already.",
    )


def entropy_in_p() -> Mistake:
    """The slope of the cross-entropy in p, used as if it were that in z."""

    def slope(y, z):
        p = sigmoid(z)
        return (p - y) / (p * (1 - p))

    return Mistake(
        "cross-entropy in p",
        run(slope),
        "For the cross-entropy you stepped by the slope in p. The step is taken in z: "
        "multiply with the slope of the sigmoid, p (1 − p).",
    )


def slope_of_the_start() -> Mistake:
    """All steps by the first slope."""
    return Mistake(
        "slope of the start",
        lambda y, z, rate, steps: both_runs(y, z, rate * steps, 1),
        "All your steps use the slope of the start. Each step changes the logit, so "
        "find the slope inside the loop.",
    )


def other_steps(name: str, steps: Callable, message: str) -> Mistake:
    """More steps than asked for, or fewer: `steps` says how many."""
    return Mistake(name, lambda y, z, rate, n: both_runs(y, z, rate, steps(n)), message)


def one_after_the_other() -> Mistake:
    """The second run begun where the first one ended."""

    def result(y, z, rate, steps):
        first = run(entropy_slope)(y, z, rate, steps)
        return first, run(squared_slope)(y, first, rate, steps)

    return Mistake(
        "one after the other",
        result,
        "Your second run begins where the first one ended. Begin both at `z`.",
    )


def runs_swapped() -> Mistake:
    """The two logits in the other order."""
    return Mistake(
        "runs swapped",
        lambda *inputs: both_runs(*inputs)[::-1],
        "Both logits are right, in the other order: that of the cross-entropy comes "
        "first.",
    )


def probabilities_returned() -> Mistake:
    """The probabilities at the end."""
    return Mistake(
        "probabilities returned",
        lambda *inputs: tuple(map(sigmoid, both_runs(*inputs))),
        "You return probabilities. The logits are asked for.",
    )


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
    """The logits at the end of a run on either loss: the right answer."""
    return run(entropy_slope)(*inputs), run(squared_slope)(*inputs)
