"""Distillation: a small model learns what a large one believes."""

import math
from functools import partial
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .._arrays import (
    ABOVE_0,
    FEW,
    Reduction,
    RowFormula,
    all_between,
    destination,
    real_number,
    reduced_rows,
    taught,
)

NEAR = 0.5  # up to so large a difference of two logits the series keeps more digits
LEVEL = 8.0  # from so large a difference of their largest logits rows are shifted
CLOSE = 0.02  # so small a divergence is made of such differences
SERIES = [(-1) ** k / math.factorial(k) for k in range(2, 18)]


def _divergence(
    temperature: float, t: NDArray, z: NDArray, by: float, grad: NDArray | None
) -> NDArray:
    """The divergence of softened rows, times the square of the temperature.

    With y for the teacher's probabilities and d for how far its softened logits lead
    those of the student, more than they do at its likeliest class, it is the sum of
    y d plus the logarithm of the sum of y exp(-d).  Where both nearly cancel, `_close`
    has the digits.
    """
    order: Literal["F", "K"] = "F" if z.shape[1] < FEW else "K"
    t, z = t.astype(z.dtype, order), z.astype(z.dtype, order)
    y = _softmax(temperature, t)
    d = _lead(t, z)
    d /= temperature
    d -= d[np.arange(len(d)), y.argmax(axis=1)][:, None]
    b = (y * np.expm1(-d)).sum(axis=1)
    log_sum = np.log1p(b)
    losses = (y * d).sum(axis=1) + log_sum
    close = losses < CLOSE
    if close.any():
        losses[close] = _close(y[close], d[close], log_sum[close])
    if grad is not None:
        np.multiply(y, np.expm1(-d - log_sum[:, None]), out=grad)
    losses *= temperature
    far = ~(np.isfinite(losses) & (np.abs(d).max(axis=1) < _RANGE[z.dtype.type]))
    for i in np.array_split(np.flatnonzero(far), 4):  # in parts, to save memory
        losses[i], slopes = _far(temperature, y[i], t[i], z[i])
        if grad is not None:
            grad[i] = slopes
    if grad is not None:
        grad *= temperature / by
        grad += 0.0  # so that no zero has a sign
    return losses * temperature


def _close(y: NDArray, d: NDArray, log_sum: NDArray) -> NDArray:
    """The same where it is small, as a difference of which one part is the larger.

    The second is at most the share 1 - y of the first, for y of the likeliest class.
    """
    return (y * _above_its_tangent(d)).sum(axis=1) - _above_its_tangent(-log_sum)


def _lead(t: NDArray, z: NDArray) -> NDArray:
    """The difference t - z, up to a constant for each row.

    Of rows on the same level it is taken at once, which is exact where they are close;
    others are brought to one level, for what a difference of 1e5 rounds off is much.
    """
    top_t, top_z = (x.max(axis=1, keepdims=True) for x in (t, z))
    if all_between((top_t - top_z).ravel(), -LEVEL, LEVEL):
        return t - z
    apart = np.abs(top_t - top_z) >= LEVEL
    return (t - np.where(apart, top_t, 0)) - (z - np.where(apart, top_z, 0))


def _above_its_tangent(d: NDArray) -> NDArray:
    """The function exp(-d) - 1 + d, which is about d**2 / 2, to all its digits."""
    terms = np.full_like(d, SERIES[-1])
    for term in reversed(SERIES[:-1]):
        terms *= d
        terms += term
    terms *= d * d
    return np.where(np.abs(d) < NEAR, terms, np.expm1(-d) + d)


def _far(
    temperature: float, y: NDArray, t: NDArray, z: NDArray
) -> tuple[NDArray, NDArray]:
    """The same, once times the temperature, term by term; and the slopes p - y.

    Masked classes have no difference, and of others its exponential may overflow.
    """
    p = _softmax(temperature, z)
    below_t, below_z = (x.max(axis=1, keepdims=True) - x for x in (t, z))
    whole_t, whole_z = (
        temperature * np.log(np.exp(-b / temperature).sum(axis=1, keepdims=True))
        for b in (below_t, below_z)
    )
    terms = np.where(y > 0, y * ((below_z + whole_z) - (below_t + whole_t)), 0)
    terms[(z == -np.inf) & (t > -np.inf)] = np.inf  # however small y is
    losses = np.maximum(0, terms.sum(axis=1))
    losses[z.max(axis=1) == -np.inf] = np.nan  # to be refused, at weight 0 too
    return losses, p - y


def _softmax(temperature: float, z: NDArray) -> NDArray:
    p = z - z.max(axis=1, keepdims=True)
    p /= temperature
    np.exp(p, out=p)
    p /= p.sum(axis=1, keepdims=True)
    return p


# Up to where the exponential of a difference stays far from overflowing.
_RANGE = {np.float32: 60, np.float64: 600}


def distillation(
    teacher_logits: ArrayLike,
    logits: ArrayLike,
    *,
    temperature: float = 2.0,
    sample_weight: ArrayLike | None = None,
    reduction: Reduction = "mean",
) -> float | NDArray:
    r"""How far a student's probabilities are from its teacher's, both softened.

    .. math::
        \ell_i = T^2 \sum_{j=1}^{k} y_{ij} \log \frac{y_{ij}}{p_{ij}}, \qquad
        y_i = \operatorname{softmax}(t_i / T), \quad
        p_i = \operatorname{softmax}(z_i / T)

    A label says which class is right.  A trained teacher says more: that this 3 might
    be an 8, and is surely no 1.  A temperature above 1 brings up the small
    probabilities in which that stands.  The loss is the KL divergence
    :math:`D(y \parallel p)`, in which the teacher's probabilities :math:`y` weigh the
    logarithms: the cross-entropy with soft labels, less their entropy, which the
    student cannot change.

    Divided logits make slopes smaller, by :math:`1/T^2` at high temperatures.  The
    factor :math:`T^2` takes that back, so that a sum with the cross-entropy of the
    labels keeps its balance when the temperature is changed.

    Parameters
    ----------
    teacher_logits : array_like, shape (n, k)
        Logits :math:`t` of the teacher; constants: it does not learn.
    logits : array_like, shape (n, k)
        Logits :math:`z` of the student.  In either, minus infinity masks a class.
    temperature : float, default 2.0
        The number :math:`T` above 0 by which all logits are divided; with 1 it is the
        plain divergence.
    sample_weight : array_like, shape (n,), optional
        What each example counts, from 0 up; 1 if not given.
    reduction : {"mean", "sum", "none"}, default "mean"
        How the n losses become the result; the mean divides by the sum of the
        weights.

    Returns
    -------
    float, or ndarray of shape (n,) if `reduction` is "none"
        Loss in nats, times :math:`T^2`; at least 0, 0 where both say the same, and
        infinite where the student masks what the teacher does not.

    Raises
    ------
    ValueError
        If the shapes differ or are not (n, k), there are no examples or fewer than two
        classes, a logit is NaN or plus infinity or a row masks all classes,
        `temperature` is not a finite number above 0, `sample_weight` is not n numbers
        from 0 up, one of them above 0, or `reduction` is unknown.

    See Also
    --------
    distillation_grad : its gradient in the student's logits.
    kl_divergence : of two distributions, without a temperature.
    cross_entropy_from_logits : with the teacher's probabilities as soft labels.

    Notes
    -----
    In PyTorch: ``F.kl_div(F.log_softmax(z / T, 1), F.softmax(t / T, 1),
    reduction="batchmean") * T**2``.  (Its ``reduction="mean"`` divides by n times k,
    and its arguments stand the other way round.)  Keras's ``LogitsDistillation`` has a
    default of 3.

    Far above all logits, :math:`T` has no effect any more: the loss becomes half the
    squared distance of the centred logits, divided by k, and its slope their difference
    divided by k.

    Where both are close, the terms of the definition cancel almost wholly.  There it is
    made of :math:`e^{-d} - 1 + d` for the differences :math:`d` of the logits, by a
    series: so a loss of 1e-12 has its digits too.  Logits that lie within 20 or so of
    each other give it to 8e-15 of itself, or in single precision to 4e-6.

    References
    ----------
    Hinton, Vinyals and Dean, "Distilling the knowledge in a neural network" (2015),
    arXiv 1503.02531, section 2 and, for high temperatures, 2.1.

    Examples
    --------
    A teacher that is sure of class 0, next to a student that knows nothing:

    >>> teacher, student = [[4.0, 1.0, -2.0]], [[0.0, 0.0, 0.0]]
    >>> for temperature in (1, 2, 20):
    ...     loss = distillation(teacher, student, temperature=temperature)
    ...     print(temperature, round(loss, 3))
    1 0.892
    2 1.908
    20 2.983

    At a temperature of 1 it is the divergence of the probabilities:

    >>> from lossbook import kl_divergence, softmax
    >>> kl_divergence(softmax(teacher), softmax(student)).round(3)
    array([0.892])
    """
    rule = _rule(temperature)
    examples = taught(teacher_logits, logits, sample_weight)
    return reduced_rows(rule, examples, reduction, arrays=6)


def distillation_grad(
    teacher_logits: ArrayLike,
    logits: ArrayLike,
    *,
    temperature: float = 2.0,
    sample_weight: ArrayLike | None = None,
    reduction: Reduction = "mean",
    out: NDArray | None = None,
) -> NDArray:
    r"""Gradient of `distillation` in the student's logits, shape (n, k).

    .. math::
        \frac{\partial \ell_i}{\partial z_{ij}} = T \, (p_{ij} - y_{ij})

    As under the cross-entropy, it is what was said less what should be; the teacher's
    logits have no gradient.  "mean" divides by the sum of the weights; "sum" and "none"
    agree.  Arguments and errors are those of the loss.  `out`, an array of the shape
    and precision of the result, receives it and saves the allocation.

    Examples
    --------
    >>> teacher, student = [[4.0, 1.0, -2.0]], [[0.0, 0.0, 0.0]]
    >>> distillation_grad(teacher, student, temperature=2).round(3)
    array([[-0.905,  0.316,  0.588]])
    """
    rule = _rule(temperature)
    examples = taught(teacher_logits, logits, sample_weight)
    grad = destination(out, examples)
    reduced_rows(rule, examples, reduction, grad=grad, arrays=7)
    return grad


def _rule(temperature: float) -> RowFormula:
    return partial(_divergence, real_number(temperature, "temperature", *ABOVE_0))
