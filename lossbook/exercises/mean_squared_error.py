"""Exercises on the mean squared error: from three numbers to a fitted line."""

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from ..datasets import ames_housing
from ..gradcheck import numerical_gradient
from ..losses import mean_squared_error, mean_squared_error_grad
from .cases import Case, regression
from .checkers import WRITE_HERE, FunctionChecker, ProseChecker, ValueChecker
from .exercise import Exercise
from .mistakes import common, mean_squared_error as known

TOPIC = "mean_squared_error"


def _with_small_errors(rng: Generator) -> list[Case]:
    """One more, in which a loss that is rounded to three digits is far off."""
    y, y_hat = regression(rng)[2].inputs
    near = (y + (y_hat - y) / 100).round(3)
    return [*regression(rng), Case((y, near), "small errors: is it rounded?")]


def _rows_and_columns(rng: Generator) -> list[Case]:
    pairs = [case.inputs for case in regression(rng)]
    columns = [Case((y, y_hat[:, np.newaxis]), "a column") for y, y_hat in pairs]
    return columns + [Case(pair, "a row") for pair in pairs]


def _squares_and_k(rng: Generator) -> list[Case]:
    pairs = [case.inputs for case in regression(rng)]
    return [Case((*pair, k)) for pair, k in zip(pairs, [1, 1, 1, 2, 7], strict=True)]


def _houses_and_rates(rng: Generator) -> list[Case]:
    settings = [(3, 0.1, 1), (3, 0.1, 2), (5, 0.05, 3), (200, 0.1, 40)]
    return [Case((*_some_houses(rng, n), rate, steps)) for n, rate, steps in settings]


def _some_houses(rng: Generator, n: int) -> tuple[NDArray, NDArray]:
    """Living area, shifted and scaled, and price of n houses, in short numbers."""
    houses = ames_housing()
    area, price = houses["living_area_sqft"], houses["price_usd"] / 1000
    rows = rng.choice(len(houses), n, replace=False)
    x = (area[rows] - area.mean()) / area.std()
    return x.round(2), price[rows].round(1)


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
            common.sum_for_mean(mean_squared_error),
            known.met_ones_not_counted(),
            known.absolute_for_square(),
            known.no_square(),
            known.square_of_the_mean(),
            known.root_taken(),
            known.halved(),
            known.maximum_for_mean(),
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
Use NumPy, and no function of `lossbook`.""",
    hints=(
        "Work from the inside out: the errors, their squares, the mean.",
        "`y_hat - y` subtracts entry by entry, `** 2` squares entry by entry, and "
        "`np.mean` makes one number of an array.",
    ),
    checker=FunctionChecker(
        arguments=("y", "y_hat"),
        right=mean_squared_error,
        draw=_with_small_errors,
        mistakes=(
            common.sum_for_mean(mean_squared_error),
            common.divided_by_n_minus_1(mean_squared_error),
            common.averaged_twice(mean_squared_error),
            common.one_for_each(known.squares),
            common.wrong_sign(
                mean_squared_error,
                "Your loss is negative. It is a mean of squares, and those never are: "
                "leave out the minus.",
            ),
            known.absolute_for_square(),
            known.no_square(),
            known.square_of_the_mean(),
            known.difference_of_squares(),
            known.root_taken(),
            known.halved(),
            known.maximum_for_mean(),
            known.every_pair(),
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
            known.root_forgotten(),
            known.root_forgotten(1000),
            known.root_forgotten(1000**2),
            known.halved_for_root(),
            known.unit_under_the_root(),
            known.unit_forgotten(),
            known.absolute_for_square(1000),
            known.root_of_the_sum(1000),
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
        draw=_rows_and_columns,
        mistakes=(
            known.every_pair_of_a_column(),
            known.only_columns(),
            known.sizes_of_any_shape(),
            common.sum_for_mean(lambda y, p: mean_squared_error(y, np.ravel(p))),
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
        right=known.share_of_largest,
        draw=_squares_and_k,
        mistakes=(
            common.percent(known.share_of_largest),
            known.share_not_divided(),
            known.share_of_sizes(),
            known.share_of_the_best(),
            known.share_of_one_side(),
            known.share_in_order(),
            known.share_of_one(),
            known.share_of_the_mean(),
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
   Use NumPy, and no function of `lossbook`.
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
        body=f"""\
derived = ...  # {WRITE_HERE}
measured = ...  # and here, with numerical_gradient
return derived, measured""",
        mistakes=(
            common.in_part(known.two_forgotten(), 0, 2),
            common.in_part(known.slope_in_the_target(), 0, 2),
            common.in_part(common.gradient_of_the_sum(mean_squared_error_grad), 0, 2),
            common.in_part(known.sum_of_the_slopes(), 0, 2),
            common.in_part(known.size_of_the_slope(), 0, 2),
            common.in_part(known.sum_measured(), 1, 2),
            common.in_part(known.measured_in_the_target(), 1, 2),
            common.in_part(known.measured_at_the_target(), 1, 2),
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
        "multiply each of them with its x before you add up.",
        "Find both slopes before you change `w` or `b`.",
    ),
    checker=FunctionChecker(
        arguments=("x", "y", "learning_rate", "steps"),
        right=known.descent(mean_squared_error_grad),
        draw=_houses_and_rates,
        parts=("w", "b"),
        mistakes=(
            known.uphill(),
            known.descent_of_the_sum(),
            known.descent_without_two(),
            known.one_after_the_other("b"),
            known.one_after_the_other("w"),
            known.features_forgotten(),
            known.predicted_once(),
            known.other_steps(
                "one step too few",
                lambda steps: steps - 1,
                "You take one step too few. `range(steps)` counts from 0.",
            ),
            known.other_steps(
                "one step too many",
                lambda steps: steps + 1,
                "You take one step too many. `range(steps)` counts `steps` of them.",
            ),
            known.other_steps(
                "one step only",
                lambda steps: 1,
                "That is where the first step leads. Is `return` inside the loop, or "
                "do `w` and `b` begin at 0 again in each turn?",
            ),
            known.results_swapped(),
        ),
    ),
    remark="Run it on all houses, 100 steps of 0.1: you get the line of this chapter.",
)
