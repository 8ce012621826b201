"""Triplet loss: the anchor nearer to its own kind than to another, by a margin."""

from collections.abc import Sequence
from functools import partial

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .._arrays import (
    ABOVE_0,
    Examples,
    Reduction,
    apart,
    destinations,
    embedded,
    positive,
    real_number,
    reduced_compared,
)


def _triplets(
    margin: float,
    _: NDArray,
    parts: Sequence[NDArray],
    slopes: Sequence[NDArray] | None,
) -> NDArray:
    anchors, positives, negatives = parts
    near, from_near = apart(anchors, positives, slopes is not None)
    far, from_far = apart(anchors, negatives, slopes is not None)
    nearer = near - far
    if (beyond := np.isinf(near) & np.isinf(far)).any():
        nearer[beyond] = _beyond(*(part[beyond] for part in parts))
    losses = positive(nearer + margin)
    if slopes is not None:
        pulls = (losses > 0)[:, None]
        np.multiply(from_near, pulls, out=slopes[1])
        np.multiply(from_far, pulls, out=slopes[2])
        np.subtract(slopes[1], slopes[2], out=slopes[0])
        np.negative(slopes[1], out=slopes[1])
    return losses


def _beyond(anchors: NDArray, positives: NDArray, negatives: NDArray) -> NDArray:
    """The difference of two distances that are too large for a number."""
    by = anchors.dtype.type(2**-30)
    near, _ = apart(anchors * by, positives * by, False)
    far, _ = apart(anchors * by, negatives * by, False)
    return (near - far) / by


def triplet(
    anchors: ArrayLike,
    positives: ArrayLike,
    negatives: ArrayLike,
    *,
    margin: float = 1.0,
    sample_weight: ArrayLike | None = None,
    reduction: Reduction = "mean",
) -> float | NDArray:
    r"""By how much an anchor fails to be nearer to its own kind than to another.

    .. math::
        \ell_i = \max\bigl(0, \; \lVert a_i - p_i \rVert
        - \lVert a_i - n_i \rVert + m\bigr)

    Of three things two are of the same kind: the anchor and the positive.  The third,
    the negative, is of another.  The loss asks for an order, not for sizes: the
    distance to the negative must be larger by the margin, however large both are.  It
    is a hinge of the difference of two distances.

    Parameters
    ----------
    anchors : array_like, shape (n, d)
        Embeddings :math:`a_i`, one in each row; finite real numbers.
    positives : array_like, shape (n, d)
        Embeddings :math:`p_i`, of the same kind as the anchor in that row.
    negatives : array_like, shape (n, d)
        Embeddings :math:`n_i`, of another kind.
    margin : float, default 1.0
        How much nearer :math:`m` the positive must be, above 0.
    sample_weight : array_like, shape (n,), optional
        What each triplet counts, from 0 up; 1 if not given.
    reduction : {"mean", "sum", "none"}, default "mean"
        How the n losses become the result; the mean divides by the sum of the
        weights.

    Returns
    -------
    float, or ndarray of shape (n,) if `reduction` is "none"
        Loss in units of the distance, which has no unit but the one that `margin`
        gives it; at least 0, and `margin` where all three are on one point.

    Raises
    ------
    ValueError
        If the shapes differ or are not (n, d), there are no triplets, an embedding is
        NaN or infinite, `margin` is not a finite number above 0, `sample_weight` is not
        n numbers from 0 up, one of them above 0, or `reduction` is unknown.

    See Also
    --------
    triplet_grad : its gradients in the three embeddings.
    contrastive : asks of each distance by itself whether it is small or large.
    info_nce : one positive against all negatives of a batch at once.

    Notes
    -----
    ``torch.nn.TripletMarginLoss`` is the same but for 1e-6, which it adds to each
    difference of embeddings.  FaceNet, where the loss became known, squares the
    distances, and its embeddings have length 1.

    Most triplets of a trained model cost nothing, so a mean over all of them says
    little.  pytorch-metric-learning takes the mean over those above 0, unless it is
    told otherwise.

    The loss is right to the precision of the larger of the distances and the margin.

    References
    ----------
    Weinberger and Saul, "Distance metric learning for large margin nearest neighbor
    classification", *Journal of Machine Learning Research* 10 (2009), pages 207-244,
    section 3.  Schroff, Kalenichenko and Philbin, "FaceNet: a unified embedding for
    face recognition and clustering", *CVPR* (2015), section 3.1.

    Examples
    --------
    The positive is at 1.  A negative at 4 is far enough, one at 1.5 is not, and one at
    0.5 is in the wrong order:

    >>> anchors, positives = [[0, 0]] * 3, [[1, 0]] * 3
    >>> triplet(anchors, positives, [[0, 4], [0, 1.5], [0, 0.5]], reduction="none")
    array([0. , 0.5, 1.5])

    Where all embeddings have collapsed into one point, every triplet costs the margin:

    >>> triplet([[7, 7]], [[7, 7]], [[7, 7]], margin=0.25)
    0.25
    """
    formula = partial(_triplets, real_number(margin, "margin", *ABOVE_0))
    triplets = _read(anchors, positives, negatives, sample_weight)
    return reduced_compared(formula, triplets, reduction)


def triplet_grad(
    anchors: ArrayLike,
    positives: ArrayLike,
    negatives: ArrayLike,
    *,
    margin: float = 1.0,
    sample_weight: ArrayLike | None = None,
    reduction: Reduction = "mean",
    out: tuple[NDArray, NDArray, NDArray] | None = None,
) -> tuple[NDArray, NDArray, NDArray]:
    r"""Gradients of `triplet` in the three embeddings, three arrays of shape (n, d).

    .. math::
        u_i = \frac{a_i - p_i}{\lVert a_i - p_i \rVert}, \quad
        v_i = \frac{a_i - n_i}{\lVert a_i - n_i \rVert}, \qquad
        \frac{\partial \ell_i}{\partial a_i} = u_i - v_i, \quad
        \frac{\partial \ell_i}{\partial p_i} = -u_i, \quad
        \frac{\partial \ell_i}{\partial n_i} = v_i

    where the loss is above 0, and 0 elsewhere.  Every triplet that costs anything pulls
    its positive and pushes its negative with the same force, at whatever distance; the
    three add up to 0.  A distance of 0 has no direction and adds nothing.  "mean"
    divides by the sum of the weights; "sum" and "none" agree.  Arguments and errors are
    those of the loss.  `out`, a tuple of three arrays of the shape and precision of the
    results, receives them and saves the allocation.

    Examples
    --------
    A step against it brings the positive left and the negative up:

    >>> anchor, positive, negative = triplet_grad([[0, 0]], [[1, 0]], [[0, 1.5]])
    >>> positive, negative, anchor
    (array([[1., 0.]]), array([[ 0., -1.]]), array([[-1.,  1.]]))
    """
    formula = partial(_triplets, real_number(margin, "margin", *ABOVE_0))
    triplets = _read(anchors, positives, negatives, sample_weight)
    grads = destinations(out, triplets)
    reduced_compared(formula, triplets, reduction, grads)
    return grads[0], grads[1], grads[2]


def _read(
    anchors: ArrayLike,
    positives: ArrayLike,
    negatives: ArrayLike,
    sample_weight: ArrayLike | None,
) -> tuple[Examples, ...]:
    arrays = {"anchors": anchors, "positives": positives, "negatives": negatives}
    return embedded(arrays, sample_weight)
