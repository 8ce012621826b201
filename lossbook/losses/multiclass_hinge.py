"""Multi-class hinge: the right class should lead every other by a margin of 1."""

from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .._arrays import (
    Examples,
    Reduction,
    RowFormula,
    check_finite,
    check_one_hot,
    classed,
    destination,
    difference,
    reduced_rows,
)

Variant = Literal["crammer_singer", "weston_watkins"]


def _crammer_singer(y: NDArray, s: NDArray, by: float, grad: NDArray | None) -> NDArray:
    each = np.arange(len(y))
    own = s[each, y]
    rivals = s.copy()
    rivals[each, y] = -np.inf
    rival = rivals.argmax(axis=1)
    losses = _short_of_the_margin(own, s[each, rival])
    if grad is not None:
        grad[...] = 0
        grad[each, rival] = (losses > 0) / by
        grad[each, y] -= (losses > 0) / by
    return losses


def _weston_watkins(y: NDArray, s: NDArray, by: float, grad: NDArray | None) -> NDArray:
    each = np.arange(len(y))
    terms = _short_of_the_margin(s[each, y][:, None], s)
    terms[each, y] = 0
    if grad is not None:
        grad[...] = terms > 0
        grad[each, y] -= np.count_nonzero(terms, axis=1)
        grad /= by
    return terms.sum(axis=1)


def _short_of_the_margin(own: NDArray, rival: NDArray) -> NDArray:
    """max(0, 1 + rival - own), with what rounding the difference cut off put back."""
    lead, cut_off = difference(rival, own)
    return np.maximum(0, (1 + lead) + cut_off)


def multiclass_hinge(
    y_true: ArrayLike,
    scores: ArrayLike,
    *,
    variant: Variant = "crammer_singer",
    sample_weight: ArrayLike | None = None,
    reduction: Reduction = "mean",
) -> float | NDArray:
    r"""What the right class lacks to lead the others by a margin of 1.

    .. math::
        \ell_i &= \max\bigl(0,\; 1 + \max_{j \ne y_i} s_{ij} - s_{iy_i}\bigr) \\
        \ell_i &= \sum_{j \ne y_i} \max\bigl(0,\; 1 + s_{ij} - s_{iy_i}\bigr)

    The first, by Crammer and Singer, looks at the strongest rival only; the second,
    by Weston and Watkins, at every class that comes too close.  For two classes both
    are the `hinge` of the difference of the scores.

    Parameters
    ----------
    y_true : array_like of integers, shape (n,), or one-hot, shape (n, k)
        Class numbers :math:`y_i`, from 0 to k - 1.
    scores : array_like, shape (n, k)
        Scores :math:`s_{ij}`, one column for each class; finite real numbers.
    variant : {"crammer_singer", "weston_watkins"}, default "crammer_singer"
        Which of the two.
    sample_weight : array_like, shape (n,), optional
        What each example counts, from 0 up; 1 if not given.
    reduction : {"mean", "sum", "none"}, default "mean"
        How the n losses become the result; the mean divides by the sum of the
        weights.

    Returns
    -------
    float, or ndarray of shape (n,) if `reduction` is "none"
        Loss in units of the margin; at least 0, and 0 where the right class
        leads every other by at least 1.

    Raises
    ------
    ValueError
        If the shapes do not fit, there are no examples or fewer than two
        classes, a label is not the number of a class, a score is NaN or
        infinite, `sample_weight` is not n numbers from 0 up, one of them above
        0, or `variant` or `reduction` is unknown.

    See Also
    --------
    multiclass_hinge_grad : its gradient in the scores.
    cross_entropy_from_logits : pulls at any lead, where the hinge stops at 1.

    Notes
    -----
    Libraries mean different things by this name: scikit-learn's hinge_loss is
    the first, PyTorch's multi_margin_loss the second divided by k.

    With more than two classes neither need lead to the fewest wrong answers, not
    even with unlimited data.  Where no class has a majority, the first is least
    with all scores tied, and the second can tie two.

    References
    ----------
    Crammer and Singer, "On the algorithmic implementation of multiclass
    kernel-based vector machines", *Journal of Machine Learning Research* 2
    (2001), pages 265-292, section 3.  Weston and Watkins, "Support vector
    machines for multi-class pattern recognition", *ESANN* (1999),
    pages 219-224, section 3.  Tewari and Bartlett, "On the consistency of
    multiclass classification methods", *JMLR* 8 (2007), pages 1007-1025.

    Examples
    --------
    Class 0 is right.  Class 1 comes within 0.5 of it, class 2 leads by 1:

    >>> multiclass_hinge([0], [[2.0, 1.5, 3.0]])
    2.0
    >>> multiclass_hinge([0], [[2.0, 1.5, 3.0]], variant="weston_watkins")
    2.5
    >>> multiclass_hinge([0], [[3.0, 1.5, 2.0]])
    0.0
    """
    examples = _read(y_true, scores, sample_weight)
    return reduced_rows(_formula(variant), examples, reduction, arrays=8)


def multiclass_hinge_grad(
    y_true: ArrayLike,
    scores: ArrayLike,
    *,
    variant: Variant = "crammer_singer",
    sample_weight: ArrayLike | None = None,
    reduction: Reduction = "mean",
    out: NDArray | None = None,
) -> NDArray:
    r"""Gradient of `multiclass_hinge` in the scores, shape (n, k).

    Each term above 0 adds 1 to the slope of its rival and takes 1 from that of
    the right class; with Weston and Watkins there can be k - 1 such terms.  A
    term at its kink adds nothing; of rivals tied for the maximum, the first
    takes the slope.  "mean" divides by the sum of the weights; "sum" and "none"
    agree.  Arguments and errors are those of the loss.  `out`, an array of the
    shape and precision of the result, receives it and saves the allocation.

    Examples
    --------
    >>> multiclass_hinge_grad([0], [[2.0, 1.5, 3.0]])
    array([[-1.,  0.,  1.]])
    >>> multiclass_hinge_grad([0], [[2.0, 1.5, 3.0]], variant="weston_watkins")
    array([[-2.,  1.,  1.]])
    """
    examples = _read(y_true, scores, sample_weight)
    grad = destination(out, examples)
    reduced_rows(_formula(variant), examples, reduction, grad=grad, arrays=8)
    return grad


def _formula(variant: str) -> RowFormula:
    if variant not in get_args(Variant):
        raise ValueError(f"variant must be one of {get_args(Variant)}, got {variant!r}")
    rule = _crammer_singer if variant == "crammer_singer" else _weston_watkins

    def formula(y: NDArray, s: NDArray, by: float, grad: NDArray | None) -> NDArray:
        return rule(y if y.ndim == 1 else y.argmax(axis=1), s, by, grad)

    return formula


def _read(
    y_true: ArrayLike, scores: ArrayLike, sample_weight: ArrayLike | None
) -> Examples:
    """Labels and scores; an infinite score is refused here, as it may cost 0."""
    examples = classed(y_true, scores, "scores", sample_weight)
    check_one_hot(examples.y)
    check_finite(examples.x, "scores")
    return examples
