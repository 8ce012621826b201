"""Kullback-Leibler divergence: the surprise that a wrong forecast adds."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .._arrays import distributions, precision, sum_over_classes


def _terms(p: NDArray, q: NDArray) -> NDArray:
    return np.where(p > 0, p * (np.log(p) - np.log(q)), 0)


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
        [0, 1] or is NaN, or a row does not sum to 1 (within 1e-6; float32 1e-4,
        float16 1e-2).

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
    p, q = distributions(p, "p"), distributions(q, "q")
    if p.shape != q.shape:
        raise ValueError(
            f"p and q must have one shape, got shapes {p.shape} and {q.shape}"
        )
    dtype = precision(p, q)
    with np.errstate(all="ignore"):
        return sum_over_classes(_terms(p.astype(dtype), q.astype(dtype)))
