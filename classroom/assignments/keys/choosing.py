"""Key of the assignment that joins what the course has taught."""

from functools import partial

import numpy as np

from classroom.checks import Check
from lossbook import binary_cross_entropy_from_logits, sigmoid
from lossbook.datasets import spambase
from lossbook.exercises import any_loss
from lossbook.exercises.engine.cases import Case, binary_logits, regression
from lossbook.exercises.engine.checkers import FunctionChecker, ValueChecker
from lossbook.exercises.engine.mistakes import constant, mistake


def at_least_one(y, scores):
    near = np.clip(scores, -40, 700)  # below, the loss is minus the score
    expected = np.exp(near)
    some = np.where(scores < near, -scores, -np.log(-np.expm1(-expected)))
    return np.mean(np.where(y == 1, some, expected))


def at_least_one_grad(y, scores):
    expected = np.exp(
        np.clip(scores, -40, 6)
    )  # beyond, the slope of label 1 is −1 or 0
    some = -expected / np.expm1(expected)
    return np.where(y == 1, some, np.exp(np.minimum(scores, 700))) / len(y)


def kappa_loss(y, y_hat, *, apart=np.square):
    """`apart` gives what two grades are apart."""
    return np.mean(apart(y - y_hat)) / np.mean(apart(np.subtract.outer(y, y_hat)))


def mean_cost(y, p, miss, alarm, look, foreseen=None):
    """What is paid if `foreseen` are the prices by which one decides."""
    if foreseen is None:
        foreseen = (p * miss, (1 - p) * alarm, look + 0 * p)
    paid = (y * miss, (1 - y) * alarm, look + 0 * p)
    return np.mean(np.choose(np.argmin(foreseen, axis=0), paid))


def baselines(y, y_new):
    middle = np.median(y)
    return np.mean((y_new - y.mean()) ** 2), np.mean(abs(y_new - middle))


def _few_failures(rng):
    """Scores small enough that no single machine decides the mean."""
    pairs = [case.inputs for case in binary_logits(rng)]
    return [Case((y, (scores / 3).round(2))) for y, scores in pairs]


def _huge(rng):
    cases = _few_failures(rng)
    for case in cases[2:]:
        y, scores = case.inputs
        y, far = np.append(y, 1), np.append(scores, 1000.0)
        cases.append(Case((y, far), "a score of 1,000 and the label 1"))
        cases.append(Case((y, -far), "a score of −1,000 and the label 1"))
    return cases


def _grades(rng):
    """Mostly 0; some forecasts are off by one grade, some by more."""
    cases = []
    for n in (4, 5, 6, 50):
        y = rng.permutation(np.resize([0, 0, 4, 1, 0, 2, 3], n))
        off = rng.permutation(np.resize([0, 1, -1, 2, 0, 3], n))
        cases.append(Case((y, abs(y - off) % 5)))
    return cases


def _machines(rng):
    """Prices far apart, and for each decision a sound machine and one that fails."""
    prices = [(10.0, 2.0, 1.0), (3.0, 12.0, 1.5), (20.0, 4.0, 2.5), (6.0, 5.0, 1.6)]
    cases = []
    for n, (miss, alarm, look) in zip((6, 7, 8, 60), prices, strict=True):
        low, high = look / miss, 1 - look / alarm  # between the two, somebody looks
        p = np.array([low / 2, (low + high) / 2, (1 + high) / 2]).repeat(2)
        p = np.append(p, rng.uniform(0, 1, n - 6))
        near = np.minimum(abs(p - low), abs(p - high)) < 0.01
        p[near] = (low + high) / 2
        mixed = rng.permutation(n)
        y = np.append([0, 1] * 3, rng.integers(0, 2, n - 6))
        cases.append(Case((y[mixed], p[mixed].round(3), miss, alarm, look)))
    return cases


def _old_and_new(rng):
    cases = []
    for case, n in zip(regression(rng), (2, 4, 1, 5, 30), strict=True):
        y = case.inputs[0]
        y = np.append(y, [y.max() * 4, y.min() / 2])
        cases.append(Case((y.round(1), rng.integers(10, 99, n) / 10)))
    return cases


@mistake
def labels_turned(y, scores):
    """The labels are turned round: 1 is for at least one failure, 0 for none."""
    return at_least_one(1 - y, scores)


@mistake
def in_bits(y, scores):
    """That is the logarithm to base 2. The natural one, `np.log`, is asked for."""
    nats = at_least_one(y, scores)
    straight = np.mean(np.where(y == 1, 0, np.exp(np.minimum(scores, 700))))
    return straight + (nats - straight) / np.log(2)


@mistake
def logarithm_of_zero(y, scores):
    """Infinite for a score of −1,000: there e to the score is 0, and so is what stands
    in the logarithm. For a tiny number u, 1 minus e to the −u is u itself: what is its
    logarithm, if u is e to the score?
    """
    expected = np.exp(scores)
    some = -np.log(-np.expm1(-expected))
    return np.mean(np.where(y == 1, some, expected))


@mistake
def of_the_sigmoid(y, scores):
    """That is the cross-entropy of a sigmoid. Here the probability of a failure is
    another: 1 minus e to the −e to the score.
    """
    return binary_cross_entropy_from_logits(y, scores)


@mistake
def score_for_its_power(y, scores):
    """You took the score for the number of failures that are expected. That is e to the
    score.
    """
    return np.mean(np.where(y == 1, -np.log(-np.expm1(-scores)), scores))


@mistake
def failures_of_all(y, scores):
    """You charge every machine as if it had not failed: the labels are not used."""
    return at_least_one(0 * y, scores)


LOSS_MISTAKES = (
    any_loss.sum_for_mean(at_least_one),
    any_loss.averaged_twice(at_least_one),
    any_loss.wrong_sign(at_least_one),
    labels_turned,
    in_bits,
    logarithm_of_zero,
    of_the_sigmoid,
    score_for_its_power,
    failures_of_all,
)


@mistake
def wrong_sign(*inputs):
    """All slopes have the wrong sign. A higher score makes the loss of a label 1
    smaller.
    """
    return -at_least_one_grad(*inputs)


@mistake
def slope_in_the_number(y, scores):
    """That is the slope in the number of failures, e to the score. The score reaches
    the loss by way of it: multiply by the slope of e to the score.
    """
    return at_least_one_grad(y, scores) / np.exp(scores)


@mistake
def slope_of_the_sigmoid(y, scores):
    """That is the slope of a sigmoid's cross-entropy, probability minus label."""
    return (sigmoid(scores) - y) / len(y)


@mistake
def probability_minus_label(y, scores):
    """Probability minus label is the slope only where a sigmoid has made the
    probability. This one is made in another way: go through the chain rule.
    """
    return (-np.expm1(-np.exp(scores)) - y) / len(y)


@mistake
def nothing_over_nothing(y, scores):
    """Right for small scores; for those of any size, 0 is divided by 0, or infinity by
    infinity. Cut the scores off where nothing changes any more, with `np.clip`.
    """
    expected = np.exp(scores)
    some = -expected / np.expm1(expected)
    return np.where(y == 1, some, expected) / len(y)


SLOPE_MISTAKES = (
    any_loss.gradient_of_the_sum(at_least_one_grad),
    wrong_sign,
    slope_in_the_number,
    slope_of_the_sigmoid,
    probability_minus_label,
    nothing_over_nothing,
)


@mistake
def kappa(y, y_hat):
    """That is kappa itself, which should be large. The loss is 1 minus it."""
    return 1 - kappa_loss(y, y_hat)


@mistake
def not_compared(y, y_hat):
    """That is the mean squared error alone. Divide it by that of all pairs."""
    return np.mean((y - y_hat) ** 2)


@mistake
def sums_divided(y, y_hat):
    """You divided two sums, but below there are n times as many. Take the mean of
    each.
    """
    return kappa_loss(y, y_hat) / len(y)


@mistake
def own_pairs_left_out(y, y_hat):
    """You left out the pairs of a grade with its own forecast. Below, each grade meets
    every forecast.
    """
    return (len(y) - 1) / (len(y) / kappa_loss(y, y_hat) - 1)


@mistake
def grades_among_themselves(y, y_hat):
    """Below, you paired the grades with each other. Each grade meets every forecast."""
    return np.mean((y - y_hat) ** 2) / np.mean(np.subtract.outer(y, y) ** 2)


@mistake
def linear_weights(y, y_hat):
    """You took the differences as they are. They are squared."""
    return kappa_loss(y, y_hat, apart=np.abs)


@mistake
def without_weights(y, y_hat):
    """You count only whether two grades differ. How far they are apart counts, too."""
    return kappa_loss(y, y_hat, apart=lambda d: d != 0)


KAPPA_MISTAKES = (
    kappa,
    not_compared,
    sums_divided,
    own_pairs_left_out,
    grades_among_themselves,
    linear_weights,
    without_weights,
)


@mistake
def never_looked(y, p, miss, alarm, look):
    """Nobody is ever sent to look. Where the model is unsure, that is the cheapest."""
    return mean_cost(y, p, miss, alarm, look, (p * miss, (1 - p) * alarm))


@mistake
def looking_is_free(y, p, miss, alarm, look):
    """Whoever looks finds out, that is right. But to look costs `look`, too."""
    foreseen = np.argmin((p * miss, (1 - p) * alarm, look + 0 * p), axis=0)
    return mean_cost(y, p, miss, alarm, look) - look * np.mean(foreseen == 2)


@mistake
def looking_decides_nothing(y, p, miss, alarm, look):
    """A machine that somebody looks at costs `look` and nothing else: you charge what
    is missed there, too.
    """
    foreseen = np.argmin((p * miss, (1 - p) * alarm, look + 0 * p), axis=0)
    return mean_cost(y, p, miss, alarm, look) + np.mean((foreseen == 2) * y * miss)


@mistake
def prices_swapped(y, p, miss, alarm, look):
    """Two prices are swapped: `miss` is paid for a failure that went on."""
    return mean_cost(y, p, alarm, miss, look)


@mistake
def threshold_one_half(y, p, miss, alarm, look):
    """You stop a machine above a probability of ½. Each decision has its price: take
    the cheapest of three.
    """
    return mean_cost(y, p, miss, alarm, look, (p, 1 - p))


@mistake
def sum_for_mean(y, p, miss, alarm, look):
    """You added up the costs. Their mean is asked for."""
    return len(y) * mean_cost(y, p, miss, alarm, look)


@mistake
def expected_by_the_model(y, p, miss, alarm, look):
    """That is what the model expects to pay. `y` tells what was really paid."""
    return np.mean(np.min((p * miss, (1 - p) * alarm, look + 0 * p), axis=0))


@mistake
def cheapest_afterwards(y, p, miss, alarm, look):
    """You took the cheapest decision for what did happen. One decides before, by the
    probability.
    """
    return 0 * mean_cost(y, p, miss, alarm, look)


COST_MISTAKES = (
    never_looked,
    looking_is_free,
    looking_decides_nothing,
    prices_swapped,
    threshold_one_half,
    sum_for_mean,
    expected_by_the_model,
    cheapest_afterwards,
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


def variant(draw):
    """The numbers of a rule, and what its mistakes cost."""
    return {
        "money": draw.number(1, 4, 0.1),
        "make": draw.number(0.5, 2, 0.1),
        "limit": draw.number(0.1, 0.6, 0.05),
        "alarm": draw.number(5, 20),
        "miss": draw.number(1, 3),
    }


def varied(money, make, limit, alarm, miss):
    """The checks of what the numbers in the data cell lead to."""
    flagged = money * MAILS["freq_money"] + make * MAILS["freq_make"] > limit
    lost, passed = np.mean(flagged & ~SPAM), np.mean(SPAM & ~flagged)
    recall, precision = SPAM[flagged].sum() / SPAM.sum(), SPAM[flagged].mean()
    cost = alarm * lost + miss * passed
    is_accuracy = (
        "accuracy",
        np.mean(flagged == SPAM),
        "That is the share of right decisions.",
    )
    return {
        "recall_right": Check(
            "recall",
            _number(
                recall,
                is_accuracy,
                ("precision", precision, "That is the precision: of what is flagged."),
                (
                    "of all",
                    np.mean(flagged & SPAM),
                    "Divide by the spam, not by all emails.",
                ),
            ),
        ),
        "precision_right": Check(
            "precision",
            _number(
                precision,
                is_accuracy,
                ("recall", recall, "That is the recall: the share of the spam."),
            ),
        ),
        "rule_cost_right": Check(
            "rule_cost",
            _number(
                cost,
                (
                    "prices swapped",
                    miss * lost + alarm * passed,
                    "The two prices are swapped. `alarm` is for an email that is "
                    "flagged and no spam.",
                ),
                ("share", lost + passed, "That is the share of wrong decisions."),
                ("sum", len(SPAM) * cost, "That is the cost of all emails together."),
            ),
        ),
    }


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


_AT_LEAST_ONE = partial(
    FunctionChecker,
    arguments=("y", "scores"),
    right=at_least_one,
    mistakes=LOSS_MISTAKES,
)

CHECKS = {
    "at_least_one_plain": Check("at_least_one", _AT_LEAST_ONE(draw=_few_failures)),
    "at_least_one_huge": Check("at_least_one", _AT_LEAST_ONE(draw=_huge)),
    "at_least_one_grad_right": Check(
        "at_least_one_grad",
        FunctionChecker(
            arguments=("y", "scores"),
            right=at_least_one_grad,
            draw=_huge,
            mistakes=SLOPE_MISTAKES,
        ),
    ),
    "kappa_loss_right": Check(
        "kappa_loss",
        FunctionChecker(
            arguments=("y", "y_hat"),
            right=kappa_loss,
            draw=_grades,
            mistakes=KAPPA_MISTAKES,
        ),
    ),
    "mean_cost_right": Check(
        "mean_cost",
        FunctionChecker(
            arguments=("y", "p", "miss", "alarm", "look"),
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
    **varied(money=2, make=1, limit=0.3, alarm=10, miss=1),
}
