"""How losses pull, where they come to rest, two models that disagree, and a tree."""

from collections.abc import Sequence

import numpy as np

from ...explorers import Imbalance
from ...losses import (
    binary_cross_entropy,
    hinge,
    huber_grad,
    mean_absolute_error_grad,
    mean_squared_error_grad,
)
from ...losses.binary_cross_entropy import binary_cross_entropy_from_logits
from ...widgets import say
from ..drawing import axis, bars
from ..stage import Scale, Stage

# The pulls of three losses at errors that double, Huber's bend at 2.
ERRORS = (1.0, 2.0, 4.0)
DELTA = 2.0
PULLS = {
    "squared": [mean_squared_error_grad([0.0], [e])[0] for e in ERRORS],
    "absolute": [mean_absolute_error_grad([0.0], [e])[0] for e in ERRORS],
    "Huber": [huber_grad([0.0], [e], delta=DELTA)[0] for e in ERRORS],
}
# Five targets; the last one walks away.
NEAR, FAR = np.array([2.0, 3, 4, 5, 6]), np.array([2.0, 3, 4, 5, 16])
# Four emails and what two models give to what was true.
SURE_NEVER, SURE_ONCE = np.full(4, 0.6), np.array([0.99, 0.99, 0.99, 0.3])
COSTS = [float(binary_cross_entropy(np.ones(4), p)) for p in (SURE_NEVER, SURE_ONCE)]
RIGHT = [int((p > 0.5).sum()) for p in (SURE_NEVER, SURE_ONCE)]
# At a score of -3: the hinge and the logistic loss.
WRONG = [loss([1], [-3.0]) for loss in (hinge, binary_cross_entropy_from_logits)]
# With an alarm above one half: how many of the ill are found.
_CLINIC = Imbalance()
ILL = _CLINIC.people["ill"]
HALF, FOUND = _CLINIC.thresholds.index(0.5), _CLINIC.counts["found"]
ALARM = 1 / 11


def pulls() -> Stage:
    """One error that doubles twice, and how hard each of three losses pulls."""
    stage = Stage(
        "Three rows, one for each loss. As the error doubles, the arrow of the squared "
        "error doubles, that of the absolute error stays, that of Huber stops growing."
    )
    unit, left = 30.0, 130.0
    scale = Scale((0, 8), (left, left + 8 * unit))
    stage.text("error", "bold start", "error", x=24, y=48)
    ruler = stage.line("ruler", "target", x1=left, x2=scale(1), y1=43, y2=43)
    stage.number("size", "bold start", value=ERRORS[0], x=scale(1) + 10, y=48)
    for k, error in enumerate(ERRORS):
        ruler.pose(f"e{k}", x2=scale(error))
        stage.parts["size"].pose(f"e{k}", value=error, x=scale(error) + 10)
    for i, (name, slopes) in enumerate(PULLS.items()):
        y = 105.0 + 52 * i
        title = f"Huber, δ = {say(DELTA, 0)}" if name == "Huber" else name
        stage.text(f"name{i}", "bold start", title, x=24, y=y + 5, hidden=True)
        look = f"push loss loss-{name.lower()}"
        arrow = stage.arrow(
            f"arrow{i}", look, x1=left, x2=scale(slopes[0]), y1=y, y2=y, hidden=True
        )
        for k, slope in enumerate(slopes):
            arrow.pose(f"e{k}", x2=scale(slope))
    return stage


def rest() -> Stage:
    """Five targets, and where the squared and the absolute error come to rest."""
    stage = Stage(
        "Five points on a line with their mean and their median in the same place. As "
        "one point walks away, the mean follows it, and the median stays."
    )
    x = Scale((1, 17), (30, 370))
    axis(stage, "ground", x=(20, 380), y=130)
    for i, (near, far) in enumerate(zip(NEAR, FAR, strict=True)):
        point = stage.circle(f"point{i}", "guess loss-none", cx=x(near), cy=130, r=7)
        point.pose("away", cx=x(far))
    for name, look, y, of, label in (
        ("mean", "squared", (138, 176), np.mean, "mean"),
        ("median", "absolute", (122, 84), np.median, "median"),
    ):
        near, far = x(of(NEAR)), x(of(FAR))
        place = {"x1": near, "x2": near, "y1": y[1], "y2": y[0]}
        mark = stage.arrow(name, f"push loss loss-{look}", **place, hidden=True)
        mark.pose("away", x1=far, x2=far)
        y_label = y[1] + (18 if y[1] > 130 else -8)
        text = stage.text(f"{name}_name", "bold", label, x=near, y=y_label, hidden=True)
        text.pose("away", x=far)
    return stage


def four() -> Stage:
    """What two models give to the truth of four emails; then their losses and hits."""
    stage = Stage(
        "For four emails, what two models give to what was true, as bars with a line "
        "at one half. Then two pairs of bars: model B has less loss, A more right."
    )
    foot, height = 196.0, 130.0
    stage.line(
        "half", "guide", x1=24, x2=376, y1=foot - height / 2, y2=foot - height / 2
    )
    stage.text(
        "half_name", "small muted end", "one half", x=386, y=foot - height / 2 - 6
    )
    axis(stage, "ground", x=(24, 376), y=foot)
    for name, left, probs in (("a", 40.0, SURE_NEVER), ("b", 220.0, SURE_ONCE)):
        xs = left + 34 * np.arange(4) + 16
        bars(stage, name, "area", xs, height * probs, foot=foot, width=24)
        for k, p in enumerate(np.unique(probs)[::-1]):
            x, top = xs[probs == p].mean(), foot - height * p
            gave = (
                f"{say(p, 2 if p > 0.9 else 1)}{' each' if sum(probs == p) > 1 else ''}"
            )
            stage.text(f"{name}_gave{k}", "small", gave, x=x, y=top - 7, hidden=True)
        stage.text(
            f"{name}_name", "bold", f"model {name.upper()}", x=left + 67, y=foot + 22
        )
    told: tuple[tuple[str, Sequence[float], int], ...] = (
        ("loss", COSTS, 2),
        ("right", RIGHT, 0),
    )
    for k, (what, values, digits) in enumerate(told):
        for j, (name, value) in enumerate(zip("ab", values, strict=True)):
            x = 70.0 + 180 * j + 66 * k
            tall = 110 * value / max(values)
            stage.rect(
                f"{what}{j}",
                "area" if what == "loss" else "frame",
                x=x - 18,
                y=foot - tall,
                width=36,
                height=tall,
                hidden=True,
            )
            said = f"{what} {say(value, digits)}"
            stage.text(
                f"{what}_{name}",
                "bold small",
                said,
                x=x,
                y=foot - tall - 8,
                hidden=True,
            )
    return stage


def tree() -> Stage:
    """The questions that lead to a loss, branch by branch."""
    stage = Stage(
        "A tree of questions. For a number: squared error, or absolute if large misses "
        "may be mistakes. For a class: cross-entropy, or the hinge if only sides count."
    )
    boxes = {
        "what": (200, 34, "What do you predict?", "big"),
        "number": (100, 96, "a number", "bold"),
        "class": (300, 96, "a class", "bold"),
    }
    for name, (x, y, said, look) in boxes.items():
        stage.text(name, look, said, x=x, y=y, hidden=True)
    leaves = (
        (58, "squared", "squared", "large misses", "count more"),
        (148, "absolute", "absolute", "the middle", "counts"),
        (252, "cross-entropy", "cross-entropy", "how likely?", ""),
        (348, "hinge", "hinge", "which side?", ""),
    )
    for i, (x, family, loss, why, more) in enumerate(leaves):
        root = 100 if i < 2 else 300
        stage.line(f"twig{i}", "axis", x1=root, x2=x, y1=106, y2=140, hidden=True)
        stage.text(f"why{i}", "small", why, x=x, y=158, hidden=True)
        if more:
            stage.text(f"more{i}", "small", more, x=x, y=174, hidden=True)
        stage.line(
            f"mark{i}",
            f"loss error loss-{family}",
            x1=x - 28,
            x2=x + 28,
            y1=192,
            y2=192,
            hidden=True,
        )
        stage.text(f"leaf{i}", "bold small", loss, x=x, y=212, hidden=True)
    for i, x in enumerate((100, 300)):
        stage.line(f"branch{i}", "axis", x1=200, x2=x, y1=44, y2=78, hidden=True)
    return stage
