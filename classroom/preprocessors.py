"""Steps for nbgrader: what it lacks between a submission and its grade."""

from functools import partial
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool, Unicode

from . import cleaning
from .checks import load_key
from .examine import examine
from .restoring import restored
from .sandbox import execute


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
