"""Hinge: what a score costs that is not on the right side by a margin of 1."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .._arrays import (
    Examples,
    Reduction,
    are_signs,
    check_signs,
    paired,
    positive,
    reduced,
    reduced_grad,
)


def _loss(y: NDArray, s: NDArray) -> NDArray:
    lacking = _lacking(y, s)  # 1 - y s
    return positive(lacking, out=lacking)  # in place, which is faster


def _slope(y: NDArray, s: NDArray) -> NDArray:
    return -y * (y * s < 1)


def _squared_loss(y: NDArray, s: NDArray) -> NDArray:
    return _loss(y, s) ** 2


def _squared_slope(y: NDArray, s: NDArray) -> NDArray:
    return -2 * y * positive(1 - y * s)


def _lacking(y: NDArray, s: NDArray) -> NDArray:
    """What the margin lacks to 1, or no number where the loss would hide bad input.

    It would hide a label that is no sign, and an infinite score on the right side.
    """
    margin = y * s
    if not (are_signs(y) and np.maximum.reduce(margin) < np.inf):
        return np.full_like(margin, np.nan)
    return np.subtract(1, margin, out=margin)


def hinge(
    y_true: ArrayLike,
    scores: ArrayLike,
    *,
    sample_weight: ArrayLike | None = None,
    reduction: Reduction = "mean",
) -> float | NDArray:
    r"""How far each score falls short of the right side by a margin of 1.

    .. math::
        \ell_i = \max(0, 1 - y_i s_i)

    The margin :math:`y_i s_i` is positive where the sign of the score is right.
    From 1 on the example costs nothing and does not pull.  A trained model rests
    on the others, its support vectors.  The hinge plus a penalty on the squared
    weights is the support vector machine, with a soft margin.

    Parameters
    ----------
    y_true : array_like, shape (n,)
        Labels :math:`y_i`: -1 or +1.
    scores : array_like, shape (n,)
        Scores :math:`s_i`, positive for +1; finite real numbers.
    sample_weight : array_like, shape (n,), optional
        What each example counts, from 0 up; 1 if not given.
    reduction : {"mean", "sum", "none"}, default "mean"
        How the n losses become the result; the mean divides by the sum of the
        weights.

    Returns
    -------
    float, or ndarray of shape (n,) if `reduction` is "none"
        Loss in units of the margin; at least 0, and 0 where every margin is at
        least 1.

    Raises
    ------
    ValueError
        If the shapes differ or are not (n,), there are no examples, a label is
        not -1 or +1, a score is NaN or infinite, `sample_weight` is not n
        numbers from 0 up, one of them above 0, or `reduction` is unknown.

    See Also
    --------
    hinge_grad : its gradient in the scores.
    squared_hinge : the same without the kink.
    multiclass_hinge : the same for k classes.

    Notes
    -----
    With labels 0 and 1 the formula still gives numbers: an example of class 0
    costs a constant 1, whatever its score, and teaches nothing.  So such labels
    are refused.

    The best constant score is 1 or -1, with the sign of the class that weighs
    more.  It says which class, and not how likely it is.

    References
    ----------
    Cortes and Vapnik, "Support-vector networks", *Machine Learning* 20 (1995),
    pages 273-297, appendix A.2; section 3 squares the sum.

    Examples
    --------
    Right by more than the margin, right but too close, and wrong:

    >>> hinge([1, 1, 1], [2.0, 0.5, -1.0], reduction="none")
    array([0. , 0.5, 2. ])
    >>> hinge([-1, -1, -1], [2.0, 0.5, -1.0], reduction="none")
    array([3. , 1.5, 0. ])
    """
    examples = _read(y_true, scores, sample_weight)
    return reduced(_loss, examples, reduction, arrays=1)


def hinge_grad(
    y_true: ArrayLike,
    scores: ArrayLike,
    *,
    sample_weight: ArrayLike | None = None,
    reduction: Reduction = "mean",
    out: NDArray | None = None,
) -> NDArray:
    r"""Gradient of `hinge` in the scores, shape (n,).

    .. math::
        \frac{\partial \ell_i}{\partial s_i} = \begin{cases}
            -y_i & y_i s_i < 1 \\
            0 & y_i s_i \ge 1
        \end{cases}

    Every example short of the margin pulls equally hard on its score.  At a
    margin of exactly 1, where the slope does not exist, it is 0.  "mean" divides by the
    sum of the weights; "sum" and "none" agree.  Arguments and errors are those
    of the loss.  `out`, an array of the shape and precision of the result,
    receives it and saves the allocation.

    Examples
    --------
    >>> hinge_grad([1, 1, -1], [2.0, 0.5, 0.5], reduction="sum")
    array([ 0., -1.,  1.])
    """
    examples = _checked(y_true, scores, sample_weight)
    return reduced_grad(_slope, examples, reduction, out)


def squared_hinge(
    y_true: ArrayLike,
    scores: ArrayLike,
    *,
    sample_weight: ArrayLike | None = None,
    reduction: Reduction = "mean",
) -> float | NDArray:
    r"""The hinge, squared: smooth at the margin, and steeper beyond it.

    .. math::
        \ell_i = \max(0, 1 - y_i s_i)^2

    The slope shrinks to zero as an example reaches the margin, which gradient
    methods like.  In return an example far on the wrong side pulls in
    proportion to its distance, as under the squared error.

    Parameters
    ----------
    y_true : array_like, shape (n,)
        Labels :math:`y_i`: -1 or +1.
    scores : array_like, shape (n,)
        Scores :math:`s_i`, positive for +1; finite real numbers.
    sample_weight : array_like, shape (n,), optional
        What each example counts, from 0 up; 1 if not given.
    reduction : {"mean", "sum", "none"}, default "mean"
        How the n losses become the result; the mean divides by the sum of the
        weights.

    Returns
    -------
    float, or ndarray of shape (n,) if `reduction` is "none"
        Loss in squared units of the margin; at least 0, and 0 where every
        margin is at least 1.

    Raises
    ------
    ValueError
        If the shapes differ or are not (n,), there are no examples, a label is
        not -1 or +1, a score is NaN or infinite, `sample_weight` is not n
        numbers from 0 up, one of them above 0, or `reduction` is unknown.

    See Also
    --------
    squared_hinge_grad : its gradient in the scores.
    hinge : the same, not squared.

    Notes
    -----
    The labels 0 and 1 are refused, as by `hinge`.

    The best constant score is 2 p - 1, where p is the share of class +1 in the
    weights.  So (s + 1) / 2, cut off at 0 and 1, estimates a probability.

    References
    ----------
    Fan, Chang, Hsieh, Wang and Lin, "LIBLINEAR: a library for large linear
    classification", *Journal of Machine Learning Research* 9 (2008),
    pages 1871-1874, section 2.

    Examples
    --------
    >>> squared_hinge([1, 1, 1], [2.0, 0.5, -1.0], reduction="none")
    array([0.  , 0.25, 4.  ])
    """
    examples = _read(y_true, scores, sample_weight)
    return reduced(_squared_loss, examples, reduction, arrays=2)


def squared_hinge_grad(
    y_true: ArrayLike,
    scores: ArrayLike,
    *,
    sample_weight: ArrayLike | None = None,
    reduction: Reduction = "mean",
    out: NDArray | None = None,
) -> NDArray:
    r"""Gradient of `squared_hinge` in the scores, shape (n,).

    .. math::
        \frac{\partial \ell_i}{\partial s_i} = -2 y_i \max(0, 1 - y_i s_i)

    Twice what is missing to the margin, towards the right side.  "mean" divides
    by the sum of the weights; "sum" and "none" agree.  Arguments and errors are
    those of the loss.  `out`, an array of the shape and precision of the
    result, receives it and saves the allocation.

    Examples
    --------
    >>> squared_hinge_grad([1, 1, -1], [2.0, 0.5, 0.5], reduction="sum")
    array([ 0., -1.,  3.])
    """
    examples = _checked(y_true, scores, sample_weight)
    return reduced_grad(_squared_slope, examples, reduction, out)


def _read(
    y_true: ArrayLike, scores: ArrayLike, sample_weight: ArrayLike | None
) -> Examples:
    """Labels and scores; truth values would pass for signs, all of them +1."""
    examples = paired(y_true, scores, "scores", sample_weight, check_signs)
    if examples.y.dtype.kind == "b":
        check_signs(examples.y)
    return examples


def _checked(
    y_true: ArrayLike, scores: ArrayLike, sample_weight: ArrayLike | None
) -> Examples:
    """Labels and scores, looked at one by one: a slope shows no bad label."""
    examples = _read(y_true, scores, sample_weight)
    check_signs(examples.y)
    return examples
