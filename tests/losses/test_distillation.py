"""What is particular to distillation."""

import math

import numpy as np
import pytest
from numpy.testing import assert_allclose

from lossbook import (
    cross_entropy_from_logits,
    cross_entropy_from_logits_grad,
    distillation,
    distillation_grad,
    entropy,
    kl_divergence,
    softmax,
)
from lossbook.training import train

INF = math.inf


def test_by_hand():
    """A teacher that says 3/4 and 1/4, a student that says a half each."""
    value = distillation([[math.log(3), 0.0]], [[0.0, 0.0]], temperature=1)

    assert value == pytest.approx(0.75 * math.log(1.5) - 0.25 * math.log(2), rel=1e-14)
    slopes = distillation_grad([[math.log(3), 0.0]], [[0.0, 0.0]], temperature=1)
    assert slopes[0] == pytest.approx([-0.25, 0.25], rel=1e-14)


def test_the_temperature_divides_the_logits_and_its_square_multiplies_the_loss():
    teacher, student = [[2 * math.log(3), 0.0]], [[0.0, 0.0]]

    soft = distillation(teacher, student, temperature=2)
    assert soft == pytest.approx(
        4 * distillation([[math.log(3), 0.0]], student, temperature=1), rel=1e-14
    )
    assert distillation_grad(teacher, student)[0] == pytest.approx([-0.5, 0.5])


@pytest.mark.parametrize("temperature", [0.5, 1, 3])
def test_it_is_the_divergence_of_the_softened_probabilities(temperature, rng):
    t, z = 3 * rng.normal(size=(2, 50, 6))
    p, q = softmax(t / temperature), softmax(z / temperature)

    each = distillation(t, z, temperature=temperature, reduction="none")
    assert_allclose(each, temperature**2 * kl_divergence(p, q), rtol=1e-11)


def test_it_is_the_cross_entropy_with_soft_labels_less_their_entropy(rng):
    t, z = 3 * rng.normal(size=(2, 50, 6))
    p = softmax(t)
    options = {"temperature": 1, "reduction": "none"}

    soft = cross_entropy_from_logits(p, z, reduction="none")
    assert_allclose(distillation(t, z, **options), soft - entropy(p), rtol=1e-11)
    slopes = cross_entropy_from_logits_grad(p, z, reduction="none")
    assert_allclose(distillation_grad(t, z, **options), slopes, rtol=1e-9, atol=1e-15)


def as_pytorch_writes_it(t, z, temperature):
    """The mean of F.kl_div(log_softmax(z / T), softmax(t / T)) times T**2, in NumPy."""
    t, z = t / temperature, z / temperature
    log_p = t - np.log(np.exp(t).sum(axis=1, keepdims=True))
    log_q = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    each = np.exp(log_p) * (log_p - log_q)
    return each.sum() / len(t) * temperature**2


def test_it_is_what_pytorch_users_write(rng):
    t, z = 3 * rng.normal(size=(2, 500, 10))

    for temperature in (1, 2, 7.5):
        theirs = as_pytorch_writes_it(t, z, temperature)
        ours = distillation(t, z, temperature=temperature)
        assert ours == pytest.approx(theirs, rel=1e-12)


def test_high_temperatures_compare_centred_logits(rng):
    """Hinton, Vinyals and Dean, section 2.1: the slope is (z - t) / k."""
    t, z = rng.normal(size=(2, 20, 5))
    t, z = (x - x.mean(axis=1, keepdims=True) for x in (t, z))
    options = {"temperature": 1e5, "reduction": "none"}

    half = ((z - t) ** 2).sum(axis=1) / 10
    assert_allclose(distillation(t, z, **options), half, rtol=1e-4)
    assert_allclose(distillation_grad(t, z, **options), (z - t) / 5, rtol=0.01)


def test_to_say_what_the_teacher_says_costs_nothing(rng):
    t = 10 * rng.normal(size=(50, 4))

    for z in (t, t + 3, t - 1000):
        assert distillation(t, z) < 1e-25
        assert np.abs(distillation_grad(t, z)).max() < 1e-12


def test_a_small_difference_keeps_its_digits():
    """One logit of two moved by h from a tie: h squared over 8, at any temperature."""
    for h in (1e-3, 1e-8, 1e-30):
        loss = distillation([[h, 0.0]], [[0.0, 0.0]], temperature=1)
        assert loss == pytest.approx(h**2 / 8, rel=1e-6, abs=0)


def test_a_level_far_away_costs_no_digits():
    """Only differences count; those of 65537 and 0.1 are rounded to 1e-11."""
    near = distillation([[0.0, 0.0]], [[0.1, 0.0]])

    assert distillation([[65537.0, 65537.0]], [[0.1, 0.0]]) == near


def test_masked_classes():
    teacher, student = [[0.0, -INF, 0.0]], [[0.0, -INF, 0.0]]

    assert distillation(teacher, student) == 0
    assert distillation_grad(teacher, student).tolist() == [[0, 0, 0]]
    loss = distillation(teacher, [[0.0, 0.0, 0.0]], temperature=1)
    assert loss == pytest.approx(math.log(1.5), rel=1e-14)
    assert distillation([[0.0, 0.0, 0.0]], student) == INF
    with pytest.raises(ValueError, match="teacher_logits must leave each example a"):
        distillation([[-INF, -INF]], [[0.0, 0.0]])


def test_logits_far_apart():
    assert distillation([[1000.0, 0.0]], [[0.0, 1000.0]], temperature=1) == 1000
    assert distillation([[1e300, 0.0]], [[0.0, 0.0]]) == pytest.approx(4 * math.log(2))
    sure = distillation([[800.0, 0.0]], [[0.0, 800.0]], temperature=1e-300)
    assert sure == pytest.approx(800e-300)


def test_a_student_learns_from_the_teacher_alone(rng):
    """Without a label: its logits become those of the teacher, up to a constant."""
    x = rng.normal(size=(200, 2))
    teacher = x @ rng.normal(size=(2, 3)) + [0.5, 0, -0.5]

    fit = train(x, teacher, "distillation", learning_rate=1.0, steps=1000)
    assert fit.history.loss[-1] < 1e-9
    assert fit.model.evaluate(x, teacher) == 1
    assert_allclose(fit.model.probs(x), softmax(teacher), atol=1e-4)


@pytest.mark.parametrize("wrong", [0, -1, math.nan, INF, "2", None, [2], True, 1j])
def test_a_temperature_that_is_none_is_refused(wrong):
    for f in (distillation, distillation_grad):
        with pytest.raises(
            ValueError, match="temperature must be a finite number above 0"
        ):
            f([[0.0, 1.0]], [[0.0, 0.0]], temperature=wrong)


def test_one_column_is_refused():
    with pytest.raises(ValueError, match=r"column for each of two or more classes"):
        distillation([[0.0]], [[1.0]])
