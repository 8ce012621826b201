"""What is particular to the contrastive loss."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from lossbook import contrastive, contrastive_grad, squared_hinge

ZERO, FIVE_AWAY = [[0.0, 0.0]], [[3.0, 4.0]]


def test_by_hand():
    assert contrastive([1], ZERO, FIVE_AWAY) == 12.5
    assert contrastive([0], ZERO, FIVE_AWAY) == 0
    assert contrastive([0], ZERO, FIVE_AWAY, margin=7) == 2
    first, second = contrastive_grad([0], ZERO, FIVE_AWAY, margin=7)
    assert_allclose(first, [[1.2, 1.6]], rtol=1e-15)
    assert_allclose(second, [[-1.2, -1.6]], rtol=1e-15)


def test_different_pairs_pay_half_a_squared_hinge_of_their_distance(rng):
    a, b = rng.normal(size=(2, 50, 3)) / 2
    d = np.linalg.norm(a - b, axis=1)

    ours = contrastive(np.zeros(50), a, b, reduction="none")
    assert_allclose(ours, squared_hinge(np.ones(50), d, reduction="none") / 2)


def test_a_unit_that_is_twice_as_large_changes_the_scale_and_nothing_else(rng):
    """So a distance has no unit of its own: the margin gives it one."""
    y, (a, b) = rng.integers(2, size=40), rng.normal(size=(2, 40, 3))

    doubled = contrastive(y, 2 * a, 2 * b, margin=2.5)
    assert doubled == pytest.approx(4 * contrastive(y, a, b, margin=1.25))


def test_all_on_one_point_is_best_where_every_pair_is_of_one_kind(rng):
    a, b = rng.normal(size=(2, 40, 3))
    point = np.full((40, 3), 7.0)

    assert contrastive(np.ones(40), point, point) == 0
    assert contrastive(np.ones(40), a, b) > 0
    assert contrastive(np.zeros(40), point, point, margin=3) == 4.5


def test_what_is_on_one_point_is_not_parted():
    first, second = contrastive_grad([0, 0], [[1, 2], [0, 0]], [[1, 2], [0, 0.5]])

    assert not first[0].any()
    assert not second[0].any()
    assert first[1].tolist() == [0, 0.25]


@pytest.mark.parametrize("size", [1e-320, 1e-200, 1e200, 1e308])
def test_distances_keep_their_digits_where_squares_would_not(size):
    three, four = 3 * (size / 10), 4 * (size / 10)
    first, _ = contrastive_grad([0], [[three, 0]], [[0, -four]], margin=1e308)

    d = float(np.hypot(three, four))
    assert contrastive([1], [[three, 0]], [[0, -four]]) == d * d / 2
    assert_allclose(first, np.array([[three, four]]) / -d * (1e308 - d), rtol=2e-3)


@pytest.mark.parametrize("margin", [0, -1, np.nan, np.inf, "1", None])
def test_a_margin_is_a_number_above_0(margin):
    for f in (contrastive, contrastive_grad):
        with pytest.raises(ValueError, match="margin must be a finite number above 0"):
            f([1], ZERO, FIVE_AWAY, margin=margin)
