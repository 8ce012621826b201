"""InfoNCE: which of all the keys belongs to a query, as a cross-entropy."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .._arrays import (
    Examples,
    Reduction,
    apart,
    check_each,
    destinations,
    divisor,
    embedded,
    real_number,
    reduced_rows,
)
from .cross_entropy import _hard_logits

TEMPERATURE = "a finite number, 1e-30 or more", lambda value: 1e-30 <= value < math.inf


class _Directions(NamedTuple):
    """Embeddings brought to length 1, and the lengths that they had."""

    units: NDArray
    lengths: NDArray

    def slope(self, of_units: NDArray, rows: slice | NDArray = slice(None)) -> NDArray:
        """The gradient in the embeddings: a change of length changes nothing."""
        units = self.units[rows]
        along = np.vecdot(of_units, units)[:, None]
        return (of_units - along * units) / self.lengths[rows][:, None]


def _reduced(
    matched: tuple[Examples, ...],
    temperature: float,
    reduction: Reduction,
    grads: tuple[NDArray, NDArray] | None = None,
) -> float | NDArray:
    """The loss; `grads` receive the gradients in queries and keys."""
    queries, keys = map(_directions, matched)
    n, d = queries.units.shape
    examples = matched[0]._replace(y=np.arange(n), x=queries.units)
    weights = examples.weights
    in_keys = None if grads is None else np.zeros((n, d))

    def formula(y: NDArray, u: NDArray, by: float, grad: NDArray | None) -> NDArray:
        similar = u @ keys.units.T
        similar /= temperature
        if grad is None or in_keys is None:
            return _hard_logits(y, similar, None, by, None)
        pulls = np.empty_like(similar)
        losses = _hard_logits(y, similar, None, 1, pulls)
        pulls /= temperature
        grad[...] = queries.slope(pulls @ keys.units, y) / by
        if weights is not None:  # the largest about 1, so that nothing overflows
            weight = weights.of(slice(y[0], y[-1] + 1), "mean")
            pulls *= weight.astype(pulls.dtype)[:, None]
        in_keys[...] += pulls.T @ u
        return losses

    in_queries = None if grads is None else grads[0]
    arrays = 2 * n // d + 4  # of a row there are about two with n numbers
    value = reduced_rows(formula, examples, reduction, grad=in_queries, arrays=arrays)
    if grads is not None and in_keys is not None:
        with np.errstate(all="ignore"):
            slope = keys.slope(in_keys) / divisor(examples, reduction, None)
            if weights is not None and reduction != "mean":
                slope = np.ldexp(slope, weights.exponent)
            np.add(slope, 0.0, out=grads[1], casting="same_kind")
            grads[0][...] += 0.0  # so that no zero has a sign
    return value


@np.errstate(all="ignore")
def _directions(examples: Examples) -> _Directions:
    """The directions of embeddings; ValueError if one is no number or has none."""
    examples.check()
    x = examples.x.astype(examples.dtype, copy=False)
    lengths, units = apart(x, 0.0, True)
    if not lengths.min() > 0:
        advice = "an embedding of zeros has no direction"
        check_each(
            lambda rows: (rows != 0).any(axis=1),
            examples.x,
            examples.name,
            "differ from 0",
            advice,
        )
    return _Directions(units, lengths)


def _read(
    queries: ArrayLike, keys: ArrayLike, sample_weight: ArrayLike | None
) -> tuple[Examples, ...]:
    matched = embedded({"queries": queries, "keys": keys}, sample_weight)
    if len(matched[0].x) < 2:
        raise ValueError(
            "there must be two rows or more, as the keys of the others are what a "
            "query is compared with, got 1"
        )
    return matched


def info_nce(
    queries: ArrayLike,
    keys: ArrayLike,
    *,
    temperature: float = 0.1,
    sample_weight: ArrayLike | None = None,
    reduction: Reduction = "mean",
) -> float | NDArray:
    r"""Surprise at which key of the batch belongs to each query.

    .. math::
        \ell_i = -\log \frac{e^{s_{ii} / \tau}}{\sum_{j=1}^{n} e^{s_{ij} / \tau}},
        \qquad s_{ij} = \frac{q_i \cdot k_j}{\lVert q_i \rVert \, \lVert k_j \rVert}

    Row i of the queries and row i of the keys belong together: two pictures of one
    person, a photo and its caption, a question and its answer.  The keys of all other
    rows are the negatives.  So it is the cross-entropy of a choice among n classes,
    with the row number for a label and cosine similarities for logits.

    The temperature says how much a difference of similarities counts.  At a low one
    only the keys that come closest to the right one pull, the hard negatives; at a high
    one all pull alike.  Also called NT-Xent, and the multiple negatives ranking loss.

    Parameters
    ----------
    queries : array_like, shape (n, d)
        Embeddings :math:`q_i`, one in each of two rows or more; finite real numbers,
        not all of them 0.  Only their directions count.
    keys : array_like, shape (n, d)
        Embeddings :math:`k_j`: row i belongs to query i, the others do not.
    temperature : float, default 0.1
        The number :math:`\tau` by which similarities are divided, 1e-30 or more.
    sample_weight : array_like, shape (n,), optional
        What each query counts, from 0 up; 1 if not given.  Its key is a negative of the
        others all the same.
    reduction : {"mean", "sum", "none"}, default "mean"
        How the n losses become the result; the mean divides by the sum of the
        weights.

    Returns
    -------
    float, or ndarray of shape (n,) if `reduction` is "none"
        Loss in nats; above 0, and log n where all keys are alike to the query.

    Raises
    ------
    ValueError
        If the shapes differ or are not (n, d), there are fewer than two rows, an
        embedding is NaN, infinite or zero, `temperature` is not a finite number from
        1e-30 up, `sample_weight` is not n numbers from 0 up, one of them above 0, or
        `reduction` is unknown.

    See Also
    --------
    info_nce_grad : its gradients in queries and keys.
    cross_entropy_from_logits : the same with logits of your own.
    triplet : one negative at a time, and distances in place of similarities.

    Notes
    -----
    It looks from the queries at the keys.  CLIP takes the mean of both ways,
    ``(info_nce(a, b) + info_nce(b, a)) / 2``.  SimCLR also counts the other queries as
    negatives.  Two rows of one kind in a batch are taken for strangers: a false
    negative.

    More rows make the choice harder, and the loss larger: those of two batch sizes, or
    of two temperatures, are not comparable.  All similarities of the batch are
    computed, n² of them, a few rows at a time.

    A loss is right to the precision of the embeddings over the temperature.

    References
    ----------
    Van den Oord, Li and Vinyals, "Representation learning with contrastive predictive
    coding", arXiv:1807.03748 (2018), section 2.3.  Chen, Kornblith, Norouzi and Hinton,
    "A simple framework for contrastive learning of visual representations", *ICML*
    (2020), section 2.1: with cosines and a temperature.

    Examples
    --------
    Two queries and their keys, at right angles to each other; then all alike:

    >>> info_nce([[1, 0], [0, 1]], [[2, 0], [0, 3]], temperature=1)
    0.31326168751822286
    >>> round(info_nce([[1, 0], [1, 0]], [[1, 0], [1, 0]]), 6), round(math.log(2), 6)
    (0.693147, 0.693147)

    A lower temperature makes more of the same difference:

    >>> round(info_nce([[1, 0], [0, 1]], [[2, 0], [0, 3]], temperature=0.1), 6)
    4.5e-05
    """
    tau = real_number(temperature, "temperature", *TEMPERATURE)
    return _reduced(_read(queries, keys, sample_weight), tau, reduction)


def info_nce_grad(
    queries: ArrayLike,
    keys: ArrayLike,
    *,
    temperature: float = 0.1,
    sample_weight: ArrayLike | None = None,
    reduction: Reduction = "mean",
    out: tuple[NDArray, NDArray] | None = None,
) -> tuple[NDArray, NDArray]:
    r"""Gradients of `info_nce` in queries and keys, two arrays of shape (n, d).

    .. math::
        \frac{\partial \ell_i}{\partial q_i} = \frac{1}{\tau \lVert q_i \rVert}
        (I - \hat q_i \hat q_i^\top) \sum_j (p_{ij} - [i = j]) \, \hat k_j, \qquad
        p_{ij} = \frac{e^{s_{ij} / \tau}}{\sum_l e^{s_{il} / \tau}}

    with :math:`\hat q = q / \lVert q \rVert`; likewise for the keys, to which all
    queries add.  Each key pushes its query by the probability that it is mistaken for
    the right one.  The gradient stands at right angles to the embedding, whose length
    does not count, and is the smaller the longer that is.  "mean" divides by the sum of
    the weights; "sum" and "none" agree.  Arguments and errors are those of the loss.
    `out`, a tuple of two arrays of the shape and precision of the results, receives
    them and saves the allocation.

    Examples
    --------
    >>> queries, _ = info_nce_grad([[1, 0], [0, 1]], [[1, 0], [0, 1]], temperature=1)
    >>> queries.round(4)
    array([[0.    , 0.1345],
           [0.1345, 0.    ]])
    """
    tau = real_number(temperature, "temperature", *TEMPERATURE)
    matched = _read(queries, keys, sample_weight)
    queries_grad, keys_grad = destinations(out, matched)
    _reduced(matched, tau, reduction, (queries_grad, keys_grad))
    return queries_grad, keys_grad
