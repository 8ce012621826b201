"""Solutions of the exercises on quantiles, spread and counts."""

import numpy as np

levels = 3 / (3 + 1), 9 / (9 + 1), 0.25 / (0.25 + 1)


def mean_quantile_loss(y, y_hat, level):
    r = y - y_hat
    return np.mean(np.maximum(level * r, (level - 1) * r))


def mean_deviance(y, rates):
    ratio = np.where(y > 0, y / rates, 1)  # the logarithm of 1 is 0
    return np.mean(2 * (y * np.log(ratio) - y + rates))


def share_inside(y, mean, log_variance):
    deviation = np.exp(log_variance / 2)
    return np.mean(np.abs(y - mean) < 2 * deviation)


what_to_do = (
    "The wild prices are targets. The absolute error, Huber or log-cosh limit their "
    "pull, and I would still look at them one by one. The area is a feature: in its "
    "weight the slope is multiplied by the area, so a house that is a thousand times "
    "too large flattens the line under any loss. I would sort the areas, mend or drop "
    "the wrong one, and cut later ones at what is possible. What was never offered "
    "is in no table, and no loss can learn it: that has to be said beside the result."
)
