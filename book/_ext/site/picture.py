"""The picture that others show beside a link: the title, and the loss it is about."""

import textwrap
from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

from lossbook.catalogue import by_key
from lossbook.colours import COLOURS, LOOKS, dashes

SIZE = 1200, 630
INK, MUTED, EDGE, STAGE, BALL = (
    COLOURS[name].light for name in ("ink", "muted", "edge", "stage", "ball")
)
LETTERS, LARGEST = 15, 52  # of a line of the title, and their size in points
# Curves as (key in the catalogue, label, predictions); the ball is on the first.
MARGIN, SHARE = np.linspace(-2.5, 3.5, 241), np.linspace(0.01, 1, 241)
SQUARED = ("mean_squared_error", 1.0, MARGIN)
LOGISTIC = ("binary_cross_entropy_from_logits", 1.0, MARGIN)
HINGE = ("hinge", 1.0, MARGIN)
CURVES = {
    "mean_squared_error": [("mean_squared_error", 0.0, MARGIN - 0.5)],
    "cross_entropy": [("binary_cross_entropy", 1.0, SHARE)],
    "hinge": [HINGE],
}
ALL = [SQUARED, LOGISTIC, HINGE]
HEIGHT = 4.2  # of the losses that are drawn
ROLLED = 2.0  # the loss at which the ball is


def draw(
    path: Path, page: str, title: str, book: str, subject: str, font: Path
) -> None:
    """Write the picture of a page as PNG, its title in the font of the headings."""
    headings = FontProperties(fname=font)
    with mpl.rc_context({"font.family": "DejaVu Sans"}):
        figure = Figure(figsize=(SIZE[0] / 100, SIZE[1] / 100), dpi=100)
        lines = textwrap.wrap(title, LETTERS, break_long_words=False)
        size = LARGEST * min(1, LETTERS / max(map(len, lines)), 4 / len(lines))
        for height, words, points in (
            (0.88, book, 27),
            (0.49, "\n".join(lines), size),
        ):
            placed = figure.text(0.06, height, words, va="center", color=INK)
            placed.set(fontproperties=headings, size=points, linespacing=1.12)
        figure.text(0.06, 0.1, subject, size=17, color=MUTED, va="center")
        axes = figure.add_axes((0.54, 0, 0.46, 1), facecolor=STAGE)
        draw_landscape(axes, CURVES.get(page.removesuffix("_practice"), ALL))
        # Without its version in the file, a new matplotlib is no new picture.
        figure.savefig(path, metadata={"Software": None})


def draw_landscape(axes, curves) -> None:
    """The curves of losses over their ground, and the ball on the first of them."""
    axes.axhline(0, color=EDGE, linewidth=3, linestyle=(0, (1, 3)))
    looks = dashes(*(key for key, _, _ in curves))
    for (key, label, predictions), dash in zip(curves, looks, strict=True):
        y_true = np.full(len(predictions), label)
        values = by_key(key).value(y_true, predictions, reduction="none")
        shown = values <= HEIGHT
        axes.plot(
            predictions[shown],
            values[shown],
            color=LOOKS[key].colour.light,
            linewidth=9,
            # In lengths of a line that is two pixels wide.
            linestyle=(0, tuple(d / 3 for d in dash)) if dash else "-",
            solid_capstyle="round",
        )
        if (key, label, predictions) == curves[0]:
            at = int(np.argmax(values <= ROLLED))
            ball = predictions[at], values[at]
    axes.plot(
        *ball, "o", markersize=34, markerfacecolor=BALL, markeredgecolor=INK,
        markeredgewidth=4, zorder=9,
    )  # fmt: skip
    low, high = axes.get_xlim()
    room = 0.12 * (high - low)
    axes.set(xlim=(low - room, high + room), ylim=(-0.9, HEIGHT + 0.8))
    axes.set(xticks=[], yticks=[])
    axes.spines[:].set_visible(False)
