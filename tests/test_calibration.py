"""Calibration: bins by hand, scikit-learn's numbers, and what is refused."""

import math

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from lossbook import sigmoid, softmax
from lossbook.calibration import (
    brier_score,
    expected_calibration_error,
    reliability,
)

RAIN = [0, 0, 1, 0, 1, 1]
SAID = [0.1, 0.1, 0.1, 0.1, 0.75, 0.75]


def two_classes(rng, n=500):
    """Labels that follow the probabilities, and probabilities that boast."""
    z = rng.normal(size=n)
    return (rng.random(n) < sigmoid(z)).astype(int), sigmoid(2 * z)


def ten_classes(rng, n=500):
    probs = softmax(2 * rng.normal(size=(n, 10)))
    return rng.integers(10, size=n), probs


def test_by_hand():
    probability, frequency, count = reliability(RAIN, SAID)

    assert_allclose(probability, [0.1, 0.75])
    assert_array_equal(frequency, [0.25, 1])
    assert_array_equal(count, [4, 2])
    # (4 |0.25 - 0.1| + 2 |1 - 0.75|) / 6
    assert expected_calibration_error(RAIN, SAID) == pytest.approx(1.1 / 6)


def test_of_many_classes_the_most_probable_one_is_judged():
    probs = [[0.7, 0.2, 0.1], [0.7, 0.2, 0.1], [0.05, 0.05, 0.9]]

    probability, frequency, count = reliability([0, 1, 2], probs)

    assert_allclose(probability, [0.7, 0.9])
    assert_array_equal(frequency, [0.5, 1])
    assert_array_equal(count, [2, 1])
    assert_array_equal(reliability(np.eye(3), probs).frequency, frequency)


def test_of_classes_that_tie_the_first_is_the_answer():
    assert reliability([0], [[0.4, 0.4, 0.2]]).frequency == [1]
    assert reliability([1], [[0.4, 0.4, 0.2]]).frequency == [0]


@pytest.mark.parametrize("bins", [1, 3, 10, 50])
def test_the_table_is_that_of_scikit_learn(rng, bins):
    from sklearn.calibration import calibration_curve

    y, p = two_classes(rng)
    probability, frequency, count = reliability(y, p, bins=bins)

    assert_allclose((frequency, probability), calibration_curve(y, p, n_bins=bins))
    assert count.sum() == len(y)


@pytest.mark.parametrize("dtype", [float, np.float32])
def test_what_lies_on_a_cut_is_in_the_lower_bin(dtype):
    p = np.array([0.0, 0.1, 0.3, 0.6, 0.7, 1.0], dtype)

    assert_allclose(reliability([0] * 6, p).count, [2, 1, 1, 1, 1])
    assert_allclose(reliability([0] * 6, p).probability[0], 0.05)


def test_soft_labels_are_shares_of_an_example():
    assert reliability([0.25, 0.75], [0.4, 0.4]).frequency == [0.5]
    assert reliability([[0.3, 0.7]], [[0.4, 0.6]]).frequency == [0.7]


@pytest.mark.parametrize("draw", [two_classes, ten_classes])
def test_a_weight_counts_as_that_many_examples(rng, draw):
    y, p = draw(rng, 60)
    weight = rng.integers(4, size=60)
    repeated = np.repeat(y, weight, axis=0), np.repeat(p, weight, axis=0)

    table = reliability(y, p, sample_weight=weight)
    for weighted, plain in zip(table, reliability(*repeated), strict=True):
        assert_allclose(weighted, plain, rtol=1e-12)
    for measure in (expected_calibration_error, brier_score):
        assert measure(y, p, sample_weight=weight) == pytest.approx(measure(*repeated))


def test_huge_weights_do_not_overflow():
    weight = np.full(6, 1e308)

    assert expected_calibration_error(RAIN, SAID, sample_weight=weight) == (
        pytest.approx(1.1 / 6)
    )


def test_boasting_raises_the_error_of_calibration():
    rng = np.random.default_rng(0)
    z = rng.normal(size=20_000)
    y = rng.random(20_000) < sigmoid(z)

    errors = [expected_calibration_error(y, sigmoid(c * z)) for c in (1, 2, 4)]
    assert errors[0] < 0.02 < 0.1 < errors[1] < errors[2]


def test_a_model_that_says_the_frequency_is_calibrated_and_useless():
    assert expected_calibration_error(RAIN, [0.5] * 6) == 0


def test_the_diagonal_is_where_the_error_is_0():
    assert expected_calibration_error([0, 1, 1, 1], [0.75] * 4) == 0
    assert expected_calibration_error([0, 1], [1.0, 0.0]) == 1


@pytest.mark.parametrize(
    "measure", [reliability, expected_calibration_error, brier_score]
)
@pytest.mark.parametrize(
    ("y", "p", "says"),
    [
        ([0, 1], [0.5, 1.5], r"probs must lie in \[0, 1\], got 1.5"),
        ([0, 1], [0.5, math.nan], r"probs must lie in \[0, 1\], got nan"),
        ([0, 2], [0.5, 0.5], r"y_true must lie in \[0, 1\], got 2"),
        ([0, 1, 1], [0.5, 0.5], "must be 1-D and equally long"),
        ([], [], "at least one example"),
        ([0], [[0.5, 0.2]], "probs must sum to 1"),
        ([2], [[0.5, 0.5]], "class numbers from 0 to 1"),
        ([0.0], [[0.5, 0.5]], "class numbers as integers"),
        ([0], ["a"], "probs must hold real numbers"),
    ],
)
def test_what_is_no_probability_or_label_is_refused(measure, y, p, says):
    with pytest.raises(ValueError, match=says):
        measure(y, p)


@pytest.mark.parametrize("bins", [0, -1, 2.0, True, "10", None])
def test_bins_are_a_whole_number(bins):
    with pytest.raises(ValueError, match="bins must be an integer, 1 or more"):
        reliability([0], [0.5], bins=bins)


def test_weights_and_reduction_are_checked():
    with pytest.raises(ValueError, match="sample_weight must leave an example in"):
        expected_calibration_error([0], [0.5], sample_weight=[0])
    with pytest.raises(ValueError, match="reduction must be one of"):
        brier_score([0], [0.5], reduction="average")
