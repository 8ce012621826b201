"""What is particular to the Gaussian likelihood."""

import importlib.util
import math

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy import stats

from lossbook import gaussian_nll, gaussian_nll_grad, mean_squared_error
from lossbook.training import train

CONSTANT = math.log(2 * math.pi) / 2


def test_gaussian_nll_by_hand():
    """A variance of 4 and an error of 2: half of 1 + log 4, and the constant."""
    said = [[0.0, math.log(4)]]

    value = gaussian_nll([2.0], said)
    assert value == pytest.approx((1 + math.log(4)) / 2 + CONSTANT, rel=1e-15)
    assert gaussian_nll_grad([2.0], said)[0] == pytest.approx([-0.5, 0.0], abs=1e-15)


def test_it_agrees_with_scipy(rng):
    y, m, s = rng.normal(size=(3, 2000))

    theirs = -stats.norm.logpdf(y, m, np.exp(s / 2))
    assert_allclose(gaussian_nll(y, np.column_stack([m, s]), reduction="none"), theirs)


@pytest.mark.skipif(not importlib.util.find_spec("torch"), reason="needs PyTorch")
@pytest.mark.parametrize("full", [True, False])
def test_it_agrees_with_pytorch_but_for_the_constant(full, rng):
    import torch
    import torch.nn.functional as F

    y, m, s = rng.normal(size=(3, 500))
    at = torch.tensor(np.column_stack([m, s]), requires_grad=True)
    theirs = F.gaussian_nll_loss(at[:, 0], torch.tensor(y), at[:, 1].exp(), full=full)
    theirs.backward()

    said = np.column_stack([m, s])
    left_out = 0 if full else CONSTANT
    assert gaussian_nll(y, said) - left_out == pytest.approx(
        float(theirs.detach()), rel=1e-12
    )
    gradient = gaussian_nll_grad(y, said)
    assert_allclose(gradient, at.grad.numpy(), rtol=1e-9, atol=1e-18)


def test_a_variance_of_1_for_all_makes_it_half_the_squared_error(rng):
    y, m = rng.normal(size=(2, 30))

    value = gaussian_nll(y, np.column_stack([m, np.zeros(30)]))
    assert value == pytest.approx(mean_squared_error(y, m) / 2 + CONSTANT, rel=1e-14)


@pytest.mark.parametrize("error", [0.01, 1.0, 30.0])
def test_the_best_variance_is_the_square_of_the_error(error):
    best = 2 * math.log(error)
    there = gaussian_nll([error], [[0.0, best]])

    assert gaussian_nll_grad([error], [[0.0, best]])[0, 1] == pytest.approx(
        0, abs=1e-14
    )
    assert all(there < gaussian_nll([error], [[0.0, best + by]]) for by in (-0.1, 0.1))


def test_another_unit_changes_all_losses_alike(rng):
    y, m, s = rng.normal(size=(3, 20))
    metres = gaussian_nll(y, np.column_stack([m, s]), reduction="none")
    cm = np.column_stack([100 * m, s + 2 * math.log(100)])

    centimetres = gaussian_nll(100 * y, cm, reduction="none")
    assert centimetres - metres == pytest.approx([math.log(100)] * 20, rel=1e-13)


def test_the_ends_of_the_range():
    inf = math.inf

    assert gaussian_nll([0.0], [[0.0, -4000.0]]) == -2000 + CONSTANT
    assert gaussian_nll([1.0], [[0.0, -4000.0]]) == inf
    assert gaussian_nll([1.7e308], [[-1.7e308, 4000.0]]) == 2000 + CONSTANT
    assert gaussian_nll([1.7e308], [[-1.7e308, 1400.0]]) == pytest.approx(
        700 + CONSTANT + math.exp(2 * math.log(3.4) + 616 * math.log(10) - 1400) / 2,
        rel=1e-12,
    )
    assert gaussian_nll_grad([0.0], [[0.0, -4000.0]]).tolist() == [[0.0, 0.5]]
    assert gaussian_nll_grad([1.0], [[0.0, -4000.0]]).tolist() == [[-inf, -inf]]


def test_what_is_infinite_is_refused_even_where_the_variance_would_hide_it():
    for bad in ([math.inf, 4000.0], [math.nan, 4000.0], [0.0, math.inf]):
        for f in (gaussian_nll, gaussian_nll_grad):
            with pytest.raises(ValueError, match="mean_and_log_variance must be fin"):
                f([0.0], [bad])


@pytest.mark.parametrize("shape", [(3,), (3, 1), (3, 3), (2, 2), (2, 3), (3, 2, 1)])
def test_other_shapes_are_refused(shape):
    for f in (gaussian_nll, gaussian_nll_grad):
        with pytest.raises(
            ValueError, match=r"must have shape \(n,\), and mean_and_log"
        ):
            f([0.0] * 3, np.zeros(shape))


def test_a_model_learns_where_it_is_wrong(rng):
    x = rng.uniform(-1, 1, 400)[:, None]
    y = 2 * x[:, 0] + rng.normal(size=400) * np.exp(x[:, 0] - 0.5)

    fit = train(x, y, "gaussian_nll", learning_rate=0.2, steps=800)

    mean, log_variance = fit.model.output([[-1.0], [1.0]]).T
    assert mean == pytest.approx([-2, 2], abs=0.3)
    assert log_variance == pytest.approx([-3, 1], abs=0.4)
    assert fit.model.predict([[1.0]]) == mean[1]
