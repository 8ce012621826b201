"""Steps for nbgrader: what it lacks between a submission and its grade."""

import html
import re
from functools import partial
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool, Unicode

from lossbook.study.mathml import mathml

from . import cleaning
from .checks import load_key
from .examine import examine
from .restoring import restored
from .sandbox import execute

FORMULA = re.compile(r"\$\$(.+?)\$\$|\$([^$\n]+)\$", re.DOTALL)
LINK = re.compile(r"\]\(\s*(?:javascript|data|vbscript):", re.IGNORECASE)


class RestoreCells(NbGraderPreprocessor):
    """Clean what a student wrote, and put right the cells that nbgrader goes by."""

    release = Unicode(help="Folder of the released assignments").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple:
        """Give each cell the metadata of the release, and insert what is missing."""
        names = resources["nbgrader"]
        path = Path(self.release, names["assignment"], f"{names['notebook']}.ipynb")
        released = nbformat.read(path, as_version=4)
        return restored(cleaning.notebook(nb), released), resources


class Examine(NbGraderPreprocessor):
    """Run the notebook in the sandbox, and judge its hidden tests."""

    keys = Unicode(help="Folder of the keys").tag(config=True)
    trusted = Bool(False, help="Run without a sandbox").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple:
        """Fill the outputs; the status goes into the notebook's metadata."""
        key = load_key(Path(self.keys), resources["nbgrader"]["assignment"])
        examine(nb, key, partial(execute, trusted=self.trusted))
        return nb, resources


class PlainText(NbGraderPreprocessor):
    """Text that needs no script to be read, and brings none: formulas as MathML.

    What a student wrote is shown as it was written: none of it is taken for HTML.
    """

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict, cell_index: int
    ) -> tuple:
        """Change the source of a cell of text."""
        if cell.cell_type == "markdown":
            if not utils.is_locked(cell):
                cell.source = LINK.sub("](#", html.escape(cell.source, quote=False))
            cell.source = FORMULA.sub(_drawn, cell.source)
        return cell, resources


def _drawn(match: re.Match) -> str:
    try:
        return mathml(html.unescape(match[1] or match[2]))
    except ValueError:
        return match[0]
