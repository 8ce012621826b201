"""Mean absolute error: the average of the distances to the target."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .._arrays import Reduction, paired, reduced, reduced_grad


def _loss(y: NDArray, p: NDArray) -> NDArray:
    return np.abs(p - y)


def _slope(y: NDArray, p: NDArray) -> NDArray:
    return np.sign(p - y)


def mean_absolute_error(
    y_true: ArrayLike,
    y_pred: ArrayLike,
    *,
    sample_weight: ArrayLike | None = None,
    reduction: Reduction = "mean",
) -> float | NDArray:
    r"""Average of the distances between targets and predictions.

    .. math::
        \ell_i = |\hat y_i - y_i|, \qquad
        \mathrm{MAE} = \frac{1}{n} \sum_{i=1}^{n} |\hat y_i - y_i|

    The constant prediction that makes it smallest is a median of the targets.
    Twice the error costs twice as much, so a wild target pulls its prediction no
    harder than any other.  A wild feature is another matter: the slope in a weight
    is multiplied by it.  Also called L1 loss.

    Parameters
    ----------
    y_true : array_like, shape (n,)
        Targets :math:`y_i`; finite real numbers.
    y_pred : array_like, shape (n,)
        Predictions :math:`\hat y_i`, in the unit of the targets.
    sample_weight : array_like, shape (n,), optional
        What each example counts, from 0 up; 1 if not given.
    reduction : {"mean", "sum", "none"}, default "mean"
        How the n losses become the result; the mean divides by the sum of the
        weights.

    Returns
    -------
    float, or ndarray of shape (n,) if `reduction` is "none"
        Loss in the unit of the targets; at least 0, and 0 only where every
        prediction is exact.

    Raises
    ------
    ValueError
        If the shapes differ or are not (n,), there are no examples, a value is
        NaN or infinite, `sample_weight` is not n numbers from 0 up, one of them
        above 0, or `reduction` is unknown.

    See Also
    --------
    mean_absolute_error_grad : its gradient in the predictions.
    huber : the same for large errors, without the kink at 0.

    Notes
    -----
    The slope jumps from -1 to +1 where a prediction is exact, and does not
    shrink on the way: gradient descent with a fixed learning rate steps to and
    fro across the minimum instead of settling.

    References
    ----------
    Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*
    (2nd edition, 2009), section 10.6.

    Examples
    --------
    Errors of 1, 0 and 3 cost 1, 0 and 3:

    >>> mean_absolute_error([3.0, 5.0, 2.0], [4.0, 5.0, 5.0], reduction="none")
    array([1., 0., 3.])

    The median of 1, 2 and 90 is 2, and beats their mean:

    >>> mean_absolute_error([1.0, 2.0, 90.0], [2.0] * 3, reduction="sum")
    89.0
    >>> mean_absolute_error([1.0, 2.0, 90.0], [31.0] * 3, reduction="sum")
    118.0
    """
    examples = paired(y_true, y_pred, "y_pred", sample_weight)
    return reduced(_loss, examples, reduction, arrays=2)


def mean_absolute_error_grad(
    y_true: ArrayLike,
    y_pred: ArrayLike,
    *,
    sample_weight: ArrayLike | None = None,
    reduction: Reduction = "mean",
    out: NDArray | None = None,
) -> NDArray:
    r"""Gradient of `mean_absolute_error` in the predictions, shape (n,).

    .. math::
        \frac{\partial \ell_i}{\partial \hat y_i} =
        \operatorname{sign}(\hat y_i - y_i)

    Only the side counts, not the distance.  An exact prediction, where the
    slope does not exist, gets 0.  "mean" divides by the sum of the weights;
    "sum" and "none" agree.  Arguments and errors are those of the loss.  `out`,
    an array of the shape and precision of the result, receives it and saves the
    allocation.

    Examples
    --------
    >>> mean_absolute_error_grad([3.0, 5.0, 2.0], [4.0, 5.0, -7.0], reduction="sum")
    array([ 1.,  0., -1.])
    """
    examples = paired(y_true, y_pred, "y_pred", sample_weight)
    return reduced_grad(_slope, examples, reduction, out)
