"""Say a probability that you believe or do not, and see what it costs on average."""

from collections.abc import Callable
from functools import cache

import numpy as np
import traitlets
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from ..losses import binary_cross_entropy, brier_score, mean_absolute_error
from ..plots import BALL, INK, curve_styles
from ..widgets import Explorer, Samples, nearest, samples, say

# By the key of its look: what each is called, the end of its axis, and the loss.
RULES: dict[str, tuple[str, float, Callable]] = {
    "binary_cross_entropy": ("log score", 2.5, binary_cross_entropy),
    "brier_score": ("Brier score", 1.0, brier_score),
    "mean_absolute_error": ("plain difference", 1.0, mean_absolute_error),
}
BELIEFS = np.arange(10, 100, 10)  # per cent
SAID = np.arange(101)


class Belief(Explorer):
    """What a forecaster believes, what she says, and what she then expects to pay.

    Two scores are proper, the log score and the Brier score: each is lowest where she
    says what she believes.  The plain difference of probability and label is not.

    Attributes
    ----------
    believed : float
        Per cent that she gives the event: the nearest of 10, 20, … 90.
    said : float
        Per cent that she says: the nearest whole number from 0 to 100.

    Raises
    ------
    ValueError
        If either is not finite.

    Examples
    --------
    >>> explorer = Belief()
    >>> explorer.said = 70.4
    >>> print(explorer.reading().replace("\N{NO-BREAK SPACE}", " "))
    0.611 nats is the log score that she expects, saying 70 % and believing 70 %; \
Brier score 0.210, plain difference 0.420. The least she can expect: 0.611 and 0.210, \
saying 70 %; 0.300, saying 100 %.
    """

    believed = traitlets.Float().tag(sync=True)
    said = traitlets.Float().tag(sync=True)
    beliefs = Samples()
    sayings = Samples()
    expected = Samples()
    least = Samples()

    def __init__(self) -> None:
        expected, least = _sampled()
        super().__init__(
            "",
            title="What she says, and what she expects to pay",
            heights=[723, 419],
            description=(
                "Three curves over the probability that a forecaster says: what she "
                "expects to pay by the log score, the Brier score and the plain "
                "difference. The first two are bowls, lowest where she says what she "
                "believes. The third is a straight line, lowest at 0 or 100 per cent."
            ),
            beliefs=samples(BELIEFS),
            sayings=samples(SAID),
            expected=expected,
            least=least,
        )
        self.believed, self.said = 70.0, 50.0

    @traitlets.validate("believed")
    def _stay_on_a_belief(self, proposal: dict) -> float:
        return nearest(self.beliefs, proposal["value"])

    @traitlets.validate("said")
    def _stay_on_a_saying(self, proposal: dict) -> float:
        return nearest(self.sayings, proposal["value"])

    def reading(self) -> str:
        """What the figure tells for the present state, computed afresh."""
        costs = [_expected(rule, self.believed / 100) for _, _, rule in RULES.values()]
        log, brier, plain = (
            _shown(_thousandths(cost)[int(self.said)]) for cost in costs
        )
        least = [_shown(_thousandths(cost.min())) for cost in costs]
        where = _cheapest(costs[-1])
        end = "whatever she says" if where is None else f"saying {where} %"
        return (
            f"{log}{'' if log == 'infinite' else ' nats'} is the log score that she "
            f"expects, saying {say(self.said, 0)} % and believing "
            f"{say(self.believed, 0)} %; Brier score {brier}, plain difference "
            f"{plain}. The least she can expect: {least[0]} and {least[1]}, saying "
            f"{_cheapest(costs[0])} %; {least[2]}, {end}."
        ).replace(" %", "\N{NO-BREAK SPACE}%")

    def draw(self, figure: Figure) -> None:
        """What she expects to pay, by each of the three."""
        axes = figure.subplots(1, 3)
        for ax, key in zip(axes, RULES, strict=True):
            name, end, rule = RULES[key]
            (style,) = curve_styles(key)
            costs = _expected(rule, self.believed / 100)
            ax.plot(SAID, costs, **style)
            ax.axvline(self.believed, color=INK, linewidth=1, zorder=1)
            if np.isfinite(costs[int(self.said)]):
                ax.plot(self.said, min(costs[int(self.said)], end), **BALL)
            ax.set(title=name, ylim=(0, end), xticks=(0, 50, 100))
            ax.set_xlabel("what she says, %")


def _expected(rule: Callable, belief: float) -> NDArray:
    """What is expected of each thing to say, by who believes so."""
    happens, fails = (
        rule(np.full(SAID.shape, y), SAID / 100, reduction="none") for y in (1.0, 0.0)
    )
    return belief * happens + (1 - belief) * fails


def _cheapest(costs: NDArray) -> int | None:
    """What is cheapest to say, in per cent; None where it does not matter."""
    best = np.flatnonzero(costs <= costs.min() + 1e-9)
    return int(SAID[best[0]]) if len(best) == 1 else None


@cache
def _sampled() -> tuple[dict[str, list], dict[str, list]]:
    """By rule and belief, what each thing to say costs, and which costs least."""
    costs = {
        key: [_expected(rule, belief) for belief in BELIEFS / 100]
        for key, (_, _, rule) in RULES.items()
    }
    expected = {key: [_thousandths(c) for c in rows] for key, rows in costs.items()}
    least = {
        key: [[_cheapest(c), _thousandths(c.min())] for c in rows]
        for key, rows in costs.items()
    }
    return expected, least


def _thousandths(costs: ArrayLike) -> int | list | None:
    """Whole thousandths, a tie going up as on the page; None where infinite.

    The shares are of whole per cent, so many costs are ties but for rounding.
    """
    if np.ndim(costs):
        return [_thousandths(cost) for cost in costs]
    return int(np.floor(1000 * costs + 0.5 + 1e-6)) if np.isfinite(costs) else None


def _shown(thousandths: int | None) -> str:
    return "infinite" if thousandths is None else say(thousandths / 1000, 3)
