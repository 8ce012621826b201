"""The links: known values, extreme logits, and what they have to do with each other."""

import math

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy import special

from lossbook import log_softmax, sigmoid, softmax

INF = math.inf
every_softmax = pytest.mark.parametrize("f", [softmax, log_softmax])

# --- sigmoid -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("logit", "p"),
    [(0, 0.5), (math.log(3), 0.75), (-math.log(3), 0.25), (1e300, 1), (-1e300, 0)],
)
def test_sigmoid_by_hand(logit, p):
    assert sigmoid(logit) == pytest.approx(p, rel=1e-15)
    assert type(sigmoid(logit)) is float


@pytest.mark.parametrize("logit", [1.0, 40.0, 700.0])
def test_a_small_sigmoid_keeps_its_digits(logit):
    p = math.exp(-logit) / (1 + math.exp(-logit))

    assert sigmoid(-logit) == pytest.approx(p, rel=1e-15, abs=0)


def test_sigmoid_keeps_shape_and_precision():
    z = np.zeros((2, 0, 3), np.float32)

    assert sigmoid(z).shape == z.shape
    assert sigmoid(z).dtype == np.float32
    assert (
        sigmoid([[1, 2]]).dtype == sigmoid(np.ones(1, np.float16)).dtype == np.float64
    )


def test_sigmoid_agrees_with_scipy(rng):
    z = 20 * rng.normal(size=(100, 100))

    assert_allclose(sigmoid(z), special.expit(z), rtol=1e-14)


def test_the_two_sides_of_a_sigmoid_sum_to_1(rng):
    z = 5 * rng.normal(size=100)

    assert_allclose(sigmoid(z) + sigmoid(-z), 1, rtol=1e-15)


@pytest.mark.parametrize("bad", [math.nan, INF, -INF])
def test_sigmoid_refuses_what_is_not_finite(bad):
    with pytest.raises(ValueError, match=r"logits must be finite, got .* at \[2\]"):
        sigmoid([[0.0, 1.0], [bad, 2.0]])
    with pytest.raises(ValueError, match="logits must be finite"):
        sigmoid(bad)
    with pytest.raises(ValueError, match="logits must hold real numbers"):
        sigmoid("0.5")


# --- softmax and its logarithm -----------------------------------------------


def test_softmax_by_hand():
    z = [math.log(2), math.log(3), math.log(5)]

    assert_allclose(softmax(z), [0.2, 0.3, 0.5], rtol=1e-15)
    assert_allclose(log_softmax(z), np.log([0.2, 0.3, 0.5]), rtol=1e-15)


@every_softmax
def test_softmax_agrees_with_scipy(f, rng):
    z = 9 * rng.normal(size=(50, 7))
    theirs = getattr(special, f.__name__)(z, axis=1)

    assert_allclose(f(z), theirs, rtol=1e-12, atol=1e-15)
    assert_allclose(f(z), [f(row) for row in z], rtol=1e-15)


def test_rows_sum_to_1(rng):
    assert_allclose(softmax(300 * rng.normal(size=(50, 9))).sum(axis=1), 1, rtol=1e-15)


@every_softmax
def test_a_constant_added_to_all_logits_changes_nothing(f, rng):
    z = rng.integers(-40, 40, size=(20, 5)) / 4

    for shift in (-1e4, 1e4):
        assert_array_equal(f(z + shift), f(z))


def test_softmax_of_0_and_z_is_the_sigmoid(rng):
    z = 9 * rng.normal(size=50)

    both = softmax(np.stack([np.zeros(50), z], axis=1))
    assert_allclose(both[:, 1], sigmoid(z), rtol=1e-14)


def test_the_logarithm_keeps_what_the_probability_loses():
    assert softmax([1e4, 0.0]).tolist() == [1, 0]
    assert log_softmax([1e4, 0.0]).tolist() == [0, -1e4]
    expected = [-math.log1p(math.exp(-40)), -40 - math.log1p(math.exp(-40))]
    assert_allclose(log_softmax([40.0, 0.0]), expected, rtol=1e-15)


def test_a_masked_class_gets_nothing():
    assert softmax([[0.0, -INF, 0.0]]).tolist() == [[0.5, 0, 0.5]]
    assert log_softmax([0.0, -INF]).tolist() == [0, -INF]


@every_softmax
def test_softmax_keeps_precision_and_input(f):
    z = np.array([[3.0, 1.0]], np.float32)

    assert f(z).dtype == np.float32
    assert f(np.array([3, 1])).dtype == np.float64
    assert z.tolist() == [[3, 1]]


@every_softmax
def test_logits_of_any_size_are_no_overflow(f):
    assert not np.isnan(f([1.7e308, -1.7e308])).any()
    assert f([[1.7e308] * 2]).tolist() == f([[0.0] * 2]).tolist()


@every_softmax
@pytest.mark.parametrize(
    ("logits", "says"),
    [
        (0.5, r"must have shape \(k,\) or \(n, k\), got \(\)"),
        ([], r"got \(0,\)"),
        ([[[1.0]]], r"got \(1, 1, 1\)"),
        ([[0.0, 1.0], [-INF, -INF]], r"leave each example a class, .* at \[1\]"),
        ([[0.0, 1.0], [-INF, INF]], r"got inf at \[1, 1\]"),
        ([[0.0, 1.0], [math.nan, 0.0]], r"got nan at \[1, 0\]"),
        (["a"], "must hold real numbers"),
    ],
)
def test_softmax_refuses_what_is_no_logit(f, logits, says):
    with pytest.raises(ValueError, match=f"logits .*{says}"):
        f(logits)
