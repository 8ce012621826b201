"""Focal loss: the cross-entropy, with little weight on what is easy already."""

from functools import partial

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .._arrays import (
    FROM_0,
    Examples,
    Reduction,
    check_binary,
    check_one_hot,
    classed,
    destination,
    paired,
    positive,
    real,
    real_number,
    reduced,
    reduced_grad,
    weighed,
)
from .binary_cross_entropy import _weights
from .cross_entropy import _hard_logits, _reduced

# From so large an exponent a p counts that is lost when 1 - p is rounded.
STEEP = 100


def _focused(gamma: float, surprise: NDArray) -> tuple[NDArray, NDArray]:
    """The focal loss and its slope, over the surprise -log p of what happened."""
    kind = surprise.dtype
    if is_steep := gamma > STEEP:
        surprise = surprise.astype(np.float64)
    p, missed = np.exp(-surprise), -np.expm1(-surprise)  # which is 1 - p
    weight = missed**gamma
    if is_steep:
        weight = np.where(
            p < 0.5, np.exp(gamma * np.log1p(-np.minimum(p, 0.5))), weight
        )
    ratio = np.where(missed > 0, surprise / missed, 1)
    slope = weighed(weight, 1 + gamma * weighed(p, ratio))
    return (weight * surprise).astype(kind), slope.astype(kind)


def _loss(gamma: float, a0: float, a1: float, y: NDArray, z: NDArray) -> NDArray:
    of_1, of_0 = (_focused(gamma, s)[0] for s in _surprises(z))
    return a1 * y * of_1 + a0 * (1 - y) * of_0


def _slope(gamma: float, a0: float, a1: float, y: NDArray, z: NDArray) -> NDArray:
    of_1, of_0 = (_focused(gamma, s)[1] for s in _surprises(z))
    up = weighed(a0 * (1 - y), of_0) / (1 + np.exp(-z))
    return up - weighed(a1 * y, of_1) / (1 + np.exp(z))


def _surprises(z: NDArray) -> tuple[NDArray, NDArray]:
    """The surprise at label 1 and at label 0, as in `binary_cross_entropy`."""
    common = np.log1p(np.exp(-np.abs(z)))
    return positive(-z) + common, positive(z) + common


def _of_classes(
    gamma: float,
    y: NDArray,
    z: NDArray,
    alpha: NDArray | None,
    by: float,
    grad: NDArray | None,
) -> NDArray:
    surprise = _hard_logits(y, z, None, 1, grad)
    losses, slope = _focused(gamma, surprise)
    if grad is not None:
        share = slope / by if alpha is None else alpha * slope / by
        grad *= share[:, None]
    return losses if alpha is None else weighed(alpha, losses)


def focal(
    y_true: ArrayLike,
    logits: ArrayLike,
    *,
    gamma: float = 2.0,
    class_weights: ArrayLike | None = None,
    sample_weight: ArrayLike | None = None,
    reduction: Reduction = "mean",
) -> float | NDArray:
    r"""Surprise at what happened, counted less the less of it there is.

    .. math::
        \ell_i = -\alpha_{y_i} \, (1 - p_i)^\gamma \log p_i, \qquad
        p_i = \text{the probability of the label } y_i

    An example that the model gets right with a probability of 0.9 counts, at a
    :math:`\gamma` of 2, a hundredth of what it counts under the cross-entropy; one
    that gets 0.1 still 0.81 of it.  So where thousands of easy examples stand beside
    a few hard ones, as background does beside objects in pictures, the easy ones do
    not drown the others.  With `gamma` 0 it is the cross-entropy.

    The price is honesty: it is no proper scoring rule.  Where class 1 has a frequency
    of 0.9, it is best to say 0.69 at a :math:`\gamma` of 2.  Which class is the
    likeliest is told right, but a probability must not be taken for a frequency.

    Parameters
    ----------
    y_true : array_like, shape (n,), or (n, k) one-hot
        Labels 0 or 1, or a fraction for a soft label; for k classes, class numbers
        from 0 to k - 1, or one-hot.
    logits : array_like, shape (n,) or (n, k)
        Log-odds of class 1, finite real numbers; or a column for each class, where
        minus infinity masks a class in that row.
    gamma : float, default 2.0
        The exponent :math:`\gamma`, from 0 up: how little what is easy counts.
    class_weights : array_like, shape (2,) or (k,), optional
        Weights :math:`\alpha` of the classes; 1 if not given.
    sample_weight : array_like, shape (n,), optional
        What each example counts, from 0 up, times the weight of its class; 1 if not
        given.
    reduction : {"mean", "sum", "none"}, default "mean"
        How the n losses become the result; the mean divides by the sum of the
        weights.

    Returns
    -------
    float, or ndarray of shape (n,) if `reduction` is "none"
        Loss in nats; at least 0, and infinite where the class that happened is
        masked.

    Raises
    ------
    ValueError
        If `gamma` is not a finite number from 0 up, labels of k classes are soft, or
        labels, logits, weights or `reduction` are not those that
        `binary_cross_entropy_from_logits` or `cross_entropy_from_logits` reads.

    See Also
    --------
    focal_grad : its gradient in the logits.
    binary_cross_entropy_from_logits, cross_entropy_from_logits : with `gamma` 0.

    Notes
    -----
    Columns are classes, of which one is right, as in `cross_entropy_from_logits`.
    Where each column is a question of its own with the labels 0 and 1, as in
    detectors, give all of them as one vector: ``focal(y.ravel(), z.ravel())``.

    The paper's setting, alpha 0.25 for class 1, is ``class_weights=(0.75, 0.25)``.
    Its sum is divided by the number of objects, torchvision's mean by n, and the mean
    here by the sum of the weights.

    It is computed from the surprise :math:`s = -\log p`, as
    :math:`(1 - e^{-s})^\gamma s`, with a difference that keeps its digits where the
    model is sure.  The power multiplies a rounding by `gamma`: with a `gamma` of 2,
    the result is right to 4e-15 of itself.

    References
    ----------
    Lin, Goyal, Girshick, He and Dollár, "Focal loss for dense object detection",
    *ICCV* (2017), section 3, equations 4 and 5.  Charoenphakdee,
    Vongkulbhisal, Chairatanakul and Sugiyama, "On focal loss for class-posterior
    probability estimation", *CVPR* (2021), pages 5202-5211, for what it does to
    probabilities.

    Examples
    --------
    Probabilities of 0.8, 0.5 and 0.1 for what happened, and the cross-entropy beside:

    >>> logits = np.log([4.0, 1.0, 1 / 9])
    >>> focal([1, 1, 1], logits, reduction="none").round(3)
    array([0.009, 0.173, 1.865])
    >>> focal([1, 1, 1], logits, gamma=0, reduction="none").round(3)
    array([0.223, 0.693, 2.303])

    Three classes of which nothing is known:

    >>> round(focal([0], [[0.0, 0.0, 0.0]]), 4)
    0.4883
    """
    gamma = real_number(gamma, "gamma", *FROM_0)
    examples = _read(y_true, logits, sample_weight)
    if examples.x.ndim == 2:
        return _rows(gamma, examples, class_weights, reduction)
    a0, a1, class_weight = _weights(class_weights, examples, reduction)
    loss = partial(_loss, gamma, a0, a1)
    return reduced(loss, examples, reduction, class_weight=class_weight, arrays=12)


def focal_grad(
    y_true: ArrayLike,
    logits: ArrayLike,
    *,
    gamma: float = 2.0,
    class_weights: ArrayLike | None = None,
    sample_weight: ArrayLike | None = None,
    reduction: Reduction = "mean",
    out: NDArray | None = None,
) -> NDArray:
    r"""Gradient of `focal` in the logits, shape (n,) or (n, k).

    .. math::
        \frac{\partial \ell_i}{\partial z_{ij}} = \alpha_{y_i} (1 - p_i)^\gamma
        \Bigl( 1 - \frac{\gamma \, p_i \log p_i}{1 - p_i} \Bigr)
        \cdot (p_{ij} - y_{ij})

    The last factor is the gradient of the cross-entropy; those before it are next to 0
    for what is easy.  "mean" divides by the sum of the weights; "sum" and "none"
    agree.  Arguments and errors are those of the loss.  `out`, an array of the shape
    and precision of the result, receives it and saves the allocation.

    Examples
    --------
    >>> focal_grad([1, 1], np.log([9.0, 1 / 9]), reduction="sum").round(3)
    array([-0.003, -1.102])
    """
    gamma = real_number(gamma, "gamma", *FROM_0)
    examples = _read(y_true, logits, sample_weight)
    if examples.x.ndim == 2:
        grad = destination(out, examples)
        _rows(gamma, examples, class_weights, reduction, grad)
        return grad
    a0, a1, class_weight = _weights(class_weights, examples, reduction)
    slope = partial(_slope, gamma, a0, a1)
    return reduced_grad(slope, examples, reduction, out, class_weight=class_weight)


def _rows(
    gamma: float,
    examples: Examples,
    class_weights: ArrayLike | None,
    reduction: Reduction,
    grad: NDArray | None = None,
) -> float | NDArray:
    rule = partial(_of_classes, gamma)
    return _reduced((rule, rule), examples, class_weights, 0.0, reduction, grad)


def _read(
    y_true: ArrayLike, logits: ArrayLike, sample_weight: ArrayLike | None
) -> Examples:
    if real(logits, "logits").ndim == 2:
        examples = classed(y_true, logits, "logits", sample_weight)
        check_one_hot(examples.y)
        return examples
    examples = paired(y_true, logits, "logits", sample_weight, check_binary)
    check_binary(examples.y)
    return examples
