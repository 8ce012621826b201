"""Huber loss: squared errors while they are small, absolute ones beyond."""

from functools import partial

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .._arrays import Reduction, number, paired, reduced, reduced_grad


def _loss(delta: float, y: NDArray, p: NDArray) -> NDArray:
    r = np.abs(p - y)
    a = np.minimum(r, delta)
    return a * (r - a / 2)


def _slope(delta: float, y: NDArray, p: NDArray) -> NDArray:
    return np.clip(p - y, -delta, delta)


def huber(
    y_true: ArrayLike,
    y_pred: ArrayLike,
    *,
    delta: float = 1.0,
    sample_weight: ArrayLike | None = None,
    reduction: Reduction = "mean",
) -> float | NDArray:
    r"""Half the squared error for errors up to `delta`, straight lines beyond.

    .. math::
        \ell_i = \begin{cases}
            \tfrac12 (\hat y_i - y_i)^2 & |\hat y_i - y_i| \le \delta \\
            \delta \left( |\hat y_i - y_i| - \tfrac12 \delta \right)
            & |\hat y_i - y_i| > \delta
        \end{cases}

    Near the target it is smooth like the squared error, so that descent
    settles; far away it grows like the absolute error, so that a wild target pulls
    its prediction no harder than `delta`.  It does not protect against a wild
    feature, by which the slope in a weight is multiplied.  The two pieces meet at
    `delta` with the same height and slope.

    Parameters
    ----------
    y_true : array_like, shape (n,)
        Targets :math:`y_i`; finite real numbers.
    y_pred : array_like, shape (n,)
        Predictions :math:`\hat y_i`, in the unit of the targets.
    delta : float, default 1.0
        The error from which on the loss is straight; a positive number, in the
        unit of the targets.
    sample_weight : array_like, shape (n,), optional
        What each example counts, from 0 up; 1 if not given.
    reduction : {"mean", "sum", "none"}, default "mean"
        How the n losses become the result; the mean divides by the sum of the
        weights.

    Returns
    -------
    float, or ndarray of shape (n,) if `reduction` is "none"
        Loss in the squared unit of the targets; at least 0, and 0 only where
        every prediction is exact.

    Raises
    ------
    ValueError
        If the shapes differ or are not (n,), there are no examples, a value is
        NaN or infinite, `delta` is not positive and finite, `sample_weight` is
        not n numbers from 0 up, one of them above 0, or `reduction` is unknown.

    See Also
    --------
    huber_grad : its gradient in the predictions.

    Notes
    -----
    Both pieces are :math:`a (|\hat y - y| - a/2)` with
    :math:`a = \min(|\hat y - y|, \delta)`, and so it is computed.  The factor ½
    makes the slope inside `delta` the error itself: for small errors it is half of
    `mean_squared_error`.

    The best constant prediction is where the pulls balance.  It need not lie
    between the median and the mean: of the targets 1, 11, 11, 11, 15, 16 and 17
    these are 11 and 11.71, and with `delta` 4 the best prediction is 12.8.

    References
    ----------
    Huber, "Robust estimation of a location parameter", *Annals of Mathematical
    Statistics* 35 (1964), pages 73-101.

    Examples
    --------
    An error of 1 costs ½ either way; one of 10 costs 9.5 instead of 50:

    >>> huber([0.0, 0.0], [1.0, 10.0], reduction="none")
    array([0.5, 9.5])
    >>> huber([0.0, 0.0], [1.0, 10.0], delta=100.0, reduction="none")
    array([ 0.5, 50. ])

    At the best constant prediction the pulls balance:

    >>> targets = [1.0, 11.0, 11.0, 11.0, 15.0, 16.0, 17.0]
    >>> huber_grad(targets, [12.8] * 7, delta=4.0, reduction="none").round(1)
    array([ 4. ,  1.8,  1.8,  1.8, -2.2, -3.2, -4. ])
    """
    examples = paired(y_true, y_pred, "y_pred", sample_weight)
    return reduced(partial(_loss, _checked(delta)), examples, reduction)


def huber_grad(
    y_true: ArrayLike,
    y_pred: ArrayLike,
    *,
    delta: float = 1.0,
    sample_weight: ArrayLike | None = None,
    reduction: Reduction = "mean",
    out: NDArray | None = None,
) -> NDArray:
    r"""Gradient of `huber` in the predictions, shape (n,).

    .. math::
        \frac{\partial \ell_i}{\partial \hat y_i} =
        \max(-\delta, \min(\delta, \hat y_i - y_i))

    The error itself, held between ``-delta`` and `delta`: no target pulls its
    prediction harder than that.  "mean" divides by the sum of the weights; "sum"
    and "none" agree.  Arguments and errors are those of the loss.  `out`, an array
    of the shape and precision of the result, receives it and saves the allocation.

    Examples
    --------
    >>> huber_grad([0.0, 0.0, 0.0], [0.5, -3.0, 90.0], reduction="sum")
    array([ 0.5, -1. ,  1. ])
    """
    examples = paired(y_true, y_pred, "y_pred", sample_weight)
    return reduced_grad(partial(_slope, _checked(delta)), examples, reduction, out)


def _checked(delta: float) -> float:
    if not 0 < number(delta) < np.inf:
        raise ValueError(f"delta must be a positive number, got {delta!r}")
    return float(delta)
