"""What holds for every loss of the catalogue, whatever its formula."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from lossbook import losses
from lossbook.catalogue import LOSSES
from tests.helpers import (
    CASES,
    LABELLED,
    SEPARATE,
    derived_slope,
    draw,
    first_of,
    measured_slope,
    peak_memory,
)

every_loss = pytest.mark.parametrize("loss", CASES, ids=str)
every_separate_loss = pytest.mark.parametrize("loss", SEPARATE, ids=str)
every_loss_with_labels = pytest.mark.parametrize("loss", LABELLED, ids=str)
OF_EMBEDDINGS = [loss for loss in LOSSES if loss.inputs]
REDUCTIONS = ["mean", "sum"]
WITH_BOTH = [loss for loss in LOSSES if "cross_entropy" in loss.key]


def assert_is_the_slope(gradient, loss, y, x, reduction):
    assert gradient.shape == x.shape
    derived, measured = derived_slope(loss, gradient), measured_slope
    assert_allclose(derived, measured(loss, y, x, reduction), rtol=1e-6, atol=1e-9)


# --- what is drawn -----------------------------------------------------------


@every_loss
def test_drawn_examples_differ(loss, rng):
    y, x = draw(loss, rng)

    assert len(np.unique(x)) == x.size
    assert len(np.unique(y)) > 1


# --- values and gradients ----------------------------------------------------


@every_loss
@pytest.mark.parametrize("reduction", REDUCTIONS)
def test_gradient_is_the_slope_of_the_loss(loss, reduction, rng):
    y, x = draw(loss, rng)

    assert_is_the_slope(loss.grad(y, x, reduction=reduction), loss, y, x, reduction)


@every_loss
@pytest.mark.parametrize(
    "mistake",
    [lambda g: -g, lambda g: 2 * g, lambda g: g * len(g), lambda g: g[::-1]],
    ids=["sign", "factor", "sum for mean", "order"],
)
def test_the_slope_test_would_notice_a_wrong_gradient(loss, mistake, rng):
    y, x = draw(loss, rng)

    with pytest.raises(AssertionError):
        assert_is_the_slope(mistake(loss.grad(y, x)), loss, y, x, "mean")


@every_loss
def test_reductions_agree(loss, rng):
    y, x = draw(loss, rng)
    each = loss.value(y, x, reduction="none")

    assert each.shape == (len(x),)
    assert loss.value(y, x) == pytest.approx(each.mean(), rel=1e-14)
    assert loss.value(y, x, reduction="sum") == pytest.approx(each.sum(), rel=1e-14)


@every_loss
def test_gradients_of_the_reductions_agree(loss, rng):
    y, x = draw(loss, rng)
    total = loss.grad(y, x, reduction="sum")

    assert_allclose(loss.grad(y, x), total / len(x), rtol=1e-15)
    assert_allclose(loss.grad(y, x, reduction="none"), total, rtol=0)


@every_loss
def test_a_loss_is_never_less_than_its_record_says(loss, rng):
    y, x = draw(loss, rng, n=200)

    each = loss.value(y, x, reduction="none")
    assert (each >= loss.least).all()
    assert loss.least == 0 or (each < 0).any()


@every_loss
@pytest.mark.parametrize("reduction", REDUCTIONS)
def test_a_scalar_is_a_python_float(loss, reduction, rng):
    y, x = draw(loss, rng)

    assert type(loss.value(y, x, reduction=reduction)) is float


@pytest.mark.parametrize("loss", WITH_BOTH, ids=str)
@pytest.mark.parametrize("reduction", [*REDUCTIONS, "none"])
def test_both_in_one_pass_are_what_each_is_alone(loss, reduction, rng):
    y, x = draw(loss, rng)
    both = getattr(losses, f"{loss.key}_and_grad")
    out = np.empty_like(x)

    value, gradient = both(y, x, reduction=reduction, out=out)

    assert gradient is out
    assert_allclose(value, loss.value(y, x, reduction=reduction), rtol=1e-15)
    assert_allclose(gradient, loss.grad(y, x, reduction=reduction), rtol=1e-15)
    assert type(value) is (np.ndarray if reduction == "none" else float)


def test_every_loss_with_both_is_known_here():
    both = {name for name in vars(losses) if name.endswith("_and_grad")}

    assert both == {f"{loss.key}_and_grad" for loss in WITH_BOTH}


KINKS = {
    "mean_absolute_error": ([1.5, -1.0], [1.5, -1.0]),
    "quantile": ([1.5, -1.0], [1.5, -1.0]),
    "quantile, level=0.9": ([1.5, -1.0], [1.5, -1.0]),
    "hinge": ([1, -1], [1.0, -1.0]),
    "multiclass_hinge": ([0, 1], [[1.5, 0.5], [0.0, 1.0]]),
    "multiclass_hinge, variant=weston_watkins": ([0, 1], [[1.5, 0.5], [0.0, 1.0]]),
    "contrastive": ([0], [[2.0, 3.0, 2.0, 3.0]]),
    "contrastive, margin=2.5": ([0], [[2.0, 3.0, 2.0, 3.0]]),
    "triplet": ([0, 1], [[0.0, 0, 1, 0, 0, 2], [5.0, 0, 6, 0, 7, 0]]),
    "triplet, margin=0.25": (
        [0, 1],
        [[0.0, 0, 1, 0, 0, 1.25], [0.0, 0, 0, 2, 0, 2.25]],
    ),
}
# Most kinks are where the loss becomes 0; that of a cone is its top.
HEIGHTS = {"contrastive": 0.5, "contrastive, margin=2.5": 3.125}


def test_every_kink_is_known_here():
    assert set(KINKS) == {loss.key for loss in CASES if not loss.is_smooth}


@pytest.mark.parametrize(
    "loss", [loss for loss in CASES if not loss.is_smooth], ids=str
)
def test_the_slope_at_a_kink_is_0(loss):
    y, x = KINKS[loss.key]

    y, x = np.array(y), np.array(x)
    assert loss.value(y, x) == HEIGHTS.get(loss.key, 0)
    assert not loss.grad(y, x).any()


@every_loss
def test_no_zero_has_a_sign(loss, rng):
    """So that nothing prints as -0."""
    y, x = draw(loss, rng, n=60)
    if loss.reads != "probs":
        x[::2] *= 30

    for result in (loss.value(y, x, reduction="none"), loss.grad(y, x)):
        assert not np.signbit(result[result == 0]).any()


# --- how arrays are stored ---------------------------------------------------


@every_separate_loss
def test_many_examples_give_what_few_give(loss, rng):
    """More examples than one block holds, and a last block that is not full."""
    y, x = draw(loss, rng)
    y_many, x_many = np.concatenate([y] * 3001), np.concatenate([x] * 3001)

    assert loss.value(y_many, x_many) == pytest.approx(loss.value(y, x), rel=1e-12)
    for many, few in [
        (
            loss.value(y_many, x_many, reduction="none"),
            loss.value(y, x, reduction="none"),
        ),
        (loss.grad(y_many, x_many, reduction="sum"), loss.grad(y, x, reduction="sum")),
    ]:
        repeated = many.reshape(3001, *few.shape)
        assert_allclose(repeated, np.broadcast_to(few, repeated.shape), rtol=1e-14)


@every_loss
def test_lists_and_whole_numbers_are_read(loss, rng):
    y, x = draw(loss, rng)

    assert loss.value(y.tolist(), x.tolist()) == loss.value(y, x)


@every_loss
@pytest.mark.parametrize(
    "stored",
    [
        lambda a: np.repeat(a, 2, axis=0)[::2],
        lambda a: a[::-1].copy()[::-1],
        np.asfortranarray,
        lambda a: a.astype(a.dtype.newbyteorder()),
        lambda a: np.broadcast_to(a, a.shape),
    ],
    ids=["every second", "backwards", "Fortran order", "other bytes", "read-only"],
)
def test_how_an_array_is_stored_does_not_matter(loss, stored, rng):
    y, x = draw(loss, rng)

    for f in (loss.value, loss.grad):
        assert_allclose(f(stored(y), stored(x)), f(y, x), rtol=1e-15)
        assert_allclose(f(y, stored(x)), f(y, x), rtol=1e-15)


@every_loss_with_labels
def test_labels_may_be_of_any_type_that_holds_them(loss, rng):
    y, x = draw(loss, rng)
    types = {
        "numbers": "f8",
        "counts": "f2 f4 f8",
        "0/1": "? u1 i2 f2 f4 f8",
        "-1/+1": "i1 i8 f2 f8",
        "classes": "u1 i4 u8",
        "regions": "? u1 i2 f2 f4 f8",
        "pairs": "? u1 i2 f2 f4 f8",
        "logits": "f8",
        "rewards": "f8",
    }

    for dtype in types[loss.labels].split():
        assert loss.value(y.astype(dtype), x) == loss.value(y, x)
        assert_array_equal(loss.grad(y.astype(dtype), x), loss.grad(y, x))


@every_loss
def test_single_precision_stays_single(loss, rng):
    y, x = draw(loss, rng)
    y32 = y.astype(np.float32) if y.dtype.kind == "f" else y
    x32 = x.astype(np.float32)

    assert loss.grad(y32, x32).dtype == np.float32
    assert loss.value(y32, x32, reduction="none").dtype == np.float32
    assert loss.value(y32, x32) == pytest.approx(loss.value(y, x), rel=1e-5)
    assert_allclose(loss.grad(y32, x32), loss.grad(y, x), rtol=2e-4, atol=1e-6)


@every_loss
@pytest.mark.parametrize("dtype", ["f2", "longdouble"])
def test_other_precisions_are_computed_in_double(loss, dtype, rng):
    y, x = draw(loss, rng)
    if "probs" in loss.reads:
        x = np.full_like(x, 1 / 2 if x.ndim == 1 else 1 / 4)
        x[..., :1] = 1 / 2
    x = x.astype(dtype)

    assert loss.grad(y, x).dtype == np.float64
    assert loss.value(y, x) == loss.value(y, x.astype(np.float64))


@every_loss
def test_a_number_too_long_for_double_precision_is_refused(loss, rng):
    y, x = draw(loss, rng)
    x = x.astype(np.longdouble)
    if np.finfo(x.dtype).max == np.finfo(np.float64).max:
        pytest.skip("long doubles are doubles here")
    x[3] = np.finfo(x.dtype).max

    for f in (loss.value, loss.grad):
        with pytest.raises(ValueError, match=rf"{loss.reads} must .* at \[3"):
            f(y, x)


@every_separate_loss
@pytest.mark.parametrize(("dtype", "digits"), [("f4", 2e-7), ("f8", 1e-12)])
def test_the_sum_of_many_keeps_its_digits(loss, dtype, digits, rng):
    """Equal losses are the hardest: all roundings of their sum go the same way."""
    y, x = draw(loss, rng)
    n = 200_000
    y1 = np.repeat(y[:1].astype(dtype) if y.dtype.kind == "f" else y[:1], n, 0)
    x1 = np.repeat(x[:1].astype(dtype), n, 0)

    assert loss.value(y1, x1) == pytest.approx(loss.value(y1[:1], x1[:1]), rel=digits)


@every_separate_loss
def test_memory_above_the_input_is_small(loss, rng):
    y, x = draw(loss, rng)
    y, x = np.concatenate([y] * 15_000), np.concatenate([x] * 15_000)
    if loss.reads != "probs":
        x *= 300  # for some losses the harder way
    out = np.empty_like(x)

    for call in (lambda: loss.value(y, x), lambda: loss.grad(y, x, out=out)):
        assert peak_memory(call) < 2**20


@every_loss
def test_input_is_left_as_it_was(loss, rng):
    y, x = draw(loss, rng)
    before = y.copy(), x.copy()

    loss.value(y, x)
    loss.grad(y, x)

    assert_array_equal(y, before[0])
    assert_array_equal(x, before[1])


@every_loss
def test_out_receives_the_gradient(loss, rng):
    y, x = draw(loss, rng)

    for out in (np.full_like(x, np.nan), np.asfortranarray(np.full_like(x, np.nan))):
        assert loss.grad(y, x, out=out) is out
        assert_array_equal(out, loss.grad(y, x))


@every_loss
@pytest.mark.parametrize("wrong", [lambda x: x[:-1], lambda x: x.astype("f4"), list])
def test_an_out_that_does_not_fit_is_refused(loss, wrong, rng):
    y, x = draw(loss, rng)

    with pytest.raises(ValueError, match="out must be"):
        loss.grad(y, x, out=wrong(np.empty_like(x)))


@every_loss
def test_an_out_that_would_overwrite_the_input_is_refused(loss, rng):
    y, x = draw(loss, rng)

    with pytest.raises(ValueError, match="out must not overlap"):
        loss.grad(y, x, out=x)
    if y.dtype == np.float64 and y.shape == x.shape:
        with pytest.raises(ValueError, match="out must not overlap"):
            loss.grad(y, x, out=y)


@every_loss
def test_a_read_only_out_is_refused(loss, rng):
    y, x = draw(loss, rng)

    with pytest.raises(ValueError, match="out must be writable"):
        loss.grad(y, x, out=np.broadcast_to(0.0, x.shape))


# --- what is refused ---------------------------------------------------------


@every_loss
@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("row", range(6))
def test_a_value_that_is_no_number_is_refused_and_found(loss, bad, row, rng):
    """Whatever the label: a loss may be 0, or a slope finite, where a score is not."""
    y, good = draw(loss, rng, n=6)
    if loss.reads == "logits" and good.ndim == 2 and bad < 0:
        pytest.skip("minus infinity is a masked class")

    for column in range(good.size // len(good)):
        x = good.copy()
        x.reshape(len(x), -1)[row, column] = bad
        for f in (loss.value, loss.grad):
            with pytest.raises(ValueError, match=rf"{loss.reads} must .*at \[{row}"):
                f(y, x)
        with pytest.raises(ValueError, match=rf"at \[{row}"):
            loss.value(y, x, reduction="none")


@every_separate_loss
def test_what_is_refused_is_found_in_a_later_block_too(loss, rng):
    y, x = draw(loss, rng)
    y, x = np.concatenate([y] * 3001), np.concatenate([x] * 3001)
    x[30_000] = np.nan

    for f in (loss.value, loss.grad):
        with pytest.raises(ValueError, match=r"at \[30000"):
            f(y, x)


@every_loss_with_labels
def test_nothing_broadcasts(loss, rng):
    y, x = draw(loss, rng)

    for f in (loss.value, loss.grad):
        with pytest.raises(ValueError, match=r"shapes \(12,.* and \(11"):
            f(y, x[:-1])
        with pytest.raises(ValueError, match=r"\(12, 1"):
            f(y, x[:, None])
        with pytest.raises(ValueError, match=r"shapes \(12, 1\b"):
            f(y[:, None], x)
        with pytest.raises(ValueError, match=r"shapes \(1,"):
            f(y[:1], x)
        with pytest.raises(ValueError, match=r"shapes \(([34],)?\)"):
            f(y[0], x[0])


@pytest.mark.parametrize("loss", OF_EMBEDDINGS, ids=str)
def test_embeddings_have_one_shape(loss, rng):
    n = len(loss.inputs)
    for wrong in (np.zeros((11, 2)), np.zeros((12, 3)), np.zeros(12), np.zeros(())):
        for place in range(n):
            arrays = [rng.normal(size=(12, 2)) for _ in range(n)]
            arrays[place] = wrong
            labels = [] if loss.labels is None else [np.arange(12) % 2]
            shapes = ", ".join(str(a.shape) for a in [*labels, *arrays][:-1])
            for f in (loss.value, loss.grad):
                with pytest.raises(ValueError, match=r"one shape \(n, d\)") as refusal:
                    f(*labels, *arrays)
                says = f"got shapes {shapes} and {arrays[-1].shape}"
                assert says in str(refusal.value)


@pytest.mark.parametrize("loss", OF_EMBEDDINGS, ids=str)
def test_one_array_in_double_precision_makes_all_double(loss, rng):
    n = len(loss.inputs)
    labels = [] if loss.labels is None else [np.arange(12) % 2]
    for place in range(n):
        arrays = [rng.normal(size=(12, 2)).astype("f4") for _ in range(n)]
        arrays[place] = arrays[place].astype("f8") + 1e-10
        exact = [array.astype("f8") for array in arrays]

        for mixed, wanted in zip(
            loss.grad(*labels, *arrays), loss.grad(*labels, *exact), strict=True
        ):
            assert mixed.dtype == np.float64
            assert_array_equal(mixed, wanted)
        assert loss.value(*labels, *arrays) == loss.value(*labels, *exact)


@pytest.mark.parametrize("loss", OF_EMBEDDINGS, ids=str)
def test_an_embedding_has_a_number(loss):
    labels = [] if loss.labels is None else [[0, 1]]
    for f in (loss.value, loss.grad):
        with pytest.raises(ValueError, match=r"needs a number, got shape \(2, 0\)"):
            f(*labels, *[np.zeros((2, 0))] * len(loss.inputs))


@pytest.mark.parametrize("loss", OF_EMBEDDINGS, ids=str)
def test_the_outs_of_embeddings_are_as_many_and_apart(loss, rng):
    n = len(loss.inputs)
    arrays = [rng.normal(size=(12, 2)) for _ in range(n)]
    labels = [] if loss.labels is None else [np.arange(12) % 2]
    one = np.empty((12, 2))

    for out, says in [
        ((one,), f"must be a tuple of {n} arrays, got 1"),
        (one, f"must be a tuple of {n} arrays, got 'ndarray'"),
        ((one,) * n, "must not overlap"),
        ((*[np.empty((12, 2)) for _ in range(n - 1)], arrays[0]), "must not overlap"),
    ]:
        with pytest.raises(ValueError, match=says):
            loss.grad(*labels, *arrays, out=out)


@every_loss
def test_no_examples_are_refused(loss, rng):
    y, x = draw(loss, rng)

    for f in (loss.value, loss.grad):
        with pytest.raises(ValueError, match="at least one example"):
            f(y[:0], x[:0])


@every_loss
def test_an_unknown_reduction_is_refused(loss, rng):
    y, x = draw(loss, rng)

    for f in (loss.value, loss.grad):
        with pytest.raises(ValueError, match=r"'mean', 'sum', 'none'.*'average'"):
            f(y, x, reduction="average")


@every_loss
@pytest.mark.parametrize("wrong", [["a", "b"], [1j, 2j], [None, 1.0], [10**400, 1]])
def test_what_is_not_a_real_number_is_refused(loss, wrong):
    for f in (loss.value, loss.grad):
        with pytest.raises(ValueError, match="real numbers"):
            f([0, 1], wrong)
        if loss.labels is not None:
            must = f"{first_of(loss)} must hold real numbers"
            with pytest.raises(ValueError, match=must):
                f(wrong, [0.5, 0.5])


WRONG_LABELS = {
    "numbers": [(np.nan, "finite"), (np.inf, "finite")],
    "counts": [(-1, "at least 0"), (np.nan, "finite"), (np.inf, "finite")],
    "0/1": [(-1, "hinge"), (2, "in .0, 1."), (np.nan, "in .0, 1.")],
    "-1/+1": [(0, r"2 \* y - 1"), (0.5, "-1 or"), (2, "-1 or"), (np.nan, "-1 or")],
    "regions": [(-1, "0 or 1"), (0.5, "0 or 1"), (np.nan, "0 or 1")],
    "pairs": [(-1, "0 or 1"), (0.5, "0 or 1"), (np.nan, "0 or 1")],
    "logits": [(np.nan, "finite"), (np.inf, "finite"), (-np.inf, "leave each")],
    "rewards": [(np.nan, "finite"), (np.inf, "finite"), (-np.inf, "finite")],
    "classes": [(-1, "from 0 to 2"), (3, "from 0 to 2"), (2**40, "from 0 to 2")],
}


@every_loss_with_labels
@pytest.mark.parametrize("row", [0, 7])
def test_a_label_of_the_wrong_kind_is_refused_and_found(loss, row, rng):
    y, x = draw(loss, rng)

    for label, says in WRONG_LABELS[loss.labels]:
        wrong = y.astype(type(label) if loss.labels == "classes" else float)
        wrong[row] = label
        for f in (loss.value, loss.grad):
            must = f"{first_of(loss)} must.*{says}"
            with pytest.raises(ValueError, match=must) as refusal:
                f(wrong, x)
            assert f"at [{row}" in str(refusal.value)
