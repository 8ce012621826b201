"""Marks that a person gave: kept for as long as the answer is the same."""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.api import Grade, Gradebook, MissingEntry

from . import examine, submissions
from .course import Course
from .restoring import grade_id


def answers(notebook: NotebookNode) -> dict[str, str]:
    """By graded cell, a digest of what its points are for."""
    code = examine.answers(notebook)
    return {
        grade_id(cell): hashlib.sha256(
            (code if cell.cell_type == "code" else cell.source).encode()
        ).hexdigest()
        for cell in notebook.cells
        if grade_id(cell) and utils.is_grade(cell)
    }


@contextmanager
def kept(
    course: Course, student: str, assignment: str, answers: Mapping[str, str]
) -> Iterator[None]:
    """Keep the marks for what is still the same, while grades are written.

    nbgrader asks for each of them again.
    """
    read = submissions.read(course, student, assignment).read
    hold = {name for name, digest in answers.items() if read.get(name) == digest}
    with course.gradebook() as gradebook:
        hold &= {
            grade.name
            for grade in _grades(gradebook, student, assignment)
            if grade.manual_score is not None and not grade.needs_manual_grade
        }
    yield
    if not hold:
        return
    with course.gradebook() as gradebook:
        for grade in _grades(gradebook, student, assignment):
            if grade.name in hold:
                grade.needs_manual_grade = False
        gradebook.db.commit()


def ask_for_empty(
    course: Course,
    student: str,
    assignment: str,
    notebook: NotebookNode,
    release: NotebookNode,
) -> None:
    """Ask a person where an answer in words is empty, and may stand elsewhere.

    nbgrader gives zero for an empty one; but it may have been written in a cell of
    one's own, below or above the one that was meant for it.
    """
    has_own = any(c.source.strip() and not grade_id(c) for c in notebook.cells)
    given = {grade_id(cell): cell.source for cell in release.cells}
    empty = {
        grade_id(cell)
        for cell in notebook.cells
        if cell.cell_type == "markdown" and utils.is_grade(cell)
        if cell.source.split() == given.get(grade_id(cell), "").split()
    }
    if not (has_own and empty):
        return
    with course.gradebook() as gradebook:
        for grade in _grades(gradebook, student, assignment):
            if grade.name in empty and grade.manual_score is None:
                grade.needs_manual_grade = True
        gradebook.db.commit()


def _grades(gradebook: Gradebook, student: str, assignment: str) -> list[Grade]:
    """Nbgrader's grades of a submission; none if it is not in the gradebook yet."""
    try:
        submission = gradebook.find_submission(assignment, student)
    except MissingEntry:
        return []
    return [grade for notebook in submission.notebooks for grade in notebook.grades]
