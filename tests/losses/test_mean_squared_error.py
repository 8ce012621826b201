"""What is particular to the mean squared error."""

import numpy as np
import pytest
from sklearn import metrics

from lossbook import mean_squared_error, mean_squared_error_grad


def test_value_by_hand():
    assert mean_squared_error([1, 2, 3], [1, 4, 0]) == (0 + 4 + 9) / 3


def test_gradient_by_hand():
    gradient = mean_squared_error_grad([1, 2, 3, 4], [1, 4, 0, 4])

    assert gradient.tolist() == [0.0, 2 * 2 / 4, 2 * -3 / 4, 0.0]


def test_zero_only_where_all_is_exact():
    assert mean_squared_error([1.5, -2.0], [1.5, -2.0]) == 0.0


def test_the_mean_is_the_best_constant(rng):
    y = rng.normal(size=50)
    at_mean = mean_squared_error(y, np.full(50, y.mean()))

    assert at_mean == pytest.approx(y.var(), rel=1e-14)
    assert at_mean < mean_squared_error(y, np.full(50, y.mean() + 1e-3))


def test_agrees_with_scikit_learn(rng):
    y, p = rng.normal(size=(2, 20_000))

    ours = mean_squared_error(y, p)
    assert ours == pytest.approx(metrics.mean_squared_error(y, p), rel=1e-12)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_an_overflow_is_infinite_and_silent(dtype):
    big = np.array([np.finfo(dtype).max], dtype)

    assert mean_squared_error(-big, big) == np.inf
    assert mean_squared_error_grad(-big, big) == [np.inf]


def test_a_target_that_is_no_number_is_refused():
    with pytest.raises(ValueError, match=r"y_true must be finite, got nan at \[1\]"):
        mean_squared_error([0.0, np.nan], [0.0, 1.0])


def test_mixed_precision_is_computed_in_double():
    y = np.array([1.0 + 1e-12])
    p = np.array([1.0], np.float32)

    assert mean_squared_error(y, p) == pytest.approx(1e-24, rel=1e-3, abs=0)
    assert mean_squared_error_grad(y, p).dtype == np.float64
