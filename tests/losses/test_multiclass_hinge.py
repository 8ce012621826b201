"""What is particular to the multi-class hinge and its two variants."""

import numpy as np
import pytest
from sklearn import metrics

from lossbook import hinge, hinge_grad, multiclass_hinge, multiclass_hinge_grad

CRAMMER_SINGER, WESTON_WATKINS = "crammer_singer", "weston_watkins"
both_variants = pytest.mark.parametrize("variant", [CRAMMER_SINGER, WESTON_WATKINS])


@pytest.mark.parametrize(
    ("variant", "scores", "loss", "gradient"),
    [
        (CRAMMER_SINGER, [2.0, 1.5, 3.0], 2.0, [-1, 0, 1]),
        (WESTON_WATKINS, [2.0, 1.5, 3.0], 0.5 + 2.0, [-2, 1, 1]),
        (CRAMMER_SINGER, [3.0, 1.5, 2.0], 0.0, [0, 0, 0]),
        (WESTON_WATKINS, [3.0, 1.5, 2.0], 0.0, [0, 0, 0]),
        (CRAMMER_SINGER, [3.0, 2.5, -9.0], 0.5, [-1, 1, 0]),
        (WESTON_WATKINS, [3.0, 2.5, -9.0], 0.5, [-1, 1, 0]),
    ],
)
def test_by_hand(variant, scores, loss, gradient):
    assert multiclass_hinge([0], [scores], variant=variant) == loss
    assert multiclass_hinge_grad([0], [scores], variant=variant).tolist() == [gradient]


def test_the_variant_is_crammer_and_singer_unless_given():
    scores = [[0.0, 0.5, 0.5]]

    assert multiclass_hinge([0], scores) == 1.5
    assert multiclass_hinge([0], scores, variant=WESTON_WATKINS) == 3.0


def test_the_first_of_tied_rivals_takes_the_slope():
    scores = [[5.0, 1.0, 5.0, 5.0]]

    assert multiclass_hinge_grad([1], scores).tolist() == [[1, -1, 0, 0]]
    assert multiclass_hinge_grad([0], scores).tolist() == [[-1, 0, 1, 0]]


@both_variants
def test_the_mean_divides_by_all_examples(variant):
    y, s = [0, 0, 1, 1], [[0.0, 0.0], [9.0, 0.0], [0.0, 9.0], [0.0, 0.0]]

    assert multiclass_hinge(y, s, variant=variant) == 2 / 4
    gradient = multiclass_hinge_grad(y, s, variant=variant)
    assert gradient.tolist() == [[-1 / 4, 1 / 4], [0, 0], [0, 0], [1 / 4, -1 / 4]]


@both_variants
def test_two_classes_give_the_hinge_of_the_difference(variant, rng):
    s, y = rng.normal(size=(40, 2)), rng.integers(2, size=40)
    lead, sign = s[:, 1] - s[:, 0], 2 * y - 1

    assert multiclass_hinge(y, s, variant=variant) == pytest.approx(
        hinge(sign, lead), rel=1e-14
    )
    assert multiclass_hinge_grad(y, s, variant=variant)[:, 1] == pytest.approx(
        hinge_grad(sign, lead), rel=1e-14
    )


def test_the_strongest_rival_costs_no_more_than_all_together(rng):
    y, s = rng.integers(5, size=100), rng.normal(size=(100, 5))

    strongest = multiclass_hinge(y, s, reduction="none")
    together = multiclass_hinge(y, s, variant=WESTON_WATKINS, reduction="none")
    assert (strongest <= together).all()
    assert (together <= 4 * strongest + 1e-12).all()


@both_variants
def test_a_constant_added_to_all_scores_changes_nothing(variant, rng):
    y, s = rng.integers(4, size=30), rng.integers(-9, 9, size=(30, 4)) / 8

    for shift in (1024.0, -64.0):
        for f in (multiclass_hinge, multiclass_hinge_grad):
            shifted, plain = f(y, s + shift, variant=variant), f(y, s, variant=variant)
            assert np.array_equal(shifted, plain)


@both_variants
def test_one_hot_labels_are_read(variant, rng):
    y, s = rng.integers(4, size=30), rng.normal(size=(30, 4))

    for f in (multiclass_hinge, multiclass_hinge_grad):
        one_hot, numbers = f(np.eye(4)[y], s, variant=variant), f(y, s, variant=variant)
        assert np.array_equal(one_hot, numbers)


@both_variants
def test_soft_labels_are_refused(variant):
    for f in (multiclass_hinge, multiclass_hinge_grad):
        with pytest.raises(ValueError, match=r"got 0.5 at \[0, 0\]; this loss cannot"):
            f([[0.5, 0.5]], [[1.0, 2.0]], variant=variant)


@both_variants
@pytest.mark.parametrize("bad", [np.inf, -np.inf, np.nan])
def test_a_score_is_never_masked(variant, bad):
    for f in (multiclass_hinge, multiclass_hinge_grad):
        with pytest.raises(ValueError, match=r"scores must be finite, got .* \[0, 1\]"):
            f([0], [[5.0, bad, 0.0]], variant=variant)


@both_variants
def test_a_difference_that_overflows_is_infinite(variant):
    scores = [[-1.7e308, 1.7e308, 0.0]]

    assert multiclass_hinge([0], scores, variant=variant) == np.inf
    assert multiclass_hinge([1], scores, variant=variant) == 0
    expected = [-1, 1, 0] if variant == CRAMMER_SINGER else [-2, 1, 1]
    assert multiclass_hinge_grad([0], scores, variant=variant).tolist() == [expected]


def test_what_a_rounded_difference_cuts_off_is_put_back():
    own, rival = 1e16, 1e16 - 2.0
    assert multiclass_hinge([0], [[own, rival]]) == 0

    own, rival = 0.7, 0.7 - 1 + 2.0**-50
    exact = 1 + rival - own  # 2**-50, up to what rounded the rival
    assert multiclass_hinge([0], [[own, rival]]) == pytest.approx(exact, rel=1e-15)


def test_agrees_with_scikit_learn(rng):
    y, s = rng.integers(5, size=5000), rng.normal(size=(5000, 5))

    theirs = metrics.hinge_loss(y, s, labels=range(5))
    assert multiclass_hinge(y, s) == pytest.approx(theirs, rel=1e-12)


@pytest.mark.parametrize("variant", ["ww", None, "Crammer_Singer"])
def test_an_unknown_variant_is_refused(variant):
    for f in (multiclass_hinge, multiclass_hinge_grad):
        with pytest.raises(ValueError, match="'crammer_singer', 'weston_watkins'"):
            f([0], [[1.0, 2.0]], variant=variant)


def test_one_column_is_refused():
    with pytest.raises(ValueError, match=r"two or more classes, got shape \(1, 1\)"):
        multiclass_hinge([0], [[1.0]])
