"""What is particular to the focal loss."""

import math

import numpy as np
import pytest
from numpy.testing import assert_allclose

from lossbook import (
    binary_cross_entropy_from_logits,
    binary_cross_entropy_from_logits_grad,
    cross_entropy_from_logits,
    cross_entropy_from_logits_grad,
    focal,
    focal_grad,
    sigmoid,
)


def test_focal_by_hand():
    """Lin et al., equation 4: a half squared times log 2, and 0.01 of the surprise."""
    assert focal([1], [0.0]) == pytest.approx(math.log(2) / 4, rel=1e-15)
    easy = focal([1], [math.log(9)])
    assert easy == pytest.approx(-0.01 * math.log(0.9), rel=1e-14)
    assert focal([0], [[0.0, 0.0]], gamma=1) == pytest.approx(
        math.log(2) / 2, rel=1e-15
    )


def test_the_slope_by_hand():
    """At p of one half: a quarter (1 + 2 log 2), towards the label by one half."""
    slope = (1 + 2 * math.log(2)) / 8

    assert focal_grad([1, 0], [0.0, 0.0], reduction="sum") == pytest.approx(
        [-slope, slope], rel=1e-15
    )


def as_torchvision_writes_it(z, y, alpha=0.25, gamma=2):
    """The body of torchvision.ops.sigmoid_focal_loss, in NumPy, without reduction."""
    p = sigmoid(z)
    ce = binary_cross_entropy_from_logits(y, z, reduction="none")
    p_t = p * y + (1 - p) * (1 - y)
    return (alpha * y + (1 - alpha) * (1 - y)) * ce * (1 - p_t) ** gamma


def test_the_setting_of_the_paper_is_that_of_torchvision(rng):
    y, z = rng.integers(2, size=500), 4 * rng.normal(size=500)

    theirs = as_torchvision_writes_it(z, y)
    ours = focal(y, z, class_weights=(0.75, 0.25), reduction="none")
    assert_allclose(ours, theirs, rtol=1e-9)
    mean = focal(y, z, class_weights=(0.75, 0.25))
    assert mean == pytest.approx(theirs.sum() / np.where(y, 0.25, 0.75).sum())


def test_gamma_0_is_the_cross_entropy(rng):
    y, z = rng.integers(2, size=50), 5 * rng.normal(size=50)
    classes, rows = rng.integers(4, size=50), 5 * rng.normal(size=(50, 4))
    pairs = (
        (focal, binary_cross_entropy_from_logits, y, z),
        (focal_grad, binary_cross_entropy_from_logits_grad, y, z),
        (focal, cross_entropy_from_logits, classes, rows),
        (focal_grad, cross_entropy_from_logits_grad, classes, rows),
    )

    for f, plain, labels, x in pairs:
        for weights in (None, np.arange(1, 5 if x.ndim == 2 else 3)):
            expected = plain(labels, x, class_weights=weights)
            assert_allclose(f(labels, x, gamma=0, class_weights=weights), expected)


def test_two_columns_are_the_two_labels(rng):
    y, z = rng.integers(2, size=50), 3 * rng.normal(size=50)
    rows = np.column_stack([np.zeros(50), z])

    for options in ({}, {"gamma": 0.7}, {"class_weights": [0.3, 2]}):
        assert focal(y, rows, **options) == pytest.approx(focal(y, z, **options))
        slopes = focal_grad(y, rows, **options)[:, 1]
        assert_allclose(slopes, focal_grad(y, z, **options), rtol=1e-12)


def test_one_hot_labels_are_class_numbers_and_soft_ones_are_refused():
    z = [[1.0, 0.0, -2.0]]

    assert focal([[0, 1, 0]], z) == focal([1], z)
    for f in (focal, focal_grad):
        with pytest.raises(ValueError, match="this loss cannot read soft labels"):
            f([[0.5, 0.5, 0.0]], z)


def test_a_soft_label_of_two_classes_is_the_mean_of_both():
    hard = [focal([label], [0.7]) for label in (0, 1)]

    assert focal([0.25], [0.7]) == pytest.approx(0.75 * hard[0] + 0.25 * hard[1])


def test_a_masked_class_is_no_rival_and_costs_infinity_if_it_happens():
    inf = math.inf

    assert focal([0], [[0.0, 0.0, -inf]]) == pytest.approx(math.log(2) / 4)
    assert focal_grad([0], [[0.0, 0.0, -inf]])[0, 2] == 0
    assert focal([2], [[0.0, 0.0, -inf]]) == inf


def test_it_is_not_proper():
    """Where class 1 happens nine times in ten, 0.69 is cheaper than 0.9."""
    said = np.arange(1, 100) / 100
    logits = np.log(said / (1 - said))

    paid = focal(np.full(99, 0.9), logits, reduction="none")
    assert said[np.argmin(paid)] == 0.69


def test_sure_and_right_costs_little_and_not_nothing():
    assert focal([1], [200.0]) == pytest.approx(math.exp(-600), rel=1e-12)
    assert focal_grad([1], [200.0]) == pytest.approx([-3 * math.exp(-600)], rel=1e-12)
    assert focal([0], [1000.0]) == 1000
    assert focal_grad([0], [1000.0]) == [1.0]


@pytest.mark.parametrize("gamma", [-1, math.nan, math.inf, "2", None, [2], True, 1j])
def test_a_gamma_that_is_none_is_refused(gamma):
    for f in (focal, focal_grad):
        with pytest.raises(
            ValueError, match="gamma must be a finite number, 0 or more"
        ):
            f([1], [0.0], gamma=gamma)
