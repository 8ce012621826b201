"""Key of the assignment on losses for numbers: pinball and log-cosh."""

from functools import partial

import numpy as np

from classroom.checks import Check
from lossbook.datasets import ames_housing
from lossbook.exercises import any_loss
from lossbook.exercises.engine.cases import Case, regression
from lossbook.exercises.engine.checkers import FunctionChecker, ValueChecker
from lossbook.exercises.engine.mistakes import constant, mistake


def pinball(y, y_hat, tau):
    error = y - y_hat
    return np.mean(np.maximum(tau * error, (tau - 1) * error))


def log_cosh(y, y_hat):
    return np.mean(np.logaddexp(y_hat - y, y - y_hat) - np.log(2))


def log_cosh_grad(y, y_hat):
    return np.tanh(y_hat - y) / len(y)


def fit_line(x, y, learning_rate, steps):
    w = b = 0.0
    for _ in range(steps):
        slope = np.tanh(w * x + b - y) / len(y)
        w, b = w - learning_rate * slope @ x, b - learning_rate * slope.sum()
    return w, b


def _both_sides(rng):
    taus = (0.9, 0.25, 0.5, 0.05, 0.7)
    return [
        Case((*case.inputs, tau))
        for case, tau in zip(regression(rng), taus, strict=True)
    ]


def _one_sided(rng):
    """Predictions all too low, all too high, or all met; small and many."""
    cases = []
    for case, tau in zip(_both_sides(rng), (0.8, 0.8, 0.3, 0.3, 0.95), strict=True):
        y, y_hat, _ = case.inputs
        size = np.abs(y - y_hat)
        cases += [
            Case((y, y - size, tau), "predictions that are all too low"),
            Case((y, y + size, tau), "predictions that are all too high"),
            Case((y, y.copy(), tau), "predictions that are met exactly"),
        ]
    return cases


def _huge(rng):
    cases = regression(rng)
    for sign in (1, -1):
        y, y_hat = cases[2].inputs
        cases.append(Case((y, y_hat + 1000.0 * sign), "errors of about 1,000"))
    return cases


def _lines(rng):
    settings = [(3, 0.1, 1), (4, 0.2, 2), (30, 0.05, 25)]
    cases = []
    for n, rate, steps in settings:
        x = rng.normal(size=n).round(2)
        cases.append(Case((x, (2 * x + 1 + rng.normal(size=n)).round(2), rate, steps)))
    return cases


@mistake
def prices_swapped(y, y_hat, tau):
    """The two prices are swapped: `tau` is paid for what is missing, when the target is
    above the prediction.
    """
    return pinball(y, y_hat, 1 - tau)


@mistake
def one_price(y, y_hat, tau):
    """You charge `tau` on both sides. Too much predicted costs `1 - tau` for each."""
    return tau * np.mean(np.abs(y - y_hat))


PINBALL_MISTAKES = (
    any_loss.sum_for_mean(pinball),
    any_loss.averaged_twice(pinball),
    any_loss.wrong_sign(pinball),
    prices_swapped,
    one_price,
)


@mistake
def in_bits(y, y_hat):
    """That is the logarithm to base 2. The natural one, `np.log`, is asked for."""
    return log_cosh(y, y_hat) / np.log(2)


@mistake
def overflow(y, y_hat):
    """Right for small errors, but `np.cosh` overflows for an error of 1,000. cosh e is
    half of exp(|e|) times (1 + exp(−2|e|)): take the logarithm of that on paper.
    """
    return np.mean(np.log(np.cosh(y_hat - y)))


@mistake
def logarithm_of_the_mean(y, y_hat):
    """You took the mean first and the logarithm then. Each error has a loss of its own;
    average those.
    """
    return np.log(np.mean(np.cosh(y_hat - y)))


LOG_COSH_MISTAKES = (
    any_loss.sum_for_mean(log_cosh),
    any_loss.averaged_twice(log_cosh),
    any_loss.wrong_sign(log_cosh),
    in_bits,
    overflow,
    logarithm_of_the_mean,
)


@mistake
def wrong_sign(*inputs):
    """All slopes have the wrong sign. The loss grows with a prediction that is already
    too high.
    """
    return -log_cosh_grad(*inputs)


@mistake
def sinh_over_cosh(y, y_hat):
    """Right for small errors; for huge ones infinity is divided by infinity. The
    quotient of sinh and cosh has a name of its own.
    """
    return np.sinh(y_hat - y) / np.cosh(y_hat - y) / len(y)


SLOPE_MISTAKES = (
    any_loss.gradient_of_the_sum(log_cosh_grad),
    wrong_sign,
    sinh_over_cosh,
)


@mistake
def uphill(x, y, rate, steps):
    """You step uphill. Subtract the slope."""
    return fit_line(x, y, -rate, steps)


@mistake
def sum_for_mean(x, y, rate, steps):
    """You follow the slope of the summed losses. The loss is their mean."""
    return fit_line(x, y, rate * len(y), steps)


@mistake
def squared_error(x, y, rate, steps):
    """That is the line of the mean squared error. Here the slope of each error is its
    tanh.
    """
    return _fit_squares(x, y, rate, steps)


LINE_MISTAKES = (
    uphill,
    sum_for_mean,
    squared_error,
)


def _fit_squares(x, y, rate, steps):
    w = b = 0.0
    for _ in range(steps):
        slope = 2 * (w * x + b - y) / len(y)
        w, b = w - rate * slope @ x, b - rate * slope.sum()
    return w, b


LOTS = ames_housing()["lot_area_sqft"]
MEAN, MEDIAN, NINETY = LOTS.mean(), np.median(LOTS), np.quantile(LOTS, 0.9)


def _constant(right, *others):
    """A number in square feet, to the nearest 50."""
    return ValueChecker(
        inputs=(LOTS,),
        right=lambda lots: right,
        tolerance=50,
        mistakes=tuple(
            constant(name, value, message) for name, value, message in others
        ),
    )


_IS_MEAN = ("mean", MEAN, "That is the mean. Which loss is it the best constant for?")
_IS_MEDIAN = ("median", MEDIAN, "That is the median. Which loss is it the best for?")
_TENTH = (
    "other side",
    np.quantile(LOTS, 0.1),
    "That is enough for a tenth of the houses only: with `tau = 0.9`, too little is "
    "what costs more.",
)

_PINBALL = partial(
    FunctionChecker,
    arguments=("y", "y_hat", "tau"),
    right=pinball,
    mistakes=PINBALL_MISTAKES,
)
_LOG_COSH = partial(
    FunctionChecker,
    arguments=("y", "y_hat"),
    right=log_cosh,
    mistakes=LOG_COSH_MISTAKES,
)

CHECKS = {
    "pinball_plain": Check("pinball", _PINBALL(draw=_both_sides)),
    "pinball_one_sided": Check("pinball", _PINBALL(draw=_one_sided)),
    "log_cosh_plain": Check("log_cosh", _LOG_COSH(draw=regression)),
    "log_cosh_huge": Check("log_cosh", _LOG_COSH(draw=_huge)),
    "log_cosh_grad_right": Check(
        "log_cosh_grad",
        FunctionChecker(
            arguments=("y", "y_hat"),
            right=log_cosh_grad,
            draw=_huge,
            mistakes=SLOPE_MISTAKES,
        ),
    ),
    "best_squared": Check("best_squared", _constant(MEAN, _IS_MEDIAN)),
    "best_absolute": Check("best_absolute", _constant(MEDIAN, _IS_MEAN)),
    "best_pinball": Check(
        "best_pinball", _constant(NINETY, _IS_MEAN, _IS_MEDIAN, _TENTH)
    ),
    "fit_line_right": Check(
        "fit_line",
        FunctionChecker(
            arguments=("x", "y", "learning_rate", "steps"),
            right=fit_line,
            draw=_lines,
            parts=("w", "b"),
            mistakes=LINE_MISTAKES,
        ),
    ),
}
