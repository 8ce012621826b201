"""Grades as tables: one with everything, and those that Canvas and Moodle take in.

No grade is never a grade of 0: where a person must look first, the cell stays empty.
"""

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nbgrader.api import MissingEntry

from . import cleaning, lateness, roster, submissions
from .course import Course, CourseError
from .release import points
from .submissions import Submission

FORMATS = ("all", "canvas", "moodle")
FORMULA = re.compile(r"(^\s*|[;,|\t]\s*)([=+\-@|])")  # the beginning of one
NO_POINTS = ("unreadable", "failed")  # nothing ran


@dataclass(frozen=True)
class Grade:
    """What a student gets for an assignment.

    Attributes
    ----------
    record : Submission
        How the run ended.
    by_program : float or None
        The points of the tests; None if nothing can be said.
    by_hand : float or None
        Those of answers in words; None if a person has not read all of them.
    maximum : float
        What all of it is worth.
    seconds_late : float
        How late it came, if there is a due date.
    penalty : float
        The points that this costs; `score` is without them.
    is_missing : bool
        Whether it is of somebody on the roster who handed in nothing.
    """

    record: Submission
    by_program: float | None = None
    by_hand: float | None = None
    maximum: float = 0
    seconds_late: float = 0
    penalty: float = 0
    is_missing: bool = False

    @property
    def status(self) -> str:
        """How the run ended, or why there was none, in a word or two."""
        if self.is_missing:
            return "not handed in"
        return self.record.status or "not graded"

    @property
    def score(self) -> float | None:
        """The grade; None as long as a person must look first."""
        if self.record.needs_review or self.by_program is None or self.by_hand is None:
            return None
        return max(0.0, self.by_program + self.by_hand - self.penalty)


def grades(course: Course, assignment: str) -> Iterator[Grade]:
    """The grades of everybody: who handed something in, and who did not.

    Raises
    ------
    CourseError
        If the assignment has not been released, or nobody is known.
    """
    maximum = sum(points(course, assignment))
    students = submissions.everybody(course, assignment)
    people = roster.kept(course, assignment).people
    if not students and not people:
        raise CourseError(f"Nobody has handed in {assignment} yet.")
    lateness.apply(course, assignment)
    with course.gradebook() as gradebook:
        for student in students:
            record = submissions.read(course, student, assignment)
            try:
                graded = gradebook.find_submission(assignment, student)
                (notebook,) = graded.notebooks
            except (MissingEntry, ValueError):
                yield Grade(record, maximum=maximum)
                continue
            tested = [g for g in notebook.grades if g.cell.cell_type == "code"]
            read = [g for g in notebook.grades if g.cell.cell_type != "code"]
            unread = any(g.needs_manual_grade or g.score is None for g in read)
            unread |= any(g.needs_manual_grade for g in tested)
            yield Grade(
                record,
                None if record.status in NO_POINTS else _sum(tested),
                None if unread else _sum(read),
                maximum,
                lateness.seconds(course, record, graded),
                notebook.late_submission_penalty or 0,
            )
    for person in people:
        if person.student not in students:
            nothing = Submission(
                person.student,
                assignment,
                identifier=person.identifier,
                email=person.email,
            )
            yield Grade(nothing, maximum=maximum, is_missing=True)


def export(course: Course, assignment: str, format: str, path: Path) -> list[Grade]:
    """Write a table of grades as CSV; returns them.

    Parameters
    ----------
    course : Course
        The course.
    assignment : str
        The assignment.
    format : {"all", "canvas", "moodle"}
        "canvas" can be imported into its gradebook, "moodle" likewise.
    path : Path
        The file to write.

    Raises
    ------
    CourseError
        As `grades` does.
    """
    all_grades = list(grades(course, assignment))
    rows = [_ROWS[format](grade) for grade in all_grades]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        if format == "canvas":
            writer.writerow(
                {"Student": "    Points Possible", assignment: all_grades[0].maximum}
            )
        writer.writerows(rows)
    return all_grades


def _all(grade: Grade) -> dict:
    record = grade.record
    return {
        "student": _text(record.student),
        "assignment": record.assignment,
        "identifier": _text(record.identifier),
        "email": _text(record.email),
        "status": grade.status,
        "needs_review": "yes" if record.needs_review and not grade.is_missing else "no",
        "by_program": _number(grade.by_program),
        "by_hand": _number(grade.by_hand),
        "penalty": _number(grade.penalty),
        "score": _number(grade.score),
        "maximum": _number(grade.maximum),
        "late": "yes" if record.is_late or grade.seconds_late > 0 else "no",
        "seconds_late": _number(grade.seconds_late),
        "seconds_run": _number(record.seconds),
        "file": _text(record.came_as),
        "reason": _text(record.reason),
    }


def _canvas(grade: Grade) -> dict:
    record = grade.record
    return {
        "Student": _text(record.student),
        "ID": _text(record.identifier),
        "SIS User ID": "",
        "SIS Login ID": "",
        "Section": "",
        record.assignment: _number(grade.score),
    }


def _moodle(grade: Grade) -> dict:
    record = grade.record
    number = record.identifier
    return {
        "Identifier": f"Participant {_text(number)}" if number else "",
        "Full name": _text(record.student),
        "Status": grade.status,
        "Grade": _number(grade.score),
        "Maximum Grade": _number(grade.maximum),
        "Feedback comments": _text(record.reason),
    }


_ROWS = {"all": _all, "canvas": _canvas, "moodle": _moodle}


def _sum(some: list) -> float:
    return sum(grade.score or 0 for grade in some)


def _number(value: float | None) -> str:
    return "" if value is None else f"{round(value, 2):g}"


def _text(written: str) -> str:
    """A text in one line that no spreadsheet takes for a formula."""
    line = cleaning.line(written)
    # Also where a spreadsheet parts a line at other signs. Those of full width count.
    signs = unicodedata.normalize("NFKC", line)
    return FORMULA.sub(r"\1'\2", signs) if FORMULA.search(signs) else line
