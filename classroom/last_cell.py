"""The last cell of a release: it asks what is still missing.

It suffices alone, so it knows the tasks: their headings, and the names that each asks
for. Grading takes it out again.
"""

import json
from collections.abc import Mapping

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from nbgrader import utils

from .checks import Check

LAST = "before_you_hand_in"
HEADING = "## "
TEXT = """# Run this cell before you hand in. It takes the notebook as it was saved,
# runs it once more from the top, and says what is missing. Nothing is changed or sent.
from lossbook import handing_in

handing_in.check(
    {name},
    {{
{tasks}
    }},
)"""


def append(notebook: NotebookNode, assignment: str, key: Mapping[str, Check]) -> None:
    """Put it at the end of a source notebook, in place of an earlier one."""
    lines = (
        f"        {_said(title)}: {_said(names)},"
        for title, names in tasks(notebook, key).items()
    )
    text = TEXT.format(name=_said(assignment), tasks="\n".join(lines))
    cell = new_code_cell(text, id="before-you-hand-in")
    cell.metadata.nbgrader = {
        "grade": False,
        "grade_id": LAST,
        "locked": True,
        "schema_version": 3,
        "solution": False,
        "task": False,
    }
    remove(notebook)
    notebook.cells.append(cell)
    about = notebook.metadata.setdefault("lossbook", NotebookNode())
    about["assignment"] = assignment


def remove(notebook: NotebookNode) -> None:
    """Take it out: what it says is none of the student's work."""
    notebook.cells = [
        cell
        for cell in notebook.cells
        if cell.metadata.get("nbgrader", {}).get("grade_id") != LAST
    ]


def tasks(notebook: NotebookNode, key: Mapping[str, Check]) -> dict[str, list[str]]:
    """The names that each task asks for, by its heading; none for one in words."""
    found: dict[str, list[str]] = {}
    title = ""
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and cell.source.startswith(HEADING):
            title = cell.source.splitlines()[0].removeprefix(HEADING).strip()
        check = key.get(cell.metadata.get("nbgrader", {}).get("grade_id", ""))
        if title and check and check.name not in found.setdefault(title, []):
            found[title].append(check.name)
        elif title and cell.cell_type == "markdown" and utils.is_solution(cell):
            found.setdefault(title, [])
    return found


def _said(value: str | list[str]) -> str:
    return json.dumps(value, ensure_ascii=False)
