"""Predict: the guesses are the reader's own, and the answer is the loss."""

import numpy as np
import pytest
from matplotlib.figure import Figure
from numpy.testing import assert_allclose

from lossbook.explorers import Predict
from lossbook.study import bank
from tests.explorers.script import readings

# The formulas of the chapters.
FORMULA = {
    "cross_entropy": lambda p: -np.log(p),
    "mean_squared_error": np.square,
    "hinge": lambda s: np.maximum(0, 1 - s),
}
every_loss = pytest.mark.parametrize("loss", FORMULA)


@every_loss
def test_the_answer_is_the_loss(loss):
    explorer = Predict(loss)

    for at, cost in [
        (explorer.places, explorer.truths),
        (explorer.xs, explorer.curve),
        np.transpose(explorer.given),
    ]:
        assert_allclose(cost, FORMULA[loss](np.array(at)), rtol=1e-5, atol=1e-6)


@every_loss
def test_every_answer_can_be_drawn(loss):
    explorer = Predict(loss)

    explorer.guesses = explorer.truths
    explorer.revealed = True

    step = explorer.question["step"]
    assert_allclose(explorer.guesses, explorer.truths, atol=step / 2 + 1e-9)
    assert explorer.reading().startswith("Your sketch is right at all five places. ")


@every_loss
def test_nothing_of_the_answer_is_told_before_it_is_asked_for(loss):
    explorer = Predict(loss)

    before = explorer.reading()
    explorer.guesses = [0, 0, 0, 0, 1]

    assert explorer.reading() == before
    assert not any(character.isdigit() for character in before)


def test_the_reading_names_the_largest_gap():
    explorer = Predict("cross_entropy")
    explorer.guesses = [1.2, 1, 0.6, 0.4, 0.2]
    explorer.revealed = True

    assert explorer.reading().startswith(
        "2.996 nats is the cross-entropy at probability 0.05, where you drew 1.2. "
    )


def test_what_was_not_touched_was_not_drawn():
    """Where a point still is as it began, nothing is said of what the reader drew."""
    explorer = Predict("cross_entropy")
    start, why = (explorer.question[name] for name in ("start", "why"))

    explorer.guesses, explorer.revealed = [start, start, start, 0.5, start], True
    assert "0.511 nats is the cross-entropy" not in explorer.reading()
    assert explorer.reading() == f"Your sketch is right wherever you set a point. {why}"

    explorer.guesses = [start, start, 1.5, 0.5, start]
    assert explorer.reading() == (
        f"0.916 nats is the cross-entropy at probability 0.4, where you drew 1.5. {why}"
    )
    explorer.guesses = [start] * 5
    assert explorer.reading() == why


@every_loss
def test_the_description_is_true_before_and_after(loss):
    explorer = Predict(loss)

    assert "empty" not in explorer.description
    assert "five amber balls" in explorer.description
    assert len(explorer.places) == 5


@every_loss
def test_the_page_says_what_python_computes(loss):
    explorer = Predict(loss)
    figure = {
        name: getattr(explorer, name) for name in ("question", "places", "truths")
    }
    low, high = explorer.question["low"], explorer.question["high"]
    rng = np.random.default_rng(0)
    calls, expected = [], []
    one_off = np.array(explorer.truths) + explorer.question["step"]
    left = [explorer.question["start"]] * 5
    one = [*left[:2], *explorer.truths[2:3], *left[3:]]
    some = [explorer.truths, one_off, left, one, *rng.uniform(low, high, size=(50, 5))]
    for guesses in some:
        for revealed in (False, True):
            explorer.guesses, explorer.revealed = list(guesses), revealed
            calls.append([figure, explorer.guesses, revealed])
            expected.append(explorer.reading())

    assert readings("predict", calls) == expected


def test_what_is_said_of_each_loss_is_so():
    log, square, hinge = FORMULA.values()

    assert log(0.1) - log(0.2) == pytest.approx(0.693, abs=5e-4)
    assert "adds 0.693 nats" in Predict("cross_entropy").question["why"]
    assert square(2.0) == 4 * square(1.0) == 16 * square(0.5)
    assert hinge(-1.0) - hinge(0.0) == 1
    assert hinge(1.0) == hinge(3.0) == 0


def test_guesses_stand_on_the_heights_that_can_be_said():
    explorer = Predict("hinge")

    explorer.guesses = [9, -9, 0.04, 0.06, 1]

    assert explorer.guesses == [4, -1, 0, 0.1, 1]


def test_python_sees_the_guesses_of_the_reader():
    explorer = Predict("hinge")
    seen = []
    explorer.observe(lambda change: seen.append(change["new"]), names=["guesses"])

    explorer.set_state({"guesses": [3, 2, 0.5, 0, 0]})

    assert seen == [[3, 2, 0.5, 0, 0]]


@every_loss
def test_the_static_form_shows_the_axes_what_is_given_and_the_answer(loss):
    explorer = Predict(loss)
    figure = Figure()
    explorer.draw(figure)

    (ax,) = figure.axes
    zero, answer, given = ax.lines
    assert_allclose(answer.get_xydata().T, [explorer.xs, explorer.curve])
    assert given.get_xydata().tolist() == explorer.given
    assert ax.get_xticks().tolist() == explorer.places
    assert zero.get_ydata() == [0, 0]


def test_what_cannot_be_asked_is_refused():
    with pytest.raises(
        ValueError, match="no question about 'huber'; there are cross_entropy, "
    ):
        Predict("huber")
    with pytest.raises(ValueError, match="must be 5 numbers, one for each"):
        Predict("hinge").guesses = [1, 2]
    with pytest.raises(ValueError, match="finite number, got nan"):
        Predict("hinge").guesses = [np.nan] * 5


@every_loss
def test_what_it_asks_is_a_sketch_of_the_bank_that_comes_back(loss):
    explorer = Predict(loss)
    asked = next(q for q in bank.questions(loss) if q.id == explorer.question["asks"])

    assert asked.sketch.at(explorer.places) == pytest.approx(explorer.truths, abs=1e-5)
