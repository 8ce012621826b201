"""Walk down the surface of a loss, with a learning rate of your choice."""

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import traitlets
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.transforms import Affine2D
from numpy.typing import NDArray

from ..catalogue import Loss, by_key
from ..colours import LOOKS, classes
from ..datasets import ames_housing, spambase, standardise
from ..plots import BALL, INK
from ..training import Model, objective
from ..widgets import Explorer, Samples, call, nearest, samples, say
from ._contours import SIZE, areas_below, contours, simple


@dataclass(frozen=True)
class Problem:
    """A weight and a bias to find, by one loss or by two that start alike.

    `caption` tells what was measured and how, `labels` are those of the axes, `levels`
    the heights of the contour lines for each loss, `rates` the learning rates with what
    is to be seen at each, `first` the rate and step shown at first.
    """

    title: str
    caption: str
    description: str
    labels: tuple[str, str]
    data: Callable[[], tuple[NDArray, NDArray]]
    losses: dict[str, Loss]
    digits: tuple[int, int]  # of a loss, of a slope
    start: tuple[float, float]
    bias: tuple[float, float]
    weight: tuple[float, float]
    levels: tuple[tuple[float, ...], ...]
    steps: tuple[int, ...]
    rates: dict[float, str]
    first: tuple[float, int]
    heights: tuple[int, int]


def _houses() -> tuple[NDArray, NDArray]:
    """Standardised living areas, and prices in thousands of dollars."""
    houses = ames_housing()
    area, price = houses["living_area_sqft"], houses["price_usd"]
    return _standardised(area), price / 1000


def _emails() -> tuple[NDArray, NDArray]:
    """How many exclamation marks an email has, standardised; 1 if it is spam."""
    emails = spambase()
    return _standardised(np.log(emails["freq_exclamation"] + 0.1)), emails["is_spam"]


def _standardised(values: NDArray) -> NDArray:
    mean, scale = standardise(values)
    return ((values - mean) / scale)[:, np.newaxis]


PROBLEMS = {
    "mean_squared_error": Problem(
        title="Down the mean squared error",
        caption=(
            "The loss of the line through all houses of Ames: price in 1,000 dollars, "
            "over the living area as its distance from the mean in standard deviations."
        ),
        description=(
            "A map of the mean squared error of the line through the houses, over its "
            "bias and its weight: one round bowl. Gradient descent walks down from "
            "b = 0, w = 0; you choose the learning rate and follow the amber ball."
        ),
        labels=("bias b (1,000 dollars)", "weight w (1,000 dollars)"),
        data=_houses,
        losses={"mean squared error": by_key("mean_squared_error")},
        digits=(0, 1),
        start=(0.0, 0.0),
        bias=(-60.0, 420.0),
        weight=(-90.0, 200.0),
        levels=((4000, 6000, 10_000, 16_000, 24_000, 36_000, 50_000),),
        steps=tuple(range(17)),
        rates={
            0.01: "Every step leaves 98 % of the way: sure, but slow.",
            0.1: "Every step leaves four fifths of the way.",
            0.5: "One step goes all the way, as this bowl is perfectly round.",
            0.9: "Every step lands on the other side, a little nearer.",
            1.0: "Every step lands on the other side, just as far away.",
            1.05: "Every step lands on the other side, and farther away.",
        },
        first=(0.1, 5),
        heights=(605, 405),
    ),
    "stall": Problem(
        title="Sure and wrong, under two losses",
        caption=(
            "One model that tells spam by the share of exclamation marks: x is its "
            "logarithm, as the distance from the mean in standard deviations."
        ),
        description=(
            "Two maps over the bias and the weight of one model, which tells spam by "
            "its exclamation marks: left its cross-entropy, right the squared error "
            "of its sigmoid. Gradient descent starts sure that every email is spam. "
            "Under cross-entropy it leaves at once, under the squared error it stalls "
            "on a plateau. The slope told is that of the steepest way."
        ),
        labels=("bias b", "weight w"),
        data=_emails,
        losses={
            "cross-entropy": by_key("binary_cross_entropy_from_logits"),
            "squared error": replace(
                by_key("mean_squared_error"), link="sigmoid", labels="0/1"
            ),
        },
        digits=(3, 3),
        start=(6.0, 0.0),
        bias=(-3.0, 7.0),
        weight=(-1.0, 4.0),
        levels=(
            (0.52, 0.6, 0.8, 1.2, 1.8, 2.4, 3.0, 3.6),
            (0.16, 0.18, 0.22, 0.3, 0.4, 0.5, 0.58, 0.6),
        ),
        steps=(0, 1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200, 300, 500),
        rates={
            0.1: "The squared error stalls for over 500 steps.",
            0.3: "The squared error stalls for 500 steps.",
            1.0: "The squared error stalls for 150 steps.",
            3.0: "The squared error stalls for 50 steps.",
            10.0: "The squared error stalls for 15 steps.",
            # Longer ones jump about in a way that hangs on the last digit.
            16.0: "Too long for cross-entropy: it never settles.",
        },
        first=(1.0, 50),
        heights=(768, 517),
    ),
}


class Descent(Explorer):
    """The surface of a loss over a bias and a weight, and the steps down from a start.

    Parameters
    ----------
    problem : {"mean_squared_error", "stall"}
        The line through the houses; or a model that is sure and wrong about emails,
        under cross-entropy and under the squared error of its sigmoid.

    Attributes
    ----------
    learning_rate : float
        The nearest of those that were sampled: ``explorer.rates`` has them.
    step : int
        How many steps have been taken: the nearest of ``explorer.steps``.

    Raises
    ------
    ValueError
        If there is no such problem.

    Examples
    --------
    >>> explorer = Descent("mean_squared_error")
    >>> explorer.learning_rate, explorer.step = 0.5, 1
    >>> explorer.reading()[:68]
    '3,193 is the mean squared error after step 1 at learning rate 0.5, w'
    """

    learning_rate = traitlets.Float().tag(sync=True)
    step = traitlets.Int().tag(sync=True)
    caption = traitlets.Unicode().tag(sync=True)
    labels = Samples()
    digits = Samples()
    steps = Samples()
    rates = Samples()
    bias = Samples()
    weight = Samples()
    surfaces = Samples()

    def __init__(self, problem: str) -> None:
        if problem not in PROBLEMS:
            raise ValueError(
                f"problem must be one of {', '.join(PROBLEMS)}, got {problem!r}"
            )
        self._key, self._problem = problem, PROBLEMS[problem]
        about = self._problem
        super().__init__(
            call(problem),
            title=about.title,
            description=about.description,
            caption=about.caption,
            labels=list(about.labels),
            heights=list(about.heights),
            digits=list(about.digits),
            steps=list(about.steps),
            rates=[[rate, note] for rate, note in about.rates.items()],
            bias=list(about.bias),
            weight=list(about.weight),
            surfaces=_surfaces(problem),
        )
        self.learning_rate, self.step = about.first

    @traitlets.validate("learning_rate")
    def _choose_a_sampled_rate(self, proposal: dict) -> float:
        return nearest([rate for rate, _ in self.rates], proposal["value"])

    @traitlets.validate("step")
    def _choose_a_sampled_step(self, proposal: dict) -> int:
        return int(nearest(self.steps, proposal["value"]))

    def reading(self) -> str:
        """What the figure tells for the present step, computed afresh."""
        about, seen = self._problem, []
        for loss in about.losses.values():
            walk = _walk(about, loss, self.learning_rate)
            step = next(step for step in walk if step["step"] == self.step)
            # To the digits that the page has: rounding twice may differ from once.
            seen.append(dict(zip(step, _samples(step.values()), strict=True)))
        in_loss, in_slope = about.digits

        def at(key: str, digits: int, unit: str = "") -> str:
            return " and ".join(say(step[key], digits) + unit for step in seen)

        names = " and ".join(f"the {name}" for name in about.losses)
        when = f"after step {self.step} at learning rate {self.learning_rate:g}"
        if len(seen) > 1:
            rest = (
                f"are {names} {when}. Their slopes are {at('slope', in_slope)}; "
                f"{at('right', 0, ' %')} of the emails are right."
            )
        else:
            slopes = f"{at('slope_b', in_slope)} and {at('slope_w', in_slope)}"
            rest = (
                f"is {names} {when}, where b = {at('b', 1)} and w = {at('w', 1)}. "
                f"The slopes in b and w are {slopes}."
            )
        return f"{at('loss', in_loss)} {rest} {about.rates[self.learning_rate]}"

    def draw(self, figure: Figure) -> None:
        """The surfaces as maps, and the path as far as it has come."""
        rate = [rate for rate, _ in self.rates].index(self.learning_rate)
        shown = self.steps.index(self.step) + 1
        axes = np.atleast_1d(figure.subplots(1, len(self.surfaces), sharey=True))
        (b0, b1), (w0, w1) = self.bias, self.weight
        scale = Affine2D().scale((b1 - b0) / SIZE, (w1 - w0) / SIZE).translate(b0, w0)
        maps = zip(axes, self.surfaces, _areas(self._key), strict=True)
        for ax, surface, areas in maps:
            for area in areas:
                colour = LOOKS[surface["key"]].colour.light
                look = {"fc": to_rgba(colour, 0.1), "ec": to_rgba(colour, 0.6)}
                patch = PathPatch(simple(area), **look)
                patch.set_transform(scale + ax.transData)
                ax.add_patch(patch)
            path = surface["b"][rate][:shown], surface["w"][rate][:shown]
            ax.plot(*path, "o-", color=INK, markersize=4, linewidth=1.2)
            ax.plot(*surface["lowest"], "+", color=INK, markersize=9)
            ax.plot(path[0][-1], path[1][-1], **BALL)
            ax.set(xlim=(b0, b1), ylim=(w0, w1), xlabel=self.labels[0])
            ax.set_title(surface["name"] if len(axes) > 1 else self.title)
        now = f"learning rate {self.learning_rate:g}, step {self.step}"
        figure.suptitle(now, fontsize=10)
        if len(axes) == 1:  # what is round looks round
            axes[0].set_aspect("equal")
        axes[0].set_ylabel(self.labels[1])


@cache
def _surfaces(problem: str) -> list[dict]:
    """What the page needs of each loss: its map, and a path for each rate."""
    about = PROBLEMS[problem]
    surfaces = []
    parts = zip(about.losses.items(), _areas(problem), about.levels, strict=True)
    for (name, loss), areas, levels in parts:
        walks = [list(_walk(about, loss, rate)) for rate in about.rates]
        seen = [step for walk in walks for step in walk]
        best = min(seen, key=lambda step: step["loss"])
        lines = {
            key: [_samples(step[key] for step in walk) for walk in walks]
            for key in best
            if key != "step"
        }
        surfaces.append(
            {
                "name": name,
                "key": loss.key,
                "look": classes(loss.key)[0],
                "levels": contours(areas, levels),
                "lowest": samples([best["b"], best["w"]]),
                **lines,
            }
        )
    return surfaces


def _walk(about: Problem, loss: Loss, rate: float) -> Iterator[dict]:
    """What there is to see at each of the shown steps."""
    x, y = about.data()
    b, w = about.start
    for step in range(about.steps[-1] + 1):
        model = _model(loss, b, w)
        value, (slope_w, slope_b) = objective(model, x, y)
        slope_b, slope_w = float(slope_b), float(slope_w[0])
        seen = {"step": step, "b": b, "w": w, "loss": value}
        if loss.labels == "numbers":
            yield seen | {"slope_b": slope_b, "slope_w": slope_w}
        elif step in about.steps:
            right = 100 * model.evaluate(x, y)
            yield seen | {"slope": math.hypot(slope_b, slope_w), "right": right}
        b, w = b - rate * slope_b, w - rate * slope_w


def _samples(values: Iterable[float]) -> list:
    """Without the noise that stands for 0, which differs between processors."""
    return samples(np.round(list(values), 9) + 0.0)


def _model(loss: Loss, b: float, w: float) -> Model:
    return Model((np.array([w]), np.array(b)), loss)


@cache
def _areas(problem: str) -> list[list[Path]]:
    """For each loss and level, where on the map the loss is below the level."""
    about = PROBLEMS[problem]
    x, y = about.data()
    grid = np.linspace(-0.04, 1.04, 49)  # a little beyond the edges
    (b0, b1), (w0, w1) = about.bias, about.weight
    maps = []
    for loss, levels in zip(about.losses.values(), about.levels, strict=True):
        heights = [
            [objective(_model(loss, b, w), x, y)[0] for b in b0 + grid * (b1 - b0)]
            for w in w0 + grid * (w1 - w0)
        ]
        maps.append(areas_below(grid, heights, levels))
    return maps
