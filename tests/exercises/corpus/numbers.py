"""Answers to the exercises on quantiles, spread and counts, as learners write them."""

from fractions import Fraction

import numpy as np

from lossbook import poisson_deviance, quantile


def two_prices(y, y_hat, level):
    total = 0
    for target, prediction in zip(y, y_hat, strict=True):
        if target > prediction:
            total += level * (target - prediction)
        else:
            total += (1 - level) * (prediction - target)
    return total / len(y)


def by_hand_deviance(y, rates):
    total = 0
    for count, rate in zip(y, rates, strict=True):
        first = count * np.log(count / rate) if count > 0 else 0
        total += 2 * (first - count + rate)
    return total / len(y)


def naive_deviance(y, rates):
    with np.errstate(all="ignore"):
        return np.mean(2 * (y * np.log(y / rates) - y + rates))


def clipped_deviance(y, rates):
    return np.mean(2 * (y * np.log(np.maximum(y, 1e-12) / rates) - y + rates))


def inside(y, mean, log_variance):
    return np.mean(np.abs(y - mean) < 2 * np.exp(log_variance / 2))


def inside_by_variance(y, mean, log_variance):
    return np.mean((y - mean) ** 2 <= 4 * np.exp(log_variance))


def inside_in_a_loop(y, mean, log_variance):
    deviations = np.sqrt(np.exp(log_variance))
    low, high = mean - 2 * deviations, mean + 2 * deviations
    return sum(a < b < c for a, b, c in zip(low, y, high, strict=True)) / len(y)


WRONG = {
    "levels": [
        ((0.25, 0.1, 0.8), "the sides for each other"),
        ((3, 9, 0.25), "ratios of the two prices"),
        ((2 / 3, 8 / 9, -3), "1 minus one part of the ratio"),
        ((0.75, 0.9, 0.25), "`baker`"),
        ((0.75, 0.9), "has 2 parts"),
        (0.75, "3 results (courier, train, baker)"),
    ],
    "mean_quantile_loss": [
        (lambda y, p, t: quantile(y, p, level=1 - t), "for each unit too high"),
        (lambda y, p, t: np.mean(np.abs(y - p)), "mean absolute error"),
        (lambda y, p, t: np.mean(t * np.maximum(0, y - p)), "cost nothing with you"),
        (
            lambda y, p, t: np.mean(np.minimum(t * (y - p), (t - 1) * (y - p))),
            "the smaller of the two",
        ),
        (
            lambda y, p, t: np.mean(np.where(y > p, t, 1 - t) * (y - p)),
            "get a negative loss",
        ),
        (lambda y, p, t: quantile(y, p, level=t, reduction="sum"), "added up"),
        (lambda y, p, t: quantile(y, p, level=t) / len(y), "twice"),
        (lambda y, p, t: quantile(y, p, level=t, reduction="none"), "each example"),
        (lambda y, p: np.mean(np.abs(y - p)), "these arguments"),
    ],
    "mean_deviance": [
        (naive_deviance, "0 times the logarithm of 0"),
        (lambda y, r: poisson_deviance(y, r) / 2, "half of it"),
        (lambda y, r: poisson_deviance(y, r, reduction="sum"), "added up"),
        (lambda y, r: np.mean((y - r) ** 2 / r), "squared error over the rate"),
        (lambda y, r: poisson_deviance(y, r, reduction="none"), "each example"),
        (
            lambda y, r: np.mean(2 * y * np.log(np.where(y > 0, y / r, 1))),
            "left out minus the count",
        ),
        (lambda y, r: naive_deviance(y[y > 0], r[y > 0]), "without a count out"),
    ],
    "share_inside": [
        (
            lambda y, m, s: np.mean(np.abs(y - m) < np.exp(s / 2)),
            "within one standard deviation",
        ),
        (lambda y, m, s: np.mean(np.abs(y - m) < 2 * np.exp(s)), "took the variance"),
        (lambda y, m, s: np.mean(np.abs(y - m) < 2 * s), "took the logarithm"),
        (lambda y, m, s: np.mean(y - m < 2 * np.exp(s / 2)), "one side only"),
        (lambda y, m, s: 1 - inside(y, m, s), "share outside"),
        (lambda y, m, s: len(y) * inside(y, m, s), "counted"),
        (lambda y, m, s: 100 * inside(y, m, s), "per cent"),
    ],
    "what_to_do": [
        ("", "three dots"),
        (None, "in quotes"),
        ("The area is a feature.", "Compare yours"),
    ],
}

RIGHT = {
    "levels": [
        (0.75, 0.9, 0.2),
        [Fraction(3, 4), Fraction(9, 10), Fraction(1, 5)],
        np.array([0.75, 0.9, 0.2]),
        np.float32([0.75, 0.9, 0.2]),
    ],
    "mean_quantile_loss": [
        two_prices,
        lambda y, p, t: np.mean(np.where(y > p, t, 1 - t) * np.abs(y - p)),
        lambda y, p, t: ((y - p) * (t - (y < p))).mean(),
        lambda y, p, t: quantile(y, p, level=float(t)),
    ],
    "mean_deviance": [
        by_hand_deviance,
        clipped_deviance,
        poisson_deviance,
        lambda y, r: 2 * np.mean(r - y + y * np.log(np.where(y > 0, y, 1) / r)),
    ],
    "share_inside": [inside, inside_by_variance, inside_in_a_loop],
    "what_to_do": [],
}

# Right, but few digits of single precision are left where large numbers cancel.
ONLY_IN_DOUBLE_PRECISION = ()
