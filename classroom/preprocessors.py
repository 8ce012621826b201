"""Steps for nbgrader: what it lacks between a submission and its grade."""

from functools import partial
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool, Unicode

from . import cleaning, last_cell, variants
from .checks import load_key
from .course import Course
from .examine import examine
from .restoring import restored
from .sandbox import execute


class AddLastCell(NbGraderPreprocessor):
    """Let the notebook that students get say what is missing in it."""

    keys = Unicode(help="Folder of the keys").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple:
        """Append the cell that asks."""
        assignment = resources["nbgrader"]["assignment"]
        last_cell.append(nb, assignment, load_key(Path(self.keys), assignment))
        return nb, resources


class RestoreCells(NbGraderPreprocessor):
    """Clean what a student wrote, and put right the cells that nbgrader goes by."""

    release = Unicode(help="Folder of the released assignments").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple:
        """Give each cell the metadata of the release, and insert what is missing."""
        names = resources["nbgrader"]
        path = Path(self.release, names["assignment"], f"{names['notebook']}.ipynb")
        released = nbformat.read(path, as_version=4)
        return restored(cleaning.notebook(nb), released), resources


class OwnVariant(NbGraderPreprocessor):
    """Put a student's own numbers into the data cell, whatever was handed in."""

    root = Unicode(help="Folder of the course").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple:
        """Do so if there are variants."""
        names, course = resources["nbgrader"], Course(Path(self.root))
        if found := variants.read(course, names["assignment"]):
            found.put(nb, found.person(course, names["student"]))
        return nb, resources


class Examine(NbGraderPreprocessor):
    """Run the notebook in the sandbox, and judge its hidden tests."""

    root = Unicode(help="Folder of the course").tag(config=True)
    trusted = Bool(False, help="Run without a sandbox").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple:
        """Fill the outputs; the status goes into the notebook's metadata."""
        names, course = resources["nbgrader"], Course(Path(self.root))
        key = load_key(course.root / "keys", names["assignment"])
        if found := variants.read(course, names["assignment"]):
            key = found.checks(found.person(course, names["student"]))
        examine(nb, key, partial(execute, trusted=self.trusted))
        return nb, resources
