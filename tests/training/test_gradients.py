"""The gradient of training is the slope of what training says that it minimises."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose

from lossbook.catalogue import by_key
from lossbook.datasets import (
    imbalanced,
)
from lossbook.gradcheck import numerical_gradient
from lossbook.link_functions import sigmoid, softmax
from lossbook.training import Model, objective, train
from tests.training.problems import every_kind, every_loss, started


def with_parameter(model, i, p):
    return replace(
        model, parameters=(*model.parameters[:i], p, *model.parameters[i + 1 :])
    )


def measured(model, x, y, **settings):
    """The slope of the objective in each parameter, from differences of its values."""
    return [
        numerical_gradient(
            lambda v, i=i: objective(with_parameter(model, i, v), x, y, **settings)[0],
            p,
            step=1e-4,
        )
        for i, p in enumerate(model.parameters)
    ]


def assert_equal_slopes(derived, slopes):
    assert len(derived) == len(slopes)
    for d, m in zip(derived, slopes, strict=True):
        assert d.shape == m.shape
        assert_allclose(d, m, rtol=1e-6, atol=1e-9)


@every_kind
@every_loss
def test_the_gradient_is_the_slope_of_the_objective(loss, kind):
    model, x, y = started(loss, **kind)

    derived = objective(model, x, y, l2=0.3)[1]

    assert_equal_slopes(derived, measured(model, x, y, l2=0.3))


@every_kind
@every_loss
def test_the_slope_test_would_notice_a_mistake(loss, kind):
    model, x, y = started(loss, **kind)
    slopes = measured(model, x, y, l2=0.3)

    for i, good in enumerate(slopes):
        for bad in (-good, 2 * good, 0 * good, good * len(x), good.T + 0.3):
            wrong = [*slopes[:i], bad, *slopes[i + 1 :]]
            with pytest.raises(AssertionError):
                assert_equal_slopes(wrong, slopes)


@every_loss
def test_the_objective_is_the_mean_loss_plus_half_the_squared_weights(loss):
    model, x, y = started(loss, hidden=3)
    w1, _, w2, _ = model.parameters
    out = model.output(x)
    read = {None: lambda z: z, "exp": np.exp, "sigmoid": sigmoid, "softmax": softmax}[
        loss.link
    ](out)

    value = objective(model, x, y, l2=0.4)[0]

    assert value == pytest.approx(
        loss.value(y, read) + 0.2 * ((w1**2).sum() + (w2**2).sum()), rel=1e-14
    )


@every_kind
def test_the_penalty_does_not_touch_the_biases(kind):
    model, x, y = started(by_key("mean_squared_error"), **kind)

    with_l2, without = (objective(model, x, y, l2=l2)[1] for l2 in (0.3, 0.0))

    for i, p in enumerate(model.parameters):
        added = 0.3 * p if i % 2 == 0 else 0.0 * p
        assert_allclose(with_l2[i] - without[i], added, atol=1e-14)


def test_a_network_computes_what_its_formula_says():
    model, x, _ = started(by_key("mean_squared_error"), hidden=3)
    w1, b1, w2, b2 = model.parameters

    assert_allclose(model.output(x), np.tanh(x @ w1 + b1) @ w2 + b2)
    assert Model(model.parameters, model.loss).activation == "tanh"
    model = replace(model, activation="relu")
    assert_allclose(model.output(x), np.maximum(x @ w1 + b1, 0) @ w2 + b2)


def test_an_option_reaches_the_loss():
    x, y = imbalanced(400)
    plain, heavy = (
        train(x, y, "binary_cross_entropy_from_logits", steps=50, **options)
        for options in ({}, {"class_weights": [1, 30]})
    )

    assert heavy.model.predict(x).sum() > 2 * plain.model.predict(x).sum()
    assert objective(heavy.model, x, y, class_weights=[1, 30])[0] == pytest.approx(
        heavy.history.loss[-1]
    )
    for key, has in {
        "hinge": "hinge loss takes sample_weight",
        "huber": "Huber loss takes delta, sample_weight",
    }.items():
        for name in ("learning_rte", "out", "y_true", "scores"):
            with pytest.raises(TypeError, match=f"no setting '{name}'; {has}"):
                train(x, y, key, **{name: 0.1})
