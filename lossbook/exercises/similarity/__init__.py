"""Exercises on losses that compare embeddings: from three points to a door camera."""

from .tasks import (
    hardest_negatives as hardest_negatives,
    info_nce_loss as info_nce_loss,
    mean_triplet_loss as mean_triplet_loss,
    three_losses as three_losses,
    what_to_do as what_to_do,
)
