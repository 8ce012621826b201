"""One rule about types, for every loss, gradient, measure, link and kind of label.

It is stated in `lossbook.losses`: what holds a real number is read, what does not is
refused by name, and no digit is lost that the result could have kept.
"""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from lossbook import entropy, kl_divergence, log_softmax, losses, sigmoid, softmax
from lossbook.catalogue import LOSSES
from tests.helpers import CASES, draw, in_one_array

every_loss = pytest.mark.parametrize("loss", CASES, ids=str)

OF_EMBEDDINGS = tuple(loss.key for loss in LOSSES if loss.inputs)
# What stands first, where it is no label of a kind but a number.
COMPUTED_WITH = ("numbers", "counts", "logits", "rewards")

# Every function that reads numbers, called with something else in one of its places.
PLACES = {
    f"{name}, {place}": (function, place)
    for name, function in vars(losses).items()
    if name.endswith("_grad") or hasattr(losses, f"{name}_grad")
    for place in ("first", "prediction", "sample_weight", "class_weights")
    if place != "class_weights" or "cross_entropy" in name or "focal" in name
    if not name.startswith(OF_EMBEDDINGS)
}
# The same of those that compare embeddings, by the names of their arrays.
ARRAYS = {
    f"{f.__name__}, {place}": (loss, f, place)
    for loss in LOSSES
    for f in (loss.value, loss.grad)
    for place in (*["y_true"] * bool(loss.labels), *loss.inputs, "sample_weight")
    if loss.inputs
}
OTHERS = {
    "entropy": entropy,
    "kl_divergence, y_true": lambda p: kl_divergence(p, [0.5, 0.5]),
    "kl_divergence, probs": lambda q: kl_divergence([0.5, 0.5], q),
    "sigmoid": sigmoid,
    "softmax": softmax,
    "log_softmax": log_softmax,
}


class Holder:
    """What NumPy can make an array of, as a column of a table is."""

    def __init__(self, values):
        self.values = values

    def __array__(self, dtype=None, copy=None):
        return np.asarray(self.values, dtype)


class Unreadable:
    """What raises when NumPy asks for its numbers, as a tensor on a device does."""

    def __array__(self, dtype=None, copy=None):
        raise TypeError("it is elsewhere")


NO_NUMBERS = {
    "text": ["0.5", "0.5"],
    "bytes": np.array([b"0", b"1"]),
    "dates": np.array(["2026-01-01", "2026-01-02"], "M8[D]"),
    "durations": np.array([1, 2], "m8[s]"),
    "complex": [0.5 + 0j, 0.5],
    "None": [None, 0.5],
    "decimals": [Decimal("0.5"), Decimal("0.5")],
    "objects": np.array([0.5, 0.5], object),
    "a set": {0.5, 0.25},
    "a dictionary": {0: 0.5, 1: 0.5},
    "a generator": (v for v in [0.5, 0.5]),
    "records": np.array([(0.5,), (0.5,)], [("a", float)]),
    "ragged": [[0.5], [0.25, 0.25]],
    "too large an integer": [10**400, 1],
    "too large, beside a float": [0.5, 10**400],
    "unreadable": Unreadable(),
    "a missing value": Holder(np.array([1, None])),
    "masked": np.ma.array([0.5, 0.5], mask=[False, True]),
    "masked dates": np.ma.array(["2026-01-01"], "M8[D]"),
    "masked entry in a list": [np.ma.masked, 0.5],
    "masked rows in a list": [np.ma.array([0.5, 0.5], mask=[0, 1])],
    "masked rows in a tuple": ([0.5, 0.5], np.ma.array([0.5, 0.5], mask=[1, 0])),
}


def call(function, place, value):
    """The function with one argument replaced, and otherwise valid ones."""
    name = function.__name__
    classes = name.startswith(("cross_entropy", "multiclass"))
    # Numbers for each example.
    two = name.startswith(("gaussian", "dice", "tversky", "distillation"))
    y = [-1, 1] if "hinge" in name and not classes else [0, 1]
    given = {
        "first": [y, y] if two and "gaussian" not in name else y,
        "prediction": [[0.5, 0.5]] * 2 if classes or two else [0.5, 0.5],
    } | {place: value}
    return function(given.pop("first"), given.pop("prediction"), **given)


@pytest.mark.parametrize("kind", NO_NUMBERS)
@pytest.mark.parametrize("at", PLACES)
def test_what_is_no_number_is_refused_in_every_place(at, kind):
    with pytest.raises(ValueError, match=r"real numbers|must be \d numbers"):
        call(*PLACES[at], NO_NUMBERS[kind])


@pytest.mark.parametrize("kind", NO_NUMBERS)
@pytest.mark.parametrize("at", ARRAYS)
def test_what_is_no_number_is_refused_in_every_array(at, kind):
    loss, function, place = ARRAYS[at]
    given = {name: [[0.5, 0.5]] * 2 for name in loss.inputs}
    given |= {"y_true": [0, 1]} if loss.labels else {}
    with pytest.raises(ValueError, match="real numbers"):
        function(**given | {place: NO_NUMBERS[kind]})


@pytest.mark.parametrize("kind", NO_NUMBERS)
@pytest.mark.parametrize("function", OTHERS.values(), ids=OTHERS)
def test_measures_and_links_refuse_the_same(function, kind):
    with pytest.raises(ValueError, match="real numbers"):
        function(NO_NUMBERS[kind])


@every_loss
@pytest.mark.parametrize(
    "stored",
    [
        tuple,
        list,
        np.ma.array,
        lambda a: np.ma.array(a, mask=False),
        lambda a: list(map(np.ma.array, a)),
        lambda a: a.view(np.recarray),
        Holder,
    ],
    ids=["tuple", "list", "ma", "no mask", "ma in a list", "recarray", "column"],
)
def test_what_holds_numbers_is_read(loss, stored, rng):
    y, x = draw(loss, rng)

    for f in (loss.value, loss.grad):
        assert_array_equal(f(stored(y), stored(x)), f(y, x))


# --- no digit is lost --------------------------------------------------------


@pytest.mark.parametrize("dtype", ["i4", "i8", "u4", "u8", "f8", "g"])
def test_numbers_keep_their_digits_against_single_precision(dtype):
    y = np.array([100_000_001], dtype)
    x = np.array([100_000_000], np.float32)

    assert losses.mean_absolute_error(y, x) == 1
    assert losses.mean_squared_error(y, x) == 1
    assert losses.huber(y, x) == 0.5
    for f in (losses.mean_squared_error_grad, losses.huber_grad):
        assert f(y, x).dtype == np.float64
        assert f(y, x)[0] < 0


@pytest.mark.parametrize("dtype", ["?", "i1", "u1", "i2", "u2", "f2", "f4"])
def test_numbers_without_digits_to_lose_leave_single_precision_single(dtype):
    y, x = np.array([1], dtype), np.array([0.25], np.float32)

    assert losses.mean_squared_error_grad(y, x).dtype == np.float32
    assert losses.mean_squared_error(y, x) == 0.5625


@pytest.mark.parametrize(
    "loss",
    [in_one_array(c) for c in LOSSES if c.labels not in (*COMPUTED_WITH, None)],
    ids=str,
)
@pytest.mark.parametrize("dtype", ["i1", "i4", "i8", "u1", "u8", "?"])
def test_labels_have_no_digits_to_lose(loss, dtype, rng):
    y, x = draw(loss, rng)
    x = x.astype(np.float32)
    if loss.labels == "-1/+1" and dtype in ("?", "u1", "u8"):
        pytest.skip("holds no -1")
    if dtype == "?" and loss.labels == "classes":
        y = y % 2

    assert loss.grad(y.astype(dtype), x).dtype == np.float32
    assert loss.value(y.astype(dtype), x) == loss.value(y, x)
    assert_array_equal(loss.grad(y.astype(dtype), x), loss.grad(y, x))


@pytest.mark.parametrize("loss", [c for c in LOSSES if c.labels == "0/1"], ids=str)
def test_soft_labels_keep_their_digits_against_single_precision(loss):
    y, x = np.array([1e-12]), np.array([2.0**-20], np.float32)

    assert loss.grad(y, x).dtype == np.float64
    assert loss.value(y, x) == loss.value(y, x.astype(float))


def test_a_measure_keeps_the_digits_of_the_more_exact_distribution():
    p, q = np.array([0.25, 0.75], np.float32), np.array([0.25 + 1e-7, 0.75 - 1e-7])

    exact = kl_divergence(p.astype(float), q)
    assert kl_divergence(p, q) == pytest.approx(exact, rel=1e-12, abs=0)
    assert kl_divergence(q, p) == pytest.approx(
        kl_divergence(q, p.astype(float)), rel=1e-12, abs=0
    )


@pytest.mark.parametrize("value", [2**53 + 1, -(2**53) - 1, 2**62 + 1])
def test_an_integer_that_double_precision_cannot_hold_is_refused(value):
    for f in (losses.mean_absolute_error, losses.huber_grad):
        with pytest.raises(ValueError, match=rf"y_true must be exact .* {value} at"):
            f([0, value], [0, 0])
        with pytest.raises(ValueError, match=rf"y_pred must be exact .* {value} at"):
            f([0, 0], [0, value])
    with pytest.raises(ValueError, match="must be exact in double precision"):
        sigmoid(value)
    with pytest.raises(ValueError, match=r"logits must be exact .* at \[1, 1\]"):
        softmax([[0, 1], [0, value]])


@pytest.mark.parametrize("value", [2**53, -(2**53), 10**17, 2**63, -(2**63)])
def test_an_integer_that_it_can_hold_is_not(value):
    assert losses.mean_absolute_error([value], [0]) == abs(value)


# --- truth values ------------------------------------------------------------


@pytest.mark.parametrize("loss", [c for c in CASES if c.labels == "classes"], ids=str)
@pytest.mark.parametrize("k", [2, 3, 7])
def test_truth_values_are_class_numbers(loss, k, rng):
    y = rng.random(k) < 0.5  # as many as classes: as an index they would be a mask
    x = softmax(rng.normal(size=(k, k)))

    for f in (loss.value, loss.grad):
        for labels in (y, y.tolist()):
            assert_array_equal(f(labels, x), f(y.astype(int), x))


def test_truth_values_of_the_report():
    p = [[0.3, 0.7], [0.6, 0.4]]

    gradient = losses.cross_entropy_from_logits_grad([True, False], p)
    assert_array_equal(gradient, losses.cross_entropy_from_logits_grad([1, 0], p))
    assert losses.multiclass_hinge([True, False], p) == pytest.approx(0.7)


@pytest.mark.parametrize("kind", ["?", "u1", "u8"])
def test_class_numbers_of_any_kind_find_their_weight(kind):
    y, p, w = [1, 0], [[0.3, 0.7], [0.6, 0.4]], [1.0, 30.0]

    for f in (losses.cross_entropy, losses.cross_entropy_from_logits_grad):
        weighted = f(np.array(y, kind), p, class_weights=w)
        assert_array_equal(weighted, f(y, p, class_weights=w))


@pytest.mark.parametrize("loss", [c for c in CASES if c.labels == "classes"], ids=str)
def test_truth_values_may_be_one_hot(loss, rng):
    y, x = draw(loss, rng)
    one_hot = np.eye(x.shape[1])[y]

    for f in (loss.value, loss.grad):
        assert_allclose(f(one_hot == 1, x), f(one_hot, x), rtol=1e-15)


# --- float16 -----------------------------------------------------------------


@every_loss
def test_half_precision_is_read_and_computed_in_double(loss, rng):
    y, x = draw(loss, rng)
    half = x.astype(np.float16)  # rows of probabilities no longer sum to 1

    assert loss.grad(y, half).dtype == np.float64
    assert loss.value(y, half) == pytest.approx(loss.value(y, x), rel=5e-3)
    if not (loss.reads == "probs" and loss.labels == "classes"):
        assert loss.value(y, half) == loss.value(y, half.astype(float))


def test_distributions_in_half_precision_have_a_tolerance_of_their_own():
    p = np.array([[0.3, 0.7], [0.1, 0.9]], np.float16)

    assert losses.cross_entropy([0, 1], p) == pytest.approx(0.6547, abs=1e-3)
    assert losses.cross_entropy(p, p) == pytest.approx(entropy(p).mean(), rel=1e-12)
    with pytest.raises(ValueError, match=r"sum to 1 within 0\.01 .*\[0\.3 +0\.72\]"):
        losses.cross_entropy([0], np.array([[0.3, 0.72]], np.float16))


# --- signs of zero -----------------------------------------------------------


def test_an_impossible_event_pulls_up_whatever_the_sign_of_its_zero():
    for zero in (0.0, -0.0):
        assert losses.binary_cross_entropy_grad([1], [zero]) == [-np.inf]
        assert losses.cross_entropy_grad([0], [[zero, 1.0]]).tolist() == [[-np.inf, 0]]
        soft = losses.cross_entropy_grad([[0.5, 0.5]], [[zero, 1.0]])
        assert soft.tolist() == [[-np.inf, -0.5]]


@every_loss
def test_a_slope_of_0_has_no_sign(loss):
    y = {"numbers": [0.0, -0.0], "0/1": [0.0, -0.0]}.get(loss.labels, [1, 1])
    x = np.array([-0.0, -0.0])
    if loss.labels in ("regions", "logits"):
        y = np.eye(2)
    if loss.inputs:
        x = np.array([[-0.0, 1.0] * len(loss.inputs)] * 2)
    if loss.labels in ("classes", "regions", "logits") or loss.outputs == 2:
        x = np.array([[-0.0, 1.0], [1.0, -0.0]])
    if loss.labels == "-1/+1":
        x = np.array([1.0, 2.0])

    for weight in (None, [0, 1], [1, 0]):
        slopes = loss.grad(y, x, sample_weight=weight)
        assert not np.signbit(slopes[slopes == 0]).any()


# --- options -----------------------------------------------------------------


@pytest.mark.parametrize("delta", [10**400, -(10**400), Fraction(1, 10**400)])
def test_a_delta_beyond_double_precision_is_refused(delta):
    for f in (losses.huber, losses.huber_grad):
        with pytest.raises(ValueError, match="delta must be a positive number"):
            f([0.0], [1.0], delta=delta)


@every_loss
@pytest.mark.parametrize("reduction", [None, 1, ["mean"], b"mean", np.array(["sum"])])
def test_a_reduction_that_is_no_word_is_refused(loss, reduction, rng):
    y, x = draw(loss, rng)

    for f in (loss.value, loss.grad):
        with pytest.raises(ValueError, match="reduction must be one of"):
            f(y, x, reduction=reduction)


@every_loss
def test_an_out_that_masks_is_refused(loss, rng):
    y, x = draw(loss, rng)

    with pytest.raises(ValueError, match="out must be an array without a mask"):
        loss.grad(y, x, out=np.ma.array(np.empty_like(x), mask=False))


@pytest.mark.parametrize(
    "key", ["mean_squared_error", "mean_absolute_error", "hinge"], ids=str
)
@pytest.mark.parametrize("n", [2, 2000])
@pytest.mark.parametrize("size", [2e38, 1e-30])
def test_a_mean_holds_what_the_single_losses_cannot(key, n, size):
    """Their sum, and squares that leave the range of single precision."""
    y, x = np.ones(n, np.int8), np.full(n, -size, np.float32)
    if "mean" in key:
        y[:] = 0

    f = getattr(losses, key)
    assert f(y, x) == pytest.approx(f(y, x.astype(float)), rel=1e-6)
