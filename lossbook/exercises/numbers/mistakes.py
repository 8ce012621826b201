"""What is often wrong around quantiles, spread and counts."""

import numpy as np

from ...losses import mean_absolute_error, poisson_deviance, quantile
from ..engine.mistakes import mistake
from .right import inside


@mistake
def sides_swapped(*ratios):
    """You took the sides for each other. The level is the price of being too low: where
    that is the dear side, it is above one half.
    """
    return tuple(1 / (ratio + 1) for ratio in ratios)


@mistake
def ratio_itself(*ratios):
    """Those are the ratios of the two prices. A level lies between 0 and 1: it is one
    of two prices that add up to 1.
    """
    return ratios


@mistake
def missing_from_one(*ratios):
    """You took 1 minus one part of the ratio. The prices are the level and 1 minus the
    level, and the first is to be so many times the second.
    """
    return tuple(1 - 1 / ratio for ratio in ratios)


@mistake
def level_for_high(y, y_hat, level):
    """You charge the level for each unit too high. It is the price of each unit too
    low, where the target is above the prediction.
    """
    return quantile(y, y_hat, level=1 - level)


@mistake
def level_forgotten(y, y_hat, level):
    """That is the mean absolute error: both sides cost the same. Each side has a price
    of its own, level and 1 minus level.
    """
    return mean_absolute_error(y, y_hat)


@mistake
def one_side_free(y, y_hat, level):
    """Predictions that are too high cost nothing with you. They cost 1 minus the level
    for each unit.
    """
    return np.mean(level * np.maximum(0, y - y_hat))


@mistake
def smaller_for_larger(y, y_hat, level):
    """You took the smaller of the two products. The loss is the larger one, which is
    never below 0.
    """
    r = y - y_hat
    return np.mean(np.minimum(level * r, (level - 1) * r))


@mistake
def sign_of_the_other_side(y, y_hat, level):
    """Predictions that are too high get a negative loss. Multiply by prediction minus
    target there, which is above 0.
    """
    r = y - y_hat
    return np.mean(np.where(r > 0, level * r, (1 - level) * r))


@mistake
def rates_for_counts(y, rates):
    """You took the counts for the rates. The count stands in front of the logarithm,
    and above the line in it.
    """
    with np.errstate(all="ignore"):
        logs = np.where(rates > 0, rates * np.log(rates / y), 0)
        return np.mean(2 * (logs - rates + y))


@mistake
def two_forgotten(y, rates):
    """That is half of it. The deviance has a 2 in front, so that near an exact
    prediction it is the squared error over the rate.
    """
    return poisson_deviance(y, rates) / 2


@mistake
def first_term_only(y, rates):
    """You left out minus the count plus the rate. Without them, rates that are too high
    would lower the deviance.
    """
    return np.mean(2 * _logs(y, rates))


@mistake
def other_terms_turned_round(y, rates):
    """The logarithm is right, but then come minus the count and plus the rate, and not
    the other way round.
    """
    return np.mean(2 * (_logs(y, rates) + y - rates))


@mistake
def squares_over_rates(y, rates):
    """That is the squared error over the rate. The deviance is near it only where count
    and rate are close.
    """
    return np.mean((y - rates) ** 2 / rates)


@mistake
def zeros_lost(y, rates):
    """Right for counts above 0, but a count of 0 gives NaN: 0 times the logarithm of 0.
    That product counts as 0 here, so such an hour costs twice its rate.
    """
    with np.errstate(all="ignore"):
        return np.mean(2 * (y * np.log(y / rates) - y + rates))


@mistake
def zeros_left_out(y, rates):
    """You left the hours without a count out. Nothing came, but a rate was predicted:
    such an hour costs twice its rate.
    """
    some = y > 0
    return poisson_deviance(y[some], rates[some]) if some.any() else 0.0


def _logs(y, rates):
    with np.errstate(all="ignore"):
        return np.where(y > 0, y * np.log(y / rates), 0)


@mistake
def one_deviation(y, mean, log_variance):
    """That is the share within one standard deviation. Two are asked for."""
    return inside(times=1)(y, mean, log_variance)


@mistake
def variance_for_deviation(y, mean, log_variance):
    """You took the variance for the standard deviation, which is its root. Half the
    logarithm gives it: `np.exp(log_variance / 2)`.
    """
    return inside(np.exp)(y, mean, log_variance)


@mistake
def logarithm_for_deviation(y, mean, log_variance):
    """You took the logarithm of the variance for the standard deviation. Take the
    exponential of half of it.
    """
    return inside(lambda s: s)(y, mean, log_variance)


@mistake
def root_of_the_logarithm(y, mean, log_variance):
    """You took the root of the logarithm. First the exponential, which gives the
    variance, and then the root.
    """
    with np.errstate(invalid="ignore"):
        return inside(np.sqrt)(y, mean, log_variance)


@mistake
def below_only(y, mean, log_variance):
    """You looked at one side only: targets far below the mean are outside, too. Take
    the size of the error.
    """
    holds = inside(holds=lambda error, width: error < width)
    return holds(y, mean, log_variance)


@mistake
def outside(y, mean, log_variance):
    """That is the share outside. 1 minus it is asked for."""
    return 1 - inside()(y, mean, log_variance)


@mistake
def counted(y, mean, log_variance):
    """You counted them. A share also divides by the number of targets."""
    return len(y) * inside()(y, mean, log_variance)
