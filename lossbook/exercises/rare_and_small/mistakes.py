"""What is often wrong around rare classes and small regions."""

import numpy as np

from ...link_functions import log_softmax, sigmoid
from ...losses import (
    binary_cross_entropy,
    binary_cross_entropy_from_logits,
    dice,
)
from ..engine.mistakes import mistake, pattern
from .right import loss_of_tags, mean_focal, region_losses

# --- five pixels -----------------------------------------------------------------


@mistake
def overlaps(marked, probs):
    """Those are the overlaps themselves. Each loss is one minus its overlap."""
    return tuple(1 - loss for loss in region_losses(marked, probs))


@mistake
def swapped_regions(marked, probs):
    """You swapped the two: the Dice loss comes first. It is the smaller one, as what is
    shared counts twice.
    """
    return region_losses(marked, probs)[::-1]


@mistake
def shared_once(marked, probs):
    """In the Dice loss what is shared counts twice, since it stands in both sums below
    the line.
    """
    return 1 - np.dot(marked, probs) / (np.sum(marked) + np.sum(probs))


@mistake
def cut_at_one_half(marked, probs):
    """You rounded the probabilities first. The loss takes them as they are, so that it
    has a slope.
    """
    return dice([marked], [np.round(probs)])


@mistake
def shared_kept_twice(marked, probs):
    """Your union counts what is shared twice: take it off once from the sum of the two
    regions.
    """
    return 1 - np.dot(marked, probs) / (np.sum(marked) + np.sum(probs))


@mistake
def entropy_of_the_pixels(marked, probs):
    """That is the mean cross-entropy of the pixels. The Dice loss divides one sum over
    the picture by another.
    """
    return binary_cross_entropy(marked, probs)


# --- the focal loss --------------------------------------------------------------


def _given(y, p):
    """The probability of the label, as one takes it."""
    return np.where(y == 1, p, 1 - p)


@mistake
def factor_forgotten(y, p, gamma):
    """That is the cross-entropy. The focal loss multiplies each example by
    (1 − p) to the power of `gamma`, with the probability p of its label.
    """
    return binary_cross_entropy(y, p)


@mistake
def only_label_1(y, p, gamma):
    """You took `p` for every example. For the label 0, the probability of what happened
    is 1 − p.
    """
    return mean_focal(np.ones(len(y)), p, gamma)


@mistake
def zeros_left_out(y, p, gamma):
    """Examples with the label 0 pay nothing in your version. They pay, too: there
    the probability of what happened is 1 − p.
    """
    return np.mean(y * (1 - p) ** gamma * -np.log(p))


@mistake
def hard_ones_silenced(y, p, gamma):
    """Your factor is p to the power of `gamma`, so easy examples count and hard ones do
    not. Take 1 − p, with the probability p of the label.
    """
    p = _given(y, p)
    return np.mean(p**gamma * -np.log(p))


@mistake
def factor_of_label_1(y, p, gamma):
    """Your factor takes `1 - p` for every example. For the label 0 it is `p`: one minus
    the probability of what happened.
    """
    return np.mean((1 - p) ** gamma * -np.log(_given(y, p)))


@mistake
def times_gamma(y, p, gamma):
    """You multiplied by `gamma`. It is an exponent of 1 − p."""
    p = _given(y, p)
    return np.mean(gamma * (1 - p) * -np.log(p))


@mistake
def factor_alone(y, p, gamma):
    """That is the mean of the factors. Each multiplies its example's cross-entropy."""
    return np.mean((1 - _given(y, p)) ** gamma)


@mistake
def focal_negative(y, p, gamma):
    """Your loss is negative: the minus in front of the logarithm is missing."""
    return -mean_focal(y, p, gamma)


@mistake
def power_of_the_entropy(y, p, gamma):
    """You took the mean first. The factor belongs to each example, before the mean."""
    loss = binary_cross_entropy(y, p)
    return (1 - np.exp(-loss)) ** gamma * loss


# --- the weight undone -----------------------------------------------------------


@mistake
def probability_divided(p, weight):
    """You divided the probability by the weight. The weight multiplied the odds,
    p / (1 − p): divide these.
    """
    return p / weight


@mistake
def weight_put_on(p, weight):
    """You put the weight on once more. Divide the odds by it."""
    return weight * p / (weight * p + 1 - p)


@mistake
def odds_returned(p, weight):
    """Those are the odds. The probability is the odds over one plus the odds."""
    return p / (1 - p) / weight


@mistake
def logits_returned(p, weight):
    """Those are logits. The sigmoid makes probabilities of them."""
    return np.log(p / (1 - p)) - np.log(weight)


@mistake
def logit_divided(p, weight):
    """You divided the logit. What multiplies the odds is added to the logit: subtract
    the logarithm of the weight.
    """
    return sigmoid(np.log(p / (1 - p)) / weight)


@mistake
def weight_from_the_logit(p, weight):
    """You subtracted the weight from the logit. Subtract its logarithm."""
    return sigmoid(np.log(p / (1 - p)) - weight)


@mistake
def as_it_was(p, weight):
    """You return the probabilities as they are, with the weight still in them."""
    return p + 0 * weight


# --- several tags ----------------------------------------------------------------


@mistake
def softmax_over_tags(tags, logits):
    """You took softmax over the tags. It makes them rivals that share a whole of 1;
    give each tag a sigmoid of its own.
    """
    return -np.mean(np.sum(tags * log_softmax(logits), axis=1))


@mistake
def only_tags_that_apply(tags, logits):
    """Only the tags that apply pay in your version. One that does not apply pays for
    the probability it was given, −log(1 − p).
    """
    return np.mean(np.sum(tags * -np.log(sigmoid(logits)), axis=1))


@mistake
def mean_over_tags_too(tags, logits):
    """You averaged over the tags as well. The losses of an example's tags are added up
    here; the mean is over the examples.
    """
    return loss_of_tags(tags, logits) / tags.shape[1]


@mistake
def tags_and_examples_added(tags, logits):
    """You added up the examples, too. Divide by their number."""
    return loss_of_tags(tags, logits) * len(tags)


@mistake
def mean_over_tags_only(tags, logits):
    """You divided by the number of tags in place of the number of examples: the rows
    are examples.
    """
    return loss_of_tags(tags, logits) * len(tags) / tags.shape[1]


@pattern
def negative_tags(right, tags, logits):
    """Your loss is negative: the minus in front of the logarithms is missing."""
    return -right(tags, logits)


@mistake
def logits_taken_for_labels(tags, logits):
    """You swapped labels and predictions: the truth comes first."""
    return np.mean(
        np.sum(
            -logits * np.log(sigmoid(tags)) - (1 - logits) * np.log(sigmoid(-tags)),
            axis=1,
        )
    )


@mistake
def one_for_each_example(tags, logits):
    """You return one loss for each example. The loss of a data set is one number: their
    mean.
    """
    shape = logits.shape
    each = binary_cross_entropy_from_logits(
        tags.ravel(), logits.ravel(), reduction="none"
    )
    return each.reshape(shape).sum(axis=1)
