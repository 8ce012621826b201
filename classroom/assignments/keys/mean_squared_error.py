"""Key of the assignment on losses for numbers: LINEX and pseudo-Huber."""

from functools import partial

import numpy as np

from classroom.checks import Check
from lossbook import huber, huber_grad
from lossbook.datasets import ames_housing
from lossbook.exercises import any_loss
from lossbook.exercises.engine.cases import Case, regression
from lossbook.exercises.engine.checkers import FunctionChecker, ValueChecker
from lossbook.exercises.engine.mistakes import constant, mistake

DELTAS = (1.5, 0.4, 3.0, 0.7, 5.0)


def linex(y, y_hat, a):
    off = a * (y_hat - y)
    return np.mean(np.expm1(off) - off)


def pseudo_huber(y, y_hat, delta):
    error = y_hat - y
    return np.mean(error**2 / (np.hypot(1, error / delta) + 1))


def pseudo_huber_grad(y, y_hat, delta):
    error = y_hat - y
    return error / np.sqrt(1 + (error / delta) ** 2) / len(y)


def fit_line(x, y, delta, learning_rate, steps, grad=pseudo_huber_grad):
    w = b = 0.0
    for _ in range(steps):
        slope = grad(y, w * x + b, delta)
        w, b = w - learning_rate * slope @ x, b - learning_rate * slope.sum()
    return w, b


def _both_sides(rng):
    """Each number `a` with either sign, so that both sides get the dear one."""
    numbers = (0.5, -0.8, 1.2, -0.4, 0.1)
    pairs = zip(regression(rng), numbers, strict=True)
    cases = [Case((*case.inputs, a)) for case, a in pairs]
    return [*cases, *(Case((y, y_hat, -a)) for y, y_hat, a in _inputs(cases))]


def _one_sided(rng):
    """Predictions all too low, all too high, or all met; small and many."""
    cases = []
    for y, y_hat, a in _inputs(_both_sides(rng)[:5]):
        size = np.abs(y - y_hat)
        cases += [
            Case((y, y - size, a), "predictions that are all too low"),
            Case((y, y + size, a), "predictions that are all too high"),
            Case((y, y.copy(), a), "predictions that are met exactly"),
        ]
    return cases


def _with_deltas(rng):
    pairs = zip(regression(rng), DELTAS, strict=True)
    return [Case((*case.inputs, delta)) for case, delta in pairs]


def _huge_deltas(rng):
    """As a whole number: of a decimal the judge would forgive a millionth."""
    cases = _with_deltas(rng)
    few = _inputs(cases)[:-1]  # errors so small that no digit of them is left
    return [*cases, *(Case((y, p, 10**9), "a huge `delta`") for y, p, _ in few)]


def _far_out(rng):
    cases = _with_deltas(rng)
    for sign in (1, -1):
        y, y_hat, delta = cases[2].inputs
        cases.append(Case((y, y_hat + 1000.0 * sign, delta), "errors of about 1,000"))
    return cases


def _lines(rng):
    settings = [(3, 0.6, 0.3, 1), (4, 1.5, 0.2, 2), (30, 0.8, 0.1, 25)]
    cases = []
    for n, delta, rate, steps in settings:
        x = rng.normal(size=n).round(2)
        y = (2 * x + 3 + rng.normal(size=n)).round(2)
        cases.append(Case((x, y, delta, rate, steps)))
    return cases


def _inputs(cases):
    return [case.inputs for case in cases]


@mistake
def sides_swapped(y, y_hat, a):
    """The two sides are swapped. The error is prediction minus target: where `a` is
    above 0, too high is what costs more and more.
    """
    return linex(y, y_hat, -a)


@mistake
def straight_part_forgotten(y, y_hat, a):
    """You left out the straight part, − a d. Without it a prediction that is too low
    would earn something.
    """
    return np.mean(np.expm1(a * (y_hat - y)))


@mistake
def one_forgotten(y, y_hat, a):
    """The − 1 is missing: a prediction that is met exactly must cost 0."""
    return linex(y, y_hat, a) + 1


@mistake
def a_in_the_power_only(y, y_hat, a):
    """`a` stands in the power only. It stands in front of the straight part, too."""
    return linex(y, y_hat, a) + (a - 1) * np.mean(y_hat - y)


@mistake
def of_the_mean_error(y, y_hat, a):
    """You took the mean error first and its loss then, so that errors of both signs
    cancel. Each error has a loss of its own; average those.
    """
    return linex(y.mean(), y_hat.mean(), a)


LINEX_MISTAKES = (
    any_loss.sum_for_mean(linex),
    any_loss.averaged_twice(linex),
    any_loss.wrong_sign(linex),
    sides_swapped,
    straight_part_forgotten,
    one_forgotten,
    a_in_the_power_only,
    of_the_mean_error,
)


@mistake
def digits_lost(y, y_hat, delta):
    """Right for most, but for a huge `delta` all digits are lost: 1 plus a tiny number
    is 1. Multiply above and below by √(…) + 1: the difference becomes a quotient that
    has all its digits.
    """
    return delta**2 * np.mean(np.sqrt(1 + ((y_hat - y) / delta) ** 2) - 1)


@mistake
def plain_huber(y, y_hat, delta):
    """That is the Huber loss itself, with its two pieces."""
    return huber(y, y_hat, delta=delta)


@mistake
def nothing_in_front(y, y_hat, delta):
    """The square of `delta` in front of the bracket is missing."""
    return pseudo_huber(y, y_hat, delta) / delta**2


@mistake
def delta_not_squared(y, y_hat, delta):
    """You multiplied by `delta`. Its square stands in front of the bracket."""
    return pseudo_huber(y, y_hat, delta) / delta


@mistake
def minus_one_forgotten(y, y_hat, delta):
    """The − 1 in the bracket is missing: no error must cost 0."""
    return pseudo_huber(y, y_hat, delta) + delta**2


@mistake
def error_not_divided(y, y_hat, delta):
    """The error below the root is not divided by `delta`."""
    return delta**2 * pseudo_huber(y, y_hat, 1)


@mistake
def root_of_the_mean(y, y_hat, delta):
    """You took the mean of the squares first and the root then. Each error has a loss
    of its own; average those.
    """
    size = np.sqrt(np.mean((y_hat - y) ** 2))
    return pseudo_huber(0, size, delta)


PSEUDO_HUBER_MISTAKES = (
    any_loss.sum_for_mean(pseudo_huber),
    any_loss.averaged_twice(pseudo_huber),
    any_loss.wrong_sign(pseudo_huber),
    digits_lost,
    plain_huber,
    nothing_in_front,
    delta_not_squared,
    minus_one_forgotten,
    error_not_divided,
    root_of_the_mean,
)


@mistake
def wrong_sign(*inputs):
    """All slopes have the wrong sign. The loss grows with a prediction that is already
    too high.
    """
    return -pseudo_huber_grad(*inputs)


@mistake
def of_the_huber(y, y_hat, delta):
    """That is the slope of the Huber loss, which is cut off at `delta`. This one bends
    towards it.
    """
    return huber_grad(y, y_hat, delta=delta)


@mistake
def of_half_the_square(y, y_hat, delta):
    """That is the slope of half the squared error. Below it stands a root."""
    return (y_hat - y) / len(y)


@mistake
def root_forgotten(y, y_hat, delta):
    """The root is missing: what you divide by is still squared."""
    error = y_hat - y
    return error / (1 + (error / delta) ** 2) / len(y)


@mistake
def inner_slope_forgotten(y, y_hat, delta):
    """You went half of the way. What is below the root depends on the prediction as
    well: multiply by its slope.
    """
    return delta**2 / 2 / np.hypot(1, (y_hat - y) / delta) / len(y)


SLOPE_MISTAKES = (
    any_loss.gradient_of_the_sum(pseudo_huber_grad),
    wrong_sign,
    of_the_huber,
    of_half_the_square,
    root_forgotten,
    inner_slope_forgotten,
)


@mistake
def uphill(x, y, delta, rate, steps):
    """You step uphill. Subtract the slope."""
    return fit_line(x, y, delta, -rate, steps)


@mistake
def sum_for_mean(x, y, delta, rate, steps):
    """You follow the slope of the summed losses. The loss is their mean."""
    return fit_line(x, y, delta, rate * len(y), steps)


@mistake
def squared_error(x, y, delta, rate, steps):
    """That is the line of the mean squared error. Here the pull of an error never
    exceeds `delta`.
    """
    return fit_line(x, y, delta, 2 * rate, steps, of_half_the_square.result)


@mistake
def line_of_the_huber(x, y, delta, rate, steps):
    """That is the line of the Huber loss itself."""
    return fit_line(x, y, delta, rate, steps, of_the_huber.result)


LINE_MISTAKES = (
    uphill,
    sum_for_mean,
    squared_error,
    line_of_the_huber,
)


def best_linex(prices, a):
    return -np.log(np.mean(np.exp(-a * prices))) / a


PRICES = ames_housing()["price_usd"] / 1000


def variant(draw):
    """A street of sixty houses, and how dear too high is."""
    prices = draw.some_of(PRICES.tolist(), 60)
    return {"prices": prices, "a": draw.number(0.01, 0.03, 0.005)}


def varied(prices, a):
    """The checks of what stands in the data cell."""
    prices = np.asarray(prices)
    mean, median, best = prices.mean(), np.median(prices), best_linex(prices, a)
    is_mean = "mean", mean, "That is the mean. Which loss is it the best constant for?"
    is_median = "median", median, "That is the median. Which loss is it the best for?"
    other_side = (
        "other side",
        best_linex(prices, -a),
        "That is the best where too low is what costs more and more. With this `a` it "
        "is too high.",
    )
    not_divided = (
        "not divided",
        a * best,
        "That is `a` times the price. Divide by `a` at the end.",
    )
    return {
        "best_squared": Check("best_squared", _constant(mean, is_median)),
        "best_absolute": Check("best_absolute", _constant(median, is_mean)),
        "best_linex": Check(
            "best_linex",
            _constant(best, is_mean, is_median, other_side, not_divided),
        ),
    }


def _constant(right, *others):
    """A number in thousands of dollars, to the nearest thousand."""
    return ValueChecker(
        inputs=(),
        right=lambda: right,
        tolerance=0.6,
        mistakes=tuple(
            constant(name, value, message) for name, value, message in others
        ),
    )


_LINEX = partial(
    FunctionChecker,
    arguments=("y", "y_hat", "a"),
    right=linex,
    mistakes=LINEX_MISTAKES,
)
_PSEUDO_HUBER = partial(
    FunctionChecker,
    arguments=("y", "y_hat", "delta"),
    right=pseudo_huber,
    mistakes=PSEUDO_HUBER_MISTAKES,
)

CHECKS = {
    "linex_plain": Check("linex", _LINEX(draw=_both_sides)),
    "linex_one_sided": Check("linex", _LINEX(draw=_one_sided)),
    "pseudo_huber_plain": Check("pseudo_huber", _PSEUDO_HUBER(draw=_with_deltas)),
    "pseudo_huber_huge": Check("pseudo_huber", _PSEUDO_HUBER(draw=_huge_deltas)),
    "pseudo_huber_grad_right": Check(
        "pseudo_huber_grad",
        FunctionChecker(
            arguments=("y", "y_hat", "delta"),
            right=pseudo_huber_grad,
            draw=_far_out,
            mistakes=SLOPE_MISTAKES,
        ),
    ),
    **varied(PRICES, a=0.02),
    "fit_line_right": Check(
        "fit_line",
        FunctionChecker(
            arguments=("x", "y", "delta", "learning_rate", "steps"),
            right=fit_line,
            draw=_lines,
            parts=("w", "b"),
            mistakes=LINE_MISTAKES,
        ),
    ),
}
