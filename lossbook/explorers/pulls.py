"""Turn two embeddings about a third: which loss pulls, which pushes, and how hard."""

from functools import cache

import numpy as np
import traitlets
from matplotlib.figure import Figure
from numpy.typing import NDArray

from ..catalogue import by_key
from ..colours import classes
from ..losses import (
    contrastive,
    contrastive_grad,
    info_nce,
    info_nce_grad,
    triplet,
    triplet_grad,
)
from ..plots import BALL, INK, MUTED
from ..widgets import Explorer, Samples, call, nearest, say

LOSSES = ("contrastive", "triplet", "info_nce")
ANGLES = np.arange(0, 181, 15)  # degrees from the anchor, to either side
SETTINGS = (0.1, 0.3, 1.0)  # of the margin, or of the temperature
ARROW = 0.7  # the length of the strongest pull of a loss


class Pulls(Explorer):
    """Three embeddings of length 1: an anchor, its own kind, and another.

    All numbers are the sampled place that is nearest to what they are set to.  Set
    them or observe them, ``explorer.observe(f, names=["negative"])``.

    Attributes
    ----------
    loss : {"contrastive", "triplet", "info_nce"}
        The loss that pulls; the contrastive one sums over both pairs.
    positive, negative : float
        Degrees between the anchor and each of the others, 0 to 180.
    setting : float
        The margin, or the temperature: 0.1, 0.3 or 1.

    Examples
    --------
    >>> explorer = Pulls()
    >>> explorer.loss, explorer.setting = "triplet", 0.3
    >>> explorer.positive, explorer.negative = 60, 74
    >>> print(explorer.reading())
    0.08 is the triplet loss. The positive, 1.00 away, is pulled by 0.87; the \
negative, 1.22 away, is pushed by 0.79.
    """

    loss = traitlets.Enum(LOSSES, "triplet").tag(sync=True)
    positive = traitlets.Float().tag(sync=True)
    negative = traitlets.Float().tag(sync=True)
    setting = traitlets.Float().tag(sync=True)
    places = Samples()
    losses = Samples()

    def __init__(self) -> None:
        super().__init__(
            call(),
            title="Who pulls whom?",
            heights=[765, 594],
            description=(
                "A circle, on which three embeddings stand. A ring on the right is the "
                "anchor. An amber disc above is the positive, of the same kind; an "
                "amber square below is the negative, of another kind. An arrow at each "
                "shows which way and how hard the loss moves it along the circle; the "
                "longest is the strongest pull of this loss at this setting. Beside it "
                "the loss is drawn over the angle of the negative."
            ),
            places={
                "positive": ANGLES.tolist(),
                "negative": ANGLES.tolist(),
                "setting": list(SETTINGS),
            },
            losses=[
                {
                    "key": key,
                    "title": by_key(key).title,
                    "look": classes(*LOSSES)[i],
                    "states": [_thousandths(key, each).tolist() for each in SETTINGS],
                }
                for i, key in enumerate(LOSSES)
            ],
        )
        self.loss, self.positive, self.negative, self.setting = "triplet", 75, 45, 0.3

    @traitlets.validate("positive", "negative", "setting")
    def _stay_on_the_samples(self, proposal: dict) -> float:
        return nearest(self.places[proposal["trait"].name], proposal["value"])

    def reading(self) -> str:
        """What the figure tells for the present places, computed afresh."""
        loss, pull, push = self._state()
        near, far = (
            2 * np.sin(np.radians(a) / 2) for a in (self.positive, self.negative)
        )
        title = by_key(self.loss).title
        the = "" if title[0].isupper() else "the "
        return (
            f"{say(loss)} is {the}{title}. The positive, {say(near)} away, is pulled "
            f"by {say(pull)}; the negative, {say(far)} away, is pushed by {say(push)}."
        )

    def draw(self, figure: Figure) -> None:
        """The circle, the three, and the two arrows."""
        ax = figure.subplots()
        turn = np.linspace(0, 2 * np.pi, 200)
        ax.plot(np.cos(turn), np.sin(turn), color=MUTED, linewidth=1)
        ax.plot(1, 0, "o", color=INK, markerfacecolor="none", markersize=10)
        ax.annotate("anchor", (1.1, 0), va="center")
        _, pull, push = self._state()
        strongest = sampled(self.loss, self.setting)[1:].max()
        for angle, side, force, towards, mark, name in (
            (self.positive, 1, pull, -1, BALL, "positive"),
            (self.negative, -1, push, 1, BALL | {"marker": "s"}, "negative"),
        ):
            a = np.radians(angle)
            place = np.array([np.cos(a), side * np.sin(a)])
            along = towards * np.array([-np.sin(a), side * np.cos(a)])
            tip = place + ARROW * force / strongest * along
            style = {"arrowstyle": "-|>", "color": INK, "linewidth": 2}
            ax.annotate("", tip, place, arrowprops=style)
            ax.plot(*place, **mark)
            ax.annotate(name, 0.7 * place, va="center", ha="center")
        title = f"{self.title} ({by_key(self.loss).title})"
        ax.set(xlim=(-1.7, 1.9), ylim=(-1.4, 1.4), aspect="equal", title=title)
        ax.set_axis_off()

    def _state(self) -> NDArray:
        """The loss, the pull and the push where the embeddings stand."""
        i, j = (
            self.places[name].index(getattr(self, name))
            for name in ("positive", "negative")
        )
        return _thousandths(self.loss, self.setting)[:, i, j] / 1000


@cache
def sampled(key: str, setting: float) -> NDArray:
    """Loss, pull and push, along the first axis, for each two angles.

    A pull moves the positive towards the anchor, a push the negative away from it,
    both along the circle: what changes an angle, not a length.
    """
    p, n = np.radians(np.meshgrid(ANGLES, ANGLES, indexing="ij"))
    shape, p, n = p.shape, p.ravel(), n.ravel()
    anchors = np.tile([1.0, 0.0], (p.size, 1))
    positives = np.column_stack([np.cos(p), np.sin(p)])
    negatives = np.column_stack([np.cos(n), -np.sin(n)])
    three = {"contrastive": _contrastive, "triplet": _triplet, "info_nce": _info_nce}
    losses, of_p, of_n = three[key](anchors, positives, negatives, setting)
    towards = np.column_stack([np.sin(p), -np.cos(p)])
    away = np.column_stack([-np.sin(n), -np.cos(n)])
    pull, push = -np.vecdot(of_p, towards), -np.vecdot(of_n, away)
    return np.stack([part.reshape(shape) for part in (losses, pull, push)]) + 0.0


def _thousandths(key: str, setting: float) -> NDArray:
    """The same as whole numbers, from which the page says two digits."""
    return np.rint(1000 * sampled(key, setting)).astype(int)


def _contrastive(a: NDArray, p: NDArray, n: NDArray, margin: float) -> tuple:
    same, other = np.ones(len(a)), np.zeros(len(a))
    options = {"margin": margin, "reduction": "none"}
    losses = contrastive(same, a, p, **options) + contrastive(other, a, n, **options)
    of_p, of_n = (
        contrastive_grad(y, a, b, **options)[1] for y, b in ((same, p), (other, n))
    )
    return losses, of_p, of_n


def _triplet(a: NDArray, p: NDArray, n: NDArray, margin: float) -> tuple:
    options = {"margin": margin, "reduction": "none"}
    _, of_p, of_n = triplet_grad(a, p, n, **options)
    return triplet(a, p, n, **options), of_p, of_n


def _info_nce(a: NDArray, p: NDArray, n: NDArray, temperature: float) -> tuple:
    """The anchor is the query, and there are two keys; nobody asks for the second."""
    options = {
        "temperature": temperature,
        "sample_weight": [1, 0],
        "reduction": "none",
    }
    losses, of_keys = [], []
    for anchor, *keys in zip(a, p, n, strict=True):
        losses.append(info_nce([anchor, anchor], keys, **options)[0])
        of_keys.append(info_nce_grad([anchor, anchor], keys, **options)[1])
    return np.array(losses), *np.transpose(of_keys, (1, 0, 2))
