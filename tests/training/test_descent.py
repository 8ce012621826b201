"""Training goes downhill by the steps that it promises, and again to the same fit."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from lossbook.catalogue import by_key
from lossbook.training import objective, train
from tests.training.problems import every_kind, every_loss, problem


@every_kind
@every_loss
def test_training_goes_downhill(loss, kind):
    x, y = problem(loss)

    rate = 0.1 if loss.labels == "regions" else 0.01  # a pixel's slope is small
    fit = train(x, y, loss, learning_rate=rate, steps=50, **kind)

    assert fit.history.loss[-1] < 0.99 * fit.history.loss[0]
    assert not fit.diverged
    if loss.is_smooth:
        assert (np.diff(fit.history.loss) < 0).all()


@every_kind
@every_loss
@pytest.mark.parametrize("batch_size", [None, 5])
def test_the_last_entry_of_the_history_is_that_of_the_model(loss, kind, batch_size):
    x, y = problem(loss)

    fit = train(x, y, loss, steps=10, l2=0.1, batch_size=batch_size, **kind)

    value, gradient = objective(fit.model, x, y, l2=0.1)
    assert fit.history.step[-1] == 10
    assert fit.history.loss[-1] == value
    assert fit.history.metric[-1] == fit.model.evaluate(x, y)
    assert fit.history.gradient_norm[-1] == pytest.approx(
        np.linalg.norm(np.concatenate([g.ravel() for g in gradient]))
    )


def test_one_step_goes_against_the_gradient_by_the_learning_rate():
    x, y = problem(by_key("mean_squared_error"))
    start, once = (
        train(x, y, "mean_squared_error", hidden=3, steps=s, learning_rate=0.03).model
        for s in (0, 1)
    )

    gradient = objective(start, x, y)[1]

    for before, g, after in zip(
        start.parameters, gradient, once.parameters, strict=True
    ):
        assert_allclose(after, before - 0.03 * g, rtol=1e-14)


def test_momentum_repeats_a_part_of_the_step_before():
    x, y = problem(by_key("mean_squared_error"))
    at = [
        train(
            x, y, "mean_squared_error", steps=s, learning_rate=0.03, momentum=0.5
        ).model
        for s in range(4)
    ]
    w = [model.parameters[0] for model in at]
    g = [objective(model, x, y)[1][0] for model in at]

    assert_allclose(w[1] - w[0], -0.03 * g[0])
    assert_allclose(w[2] - w[1], 0.5 * (w[1] - w[0]) - 0.03 * g[1])
    assert_allclose(w[3] - w[2], 0.5 * (w[2] - w[1]) - 0.03 * g[2])


def test_momentum_0_is_none():
    x, y = problem(by_key("hinge"))

    plain, zero = train(x, y, "hinge"), train(x, y, "hinge", momentum=0.0)

    assert_array_equal(plain.history.loss, zero.history.loss)


@every_kind
@pytest.mark.parametrize("batch_size", [13, 14])
def test_one_batch_of_all_examples_is_the_full_batch(kind, batch_size):
    x, y = problem(by_key("hinge"))

    full = train(x, y, "hinge", **kind)
    batch = train(x, y, "hinge", batch_size=batch_size, **kind)

    assert_array_equal(full.history.loss, batch.history.loss)
    assert_array_equal(full.history.step, np.arange(201))


def test_each_pass_takes_every_example_once_in_random_order(monkeypatch):
    x, y = problem(by_key("mean_squared_error"))
    seen = []
    spy = replace(
        by_key("mean_squared_error"),
        grad=lambda y, p, **_: seen.append(y) or np.zeros_like(p),
    )

    fit = train(x, y, spy, batch_size=5, steps=6)

    batches = [b for b in seen if len(b) < len(y)]
    assert [len(b) for b in batches] == [5, 5, 3, 5, 5, 3]
    assert fit.history.step.tolist() == [0, 3, 6]
    for one_pass in (batches[:3], batches[3:]):
        assert_array_equal(np.sort(np.concatenate(one_pass)), np.sort(y))
    assert (batches[0] != batches[3]).any()


def test_the_features_of_a_batch_go_with_its_labels():
    x = np.arange(1.0, 9.0)[:, None] / 8

    fit = train(x, 3 * x[:, 0] - 1, "mean_squared_error", batch_size=3, steps=3000)

    assert_allclose(fit.model.parameters[0], [3], rtol=1e-6)
    assert_allclose(fit.model.parameters[1], -1, rtol=1e-6)


def test_the_history_ends_with_the_last_step_within_a_pass():
    x, y = problem(by_key("hinge"))

    assert train(x, y, "hinge", batch_size=5, steps=5).history.step.tolist() == [
        0,
        3,
        5,
    ]
    assert train(x, y, "hinge", steps=0).history.step.tolist() == [0]
    one_by_one = train(x, y, "hinge", batch_size=1, steps=14)
    assert one_by_one.history.step.tolist() == [0, 13, 14]


def test_the_seed_decides():
    x, y = problem(by_key("mean_squared_error"))

    for settings in ({"hidden": 3}, {"batch_size": 5}):
        a, b, c = (
            train(x, y, "mean_squared_error", seed=s, **settings).history.loss
            for s in (0, 0, 1)
        )
        assert_array_equal(a, b)
        assert (a != c).any()
        default = train(x, y, "mean_squared_error", **settings).history.loss
        assert_array_equal(a, default)


def test_a_linear_model_starts_at_zero_and_a_network_does_not():
    x, y = problem(by_key("hinge"))
    w1, b1, w2, b2 = train(
        np.tile(x, 50), y, "hinge", hidden=400, steps=0
    ).model.parameters

    assert all((p == 0).all() for p in train(x, y, "hinge", steps=0).model.parameters)
    assert (b1 == 0).all() and b2 == 0
    assert w1.std() == pytest.approx(1 / np.sqrt(100), rel=0.05)
    assert w2.std() == pytest.approx(1 / np.sqrt(400), rel=0.1)


def test_nothing_in_a_fit_can_be_changed():
    x, y = problem(by_key("hinge"))
    fit = train(x, y, "hinge", steps=2)

    for array in (*fit.model.parameters, *vars(fit.history).values()):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0
    for record in (fit, fit.model, fit.history):
        with pytest.raises(AttributeError):
            record.loss = record.model = None
