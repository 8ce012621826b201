"""Key of the assignment that joins the three losses."""

from functools import partial

import numpy as np

from classroom.checks import Check
from lossbook import hinge
from lossbook.datasets import spambase
from lossbook.exercises import any_loss
from lossbook.exercises.engine.cases import (
    Case,
    binary_probs,
    regression,
    signed_scores,
)
from lossbook.exercises.engine.checkers import FunctionChecker, ValueChecker
from lossbook.exercises.engine.mistakes import constant, mistake


def logistic_loss(y, scores):
    against = -y * scores
    return np.mean(np.maximum(against, 0) + np.log1p(np.exp(-np.abs(against))))


def logistic_grad(y, scores):
    return -y * (1 - np.tanh(y * scores / 2)) / 2 / len(y)


def soft_dice(y, p):
    return 1 - 2 * (y @ p) / (y.sum() + p.sum())


def mean_cost(y, p, miss, alarm, threshold=None):
    if threshold is None:
        threshold = alarm / (miss + alarm)
    stopped = p > threshold
    return np.mean(np.where(stopped, alarm * (1 - y), miss * y))


def baselines(y, y_new):
    middle = np.median(y)
    return np.mean((y_new - y.mean()) ** 2), np.mean(abs(y_new - middle))


def _huge(rng):
    cases = signed_scores(rng)
    for case in signed_scores(rng)[2:]:
        y, scores = case.inputs
        far = scores.copy()
        far[-1] = 1000.0 * y[-1]
        cases.append(Case((y, far), "a score of 1,000 on the right side"))
        cases.append(Case((y, far * y * -y), "a score of 1,000 on the wrong side"))
    return cases


def _overlaps(rng):
    cases = binary_probs(rng)
    for case in cases:
        case.inputs[0][-1] = 1  # of nothing that is true, nothing can be found
    return cases


def _machines(rng):
    """Prices far apart, so that a threshold of one half decides otherwise."""
    prices = [(10.0, 1.0), (1.0, 4.0), (20.0, 2.0), (3.0, 1.0), (50.0, 2.0), (1.0, 9.0)]
    cases = []
    for n, (miss, alarm) in zip((3, 4, 5, 30, 60, 60), prices, strict=True):
        y = rng.permutation(np.resize([0, 1], n))
        limit = alarm / (miss + alarm)
        p = rng.uniform(0, 1, n).round(2)
        # One of each label between the two thresholds, one beyond.
        low, high = sorted((limit, 0.5))
        first = [np.flatnonzero(y == label)[0] for label in (0, 1)]
        p[first] = round((low + high) / 2, 3)
        p[abs(p - limit) < 0.005] = round((low + high) / 2, 3)
        cases.append(Case((y, p, miss, alarm)))
    return cases


def _old_and_new(rng):
    cases = []
    for case, n in zip(regression(rng), (2, 4, 1, 5, 30), strict=True):
        y = case.inputs[0]
        y = np.append(y, [y.max() * 4, y.min() / 2])
        cases.append(Case((y.round(1), rng.integers(10, 99, n) / 10)))
    return cases


@mistake
def sign_in_the_power(y, scores):
    """You charge what is right. The minus in the power is missing: a large margin costs
    nearly nothing.
    """
    return logistic_loss(-y, scores)


@mistake
def in_bits(y, scores):
    """That is the logarithm to base 2. The natural one, `np.log`, is asked for."""
    return logistic_loss(y, scores) / np.log(2)


@mistake
def overflow(y, scores):
    """Right for small scores, but e to the 1,000 overflows. `np.logaddexp(0, x)` is the
    logarithm of 1 plus e to the x, for every x.
    """
    return np.mean(np.log(1 + np.exp(-y * scores)))


@mistake
def labels_0_and_1(y, scores):
    """The labels are taken for 0 and 1. Here they are −1 and +1."""
    return np.mean(np.logaddexp(0, scores) - (y == 1) * scores - (y == -1) * 2 * scores)


@mistake
def hinge_logistic(y, scores):
    """That is the hinge loss."""
    return hinge(y, scores)


@mistake
def label_ignored(y, scores):
    """The label is missing: the margin is label times score."""
    return np.mean(np.logaddexp(0, -scores))


LOGISTIC_MISTAKES = (
    any_loss.sum_for_mean(logistic_loss),
    any_loss.averaged_twice(logistic_loss),
    any_loss.wrong_sign(logistic_loss),
    sign_in_the_power,
    in_bits,
    overflow,
    labels_0_and_1,
    hinge_logistic,
    label_ignored,
)


@mistake
def wrong_sign(*inputs):
    """All slopes have the wrong sign. A higher score makes the loss of a label +1
    smaller.
    """
    return -logistic_grad(*inputs)


@mistake
def slope_in_the_margin(y, scores):
    """That is the slope in the margin. The score reaches the loss by way of margin =
    label times score, so the label stands in front.
    """
    return y * logistic_grad(y, scores)


@mistake
def sigmoid_of_the_margin(y, scores):
    """The slope holds the probability of what did not happen, the sigmoid of minus the
    margin. You took that of what did.
    """
    return -y / len(y) - logistic_grad(y, scores)


@mistake
def overflow_slope(y, scores):
    """Right for small scores; for huge ones infinity is divided by infinity. Divide
    above and below by the large power.
    """
    return -y * np.exp(-y * scores) / (1 + np.exp(-y * scores)) / len(y)


SLOPE_MISTAKES = (
    any_loss.gradient_of_the_sum(logistic_grad),
    wrong_sign,
    slope_in_the_margin,
    sigmoid_of_the_margin,
    overflow_slope,
)


@mistake
def overlap(y, p):
    """That is the overlap itself, which should be large. The loss is 1 minus it."""
    return 1 - soft_dice(y, p)


@mistake
def two_forgotten(y, p):
    """The 2 in front of the overlap is missing: to find all of it exactly must cost
    0.
    """
    return (1 + soft_dice(y, p)) / 2


@mistake
def mean_of_each(y, p):
    """You took one quotient for each example. The sums come first, then one
    quotient.
    """
    return np.mean(1 - 2 * y * p / (y + p))


@mistake
def union(y, p):
    """That is the Jaccard loss, intersection over union."""
    return 1 - (y @ p) / (y.sum() + p.sum() - y @ p)


@mistake
def squares_below(y, p):
    """Some books square the probabilities below the line; here they are not."""
    return 1 - 2 * (y @ p) / (y.sum() + (p**2).sum())


DICE_MISTAKES = (
    overlap,
    two_forgotten,
    mean_of_each,
    union,
    squares_below,
)


@mistake
def threshold_one_half(y, p, miss, alarm):
    """You stop a machine above a probability of ½. Where the two mistakes have
    different prices, the cheaper decision changes elsewhere.
    """
    return mean_cost(y, p, miss, alarm, 0.5)


@mistake
def prices_swapped(y, p, miss, alarm):
    """The two prices are swapped: `miss` is paid for a failure that went on."""
    return mean_cost(y, p, alarm, miss)


@mistake
def threshold_turned(y, p, miss, alarm):
    """Your threshold is turned round: the dearer it is to miss a failure, the sooner
    one stops.
    """
    return mean_cost(y, p, miss, alarm, miss / (miss + alarm))


@mistake
def sum(y, p, miss, alarm):
    """You added up the costs. Their mean is asked for."""
    return len(y) * mean_cost(y, p, miss, alarm)


@mistake
def wrong_share(y, p, miss, alarm):
    """That is the share of wrong decisions. Each has a price."""
    return np.mean((p > alarm / (miss + alarm)) != (y == 1))


@mistake
def expected_by_the_model(y, p, miss, alarm):
    """That is what the model expects to pay. `y` tells what was really paid."""
    return np.mean(np.minimum(p * miss, (1 - p) * alarm))


COST_MISTAKES = (
    threshold_one_half,
    prices_swapped,
    threshold_turned,
    sum,
    wrong_share,
    expected_by_the_model,
)


@mistake
def peeked(y, y_new):
    """You took mean and median of `y_new`. A forecast knows only `y`."""
    return baselines(y_new, y_new)


@mistake
def on_the_old_ones(y, y_new):
    """You took the losses on `y`. They are asked for on `y_new`."""
    return baselines(y, y)


@mistake
def mean_twice(y, y_new):
    """The absolute error, too, is that of the mean. Of the median it is asked for."""
    return (baselines(y, y_new)[0], np.mean(abs(y_new - y.mean())))


@mistake
def median_twice(y, y_new):
    """The squared error, too, is that of the median. Of the mean it is asked for."""
    return (np.mean((y_new - np.median(y)) ** 2), baselines(y, y_new)[1])


@mistake
def root(y, y_new):
    """You took the root of the mean squared error."""
    return (np.sqrt(baselines(y, y_new)[0]), baselines(y, y_new)[1])


LAZY_MISTAKES = (
    peeked,
    on_the_old_ones,
    mean_twice,
    median_twice,
    root,
)

MAILS = spambase()
SPAM = MAILS["is_spam"] == 1
SCORES = 2 * MAILS["freq_money"] + MAILS["freq_make"] - 0.3
FLAGGED = SCORES > 0
LABELS = np.where(SPAM, 1, -1)


def _number(right, *others):
    """A number with three digits after the point."""
    return ValueChecker(
        inputs=(),
        right=lambda: right,
        tolerance=0.0006,
        mistakes=tuple(
            constant(name, value, message) for name, value, message in others
        ),
    )


RECALL, PRECISION = SPAM[FLAGGED].sum() / SPAM.sum(), SPAM[FLAGGED].mean()
ACCURACY = np.mean(FLAGGED == SPAM)
RULE_LOSS = logistic_loss(LABELS, SCORES)
_IS_ACCURACY = ("accuracy", ACCURACY, "That is the share of right decisions.")

_LOGISTIC = partial(
    FunctionChecker,
    arguments=("y", "scores"),
    right=logistic_loss,
    mistakes=LOGISTIC_MISTAKES,
)

CHECKS = {
    "logistic_plain": Check("logistic_loss", _LOGISTIC(draw=signed_scores)),
    "logistic_huge": Check("logistic_loss", _LOGISTIC(draw=_huge)),
    "logistic_grad_right": Check(
        "logistic_grad",
        FunctionChecker(
            arguments=("y", "scores"),
            right=logistic_grad,
            draw=_huge,
            mistakes=SLOPE_MISTAKES,
        ),
    ),
    "soft_dice_right": Check(
        "soft_dice",
        FunctionChecker(
            arguments=("y", "p"),
            right=soft_dice,
            draw=_overlaps,
            mistakes=DICE_MISTAKES,
        ),
    ),
    "mean_cost_right": Check(
        "mean_cost",
        FunctionChecker(
            arguments=("y", "p", "miss", "alarm"),
            right=mean_cost,
            draw=_machines,
            mistakes=COST_MISTAKES,
        ),
    ),
    "baselines_right": Check(
        "baselines",
        FunctionChecker(
            arguments=("y", "y_new"),
            right=baselines,
            draw=_old_and_new,
            parts=("squared", "absolute"),
            mistakes=LAZY_MISTAKES,
        ),
    ),
    "recall_right": Check(
        "recall",
        _number(
            RECALL,
            _IS_ACCURACY,
            ("precision", PRECISION, "That is the precision: of what is flagged."),
            (
                "of all",
                np.mean(FLAGGED & SPAM),
                "Divide by the spam, not by all emails.",
            ),
        ),
    ),
    "precision_right": Check(
        "precision",
        _number(
            PRECISION,
            _IS_ACCURACY,
            ("recall", RECALL, "That is the recall: the share of the spam."),
        ),
    ),
    "rule_loss_right": Check(
        "rule_loss",
        _number(
            RULE_LOSS,
            ("turned", logistic_loss(-LABELS, SCORES), "The labels are turned round."),
            (
                "labels 0 and 1",
                np.mean(np.logaddexp(0, -(SPAM * SCORES))),
                "The labels must be −1 and +1 here, not 0 and 1.",
            ),
        ),
    ),
}
