"""What is right around language models, with places where it can go wrong."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from ...losses import cross_entropy_from_logits, preference

IGNORED = -100


def means(few: float, many: float, costs: tuple = (1.2, 0.7)) -> tuple[float, float]:
    """The mean over the tokens of two sequences, and over the sequences."""
    first, second = costs
    return (few * first + many * second) / (few + many), (first + second) / 2


def token_loss(labels: NDArray, logits: NDArray, reduction: str = "mean"):
    """The cross-entropy of the rows whose label is not to be ignored."""
    kept = labels != IGNORED
    return cross_entropy_from_logits(labels[kept], logits[kept], reduction=reduction)


def bits_per_byte(nats: NDArray, n_bytes: int) -> float:
    """What a whole text costs, in bits, for each of its bytes."""
    return nats.sum() / np.log(2) / n_bytes


def dpo(
    chosen: Callable = lambda beta, model, copy: beta * (model - copy),
    rejected: Callable = lambda beta, model, copy: beta * (model - copy),
    reduction: str = "mean",
) -> Callable:
    """The loss of DPO, from the rewards of both answers; the defaults are right."""

    def result(pi_chosen, pi_rejected, ref_chosen, ref_rejected, beta):
        return preference(
            chosen(beta, pi_chosen, ref_chosen),
            rejected(beta, pi_rejected, ref_rejected),
            reduction=reduction,
        )

    return result
