"""What is particular to the quantile loss."""

import numpy as np
import pytest
from sklearn import metrics

from lossbook import mean_absolute_error, quantile, quantile_grad


@pytest.mark.parametrize(
    ("error", "level", "loss", "slope"),
    [
        (0.0, 0.75, 0.0, 0.0),
        (-2.0, 0.75, 1.5, -0.75),
        (2.0, 0.75, 0.5, 0.25),
        (-4.0, 0.5, 2.0, -0.5),
        (8.0, 0.125, 7.0, 0.875),
    ],
)
def test_quantile_by_hand(error, level, loss, slope):
    assert quantile([10.0], [10.0 + error], level=level) == loss
    assert quantile_grad([10.0], [10.0 + error], level=level) == [slope]


def test_the_level_is_one_half_unless_given(rng):
    y, p = rng.normal(size=(2, 20))

    assert quantile(y, p) == quantile(y, p, level=0.5)
    assert 2 * quantile(y, p) == pytest.approx(mean_absolute_error(y, p), rel=1e-15)


@pytest.mark.parametrize("level", [0.05, 0.5, 0.9, 0.999])
def test_quantile_agrees_with_scikit_learn(level, rng):
    y, p = rng.normal(size=(2, 20_000))

    theirs = metrics.mean_pinball_loss(y, p, alpha=level)
    assert quantile(y, p, level=level) == pytest.approx(theirs, rel=1e-12)


@pytest.mark.parametrize("level", [0.1, 0.5, 0.75, 0.9])
def test_a_quantile_of_that_level_is_the_best_constant(level, rng):
    y = rng.normal(size=51)
    best = np.quantile(y, level, method="inverted_cdf")
    there = quantile(y, np.full(51, best), level=level)

    assert np.mean(y <= best) >= level > np.mean(y < best)
    for constant in rng.normal(size=20):
        assert there <= quantile(y, np.full(51, constant), level=level)


def test_an_exact_prediction_costs_0_without_a_sign():
    for n in (1, 50):
        for y, p in ((0.0, -0.0), (-0.0, 0.0), (3.0, 3.0)):
            each = quantile([y] * n, [p] * n, reduction="none")
            assert not each.any()
            assert not np.signbit(each).any()


def test_late_three_times_as_dear_as_early_asks_for_level_three_quarters():
    late, early = quantile([60.0, 60.0], [50.0, 70.0], level=0.75, reduction="none")

    assert late == 3 * early


def test_an_extreme_level_keeps_its_digits():
    assert quantile([1.0], [0.0], level=1e-300) == 1e-300
    assert quantile_grad([1.0], [0.0], level=1e-300) == [-1e-300]


def test_a_level_keeps_single_precision_single():
    y, p = np.zeros(2, np.float32), np.array([0.5, -2], np.float32)

    for f in (quantile, quantile_grad):
        each = f(y, p, level=np.float64(0.3), reduction="none")
        assert each.dtype == np.float32


@pytest.mark.parametrize(
    "level", [0, 1, -0.1, 1.1, np.nan, np.inf, "0.5", None, [0.5], 1j, True, 10**400]
)
def test_a_level_that_is_not_between_0_and_1_is_refused(level):
    for f in (quantile, quantile_grad):
        with pytest.raises(ValueError, match="level must be a number between 0 and 1"):
            f([0.0], [1.0], level=level)
