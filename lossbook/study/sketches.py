"""Sketches: a curve that the reader draws, and rules that name what is wrong with it.

A drawing is a height at each of a few places.  Rules look at its shape: each takes one
measure of the drawing, or of a part of it, and says within which bounds that must be.
The first rule that is broken names the fault; a drawing that breaks none is right.  The
page judges by the same measures (`measuring.js`) and the same key.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .expressions import evaluate


class Part(NamedTuple):
    """What a measure looks at: some places, the drawing there, and two curves.

    `curve` is what is right, `other` the curve of the rule's `than`; all have the
    shape (n,).
    """

    places: NDArray
    heights: NDArray
    curve: NDArray
    other: NDArray


def _sag(part: Part) -> float:
    ends = [0, -1]
    chord = np.interp(part.places, part.places[ends], part.heights[ends])
    return np.mean((chord - part.heights)[1:-1])


def _apart(heights: NDArray, curve: NDArray) -> float:
    return np.mean(np.abs(heights - curve))


# What a rule may measure.  All are heights, in the unit of the loss or of its slope.
MEASURES: dict[str, Callable[[Part], float]] = {
    # From the first place to the last: below 0 where the drawing falls.
    "rise": lambda part: part.heights[-1] - part.heights[0],
    # The largest rise, and the largest fall, from one place to any that comes later.
    "climb": lambda part: np.max(part.heights - [*accumulate(part.heights, min)]),
    "drop": lambda part: np.max([*accumulate(part.heights, max)] - part.heights),
    "lowest": lambda part: np.min(part.heights),
    "highest": lambda part: np.max(part.heights),
    # How far it hangs below the straight line between its ends: above 0 if convex.
    "sag": _sag,
    # The largest distance from the right curve, and the mean distance from another.
    "miss": lambda part: np.max(np.abs(part.heights - part.curve)),
    "apart": lambda part: _apart(part.heights, part.other),
    # How much nearer it is to the right curve than to the other.
    "nearer": lambda part: (
        _apart(part.heights, part.other) - _apart(part.heights, part.curve)
    ),
}
WITH_ANOTHER_CURVE = {"apart", "nearer"}
LEAST_PLACES = {"sag": 3, "rise": 2, "climb": 2, "drop": 2}
_SLACK = 1e-9  # of a bound: as much as arithmetic may lose


@dataclass(frozen=True)
class Rule:
    """What a drawing must keep to, and what to answer to one that does not.

    Attributes
    ----------
    measure : str
        One of `MEASURES`.
    feedback : str
        What is wrong with a drawing that breaks the rule, in the small markup.
    over : tuple of float
        The first and the last place that it looks at; all places if empty.
    least, most : float or None
        Bounds of the measure, which a drawing may reach.
    than : str
        For "apart" and "nearer", the other curve: an expression of x.
    misconception, read : str
        As those of a `Choice`.
    """

    measure: str
    feedback: str
    over: tuple[float, ...] = ()
    least: float | None = None
    most: float | None = None
    than: str = ""
    misconception: str = ""
    read: str = ""


@dataclass(frozen=True)
class Sketch:
    """A curve to draw.

    Attributes
    ----------
    curve : str
        What is right: an expression of x; see `lossbook.study.expressions`.
    axis, height : str
        What the places are, such as "score", and what is drawn, such as "loss".
    places : tuple of float
        Where the reader sets a point, rising.
    span : tuple of float
        The lowest and the highest point that can be set, and the step between two.
    rules : tuple of Rule
        The first that is broken is told.
    choices : tuple
        Curves in words, of which one is right: what there is to choose from where
        nobody can draw.  Each is a `lossbook.study.Choice`.
    """

    curve: str
    axis: str
    height: str
    places: tuple[float, ...]
    span: tuple[float, float, float]
    rules: tuple[Rule, ...]
    choices: tuple = ()

    def at(self, places: Sequence[float], curve: str = "") -> list[float]:
        """The right heights at some places, or those of another `curve`.

        Raises
        ------
        ValueError
            If an expression gives no finite number somewhere.
        """
        expression = curve or self.curve
        heights = (evaluate(expression, {"x": float(x)}) for x in places)
        return [float(f"{height:.6g}") for height in heights]  # as a page keeps them

    def over(self, rule: Rule) -> tuple[float, float]:
        """The first and the last place that a rule looks at."""
        first, last = rule.over or (self.places[0], self.places[-1])
        return first, last

    @cached_property
    def key(self) -> dict[str, Any]:
        """All that tells a right drawing from a wrong one, as plain data."""
        rules = []
        for rule in self.rules:
            bounds = {"least": rule.least, "most": rule.most}
            entry: dict[str, Any] = {
                "measure": rule.measure,
                "over": [self.places.index(end) for end in self.over(rule)],
            }
            entry |= {name: b for name, b in bounds.items() if b is not None}
            if rule.than:
                entry["than"] = self.at(self.places, rule.than)
            rules.append(entry)
        return {
            "places": list(self.places),
            "curve": self.at(self.places),
            "rules": rules,
        }

    def snapped(self, heights: Sequence[float]) -> list[float]:
        """Heights as they can be drawn: within the span, on its steps."""
        low, high, step = self.span
        steps = np.floor((np.asarray(heights, dtype=float) - low) / step + 0.5)
        return np.clip(low + steps * step, low, high).round(6).tolist()

    def fault(self, heights: Sequence[float]) -> Rule | None:
        """The first rule that a drawing breaks; None if the drawing is right.

        Parameters
        ----------
        heights : sequence of float
            The drawing: one height for each of the places.

        Examples
        --------
        >>> rule = Rule("rise", "The loss grows to the right.", least=1)
        >>> sketch = Sketch("x", "error", "loss", (0, 1, 2), (0, 4, 1), (rule,))
        >>> sketch.fault([0, 0, 0]).feedback
        'The loss grows to the right.'
        >>> sketch.fault([0, 1, 2])
        """
        broken = (
            rule
            for rule, entry in zip(self.rules, self.key["rules"], strict=True)
            if not _is_kept(entry, self.key, heights)
        )
        return next(broken, None)


def _is_kept(
    rule: dict[str, Any], key: dict[str, Any], heights: Sequence[float]
) -> bool:
    first, last = rule["over"]
    columns = (key["places"], heights, key["curve"], rule.get("than", key["curve"]))
    cut = (np.array(column, dtype=float)[first : last + 1] for column in columns)
    value = MEASURES[rule["measure"]](Part(*cut))
    is_enough = value >= rule.get("least", -np.inf) - _SLACK
    return bool(is_enough and value <= rule.get("most", np.inf) + _SLACK)
