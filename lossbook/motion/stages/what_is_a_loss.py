"""Two models and three houses, a line that turns, and a staircase beside a bowl."""

from functools import partial

import numpy as np

from ...datasets import ames_housing
from ...link_functions import sigmoid
from ...losses import binary_cross_entropy, mean_absolute_error, mean_squared_error
from ...widgets import say
from ..drawing import axis, ball, end_to_end, graph, numbers, share_out, stairs, sticks
from ..stage import Scale, Stage

# The houses of the chapter: areas in 1,000 square feet, prices in 1,000 dollars, and
# what two models say.
_HOUSES = ames_housing()
AREA = _HOUSES["living_area_sqft"][:3] / 1000
Y = _HOUSES["price_usd"][:3] / 1000
A, B = np.array([200.0, 110, 180]), Y + np.array([-10, 10, 10])
ERRORS_A, ERRORS_B = np.abs(A - Y), np.abs(B - Y)
MEANS = [float(mean_absolute_error(Y, model)) for model in (A, B)]
SQUARES = [float(mean_squared_error(Y, model)) for model in (A, B)]
# A line through zero: the slopes it turns through, and the best of them.
W = np.linspace(60, 180, 61)
BEST = float(AREA @ Y / (AREA @ AREA))

COLUMNS = [70.0, 200.0, 330.0]
LEFT = 100  # where what stands for a model begins
ROWS = {"a": 85, "b": 185}
UNIT = 8  # of length for 1,000 dollars
SIDE = 4.2  # the same for the sides of squares
BAND = 30  # the height of the bands into which squares flow


def houses() -> Stage:
    """The errors of two models as lengths, then as squares."""
    stage = Stage(
        "Three houses and a model that misses each price. Its errors lie end to end, "
        "above those of a second model; then they become squares."
    )
    price = Scale((90, 230), (215, 25))
    axis(stage, "ground", x=(14, 386), y=236)
    stage.text("unit", "muted small end", "prices in 1,000 dollars", x=386, y=229)
    sticks(stage, "a", "error", COLUMNS, price(Y), price(A))
    for i, x in enumerate(COLUMNS):
        level = {"y1": price(Y[i]), "y2": price(Y[i])}
        stage.line(f"target{i}", "target", x1=x - 24, x2=x + 24, **level, hidden=True)
        stage.circle(f"guess{i}", "guess", cx=x, cy=price(A[i]), r=6, hidden=True)
    numbers(stage, "price", "start", Y, np.array(COLUMNS) + 30, price(Y) + 5)
    numbers(stage, "error", "bold end", ERRORS_A, np.array(COLUMNS) - 12, price(Y) + 22)

    for name, errors, means in zip(
        ROWS, (ERRORS_A, ERRORS_B), zip(MEANS, SQUARES, strict=True), strict=True
    ):
        _model(stage, name, errors, *means)
    return stage


def _model(
    stage: Stage, name: str, errors: np.ndarray, mean: float, square: float
) -> None:
    """The row of one model: its sticks in a line, shared out, and as squares."""
    y, title = ROWS[name], f"model {name.upper()}"
    stage.text(f"{name}_name", "bold start", title, x=14, y=y + 5, hidden=True)
    if name == "b":
        sticks(stage, name, "error", COLUMNS, [y] * 3, [y + 10] * 3)
    for part, error in zip(stage.group(name), errors, strict=True):
        start = part.place("y1")
        part.pose("close", y1=start, y2=start + UNIT * error)
    end_to_end(stage, name, "lying", x=LEFT, y=y, of="close")
    share_out(stage, name, "shared", of="lying")
    middles = [
        (part.place("x1", "lying") + part.place("x2", "lying")) / 2
        for part in stage.group(name)
    ]
    numbers(stage, f"{name}_each", "small", errors, middles, [y - 10] * 3)
    said = f"mean {_short(mean)}"
    stage.text(f"{name}_mean", "bold", said, x=LEFT + 117, y=y + 24, hidden=True)

    foot, x, start = y + 34, LEFT, LEFT
    for i, error in enumerate(errors):
        side = SIDE * error
        flat = stage.rect(
            f"{name}_square{i}", "area", x=x, y=foot, width=side, height=0, hidden=True
        )
        flat.pose("grown", y=foot - side, height=side, opacity=1)
        area = side**2
        flat.pose("band", x=start, y=foot - BAND, width=area / BAND, height=BAND)
        stage.parts[f"{name}{i}"].pose("foot", x1=x, x2=x + side, y1=foot, y2=foot)
        middle = {"x": x + side / 2, "y": foot - side / 2 + 5}
        squared = say(error**2, 0)
        stage.text(f"{name}_area{i}", "small", squared, **middle, hidden=True)
        x, start = x + side + 14, start + area / BAND
    said = f"mean {_short(square)}"
    stage.text(
        f"{name}_square_mean", "bold start", said, x=300, y=foot - 9, hidden=True
    )
    stage.parts[f"{name}_name"].pose("foot", y=foot - 9)


def _short(value: float) -> str:
    """A decimal only where there is one."""
    return say(value, 0 if value == round(value) else 1)


def line() -> Stage:
    """A line through zero that turns, and its loss for each slope."""
    stage = Stage(
        "On the left three houses and a line that turns; on the right a dot for the "
        "loss at each slope. The dots make a bowl, lowest where the line fits best."
    )
    x, y = Scale((0, 1.9), (24, 186)), Scale((0, 330), (222, 20))
    axis(stage, "areas", x=(24, 188), y=222, label="area")
    stage.line("prices", "axis", x1=24, x2=24, y1=222, y2=16)
    stage.text("price", "muted start", "price", x=30, y=26)
    for i, (area, price) in enumerate(zip(AREA, Y, strict=True)):
        stage.circle(f"house{i}", "guess", cx=x(area), cy=y(price), r=6)

    def at(w: float) -> dict[str, float]:
        return {"x1": x(0), "y1": y(0), "x2": x(1.8), "y2": y(1.8 * w)}

    fit = stage.line("fit", "target", **at(W[0]), hidden=True)
    fit.pose("first", opacity=1).pose("last", **at(W[-1])).pose("best", **at(BEST))

    def loss(w: float) -> float:
        return float(mean_squared_error(Y, w * AREA))

    losses = np.array([loss(w) for w in W])
    across, up = Scale((W[0], W[-1]), (226, 384)), Scale((0, losses.max()), (222, 40))
    axis(stage, "slopes", x=(220, 390), y=222, label="slope")
    stage.line("losses", "axis", x1=220, x2=220, y1=222, y2=16)
    stage.text("loss", "muted start", "loss", x=226, y=26)
    # The line turns with the ease of all that moves: dots that come at equal times
    # stand where it is then.
    f = np.linspace(0, 1, 9)
    for i, w in enumerate(W[0] + (W[-1] - W[0]) * f**3 * (f * (6 * f - 15) + 10)):
        stage.circle(f"dot{i}", "guess", cx=across(w), cy=up(loss(w)), r=4, hidden=True)
    graph(stage, "bowl", "loss", W, losses, across, up)
    ball(stage, "ball", [W[-1], BEST], loss, across, up)
    return stage


def staircase() -> Stage:
    """Wrong answers as a staircase, and cross-entropy as a bowl, over one boundary."""
    stage = Stage(
        "Over the same boundary: on the left the share of wrong answers, a staircase; "
        "on the right the cross-entropy, a bowl. A ball rolls only in the bowl."
    )
    area = _HOUSES["living_area_sqft"][:40] / 1000
    dear = (_HOUSES["price_usd"][:40] > 180_000).astype(int)
    places = np.linspace(1, 2, 101)
    start = places[84]  # where both balls begin

    def wrong(boundary: float) -> float:
        return float(np.mean((area > boundary) != dear))

    def smooth(boundary: float) -> float:
        return float(binary_cross_entropy(dear, sigmoid(6 * (area - boundary))))

    for name, left, height, title in (
        ("stairs", 24, wrong, "wrong answers"),
        ("bowl", 220, smooth, "cross-entropy"),
    ):
        heights = np.array([height(each) for each in places])
        x = Scale((places[0], places[-1]), (left + 4, left + 164))
        y = Scale((0, heights.max()), (214, 56))
        axis(stage, f"{name}_axis", x=(left, left + 168), y=214, label="boundary")
        stage.line(f"{name}_up", "axis", x1=left, x2=left, y1=214, y2=40)
        stage.text(f"{name}_title", "bold", title, x=left + 84, y=28)
        draw = partial(stairs if name == "stairs" else graph, stage, f"{name}_curve")
        draw("target" if name == "stairs" else "loss", places, heights, x, y)
        stops = [start] if name == "stairs" else [start, places[heights.argmin()]]
        ball(stage, f"{name}_ball", stops, height, x, y)
    return stage
