"""What students hand in, for tests of collecting, and what became of it."""

import zipfile

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from tests.classroom.conftest import ASSIGNMENT, NOTEBOOK


def notebook(text):
    """A notebook with one cell that prints a text."""
    return nbformat.writes(new_notebook(cells=[new_code_cell(f"print({text!r})")]))


def archive(path, names, time=(2026, 5, 4, 12, 0, 0)):
    """An archive; a text without braces becomes a notebook that prints it."""
    with zipfile.ZipFile(path, "w") as packed:
        for name, text in names.items():
            is_text = isinstance(text, str) and not name.endswith(".txt")
            packed.writestr(
                zipfile.ZipInfo(name, time), notebook(text) if is_text else text
            )
    return path


def laid(folder, names):
    """Files in a folder, each a notebook that prints its own name."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(notebook(name))
    return folder


def taken(course, student):
    """What the collected notebook of a student prints."""
    path = course.submitted(student, ASSIGNMENT) / f"{NOTEBOOK}.ipynb"
    (cell,) = nbformat.read(path, as_version=4).cells
    return cell.source.removeprefix("print('").removesuffix("')")


def reasons(collected):
    return {left.file: left.reason for left in collected.left}
