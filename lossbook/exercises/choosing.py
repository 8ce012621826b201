"""Exercises on choosing: who pulls, which loss, when to raise an alarm, and a stall."""

import numpy as np
from numpy.random import Generator

from .cases import Case
from .checkers import FunctionChecker, ProseChecker, ValueChecker
from .exercise import Exercise
from .mistakes import choosing as known, choosing_stall as runs, common

TOPIC = "choosing"


def _patients_and_alarms(rng: Generator) -> list[Case]:
    """Some ill ones found, others missed, and more alarms that are false."""
    cases = []
    for healthy, most in [(2, 2), (3, 3), (5, 4), (40, 9)]:
        found, missed = rng.choice(np.arange(1, most + 1), 2, replace=False)
        false = most + rng.integers(1, 3)
        counts = [found, missed, false, healthy]
        order = rng.permutation(sum(counts))
        ill = np.repeat([1, 1, 0, 0], counts)[order]
        alarm = np.repeat([1, 0, 1, 0], counts)[order]
        cases.append(Case((ill, alarm)))
    return cases


def _risks_and_costs(rng: Generator) -> list[Case]:
    """No risk is exactly at the threshold, where both decisions cost the same."""
    cases = []
    for n, missed, false in [(3, 10, 1), (4, 4, 3), (5, 3, 8), (40, 10, 4), (40, 2, 5)]:
        p = rng.permutation(np.linspace(0.02, 0.95, n).round(2))
        threshold = false / (missed + false)
        p = np.where(abs(p - threshold) < 0.005, p + 0.01, p)
        cases.append(Case((p.round(2), missed, false)))
    return cases


def _wrong_logits(rng: Generator) -> list[Case]:
    """One example that is answered wrongly, by more and more."""
    cases = []
    for label, least, rate, steps in [
        (1, 1, 0.5, 1),
        (0, 2, 0.5, 2),
        (1, 2, 0.5, 5),
        (0, 3, 0.25, 10),
        (1, 3, 0.25, 20),
    ]:
        z = least + rng.integers(0, 10) / 10
        cases.append(Case((label, -z if label else z, rate, steps)))
    return cases


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
        "Then divide the one by nine of the other plus the one.",
        "The slope of the squared error is twice the error; that of the absolute error "
        "has the size 1; that of the Huber loss is the error up to δ, and δ beyond.",
    ),
    checker=ValueChecker(
        inputs=([1.0] * 9 + [100.0], 2.0),
        right=known.shares_of_pull,
        parts=("squared error", "absolute error", "Huber loss"),
        mistakes=(
            known.losses_for_pulls(),
            known.pulls_not_divided(),
            *map(known.pulls_in_percent, range(3)),
            known.against_the_others(),
            common.in_part(known.squared_pulls_squared(), 0, 3),
            common.in_part(known.size_for_its_slope(), 1, 3),
            common.in_part(known.huber_like_the_square(), 2, 3),
            common.in_part(known.huber_like_the_size(), 2, 3),
        ),
    ),
    remark="Under the squared error the typing error outweighs all the others. Under "
    "the absolute error it has one voice like everybody else.",
)

which_loss = Exercise(
    name="which_loss",
    topic=TOPIC,
    goal="choose",
    level=1,
    title="Which loss would you take?",
    task="""\
Four problems:

- **A** How many minutes late will the bus be? To be off by twice as much costs the
  passengers twice as much, no more.
- **B** Which of 26 letters is on the envelope? Where the model is not sure, a person
  has a look.
- **C** How much power will the town need at noon? The records are right, and to be off
  by twice as much costs four times as much.
- **D** Is this coin real? A linear model shall say yes or no, nothing else, and coins
  that are safely right shall have no say in its training.

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
        "Both count the patients who are ill *and* have an alarm. They differ in what "
        "you divide by.",
        "`ill * alarm` is 1 where both are 1. Recall divides by the number of those "
        "who are ill, precision by the number of alarms.",
    ),
    checker=FunctionChecker(
        arguments=("ill", "alarm"),
        right=known.found,
        draw=_patients_and_alarms,
        parts=("recall", "precision"),
        mistakes=(
            known.swapped_rates(),
            known.rates_in_percent(),
            common.in_part(known.precision_for_recall(), 0, 2),
            common.in_part(known.accuracy_for("recall"), 0, 2),
            common.in_part(known.of_all_for("recall"), 0, 2),
            common.in_part(known.number_for("recall"), 0, 2),
            common.in_part(known.missed_for_recall(), 0, 2),
            common.in_part(known.recall_for_precision(), 1, 2),
            common.in_part(known.accuracy_for("precision"), 1, 2),
            common.in_part(known.of_all_for("precision"), 1, 2),
            common.in_part(known.number_for("precision"), 1, 2),
            common.in_part(known.false_for_precision(), 1, 2),
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
A model gives honest probabilities `p` that patients are ill. To miss one who is ill
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
        right=known.alarms,
        draw=_risks_and_costs,
        mistakes=(
            known.one_half(),
            known.threshold_of_the_chapter(),
            known.wrong_cost(),
            known.ratio_of_costs(),
            known.one_false_alarm(),
            known.alarm_turned_round(),
            known.threshold_itself(),
            known.number_of_alarms(),
            known.costs_themselves(),
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
        'How often would somebody be right who says "healthy" to everyone?',
        "Which two kinds of mistake are there, and do they cost the same?",
    ),
    checker=ProseChecker(
        points=(
            'If three patients in 100 are ill, who says "healthy" to everyone is '
            "right for 97 too, and finds nobody: compare with that.",
            "Accuracy counts both mistakes alike. To miss someone who is ill and to "
            "alarm someone who is healthy do not cost the same.",
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
        "By the chain rule, multiply the slope in p with the slope of the sigmoid, "
        "which is p (1 − p).",
        "For the cross-entropy the factor cancels, and p − y is left. For the squared "
        "error it stays: 2 (p − y) p (1 − p).",
        "Keep two logits, one for each run, and compute p from each of them anew in "
        "every step.",
    ),
    checker=FunctionChecker(
        arguments=("y", "z", "learning_rate", "steps"),
        right=runs.both_runs,
        draw=_wrong_logits,
        parts=("cross-entropy", "squared error"),
        mistakes=(
            runs.uphill(),
            runs.rate_forgotten(),
            runs.always_label_1(),
            runs.runs_swapped(),
            runs.slope_of_the_start(),
            runs.one_after_the_other(),
            runs.probabilities_returned(),
            runs.other_steps(
                "one step too few",
                lambda steps: steps - 1,
                "You take one step too few. `range(steps)` counts from 0.",
            ),
            runs.other_steps(
                "one step too many",
                lambda steps: steps + 1,
                "You take one step too many. `range(steps)` counts `steps` of them.",
            ),
            runs.other_steps(
                "one step only",
                lambda steps: 1,
                "You return after the first step. Is `return` inside the loop?",
            ),
            common.in_part(runs.factor_kept(), 0, 2),
            common.in_part(runs.entropy_in_p(), 0, 2),
            common.in_part(runs.sigmoid_not_followed(), 1, 2),
            common.in_part(runs.two_forgotten(), 1, 2),
            common.in_part(runs.squared_error_of_the_logit(), 1, 2),
        ),
    ),
    remark="The more wrong the model is, the longer the squared error takes to notice.",
)
