"""Exercises on similarity: three losses, the negatives that teach, advice."""

from ...losses import info_nce, triplet
from .. import any_loss
from ..engine.checkers import FunctionChecker, ProseChecker, ValueChecker
from ..engine.exercise import Exercise
from . import cases, mistakes as known, right

TOPIC = "similarity"

three_losses = Exercise(
    name="three_losses",
    topic=TOPIC,
    goal="compute",
    level=1,
    title="Three losses of three points",
    task="""\
An anchor stands at (0, 0). Its positive, of the same kind, stands at (0.6, 0.8), and a
negative, of another kind, at (0, 0.7). The margin is 2. Write down three numbers:

1. the contrastive loss of the pair of anchor and positive;
2. the contrastive loss of the pair of anchor and negative;
3. the triplet loss of all three.""",
    hints=(
        "First the two distances from the anchor: one is 1, the other 0.7.",
        "Half the square of the distance; half the square of what the other one lacks "
        "to the margin; the distance to the positive, minus that to the negative, plus "
        "the margin.",
    ),
    checker=ValueChecker(
        inputs=(1.0, 0.7, 2.0),
        right=right.three_losses,
        parts=("same pair", "different pair", "triplet"),
        mistakes=(
            known.halves_forgotten,
            known.squares_forgotten,
            known.margin_left_out,
            known.positive_and_negative_swapped,
            known.kinds_swapped,
        ),
    ),
    remark="The negative is nearer than the positive, so the triplet costs more than "
    "its margin: a hard negative.",
)

mean_triplet_loss = Exercise(
    name="mean_triplet_loss",
    topic=TOPIC,
    goal="compute",
    level=1,
    title="The triplet loss of many rows",
    task="""\
In `anchors`, `positives` and `negatives` are embeddings, a row for each of n triplets.
Write a function that returns their mean triplet loss with a `margin`.
Write out the formula, with NumPy.""",
    hints=(
        "A distance for each row: `np.linalg.norm(..., axis=1)` of a difference.",
        "Distance to the positive minus distance to the negative plus margin. Where "
        "that is below 0, it is 0: `np.maximum(0, ...)`, and only then the mean.",
    ),
    checker=FunctionChecker(
        arguments=("anchors", "positives", "negatives", "margin"),
        right=lambda a, p, n, margin: triplet(a, p, n, margin=margin),
        draw=cases.triplets,
        mistakes=(
            any_loss.sum_for_mean(lambda a, p, n, m: triplet(a, p, n, margin=m)),
            any_loss.averaged_twice(lambda a, p, n, m: triplet(a, p, n, margin=m)),
            any_loss.one_for_each(
                lambda a, p, n, m: triplet(a, p, n, margin=m, reduction="none")
            ),
            known.negatives_for_positives,
            known.margin_forgotten,
            known.squared_distances,
            known.never_below_0_forgotten,
            known.mean_before_maximum,
            known.one_distance_for_all,
            known.sums_of_differences,
        ),
    ),
    remark="It is a hinge of the lead: by how much the positive is nearer.",
)

info_nce_loss = Exercise(
    name="info_nce_loss",
    topic=TOPIC,
    goal="compute",
    level=2,
    title="InfoNCE of a batch",
    task="""\
Row i of `queries` belongs to row i of `keys`, and to no other. Write a function that
returns the mean InfoNCE loss at a `temperature`, with cosines as similarities.
Write out the formula, with NumPy.""",
    hints=(
        "Bring each row to length 1. Then `queries @ keys.T` has all cosines, a row "
        "for each query.",
        "Divide by the temperature. The loss of row i is the logarithm of the sum of "
        "the exponentials in row i, minus entry i of that row.",
    ),
    checker=FunctionChecker(
        arguments=("queries", "keys", "temperature"),
        right=lambda q, k, t: info_nce(q, k, temperature=t),
        draw=cases.partners,
        mistakes=(
            any_loss.sum_for_mean(lambda q, k, t: info_nce(q, k, temperature=t)),
            any_loss.one_for_each(
                lambda q, k, t: info_nce(q, k, temperature=t, reduction="none")
            ),
            known.lengths_left_in,
            known.temperature_multiplied,
            known.temperature_forgotten,
            known.own_key_left_out,
            known.columns_for_rows,
            known.sign_turned,
        ),
    ),
    remark="It is the cross-entropy from logits with the row numbers as labels.",
)

hardest_negatives = Exercise(
    name="hardest_negatives",
    topic=TOPIC,
    goal="negatives",
    level=2,
    title="Find the hardest negatives",
    task="""\
In `e` are embeddings, one in each row, and in `kinds` the number of the kind of each.
Write a function that returns for each row how far away its hardest negative is: the
distance to the nearest row of *another* kind.""",
    hints=(
        "All differences at once: `e[:, None] - e` has the shape (n, n, d).",
        "Make the distances within a kind infinite, with `np.where`, and take the "
        "smallest of each row.",
    ),
    checker=FunctionChecker(
        arguments=("e", "kinds"),
        right=right.nearest_other(),
        draw=cases.clouds,
        mistakes=(
            known.of_the_same_kind,
            known.of_any_kind,
            known.farthest,
            known.squared,
            known.mean_of_the_others,
            known.row_of_the_nearest,
        ),
    ),
    remark="Compare it with the distance to the farthest row of the same kind: those "
    "two make the hardest triplet of a row.",
)

what_to_do = Exercise(
    name="what_to_do",
    topic=TOPIC,
    goal="judge",
    level=2,
    title="Advise a library",
    task="""\
A library wants to find out whether two handwritten pages are by the same writer. It
has ten pages of each of forty writers. "We trained an embedding on same pairs until the
loss was 0.0001", they say. "On held-out pages of the forty it finds nearly everything
below a distance of 0.5. So we use 0.5 for all writers from now on."

What do you answer, in about five sentences?""",
    hints=(
        "Which pairs are missing in the training, and what is then the cheapest "
        "embedding?",
        "Whose pages should the test have, and what does a distance of 0.5 mean?",
    ),
    checker=ProseChecker(
        points=(
            "Trained on same pairs alone, everything may have collapsed onto a point: "
            "look at the distances of different pairs.",
            "Different pairs are needed in training, by the contrastive loss, the "
            "triplet loss or InfoNCE.",
            "The test needs pages of writers who were not trained on: hold out whole "
            "writers.",
            "The threshold is to be chosen by false alarms too, not only by what is "
            "found, and holds for this one model: a distance has no unit.",
        )
    ),
)
