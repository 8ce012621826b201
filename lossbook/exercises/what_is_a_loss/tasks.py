"""Exercises on losses in general: a mean, a step, a rate, and slopes backwards."""

from ...losses import mean_absolute_error, mean_squared_error
from ..engine.checkers import FunctionChecker, ProseChecker, ValueChecker
from ..engine.exercise import Exercise
from ..engine.mistakes import in_each_way, in_part
from . import cases, mistakes as known, right
from .right import RATES, STEPS, losses_over_steps

TOPIC = "what_is_a_loss"


def _runs_as_table() -> str:
    head = [f"| step | {' | '.join(map(str, range(STEPS + 1)))} |"]
    rule = ["|---" * (STEPS + 2) + "|"]
    rows = [
        f"| {name} | {' | '.join(map(str, losses_over_steps(rate)))} |"
        for name, rate in RATES.items()
    ]
    return "\n".join(head + rule + rows)


two_losses = Exercise(
    name="two_losses",
    topic=TOPIC,
    goal="compute",
    level=1,
    title="Bread, by two losses",
    task="""\
A bakery bakes 43, 55 and 48 loaves on three days. It could have sold 40, 55 and 60.

Take what was baked as the prediction and what could have been sold as the target.
On paper, compute the mean size of the error, and the mean square of the error.
Write down both numbers, in this order.""",
    hints=(
        "Write down the three errors first: prediction minus target.",
        "The errors are 3, 0 and −12. For the first number drop the signs, for the "
        "second one square. Then add up and divide by the number of days.",
    ),
    checker=ValueChecker(
        inputs=([40.0, 55.0, 60.0], [43.0, 55.0, 48.0]),
        right=lambda y, y_hat: (
            mean_absolute_error(y, y_hat),
            mean_squared_error(y, y_hat),
        ),
        parts=("mean size", "mean square"),
        mistakes=(
            known.both_summed,
            known.both_swapped,
            known.two_days,
            known.root_of_the_square,
            *in_part(
                0,
                2,
                known.sum_of_sizes,
                *in_each_way(known.ORDERS, known.signs_kept),
            ),
            *in_part(1, 2, known.sum_of_squares, known.size_squared),
        ),
    ),
    remark="The worst day makes up four fifths of the first number, and nearly all of "
    "the second.",
)

which_rate = Exercise(
    name="which_rate",
    topic=TOPIC,
    goal="rate",
    level=1,
    title="Which learning rate was it?",
    task=f"""\
Three runs of gradient descent on the same model and data, with three learning rates.
The table shows the loss after each step:

{_runs_as_table()}

Say of A, B and C, in this order, whether the learning rate is
`"too small"`, `"right"` or `"too large"`.""",
    hints=(
        "In which run does the loss rise?",
        "Of the two others, which one has nearly stopped falling, and which one "
        "would have a long way to go?",
    ),
    checker=ValueChecker(
        inputs=tuple(losses_over_steps(rate) for rate in RATES.values()),
        right=lambda *runs: tuple(map(right.verdict, runs)),
        parts=tuple(RATES),
        choices=("too small", "right", "too large"),
        mistakes=(
            known.small_for_large,
            known.slow_for_right,
        ),
    ),
    remark="Rising: too large. Falling slowly and steadily: too small.",
)

one_step = Exercise(
    name="one_step",
    topic=TOPIC,
    goal="loop",
    level=2,
    title="One turn of the training loop",
    task="""\
The model is $\\hat y_i = w\\, x_i$ and the loss the mean squared error.
Write a function that takes one step of gradient descent and returns the new `w`,
from the old one, the inputs `x`, the targets `y` and the learning rate.
You may use `mean_squared_error_grad(y, y_hat)`, the slope in each prediction.""",
    hints=(
        "Predict, find the slope in each prediction, make it the slope in `w`, step.",
        "If `w` grows by a little, prediction number i grows `x[i]` times as much. So "
        "multiply each slope with its `x`, and add up.",
        "The step goes against the slope: the old `w` minus learning rate times slope.",
    ),
    checker=FunctionChecker(
        arguments=("w", "x", "y", "learning_rate"),
        right=right.stepped(),
        draw=cases.models_and_houses,
        mistakes=(
            known.uphill,
            *in_each_way({", up": 1, ", down": -1}, known.signs_lost),
            *in_each_way(
                {f", {rate}": rate for rate in (0.01, 0.05, 0.1)}, known.rate_of_its_own
            ),
            known.not_moved,
            known.rate_forgotten,
            known.only_the_step,
            known.only_the_slope,
            known.loss_for_slope,
            known.inputs_forgotten,
            known.not_added_up,
            known.slopes_of_the_sum,
            known.slopes_averaged,
            known.slopes_halved,
        ),
    ),
    remark="Repeat it, and the model is trained.",
)

why_not_accuracy = Exercise(
    name="why_not_accuracy",
    topic=TOPIC,
    goal="judge",
    level=2,
    title="Explain it to a friend who counts right answers",
    task="""\
A friend asks: "You want many right answers. Why do you train with a loss, and not
with the number of right answers itself?"

Explain it, in about five sentences and without a formula.""",
    hints=(
        "What happens to the number of right answers if a parameter changes a little?",
        "What does gradient descent do where the slope is zero?",
    ),
    checker=ProseChecker(
        points=(
            "If a parameter changes a little, the number of right answers mostly does "
            "not change at all; now and then it jumps.",
            "So its slope is zero nearly everywhere, and gradient descent has no "
            "direction to go.",
            "A loss such as the cross-entropy changes with every little step, and says "
            "which way is better.",
            "Accuracy is still worth reporting, on held-out examples, beside the loss.",
            "The two can disagree: they ask for different things.",
        )
    ),
)

backwards = Exercise(
    name="backwards",
    topic=TOPIC,
    goal="backpropagation",
    level=3,
    title="Backwards through the smallest network",
    task="""\
A network has one input, one hidden unit and one output, and no biases:

$$
h = \\max(0, w_1 x), \\qquad \\hat y = w_2 h, \\qquad \\ell = (\\hat y - y)^2
$$

1. On paper: follow the slope of the loss backwards, from $\\hat y$ to $w_2$ and
   to $w_1$.
2. In code: write a function that returns the slope in `w1` and the slope in `w2`.
   All four arguments are numbers.
3. Check it with `numerical_gradient` before you hand in. Also try an example for
   which $w_1 x$ is below zero.""",
    hints=(
        "Begin at the end: the slope in the prediction is twice the error.",
        "The slope in `w2` is what goes in there, `h`, times the slope that comes "
        "back. The slope in `h` is `w2` times the same.",
        "Below zero the hidden unit sends nothing back: its slope is 0 there. Above, "
        "the slope in `w1` is `x` times what comes back to it.",
    ),
    checker=FunctionChecker(
        arguments=("x", "y", "w1", "w2"),
        right=right.slopes(),
        draw=cases.networks,
        parts=("slope in w1", "slope in w2"),
        mistakes=(
            known.weights_swapped,
            known.bend_ignored,
            known.bend_ignored_on_the_way_back,
            known.error_not_doubled,
            known.error_turned_round,
            known.error_without_sign,
            known.loss_sent_back,
            *in_part(
                0,
                2,
                known.input_forgotten,
                known.weight_forgotten,
                known.first_weight_for_second,
            ),
            known.let_back_by_the_input,
            known.let_back_by_the_weight,
            known.let_back_by_the_prediction,
            *in_part(1, 2, known.input_for_hidden),
        ),
    ),
    remark="What goes in at the front, times what comes back from behind.",
)
