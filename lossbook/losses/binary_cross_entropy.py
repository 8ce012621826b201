"""Binary cross-entropy: the surprise, in nats, at what happened."""

from functools import partial

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .._arrays import (
    Examples,
    Reduction,
    check_binary,
    check_probabilities,
    class_weights_of,
    occurs,
    paired,
    positive,
    reduced,
    reduced_both,
    reduced_grad,
    weighed,
)

# The formulas, each for the weights of the two classes.


def _probs_loss(a0: float, a1: float, y: NDArray, p: NDArray) -> NDArray:
    return weighed(a1 * y, 0 - np.log(p)) + weighed(a0 * (1 - y), 0 - np.log1p(-p))


def _probs_slope(a0: float, a1: float, y: NDArray, p: NDArray) -> NDArray:
    return weighed(a0 * (1 - y), 1 / (1 - p)) - weighed(a1 * y, 1 / np.abs(p))


def _logits_loss(a0: float, a1: float, y: NDArray, z: NDArray) -> NDArray:
    common = np.abs(z)  # in place from here on: log(1 + exp(-|z|))
    np.negative(common, out=common)
    np.exp(common, out=common)
    return _from_common(a0, a1, y, z, np.log1p(common, out=common))


def _logits_slope(a0: float, a1: float, y: NDArray, z: NDArray) -> NDArray:
    return a0 * (1 - y) / (1 + np.exp(-z)) - a1 * y / (1 + np.exp(z))


def _probs_both(a0: float, a1: float, y: NDArray, p: NDArray) -> tuple:
    return _probs_loss(a0, a1, y, p), _probs_slope(a0, a1, y, p)


def _logits_both(a0: float, a1: float, y: NDArray, z: NDArray) -> tuple:
    up = np.exp(z)  # one exponential for both; the others are its reciprocal
    down = 1 / up
    losses = _from_common(a0, a1, y, z, np.log1p(np.minimum(up, down)))
    return losses, a0 * (1 - y) / (1 + down) - a1 * y / (1 + up)


def _from_common(
    a0: float, a1: float, y: NDArray, z: NDArray, common: NDArray
) -> NDArray:
    """The loss, from the logarithm that both labels have in common."""
    if a0 == a1 == 1:
        losses = positive(z)
        losses -= z * y  # exact for labels 0 and 1, so that common keeps its digits
        losses += common
        return losses
    return a1 * y * (positive(-z) + common) + a0 * (1 - y) * (positive(z) + common)


def binary_cross_entropy(
    y_true: ArrayLike,
    probs: ArrayLike,
    *,
    class_weights: ArrayLike | None = None,
    sample_weight: ArrayLike | None = None,
    reduction: Reduction = "mean",
) -> float | NDArray:
    r"""Surprise at binary labels when the model reports a probability.

    .. math::
        \ell_i = -\alpha_1 y_i \log p_i - \alpha_0 (1 - y_i) \log(1 - p_i)

    For a hard label the probability of what happened counts: a sure thing costs
    nothing, a coin toss log 2 = 0.693, and the impossible costs infinity.  A
    forecast that is the same for all examples pays least, on average, where it is
    the frequency :math:`f` of class 1: honest forecasts win.  Class weights shift
    that to :math:`\alpha_1 f / (\alpha_1 f + \alpha_0 (1 - f))`: with the weights 1
    and 10 a frequency of 0.3 asks for 0.81.

    Also called log loss; a linear model trained with it is logistic regression.

    Parameters
    ----------
    y_true : array_like, shape (n,)
        Labels :math:`y_i`: 0 or 1, or a fraction for a soft label.
    probs : array_like, shape (n,)
        Probabilities :math:`p_i` of class 1, in [0, 1].
    class_weights : array_like, shape (2,), optional
        Weights :math:`\alpha_0, \alpha_1` of the classes; 1 and 1 if not given.
    sample_weight : array_like, shape (n,), optional
        What each example counts, from 0 up, times the weight of its class
        :math:`\alpha_1 y_i + \alpha_0 (1 - y_i)`; 1 if not given.
    reduction : {"mean", "sum", "none"}, default "mean"
        How the n losses become the result; the mean divides by the sum of the
        weights.

    Returns
    -------
    float, or ndarray of shape (n,) if `reduction` is "none"
        Loss in nats; at least 0, and infinite where a probability is 0 for what
        happened.

    Raises
    ------
    ValueError
        If the shapes differ or are not (n,), there are no examples, a label or
        a probability lies outside [0, 1] or is NaN, `class_weights` are not two
        numbers from 0 up or the weights leave nothing to average,
        `sample_weight` is not n numbers from 0 up, one of them above 0, or
        `reduction` is unknown.

    See Also
    --------
    binary_cross_entropy_grad : its gradient in the probabilities.
    binary_cross_entropy_from_logits : the same loss, for log-odds.

    Notes
    -----
    Nothing is clipped.  Where others hold p away from 0 and 1, a forecast of 0
    for what happened costs 16, 36 or 100, depending on the library and on the
    precision.  For label 0 the code takes log1p(-p): the difference 1 - p would
    lose a small p, and with it the whole loss.

    References
    ----------
    Good, "Rational decisions", *Journal of the Royal Statistical Society B* 14
    (1952), pages 107-114, section 8.

    Examples
    --------
    A coin toss costs log 2 whatever it shows; a good forecast costs less:

    >>> binary_cross_entropy([0, 1], [0.5, 0.5])
    0.6931471805599453
    >>> round(binary_cross_entropy([1, 0], [0.9, 0.1]), 6)
    0.105361

    The same forecast, when the opposite happens:

    >>> round(binary_cross_entropy([0, 1], [0.9, 0.1]), 6)
    2.302585
    >>> binary_cross_entropy([1], [0.0])
    inf
    """
    examples = _read_probs(y_true, probs, sample_weight)
    a0, a1, class_weight = _weights(class_weights, examples, reduction)
    loss = partial(_probs_loss, a0, a1)
    return reduced(loss, examples, reduction, class_weight=class_weight)


def binary_cross_entropy_grad(
    y_true: ArrayLike,
    probs: ArrayLike,
    *,
    class_weights: ArrayLike | None = None,
    sample_weight: ArrayLike | None = None,
    reduction: Reduction = "mean",
    out: NDArray | None = None,
) -> NDArray:
    r"""Gradient of `binary_cross_entropy` in the probabilities, shape (n,).

    .. math::
        \frac{\partial \ell_i}{\partial p_i} =
        \frac{\alpha_0 (1 - y_i)}{1 - p_i} - \frac{\alpha_1 y_i}{p_i}

    For a hard label without weights, one over the probability of what happened: at
    least 1 in size, even for a perfect forecast, and without bound.  For a soft
    label it is 0 where p = y.  "mean" divides by
    the sum of the weights; "sum" and "none" agree.  Arguments and errors are
    those of the loss.  `out`, an array of the shape and precision of the
    result, receives it and saves the allocation.

    Examples
    --------
    >>> binary_cross_entropy_grad([1, 1, 0], [0.5, 0.1, 0.0], reduction="sum")
    array([ -2., -10.,   1.])
    """
    examples = _read_probs(y_true, probs, sample_weight)
    a0, a1, class_weight = _weights(class_weights, examples, reduction)
    slope = partial(_probs_slope, a0, a1)
    return reduced_grad(slope, examples, reduction, out, class_weight=class_weight)


def binary_cross_entropy_and_grad(
    y_true: ArrayLike,
    probs: ArrayLike,
    *,
    class_weights: ArrayLike | None = None,
    sample_weight: ArrayLike | None = None,
    reduction: Reduction = "mean",
    out: NDArray | None = None,
) -> tuple[float | NDArray, NDArray]:
    """`binary_cross_entropy` and `binary_cross_entropy_grad`, in one pass.

    Examples
    --------
    >>> binary_cross_entropy_and_grad([1], [0.5])
    (0.6931471805599453, array([-2.]))
    """
    examples = _read_probs(y_true, probs, sample_weight)
    a0, a1, class_weight = _weights(class_weights, examples, reduction)
    both = partial(_probs_both, a0, a1)
    return reduced_both(both, examples, reduction, out, class_weight=class_weight)


def binary_cross_entropy_from_logits(
    y_true: ArrayLike,
    logits: ArrayLike,
    *,
    class_weights: ArrayLike | None = None,
    sample_weight: ArrayLike | None = None,
    reduction: Reduction = "mean",
) -> float | NDArray:
    r"""Surprise at binary labels when the model reports log-odds.

    .. math::
        \ell_i = \alpha_1 y_i \log(1 + e^{-z_i}) + \alpha_0 (1 - y_i) \log(1 + e^{z_i})

    This is ``binary_cross_entropy(y_true, sigmoid(logits))`` without the round
    trip through a probability, which from z = 37 on rounds to exactly 1.
    Sure and wrong costs about the size of the logit: there the loss grows like a
    straight line, as the hinge does.  As a function of the margin it is the
    logistic loss.

    Parameters
    ----------
    y_true : array_like, shape (n,)
        Labels :math:`y_i`: 0 or 1, or a fraction for a soft label.
    logits : array_like, shape (n,)
        Log-odds :math:`z_i` of class 1; finite real numbers.
    class_weights : array_like, shape (2,), optional
        Weights :math:`\alpha_0, \alpha_1` of the classes; 1 and 1 if not given.
    sample_weight : array_like, shape (n,), optional
        What each example counts, from 0 up, times the weight of its class
        :math:`\alpha_1 y_i + \alpha_0 (1 - y_i)`; 1 if not given.
    reduction : {"mean", "sum", "none"}, default "mean"
        How the n losses become the result; the mean divides by the sum of the
        weights.

    Returns
    -------
    float, or ndarray of shape (n,) if `reduction` is "none"
        Loss in nats; at least 0.

    Raises
    ------
    ValueError
        If the shapes differ or are not (n,), there are no examples, a label
        lies outside [0, 1], a logit is NaN or infinite, `class_weights` are not
        two numbers from 0 up or the weights leave nothing to average,
        `sample_weight` is not n numbers from 0 up, one of them above 0, or
        `reduction` is unknown.

    See Also
    --------
    binary_cross_entropy_from_logits_grad : its gradient in the logits.
    binary_cross_entropy : the same loss, for probabilities.

    Notes
    -----
    Both logarithms are :math:`\max(0, \pm z) + \log(1 + e^{-|z|})`, which never
    overflows.  For the two labels together that is

    .. math::
        \ell_i = \max(0, z_i) - z_i y_i + \log(1 + e^{-|z_i|})

    and so it is computed where there are no weights.  The order matters: the
    shorter :math:`\log(1 + e^{z}) - zy` subtracts two nearly equal numbers when
    the model is sure and right, and at z = 37, y = 1 it returns 0 for a true
    loss of 8.5e-17.

    PyTorch's ``pos_weight=c`` is ``class_weights=(1, c)``, but its mean divides by
    n, and here by the sum of the weights.

    References
    ----------
    Bishop, *Pattern Recognition and Machine Learning* (2006), section 4.3.2,
    equation 4.90.

    Examples
    --------
    >>> binary_cross_entropy_from_logits([0, 1], [0.0, 0.0])
    0.6931471805599453

    Sure and wrong costs about the logit, and stays finite; sure and right costs
    little, and here still more than 0:

    >>> binary_cross_entropy_from_logits([0], [1000.0])
    1000.0
    >>> f"{binary_cross_entropy_from_logits([1], [100.0]):.3g}"
    '3.72e-44'
    """
    examples = _read_logits(y_true, logits, sample_weight)
    a0, a1, class_weight = _weights(class_weights, examples, reduction)
    loss = partial(_logits_loss, a0, a1)
    return reduced(loss, examples, reduction, class_weight=class_weight, arrays=4)


def binary_cross_entropy_from_logits_grad(
    y_true: ArrayLike,
    logits: ArrayLike,
    *,
    class_weights: ArrayLike | None = None,
    sample_weight: ArrayLike | None = None,
    reduction: Reduction = "mean",
    out: NDArray | None = None,
) -> NDArray:
    r"""Gradient of `binary_cross_entropy_from_logits` in the logits, shape (n,).

    .. math::
        \frac{\partial \ell_i}{\partial z_i} =
        \alpha_0 (1 - y_i) \, \sigma(z_i) - \alpha_1 y_i \, \sigma(-z_i)

    Without weights this is :math:`\sigma(z_i) - y_i`, probability minus label:
    a confident mistake pulls hard, but at most with 1.  The two terms keep the
    digits that the difference loses when the model is sure and right.
    "mean" divides by the sum of the weights; "sum" and "none" agree.  Arguments
    and errors are those of the loss.  `out`, an array of the shape and precision
    of the result, receives it and saves the allocation.

    Examples
    --------
    >>> binary_cross_entropy_from_logits_grad([0, 1], [0.0, 0.0], reduction="sum")
    array([ 0.5, -0.5])
    """
    examples = _read_logits(y_true, logits, sample_weight)
    a0, a1, class_weight = _weights(class_weights, examples, reduction)
    slope = partial(_logits_slope, a0, a1)
    return reduced_grad(slope, examples, reduction, out, class_weight=class_weight)


def binary_cross_entropy_from_logits_and_grad(
    y_true: ArrayLike,
    logits: ArrayLike,
    *,
    class_weights: ArrayLike | None = None,
    sample_weight: ArrayLike | None = None,
    reduction: Reduction = "mean",
    out: NDArray | None = None,
) -> tuple[float | NDArray, NDArray]:
    """`binary_cross_entropy_from_logits` and its gradient, in one pass.

    Examples
    --------
    >>> binary_cross_entropy_from_logits_and_grad([1], [0.0])
    (0.6931471805599453, array([-0.5]))
    """
    examples = _read_logits(y_true, logits, sample_weight)
    a0, a1, class_weight = _weights(class_weights, examples, reduction)
    both = partial(_logits_both, a0, a1)
    return reduced_both(both, examples, reduction, out, class_weight=class_weight)


def _weights(
    class_weights: ArrayLike | None, examples: Examples, reduction: Reduction
) -> tuple:
    """Weight of class 0, of class 1, and what gives the weights of labels.

    Weights are of double precision, and so is all that is multiplied by them.
    """
    if class_weights is None:
        return 1, 1, None
    both = occurs(examples, lambda y: [(y < 1).any(), (y > 0).any()])
    a0, a1 = class_weights_of(class_weights, 2, reduction, both)
    return a0, a1, lambda y: a1 * y + a0 * (1 - 1.0 * y)


def _read_probs(
    y_true: ArrayLike, probs: ArrayLike, sample_weight: ArrayLike | None
) -> Examples:
    examples = paired(y_true, probs, "probs", sample_weight, check_binary)
    check_binary(examples.y)
    advice = "sigmoid makes probabilities from logits"
    check_probabilities(examples.x, "probs", advice)
    return examples


def _read_logits(
    y_true: ArrayLike, logits: ArrayLike, sample_weight: ArrayLike | None
) -> Examples:
    examples = paired(y_true, logits, "logits", sample_weight, check_binary)
    check_binary(examples.y)
    return examples
