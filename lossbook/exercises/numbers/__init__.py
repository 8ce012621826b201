"""Exercises on quantiles, spread and counts: from a price to a claim that holds."""

from .tasks import (
    levels as levels,
    mean_deviance as mean_deviance,
    mean_quantile_loss as mean_quantile_loss,
    share_inside as share_inside,
    what_to_do as what_to_do,
)
