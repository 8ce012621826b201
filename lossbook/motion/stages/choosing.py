"""How losses pull, where they rest, two models that disagree, alarms, and a tree."""

from collections.abc import Sequence
from itertools import pairwise

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
# Patients of whom a model says how probable it is that they are ill: by threshold how
# many of the ill are found, and how many alarms are false.
_CLINIC = Imbalance()
ILL, ALL = _CLINIC.people["ill"], _CLINIC.people["all"]
FOUND, FALSE = (
    dict(zip(_CLINIC.thresholds, np.array(_CLINIC.counts[part])[:, 0], strict=True))
    for part in ("found", "false")
)
HALF, SOONER, ALARM = 0.5, 0.2, 1 / 11


def pulls() -> Stage:
    """One error that doubles twice, and how hard each of three losses pulls."""
    stage = Stage(
        "Three rows, one for each loss. As the error doubles, the arrow of the squared "
        "error doubles, that of the absolute error stays, that of Huber stops growing."
    )
    unit, left = 28.0, 136.0
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
        place = {"x": scale(slopes[0]) + 10, "y": y + 5}
        pull = stage.number(
            f"pull{i}", "bold start", value=slopes[0], **place, hidden=True
        )
        for k, slope in enumerate(slopes):
            arrow.pose(f"e{k}", x2=scale(slope))
            pull.pose(f"e{k}", value=slope, x=scale(slope) + 10)
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


def alarms() -> Stage:
    """Patients over their probability, and a threshold that falls."""
    stage = Stage(
        "Patients as dots over the probability that a model gives them: the ill above, "
        "the healthy below. A line is the threshold; right of it there is an alarm. As "
        "it moves to the left, more of the ill are found, and more alarms are false."
    )
    x = Scale((0, 1), (30, 370))
    # Where the thresholds of the figure are too close for dots: one column, one block.
    low, *_ = edges = [t for t in _CLINIC.thresholds if t > 0.08] + [1.0]
    middles = [low / 2, *((a + b) / 2 for a, b in pairwise(edges))]
    for name, look, total, above, foot in (
        ("ill", "", ILL, FOUND, 118),
        ("healthy", "negative", ALL - ILL, FALSE, 206),
    ):
        axis(stage, f"{name}_ground", x=(20, 380), y=foot)
        stage.text(f"{name}_name", "bold start", name, x=20, y=foot - 60)
        counts = -np.diff([total, *(above[t] for t in edges[:-1]), 0])
        if name == "healthy":
            _block(stage, int(counts[0]), x(0), x(low), foot)
            counts[0] = 0
        for p, count in zip(middles, counts, strict=True):
            for k in range(count):
                _patient(stage, name, look, p, x(p), foot - 6 - 10 * k)
    stage.text("axis", "muted small end", "probability of being ill", x=380, y=226)

    top = {"x1": x(HALF), "x2": x(HALF), "y1": 36, "y2": 206}
    threshold = stage.line("threshold", "target", **top, hidden=True)
    threshold.pose("sooner", x1=x(SOONER), x2=x(SOONER))
    for name, words, counted, places in (
        ("limit", ("alarm above ", ""), lambda t: t, (x(HALF), x(SOONER), 26)),
        ("found", ("found: ", f" of {ILL}"), FOUND.get, (380, 380, 66)),
        ("false", ("false alarms: ", ""), FALSE.get, (380, 380, 162)),
    ):
        before, after = words
        part = stage.number(
            name,
            "bold" if name == "limit" else "bold end",
            digits=1 if name == "limit" else 0,
            before=before,
            after=after,
            value=counted(HALF),
            x=places[0],
            y=places[2],
            hidden=True,
        )
        part.pose("sooner", value=counted(SOONER), x=places[1])
    return stage


def _block(stage: Stage, count: int, left: float, right: float, foot: float) -> None:
    """So many who are too many for dots, as one block."""
    place = {"x": left, "width": right - left, "y": foot - 34, "height": 34}
    stage.rect("block", "frame", **place, hidden=True)
    stage.text(
        "many", "small", str(count), x=(left + right) / 2, y=foot - 12, hidden=True
    )


def _patient(stage: Stage, group: str, look: str, p: float, x: float, y: float) -> None:
    """A dot that is faint as long as there is no alarm."""
    name = f"{group}{len(stage.group(group))}"
    dot = stage.circle(name, look, cx=x, cy=y, r=4.5, hidden=True)
    if p < HALF:
        dot.pose("half", opacity=0.25)
    if SOONER < p < HALF:  # as the threshold passes
        way = np.linspace(HALF, SOONER, 7)[1:]
        dot.pose("sooner", opacity=np.where(p > way, 1, 0.25))


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
