"""Grading an assignment: sanitised and judged here, executed by the engine."""

import errno
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from types import MappingProxyType
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.apps import NbGraderAPI
from nbgrader.converters import Autograde
from sqlalchemy.exc import SQLAlchemyError

from . import (
    autograding,
    basis,
    cleaning,
    engines,
    examine,
    files,
    lateness,
    marks,
    submissions,
)  # fmt: skip
from .autograding import Sanitise, Save
from .basis import Basis
from .checks import Check
from .course import Course, CourseError
from .engines import Results
from .files import RefusedError
from .notebooks import UnreadableError, read_notebook
from .release import fitting_key, points
from .restoring import grade_id, restored
from .sandbox import Limits, bubblewrap, execute
from .submissions import Submission
from .variants import Variants

Engine = Callable[..., Results]
REASONS = {
    "ok": "",
    "timeout": "The notebook ran longer than it may, and was stopped. Tests that had "
    "run by then keep their points. Look for a loop that never ends.",
    "kernel_died": "Python ended in the middle of the notebook. Run it from the first "
    "cell to the last on your own machine, and look for what ends the program.",
    "out_of_memory": "The notebook asked for more memory than it may have. Look for an "
    "array that is far larger than the data.",
    "tampered": "A test did not come to its end as it was written. A person will look.",
    "failed": "The grading itself stumbled over this notebook. A person will look.",
}
# What is everybody's trouble: the disk.
EVERYBODYS = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO)


@dataclass
class Grading:
    """One run of `grade`: whom it concerns, and what it goes by."""

    course: Course
    assignment: str
    key: dict[str, Check]
    release: NotebookNode
    api: NbGraderAPI
    basis: Basis
    limits: str
    progress: Callable[[Submission], None]
    task: str = ""
    out: set[str] = field(default_factory=set)
    before: dict[str, dict[str, list]] = field(default_factory=dict)

    @property
    def variants(self) -> Variants | None:
        """What was handed out to each, if anything was."""
        return self.basis.variants

    def tasks(self, students: Sequence[str]) -> Iterator[engines.Task]:
        """The notebooks to run; what cannot be read is recorded on the way."""
        for student in students:
            try:
                key = self._key(student)
                self._prepare(student)
                notebook = examine.with_tests(self._sanitised(student), key)
            except UnreadableError as why:
                self._remember(student, "unreadable", str(why))
            except CourseError:
                raise
            except Exception as error:
                self._stumbled(student, error)
            else:
                self.out.add(student)
                yield student, notebook

    def finish(self, student: str, result: dict) -> None:
        """Judge what came back, and write grades and record."""
        self.out.discard(student)
        try:
            notebook = self._read(student)
            before = self.before.pop(student, {})
            status: Any = examine.judge(notebook, self._key(student), result)
            answers = marks.answers(notebook)
            read = submissions.read(self.course, student, self.assignment).read
            stays = [
                cell
                for cell in filter(examine.is_tested, notebook.cells)
                if grade_id(cell) in before
                and read.get(grade_id(cell)) == answers[grade_id(cell)]
            ]
            # What stays may be the verdict of an earlier key.
            is_whole = not stays or self.is_done(student)
            for cell in stays:
                cell.outputs = before[grade_id(cell)]
            path = self.course.autograded(student, self.assignment)
            path.unlink()  # nbgrader makes it read-only
            nbformat.write(notebook, path)
            with marks.kept(self.course, student, self.assignment, answers):
                self._run(Save, student)
            marks.ask_for_empty(
                self.course, student, self.assignment, notebook, self.release
            )
        except CourseError:
            raise
        except Exception as error:
            self._stumbled(student, error)
        else:
            reason = result.get("reason") or REASONS[status]
            whose = self._variant_of(student, result)
            self._remember(
                student,
                status,
                reason,
                result,
                read=answers,
                whose=whose,
                is_whole=is_whole,
            )

    def again(self, student: str) -> str:
        """A notebook that went out and never came in, to be run once more."""
        return examine.with_tests(self._read(student), self._key(student))

    def is_done(self, student: str) -> bool:
        """Whether this very submission has been graded, whole, by this very key."""
        known = submissions.read(self.course, student, self.assignment)
        return (
            known.status not in submissions.UNGRADED
            and known.limits == self.limits
            and known.digest == self.basis.digest(student)
        )

    def _key(self, student: str) -> dict[str, Check]:
        """The checks of a student, which a variant has of its own."""
        if self.variants is None:
            return self.key
        return self.variants.checks(self._person(student))

    def _person(self, student: str) -> str:
        return self.variants.person(self.course, student) if self.variants else student

    def _variant_of(self, student: str, result: Mapping[str, Any]) -> str:
        """Whose variant wrong answers are right for; empty for nobody's."""
        if self.variants is None:
            return ""
        ran = nbformat.reads(result["notebook"], as_version=4)
        return self.variants.whose(self._person(student), ran)

    def _prepare(self, student: str) -> None:
        """Bring the notebook that was handed in to the name and form nbgrader reads."""
        folder = self.course.submitted(student, self.assignment)
        with files.opened(folder) as found:
            for one in found:
                if one.refused and one.refused != files.NO_NOTEBOOK:
                    raise UnreadableError(f"{cleaning.line(one.name)} {one.refused}.")
            mine = {one.name: one for one in found if one.name.endswith(".ipynb")}
            name = f"{self.course.notebook(self.assignment)}.ipynb"
            if name not in mine and len(mine) != 1:
                names = ", ".join(map(cleaning.line, mine)) or "none"
                raise UnreadableError(
                    f"There must be a notebook named {name}. There are: {names}."
                )
            came_as = name if name in mine else next(iter(mine))
            try:
                data = mine[came_as].read()
            except RefusedError as error:
                raise UnreadableError(f"{came_as} {error}.") from error
        notebook = restored(read_notebook(data), self.release)
        text = nbformat.writes(notebook) + "\n"
        if text.encode() != data or came_as != name:
            files.write(folder / name, text)
        if came_as != name:
            (folder / came_as).unlink()

    def _sanitised(self, student: str) -> NotebookNode:
        if self.task and self.course.autograded(student, self.assignment).exists():
            self.before[student] = {
                grade_id(cell): cell.outputs
                for cell in filter(examine.is_tested, self._read(student).cells)
                if grade_id(cell) != self.task and cell.outputs  # which judging gives
            }
        log = self._run(Sanitise, student, force=True)
        if not self.course.autograded(student, self.assignment).exists():
            errors = log[log.find("[ERROR]") :]
            raise UnreadableError(f"nbgrader could not take it in: {errors}")
        return self._read(student)

    def _read(self, student: str) -> NotebookNode:
        path = self.course.autograded(student, self.assignment)
        return nbformat.read(path, as_version=4)

    def _run(self, half: type[Autograde], student: str, **options: Any) -> str:
        return autograding.run(half, self.api, student, self.assignment, **options)

    def _stumbled(self, student: str, error: Exception) -> None:
        """Record what nobody foresaw: it is this student's trouble only."""
        is_full = isinstance(error, OSError) and error.errno in EVERYBODYS
        if is_full or isinstance(error, SQLAlchemyError):
            raise CourseError(
                f"The grades of {student} could not be written: {error}. Make room, or "
                "see that the database answers; then run the command again: what has "
                "been graded stays."
            ) from error
        why = (
            f"{REASONS['failed']} ({type(error).__name__}: {cleaning.line(str(error))})"
        )
        self._remember(student, "failed", why)

    def _remember(
        self,
        student: str,
        status: submissions.Status,
        reason: str,
        result: Mapping[str, Any] = MappingProxyType({}),
        read: dict[str, str] | None = None,
        whose: str = "",
        is_whole: bool = True,
    ) -> None:
        known = submissions.read(self.course, student, self.assignment)
        new = known.but(
            status=status,
            reason=reason,
            digest=self.basis.digest(student) if is_whole else "",
            limits=self.limits,
            seconds=result.get("seconds", 0.0),
            walls=result.get("walls", ""),
            accepted=False,
            variant_of=whose,
            read=known.read if read is None else read,
        )
        submissions.write(self.course, new)
        self.progress(new)


def _no_bar(results: Results, count: int) -> Results:
    return results


def grade(
    course: Course,
    assignment: str,
    engine: Engine = engines.serial,
    *,
    students: Sequence[str] = (),
    task: str = "",
    force: bool = False,
    limits: Limits | None = None,
    bar: Callable[[Results, int], Iterable[tuple[str, dict]]] = _no_bar,
    progress: Callable[[Submission], None] = lambda submission: None,
) -> list[Submission]:
    """Grade what has been handed in and is not graded yet.

    It may be interrupted, and goes on where it stopped.  Marks that a person gave stay
    as long as the answer is the same.

    Parameters
    ----------
    course : Course
        The course.
    assignment : str
        The assignment; it must have been released.
    engine : callable, optional
        One of `engines`.
    students : sequence of str, optional
        Only these.
    task : str, optional
        Only the points of the tests of this graded cell; the other tests keep what
        they gave, where the answers are the same.  If that was by an earlier key, the
        next run without `task` judges them, too.
    force : bool, optional
        Grade again what has been graded.
    limits : Limits, optional
        What a submission may take.
    bar : callable, optional
        Gets what comes of each run, and how many there will be; gives it on, such as
        `tqdm`.  Not asked if there is nothing to grade.
    progress : callable, optional
        Is told each submission that was graded.

    Returns
    -------
    list of Submission
        Of all students that were asked for, also those graded before and those who
        handed in no notebook.

    Raises
    ------
    CourseError
        If nothing was handed in, if there is no sandbox, or if grades cannot be
        written.
    """
    points(course, assignment)  # it has been released
    everybody = course.students(assignment)
    known = submissions.everybody(course, assignment)
    if missing := sorted(set(students) - set(known)):
        raise CourseError(f"Nothing was handed in by {', '.join(missing)}.")
    if not known:
        raise CourseError(f"Nobody has handed in {assignment} yet.")
    if not course.trusted and not bubblewrap.is_available():
        raise CourseError(bubblewrap.WITHOUT)
    limits = limits or Limits()
    now = basis.read(course, assignment)
    key = fitting_key(course, assignment)
    if task and task not in key:
        raise CourseError(f"There is no task {task!r}; there are {', '.join(key)}.")
    release = nbformat.read(course.released(assignment), as_version=4)
    run = partial(execute, limits=limits, trusted=course.trusted)
    lateness.set_due(course, assignment)
    asked = list(students) or known
    with course.nbgrader() as api:
        grading = Grading(
            course,
            assignment,
            key,
            release,
            api,
            now,
            repr(limits),
            progress,
            task,
        )
        todo = [
            one
            for one in asked
            if one in everybody and (force or task or not grading.is_done(one))
        ]
        results = engine(run, grading.tasks(todo))
        for student, result in bar(results, len(todo)) if todo else results:
            grading.finish(student, result)
        for student in sorted(grading.out):  # what went out must come in
            grading.finish(student, run(grading.again(student)))
    lateness.apply(course, assignment)
    return [submissions.read(course, student, assignment) for student in asked]
