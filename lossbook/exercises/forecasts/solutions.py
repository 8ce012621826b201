"""Solutions of the exercises on forecasts."""

import numpy as np

from ...link_functions import softmax

two_scores = (
    (0.2**2 + 0.7**2 + 0.4**2) / 3,
    -(np.log(0.8) + np.log(0.3) + np.log(0.6)) / 3,
)


def expected_brier(q, p):
    return q * (1 - p) ** 2 + (1 - q) * p**2


def ece(y, p, bins):
    at = np.ceil(p * bins)  # bin 1 holds what is at most 1 / bins, and so on
    total = 0
    for b in np.unique(at):
        here = at == b
        total += here.sum() * abs(y[here].mean() - p[here].mean())
    return total / len(y)


nearly_zero = (
    "It tells that things happen about as often as the service says. That is worth "
    "something, but it is easy to have: whoever says the yearly share of wet days "
    "every day has an error of nearly zero, and tells nobody when to take an umbrella. "
    "The number does not see whether the forecasts differ from day to day, and it "
    "depends on the number of bins. "
    "Ask for the Brier score or the log score on days that were not used to make the "
    "forecasts, and for the score of the constant forecast on the same days. What the "
    "service is below that, it knows."
)


def auc(y, p):
    happened, failed = p[y == 1][:, None], p[y == 0]
    return np.mean(happened > failed) + np.mean(happened == failed) / 2


def cooled(z, t):
    return softmax(z / t)
