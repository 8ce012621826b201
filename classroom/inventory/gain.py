"""The normalised gain of a class: what it has learned of what there was to learn."""

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike

FEWEST = 10  # pairs, below which an interval would promise too much
LEVEL = 0.95


@dataclass(frozen=True)
class Gain:
    """How far the mean of a class has come.

    Attributes
    ----------
    pairs : int
        How many people answered before and after.
    before, after : float
        The mean shares of right answers, from 0 to 1.
    value : float or None
        The normalised gain; None where everything was right before.
    low, high : float or None
        Its confidence interval; None for fewer than `FEWEST` pairs, and where so little
        was left to learn that the gain could be any number.
    """

    pairs: int
    before: float
    after: float
    value: float | None
    low: float | None
    high: float | None


def normalised_gain(before: ArrayLike, after: ArrayLike, level: float = LEVEL) -> Gain:
    r"""The normalised gain of the group's means, with a confidence interval.

    .. math:: g = \frac{\bar a - \bar b}{1 - \bar b} = 1 - \frac{1 - \bar a}{1 - \bar b}

    Parameters
    ----------
    before, after : array_like, shape (n,)
        The shares of right answers of the same n people, from 0 to 1.
    level : float, default 0.95
        How often such an interval shall cover the true gain.

    Raises
    ------
    ValueError
        If the shapes differ, nobody is there, or a share does not lie between 0 and 1.

    Notes
    -----
    It is the gain of Hake (1998): of the means, and of people who answered both times.
    The mean of everybody's own gain is another number, which errors of measurement bias
    (Bao, 2006; Navarrete and others, 2024), and which has no value for who had all
    right before.  Coletta and Phillips (2005) and Nissen and others (2018) found that
    classes that know more before tend to gain more; Von Korff and others (2016) and
    Coletta and Steinert (2020) did not, or explain it by other things.  So compare
    classes only if they begin alike.

    The interval is that of Fieller (1954) for the ratio of two paired means, with a
    quantile of Student's t: it supposes that people are a sample, independent of each
    other, and that means of so many are close to normal.  It tells nothing of a
    difference between the forms.

    References
    ----------
    R. R. Hake (1998), American Journal of Physics 66, 64-74.
    E. C. Fieller (1954), Journal of the Royal Statistical Society B 16, 175-185.
    V. P. Coletta and J. A. Phillips (2005), American Journal of Physics 73, 1172-1182.
    L. Bao (2006), American Journal of Physics 74, 917-922.
    J. Von Korff and others (2016), American Journal of Physics 84, 969-974.
    J. M. Nissen and others (2018), Physical Review Physics Education Research 14,
    010115.
    V. P. Coletta and J. J. Steinert (2020), the same, 16, 010108.
    J. Navarrete and others (2024), arXiv:2407.07730.

    Examples
    --------
    >>> gain = normalised_gain([0.4, 0.6], [0.7, 0.8])
    >>> print(gain.before, gain.after, round(gain.value, 2), gain.low)
    0.5 0.75 0.5 None
    """
    first, second = np.asarray(before, float), np.asarray(after, float)
    if first.ndim != 1 or first.shape != second.shape or not first.size:
        raise ValueError(
            "before and after need one share for each of the same people; their shapes "
            f"are {first.shape} and {second.shape}"
        )
    if not np.all((first >= 0) & (first <= 1) & (second >= 0) & (second <= 1)):
        raise ValueError("a share of right answers must lie between 0 and 1")
    means = float(first.mean()), float(second.mean())
    left, now = 1 - means[0], 1 - means[1]
    if left < 1e-12:
        return Gain(len(first), *means, None, None, None)
    low, high = _fieller(first, second, level)
    return Gain(len(first), *means, 1 - now / left, low, high)


def _fieller(
    before: np.ndarray, after: np.ndarray, level: float
) -> tuple[float | None, float | None]:
    """The interval of 1 minus the ratio of what is missing after and before."""
    n = len(before)
    if n < FEWEST:
        return None, None
    x, y = float(1 - before.mean()), float(1 - after.mean())
    (vxx, vxy), (_, vyy) = np.cov(before, after) / n
    t2 = student(n - 1, level) ** 2
    # The ratios r for which y - r x is not further from 0 than chance has it.
    a, b, c = x**2 - t2 * vxx, x * y - t2 * vxy, y**2 - t2 * vyy
    if a <= 0:
        return None, None
    root = math.sqrt(max(b**2 - a * c, 0.0))
    return float(1 - (b + root) / a), float(1 - (b - root) / a)


def student(freedom: int, level: float) -> float:
    """How many standard errors lie on each side of such an interval.

    By the series of Abramowitz and Stegun (1964), 26.7.5: right to three digits.

    >>> round(student(29, 0.95), 3)
    2.045
    """
    z, n = NormalDist().inv_cdf((1 + level) / 2), freedom
    return (
        z
        + (z**3 + z) / (4 * n)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * n**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * n**3)
    )
