"""Exercises on losses in general: a mean, a step, a rate, and slopes backwards."""

from .tasks import (
    backwards as backwards,
    one_step as one_step,
    two_losses as two_losses,
    which_rate as which_rate,
    why_not_accuracy as why_not_accuracy,
)
