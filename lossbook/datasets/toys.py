"""Toy problems: made-up examples, two features at most, the same in every run."""

import numpy as np
from numpy.random import Generator, default_rng
from numpy.typing import NDArray


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
        If there are fewer than two classes or examples per class, or `spread`
        is negative.

    Examples
    --------
    >>> x, labels = blobs(6, classes=3)
    >>> x.shape, sorted(labels.tolist())
    ((6, 2), [0, 0, 1, 1, 2, 2])
    """
    _check(classes >= 2, "classes must be at least 2", classes)
    _check(n >= 2 * classes, f"n must be at least {2 * classes}", n)
    _check(spread >= 0, "spread must not be negative", spread)
    rng = default_rng(seed)
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
        If n is less than 4 or `noise` is negative.

    Examples
    --------
    >>> x, labels = two_moons(100)
    >>> x.shape, int(labels.sum())
    ((100, 2), 50)
    """
    _check(n >= 4, "n must be at least 4", n)
    _check(noise >= 0, "noise must not be negative", noise)
    rng = default_rng(seed)
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
        If n is less than 2, `outliers` is not from 0 to n, or `noise` is
        negative.

    Examples
    --------
    >>> x, y = line_with_outliers(10, outliers=1, noise=0.0)
    >>> (y - (2 * x + 1)).round(6).tolist()
    [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, -20.0]
    """
    _check(n >= 2, "n must be at least 2", n)
    _check(0 <= outliers <= n, f"outliers must be from 0 to n = {n}", outliers)
    _check(noise >= 0, "noise must not be negative", noise)
    rng = default_rng(seed)
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
        If `share` is not between 0 and 1, or leaves a class without examples.

    Examples
    --------
    >>> x, labels = imbalanced()
    >>> float(labels.mean())
    0.03
    """
    _check(0 < share < 1, "share must be between 0 and 1", share)
    rare = round(n * share)
    _check(0 < rare < n, f"n must be larger for a share of {share}", n)
    rng = default_rng(seed)
    labels = rng.permutation((np.arange(n) < rare).astype(np.int64))
    return rng.normal(size=(n, 2)) + 2.0 * labels[:, None], labels


def _mixed(n: int, classes: int, rng: Generator) -> NDArray[np.int64]:
    """Class numbers of n examples, equally often and in random order."""
    return rng.permutation(np.arange(n, dtype=np.int64) % classes)


def _check(holds: bool, rule: str, got: float) -> None:
    if not holds:
        raise ValueError(f"{rule}, got {got}")
