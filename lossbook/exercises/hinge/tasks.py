"""Exercises on the hinge loss: from five emails to a support vector machine."""

import numpy as np

from ...gradcheck import numerical_gradient
from ...losses import hinge, hinge_grad
from .. import any_loss
from ..engine.checkers import (
    DERIVE_AND_MEASURE,
    FunctionChecker,
    ProseChecker,
    ValueChecker,
)
from ..engine.exercise import Exercise
from ..engine.mistakes import in_each_way, in_part
from . import (
    cases,
    mistakes as known,
    mistakes_in_gradient as slopes,
    mistakes_in_training as steps,
    right,
)

TOPIC = "hinge"
FORMULAS = (
    known.no_max,
    known.turned_round,
    known.cut_off_at_1,
    known.smaller_of_the_two,
    known.label_forgotten,
    known.difference_for_product,
    known.size_of_the_score,
    known.class_for_score,
    known.probability_for_score,
    known.zero_for_minus_one,
    known.squared,
    known.only_wrong_pay,
    known.margin_added,
    known.size_for_max,
)

five_mails = Exercise(
    name="five_mails",
    topic=TOPIC,
    goal="compute",
    level=1,
    title="Five emails and what they pay",
    task="""\
A filter gives five emails these scores. The label is +1 for spam and −1 for a wanted
email.

| email | label | score |
|---|---|---|
| 1 | +1 | 2.5 |
| 2 | −1 | −0.4 |
| 3 | +1 | −1.5 |
| 4 | −1 | 0.7 |
| 5 | +1 | 0.2 |

Compute the hinge loss of each email on paper, and write down the five numbers as a
list, in this order. Before you check: who pays most, and who pays nothing?""",
    hints=(
        "Make a column of margins first: label times score.",
        "The margins are 2.5, 0.4, −1.5, −0.7 and 0.2. What does each lack to reach "
        "1? An email that lacks nothing pays 0.",
    ),
    checker=ValueChecker(
        inputs=([1, -1, 1, -1, 1], [2.5, -0.4, -1.5, 0.7, 0.2]),
        right=lambda y, scores: hinge(y, scores, reduction="none"),
        mistakes=(
            known.averaged,
            known.margins,
            *in_each_way({"": np.array}, *FORMULAS),
        ),
    ),
    remark="Email 3 is furthest on the wrong side and pays most. Emails 2 and 5 are "
    "right, and pay all the same.",
)

mean_hinge = Exercise(
    name="mean_hinge",
    topic=TOPIC,
    goal="compute",
    level=1,
    title="The loss in one line",
    task="""\
Write a function that returns the mean hinge loss of labels `y`, each −1 or +1, and
`scores`, two arrays of the same length.
Write out the formula, with NumPy.""",
    hints=(
        "Work from the inside out: the margins, what they lack to reach 1, nothing "
        "below 0, the mean.",
        "`np.maximum(0, a)` compares each entry of `a` with 0 and keeps the larger "
        "of the two. `np.max` is another function: the largest entry of an array.",
    ),
    checker=FunctionChecker(
        arguments=("y", "scores"),
        right=hinge,
        draw=cases.labels_and_scores,
        mistakes=(
            any_loss.sum_for_mean(hinge),
            any_loss.averaged_twice(hinge),
            any_loss.one_for_each(lambda y, s: hinge(y, s, reduction="none")),
            known.negative,
            known.max_of_the_mean,
            known.largest,
            *in_each_way({"": np.mean}, *FORMULAS),
            known.only_payers_averaged,
            known.logistic,
            known.wrong_counted,
            known.accuracy,
        ),
    ),
    remark="It reads like the formula. And like the formula it believes any label: "
    "`hinge` of `lossbook` refuses 0.",
)

filter_loss = Exercise(
    name="filter_loss",
    topic=TOPIC,
    goal="compute",
    level=2,
    title="Labels from a column of 0 and 1",
    task="""\
In the table of emails the column `is_spam` holds 1 for spam and 0 for a wanted email.
A filter has given the emails `scores`, above 0 for spam.
Write a function that returns the mean hinge loss of the filter.
You may use `hinge`.""",
    hints=(
        "What does `hinge(is_spam, scores)` say?",
        "The labels must be −1 and +1. Stretch 0 and 1 until they are 2 apart, then "
        "shift them; or use `np.where`.",
    ),
    checker=FunctionChecker(
        arguments=("is_spam", "scores"),
        right=right.filter_loss,
        draw=cases.columns_and_scores,
        mistakes=(
            any_loss.sum_for_mean(right.filter_loss),
            any_loss.averaged_twice(right.filter_loss),
            any_loss.wrong_sign(right.filter_loss),
            any_loss.one_for_each(lambda c, s: right.filter_loss(c, s, "none")),
            known.labels_as_they_are,
            known.classes_turned_round,
            known.minus_one_and_zero,
            known.only_spam_pays,
            known.only_wanted_mail_pays,
            known.cross_entropy_for_hinge,
            known.class_of_mail,
            known.probability_of_mail,
        ),
    ),
    remark="Look at the labels before you choose a formula: which two numbers are "
    "they?",
)

support_vectors = Exercise(
    name="support_vectors",
    topic=TOPIC,
    goal="train",
    level=2,
    title="Who has a say?",
    task="""\
A linear model gives an email the score $s = w \\cdot x + b$. Here `w` holds one weight
for each of m features, `b` is the bias, `x`, shape (n, m), has one row for each email,
and `y` holds the labels, −1 or +1.

Write a function that finds the support vectors, the emails with a margin of 1 or less:
it returns an array of n times `True` or `False`.

It is tried on emails of Spambase, prepared as in the chapter. Then try it on your own
model: what share of the emails has a say?""",
    hints=(
        "Three steps: the scores of all emails, their margins, a comparison.",
        "`x @ w + b` gives the scores. Comparing an array with a number gives an array "
        "of `True` and `False`.",
    ),
    checker=FunctionChecker(
        arguments=("w", "b", "x", "y"),
        right=right.is_support_vector,
        draw=cases.with_mails_on_the_edge,
        mistakes=(
            steps.edge_left_out,
            steps.only_the_strip,
            steps.only_the_wrong,
            steps.only_the_close,
            steps.only_the_edge,
            steps.without_a_say,
            steps.scores_for_margins,
            steps.no_bias,
            steps.how_many,
            steps.their_places,
            steps.the_margins,
        ),
    ),
    remark="Training would end in the same place without all the others. Gradient "
    "descent comes to the edge only nearly: there the chapter compares with 1.001.",
)

penalised = Exercise(
    name="penalised",
    topic=TOPIC,
    goal="penalty",
    level=2,
    title="The loss with its penalty",
    task="""\
A support vector machine minimises this objective:

$$
\\frac{1}{n} \\sum_{i=1}^{n} \\max(0, 1 - y_i s_i)
+ \\frac{\\lambda}{2} \\lVert w \\rVert^2,
\\qquad s_i = w \\cdot x_i + b
$$

Write a function that returns it, for weights `w`, shape (m,), a bias `b`, emails `x`,
shape (n, m), labels `y`, −1 or +1, and the $\\lambda$, which `lossbook` calls `l2`.
You may use `hinge`.""",
    hints=(
        "It is a sum of two numbers: the mean loss of the scores, and the penalty.",
        "The squared length of `w` is the sum of its squares: `(w ** 2).sum()`, or "
        "`w @ w`. The bias is not in it.",
    ),
    checker=FunctionChecker(
        arguments=("w", "b", "x", "y", "l2"),
        right=right.with_penalty(),
        draw=cases.with_a_penalty,
        mistakes=(
            known.penalty_forgotten,
            known.half_forgotten,
            known.bias_penalised,
            known.length_not_squared,
            known.sizes_of_the_weights,
            known.square_of_the_sum,
            known.weights_averaged,
            known.penalty_subtracted,
            known.losses_added_up,
            known.penalty_averaged,
            known.bias_left_out,
            known.loss_of_each,
            known.squared_with_penalty,
            known.no_max_with_penalty,
            known.labels_not_used,
            known.only_the_penalty,
        ),
    ),
    remark="With weights ten times as large the loss may fall. The penalty is then a "
    "hundred times as large.",
)

why_a_penalty = Exercise(
    name="why_a_penalty",
    topic=TOPIC,
    goal="penalty",
    level=2,
    title="Explain it to a friend who likes low losses",
    task="""\
A friend has trained an email filter twice, with and without a penalty. "With it, the
loss on my training emails is higher", says the friend. "And this email had a score of
4, now it has 2, so the filter is only half as sure. What is the penalty good for?"

Explain it, in about five sentences and without a formula.""",
    hints=(
        "What happens to the boundary, and what to the loss, if all weights and the "
        "bias are doubled?",
        "In which unit is a score, and who chooses the unit?",
    ),
    checker=ProseChecker(
        points=(
            "If weights and bias are multiplied by the same number, the boundary stays "
            "where it is and no answer changes; the scores grow.",
            "With larger scores, answers that are right but close cost less. So "
            "without a penalty the loss can fall, and nothing has got better.",
            "The penalty makes large weights cost something. Small weights mean a wide "
            "strip, so a low loss then takes a boundary with room on both sides.",
            "A score is a side and a distance in a unit that depends on the penalty. "
            "It is no probability: half the score is not half as sure.",
            "Which filter is better shows on held-out emails, and not in the loss on "
            "the emails it was trained on.",
        )
    ),
)

gradient = Exercise(
    name="gradient",
    topic=TOPIC,
    goal="slope",
    level=3,
    title="Derive, implement and check the gradient",
    task="""\
1. On paper: by how much does the mean hinge loss of n examples change if score number
   $i$ grows a little, and no other? Look at margins below 1 and above 1 separately.
2. In code: let `derived` hold this slope for each score. At a margin of exactly 1,
   where there is no slope, let it be 0, as `lossbook` does.
   Write out the formula, with NumPy.
3. Check it: let `measured` be the same gradient, found by `numerical_gradient` from
   the loss. Compare the two before you hand in, also at a margin of exactly 1.
   What does measuring find there, and why?""",
    hints=(
        "Where the margin is above 1, the loss stays 0 if the score moves a little. "
        "Where it is below 1, the loss is 1 minus label times score.",
        "The slope of 1 − y s in s is −y, and the 1/n of the mean stays in front. "
        "`np.where(condition, a, b)` takes `a` where the condition holds, else `b`.",
        "`numerical_gradient(f, x)` wants a function of the scores alone, such as "
        "`lambda s: np.mean(np.maximum(0, 1 - y * s))`, and where to measure: "
        "`scores`. At the kink it looks to both sides: leave what it finds.",
    ),
    checker=FunctionChecker(
        arguments=("y", "scores"),
        right=lambda y, scores: (
            hinge_grad(y, scores),
            numerical_gradient(lambda s: hinge(y, s), scores),
        ),
        draw=cases.with_the_kink,
        parts=("derived", "measured"),
        body=DERIVE_AND_MEASURE,
        mistakes=(
            *in_part(
                0,
                2,
                slopes.sign_turned_round,
                any_loss.gradient_of_the_sum(hinge_grad),
                slopes.everybody_pulls,
                slopes.only_wrong_pull,
                slopes.only_safe_pull,
                slopes.pull_like_the_loss,
                slopes.slope_of_the_square,
                slopes.label_left_out,
                slopes.score_for_margin,
                slopes.slope_in_the_label,
                slopes.pulls_added_up,
                *in_each_way({", whole": 1, ", half": 0.5}, slopes.pull_at_the_kink),
            ),
            *in_part(
                1,
                2,
                any_loss.nothing_measured,
                slopes.sum_measured,
                slopes.measured_in_the_label,
                slopes.measured_at_the_label,
                slopes.square_measured,
                slopes.measured_as_derived,
                *in_each_way(
                    {", forwards": -1, ", backwards": 1}, slopes.measured_to_one_side
                ),
            ),
        ),
    ),
    remark="Derived and measured agree, except at the kink. There measuring averages "
    "two slopes, and gradient descent may use any number between them.",
)

svm_step = Exercise(
    name="svm_step",
    topic=TOPIC,
    goal="train",
    level=3,
    title="One step of a support vector machine",
    task="""\
The model gives the scores $s = w \\cdot x + b$. The objective is the mean hinge
loss plus the penalty $\\frac{\\lambda}{2} \\lVert w \\rVert^2$; the bias is not
penalised.

Write a function that takes one step of gradient descent and returns the new `w, b`,
from the old ones, emails `x`, shape (n, m), labels `y`, −1 or +1, the learning rate,
and the $\\lambda$, called `l2`. Leave the arrays that come in as they are.
You may use `hinge_grad`. It is tried on emails of Spambase.""",
    hints=(
        "Scores first, then the slope in each score, then the slopes in `w` and in "
        "`b`. Last comes the step.",
        "The slope in `b` is the sum of the slopes in the scores. For `w`, multiply "
        "each of them with its row of `x` before you add up: `slope @ x`.",
        "The penalty adds `l2 * w` to the slope in `w`, and nothing to that in `b`. "
        "`w = w - …` makes a new array; `w -= …` would change the one that came in.",
    ),
    checker=FunctionChecker(
        arguments=("w", "b", "x", "y", "learning_rate", "l2"),
        right=right.stepped(),
        draw=cases.with_a_step,
        parts=("w", "b"),
        mistakes=(
            steps.uphill,
            steps.loss_rises,
            steps.b_before_w,
            steps.w_before_b,
            steps.rate_forgotten,
            steps.penalty_forgotten,
            steps.penalty_on_the_bias,
            steps.half_forgotten,
            steps.half_kept,
            steps.penalty_pushes,
            steps.penalty_without_rate,
            steps.penalty_averaged,
            steps.penalty_for_its_slope,
            steps.slopes_of_the_sum,
            steps.slopes_averaged,
            steps.everybody_pulls,
            steps.only_wrong_pull,
            steps.pull_of_the_square,
            steps.features_forgotten,
            steps.bias_not_in_the_score,
            steps.bias_not_moved,
            steps.only_the_change,
            steps.only_the_slopes,
        ),
    ),
    remark="Begin with zeros and repeat it a thousand times: you get the model of "
    "this chapter.",
)
