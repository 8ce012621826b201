"""What stands between a table and training: held-out examples and common scales."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def split(
    n: int, test_fraction: float = 0.25, *, seed: int = 0
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Numbers of the examples to train on, and of those held out for the test.

    A model is judged on examples it has not seen.  The n examples are shuffled,
    and the first `test_fraction` of them, rounded, are held out.

    Parameters
    ----------
    n : int
        How many examples there are, at least 2.
    test_fraction : float, default 0.25
        Part to hold out, between 0 and 1; each side gets at least one example.
    seed : int, default 0
        The same seed gives the same split.

    Returns
    -------
    train, test : ndarray of int, shapes (n - t,) and (t,)
        Each number from 0 to n - 1 once, in one of the two.

    Raises
    ------
    ValueError
        If n is less than 2 or `test_fraction` is not between 0 and 1.

    References
    ----------
    Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*
    (2nd edition, 2009), section 7.2.

    Examples
    --------
    >>> train, test = split(10, 0.3)
    >>> len(train), len(test)
    (7, 3)
    """
    if n < 2:
        raise ValueError(f"a split needs at least 2 examples, got {n}")
    if not 0 < test_fraction < 1:
        raise ValueError(f"test_fraction must be between 0 and 1, got {test_fraction}")
    order = np.random.default_rng(seed).permutation(n)
    held_out = min(max(round(n * test_fraction), 1), n - 1)
    return order[held_out:], order[:held_out]


def standardise(train: ArrayLike) -> tuple[NDArray, NDArray]:
    r"""Mean and scale of each column: what brings features to one common scale.

    .. math::
        x' = \frac{x - \text{mean}}{\text{scale}}

    Gradient descent takes one learning rate for all weights, so a feature in
    thousands of square feet beside one from 1 to 10 makes it crawl or diverge.
    Take both numbers from the training examples only, and use them for all.

    Parameters
    ----------
    train : array_like, shape (n, m) or (n,)
        Features (or targets) of the training examples; finite real numbers.

    Returns
    -------
    mean, scale : ndarray, shape (m,) or ()
        In the unit of the column.  The scale is the standard deviation (the sum
        of squares divided by n), and 1 where all values of a column are equal.

    Raises
    ------
    ValueError
        If there are no examples or a value is NaN or infinite.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([[1.0, 500.0], [3.0, 700.0]])
    >>> mean, scale = standardise(x)
    >>> (x - mean) / scale
    array([[-1., -1.],
           [ 1.,  1.]])
    """
    values = np.asarray(train, dtype=np.float64)
    if values.ndim not in (1, 2) or len(values) == 0:
        raise ValueError(f"train must have shape (n, m) or (n,), got {values.shape}")
    if not np.isfinite(values).all():
        raise ValueError("train must be finite; drop or fill such examples first")
    constant = (values == values[0]).all(axis=0)
    return values.mean(axis=0), np.where(constant, 1.0, values.std(axis=0))
