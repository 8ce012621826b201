"""What is often wrong around forecasts: scores, honesty, bins, pairs, temperature."""

import numpy as np

from ...link_functions import softmax
from ...losses import binary_cross_entropy, brier_score
from ..engine.mistakes import mistake
from .right import at_temperature, by_bin, expected, share_of_pairs

# Of the two scores: first those of Brier's, then those of the logarithm.


@mistake
def brier_summed(y, p):
    """Your Brier score is the sum of the three. Divide by their number."""
    return brier_score(y, p, reduction="sum")


@mistake
def brier_of_two_columns(y, p):
    """Your Brier score counts both classes, rain and no rain, and is twice as large.
    Here one column is asked for: the probability of rain.
    """
    return 2 * brier_score(y, p)


@mistake
def differences_not_squared(y, p):
    """For the Brier score you did not square the differences. Without the square the
    score is not proper.
    """
    return np.mean(np.abs(np.subtract(p, y)))


@mistake
def rooted(y, p):
    """You took the root of the Brier score. It is left as a mean of squares."""
    return np.sqrt(brier_score(y, p))


@mistake
def brier_as_if_it_rained(y, p):
    """Your Brier score takes every day for a wet one. On the dry day the label is 0."""
    return brier_score(np.ones(len(y)), p)


@mistake
def log_summed(y, p):
    """Your log score is the sum of the three. Divide by their number."""
    return binary_cross_entropy(y, p, reduction="sum")


@mistake
def log_in_bits(y, p):
    """Your log score is in bits. Take the natural logarithm, `np.log`."""
    return binary_cross_entropy(y, p) / np.log(2)


@mistake
def log_as_if_it_rained(y, p):
    """Your log score takes the logarithm of what was said of rain, on the dry day, too.
    There it is that of 1 − p, the probability of what happened.
    """
    return binary_cross_entropy(np.ones(len(y)), p)


@mistake
def log_of_wet_days_alone(y, p):
    """Your log score leaves the dry day out. It costs something too: minus the
    logarithm of 1 − p.
    """
    return np.sum(-np.log(np.asarray(p)[np.equal(y, 1)])) / len(y)


@mistake
def log_with_the_sign_of_gain(y, p):
    """Your log score is below 0. In this book low is good: put the minus in front."""
    return -binary_cross_entropy(y, p)


# Of what is expected.


@mistake
def excess_alone(q, p):
    """That is what she pays more than an honest forecaster. She pays q (1 − q) beside
    it, whatever she says.
    """
    return (p - q) ** 2


@mistake
def beliefs_swapped(q, p):
    """You have swapped the two. Events happen with probability q; p is what is said."""
    return expected(p, q)


@mistake
def only_if_it_happens(q, p):
    """You counted what it costs if the event happens, and forgot the other case, which
    has the probability 1 − q.
    """
    return q * (1 - p) ** 2


@mistake
def not_weighed(q, p):
    """You gave both cases the same weight. The event has the probability q."""
    return ((1 - p) ** 2 + p**2) / 2


@mistake
def cases_swapped(q, p):
    """You have swapped the cases: if the event happens, 1 − p is missing."""
    return q * p**2 + (1 - q) * (1 - p) ** 2


@mistake
def plain_difference(q, p):
    """That is the plain difference, without the squares."""
    return q * (1 - p) + (1 - q) * p


@mistake
def honest_whatever_is_said(q, p):
    """That is what an honest forecaster expects. This one says p, and pays for it."""
    return q * (1 - q)


# Of the expected calibration error.


@mistake
def every_bin_alike(y, p, bins):
    """You gave every bin the same weight. Each counts by the examples in it."""
    told, was, _ = by_bin(y, p, bins)
    return np.mean(np.abs(was - told))


@mistake
def empty_bins_counted(y, p, bins):
    """You divided by the number of bins. Divide by the number of examples, and count
    each bin by how many are in it.
    """
    told, was, _ = by_bin(y, p, bins)
    return np.sum(np.abs(was - told)) / bins


@mistake
def distances_squared(y, p, bins):
    """You squared the distances. The ECE takes their size."""
    told, was, count = by_bin(y, p, bins)
    return count @ (was - told) ** 2 / count.sum()


@mistake
def signs_kept(y, p, bins):
    """You let too much in one bin make up for too little in another. Take the size of
    each distance before you add them up.
    """
    return np.mean(p) - np.mean(y)


@mistake
def largest_distance(y, p, bins):
    """That is the largest distance of a bin. The ECE is their mean, each bin counted by
    its examples.
    """
    told, was, _ = by_bin(y, p, bins)
    return np.max(np.abs(was - told))


@mistake
def middles_of_bins(y, p, bins):
    """You compared with the middle of each bin. Compare with the mean of what was said
    in it.
    """
    at = np.searchsorted(np.linspace(0, 1, bins + 1)[1:-1], p)
    middles = (at + 0.5) / bins
    told, was, count = by_bin(y, middles, bins)
    return count @ np.abs(was - told) / count.sum()


@mistake
def each_example_a_bin(y, p, bins):
    """You compared each example with its own label. First average over a bin: only a
    share can come true, not a single day.
    """
    return np.mean(np.abs(np.subtract(p, y)))


@mistake
def ten_bins(y, p, bins):
    """You cut into ten bins, whatever `bins` is."""
    told, was, count = by_bin(y, p, 10)
    return count @ np.abs(was - told) / count.sum()


# Of the share of pairs.


@mistake
def ties_for_nothing(y, p):
    """A tie counts nothing with you. It counts one half: nobody is ahead."""
    return share_of_pairs(y, p, tie=0)


@mistake
def ties_for_a_win(y, p):
    """A tie counts as a win with you. It counts one half: nobody is ahead."""
    return share_of_pairs(y, p, tie=1)


@mistake
def pairs_turned_round(y, p):
    """Your pairs are turned round: you count those in which what did not happen has
    the larger probability.
    """
    return 1 - share_of_pairs(y, p)


@mistake
def accuracy(y, p):
    """That is the accuracy, which looks at one half. AUC looks at pairs, and knows no
    threshold.
    """
    return np.mean((np.asarray(p) > 0.5) == y)


@mistake
def number_of_pairs(y, p):
    """You return how many pairs are in the right order. A share is a part of a whole:
    divide by the number of pairs.
    """
    return share_of_pairs(y, p) * np.sum(y) * np.sum(1 - y)


@mistake
def all_pairs(y, p):
    """You divided by all pairs of examples. Only pairs count in which one happened and
    the other did not.
    """
    return share_of_pairs(y, p) * np.sum(y) * np.sum(1 - y) / (len(y) ** 2)


# Of the temperature.


@mistake
def multiplied(z, t):
    """You multiplied by the temperature. Divide: above 1 it makes the model less
    sure.
    """
    return at_temperature(z, 1 / t)


@mistake
def temperature_forgotten(z, t):
    """Your probabilities are those of the logits as they are."""
    return softmax(z)


@mistake
def probabilities_divided(z, t):
    """You divided the probabilities, so that the rows no longer sum to 1. Divide the
    logits, and take the softmax of what you get.
    """
    return softmax(z) / t


@mistake
def softmax_twice(z, t):
    """You put probabilities into a softmax. It takes logits: divide these by the
    temperature.
    """
    return softmax(softmax(z) / t)


@mistake
def not_shared_out(z, t):
    """Your rows do not sum to 1. Divide each by its sum."""
    return np.exp(z / t)


@mistake
def down_the_columns(z, t):
    """You summed down the columns. Each row is an example: its classes share the 1."""
    return softmax((z / t).T).T


@mistake
def logits_for_probabilities(z, t):
    """Those are logits. Take the softmax of them."""
    return z / t
