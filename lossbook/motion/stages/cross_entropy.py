"""One bar of 100 %, halved again and again, softmax as cutting, and the push."""

from math import log

import numpy as np

from ...explorers.probability import CLASSES, REACH, STEP
from ...link_functions import softmax
from ...losses import cross_entropy, entropy
from ...losses.cross_entropy import cross_entropy_from_logits_grad
from ...widgets import say
from ..drawing import axis, graph
from ..stage import Scale, Stage

# What a model gives to a cat, a dog and a fish: the farthest lead that the figure has.
TOP = REACH * STEP
LOGITS = np.array([TOP, 0.0, 0.0])
PROBS = softmax(LOGITS)
POWERS = np.exp(LOGITS)
COSTS = [float(cross_entropy([k], PROBS[np.newaxis])) for k in range(3)]
# The slope in each logit, if the picture shows a dog.
SLOPES = cross_entropy_from_logits_grad([1], LOGITS[np.newaxis])[0]
# A label by several people, and the least that it can cost.
LABEL = np.array([0.7, 0.2, 0.1])
LEAST = float(entropy(LABEL))
# What each class costs where the lesson leaves the figure.
SHARED = -np.log(softmax(np.array([6, 2, 0]) * STEP))
# What each halving of a probability adds, in nats.
BLOCK = log(2)
HALVES = 0.5 ** np.arange(4)

LEFT, WIDTH = 24.0, 352.0


def share() -> Stage:
    """One bar, cut into the shares of three classes; the label's piece stays lit."""
    stage = Stage(
        "One bar of a hundred per cent is cut into pieces for cat, dog and fish. The "
        "picture shows a cat, so the piece of the cat stays lit."
    )
    start = LEFT
    stage.text("all", "bold", "100 %", x=200, y=84)
    stage.rect("whole", "area", x=LEFT, y=100, width=WIDTH, height=56)
    for i, (name, p) in enumerate(zip(CLASSES, PROBS, strict=True)):
        width = WIDTH * p
        gap = 10.0 * (i - 1)
        place = {"x": start, "y": 100, "width": width, "height": 56}
        piece = stage.rect(f"piece{i}", "area", **place, hidden=True)
        piece.pose("cut", x=start + gap, opacity=1)
        x = start + width / 2 + gap
        label = f"{name} {say(100 * p, 0)} %" if i == 0 else name
        y = 190 if i < 2 else 214
        stage.text(f"name{i}", "bold", label, x=x, y=y, hidden=True)
        start += width
    stage.text("label", "big", "the picture shows a cat", x=200, y=44, hidden=True)
    return stage


def halving() -> Stage:
    """Each halving of a probability adds a block, and the stacks end on one curve."""
    stage = Stage(
        "Four probabilities, each half of the one before. Each halving adds a block "
        "of the same height. Set over its probability, each stack ends on one curve."
    )
    foot, height = 206.0, 46.0
    across = Scale((0, 1), (34, 360))
    axis(stage, "ground", x=(24, 386), y=foot)
    columns = 340.0 - 92 * np.arange(4)
    for k, p in enumerate(HALVES):
        name = f"{say(100 * p, 0 if p >= 0.25 else 1)} %"
        said = stage.text(f"p{k}", "bold", name, x=columns[k], y=foot + 20, hidden=True)
        said.pose("placed", x=across(p), y=foot + 20 + 18 * (k % 2 == 0 and k > 0))
        for i in range(k):
            block = stage.rect(
                f"stack{k}_{i}",
                "block",
                x=columns[k] - 24,
                y=foot - (i + 1) * height,
                width=48,
                height=height,
                hidden=True,
            )
            block.pose("placed", x=across(p) - 9, width=18)
    stage.text(
        "block", "bold", f"{say(BLOCK, 2)} nats", x=columns[1], y=foot - 58, hidden=True
    )
    # Clear of the stacks, and of the curve to come.
    for name, text, y in (
        ("worth", f"−log ½ = {say(BLOCK, 2)} nats", 74),
        ("natural", "log: the natural one, ln", 94),
    ):
        look = "bold end" if name == "worth" else "small end"
        stage.text(name, look, text, x=386, y=y, hidden=True)
    p = np.geomspace(0.095, 1, 60)
    up = Scale((0, BLOCK), (foot, foot - height))
    graph(stage, "curve", "loss", list(p), list(-np.log(p)), across, up)
    return stage


def squeeze() -> Stage:
    """Logits become powers of e, and these are squeezed into one bar: softmax."""
    stage = Stage(
        "Three logits become bars, each e to the power of its logit. Together they "
        "are squeezed into one bar of a hundred per cent: that is softmax."
    )
    unit, start = 19.0, LEFT
    for i, (name, z, power, p) in enumerate(
        zip(CLASSES, LOGITS, POWERS, PROBS, strict=True)
    ):
        y = 40.0 + 52 * i
        title = stage.text(f"name{i}", "bold start", name, x=LEFT, y=y + 18)
        # Below its piece; the last one lower, as the pieces are narrow.
        middle = start + WIDTH * p / 2 - 4.2 * len(name)
        title.pose("one", x=middle, y=244 if i == 2 else 228)
        # With three digits its power is what stands on the bar.
        logit = f"logit {say(z, 3)}"
        stage.text(f"logit{i}", "small start", logit, x=LEFT + 44, y=y + 18)
        bar = stage.rect(
            f"bar{i}", "area", x=100, y=y, width=power * unit, height=28, hidden=True
        )
        bar.pose("one", x=start, y=168, width=WIDTH * p, height=40)
        x = 108 + power * unit if i else 100 + power * unit / 2
        stage.text(
            f"power{i}",
            "small start" if i else "small",
            say(power, 1),
            x=x,
            y=y + 18,
            hidden=True,
        )
        start += WIDTH * p
    # Above the first bar, on its way as well.
    whole = stage.text(
        "all", "bold end", "100 %", x=100 + POWERS[0] * unit, y=28, hidden=True
    )
    whole.pose("one", x=LEFT + WIDTH, y=156, opacity=1)
    return stage


def push() -> Stage:
    """What the model gives, what the label asks, and the arrows between them."""
    stage = Stage(
        "The probabilities of three classes as bars, and the label, a dog, as a frame. "
        "Arrows lead from each bar to the label: the dog's up, the others down."
    )
    up = Scale((0, 1), (206, 46))
    axis(stage, "ground", x=(24, 376), y=206)
    for i, (name, p, slope) in enumerate(zip(CLASSES, PROBS, SLOPES, strict=True)):
        x, asked = 70.0 + 115 * i, float(i == 1)
        stage.text(f"name{i}", "bold", name, x=x, y=226)
        height = up(0) - up(p)
        stage.rect(f"bar{i}", "area", x=x - 36, y=up(p), width=40, height=height)
        stage.line(
            f"label{i}",
            "target",
            x1=x - 42,
            x2=x + 10,
            y1=up(asked),
            y2=up(asked),
            hidden=True,
        )
        arrow = stage.arrow(
            f"arrow{i}", "push", x1=x + 24, x2=x + 24, y1=up(p), y2=up(p), hidden=True
        )
        arrow.pose("pushed", y2=up(p - slope), opacity=1)
        sign = "−" if slope > 0 else "+"
        stage.text(
            f"slope{i}",
            "bold start",
            f"{sign}{say(abs(slope), 2)}",
            x=x + 32,
            y=(up(p) + up(asked)) / 2 + 5 if abs(slope) > 0.2 else up(p) - 10,
            hidden=True,
        )
    return stage


def several() -> Stage:
    """Over the probabilities: the cost of a label that several people gave."""
    stage = Stage("", over="probability")
    terms = [
        f"{say(share, 1)} · {say(cost, 2)}"
        for share, cost in zip(LABEL, SHARED, strict=True)
    ]
    least = say(float(LABEL @ SHARED), 2)
    # In rows of the plot, counted from the top, right of the short bars: on a narrow
    # phone there is no room beside what is written above these.
    for name, text, y in (
        ("formula", "−Σ label · log p", 1.6),
        ("cat_dog", f"= {terms[0]} + {terms[1]}", 1.93),
        ("fish", f"+ {terms[2]} = {least}", 2.62),
    ):
        stage.text(name, "small end", text, x=0.99, y=y, hidden=True)
    return stage
