"""The other libraries, each given what it likes best and asked the same question.

One function for each peer.  It imports the library (all are optional), and says
how that library writes each loss; the arrays are put in the library's own kind
before any time is taken.
"""

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Call = Callable[[], Any]


@dataclass(frozen=True)
class Peer:
    """How a library computes: `value(loss, y, x)` makes the call that is timed.

    A loss of embeddings reads as many arrays as it has.
    """

    losses: dict[str, Callable]
    value: Callable[..., Call]
    both: Callable[[Callable, NDArray, NDArray], Call] | None = None


def numpy() -> Peer:
    """The formulas as a textbook prints them, each step a new array."""

    def softmax(x):
        e = np.exp(x - x.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    def log_softmax(x):
        z = x - x.max(axis=1, keepdims=True)
        return z - np.log(np.exp(z).sum(axis=1, keepdims=True))

    def picked(a, y):
        return a[np.arange(len(y)), y]

    def binary_from_logits(y, x):
        return np.mean(np.maximum(x, 0) - x * y + np.log1p(np.exp(-np.abs(x))))

    def binary_from_logits_both(y, x):
        return binary_from_logits(y, x), (1 / (1 + np.exp(-x)) - y) / len(y)

    def from_logits(y, x):
        return -np.mean(picked(log_softmax(x), y))

    def from_logits_both(y, x):
        grad = softmax(x)
        grad[np.arange(len(y)), y] -= 1
        return from_logits(y, x), grad / len(y)

    def gaussian(y, x):
        mean, log_variance = x.T
        error = (y - mean) ** 2 / np.exp(log_variance)
        return np.mean(np.log(2 * np.pi) + log_variance + error) / 2

    def poisson(y, z):
        return np.mean(np.exp(z) - y * z)

    def distillation(t, z):
        p, log_p, log_q = softmax(t / 2), log_softmax(t / 2), log_softmax(z / 2)
        return 4 * np.sum(p * (log_p - log_q)) / len(t)

    def apart(a, b):
        return np.linalg.norm(a - b, axis=1)

    def unit(a):
        return a / np.linalg.norm(a, axis=1, keepdims=True)

    losses = {
        "mean_squared_error": lambda y, p: np.mean((p - y) ** 2),
        "gaussian_nll": gaussian,
        "poisson": poisson,
        "hinge": lambda y, s: np.mean(np.maximum(0, 1 - y * s)),
        "binary_cross_entropy": lambda y, p: (
            -np.mean(y * np.log(p) + (1 - y) * np.log1p(-p))
        ),
        "binary_cross_entropy_from_logits": binary_from_logits,
        "cross_entropy": lambda y, p: -np.mean(np.log(picked(p, y))),
        "cross_entropy_from_logits": from_logits,
        "distillation": distillation,
        "contrastive": lambda y, a, b: (
            np.mean(np.where(y, apart(a, b), np.maximum(0, 1 - apart(a, b))) ** 2) / 2
        ),
        "triplet": lambda a, p, n: np.mean(
            np.maximum(0, 1 + apart(a, p) - apart(a, n))
        ),
        "info_nce": lambda q, k: from_logits(
            np.arange(len(q)), unit(q) @ unit(k).T / 0.1
        ),
        "preference": lambda c, r: np.mean(np.log1p(np.exp(r - c))),
    }
    with_gradient = {
        binary_from_logits: binary_from_logits_both,
        from_logits: from_logits_both,
    }

    def both(loss, y, x):
        return lambda: with_gradient[loss](y, x)

    return Peer(losses, _as_it_is, both)


def torch() -> Peer:
    """PyTorch on one thread; the gradient by its own backward pass."""
    import torch
    import torch.nn.functional as F

    torch.set_num_threads(1)

    def contrastive(y, d):
        return torch.where(y > 0, d, torch.relu(1 - d)).square().mean() / 2

    losses = {
        "mean_squared_error": lambda y, p: F.mse_loss(p, y),
        "gaussian_nll": lambda y, x: F.gaussian_nll_loss(
            x[:, 0], y, x[:, 1].exp(), full=True
        ),
        "poisson": lambda y, z: F.poisson_nll_loss(z, y),
        "hinge": lambda y, s: torch.relu(1 - y * s).mean(),
        "binary_cross_entropy": lambda y, p: F.binary_cross_entropy(p, y),
        "binary_cross_entropy_from_logits": lambda y, x: (
            F.binary_cross_entropy_with_logits(x, y)
        ),
        "cross_entropy_from_logits": lambda y, x: F.cross_entropy(x, y),
        "distillation": lambda t, z: (
            4
            * F.kl_div(
                F.log_softmax(z / 2, 1),
                F.log_softmax(t / 2, 1),
                reduction="batchmean",
                log_target=True,
            )
        ),
        # PyTorch adds 1e-6 to each difference unless it is told not to; of the two
        # others it has the parts only.
        "triplet": lambda a, p, n: F.triplet_margin_loss(a, p, n, eps=0),
        "contrastive": lambda y, a, b: contrastive(y, F.pairwise_distance(a, b, eps=0)),
        "info_nce": lambda q, k: F.cross_entropy(
            F.normalize(q) @ F.normalize(k).T / 0.1, torch.arange(len(q))
        ),
        "preference": lambda c, r: -F.logsigmoid(c - r).mean(),
    }

    def value(loss, *arrays):
        tensors = [torch.from_numpy(each) for each in arrays]
        return lambda: loss(*tensors)

    def both(loss, y, x):
        y, x = torch.from_numpy(y), torch.from_numpy(x).requires_grad_()

        def call():
            x.grad = None
            result = loss(y, x)
            result.backward()
            return result.detach(), x.grad

        return call

    return Peer(losses, value, both)


def jax() -> Peer:
    """JAX, compiled by XLA; the losses of Optax where it has them."""
    import jax
    import jax.numpy as jnp
    import optax

    jax.config.update("jax_enable_x64", True)
    losses = {
        "mean_squared_error": lambda y, p: ((p - y) ** 2).mean(),
        "hinge": lambda y, s: optax.hinge_loss(s, y).mean(),
        "binary_cross_entropy": lambda y, p: (
            -(y * jnp.log(p) + (1 - y) * jnp.log1p(-p)).mean()
        ),
        "binary_cross_entropy_from_logits": lambda y, x: (
            optax.sigmoid_binary_cross_entropy(x, y).mean()
        ),
        "cross_entropy_from_logits": lambda y, x: (
            optax.softmax_cross_entropy_with_integer_labels(x, y).mean()
        ),
    }
    compiled = {loss: jax.jit(loss) for loss in losses.values()}
    gradient = {
        loss: jax.jit(jax.value_and_grad(loss, argnums=1)) for loss in losses.values()
    }

    def timed(table):
        def make(loss, y, x):
            f, y, x = table[loss], jnp.asarray(y), jnp.asarray(x)
            return lambda: jax.block_until_ready(f(y, x))

        return make

    return Peer(losses, timed(compiled), timed(gradient))


def sklearn() -> Peer:
    """scikit-learn's metrics; they read probabilities, so a link goes before."""
    from scipy.special import expit, softmax
    from sklearn.metrics import hinge_loss, log_loss, mean_squared_error

    def of_classes(y, p):
        return log_loss(y, p, labels=np.arange(p.shape[1]))

    losses = {
        "mean_squared_error": mean_squared_error,
        "hinge": lambda y, s: hinge_loss(y, s, labels=[-1, 1]),
        "binary_cross_entropy": lambda y, p: log_loss(y, p, labels=[0, 1]),
        "binary_cross_entropy_from_logits": lambda y, x: log_loss(
            y, expit(x), labels=[0, 1]
        ),
        "cross_entropy": of_classes,
        "cross_entropy_from_logits": lambda y, x: of_classes(y, softmax(x, axis=1)),
    }
    return Peer(losses, _as_it_is)


def scipy() -> Peer:
    """What one writes with scipy.special, which has no losses of its own."""
    from scipy.special import log_expit, log_softmax, xlog1py, xlogy

    losses = {
        "binary_cross_entropy": lambda y, p: -np.mean(xlogy(y, p) + xlog1py(1 - y, -p)),
        "binary_cross_entropy_from_logits": lambda y, x: (
            -np.mean(log_expit((2 * y - 1) * x))
        ),
        "cross_entropy_from_logits": lambda y, x: (
            -np.mean(log_softmax(x, axis=1)[np.arange(len(y)), y])
        ),
    }
    return Peer(losses, _as_it_is)


def _as_it_is(loss, *arrays):
    return lambda: loss(*arrays)


NEEDS = {
    numpy: ("numpy",),
    torch: ("torch",),
    jax: ("jax", "optax"),
    scipy: ("scipy",),
    sklearn: ("sklearn", "scipy"),
}


def installed() -> dict[str, Peer | None]:
    """Every peer by name; None where it, or what it needs, is not installed."""
    return {
        make.__name__: make() if all(map(importlib.util.find_spec, needs)) else None
        for make, needs in NEEDS.items()
    }
