"""What is often wrong from logits on: overflow, the log of zero, the wrong shift."""

import numpy as np

from ...link_functions import log_softmax, softmax
from ...losses import cross_entropy_from_logits
from ..engine.mistakes import mistake, pattern
from .right import mean_log, own


@pattern
def exponential_overflows(road, *inputs):
    """It is right for small logits, but e to the 900 is more than 64 bits can hold:
    it becomes infinite and spoils the rest. Subtract the largest logit of each row
    first.
    """
    return road(*inputs)


@pattern
def probability_rounded(road, *inputs):
    """Nothing overflows any more, but a tiny probability is rounded to 0, and the
    logarithm of 0 is infinite. Do not form the probability: stay with log-sum-exp minus
    the label's logit.
    """
    return road(*inputs)


@pattern
def one_maximum_for_all(road, y, z):
    """You subtracted the largest logit of the whole array. A row far below it has only
    zeros left: take the maximum of each row, with `axis=1` and `keepdims=True`.
    """
    return road(y, z - z.max())


@pattern
def maxima_of_the_columns(road, y, z):
    """You subtracted the largest logit of each column, so the logits of a row are
    shifted differently. Take the maximum of each row, with `axis=1` and
    `keepdims=True`.
    """
    return road(y, z - z.max(axis=0))


@pattern
def shifted_by_the_mean(road, y, z):
    """You subtracted the mean of each row. One logit may still be far above it, and e
    to that overflows: subtract the largest logit of each row, with `axis=1` and
    `keepdims=True`.
    """
    return road(y, z - z.mean(axis=1, keepdims=True))


@pattern
def shifted_by_the_smallest(road, y, z):
    """You subtracted the smallest logit of each row, so the largest power is larger
    still. Subtract the largest: then no power is above 1.
    """
    return road(y, z - z.min(axis=1, keepdims=True))


@mistake
def maximum_not_added_back(y, z):
    """You subtracted the largest logit inside the sum, but not from the label's logit.
    Either subtract it there too, or add it back in front.
    """
    return cross_entropy_from_logits(y, z) - np.mean(z.max(axis=1))


@mistake
def only_the_logit(y, z):
    """That is minus the mean logit of the labels. A logit means something only beside
    the others of its row: log-sum-exp is missing.
    """
    return -np.mean(own(y, z))


@mistake
def log_of_the_logit(*inputs):
    """You took the logarithm of the logits. A logit is a weighted sum and may be
    negative: softmax comes first.
    """
    return mean_log(*inputs)


@mistake
def class_number_as_weight(y, z):
    """You multiplied with the numbers of the classes. Class 2 does not pay twice: the
    number only says which logit to pick.
    """
    return -np.mean(np.sum(y[:, np.newaxis] * log_softmax(z), axis=1))


@mistake
def loss_of_softmax(y, z):
    """You applied softmax twice, which makes all probabilities much alike. Give the
    logits in as they are.
    """
    return cross_entropy_from_logits(y, softmax(z))
