"""Drawn cases are what the losses take, in every draw."""

import numpy as np
import pytest

from lossbook import (
    binary_cross_entropy_from_logits_grad,
    binary_cross_entropy_grad,
    cross_entropy_from_logits_grad,
    cross_entropy_grad,
    hinge_grad,
    mean_squared_error_grad,
)
from lossbook.exercises.engine import cases

DRAWS = {
    cases.regression: mean_squared_error_grad,
    cases.binary_probs: binary_cross_entropy_grad,
    cases.binary_logits: binary_cross_entropy_from_logits_grad,
    cases.signed_scores: hinge_grad,
    cases.class_probs: cross_entropy_grad,
    cases.class_logits: cross_entropy_from_logits_grad,
}
every_draw = pytest.mark.parametrize("draw", DRAWS, ids=lambda draw: draw.__name__)


def drawn(draw):
    return [case for seed in range(20) for case in draw(np.random.default_rng(seed))]


@every_draw
def test_a_loss_takes_them(draw):
    for case in drawn(draw):
        gradient = DRAWS[draw](*case.inputs)
        assert np.isfinite(gradient).all()


@every_draw
def test_small_ones_are_short_and_a_large_one_follows(draw):
    found = draw(np.random.default_rng(1))

    assert [len(case.inputs[0]) for case in found] == [*cases.SMALL, cases.LARGE]
    for case in found[:-1]:
        for values in case.inputs:
            np.testing.assert_array_equal(values, values.round(2))


@every_draw
def test_other_numbers_in_every_draw(draw):
    first, second = (draw(np.random.default_rng(seed)) for seed in (1, 2))

    assert not np.array_equal(first[-1].inputs[1], second[-1].inputs[1])


def test_labels_are_mixed_and_scores_stay_off_the_margin():
    for case in drawn(cases.signed_scores):
        y, scores = case.inputs
        assert (abs(1 - y * scores) > 0.01).all()
        if len(y) > 1:
            assert set(y) == {-1, 1}


def test_no_error_of_a_regression_is_zero():
    for case in drawn(cases.regression):
        y, y_hat = case.inputs
        assert (abs(y_hat - y) > 0.01).all()
