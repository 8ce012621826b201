"""`sample_weight`: one definition for every loss and gradient.

The loss of an example is multiplied by its weight, and the mean divides by the sum of
the weights; the weights of classes multiply those of examples.
"""

import importlib.util
import math
from dataclasses import replace
from fractions import Fraction
from functools import partial
from itertools import product

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from sklearn import metrics

from lossbook import losses
from lossbook.catalogue import LOSSES
from tests.helpers import (
    CASES,
    draw,
    first_of,
    in_one_array,
    measured_slope,
    peak_memory,
    with_options,
)
from tests.losses.test_contract import assert_is_the_slope

WITH_BOTH = [loss for loss in CASES if "cross_entropy" in loss.key]
WEIGHED = (
    *CASES,
    with_options("binary_cross_entropy", class_weights=(0.5, 4)),
    with_options("binary_cross_entropy_from_logits", class_weights=(0.5, 4)),
    with_options("focal", class_weights=(0.5, 4)),
    with_options("cross_entropy", class_weights=(1, 2, 5), label_smoothing=0.25),
    with_options("cross_entropy_from_logits", class_weights=(1, 2, 5)),
)
SEPARATE = [loss for loss in WEIGHED if not loss.is_joint]
every_loss = pytest.mark.parametrize("loss", WEIGHED, ids=str)
every_separate_loss = pytest.mark.parametrize("loss", SEPARATE, ids=str)
INF = math.inf


def both_of(loss):
    """The function that gives value and gradient, with the options of the record."""
    both = getattr(losses, f"{loss.key.split(',')[0]}_and_grad")
    return partial(both, **getattr(loss.value, "keywords", {}))


def class_weights_of(loss, y):
    """The weight of the class of each example."""
    weights = getattr(loss.value, "keywords", {}).get("class_weights")
    return np.ones(len(y)) if weights is None else np.array(weights)[y]


# --- the definition ----------------------------------------------------------


@every_separate_loss
@pytest.mark.parametrize("n", [12, 40_000])
def test_weights_multiply_the_losses_and_divide_the_mean(loss, n, rng):
    y, x = draw(loss, rng, n=n)
    w = rng.random(n) * 3
    w[::3] = 0
    each = loss.value(y, x, reduction="none")
    weighted = loss.value(y, x, sample_weight=w, reduction="none")

    assert_allclose(weighted, w * each, rtol=1e-15)
    total = loss.value(y, x, sample_weight=w, reduction="sum")
    assert total == pytest.approx(math.fsum(w * each), rel=1e-13)
    mean = math.fsum(w * each) / math.fsum(w * class_weights_of(loss, y))
    assert loss.value(y, x, sample_weight=w) == pytest.approx(mean, rel=1e-13)


@every_separate_loss
@pytest.mark.parametrize("n", [12, 40_000])
def test_weights_multiply_the_slopes_and_divide_those_of_the_mean(loss, n, rng):
    y, x = draw(loss, rng, n=n)
    w = rng.random(n) * 3
    w[::3] = 0
    column = w if x.ndim == 1 else w[:, None]
    each = loss.grad(y, x, reduction="none")

    for reduction in ("none", "sum"):
        weighted = loss.grad(y, x, sample_weight=w, reduction=reduction)
        assert_allclose(weighted, column * each, rtol=1e-15)
    mean = column * each / math.fsum(w * class_weights_of(loss, y))
    assert_allclose(loss.grad(y, x, sample_weight=w), mean, rtol=1e-13)


@every_loss
@pytest.mark.parametrize("reduction", ["mean", "sum"])
def test_the_gradient_is_the_slope_of_the_weighted_loss(loss, reduction, rng):
    y, x = draw(loss, rng)
    w = rng.random(12) + 0.1
    weighted = with_weights(loss, w)

    gradient = weighted.grad(y, x, reduction=reduction)
    assert_is_the_slope(gradient, weighted, y, x, reduction)
    with pytest.raises(AssertionError):  # a weight forgotten would be noticed
        unweighted = loss.grad(y, x, reduction=reduction)
        assert_is_the_slope(unweighted, weighted, y, x, reduction)
    assert measured_slope(weighted, y, x, reduction).shape == gradient.shape


def with_weights(loss, w):
    return replace(
        loss,
        value=partial(loss.value, sample_weight=w),
        grad=partial(loss.grad, sample_weight=w),
    )


@pytest.mark.parametrize("loss", WITH_BOTH, ids=str)
@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
def test_both_in_one_pass_are_what_each_is_alone(loss, reduction, rng):
    y, x = draw(loss, rng)
    options = {"sample_weight": rng.integers(3, size=12) + 1, "reduction": reduction}

    value, gradient = both_of(loss)(y, x, **options)
    assert_allclose(value, loss.value(y, x, **options), rtol=1e-15)
    assert_allclose(gradient, loss.grad(y, x, **options), rtol=1e-15)


@every_loss
def test_equal_weights_change_nothing_in_the_mean(loss, rng):
    y, x = draw(loss, rng)

    for weight in (1, 2.5, 1e300, 1e-300, 5e-324, 1.7e308):
        w = np.full(12, weight)
        mean = loss.value(y, x, sample_weight=w)
        assert mean == pytest.approx(loss.value(y, x), rel=1e-14)
        assert_allclose(loss.grad(y, x, sample_weight=w), loss.grad(y, x), rtol=1e-14)


@every_separate_loss
def test_a_whole_weight_is_so_many_examples(loss, rng):
    y, x = draw(loss, rng)
    times = rng.integers(4, size=12)
    repeated = np.repeat(y, times, axis=0), np.repeat(x, times, axis=0)

    for reduction in ("mean", "sum"):
        one_by_one = loss.value(*repeated, reduction=reduction)
        weighted = loss.value(y, x, sample_weight=times, reduction=reduction)
        assert weighted == pytest.approx(one_by_one, rel=1e-13)


def test_by_hand():
    w = [1, 3]

    assert losses.mean_squared_error([0, 0], [1, 2], sample_weight=w) == 13 / 4
    assert losses.mean_absolute_error([0, 0], [1, 2], sample_weight=w) == 7 / 4
    assert losses.huber([0, 0], [1, 2], sample_weight=w) == (0.5 + 3 * 1.5) / 4
    assert losses.quantile([0, 0], [1, 2], sample_weight=w) == 7 / 8
    half = math.log(2 * math.pi) / 2
    mean = losses.gaussian_nll([0, 0], [[1, 0], [2, 0]], sample_weight=w)
    assert mean == pytest.approx(half + 13 / 8, rel=1e-15)
    assert losses.poisson([1, 2], [0, 0], sample_weight=w) == 1
    assert losses.poisson_deviance([0, 0], [1, 2], sample_weight=w) == 14 / 4
    assert losses.brier_score([1, 1], [0.5, 0], sample_weight=w) == 3.25 / 4
    lead = [math.log(3), -math.log(3)]
    mean = losses.preference(lead, [0, 0], sample_weight=w)
    assert mean == pytest.approx((math.log(4 / 3) + 3 * math.log(4)) / 4, rel=1e-15)
    teacher = [[math.log(3), 0], [0, 0]]
    mean = losses.distillation(teacher, [[0, 0]] * 2, temperature=1, sample_weight=w)
    assert mean == pytest.approx((math.log(2) - losses.entropy([0.75, 0.25])) / 4)
    assert losses.hinge([1, 1], [0, -1], sample_weight=w) == 7 / 4
    assert losses.squared_hinge([1, 1], [0, -1], sample_weight=w) == 13 / 4
    assert losses.multiclass_hinge([0, 0], [[0, 0], [0, 1]], sample_weight=w) == 7 / 4
    halves_, none = [[1, 0], [1, 0]], [[0.5, 0.5], [0, 0]]
    assert losses.dice(halves_, none, sample_weight=w) == (0.5 + 3) / 4
    mean = losses.tversky(halves_, none, sample_weight=w)
    assert mean == pytest.approx((0.5 + 3) / 4, rel=1e-15)
    mean = losses.focal([1, 1], [0, 0], sample_weight=w, class_weights=[1, 5])
    assert mean == pytest.approx(math.log(2) / 4, rel=1e-15)
    gradient = losses.mean_squared_error_grad([0, 0], [1, 2], sample_weight=w)
    assert gradient.tolist() == [2 / 4, 3 * 4 / 4]
    halves, quarters = math.log(2), math.log(4)
    mean = losses.binary_cross_entropy([1, 1], [0.5, 0.25], sample_weight=w)
    assert mean == pytest.approx((halves + 3 * quarters) / 4, rel=1e-15)
    mean = losses.binary_cross_entropy(
        [1, 0], [0.5, 0.75], sample_weight=w, class_weights=[5, 2]
    )
    assert mean == pytest.approx((2 * halves + 15 * quarters) / 17, rel=1e-15)


# --- what others say ---------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "theirs"),
    [
        ("mean_squared_error", metrics.mean_squared_error),
        ("mean_absolute_error", metrics.mean_absolute_error),
        ("quantile", metrics.mean_pinball_loss),
        ("poisson_deviance", metrics.mean_poisson_deviance),
        ("brier_score", metrics.brier_score_loss),
        ("hinge", metrics.hinge_loss),
        ("multiclass_hinge", partial(metrics.hinge_loss, labels=[0, 1, 2])),
        ("binary_cross_entropy", metrics.log_loss),
        ("cross_entropy", partial(metrics.log_loss, labels=[0, 1, 2])),
    ],
)
def test_scikit_learn_agrees(key, theirs, rng):
    loss = with_options(key)
    y, x = draw(loss, rng, n=999)
    if key == "cross_entropy":
        x /= x.sum(axis=1, keepdims=True)

    for w in (rng.random(999), rng.integers(3, size=999), rng.random(999) < 0.5):
        ours = loss.value(y, x, sample_weight=w)
        assert ours == pytest.approx(theirs(y, x, sample_weight=w), rel=1e-12)


@pytest.mark.skipif(not importlib.util.find_spec("torch"), reason="needs PyTorch")
def test_pytorch_agrees(rng):
    """Its losses, one by one, times the weights: it has no weights of examples."""
    import torch
    import torch.nn.functional as F

    theirs = {
        "mean_squared_error": F.mse_loss,
        "mean_absolute_error": F.l1_loss,
        "huber": F.huber_loss,
        "poisson": lambda x, y, reduction: F.poisson_nll_loss(
            x, y, reduction=reduction
        ),
        "binary_cross_entropy": F.binary_cross_entropy,
        "binary_cross_entropy_from_logits": F.binary_cross_entropy_with_logits,
        "cross_entropy_from_logits": F.cross_entropy,
    }
    for key, of_torch in theirs.items():
        loss = with_options(key)
        y, x = draw(loss, rng, n=500)
        w = rng.random(500)
        at = torch.tensor(x, requires_grad=True)
        each = of_torch(
            at, torch.tensor(y if x.ndim > 1 else y.astype(float)), reduction="none"
        )
        mean = (each * torch.tensor(w)).sum() / w.sum()
        mean.backward()

        value = loss.value(y, x, sample_weight=w)
        assert value == pytest.approx(float(mean.detach()), rel=1e-12)
        gradient = loss.grad(y, x, sample_weight=w)
        assert_allclose(gradient, at.grad.numpy(), rtol=1e-9, atol=1e-18)


# --- weight 0 ----------------------------------------------------------------


@every_separate_loss
def test_a_weight_of_0_leaves_an_example_out_exactly(loss, rng):
    y, x = draw(loss, rng)
    w = rng.random(12)
    w[[2, 5]] = 0
    keep = w > 0

    for reduction in ("mean", "sum"):
        options = {"sample_weight": w, "reduction": reduction}
        without = {"sample_weight": w[keep], "reduction": reduction}
        value = loss.value(y[keep], x[keep], **without)
        assert loss.value(y, x, **options) == pytest.approx(value, rel=1e-14)
        gradient = loss.grad(y, x, **options)
        assert_allclose(
            gradient[keep], loss.grad(y[keep], x[keep], **without), rtol=1e-14
        )
        assert not gradient[~keep].any()


# An example of an infinite loss, and one beside it.
INFINITE = {
    "mean_squared_error": ([0, 0], [1e300, 1]),
    "mean_absolute_error": ([-1.7e308, 0], [1.7e308, 1]),
    "huber": ([-1.7e308, 0], [1.7e308, 1]),
    "quantile": ([-1.7e308, 0], [1.7e308, 1]),
    "log_cosh": ([-1.7e308, 0], [1.7e308, 1]),
    "gaussian_nll": ([0, 0], [[1e300, 0], [1, 0]]),
    "poisson": ([1, 1], [800, 0]),
    "poisson_deviance": ([1, 1], [0, 0.5]),
    "binary_cross_entropy": ([1, 1], [0, 0.5]),
    "cross_entropy": ([0, 0], [[0, 1], [0.5, 0.5]]),
    "cross_entropy_from_logits": ([0, 0], [[-INF, 1], [0, 0]]),
    "distillation": ([[0, 1], [0, 1]], [[0, -INF], [0, 0]]),
    "preference": ([-1.7e308, 0], [1.7e308, 1]),
    "squared_hinge": ([1, 1], [-1e300, 0]),
    "multiclass_hinge": ([0, 0], [[-1.7e308, 1.7e308], [0, 0]]),
    "contrastive": ([1, 1], [[1e300, -1e300], [1, 0]]),
    "triplet": ([0, 1], [[1.7e308, -1.7e308, 1.7e308], [0, 1, 0]]),
}


@pytest.mark.parametrize("key", INFINITE)
def test_also_where_its_loss_is_infinite(key):
    loss, (y, x) = in_one_array(with_options(key)), INFINITE[key]
    alone = loss.value(y[1:], x[1:])
    options = {"sample_weight": [0, 2]}

    assert loss.value(y, x) == INF
    assert loss.value(y, x, sample_weight=[1e-300, 1]) == INF
    assert loss.value(y, x, **options) == alone
    each = loss.value(y, x, **options, reduction="none")
    assert each.tolist() == [0, 2 * alone]
    gradient = loss.grad(y, x, **options)
    assert_array_equal(gradient[0], 0 * gradient[1])
    assert_array_equal(gradient[1], loss.grad(y[1:], x[1:])[0])
    if "cross_entropy" in key:
        assert both_of(loss)(y, x, **options)[0] == alone


def test_every_loss_that_can_be_infinite_is_known_here():
    assert {loss.key for loss in LOSSES} - set(INFINITE) == {
        "hinge",
        "binary_cross_entropy_from_logits",
        "brier_score",
        "focal",
        "dice",
        "tversky",
        "info_nce",
    }


@every_loss
def test_labels_and_predictions_are_checked_even_at_weight_0(loss, rng):
    wrong = {
        "numbers": math.nan,
        "counts": -1,
        "0/1": -1,
        "-1/+1": 0,
        "classes": 7,
        "regions": 7,
        "pairs": 7,
        None: 7,
        "logits": math.nan,
        "rewards": math.nan,
    }[loss.labels]
    good, x = draw(loss, rng)
    y = good.copy() if loss.labels in ("classes", "regions") else good.astype(float)
    y[4] = wrong
    w = np.ones(12)
    w[4] = 0
    calls = [loss.value, loss.grad]
    calls += [both_of(loss)] if "cross_entropy" in loss.key else []

    for f in calls:
        for reduction in ("mean", "none"):
            options = {"sample_weight": w, "reduction": reduction}
            if loss.labels is not None:
                must = rf"{first_of(loss)} must .*at \[4"
                with pytest.raises(ValueError, match=must):
                    f(y, x, **options)
            for bad in (math.nan, INF, -INF):
                bad_x = x.copy()
                bad_x[4] = bad  # all of its row
                with pytest.raises(ValueError, match=rf"{loss.reads} must .*at \[4"):
                    f(good, bad_x, **options)


# --- what is read and refused ------------------------------------------------


@every_loss
@pytest.mark.parametrize("dtype", ["?", "u1", "i8", "u8", "f2", "f4", "f8", "g", ">f8"])
def test_weights_may_be_of_any_type(loss, dtype, rng):
    y, x = draw(loss, rng)
    w = np.arange(12) % 2

    for given in (w.astype(dtype), w.astype(dtype).tolist(), w.astype(dtype)[::-1]):
        exact = np.asarray(given, float)
        for f in (loss.value, loss.grad):
            ours = f(y, x, sample_weight=given)
            assert_array_equal(ours, f(y, x, sample_weight=exact))


@every_loss
def test_weights_leave_single_precision_single(loss, rng):
    y, x = draw(loss, rng)
    y32 = y.astype(np.float32) if y.dtype.kind == "f" else y
    w = rng.random(12)

    for f in (loss.value, loss.grad):
        each = f(y32, x.astype(np.float32), sample_weight=w, reduction="none")
        assert each.dtype == np.float32
        exact = f(y, x, sample_weight=w, reduction="none")
        assert_allclose(each, exact, rtol=2e-4, atol=1e-6)


WRONG = {
    "too few": ([1.0], r"one number for each of 2 examples, got shape \(1,\)"),
    "one for all": (1.0, r"one number for each of 2 examples, got shape \(\)"),
    "a column": ([[1.0], [1.0]], r"got shape \(2, 1\)"),
    "none": ([], r"got shape \(0,\)"),
    "negative": ([1, -1], r"finite and at least 0, got -1 at \[1\]; 0 leaves"),
    "below 0": ([-5e-324, 1.0], r"finite and at least 0, got -5.?e-324 at \[0\]"),
    "NaN": ([1, math.nan], r"finite and at least 0, got nan at \[1\]"),
    "infinite": ([INF, 1], r"finite and at least 0, got inf at \[0\]"),
    "all 0": ([0, 0], "leave an example in, got only zeros"),
    "none true": ([False, False], "leave an example in, got only zeros"),
    "a word": ("balanced", "hold real numbers"),
    "too large": ([10**400, 1], "hold real numbers"),
    "masked": (np.ma.array([1, 1], mask=[0, 1]), "hold real numbers, got a masked"),
}


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
@pytest.mark.parametrize("loss", [*map(in_one_array, LOSSES)], ids=str)
def test_weights_that_are_none_are_refused(loss, reduction, wrong, rng):
    y, x = draw(loss, rng, n=2)
    weights, says = WRONG[wrong]
    calls = [loss.value, loss.grad]
    calls += [both_of(loss)] if "cross_entropy" in loss.key else []

    for f in calls:
        with pytest.raises(ValueError, match=f"sample_weight must .*{says}"):
            f(y, x, sample_weight=weights, reduction=reduction)


def test_weights_that_leave_nothing_together_have_no_mean():
    for f in (losses.cross_entropy, losses.cross_entropy_grad):
        p = [[0.5, 0.5], [0.5, 0.5]]
        options = {"class_weights": [0, 1], "sample_weight": [1, 0]}
        with pytest.raises(
            ValueError, match="weights must leave the examples a weight"
        ):
            f([0, 1], p, **options)
        assert not np.any(f([0, 1], p, **options, reduction="sum"))


@every_loss
def test_an_out_that_would_overwrite_the_weights_is_refused(loss, rng):
    y, x = draw(loss, rng)
    memory = np.ones(x.size)

    with pytest.raises(ValueError, match="out must not overlap"):
        loss.grad(y, x, sample_weight=memory[:12], out=memory.reshape(x.shape))


@every_separate_loss
def test_weights_take_little_memory(loss, rng):
    y, x = draw(loss, rng)
    y, x = np.concatenate([y] * 15_000), np.concatenate([x] * 15_000)
    w, out = np.ones(len(y), np.float32), np.empty_like(x)

    for call in (
        lambda: loss.value(y, x, sample_weight=w),
        lambda: loss.grad(y, x, sample_weight=w, out=out),
    ):
        assert peak_memory(call) < 2**20


# --- weights near the ends of the range --------------------------------------


@every_loss
@pytest.mark.parametrize("by", [1e300, 1.7e308, 1e-300, 5e-324])
def test_only_ratios_count_in_a_mean(loss, by, rng):
    """Neither the weights, nor weighted losses, nor their sums overflow or vanish."""
    y, x = draw(loss, rng)
    w = rng.integers(2, size=12) * 1.0
    w[3] = 1

    mean = loss.value(y, x, sample_weight=by * w)
    assert mean == pytest.approx(loss.value(y, x, sample_weight=w), rel=1e-13)
    gradient = loss.grad(y, x, sample_weight=by * w)
    assert_allclose(gradient, loss.grad(y, x, sample_weight=w), rtol=1e-13)


@pytest.mark.parametrize("key", ["binary_cross_entropy", "cross_entropy"])
@pytest.mark.parametrize("by", [1e300, 1e-300])
def test_nor_do_weights_of_classes_beside_them(key, by):
    loss = with_options(key)
    x = [0.5, 0.25] if "binary" in key else [[0.5, 0.5], [0.75, 0.25]]

    for y in ([0, 1], [1, 1]):
        large = {"class_weights": [by / 2, by], "sample_weight": [by, by / 4]}
        plain = {"class_weights": [0.5, 1], "sample_weight": [1, 0.25]}
        for f in (loss.value, loss.grad):
            assert_allclose(f(y, x, **large), f(y, x, **plain), rtol=1e-14)


ENDS = [5e-324, 1e-300, 1e300, 1.7e308]
PAIRS = [(a, b) for a, b in product(ENDS, ENDS) if INF not in (a / b, b / a)]


@pytest.mark.parametrize("key", ["binary_cross_entropy", "cross_entropy"])
@pytest.mark.parametrize("weights", PAIRS)
@pytest.mark.parametrize("y", [[0, 1, 0], [0, 0, 0], [1, 1, 1]])
def test_only_ratios_of_weights_of_classes_count_in_a_mean(key, weights, y):
    """As fractions count, for any two weights whose ratio a float can hold."""
    loss, q = with_options(key), [0.25, 0.75, 1 - 2**-50]
    x = [[1 - p, p] for p in q] if key == "cross_entropy" else q
    each = loss.value(y, x, reduction="none")
    w = [Fraction(weights[label]) for label in y]
    exact = sum(a * Fraction(b) for a, b in zip(w, each, strict=True)) / sum(w)

    given = {"class_weights": weights}
    assert loss.value(y, x, **given) == pytest.approx(float(exact), rel=1e-14)
    slopes = loss.grad(y, x, reduction="none").T * [float(a / sum(w)) for a in w]
    assert_allclose(loss.grad(y, x, **given), slopes.T, rtol=1e-14)


@pytest.mark.parametrize("key", ["binary_cross_entropy", "cross_entropy"])
@pytest.mark.parametrize("weight", ENDS)
@pytest.mark.parametrize("sample_weight", [None, [1, 1, 0]])
def test_the_weight_of_a_class_that_does_not_occur_changes_nothing(
    key, weight, sample_weight
):
    loss, q = with_options(key), [1e-300, 0.25, 0.5]
    x = [[1 - p, p] for p in q] if key == "cross_entropy" else q
    options = {"sample_weight": sample_weight}
    y = [0, 0, 0] if sample_weight is None else [0, 0, 1]
    own = 1e-300

    for f in (loss.value, loss.grad):
        given = f(y, x, class_weights=[own, weight], **options)
        assert_allclose(given, f(y, x, **options), rtol=1e-14)


@pytest.mark.parametrize("key", ["binary_cross_entropy", "cross_entropy"])
def test_a_sum_with_weights_of_classes_is_infinite_where_it_overflows(key):
    loss = with_options(key)
    x = [[0.5, 0.5]] * 9 if key == "cross_entropy" else [0.5] * 9
    options = {"class_weights": [1.7e308, 1.7e308], "reduction": "sum"}

    assert loss.value([1] * 9, x, **options) == INF
    assert np.isinf(loss.grad([1] * 9, x, **options)).any()


def test_a_weighted_sum_that_overflows_is_infinite_and_silent():
    w = [1.7e308, 1.7e308]

    assert losses.mean_squared_error([0, 0], [9, 9], sample_weight=w) == 81
    total = losses.mean_squared_error([0, 0], [9, 9], sample_weight=w, reduction="sum")
    assert total == INF
    each = losses.huber([0, 0], [9, 0], sample_weight=w, reduction="none")
    assert each.tolist() == [INF, 0]


def test_a_weight_counts_exactly():
    """As fractions count: no rounding beyond that of a product and of a quotient."""
    y, x, w = [0.0, 0.0, 0.0], [1.0, 2.0, 3.0], [0.1, 0.7, 1e-17]
    exact = sum(Fraction(b) * Fraction(a) ** 2 for a, b in zip(x, w, strict=True))
    exact /= sum(map(Fraction, w))

    mean = losses.mean_squared_error(y, x, sample_weight=w)
    assert mean == pytest.approx(float(exact), rel=4e-16)


# --- what weights do to the best forecast ---------------------------------------


@pytest.mark.parametrize(
    ("weights", "best"), [((1, 1), 0.3), ((1, 10), 0.81), ((5, 1), 0.08)]
)
def test_class_weights_shift_the_forecast_that_pays_least(weights, best):
    y = np.arange(10) < 3
    forecasts = np.arange(1, 100) / 100

    binary, both = (
        [loss(p) for p in forecasts]
        for loss in (
            lambda p: losses.binary_cross_entropy(
                y, np.full(10, p), class_weights=weights
            ),
            lambda p: losses.cross_entropy(
                y, np.tile([1 - p, p], (10, 1)), class_weights=weights
            ),
        )
    )
    a0, a1 = weights
    assert abs(best - 0.3 * a1 / (0.3 * a1 + 0.7 * a0)) <= 0.005
    assert forecasts[np.argmin(binary)] == forecasts[np.argmin(both)] == best


def test_the_gradient_of_a_soft_label_is_0_where_the_model_says_it():
    soft = [[0.7, 0.2, 0.1]]
    there = losses.cross_entropy_from_logits_grad(soft, np.log(soft))
    opposite = losses.cross_entropy_from_logits_grad([0], [[-800.0, 0.0, -800.0]])

    assert_allclose(there, 0, atol=1e-15)
    assert np.linalg.norm(opposite) == pytest.approx(math.sqrt(2))
