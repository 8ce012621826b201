"""Key of the assignment that joins the three losses."""

from functools import partial

import numpy as np

from classroom.checks import Check
from lossbook import hinge
from lossbook.datasets import spambase
from lossbook.exercises.cases import Case, binary_probs, regression, signed_scores
from lossbook.exercises.checkers import FunctionChecker, ValueChecker
from lossbook.exercises.mistakes import Mistake, common


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


def lazy(y, y_new):
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


LOGISTIC_MISTAKES = (
    common.sum_for_mean(logistic_loss),
    common.averaged_twice(logistic_loss),
    common.wrong_sign(logistic_loss),
    Mistake(
        "sign in the power",
        lambda y, scores: logistic_loss(-y, scores),
        "You charge what is right. The minus in the power is missing: a large margin "
        "costs nearly nothing.",
    ),
    Mistake(
        "in bits",
        lambda y, scores: logistic_loss(y, scores) / np.log(2),
        "That is the logarithm to base 2. The natural one, `np.log`, is asked for.",
    ),
    Mistake(
        "overflow",
        lambda y, scores: np.mean(np.log(1 + np.exp(-y * scores))),
        "Right for small scores, but e to the 1,000 overflows. "
        "`np.logaddexp(0, x)` is the logarithm of 1 plus e to the x, for every x.",
    ),
    Mistake(
        "labels 0 and 1",
        lambda y, scores: np.mean(
            np.logaddexp(0, scores) - (y == 1) * scores - (y == -1) * 2 * scores
        ),
        "The labels are taken for 0 and 1. Here they are −1 and +1.",
    ),
    Mistake(
        "hinge",
        lambda y, scores: hinge(y, scores),
        "That is the hinge loss.",
    ),
    Mistake(
        "label ignored",
        lambda y, scores: np.mean(np.logaddexp(0, -scores)),
        "The label is missing: the margin is label times score.",
    ),
)
SLOPE_MISTAKES = (
    common.gradient_of_the_sum(logistic_grad),
    common.wrong_sign(
        logistic_grad,
        "All slopes have the wrong sign. A higher score makes the loss of a label +1 "
        "smaller.",
    ),
    Mistake(
        "slope in the margin",
        lambda y, scores: y * logistic_grad(y, scores),
        "That is the slope in the margin. The score reaches the loss by way of margin "
        "= label times score, so the label stands in front.",
    ),
    Mistake(
        "sigmoid of the margin",
        lambda y, scores: -y / len(y) - logistic_grad(y, scores),
        "The slope holds the probability of what did not happen, the sigmoid of minus "
        "the margin. You took that of what did.",
    ),
    Mistake(
        "overflow",
        lambda y, scores: -y * np.exp(-y * scores) / (1 + np.exp(-y * scores)) / len(y),
        "Right for small scores; for huge ones infinity is divided by infinity. "
        "Divide above and below by the large power.",
    ),
)
DICE_MISTAKES = (
    Mistake(
        "overlap",
        lambda y, p: 1 - soft_dice(y, p),
        "That is the overlap itself, which should be large. The loss is 1 minus it.",
    ),
    Mistake(
        "2 forgotten",
        lambda y, p: (1 + soft_dice(y, p)) / 2,
        "The 2 in front of the overlap is missing: to find all of it exactly must "
        "cost 0.",
    ),
    Mistake(
        "mean of each",
        lambda y, p: np.mean(1 - 2 * y * p / (y + p)),
        "You took one quotient for each example. The sums come first, then one "
        "quotient.",
    ),
    Mistake(
        "union",
        lambda y, p: 1 - (y @ p) / (y.sum() + p.sum() - y @ p),
        "That is the Jaccard loss, intersection over union.",
    ),
    Mistake(
        "squares below",
        lambda y, p: 1 - 2 * (y @ p) / (y.sum() + (p**2).sum()),
        "Some books square the probabilities below the line; here they are not.",
    ),
)
COST_MISTAKES = (
    Mistake(
        "threshold one half",
        lambda y, p, miss, alarm: mean_cost(y, p, miss, alarm, 0.5),
        "You stop a machine above a probability of ½. Where the two mistakes have "
        "different prices, the cheaper decision changes elsewhere.",
    ),
    Mistake(
        "prices swapped",
        lambda y, p, miss, alarm: mean_cost(y, p, alarm, miss),
        "The two prices are swapped: `miss` is paid for a failure that went on.",
    ),
    Mistake(
        "threshold turned",
        lambda y, p, miss, alarm: mean_cost(y, p, miss, alarm, miss / (miss + alarm)),
        "Your threshold is turned round: the dearer it is to miss a failure, the "
        "sooner one stops.",
    ),
    Mistake(
        "sum",
        lambda y, p, miss, alarm: len(y) * mean_cost(y, p, miss, alarm),
        "You added up the costs. Their mean is asked for.",
    ),
    Mistake(
        "wrong share",
        lambda y, p, miss, alarm: np.mean((p > alarm / (miss + alarm)) != (y == 1)),
        "That is the share of wrong decisions. Each has a price.",
    ),
    Mistake(
        "expected by the model",
        lambda y, p, miss, alarm: np.mean(np.minimum(p * miss, (1 - p) * alarm)),
        "That is what the model expects to pay. `y` tells what was really paid.",
    ),
)
LAZY_MISTAKES = (
    Mistake(
        "peeked",
        lambda y, y_new: lazy(y_new, y_new),
        "You took mean and median of `y_new`. A forecast knows only `y`.",
    ),
    Mistake(
        "on the old ones",
        lambda y, y_new: lazy(y, y),
        "You took the losses on `y`. They are asked for on `y_new`.",
    ),
    Mistake(
        "mean twice",
        lambda y, y_new: (lazy(y, y_new)[0], np.mean(abs(y_new - y.mean()))),
        "The absolute error, too, is that of the mean. Of the median it is asked for.",
    ),
    Mistake(
        "median twice",
        lambda y, y_new: (np.mean((y_new - np.median(y)) ** 2), lazy(y, y_new)[1]),
        "The squared error, too, is that of the median. Of the mean it is asked for.",
    ),
    Mistake(
        "root",
        lambda y, y_new: (np.sqrt(lazy(y, y_new)[0]), lazy(y, y_new)[1]),
        "You took the root of the mean squared error.",
    ),
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
            Mistake(name, lambda value=value: value, message)
            for name, value, message in others
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
    "lazy_right": Check(
        "lazy",
        FunctionChecker(
            arguments=("y", "y_new"),
            right=lazy,
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
                "Divide by the spam, not by all mails.",
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
