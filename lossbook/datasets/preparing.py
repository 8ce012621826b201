"""What stands between a table and training: held-out examples and common scales."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .._arrays import finite_numbers, real_number, whole_number


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
        If n is no integer from 2 up, `test_fraction` no number between 0 and 1,
        or `seed` no integer from 0 up.

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
    n = whole_number(n, "n, how many examples to split,", 2)
    test_fraction = real_number(
        test_fraction, "test_fraction", "a number between 0 and 1", lambda f: 0 < f < 1
    )
    order = np.random.default_rng(whole_number(seed, "seed", 0)).permutation(n)
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
        If there are no examples or a value is no finite real number.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([[1.0, 500.0], [3.0, 700.0]])
    >>> mean, scale = standardise(x)
    >>> (x - mean) / scale
    array([[-1., -1.],
           [ 1.,  1.]])
    """
    values = finite_numbers(train, "train")
    if values.ndim not in (1, 2) or len(values) == 0:
        raise ValueError(f"train must have shape (n, m) or (n,), got {values.shape}")
    constant = (values == values[0]).all(axis=0)
    # Brought near the size of 1 by a power of 2, no square overflows or vanishes.
    _, exponent = np.frexp(np.abs(values).max(axis=0))
    values = np.ldexp(values, -exponent)
    mean, deviation = values.mean(axis=0), values.std(axis=0)
    return np.ldexp(mean, exponent), np.where(
        constant, 1.0, np.ldexp(deviation, exponent)
    )
