"""Toy problems are the same in every run and as hard as they say."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from lossbook.datasets import blobs, imbalanced, line_with_outliers, two_moons

TOYS = [blobs, two_moons, line_with_outliers, imbalanced]
CLASSIFIED = [blobs, two_moons, imbalanced]


@pytest.mark.parametrize("toy", TOYS)
def test_the_seed_decides(toy):
    (x, y), (again, y_again), (other, _) = toy(), toy(), toy(seed=1)

    assert (x == again).all()
    assert (y == y_again).all()
    assert (x != other).any()
    assert len(np.unique(x)) == x.size


def test_the_defaults_are_those_of_the_book():
    explicit = [
        blobs(200, classes=2, spread=0.5, seed=0),
        two_moons(200, noise=0.1, seed=0),
        line_with_outliers(50, outliers=5, noise=1.0, seed=0),
        imbalanced(1000, share=0.03, seed=0),
    ]

    for toy, (x, y) in zip(TOYS, explicit, strict=True):
        assert_array_equal(toy()[0], x)
        assert_array_equal(toy()[1], y)


@pytest.mark.parametrize("toy", CLASSIFIED)
def test_labels_come_in_mixed_order(toy):
    x, labels = toy(100)

    assert x.shape == (100, 2)
    assert labels.dtype == np.int64
    assert (np.diff(labels) != 0).sum() > 3
    assert set(labels) == {0, 1}


def test_blobs_stand_on_a_circle_of_radius_3():
    x, labels = blobs(30, classes=3, spread=0.0)

    assert np.bincount(labels).tolist() == [10, 10, 10]
    assert_allclose(np.linalg.norm(x, axis=1), 3)
    assert_allclose(x[labels == 0], [[3, 0]] * 10)
    assert_allclose(x[labels == 1], [[-1.5, 3 * np.sqrt(0.75)]] * 10)


def test_a_blob_is_as_wide_as_its_spread():
    x, labels = blobs(4000, spread=0.7)

    assert_allclose(x[labels == 0].std(axis=0), 0.7, rtol=0.05)


def test_moons_without_noise_lie_on_two_half_circles():
    x, labels = two_moons(50, noise=0.0)
    centres = np.where(labels[:, None] == 0, [0.0, 0.0], [1.0, 0.5])

    assert_allclose(np.linalg.norm(x - centres, axis=1), 1)
    assert len(np.unique(x[:, 0])) == 50
    assert x.min() < -0.9
    assert x.max() > 1.9
    assert (x[labels == 0, 1] >= 0).all()
    assert (x[labels == 1, 1] <= 0.5).all()
    assert np.bincount(labels).tolist() == [25, 25]


def test_moons_are_as_blurred_as_their_noise():
    sharp, _ = two_moons(2000, noise=0.0)
    blurred, _ = two_moons(2000, noise=0.2)

    assert (blurred - sharp).std() == pytest.approx(0.2, rel=0.05)


def test_the_last_points_are_the_outliers():
    x, y = line_with_outliers(20, outliers=3, slope=-1.0, intercept=4.0, noise=0.0)

    assert (np.diff(x) > 0).all()
    assert x.min() >= 0
    assert x.max() <= 10
    assert_allclose(y - (4 - x), [0] * 17 + [-20] * 3, atol=1e-12)


def test_outliers_tilt_the_line_of_least_squares():
    assert np.polyfit(*line_with_outliers(outliers=0), 1)[0] == pytest.approx(
        2, abs=0.2
    )
    assert np.polyfit(*line_with_outliers(), 1)[0] < 1.2


def test_points_scatter_around_the_line_as_told():
    x, y = line_with_outliers(4000, outliers=0, noise=0.5)

    assert (y - (2 * x + 1)).std() == pytest.approx(0.5, rel=0.05)
    assert x.min() < 0.1
    assert x.max() > 9.9


@pytest.mark.parametrize(("n", "share", "rare"), [(1000, 0.03, 30), (10, 0.2, 2)])
def test_the_rare_class_has_exactly_its_share(n, share, rare):
    assert imbalanced(n, share=share)[1].sum() == rare


def test_the_rare_class_stands_apart_from_the_common_one():
    x, labels = imbalanced(20_000, share=0.5)

    assert_allclose(x[labels == 1].mean(axis=0), 2, atol=0.05)
    assert_allclose(x[labels == 0].mean(axis=0), 0, atol=0.05)
    assert_allclose(x[labels == 1].std(axis=0), 1, atol=0.05)


@pytest.mark.parametrize(
    "smallest",
    [
        lambda: blobs(4, spread=0.0),
        lambda: two_moons(4, noise=0.0),
        lambda: line_with_outliers(2, outliers=2, noise=0.0),
        lambda: line_with_outliers(2, outliers=0),
        lambda: imbalanced(2, share=0.5),
    ],
)
def test_the_smallest_problems_are_problems_too(smallest):
    x, y = smallest()

    assert len(x) == len(y) >= 2


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: blobs(classes=1), "classes must be an integer, 2 or more, got 1"),
        (lambda: blobs(5, classes=3), "n must be an integer, 6 or more, got 5"),
        (lambda: blobs(spread=-1), "spread must be a finite number, 0 or more, got -1"),
        (lambda: two_moons(3), "n must be an integer, 4 or more, got 3"),
        (lambda: two_moons(noise=-1), "noise must be a finite number, 0 or more"),
        (lambda: line_with_outliers(1), "n must be an integer, 2 or more"),
        (lambda: line_with_outliers(9, outliers=10), "from 0 to n = 9, got 10"),
        (
            lambda: line_with_outliers(outliers=-1),
            "outliers must be an int",
        ),
        (
            lambda: line_with_outliers(noise=-1),
            "noise must be a finite number, 0 or more",
        ),
        (lambda: imbalanced(share=0), "between 0 and 1, got 0"),
        (lambda: imbalanced(share=1), "between 0 and 1, got 1"),
        (lambda: imbalanced(10, share=0.01), "n must be larger"),
        (lambda: imbalanced(10, share=0.99), "n must be larger"),
    ],
)
def test_a_bad_argument_is_refused_and_says_what_to_do(call, says):
    with pytest.raises(ValueError, match=says):
        call()


@pytest.mark.parametrize("toy", TOYS)
@pytest.mark.parametrize("n", [10.0, "10", True, None, [10], np.array([10]), 10.5])
def test_a_number_of_examples_is_an_integer(toy, n):
    with pytest.raises(ValueError, match=r"^n must be an integer, .* or more, got "):
        toy(n)


@pytest.mark.parametrize("toy", TOYS)
@pytest.mark.parametrize("seed", [-1, 1.0, "1", None, True, np.random.default_rng(0)])
def test_a_seed_is_an_integer_so_that_every_run_is_the_same(toy, seed):
    with pytest.raises(ValueError, match=r"^seed must be an integer, 0 or more, got "):
        toy(seed=seed)


@pytest.mark.parametrize(
    ("toy", "name"),
    [
        (blobs, "spread"),
        (two_moons, "noise"),
        (line_with_outliers, "slope"),
        (line_with_outliers, "intercept"),
        (line_with_outliers, "noise"),
        (line_with_outliers, "shift"),
        (imbalanced, "share"),
    ],
)
@pytest.mark.parametrize("value", [np.nan, np.inf, "1", None, True, [0.5], 10**400, 1j])
def test_a_size_is_a_finite_number(toy, name, value):
    with pytest.raises(ValueError, match=f"^{name} must be a .*number.*, got "):
        toy(**{name: value})


def test_numbers_of_numpy_do_as_well():
    for toy, names in {
        blobs: {"n": np.int16(40), "classes": np.uint8(4), "spread": np.float32(0.5)},
        two_moons: {"n": np.array(40), "noise": np.float16(0.5), "seed": np.int64(0)},
        imbalanced: {"n": np.uint64(40), "share": np.array(0.25)},
    }.items():
        plain = {name: value.item() for name, value in names.items()}
        assert_array_equal(toy(**names)[0], toy(**plain)[0])
