"""A notebook's hidden tests: filled in for the sandbox, and judged when it is back."""

from collections.abc import Callable
from copy import deepcopy

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader import utils

from lossbook.exercises import Outcome

from . import cleaning
from .checks import Check, TamperedError, generator

MISTAKE = "lossbook_mistake"  # in the metadata of what a graded cell gives
# Not "raised": what ran too long, or asked for too much, stopped with no error.
STOPPED = Outcome("wrong", "This test did not run: the notebook ended before it.")
Execute = Callable[[str], dict]


def examine(notebook: NotebookNode, key: dict[str, Check], execute: Execute) -> str:
    """Run a sanitised submission, judge its hidden tests, and return its status.

    The outputs of `notebook` become those of the run; a graded cell shows what the
    key says of the answer, and the points.

    Parameters
    ----------
    notebook : NotebookNode
        Changed in place.
    key : dict
        The checks, by the id of the graded cell.
    execute : callable
        Takes the notebook as JSON, runs it, and returns what `sandbox.execute` does.
    """
    return judge(notebook, key, execute(with_tests(notebook, key)))


def with_tests(notebook: NotebookNode, key: dict[str, Check]) -> str:
    """The notebook as JSON, its hidden tests replaced by what emits the answers.

    Raises
    ------
    KeyError
        If the key does not know a graded cell.
    """
    seed = answers(notebook)
    asking = deepcopy(notebook)
    for cell in filter(is_tested, asking.cells):
        grade_id = cell.metadata.nbgrader.grade_id
        if grade_id not in key:
            raise KeyError(f"the key has no check for the cell {grade_id!r}")
        cell.source = key[grade_id].source(generator(grade_id, seed))
    return nbformat.writes(asking)


def judge(notebook: NotebookNode, key: dict[str, Check], result: dict) -> str:
    """Put the outputs of the run, and the verdicts, into `notebook`; the status."""
    status = result["status"]
    seed = answers(notebook)
    ran = nbformat.reads(result["notebook"], as_version=4)
    for cell, theirs in zip(notebook.cells, ran.cells, strict=True):
        if cell.cell_type != "code":
            continue
        cell.execution_count = theirs.execution_count
        if not is_tested(cell):
            cell.outputs = cleaning.outputs(theirs.outputs)
            continue
        grade_id = cell.metadata.nbgrader.grade_id
        if not theirs.outputs and status != "ok":
            outcome = STOPPED
        else:
            try:
                outcome = key[grade_id].judge(theirs.outputs, generator(grade_id, seed))
            except TamperedError as why:
                outcome, status = Outcome("wrong", str(why)), "tampered"
        points = cell.metadata.nbgrader.points if outcome else 0
        cell.outputs = _told(outcome, points)
    notebook.metadata.setdefault("lossbook", NotebookNode())["status"] = status
    return status


def answers(notebook: NotebookNode) -> str:
    """What the student wrote, from which the numbers of the tests are drawn."""
    return "\n".join(
        cell.source for cell in notebook.cells if not utils.is_locked(cell)
    )


def is_tested(cell: NotebookNode) -> bool:
    """Whether a program grades this cell.

    Visible tests are graded cells, too, so that nbgrader's Validate runs them; but
    they are worth nothing.
    """
    return (
        cell.cell_type == "code"
        and utils.is_grade(cell)
        and not utils.is_solution(cell)
        and cell.metadata.nbgrader.points > 0
    )


def mistake(cell: NotebookNode) -> str:
    """The name of the mistake that a tested cell was found to show, or nothing."""
    told = (output.get("metadata", {}).get(MISTAKE) for output in cell.outputs)
    return next(filter(None, told), "")


def _told(outcome: Outcome, points: float) -> list[NotebookNode]:
    """What a graded cell shows; nbgrader reads the points from the last output."""
    # An error in it is in the student's words.
    said = new_output("stream", name="stdout", text=f"{cleaning.text(repr(outcome))}\n")
    given = new_output("execute_result", {"text/plain": f"{points:g}"})
    given.metadata[MISTAKE] = outcome.mistake or ""
    return [said, given]
