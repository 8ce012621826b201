"""The descent: its paths are those of gradient descent, its map is the loss."""

import gzip
import json
import re
from itertools import pairwise

import numpy as np
import pytest
from matplotlib.figure import Figure
from numpy.testing import assert_allclose

from lossbook import (
    binary_cross_entropy_from_logits,
    binary_cross_entropy_from_logits_grad,
    mean_squared_error,
    mean_squared_error_grad,
    sigmoid,
)
from lossbook.datasets import ames_housing, spambase
from lossbook.explorers import Descent
from lossbook.explorers.descent import PROBLEMS
from tests.explorers.script import readings

SHOWN = ("digits", "steps", "rates", "surfaces")


def houses():
    table = ames_housing()
    area = table["living_area_sqft"]
    return (area - area.mean()) / area.std(), table["price_usd"] / 1000


def emails():
    table = spambase()
    marks = np.log(table["freq_exclamation"] + 0.1)
    return (marks - marks.mean()) / marks.std(), table["is_spam"]


def squared_error_of_sigmoid(y, z):
    p = sigmoid(z)
    return mean_squared_error(y, p), mean_squared_error_grad(y, p) * p * (1 - p)


def cross_entropy(y, z):
    slope = binary_cross_entropy_from_logits_grad(y, z)
    return binary_cross_entropy_from_logits(y, z), slope


def squared_error(y, y_hat):
    return mean_squared_error(y, y_hat), mean_squared_error_grad(y, y_hat)


CASES = [
    ("mean_squared_error", 0, houses, squared_error, (0, 0)),
    ("stall", 0, emails, cross_entropy, (6, 0)),
    ("stall", 1, emails, squared_error_of_sigmoid, (6, 0)),
]


@pytest.mark.parametrize(("problem", "surface", "data", "loss", "start"), CASES)
def test_every_path_is_the_one_of_gradient_descent(problem, surface, data, loss, start):
    explorer = Descent(problem)
    drawn, (x, y) = explorer.surfaces[surface], data()

    for number, (rate, _) in enumerate(explorer.rates):
        b, w = start
        walked = {}
        for step in range(101):
            value, slope = loss(y, b + w * x)
            walked[step] = b, w, value
            b, w = b - rate * slope.sum(), w - rate * slope @ x
        shown = [step for step in explorer.steps if step in walked]
        paths = [drawn[key][number][: len(shown)] for key in ("b", "w", "loss")]
        expected = np.transpose([walked[step] for step in shown])
        assert_allclose(paths, expected, rtol=1e-4, atol=1e-4)


def points(outline):
    """Where an outline goes, as whole numbers on the map."""
    moves = re.findall(r"[ml](-?\d+) (-?\d+)", outline)
    return np.cumsum(np.array(moves, dtype=int), axis=0)


def distance(point, line):
    """How far a point is from a line of points."""
    foots = np.concatenate([np.linspace(a, b, 200) for a, b in pairwise(line)])
    return np.hypot(*(foots - point).T).min()


@pytest.mark.parametrize(("problem", "surface", "data", "loss", "start"), CASES)
def test_on_every_contour_line_the_loss_is_as_high_as_is_said(
    problem, surface, data, loss, start
):
    explorer = Descent(problem)
    x, y = data()
    ends = np.array([explorer.bias, explorer.weight])

    contours = explorer.surfaces[surface]["levels"]
    labelled = [float(c["text"].replace(",", "")) for c in contours if "text" in c]
    assert len(labelled) >= 4
    assert set(labelled) < set(PROBLEMS[problem].levels[surface])
    for contour, level in zip(contours, PROBLEMS[problem].levels[surface], strict=True):
        line = points(contour["outline"])
        on_map = line[((line > 0) & (line < 1000)).all(axis=1)]
        places = ends[:, 0] + on_map / 1000 * np.ptp(ends, axis=1)
        losses = [loss(y, b + w * x)[0] for b, w in places]
        assert_allclose(losses, level, rtol=0.015)
        if "at" in contour:
            assert distance(contour["at"], line) < 3


@pytest.mark.parametrize(("problem", "surface", "data", "loss", "start"), CASES)
def test_nowhere_is_lower_than_the_mark_of_the_lowest_point(
    problem, surface, data, loss, start
):
    x, y = data()
    b, w = Descent(problem).surfaces[surface]["lowest"]

    _, slope = loss(y, b + w * x)

    assert_allclose([slope.sum(), slope @ x], 0, atol=1e-4)


@pytest.mark.parametrize("problem", PROBLEMS)
def test_the_page_says_what_python_computes_for_every_step(problem):
    explorer = Descent(problem)
    state = {name: getattr(explorer, name) for name in SHOWN}
    calls, expected = [], []
    for r, (rate, _) in enumerate(explorer.rates):
        for s in range(0, len(explorer.steps), 3):
            explorer.learning_rate, explorer.step = rate, explorer.steps[s]
            calls.append([state, r, s])
            expected.append(explorer.reading())

    assert readings("descent", calls) == expected


def test_the_learning_rates_do_what_is_said_of_them():
    explorer = Descent("mean_squared_error")
    (surface,) = explorer.surfaces
    b = np.array(surface["b"])
    off = b - surface["lowest"][0]

    left = dict(zip([r for r, _ in explorer.rates], off[:, 1] / off[:, 0], strict=True))
    expected = {0.01: 0.98, 0.1: 0.8, 0.5: 0, 0.9: -0.8, 1: -1, 1.05: -1.1}
    assert left == pytest.approx(expected, abs=1e-5)


def test_the_figure_is_what_its_words_say():
    """Its start, its round bowl, and a path that runs straight through the middle."""
    explorer = Descent("mean_squared_error")
    (surface,) = explorer.surfaces
    (area, _), lowest = houses(), np.array(surface["lowest"])

    assert "from b = 0, w = 0" in explorer.description
    paths = np.moveaxis([surface["b"], surface["w"]], 0, 2)
    assert_allclose(paths[:, 0], 0)
    across = paths @ [-lowest[1], lowest[0]]  # 0 where all are in one line
    assert_allclose(across / np.linalg.norm(lowest) ** 2, 0, atol=1e-5)

    assert "one round bowl" in explorer.description
    assert "distance from the mean in standard deviations" in explorer.caption
    assert [area.mean(), area.std()] == pytest.approx([0, 1], abs=1e-9)
    for contour in surface["levels"]:  # as far away on either side
        line = points(contour["outline"]) / 1000
        ends = np.array([explorer.bias, explorer.weight])
        away = ends[:, 0] + line * np.ptp(ends, axis=1) - lowest
        inside = ((line > 0) & (line < 1)).all(axis=1)
        far = np.linalg.norm(away[inside], axis=1)
        assert np.ptp(far) < 0.03 * far.mean()


def test_a_rate_that_is_too_large_leaves_the_map_and_its_loss_has_no_end():
    explorer = Descent("mean_squared_error")
    (surface,) = explorer.surfaces
    last = [rate for rate, _ in explorer.rates].index(1.05)

    low, high = explorer.bias
    assert not low <= surface["b"][last][-1] <= high
    losses = np.array(surface["loss"][last])
    assert (np.diff(losses) > 0).all()
    assert losses[-1] > 15 * losses[0]


def test_the_squared_error_stalls_as_long_as_is_said():
    explorer = Descent("stall")
    stalled = explorer.surfaces[1]["loss"]

    said = {
        rate: int(re.search(r"(\d+) steps", note)[1])
        for rate, note in explorer.rates
        if "stalls" in note
    }
    assert list(said) == [0.1, 0.3, 1.0, 3.0, 10.0]
    for losses, steps in zip(stalled, said.values(), strict=False):
        start, at = losses[0], losses[explorer.steps.index(steps)]
        assert 0.98 * start < at < start
        later = [
            loss
            for s, loss in zip(explorer.steps, losses, strict=True)
            if s >= 4 * steps
        ]
        assert all(loss < start / 2 for loss in later)


def test_a_step_that_is_too_long_never_settles_under_cross_entropy():
    explorer = Descent("stall")
    jumping, settled = (surface["loss"][-1] for surface in explorer.surfaces)

    assert min(jumping[-4:]) > 1.3 * min(explorer.surfaces[0]["loss"][3])
    assert settled[-1] == pytest.approx(min(explorer.surfaces[1]["loss"][3]))


def test_controls_stand_on_what_was_sampled():
    explorer = Descent("stall")

    explorer.learning_rate, explorer.step = 4, 60

    assert (explorer.learning_rate, explorer.step) == (3.0, 50)


@pytest.mark.parametrize("problem", PROBLEMS)
def test_the_static_form_shows_the_path_on_the_map(problem):
    explorer = Descent(problem)
    figure = Figure()
    explorer.draw(figure)

    assert len(figure.axes) == len(explorer.surfaces)
    (now,) = figure.texts
    rate, step = explorer.learning_rate, explorer.step
    assert now.get_text() == f"learning rate {rate:g}, step {step}"
    rate = [rate for rate, _ in explorer.rates].index(explorer.learning_rate)
    for ax, surface in zip(figure.axes, explorer.surfaces, strict=True):
        path, lowest, ball = (line.get_xydata().tolist() for line in ax.lines)
        assert ball == path[-1:]
        assert path[-1] == [surface[key][rate][len(path) - 1] for key in "bw"]
        assert explorer.steps[len(path) - 1] == explorer.step
        assert lowest == [surface["lowest"]]
        assert len(ax.patches) == len(surface["levels"])


def test_what_cannot_be_shown_is_refused():
    with pytest.raises(
        ValueError, match="one of mean_squared_error, stall, got 'hing'"
    ):
        Descent("hing")
    with pytest.raises(ValueError, match="finite number, got nan"):
        Descent("mean_squared_error").learning_rate = np.nan


@pytest.mark.parametrize("problem", PROBLEMS)
def test_the_samples_hold_no_noise_in_place_of_zero(problem):
    for surface in Descent(problem).surfaces:
        for key, paths in surface.items():
            if key not in ("name", "key", "look", "levels", "lowest"):
                numbers = np.abs(paths).ravel()
                assert not ((numbers > 0) & (numbers < 1e-9)).any()
                assert not np.signbit(np.array(paths)[np.array(paths) == 0]).any()


@pytest.mark.parametrize("problem", PROBLEMS)
def test_the_state_is_small(problem):
    explorer = Descent(problem)
    state = json.dumps([getattr(explorer, n) for n in (*SHOWN, "bias", "weight")])

    assert len(gzip.compress(state.encode())) < 6000
