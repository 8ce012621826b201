"""Quantile loss: too low and too high cost differently, at any ratio you choose."""

from functools import partial

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .._arrays import Reduction, paired, real_number, reduced, reduced_grad


def _loss(level: float, y: NDArray, p: NDArray) -> NDArray:
    r = y - p
    below = level * r
    r *= level - 1
    np.maximum(below, r, out=below)
    below += 0.0  # so that no zero has a sign
    return below


def _slope(level: float, y: NDArray, p: NDArray) -> NDArray:
    above = np.multiply(p > y, 1 - level, dtype=p.dtype)
    return above - np.multiply(p < y, level, dtype=p.dtype)


def quantile(
    y_true: ArrayLike,
    y_pred: ArrayLike,
    *,
    level: float = 0.5,
    sample_weight: ArrayLike | None = None,
    reduction: Reduction = "mean",
) -> float | NDArray:
    r"""Distance to the target, at one price if it is above and another if it is below.

    .. math::
        \ell_i = \max\bigl(\tau \, (y_i - \hat y_i),\;
        (1 - \tau) (\hat y_i - y_i)\bigr)

    Each unit by which a prediction is too low costs :math:`\tau`, the `level`, and
    each unit by which it is too high :math:`1 - \tau`.  The constant prediction that
    makes it smallest is a quantile of the targets at that level: at most a share
    :math:`\tau` of them lies below it, and at least that share at or below it.  If
    too low costs three times as much as too high, the level is 3 / (3 + 1) = 0.75.
    A wild target pulls no harder than any other on its side.  A wild feature is
    another matter: the slope in a weight is multiplied by it.

    Also called pinball loss, after its shape, check loss, and tick loss.

    Parameters
    ----------
    y_true : array_like, shape (n,)
        Targets :math:`y_i`; finite real numbers.
    y_pred : array_like, shape (n,)
        Predictions :math:`\hat y_i`, in the unit of the targets.
    level : float, default 0.5
        The level :math:`\tau` of the quantile; a number between 0 and 1.
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
        NaN or infinite, `level` is not between 0 and 1, `sample_weight` is not n
        numbers from 0 up, one of them above 0, or `reduction` is unknown.

    See Also
    --------
    quantile_grad : its gradient in the predictions.
    mean_absolute_error : twice this loss at level 0.5.

    Notes
    -----
    Others call the level alpha (scikit-learn, LightGBM), tau, q or quantile.  Two
    models that are fitted for the levels 0.05 and 0.95 bound an interval that should
    hold nine of ten targets, and nothing keeps the two from crossing.

    As under the absolute error, the slope jumps where a prediction is exact.

    References
    ----------
    Koenker and Bassett, "Regression quantiles", *Econometrica* 46 (1978),
    pages 33-50.  Gneiting, "Quantiles as optimal point forecasts", *International
    Journal of Forecasting* 27 (2011), pages 197-207.

    Examples
    --------
    Too low by 2 costs three times as much as too high by 2:

    >>> quantile([10.0, 10.0], [8.0, 12.0], level=0.75, reduction="none")
    array([1.5, 0.5])

    Of the targets 1, 2, 3, 4 and 100, three quarters are not yet at or below 3, but
    at or below 4 they are, and there the loss is least:

    >>> targets = [1.0, 2.0, 3.0, 4.0, 100.0]
    >>> [quantile(targets, [c] * 5, level=0.75) for c in (3.0, 4.0, 5.0)]
    [14.85, 14.7, 14.75]

    At level 0.5 it is half the distance:

    >>> quantile([3.0, 5.0, 2.0], [4.0, 5.0, 5.0], reduction="none")
    array([0.5, 0. , 1.5])
    """
    examples = paired(y_true, y_pred, "y_pred", sample_weight)
    return reduced(partial(_loss, _checked(level)), examples, reduction, arrays=3)


def quantile_grad(
    y_true: ArrayLike,
    y_pred: ArrayLike,
    *,
    level: float = 0.5,
    sample_weight: ArrayLike | None = None,
    reduction: Reduction = "mean",
    out: NDArray | None = None,
) -> NDArray:
    r"""Gradient of `quantile` in the predictions, shape (n,).

    .. math::
        \frac{\partial \ell_i}{\partial \hat y_i} = \begin{cases}
            -\tau & \hat y_i < y_i \\
            1 - \tau & \hat y_i > y_i
        \end{cases}

    Only the side counts, not the distance.  An exact prediction, where the slope does
    not exist, gets 0.  "mean" divides by the sum of the weights; "sum" and "none"
    agree.  Arguments and errors are those of the loss.  `out`, an array of the shape
    and precision of the result, receives it and saves the allocation.

    Examples
    --------
    >>> quantile_grad([10.0] * 3, [8.0, 10.0, 12.0], level=0.75, reduction="sum")
    array([-0.75,  0.  ,  0.25])
    """
    examples = paired(y_true, y_pred, "y_pred", sample_weight)
    return reduced_grad(partial(_slope, _checked(level)), examples, reduction, out)


def _checked(level: float) -> float:
    return real_number(level, "level", *BETWEEN_0_AND_1)


BETWEEN_0_AND_1 = "a number between 0 and 1", lambda value: 0 < value < 1
