"""Link functions: from what a model puts out to probabilities.

A model puts out any real number; a probability lies between 0 and 1.  `sigmoid`
turns a logit into the probability of one of two classes, `softmax` turns k logits
into those of k classes, and `log_softmax` gives their logarithms without losing
their digits.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._arrays import check_class_logits, check_finite, precision, real


def sigmoid(logits: ArrayLike) -> float | NDArray:
    r"""Probability of class 1 from log-odds.

    .. math::
        \sigma(z) = \frac{1}{1 + e^{-z}}

    The odds :math:`p / (1 - p)` are :math:`e^z`: adding 1 to the logit
    multiplies them by 2.718.  For the logits 0 and z, softmax gives this to the
    second class.

    Parameters
    ----------
    logits : array_like, any shape
        Log-odds; finite real numbers.

    Returns
    -------
    float for a number, else ndarray of the same shape
        Between 0 and 1; float32 stays float32.

    Raises
    ------
    ValueError
        If a value is NaN or infinite.

    Notes
    -----
    Far to the left :math:`e^{-z}` overflows, and its reciprocal is 0, as it
    should be.  Far to the right the result rounds to 1 (from z = 37 on in
    double precision): a loss computed from it has lost what it should measure,
    which is why there are losses that read logits.

    References
    ----------
    Bishop, *Pattern Recognition and Machine Learning* (2006), section 4.2,
    equation 4.59.

    Examples
    --------
    >>> sigmoid(0.0)
    0.5
    >>> sigmoid([-2.0, 2.0]).round(4)
    array([0.1192, 0.8808])
    """
    z = _logits(logits)
    check_finite(z.reshape(-1), "logits")
    with np.errstate(over="ignore", under="ignore"):
        p = 1 / (1 + np.exp(-z))
    return p if z.ndim else float(p)


def softmax(logits: ArrayLike) -> NDArray:
    r"""Probabilities of k classes from their logits.

    .. math::
        p_j = \frac{e^{z_j}}{\sum_{c=1}^{k} e^{z_c}}

    Each class with a finite logit gets a positive share, the shares sum to 1, and
    a difference of 1 between two logits makes one share 2.718 times the other.
    Adding the same number to all logits changes nothing.  (In floating point, a
    share below about 1e-308 may be rounded to 0.)

    Parameters
    ----------
    logits : array_like, shape (k,) or (n, k)
        Finite real numbers, or minus infinity for a class that is masked.

    Returns
    -------
    ndarray, the shape of `logits`
        Rows of probabilities; 0 for a masked class.

    Raises
    ------
    ValueError
        If a value is NaN or plus infinity, a row masks every class, or the
        shape is not (k,) or (n, k).

    Notes
    -----
    The largest logit is subtracted first: otherwise :math:`e^{1000}` overflows
    and the result is not a number.

    References
    ----------
    Goodfellow, Bengio and Courville, *Deep Learning* (2016), section 4.1,
    equation 4.1.

    Examples
    --------
    >>> softmax([2.0, 1.0, 0.0]).round(4)
    array([0.6652, 0.2447, 0.09  ])
    >>> softmax([1000.0, 1000.0, -float("inf")])
    array([0.5, 0.5, 0. ])
    """
    z = _rows(logits)
    with np.errstate(over="ignore", under="ignore"):
        e = np.exp(z - z.max(axis=-1, keepdims=True))
        return e / e.sum(axis=-1, keepdims=True)


def log_softmax(logits: ArrayLike) -> NDArray:
    r"""Logarithms of the probabilities that `softmax` gives.

    .. math::
        \log p_j = z_j - \log \sum_{c=1}^{k} e^{z_c}

    A probability of :math:`e^{-1000}` is 0 in floating point, and its logarithm
    is lost; here it is -1000.  Arguments and errors are those of `softmax`; a
    masked class gets minus infinity.

    Notes
    -----
    The likeliest class has a probability close to 1 and a logarithm close to 0.
    Its own term, which is 1, is left out of the sum and added by `log1p`, so
    that the others are not rounded away beside it.

    References
    ----------
    Blanchard, Higham and Higham, "Accurately computing the log-sum-exp and
    softmax functions", *IMA Journal of Numerical Analysis* 41 (2021),
    pages 2311-2330.

    Examples
    --------
    >>> log_softmax([1000.0, 0.0])
    array([    0., -1000.])
    >>> log_softmax([0.0, 0.0]).round(4)
    array([-0.6931, -0.6931])
    """
    z = _rows(logits)
    with np.errstate(over="ignore", under="ignore"):
        top = z.argmax(axis=-1, keepdims=True)
        below = z - np.take_along_axis(z, top, axis=-1)
        e = np.exp(below)
        np.put_along_axis(e, top, 0, axis=-1)
        return below - np.log1p(e.sum(axis=-1, keepdims=True))


def _logits(logits: ArrayLike) -> NDArray:
    z = real(logits, "logits")
    return z.astype(precision(z), copy=False)


def _rows(logits: ArrayLike) -> NDArray:
    z = _logits(logits)
    if z.ndim not in (1, 2) or not z.size:
        raise ValueError(f"logits must have shape (k,) or (n, k), got {z.shape}")
    check_class_logits(np.atleast_2d(z))
    return z
