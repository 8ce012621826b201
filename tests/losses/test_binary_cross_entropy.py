"""What is particular to binary cross-entropy, of probabilities and of logits."""

import math
from functools import partial

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy import special
from sklearn import metrics

from lossbook import (
    binary_cross_entropy,
    binary_cross_entropy_and_grad,
    binary_cross_entropy_from_logits,
    binary_cross_entropy_from_logits_and_grad,
    binary_cross_entropy_from_logits_grad,
    binary_cross_entropy_grad,
    sigmoid,
)
from lossbook.gradcheck import numerical_gradient

VALUES = [binary_cross_entropy, binary_cross_entropy_from_logits]
GRADIENTS = [binary_cross_entropy_grad, binary_cross_entropy_from_logits_grad]
BOTH = [binary_cross_entropy_and_grad, binary_cross_entropy_from_logits_and_grad]
both_forms = pytest.mark.parametrize(
    ("value", "gradient", "both"),
    list(zip(VALUES, GRADIENTS, BOTH, strict=True)),
    ids=["probs", "logits"],
)
every_function = pytest.mark.parametrize("f", VALUES + GRADIENTS + BOTH)

# --- known values ------------------------------------------------------------


def test_a_coin_toss_costs_log_2():
    assert binary_cross_entropy([0, 1], [0.5, 0.5]) == math.log(2)
    assert binary_cross_entropy_from_logits([0, 1], [0, 0]) == math.log(2)


@pytest.mark.parametrize(
    ("label", "p", "loss", "slope"),
    [
        (1, 0.25, math.log(4), -4.0),
        (0, 0.75, math.log(4), 4.0),
        (1, 1.0, 0.0, -1.0),
        (0, 0.0, 0.0, 1.0),
        (1, 0.0, math.inf, -math.inf),
        (0, 1.0, math.inf, math.inf),
        (0.5, 0.5, math.log(2), 0.0),
        (0.25, 0.5, math.log(2), 1.0),
    ],
)
def test_of_probabilities_by_hand(label, p, loss, slope):
    assert binary_cross_entropy([label], [p]) == loss
    assert binary_cross_entropy_grad([label], [p]) == [slope]
    assert binary_cross_entropy_and_grad([label], [p]) == (loss, [slope])


@pytest.mark.parametrize(
    ("label", "logit", "loss", "slope"),
    [
        (1, math.log(3), math.log(4 / 3), -1 / 4),
        (0, math.log(3), math.log(4), 3 / 4),
        (1, -math.log(3), math.log(4), -3 / 4),
        (0.5, math.log(3), math.log(4) - math.log(3) / 2, 1 / 4),
        (1, 1e4, 0.0, 0.0),
        (0, 1e4, 1e4, 1.0),
        (1, -1e300, 1e300, -1.0),
        (0, -1e300, 0.0, 0.0),
    ],
)
def test_of_logits_by_hand(label, logit, loss, slope):
    f = binary_cross_entropy_from_logits_grad

    assert binary_cross_entropy_from_logits([label], [logit]) == pytest.approx(loss)
    assert f([label], [logit]) == pytest.approx(slope)


@both_forms
def test_the_best_constant_is_the_frequency(value, gradient, both):
    y = [1, 0, 0, 1, 1, 1, 0, 1]
    at = 5 / 8 if value is binary_cross_entropy else math.log(5 / 3)

    assert gradient(y, [at] * 8).sum() == pytest.approx(0, abs=1e-15)
    assert value(y, [at] * 8) < value(y, [at + 0.01] * 8)
    assert value(y, [at] * 8) < value(y, [at - 0.01] * 8)


# --- digits ------------------------------------------------------------------


@pytest.mark.parametrize("logit", [17.0, 37.0, 100.0, 700.0])
def test_sure_and_right_keeps_its_digits(logit):
    expected = math.log1p(math.exp(-logit))

    for label, z in [(1, logit), (0, -logit)]:
        loss = binary_cross_entropy_from_logits([label], [z])
        assert loss == pytest.approx(expected, rel=1e-15, abs=0)
        slope = binary_cross_entropy_from_logits_grad([label], [z])
        sign = 1 - 2 * label
        assert slope == pytest.approx(sign * special.expit(-logit), rel=1e-15, abs=0)


@pytest.mark.parametrize("p", [1e-300, 1e-20, 1e-9, 0.3])
def test_a_small_probability_of_what_did_not_happen_is_not_lost(p):
    loss = binary_cross_entropy([0], [p])

    assert loss == pytest.approx(-math.log1p(-p), rel=1e-15, abs=0)


@both_forms
def test_the_two_labels_mirror_each_other(value, gradient, both, rng):
    y = rng.random(50)
    if value is binary_cross_entropy:
        x = rng.random(50)
        mirrored = 1 - x
    else:
        x = 9 * rng.normal(size=50)
        mirrored = -x

    assert value(1 - y, mirrored) == pytest.approx(value(y, x), rel=1e-13)
    assert_allclose(gradient(1 - y, mirrored), -gradient(y, x), rtol=1e-10)


# --- relations ---------------------------------------------------------------


def test_logits_are_probabilities_seen_through_a_sigmoid(rng):
    y, z = rng.random(1000), 3 * rng.normal(size=1000)
    p = sigmoid(z)

    assert binary_cross_entropy_from_logits(y, z) == pytest.approx(
        binary_cross_entropy(y, p), rel=1e-12
    )
    chain_rule = binary_cross_entropy_grad(y, p) * p * (1 - p)
    gradient = binary_cross_entropy_from_logits_grad(y, z)
    assert_allclose(gradient, chain_rule, rtol=1e-10, atol=1e-16)
    assert_allclose(gradient, (p - y) / 1000, rtol=1e-10, atol=1e-16)


@both_forms
def test_a_soft_label_is_a_mixture_of_hard_ones(value, gradient, both, rng):
    x = rng.uniform(0.1, 0.9, size=20)
    y = rng.random(20)
    zeros, ones = np.zeros(20), np.ones(20)

    for f in (partial(value, reduction="none"), gradient):
        mixture = (1 - y) * f(zeros, x) + y * f(ones, x)
        assert_allclose(f(y, x), mixture, rtol=1e-12, atol=1e-15)


def test_agrees_with_scikit_learn_and_scipy(rng):
    y, z = rng.integers(2, size=20_000), 3 * rng.normal(size=20_000)
    p = sigmoid(z)

    theirs = metrics.log_loss(y, p)
    assert binary_cross_entropy(y, p) == pytest.approx(theirs, rel=1e-12)
    assert binary_cross_entropy_from_logits(y, z) == pytest.approx(theirs, rel=1e-12)
    assert_allclose(
        binary_cross_entropy_from_logits(y, z, reduction="none"),
        -special.log_expit((2 * y - 1) * z),
        rtol=1e-12,
    )


# --- weights -----------------------------------------------------------------


@both_forms
@pytest.mark.parametrize("soft", [False, True])
@pytest.mark.parametrize(("w0", "w1"), [(0.5, 3), (1, 3), (3, 1), (2, 2), (1, 1)])
def test_the_weighted_mean_divides_by_the_weights(
    value, gradient, both, soft, w0, w1, rng
):
    y = rng.random(30) if soft else rng.integers(2, size=30)
    x = rng.uniform(0.1, 0.9, size=30)
    if value is binary_cross_entropy_from_logits:
        x = 20 * (x - 0.5)
    zero = value(np.zeros(30), x, reduction="none")
    one = value(np.ones(30), x, reduction="none")
    expected = w0 * (1 - y) * zero + w1 * y * one
    weights = w0 * (1 - y) + w1 * y

    f = partial(value, y, x, class_weights=[w0, w1])
    assert_allclose(f(reduction="none"), expected, rtol=1e-13)
    assert f(reduction="sum") == pytest.approx(expected.sum(), rel=1e-13)
    assert f() == pytest.approx(expected.sum() / weights.sum(), rel=1e-13)


@both_forms
@pytest.mark.parametrize("reduction", ["mean", "sum"])
def test_the_weighted_gradient_is_the_slope(value, gradient, both, reduction, rng):
    y, x = rng.random(8), rng.uniform(0.2, 0.8, size=8)
    options = {"class_weights": [0.5, 3.0], "reduction": reduction}

    derived = gradient(y, x, **options)
    measured = numerical_gradient(lambda v: value(y, v, **options), x)

    assert_allclose(derived, measured, rtol=1e-6, atol=1e-9)
    together = both(y, x, **options)
    assert together[0] == pytest.approx(value(y, x, **options), rel=1e-14)
    assert_allclose(together[1], derived, rtol=1e-13)


@both_forms
def test_weights_may_be_multiplied_by_any_number(value, gradient, both, rng):
    y, x = rng.integers(2, size=30), rng.random(30)

    for factor in (1e-50, 3.0, 1e300):
        for f in (value, gradient):
            weighted = partial(f, y, x.astype(np.float32))
            assert_allclose(
                weighted(class_weights=[factor, 2 * factor]),
                weighted(class_weights=[1, 2]),
                rtol=1e-6,
            )


@both_forms
def test_a_weight_of_0_leaves_a_class_out(value, gradient, both):
    y, x = [0, 1, 1], [1.0, 0.5, 0.25]

    assert value(y, x, class_weights=[0, 2]) == value(y[1:], x[1:])
    assert gradient(y, x, class_weights=[0, 2]).tolist()[0] == 0
    assert_allclose(
        gradient(y, x, class_weights=[0, 2])[1:], gradient(y[1:], x[1:]), rtol=1e-15
    )


@both_forms
def test_weights_of_0_leave_nothing(value, gradient, both):
    options = {"class_weights": [0, 0], "reduction": "sum"}

    assert value([0, 1, 1], [1.0, 0.25, 0.0], **options) == 0
    assert not gradient([0, 1, 1], [1.0, 0.25, 0.0], **options).any()


@every_function
def test_weights_that_leave_nothing_to_average_are_refused(f):
    with pytest.raises(ValueError, match=r"leave the examples a weight, got 0\.0"):
        f([0, 0], [0.5, 0.5], class_weights=[0, 1])
    f([0, 0], [0.5, 0.5], class_weights=[0, 1], reduction="sum")


@every_function
@pytest.mark.parametrize(
    ("weights", "says"),
    [
        ([1], "2 numbers"),
        ([1, 2, 3], "2 numbers"),
        (1.0, "2 numbers"),
        ({0: 1, 1: 2}, "2 numbers"),
        ("balanced", "2 numbers"),
        ([1, -1], "finite and at least 0"),
        ([1, np.nan], "finite and at least 0"),
        ([np.inf, 1], "finite and at least 0"),
    ],
)
def test_weights_that_are_none_are_refused(f, weights, says):
    with pytest.raises(ValueError, match=f"class_weights must be {says}"):
        f([0, 1], [0.5, 0.5], class_weights=weights)


# --- what is refused ---------------------------------------------------------


@every_function
def test_labels_of_the_hinge_are_refused(f):
    with pytest.raises(ValueError, match=r"takes 0 and 1, the hinge losses -1 and \+1"):
        f([-1, 1], [0.5, 0.5])


@pytest.mark.parametrize("f", [VALUES[0], GRADIENTS[0], BOTH[0]])
@pytest.mark.parametrize("p", [-1e-300, np.nextafter(1, 2), 1.5, np.nan, -np.inf])
@pytest.mark.parametrize("n", [1, 100])
def test_what_is_no_probability_is_refused(f, p, n):
    probs = np.full(n, 0.5)
    probs[-1] = p

    with pytest.raises(ValueError, match=rf"probs must lie in \[0, 1\], .*\[{n - 1}\]"):
        f(np.ones(n), probs)


@pytest.mark.parametrize("f", [VALUES[1], GRADIENTS[1], BOTH[1]])
@pytest.mark.parametrize("label", [0, 0.5, 1])
@pytest.mark.parametrize("logit", [np.inf, -np.inf, np.nan])
@pytest.mark.parametrize("weights", [None, [1, 2]])
def test_an_infinite_logit_is_refused_whatever_the_label(f, label, logit, weights):
    with pytest.raises(ValueError, match=r"logits must be finite, got .* at \[1\]"):
        f([0, label], [0.0, logit], class_weights=weights)


# --- an optional check: it runs where PyTorch happens to be installed ----------


def test_agrees_with_pytorch(rng):
    torch = pytest.importorskip("torch", reason="optional check against PyTorch")
    y, z = rng.integers(2, size=500).astype(float), 3 * rng.normal(size=500)
    logits = torch.tensor(z, requires_grad=True)

    f = torch.nn.functional.binary_cross_entropy_with_logits
    theirs = f(logits, torch.tensor(y), pos_weight=torch.tensor(3.0))
    theirs.backward()

    options = {"class_weights": [1, 3]}
    ours = binary_cross_entropy_from_logits(y, z, reduction="none", **options).mean()
    assert ours == pytest.approx(theirs.item(), rel=1e-12)
    gradient = binary_cross_entropy_from_logits_grad(y, z, reduction="sum", **options)
    assert_allclose(gradient / 500, logits.grad.numpy(), rtol=1e-9, atol=1e-17)
