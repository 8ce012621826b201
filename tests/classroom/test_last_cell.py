"""The last cell of a release, alone in a fresh kernel, and what becomes of it."""

import nbformat
import pytest
from jupyter_client.manager import start_new_kernel

from classroom import answers, last_cell
from classroom.checks import load_key
from classroom.course import HERE, Course
from classroom.restoring import grade_id, restored
from lossbook.handing_in import DATA
from tests.classroom.conftest import ASSIGNMENT
from tests.classroom.test_keys import ASSIGNMENTS


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_it_asks_for_every_task_and_every_name(assignment):
    notebook = nbformat.read(Course().source(assignment), 4)
    key = load_key(HERE / "assignments" / "keys", assignment)

    asked = last_cell.tasks(notebook, key)

    assert len(asked) == 6
    assert {n for names in asked.values() for n in names} == {
        check.name for check in key.values()
    }
    assert [title for title, names in asked.items() if not names] == [list(asked)[-1]]


def said_alone(folder, notebook):
    """What the last cell says in a kernel that has run nothing else."""
    nbformat.write(notebook, folder / "mine.ipynb")
    manager, client = start_new_kernel(kernel_name="python3", cwd=str(folder))
    said = []
    try:
        client.execute_interactive(
            notebook.cells[-1].source,
            output_hook=lambda message: said.append(message["content"]),
            timeout=120,
        )
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    (data,) = [one["data"] for one in said if "data" in one]
    return data


@pytest.mark.classroom
def test_it_suffices_alone(course, tmp_path):
    empty = nbformat.read(course.released(ASSIGNMENT), 4)
    assert grade_id(empty.cells[-1]) == last_cell.LAST
    wrong = {"linex": "def linex(y, y_hat, a):\n    return -1.0"}

    missing = said_alone(tmp_path, empty)[DATA]["unanswered"]
    right = said_alone(tmp_path, answers.notebook(course, ASSIGNMENT, {}))
    told = said_alone(tmp_path, answers.notebook(course, ASSIGNMENT, wrong))

    assert [title[:2] for title in missing] == ["1.", "2.", "3.", "4.", "5.", "6."]
    assert right["text/plain"].startswith("Nothing is missing")
    assert right[DATA] == {"unanswered": [], "failed": [], "unseen": []}
    assert "a loss is never negative" in told["text/plain"]
    assert told[DATA]["failed"][0][0].startswith("1. Too high")


@pytest.mark.classroom
@pytest.mark.parametrize("keeps_ids", [True, False])
def test_grading_takes_it_out(course, keeps_ids):
    release = nbformat.read(course.released(ASSIGNMENT), 4)
    handed_in = answers.notebook(course, ASSIGNMENT, {})
    if not keeps_ids:
        for cell in handed_in.cells[1:-3] + handed_in.cells[-1:]:
            del cell.metadata["nbgrader"]

    cells = restored(handed_in, release).cells

    assert len(cells) == len(release.cells) - 1
    assert not any("handing_in" in cell.source for cell in cells)
