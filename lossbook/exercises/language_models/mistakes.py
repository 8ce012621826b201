"""What is often wrong around language models."""

import numpy as np

from ...losses import cross_entropy_from_logits
from ..engine.mistakes import mistake
from . import right


@mistake
def means_swapped(few, many):
    """You took the two means for each other. Over tokens, each token has the same
    weight; over sequences, each sequence has.
    """
    return right.means(few, many)[::-1]


@mistake
def over_sequences_twice(few, many):
    """The second number is right. The first has to count tokens: add up what all of
    them cost, and divide by how many there are.
    """
    mean = right.means(few, many)[1]
    return mean, mean


@mistake
def over_tokens_twice(few, many):
    """The first number is right. For the second, take the mean of each sequence, and
    then the mean of these two.
    """
    mean = right.means(few, many)[0]
    return mean, mean


@mistake
def sums_over_sequences(few, many):
    """For the second you divided what the sequences cost altogether by two. It is a
    mean of means: what a token of each costs on average.
    """
    return right.means(few, many)[0], (few * 1.2 + many * 0.7) / 2


@mistake
def added_up(labels, logits):
    """You added up the losses. The mean also divides by the number of rows that
    count.
    """
    return right.token_loss(labels, logits, "sum")


@mistake
def ignored_counted(labels, logits):
    """The ignored rows add nothing to the sum, but you count them: the mean divides by
    the number of rows that are left.
    """
    return right.token_loss(labels, logits, "sum") / len(labels)


@mistake
def ignored_as_class_0(labels, logits):
    """You took the ignored rows for rows of class 0. They are to be left out."""
    y = np.where(labels == right.IGNORED, 0, labels)
    return cross_entropy_from_logits(y, logits)


@mistake
def ignored_as_last_class(labels, logits):
    """A negative number counts columns from the end, and you took the ignored rows for
    rows of one of the last classes. They are to be left out.
    """
    k = logits.shape[1]
    return cross_entropy_from_logits(np.where(labels < 0, k - 1, labels), logits)


@mistake
def logits_for_probabilities(labels, logits):
    """You averaged the logits of the tokens that came. What is averaged is the negative
    logarithm of their probabilities.
    """
    kept = labels != right.IGNORED
    return -np.mean(logits[kept, labels[kept]])


@mistake
def in_bits(labels, logits):
    """That is in bits. The cross-entropy of this course is in nats: no division by the
    logarithm of 2.
    """
    return right.token_loss(labels, logits) / np.log(2)


@mistake
def nats_per_byte(nats, n_bytes):
    """Those are nats. A bit is log 2 nats, so divide by 0.693."""
    return nats.sum() / n_bytes


@mistake
def bits_per_token(nats, n_bytes):
    """Those are bits per token. Add up what all tokens cost, and divide by the bytes of
    the text.
    """
    return nats.mean() / np.log(2)


@mistake
def times_log_2(nats, n_bytes):
    """You multiplied by log 2. A bit is smaller than a nat, so there are more of them:
    divide.
    """
    return nats.sum() * np.log(2) / n_bytes


@mistake
def mean_over_bytes(nats, n_bytes):
    """You divided the mean of the tokens by the bytes of the whole text. Take the sum
    of the tokens.
    """
    return nats.mean() / np.log(2) / n_bytes


@mistake
def perplexity(nats, n_bytes):
    """That is a perplexity, a number of choices for each token. Bits for each byte are
    asked for.
    """
    return np.exp(nats.mean())


@mistake
def copy_forgotten(pi_chosen, pi_rejected, ref_chosen, ref_rejected, beta):
    """You left out the frozen copy. The reward of an answer is how much likelier the
    model makes it than the copy does.
    """
    rule = right.dpo(*2 * [lambda beta, model, copy: beta * model])
    return rule(pi_chosen, pi_rejected, ref_chosen, ref_rejected, beta)


@mistake
def beta_forgotten(pi_chosen, pi_rejected, ref_chosen, ref_rejected, beta):
    """You left out beta, by which both rewards are multiplied."""
    return right.dpo()(pi_chosen, pi_rejected, ref_chosen, ref_rejected, 1.0)


@mistake
def beta_divides(pi_chosen, pi_rejected, ref_chosen, ref_rejected, beta):
    """You divided by beta. It multiplies the log-ratios."""
    return right.dpo()(pi_chosen, pi_rejected, ref_chosen, ref_rejected, 1 / beta)


@mistake
def turned_round(pi_chosen, pi_rejected, ref_chosen, ref_rejected, beta):
    """You turned the lead round: chosen and rejected, or model and copy, have changed
    places. The model would learn to prefer what was rejected.
    """
    return right.dpo()(pi_rejected, pi_chosen, ref_rejected, ref_chosen, beta)


@mistake
def of_the_chosen_only(pi_chosen, pi_rejected, ref_chosen, ref_rejected, beta):
    """You looked at the chosen answer only. What counts is its lead over the other."""
    rule = right.dpo(rejected=lambda beta, model, copy: 0 * model)
    return rule(pi_chosen, pi_rejected, ref_chosen, ref_rejected, beta)


@mistake
def probability(pi_chosen, pi_rejected, ref_chosen, ref_rejected, beta):
    """That is the probability of the choice. The loss is its negative logarithm."""
    each = right.dpo(reduction="none")
    losses = each(pi_chosen, pi_rejected, ref_chosen, ref_rejected, beta)
    return np.mean(np.exp(-losses))


@mistake
def hinged(pi_chosen, pi_rejected, ref_chosen, ref_rejected, beta):
    """That is a hinge of the lead. DPO takes the negative logarithm of its sigmoid."""
    lead = beta * ((pi_chosen - ref_chosen) - (pi_rejected - ref_rejected))
    return np.mean(np.maximum(0, 1 - lead))
