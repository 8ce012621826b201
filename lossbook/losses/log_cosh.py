"""Log-cosh: like the squared error near the target, like the absolute one far away."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .._arrays import Reduction, paired, reduced, reduced_grad

STRAIGHT = 20  # from here on the loss is a straight line, to the last digit


def _loss(y: NDArray, p: NDArray) -> NDArray:
    r = np.abs(p - y)
    a = np.minimum(r, STRAIGHT)
    return (r - a) + np.log1p(2 * np.sinh(a / 2) ** 2)


def _slope(y: NDArray, p: NDArray) -> NDArray:
    return np.tanh(p - y)


def log_cosh(
    y_true: ArrayLike,
    y_pred: ArrayLike,
    *,
    sample_weight: ArrayLike | None = None,
    reduction: Reduction = "mean",
) -> float | NDArray:
    r"""Half the squared error for small errors, a straight line for large ones.

    .. math::
        \ell_i = \log \cosh (\hat y_i - y_i)

    For errors far below 1 that is :math:`\tfrac12 (\hat y_i - y_i)^2`; far above 1 it
    is :math:`|\hat y_i - y_i| - \log 2`.  So it does what the `huber` loss does, a
    wild target pulls its prediction no harder than 1, and it has slopes of all
    orders.  It has no setting like Huber's `delta`: what is small and what is large
    is decided by the unit in which the targets are given.  Divide targets and
    predictions by a scale to choose it.  It does not protect against a wild feature,
    by which the slope in a weight is multiplied.

    Parameters
    ----------
    y_true : array_like, shape (n,)
        Targets :math:`y_i`; finite real numbers, in a unit in which an error of 1 is
        neither small nor large.
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
        Loss, a number without a unit; at least 0, and 0 only where every prediction
        is exact.

    Raises
    ------
    ValueError
        If the shapes differ or are not (n,), there are no examples, a value is
        NaN or infinite, `sample_weight` is not n numbers from 0 up, one of them
        above 0, or `reduction` is unknown.

    See Also
    --------
    log_cosh_grad : its gradient in the predictions.
    huber : the same idea in two pieces, with a setting for where they meet.

    Notes
    -----
    The hyperbolic cosine of 711 is too large for a float.  And near 0, where it is
    close to 1, its logarithm keeps few digits: of an error of 1e-8 none, as it is
    with ``abs(r) + log(1 + exp(-2 * abs(r))) - log(2)``, which is what some libraries
    compute.  From ``cosh(r) = 1 + 2 sinh(r/2)**2`` all digits are kept, and
    beyond an error of 20 the loss grows by what the error grows.

    The best constant prediction is where the pulls :math:`\tanh(\hat y - y_i)`
    balance.

    References
    ----------
    Green, "Bayesian reconstructions from emission tomography data using a modified EM
    algorithm", *IEEE Transactions on Medical Imaging* 9 (1990), pages 84-93.

    Examples
    --------
    An error of 0.5 costs about half its square; one of 10 about 10 - log 2:

    >>> log_cosh([0.0, 0.0], [0.5, 10.0], reduction="none").round(4)
    array([0.1201, 9.3069])

    However large or small the error is, no digit is lost:

    >>> f"{log_cosh([0.0], [1e-8]):.3g}", round(log_cosh([0.0], [1000.0]), 6)
    ('5e-17', 999.306853)
    """
    examples = paired(y_true, y_pred, "y_pred", sample_weight)
    return reduced(_loss, examples, reduction, arrays=5)


def log_cosh_grad(
    y_true: ArrayLike,
    y_pred: ArrayLike,
    *,
    sample_weight: ArrayLike | None = None,
    reduction: Reduction = "mean",
    out: NDArray | None = None,
) -> NDArray:
    r"""Gradient of `log_cosh` in the predictions, shape (n,).

    .. math::
        \frac{\partial \ell_i}{\partial \hat y_i} = \tanh(\hat y_i - y_i)

    The error itself while it is small, and never more than 1: no target pulls its
    prediction harder than that.  "mean" divides by the sum of the weights; "sum" and
    "none" agree.  Arguments and errors are those of the loss.  `out`, an array of the
    shape and precision of the result, receives it and saves the allocation.

    Examples
    --------
    >>> log_cosh_grad([0.0] * 3, [0.1, -1.0, 90.0], reduction="sum").round(3)
    array([ 0.1  , -0.762,  1.   ])
    """
    examples = paired(y_true, y_pred, "y_pred", sample_weight)
    return reduced_grad(_slope, examples, reduction, out)
