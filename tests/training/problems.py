"""Problems to train on, for every loss and every kind of model."""

from dataclasses import replace

import numpy as np
import pytest

from lossbook.catalogue import LOSSES
from lossbook.training import train

# A model is fitted to labels; what compares embeddings has none for each row.
FITTED = tuple(loss for loss in LOSSES if not loss.inputs)
every_loss = pytest.mark.parametrize("loss", FITTED, ids=str)
every_kind = pytest.mark.parametrize(
    "kind",
    [{}, {"hidden": 3}, {"hidden": 3, "activation": "relu"}],
    ids=["linear", "tanh", "relu"],
)


def problem(loss, n=13):
    """Features, two of them, and labels that `loss` takes and that can be learned."""
    rng = np.random.default_rng(7)
    x = rng.normal(size=(n, 2))
    y = x @ [1.0, -2.0] + rng.normal(scale=0.5, size=n)
    if loss.labels in ("numbers", "rewards"):
        return x, y
    if loss.labels == "regions":
        return x, np.column_stack([y > -0.5, y > 0, x[:, 0] > 0]) * 1
    if loss.labels == "logits":
        return x, np.column_stack([y, -y, x[:, 0]])
    if loss.labels == "counts":
        return x, np.round(np.exp(y / 2))
    if loss.labels == "classes":
        return x, np.digitize(y, [-0.7, 0.7])
    return x, np.where(y > 0, 1, 0 if loss.labels == "0/1" else -1)


def started(loss, **kind):
    """A model whose parameters, the biases too, are no longer zero."""
    x, y = problem(loss)
    model = train(x, y, loss, steps=0, **kind).model
    rng = np.random.default_rng(8)
    moved = tuple(p + rng.normal(scale=0.3, size=p.shape) for p in model.parameters)
    return replace(model, parameters=moved), x, y
