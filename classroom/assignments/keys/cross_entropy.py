"""Key of the assignment on losses for probabilities and counts."""

from functools import partial

import numpy as np

from classroom.checks import Check
from lossbook import cross_entropy_from_logits
from lossbook.datasets import ames_housing
from lossbook.exercises import any_loss
from lossbook.exercises.engine.cases import Case, binary_probs, class_probs
from lossbook.exercises.engine.checkers import FunctionChecker, ValueChecker
from lossbook.exercises.engine.mistakes import mistake

POWERS = (0.5, 1.0, 0.7, 0.2, 0.9)
CANDIDATES = [0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 5.0]


def spherical(y, probs, *, length=lambda row: np.sqrt(row @ row)):
    """The mean of 1 minus a quotient; `length` gives what is divided by."""
    return np.mean([1 - row[c] / length(row) for c, row in zip(y, probs, strict=True)])


def happened(y, p):
    return np.where(y == 1, p, 1 - p)


def generalised(y, p, q):
    with np.errstate(divide="ignore"):
        logs = np.log(happened(y, p))
    return np.mean(-logs if q == 0 else -np.expm1(q * logs) / q)


def poisson_deviance(counts, rates):
    seen = counts > 0
    logs = np.zeros(len(counts))
    logs[seen] = counts[seen] * np.log(counts[seen] / rates[seen])
    return 2 * np.mean(logs - counts + rates)


def poisson_grad(counts, log_rates):
    return (np.exp(log_rates) - counts) / len(counts)


def best_temperature(y, logits, candidates):
    return min(candidates, key=lambda t: cross_entropy_from_logits(y, logits / t))


def _three_and_four_classes(rng):
    return [*class_probs(rng, 3), *class_probs(rng, 4)]


def _half_sure(rng):
    pairs = zip(binary_probs(rng), POWERS, strict=True)
    return [Case((*case.inputs, q)) for case, q in pairs]


def _small(rng):
    """Powers of 0 and close to it, and probabilities of 0 and 1."""
    cases = []
    for case in binary_probs(rng):
        y, p = case.inputs
        wrong = p.copy()
        wrong[-1] = 1 - y[-1]
        cases += [
            Case((y, p, 0.0), "q = 0"),
            Case((y, p, 1e-13), "a very small q"),
            Case((y, y.astype(float), 0.5), "predictions that are right and sure"),
            Case((y, wrong, 0.5), "a prediction that is wrong and sure"),
            Case((y, wrong, 0.0), "q = 0 and a prediction that is wrong and sure"),
        ]
    return cases


def _counts(rng, lowest):
    sizes = (3, 1, 2, 3, 40)
    drawn = [(rng.integers(1, 9, n), rng.integers(5, 60, n) / 10) for n in sizes]
    if lowest == 0:
        for counts, _ in drawn:
            counts[rng.integers(len(counts))] = 0
        return [Case(pair, "counts of 0") for pair in drawn]
    return [Case(pair) for pair in drawn]


def _log_rates(rng):
    pairs = [case.inputs for case in _counts(rng, 0)]
    return [Case((counts, np.log(rates).round(2))) for counts, rates in pairs]


def _unsure_and_too_sure(rng):
    """Logits that were right before they were blown up, or shrunk."""
    cases = []
    for n, k, blown in [(60, 3, 3.0), (80, 4, 0.5), (60, 3, 1.0), (100, 5, 2.0)]:
        logits = rng.normal(size=(n, k)) * 2
        noise = rng.gumbel(size=(n, k))
        y = np.argmax(logits + noise, axis=1)
        cases.append(Case((y, (logits * blown).round(2), CANDIDATES)))
    return cases


BEDROOMS = ames_housing()["bedrooms"]
MEAN = np.full(len(BEDROOMS), BEDROOMS.mean())


@mistake
def divided_by_the_sum(y, probs):
    """You divided by the sum of the row, which is 1. Its length is the root of the sum
    of the squares.
    """
    return spherical(y, probs, length=np.sum)


@mistake
def divided_by_the_squares(y, probs):
    """You divided by the sum of the squares. Take the root first."""
    return spherical(y, probs, length=lambda row: row @ row)


@mistake
def length_of_all(y, probs):
    """You took one length for all rows. Each row has its own: sum over `axis=1`."""
    return spherical(y, probs, length=lambda row: np.sqrt(np.sum(probs**2)))


@mistake
def quotient(y, probs):
    """That is the mean of the quotients, which is large for good predictions. The loss
    is 1 minus the quotient.
    """
    return 1 - spherical(y, probs)


@mistake
def largest_for_label(y, probs):
    """You took the largest probability of each row. The label says which one counts."""
    return spherical(probs.argmax(axis=1), probs)


SPHERICAL_MISTAKES = (
    any_loss.sum_for_mean(spherical),
    any_loss.averaged_twice(spherical),
    any_loss.wrong_sign(spherical),
    divided_by_the_sum,
    divided_by_the_squares,
    length_of_all,
    quotient,
    largest_for_label,
)


@mistake
def cross_entropy(y, p, q):
    """That is the plain cross-entropy, whatever `q` is."""
    return generalised(y, p, 0)


@mistake
def certainty(y, p, q):
    """That is 1 minus the probability, whatever `q` is."""
    return generalised(y, p, 1)


@mistake
def not_divided_by_q(y, p, q):
    """You left out to divide by `q`. Without it the loss vanishes where `q` does."""
    return q * generalised(y, p, q)


@mistake
def q_as_a_factor(y, p, q):
    """You multiplied by `q`. It is a power, `**`."""
    return np.mean((1 - q * happened(y, p)) / q)


@mistake
def label_ignored(y, p, q):
    """You take every label for 1. For a label 0, what happened has the probability 1 −
    p.
    """
    return generalised(np.ones(len(y)), p, q)


@mistake
def digits_lost(y, p, q):
    """Right for most, but for `q = 0` it is 0 divided by 0, and for a tiny `q` the
    digits are lost: p to the q is too close to 1. It is e to the q log p, and
    `np.expm1(x)` is e to the x, minus 1, with all its digits.
    """
    return np.mean((1 - happened(y, p) ** q) / q)


@mistake
def digits_lost_limit_seen(y, p, q):
    """Right for `q = 0`, but for a tiny `q` the digits are lost: p to the q is too
    close to 1. It is e to the q log p, and `np.expm1(x)` is e to the x, minus 1, with
    all its digits.
    """
    return generalised(y, p, 0) if q == 0 else np.mean((1 - happened(y, p) ** q) / q)


GENERALISED_MISTAKES = (
    any_loss.sum_for_mean(generalised),
    any_loss.averaged_twice(generalised),
    any_loss.wrong_sign(generalised),
    cross_entropy,
    certainty,
    not_divided_by_q,
    q_as_a_factor,
    label_ignored,
    digits_lost,
    digits_lost_limit_seen,
)


@mistake
def half(counts, rates):
    """That is half of it. The deviance has a 2 in front."""
    return poisson_deviance(counts, rates) / 2


@mistake
def swapped(counts, rates):
    """You swapped counts and rates. The counts come first: they are what happened."""
    return 2 * np.mean(rates * np.log(rates / counts) - (rates - counts))


@mistake
def log_of_zero(counts, rates):
    """NaN where a count is 0: 0 times the logarithm of 0. Such a count adds only its
    rate; leave the logarithm out there.
    """
    return 2 * np.mean(counts * np.log(counts / rates) - (counts - rates))


@mistake
def second_part_forgotten(counts, rates):
    """You left out the second part, counts minus rates."""
    return poisson_deviance(counts, rates) + 2 * np.mean(counts - rates)


DEVIANCE_MISTAKES = (
    any_loss.sum_for_mean(poisson_deviance),
    any_loss.averaged_twice(poisson_deviance),
    any_loss.wrong_sign(poisson_deviance),
    half,
    swapped,
    log_of_zero,
    second_part_forgotten,
)


@mistake
def rate_for_log_rate(counts, z):
    """That is the slope in the rate. Here it is taken in its logarithm z: the slope of
    e to the z is e to the z itself.
    """
    return (1 - counts / np.exp(z)) / len(counts)


@mistake
def not_raised(counts, z):
    """You subtract the counts from the log rates. The rate is e to the z."""
    return (z - counts) / len(counts)


@mistake
def of_the_deviance(counts, z):
    """That is the slope of the deviance. Half of it is asked for: leave out the 2."""
    return 2 * poisson_grad(counts, z)


SLOPE_MISTAKES = (
    any_loss.gradient_of_the_sum(poisson_grad),
    any_loss.wrong_sign(poisson_grad),
    rate_for_log_rate,
    not_raised,
    of_the_deviance,
)


@mistake
def multiplied(y, z, ts):
    """You multiplied the logits by the temperature. They are divided by it."""
    return min(ts, key=lambda t: cross_entropy_from_logits(y, z * t))


@mistake
def largest_loss(y, z, ts):
    """That is the temperature with the largest loss."""
    return max(ts, key=lambda t: cross_entropy_from_logits(y, z / t))


@mistake
def loss_for_temperature(y, z, ts):
    """You return the smallest loss. The temperature that gives it is asked for."""
    return min(cross_entropy_from_logits(y, z / t) for t in ts)


@mistake
def its_number(y, z, ts):
    """You return the number of the candidate. Return the candidate itself."""
    return ts.index(best_temperature(y, z, ts))


TEMPERATURE_MISTAKES = (
    multiplied,
    largest_loss,
    loss_for_temperature,
    its_number,
)


@mistake
def half_of_it(counts, rates):
    """That is half of it."""
    return poisson_deviance(counts, rates) / 2


@mistake
def of_the_median(counts, rates):
    """That is the deviance of the median. Give every house the mean."""
    return poisson_deviance(counts, np.full(len(counts), np.median(counts)))


@mistake
def sum_over_houses(counts, rates):
    """That is the sum over all houses. Their mean is asked for."""
    return len(counts) * poisson_deviance(counts, rates)


@mistake
def squared_error(counts, rates):
    """That is the mean squared error. The deviance is asked for."""
    return np.mean((counts - rates) ** 2)


MEAN_MISTAKES = (half_of_it, of_the_median, sum_over_houses, squared_error)

_SPHERICAL = partial(
    FunctionChecker,
    arguments=("y", "probs"),
    right=spherical,
    mistakes=SPHERICAL_MISTAKES,
)
_GENERALISED = partial(
    FunctionChecker,
    arguments=("y", "p", "q"),
    right=generalised,
    mistakes=GENERALISED_MISTAKES,
)
_DEVIANCE = partial(
    FunctionChecker,
    arguments=("counts", "rates"),
    right=poisson_deviance,
    mistakes=DEVIANCE_MISTAKES,
)

CHECKS = {
    "spherical_right": Check("spherical", _SPHERICAL(draw=_three_and_four_classes)),
    "generalised_plain": Check("generalised", _GENERALISED(draw=_half_sure)),
    "generalised_small": Check("generalised", _GENERALISED(draw=_small)),
    "deviance_plain": Check(
        "poisson_deviance",
        _DEVIANCE(draw=lambda rng: _counts(rng, 1)),
    ),
    "deviance_zero": Check(
        "poisson_deviance",
        _DEVIANCE(draw=lambda rng: _counts(rng, 0)),
    ),
    "poisson_grad_right": Check(
        "poisson_grad",
        FunctionChecker(
            arguments=("counts", "log_rates"),
            right=poisson_grad,
            draw=_log_rates,
            mistakes=SLOPE_MISTAKES,
        ),
    ),
    "temperature_right": Check(
        "best_temperature",
        FunctionChecker(
            arguments=("y", "logits", "candidates"),
            right=best_temperature,
            draw=_unsure_and_too_sure,
            mistakes=TEMPERATURE_MISTAKES,
        ),
    ),
    "deviance_of_the_mean_right": Check(
        "deviance_of_the_mean",
        ValueChecker(
            inputs=(BEDROOMS, MEAN),
            right=poisson_deviance,
            tolerance=0.0006,
            mistakes=MEAN_MISTAKES,
        ),
    ),
}
