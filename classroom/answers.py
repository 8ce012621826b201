"""The answers in `wrong/`, as notebooks handed in: what the key is itself tried on."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader import utils

from .counting import counted
from .course import Course, CourseError
from .export import grades
from .release import points
from .restoring import grade_id


@dataclass(frozen=True)
class Answer:
    """One set of answers to an assignment, and what it must get.

    Attributes
    ----------
    name : str
        In a few words, what is wrong or odd.
    is_right : bool
        Whether it is odd, but right: it gets full marks.
    score : float or None
        What the program must give; None for full marks.
    says : str
        A part of what the feedback must say.
    answers : dict
        By the id of the solution cell, what stands in it; all others are right.
    """

    name: str
    is_right: bool
    score: float | None = None
    says: str = ""
    answers: dict[str, str] = field(default_factory=dict)


def load(course: Course, assignment: str) -> list[Answer]:
    """The wrong answers and then the odd but right ones.

    Raises
    ------
    CourseError
        If the file cannot be read, or an entry is not as it must be.
    """
    path = course.root / "wrong" / f"{assignment}.toml"
    try:
        tables = tomllib.loads(path.read_text("utf-8"))
        return [
            Answer(is_right=kind == "right", **entry)
            for kind in ("wrong", "right")
            for entry in tables[kind]
        ]
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise CourseError(f"{path}: {error}") from error


def notebook(course: Course, assignment: str, answers: dict[str, str]) -> NotebookNode:
    """The released notebook with these answers, and right ones in all other cells.

    Raises
    ------
    CourseError
        If there is no cell for an answer.
    """
    released = nbformat.read(course.released(assignment), as_version=4)
    source = nbformat.read(course.source(assignment), as_version=4)
    right = {grade_id(cell): cell.source for cell in source.cells}
    solutions = {grade_id(cell) for cell in released.cells if utils.is_solution(cell)}
    if strange := sorted(set(answers) - solutions):
        raise CourseError(
            f"{assignment} has no solution cell {strange[0]!r}; there are "
            f"{', '.join(sorted(solutions))}"
        )
    for cell in released.cells:
        if grade_id(cell) in solutions:
            cell.source = answers.get(grade_id(cell), right[grade_id(cell)])
    return released


def hand_in(course: Course, assignment: str, student: str, text: str | bytes) -> Path:
    """Put a notebook where a collected one would lie; returns its path."""
    folder = course.submitted(student, assignment)
    path = folder / f"{course.notebook(assignment)}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def hand_in_all(course: Course, assignment: str) -> dict[str, Answer]:
    """Hand in every answer; returns which student each of them is."""
    found = {}
    for number, answer in enumerate(load(course, assignment), 1):
        student = re.sub(r"[^\w ]", "", f"{number:02} {answer.name}")
        filled = notebook(course, assignment, answer.answers)
        hand_in(course, assignment, student, nbformat.writes(filled))
        found[student] = answer
    return found


def wrongly_graded(
    course: Course, assignment: str, handed_in: dict[str, Answer]
) -> Iterator[str]:
    """What has been graded otherwise than its file says, in a sentence each."""
    full, _ = points(course, assignment)
    for grade in grades(course, assignment):
        student = grade.record.student
        answer = handed_in[student]
        wanted = full if answer.score is None else answer.score
        if grade.record.status != "ok":
            yield f"{student}: {grade.record.status}. {grade.record.reason}"
            continue
        ran = nbformat.read(course.autograded(student, assignment), as_version=4)
        outputs = [o for cell in ran.cells for o in cell.get("outputs", [])]
        told = "".join(o.text for o in outputs if o.output_type == "stream")
        if grade.by_program != wanted:
            got = counted(grade.by_program or 0, "point")
            yield f"{student}: got {got}, should get {wanted:g}"
        elif answer.says not in told:
            yield f"{student}: is not told {answer.says!r}, but\n{told}"
