"""Tilt the price of a miss, and see the best single answer move through real days."""

import numpy as np
import traitlets
from matplotlib.figure import Figure
from numpy.typing import NDArray

from ..colours import classes
from ..datasets import bike_riders
from ..losses import quantile
from ..plots import BALL, INK, curve_styles
from ..widgets import Explorer, Samples, nearest, samples, say

HOUR = 17
LEVELS = np.arange(5, 100, 5) / 100
BIN = 4  # riders: days so near to each other stand on top of each other


class Quantile(Explorer):
    """How many bikes to have ready: a level to set, and the answer that is cheapest.

    The riders without a subscription at 5 pm on each working day of 2011
    (`datasets.bike_riders`).  One number has to do for all these days.

    Attributes
    ----------
    level : float
        The level of the quantile loss: of 0.05, 0.10, ..., 0.95 the one that is
        nearest to what it is set to.

    Raises
    ------
    ValueError
        If the level is not finite.

    Examples
    --------
    >>> explorer = Quantile()
    >>> explorer.level = 0.76
    >>> explorer.level
    0.75
    """

    level = traitlets.Float().tag(sync=True)
    look = traitlets.Unicode().tag(sync=True)
    width = traitlets.Int(BIN).tag(sync=True)
    days = Samples()
    levels = Samples()
    answers = Samples()
    arms = Samples()
    means = Samples()

    def __init__(self) -> None:
        self._days = _days()
        answers = [_answer(self._days, level) for level in LEVELS]
        ends = [0, int(self._days.max())]
        super().__init__(
            "",
            title="How many bikes for 5 pm?",
            heights=[456, 350],
            description=(
                f"{len(self._days)} working days as dots over their number of riders "
                "at 5 pm. Above them two straight arms meet at the number of bikes "
                "that is cheapest; their height is what a day costs, and their tilt "
                "follows the level. The amber ball stands where they meet."
            ),
            look=classes("quantile")[0],
            days=self._days.tolist(),
            levels=samples(LEVELS),
            answers=answers,
            arms=[
                samples(quantile(ends, [answer] * 2, level=level, reduction="none"))
                for level, answer in zip(LEVELS, answers, strict=True)
            ],
            means=samples(
                [
                    _mean(self._days, answer, level)
                    for level, answer in zip(LEVELS, answers, strict=True)
                ]
            ),
        )
        self.level = 0.5

    @traitlets.validate("level")
    def _stay_on_the_samples(self, proposal: dict) -> float:
        return nearest(self.levels, proposal["value"])

    def reading(self) -> str:
        """What the figure tells for the present level, computed afresh."""
        days, level = self._days, self.level
        answer = _answer(days, level)
        enough = int(np.sum(days <= answer))
        return (
            f"{answer} bikes cost least at level {say(level)}, where one that is "
            f"missing costs {say(level)}, and one that is idle {say(1 - level)}. They "
            f"were enough on {enough} of {len(days)} days, "
            f"{say(100 * enough / len(days), 0)}\N{NO-BREAK SPACE}%. A day costs "
            f"{say(_mean(days, answer, level))} on average."
        )

    def draw(self, figure: Figure) -> None:
        """The days, and above them what each costs."""
        ax = figure.subplots()
        place = self.levels.index(self.level)
        answer, (style,) = self.answers[place], curve_styles("quantile")
        heights = self.arms[place]
        bins, _ = np.divmod(self._days, BIN)
        rows = np.arange(len(bins)) - np.searchsorted(bins, bins)
        is_enough = self._days <= answer
        dots = ax.twinx()
        for who, fill in ((is_enough, INK), (~is_enough, "none")):
            dots.scatter(
                BIN * bins[who] + BIN / 2,
                rows[who] + 0.7,
                s=13,
                facecolors=fill,
                edgecolors=INK,
                linewidths=0.8,
            )
        dots.set(ylim=(0, 36), yticks=[])
        ends = [0, answer, self._days.max()]
        ax.plot(ends, [heights[0], 0, heights[1]], **style)
        ax.plot(answer, 0, **BALL, clip_on=False)
        ax.set(ylim=(0, 55), title=self.title, ylabel="cost of a day")
        ax.set(xlabel="riders on one working day at 5 pm; filled: bikes enough")
        ax.set_zorder(dots.get_zorder() + 1)
        ax.patch.set_visible(False)


def _days() -> NDArray:
    """The riders at 5 pm on each working day, fewest first."""
    table = bike_riders()
    rows = (table["hour"] == HOUR) & (table["is_working_day"] == 1)
    return np.sort(table["riders"][rows])


def _answer(days: NDArray, level: float) -> int:
    """The smallest number that costs least in the mean: their quantile."""
    return int(np.quantile(days, level, method="inverted_cdf"))


def _mean(days: NDArray, answer: int, level: float) -> float:
    """What a day costs on average if that many bikes are ready."""
    return quantile(days, np.full(len(days), answer), level=level)
