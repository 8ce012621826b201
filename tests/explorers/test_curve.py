"""The curve: its samples are the loss, and its point stands on them."""

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.figure import Figure
from numpy.testing import assert_allclose

from lossbook.catalogue import LOSSES, by_key
from lossbook.explorers import Curve
from lossbook.gradcheck import numerical_gradient

LABEL = {"numbers": 0.5, "counts": 2, "0/1": 0, "-1/+1": -1}
OF_ONE_NUMBER = [loss for loss in LOSSES if loss.labels in LABEL and loss.outputs == 1]
OVER_CLASSES = [loss for loss in LOSSES if loss.labels == "classes"]


def finite(values):
    return np.array([np.inf if v is None else v for v in values])


@pytest.mark.parametrize("loss", OF_ONE_NUMBER, ids=str)
def test_the_samples_are_the_loss_and_its_slope(loss):
    y_true = LABEL[loss.labels]
    explorer = Curve(loss.key, y_true=y_true)
    xs, y = np.array(explorer.xs), np.full(len(explorer.xs), y_true)

    (curve,) = explorer.curves
    heights = loss.value(y, xs, reduction="none")
    slopes = loss.grad(y, xs, reduction="none")
    assert_allclose(finite(curve["heights"]), heights, rtol=5e-6)
    assert_allclose(abs(finite(curve["slopes"])), abs(slopes), rtol=5e-6)


@pytest.mark.parametrize("loss", OVER_CLASSES, ids=str)
def test_a_loss_over_classes_is_shown_for_the_right_one_of_three(loss):
    explorer = Curve(loss.key)
    place = 20
    x = explorer.xs[place]
    rest = (1 - x) / 2 if loss.reads == "probs" else 0.0
    row = np.array([[x, rest, rest]])

    (curve,) = explorer.curves
    assert curve["heights"][place] == pytest.approx(loss.value([0], row), rel=5e-6)
    slope = (
        numerical_gradient(
            lambda own: loss.value([0], np.array([[own[0], *row[0, 1:]]])), row[0, :1]
        )
        if loss.reads != "probs"
        else [-1 / x]
    )
    assert curve["slopes"][place] == pytest.approx(slope[0], rel=1e-5)


def test_a_loss_of_two_numbers_is_shown_over_the_mean_with_a_variance_of_1():
    explorer = Curve("gaussian_nll", y_true=1)
    place = 20
    row = [explorer.xs[place], 0.0]

    (curve,) = explorer.curves
    loss = by_key("gaussian_nll")
    assert explorer.axis == "predicted mean"
    assert curve["heights"][place] == pytest.approx(loss.value([1], [row]), rel=5e-6)
    slope = loss.grad([1], [row])[0, 0]
    assert curve["slopes"][place] == pytest.approx(slope, rel=5e-6)


@pytest.mark.parametrize("key", ["dice", "tversky"])
def test_a_loss_of_regions_is_shown_for_one_pixel_of_three(key):
    explorer, loss = Curve(key), by_key(key)
    x = explorer.xs[20]
    row = [[x, (1 - x) / 2, (1 - x) / 2]]

    (curve,) = explorer.curves
    assert curve["heights"][20] == pytest.approx(loss.value([[1, 0, 0]], row), rel=5e-6)
    slope = loss.grad([[1, 0, 0]], row)[0, 0]
    assert curve["slopes"][20] == pytest.approx(slope, rel=5e-6)


@pytest.mark.parametrize(("key", "y_true"), [("poisson", 5), ("hinge", 1)])
def test_the_whole_curve_is_seen_where_a_likelihood_is_below_0(key, y_true):
    explorer = Curve(key, y_true=y_true)
    with mpl.rc_context():
        figure = Figure()
        explorer.draw(figure)

    lowest = min(explorer.curves[0]["heights"])
    bottom, _ = figure.axes[0].get_ylim()
    assert bottom <= min(0, lowest)
    assert (bottom == 0) == (lowest >= 0)


def test_two_losses_share_an_axis_and_each_gets_labels_of_its_kind():
    explorer = Curve("hinge", "binary_cross_entropy_from_logits", y_true=-1)

    hinge, logistic = (np.array(curve["heights"]) for curve in explorer.curves)
    assert explorer.axis == "score"
    assert_allclose(hinge, np.maximum(0, 1 + np.array(explorer.xs)), atol=1e-6)
    assert_allclose(logistic, np.logaddexp(0, explorer.xs), rtol=5e-6)


@pytest.mark.parametrize(("wished", "got"), [(9, 4), (-9, -4), (0.03, 0.05), (1, 1)])
def test_the_point_stands_on_a_sample(wished, got):
    explorer = Curve("hinge")

    explorer.x = wished

    assert explorer.x == got
    assert explorer.x in explorer.xs


def test_the_reading_tells_the_loss_at_the_point():
    explorer = Curve("hinge")
    explorer.x = -2

    assert explorer.reading() == (
        "3.000 is the hinge loss at score −2.00. Its slope there is −1.000."
    )


def test_the_reading_rounds_the_samples_as_the_page_does():
    explorer = Curve("mean_squared_error", y_true=215, low=185, high=245)
    explorer.x = 203.75

    assert explorer.curves[0]["heights"][explorer.xs.index(203.75)] == 126.562
    assert explorer.reading().startswith("126.562 is the mean squared error at")


def test_an_infinite_loss_is_told_and_leaves_no_mark_in_the_static_form():
    explorer = Curve("cross_entropy")
    explorer.x = 0

    assert explorer.reading().startswith("infinite is the cross-entropy at probability")
    assert "<svg" in explorer.static_forms()["image/svg+xml"]


def test_the_static_form_shows_the_samples_and_the_slope():
    explorer = Curve("mean_squared_error")
    with mpl.rc_context():
        figure = Figure()
        explorer.draw(figure)

    curve, slope, ball = figure.axes[0].lines
    assert_allclose(curve.get_xydata().T, [explorer.xs, explorer.curves[0]["heights"]])
    assert ball.get_xydata().tolist() == [[-1.2, 1.44]]
    assert slope.get_slope() == -2.4


@pytest.mark.parametrize(
    ("arguments", "error", "told"),
    [
        ([], ValueError, "one loss or two"),
        (["hinge"] * 3, ValueError, "one loss or two"),
        (["hinge", "mean_squared_error"], ValueError, "must read the same, but hinge"),
        (["hing"], KeyError, "no loss 'hing'; there are"),
    ],
)
def test_what_cannot_be_shown_is_refused(arguments, error, told):
    with pytest.raises(error, match=told):
        Curve(*arguments)


def test_an_axis_needs_a_length_and_a_place_must_be_a_number():
    with pytest.raises(ValueError, match="low must be less than high, got 2 and 1"):
        Curve("hinge", low=2, high=1)
    with pytest.raises(ValueError, match="finite number, got nan"):
        Curve("hinge").x = np.nan


def test_every_loss_of_one_prediction_can_be_shown():
    of_one = [loss for loss in LOSSES if not loss.inputs]
    assert [Curve(loss.key).title.lower() for loss in of_one] == [
        by_key(loss.key).title.lower() for loss in of_one
    ]


@pytest.mark.parametrize("loss", [each for each in LOSSES if each.inputs], ids=str)
def test_embeddings_stand_on_no_axis(loss):
    with pytest.raises(ValueError, match=f"{loss} compares embeddings"):
        Curve(loss.key)
