"""Drag the probabilities of three classes, and see what the label makes them cost."""

import math

import numpy as np
import traitlets
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from ..link_functions import softmax
from ..losses import cross_entropy, entropy, kl_divergence
from ..plots import BALL, INK, MUTED, curve_styles
from ..widgets import Explorer, Samples, call, nearest, samples, say

CLASSES = ("cat", "dog", "fish")
BLURRED = "blurred"
# Six steps of a logit make a class seven times as probable as another, and two steps
# nearly twice: so the label of the blurred picture can be reached, to three digits.
# To five digits, so that a page keeps the logits, and their differences, as they are.
STEP = round(math.log(7) / 6, 5)
REACH = 8
# Nats: the end of the axis, more than these logits can cost.
LIMIT = 6.0


class Probability(Explorer):
    """Three logits, the probabilities that softmax makes of them, and their cost.

    Parameters
    ----------
    shares : array_like, shape (3,), optional
        The label of the blurred picture: the shares of people who say cat, dog and
        fish.  Seven, two and one in ten if not given.

    Attributes
    ----------
    cat, dog, fish : float
        The logits: the sampled place that is nearest to what they are set to, from
        -8 steps to 8, of which six are log 7.  Set them or observe them,
        ``explorer.observe(f, names=["cat"])``.
    picture : {"cat", "dog", "fish", "blurred"}
        What is to be recognised.

    Raises
    ------
    ValueError
        If `shares` are not three numbers from 0 up that sum to 1, or the picture is
        not one there is.

    Examples
    --------
    >>> explorer = Probability()
    >>> explorer.cat, explorer.dog, explorer.fish = 9.0, 0.0, 0.0
    >>> explorer.cat  # beyond the last place
    2.59456
    >>> explorer.picture = "cat"
    >>> print(explorer.reading())
    0.139 nats is the cross-entropy: entropy 0.000 and divergence 0.139. The picture \
shows a cat; the model gives it 0.870.
    """

    cat = traitlets.Float().tag(sync=True)
    dog = traitlets.Float().tag(sync=True)
    fish = traitlets.Float().tag(sync=True)
    picture = traitlets.Unicode().tag(sync=True)
    logits = Samples()
    labels = Samples()
    states = Samples()

    def __init__(self, shares: ArrayLike | None = None) -> None:
        blurred = np.array([0.7, 0.2, 0.1] if shares is None else shares, dtype=float)
        if blurred.shape != (3,):
            raise ValueError(f"shares must be three numbers, got {shares}")
        rows = [*np.eye(3), blurred]
        names = (*CLASSES, BLURRED)
        self._labels = dict(zip(names, rows, strict=True))
        super().__init__(
            call(shares=None if shares is None else blurred.tolist()),
            title="From logits to cross-entropy",
            heights=[629, 424],
            description=(
                "On the left three bars, the probabilities that a model gives to cat, "
                "dog and fish, each with its label in dashes. On the right what they "
                "cost: the cross-entropy, and below it its two parts, the entropy of "
                "the label and the divergence. It is smallest where the bars match the "
                "label, and grows without limit as a class of the label goes to 0."
            ),
            logits=samples(np.arange(-REACH, REACH + 1) * STEP),
            labels=[
                {
                    "name": name,
                    "shares": samples(row),
                    "entropy": _thousandths(entropy(row)),
                }
                for name, row in self._labels.items()
            ],
            states=_sampled(blurred),
        )
        self.picture = "dog"

    @traitlets.validate("cat", "dog", "fish")
    def _stay_on_the_samples(self, proposal: dict) -> float:
        return nearest(self.logits, proposal["value"])

    @traitlets.validate("picture")
    def _be_a_picture(self, proposal: dict) -> str:
        if proposal["value"] not in self._labels:
            raise ValueError(
                f"picture must be one of {', '.join(self._labels)}, "
                f"got {proposal['value']!r}"
            )
        return proposal["value"]

    def reading(self) -> str:
        """What the figure tells for the present logits, computed afresh."""
        label, p, cost, rest, added = self._present()
        if self.picture == BLURRED:
            names = zip(label, CLASSES, strict=True)
            which = ", ".join(f"{say(share)} {name}" for share, name in names)
            picture = f"The picture is blurred; its label is {which}."
        else:
            given = say(p[CLASSES.index(self.picture)], 3)
            picture = f"The picture shows a {self.picture}; the model gives it {given}."
        return (
            f"{say(cost, 3)} nats is the cross-entropy: entropy {say(rest, 3)} "
            f"and divergence {say(added, 3)}. {picture}"
        )

    def draw(self, figure: Figure) -> None:
        """The bars of the three classes, and those of the cost."""
        label, p, cost, rest, added = self._present()
        left, right = figure.subplots(1, 2)
        names = _captions(dict(zip(CLASSES, p, strict=True)))
        left.barh(names, p, height=0.5, color=MUTED)
        left.barh(names, label, height=0.7, fill=False, edgecolor=INK, linestyle="--")
        left.plot(p, range(len(p)), **BALL)
        left.set(xlim=(0, 1.02), xlabel="probability (dashed: the label)")
        (look,) = curve_styles("cross_entropy")
        names = _captions({"cross-entropy": cost, "entropy": rest, "divergence": added})
        # The whole, then its two parts; the entropy is the paler one.
        bars = [(0, 0, rest), (0, rest, added), (1, 0, rest), (2, rest, added)]
        rows, starts, widths = zip(*bars, strict=True)
        paint = [to_rgba(look["color"], alpha) for alpha in (0.45, 1, 0.45, 1)]
        right.barh([names[row] for row in rows], widths, 0.5, starts, color=paint)
        right.set(xlim=(0, LIMIT), xlabel="nats")
        for ax in (left, right):
            ax.invert_yaxis()
            ax.tick_params(axis="y", length=0)
        figure.suptitle(f"Picture: {self.picture}", fontsize=10)

    def _present(self) -> tuple[NDArray, NDArray, float, float, float]:
        """Label, probabilities, and the cost with its two parts."""
        label = self._labels[self.picture]
        p = softmax([self.cat, self.dog, self.fish])
        cost = cross_entropy([label], [p])
        return label, p, cost, entropy(label), kl_divergence(label, p)


def _sampled(blurred: NDArray) -> dict[str, list]:
    """The states, in thousandths, by the leads of the two other classes over a class.

    Only differences of logits count, so one table serves all three classes: what
    each gets, and what it costs if it is the label.  The cost of the blurred picture
    is listed by the leads of dog and fish over cat.  A row for each lead of the one
    holds those of the other that are at most as far away as logits can be.
    """
    leads = np.arange(-2 * REACH, 2 * REACH + 1)
    second, third = np.meshgrid(leads, leads, indexing="ij")
    possible = np.abs(second - third) <= 2 * REACH
    ends = possible.sum(axis=1).cumsum()[:-1]
    second, third = STEP * second[possible], STEP * third[possible]
    p = softmax(np.column_stack([np.zeros_like(second), second, third]))
    own, label = np.zeros(len(p), dtype=int), np.tile(blurred, (len(p), 1))
    values = {
        "probability": p[:, 0],
        "surprise": cross_entropy(own, p, reduction="none"),
        "blurred": cross_entropy(label, p, reduction="none"),
        "divergence": kl_divergence(label, p),
    }
    return {
        name: [_thousandths(row) for row in np.split(column, ends)]
        for name, column in values.items()
    }


def _captions(values: dict[str, float]) -> list[str]:
    return [f"{name} {say(value, 3)}" for name, value in values.items()]


def _thousandths(values: ArrayLike) -> int | list[int]:
    """What the page shows with three digits, as whole numbers."""
    return np.rint(np.multiply(values, 1000)).astype(int).tolist()
