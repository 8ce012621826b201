"""Claim a variance for an error, and see what the Gaussian likelihood charges."""

import numpy as np
import traitlets
from matplotlib.figure import Figure
from numpy.typing import NDArray

from ..colours import classes
from ..losses import gaussian_nll
from ..plots import BALL, curve_styles
from ..widgets import Explorer, Samples, nearest, samples, say

VARIANCES = 2.0 ** (np.arange(-16, 25) / 4)
ERRORS = np.arange(0, 4.25, 0.5)
TICKS = (0.25, 1, 4, 16, 64)
CONSTANT = np.log(2 * np.pi) / 2


class Claim(Explorer):
    """One prediction, off by an error: which variance should it have claimed?

    Attributes
    ----------
    variance : float
        The variance that was claimed: of the sampled ones, from 1/16 to 64, the one
        that is nearest to what it is set to.
    error : float
        By how much the prediction is off: likewise, of 0, 0.5, ..., 4.

    Raises
    ------
    ValueError
        If the variance or the error is not finite.

    Examples
    --------
    >>> explorer = Claim()
    >>> explorer.variance = 3.9
    >>> explorer.variance
    4.0
    """

    variance = traitlets.Float().tag(sync=True)
    error = traitlets.Float().tag(sync=True)
    look = traitlets.Unicode().tag(sync=True)
    constant = traitlets.Float(samples([CONSTANT])[0]).tag(sync=True)
    variances = Samples()
    errors = Samples()
    costs = Samples()

    def __init__(self) -> None:
        super().__init__(
            "",
            title="A claim, and its price",
            heights=[478, 350],
            description=(
                "What the Gaussian likelihood charges for one prediction, over the "
                "variance that it claimed: high on the left, where a small variance "
                "meets the error, lowest where the variance is the square of the "
                "error, and rising slowly to the right. The amber ball is the claim."
            ),
            look=classes("gaussian_nll")[0],
            variances=samples(VARIANCES),
            errors=samples(ERRORS),
            costs=[samples(_costs(error)) for error in ERRORS],
        )
        self.variance, self.error = 1.0, 2.0

    @traitlets.validate("variance", "error")
    def _stay_on_the_samples(self, proposal: dict) -> float:
        places = getattr(self, f"{proposal['trait'].name}s")
        return nearest(places, proposal["value"])

    def reading(self) -> str:
        """What the figure tells for the present claim, computed afresh."""
        costs = samples(_costs(self.error))
        cost = costs[self.variances.index(self.variance)]
        least = self.variances[int(np.argmin(costs))]
        return (
            f"{say(cost, 3)} nats for an error of {say(self.error, 1)} and a claimed "
            f"variance of {say(self.variance)}; without the constant "
            f"{say(cost - self.constant, 3)}. For this error, the variance "
            f"{say(least)} is the cheapest here."
        )

    def draw(self, figure: Figure) -> None:
        """The cost over the variance, and the claim."""
        ax = figure.subplots()
        costs = self.costs[self.errors.index(self.error)]
        (style,) = curve_styles("gaussian_nll")
        ax.plot(self.variances, costs, **style)
        place = self.variances.index(self.variance)
        ax.plot(self.variance, costs[place], **BALL)
        ax.set(xscale="log", xticks=TICKS, ylim=(-1, 8), title=self.title)
        ax.set_xticks([], minor=True)
        ax.set_xticklabels(TICKS)
        ax.set(xlabel="claimed variance", ylabel="loss (nats)")


def _costs(error: float) -> NDArray:
    """What an error costs under each variance."""
    claims = np.column_stack([np.zeros_like(VARIANCES), np.log(VARIANCES)])
    return gaussian_nll(np.full(len(claims), error), claims, reduction="none")
