"""Exercises on forecasts: two scores, honesty, calibration, order and temperature."""

from ..engine.checkers import FunctionChecker, ProseChecker, ValueChecker
from ..engine.exercise import Exercise
from ..engine.mistakes import in_part
from . import cases, mistakes as known, right

TOPIC = "forecasts"

two_scores = Exercise(
    name="two_scores",
    topic=TOPIC,
    goal="compute",
    level=1,
    title="Two scores of three forecasts",
    task="""\
A forecaster says 80 % for rain on the first day, 30 % on the second and 40 % on the
third. It rains on the first two days; the third is dry.

Write down two numbers, with two digits after the point: the mean Brier score, with one
column, and the mean log score in nats.""",
    hints=(
        "Write down the labels first. For the Brier score, square the difference of "
        "probability and label on each day; for the log score, look for the "
        "probability of what happened.",
        "What happened was given 0.8, 0.3 and 0.6. The Brier score averages the "
        "squares of 0.2, 0.7 and 0.4, the log score averages minus the logarithms.",
    ),
    checker=ValueChecker(
        inputs=([1, 1, 0], [0.8, 0.3, 0.4]),
        right=right.scores,
        parts=("Brier score", "log score"),
        mistakes=(
            *in_part(
                0,
                2,
                known.brier_summed,
                known.brier_of_two_columns,
                known.differences_not_squared,
                known.rooted,
                known.brier_as_if_it_rained,
            ),
            *in_part(
                1,
                2,
                known.log_summed,
                known.log_in_bits,
                known.log_as_if_it_rained,
                known.log_of_wet_days_alone,
                known.log_with_the_sign_of_gain,
            ),
        ),
    ),
    remark="The second day costs most by either score: what happened there was given "
    "least.",
)

expected_brier = Exercise(
    name="expected_brier",
    topic=TOPIC,
    goal="proper",
    level=1,
    title="What she expects to pay",
    task="""\
An event happens with probability `q`. A forecaster says `p`.

Write a function that returns the Brier score, with one column, that she gets on
average. Then try it: is there a `p` that costs less than `q` itself?""",
    hints=(
        "There are two cases. What does she pay in each, and how probable is it?",
        "If it happens, with probability q, she pays the square of 1 − p. Otherwise, "
        "with probability 1 − q, she pays the square of p.",
    ),
    checker=FunctionChecker(
        arguments=("q", "p"),
        right=right.expected,
        draw=cases.beliefs_and_sayings,
        mistakes=(
            known.excess_alone,
            known.beliefs_swapped,
            known.only_if_it_happens,
            known.not_weighed,
            known.cases_swapped,
            known.plain_difference,
            known.honest_whatever_is_said,
        ),
    ),
    remark="It is (p − q)² + q (1 − q): lowest at p = q, and nowhere else.",
)

nearly_zero = Exercise(
    name="nearly_zero",
    topic=TOPIC,
    goal="blind",
    level=1,
    title="An error of nearly zero",
    task="""\
A service sells forecasts of rain. "Our expected calibration error is 0.004", it says,
"and nobody has a lower one."

A friend asks you whether she should buy. Explain in four or five sentences what this
number tells and what it does not, and what you would ask the service for.""",
    hints=(
        "Which forecast, the same on every day, has an expected calibration error of "
        "nearly zero?",
        "What must a forecast have beside calibration, to be of use? Which scores see "
        "both?",
    ),
    checker=ProseChecker(
        points=(
            "Things happen about as often as the service says: that is what the "
            "number tells.",
            "Whoever says the share of wet days on every day has an error of about 0, "
            "and helps nobody: the number does not see sharpness.",
            "It depends on the number of bins and of days, and should be measured on "
            "days that nobody has fitted anything to.",
            "Ask for a proper score, the Brier score or the log score, beside that of "
            "the constant forecast on the same days.",
        )
    ),
)

auc = Exercise(
    name="auc",
    topic=TOPIC,
    goal="blind",
    level=2,
    title="In which order?",
    task="""\
`y` holds 1 for what happened and 0 for what did not, `p` the probabilities that were
given. Both occur in `y`.

Write a function that returns the AUC: of all pairs of one that happened and one that
did not, the share in which the first has the larger probability. A tie counts one
half. Then try it with `p ** 3` in place of `p`.""",
    hints=(
        "Take the probabilities of those that happened, and of the others. Every one "
        "of the first meets every one of the second.",
        "`a[:, None] > b` compares each of `a` with each of `b`. The mean of such a "
        "table is a share; add half of the share of ties.",
    ),
    checker=FunctionChecker(
        arguments=("y", "p"),
        right=right.share_of_pairs,
        draw=cases.pairs,
        mistakes=(
            known.ties_for_nothing,
            known.ties_for_a_win,
            known.pairs_turned_round,
            known.accuracy,
            known.number_of_pairs,
            known.all_pairs,
        ),
    ),
    remark="With p ** 3 the order is the same, and so is the AUC, though every "
    "probability is another one.",
)

cooled = Exercise(
    name="cooled",
    topic=TOPIC,
    goal="temperature",
    level=2,
    title="Cooler heads",
    task="""\
`z` holds logits, a row for each example and a column for each class; `t` is a
temperature above 0.

Write a function that returns the probabilities at this temperature, in the same
shape.""",
    hints=(
        "What is divided by the temperature: logits or probabilities?",
        "Divide the logits, then take the softmax of each row. `lossbook` has one.",
    ),
    checker=FunctionChecker(
        arguments=("z", "t"),
        right=right.at_temperature,
        draw=cases.logits_and_temperatures,
        mistakes=(
            known.multiplied,
            known.temperature_forgotten,
            known.probabilities_divided,
            known.softmax_twice,
            known.not_shared_out,
            known.down_the_columns,
            known.logits_for_probabilities,
        ),
    ),
    remark="The most probable class is the same at every temperature; how sure the "
    "model is of it is not.",
)

ece = Exercise(
    name="ece",
    topic=TOPIC,
    goal="calibration",
    level=3,
    title="The expected calibration error",
    task="""\
`y` holds 1 for what happened and 0 for what did not, `p` the probabilities that were
given, and `bins` says into how many equal parts 0 to 1 is cut. No probability is on a
cut, and none is 0.

Write a function that returns the expected calibration error. Some bins may be
empty.""",
    hints=(
        "For each bin you need three numbers: the mean of what was said, how often it "
        "happened, and how many examples there are.",
        "`np.ceil(p * bins)` numbers the bins from 1. Loop over `np.unique` of that, "
        "so that you meet no empty one.",
        "Of each bin take the size of the difference, times its number of examples. "
        "Divide the sum by the number of all examples.",
    ),
    checker=FunctionChecker(
        arguments=("y", "p", "bins"),
        right=right.weighted_distance,
        draw=cases.forecasts,
        mistakes=(
            known.every_bin_alike,
            known.empty_bins_counted,
            known.distances_squared,
            known.signs_kept,
            known.largest_distance,
            known.middles_of_bins,
            known.each_example_a_bin,
            known.ten_bins,
        ),
    ),
    remark="`lossbook.calibration.expected_calibration_error` does the same.",
)
