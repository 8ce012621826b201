"""Exercises on the hinge loss: from five emails to a support vector machine."""

from .tasks import (
    filter_loss as filter_loss,
    five_mails as five_mails,
    gradient as gradient,
    mean_hinge as mean_hinge,
    penalised as penalised,
    support_vectors as support_vectors,
    svm_step as svm_step,
    why_a_penalty as why_a_penalty,
)
