"""What holds for every loss of the catalogue, whatever its formula."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from lossbook.catalogue import LOSSES
from lossbook.gradcheck import numerical_gradient
from tests.helpers import draw

every_loss = pytest.mark.parametrize("loss", LOSSES, ids=str)
REDUCTIONS = ["mean", "sum"]


def assert_is_the_slope(derived, loss, y, x, reduction):
    measured = numerical_gradient(lambda v: loss.value(y, v, reduction=reduction), x)
    assert derived.shape == x.shape
    assert_allclose(derived, measured, rtol=1e-6, atol=1e-9)


@every_loss
def test_drawn_examples_differ(loss, rng):
    y, x = draw(loss, rng)

    assert len(np.unique(x)) == x.size
    assert len(np.unique(y)) > 1


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
def test_a_loss_is_never_negative(loss, rng):
    y, x = draw(loss, rng, n=200)

    assert (loss.value(y, x, reduction="none") >= 0).all()


@every_loss
@pytest.mark.parametrize("reduction", REDUCTIONS)
def test_a_scalar_is_a_python_float(loss, reduction, rng):
    y, x = draw(loss, rng)

    assert type(loss.value(y, x, reduction=reduction)) is float


@every_loss
def test_many_examples_give_what_few_give(loss, rng):
    """More examples than one block holds, and a last block that is not full."""
    y, x = draw(loss, rng)
    y_many, x_many = np.concatenate([y] * 3001), np.concatenate([x] * 3001)

    assert loss.value(y_many, x_many) == pytest.approx(loss.value(y, x), rel=1e-12)
    assert_allclose(
        loss.grad(y_many, x_many, reduction="sum")[-len(x) :],
        loss.grad(y, x, reduction="sum"),
        rtol=1e-15,
    )


@every_loss
def test_lists_and_whole_numbers_are_read(loss, rng):
    y, x = draw(loss, rng)

    assert loss.value(y.tolist(), x.tolist()) == loss.value(y, x)


@every_loss
def test_single_precision_stays_single(loss, rng):
    y, x = draw(loss, rng)
    y32 = y.astype(np.float32) if y.dtype.kind == "f" else y
    x32 = x.astype(np.float32)

    assert loss.grad(y32, x32).dtype == np.float32
    assert loss.value(y32, x32) == pytest.approx(loss.value(y, x), rel=1e-5)


@every_loss
def test_the_sum_is_accumulated_in_double_precision(loss, rng):
    y, x = draw(loss, rng)
    n = 200_000
    y1 = np.repeat(y[:1].astype(np.float32) if y.dtype.kind == "f" else y[:1], n, 0)
    x1 = np.repeat(x[:1].astype(np.float32), n, 0)

    assert loss.value(y1, x1) == pytest.approx(loss.value(y1[:1], x1[:1]), rel=1e-12)


@every_loss
def test_input_is_left_as_it_was(loss, rng):
    y, x = draw(loss, rng)
    before = y.copy(), x.copy()

    loss.value(y, x)
    loss.grad(y, x)

    assert (y == before[0]).all()
    assert (x == before[1]).all()


@every_loss
def test_out_receives_the_gradient(loss, rng):
    y, x = draw(loss, rng)
    out = np.empty_like(x)

    assert loss.grad(y, x, out=out) is out
    assert_allclose(out, loss.grad(y, x), rtol=0)


@every_loss
@pytest.mark.parametrize("wrong", [lambda x: x[:-1], lambda x: x.astype("f4"), list])
def test_an_out_that_does_not_fit_is_refused(loss, wrong, rng):
    y, x = draw(loss, rng)

    with pytest.raises(ValueError, match="out must be"):
        loss.grad(y, x, out=wrong(np.empty_like(x)))


@every_loss
@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_a_value_that_is_no_number_is_refused_and_found(loss, bad, rng):
    y, x = draw(loss, rng)
    x.reshape(len(x), -1)[3, 0] = bad

    for f in (loss.value, loss.grad):
        with pytest.raises(ValueError, match=rf"{loss.reads} must .*at \[3"):
            f(y, x)
    with pytest.raises(ValueError, match=r"at \[3"):
        loss.value(y, x, reduction="none")


@every_loss
def test_nothing_broadcasts(loss, rng):
    y, x = draw(loss, rng)

    for f in (loss.value, loss.grad):
        with pytest.raises(ValueError, match=r"shapes \(12,\) and \(11"):
            f(y, x[:-1])
        with pytest.raises(ValueError, match=r"\(12, 1"):
            f(y, x[:, None])


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
@pytest.mark.parametrize("wrong", [["a", "b"], [1j, 2j], [None, 1.0]])
def test_what_is_not_a_real_number_is_refused(loss, wrong):
    with pytest.raises(ValueError, match="real numbers"):
        loss.value([0, 1], wrong)
