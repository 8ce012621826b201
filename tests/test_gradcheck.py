"""The numerical gradient measures slopes."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from lossbook.gradcheck import numerical_gradient


@pytest.mark.parametrize(
    ("f", "slope", "at"),
    [
        (np.exp, np.exp, 1.0),
        (np.sin, np.cos, 2.0),
        (lambda x: x**4, lambda x: 4 * x**3, -1e3),
    ],
    ids=["exp", "sin", "large entry"],
)
def test_known_slopes(f, slope, at):
    measured = numerical_gradient(lambda v: float(f(v)), np.array(at))

    assert measured == pytest.approx(slope(at), rel=1e-10)


def test_every_entry_of_a_matrix_has_its_slope(rng):
    a, x = rng.normal(size=(2, 3, 4))

    assert_allclose(numerical_gradient(lambda v: (a * v).sum(), x), a, rtol=1e-10)


def test_x_is_left_as_it_was():
    x = np.ones(3)

    numerical_gradient(lambda v: v.sum(), x)

    assert x.tolist() == [1, 1, 1]


@pytest.mark.parametrize("step", [0.0, -1e-3, np.inf, np.nan])
def test_a_step_that_leads_nowhere_is_refused(step):
    with pytest.raises(ValueError, match="step must be a finite number above 0"):
        numerical_gradient(np.sum, np.ones(2), step=step)


@pytest.mark.parametrize("step", ["1", None, True, [1e-3], 1j, 10**400])
def test_a_step_that_is_no_number_is_refused(step):
    with pytest.raises(ValueError, match="step must be a finite number above 0, got"):
        numerical_gradient(np.sum, np.ones(2), step=step)


def test_a_step_may_be_a_number_of_numpy():
    assert numerical_gradient(np.sum, [1.0], step=np.float32(0.25)).tolist() == [1]


@pytest.mark.parametrize(
    ("x", "says"),
    [
        ([1.0, np.nan], r"x must be finite, got nan at \[1\]"),
        (np.inf, "x must be finite, got inf"),
        ([1 + 2j], "x must hold real numbers, got complex128"),
        (["1"], "x must hold real numbers, got <U1"),
        (np.array(["2026-01-01"], "M8[D]"), "x must hold real numbers, got datetime"),
        (None, "x must hold real numbers"),
        (np.ma.array([1.0, 2.0], mask=[0, 1]), "masked"),
    ],
)
def test_a_place_that_is_no_number_is_refused(x, says):
    with pytest.raises(ValueError, match=says):
        numerical_gradient(np.sum, x)


@pytest.mark.parametrize("value", [None, "1", 1j, [1.0], np.ones(2), (1, 2)])
def test_a_function_that_gives_no_number_is_refused(value):
    with pytest.raises(ValueError, match="a function that returns one number, got "):
        numerical_gradient(lambda v: value, [1.0])


@pytest.mark.parametrize("kind", [int, np.uint8, np.float16, np.float32, object, bool])
def test_places_of_every_kind_are_measured_in_double_precision(kind):
    slope = numerical_gradient(lambda v: float((v**2).sum()), np.array([1, 0], kind))

    assert slope.dtype == np.float64
    assert_allclose(slope, [2, 0], rtol=1e-10, atol=1e-12)


def test_the_value_may_come_in_any_precision():
    for kind in (float, int, np.float64, np.float32, np.asarray):
        slope = numerical_gradient(lambda v, kind=kind: kind(4 * v[0]), [1.0], step=1)
        assert slope.tolist() == [4]
