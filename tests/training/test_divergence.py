"""Training that goes wrong ends, and says why."""

from dataclasses import replace

import numpy as np
import pytest

from lossbook.catalogue import by_key
from lossbook.training import objective, train
from tests.training.problems import problem


@pytest.mark.parametrize(
    "settings", [{}, {"batch_size": 5}, {"hidden": 3, "activation": "relu"}]
)
def test_too_large_a_step_ends_with_the_last_finite_history(settings):
    x, y = problem(by_key("mean_squared_error"))

    fit = train(x, y, "mean_squared_error", learning_rate=30, steps=5000, **settings)

    assert fit.diverged
    assert fit.history.step[-1] < 5000
    assert fit.history.loss[-1] > 1e6 * fit.history.loss[0]
    assert all(np.isfinite(a).all() for a in vars(fit.history).values())
    assert fit.history.loss[-1] == objective(fit.model, x, y)[0]
    assert f"\n  diverged after step {fit.history.step[-1]}: try a" in repr(fit)
    assert "smaller learning_rate" in repr(fit)


def test_outputs_beyond_all_numbers_end_training_within_a_pass():
    x, y = problem(by_key("mean_squared_error"))

    fit = train(x, y, "mean_squared_error", learning_rate=1e200, batch_size=3)

    assert fit.diverged
    assert fit.history.step.tolist() == [0]
    moved = replace(fit.model, parameters=(np.full(2, 1e200), np.zeros(())))
    assert not np.isfinite(moved.output(1e200 * x)).any()
    assert objective(moved, 1e200 * x, y)[0] == np.inf
    assert objective(moved, [[1e200, 0.0], [0.0, 0.0]], [0.0, 0.0])[0] == np.inf


def test_probabilities_that_reach_0_end_training_and_logits_do_not():
    x, y = problem(by_key("binary_cross_entropy"))
    probs, logits = (
        train(1000 * x, y, key, learning_rate=10)
        for key in ("binary_cross_entropy", "binary_cross_entropy_from_logits")
    )

    assert probs.diverged
    assert not logits.diverged


def test_a_loss_that_rose_is_pointed_out():
    x, y = problem(by_key("mean_squared_error"))
    rose = train(x, y, "mean_squared_error", learning_rate=2, steps=5)
    fell = train(x, y, "mean_squared_error", learning_rate=0.1, steps=5)

    assert not rose.diverged
    assert "\n  the loss rose: try a smaller learning_rate" in repr(rose)
    assert "try" not in repr(fell)


def test_targets_too_large_to_square_are_refused():
    with pytest.raises(ValueError, match="infinite before the first step; bring"):
        train([[1.0], [2.0]], [1e200, -1e200], "mean_squared_error")
