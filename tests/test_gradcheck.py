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
    with pytest.raises(ValueError, match="positive number"):
        numerical_gradient(np.sum, np.ones(2), step=step)
