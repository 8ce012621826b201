"""Reading the chapters: their prose, their code, and the names that the code leaves."""

import math
import re
import warnings
from functools import cache
from pathlib import Path

import matplotlib.pyplot as plt
import nbformat
import numpy as np

import lossbook
from lossbook import catalogue, datasets, training

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


def prose(page):
    """The words and formulas of a chapter or page, white space made single."""
    path = BOOK / f"{page}.md"
    texts = (
        [path.read_text("utf-8")]
        if path.exists()
        else [cell.source for cell in cells(page, "markdown")]
    )
    return " ".join(NOT_PROSE.sub(" ", "\n\n".join(texts)).split())


@cache
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
    names = {"__name__": "__main__"}
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*non-interactive")  # plt.show()
        for cell in cells(page, "code"):
            exec(compile(cell.source, f"{page}: {cell.id}", "exec"), names)  # noqa: S102
    plt.close("all")
    return names
