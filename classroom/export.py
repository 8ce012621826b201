"""Grades as tables: one with everything, and those that gradebooks take in.

The teacher's own table of Moodle or Canvas is filled in by `worksheets`.  No grade is
never a grade of 0: where a person must look first, the cell stays empty.
"""

import csv
import html
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from nbgrader.api import MissingEntry

from . import cleaning, lateness, roster, submissions
from .counting import counted
from .course import Course, CourseError
from .release import points
from .submissions import Submission

FORMATS = ("all", "canvas", "moodle")
FORMULA = re.compile(r"(^\s*|[;,|\t]\s*)([=+\-@|])")  # the beginning of one
NO_POINTS = ("unreadable", "failed")  # nothing ran
OF_ANOTHER = (
    "Some of your answers are right for the numbers of another variant, and not for "
    "yours. The page of feedback shows your own numbers: work with these."
)


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
    is_dated : bool
        Whether anybody knows if it came late.
    penalty : float
        The points that this costs; `score` is without them.
    is_missing : bool
        Whether it is of somebody on the roster who handed in nothing.
    is_extended : bool
        Whether an extension of the course decides if it is late, not the platform.
    """

    record: Submission
    by_program: float | None = None
    by_hand: float | None = None
    maximum: float = 0
    seconds_late: float = 0
    is_dated: bool = True
    penalty: float = 0
    is_missing: bool = False
    is_extended: bool = False

    @property
    def status(self) -> str:
        """How the run ended, or why there was none, in a word or two."""
        if self.is_missing:
            return "not handed in"
        return self.record.status or "not graded"

    @property
    def is_late(self) -> str:
        """Whether it came late, in a word; empty where nobody can say."""
        is_marked = self.record.is_late and not self.is_extended
        if is_marked or self.seconds_late > 0:
            return "yes"
        return "no" if self.is_dated and not self.is_missing else ""

    @property
    def late_note(self) -> str:
        """What being late costs, in words for the student; empty if nothing."""
        hours = counted(float(f"{self.seconds_late / 3600:.3g}"), "hour")
        lost = counted(self.penalty, "point")
        return f"It came {hours} late, which costs {lost}." if self.penalty else ""

    @property
    def variant_note(self) -> str:
        """That answers belong to another variant, in words for the student; or empty.

        Whose it is, the student is not told.
        """
        return OF_ANOTHER if self.record.variant_of else ""

    @property
    def comment(self) -> str:
        """What to tell the student beside the grade; empty if that says it all."""
        notes = self.record.reason, self.variant_note, self.late_note
        return " ".join(filter(None, notes))

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
                yield Grade(record, maximum=maximum, is_dated=record.is_told)
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
                lateness.is_known(course, record, graded),
                notebook.late_submission_penalty or 0,
                is_extended=lateness.is_extended(course, record, graded),
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


def export(grades: Sequence[Grade], format: str, path: Path) -> list[str]:
    """Write a table of grades as CSV; returns what is to be told.

    Parameters
    ----------
    grades : sequence of Grade
        Those of everybody.
    format : {"all", "canvas", "moodle"}
        "canvas" can be imported into its gradebook, "moodle" likewise.
    path : Path
        The file to write.

    Raises
    ------
    CourseError
        If Moodle could find none of the graded by their email.
    """
    listed, notes = grades, []
    if format == "moodle":
        # It marks every row as overridden, those without a grade too.
        graded = [grade for grade in grades if grade.score is not None]
        listed = [grade for grade in graded if grade.record.email]
        if not listed:
            raise CourseError(
                "Moodle's gradebook finds people by their email, and "
                + ("none of the graded has one" if graded else "nobody has a grade yet")
                + ". Give the worksheet as --roster when you collect; or fill it in by "
                "--worksheet, for which no email is needed."
            )
        if without := [g.record.student for g in graded if not g.record.email]:
            who = counted(len(without), "has no email", "have no email")
            notes = [f"{who}: {', '.join(without)}"]
    rows = [_ROWS[format](grade) for grade in listed]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        if format == "canvas":
            first = {"Student": "    Points Possible"}
            writer.writerow(first | {grades[0].record.assignment: grades[0].maximum})
        writer.writerows(rows)
    return notes


def _all(grade: Grade) -> dict:
    record = grade.record
    return {
        "student": text(record.student),
        "assignment": record.assignment,
        "identifier": text(record.identifier),
        "email": text(record.email),
        "status": grade.status,
        "needs_review": "yes" if record.needs_review and not grade.is_missing else "no",
        "by_program": number(grade.by_program),
        "by_hand": number(grade.by_hand),
        "penalty": number(grade.penalty),
        "score": number(grade.score),
        "maximum": number(grade.maximum),
        "late": grade.is_late,
        "seconds_late": number(grade.seconds_late) if grade.is_late else "",
        "seconds_run": number(record.seconds) if record.status else "",
        "variant_of": text(record.variant_of),
        "file": text(record.came_as),
        "reason": text(record.reason),
    }


def _canvas(grade: Grade) -> dict:
    record = grade.record
    return {
        "Student": text(record.student),
        "ID": text(record.identifier),
        "SIS User ID": "",
        "SIS Login ID": "",
        "Section": "",
        record.assignment: number(grade.score),
    }


def _moodle(grade: Grade) -> dict:
    record = grade.record
    return {
        "Email address": text(record.email),
        "Full name": text(record.student),
        "Grade": number(grade.score),
        "Feedback": html.escape(text(grade.comment)),  # it shows it as HTML
    }


_ROWS = {"all": _all, "canvas": _canvas, "moodle": _moodle}


def _sum(some: list) -> float:
    return sum(grade.score or 0 for grade in some)


def number(value: float | None) -> str:
    """Points as a table has them; empty for none."""
    return "" if value is None else f"{round(value, 2):g}"


def text(written: str) -> str:
    """A text in one line that no spreadsheet takes for a formula."""
    line = cleaning.line(written)
    # Also where a spreadsheet parts a line at other signs. Those of full width count.
    signs = unicodedata.normalize("NFKC", line)
    return FORMULA.sub(r"\1'\2", signs) if FORMULA.search(signs) else line
