"""What stages are composed of, in words: sticks, squares on them, pour, cut, stack …

Each function takes the stage first, then the group of parts that it makes or moves.
Lengths are in units of the stage; scales (`Scale`) map values to them.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import hypot, sqrt

import numpy as np

from ..widgets import say
from .stage import Part, Stage

Place = Callable[[float], float]
Values = Sequence[float] | np.ndarray
GAP = 3.0


def axis(
    stage: Stage,
    name: str,
    *,
    x: tuple[float, float],
    y: float,
    label: str = "",
    hidden: bool = False,
) -> None:
    """A level line from x to x, with what it measures at its right end, below."""
    stage.line(name, "axis", x1=x[0], x2=x[1], y1=y, y2=y, hidden=hidden)
    if label:
        stage.text(f"{name}_label", "muted end", label, x=x[1], y=y + 16)


def sticks(
    stage: Stage,
    name: str,
    look: str,
    xs: Values,
    starts: Values,
    ends: Values,
) -> None:
    """Upright sticks, as from each target to its prediction; hidden at first."""
    for i, (x, start, end) in enumerate(zip(xs, starts, ends, strict=True)):
        stage.line(f"{name}{i}", look, x1=x, x2=x, y1=start, y2=end, hidden=True)


def length(part: Part, pose: str) -> float:
    """How long a line is in a pose."""
    x1, y1, x2, y2 = (part.place(key, pose) for key in ("x1", "y1", "x2", "y2"))
    return hypot(x2 - x1, y2 - y1)


def end_to_end(
    stage: Stage, name: str, pose: str, *, x: float, y: float, of: str = "start"
) -> None:
    """The sticks lie down on y from x on, one after the other."""
    for part in stage.group(name):
        end = x + length(part, of)
        part.pose(pose, x1=x, x2=end, y1=y, y2=y)
        x = end + GAP


def share_out(stage: Stage, name: str, pose: str, *, of: str) -> None:
    """Sticks that lie end to end become equally long: their mean."""
    parts = stage.group(name)
    x, y = parts[0].place("x1", of), parts[0].place("y1", of)
    mean = sum(length(part, of) for part in parts) / len(parts)
    for i, part in enumerate(parts):
        start = x + i * (mean + GAP)
        part.pose(pose, x1=start, x2=start + mean, y1=y, y2=y)


def squares_on(
    stage: Stage, name: str, look: str, on: str, *, of: str = "start"
) -> None:
    """On each upright stick a square, to its right: flat at first, then "grown"."""
    for i, stick in enumerate(stage.group(on)):
        x, (y1, y2) = stick.place("x1", of), (stick.place(k, of) for k in ("y1", "y2"))
        side = abs(y2 - y1)
        top = min(y1, y2)
        flat = stage.rect(
            f"{name}{i}", look, x=x, y=top, width=0, height=side, hidden=True
        )
        flat.pose("grown", width=side, opacity=1)


def pour(
    stage: Stage, name: str, pose: str, *, x: float, y: float, of: str = "grown"
) -> float:
    """The areas flow into one square with its upper left corner at x, y, the largest at
    its foot; returns the side of that square.
    """
    parts = stage.group(name)
    areas = {p.name: p.place("width", of) * p.place("height", of) for p in parts}
    side = sqrt(sum(areas.values()))
    for part in sorted(parts, key=lambda p: areas[p.name]):
        height = areas[part.name] / side
        part.pose(pose, x=x, y=y, width=side, height=height)
        y += height
    return side


def cut(
    stage: Stage,
    name: str,
    look: str,
    count: int,
    *,
    x: float,
    y: float,
    width: float,
    height: float,
) -> None:
    """A rectangle as equal slices, the first at the top: whole at first, then "cut"."""
    slice_ = height / count
    for i in range(count):
        part = stage.rect(
            f"{name}{i}",
            look,
            x=x,
            y=y + i * slice_,
            width=width,
            height=slice_,
            hidden=True,
        )
        part.pose("whole", opacity=1)
        part.pose("cut", opacity=1, y=y + i * slice_ + (i - (count - 1) / 2) * 2 * GAP)


def stack(
    stage: Stage,
    name: str,
    look: str,
    count: int,
    *,
    x: float,
    foot: float,
    width: float,
    height: float,
) -> None:
    """Blocks on top of each other, hidden at first; over a figure, in its units."""
    up = 1 if stage.over else -1
    for i in range(count):
        y = foot + up * (i + 1) * height
        stage.rect(
            f"{name}{i}", look, x=x, y=y, width=width, height=height, hidden=True
        )


def bars(
    stage: Stage,
    name: str,
    look: str,
    xs: Values,
    heights: Values,
    *,
    foot: float,
    width: float,
) -> None:
    """Standing bars on `foot`: without height at first, then "grown"."""
    for i, (x, height) in enumerate(zip(xs, heights, strict=True)):
        part = stage.rect(
            f"{name}{i}", look, x=x - width / 2, y=foot, width=width, height=0
        )
        part.pose("grown", y=foot - height, height=height)


def numbers(
    stage: Stage,
    name: str,
    look: str,
    values: Values,
    xs: Values,
    ys: Values,
    *,
    digits: int = 0,
    after: str = "",
) -> None:
    """Numbers at places, as the book prints them; hidden at first."""
    for i, (value, x, y) in enumerate(zip(values, xs, ys, strict=True)):
        stage.text(
            f"{name}{i}", look, say(value, digits) + after, x=x, y=y, hidden=True
        )


def graph(
    stage: Stage,
    name: str,
    look: str,
    values: Values,
    heights: Values,
    x: Place,
    y: Place,
) -> Part:
    """The curve of samples, not drawn at first, then "drawn"."""
    points = [(x(v), y(h)) for v, h in zip(values, heights, strict=True)]
    return stage.curve(name, look, points=points, drawn=0).pose("drawn", drawn=1)


def stairs(
    stage: Stage,
    name: str,
    look: str,
    values: Values,
    heights: Values,
    x: Place,
    y: Place,
) -> Part:
    """The same of what jumps, such as accuracy: level, then straight up or down."""
    steps, tops = np.repeat(values, 2)[1:], np.repeat(heights, 2)[:-1]
    return graph(stage, name, look, steps, tops, x, y)


def ball(
    stage: Stage, name: str, stops: Values, height: Place, x: Place, y: Place
) -> Part:
    """What moves: a ball at the first stop, with poses "at1", "at2", … at the others.

    `height` is the curve on which it runs there.
    """
    first = stops[0]
    part = stage.circle(
        name, "ball", cx=x(first), cy=y(height(first)), r=7, hidden=True
    )
    for i, (before, stop) in enumerate(pairwise(stops), 1):
        way = np.linspace(before, stop, 17)[1:]
        part.pose(f"at{i}", cx=x(stop), cy=[y(height(v)) for v in way], opacity=1)
    return part
