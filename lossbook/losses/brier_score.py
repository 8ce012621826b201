"""Brier score: the squared distance of probabilities from what happened."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .._arrays import (
    Reduction,
    destination,
    forecasts,
    reduced,
    reduced_grad,
    reduced_rows,
)


def _loss(y: NDArray, p: NDArray) -> NDArray:
    return (p - y) ** 2


def _slope(y: NDArray, p: NDArray) -> NDArray:
    return 2 * (p - y)


def _row_losses(y: NDArray, p: NDArray, by: float, grad: NDArray | None) -> NDArray:
    missed = p + 0.0  # a copy, in which no zero has a sign
    if y.ndim == 1:
        missed[np.arange(len(y)), y] -= 1
    else:
        missed -= y
    if grad is not None:
        np.divide(2 * missed, by, out=grad)
    return (missed**2).sum(axis=1)


def brier_score(
    y_true: ArrayLike,
    probs: ArrayLike,
    *,
    sample_weight: ArrayLike | None = None,
    reduction: Reduction = "mean",
) -> float | NDArray:
    r"""Squared distance of probabilities from what happened; low is good.

    .. math::
        \ell_i = (p_i - y_i)^2 \quad \text{for two classes,} \qquad
        \ell_i = \sum_{j=1}^{k} (p_{ij} - y_{ij})^2 \quad \text{for k classes}

    It is a proper scoring rule, as the cross-entropy is: on average nothing beats
    the true probabilities.  But it is bounded: the worst forecast costs 1, and 2
    with a column for each class.  With two columns it is twice what it is with one.

    Parameters
    ----------
    y_true : array_like, shape (n,) or (n, k)
        Labels: 0 or 1, or a fraction; for k classes, class numbers or a
        distribution for each example.
    probs : array_like, shape (n,) or (n, k)
        Probabilities of class 1, or a row that sums to 1 for each example.
    sample_weight : array_like, shape (n,), optional
        What each example counts, from 0 up; 1 if not given.
    reduction : {"mean", "sum", "none"}, default "mean"
        How the n numbers become the result; the mean divides by the sum of the
        weights.

    Returns
    -------
    float, or ndarray of shape (n,) if `reduction` is "none"
        A number without a unit: from 0 to 1 for two classes; from 0 to 2 for a
        column for each class.

    Raises
    ------
    ValueError
        If the labels, the probabilities, the weights or `reduction` are not those
        that `binary_cross_entropy` or `cross_entropy` reads.

    See Also
    --------
    brier_score_grad : its gradient in the probabilities.
    binary_cross_entropy, cross_entropy : the logarithmic rule.

    Notes
    -----
    Brier's own is the sum over the classes.  For two classes many take one of the
    two terms, as here, and some halve the sum: look before you compare numbers.

    The slope has no more than 2 to give, even where the model is sure and wrong; and
    through a sigmoid or a softmax, which is flat there, next to nothing comes back.
    So models are trained with the cross-entropy, and the Brier score judges them.

    References
    ----------
    Brier, "Verification of forecasts expressed in terms of probability", *Monthly
    Weather Review* 78 (1950), pages 1-3.

    Examples
    --------
    >>> round(brier_score([1, 0], [0.9, 0.2]), 6)
    0.025
    >>> round(brier_score([1, 0], [[0.1, 0.9], [0.8, 0.2]]), 6)
    0.05
    """
    examples = forecasts(y_true, probs, sample_weight)
    if examples.x.ndim == 1:
        return reduced(_loss, examples, reduction, arrays=3)
    return reduced_rows(_row_losses, examples, reduction, arrays=4)


def brier_score_grad(
    y_true: ArrayLike,
    probs: ArrayLike,
    *,
    sample_weight: ArrayLike | None = None,
    reduction: Reduction = "mean",
    out: NDArray | None = None,
) -> NDArray:
    r"""Gradient of `brier_score` in the probabilities, shape (n,) or (n, k).

    .. math::
        \frac{\partial \ell_i}{\partial p_i} = 2 (p_i - y_i)
        \qquad \text{or} \qquad
        \frac{\partial \ell_i}{\partial p_{ij}} = 2 (p_{ij} - y_{ij})

    The entries of a row are treated as free, though they sum to 1, as in
    `cross_entropy_grad`.  "mean" divides by the sum of the weights; "sum" and "none"
    agree.  Arguments and errors are those of the loss.  `out`, an array of the shape
    and precision of the result, receives it and saves the allocation.

    Examples
    --------
    >>> brier_score_grad([1, 0], [0.75, 0.25], reduction="sum")
    array([-0.5,  0.5])
    >>> brier_score_grad([1], [[0.5, 0.25, 0.25]])
    array([[ 1. , -1.5,  0.5]])
    """
    examples = forecasts(y_true, probs, sample_weight)
    if examples.x.ndim == 1:
        return reduced_grad(_slope, examples, reduction, out)
    grad = destination(out, examples)
    reduced_rows(_row_losses, examples, reduction, grad=grad, arrays=4)
    return grad
