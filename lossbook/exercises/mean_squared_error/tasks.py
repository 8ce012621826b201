"""Exercises on the mean squared error: from three numbers to a fitted line."""

import numpy as np

from ...gradcheck import numerical_gradient
from ...losses import mean_squared_error, mean_squared_error_grad
from .. import any_loss
from ..engine.cases import regression
from ..engine.checkers import (
    DERIVE_AND_MEASURE,
    FunctionChecker,
    ProseChecker,
    ValueChecker,
)
from ..engine.exercise import Exercise
from ..engine.mistakes import in_each_way, in_part
from . import cases, mistakes as known, right

TOPIC = "mean_squared_error"

by_hand = Exercise(
    name="by_hand",
    topic=TOPIC,
    goal="compute",
    level=1,
    title="Three days of weather",
    task="""\
A forecast says 14, 15 and 6 degrees for the next three days.
Then 12, 15 and 9 degrees are measured.

Compute the mean squared error on paper, and write down the number,
with two digits after the point.""",
    hints=(
        "Write down the three errors first: prediction minus target.",
        "The errors are 2, 0 and −3. Square each of them, add up, and divide by the "
        "number of days. A day without an error counts as a day too.",
    ),
    checker=ValueChecker(
        inputs=([12.0, 15.0, 9.0], [14.0, 15.0, 6.0]),
        right=mean_squared_error,
        mistakes=(
            any_loss.sum_for_mean(mean_squared_error),
            known.met_ones_not_counted,
            known.absolute_for_square(1),
            *in_each_way(known.ORDERS, known.no_square, known.difference_of_squares),
            known.square_of_the_mean,
            known.square_of_the_mean_size,
            known.variance,
            known.root_taken,
            known.halved,
            known.maximum_for_mean,
        ),
    ),
    remark="Its unit is squared degrees, which no thermometer shows.",
)

mse = Exercise(
    name="mse",
    topic=TOPIC,
    goal="compute",
    level=1,
    title="The loss in one line",
    task="""\
Write a function that returns the mean squared error of targets `y` and
predictions `y_hat`, two arrays of the same length.
Write out the formula, with NumPy.""",
    hints=(
        "Work from the inside out: the errors, their squares, the mean.",
        "`y_hat - y` subtracts entry by entry, `** 2` squares entry by entry, and "
        "`np.mean` makes one number of an array.",
    ),
    checker=FunctionChecker(
        arguments=("y", "y_hat"),
        right=mean_squared_error,
        draw=cases.with_small_errors,
        mistakes=(
            any_loss.sum_for_mean(mean_squared_error),
            any_loss.divided_by_n_minus_1(mean_squared_error),
            any_loss.averaged_twice(mean_squared_error),
            any_loss.one_for_each(right.squares),
            known.negative,
            known.absolute_for_square(1),
            *in_each_way(known.ORDERS, known.no_square, known.difference_of_squares),
            known.square_of_the_mean,
            known.square_of_the_mean_size,
            known.square_of_the_sum,
            known.variance,
            known.root_taken,
            known.halved,
            known.half_the_sum,
            known.maximum_for_mean,
            known.median_for_mean,
            known.every_pair,
        ),
    ),
    remark="It reads like the formula.",
)

in_dollars = Exercise(
    name="in_dollars",
    topic=TOPIC,
    goal="compute",
    level=2,
    title="How far off, in dollars?",
    task="""\
Prices `y` and predictions `y_hat` are in *thousands* of dollars.
Write a function that returns the root mean squared error in *dollars*.
You may use `mean_squared_error`.""",
    hints=(
        "In which unit is the mean squared error, and in which one is its root?",
        "The root is in thousands of dollars. Multiply after you have taken it.",
    ),
    checker=FunctionChecker(
        arguments=("y", "y_hat"),
        right=lambda y, y_hat: 1000 * mean_squared_error(y, y_hat) ** 0.5,
        draw=regression,
        mistakes=(
            *in_each_way(
                {"": 1, ", times 1000": 1000, ", times a million": 1000**2},
                known.root_forgotten,
            ),
            known.halved_for_root,
            known.unit_under_the_root,
            known.unit_forgotten,
            known.unit_turned_round,
            *in_each_way(
                {", times 1000": 1000, "": 1},
                known.absolute_for_square,
                known.root_of_the_sum,
                known.root_before_the_division,
                known.roots_averaged,
                known.spread_of_the_errors,
            ),
            any_loss.one_for_each(lambda y, p: 1000 * right.squares(y, p)),
        ),
    ),
    remark="This is a number that a seller of houses understands.",
)

any_shape = Exercise(
    name="any_shape",
    topic=TOPIC,
    goal="compute",
    level=2,
    title="A row and a column",
    task="""\
Many models return their predictions as a column.
Write a function that returns the mean squared error of targets `y`, shape (n,),
and predictions `y_hat`, whose shape is either (n,) or (n, 1).
It has to work for a single example too.""",
    hints=(
        "Look at `(y_hat - y).shape` for a column of three predictions and three "
        "targets.",
        "`np.ravel` makes one row of an array of any shape.",
    ),
    checker=FunctionChecker(
        arguments=("y", "y_hat"),
        right=lambda y, y_hat: mean_squared_error(y, np.ravel(y_hat)),
        draw=cases.rows_and_columns,
        mistakes=(
            known.every_pair_of_a_column,
            known.only_columns,
            known.sizes_of_any_shape,
            any_loss.sum_for_mean(lambda y, p: mean_squared_error(y, np.ravel(p))),
            known.column_of_losses,
            any_loss.one_for_each(right.squares),
            known.entry_by_entry,
            known.variance,
            *in_each_way(known.ORDERS, known.no_square),
        ),
    ),
    remark="Now a column can no longer slip in unnoticed.",
)

share_of_the_worst = Exercise(
    name="share_of_the_worst",
    topic=TOPIC,
    goal="outliers",
    level=2,
    title="How much of the loss do the worst hold?",
    task="""\
Write a function that returns which share of the loss, from 0 to 1,
the `k` examples with the largest squared errors hold together.
Then try it on the houses of this chapter: what do the ten worst hold?""",
    hints=(
        "Compute all squared errors, sort them, add up the largest `k`, and divide by "
        "the sum of all.",
        "`np.sort(squares)[-k:]` is the largest `k` of them.",
    ),
    checker=FunctionChecker(
        arguments=("y", "y_hat", "k"),
        right=right.share_of_largest,
        draw=cases.worst_on_either_side,
        mistakes=(
            any_loss.percent(right.share_of_largest),
            known.share_not_divided,
            known.share_of_sizes,
            known.share_of_the_best,
            *in_each_way(known.ORDERS, known.share_of_one_side),
            known.share_in_order,
            known.share_of_one,
            known.share_of_the_mean,
            known.share_of_the_others,
            known.means_for_sums,
        ),
    ),
    remark="Compare the share with k / n: the larger it is, the fewer decide the fit.",
)

why_five_houses = Exercise(
    name="why_five_houses",
    topic=TOPIC,
    goal="outliers",
    level=2,
    title="Explain it to a friend who sells houses",
    task="""\
In this chapter, five houses among nearly three thousand change the price of a
square foot by more than four dollars.

Explain to a friend who sells houses, in about five sentences and without a formula,
why so few can do that, and whether you would leave them out.""",
    hints=(
        "What happens to the loss of one house if its error doubles?",
        "What would you ask about those five sales before you leave them out?",
    ),
    checker=ProseChecker(
        points=(
            "The loss squares each error, so twice as far off counts four times.",
            "A house that is very far off outweighs hundreds that are nearly right, "
            "and pulls the line towards itself.",
            "These five are the largest of all. They stand at the end of the line, "
            "where a pull tilts it most.",
            "Whether to leave them out depends on what they are: mistakes, or houses "
            "of a kind that you will have to price.",
            "A loss that grows more gently is another way out.",
        )
    ),
)

gradient = Exercise(
    name="gradient",
    topic=TOPIC,
    goal="gradient",
    level=3,
    title="Derive, implement and check the gradient",
    task="""\
1. On paper: by how much does the mean squared error of n examples change if the
   prediction of example number $i$ grows a little, and no other?
2. In code: let `derived` hold this slope for each prediction.
   Write out the formula, with NumPy.
3. Check it: let `measured` be the same gradient, found by `numerical_gradient`
   from the loss. Compare the two before you hand in.""",
    hints=(
        "Only one term of the sum contains the prediction of example i. What stands "
        "in front of the sum, 1/n, stays in front of the slope.",
        "The slope of u² is 2u. Here u is the error, and it grows exactly as fast as "
        "the prediction.",
        "`numerical_gradient(f, x)` wants a function of the predictions alone, such "
        "as `lambda p: np.mean((p - y) ** 2)`, and where to measure: `y_hat`.",
    ),
    checker=FunctionChecker(
        arguments=("y", "y_hat"),
        right=lambda y, y_hat: (
            mean_squared_error_grad(y, y_hat),
            numerical_gradient(lambda p: mean_squared_error(y, p), y_hat),
        ),
        draw=regression,
        parts=("derived", "measured"),
        body=DERIVE_AND_MEASURE,
        mistakes=(
            *in_part(
                0,
                2,
                known.two_forgotten,
                known.slope_in_the_target,
                any_loss.gradient_of_the_sum(mean_squared_error_grad),
                known.sum_of_the_slopes,
                known.size_of_the_slope,
                known.loss_for_slope,
                known.slope_of_the_size,
            ),
            *in_part(
                1,
                2,
                known.sum_measured,
                known.measured_in_the_target,
                known.measured_at_the_target,
                known.half_measured,
                known.root_measured,
            ),
        ),
    ),
    remark="Derived and measured agree. Check every gradient that you write like this.",
)

fit_line = Exercise(
    name="fit_line",
    topic=TOPIC,
    goal="train",
    level=3,
    title="Fit a line by gradient descent",
    task="""\
Write a function that fits the line $\\hat y = b + w x$ by gradient descent on the
mean squared error. Start with `w` and `b` at 0, take `steps` steps with the given
learning rate, and return `w, b`. You may use `mean_squared_error_grad`.

It is tried on houses in Ames: `x` is the living area, shifted and scaled, and `y`
the price in thousands of dollars.""",
    hints=(
        "Four things in a loop: predict, find the slope in each prediction, turn "
        "these into the slopes in `w` and in `b`, step.",
        "The slope in `b` is the sum of the slopes in the predictions. For `w`, "
        "multiply each of them by its x before you add up.",
        "Find both slopes before you change `w` or `b`.",
    ),
    checker=FunctionChecker(
        arguments=("x", "y", "learning_rate", "steps"),
        right=right.descent(),
        draw=cases.houses_and_rates,
        parts=("w", "b"),
        mistakes=(
            known.uphill,
            known.descent_of_the_sum,
            known.descent_without_two,
            known.averaged_twice,
            known.averaged_twice_in_w,
            known.averaged_twice_in_b,
            known.b_before_w,
            known.w_before_b,
            known.features_forgotten,
            known.predicted_once,
            known.b_not_moved,
            known.b_not_predicted_with,
            known.started_at_1,
            known.best_line,
            known.one_step_too_few,
            known.one_step_too_many,
            known.one_step_only,
            known.results_swapped,
        ),
    ),
    remark="Run it on all houses, 100 steps of 0.1: you get the line of this chapter.",
)
