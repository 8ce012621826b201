"""Poisson losses: for counts, of which many are small and a few large."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .._arrays import (
    Examples,
    Reduction,
    check_counts,
    paired,
    reduced,
    reduced_grad,
)

NEAR = 0.5  # up to so large a relative error the series keeps more digits
SERIES = [1 / (2 * k + 1) for k in range(15, 0, -1)]


def _loss(y: NDArray, z: NDArray) -> NDArray:
    losses = np.exp(z)
    losses -= y * z
    lost = np.isnan(losses)
    if lost.any():  # both are too large for a float
        y, z = y[lost], z[lost]
        losses[lost] = np.where(z - np.log(z) > np.log(y), np.inf, -np.inf)
    return losses


def _slope(y: NDArray, z: NDArray) -> NDArray:
    return np.exp(z) - y


def _deviance(y: NDArray, rate: NDArray) -> NDArray:
    r, rate = y - rate, np.abs(rate)  # so that -0 is 0
    x = r / rate
    d = _far(y, rate) - r
    near = np.abs(x) < NEAR
    if near.any():
        d[near] = _near(y[near], r[near], x[near])
    return 2 * d


def _far(y: NDArray, rate: NDArray) -> NDArray:
    """The term y log(y / rate), which is 0 for y = 0."""
    log_ratio = np.log(y / rate)
    lost = np.isinf(log_ratio) & (y > 0) & (rate > 0)  # the ratio left the range
    if lost.any():
        log_ratio[lost] = np.log(y[lost]) - np.log(rate[lost])
    return np.where(y > 0, y * log_ratio, 0)


def _near(y: NDArray, r: NDArray, x: NDArray) -> NDArray:
    """The difference y log(y / rate) - r of what is nearly equal, from 2 artanh(v)."""
    v = x / (2 + x)  # (y - rate) / (y + rate)
    v2 = v * v
    rest = np.zeros_like(v)
    for term in SERIES:
        rest = (rest + term) * v2
    return (r + y * (2 * rest)) * v


def _deviance_slope(y: NDArray, rate: NDArray) -> NDArray:
    return np.where(y > 0, -2 * (y - rate) / np.abs(rate), 2)


def poisson(
    y_true: ArrayLike,
    log_rates: ArrayLike,
    *,
    sample_weight: ArrayLike | None = None,
    reduction: Reduction = "mean",
) -> float | NDArray:
    r"""Surprise at counts, when the model reports the logarithm of a rate.

    .. math::
        \ell_i = e^{z_i} - y_i z_i

    This is the negative logarithm of the probability that the Poisson distribution
    with mean :math:`e^{z_i}` gives to the count, without :math:`\log y_i!`, which no
    model can change.  The best constant is the logarithm of the mean count, as under
    the squared error; but an error of 10 in a rate of 1000 is as good as none, and in
    a rate of 1 it is large, for counts scatter by the square root of their mean.

    The model says a logarithm, which may be any number, and rates stay above 0: each
    feature multiplies the rate.  A linear model trained so is Poisson regression.

    Parameters
    ----------
    y_true : array_like, shape (n,)
        Counts :math:`y_i`, from 0 up; fractions are taken, such as a count for each
        hour, with the hours as `sample_weight`.
    log_rates : array_like, shape (n,)
        Natural logarithms :math:`z_i` of the predicted rates; finite real numbers.
    sample_weight : array_like, shape (n,), optional
        What each example counts, from 0 up; 1 if not given.
    reduction : {"mean", "sum", "none"}, default "mean"
        How the n losses become the result; the mean divides by the sum of the
        weights.

    Returns
    -------
    float, or ndarray of shape (n,) if `reduction` is "none"
        Loss in nats, above minus infinity: without :math:`\log y_i!` it is below 0
        for large counts that are predicted well.

    Raises
    ------
    ValueError
        If the shapes differ or are not (n,), there are no examples, a count is
        below 0, a value is NaN or infinite, `sample_weight` is not n numbers from 0
        up, one of them above 0, or `reduction` is unknown.

    See Also
    --------
    poisson_grad : its gradient in the logarithms.
    poisson_deviance : twice the distance to the best that can be said, for rates.

    Notes
    -----
    The same as PyTorch's ``PoissonNLLLoss`` and, for rates, Keras's ``Poisson``.  It
    cannot be compared between data sets, nor with other likelihoods, as the constant
    that is left out depends on the counts; `poisson_deviance` can.

    A rate grows like an exponential: a step too far, and the loss overflows.  Start
    small, and bring the features to one scale.

    References
    ----------
    McCullagh and Nelder, *Generalized Linear Models* (2nd edition, 1989), chapter 6.

    Examples
    --------
    Two calls came; rates of 1, 2 and 4 were predicted:

    >>> poisson([2, 2, 2], np.log([1.0, 2.0, 4.0]), reduction="none").round(4)
    array([1.    , 0.6137, 1.2274])
    """
    examples = _read(y_true, log_rates, "log_rates", sample_weight)
    return reduced(_loss, examples, reduction, arrays=4)


def poisson_grad(
    y_true: ArrayLike,
    log_rates: ArrayLike,
    *,
    sample_weight: ArrayLike | None = None,
    reduction: Reduction = "mean",
    out: NDArray | None = None,
) -> NDArray:
    r"""Gradient of `poisson` in the logarithms of the rates, shape (n,).

    .. math::
        \frac{\partial \ell_i}{\partial z_i} = e^{z_i} - y_i

    The predicted rate minus the count.  "mean" divides by the sum of the weights;
    "sum" and "none" agree.  Arguments and errors are those of the loss.  `out`, an
    array of the shape and precision of the result, receives it and saves the
    allocation.

    Examples
    --------
    >>> poisson_grad([2, 0], [0.0, 0.0], reduction="sum")
    array([-1.,  1.])
    """
    examples = _read(y_true, log_rates, "log_rates", sample_weight)
    return reduced_grad(_slope, examples, reduction, out)


def poisson_deviance(
    y_true: ArrayLike,
    rates: ArrayLike,
    *,
    sample_weight: ArrayLike | None = None,
    reduction: Reduction = "mean",
) -> float | NDArray:
    r"""How far predicted rates are from counts, in the measure of counts.

    .. math::
        \ell_i = 2 \Bigl( y_i \log \frac{y_i}{\mu_i} - y_i + \mu_i \Bigr)

    Twice what `poisson` costs above its least, which it has where each rate is the
    count itself; so it is 0 for an exact prediction.  Near it, it is about
    :math:`(y_i - \mu_i)^2 / \mu_i`, the squared error in units of the variance that
    counts have: about 1 on average where the rates are right and not small.

    Parameters
    ----------
    y_true : array_like, shape (n,)
        Counts :math:`y_i`, from 0 up; fractions are taken.
    rates : array_like, shape (n,)
        Predicted rates :math:`\mu_i`, the mean counts, from 0 up.
    sample_weight : array_like, shape (n,), optional
        What each example counts, from 0 up; 1 if not given.
    reduction : {"mean", "sum", "none"}, default "mean"
        How the n losses become the result; the mean divides by the sum of the
        weights.

    Returns
    -------
    float, or ndarray of shape (n,) if `reduction` is "none"
        Twice a number of nats; at least 0, 0 only where every prediction is exact,
        and infinite where a rate of 0 was predicted for what happened.

    Raises
    ------
    ValueError
        If the shapes differ or are not (n,), there are no examples, a count or a
        rate is below 0, NaN or infinite, `sample_weight` is not n numbers from 0
        up, one of them above 0, or `reduction` is unknown.

    See Also
    --------
    poisson_deviance_grad : its gradient in the rates.
    poisson : what it is twice the excess of; for the logarithms of rates.

    Notes
    -----
    The mean is scikit-learn's ``mean_poisson_deviance``, which refuses a rate of 0.

    Where count and rate are close, the three terms cancel almost wholly.  There it is
    computed from :math:`v = (y - \mu)/(y + \mu)` and
    :math:`\log(y/\mu) = 2 \operatorname{artanh} v`, by a series.  So it
    is right to 4e-15 of itself, and in single precision to 2e-6.

    References
    ----------
    McCullagh and Nelder, *Generalized Linear Models* (2nd edition, 1989),
    section 2.3.  Loader, "Fast and accurate computation of binomial probabilities"
    (2000), for the series.

    Examples
    --------
    An error of 1 in a rate of 1 weighs about as much as one of 10 in a rate of 100:

    >>> poisson_deviance([2, 110], [1.0, 100.0], reduction="none").round(4)
    array([0.7726, 0.9682])

    Nothing happened; any rate above 0 was too high:

    >>> poisson_deviance([0, 0], [0.0, 3.0], reduction="none")
    array([0., 6.])
    """
    examples = _read_rates(y_true, rates, sample_weight)
    return reduced(_deviance, examples, reduction, arrays=12)


def poisson_deviance_grad(
    y_true: ArrayLike,
    rates: ArrayLike,
    *,
    sample_weight: ArrayLike | None = None,
    reduction: Reduction = "mean",
    out: NDArray | None = None,
) -> NDArray:
    r"""Gradient of `poisson_deviance` in the rates, shape (n,).

    .. math::
        \frac{\partial \ell_i}{\partial \mu_i} = 2 \, \frac{\mu_i - y_i}{\mu_i}

    Twice the error in units of the rate.  "mean" divides by the sum of the weights;
    "sum" and "none" agree.  Arguments and errors are those of the loss.  `out`, an
    array of the shape and precision of the result, receives it and saves the
    allocation.

    Examples
    --------
    >>> poisson_deviance_grad([2, 0], [1.0, 1.0], reduction="sum")
    array([-2.,  2.])
    """
    examples = _read_rates(y_true, rates, sample_weight)
    return reduced_grad(_deviance_slope, examples, reduction, out)


def _read(
    y_true: ArrayLike, x: ArrayLike, name: str, sample_weight: ArrayLike | None
) -> Examples:
    examples = paired(y_true, x, name, sample_weight)
    check_counts(examples.y, "y_true", "a count is never negative")
    return examples


def _read_rates(
    y_true: ArrayLike, rates: ArrayLike, sample_weight: ArrayLike | None
) -> Examples:
    examples = _read(y_true, rates, "rates", sample_weight)
    check_counts(examples.x, "rates", "exp makes rates from their logarithms")
    return examples
