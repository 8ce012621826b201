"""Key of the assignment on losses for probabilities and counts."""

from functools import partial

import numpy as np

from classroom.checks import Check
from lossbook import cross_entropy
from lossbook.datasets import spambase
from lossbook.exercises import any_loss
from lossbook.exercises.engine.cases import Case, binary_probs, class_probs
from lossbook.exercises.engine.checkers import FunctionChecker, ValueChecker
from lossbook.exercises.engine.mistakes import mistake

POWERS = (0.5, 1.0, 0.7, 0.2, 0.9)
DISPERSIONS = (0.5, 2.0, 0.2, 1.5, 0.8)
SHARES = [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0]


def spherical(y, probs, *, length=lambda row: np.sqrt(row @ row)):
    """The mean of 1 minus a quotient; `length` gives what is divided by."""
    return np.mean([1 - row[c] / length(row) for c, row in zip(y, probs, strict=True)])


def happened(y, p):
    return np.where(y == 1, p, 1 - p)


def generalised(y, p, q):
    with np.errstate(divide="ignore"):
        logs = np.log(happened(y, p))
    return np.mean(-logs if q == 0 else -np.expm1(q * logs) / q)


def deviance(counts, rates, a, *, spread=lambda a: 1 / a):
    """The mean deviance; `spread` gives what is added to each count."""
    seen = counts > 0
    logs = np.zeros(len(counts))
    logs[seen] = counts[seen] * np.log(counts[seen] / rates[seen])
    widened = np.log1p(a * counts) - np.log1p(a * rates)
    return 2 * np.mean(logs - (counts + spread(a)) * widened)


def deviance_grad(counts, log_rates, a):
    rates = np.exp(log_rates)
    return ((1 + a * counts) * rates / (1 + a * rates) - counts) / len(counts)


def mixed(first, second, shares):
    """The mixed probabilities, one row of them for each share."""
    t = np.reshape(shares, (-1, *np.ones(first.ndim, int)))
    return t * first + (1 - t) * second


def best_share(y, first, second, shares):
    return shares[np.argmin(_losses(y, first, second, shares))]


def _losses(y, first, second, shares):
    rows = np.arange(len(y))
    happened = mixed(first[rows, y], second[rows, y], shares)
    return -np.log(happened).mean(axis=1)


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
    drawn = [
        (rng.integers(1, 9, n), rng.integers(5, 60, n) / 10, a)
        for n, a in zip(sizes, DISPERSIONS, strict=True)
    ]
    if lowest == 0:
        for counts, *_ in drawn:
            counts[rng.integers(len(counts))] = 0
        return [Case(inputs, "counts of 0") for inputs in drawn]
    return [Case(inputs) for inputs in drawn]


def _log_rates(rng):
    drawn = [case.inputs for case in _counts(rng, 0)]
    return [Case((counts, np.log(rates).round(2), a)) for counts, rates, a in drawn]


def _two_forecasters(rng):
    """Each knows something of its own, the one more than the other."""
    return [_held_out(rng, *one) for one in ((60, 3, 0.8), (80, 4, 0.2), (70, 3, 0.7))]


def _held_out(rng, n, k, share):
    """Drawn until no rounding turns the order, and no two mistakes find the same."""
    while True:
        first, second = (_sure_rows(rng, n, k) for _ in range(2))
        below = mixed(first, second, share)[0].cumsum(axis=1) < rng.random((n, 1))
        inputs = (below.sum(axis=1).clip(max=k - 1), first, second, SHARES)
        lowest, next_ = np.sort(_losses(*inputs))[:2]
        found = {one.result(*inputs) for one in SHARE_MISTAKES} | {best_share(*inputs)}
        if next_ - lowest > 1e-3 and len(found) > len(SHARE_MISTAKES):
            return Case(inputs)


def _sure_rows(rng, n, k):
    """Rows of hundredths that sum to 1, most of them sure of one class."""
    shares = rng.dirichlet(np.full(k, 0.4), n)
    return (rng.multinomial(100 - 2 * k, shares) + 2) / 100


CAPITALS = spambase()["capital_run_total"]


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
def plain_cross_entropy(y, p, q):
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
    plain_cross_entropy,
    certainty,
    not_divided_by_q,
    q_as_a_factor,
    label_ignored,
    digits_lost,
    digits_lost_limit_seen,
)


@mistake
def half(counts, rates, a):
    """That is half of it. The deviance has a 2 in front."""
    return deviance(counts, rates, a) / 2


@mistake
def swapped(counts, rates, a):
    """You swapped counts and rates. The counts come first: they are what happened."""
    return deviance(rates, counts, a)


@mistake
def log_of_zero(counts, rates, a):
    """NaN where a count is 0: 0 times the logarithm of 0. Such a count has the second
    part only; leave the logarithm of the first out there.
    """
    lost = np.where(counts == 0, np.nan, 0)
    return deviance(counts, rates, a) + np.mean(lost)


@mistake
def second_part_forgotten(counts, rates, a):
    """You left out the second part, in which the dispersion stands."""
    seen = np.maximum(counts, 1)
    return 2 * np.mean(counts * np.log(seen / rates))


@mistake
def poisson(counts, rates, a):
    """That is the Poisson deviance, whatever the dispersion is: for a spread by chance
    alone.
    """
    seen = np.maximum(counts, 1)
    return 2 * np.mean(counts * np.log(seen / rates) - counts + rates)


@mistake
def dispersion_not_inverted(counts, rates, a):
    """You added the dispersion to the counts. It is 1 divided by it."""
    return deviance(counts, rates, a, spread=lambda a: a)


@mistake
def nothing_added(counts, rates, a):
    """The second logarithm is multiplied by the counts alone. Add 1/a to them."""
    return deviance(counts, rates, a, spread=lambda a: 0)


DEVIANCE_MISTAKES = (
    any_loss.sum_for_mean(deviance),
    any_loss.averaged_twice(deviance),
    any_loss.wrong_sign(deviance),
    half,
    swapped,
    log_of_zero,
    second_part_forgotten,
    poisson,
    dispersion_not_inverted,
    nothing_added,
)


@mistake
def rate_for_log_rate(counts, z, a):
    """That is the slope in the rate. Here it is taken in its logarithm z: the slope of
    e to the z is e to the z itself.
    """
    return deviance_grad(counts, z, a) / np.exp(z)


@mistake
def not_raised(counts, z, a):
    """You took the log rates for rates. The rate is e to the z."""
    return (z - counts) / (1 + a * z) / len(counts)


@mistake
def of_the_deviance(counts, z, a):
    """That is the slope of the deviance. Half of it is asked for: leave out the 2."""
    return 2 * deviance_grad(counts, z, a)


@mistake
def without_dispersion(counts, z, a):
    """The dispersion is missing: the slope of the logarithm of 1 + a e to the z has
    1 + a e to the z below.
    """
    return (np.exp(z) - counts) / len(counts)


@mistake
def inner_a_forgotten(counts, z, a):
    """In the slope of the logarithm an `a` got lost: what is inside of it, 1 + a e to
    the z, has the slope a e to the z.
    """
    rates = np.exp(z)
    return ((counts + 1 / a) * rates / (1 + a * rates) - counts) / len(counts)


SLOPE_MISTAKES = (
    any_loss.gradient_of_the_sum(deviance_grad),
    any_loss.wrong_sign(deviance_grad),
    rate_for_log_rate,
    not_raised,
    of_the_deviance,
    without_dispersion,
    inner_a_forgotten,
)


@mistake
def shares_swapped(y, first, second, ts):
    """You gave the share to the second model. It is that of the first."""
    return best_share(y, second, first, ts)


@mistake
def losses_mixed(y, first, second, ts):
    """You mixed the two losses, which is best with one model alone. Mix the
    probabilities, and then take the loss.
    """
    mine, theirs = cross_entropy(y, first), cross_entropy(y, second)
    return ts[np.argmin(mixed(np.array(mine), np.array(theirs), ts))]


@mistake
def logarithms_mixed(y, first, second, ts):
    """You mixed the logarithms of the probabilities, or the logits. Mix the
    probabilities themselves.
    """
    logs = mixed(np.log(first), np.log(second), ts)
    rows = np.exp(logs) / np.exp(logs).sum(axis=2, keepdims=True)
    return ts[np.argmax(np.log(rows[:, np.arange(len(y)), y]).mean(axis=1))]


@mistake
def most_right_answers(y, first, second, ts):
    """You counted right answers. How sure the mixed model is counts, too: take the
    cross-entropy.
    """
    right = np.mean(mixed(first, second, ts).argmax(axis=2) == y, axis=1)
    return ts[np.argmax(right)]


@mistake
def largest_loss(y, first, second, ts):
    """That is the share with the largest loss."""
    return ts[np.argmax(_losses(y, first, second, ts))]


@mistake
def loss_for_share(y, first, second, ts):
    """You return the smallest loss. The share that gives it is asked for."""
    return min(_losses(y, first, second, ts))


@mistake
def its_number(y, first, second, ts):
    """You return the number of the candidate. Return the candidate itself."""
    return np.argmin(_losses(y, first, second, ts))


SHARE_MISTAKES = (
    shares_swapped,
    losses_mixed,
    logarithms_mixed,
    most_right_answers,
    largest_loss,
    loss_for_share,
    its_number,
)


@mistake
def half_of_it(counts, rates, a):
    """That is half of it."""
    return deviance(counts, rates, a) / 2


@mistake
def of_the_median(counts, rates, a):
    """That is the deviance of the median. Give every email the mean."""
    return deviance(counts, np.full(len(counts), np.median(counts)), a)


@mistake
def sum_over_emails(counts, rates, a):
    """That is the sum over all emails. Their mean is asked for."""
    return len(counts) * deviance(counts, rates, a)


@mistake
def of_poisson(counts, rates, a):
    """That is the Poisson deviance. It knows no dispersion, and capitals come in
    bursts: look how large the number is.
    """
    return poisson.result(counts, rates, a)


@mistake
def squared_error(counts, rates, a):
    """That is the mean squared error. The deviance is asked for."""
    return np.mean((counts - rates) ** 2)


MEAN_MISTAKES = (
    half_of_it,
    of_the_median,
    sum_over_emails,
    of_poisson,
    squared_error,
)

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
    arguments=("counts", "rates", "a"),
    right=deviance,
    mistakes=DEVIANCE_MISTAKES,
)


def variant(draw):
    """A hundred emails, and how far counts may spread."""
    capitals = draw.some_of(CAPITALS.tolist(), 100)
    return {"capitals": capitals, "dispersion": draw.number(0.5, 2, 0.25)}


def varied(capitals, dispersion):
    """The check of what stands in the data cell."""
    capitals = np.asarray(capitals)
    rates = np.full(len(capitals), capitals.mean())
    return {
        "deviance_of_the_mean_right": Check(
            "deviance_of_the_mean",
            ValueChecker(
                inputs=(capitals, rates, dispersion),
                right=deviance,
                tolerance=0.0006,
                mistakes=MEAN_MISTAKES,
            ),
        ),
    }


CHECKS = {
    "spherical_right": Check("spherical", _SPHERICAL(draw=_three_and_four_classes)),
    "generalised_plain": Check("generalised", _GENERALISED(draw=_half_sure)),
    "generalised_small": Check("generalised", _GENERALISED(draw=_small)),
    "deviance_plain": Check("deviance", _DEVIANCE(draw=lambda rng: _counts(rng, 1))),
    "deviance_zero": Check("deviance", _DEVIANCE(draw=lambda rng: _counts(rng, 0))),
    "deviance_grad_right": Check(
        "deviance_grad",
        FunctionChecker(
            arguments=("counts", "log_rates", "a"),
            right=deviance_grad,
            draw=_log_rates,
            mistakes=SLOPE_MISTAKES,
        ),
    ),
    "share_right": Check(
        "best_share",
        FunctionChecker(
            arguments=("y", "first", "second", "candidates"),
            right=best_share,
            draw=_two_forecasters,
            mistakes=SHARE_MISTAKES,
        ),
    ),
    **varied(CAPITALS, dispersion=1),
}
