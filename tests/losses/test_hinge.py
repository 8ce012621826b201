"""What is particular to the hinge and to its square."""

import numpy as np
import pytest
from sklearn import metrics

from lossbook import hinge, hinge_grad, squared_hinge, squared_hinge_grad


@pytest.mark.parametrize(
    ("label", "score", "loss", "slope"),
    [
        (1, 2.0, 0.0, 0.0),
        (1, 1.0, 0.0, 0.0),
        (1, 0.5, 0.5, -1.0),
        (1, 0.0, 1.0, -1.0),
        (1, -2.0, 3.0, -1.0),
        (-1, -2.0, 0.0, 0.0),
        (-1, -0.5, 0.5, 1.0),
        (-1, 2.0, 3.0, 1.0),
    ],
)
def test_by_hand(label, score, loss, slope):
    assert hinge([label], [score]) == loss
    assert hinge_grad([label], [score]) == [slope]
    assert squared_hinge([label], [score]) == loss**2
    assert squared_hinge_grad([label], [score]) == [2 * loss * slope]


def test_a_slope_of_0_has_no_sign():
    for label in (-1, 1):
        for score in (label, 2 * label):
            assert not np.signbit(hinge_grad([label], [score])).any()
            assert not np.signbit(squared_hinge_grad([label], [score])).any()


def test_the_mean_divides_by_all_examples_not_by_those_that_cost():
    assert hinge([1, 1, 1, 1], [0, 2, 3, 4]) == 1 / 4
    assert hinge_grad([1, 1], [0, 2]).tolist() == [-1 / 2, 0]


def test_a_margin_just_short_of_1_costs_its_last_digit():
    short = np.nextafter(1.0, 0.0)

    assert hinge([1], [short]) == 2.0**-53
    assert squared_hinge([-1], [-short]) == 2.0**-106
    assert hinge_grad([1], [short]) == [-1]


def test_labels_and_scores_may_both_change_sign(rng):
    y, s = np.where(rng.normal(size=50) > 0, 1, -1), rng.normal(size=50)

    assert hinge(-y, -s) == hinge(y, s)
    assert hinge_grad(-y, -s).tolist() == (-hinge_grad(y, s)).tolist()


def test_agrees_with_scikit_learn(rng):
    y, s = np.where(rng.normal(size=20_000) > 0, 1, -1), rng.normal(size=20_000)

    assert hinge(y, s) == pytest.approx(metrics.hinge_loss(y, s), rel=1e-12)


@pytest.mark.parametrize("f", [hinge, hinge_grad, squared_hinge, squared_hinge_grad])
@pytest.mark.parametrize(("label", "score"), [(1, np.inf), (-1, -np.inf)])
def test_an_infinite_score_is_refused_though_its_loss_would_be_0(f, label, score):
    with pytest.raises(ValueError, match=r"scores must be finite, got -?inf at \[0\]"):
        f([label], [score])


@pytest.mark.parametrize("f", [hinge, hinge_grad, squared_hinge, squared_hinge_grad])
def test_labels_0_and_1_are_refused_though_the_loss_would_look_fine(f):
    with pytest.raises(ValueError, match=r"y_true must be -1 or \+1, got 0 at \[1\]"):
        f([1, 0], [5.0, 5.0])
    with pytest.raises(ValueError, match=r"got booleans; 2 \* y - 1 makes"):
        f([True, True], [5.0, 5.0])
    with pytest.raises(ValueError, match=r"got 1.0000000000000002 at \[0\]"):
        f([np.nextafter(1, 2)], [5.0])


def test_a_square_that_overflows_is_infinite():
    assert hinge([1], [-1e300]) == 1e300
    assert squared_hinge([1], [-1e300]) == np.inf
    assert squared_hinge_grad([1], [-1e300]) == [-2e300]


@pytest.mark.parametrize("f", [hinge, squared_hinge])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("place", [0, 1, 499])
def test_a_label_beside_1_is_found_whatever_its_bits(f, dtype, place):
    """The labels of a block are compared bit by bit, all at once."""
    one = dtype(1)
    beside = [np.nextafter(one, dtype(0)), np.nextafter(one, dtype(2)), 1.5, 1.75, 3]
    beside += [0.5, 0.75, 2, 0, 5e-324, np.inf, np.nan, 2.0**100]

    for wrong in beside:
        for sign in (-1, 1):
            y = np.where(np.arange(500) % 3, one, -one)
            y[place] = sign * dtype(wrong)
            with pytest.raises(ValueError, match=rf"-1 or \+1, got .* at \[{place}\]"):
                f(y, np.full(500, 0.5, dtype))
