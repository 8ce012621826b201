"""Exercises on the cross-entropy: from three bird songs to a reader of digits."""

import numpy as np

from ...gradcheck import numerical_gradient
from ...link_functions import softmax
from ...losses import (
    binary_cross_entropy,
    cross_entropy,
    cross_entropy_from_logits,
    cross_entropy_from_logits_grad,
    entropy,
    kl_divergence,
)
from .. import any_loss
from ..engine.checkers import (
    DERIVE_AND_MEASURE,
    WRITE_HERE,
    FunctionChecker,
    ProseChecker,
    ValueChecker,
)
from ..engine.exercise import Exercise
from ..engine.mistakes import in_each_way, in_part
from . import (
    cases,
    mistakes as known,
    mistakes_from_logits as roads,
    mistakes_in_training as slopes,
    right,
)

TOPIC = "cross_entropy"

by_hand = Exercise(
    name="by_hand",
    topic=TOPIC,
    goal="compute",
    level=1,
    title="Three songs",
    task="""\
A model listens to three songs and says how probable each of three birds is.
Then the birds are seen:

| song | blackbird | robin | wren | it was a |
|---|---|---|---|---|
| 1 | 0.3 | 0.6 | 0.1 | robin |
| 2 | 0.7 | 0.2 | 0.1 | wren |
| 3 | 0.4 | 0.3 | 0.3 | blackbird |

Compute the mean cross-entropy on paper, with a pocket calculator, and write down the
number of nats, with two digits after the point.""",
    hints=(
        "In each row only the probability of the bird that it was counts.",
        "These are 0.6, 0.1 and 0.4. Take minus the natural logarithm (`ln`) of each, "
        "add up, and divide by the number of songs.",
    ),
    checker=ValueChecker(
        inputs=(
            np.array([1, 2, 0]),
            np.array([[0.3, 0.6, 0.1], [0.7, 0.2, 0.1], [0.4, 0.3, 0.3]]),
        ),
        right=cross_entropy,
        mistakes=(
            any_loss.sum_for_mean(cross_entropy),
            known.one_for_each(cross_entropy),
            known.missing_minus(cross_entropy),
            known.in_bits(cross_entropy),
            known.in_base_ten(cross_entropy),
            known.mean_over_classes(cross_entropy),
            known.log_of_the_largest(cross_entropy),
            known.every_class_pays,
            known.no_logarithm(right.own),
            known.one_minus_the_probability(right.own),
            known.log_of_the_mean(right.own),
            known.e_to_minus_the_loss(right.own),
            *in_each_way(
                {", mean": "mean", ", sum": "sum"}, known.only_wrong_answers_pay
            ),
            known.share_of_wrong,
            known.share_of_right,
        ),
    ),
    remark="The second song alone costs more than the two others together.",
)

encode = Exercise(
    name="encode",
    topic=TOPIC,
    goal="encode",
    level=1,
    title="Rows that can be compared",
    task="""\
`y` holds the numbers of the classes of n examples, from 0 to k − 1, shape (n,).
`logits` holds what a model says of them, shape (n, k).

Let `labels` hold the labels as one-hot rows, and `probs` the probabilities that
softmax gives for the logits, both of shape (n, k). A class may occur in no label.
The logits are small here. Write out the formula, with NumPy.""",
    hints=(
        "Row number c of `np.eye(k)` is the one-hot row of class c.",
        "`np.eye(k)[y]` picks such a row for each label. For `probs`, begin with "
        "`np.exp(logits)`, and divide each row by its sum.",
        "`sum(axis=1, keepdims=True)` gives the sums of the rows as a column, so that "
        "the division goes row by row.",
    ),
    checker=FunctionChecker(
        arguments=("y", "logits"),
        right=lambda y, z: (right.one_hot(y, z), softmax(z)),
        draw=cases.labels_and_logits,
        parts=("labels", "probs"),
        body=f"""\
labels = ...  # {WRITE_HERE}
probs = ...  # and here
return labels, probs""",
        mistakes=(
            *in_part(
                0,
                2,
                known.counted_from_one,
                known.columns_for_rows,
                known.classes_that_occur,
                known.predicted_for_label,
            ),
            *in_part(
                1,
                2,
                known.powers_not_divided,
                known.logits_divided,
                known.one_sigmoid_each,
                known.logarithms_of_probs,
                known.hard_probs,
                known.powers_of_two,
                known.softmax_of_softmax,
                *in_each_way(right.ROWS, known.over_examples, known.over_everything),
            ),
            known.labels_after_probs,
        ),
    ),
    remark="Both are rows from 0 up that sum to 1: now they can be compared.",
)

two_classes = Exercise(
    name="two_classes",
    topic=TOPIC,
    goal="compute",
    level=2,
    title="Two classes, and a forecast that is sure",
    task="""\
Write a function that returns the mean binary cross-entropy, in nats, of labels `y`
(0 or 1) and probabilities `p` of label 1, two arrays of the same length.

Some forecasts are sure, with `p` exactly 0 or 1. Then it costs 0 nats to be right,
and infinity (`np.inf`) to be wrong.
Write out the formula, with NumPy; never mind what NumPy warns of.""",
    hints=(
        "What counts is the probability of what happened: `p` for label 1, and "
        "`1 - p` for label 0.",
        "If you write both terms of the formula, a sure forecast multiplies 0 with an "
        "infinite logarithm, and that is NaN. Choose first, then take the logarithm.",
        "`np.where(y == 1, p, 1 - p)` is the probability of what happened.",
    ),
    checker=FunctionChecker(
        arguments=("y", "p"),
        right=binary_cross_entropy,
        draw=cases.with_sure_probs,
        mistakes=(
            *in_each_way(
                right.TWO_CLASSES,
                any_loss.sum_for_mean,
                any_loss.averaged_twice,
                known.one_for_each,
                known.missing_minus,
                known.in_bits,
                known.in_base_ten,
                known.mean_over_both,
                known.classes_exchanged,
                known.only_label_1_pays,
            ),
            known.log_of_zero(right.textbook_of_two),
            known.hits_left_out,
            known.zero_for_nan,
            known.label_1_for_all,
            known.second_term_subtracted,
            known.roles_exchanged,
            known.squared_for_log,
            known.no_logarithm(right.own_of_two),
            known.one_minus_the_probability(right.own_of_two),
            known.log_of_the_mean(right.own_of_two),
            known.share_of_wrong_of_two,
            known.share_of_right_of_two,
            *known.clipped(right.own_of_two),
        ),
    ),
    remark="It holds where the formula, typed as it stands, gives NaN.",
)

entropy_and_divergence = Exercise(
    name="entropy_and_divergence",
    topic=TOPIC,
    goal="divergence",
    level=2,
    title="What no model can remove, and what this one adds",
    task="""\
`y` is a label row, such as the shares of people who heard a cat, a dog and a fish.
`p` is the row of probabilities that a model gives. Both have shape (k,).

Split the cross-entropy of the two, in nats: let `entropy` hold the entropy of the
label, and `divergence` what the model adds to it. A share of 0 in `y` adds nothing;
a 0 in `p` for a class whose share is not 0 makes the divergence infinite.
Write out the formula, with NumPy; never mind what NumPy warns of.""",
    hints=(
        "Entropy is the cross-entropy of a model that says exactly `y`. Divergence is "
        "the cross-entropy of `p`, minus that.",
        "0 times the logarithm of 0 is NaN. Keep only the classes whose share is not "
        "0, in both rows, before you take a logarithm.",
        "`y[y > 0]` and `p[y > 0]` are the entries to keep.",
    ),
    checker=FunctionChecker(
        arguments=("y", "p"),
        right=lambda y, p: (entropy(y), kl_divergence(y, p)),
        draw=cases.label_rows_and_probs,
        parts=("entropy", "divergence"),
        body=f"""\
entropy = ...  # {WRITE_HERE}
divergence = ...  # and here
return entropy, divergence""",
        mistakes=(
            *in_part(
                0,
                2,
                *in_each_way(
                    right.ENTROPIES,
                    known.missing_minus,
                    known.in_bits,
                    known.averaged_over_classes,
                    known.entropy_of_the_prediction,
                ),
                known.log_of_zero(right.textbook_entropy),
                *in_each_way(right.CROSS_ENTROPIES, known.whole_for_entropy),
                known.shares_forgotten_in_the_entropy,
            ),
            *in_part(
                1,
                2,
                *in_each_way(
                    right.DIVERGENCES,
                    known.divergence_negative,
                    known.in_bits,
                    known.averaged_over_classes,
                    known.other_direction,
                ),
                *in_each_way(
                    {" (divergence)": right.textbook_divergence}, known.log_of_zero
                ),
                *in_each_way(right.CROSS_ENTROPIES, known.whole_for_divergence),
                known.shares_forgotten_in_the_divergence,
                known.entropies_subtracted,
                *in_each_way(known.BOUNDS, known.bounded),
            ),
            *in_each_way(right.BOTH_PARTS, known.parts_swapped),
        ),
    ),
    remark="For a one-hot label the entropy is 0, and all of the loss is divergence.",
)

perfect_forecast = Exercise(
    name="perfect_forecast",
    topic=TOPIC,
    goal="divergence",
    level=2,
    title="Explain it to a friend who forecasts rain",
    task="""\
A friend gives rain 80 % on many days, and it does rain on 80 % of them. "Nobody could
do better", she says, "and yet your cross-entropy gives me half a nat for each day, and
not 0. Should I claim to be surer, and say 100 %?"

Explain to her, in about five sentences and without a formula, why a perfect forecast
does not cost 0 here, and what would happen if she said 100 %.""",
    hints=(
        "How surprised is somebody who knows that it rains on 80 % of such days, on "
        "the days without rain?",
        "What would she pay on a dry day to which she gave 0 %?",
    ),
    checker=ProseChecker(
        points=(
            "What she pays on a day is the surprise: little when it rains, much when "
            "it stays dry, because she gave that only 20 %.",
            "Which days stay dry nobody can tell, so some surprise remains for the "
            "best of forecasts. This part is called entropy, and belongs to the "
            "weather.",
            "What a forecast pays on top is the divergence. Hers is 0, so the loss is "
            "as low as it can be: 0 is not the mark to compare with.",
            "If she said 100 %, she would pay nothing on rainy days. A single dry day "
            "would cost infinitely much, and the mean with it.",
            "On average, claiming more or less than is true does not pay.",
        )
    ),
)

from_logits = Exercise(
    name="from_logits",
    topic=TOPIC,
    goal="stable",
    level=2,
    title="Straight from the logits",
    task="""\
Write a function that returns the mean cross-entropy, in nats, of class numbers `y`,
shape (n,), and `logits`, shape (n, k).

It must hold for huge logits, too: 900 or −900, for the label or for another class.
Write out the formula, with NumPy.""",
    hints=(
        "Begin with the formula that has no probability in it: the logarithm of the "
        "sum of the powers, minus the logit of the label.",
        "Softmax does not change if the same number is subtracted from all logits of "
        "a row. Subtract the largest: then the largest power is 1.",
        "With `z = logits - logits.max(axis=1, keepdims=True)`, the label's part is "
        "`z[np.arange(len(y)), y]`, and the other `np.log(np.exp(z).sum(axis=1))`.",
    ),
    checker=FunctionChecker(
        arguments=("y", "logits"),
        right=cross_entropy_from_logits,
        draw=cases.small_and_huge_logits,
        mistakes=(
            *in_each_way(right.OVERFLOWING, roads.exponential_overflows),
            *in_each_way(right.ROUNDED, roads.probability_rounded),
            *in_each_way(
                right.ROADS,
                any_loss.sum_for_mean,
                any_loss.averaged_twice,
                known.one_for_each,
                known.missing_minus,
                known.in_bits,
                known.mean_over_classes,
            ),
            *in_each_way(right.UNROUNDED, known.log_of_the_largest),
            *in_each_way(right.SOFTMAXES, known.over_examples, known.over_everything),
            *in_each_way(
                right.OVERFLOWING,
                roads.one_maximum_for_all,
                roads.maxima_of_the_columns,
                roads.shifted_by_the_mean,
                roads.shifted_by_the_smallest,
            ),
            roads.maximum_not_added_back,
            roads.only_the_logit,
            roads.log_of_the_logit,
            roads.class_number_as_weight,
            roads.loss_of_softmax,
            known.share_of_wrong,
            known.share_of_right,
            *known.clipped(lambda y, z: right.own(y, softmax(z))),
        ),
    ),
    remark="Give a loss the logits, and apply softmax only to read probabilities.",
)

gradient = Exercise(
    name="gradient",
    topic=TOPIC,
    goal="gradient",
    level=3,
    title="Derive, implement and check the gradient",
    task="""\
1. On paper: the loss of one example is $\\log (e^{z_1} + \\dots + e^{z_k}) - z_y$. By
   how much does it change if the logit $z_j$ grows a little, and no other? And the
   mean over n examples? Which way is the label's logit pushed if the answer is right
   already?
2. In code: let `derived` hold these slopes for class numbers `y`, shape (n,), and
   `logits`, shape (n, k). It has the shape of `logits`; they are small here.
   Write out the formula, with NumPy.
3. Check it: let `measured` be the same gradient, found by `numerical_gradient`
   from the loss, here `cross_entropy_from_logits`. Compare the two.""",
    hints=(
        "The slope of log u is 1/u, and the sum grows by e to the z_j. What does that "
        "make together? The second part has a slope in one logit only.",
        "It is probability minus label, with the label as a one-hot row. What stands "
        "in front of the sum over the examples, 1/n, stays in front.",
        "`numerical_gradient(f, x)` wants a function of the logits alone, such as "
        "`lambda z: cross_entropy_from_logits(y, z)`, and where to measure: `logits`.",
    ),
    checker=FunctionChecker(
        arguments=("y", "logits"),
        right=lambda y, z: (
            cross_entropy_from_logits_grad(y, z),
            numerical_gradient(lambda z: cross_entropy_from_logits(y, z), z),
        ),
        draw=cases.three_and_four_classes,
        parts=("derived", "measured"),
        body=DERIVE_AND_MEASURE,
        mistakes=(
            *in_part(
                0,
                2,
                any_loss.gradient_of_the_sum(cross_entropy_from_logits_grad),
                slopes.turned_round,
                slopes.label_not_subtracted,
                slopes.class_number_subtracted,
                slopes.logits_minus_label,
                slopes.slope_in_probabilities,
                slopes.only_the_labels_column,
                slopes.slope_of_a_square,
                slopes.only_wrong_answers_pushed,
                slopes.divided_by_classes_too,
                slopes.divided_by_classes,
                *in_each_way(right.SLOPES, known.over_examples, known.over_everything),
            ),
            *in_part(
                1,
                2,
                any_loss.nothing_measured,
                slopes.sum_measured,
                slopes.measured_without_minus,
                known.in_bits(cross_entropy_from_logits_grad),
                slopes.measured_in_probabilities,
            ),
        ),
    ),
    remark="The label's logit is pushed up in every row, after right answers, too.",
)

read_digits = Exercise(
    name="read_digits",
    topic=TOPIC,
    goal="judge",
    level=3,
    title="Read digits, and judge the reader",
    task="""\
`x`, shape (n, 64), are pictures of handwritten digits, and `y` the digits 0 to 9.
`x_new` and `y_new` are others, held out. Write a function that returns two losses,
both the mean cross-entropy on the *held-out* pictures:

1. `trained`: that of a linear model, one logit for each digit. Start with all weights
   and biases at 0, and take `steps` steps of gradient descent on the mean
   cross-entropy of `x` and `y`, with the given learning rate.
2. `baseline`: that of a model that looks at no picture. It gives each digit the share
   that it has in `y`; each digit occurs there, but some are rare.

You may use the losses of `lossbook`, such as `cross_entropy_from_logits_grad`.""",
    hints=(
        "The weights have shape (64, 10) and the biases (10,). The logits are "
        "`x @ w + b`, and `cross_entropy_from_logits_grad` gives the slopes in them.",
        "The slope in `w` is `x.T @ slope`, that in `b` is `slope.sum(axis=0)`. Step "
        "against both, and at the end take the loss of `x_new @ w + b`.",
        "`np.bincount(y, minlength=10) / len(y)` are the shares. The baseline gives "
        "them to every picture: `np.tile(shares, (len(y_new), 1))`.",
    ),
    checker=FunctionChecker(
        arguments=("x", "y", "x_new", "y_new", "learning_rate", "steps"),
        right=lambda *inputs: (right.fitted()(*inputs), right.baseline()(*inputs)),
        draw=cases.pictures,
        parts=("trained", "baseline"),
        mistakes=(
            *in_part(
                0,
                2,
                *slopes.when_judging(right.fitted, cross_entropy_from_logits),
                slopes.uphill,
                slopes.fitted_to_the_sum,
                slopes.fitted_by_two_means,
                slopes.bias_forgotten,
                slopes.biases_averaged,
                slopes.biases_after_weights,
                slopes.fitted_with_softmax_twice,
                slopes.softmax_before_judging,
                slopes.judged_on_training,
                slopes.trained_on_held_out,
                slopes.trained_on_all,
                slopes.trained_and_judged_the_wrong_way_round,
            ),
            *in_part(
                1,
                2,
                *slopes.when_judging(right.baseline, cross_entropy),
                slopes.shares_for_logits,
                slopes.equal_shares,
                slopes.shares_peeked_at,
                slopes.shares_of_all,
                slopes.baseline_on_training,
                slopes.most_frequent_for_sure,
                slopes.counts_not_divided,
            ),
            slopes.models_swapped,
        ),
    ),
    remark="Compare a loss with that of a baseline on the same data.",
)
