"""Exercises on language models: means, ignored rows, bits per byte and DPO."""

from .tasks import (
    bits_per_byte as bits_per_byte,
    dpo_loss as dpo_loss,
    token_loss as token_loss,
    two_means as two_means,
    which_is_better as which_is_better,
)
