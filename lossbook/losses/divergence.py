"""Entropy and divergence: the surprise that remains, and the surprise that is added."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .._arrays import check_distributions, precision, real, weighed


def entropy(probs: ArrayLike) -> float | NDArray:
    r"""Expected surprise of a distribution, to one who knows it.

    .. math::
        H(p) = -\sum_{j=1}^{k} p_j \log p_j

    It is what cross-entropy comes down to when the forecast is perfect, and
    cannot go below: the part of the loss that is nobody's fault.

    Parameters
    ----------
    probs : array_like, shape (k,) or (n, k)
        One distribution, or one in each row: numbers in [0, 1] that sum to 1.

    Returns
    -------
    float, or ndarray of shape (n,) for n rows
        Entropy in nats; from 0 (one sure outcome) to log k (all alike).

    Raises
    ------
    ValueError
        If a number lies outside [0, 1] or is NaN, a row does not sum to 1
        (within 1e-6; 1e-4 for float32), or the shape is not (k,) or (n, k).

    See Also
    --------
    kl_divergence : what a wrong forecast costs on top.

    Notes
    -----
    An outcome of probability 0 adds nothing, the limit of -p log p; computed as
    it is written, it would give ``nan``.

    References
    ----------
    Shannon, "A mathematical theory of communication", *Bell System Technical
    Journal* 27 (1948), pages 379-423, section 6.

    Examples
    --------
    A fair coin holds log 2 nats, which is one bit; a loaded one holds less:

    >>> entropy([0.5, 0.5])
    0.6931471805599453
    >>> round(entropy([0.9, 0.1]), 6)
    0.325083
    >>> entropy([1.0, 0.0])
    0.0
    """
    p = _rows(probs, "probs")
    with np.errstate(all="ignore"):
        return _sum_over_classes(weighed(p, 0 - np.log(p)))


def kl_divergence(p: ArrayLike, q: ArrayLike) -> float | NDArray:
    r"""Extra surprise of one who expects `q` where `p` is true.

    .. math::
        D(p \,\|\, q) = \sum_{j=1}^{k} p_j \log \frac{p_j}{q_j}

    Cross-entropy is entropy plus divergence: to minimise the one is to minimise
    the other.  It is no distance, as it is not symmetric: to think impossible
    what happens costs infinity, the converse does not.

    Parameters
    ----------
    p : array_like, shape (k,) or (n, k)
        What is true: one distribution, or one in each row.
    q : array_like, the shape of `p`
        What is expected.

    Returns
    -------
    float, or ndarray of shape (n,) for n rows
        Divergence in nats; at least 0, 0 where the two are the same, infinite
        where `q` is 0 and `p` is not.

    Raises
    ------
    ValueError
        If the shapes differ or are not (k,) or (n, k), a number lies outside
        [0, 1] or is NaN, or a row does not sum to 1 (within 1e-6; 1e-4 for
        float32).

    See Also
    --------
    entropy : the surprise that remains when `q` is `p`.

    Notes
    -----
    The terms have both signs and nearly cancel where `p` and `q` are close: a
    divergence far below 1e-16 cannot be told from 0, and what rounding takes
    below 0 is returned as 0.  The code subtracts two logarithms, because the
    quotient of p and a tiny q may overflow.

    References
    ----------
    Kullback and Leibler, "On information and sufficiency", *Annals of
    Mathematical Statistics* 22 (1951), pages 79-86, section 2.

    Examples
    --------
    Expecting a fair coin of one that shows heads nine times in ten:

    >>> round(kl_divergence([0.9, 0.1], [0.5, 0.5]), 6)
    0.368064
    >>> round(kl_divergence([0.5, 0.5], [0.9, 0.1]), 6)
    0.510826
    >>> kl_divergence([0.5, 0.5], [1.0, 0.0])
    inf
    """
    p, q = _rows(p, "p"), _rows(q, "q")
    if p.shape != q.shape:
        raise ValueError(
            f"p and q must have one shape, got shapes {p.shape} and {q.shape}"
        )
    with np.errstate(all="ignore"):
        terms = np.where(p > 0, p * (np.log(p) - np.log(q)), 0)
        return _sum_over_classes(terms)


def _rows(probs: ArrayLike, name: str) -> NDArray:
    p = real(probs, name)
    if p.ndim not in (1, 2) or not p.size:
        raise ValueError(f"{name} must have shape (k,) or (n, k), got {p.shape}")
    check_distributions(np.atleast_2d(p), name)
    return p.astype(precision(p, p), copy=False)


def _sum_over_classes(terms: NDArray) -> float | NDArray:
    """Sums over the last axis; both measures are at least 0, up to rounding."""
    sums = np.maximum(0, terms.sum(axis=-1, dtype=np.float64))
    return sums if sums.ndim else float(sums)
