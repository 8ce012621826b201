"""Three houses whose errors become squares, and marks over two figures."""

from itertools import pairwise
from math import sqrt

import numpy as np

from ...explorers import Outlier
from ...losses import mean_squared_error
from ...losses.mean_squared_error import mean_squared_error_grad
from ...widgets import say
from ..drawing import axis, cut, numbers, pour, squares_on, sticks
from ..stage import Scale, Stage

# The houses of the chapter: prices and predictions in 1,000 dollars.
Y, Y_HAT = np.array([215.0, 105, 172]), np.array([200.0, 110, 180])
ERRORS = Y_HAT - Y
# What the figure with one house that moves has: its share, in per cent, where its price
# has fallen to nothing, and the lowest price above its own with half of the loss.
_FITS, _PLACES = (
    {fit["key"]: fit["taken"] for fit in Outlier().fits},
    Outlier().positions,
)
FALLEN = {key: taken[0] for key, taken in _FITS.items()}
HALF = next(
    price
    for price, taken in zip(_PLACES, _FITS["mean_squared_error"], strict=True)
    if price > 270 and taken >= 50
)

COLUMNS = [50.0, 215.0, 300.0]
LINE = 88  # of the targets, once they are level
CLOSE = 8  # units for 1,000 dollars, when one looks closely
LEFT, TOP = 110, 50  # of the one square


def houses() -> Stage:
    """Prices, predictions and errors, then squares, then their mean and its root."""
    stage = Stage(
        "Three houses with their prices and predictions. The errors between them "
        "become squares, the squares one large square; a third of it is the loss."
    )
    price = Scale((90, 230), (205, 25))
    axis(stage, "ground", x=(14, 392), y=226)
    stage.parts["ground"].pose("level", y1=LINE, y2=LINE)
    stage.text("unit", "muted small end", "prices in 1,000 dollars", x=386, y=220)
    total = say(sum(ERRORS), 0)
    stage.text("sum", "big", f"sum {total}", x=290, y=170, hidden=True)
    close = LINE - CLOSE * ERRORS
    sticks(stage, "stick", "error", COLUMNS, price(Y), price(Y_HAT))
    for i, x in enumerate(COLUMNS):
        stage.parts[f"stick{i}"].pose("level", y1=LINE, y2=close[i])
        target = stage.line(
            f"target{i}",
            "target",
            x1=x - 22,
            x2=x + 22,
            y1=price(Y[i]),
            y2=price(Y[i]),
            hidden=True,
        )
        target.pose("level", y1=LINE, y2=LINE)
        dot = stage.circle(
            f"guess{i}", "guess", cx=x, cy=price(Y_HAT[i]), r=6, hidden=True
        )
        dot.pose("level", cy=close[i])
    numbers(stage, "price", "start", Y, np.array(COLUMNS) + 28, price(Y) + 5)
    # Beside the sticks, on the side on which no square will grow.
    numbers(
        stage,
        "error",
        "bold end error",
        ERRORS,
        np.array(COLUMNS) - 12,
        (LINE + close) / 2 + 5,
    )

    squares_on(stage, "square", "area", "stick", of="level")
    side = pour(stage, "square", "poured", x=LEFT, y=TOP)
    for i, part in enumerate(stage.group("square")):
        part.pose("apart", opacity=1 if i == 0 else 0.25)
        x, y = (
            part.place(k, "grown") + part.place(s, "grown") / 2
            for k, s in (("x", "width"), ("y", "height"))
        )
        area = stage.text(
            f"area{i}", "bold", say(ERRORS[i] ** 2, 0), x=x, y=y + 5, hidden=True
        )
        y = part.place("y", "poured") + part.place("height", "poured") / 2
        # Unseen while the areas run together.
        area.pose("poured", x=LEFT - 22, y=y + 5, opacity=[0, 0, 0, 0, 1])
    foot, beside = TOP + side, LEFT + side + 16
    total = say(sum(ERRORS**2), 0)
    stage.text(
        "total",
        "start big",
        f"{total} in all",
        x=beside,
        y=TOP + side / 2 + 5,
        hidden=True,
    )

    cut(stage, "third", "area", 3, x=LEFT, y=TOP, width=side, height=side)
    loss = float(mean_squared_error(Y, Y_HAT))
    root = CLOSE * sqrt(loss)
    first = stage.parts["third1"]
    first.pose("square", x=LEFT, y=foot - root, width=root, height=root)
    middle = {"x": LEFT + root + 16, "y": foot - root / 2 + 5}
    stage.text("mean", "start big", f"{say(loss, 1)}, the mean", **middle, hidden=True)
    edge = stage.line(
        "root", "root", x1=LEFT, x2=LEFT, y1=foot, y2=foot - root, hidden=True
    )
    edge.pose("home", x1=374, x2=374, y1=LINE, y2=LINE - root)
    length = stage.text(
        "side", "bold end", f"√{say(loss, 1)}", x=LEFT - 10, y=middle["y"], hidden=True
    )
    # Unseen while it flies past the errors.
    length.pose("home", x=390, y=LINE + 18, opacity=[0, 0, 0, 0, 1])
    rooted = f"= {say(sqrt(loss), 1)}"
    stage.text("root_label", "bold end", rooted, x=390, y=LINE + 36, hidden=True)
    return stage


def units() -> Stage:
    """Over the curve: the loss at error 1 as one length, and at error 2 as four."""
    stage = Stage("", over="curve")
    stage.line("target", "guide", x1=0, x2=0, y1=0, y2=1.6, hidden=True)
    stage.text("target_name", "", "target 0", x=0, y=1.75, hidden=True)
    named = "error = prediction − target"
    stage.text("error", "", named, x=0, y=5.8, hidden=True)
    for name, error in (("one", 1.0), ("two", 2.0)):
        height = float(mean_squared_error([0.0], [error]))
        for i in range(round(height)):
            start = {"x1": error, "x2": error, "y1": i + 0.06, "y2": i + 0.94}
            stage.line(f"{name}{i}", "unit", **start, hidden=True)
        stage.text(
            f"{name}_label",
            "bold start",
            say(height, 0),
            x=error + 0.2,
            y=height / 2,
            hidden=True,
        )
    return stage


def push() -> Stage:
    """Over the curve: the push against the slope, in proportion to the error."""
    stage = Stage("", over="curve")

    def ends(error: float) -> dict[str, float]:
        """From the edge of the ball against the slope; none where there is no slope."""
        slope = mean_squared_error_grad([0.0], [error])[0]
        start = error - 0.16 * np.sign(slope)
        return {"x1": start, "x2": start - 0.25 * slope}

    def height(error: float) -> float:
        return float(mean_squared_error([0.0], [error]))

    errors = {"start": -2.0, "half": -1.0, "there": 0.0, "beyond": 1.0}
    far = height(errors["start"])
    arrow = stage.arrow("arrow", "push", **ends(-2), y1=far, y2=far, hidden=True)
    for (_, before), (name, error) in pairwise(errors.items()):
        # With the ball along the curve.
        way = [height(each) for each in np.linspace(before, error, 17)[1:]]
        arrow.pose(name, **ends(error), y1=way, y2=way, opacity=1)
    # The axis of the figure lies, so that its up is to the right.
    up = "the prediction goes up"
    stage.text("up", "start", up, x=-1.75, y=far + 0.4, hidden=True)
    return stage
