"""Kullback-Leibler divergence: the surprise that a wrong forecast adds."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .._arrays import distributions, precision, sum_over_classes


def _terms(y: NDArray, p: NDArray) -> NDArray:
    return np.where(y > 0, y * (np.log(y) - np.log(p)), 0)


def kl_divergence(y_true: ArrayLike, probs: ArrayLike) -> float | NDArray:
    r"""Extra surprise of a forecast `probs` where `y_true` is true.

    .. math::
        D(y \,\|\, p) = \sum_{j=1}^{k} y_j \log \frac{y_j}{p_j}

    Cross-entropy is entropy plus divergence, H(y, p) = H(y) + D(y ‖ p).  As no
    forecast changes the first, minimising the cross-entropy of given labels
    minimises the second.  It is no distance, as it is not symmetric: to give the
    probability 0 to what happens costs infinity, the converse does not.

    Parameters
    ----------
    y_true : array_like, shape (k,) or (n, k)
        What is true: one distribution, or one in each row.
    probs : array_like, the shape of `y_true`
        What is predicted.

    Returns
    -------
    float, or ndarray of shape (n,) for n rows
        Divergence in nats; at least 0, 0 where the two are the same, infinite
        where `probs` is 0 and `y_true` is not.

    Raises
    ------
    ValueError
        If the shapes differ or are not (k,) or (n, k), a number lies outside
        [0, 1] or is NaN, or a row does not sum to 1 (within 1e-6; float32 1e-4,
        float16 1e-2).

    See Also
    --------
    entropy : the surprise that remains when `probs` is `y_true`.

    Notes
    -----
    The terms have both signs and nearly cancel where the two are close: a
    divergence far below 1e-16 cannot be told from 0, and what rounding takes
    below 0 is returned as 0.  The code subtracts two logarithms, because the
    quotient of y and a tiny p may overflow.

    Other texts write D(p ‖ q) with p for the truth and q for the forecast; here
    p is the forecast, as everywhere in this book.  PyTorch's ``kl_div`` takes the
    forecast first, and its logarithm; SciPy's ``rel_entr`` gives the single terms.

    References
    ----------
    Kullback and Leibler, "On information and sufficiency", *Annals of
    Mathematical Statistics* 22 (1951), pages 79-86, section 2: there it is the
    mean information I(1:2), and "divergence" the sum of both directions.

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
    y, p = distributions(y_true, "y_true"), distributions(probs, "probs")
    if y.shape != p.shape:
        raise ValueError(
            f"y_true and probs must have one shape, got shapes {y.shape} and {p.shape}"
        )
    dtype = precision(y, p)
    with np.errstate(all="ignore"):
        return sum_over_classes(_terms(y.astype(dtype), p.astype(dtype)))
