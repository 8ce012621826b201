"""Entropy: the surprise that remains when the forecast is perfect."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .._arrays import distributions, precision, sum_over_classes, weighed


def _terms(p: NDArray) -> NDArray:
    return weighed(p, 0 - np.log(p))


def entropy(probs: ArrayLike) -> float | NDArray:
    r"""Expected surprise of a distribution, to one who knows it.

    .. math::
        H(p) = -\sum_{j=1}^{k} p_j \log p_j

    It is what is left of the cross-entropy when the forecast is perfect: no forecast
    of this distribution pays less on average.

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
        (within 1e-6; float32 1e-4, float16 1e-2), or the shape is not (k,) or
        (n, k).

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
    A fair coin has an entropy of log 2 nats, which is one bit; a loaded one has less:

    >>> entropy([0.5, 0.5])
    0.6931471805599453
    >>> round(entropy([0.9, 0.1]), 6)
    0.325083
    >>> entropy([1.0, 0.0])
    0.0
    """
    p = distributions(probs, "probs")
    with np.errstate(all="ignore"):
        return sum_over_classes(_terms(p.astype(precision(p))))
