"""Who was late, and what it costs: by the course's own rule, where it has one.

The learning platform knows best who was late, as it knows its extensions; where it
does not say, the due dates of `course.toml` decide, or those of the gradebook.
"""

from collections.abc import Collection, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches

from nbgrader.api import Gradebook, MissingEntry, SubmittedAssignment

from . import roster, submissions
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
    until = course.settings.until(known.assignment, known.names)
    if known.seconds_late is not None and not _has_extension(course, known):
        return known.seconds_late
    if until is None or graded.timestamp is None:
        return graded.total_seconds_late
    return max(0.0, (graded.timestamp - _naive(until)).total_seconds())


def is_extended(course: Course, known: Submission, graded: SubmittedAssignment) -> bool:
    """Whether an extension of ours says who is late, whatever the platform says."""
    return _has_extension(course, known) and graded.timestamp is not None


def is_known(course: Course, known: Submission, graded: SubmittedAssignment) -> bool:
    """Whether anybody can say if a submission was late: the platform, or a due date."""
    return (
        known.is_told
        or known.seconds_late is not None
        or course.settings.until(known.assignment, known.names) is not None
        or graded.duedate is not None
    )


def unmeasured(course: Course, assignment: str) -> Iterator[str]:
    """What the rule for late ones lacks, in words: nobody else says what it needs."""
    if course.settings.late is None or _is_due_by_nbgrader(course, assignment):
        return
    records = [
        submissions.read(course, student, assignment)
        for student in submissions.everybody(course, assignment)
    ]
    undated = [
        known
        for known in records
        if known.seconds_late is None
        and course.settings.until(assignment, known.names) is None
    ]
    if late := [known.student for known in undated if known.is_late]:
        yield (
            f"[late] takes points, and nobody knows by how much {', '.join(late)} came "
            f"late, so it takes none. Add {assignment} to [due], or collect again with "
            "Moodle's worksheet in English."
        )
    if any(not (known.is_told or known.is_late) for known in undated):
        yield (
            f"[late] takes points, and nobody knows who came late: neither [due] nor "
            f"the roster says it of {assignment}. Add it to [due], or collect again "
            "with Moodle's worksheet as --roster."
        )


def _is_due_by_nbgrader(course: Course, assignment: str) -> bool:
    with course.gradebook() as gradebook, suppress(MissingEntry):
        return gradebook.find_assignment(assignment).duedate is not None
    return False


def unknown(course: Course, assignment: str) -> Iterator[str]:
    """What `course.toml` names and nobody knows, in words: assignments and students."""
    rules = course.settings
    there = course.assignments()
    for table, entries in (("due", rules.due), ("extensions", rules.extensions)):
        for name in entries:
            if name not in there:
                meant = _meant(name, there)
                yield f"[{table}] names {name!r}, which is no assignment here.{meant}"
    people = roster.kept(course, assignment)
    handed_in = [
        submissions.read(course, student, assignment)
        for student in submissions.everybody(course, assignment)
    ]
    known = {
        *(name for one in people.people for name in one.names),
        *(name for one in handed_in for name in one.names),
    }
    where = "on the roster or among" if people else "among"
    for name in rules.extensions.get(assignment, ()):
        if name not in known:
            yield (
                f"[extensions.{assignment}] names {name!r}, and nobody {where} those "
                f"who handed in goes by it.{_meant(name, known)}"
            )


def _meant(name: str, known: Collection[str]) -> str:
    """What a name that nobody knows was perhaps meant to be."""
    near = get_close_matches(name, sorted(known), n=1)
    return f" Perhaps {near[0]!r} is meant." if near else ""


def apply(course: Course, assignment: str) -> None:
    """Write into the gradebook what the rule takes from each late submission."""
    rule = course.settings.late
    with course.gradebook() as gradebook:
        for known, graded in _all(course, gradebook, assignment):
            late = seconds(course, known, graded)
            until = course.settings.until(assignment, known.names)
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
    return bool(known.names & set(names))


def _naive(time: datetime) -> datetime:
    """As nbgrader keeps it: in UTC, without saying so."""
    return time.astimezone(UTC).replace(tzinfo=None)
