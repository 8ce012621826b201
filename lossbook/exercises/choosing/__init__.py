"""Exercises on choosing: who pulls, which loss, when to raise an alarm, and a stall."""

from .tasks import (
    one_wild_price as one_wild_price,
    raise_alarm as raise_alarm,
    recall_and_precision as recall_and_precision,
    stalled as stalled,
    which_loss as which_loss,
    why_97_percent as why_97_percent,
)
