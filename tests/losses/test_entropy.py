"""Entropy, divergence, and what they have to do with cross-entropy."""

import math

import numpy as np
import pytest
from scipy import stats

from lossbook import cross_entropy, entropy, kl_divergence, softmax


def test_by_hand():
    assert entropy([0.5, 0.25, 0.25]) == pytest.approx(1.5 * math.log(2), rel=1e-15)
    assert kl_divergence([0.5, 0.5], [0.25, 0.75]) == pytest.approx(
        0.5 * math.log(2) + 0.5 * math.log(2 / 3), rel=1e-15
    )


@pytest.mark.parametrize("k", [1, 2, 10, 1000])
def test_entropy_is_log_k_where_all_are_alike(k):
    assert entropy(np.full(k, 1 / k)) == pytest.approx(math.log(k), rel=1e-14)


def test_a_sure_outcome_has_no_entropy():
    assert str(entropy([0.0, 1.0, 0.0])) == "0.0"


def test_cross_entropy_is_entropy_plus_divergence(rng):
    p, q = softmax(rng.normal(size=(2, 7)))

    sum_of_both = entropy(p) + kl_divergence(p, q)
    assert cross_entropy([p], [q]) == pytest.approx(sum_of_both, rel=1e-14)


def test_both_agree_with_scipy(rng):
    p, q = softmax(rng.normal(size=(2, 1000, 5)).reshape(-1, 5)).reshape(2, 1000, 5)

    assert entropy(p) == pytest.approx(stats.entropy(p, axis=1), rel=1e-12)
    assert kl_divergence(p, q) == pytest.approx(stats.entropy(p, q, axis=1), rel=1e-12)


def test_rows_are_measured_one_by_one(rng):
    p, q = softmax(rng.normal(size=(4, 3))), softmax(rng.normal(size=(4, 3)))

    assert entropy(p).tolist() == [entropy(row) for row in p]
    assert kl_divergence(p, q).tolist() == list(map(kl_divergence, p, q))
    assert type(entropy(p[0])) is type(kl_divergence(p[0], q[0])) is float


def test_what_is_thought_impossible_and_happens_costs_infinity():
    assert kl_divergence([0.5, 0.5], [1.0, 0.0]) == math.inf
    assert kl_divergence([1.0, 0.0], [0.5, 0.5]) == pytest.approx(math.log(2))
    assert kl_divergence([1.0, 0.0], [1.0, 0.0]) == 0


def test_a_tiny_probability_is_no_overflow():
    q = [1 - 1e-16, 5e-324]

    assert kl_divergence([0.0, 1.0], q) == pytest.approx(-math.log(5e-324), rel=1e-15)


def test_divergence_is_not_symmetric_and_never_negative(rng):
    p = softmax(rng.normal(size=(500, 3)))
    q = p * (1 + 1e-9 * rng.normal(size=p.shape))

    assert (kl_divergence(p, q) >= 0).all()
    assert kl_divergence([0.9, 0.1], [0.5, 0.5]) != kl_divergence(
        [0.5, 0.5], [0.9, 0.1]
    )


def test_single_precision_is_read_with_its_own_tolerance():
    p = np.array([0.3, 0.7 + 5e-5], np.float32)

    assert entropy(p) == pytest.approx(0.6109, abs=1e-4)
    with pytest.raises(ValueError, match="sum to 1 within 1e-06"):
        entropy(p.astype(float))


@pytest.mark.parametrize(
    ("p", "says"),
    [
        ([0.5, 0.6], r"y_true must sum to 1 within 1e-06 .*\[0.5 0.6\] at \[0\]"),
        ([1.5, -0.5], r"y_true must lie in \[0, 1\], got 1.5"),
        ([np.nan, 1.0], "y_true must lie in .* got nan"),
        ([], r"y_true must have shape \(k,\) or \(n, k\), got \(0,\)"),
        (0.5, r"y_true must have shape .* got \(\)"),
        (["a"], "y_true must hold real numbers"),
    ],
)
def test_what_is_no_distribution_is_refused(p, says):
    with pytest.raises(ValueError, match=says):
        kl_divergence(p, [0.5, 0.5])
    with pytest.raises(ValueError, match=says.replace("y_true must", "probs must")):
        entropy(p)


def test_shapes_must_be_the_same():
    with pytest.raises(ValueError, match=r"got shapes \(2,\) and \(1, 2\)"):
        kl_divergence([0.5, 0.5], [[0.5, 0.5]])
    with pytest.raises(ValueError, match="probs must sum to 1"):
        kl_divergence([0.5, 0.5], [0.5, 0.1])
