"""Reading the chapters: their prose, and what their code leaves: names and widgets."""

import math
import re
import warnings
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import matplotlib.pyplot as plt
import nbformat
import numpy as np
from ipywidgets import Widget
from ipywidgets.widgets.widget import _instances

import lossbook
from book._ext.directives.explorers import CALL
from lossbook import catalogue, datasets, training, widgets

BOOK = Path(__file__).parents[2] / "book"
CHAPTERS = sorted(path.stem for path in BOOK.glob("*.ipynb"))
PAGES = sorted(path.stem for path in BOOK.glob("*.md"))

# What a reader of the page does not take for a statement: code, and where links go.
NOT_PROSE = re.compile(r"```.*?```|`[^`]*`|(?<=\])\([^)]*\)", re.DOTALL)


@cache
def notebook(chapter):
    return nbformat.read(BOOK / f"{chapter}.ipynb", as_version=4)


def cells(chapter, kind):
    return [cell for cell in notebook(chapter).cells if cell.cell_type == kind]


def is_widget(data):
    """Whether an output is live where a kernel runs: an explorer, a quiz, cards."""
    is_explorer = "image/svg+xml" in data and CALL.fullmatch(data["text/plain"])
    return bool(is_explorer or "data-study=" in data.get("text/html", ""))


def explorers(chapter):
    """The text forms of the explorers that the outputs of a chapter show, in order."""
    bundles = [
        output.get("data", {})
        for cell in cells(chapter, "code")
        for output in cell.outputs
    ]
    return [
        data["text/plain"]
        for data in bundles
        if is_widget(data) and "image/svg+xml" in data
    ]


def prose(page):
    """The words and formulas of a chapter or page, white space made single."""
    path = BOOK / f"{page}.md"
    texts = (
        [path.read_text("utf-8")]
        if path.exists()
        else [cell.source for cell in cells(page, "markdown")]
    )
    return " ".join(NOT_PROSE.sub(" ", "\n\n".join(texts)).split())


def namespace(page):
    """The names that a chapter's code leaves; for a page, what it may compute with."""
    if page in PAGES:
        return vars(lossbook) | {
            "np": np,
            "math": math,
            "datasets": datasets,
            "training": training,
            "catalogue": catalogue,
        }
    return run(page).names


@dataclass(frozen=True)
class Run:
    """What a chapter's code leaves: names, and widgets with their states, by id."""

    names: dict
    widgets: dict
    states: dict


def _close(some):
    """Close widgets; of two with the same id only one is known to their host."""
    for widget in some:
        with suppress(KeyError):
            widget.close()


@cache
def run(chapter):
    """Run a chapter's code as a new kernel would."""
    names, made = {"__name__": "__main__"}, []
    _close(list(_instances.values()))
    widgets._made.clear()  # a new kernel has made none
    Widget.on_widget_constructed(made.append)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*non-interactive")  # plt.show()
        for cell in cells(chapter, "code"):
            exec(compile(cell.source, f"{chapter}: {cell.id}", "exec"), names)  # noqa: S102
    Widget.on_widget_constructed(None)
    plt.close("all")
    by_id = {widget.model_id: widget for widget in made}
    states = {name: widget.get_state() for name, widget in by_id.items()}
    _close(made)  # the next chapter, in this process, makes some with these ids
    return Run(names, by_id, states)
