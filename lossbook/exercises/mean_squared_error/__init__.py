"""Exercises on the mean squared error: from three numbers to a fitted line."""

from .tasks import (
    any_shape as any_shape,
    by_hand as by_hand,
    fit_line as fit_line,
    gradient as gradient,
    in_dollars as in_dollars,
    mse as mse,
    share_of_the_worst as share_of_the_worst,
    why_five_houses as why_five_houses,
)
