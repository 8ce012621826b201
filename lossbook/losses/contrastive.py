"""Contrastive loss: pairs of a kind together, all others a margin apart."""

from collections.abc import Sequence
from functools import partial

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .._arrays import (
    ABOVE_0,
    Reduction,
    apart,
    destinations,
    embedded,
    positive,
    real_number,
    reduced_compared,
)


def _pairs(
    margin: float,
    same: NDArray,
    parts: Sequence[NDArray],
    slopes: Sequence[NDArray] | None,
) -> NDArray:
    first, second = parts
    same = same == 1
    distance, direction = apart(first, second, slopes is not None)
    margin = min(margin, float(np.finfo(first.dtype).max))  # infinity times 0 is none
    lacking = positive(margin - distance)
    if slopes is not None:
        push = direction * -lacking[:, None]
        np.copyto(slopes[0], np.where(same[:, None], first - second, push))
        np.negative(slopes[0], out=slopes[1])
    off = np.where(same, distance, lacking)
    return off * off / 2


def contrastive(
    y_true: ArrayLike,
    first: ArrayLike,
    second: ArrayLike,
    *,
    margin: float = 1.0,
    sample_weight: ArrayLike | None = None,
    reduction: Reduction = "mean",
) -> float | NDArray:
    r"""How far pairs of the same kind lie apart, and how close together other pairs do.

    .. math::
        \ell_i = \begin{cases}
            \frac12 d_i^2 & y_i = 1 \\
            \frac12 \max(0, m - d_i)^2 & y_i = 0
        \end{cases}
        \qquad d_i = \lVert a_i - b_i \rVert

    A model makes an embedding of each of two things, a few numbers, and the distance
    of the two should tell whether they are of the same kind: "same person?", "same
    product?".  Equal pairs cost what would pull them together; others cost only while
    they are closer than the margin.  Without that second part all embeddings would
    fall on one point, where equal pairs cost nothing.

    Parameters
    ----------
    y_true : array_like, shape (n,)
        1 for a pair of the same kind, 0 for any other.
    first : array_like, shape (n, d)
        Embeddings :math:`a_i`, one in each row; finite real numbers.
    second : array_like, shape (n, d)
        Embeddings :math:`b_i`: row i is the other one of pair i.
    margin : float, default 1.0
        The distance :math:`m`, above 0, from which on different pairs cost nothing.
    sample_weight : array_like, shape (n,), optional
        What each pair counts, from 0 up; 1 if not given.
    reduction : {"mean", "sum", "none"}, default "mean"
        How the n losses become the result; the mean divides by the sum of the
        weights.

    Returns
    -------
    float, or ndarray of shape (n,) if `reduction` is "none"
        Loss in squared units of the distance, which has no unit but the one that
        `margin` gives it; at least 0.

    Raises
    ------
    ValueError
        If the shapes do not fit, there are no pairs, a label is neither 0 nor 1, an
        embedding is NaN or infinite, `margin` is not a finite number above 0,
        `sample_weight` is not n numbers from 0 up, one of them above 0, or `reduction`
        is unknown.

    See Also
    --------
    contrastive_grad : its gradients in both embeddings.
    triplet : compares two distances, and does not ask how large they are.
    info_nce : compares each pair with all others of a batch.

    Notes
    -----
    The paper writes 0 for a pair of the same kind and 1 for any other.  Those who use
    the loss today write 1 for the same, as here (Sentence Transformers, Keras
    examples).  Some leave the ½ out, and some square the distance before they take it
    from the margin.

    A distance is right to the precision of the embeddings; so is what it lacks to the
    margin, in units of the larger of the two.

    References
    ----------
    Hadsell, Chopra and LeCun, "Dimensionality reduction by learning an invariant
    mapping", *CVPR* (2006), pages 1735-1742, section 2.1, equation 4.

    Examples
    --------
    Two pairs at a distance of 5 and one at 0.5.  Only one of each kind costs anything:

    >>> first, second = [[0, 0], [0, 0], [0, 0]], [[3, 4], [3, 4], [0.3, 0.4]]
    >>> contrastive([1, 0, 0], first, second, reduction="none")
    array([12.5  ,  0.   ,  0.125])
    """
    formula = partial(_pairs, real_number(margin, "margin", *ABOVE_0))
    pairs = embedded({"first": first, "second": second}, sample_weight, y_true)
    return reduced_compared(formula, pairs, reduction)


def contrastive_grad(
    y_true: ArrayLike,
    first: ArrayLike,
    second: ArrayLike,
    *,
    margin: float = 1.0,
    sample_weight: ArrayLike | None = None,
    reduction: Reduction = "mean",
    out: tuple[NDArray, NDArray] | None = None,
) -> tuple[NDArray, NDArray]:
    r"""Gradients of `contrastive` in both embeddings, two arrays of shape (n, d).

    .. math::
        \frac{\partial \ell_i}{\partial a_i} = \begin{cases}
            a_i - b_i & y_i = 1 \\
            -\max(0, m - d_i) \, (a_i - b_i) / d_i & y_i = 0
        \end{cases}
        \qquad \frac{\partial \ell_i}{\partial b_i}
        = -\frac{\partial \ell_i}{\partial a_i}

    A step against it moves the two of a pair by the same length, towards each other or
    apart.  Two different things on one point have no direction to part in: there the
    slope is 0, and they stay together.  "mean" divides by the sum of the weights;
    "sum" and "none" agree.  Arguments and errors are those of the loss.  `out`, a tuple
    of two arrays of the shape and precision of the results, receives them and saves
    the allocation.

    Examples
    --------
    >>> contrastive_grad([1], [[0.0, 0.0]], [[3.0, 4.0]])
    (array([[-3., -4.]]), array([[3., 4.]]))
    >>> contrastive_grad([0], [[0.0, 0.0]], [[0.0, 0.75]])
    (array([[0.  , 0.25]]), array([[ 0.  , -0.25]]))
    """
    formula = partial(_pairs, real_number(margin, "margin", *ABOVE_0))
    pairs = embedded({"first": first, "second": second}, sample_weight, y_true)
    grads = destinations(out, pairs)
    reduced_compared(formula, pairs, reduction, grads)
    return grads[0], grads[1]
