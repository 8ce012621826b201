"""The curves of the losses: as emblems of the chapters, and as what the cover shows.

A book has no custom properties to rely on, so the colours are written out.
"""

from copy import deepcopy

import numpy as np
from lxml.builder import E

from lossbook.catalogue import by_key
from lossbook.colours import COLOURS, LOOKS, dashes

# On the cover: each loss with its label, where it begins and ends, and its name.
COVER = {
    "mean_squared_error": (0.0, -1.9, 1.9, "squared"),
    "mean_absolute_error": (0.0, -2.1, 2.4, "absolute"),
    "huber": (0.0, -2.1, 2.4, "Huber"),
    "binary_cross_entropy_from_logits": (1.0, -2.3, 3.2, "cross-entropy"),
    "hinge": (1.0, -2.3, 3.2, "hinge"),
}
BALL = -1.3  # where on the squared error, which is highest there
WIDTH, HEIGHT, GROUND = 210, 150, 128  # millimetres
ACROSS, UP = 30, 32  # a unit of the score, and of the loss
DASH = 0.6  # of a pixel of the table of looks
BESIDE_OTHERS = {"absolute", "huber"}  # a curve that stands alone is a whole line


def draw(body, page) -> None:
    """Draw each curve of an article that names one of the page's path."""
    curves = {curve.get("id"): curve for curve in page.xpath("//g[@id]")}
    for drawing in body.xpath('.//svg[@class="curve"]'):
        if (use := drawing.find("use")) is not None:
            curve = curves[use.get("href").removeprefix("#")]
            drawing[:] = map(deepcopy, curve)
        drawing.attrib.pop("viewbox", None)  # as the parser spells it
        drawing.set("viewBox", "0 0 96 60")


def style() -> str:
    """The looks of the curves."""
    ink, muted, edge, ball, link = (
        COLOURS[name].light for name in ("ink", "muted", "edge", "ball", "link")
    )
    looks = {look.name: look for look in LOOKS.values()}.values()
    lines = {
        look.name: (look.colour.light, look.dash if look.name in BESIDE_OTHERS else ())
        for look in looks
    }
    return f"""
.curve-line {{ fill: none; stroke: {link}; stroke-width: 2.6px; stroke-linecap: round }}
.curve-thin {{ fill: none; stroke: {muted}; stroke-width: 1.5px }}
.curve-ground {{ stroke: {edge}; stroke-dasharray: 1 3 }}
.curve-ball {{ fill: {ball}; stroke: {ink}; stroke-width: 1px }}
""" + "".join(
        f".curve-line.loss-{name} {{ stroke: {colour};"
        f" stroke-dasharray: {' '.join(map(str, dash)) or 'none'} }}\n"
        for name, (colour, dash) in lines.items()
    )


def landscape():
    """All curves over one ground, and the ball: the picture of the cover."""
    parts = []
    for (key, about), dash in zip(COVER.items(), dashes(*COVER), strict=True):
        label, start, stop, name = about
        scores = np.linspace(start, stop, 233)
        colour = LOOKS[key].colour.light
        points = list(map(place, scores, losses(key, label, scores)))
        lengths = " ".join(f"{length * DASH:.1f}" for length in dash)
        path = " ".join(f"{x:.2f},{y:.2f}" for x, y in points)
        parts.append(
            E.polyline({"stroke": colour, "stroke-dasharray": lengths}, points=path)
        )
        # Beside its higher end.
        left = points[0][1] < points[-1][1]
        x, y = points[0] if left else points[-1]
        anchor = {"text-anchor": "end" if left else "start", "fill": colour}
        beside = {"x": f"{x - 3 if left else x + 3:.1f}", "y": f"{y + 1.4:.1f}"}
        parts.append(E.text(name, anchor | beside))
    (high,) = losses("mean_squared_error", 0.0, np.array([BALL]))
    x, y = place(BALL, high)
    return E.svg(
        E.path({"class": "ground", "d": f"M0 {GROUND}H{WIDTH}"}),
        *parts,
        E.circle(cx=f"{x:.2f}", cy=f"{y:.2f}", r="5"),
        {"class": "landscape", "viewBox": f"0 0 {WIDTH} {HEIGHT}"},
    )


def losses(key, label, scores):
    """The loss of one example at each of these predictions."""
    y_true = np.full(len(scores), label)
    return by_key(key).value(y_true, scores, reduction="none")


def place(score, loss):
    """Where on the cover a loss is."""
    return WIDTH / 2 + ACROSS * score, GROUND - UP * loss
