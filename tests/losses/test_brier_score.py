"""What is particular to the Brier score."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from lossbook import (
    brier_score,
    brier_score_grad,
    calibration,
    mean_squared_error,
    sigmoid,
    softmax,
)


def two_classes(rng, n=500):
    """Labels that follow the probabilities, and probabilities that boast."""
    z = rng.normal(size=n)
    return (rng.random(n) < sigmoid(z)).astype(int), sigmoid(2 * z)


def ten_classes(rng, n=500):
    probs = softmax(2 * rng.normal(size=(n, 10)))
    return rng.integers(10, size=n), probs


def test_brier_by_hand():
    assert brier_score([1, 0], [0.9, 0.2]) == pytest.approx((0.01 + 0.04) / 2)
    assert brier_score([2], [[0.2, 0.3, 0.5]]) == pytest.approx(0.04 + 0.09 + 0.25)
    assert brier_score([[0.5, 0.5]], [[0.4, 0.6]]) == pytest.approx(0.02)


def test_brier_of_the_worst_forecast():
    assert brier_score([1], [0.0]) == 1
    assert brier_score([0], [[0.0, 1.0, 0.0]]) == 2


def test_with_a_column_for_each_of_two_classes_brier_is_twice_as_large(rng):
    y, p = two_classes(rng)

    both = brier_score(y, np.column_stack([1 - p, p]), reduction="none")
    assert_allclose(both, 2 * brier_score(y, p, reduction="none"))
    assert brier_score(y, p) == pytest.approx(mean_squared_error(y, p))


def test_brier_is_that_of_scikit_learn(rng):
    from sklearn.metrics import brier_score_loss

    y, p = two_classes(rng)
    weight = rng.random(len(y))
    assert brier_score(y, p, sample_weight=weight) == pytest.approx(
        brier_score_loss(y, p, sample_weight=weight)
    )
    y, p = ten_classes(rng)
    labels = range(10)
    assert brier_score(y, p) == pytest.approx(
        brier_score_loss(y, p, labels=labels, scale_by_half=False)
    )


def test_brier_is_proper():
    forecasts = np.linspace(0, 1, 101)

    paid = [brier_score([0.3], [p]) for p in forecasts]
    assert forecasts[np.argmin(paid)] == pytest.approx(0.3)


def test_its_slope_by_hand():
    assert brier_score_grad([1, 0], [0.75, 0.25]).tolist() == [-0.25, 0.25]
    rows = brier_score_grad([[0, 0.5, 0.5]], [[0.5, 0.25, 0.25]])
    assert rows.tolist() == [[1.0, -0.5, -0.5]]


def test_a_soft_label_is_cheapest_where_the_model_says_it(rng):
    soft = rng.dirichlet(np.ones(3), size=5)

    assert brier_score(soft, soft) == 0
    assert not brier_score_grad(soft, soft).any()
    assert brier_score(soft, np.full((5, 3), 1 / 3)) > 0


def test_calibration_hands_it_on():
    assert calibration.brier_score is brier_score
