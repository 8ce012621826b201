"""Exercises on quantiles, spread and counts: a level, two losses, a claim, advice."""

from ...losses import poisson_deviance, quantile
from .. import any_loss
from ..engine.checkers import FunctionChecker, ProseChecker, ValueChecker
from ..engine.exercise import Exercise
from . import cases, mistakes as known, right

TOPIC = "numbers"

levels = Exercise(
    name="levels",
    topic=TOPIC,
    goal="level",
    level=1,
    title="Three prices, three levels",
    task="""\
Each of three people needs one number, and a miss costs them differently.

1. A courier promises a time of arrival. A minute late costs three times a minute early.
2. You leave time for the way to the train. Each minute too few costs nine times a
   minute too many.
3. A baker plans loaves. One that is missing costs a quarter of one too many.

At which level is the quantile loss to be trained for each? Write down three numbers,
in this order.""",
    hints=(
        "Which side is too low? A promise is too low if the truth is above it.",
        "The level is the price of a unit too low, and 1 minus the level that of one "
        "too high. Their ratio is 3, 9, and one quarter.",
    ),
    checker=ValueChecker(
        inputs=(3.0, 9.0, 0.25),
        right=lambda *ratios: tuple(map(right.level, ratios)),
        parts=("courier", "train", "baker"),
        mistakes=(known.sides_swapped, known.ratio_itself, known.missing_from_one),
    ),
    remark="The level is also the share of the days on which the answer is enough.",
)

mean_quantile_loss = Exercise(
    name="mean_quantile_loss",
    topic=TOPIC,
    goal="compute",
    level=1,
    title="The quantile loss in one line",
    task="""\
Write a function that returns the mean quantile loss of the targets `y` and the
predictions `y_hat`, two arrays of the same length, at a `level` between 0 and 1.
Write out the formula, with NumPy.""",
    hints=(
        "Begin with the errors: target minus prediction.",
        "Of `level * r` and `(level - 1) * r` the larger one is the loss. "
        "`np.maximum` compares two arrays entry by entry.",
    ),
    checker=FunctionChecker(
        arguments=("y", "y_hat", "level"),
        right=lambda y, y_hat, level: quantile(y, y_hat, level=level),
        draw=cases.with_levels,
        mistakes=(
            any_loss.sum_for_mean(lambda y, p, t: quantile(y, p, level=t)),
            any_loss.averaged_twice(lambda y, p, t: quantile(y, p, level=t)),
            any_loss.one_for_each(
                lambda y, p, t: quantile(y, p, level=t, reduction="none")
            ),
            known.level_for_high,
            known.level_forgotten,
            known.one_side_free,
            known.smaller_for_larger,
            known.sign_of_the_other_side,
        ),
    ),
    remark="Two straight lines, and the larger of them. At level 0.5 it is half the "
    "absolute error.",
)

mean_deviance = Exercise(
    name="mean_deviance",
    topic=TOPIC,
    goal="counts",
    level=2,
    title="A deviance that knows about empty hours",
    task="""\
In `y` are counts, some of them 0, and in `rates` the rates that a model predicts for
them, all above 0. Write a function that returns the mean Poisson deviance.
Write out the formula, with NumPy.""",
    hints=(
        "Write the formula down first. Then ask what it gives for a count of 0.",
        "0 times the logarithm of 0 is NaN in NumPy, and should be 0. Give the "
        "logarithm a 1 wherever the count is 0, with `np.where`.",
    ),
    checker=FunctionChecker(
        arguments=("y", "rates"),
        right=poisson_deviance,
        draw=cases.counts_and_rates,
        mistakes=(
            any_loss.sum_for_mean(poisson_deviance),
            any_loss.averaged_twice(poisson_deviance),
            any_loss.one_for_each(
                lambda y, rates: poisson_deviance(y, rates, reduction="none")
            ),
            known.rates_for_counts,
            known.two_forgotten,
            known.first_term_only,
            known.other_terms_turned_round,
            known.squares_over_rates,
            known.zeros_lost,
            known.zeros_left_out,
        ),
    ),
    remark="An hour in which nothing came costs twice the rate that was predicted.",
)

share_inside = Exercise(
    name="share_inside",
    topic=TOPIC,
    goal="spread",
    level=2,
    title="Does the plus or minus hold?",
    task="""\
A model predicts for each target a mean and the *logarithm* of a variance, in the arrays
`mean` and `log_variance`. Write a function that returns which share of the targets `y`
lies within 2 standard deviations of its mean.""",
    hints=(
        "What is the standard deviation, if the logarithm of the variance is 0?",
        "The standard deviation is the root of the variance: the exponential of half "
        "the logarithm. Compare the size of each error with twice that. Take the mean.",
    ),
    checker=FunctionChecker(
        arguments=("y", "mean", "log_variance"),
        right=right.inside(),
        draw=cases.claims,
        mistakes=(
            any_loss.percent(right.inside()),
            known.one_deviation,
            known.variance_for_deviation,
            known.logarithm_for_deviation,
            known.root_of_the_logarithm,
            known.below_only,
            known.outside,
            known.counted,
        ),
    ),
    remark="About 0.95 is what one hopes for. Less, and the model claims too much.",
)

what_to_do = Exercise(
    name="what_to_do",
    topic=TOPIC,
    goal="leverage",
    level=2,
    title="Advise an estate agent",
    task="""\
An estate agent fits a line that predicts the price of a house from its area. Three
prices have a zero too many. One area has three zeros too many. And houses that nobody
wanted were never entered. "I take the absolute error", the agent says, "so that does
not matter."

What do you answer, in about five sentences?""",
    hints=(
        "Which of the three is wrong in the target, and which in a feature?",
        "What is the slope in a weight multiplied by?",
    ),
    checker=ProseChecker(
        points=(
            "The wrong prices are targets: a loss with a bounded slope limits their "
            "pull.",
            "The wrong area is a feature. In its weight the slope is multiplied by the "
            "area, so one house can flatten the line under any loss.",
            "Against it helps looking at both ends of the sorted areas, and mending or "
            "cutting them at what is possible.",
            "Houses that were never entered cannot be learned from, whatever the loss.",
        )
    ),
)
