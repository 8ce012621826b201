"""A stage: parts, and the poses between which they move.

A stage is a drawing of 400 by 250 units; on a phone a unit is a little less than a
pixel, in the film it is two.  Or it lies over the plot of a figure, in its units.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

WIDTH, HEIGHT = 400, 250
START = "start"
# What each kind of part has to know of its place, beside its opacity.
PLACES = {
    "line": {"x1", "y1", "x2", "y2"},
    "arrow": {"x1", "y1", "x2", "y2"},
    "rect": {"x", "y", "width", "height"},
    "circle": {"cx", "cy", "r"},
    "text": {"x", "y"},
    "number": {"x", "y", "value"},
    "curve": {"points"},
}
MAY = {"curve": {"drawn"}}
# Every part has these poses, which leave it where it is.
ALWAYS = {
    "shown": {"opacity": 1.0},
    "faint": {"opacity": 0.25},
    "hidden": {"opacity": 0.0},
}


@dataclass
class Part:
    """A part of a stage; its first pose is how it stands at the start.

    Attributes
    ----------
    kind : str
        One of the keys of `PLACES`.
    look : str
        Classes of stage.css, such as "error".
    about : dict
        What never changes: `text`, or `digits`, `before` and `after` of a number.
    poses : dict of dict
        By name what the pose changes; the first one says all.
    """

    name: str
    kind: str
    look: str
    about: dict[str, Any]
    poses: dict[str, dict[str, Any]] = field(default_factory=dict)

    def pose(self, name: str, **place: Any) -> "Part":
        """Add a pose, which says what is other than before it; returns the part.

        A place may be a list: what it runs through on its way, to the last.

        Raises
        ------
        ValueError
            If a part of this kind has no such place, or the pose is there already.
        """
        known = PLACES[self.kind] | MAY.get(self.kind, set()) | {"opacity"}
        if unknown := set(place) - known:
            raise ValueError(
                f"{self.name}, a {self.kind}, has no {', '.join(sorted(unknown))}; "
                f"it has {', '.join(sorted(known))}"
            )
        if name in self.poses or name in ALWAYS:
            raise ValueError(f"{self.name} has a pose {name} already")
        self.poses[name] = {key: _plain(value) for key, value in place.items()}
        counts = {len(p["points"]) for p in self.poses.values() if "points" in p}
        if len(counts) > 1:
            raise ValueError(f"{self.name}: every pose needs as many points")
        return self

    def place(self, key: str, pose: str = START) -> Any:
        """Where the part is in a pose: what the pose, or else the start, says."""
        place = self.poses[pose].get(key, self.poses[START][key])
        return place[-1] if isinstance(place, list) and key != "points" else place


class Scale:
    """Maps values linearly to places on the stage.

    >>> Scale((0, 10), (20, 380))(5)
    200.0
    """

    def __init__(self, values: Sequence[float], places: Sequence[float]) -> None:
        (self._v0, v1), (self._p0, p1) = values, places
        self.unit = (p1 - self._p0) / (v1 - self._v0)

    def __call__(self, value: Any) -> Any:
        """The place of a value."""
        return self._p0 + (value - self._v0) * self.unit


class Stage:
    """A drawing whose parts a score moves.

    Parameters
    ----------
    label : str
        What it shows, for those who do not see it.
    over : str, optional
        The figure of the score over whose plot it lies, in the units of its axes.
    """

    def __init__(self, label: str, *, over: str = "") -> None:
        self.label, self.over = label, over
        self.parts: dict[str, Part] = {}

    def line(self, name: str, look: str, **start: Any) -> Part:
        """A straight line, from (x1, y1) to (x2, y2)."""
        return self.add("line", name, look, start)

    def arrow(self, name: str, look: str, **start: Any) -> Part:
        """A line with a head at (x2, y2); without a length it is not seen."""
        return self.add("arrow", name, look, start)

    def rect(self, name: str, look: str, **start: Any) -> Part:
        """A rectangle by its upper left corner; its area changes smoothly."""
        return self.add("rect", name, look, start)

    def circle(self, name: str, look: str, **start: Any) -> Part:
        """A disc around (cx, cy)."""
        return self.add("circle", name, look, start)

    def text(self, name: str, look: str, text: str, **start: Any) -> Part:
        """Words around x, on the line y; by the looks "start", "end" on one side."""
        return self.add("text", name, look, start, text=text)

    def number(
        self,
        name: str,
        look: str,
        *,
        digits: int = 0,
        before: str = "",
        after: str = "",
        **start: Any,
    ) -> Part:
        """A `value` that counts as it changes; show no more digits than are said."""
        return self.add(
            "number", name, look, start, digits=digits, before=before, after=after
        )

    def curve(self, name: str, look: str, **start: Any) -> Part:
        """A line through `points`; `drawn`, from 0 to 1, says how far it is drawn."""
        return self.add("curve", name, look, {"drawn": 1, **start})

    def add(
        self, kind: str, name: str, look: str, start: dict[str, Any], **about: Any
    ) -> Part:
        """A part of any kind.  Names with a number at the end make a group.

        With ``hidden=True`` it is not seen at first.
        """
        if name in self.parts:
            raise ValueError(f"the stage has a part {name} already")
        start = {"opacity": 1, **start}
        if start.pop("hidden", False):
            start["opacity"] = 0
        if missing := PLACES[kind] - set(start):
            raise ValueError(f"{name}, a {kind}, needs {', '.join(sorted(missing))}")
        self.parts[name] = Part(name, kind, look, about).pose(START, **start)
        return self.parts[name]

    def group(self, name: str) -> list[Part]:
        """The part of that name, or the parts with that name and a number, in order."""
        if name in self.parts:
            return [self.parts[name]]
        return [
            p for each, p in self.parts.items() if re.sub(r"\d+$", "", each) == name
        ]

    def each(
        self, names: str, pose: str, place: Callable[[Part], dict[str, Any]]
    ) -> None:
        """Give each part of the groups a pose: `place(part)` says where it goes."""
        for name in names.split():
            if not (parts := self.group(name)):
                raise ValueError(f"the stage has no part {name}")
            for part in parts:
                part.pose(pose, **place(part))

    def shift(
        self, names: str, pose: str, x: float = 0, y: float = 0, of: str = START
    ) -> None:
        """A pose for each part of the groups, moved from where pose ``of`` has it."""
        by = {"x": x, "y": y}

        def moved(part: Part) -> dict[str, Any]:
            keys = [k for k in part.poses[START] if re.fullmatch(r"c?[xy]\d?", k)]
            return {k: part.place(k, of) + by[k.strip("c12")] for k in keys}

        self.each(names, pose, moved)


def _plain(value: Any) -> Any:
    """Numbers as a page reads them; points one after the other."""
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [
            round(float(v), 3) for v in np.asarray(list(value), dtype=float).ravel()
        ]
    return round(float(value), 4)
