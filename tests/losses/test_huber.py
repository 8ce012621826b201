"""What is particular to the Huber loss."""

import numpy as np
import pytest
from scipy import special

from lossbook import (
    huber,
    huber_grad,
    mean_absolute_error,
    mean_absolute_error_grad,
    mean_squared_error,
    mean_squared_error_grad,
)


@pytest.mark.parametrize(
    ("error", "delta", "loss", "slope"),
    [
        (0.0, 1.0, 0.0, 0.0),
        (0.5, 1.0, 0.125, 0.5),
        (-0.5, 1.0, 0.125, -0.5),
        (1.0, 1.0, 0.5, 1.0),
        (3.0, 1.0, 2.5, 1.0),
        (-3.0, 2.0, 4.0, -2.0),
        (3.0, 4.0, 4.5, 3.0),
    ],
)
def test_huber_by_hand(error, delta, loss, slope):
    assert huber([10.0], [10.0 + error], delta=delta) == loss
    assert huber_grad([10.0], [10.0 + error], delta=delta) == [slope]


def test_delta_is_1_unless_given():
    assert huber([0.0], [3.0]) == huber([0.0], [3.0], delta=1.0)


@pytest.mark.parametrize("delta", [0.3, 1.0, 7])
def test_huber_agrees_with_scipy(delta, rng):
    y, p = 5 * rng.normal(size=(2, 20_000))

    theirs = special.huber(delta, p - y).mean()
    assert huber(y, p, delta=delta) == pytest.approx(theirs, rel=1e-12)


def test_a_large_delta_makes_it_half_the_squared_error(rng):
    y, p = rng.normal(size=(2, 20))

    assert 2 * huber(y, p, delta=1e6) == pytest.approx(
        mean_squared_error(y, p), rel=1e-12
    )
    assert 2 * huber_grad(y, p, delta=1e6) == pytest.approx(
        mean_squared_error_grad(y, p), rel=1e-12
    )


def test_a_small_delta_makes_it_delta_times_the_absolute_error(rng):
    y, p = rng.normal(size=(2, 20))

    assert huber(y, p, delta=1e-9) / 1e-9 == pytest.approx(
        mean_absolute_error(y, p), rel=1e-8
    )
    assert huber_grad(y, p, delta=1e-9) / 1e-9 == pytest.approx(
        mean_absolute_error_grad(y, p), rel=1e-12
    )


def test_an_outlier_pulls_no_harder_than_delta():
    assert huber_grad([0, 0], [1e300, -1e9], delta=3, reduction="sum").tolist() == [
        3,
        -3,
    ]


def test_huber_overflows_later_than_the_square():
    assert huber([0.0], [1e300]) == 1e300 - 0.5
    assert huber([-1.7e308], [1.7e308]) == np.inf
    assert huber([0.0], [1e300], delta=1e200) == np.inf


def test_delta_keeps_single_precision_single():
    y, p = np.zeros(3, np.float32), np.array([0.5, 2, -9], np.float32)

    assert huber_grad(y, p, delta=np.float64(2.5)).dtype == np.float32
    assert huber(y, p, delta=np.float64(2.5), reduction="none").dtype == np.float32
    assert huber(y, p, delta=1e300, reduction="none").tolist() == [0.125, 2.0, 40.5]


@pytest.mark.parametrize(
    "delta", [0, -1.0, np.nan, np.inf, "1", None, [1.0], 1j, np.complex128(1)]
)
def test_a_delta_that_is_no_positive_number_is_refused(delta):
    for f in (huber, huber_grad):
        with pytest.raises(ValueError, match="delta must be a positive number, got"):
            f([0.0], [1.0], delta=delta)
