"""Dice and Tversky: how far a region in a picture is from the one that was marked."""

from functools import partial

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .._arrays import (
    FROM_0,
    Reduction,
    RowFormula,
    destination,
    real_number,
    reduced_rows,
    regions,
)


def _overlap(
    hit: float,
    alpha: float,
    beta: float,
    smooth: float,
    y: NDArray,
    p: NDArray,
    by: float,
    grad: NDArray | None,
) -> NDArray:
    """What is wrong, over that and what is right; `hit` says how this counts."""
    marked = y.astype(p.dtype, copy=False)
    both = p * marked
    right, too_much, missed = (
        part.sum(axis=1, dtype=np.float64) for part in (both, p - both, marked - both)
    )
    right = hit * right + smooth
    wrong = alpha * too_much + beta * missed
    whole = right + wrong
    losses = _share(wrong, whole)
    if grad is not None:
        outside = _share(alpha * _share(right, whole), whole)
        inside = _share(beta * _share(right, whole) + hit * losses, whole)
        grad[...] = np.where(marked, -inside[:, None], outside[:, None])
        grad /= by
        grad += 0.0  # so that no zero has a sign
    return losses.astype(p.dtype, copy=False)


def _share(part: NDArray, whole: NDArray) -> NDArray:
    """The quotient, or 0 where nothing was marked and nothing predicted."""
    return np.divide(part, whole, out=np.zeros_like(whole), where=whole > 0)


def dice(
    y_true: ArrayLike,
    probs: ArrayLike,
    *,
    smooth: float = 0.0,
    sample_weight: ArrayLike | None = None,
    reduction: Reduction = "mean",
) -> float | NDArray:
    r"""How little of two regions overlaps: the one marked, and the one predicted.

    .. math::
        \ell_i = 1 - \frac{2 \sum_j p_{ij} y_{ij} + s}
        {\sum_j p_{ij} + \sum_j y_{ij} + s}

    One picture is one example: the sums run over its pixels, and what belongs neither
    to the one region nor to the other does not count.  So a region of ten pixels in a
    million weighs as much as one of half the picture, where a mean over all pixels
    would hardly see it.  For a prediction of zeros and ones the fraction is the F1
    score of the pixels.

    Parameters
    ----------
    y_true : array_like, shape (n, m)
        A picture in each row: 1 for a pixel of the region, 0 for any other.  Pictures
        of another shape are flattened by ``masks.reshape(n, -1)``; what stands in a
        row is summed together, so ``reshape(1, -1)`` makes one region of a batch.
    probs : array_like, shape (n, m)
        Probability :math:`p_{ij}` that a pixel belongs to the region, in [0, 1].
    smooth : float, default 0.0
        A number :math:`s` from 0 up, in pixels.  It gives a slope to pictures in which
        nothing is marked, and makes small regions count less.
    sample_weight : array_like, shape (n,), optional
        What each picture counts, from 0 up; 1 if not given.
    reduction : {"mean", "sum", "none"}, default "mean"
        How the n losses become the result; the mean divides by the sum of the
        weights.

    Returns
    -------
    float, or ndarray of shape (n,) if `reduction` is "none"
        A number without a unit, from 0 (every pixel is certain and right) to 1; 0
        also where nothing is marked and nothing predicted.

    Raises
    ------
    ValueError
        If the shapes differ or are not (n, m), there are no pictures or pixels, a
        label is neither 0 nor 1, a probability leaves [0, 1] or is NaN, `smooth` is
        not a finite number from 0 up, `sample_weight` is not n numbers from 0 up, one
        of them above 0, or `reduction` is unknown.

    See Also
    --------
    dice_grad : its gradient in the probabilities.
    tversky : the same, with a price for too much and another for too little.

    Notes
    -----
    Where nothing is marked and `smooth` is 0, any prediction above 0 costs 1, and no
    slope says that less would be better.  Others set `smooth` to 1e-5 (MONAI, for
    numerator and denominator apart) or to 1, and hardly any says so: look before you
    compare.
    The original sums the squares of probabilities and labels in the denominator.

    It is computed as what is wrong over the whole, and not as a difference from 1,
    which would lose the digits of a good prediction.  So it and its gradient are right
    to 1e-15 of themselves, and in single precision to 5e-7.

    The loss of a picture is no mean over its pixels, and no proper score:
    probabilities that are trained by it tend to 0 and 1, and are not calibrated.

    References
    ----------
    Milletari, Navab and Ahmadi, "V-Net: fully convolutional neural networks for
    volumetric medical image segmentation", *3DV* (2016), section 3.  Dice, "Measures
    of the amount of ecologic association between species", *Ecology* 26 (1945),
    pages 297-302.

    Examples
    --------
    Two of four pixels are marked; one is found, and one is predicted too much:

    >>> dice([[1, 1, 0, 0]], [[1.0, 0.0, 1.0, 0.0]])
    0.5

    The same beside a million pixels of background changes nothing:

    >>> background = np.zeros((1, 10**6))
    >>> y, p = np.array([[1, 1, 0, 0]]), np.array([[1.0, 0.0, 1.0, 0.0]])
    >>> dice(np.hstack([y, background]), np.hstack([p, background]))
    0.5
    """
    rule = _rule(2, 1, 1, smooth)
    return reduced_rows(
        rule, regions(y_true, probs, sample_weight), reduction, arrays=5
    )


def dice_grad(
    y_true: ArrayLike,
    probs: ArrayLike,
    *,
    smooth: float = 0.0,
    sample_weight: ArrayLike | None = None,
    reduction: Reduction = "mean",
    out: NDArray | None = None,
) -> NDArray:
    r"""Gradient of `dice` in the probabilities, shape (n, m).

    .. math::
        \frac{\partial \ell_i}{\partial p_{ij}} = \frac{1}{W} \cdot \begin{cases}
            -(2 - D) & y_{ij} = 1 \\
            D & y_{ij} = 0
        \end{cases}
        \qquad W = \sum_j p_{ij} + \sum_j y_{ij} + s, \quad D = 1 - \ell_i

    All pixels of the region are pulled up alike, and all others down alike; the
    smaller the regions, the harder.  Where nothing is marked and `smooth` is 0 it
    is 0.  "mean" divides by the sum of the weights; "sum" and "none" agree.
    Arguments and errors are those of the loss.  `out`, an array of the shape and
    precision of the result, receives it and saves the allocation.

    Examples
    --------
    >>> dice_grad([[1, 1, 0, 0]], [[1.0, 0.0, 1.0, 0.0]])
    array([[-0.375, -0.375,  0.125,  0.125]])
    """
    rule, examples = _rule(2, 1, 1, smooth), regions(y_true, probs, sample_weight)
    grad = destination(out, examples)
    reduced_rows(rule, examples, reduction, grad=grad, arrays=7)
    return grad


def tversky(
    y_true: ArrayLike,
    probs: ArrayLike,
    *,
    alpha: float = 0.3,
    beta: float = 0.7,
    smooth: float = 0.0,
    sample_weight: ArrayLike | None = None,
    reduction: Reduction = "mean",
) -> float | NDArray:
    r"""The Dice loss, with one price for pixels too many and another for those missed.

    .. math::
        \ell_i = 1 - \frac{\mathrm{TP} + s}
        {\mathrm{TP} + \alpha \, \mathrm{FP} + \beta \, \mathrm{FN} + s}, \qquad
        \begin{aligned}
            \mathrm{TP} &= \textstyle\sum_j p_{ij} y_{ij} \\
            \mathrm{FP} &= \textstyle\sum_j p_{ij} (1 - y_{ij}) \\
            \mathrm{FN} &= \textstyle\sum_j (1 - p_{ij}) y_{ij}
        \end{aligned}

    Where a tumour must not be missed, `beta` is larger than `alpha`: what is missed
    costs more than what is marked in vain, and the prediction grows.  With both at 0.5
    it is `dice`, whose `smooth` is twice as large; with both at 1 it is one minus the
    intersection over the union (Jaccard, IoU).

    Parameters
    ----------
    y_true : array_like, shape (n, m)
        A picture in each row: 1 for a pixel of the region, 0 for any other.
    probs : array_like, shape (n, m)
        Probability :math:`p_{ij}` that a pixel belongs to the region, in [0, 1].
    alpha : float, default 0.3
        What a pixel too many costs (a false positive), from 0 up.
    beta : float, default 0.7
        What a missed pixel costs (a false negative), from 0 up.
    smooth : float, default 0.0
        A number :math:`s` from 0 up, in pixels, as in `dice`.
    sample_weight : array_like, shape (n,), optional
        What each picture counts, from 0 up; 1 if not given.
    reduction : {"mean", "sum", "none"}, default "mean"
        How the n losses become the result; the mean divides by the sum of the
        weights.

    Returns
    -------
    float, or ndarray of shape (n,) if `reduction` is "none"
        A number without a unit, from 0 (every pixel is certain and right) to 1; 0
        also where nothing is marked and nothing predicted.

    Raises
    ------
    ValueError
        As for `dice`, or if `alpha` or `beta` is not a finite number from 0 up.

    See Also
    --------
    tversky_grad : its gradient in the probabilities.
    dice : the same price for both.

    Notes
    -----
    The defaults are those that the paper found best for lesions of multiple
    sclerosis; Keras and MONAI have 0.5 for both, which is the Dice loss.

    It is computed as `dice` is, and as exact: it and its gradient are right to 1e-15 of
    themselves, and in single precision to 5e-7.

    References
    ----------
    Salehi, Erdogmus and Gholipour, "Tversky loss function for image segmentation
    using 3D fully convolutional deep networks", *MLMI* (2017), section 2.  Tversky,
    "Features of similarity", *Psychological Review* 84 (1977), pages 327-352.

    Examples
    --------
    One of two pixels is missed, and then one too many is predicted:

    >>> tversky([[1, 1, 0, 0], [1, 1, 0, 0]], [[1, 0, 0, 0], [1, 1, 1, 0]],
    ...         reduction="none").round(3)
    array([0.412, 0.13 ])
    """
    rule = _rule(1, alpha, beta, smooth)
    return reduced_rows(
        rule, regions(y_true, probs, sample_weight), reduction, arrays=5
    )


def tversky_grad(
    y_true: ArrayLike,
    probs: ArrayLike,
    *,
    alpha: float = 0.3,
    beta: float = 0.7,
    smooth: float = 0.0,
    sample_weight: ArrayLike | None = None,
    reduction: Reduction = "mean",
    out: NDArray | None = None,
) -> NDArray:
    r"""Gradient of `tversky` in the probabilities, shape (n, m).

    .. math::
        \frac{\partial \ell_i}{\partial p_{ij}} = \frac{1}{W} \cdot \begin{cases}
            -(\beta T + 1 - T) & y_{ij} = 1 \\
            \alpha T & y_{ij} = 0
        \end{cases}
        \qquad T = 1 - \ell_i

    W is the denominator of the loss.  "mean" divides by the sum of the weights; "sum"
    and "none" agree.  Arguments and errors are those of the loss.  `out`, an array of
    the shape and precision of the result, receives it and saves the allocation.

    Examples
    --------
    >>> tversky_grad([[1, 0]], [[0.5, 0.5]], alpha=0.5, beta=0.5)
    array([[-0.75,  0.25]])
    """
    rule, examples = (
        _rule(1, alpha, beta, smooth),
        regions(y_true, probs, sample_weight),
    )
    grad = destination(out, examples)
    reduced_rows(rule, examples, reduction, grad=grad, arrays=7)
    return grad


def _rule(hit: float, alpha: float, beta: float, smooth: float) -> RowFormula:
    alpha = real_number(alpha, "alpha", *FROM_0)
    beta = real_number(beta, "beta", *FROM_0)
    return partial(_overlap, hit, alpha, beta, real_number(smooth, "smooth", *FROM_0))
