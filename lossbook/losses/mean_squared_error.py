"""Mean squared error: the average of the squared distances to the target."""

from numpy.typing import ArrayLike, NDArray

from .._arrays import Reduction, paired, reduced, reduced_grad, sum_of_squares


def _loss(y: NDArray, p: NDArray) -> NDArray:
    return (p - y) ** 2


def _slope(y: NDArray, p: NDArray) -> NDArray:
    return 2 * (p - y)


def _sum(y: NDArray, p: NDArray) -> float:
    return sum_of_squares(p - y)  # without the single losses, in one pass


def mean_squared_error(
    y_true: ArrayLike,
    y_pred: ArrayLike,
    *,
    sample_weight: ArrayLike | None = None,
    reduction: Reduction = "mean",
) -> float | NDArray:
    r"""Average of the squared distances between targets and predictions.

    .. math::
        \ell_i = (\hat y_i - y_i)^2, \qquad
        \mathrm{MSE} = \frac{1}{n} \sum_{i=1}^{n} (\hat y_i - y_i)^2

    The constant prediction that makes it smallest is the mean of the targets.
    Twice the error costs four times as much, so a few far-off examples can
    decide the fit.  Also called L2 loss; fitting a model by it, least squares.

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
        Loss in the squared unit of the targets (dollars give square dollars);
        at least 0, and 0 only where every prediction is exact.

    Raises
    ------
    ValueError
        If the shapes differ or are not (n,), there are no examples, a value is
        NaN or infinite, `sample_weight` is not n numbers from 0 up, one of them
        above 0, or `reduction` is unknown.

    See Also
    --------
    mean_squared_error_grad : its gradient in the predictions.

    Notes
    -----
    Shapes are never broadcast.  NumPy would subtract (n,) from (n, 1) into
    (n, n) and return the mean over all pairs: a plausible, wrong number.

    References
    ----------
    Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*
    (2nd edition, 2009), section 2.4.

    Examples
    --------
    Errors of 1, 0 and 3 cost 1, 0 and 9, on average 10/3:

    >>> mean_squared_error([3.0, 5.0, 2.0], [4.0, 5.0, 5.0])
    3.3333333333333335

    One error of 2 costs as much as four errors of 1:

    >>> mean_squared_error([0.0], [2.0], reduction="sum")
    4.0
    >>> mean_squared_error([0.0] * 4, [1.0] * 4, reduction="sum")
    4.0

    The second example counts three times as much as the first:

    >>> mean_squared_error([0.0, 0.0], [1.0, 2.0], sample_weight=[1, 3])
    3.25
    """
    examples = paired(y_true, y_pred, "y_pred", sample_weight)
    return reduced(_loss, examples, reduction, add=_sum, arrays=1)


def mean_squared_error_grad(
    y_true: ArrayLike,
    y_pred: ArrayLike,
    *,
    sample_weight: ArrayLike | None = None,
    reduction: Reduction = "mean",
    out: NDArray | None = None,
) -> NDArray:
    r"""Gradient of `mean_squared_error` in the predictions, shape (n,).

    .. math::
        \frac{\partial \ell_i}{\partial \hat y_i} = 2 (\hat y_i - y_i)

    Twice the error, with its sign: it points away from the target, and shrinks to
    zero as the prediction gets there.  "mean" divides by the sum of the weights;
    "sum" and "none" agree.  Arguments and errors are those of the loss.  `out`,
    an array of the shape and precision of the result, receives it and saves the
    allocation.

    Examples
    --------
    >>> mean_squared_error_grad([3.0, 5.0], [4.0, 5.0], reduction="sum")
    array([2., 0.])
    """
    examples = paired(y_true, y_pred, "y_pred", sample_weight)
    return reduced_grad(_slope, examples, reduction, out)
