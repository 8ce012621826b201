"""Exercises on choosing: who pulls, which loss, when to raise an alarm, and a stall."""

from ..engine.checkers import FunctionChecker, ProseChecker, ValueChecker
from ..engine.exercise import Exercise
from ..engine.mistakes import in_each_way, in_part
from . import cases, mistakes as known, right

TOPIC = "choosing"
WRONG_SHARES = (
    known.accuracy,
    known.of_all,
    known.number_of_found,
    known.of_the_more_numerous,
    known.of_the_less_numerous,
    known.of_the_union,
    known.f1,
)
PERCENT = {f", {digits} digits": digits for digits in range(3)}

one_wild_price = Exercise(
    name="one_wild_price",
    topic=TOPIC,
    goal="compare",
    level=1,
    title="One wild price among ten",
    task="""\
A model has predicted ten prices. Nine predictions are too high by 1 thousand dollars.
In the tenth, the price has a typing error, so the prediction is too high by 100.

Each example pulls on its prediction by the slope of its loss. Which share of the whole
pull, from 0 to 1, does the tenth have? Write down three numbers, with two digits after
the point: under the squared error, under the absolute error, and under the Huber loss
with δ = 2.""",
    hints=(
        "Write down the slope at an error of 1 and at an error of 100, for each loss. "
        "Then divide the slope at 100 by the sum of all ten slopes.",
        "The slope of the squared error is twice the error; that of the absolute error "
        "has the size 1; that of the Huber loss is the error up to δ, and δ beyond.",
    ),
    checker=ValueChecker(
        inputs=([1.0] * 9 + [100.0], 2.0),
        right=right.shares_of_pull,
        parts=("squared error", "absolute error", "Huber loss"),
        mistakes=(
            known.losses_for_pulls,
            known.pulls_not_divided,
            *in_each_way(PERCENT, known.pulls_in_percent),
            known.against_the_others,
            *in_part(0, 3, known.squared_pulls_squared),
            *in_part(1, 3, known.size_for_its_slope),
            *in_part(2, 3, known.huber_like_the_square, known.huber_like_the_size),
        ),
    ),
    remark="Under the squared error the typing error outweighs all the others. Under "
    "the absolute error it has one voice, like every other.",
)

which_loss = Exercise(
    name="which_loss",
    topic=TOPIC,
    goal="choose",
    level=1,
    title="Which loss would you take?",
    task="""\
Four problems:

- **A** How many minutes late will the bus be? Being off by twice as much costs the
  passengers twice as much, no more.
- **B** Which of 26 letters is on the envelope? Where the model is not sure, a person
  takes a look.
- **C** How much power will the town need at noon? The records are right, and being
  off by twice as much costs four times as much.
- **D** Is this coin real? A linear model is to say yes or no, nothing else, and
  coins that are safely right should have no say in its training.

Write down one loss for each, in this order: `"mean squared error"`,
`"mean absolute error"`, `"cross-entropy"`, `"binary cross-entropy"` or `"hinge"`.""",
    hints=(
        "Which of the four ask for a number, and which for a class?",
        "For a number: how does what a mistake costs grow? For a class: do you need a "
        "probability, or a side, and among how many classes?",
    ),
    checker=ValueChecker(
        inputs=(),
        right=lambda: (
            "mean absolute error",
            "cross-entropy",
            "mean squared error",
            "hinge",
        ),
        parts=tuple(known.REASONS),
        choices=(
            "mean squared error",
            "mean absolute error",
            "cross-entropy",
            "binary cross-entropy",
            "hinge",
        ),
        mistakes=known.other_losses(),
    ),
    remark="What a mistake costs decides between the numbers, what you need to know "
    "between the classes.",
)

recall_and_precision = Exercise(
    name="recall_and_precision",
    topic=TOPIC,
    goal="accuracy",
    level=2,
    title="How many are found, and how many alarms are right?",
    task="""\
`ill` holds 1 for each patient who is ill and 0 for each who is not. `alarm` holds 1
for each patient for whom a model raises an alarm, else 0.

Write a function that returns the recall and the precision of the alarms, each from 0
to 1. At least one patient is ill, and there is at least one alarm.""",
    hints=(
        "Both count the patients who are ill and have an alarm. They differ in what "
        "you divide by.",
        "`ill * alarm` is 1 where both are 1. Recall divides by the number of those "
        "who are ill, precision by the number of alarms.",
    ),
    checker=FunctionChecker(
        arguments=("ill", "alarm"),
        right=right.found,
        draw=cases.patients_and_alarms,
        parts=("recall", "precision"),
        mistakes=(
            known.swapped_rates,
            known.rates_in_percent,
            *in_part(
                0,
                2,
                known.precision_for_recall,
                known.missed_for_recall,
                *in_each_way({" for recall": "recall"}, *WRONG_SHARES),
            ),
            *in_part(
                1,
                2,
                known.recall_for_precision,
                known.false_for_precision,
                known.quiet_for_precision,
                *in_each_way({" for precision": "precision"}, *WRONG_SHARES),
            ),
        ),
    ),
    remark="Healthy patients without an alarm are in neither of the two, and make up "
    "most of the accuracy.",
)

raise_alarm = Exercise(
    name="raise_alarm",
    topic=TOPIC,
    goal="imbalance",
    level=2,
    title="When is an alarm worth it?",
    task="""\
A model gives honest probabilities `p` that patients are ill. Missing one who is ill
costs `missed`, an alarm for one who is healthy costs `false_alarm`. Right decisions
cost nothing.

Write a function that decides for whom to raise an alarm, so that the cost is as low as
can be expected: it returns an array with `True` for an alarm and `False` for none.""",
    hints=(
        "What does a patient with probability p cost on average with an alarm, and "
        "what without one?",
        "Without an alarm it is p times `missed`, with one it is 1 − p times "
        "`false_alarm`. Raise the alarm where the first is larger.",
    ),
    checker=FunctionChecker(
        arguments=("p", "missed", "false_alarm"),
        right=right.alarms,
        draw=cases.risks_and_costs,
        mistakes=(
            known.one_half,
            known.threshold_of_the_chapter,
            known.wrong_cost,
            known.ratio_of_costs,
            known.one_false_alarm,
            known.alarm_turned_round,
            known.threshold_itself,
            known.number_of_alarms,
            known.costs_themselves,
        ),
    ),
    remark="Only the ratio of the two costs matters. When it changes, the threshold "
    "follows, and the model stays as it is.",
)

why_97_percent = Exercise(
    name="why_97_percent",
    topic=TOPIC,
    goal="accuracy",
    level=2,
    title="Explain it to a friend who is right 97 times in 100",
    task="""\
A friend has built a model that tells from a blood test who has a rare illness. "It is
right for 97 patients in 100", says the friend, "so we can begin to use it."

Explain, in about five sentences and without a formula, why you cannot tell from that
whether the model is any good, and what you would ask instead.""",
    hints=(
        'How often is a baseline right that says "healthy" to everyone?',
        "Which two kinds of mistake are there, and do they cost the same?",
    ),
    checker=ProseChecker(
        points=(
            'If three patients in 100 are ill, saying "healthy" to everyone is '
            "right for 97 too, and finds nobody: compare with that.",
            "Accuracy counts both mistakes alike. Missing someone who is ill and "
            "alarming someone who is healthy do not cost the same.",
            "Ask how many of the ill are found (recall), and how many of the alarms "
            "are right (precision).",
            "Ask for probabilities, and raise the alarm where the risk of a miss "
            "outweighs that of a false alarm. The threshold is rarely one half.",
            "Ask on which patients it was counted: it should be ones that the model "
            "has not seen.",
        )
    ),
)

stalled = Exercise(
    name="stalled",
    topic=TOPIC,
    goal="stall",
    level=3,
    title="Two ways out of a wrong answer",
    task="""\
A single example has the label `y`, 0 or 1. A model answers with the logit `z`, and
$p = \\sigma(z)$ is its probability of label 1.

1. On paper: find the slope in $z$ of the cross-entropy, and of the squared error
   $(p - y)^2$, for either label.
2. In code: begin both runs at `z` and take `steps` steps of gradient descent in $z$
   with the given learning rate, one run on the cross-entropy and one on the squared
   error. Return the two logits at the end, that of the cross-entropy first.
   All arguments are numbers. You may use `sigmoid`.
3. Try it: after how many steps of length 1 from $z = -8$ is each run right about the
   label 1?""",
    hints=(
        "By the chain rule, multiply the slope in p by the slope of the sigmoid, "
        "which is p (1 − p).",
        "For the cross-entropy the factor cancels, and p − y is left. For the squared "
        "error it stays: 2 (p − y) p (1 − p).",
        "Keep two logits, one for each run, and compute p from each of them anew in "
        "every step.",
    ),
    checker=FunctionChecker(
        arguments=("y", "z", "learning_rate", "steps"),
        right=right.both_runs,
        draw=cases.wrong_logits,
        parts=("cross-entropy", "squared error"),
        mistakes=(
            known.uphill,
            known.rate_forgotten,
            known.always_label_1,
            known.runs_swapped,
            known.slope_of_the_start,
            known.one_after_the_other,
            known.probabilities_returned,
            known.not_moved,
            known.one_step_too_few,
            known.one_step_too_many,
            known.one_step_only,
            *in_part(0, 2, known.factor_kept, known.entropy_in_p),
            *in_part(
                1,
                2,
                known.sigmoid_not_followed,
                known.two_forgotten,
                known.squared_error_of_the_logit,
            ),
        ),
    ),
    remark="The more wrong the model is, the longer the squared error takes to notice.",
)
