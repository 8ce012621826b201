"""Give a rare class more weight, and see who is found, who is missed, and the price."""

from functools import cache

import numpy as np
import traitlets
from matplotlib.figure import Figure
from numpy.typing import NDArray

from .. import datasets
from ..link_functions import sigmoid
from ..losses import binary_cross_entropy, binary_cross_entropy_from_logits
from ..plots import BALL, INK, MUTED, curve_styles
from ..training import train
from ..widgets import Explorer, Samples, nearest, samples, say

TICKS = (1, 3, 10, 30, 60)
WEIGHTS = (1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 17, 20, 25, 30, 35, 40, 45, 50, 55, 60)
THRESHOLDS = (0.02, 0.03, 0.05, 0.07, 0.0909, 0.12, 0.15, 0.2, 0.25)  # 1/11 is one
THRESHOLDS += (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9)


class Imbalance(Explorer):
    """A model for a rare class: what its weight and the threshold buy and cost.

    4,000 made-up patients (`datasets.imbalanced`), 3 in 100 of them ill; a quarter
    is held out.  For each weight of the ill a linear model is trained with binary
    cross-entropy; there is an alarm where its probability is above the threshold.

    Attributes
    ----------
    weight : float
        The weight of the ill, that of the healthy being 1: of the sampled ones, from
        1 to 60, the one that is nearest to what it is set to.
    threshold : float
        Above which probability there is an alarm: likewise, from 0.02 to 0.9.

    Raises
    ------
    ValueError
        If the weight or the threshold is not finite.

    Examples
    --------
    >>> explorer = Imbalance()
    >>> explorer.weight = 9.2
    >>> explorer.weight
    10.0
    """

    weight = traitlets.Float().tag(sync=True)
    threshold = traitlets.Float().tag(sync=True)
    weights = Samples()
    thresholds = Samples()
    people = Samples()
    counts = Samples()
    losses = Samples()

    def __init__(self) -> None:
        _, known, _, ill = _patients()
        found, false = np.moveaxis(
            [[_counts(weight, t) for weight in WEIGHTS] for t in THRESHOLDS], 2, 0
        )
        weighted, plain = np.transpose([_losses(weight) for weight in WEIGHTS])
        baseline = binary_cross_entropy(ill, np.full(len(ill), known.mean()))
        super().__init__(
            "",
            title=f"{len(ill):,} held-out patients, {ill.sum()} of them ill",
            heights=[710, 515],
            description=(
                "Recall, precision and accuracy of a model for a rare class, over the "
                "weight of that class in training; beside them the weighted loss that "
                "is trained and the plain cross-entropy, both on held-out patients. "
                "Below, each patient is a square: found, missed, a false alarm or "
                "left alone."
            ),
            weights=samples(WEIGHTS),
            thresholds=samples(THRESHOLDS),
            people={"ill": int(ill.sum()), "all": len(ill)},
            counts={"found": found.tolist(), "false": false.tolist()},
            losses={
                "weighted": samples(weighted),
                "plain": samples(plain),
                "baseline": samples([baseline])[0],
            },
        )
        self.weight, self.threshold = 1.0, 0.5

    @traitlets.validate("weight", "threshold")
    def _stay_on_the_samples(self, proposal: dict) -> float:
        places = getattr(self, f"{proposal['trait'].name}s")
        return nearest(places, proposal["value"])

    def reading(self) -> str:
        """What the figure tells for the present model, computed afresh."""
        found, false = _counts(self.weight, self.threshold)
        weighted, plain = _losses(self.weight)
        ill = self.people["ill"]
        recall, precision, accuracy = _measures(found, false)
        alarms = f"{false} false alarm{'' if false == 1 else 's'}"
        return (
            f"{found} of {ill} who are ill are found (recall {say(recall, 0)} %), with "
            f"{alarms} (precision {say(precision, 0)} %). Accuracy "
            f"{say(accuracy, 1)} %, cross-entropy {say(plain, 3)}, "
            f"weighted {say(weighted, 3)}."
        ).replace(" %", "\N{NO-BREAK SPACE}%")

    def draw(self, figure: Figure) -> None:
        """What is found, and what it costs in loss, over the weight."""
        left, right = figure.subplots(1, 2)
        row = self.thresholds.index(self.threshold)
        column = self.weights.index(self.weight)
        found, false = (np.array(self.counts[part][row]) for part in ("found", "false"))
        for values, style, name in zip(
            _measures(found, false),
            ("-", "--", ":"),
            ("recall", "precision", "accuracy"),
            strict=True,
        ):
            left.plot(self.weights, values, style, label=name)
            left.plot(self.weight, values[column], **BALL)
        left.set(
            ylabel="per cent", ylim=(0, 102), title=f"alarm if p > {self.threshold:g}"
        )
        (look,) = curve_styles("binary_cross_entropy_from_logits")
        for name, style in (("plain", {}), ("weighted", {"linestyle": "--"})):
            right.plot(self.weights, self.losses[name], label=name, **look | style)
            right.plot(self.weight, self.losses[name][column], **BALL)
        right.axhline(
            self.losses["baseline"], color=MUTED, linewidth=1, label="always 3 %"
        )
        right.set(ylabel="loss (nats)", ylim=0, title="held-out cross-entropy")
        for ax in (left, right):
            ax.axvline(self.weight, color=INK, linewidth=1, zorder=1)
            ax.set(xscale="log", xlabel="weight of the ill", xticks=TICKS)
            ax.set_xticks([], minor=True)
            ax.set_xticklabels(TICKS)
            ax.legend(fontsize=8)


@cache
def _patients() -> tuple[NDArray, ...]:
    """Features and labels to train with, and those held out."""
    x, ill = datasets.imbalanced(4000)
    known, held_out = datasets.split(len(x))
    return x[known], ill[known], x[held_out], ill[held_out]


@cache
def _logits(weight: float) -> NDArray:
    """What the model that is trained with this weight says of the held-out."""
    x, ill, held_out, _ = _patients()
    # A quarter of the steps in the chapter on choosing, each four times as long.
    return train(
        x,
        ill,
        "binary_cross_entropy_from_logits",
        class_weights=[1, weight],
        learning_rate=4.0,
        steps=250,
    ).model.output(held_out)


def _counts(weight: float, threshold: float) -> tuple[int, int]:
    """How many of the ill are found, and how many alarms are false."""
    ill = _patients()[-1]
    alarm = sigmoid(_logits(weight)) > threshold
    return int(alarm[ill == 1].sum()), int(alarm[ill == 0].sum())


def _losses(weight: float) -> tuple[float, float]:
    """The loss that the model was trained with, and the plain one."""
    return tuple(
        binary_cross_entropy_from_logits(
            _patients()[-1], _logits(weight), class_weights=[1, w]
        )
        for w in (weight, 1)
    )


def _measures(found: NDArray, false: NDArray) -> tuple[NDArray, ...]:
    """Recall, precision and accuracy in per cent."""
    ill = _patients()[-1]
    right = found + (1 - ill).sum() - false
    return (
        100 * found / ill.sum(),
        100 * found / (found + false),
        100 * right / len(ill),
    )
