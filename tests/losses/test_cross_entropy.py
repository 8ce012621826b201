"""What is particular to cross-entropy over classes, of probabilities and of logits."""

import math
from functools import partial

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy import special
from sklearn import metrics

from lossbook import (
    binary_cross_entropy_from_logits,
    binary_cross_entropy_from_logits_grad,
    cross_entropy,
    cross_entropy_and_grad,
    cross_entropy_from_logits,
    cross_entropy_from_logits_and_grad,
    cross_entropy_from_logits_grad,
    cross_entropy_grad,
    log_softmax,
    softmax,
)
from lossbook.gradcheck import numerical_gradient
from tests.helpers import centred

INF = math.inf
VALUES = [cross_entropy, cross_entropy_from_logits]
GRADIENTS = [cross_entropy_grad, cross_entropy_from_logits_grad]
BOTH = [cross_entropy_and_grad, cross_entropy_from_logits_and_grad]
both_forms = pytest.mark.parametrize(
    ("value", "gradient", "both"),
    list(zip(VALUES, GRADIENTS, BOTH, strict=True)),
    ids=["probs", "logits"],
)
every_function = pytest.mark.parametrize("f", VALUES + GRADIENTS + BOTH)
LABELS = ["class numbers", "one-hot", "soft", "one-hot and soft"]
OPTIONS = [
    {},
    {"class_weights": [0.5, 2.0, 1.0, 4.0]},
    {"label_smoothing": 0.2},
    {"label_smoothing": 0.2, "class_weights": [0.5, 2.0, 1.0, 4.0]},
    {"label_smoothing": 1.0},
]


def drawn(rng, labels, n=12, k=4):
    """Labels of the kind asked for, logits, and what the labels are as rows."""
    numbers = rng.integers(k, size=n)
    one_hot = np.eye(k)[numbers]
    soft = rng.dirichlet(np.ones(k), size=n)
    mixed = np.where(np.arange(n)[:, None] % 2, one_hot, soft)
    y, rows = {
        "class numbers": (numbers, one_hot),
        "one-hot": (one_hot, one_hot),
        "soft": (soft, soft),
        "one-hot and soft": (mixed, mixed),
    }[labels]
    return y, 2 * rng.normal(size=(n, k)), rows


def textbook(rows, log_p, class_weights=None, label_smoothing=0.0):
    """Losses and weights of the examples, written as in the docstring."""
    w = np.ones(rows.shape[1]) if class_weights is None else np.array(class_weights)
    smooth = (1 - label_smoothing) * rows + label_smoothing / rows.shape[1]
    return -(w * smooth * log_p).sum(axis=1), (w * rows).sum(axis=1)


# --- known values ------------------------------------------------------------


def test_of_probabilities_by_hand():
    p = [[0.5, 0.25, 0.25], [0.125, 0.125, 0.75]]

    assert cross_entropy([0, 1], p) == (math.log(2) + math.log(8)) / 2
    assert cross_entropy_grad([0, 1], p).tolist() == [[-1, 0, 0], [0, -4, 0]]


@pytest.mark.parametrize("k", [2, 3, 63, 64, 65, 1000])
def test_not_to_know_costs_log_k(k):
    assert cross_entropy([0], np.full((1, k), 1 / k)) == pytest.approx(math.log(k))
    assert cross_entropy_from_logits([k - 1], [[7.0] * k]) == pytest.approx(math.log(k))
    gradient = cross_entropy_from_logits_grad([k - 1], [[7.0] * k])
    assert_allclose(gradient, [[1 / k] * (k - 1) + [1 / k - 1]], rtol=1e-13)


def test_of_logits_by_hand():
    z = [[math.log(2), 0.0, 0.0]]

    assert cross_entropy_from_logits([0], z) == pytest.approx(math.log(2), rel=1e-15)
    assert cross_entropy_from_logits([1], z) == pytest.approx(math.log(4), rel=1e-15)
    gradient = cross_entropy_from_logits_grad([1], z)
    assert_allclose(gradient, [[0.5, -0.75, 0.25]], rtol=1e-15)


@both_forms
@pytest.mark.parametrize("labels", LABELS)
@pytest.mark.parametrize("options", OPTIONS, ids=str)
@pytest.mark.parametrize("k", [4, 70])
def test_is_what_the_textbook_says(value, gradient, both, labels, options, k, rng):
    y, z, rows = drawn(rng, labels, k=k)
    if k > 4 and "class_weights" in options:
        options = options | {"class_weights": rng.random(k)}
    x = softmax(z) if value is cross_entropy else z
    losses, weights = textbook(rows, log_softmax(z), **options)

    f = partial(value, y, x, **options)
    assert_allclose(f(reduction="none"), losses, rtol=1e-12)
    assert f(reduction="sum") == pytest.approx(losses.sum(), rel=1e-12)
    assert f() == pytest.approx(losses.sum() / weights.sum(), rel=1e-12)


@both_forms
@pytest.mark.parametrize("labels", LABELS)
@pytest.mark.parametrize("options", OPTIONS, ids=str)
@pytest.mark.parametrize("reduction", ["mean", "sum"])
def test_gradient_is_the_slope(value, gradient, both, labels, options, reduction, rng):
    y, z, _ = drawn(rng, labels, n=4)
    options = {**options, "reduction": reduction}
    f = partial(value, y, **options)

    if value is cross_entropy:
        x = 0.1 + 0.6 * softmax(z)
        measured = numerical_gradient(lambda by: f(x + centred(by)), np.zeros_like(x))
        derived = centred(gradient(y, x, **options))
    else:
        x = z
        measured = numerical_gradient(f, x)
        derived = gradient(y, x, **options)

    assert_allclose(derived, measured, rtol=1e-6, atol=1e-8)
    together = both(y, x, **options)
    assert together[0] == f(x)
    assert_array_equal(together[1], gradient(y, x, **options))


def test_gradient_in_probabilities_takes_the_entries_as_free():
    y, p = [[0.5, 0.5, 0.0]], [[0.25, 0.5, 0.25]]

    assert cross_entropy_grad(y, p).tolist() == [[-2, -1, 0]]
    weighted = cross_entropy_grad(y, p, class_weights=[1, 3, 5], reduction="sum")
    assert weighted.tolist() == [[-2, -3, 0]]
    smoothed = cross_entropy_grad([0], p, label_smoothing=0.75)
    assert_allclose(smoothed, [[-2, -0.5, -1]], rtol=1e-15)


# --- digits ------------------------------------------------------------------


@pytest.mark.parametrize("lead", [20.0, 37.0, 100.0, 700.0])
@pytest.mark.parametrize("at", [0.0, 300.0, 1e4, -1e4, 1e-3])
def test_sure_and_right_keeps_its_digits(lead, at):
    z = np.array([[at - lead, at, at - lead]])
    rest = np.exp(z[0, 0] - at) + np.exp(z[0, 2] - at)

    loss, gradient = cross_entropy_from_logits_and_grad([1], z)

    assert loss == pytest.approx(math.log1p(rest), rel=1e-12, abs=0)
    assert gradient[0, 1] == pytest.approx(-rest / (1 + rest), rel=1e-12, abs=0)
    assert gradient[0, 0] == pytest.approx(rest / 2 / (1 + rest), rel=1e-12, abs=0)


@pytest.mark.parametrize("lead", [100.0, 1e4, 1e300])
@pytest.mark.parametrize("k", [3, 100])
def test_sure_and_wrong_costs_the_lead_and_stays_finite(lead, k):
    z = np.zeros((1, k))
    z[0, 1] = lead

    loss, gradient = cross_entropy_from_logits_and_grad([0], z)

    assert loss == pytest.approx(lead, rel=1e-12)
    assert gradient[0, :2].tolist() == [-1, 1]
    assert gradient[0, 2:] == pytest.approx(0)


@pytest.mark.parametrize("shift", [-1e4, -600.0, -30.0, 30.0, 600.0, 1e4])
@pytest.mark.parametrize("k", [5, 80])
def test_a_constant_added_to_all_logits_changes_nothing(shift, k, rng):
    y, z = rng.integers(k, size=20), rng.integers(-40, 40, size=(20, k)) / 4

    for f in (cross_entropy_from_logits, cross_entropy_from_logits_grad):
        assert_allclose(f(y, z + shift), f(y, z), rtol=1e-13, atol=1e-300)


@pytest.mark.parametrize("k", [5, 80])
def test_hopeless_rows_do_not_disturb_the_others(k, rng):
    y, z = rng.integers(k, size=300), rng.normal(size=(300, k))
    far = z.copy()
    far[::7] *= 1e4

    for f in (cross_entropy_from_logits, cross_entropy_from_logits_grad):
        plain, mixed = f(y, z, reduction="none"), f(y, far, reduction="none")
        rest = np.arange(300) % 7 > 0
        assert_array_equal(mixed[rest], plain[rest])
        assert_allclose(mixed[::7], f(y[::7], far[::7], reduction="none"), rtol=1e-15)


@pytest.mark.parametrize(
    "row",
    [
        [1000.0, 500.0, 0.0],
        [1000.0, 990.0, 0.0],
        [0.0, 1000.0, 0.0],
        [-30.0, -31.0, -720.0],
        [-800.0, -801.0, -900.0],
        [-600.0, 600.0, 0.0],
        [-500.0, -INF, -INF],
        [-INF, 0.0, 0.0],
    ],
)
def test_one_row_beyond_the_range_of_exp_is_seen_among_others(row, rng):
    z = np.vstack([rng.normal(size=(50, 3)), row])
    y = np.zeros(51, int)

    for f in (cross_entropy_from_logits, cross_entropy_from_logits_grad):
        among = f(y, z, reduction="none")[-1]
        assert_array_equal(among, f([0], [row], reduction="none")[0])
    loss = cross_entropy_from_logits([0], [row])
    expected = log_softmax(row)[0]
    assert loss == pytest.approx(-expected, rel=1e-14, abs=0)


def test_gradient_rows_sum_to_0(rng):
    y, z, _ = drawn(rng, "soft", n=50)

    assert_allclose(cross_entropy_from_logits_grad(y, z).sum(axis=1), 0, atol=1e-17)


@both_forms
def test_nothing_is_clipped(value, gradient, both):
    impossible = [[0.0, 1.0]] if value is cross_entropy else [[-INF, 0.0]]

    assert value([0], impossible) == INF
    assert value([1], impossible) == 0
    assert value([[0.5, 0.5]], impossible) == INF
    assert value([0], impossible, label_smoothing=0.1) == INF


# --- relations ---------------------------------------------------------------


def test_two_classes_are_the_binary_loss_of_the_difference(rng):
    y, z = rng.integers(2, size=50), 9 * rng.normal(size=(50, 2))
    difference = z[:, 1] - z[:, 0]

    assert cross_entropy_from_logits(y, z) == pytest.approx(
        binary_cross_entropy_from_logits(y, difference), rel=1e-13
    )
    assert_allclose(
        cross_entropy_from_logits_grad(y, z)[:, 1],
        binary_cross_entropy_from_logits_grad(y, difference),
        rtol=1e-12,
    )


@both_forms
@pytest.mark.parametrize("k", [5, 63, 64, 100, 9000])
def test_how_many_classes_are_stored_does_not_matter(value, gradient, both, k, rng):
    y, z = rng.integers(k, size=9), rng.normal(size=(9, k))
    x = softmax(z) if value is cross_entropy else z

    for f in (value, gradient):
        expected = f(y, x)
        for stored in (np.asfortranarray(x), np.repeat(x, 2, axis=1)[:, ::2]):
            assert_array_equal(f(y, stored), expected)
            assert_array_equal(f(y.astype(np.uint64), stored), expected)


@both_forms
@pytest.mark.parametrize("k", [4, 100])
def test_one_hot_labels_say_what_class_numbers_say(value, gradient, both, k, rng):
    y, z, one_hot = drawn(rng, "class numbers", k=k)
    x = softmax(z) if value is cross_entropy else 300 * z

    for f in (value, gradient):
        for dtype in (float, int, bool):
            assert_array_equal(f(one_hot.astype(dtype), x), f(y, x))


def test_a_hard_row_among_soft_ones_keeps_its_digits():
    y, z = [[1.0, 0.0], [0.5, 0.5]], [[100.0, 0.0], [0.0, 0.0]]

    losses = cross_entropy_from_logits(y, z, reduction="none")
    gradient = cross_entropy_from_logits_grad(y, z, reduction="sum")

    assert losses[0] == pytest.approx(math.exp(-100), rel=1e-14, abs=0)
    assert gradient[0, 0] == pytest.approx(-math.exp(-100), rel=1e-14, abs=0)


def test_agrees_with_scikit_learn_and_scipy(rng):
    y, z = rng.integers(5, size=5000), 3 * rng.normal(size=(5000, 5))

    theirs = metrics.log_loss(y, softmax(z), labels=range(5))
    assert cross_entropy(y, softmax(z)) == pytest.approx(theirs, rel=1e-12)
    assert cross_entropy_from_logits(y, z) == pytest.approx(theirs, rel=1e-12)
    log_p = special.log_softmax(z, axis=1)[np.arange(5000), y]
    losses = cross_entropy_from_logits(y, z, reduction="none")
    assert_allclose(losses, -log_p, rtol=1e-12, atol=1e-15)


# --- masked classes ----------------------------------------------------------


@pytest.mark.parametrize("labels", LABELS)
@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_a_masked_class_is_as_if_it_were_not_there(labels, options, rng):
    y, z, _ = drawn(rng, labels)
    if "class_weights" in options:
        options = options | {"class_weights": np.array(options["class_weights"])}
        wide = {**options, "class_weights": np.append(options["class_weights"], 9)}
    else:
        wide = options
    y_wide = y if y.ndim == 1 else np.pad(y, ((0, 0), (0, 1)))
    z_wide = np.pad(z, ((0, 0), (0, 1)), constant_values=-INF)

    for f in (
        cross_entropy_from_logits,
        partial(cross_entropy_from_logits, reduction="none"),
    ):
        assert_allclose(f(y_wide, z_wide, **wide), f(y, z, **options), rtol=1e-14)
    gradient = cross_entropy_from_logits_grad(y_wide, z_wide, **wide)
    expected = cross_entropy_from_logits_grad(y, z, **options)
    assert_allclose(gradient[:, :4], expected, rtol=1e-12, atol=1e-17)
    assert not gradient[:, 4].any()


def test_smoothing_is_spread_over_the_classes_that_are_left():
    z = [[0.0, 0.0, -INF], [0.0, 0.0, 0.0]]

    losses = cross_entropy_from_logits([0, 0], z, label_smoothing=0.3, reduction="none")
    assert_allclose(losses, [math.log(2), math.log(3)], rtol=1e-15)
    gradient = cross_entropy_from_logits_grad([0], z[:1], label_smoothing=0.3)
    assert_allclose(gradient, [[-0.35, 0.35, 0]], rtol=1e-14)


def test_the_one_class_that_is_left_costs_nothing():
    z = [[-INF, 3.0, -INF]]

    for label in ([1], [[0.0, 1.0, 0.0]]):
        assert cross_entropy_from_logits(label, z) == 0
        assert not cross_entropy_from_logits_grad(label, z).any()


def test_a_masked_label_costs_infinity_and_still_pulls():
    z = [[-INF, 0.0, 0.0]]

    for label in ([0], [[1.0, 0.0, 0.0]]):
        assert cross_entropy_from_logits(label, z) == INF
        assert cross_entropy_from_logits_grad(label, z).tolist() == [[-1, 0.5, 0.5]]
    assert cross_entropy_from_logits([0], z, label_smoothing=1) == math.log(2)


def test_a_masked_label_of_weight_0_costs_nothing():
    z = [[-INF, 0.0, 0.0], [0.0, 0.0, -INF]]

    weighted = partial(cross_entropy_from_logits, [0, 1], z, class_weights=[0, 1, 1])
    assert weighted() == math.log(2)
    assert weighted(reduction="none").tolist() == [0, math.log(2)]
    assert cross_entropy(
        [0, 1], [[0, 1], [0.5, 0.5]], class_weights=[0, 1]
    ) == math.log(2)


@pytest.mark.parametrize("f", [VALUES[1], GRADIENTS[1], BOTH[1]])
@pytest.mark.parametrize("label", [0, [1.0, 0.0], [0.5, 0.5]])
@pytest.mark.parametrize(
    "options", [{}, {"class_weights": [0, 1]}, {"label_smoothing": 0.1}]
)
@pytest.mark.parametrize(
    ("bad", "says"),
    [
        ([-INF, -INF], r"leave each example a class, got .* at \[1\]"),
        ([INF, 0.0], r"be finite, or minus infinity .* got inf at \[1, 0\]"),
        ([0.0, INF], r"got inf at \[1, 1\]"),
        ([INF, -INF], r"got inf at \[1, 0\]"),
        ([math.nan, 0.0], r"got nan at \[1, 0\]"),
        ([0.0, math.nan], r"got nan at \[1, 1\]"),
        ([-INF, math.nan], r"got nan at \[1, 1\]"),
    ],
)
def test_what_is_no_logit_is_refused_though_its_weight_be_0(
    f, label, options, bad, says
):
    other = 1 if isinstance(label, int) else [0.0, 1.0]

    with pytest.raises(ValueError, match=f"logits must .*{says}"):
        f([other, label], [[0.0, 0.0], bad], **options)


# --- what is refused ---------------------------------------------------------


@every_function
@pytest.mark.parametrize(
    ("labels", "says"),
    [
        ([0, 2], r"class numbers from 0 to 1, got 2 at \[1\]; classes are numbered"),
        ([0, -1], r"class numbers from 0 to 1, got -1 at \[1\]"),
        ([0.0, 1.0], r"class numbers as integers, got float64; y_true.astype"),
        ([[0.5, 0.5], [0.5, 0.6]], r"y_true must sum to 1 within 1e-06 .*at \[1\]"),
        (
            [[0.5, 0.5], [-0.5, 1.5]],
            r"y_true must lie in \[0, 1\], got -0.5 at \[1, 0\]",
        ),
        ([[0, 0], [0, 1]], r"y_true must sum to 1"),
        ([[1, 1], [0, 1]], r"y_true must sum to 1"),
        ([[1, 0], [-1, 1]], r"y_true must lie in \[0, 1\]"),
    ],
)
def test_labels_that_are_none_are_refused(f, labels, says):
    with pytest.raises(ValueError, match=says):
        f(labels, [[0.5, 0.5], [0.5, 0.5]])


@pytest.mark.parametrize("f", [VALUES[0], GRADIENTS[0], BOTH[0]])
@pytest.mark.parametrize("k", [2, 100])
def test_rows_that_do_not_sum_to_1_are_refused(f, k):
    p = np.full((200, k), 1 / k)
    y = np.zeros(200, int)
    f(y, p * (1 + 0.9e-6))
    f(y, (p * (1 - 0.9e-4)).astype(np.float32))

    for dtype, error in (
        ("f8", 1.1e-6),
        ("f8", -1.1e-6),
        ("f4", 1.1e-4),
        ("f4", -1.1e-4),
    ):
        wrong = p.astype(dtype)
        wrong[150] *= 1 + error
        with pytest.raises(ValueError, match=r"probs must sum to 1 .* at \[150\]"):
            f(y, wrong)


@pytest.mark.parametrize("f", [VALUES[0], GRADIENTS[0], BOTH[0]])
def test_a_probability_outside_0_and_1_is_refused_though_the_row_sums_to_1(f):
    with pytest.raises(ValueError, match=r"probs must lie in \[0, 1\], got -0.5"):
        f([0], [[1.5 - 1, 1.0, -0.5]])
    with pytest.raises(ValueError, match=r"got 1.0000000000000002 at \[0, 1\]"):
        f([0], [[0.0, np.nextafter(1, 2)]])


@every_function
@pytest.mark.parametrize("smoothing", [-0.1, 1.1, np.nan, "0.1", None, [0.1], 1j])
def test_a_smoothing_that_is_no_share_is_refused(f, smoothing):
    with pytest.raises(ValueError, match=r"label_smoothing must be in \[0, 1\], got"):
        f([0, 1], [[0.5, 0.5], [0.5, 0.5]], label_smoothing=smoothing)


@every_function
@pytest.mark.parametrize(
    "weights", [[1], [1, 2, 3], [1, -1], [1, np.nan], [1, INF], {}]
)
def test_weights_that_are_none_are_refused(f, weights):
    with pytest.raises(ValueError, match="class_weights must be"):
        f([0, 1], [[0.5, 0.5], [0.5, 0.5]], class_weights=weights)


@every_function
@pytest.mark.parametrize("labels", [[0, 0], [[1, 0], [1, 0]]])
def test_weights_that_leave_nothing_to_average_are_refused(f, labels):
    with pytest.raises(ValueError, match=r"leave the examples a weight, got 0\.0"):
        f(labels, [[0.5, 0.5], [0.5, 0.5]], class_weights=[0, 1])
    f(labels, [[0.5, 0.5], [0.5, 0.5]], class_weights=[0, 1], reduction="sum")


@every_function
@pytest.mark.parametrize(
    ("labels", "x"),
    [
        ([0, 1], [0.5, 0.5]),
        ([[[0, 1]]], [[[0.5, 0.5]]]),
        ([0], [[[0.5, 0.5]]]),
        ([[0, 1], [0, 1]], [[0.5, 0.5]]),
        ([[0, 1, 0]], [[0.5, 0.5]]),
    ],
)
def test_predictions_that_are_no_rows_of_classes_are_refused(f, labels, x):
    with pytest.raises(
        ValueError, match=r"must have shape \(n, k\), and y_true \(n,\)"
    ):
        f(labels, x)


@every_function
def test_one_column_is_refused(f):
    with pytest.raises(ValueError, match=r"two or more classes, got shape \(1, 1\)"):
        f([0], [[1.0]])


# --- an optional check: it runs where PyTorch happens to be installed ----------


@pytest.mark.parametrize("weights", [None, [0.5, 2.0, 1.0, 4.0]])
@pytest.mark.parametrize("smoothing", [0.0, 0.2])
@pytest.mark.parametrize("reduction", ["mean", "sum"])
def test_agrees_with_pytorch(weights, smoothing, reduction, rng):
    torch = pytest.importorskip("torch", reason="optional check against PyTorch")
    y, z, _ = drawn(rng, "class numbers", n=200)
    logits = torch.tensor(z, requires_grad=True)

    theirs = torch.nn.functional.cross_entropy(
        logits,
        torch.tensor(y),
        weight=None if weights is None else torch.tensor(weights, dtype=torch.float64),
        label_smoothing=smoothing,
        reduction=reduction,
    )
    theirs.backward()

    loss, gradient = cross_entropy_from_logits_and_grad(
        y, z, class_weights=weights, label_smoothing=smoothing, reduction=reduction
    )
    assert loss == pytest.approx(theirs.item(), rel=1e-12)
    assert_allclose(gradient, logits.grad.numpy(), rtol=1e-9, atol=1e-16)
