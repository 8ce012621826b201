"""The picture that others show beside a link: the title, and the loss it is about."""

import textwrap
from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure

from lossbook.catalogue import by_key
from lossbook.colours import COLOURS, LOOKS

SIZE = 1200, 630
MUTED = COLOURS["muted"].light
# For each topic: curves as (key in the catalogue, label, predictions).
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


def draw(path: Path, page: str, title: str, book: str) -> None:
    """Write the picture of a page as PNG."""
    with mpl.rc_context({"font.family": "DejaVu Sans"}):
        figure = Figure(figsize=(SIZE[0] / 100, SIZE[1] / 100), dpi=100)
        wrapped = "\n".join(textwrap.wrap(title, 18))
        figure.text(0.06, 0.86, book, fontsize=26, color=MUTED, va="top")
        figure.text(0.06, 0.72, wrapped, fontsize=46, weight="bold", va="top")
        axes = figure.add_axes((0.58, 0.12, 0.37, 0.76))
        for key, label, predictions in CURVES.get(page.removesuffix("_practice"), ALL):
            loss = by_key(key)
            y_true = np.full(len(predictions), label)
            values = loss.value(y_true, predictions, reduction="none")
            colour = LOOKS[key].colour.light
            axes.plot(predictions, values, color=colour, linewidth=9)
        axes.set(ylim=(-0.15, 4.2), xticks=[], yticks=[])
        axes.spines[["top", "right"]].set_visible(False)
        axes.spines[["left", "bottom"]].set(linewidth=3, color=MUTED)
        # Without its version in the file, a new matplotlib is no new picture.
        figure.savefig(path, metadata={"Software": None})
