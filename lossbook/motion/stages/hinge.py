"""Four trees beside a boundary, whose missing metres become a curve, and a pull."""

import numpy as np

from ...losses import hinge
from ...losses.hinge import hinge_grad
from ...widgets import say
from ..drawing import axis, bars, graph
from ..stage import Scale, Stage

# The trees of the chapter: metres inside their owner's land, and what it must be.
TREES = ("apple", "cherry", "pear", "walnut")
INSIDE = np.array([12.0, 5, 2, -7])
SAFE = 5
MISSING = SAFE * np.asarray(hinge(np.ones(4), INSIDE / SAFE, reduction="none"))
# Four emails that are spam, and what their scores cost.
SCORES = np.array([2.3, 0.4, -1.5, -3.0])
LOSSES = np.asarray(hinge(np.ones(4), SCORES, reduction="none"))

FOOT = 206
_DOWN = (64, 132, 96, 150)  # where the trees stand in the field


def trees() -> Stage:
    """The field from above; then metres inside on one axis, and what is missing."""
    stage = Stage(
        "A boundary between two neighbours, and four trees of the one on the right. "
        "What each lacks to a safe distance stands up as a bar; the tops of the bars "
        "lie on a curve that falls straight and has one bend."
    )
    x = Scale((-8, 13), (26, 320))
    unit = x.unit
    strip = {"x": x(0), "y": 20, "width": SAFE * unit, "height": FOOT - 20}
    stage.rect("strip", "area", **strip, hidden=True)
    stage.line("boundary", "target", x1=x(0), x2=x(0), y1=20, y2=FOOT, hidden=True)
    stage.line("safe", "guide", x1=x(SAFE), x2=x(SAFE), y1=20, y2=FOOT, hidden=True)
    stage.text("boundary_name", "small end", "boundary", x=x(0) - 6, y=32, hidden=True)
    stage.text(
        "safe_name", "small start", f"{SAFE} metres", x=x(SAFE) + 6, y=32, hidden=True
    )
    for i, (name, metres, y) in enumerate(zip(TREES, INSIDE, _DOWN, strict=True)):
        tree = stage.circle(f"tree{i}", "guess", cx=x(metres), cy=y, r=7, hidden=True)
        tree.pose("level", cy=FOOT)
        # Beside the tree, as the guide runs through one of them; then below it, and
        # there before it gets across.
        beside = x(metres) + 10 + 3.5 * len(name)
        label = stage.text(f"name{i}", "small", name, x=beside, y=y + 5, hidden=True)
        way = y + (FOOT - y) * np.array([0.25, 0.5, 0.75, 1])
        across = [beside, beside, (beside + x(metres)) / 2, x(metres)]
        label.pose("level", x=across, y=way + np.array([14, 20, 20, 20]))
    axis(stage, "ground", x=(14, 340), y=FOOT, hidden=True)
    stage.text(
        "inside", "muted small end", "metres inside", x=386, y=FOOT + 36, hidden=True
    )
    bars(
        stage,
        "bar",
        "area",
        list(x(INSIDE)),
        list(MISSING * unit),
        foot=FOOT,
        width=26,
    )
    for i in (2, 3):
        # In the middle of its bar, as the curve will cut through the top.
        middle = FOOT - MISSING[i] * unit / 2
        lacks = say(MISSING[i], 0)
        label = stage.text(
            f"lacks{i}", "bold", lacks, x=x(INSIDE[i]), y=FOOT - 6, hidden=True
        )
        label.pose("grown", y=middle + 5, opacity=1)
    places = np.linspace(-8, 13, 43)
    lack = SAFE * np.asarray(hinge(np.ones(43), places / SAFE, reduction="none"))
    graph(
        stage,
        "curve",
        "loss",
        list(places),
        list(lack),
        x,
        Scale((0, 13), (FOOT, FOOT - 13 * unit)),
    )
    return stage


def signs() -> Stage:
    """Over the curve: what the letters of the formula mean."""
    stage = Stage("", over="curve")
    for name, text, y in (
        ("label", "y: +1 spam, −1 wanted", 4.6),
        ("score", "s: the score", 3.9),
    ):
        stage.text(name, "end", text, x=3.9, y=y, hidden=True)
    return stage


def twin() -> Stage:
    """Over the curve: an email of each kind that lacks as much, at one y · s."""
    stage = Stage("", over="curve")
    score, lacks = SCORES[2], LOSSES[2]
    for name, text, y in (
        ("spam", f"spam, score {say(score, 1)}", lacks + 0.7),
        ("wanted", f"wanted, score {say(-score, 1)}", lacks + 0.1),
    ):
        stage.text(name, "bold start", text, x=score + 0.5, y=y, hidden=True)
    # The axis of the figure is the score of a spam email, whose label is 1.
    for name, text, y in (
        ("axis", "axis: y · s,", 0.85),
        ("means", "label times score", 0.25),
    ):
        stage.text(name, "start", text, x=-3.8, y=y, hidden=True)
    return stage


def pull() -> Stage:
    """Over the curve: the pull against the slope, which is the same for all who pay."""
    stage = Stage("", over="curve")

    def ends(score: float) -> dict[str, float]:
        """From the edge of the ball to the right."""
        slope = hinge_grad([1.0], [score])[0]
        height = float(hinge([1.0], [score]))
        start = score + 0.3 * -slope
        return {"x1": start, "x2": start - slope, "y1": height, "y2": height}

    arrow = stage.arrow("arrow", "push", **ends(SCORES[2]), hidden=True)
    arrow.pose("near", **ends(SCORES[2]), opacity=1)
    arrow.pose("far", **ends(SCORES[3]), opacity=1)
    arrow.pose("edge", **ends(0.999), opacity=1)
    return stage


def weights() -> Stage:
    """Over the plane: how the score is made of the weights."""
    stage = Stage("", over="margin")
    for name, text, y in (("sum", "s = w · x + b", 2.75), ("w", "w: weights", 2.05)):
        stage.text(name, "end", text, x=5.6, y=y, hidden=True)
    return stage
