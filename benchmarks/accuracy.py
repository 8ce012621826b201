"""How many digits are right when a model is confident: ours and the peers'.

The truth is computed by mpmath with as many digits as it takes, from the very
floats that the libraries are given.  An error of 1 means that no digit is right:
most often, 0 came back.
"""

from collections.abc import Iterator

import mpmath
import numpy as np
from numpy.typing import NDArray

from .peers import Peer

EXAMPLES = 20
SITUATIONS = (
    # how far the label's logit is above all others (right) or below them
    # (wrong), and what is added to all logits
    ("right by 1", 1, 0),
    ("right by 5", 5, 0),
    ("right by 12", 12, 0),
    ("right by 20", 20, 0),
    ("right by 40", 40, 0),
    ("right by 80", 80, 0),
    ("right by 700", 700, 0),  # float64 only: exp(-700) is nothing in float32
    ("right by 3, near 10,000", 3, 10_000),
    ("wrong by 20", -20, 0),
    ("wrong by 100", -100, 0),
    ("wrong by 10,000", -10_000, 0),
)
BINARY, CLASSES = "binary_cross_entropy_from_logits", "cross_entropy_from_logits"
Example = tuple[NDArray, NDArray]


def table(peers: dict[str, Peer | None]) -> Iterator[dict]:
    """One row for each situation, with the worst relative error of everyone."""
    for loss in (BINARY, CLASSES):
        for dtype in ("float32", "float64"):
            for situation, margin, offset in SITUATIONS:
                if (loss == BINARY and offset) or (dtype == "float32" and margin > 80):
                    continue
                examples = [
                    _example(np.random.default_rng(i), loss, margin, offset, dtype)
                    for i in range(EXAMPLES)
                ]
                errors = {
                    name: _worst(peer, loss, examples)
                    for name, peer in peers.items()
                    if peer and loss in peer.losses
                }
                row = {"case": f"{loss} {dtype} {situation}", "loss": loss}
                row |= {"dtype": dtype, "situation": situation, "errors": errors}
                yield row


def _example(
    rng: np.random.Generator, loss: str, margin: float, offset: float, dtype: str
) -> Example:
    margin += rng.uniform(-0.5, 0.5)
    if loss == BINARY:
        y = rng.integers(2)
        return np.array([y], dtype), np.array([margin if y else -margin], dtype)
    y, x = rng.integers(3), rng.standard_normal(3)
    others = np.delete(x, y)
    x[y] = margin + (others.max() if margin > 0 else others.min())
    return np.array([y]), (x + offset).astype(dtype)[None]


def _worst(peer: Peer, loss: str, examples: list[Example]) -> dict[str, float | None]:
    """Worst relative error of the loss, and of any entry of its gradient."""
    value, grad = 0.0, 0.0
    with np.errstate(all="ignore"):
        for y, x in examples:
            true_value, true_grad = _truth(loss, y, x)
            f = peer.losses[loss]
            value = max(value, _error(peer.value(f, y, x)(), true_value))
            if peer.both:
                _, g = peer.both(f, y, x)()
                errors = map(_error, np.asarray(g).ravel(), true_grad)
                grad = max(grad, *errors)
    return {"value": value, "gradient": grad if peer.both else None}


def _truth(loss: str, y: NDArray, x: NDArray) -> tuple[mpmath.mpf, list[mpmath.mpf]]:
    with mpmath.workdps(400):
        label = int(y[0])
        logits = [mpmath.mpf(float(z)) for z in x.ravel()]
        if loss == BINARY:  # the two classes have the logits 0 and x
            logits = [mpmath.mpf(0), *logits]
        rest = [mpmath.exp(z - logits[label]) for z in logits]
        total = mpmath.fsum(rest)
        others = mpmath.fsum(r for j, r in enumerate(rest) if j != label)
        rest[label] = -others
        grad = [r / total for r in rest]
        return mpmath.log1p(others), grad[1:] if loss == BINARY else grad


def _error(got: object, true: mpmath.mpf) -> float:
    got = float(got)
    if not np.isfinite(got):
        return float("inf")
    return float(abs((mpmath.mpf(got) - true) / true))
