"""Say what a loss costs before you see its curve, then compare."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import traitlets
from matplotlib.figure import Figure
from numpy.typing import NDArray

from .._names import unknown
from ..colours import classes
from ..losses import cross_entropy, hinge, mean_squared_error
from ..plots import INK, MUTED, curve_styles
from ..widgets import Explorer, Samples, call, nearest, samples, say

PROMPT = (
    "Drag the balls to where you expect the loss, or type it. Then reveal the curve."
)


@dataclass(frozen=True)
class Question:
    """What the reader is asked, and what there is to learn from the answer.

    `asks` is the question of the bank that it is a first try at, and that comes back.
    `places` are where to guess, `given` where the loss is shown, `span` the lowest
    and the highest guess and the step between guesses, `digits` those of a guess.
    """

    asks: str
    title: str
    name: str
    unit: str
    axis: str
    at: str
    cost: Callable[[NDArray], NDArray]
    ends: tuple[float, float]
    places: tuple[float, ...]
    given: tuple[float, ...]
    span: tuple[float, float, float]
    start: float
    digits: int
    why: str


def _of_the_right_class(probs: NDArray) -> NDArray:
    """The cross-entropy of examples whose own class got these probabilities."""
    labels = np.zeros(len(probs), dtype=int)
    return cross_entropy(labels, np.column_stack([probs, 1 - probs]), reduction="none")


def _squared(errors: NDArray) -> NDArray:
    return mean_squared_error(np.zeros_like(errors), errors, reduction="none")


def _of_a_positive(scores: NDArray) -> NDArray:
    return hinge(np.ones_like(scores), scores, reduction="none")


QUESTIONS = {
    "cross_entropy": Question(
        asks="draw-the-cost-of-a-probability",
        title="Being right and certain costs nothing. And with less probability?",
        name="cross-entropy",
        unit=" nats",
        axis="probability of the right class",
        at="probability",
        cost=_of_the_right_class,
        ends=(0.0, 1.0),
        places=(0.05, 0.2, 0.4, 0.6, 0.8),
        given=(1.0,),
        span=(0.0, 4.0, 0.1),
        start=2.0,
        digits=1,
        why=(
            "Each halving of the probability adds 0.693 nats, "
            "so towards 0 the loss has no limit."
        ),
    ),
    "mean_squared_error": Question(
        asks="draw-the-square-of-an-error",
        title="No error costs nothing, and an error of 1 costs 1. And the others?",
        name="squared error",
        unit="",
        axis="error",
        at="error",
        cost=_squared,
        ends=(-3.5, 3.5),
        places=(-3.0, -1.5, 0.5, 2.0, 3.0),
        given=(0.0, 1.0),
        span=(0.0, 10.0, 0.25),
        start=5.0,
        digits=2,
        why=(
            "Twice the error costs four times as much, on either side; "
            "half of it costs only a quarter."
        ),
    ),
    "hinge": Question(
        asks="draw-the-loss-of-a-spam-mail",
        title="The label is +1, and a score of 0 costs 1. What do other scores cost?",
        name="hinge loss",
        unit="",
        axis="score",
        at="score",
        cost=_of_a_positive,
        ends=(-3.0, 4.0),
        places=(-2.0, -1.0, 0.5, 2.0, 3.0),
        given=(0.0,),
        span=(-1.0, 4.0, 0.1),
        start=1.5,
        digits=1,
        why=(
            "From 1 on a score costs nothing and earns nothing; "
            "below 1, each unit that is missing costs 1."
        ),
    ),
}


class Predict(Explorer):
    """A question about a loss: five points to place, and then the curve.

    On the page the curve is not there until the reader asks for it.  The static form
    has nothing to press, so it shows the axes to draw on and, in a light line that
    one can draw over, the answer.

    Parameters
    ----------
    loss : {"cross_entropy", "mean_squared_error", "hinge"}

    Attributes
    ----------
    guesses : list of five float
        The reader's sketch: what the loss is thought to be at each of
        ``explorer.places``, on the grid of what can be said.  A guess that is still
        where it began was not drawn, and is left out of what is said.
    revealed : bool
        Whether the curve is shown.

    Raises
    ------
    ValueError
        If there is no question about such a loss, or not one guess for each place.

    Examples
    --------
    >>> explorer = Predict("hinge")
    >>> explorer.guesses = [1, 1, 0, 0, 0]  # does every wrong answer cost 1?
    >>> explorer.revealed = True
    >>> explorer.reading()[:57]
    '3.000 is the hinge loss at score −2, where you drew 1.0. '
    """

    guesses = traitlets.List(traitlets.Float()).tag(sync=True)
    revealed = traitlets.Bool().tag(sync=True)
    question = Samples()
    places = Samples()
    truths = Samples()
    given = Samples()
    xs = Samples()
    curve = Samples()

    def __init__(self, loss: str) -> None:
        if loss not in QUESTIONS:
            raise ValueError(unknown("no question about", loss, QUESTIONS))
        self._key, self._about = loss, QUESTIONS[loss]
        about = self._about
        left, right = about.ends
        # The cross-entropy of a probability of 0 is infinite: begin beside it.
        xs = np.linspace(left, right, 141)[loss == "cross_entropy" :]
        places, given = np.array(about.places), np.array(about.given)
        low, high, step = about.span
        super().__init__(
            call(loss),
            title=about.title,
            description=(
                f"A plot to draw on: the loss over the {about.axis}. You place five "
                f"amber balls where you expect the {about.name}; then its curve is "
                "drawn, and the place where your sketch is furthest from it is named."
            ),
            heights=[570, 392],
            question={
                "asks": about.asks,
                "ends": list(about.ends),
                "low": low,
                "high": high,
                "step": step,
                "start": about.start,
                "digits": about.digits,
                "prompt": PROMPT,
                "name": about.name,
                "look": classes(loss)[0],
                "unit": about.unit,
                "axis": about.axis,
                "at": about.at,
                "why": about.why,
            },
            places=samples(places),
            truths=samples(about.cost(places)),
            given=samples(np.column_stack([given, about.cost(given)])),
            xs=samples(xs),
            curve=samples(about.cost(xs)),
        )
        self.guesses = [about.start] * len(places)

    @traitlets.validate("guesses")
    def _stay_on_the_grid(self, proposal: dict) -> list[float]:
        guesses = proposal["value"]
        if len(guesses) != len(self.places):
            raise ValueError(
                f"guesses must be {len(self.places)} numbers, one for each of the "
                f"places {self.places}, got {len(guesses)}"
            )
        low, high, step = self._about.span
        grid = np.linspace(low, high, round((high - low) / step) + 1).round(6)
        return [nearest(grid, guess) for guess in guesses]

    def reading(self) -> str:
        """What the figure tells for the present guesses, computed afresh."""
        about = self._about
        if not self.revealed:
            return PROMPT
        drawn = [i for i, guess in enumerate(self.guesses) if guess != about.start]
        if not drawn:
            return about.why
        truths = about.cost(np.array(about.places))
        gaps = np.abs(truths - self.guesses)
        worst = max(drawn, key=lambda i: gaps[i])
        if gaps[worst] <= about.span[2] / 2:
            everywhere = len(drawn) == len(self.guesses)
            where = "at all five places" if everywhere else "wherever you set a point"
            return f"Your sketch is right {where}. {about.why}"
        place = f"{about.at} {_short(about.places[worst])}"
        guess, truth = say(self.guesses[worst], about.digits), say(truths[worst], 3)
        return (
            f"{truth}{about.unit} is the {about.name} at {place}, where you drew "
            f"{guess}. {about.why}"
        )

    def draw(self, figure: Figure) -> None:
        """The axes to draw on, what is given, and in a light line the answer."""
        ax = figure.subplots()
        low, high, _ = self._about.span
        ax.axhline(0, color=MUTED, linewidth=1)
        ax.vlines(self.places, low, high, color=MUTED, linewidth=1, linestyle=":")
        (style,) = curve_styles(self._key)
        light = {"alpha": 0.45, "linewidth": 1.5, "label": "the answer"}
        ax.plot(self.xs, self.curve, **style | light)
        marks = {"color": INK, "clip_on": False, "label": "given"}
        ax.plot(*zip(*self.given, strict=True), "s", **marks)
        ax.set(xlim=self._about.ends, ylim=(low - 0.2, high))
        ax.set(xlabel=self._about.axis, ylabel="loss")
        ax.set_xticks(self.places, map(_short, self.places))
        ax.set_title(self.title, fontsize=10)
        ax.legend(
            loc="upper center", ncols=2, frameon=True, framealpha=1, edgecolor="none"
        )


def _short(place: float) -> str:
    """A place on the axis, without zeros that say nothing."""
    return f"{place:g}".replace("-", "−")
