"""Exercises on rare classes and small regions, from five pixels to a loss of tags."""

from ..engine.checkers import FunctionChecker, ProseChecker, ValueChecker
from ..engine.exercise import Exercise
from ..engine.mistakes import in_part
from . import cases, mistakes as known, right

TOPIC = "rare_and_small"

five_pixels = Exercise(
    name="five_pixels",
    topic=TOPIC,
    goal="regions",
    level=1,
    title="Two regions in five pixels",
    task="""\
A doctor marked two of five pixels; a model gives each a probability:

| pixel | 1 | 2 | 3 | 4 | 5 |
|---|---|---|---|---|---|
| marked | 1 | 1 | 0 | 0 | 0 |
| predicted | 0.8 | 0.5 | 0.5 | 0 | 0 |

Write down two losses, with three digits after the point: the Dice loss, and one minus
the intersection over the union (Tversky with 1 for both prices).""",
    hints=(
        "Add up three things: the marked pixels, the predicted probabilities, and "
        "their products, which are what is shared.",
        "Dice: one minus twice the shared, over the sum of both regions. The union is "
        "that sum without the shared, which stands in it twice.",
    ),
    checker=ValueChecker(
        inputs=([1, 1, 0, 0, 0], [0.8, 0.5, 0.5, 0.0, 0.0]),
        right=right.region_losses,
        parts=("Dice", "IoU"),
        tolerance=0.001,
        mistakes=(
            known.overlaps,
            known.swapped_regions,
            *in_part(
                0,
                2,
                known.shared_once,
                known.cut_at_one_half,
                known.entropy_of_the_pixels,
            ),
            *in_part(1, 2, known.shared_kept_twice),
        ),
    ),
    remark="However many pixels of background you add, both stay as they are.",
)

focal_loss = Exercise(
    name="focal_loss",
    topic=TOPIC,
    goal="focal",
    level=2,
    title="The focal loss of a data set",
    task="""\
`y` holds labels 0 and 1, and `p` the probabilities of label 1 that a model gave, none
of them 0 or 1; both have shape (n,). `gamma` is a number.

Write a function that returns the mean focal loss in nats, with NumPy and without
`focal`.""",
    hints=(
        "Find first the probability of what happened: `p` where the label is 1, and "
        "`1 - p` where it is 0.",
        "With that, an example costs (1 − p) to the power of `gamma`, times −log p.",
    ),
    checker=FunctionChecker(
        arguments=("y", "p", "gamma"),
        right=right.mean_focal,
        draw=cases.labels_and_probs,
        mistakes=(
            known.factor_forgotten,
            known.only_label_1,
            known.zeros_left_out,
            known.hard_ones_silenced,
            known.factor_of_label_1,
            known.times_gamma,
            known.factor_alone,
            known.focal_negative,
            known.power_of_the_entropy,
        ),
    ),
    remark="With a `gamma` of 0 your function is the cross-entropy. Try it.",
)

weight_undone = Exercise(
    name="weight_undone",
    topic=TOPIC,
    goal="weights",
    level=2,
    title="Honest probabilities from a weighted model",
    task="""\
A model was trained with cross-entropy, and the examples of label 1 had a weight. `p`
holds the probabilities of label 1 that it states, none of them 0 or 1, shape (n,);
`weight` is that weight, a number above 0.

Write a function that returns the probabilities with the weight undone, shape (n,).""",
    hints=(
        "The weight multiplied the odds, p / (1 − p).",
        "Divide the odds by the weight, and turn them back into probabilities: odds "
        "over one plus odds.",
    ),
    checker=FunctionChecker(
        arguments=("p", "weight"),
        right=right.undone,
        draw=cases.probs_and_weights,
        mistakes=(
            known.probability_divided,
            known.weight_put_on,
            known.odds_returned,
            known.logits_returned,
            known.logit_divided,
            known.weight_from_the_logit,
            known.as_it_was,
        ),
    ),
    remark="It mends the weight, and nothing else: check the calibration all the same.",
)

tiny_tumours = Exercise(
    name="tiny_tumours",
    topic=TOPIC,
    goal="regions",
    level=2,
    title="Advise a colleague who looks for tiny tumours",
    task="""\
A colleague wants to find tumours that cover one pixel in 500. "I trained with
cross-entropy", she says, "the loss went down to 0.01, and not one tumour is drawn. So
cross-entropy is no good here, and I will take the focal loss, because I also need
probabilities that a surgeon can rely on."

Answer her in about six sentences: what the 0.01 says, what you would look at first,
and which loss you would take for the outline and which for the surgeon.""",
    hints=(
        "What does a blank answer cost, one that states the same small probability for "
        "every pixel? And at which threshold did she draw?",
        "Which of the losses leave probabilities honest, and which of them see a tiny "
        "region as well as a large one?",
    ),
    checker=ProseChecker(
        points=(
            "Where one pixel in 500 is marked, a blank answer has a mean cross-entropy "
            "of about 0.014: a low loss says little, so compare with that.",
            "At a threshold of one half a pixel is drawn only if tumour is more likely "
            "than not. Try lower thresholds, and look at recall and precision.",
            "For the outline, Dice measures the overlap whatever the size of the "
            "tumour; Tversky makes missing dearer than marking in vain.",
            "For the surgeon, cross-entropy: its best answer is the true probability. "
            "Check the calibration on held-out scans.",
            "The focal loss draws probabilities towards one half. It is the wrong "
            "choice for who relies on them, unless they are turned back.",
        )
    ),
)

tags_loss = Exercise(
    name="tags_loss",
    topic=TOPIC,
    goal="tags",
    level=3,
    title="A loss for several tags",
    task="""\
`tags` holds a row for each example and a column for each tag: 1 where the tag applies,
else 0. Any number of tags may apply. `logits`, of the same shape, holds what a model
says of each.

Write a function that returns the mean over the examples of what each costs in nats,
where the losses of an example's tags are added up. You may use `sigmoid`; the logits
are small.""",
    hints=(
        "Each tag is a question of its own with the answers yes and no. Which loss is "
        "for that?",
        "With p the sigmoid of the logit, a tag that applies costs −log p, one that "
        "does not −log(1 − p).",
        "`each.sum(axis=1)` adds up the tags of each example.",
    ),
    checker=FunctionChecker(
        arguments=("tags", "logits"),
        right=right.loss_of_tags,
        draw=cases.tags_and_logits,
        mistakes=(
            known.softmax_over_tags,
            known.only_tags_that_apply,
            known.mean_over_tags_too,
            known.tags_and_examples_added,
            known.mean_over_tags_only,
            known.negative_tags(right.loss_of_tags),
            known.logits_taken_for_labels,
            known.one_for_each_example,
        ),
    ),
    remark="Libraries often average over the tags, too. Then a learning rate means "
    "something else; the best model is the same.",
)
