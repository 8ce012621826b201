"""Gaussian likelihood: a prediction that also says how sure it is."""

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .._arrays import (
    Examples,
    Reduction,
    paired,
    reduced,
    reduced_grad,
    weighed,
)

LOG_2_PI = math.log(2 * math.pi)


def _loss(y: NDArray, x: NDArray) -> NDArray:
    z, _ = _standardised(y, x)
    z *= z
    z += x[:, 1]  # the logarithm of the variance
    z += LOG_2_PI
    z /= 2
    return z


def _slope(y: NDArray, x: NDArray) -> NDArray:
    z, precision = _standardised(y, x)
    slopes = np.empty_like(x)
    slopes[:, 0] = -weighed(z, precision)
    slopes[:, 1] = (1 - z) * (1 + z) / 2
    return slopes


def _standardised(y: NDArray, x: NDArray) -> tuple[NDArray, NDArray]:
    """The error in standard deviations, and one over a standard deviation."""
    mean, precision = x[:, 0], np.exp(x[:, 1] / -2)
    error = y - mean
    z = error * precision
    if not np.isfinite(z).all():  # 0 times infinity, or an error that overflows
        halves = (y / 2 - mean / 2) * precision * 2
        z = np.where(np.isinf(error), halves, weighed(error, precision))
    return z, precision


def gaussian_nll(
    y_true: ArrayLike,
    mean_and_log_variance: ArrayLike,
    *,
    sample_weight: ArrayLike | None = None,
    reduction: Reduction = "mean",
) -> float | NDArray:
    r"""Surprise at the targets, when the model reports a mean and a variance.

    .. math::
        \ell_i = \tfrac12 \Bigl( \log (2 \pi) + s_i
        + \frac{(y_i - m_i)^2}{e^{s_i}} \Bigr)

    This is the negative logarithm of the density of the normal distribution with mean
    :math:`m_i` and variance :math:`e^{s_i}`.  To claim certainty makes right
    predictions cheaper and wrong ones dearer: for a given error the loss is least
    where the variance is the square of the error, and so a model learns how wrong it
    tends to be.  With the same variance for all it is `mean_squared_error`, but for a
    factor and a constant.

    The model says two numbers for each example.  The logarithm of the variance may be
    any number, as a logit may, and nothing has to be kept above 0.

    Parameters
    ----------
    y_true : array_like, shape (n,)
        Targets :math:`y_i`; finite real numbers.
    mean_and_log_variance : array_like, shape (n, 2)
        In the first column the means :math:`m_i`, in the unit of the targets; in the
        second the natural logarithms :math:`s_i` of the variances.  Two arrays are
        joined by ``np.column_stack([mean, np.log(variance)])``.
    sample_weight : array_like, shape (n,), optional
        What each example counts, from 0 up; 1 if not given.
    reduction : {"mean", "sum", "none"}, default "mean"
        How the n losses become the result; the mean divides by the sum of the
        weights.

    Returns
    -------
    float, or ndarray of shape (n,) if `reduction` is "none"
        Loss in nats; below 0 where the density is above 1, and without a lower
        bound.  In another unit of the targets all losses change by the same amount.

    Raises
    ------
    ValueError
        If the shapes are not (n,) and (n, 2), there are no examples, a value is NaN
        or infinite, `sample_weight` is not n numbers from 0 up, one of them above 0,
        or `reduction` is unknown.

    See Also
    --------
    gaussian_nll_grad : its gradient in the means and the logarithms.
    mean_squared_error : where the variance is the same for all.

    Notes
    -----
    PyTorch's ``GaussianNLLLoss`` reads the variance instead of its logarithm, raises
    a variance below 1e-6 to that without a word, and leaves out the constant
    :math:`\tfrac12 \log (2\pi) = 0.919`, unless told ``full=True``.

    The slope in the mean is the error over the variance: an example that the model
    calls uncertain hardly moves the mean any more.  And nothing stops the loss of an
    example that is predicted exactly: it falls with the variance, without end.

    References
    ----------
    Nix and Weigend, "Estimating the mean and variance of the target probability
    distribution", *IEEE International Conference on Neural Networks* (1994),
    volume 1, pages 55-60.

    Examples
    --------
    An error of 2, with the variances 1, 4 and 16: an honest claim costs least.

    >>> said = np.column_stack([[0.0, 0.0, 0.0], np.log([1.0, 4.0, 16.0])])
    >>> gaussian_nll([2.0, 2.0, 2.0], said, reduction="none").round(4)
    array([2.9189, 2.1121, 2.4302])
    """
    examples = _read(y_true, mean_and_log_variance, sample_weight)
    return reduced(_loss, examples, reduction, arrays=7)


def gaussian_nll_grad(
    y_true: ArrayLike,
    mean_and_log_variance: ArrayLike,
    *,
    sample_weight: ArrayLike | None = None,
    reduction: Reduction = "mean",
    out: NDArray | None = None,
) -> NDArray:
    r"""Gradient of `gaussian_nll` in both columns, shape (n, 2).

    .. math::
        \frac{\partial \ell_i}{\partial m_i} = \frac{m_i - y_i}{e^{s_i}}, \qquad
        \frac{\partial \ell_i}{\partial s_i} =
        \tfrac12 \Bigl( 1 - \frac{(y_i - m_i)^2}{e^{s_i}} \Bigr)

    The mean is pulled to the target, the harder the surer the model is; the variance
    to the square of the error.  "mean" divides by the sum of the weights; "sum" and
    "none" agree.  Arguments and errors are those of the loss.  `out`, an array of the
    shape and precision of the result, receives it and saves the allocation.

    Examples
    --------
    >>> gaussian_nll_grad([2.0], [[0.0, 0.0]])
    array([[-2. , -1.5]])
    """
    examples = _read(y_true, mean_and_log_variance, sample_weight)
    return reduced_grad(_slope, examples, reduction, out)


def _read(y_true: ArrayLike, x: ArrayLike, sample_weight: ArrayLike | None) -> Examples:
    return paired(y_true, x, "mean_and_log_variance", sample_weight, columns=2)
