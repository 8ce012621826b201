"""What is often wrong around similarity."""

import numpy as np

from ...losses import info_nce, triplet
from ..engine.mistakes import mistake
from .right import cosines, nearest_other, surprise, three_losses


@mistake
def halves_forgotten(near, far, margin):
    """The ½ before both squares is missing. The triplet loss has none."""
    same, other, three = three_losses(near, far, margin)
    return 2 * same, 2 * other, three


@mistake
def squares_forgotten(near, far, margin):
    """You took half the distance, and half of what lacks. Both are squared first."""
    return near / 2, max(0, margin - far) / 2, three_losses(near, far, margin)[2]


@mistake
def margin_left_out(near, far, margin):
    """You left the margin out of the triplet loss. The positive has to be nearer by
    the margin.
    """
    return (*three_losses(near, far, margin)[:2], max(0, near - far))


@mistake
def positive_and_negative_swapped(near, far, margin):
    """In the triplet loss you swapped both distances. One that is far from the negative
    should pay less.
    """
    return (*three_losses(near, far, margin)[:2], max(0, far - near + margin))


@mistake
def kinds_swapped(near, far, margin):
    """You took the same pair for the different one, and the other way round. What is of
    one kind pays for its distance.
    """
    return max(0, margin - near) ** 2 / 2, far**2 / 2, near - far + margin


@mistake
def negatives_for_positives(anchors, positives, negatives, margin):
    """You swapped positives and negatives. The distance to the positive makes the loss
    larger, that to the negative smaller.
    """
    return triplet(anchors, negatives, positives, margin=margin)


@mistake
def margin_forgotten(anchors, positives, negatives, margin):
    """The margin is missing. The positive has to be nearer by the margin."""
    return np.mean(np.maximum(0, -_leads(anchors, positives, negatives)))


@mistake
def squared_distances(anchors, positives, negatives, margin):
    """You took squared distances, as FaceNet does. Here they are taken as they are:
    the root is missing.
    """
    near, far = (((anchors - x) ** 2).sum(axis=1) for x in (positives, negatives))
    return np.mean(np.maximum(0, near - far + margin))


@mistake
def never_below_0_forgotten(anchors, positives, negatives, margin):
    """Your triplets that are right by more than the margin get a negative loss. They
    cost nothing: `np.maximum(0, ...)`.
    """
    return np.mean(margin - _leads(anchors, positives, negatives))


@mistake
def mean_before_maximum(anchors, positives, negatives, margin):
    """You took the mean first and the maximum then. So easy triplets pay for the
    others. Each triplet has its own maximum with 0.
    """
    return max(0.0, np.mean(margin - _leads(anchors, positives, negatives)))


@mistake
def one_distance_for_all(anchors, positives, negatives, margin):
    """You took one distance for the whole matrix. Each row has its own:
    `np.linalg.norm(..., axis=1)`.
    """
    near, far = (np.linalg.norm(anchors - x) for x in (positives, negatives))
    return max(0.0, near - far + margin)


@mistake
def sums_of_differences(anchors, positives, negatives, margin):
    """You added up the sizes of the differences. The distance here is the root of the
    sum of their squares.
    """
    near, far = (np.abs(anchors - x).sum(axis=1) for x in (positives, negatives))
    return np.mean(np.maximum(0, near - far + margin))


def _leads(anchors, positives, negatives):
    near, far = (np.linalg.norm(anchors - x, axis=1) for x in (positives, negatives))
    return far - near


@mistake
def lengths_left_in(queries, keys, temperature):
    """You took the products of the rows as they are. For cosines each row is brought to
    length 1 first.
    """
    return np.mean(surprise(queries @ keys.T / temperature))


@mistake
def temperature_multiplied(queries, keys, temperature):
    """You multiplied by the temperature. Cosines are divided by it."""
    return info_nce(queries, keys, temperature=1 / temperature)


@mistake
def temperature_forgotten(queries, keys, temperature):
    """The temperature is missing: divide the cosines by it."""
    return info_nce(queries, keys, temperature=1)


@mistake
def own_key_left_out(queries, keys, temperature):
    """Your sum runs over the other keys only. The right key stands in it too, or the
    loss could fall below 0.
    """
    logits = cosines(queries, keys) / temperature
    others = np.where(np.eye(len(logits)), 0, np.exp(logits))
    return np.mean(np.log(others.sum(axis=1)) - np.diag(logits))


@mistake
def columns_for_rows(queries, keys, temperature):
    """You summed over the queries: that looks from the keys. Each query chooses among
    all keys, along its row.
    """
    return info_nce(keys, queries, temperature=temperature)


@mistake
def sign_turned(queries, keys, temperature):
    """The sign is turned round: that is the mean logarithm of a probability, which is
    below 0.
    """
    return -info_nce(queries, keys, temperature=temperature)


@mistake
def of_the_same_kind(e, kinds):
    """You looked among rows of the same kind. A negative is of another kind."""
    np.fill_diagonal(same := kinds[:, None] == kinds, False)
    return nearest_other(lambda own, other: same)(e, kinds)


@mistake
def of_any_kind(e, kinds):
    """You took the nearest row of any kind. Rows of its own kind are no negatives."""
    np.fill_diagonal(others := np.ones((len(e), len(e)), bool), False)
    return nearest_other(lambda own, other: others)(e, kinds)


@mistake
def farthest(e, kinds):
    """That is the farthest of the other kinds: the easiest negative. The hardest is the
    nearest.
    """
    return nearest_other(choose=lambda away, valid: np.max(away * valid, 1))(e, kinds)


@mistake
def squared(e, kinds):
    """Those are squared distances. Take the root."""
    return nearest_other()(e, kinds) ** 2


@mistake
def mean_of_the_others(e, kinds):
    """That is the mean distance to the other kinds. One of them, the nearest, is asked
    for.
    """
    mean = nearest_other(
        choose=lambda away, valid: (away * valid).sum(1) / valid.sum(1)
    )
    return mean(e, kinds)


@mistake
def row_of_the_nearest(e, kinds):
    """You give the number of the nearest row. How far away it is was asked for: `min`
    in place of `argmin`.
    """
    return nearest_other(
        choose=lambda away, valid: np.argmin(np.where(valid, away, np.inf), 1)
    )(e, kinds)
