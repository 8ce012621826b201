"""Turn gamma up: what is easy counts less, and what is best to say moves off."""

import numpy as np
import traitlets
from matplotlib.figure import Figure
from numpy.typing import NDArray

from ..colours import classes
from ..link_functions import sigmoid
from ..losses import focal, focal_grad
from ..plots import BALL, INK, curve_styles
from ..widgets import Explorer, Samples, nearest, samples, say

GAMMAS = (0, 0.25, 0.5, 1, 1.5, 2, 3, 4, 5)
PROBABILITIES = np.linspace(0.02, 0.98, 49)
LOSSES = ("binary_cross_entropy_from_logits", "focal")
HALVINGS = 60  # after so many, an interval of logits is as short as rounding


class Focal(Explorer):
    """What the focal loss takes from easy examples, and what it makes best to say.

    Attributes
    ----------
    gamma : float
        The exponent: of the sampled ones, from 0 to 5, the one that is nearest to
        what it is set to.
    probability : float
        On the left what was said of that which happened, on the right how often it
        happens: likewise, from 0.02 to 0.98.

    Raises
    ------
    ValueError
        If one of them is not finite.

    Notes
    -----
    What is best to say is where the slopes of the two labels, weighted by how often
    each happens, cancel out; it is found by halving an interval of logits.

    Examples
    --------
    >>> explorer = Focal()
    >>> explorer.gamma = 2.2
    >>> explorer.gamma
    2.0
    """

    gamma = traitlets.Float().tag(sync=True)
    probability = traitlets.Float().tag(sync=True)
    gammas = Samples()
    probabilities = Samples()
    looks = Samples()
    costs = Samples()
    best = Samples()

    def __init__(self) -> None:
        super().__init__(
            "",
            title="What the focal loss does, and what it costs",
            heights=[742, 426],
            description=(
                "On the left the cross-entropy and the focal loss over the probability "
                "of what happened; on the right what is best to say under each, over "
                "how often it happens. The cross-entropy keeps to the diagonal."
            ),
            gammas=list(GAMMAS),
            probabilities=samples(PROBABILITIES),
            looks=classes(*LOSSES),
            costs=[samples(costs(gamma, PROBABILITIES)) for gamma in GAMMAS],
            best=[samples(best(gamma, PROBABILITIES)) for gamma in GAMMAS],
        )
        self.gamma, self.probability = 2.0, 0.9

    @traitlets.validate("gamma")
    def _stay_on_the_gammas(self, proposal: dict) -> float:
        return nearest(self.gammas, proposal["value"])

    @traitlets.validate("probability")
    def _stay_on_the_probabilities(self, proposal: dict) -> float:
        return nearest(self.probabilities, proposal["value"])

    def reading(self) -> str:
        """What the figure tells for the present place, computed afresh."""
        p = np.array([self.probability])
        said, plain, cost = (
            samples(values)[0]
            for values in (best(self.gamma, p), costs(0, p), costs(self.gamma, p))
        )
        share = f"{say(100 * self.probability, 0)}\N{NO-BREAK SPACE}%"
        return (
            f"{say(said)} is best to say of what happens in {share} of all cases. An "
            f"example that was given {share} costs {say(cost, 4)} nats; under the "
            f"cross-entropy, {say(plain, 4)}."
        )

    def draw(self, figure: Figure) -> None:
        """The losses, and what is best to say."""
        left, right = figure.subplots(1, 2)
        row, place = self.gammas.index(self.gamma), self._place()
        plain, focused = curve_styles(*LOSSES)
        for ax, table in ((left, self.costs), (right, self.best)):
            for ys, name, style in (
                (table[0], "cross-entropy", plain),
                (table[row], "focal loss", focused),
            ):
                ax.plot(self.probabilities, ys, label=name, **style)
                ax.plot(self.probability, ys[place], **BALL)
            ax.axvline(self.probability, color=INK, linewidth=1, zorder=1)
        left.set(xlabel="probability of what happened", ylabel="loss (nats)", ylim=0)
        right.set(xlabel="how often it happens", ylabel="best to say", ylim=(0, 1))
        left.legend(fontsize=8)
        figure.suptitle(f"gamma {self.gamma:g}")

    def _place(self) -> int:
        return self.probabilities.index(self.probability)


def costs(gamma: float, p: NDArray) -> NDArray:
    """The focal loss of examples to which what happened was given these."""
    logits = np.log(p / (1 - p))
    return focal(np.ones(len(p)), logits, gamma=gamma, reduction="none")


def best(gamma: float, often: NDArray) -> NDArray:
    """The probability that costs least on average, of what happens so often."""
    low, high = np.full(len(often), -40.0), np.full(len(often), 40.0)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        rises = focal_grad(often, middle, gamma=gamma, reduction="none") > 0
        low, high = np.where(rises, low, middle), np.where(rises, middle, high)
    return sigmoid((low + high) / 2)
