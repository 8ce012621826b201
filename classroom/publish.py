"""Putting a release beside a built site, where a link opens it in JupyterLite."""

import hashlib
import json
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from . import files
from .course import Course, CourseError

# As the build of JupyterLite writes the notebooks of the book (tools/build/lite).
KERNEL = {"name": "python", "display_name": "Python (Pyodide)", "language": "python"}
LISTED = {
    "content": None,
    "created": "1980-01-01T00:00:00Z",
    "format": None,
    "hash": None,
    "hash_algorithm": None,
    "last_modified": "1980-01-01T00:00:00Z",
    "mimetype": None,
    "type": "notebook",
    "writable": True,
}


def publish(course: Course, assignment: str, site: Path) -> str:
    """Put the students' notebook into the JupyterLite of a site; returns the link.

    A copy that somebody has begun in their browser stays, whatever is put there.

    Parameters
    ----------
    course : Course
        The course.
    assignment : str
        The assignment, which has been released.
    site : Path
        The folder that `make book` built; publish it again afterwards.

    Raises
    ------
    CourseError
        If the folder is no site, or one without JupyterLite.
    """
    lite = site / "lite"
    listing = lite / "api" / "contents" / "all.json"
    try:
        editions = json.loads((lite / "editions.json").read_text("utf-8"))
        listed = json.loads(listing.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise CourseError(
            f"{site} is no site with Python in the browser ({error}). Build one with "
            "make book, or name the folder of one."
        ) from error
    notebook = nbformat.read(course.released(assignment), as_version=4)
    edition = _edition(notebook)
    about = {"assignment": assignment, "edition": edition}
    notebook.metadata = NotebookNode(kernelspec=KERNEL, lossbook=about)
    name = f"{course.notebook(assignment)}.ipynb"
    text = nbformat.writes(notebook) + "\n"
    entry = LISTED | {"name": name, "path": name, "size": len(text.encode())}
    others = [one for one in listed["content"] if one["path"] != name]
    listed["content"] = [*others, entry]
    files.write(lite / "files" / name, text)
    files.write(listing, json.dumps(listed, indent=1))
    files.write(
        lite / "editions.json", json.dumps(editions | {name: edition}, indent=1)
    )
    return f"lite/open.html?assignment={assignment}"


def _edition(notebook: NotebookNode) -> str:
    """One word for what the cells say, by which a copy is known to be of this."""
    said = json.dumps([[cell.id, cell.source] for cell in notebook.cells])
    return hashlib.sha256(said.encode()).hexdigest()[:16]
