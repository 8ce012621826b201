"""What is particular to the log-cosh loss."""

import math

import numpy as np
import pytest

from lossbook import huber_grad, log_cosh, log_cosh_grad, mean_squared_error


def test_log_cosh_by_hand():
    e = math.e

    value = math.log((e + 1 / e) / 2)
    assert log_cosh([0.0], [1.0]) == pytest.approx(value, rel=1e-15)
    slope = (e - 1 / e) / (e + 1 / e)
    assert log_cosh_grad([0.0], [-1.0]) == pytest.approx([-slope], rel=1e-15)


def test_agrees_with_what_keras_documents():
    """Its example, rounded as there: 0.108 for the errors 1, 0, 0 and 0."""
    assert round(log_cosh([0.0, 1.0, 0.0, 0.0], [1.0, 1.0, 0.0, 0.0]), 3) == 0.108


def test_agrees_with_the_textbook_where_that_keeps_its_digits(rng):
    r = rng.uniform(1, 300, 1000) * rng.choice([-1, 1], 1000)

    each = log_cosh(np.zeros(1000), r, reduction="none")
    assert each == pytest.approx(np.log(np.cosh(r)), rel=1e-14)


def test_a_small_error_costs_half_its_square():
    r = np.array([1e-4, -1e-8, 1e-100])

    each = log_cosh(np.zeros(3), r, reduction="none")
    half = mean_squared_error(np.zeros(3), r, reduction="none") / 2
    assert each == pytest.approx(half, rel=1e-8, abs=0)


@pytest.mark.parametrize("r", [19.9, 20.0, 20.1, 700.0, 711.0, 1e6, 1.7e308])
def test_a_large_error_costs_its_size_without_log_2(r):
    assert log_cosh([0.0], [r]) == pytest.approx(r - math.log(2), rel=1e-15)
    assert log_cosh([0.0], [-r]) == log_cosh([0.0], [r])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_it_goes_on_smoothly_where_it_turns_straight(dtype):
    r = np.linspace(19, 21, 2001).astype(dtype)
    each = log_cosh(np.zeros_like(r), r, reduction="none").astype(float)

    digits = float(2 * np.finfo(dtype).eps * 21)
    assert np.diff(each) == pytest.approx(np.diff(r.astype(float)), abs=digits)


def test_it_pulls_as_hubers_does():
    y, p = [0.0] * 4, [1e-6, -1e-6, 90.0, -1e300]

    ours = log_cosh_grad(y, p, reduction="none")
    assert ours == pytest.approx(huber_grad(y, p, reduction="none"), rel=1e-11)


def test_the_best_constant_is_where_the_pulls_balance(rng):
    y = np.append(rng.normal(size=30), 1e6)
    c = 0.0
    for _ in range(200):
        c -= float(log_cosh_grad(y, np.full(31, c), reduction="sum").sum()) / 31

    there = log_cosh(y, np.full(31, c))
    assert np.tanh(c - y).sum() == pytest.approx(0, abs=1e-9)
    assert all(there < log_cosh(y, np.full(31, c + by)) for by in (-0.1, 0.1))
