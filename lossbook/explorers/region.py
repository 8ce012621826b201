"""Shrink a marked region, grow the predicted one, and see what three losses say."""

import numpy as np
import traitlets
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from ..catalogue import by_key
from ..colours import classes
from ..losses import binary_cross_entropy
from ..plots import BALL, INK, MUTED, curve_styles
from ..widgets import Explorer, Samples, nearest, samples, say

SIDE = 32  # of the picture, in pixels
CENTRE = (12.8131, 17.7077)  # row and column, from which no two pixels are equally far
SURE, UNSURE = 0.9, 0.001  # what the model says inside of its region, and outside
MARKED = (2, 4, 8, 16, 32, 64, 128)
PREDICTED = (0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384)
TICKS = (0, 2, 8, 32, 128, 384)  # of those predicted, on the axis
LOSSES = ("binary_cross_entropy", "dice", "tversky")


class Region(Explorer):
    """A picture in which a region is marked and another predicted, and three losses.

    32 by 32 pixels.  Both regions are the pixels around one place; of those predicted
    the model says 0.9, of all others 0.001.  The cross-entropy is the mean over all
    pixels.

    Attributes
    ----------
    marked, predicted : int
        How many pixels each region has: of the sampled numbers, from 2 to 128
        (predicted: 0 to 384), the one that is nearest to what it is set to.

    Raises
    ------
    ValueError
        If a number of pixels is not finite.

    Examples
    --------
    >>> explorer = Region()
    >>> explorer.marked = 10
    >>> explorer.marked
    8
    """

    marked = traitlets.Int().tag(sync=True)
    predicted = traitlets.Int().tag(sync=True)
    markeds = Samples()
    predicteds = Samples()
    order = Samples()
    curves = Samples()

    def __init__(self) -> None:
        pairs = [[_losses(m, p) for p in PREDICTED] for m in MARKED]
        by_loss = np.moveaxis(np.array(pairs), 2, 0)
        super().__init__(
            "",
            title=f"A region in {SIDE**2:,} pixels",
            heights=[721, 464],
            description=(
                "A picture of small squares, with the border of the marked region and "
                "the pixels that are predicted; beside it the mean cross-entropy, the "
                "Dice loss and the Tversky loss over the number of predicted pixels."
            ),
            markeds=list(MARKED),
            predicteds=list(PREDICTED),
            order=_order().tolist(),
            curves=[
                {"title": name, "look": look, "rows": [samples(row) for row in rows]}
                for name, look, rows in zip(
                    _names(), classes(*LOSSES), by_loss, strict=True
                )
            ],
        )
        self.marked, self.predicted = 8, 0

    @traitlets.validate("marked", "predicted")
    def _stay_on_the_samples(self, proposal: dict) -> int:
        places = getattr(self, f"{proposal['trait'].name}s")
        return int(nearest(places, proposal["value"]))

    def reading(self) -> str:
        """What the figure tells for the present regions, computed afresh."""
        entropy, dice, tversky = (
            say(samples([v])[0], 3) for v in _losses(self.marked, self.predicted)
        )
        found = min(self.marked, self.predicted)
        return (
            f"{dice} is the Dice loss, {tversky} the Tversky loss, {entropy} the mean "
            f"cross-entropy. {found} of {self.marked} marked pixels are found, and "
            f"{self.predicted - found} too many are predicted."
        )

    def draw(self, figure: Figure) -> None:
        """The picture, and the losses over the number of predicted pixels."""
        left, right = figure.subplots(1, 2, width_ratios=(2, 3))
        order = _order()
        for count, look in (
            (self.predicted, {"facecolor": MUTED, "alpha": 0.5, "linewidth": 0}),
            (self.marked, {"facecolor": "none", "edgecolor": INK, "linewidth": 0.8}),
        ):
            for pixel in order[:count]:
                row, column = divmod(int(pixel), SIDE)
                left.add_patch(Rectangle((column, row), 1, 1, **look))
        left.set(xlim=(0, SIDE), ylim=(SIDE, 0), xticks=[], yticks=[], aspect="equal")
        left.set(title=f"{self.marked} pixels marked")
        row = self.markeds.index(self.marked)
        place = self.predicteds.index(self.predicted)
        steps = np.arange(len(PREDICTED))
        for curve, style in zip(self.curves, curve_styles(*LOSSES), strict=True):
            heights = curve["rows"][row]
            right.plot(steps, heights, **{**style, "label": curve["title"]})
            right.plot(place, heights[place], **BALL)
        shown = [i for i, p in enumerate(PREDICTED) if p in TICKS]
        right.set(xlabel="predicted pixels", ylabel="loss", ylim=(0, 1.05))
        right.set_xticks(shown, [str(PREDICTED[i]) for i in shown])
        right.legend(fontsize=8)


def _order() -> NDArray[np.intp]:
    """The pixels, row by row, from the one nearest to the centre outwards."""
    row, column = np.divmod(np.arange(SIDE**2), SIDE)
    return np.hypot(row - CENTRE[0], column - CENTRE[1]).argsort(kind="stable")


def _losses(marked: int, predicted: int) -> list[float]:
    """The three losses, which depend on how many pixels the regions have, not where."""
    pixels = np.arange(SIDE**2)
    y, p = (pixels < marked) * 1, np.where(pixels < predicted, SURE, UNSURE)
    regions = [by_key(key).value(y[None], p[None]) for key in LOSSES[1:]]
    return [binary_cross_entropy(y, p), *regions]


def _names() -> list[str]:
    return ["mean cross-entropy", *(by_key(key).title for key in LOSSES[1:])]
