"""Who was late, and what it costs: by the course's own rule, where it has one.

The learning platform knows best who was late, as it knows its extensions; where it
does not say, the due dates of `course.toml` decide, or those of the gradebook.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from nbgrader.api import Gradebook, MissingEntry, SubmittedAssignment

from . import submissions
from .course import Course
from .submissions import Submission


def set_due(course: Course, assignment: str) -> None:
    """Tell nbgrader the due date that `course.toml` gives; without one, nothing."""
    due = course.settings.due.get(assignment)
    if due is None:
        return
    with course.gradebook() as gradebook:
        gradebook.update_or_create_assignment(assignment, duedate=_naive(due))


def seconds(course: Course, known: Submission, graded: SubmittedAssignment) -> float:
    """How late a submission is; 0 if it is in time, or if nobody knows."""
    until = course.settings.until(
        known.assignment, known.student, known.identifier, known.email
    )
    if known.seconds_late is not None and not _has_extension(course, known):
        return known.seconds_late
    if until is None or graded.timestamp is None:
        return graded.total_seconds_late
    return max(0.0, (graded.timestamp - _naive(until)).total_seconds())


def apply(course: Course, assignment: str) -> None:
    """Write into the gradebook what the rule takes from each late submission."""
    rule = course.settings.late
    with course.gradebook() as gradebook:
        for known, graded in _all(course, gradebook, assignment):
            late = seconds(course, known, graded)
            until = course.settings.until(
                assignment, known.student, known.identifier, known.email
            )
            due = course.settings.due.get(assignment)
            if until is not None and due is not None and until != due:
                graded.extension = timedelta(seconds=(until - due).total_seconds())
            if rule is None and not known.penalised:
                continue  # nbgrader's own rule, if it has one, stands
            if known.penalised != (rule is not None):
                submissions.write(course, known.but(penalised=rule is not None))
            for notebook in graded.notebooks:
                notebook.late_submission_penalty = (
                    rule.penalty(notebook.score, late) if rule is not None else 0
                )
        gradebook.db.commit()


def _all(
    course: Course, gradebook: Gradebook, assignment: str
) -> Iterator[tuple[Submission, SubmittedAssignment]]:
    for student in course.students(assignment):
        with suppress(MissingEntry):
            graded = gradebook.find_submission(assignment, student)
            yield submissions.read(course, student, assignment), graded


def _has_extension(course: Course, known: Submission) -> bool:
    names = course.settings.extensions.get(known.assignment, {})
    return bool({known.student, known.identifier, known.email} & set(names))


def _naive(time: datetime) -> datetime:
    """As nbgrader keeps it: in UTC, without saying so."""
    return time.astimezone(UTC).replace(tzinfo=None)
