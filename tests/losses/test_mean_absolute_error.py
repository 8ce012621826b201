"""What is particular to the mean absolute error."""

import numpy as np
import pytest
from sklearn import metrics

from lossbook import mean_absolute_error, mean_absolute_error_grad


def test_absolute_errors_by_hand():
    assert mean_absolute_error([1, 2, 3], [1, 4, 0]) == (0 + 2 + 3) / 3


def test_the_slope_is_the_sign_of_the_error():
    gradient = mean_absolute_error_grad([1, 2, 3, 4], [1, 4, 0, 4 + 1e-300])

    assert gradient.tolist() == [0.0, 1 / 4, -1 / 4, 0.0]


def test_the_median_is_the_best_constant(rng):
    y = rng.normal(size=51)
    at_median = mean_absolute_error(y, np.full(51, np.median(y)))

    for step in (-0.1, 0.1):
        assert at_median < mean_absolute_error(y, np.full(51, np.median(y) + step))


def test_absolute_error_agrees_with_scikit_learn(rng):
    y, p = rng.normal(size=(2, 20_000))

    theirs = metrics.mean_absolute_error(y, p)
    assert mean_absolute_error(y, p) == pytest.approx(theirs, rel=1e-12)


def test_an_absolute_error_that_overflows_is_infinite():
    assert mean_absolute_error([-1.7e308], [1.7e308]) == np.inf
    assert mean_absolute_error_grad([-1.7e308], [1.7e308]) == [1.0]
