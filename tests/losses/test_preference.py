"""What is particular to preferences."""

import math

import numpy as np
import pytest
from numpy.testing import assert_allclose

from lossbook import (
    binary_cross_entropy_from_logits,
    binary_cross_entropy_from_logits_grad,
    preference,
    preference_grad,
    sigmoid,
)
from lossbook.gradcheck import numerical_gradient


def test_by_hand():
    """Odds of 3 to 1 for the chosen: it was chosen with probability 3/4."""
    assert preference([math.log(3)], [0.0]) == pytest.approx(math.log(4 / 3), rel=1e-15)
    assert preference([1.0], [1.0]) == math.log(2)
    assert preference_grad([math.log(3)], [0.0]) == pytest.approx([0.25], rel=1e-15)


def test_it_is_the_binary_cross_entropy_of_the_lead(rng):
    chosen, rejected = 3 * rng.normal(size=(2, 100))
    one, lead = np.ones(100), chosen - rejected

    for margin in (0, 0.7):
        loss = binary_cross_entropy_from_logits(one, lead - margin)
        assert preference(chosen, rejected, margin=margin) == pytest.approx(loss)
        slopes = binary_cross_entropy_from_logits_grad(one, lead - margin)
        assert_allclose(preference_grad(chosen, rejected, margin=margin), -slopes)


def test_a_margin_is_taken_from_the_chosen(rng):
    chosen, rejected = rng.normal(size=(2, 20))

    moved = preference(chosen - 1.5, rejected)
    assert preference(chosen, rejected, margin=1.5) == pytest.approx(moved, rel=1e-14)


def test_only_differences_count(rng):
    chosen, rejected = rng.normal(size=(2, 20))

    same = preference(chosen + 5, rejected + 5)
    assert same == pytest.approx(preference(chosen, rejected), rel=1e-14)


def test_the_slope_in_the_chosen_is_the_same_with_the_other_sign(rng):
    chosen, rejected = rng.normal(size=(2, 8))

    measured = numerical_gradient(lambda c: preference(c, rejected), chosen)
    assert_allclose(-preference_grad(chosen, rejected), measured, rtol=1e-7)


def dpo_as_the_paper_writes_it(beta, pi, ref):
    """Rafailov and others, equation 7, of logarithms of (chosen, rejected) answers."""
    return -np.log(sigmoid(beta * (pi[0] - ref[0]) - beta * (pi[1] - ref[1]))).mean()


def test_dpo_is_its_use_with_log_ratios(rng):
    pi, ref = -20 + 5 * rng.normal(size=(2, 2, 50))

    for beta in (0.1, 0.5):
        chosen, rejected = beta * (pi - ref)
        theirs = dpo_as_the_paper_writes_it(beta, pi, ref)
        assert preference(chosen, rejected) == pytest.approx(theirs, rel=1e-12)


def test_dpo_starts_at_log_2():
    """Where the model is still the copy, all rewards are 0."""
    assert preference(np.zeros(3), np.zeros(3)) == math.log(2)


def test_a_large_lead_costs_little_and_not_nothing():
    assert preference([700.0], [0.0]) == pytest.approx(math.exp(-700), rel=1e-13)
    assert preference_grad([700.0], [0.0]) == pytest.approx([math.exp(-700)], rel=1e-13)
    assert preference([0.0], [1e5]) == 1e5
    assert preference_grad([0.0], [1e5]) == [1.0]


def test_a_lead_keeps_what_its_rounding_cut_off():
    """700 and 5e-14 are rounded to 700, and the loss is smaller by 5e-14 of itself."""
    assert 700 + 5e-14 == 700
    truth = math.exp(-700) * (1 - 5e-14)

    assert preference([700.0], [-5e-14]) == pytest.approx(truth, rel=1e-15, abs=0)
    slope = preference_grad([700.0], [-5e-14])[0]
    assert slope == pytest.approx(truth, rel=1e-15, abs=0)


def test_rewards_beyond_each_other():
    assert preference([1.7e308], [-1.7e308]) == 0
    assert preference([-1.7e308], [1.7e308]) == math.inf
    assert preference_grad([-1.7e308], [1.7e308]) == [1.0]
    for bad in (math.inf, -math.inf):
        for pair in (([bad], [0.0]), ([0.0], [bad])):
            for f in (preference, preference_grad):
                with pytest.raises(ValueError, match=r"(chosen|rejected) must be fin"):
                    f(*pair)


@pytest.mark.parametrize("wrong", [-1, math.nan, math.inf, "2", None, [2], True, 1j])
def test_a_margin_that_is_none_is_refused(wrong):
    for f in (preference, preference_grad):
        with pytest.raises(
            ValueError, match="margin must be a finite number, 0 or more"
        ):
            f([1.0], [0.0], margin=wrong)


def test_a_better_model_of_the_pairs_is_cheaper_on_average(rng):
    """The proper scores' property: the true rewards cost least, on many comparisons."""
    true = np.array([1.5, 0.5, 0.0, -1.0])
    one, other = rng.integers(4, size=(2, 20_000))
    wins = rng.random(20_000) < sigmoid(true[one] - true[other])
    better, worse = np.where(wins, one, other), np.where(wins, other, one)

    def paid(rewards):
        return preference(rewards[better], rewards[worse])

    assert paid(true) < min(paid(1.5 * true), paid(0.6 * true), paid(true[::-1]))
