"""Held-out examples stay held out; scales come from the training examples."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from lossbook.datasets import split, standardise


@pytest.mark.parametrize(
    ("n", "fraction", "held_out"),
    [
        (10, 0.3, 3),
        (100, 0.25, 25),
        (100, 0.001, 1),
        (2, 0.01, 1),
        (2, 0.99, 1),
        (3, 0.9, 2),
    ],
)
def test_every_example_is_on_one_side(n, fraction, held_out):
    train, test = split(n, fraction)

    assert len(test) == held_out
    assert sorted([*train, *test]) == list(range(n))


def test_a_quarter_is_held_out_unless_told_otherwise():
    assert len(split(100)[1]) == 25


def test_a_split_is_shuffled_and_the_seed_decides_how():
    train, test = split(100, seed=3)

    assert (train != np.sort(train)).any()
    assert sorted(test) != list(range(25))
    assert (split(100, seed=3)[0] == train).all()
    assert (split(100, seed=4)[0] != train).any()
    assert (split(100, seed=0)[0] == split(100)[0]).all()


@pytest.mark.parametrize("fraction", [0, 1, -0.1, 1.1, float("nan")])
def test_a_fraction_outside_0_to_1_is_refused(fraction):
    with pytest.raises(ValueError, match="between 0 and 1"):
        split(10, fraction)


def test_one_example_cannot_be_split():
    with pytest.raises(ValueError, match=r"how many examples to split, .* got 1"):
        split(1)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"n": 10.0}, "^n, how many examples to split, must be an integer"),
        ({"n": np.zeros((10, 2))}, "^n, how many examples to split, must be"),
        ({"n": True}, "^n, how many"),
        ({"test_fraction": "0.3"}, "between 0 and 1, got '0.3'"),
        ({"test_fraction": None}, "between 0 and 1, got None"),
        ({"test_fraction": True}, "between 0 and 1, got True"),
        ({"seed": 1.5}, "^seed must be an integer"),
        ({"seed": -1}, "^seed must be an integer"),
    ],
)
def test_what_is_no_number_of_its_kind_is_refused(wrong, says):
    with pytest.raises(ValueError, match=says):
        split(**({"n": 10} | wrong))


def test_numbers_of_numpy_do_as_well():
    assert [r.tolist() for r in split(np.int32(10), np.float32(0.25))] == [
        r.tolist() for r in split(10)
    ]


def test_standardised_columns_have_mean_0_and_deviation_1(rng):
    x = rng.normal(5.0, [1.0, 100.0], size=(50, 2))
    mean, scale = standardise(x)

    assert mean.shape == scale.shape == (2,)
    assert_allclose(((x - mean) / scale).mean(axis=0), 0, atol=1e-14)
    assert_allclose(((x - mean) / scale).std(axis=0), 1)


def test_a_vector_has_one_mean_and_one_scale():
    mean, scale = standardise([1, 3])

    assert (mean.shape, scale.shape) == ((), ())
    assert (float(mean), float(scale)) == (2.0, 1.0)


@pytest.mark.parametrize("value", [0.0, 0.1, 1e6])
def test_a_constant_column_is_left_on_its_scale(value):
    assert standardise([[value, 1.0]] * 7 + [[value, 2.0]])[1][0] == 1.0


def test_a_single_example_has_a_scale_too():
    assert [v.tolist() for v in standardise([[5.0, 0.0]])] == [[5.0, 0.0], [1.0, 1.0]]


def test_single_precision_is_averaged_in_double():
    mean, _ = standardise(np.full(3, 0.1, dtype=np.float32))

    assert mean.dtype == np.float64


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ([], "shape"),
        (3.0, "shape"),
        ([[[1.0]]], "shape"),
        ([1, np.nan], "finite"),
        (["1", "2"], "real numbers, got <U1"),
        ([1j, 2], "real numbers, got complex128"),
        (np.array(["2026-01-01"], "M8[D]"), "real numbers, got datetime64"),
        (np.ma.array([1.0, 2.0], mask=[False, True]), "mask"),
    ],
)
def test_what_has_no_scale_is_refused(wrong, says):
    with pytest.raises(ValueError, match=says):
        standardise(wrong)


@pytest.mark.parametrize("size", [5e-324, 1e-200, 1.0, 1e200, 1e307])
def test_columns_of_every_size_have_their_mean_and_scale(size):
    mean, scale = standardise(size * np.array([[1.0], [3.0], [5.0], [7.0]]))

    assert mean == pytest.approx(4 * size, rel=1e-15)
    assert scale == pytest.approx(np.sqrt(5) * size, rel=1e-15, abs=2.5e-324)


def test_whole_numbers_and_columns_of_objects_are_numbers():
    for kind in (np.uint8, np.int64, np.float16, object):
        mean, scale = standardise(np.array([[200], [250]], kind))
        assert (mean.tolist(), scale.tolist()) == ([225.0], [25.0])
