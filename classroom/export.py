"""Grades as tables: one with everything, and those that Canvas and Moodle take in.

No grade is never a grade of 0: where a person must look first, the cell stays empty.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nbgrader.api import MissingEntry

from . import records
from .course import Course, CourseError
from .records import Record
from .release import points

FORMATS = ("all", "canvas", "moodle")


@dataclass(frozen=True)
class Grade:
    """What a student gets for an assignment.

    Attributes
    ----------
    record : Record
        How the run ended.
    by_program : float or None
        The points of the tests; None if nothing can be said.
    by_hand : float or None
        Those of answers in words; None if a person has not read all of them.
    maximum : float
        What all of it is worth.
    seconds_late : float
        How late it came, if there is a due date.
    """

    record: Record
    by_program: float | None
    by_hand: float | None
    maximum: float
    seconds_late: float

    @property
    def score(self) -> float | None:
        """The grade; None as long as a person must look first."""
        if self.record.needs_review or self.by_program is None or self.by_hand is None:
            return None
        return self.by_program + self.by_hand


def grades(course: Course, assignment: str) -> Iterator[Grade]:
    """The grades of everybody who handed something in, by name.

    Raises
    ------
    CourseError
        If the assignment has not been released, or nobody handed it in.
    """
    maximum = sum(points(course, assignment))
    students = course.students(assignment)
    if not students:
        raise CourseError(f"Nobody has handed in {assignment} yet.")
    with course.gradebook() as gradebook:
        for student in students:
            record = records.read(course, student, assignment)
            try:
                submission = gradebook.find_submission(assignment, student)
                (notebook,) = submission.notebooks
            except (MissingEntry, ValueError):
                yield Grade(record, None, None, maximum, 0)
                continue
            tested = [g for g in notebook.grades if g.cell.cell_type == "code"]
            read = [g for g in notebook.grades if g.cell.cell_type != "code"]
            unread = any(g.needs_manual_grade or g.score is None for g in read)
            penalty = submission.late_submission_penalty or 0
            yield Grade(
                record,
                None if record.status == "unreadable" else _sum(tested) - penalty,
                None if unread else _sum(read),
                maximum,
                submission.total_seconds_late,
            )


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
        "status": record.status or "not graded",
        "needs_review": "yes" if record.needs_review else "no",
        "by_program": _number(grade.by_program),
        "by_hand": _number(grade.by_hand),
        "score": _number(grade.score),
        "maximum": _number(grade.maximum),
        "late": "yes" if record.is_late or grade.seconds_late > 0 else "no",
        "seconds_late": _number(grade.seconds_late),
        "seconds_run": _number(record.seconds),
        "file": _text(record.came_as),
        "reason": record.reason,
    }


def _canvas(grade: Grade) -> dict:
    record = grade.record
    return {
        "Student": _text(record.student),
        "ID": record.identifier,
        "SIS User ID": "",
        "SIS Login ID": "",
        "Section": "",
        record.assignment: _number(grade.score),
    }


def _moodle(grade: Grade) -> dict:
    record = grade.record
    number = record.identifier
    return {
        "Identifier": f"Participant {number}" if number else "",
        "Full name": _text(record.student),
        "Status": record.status or "not graded",
        "Grade": _number(grade.score),
        "Maximum Grade": _number(grade.maximum),
        "Feedback comments": record.reason,
    }


_ROWS = {"all": _all, "canvas": _canvas, "moodle": _moodle}


def _sum(some: list) -> float:
    return sum(grade.score or 0 for grade in some)


def _number(value: float | None) -> str:
    return "" if value is None else f"{round(value, 2):g}"


def _text(name: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{name}" if name[:1] in ("=", "+", "-", "@") else name
