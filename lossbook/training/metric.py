"""What a model answers, and how often that is right: R² and accuracy."""

import numpy as np
from numpy.typing import NDArray

from ..catalogue import Loss


def answer(loss: Loss, output: NDArray) -> NDArray:
    """What a model says, in the form of the labels; `Model.predict` describes it."""
    if loss.labels == "numbers":
        return output if loss.outputs == 1 else output[:, 0]  # the mean
    if loss.labels == "counts":
        return np.exp(output)
    if loss.labels == "rewards":
        return output
    if loss.labels in ("classes", "logits"):
        return output.argmax(axis=1)
    lower = -1 if loss.labels == "-1/+1" else 0
    return np.where(output > 0, 1, lower)


@np.errstate(all="ignore")
def metric(loss: Loss, y: NDArray, output: NDArray, weight: NDArray) -> float:
    """R² or accuracy, for weights above 0; `Model.evaluate` describes it."""
    if loss.labels in ("numbers", "counts"):
        return _r2(y.astype(np.float64), answer(loss, output), weight)
    if loss.labels == "rewards":
        return float(weight[output < y].sum() / weight.sum())
    if loss.labels == "regions":
        right = (answer(loss, output) == y).mean(axis=1)  # the share of the pixels
        return float((weight * right).sum() / weight.sum())
    truth = y.argmax(axis=1) if y.ndim > 1 else y
    if loss.labels == "0/1":
        truth = y > 0.5  # a soft label counts as the nearer one, 0.5 as 0
    return float(weight[answer(loss, output) == truth].sum() / weight.sum())


def _r2(y: NDArray, output: NDArray, weight: NDArray) -> float:
    if (y == y[0]).all():
        return float((output == y).all())
    # R2 has no unit: near the size of 1, no square overflows or vanishes.
    _, exponent = np.frexp(np.abs(y).max())
    y, output = np.ldexp(y, -exponent), np.ldexp(output, -exponent)
    mean = (weight * y).sum() / weight.sum()
    missed = (weight * (y - output) ** 2).sum()
    return float(1 - missed / (weight * (y - mean) ** 2).sum())
