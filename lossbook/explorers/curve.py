"""Slide along the curve of a loss, and read its height and its slope."""

import math

import numpy as np
import traitlets
from matplotlib.figure import Figure
from numpy.typing import NDArray

from ..catalogue import Loss, by_key
from ..colours import classes
from ..curves import AXES, sampled
from ..plots import BALL, SLOPE, curve_styles
from ..widgets import Explorer, Samples, call, nearest, samples, say


class Curve(Explorer):
    """One example, one loss or two: a point to drag, and the slope where it stands.

    Parameters
    ----------
    *keys : str
        One or two losses of the catalogue, such as "hinge".  Two must read the
        same, where a logit counts as a score.
    y_true : float, optional
        The target of the example, or the reward of the chosen, 0 if not given; a
        count, 1 if not given; or its class: 1 (the default) or -1 or 0, in
        whichever form the loss takes it.
        Losses over classes are shown for the class of the example, one of three of
        which the others are alike; losses of regions for one pixel, likewise, and
        distillation for a teacher that says nothing of three classes.
    low, high : float, optional
        Ends of the axis; low < high.

    Attributes
    ----------
    x : float
        Where the point stands: the sampled place that is nearest to what it is set
        to.  Set it or observe it, ``explorer.observe(f, names=["x"])``.

    Raises
    ------
    KeyError
        If the catalogue has no such loss.
    ValueError
        If there are not one or two losses, one compares embeddings, they do not read
        the same, or the axis has no length.

    Examples
    --------
    >>> explorer = Curve("hinge", y_true=1)
    >>> explorer.x = 9.0  # beyond the end of the axis
    >>> explorer.x
    4.0
    """

    x = traitlets.Float().tag(sync=True)
    axis = traitlets.Unicode().tag(sync=True)
    unit = traitlets.Unicode().tag(sync=True)
    xs = Samples()
    curves = Samples()

    def __init__(
        self,
        *keys: str,
        y_true: float | None = None,
        low: float | None = None,
        high: float | None = None,
    ) -> None:
        losses = [by_key(key) for key in keys]
        name, left, right = _axis(losses)
        left, right = left if low is None else low, right if high is None else high
        if not left < right:
            raise ValueError(f"low must be less than high, got {left} and {right}")
        if y_true is None:
            y_true = 0 if losses[0].labels in ("numbers", "rewards") else 1
        xs = np.linspace(left, right, 161 if right - left != 1 else 101)
        self._losses, self._y_true = losses, y_true
        super().__init__(
            call(*keys, y_true=y_true, low=left, high=right),
            title=losses[0].title.capitalize() if len(losses) == 1 else "Two losses",
            heights=[413, 350] if len(losses) == 1 else [483, 378],
            description=_sentence(losses, y_true, name),
            axis=name,
            unit=_common([loss.unit for loss in losses]),
            xs=samples(xs),
            curves=[
                _curve(loss, y_true, xs) | {"look": look}
                for loss, look in zip(losses, classes(*keys), strict=True)
            ],
        )
        self.x = left + 0.3 * (right - left)

    @traitlets.validate("x")
    def _stay_on_the_samples(self, proposal: dict) -> float:
        return nearest(self.xs, proposal["value"])

    def reading(self) -> str:
        """What the figure tells for the present place, computed afresh."""
        x = np.array([self.x])
        seen = [sampled(loss, self._y_true, x) for loss in self._losses]
        heights, slopes = zip(*seen, strict=True)
        names = " and ".join(f"the {loss.title}" for loss in self._losses)
        is_, slope = (
            ("are", "Their slopes there are")
            if len(seen) > 1
            else ("is", "Its slope there is")
        )
        return (
            f"{_spoken(heights)} {is_} {names} at {self.axis} {say(self.x)}. "
            f"{slope} {_spoken(slopes)}."
        )

    def draw(self, figure: Figure) -> None:
        """The curves with their slopes at the point."""
        ax = figure.subplots()
        place = self.xs.index(self.x)
        ax.set(xlim=(self.xs[0], self.xs[-1]))
        styles = curve_styles(*map(str, self._losses))
        for curve, style in zip(self.curves, styles, strict=True):
            heights = np.array(curve["heights"], dtype=float)
            ax.plot(self.xs, heights, label=curve["title"], **style)
            height, slope = curve["heights"][place], curve["slopes"][place]
            if height is not None:
                colour = style["color"]
                ax.axline((self.x, height), slope=slope, color=colour, **SLOPE)
                ax.plot(self.x, height, **BALL)
        label = f"loss ({self.unit})" if self.unit else "loss"
        lowest = min(0 if h is None else h for c in self.curves for h in c["heights"])
        bottom = 1.05 * min(0, lowest)  # a likelihood can be below 0
        ax.set(ylim=bottom, xlabel=self.axis, ylabel=label, title=self.title)
        if len(styles) > 1:
            ax.legend()


def _spoken(values: tuple[NDArray, ...]) -> str:
    """Numbers of one example each, as the page says them: from its six digits."""
    kept = [samples(value)[0] for value in values]
    return " and ".join(say(math.inf if v is None else v, 3) for v in kept)


def _axis(losses: list[Loss]) -> tuple[str, float, float]:
    """What the losses read, and the ends of its axis."""
    if len(losses) not in (1, 2):
        raise ValueError(f"one loss or two can be shown, got {len(losses)}")
    for loss in losses:
        if loss.inputs:
            raise ValueError(f"{loss} compares embeddings, which stand on no axis")
    names = {AXES[loss.reads] for loss in losses}
    if names == {AXES["logits"], AXES["scores"]}:
        return AXES["scores"]
    if len(names) == 2:
        first, second = losses
        raise ValueError(
            "two losses on one axis must read the same, but "
            f"{first} reads {first.reads} and {second} reads {second.reads}"
        )
    return names.pop()


def _common(units: list[str]) -> str:
    """The unit of all, or nothing if they differ."""
    return units[0] if len(set(units)) == 1 else ""


def _curve(loss: Loss, y_true: float, xs: NDArray) -> dict:
    """What the page needs of a loss."""
    heights, slopes = map(samples, sampled(loss, y_true, xs))
    return {"title": loss.title, "heights": heights, "slopes": slopes}


def _sentence(losses: list[Loss], y_true: float, axis: str) -> str:
    """What the figure shows, in words."""
    names = " and ".join(f"the {loss.title}" for loss in losses)
    if losses[0].labels == "numbers":
        example = f"an example with target {y_true:g}"
        if losses[0].outputs > 1:
            example += " and a predicted variance of 1"
    elif losses[0].labels == "counts":
        example = f"a count of {y_true:g}"
    elif losses[0].labels == "regions":
        example = "a region of one pixel of three"
        axis += " of this pixel"
    elif losses[0].labels == "rewards":
        example = f"a chosen answer with the reward {y_true:g}"
    elif losses[0].labels == "logits":
        example = "a teacher for whom three classes are alike"
        axis += " of one class"
    elif losses[0].labels == "classes":
        example = "one example"
        axis += " of the right class"
    else:
        example = f"an example of the {'positive' if y_true > 0 else 'negative'} class"
    return (
        f"The curve of {names} for {example}, over the {axis}. "
        "The amber ball moves along it; a dashed line through the ball shows the slope."
    )
