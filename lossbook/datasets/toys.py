"""Toy problems: made-up examples, two features at most, the same in every run."""

import numpy as np
from numpy.random import Generator, default_rng
from numpy.typing import NDArray

from .._arrays import FROM_0, real_number, whole_number

FINITE = "a finite number", np.isfinite
SHARE = "a number between 0 and 1", lambda share: 0 < share < 1


def blobs(
    n: int = 200, *, classes: int = 2, spread: float = 0.5, seed: int = 0
) -> tuple[NDArray, NDArray]:
    """Round clouds, one for each class, that a straight line can separate.

    The centres stand evenly on a circle of radius 3; `spread` is the standard
    deviation of a cloud.  From a spread of about 1.5 on, two clouds overlap.

    Returns
    -------
    x : ndarray, shape (n, 2)
    labels : ndarray of int, shape (n,)
        Class numbers, in mixed order, each class equally often (within one).

    Raises
    ------
    ValueError
        If there are fewer than two classes or examples per class, `spread` is
        negative, or an argument is of another kind than the default.

    Examples
    --------
    >>> x, labels = blobs(6, classes=3)
    >>> x.shape, sorted(labels.tolist())
    ((6, 2), [0, 0, 1, 1, 2, 2])
    """
    classes = whole_number(classes, "classes", 2)
    n = whole_number(n, "n", 2 * classes)
    spread = real_number(spread, "spread", *FROM_0)
    rng = _generator(seed)
    labels = _mixed(n, classes, rng)
    angles = 2 * np.pi * labels / classes
    centres = 3 * np.column_stack([np.cos(angles), np.sin(angles)])
    return centres + rng.normal(scale=spread, size=(n, 2)), labels


def two_moons(
    n: int = 200, *, noise: float = 0.1, seed: int = 0
) -> tuple[NDArray, NDArray]:
    """Two crescents that reach into each other: no straight line separates them.

    A linear model gets about nine in ten right, a small network nearly all.
    `noise` is the standard deviation around the crescents, whose radius is 1.

    Returns
    -------
    x : ndarray, shape (n, 2)
    labels : ndarray of int, shape (n,)
        0 for the upper crescent and 1 for the lower, half of each, mixed.

    Raises
    ------
    ValueError
        If n is less than 4, `noise` is negative, or an argument is of another
        kind than the default.

    Examples
    --------
    >>> x, labels = two_moons(100)
    >>> x.shape, int(labels.sum())
    ((100, 2), 50)
    """
    n = whole_number(n, "n", 4)
    noise = real_number(noise, "noise", *FROM_0)
    rng = _generator(seed)
    labels = _mixed(n, 2, rng)
    t = rng.uniform(0, np.pi, size=n)
    upper = np.column_stack([np.cos(t), np.sin(t)])
    lower = np.column_stack([1 - np.cos(t), 0.5 - np.sin(t)])
    curve = np.where(labels[:, None] == 0, upper, lower)
    return curve + rng.normal(scale=noise, size=(n, 2)), labels


def line_with_outliers(
    n: int = 50,
    *,
    outliers: int = 5,
    slope: float = 2.0,
    intercept: float = 1.0,
    noise: float = 1.0,
    shift: float = -20.0,
    seed: int = 0,
) -> tuple[NDArray, NDArray]:
    """Points along a line, the last few of them far off it: which loss minds?

    The points run from left to right, x from 0 to 10, y on the line plus normal
    `noise`.  The last `outliers` points, those on the right, are moved by
    `shift`, as if an instrument had got stuck: so they tilt the fitted line.

    Returns
    -------
    x, y : ndarray, shape (n,)
        ``x[:, None]`` makes a feature column of x, as training takes it.

    Raises
    ------
    ValueError
        If n is less than 2, `outliers` is not from 0 to n, `noise` is negative,
        or an argument is of another kind than the default.

    Examples
    --------
    >>> x, y = line_with_outliers(10, outliers=1, noise=0.0)
    >>> (y - (2 * x + 1)).round(6).tolist()
    [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, -20.0]
    """
    n = whole_number(n, "n", 2)
    outliers = whole_number(outliers, "outliers", 0)
    if outliers > n:
        raise ValueError(f"outliers must be from 0 to n = {n}, got {outliers}")
    slope = real_number(slope, "slope", *FINITE)
    intercept = real_number(intercept, "intercept", *FINITE)
    noise = real_number(noise, "noise", *FROM_0)
    shift = real_number(shift, "shift", *FINITE)
    rng = _generator(seed)
    x = np.sort(rng.uniform(0, 10, size=n))
    y = intercept + slope * x + rng.normal(scale=noise, size=n)
    y[n - outliers :] += shift
    return x, y


def imbalanced(
    n: int = 1000, *, share: float = 0.03, seed: int = 0
) -> tuple[NDArray, NDArray]:
    """A rare class: 3 in 100 examples, partly hidden among the others.

    Who always says "no" is right 97 times in 100 and finds nothing, so accuracy
    says little here.  Both classes are normal clouds of standard deviation 1,
    the common one around (0, 0), the rare one around (2, 2).

    Returns
    -------
    x : ndarray, shape (n, 2)
    labels : ndarray of int, shape (n,)
        1 for exactly round(n * share) examples, 0 for the others, mixed.

    Raises
    ------
    ValueError
        If `share` is not between 0 and 1 or leaves a class without examples, or
        an argument is of another kind than the default.

    Examples
    --------
    >>> x, labels = imbalanced()
    >>> float(labels.mean())
    0.03
    """
    n = whole_number(n, "n", 2)
    share = real_number(share, "share", *SHARE)
    rare = round(n * share)
    if not 0 < rare < n:
        raise ValueError(f"n must be larger for a share of {share}, got {n}")
    rng = _generator(seed)
    labels = rng.permutation((np.arange(n) < rare).astype(np.int64))
    return rng.normal(size=(n, 2)) + 2.0 * labels[:, None], labels


def _mixed(n: int, classes: int, rng: Generator) -> NDArray[np.int64]:
    """Class numbers of n examples, equally often and in random order."""
    return rng.permutation(np.arange(n, dtype=np.int64) % classes)


def _generator(seed: int) -> Generator:
    return default_rng(whole_number(seed, "seed", 0))
