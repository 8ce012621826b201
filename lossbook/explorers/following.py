"""What follows two letters of a novel, as a temperature sharpens or blurs it."""

from functools import cache

import numpy as np
import traitlets
from matplotlib.figure import Figure
from numpy.typing import NDArray

from ..datasets import pride_and_prejudice
from ..link_functions import softmax
from ..losses import cross_entropy_from_logits
from ..plots import BALL, INK, MUTED, curve_styles
from ..widgets import Explorer, Samples, nearest, samples, say

BEFORE = "th"
TEMPERATURES = np.round(2.0 ** np.arange(-3, 3.01, 0.125), 3)
TICKS = [0.125, 0.25, 0.5, 1, 2, 4, 8]
SHOWN = 5  # so many characters have a bar of their own
NAMES = {" ": "space"}


class Following(Explorer):
    """Forecasts of the character after "th", and what they cost, over a temperature.

    The forecast was counted in the first four fifths of *Pride and Prejudice*, chapters
    1 to 7; it is judged by what came in the last fifth.

    Attributes
    ----------
    temperature : float
        What the logits are divided by; the sampled one that is nearest to what it is
        set to.

    Examples
    --------
    >>> explorer = Following()
    >>> explorer.temperature = 0.26
    >>> explorer.temperature
    0.25
    """

    temperature = traitlets.Float().tag(sync=True)
    temperatures = Samples()
    names = Samples()
    came = Samples()
    said = Samples()
    losses = Samples()
    choices = Samples()

    def __init__(self) -> None:
        characters, _, came = _counted()
        shown, rest = characters[:SHOWN], len(characters) - SHOWN
        said = [_forecast(t) for t in TEMPERATURES]
        losses = [_loss(t) for t in TEMPERATURES]
        super().__init__(
            "",
            title=f"What follows “{BEFORE}”?",
            heights=[640, 408],
            description=(
                f"On the left, a bar for each character that may follow {BEFORE!r}, as "
                "high as its probability at this temperature; rings show how often it "
                "came on the pages held out. On the right, the cross-entropy of what "
                "came, over the temperature; the amber ball stands at this one."
            ),
            temperatures=samples(TEMPERATURES),
            names=[*(NAMES.get(c, c) for c in shown), f"{rest} others"],
            came=samples(_grouped(came / came.sum())),
            said=samples([_grouped(p) for p in said]),
            losses=samples(losses),
            choices=samples(np.exp(losses)),
        )
        self.temperature = 1.0

    @traitlets.validate("temperature")
    def _stay_on_the_samples(self, proposal: dict) -> float:
        return nearest(self.temperatures, proposal["value"])

    def reading(self) -> str:
        """What the figure tells at this temperature, computed afresh."""
        loss = samples([_loss(self.temperature)])[0]
        choices = samples([np.exp(_loss(self.temperature))])[0]
        likeliest = samples([_forecast(self.temperature).max()])[0]
        return (
            f"{say(loss, 3)} nats is the cross-entropy of what came, a perplexity of "
            f"{say(choices, 2)}. At temperature {say(self.temperature, 2)} the "
            f"forecast gives “{self.names[0]}” a probability of {say(likeliest, 2)}."
        )

    def draw(self, figure: Figure) -> None:
        """The forecast and what came; and the loss over the temperature."""
        left, right = figure.subplots(1, 2)
        at = self.temperatures.index(self.temperature)
        places = np.arange(len(self.names))
        left.bar(places, self.said[at], color=MUTED, label="said")
        left.plot(places, self.came, "o", color=INK, fillstyle="none", label="came")
        left.set(ylim=(0, 1), ylabel="probability", title=self.title)
        left.set_xticks(places, self.names, rotation=60)
        left.legend()
        (style,) = curve_styles("cross_entropy")
        right.plot(self.temperatures, self.losses, **style)
        right.plot(self.temperature, self.losses[at], **BALL)
        right.set(xscale="log", xlabel="temperature", ylabel="cross-entropy (nats)")
        right.set(ylim=(0, _top(self.losses)), title="cost of what came")
        right.set_xticks(TICKS, [f"{t:g}" for t in TICKS])
        right.set_xticks([], minor=True)


@cache
def _counted() -> tuple[list[str], NDArray, NDArray]:
    """The characters, most frequent first, and how often each followed and came."""
    text = pride_and_prejudice().lower().replace("\n", " ")
    border = len(text) * 4 // 5
    characters = sorted({*text})
    counts, came = (
        np.array([part.count(BEFORE + c) for c in characters])
        for part in (text[:border], text[border:])
    )
    order = np.argsort(-counts, kind="stable")
    return [characters[i] for i in order], counts[order], came[order]


def _logits(temperature: float) -> NDArray:
    """Logarithms of the counts, to each of which a half is added."""
    return np.log(_counted()[1] + 0.5) / temperature


def _forecast(temperature: float) -> NDArray:
    return softmax(_logits(temperature))


def _loss(temperature: float) -> float:
    """The mean cross-entropy of the characters that came."""
    came = _counted()[2]
    labels = np.repeat(np.arange(len(came)), came)
    rows = np.tile(_logits(temperature), (len(labels), 1))
    return cross_entropy_from_logits(labels, rows)


def _grouped(shares: NDArray) -> NDArray:
    """One number for each character shown, and one for all others."""
    return np.append(shares[:SHOWN], shares[SHOWN:].sum())


def _top(losses: list[float]) -> float:
    """Where the axis of the loss ends: the sharpest forecasts leave it."""
    return 2.2 * min(losses)
