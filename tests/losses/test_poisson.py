"""What is particular to the Poisson losses."""

import math

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy import special, stats
from sklearn import metrics
from sklearn.linear_model import PoissonRegressor

from lossbook import poisson, poisson_deviance, poisson_deviance_grad, poisson_grad
from lossbook.training import train

INF = math.inf


def test_poisson_by_hand():
    assert poisson([3, 0], [0.0, 0.0], reduction="none").tolist() == [1.0, 1.0]
    assert poisson([2], [math.log(2)]) == pytest.approx(2 - 2 * math.log(2), rel=1e-15)
    assert poisson_grad([3, 0], [0.0, 0.0], reduction="sum").tolist() == [-2.0, 1.0]


def test_deviance_by_hand():
    assert poisson_deviance([2], [1.0]) == pytest.approx(2 * (2 * math.log(2) - 1))
    assert poisson_deviance([0, 5], [3.0, 5.0], reduction="none").tolist() == [6, 0]
    assert poisson_deviance_grad([2, 0], [4.0, 3.0], reduction="sum").tolist() == [1, 2]


def test_with_log_y_factorial_it_is_the_likelihood_of_scipy(rng):
    y, z = rng.poisson(5, size=2000), rng.normal(size=2000)

    theirs = -stats.poisson.logpmf(y, np.exp(z))
    ours = poisson(y, z, reduction="none") + special.gammaln(y + 1)
    assert_allclose(ours, theirs, rtol=1e-12)


def test_the_deviance_is_that_of_scikit_learn(rng):
    y, rates = rng.poisson(5, size=2000), np.exp(rng.normal(size=2000))

    theirs = metrics.mean_poisson_deviance(y, rates)
    assert poisson_deviance(y, rates) == pytest.approx(theirs, rel=1e-13)


def test_the_deviance_is_twice_what_the_loss_costs_above_its_least(rng):
    y, z = rng.poisson(5, size=200) + 1, rng.normal(size=200)

    excess = poisson(y, z, reduction="none") - poisson(y, np.log(y), reduction="none")
    assert_allclose(poisson_deviance(y, np.exp(z), reduction="none"), 2 * excess)


def test_the_mean_count_is_the_best_constant(rng):
    y = rng.poisson(3, size=50)
    best = y.mean()

    assert poisson_grad(y, np.full(50, math.log(best))).sum() == pytest.approx(
        0, abs=1e-14
    )
    there = poisson_deviance(y, np.full(50, best))
    assert all(
        there < poisson_deviance(y, np.full(50, best + by)) for by in (-0.1, 0.1)
    )


@pytest.mark.parametrize("off", [1e-5, 1e-7, 1e-9, 1e-12])
def test_close_to_the_count_no_digit_is_lost(off):
    """Where the three terms cancel: half the relative error squared, times the rate."""
    rate = 1000 * (1 - off)
    x = (1000 - rate) / rate

    expected = 2 * rate * (x**2 / 2 - x**3 / 6 + x**4 / 12)
    value = poisson_deviance([1000], [rate])
    assert value == pytest.approx(expected, rel=1e-14, abs=0)


def test_a_rate_of_0_costs_nothing_or_everything():
    assert poisson_deviance([0, 0, 1], [0.0, -0.0, 0.0], reduction="none").tolist() == [
        0,
        0,
        INF,
    ]
    slopes = poisson_deviance_grad(
        [0, 0, 1, 1], [0.0, -0.0, 0.0, -0.0], reduction="sum"
    )
    assert slopes.tolist() == [2, 2, -INF, -INF]


def test_the_ends_of_the_range():
    assert poisson([3], [800.0]) == INF
    assert poisson([1e200], [1e200]) == INF
    assert poisson([0], [-1e300]) == 0
    assert poisson_deviance([1e300], [1e-300]) == pytest.approx(
        2e300 * (600 * math.log(10) - 1), rel=1e-14
    )
    assert poisson_deviance([1e-300], [1e300]) == pytest.approx(2e300, rel=1e-14)
    assert poisson_deviance([1.7e308], [1.7e308]) == 0


@pytest.mark.parametrize(("bad", "told"), [(-1, "-1"), (math.nan, "nan"), (INF, "inf")])
def test_rates_and_counts_below_0_are_refused(bad, told):
    for f in (poisson_deviance, poisson_deviance_grad):
        with pytest.raises(
            ValueError, match=rf"rates must be .*at least 0, got {told}"
        ):
            f([0, 1], [1.0, bad])
    for f in (poisson, poisson_grad, poisson_deviance, poisson_deviance_grad):
        with pytest.raises(
            ValueError, match=r"y_true must be finite and at least 0.*\[1"
        ):
            f([0, bad], [1.0, 1.0])


def test_a_linear_model_is_poisson_regression(rng):
    x = rng.normal(size=(300, 2))
    y = rng.poisson(np.exp(0.5 + x @ [0.3, -0.6]))
    theirs = PoissonRegressor(alpha=0, tol=1e-10).fit(x, y)

    for key in ("poisson", "poisson_deviance"):
        fit = train(x, y, key, learning_rate=0.1, steps=1000)
        w, b = fit.model.parameters
        assert w == pytest.approx(theirs.coef_, abs=1e-6)
        assert b == pytest.approx(theirs.intercept_, abs=1e-6)
        assert fit.model.predict(x) == pytest.approx(theirs.predict(x), abs=1e-5)


def test_a_step_too_far_ends_the_training_without_an_error(rng):
    x, y = rng.normal(size=(20, 1)), rng.poisson(50, size=20)

    for key in ("poisson", "poisson_deviance"):
        assert train(x, y, key, learning_rate=100.0).diverged
