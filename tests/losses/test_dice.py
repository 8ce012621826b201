"""What is particular to the losses of regions."""

import math

import numpy as np
import pytest
from numpy.testing import assert_allclose
from sklearn import metrics

from lossbook import dice, dice_grad, tversky, tversky_grad
from lossbook.training import train

Y, P = [[1, 1, 0, 0]], [[1.0, 0.5, 0.5, 0.0]]


def test_dice_by_hand():
    assert dice(Y, P) == 1 - 2 * 1.5 / (2 + 2)
    assert dice(Y, P, smooth=1) == pytest.approx(1 - (2 * 1.5 + 1) / (2 + 2 + 1))
    assert dice_grad(Y, P).tolist() == [[-1.25 / 4, -1.25 / 4, 0.75 / 4, 0.75 / 4]]


def test_tversky_by_hand():
    assert tversky(Y, P) == pytest.approx(0.5 / 2, rel=1e-15)
    assert tversky(Y, P, alpha=1, beta=3) == 2 / 3.5
    slopes = tversky_grad(Y, P, alpha=1, beta=3)[0]
    assert slopes == pytest.approx([-6.5 / 12.25] * 2 + [1.5 / 12.25] * 2, rel=1e-15)


def test_certain_predictions_give_the_f1_score_and_the_intersection_over_union(rng):
    y, p = rng.integers(2, size=(2, 8, 30))

    f1 = [1 - metrics.f1_score(*pair) for pair in zip(y, p, strict=True)]
    assert_allclose(dice(y, p, reduction="none"), f1)
    iou = [1 - metrics.jaccard_score(*pair) for pair in zip(y, p, strict=True)]
    assert_allclose(tversky(y, p, alpha=1, beta=1, reduction="none"), iou)


def test_equal_prices_of_one_half_make_tversky_the_dice_loss(rng):
    y, p = rng.integers(2, size=(5, 9)), rng.random((5, 9))

    for smooth in (0, 1.5):
        half = {"alpha": 0.5, "beta": 0.5, "smooth": smooth / 2}
        assert tversky(y, p, **half) == pytest.approx(dice(y, p, smooth=smooth))
        slopes = dice_grad(y, p, smooth=smooth)
        assert_allclose(tversky_grad(y, p, **half), slopes, rtol=1e-13)


def test_background_does_not_count(rng):
    y, p = rng.integers(2, size=(3, 9)), rng.random((3, 9))
    none = np.zeros((3, 1000))

    for f in (dice, tversky):
        wide = f(np.hstack([y, none]), np.hstack([p, none]))
        assert wide == pytest.approx(f(y, p), rel=1e-13)


def test_a_batch_in_one_row_is_one_region(rng):
    y, p = rng.integers(2, size=(3, 9)), rng.random((3, 9))
    together = 1 - 2 * (p * y).sum() / (p.sum() + y.sum())

    assert dice(y.reshape(1, -1), p.reshape(1, -1)) == pytest.approx(together)
    assert dice(y, p) != pytest.approx(together)


def test_to_miss_costs_more_than_to_mark_in_vain():
    missed, in_vain = tversky([[1, 1, 0]] * 2, [[1, 0, 0], [1, 1, 1]], reduction="none")

    assert missed > in_vain
    slopes = tversky_grad([[1, 0]], [[0.5, 0.5]])[0]
    assert -slopes[0] > slopes[1] > 0


def test_where_nothing_is_marked():
    nothing, little = np.zeros((1, 4)), np.full((1, 4), 0.25)

    for f, f_grad in ((dice, dice_grad), (tversky, tversky_grad)):
        assert f(nothing, nothing) == f(nothing, nothing, smooth=1) == 0
        assert not f_grad(nothing, nothing).any()
        assert f(nothing, little) == 1
        assert not f_grad(nothing, little).any()
        assert 0 < f(nothing, little, smooth=1) < 1
        assert (f_grad(nothing, little, smooth=1) > 0).all()
    assert dice(nothing, little, smooth=1) == 0.5


def test_a_very_faint_prediction_is_no_division_by_0():
    faint = np.full((1, 3), 1e-300)

    assert dice([[0, 0, 0]], faint) == 1
    assert not dice_grad([[0, 0, 0]], faint).any()
    assert np.isfinite(dice_grad([[1, 0, 0]], faint)).all()


def test_large_pictures_keep_single_precision_exact(rng):
    y = rng.random((2, 300_000)) < 0.01
    p = rng.random((2, 300_000)).astype(np.float32)

    assert dice(y, p) == pytest.approx(dice(y, p.astype(float)), rel=1e-7)


@pytest.mark.parametrize(
    ("y", "p", "says"),
    [
        ([1, 0], [0.5, 0.5], r"both have shape \(n, m\).*\(2,\) and \(2,\)"),
        ([[1, 0]], [[0.5]], r"both have shape \(n, m\).*\(1, 2\) and \(1, 1\)"),
        ([[[1]]], [[[0.5]]], r"both have shape \(n, m\)"),
        (np.zeros((2, 0)), np.zeros((2, 0)), "at least one pixel"),
        ([[1, 0.5]], [[0.5, 0.5]], r"y_true must be 0 or 1, got 0.5 at \[0, 1\]"),
        ([[1, 0]], [[0.5, 1.5]], r"probs must lie in \[0, 1\], got 1.5 at \[0, 1\]"),
    ],
)
def test_what_is_no_region_is_refused(y, p, says):
    for f in (dice, dice_grad, tversky, tversky_grad):
        with pytest.raises(ValueError, match=says):
            f(y, p)


@pytest.mark.parametrize("bad", [-1, math.nan, math.inf, "1", None, [1], True])
def test_prices_that_are_none_are_refused(bad):
    for f in (tversky, tversky_grad):
        for name in ("alpha", "beta", "smooth"):
            with pytest.raises(ValueError, match=f"{name} must be a finite number, 0"):
                f(Y, P, **{name: bad})
    with pytest.raises(ValueError, match="smooth must be a finite number, 0 or more"):
        dice(Y, P, smooth=bad)


def test_a_model_of_pictures_learns_where_regions_are(rng):
    x = rng.normal(size=(60, 2))
    y = (x[:, :1] > np.array([-1.0, 0.0, 1.0])).astype(int)

    fit = train(x, y, "dice", learning_rate=2.0, steps=300, momentum=0.9)

    assert fit.model.predict(x).shape == (60, 3)
    assert fit.model.evaluate(x, y) > 0.9
    with pytest.raises(ValueError, match=r"y must have shape \(n, m\) for Dice loss"):
        train(x, y[:, 0], "dice")
