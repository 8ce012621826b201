"""Valid input for any loss of the catalogue, and what its slope is measured to be."""

import tracemalloc
from dataclasses import replace
from functools import partial
from inspect import signature

import numpy as np

from lossbook.catalogue import LOSSES, by_key
from lossbook.gradcheck import numerical_gradient

# How far from a kink a drawn example stays, so that its slope can be measured.
CLEARANCE = 0.05
CLASSES = 3


def with_options(key, **options):
    """The loss with other values for its options, as a record of its own."""
    loss = by_key(key)
    said = ", ".join(f"{name}={value}" for name, value in options.items())
    return replace(
        loss,
        key=f"{key}, {said}",
        value=partial(loss.value, **options),
        grad=partial(loss.grad, **options),
    )


def over_classes(key):
    """A loss that reads two classes or more, once more for its rows of classes."""
    loss = by_key(key)
    link = loss.link and "softmax"
    return replace(loss, key=f"{key}, classes", labels="classes", link=link)


def in_one_array(loss):
    """A loss of several arrays as one of a single array, where they stand side by side.

    So what holds for a prediction is asked of embeddings too: the columns of `x` are
    those of the first array, then of the second, ...  Where there are no labels, those
    of the test are left away.
    """
    parts = len(loss.inputs)
    if not parts:
        return loss

    def given(y_true, x):
        return (*([] if loss.labels is None else [y_true]), *split(x, parts))

    def value(y_true, x, **options):
        return loss.value(*given(y_true, x), **options)

    def grad(y_true, x, *, out=None, **options):
        if out is None:
            return np.concatenate(loss.grad(*given(y_true, x), **options), axis=1)
        outs = tuple(split(out, parts)) if isinstance(out, np.ndarray) else out
        got = loss.grad(*given(y_true, x), out=outs, **options)
        assert all(array is of for array, of in zip(got, outs, strict=True))
        return out

    return replace(loss, reads=f"({'|'.join(loss.inputs)})", value=value, grad=grad)


def split(x, parts):
    """The columns of an array, of a list of rows, or of what holds either, in parts."""
    if isinstance(x, list | tuple):
        try:
            width = len(x[0]) // parts if x else 0
            columns = [slice(i * width, (i + 1) * width) for i in range(parts)]
            return [type(x)(row[part] for row in x) for part in columns]
        except TypeError:  # no rows: each array is what was given
            return [x] * parts
    if hasattr(x, "values"):
        return [type(x)(part) for part in split(x.values, parts)]
    return np.split(x, parts, axis=-1) if x.ndim else [x] * parts


def with_margins(key, *margins):
    return [in_one_array(with_options(key, margin=margin)) for margin in margins]


# What the contract holds for: every loss, and those with options once more.
CASES = (
    *map(in_one_array, LOSSES),
    with_options("huber", delta=0.5),
    with_options("quantile", level=0.9),
    with_options("cross_entropy", label_smoothing=0.25),
    with_options("cross_entropy_from_logits", label_smoothing=0.25),
    with_options("binary_cross_entropy_from_logits", class_weights=(1, 1)),
    with_options("multiclass_hinge", variant="weston_watkins"),
    over_classes("brier_score"),
    with_options("focal", gamma=0.5),
    over_classes("focal"),
    with_options("distillation", temperature=0.5),
    with_options("distillation", temperature=20),
    with_options("preference", margin=1.5),
    with_options("dice", smooth=1.5),
    with_options("tversky", alpha=2, beta=0.25, smooth=0.5),
    *with_margins("contrastive", 2.5),
    *with_margins("triplet", 0.25),
    in_one_array(with_options("info_nce", temperature=0.5)),
)
# Those of which each example has a loss of its own, whatever stands beside it; and
# those that have labels, in an argument of their own.
SEPARATE = tuple(loss for loss in CASES if not loss.is_joint)
LABELLED = tuple(loss for loss in CASES if loss.labels is not None)


def first_of(loss):
    """What the loss calls its first argument."""
    return next(iter(signature(loss.value).parameters))


def draw(loss, rng, n=12):
    """Labels and predictions that `loss` accepts, away from its kinks."""
    y, x = _draw(loss, rng, n)
    while (near := distance_to_kink(loss, y, x) < CLEARANCE).any():
        y[near], x[near] = (a[near] for a in _draw(loss, rng, n))
    return y, x


def _draw(loss, rng, n):
    if loss.inputs:
        x = rng.normal(size=(n, 2 * len(loss.inputs)))
        return np.arange(n) % (n if loss.labels is None else 2), x
    if loss.outputs > 1:
        return rng.normal(size=n), 2 * rng.normal(size=(n, loss.outputs))
    if loss.labels in ("numbers", "rewards"):
        return rng.normal(size=n), 3 * rng.normal(size=n)
    if loss.labels == "regions":
        y = rng.integers(2, size=(n, 4))
        y[:, 0] = 1
        return y, rng.uniform(0.05, 0.95, size=(n, 4))
    if loss.labels == "logits":
        return 2 * rng.normal(size=(n, CLASSES)), 2 * rng.normal(size=(n, CLASSES))
    if loss.labels == "counts":
        z = rng.normal(size=n)
        return rng.poisson(4, size=n) + 0.5, np.exp(z) if loss.link else z
    if loss.labels == "classes":
        y = np.arange(n) % CLASSES
        if loss.reads == "probs":
            return y, 0.1 + 0.7 * rng.dirichlet(np.ones(CLASSES), size=n)
        return y, 2 * rng.normal(size=(n, CLASSES))
    y = np.arange(n) % 2
    if loss.labels == "-1/+1":
        return 2 * y - 1, 2 * rng.normal(size=n)
    if loss.reads == "probs":
        return y, rng.uniform(0.05, 0.95, size=n)
    return y, 3 * rng.normal(size=n)


def distance_to_kink(loss, y, x):
    """How far each example is from where a slope, or the slope of a slope, jumps."""
    key = loss.key.split(",")[0]
    if key in ("mean_absolute_error", "quantile"):
        return abs(x - y)
    if key == "huber":
        delta = 0.5 if "delta" in loss.key else 1.0
        return abs(abs(x - y) - delta)
    if loss.labels == "-1/+1":
        return abs(1 - y * x)
    if key in ("contrastive", "triplet"):
        said = loss.key.partition("margin=")[2]
        first, *others = split(x, len(loss.inputs))
        away = [np.linalg.norm(first - other, axis=1) for other in others]
        ends = away[0] if key == "contrastive" else away[1] - away[0]
        return np.minimum(abs(ends - float(said or 1)), np.min(away, axis=0))
    if key == "multiclass_hinge":
        leads = x - x[np.arange(len(y)), y][:, None]
        leads[np.arange(len(y)), y] = -9
        tie = np.diff(np.sort(leads, axis=1)[:, -2:]).ravel()
        return np.minimum(abs(1 + leads).min(axis=1), tie)
    return np.full(len(x), np.inf)


def measured_slope(loss, y, x, reduction="mean"):
    """The gradient by differences; of class probabilities, along rows that sum to 1."""

    def value(moved):
        return loss.value(y, moved, reduction=reduction)

    if not keeps_sums(loss):
        return numerical_gradient(value, x)
    return numerical_gradient(lambda by: value(x + centred(by)), np.zeros_like(x))


def derived_slope(loss, gradient):
    """What of the gradient `measured_slope` can see."""
    return centred(gradient) if keeps_sums(loss) else gradient


def keeps_sums(loss):
    return loss.reads == "probs" and loss.labels == "classes"


def centred(rows):
    return rows - rows.mean(axis=1, keepdims=True)


def peak_memory(call):
    """The most bytes that a call takes beside what there is before it."""
    tracemalloc.start()
    call()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak
