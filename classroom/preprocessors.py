"""Steps for nbgrader: what it lacks between a submission and its grade."""

from functools import partial
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool, Unicode

from .examine import examine
from .judging import load_key
from .sandbox import execute


class RestoreCells(NbGraderPreprocessor):
    """Put cells back that the student deleted: those that are locked or graded."""

    release = Unicode(help="Folder of the released assignments").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple:
        """Insert each missing cell behind the one that it follows in the release."""
        names = resources["nbgrader"]
        path = Path(self.release, names["assignment"], f"{names['notebook']}.ipynb")
        place = 0
        for cell in nbformat.read(path, as_version=4).cells:
            places = [i for i, c in enumerate(nb.cells) if _id(c) == _id(cell)]
            if places:
                place = places[-1] + 1
            elif utils.is_locked(cell) or utils.is_grade(cell):
                nb.cells.insert(place, cell)
                place += 1
        return nb, resources


class Examine(NbGraderPreprocessor):
    """Run the notebook in the sandbox, and judge its hidden tests."""

    keys = Unicode(help="Folder of the keys").tag(config=True)
    trusted = Bool(False, help="Run without a sandbox").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple:
        """Fill the outputs; the status goes into the notebook's metadata."""
        key = load_key(Path(self.keys), resources["nbgrader"]["assignment"])
        examine(nb, key, partial(execute, trusted=self.trusted))
        return nb, resources


def _id(cell: NotebookNode) -> str:
    return cell.metadata.get("nbgrader", {}).get("grade_id", "")
