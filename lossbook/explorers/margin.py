"""Turn, shift and scale the line between two classes: who pays for it."""

import numpy as np
import traitlets
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from ..datasets import blobs
from ..losses import hinge
from ..plots import BALL, INK, strip
from ..widgets import Explorer, Samples, call, nearest, samples, say

TURNS = np.arange(-60, 61, 10)  # degrees from upright
SHIFTS = np.arange(-4, 5) / 2
# Of w. With multiples of 0.2 every penalty is a whole number of thousandths.
LENGTHS = np.arange(1, 10) / 5
PENALTIES = np.array([0.0, 0.1, 1.0])
LINES = np.meshgrid(TURNS, SHIFTS, LENGTHS, indexing="ij")
# What costs more leaves the plot.
LIMIT = 0.5
ARM = 2.0  # how far the ball that turns the line is from the first axis


class Margin(Explorer):
    """Two classes, a line that the reader moves, and what the hinge loss makes of it.

    The score of a point is ``x @ w + b``.  `turn` and `shift` place the boundary,
    where it is 0.  `length`, that of the weights w, places the edges, where it is
    -1 or 1: each is 1 / length away from the boundary.

    All are the sampled place that is nearest to what they are set to.  Set them or
    observe them, ``explorer.observe(f, names=["turn"])``.

    Attributes
    ----------
    turn : float
        Degrees by which the boundary leans to the right, -60 to 60.
    shift : float
        Where the boundary crosses the first axis, -2 to 2.
    length : float
        Length of w, 0.2 to 1.8.
    penalty : float
        Factor of the penalty, which is ``penalty / 2 * length**2``: 0, 0.1 or 1.

    Examples
    --------
    >>> explorer = Margin()
    >>> explorer.turn, explorer.shift, explorer.length = -10, 0, 0.75
    >>> explorer.length
    0.8
    >>> print(explorer.reading())
    0.039 is the hinge loss of 0.007 plus the penalty of 0.032. 2 of 32 points pay, \
none wrong. No other line here costs less.
    """

    turn = traitlets.Float().tag(sync=True)
    shift = traitlets.Float().tag(sync=True)
    length = traitlets.Float().tag(sync=True)
    penalty = traitlets.Float().tag(sync=True)
    points = Samples()
    places = Samples()
    lines = Samples()

    def __init__(self) -> None:
        x, classes = blobs(32, spread=1.0, seed=2)
        # The first of the clouds stands on the right.
        self._x, self._y = x.round(3), 1 - 2 * classes
        super().__init__(
            call(),
            title="Who pays for this line?",
            heights=[612, 425],
            description=(
                "Two clouds of points, squares of class −1 on the left and discs of "
                "class +1 on the right. A solid line is the decision boundary, where "
                "the score is 0; the amber ball on it turns it. The dashed lines on "
                "either side are the edges, where the score is −1 and 1. Every point "
                "that is not beyond the edge of its class is ringed, and a line leads "
                "from it to that edge. A bar shows the hinge loss and the penalty."
            ),
            points=samples(np.column_stack([self._x, self._y])),
            places={
                "turn": samples(TURNS),
                "shift": samples(SHIFTS),
                "length": samples(LENGTHS),
                "penalty": samples(PENALTIES),
            },
            lines=self._sampled(),
        )
        self.turn, self.shift, self.length, self.penalty = 40.0, 0.5, 0.6, 0.1

    @traitlets.validate("turn", "shift", "length", "penalty")
    def _stay_on_the_samples(self, proposal: dict) -> float:
        return nearest(self.places[proposal["trait"].name], proposal["value"])

    def reading(self) -> str:
        """What the figure tells for the present line, computed afresh."""
        scores = self._scores(self.turn, self.shift, self.length)
        pay = np.sum(hinge(self._y, scores, reduction="none") > 0)
        wrong = np.sum(self._y * scores <= 0)
        loss, penalty = hinge(self._y, scores), _penalty(self.penalty, self.length)
        cost = loss + penalty
        who = f"{pay} of {len(scores)} points {'pays' if pay == 1 else 'pay'}"
        who = f"{who}, {wrong or 'none'} wrong." if pay else "No point pays."
        end = " The bar leaves the plot." if round(cost, 3) > LIMIT else ""
        if say(cost, 3) == say(self._costs(self.penalty).min(), 3):
            end += " No other line here costs less."
        return (
            f"{say(cost, 3)} is the hinge loss of {say(loss, 3)} plus the penalty of "
            f"{say(penalty, 3)}. {who}{end}"
        )

    def draw(self, figure: Figure) -> None:
        """The points, the line, its edges, and the ways of those who pay."""
        figure.set_size_inches(5.6, 3.2)
        ax = figure.subplots()
        ax.set(xlim=(-5.8, 5.8), ylim=(-2.9, 2.9), aspect="equal")
        scores = self._scores(self.turn, self.shift, self.length)
        across, pays = _across(self.turn), self._y * scores < 1
        w, b = self.length * across, -self.length * self.shift * across[0]
        strip(self._x, self._y, w, b, ringed=pays, ax=ax)
        for x, lack in zip(self._x[pays], (self._y - scores)[pays], strict=True):
            edge = x + lack / self.length * across
            ax.plot(*np.transpose([x, edge]), color=INK, linewidth=1)
        ax.plot(*(np.array([self.shift, 0]) + ARM * across[::-1] * (-1, 1)), **BALL)
        ax.set(title=self.title)

    def _scores(self, turn: ArrayLike, shift: ArrayLike, length: ArrayLike) -> NDArray:
        """A row for each point, of its scores for one line or for many."""
        across = _across(turn)
        away = np.tensordot(self._x, across, axes=1) - shift * across[0]
        return length * away

    def _losses(self) -> NDArray:
        """The hinge loss of every sampled line."""
        scores = self._scores(*LINES)
        labels = np.broadcast_to(self._y[:, None, None, None], scores.shape)
        losses = hinge(labels.ravel(), scores.ravel(), reduction="none")
        return losses.reshape(scores.shape)

    def _costs(self, penalty: float) -> NDArray:
        """What every sampled line costs, the penalty included."""
        return self._losses().mean(axis=0) + _penalty(penalty, LENGTHS)

    def _sampled(self) -> dict[str, list]:
        """The sampled lines: who pays, who is wrong, and the cost, in thousandths.

        Turn, shift and length count up, the last one fastest.  The answers do not
        depend on the length, nor the penalty on anything else.
        """
        losses = self._losses()
        margins = self._y[:, None, None] * self._scores(*(p[..., 0] for p in LINES))
        best = [np.argmin(self._costs(penalty)) for penalty in PENALTIES]
        return {
            "loss": _thousandths(losses.mean(axis=0).ravel()),
            "pay": (losses > 0).sum(axis=0).ravel().tolist(),
            "wrong": (margins <= 0).sum(axis=0).ravel().tolist(),
            "penalty": [_thousandths(_penalty(p, LENGTHS)) for p in PENALTIES],
            "best": np.array(best).tolist(),
        }


def _across(turn: ArrayLike) -> NDArray:
    """The direction in which the score rises: to the right of the boundary."""
    turn = np.radians(turn)
    return np.stack([np.cos(turn), -np.sin(turn)])


def _penalty(penalty: float, length: ArrayLike) -> NDArray:
    return penalty / 2 * length**2


def _thousandths(values: ArrayLike) -> list[int]:
    """What the page shows with three digits, as whole numbers."""
    return np.rint(np.multiply(values, 1000)).astype(int).tolist()
