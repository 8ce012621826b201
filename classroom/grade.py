"""Grading an assignment: sanitised and judged here, executed by the engine."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.apps import NbGraderAPI
from nbgrader.converters import Autograde
from nbgrader.converters.base import BaseConverter
from nbgrader.utils import capture_log, temp_attrs

from . import engines, examine, records
from .course import SAVING, Course, CourseError
from .judging import Check, load_key
from .reading import UnreadableError, read_notebook
from .records import Record
from .release import points
from .sandbox import Limits, bubblewrap, execute

Engine = Callable[..., Iterator[tuple[str, dict]]]
REASONS = {
    "ok": "",
    "timeout": "The notebook ran longer than it may, and was stopped. Tests that had "
    "run by then keep their points. Look for a loop that never ends.",
    "kernel_died": "Python ended in the middle of the notebook. Run it from the first "
    "cell to the last on your own machine, and look for what ends the program.",
    "out_of_memory": "The notebook asked for more memory than it may have. Look for an "
    "array that is far larger than the data.",
    "tampered": "A test did not come to its end as it was written. A person will look.",
}


class _Sanitise(Autograde):
    """The first half of nbgrader's autograding: tests and locked cells restored."""

    def convert_single_notebook(self, notebook_filename: str) -> None:
        self._sanitizing = True
        self._init_preprocessors()
        BaseConverter.convert_single_notebook(self, notebook_filename)


class _Save(Autograde):
    """The second half, for a notebook that ran and was judged: grades are written."""

    _sanitizing = False
    autograde_preprocessors = SAVING

    def init_destination(self, assignment_id: str, student_id: str) -> bool:
        return True

    def init_assignment(self, assignment_id: str, student_id: str) -> None:
        """Nothing: the first half has done it."""

    def convert_single_notebook(self, notebook_filename: str) -> None:
        self._init_preprocessors()
        BaseConverter.convert_single_notebook(self, notebook_filename)


@dataclass
class Grading:
    """One run of `grade`: whom it concerns, and what it goes by."""

    course: Course
    assignment: str
    key: dict[str, Check]
    api: NbGraderAPI
    version: bytes
    progress: Callable[[Record], None]

    def tasks(self, students: Sequence[str]) -> Iterator[engines.Task]:
        """The notebooks to run; what cannot be read is recorded on the way."""
        for student in students:
            try:
                self._prepare(student)
                notebook = self._sanitised(student)
            except UnreadableError as why:
                self._remember(student, "unreadable", str(why))
            else:
                yield student, examine.with_tests(notebook, self.key)

    def finish(self, student: str, result: dict) -> None:
        """Judge what came back, and write grades and record."""
        notebook = self._read(student)
        status: Any = examine.judge(notebook, self.key, result)
        path = self.course.autograded(student, self.assignment)
        path.unlink()  # nbgrader makes it read-only
        nbformat.write(notebook, path)
        self._run(_Save, student)
        self._remember(student, status, REASONS[status], result["seconds"])

    def is_done(self, student: str) -> bool:
        """Whether this very submission has been graded by this very key."""
        record = records.read(self.course, student, self.assignment)
        return bool(record.status) and record.digest == self.digest(student)

    def digest(self, student: str) -> str:
        """Of all that the grade depends on."""
        seen = hashlib.sha256(self.version)
        folder = self.course.submitted(student, self.assignment)
        for path in sorted(folder.glob("*")):
            seen.update(path.name.encode() + path.read_bytes())
        return seen.hexdigest()

    def _prepare(self, student: str) -> None:
        """Bring the notebook that was handed in to the name and form nbgrader reads."""
        folder = self.course.submitted(student, self.assignment)
        path = folder / f"{self.assignment}.ipynb"
        if not path.exists():
            others = sorted(folder.glob("*.ipynb"))
            if len(others) != 1:
                names = ", ".join(other.name for other in others) or "none"
                raise UnreadableError(
                    f"There must be a notebook named {path.name}. There are: {names}."
                )
            others[0].rename(path)
        data = path.read_bytes()
        text = nbformat.writes(read_notebook(data)) + "\n"
        if text.encode() != data:
            path.write_text(text, "utf-8")

    def _sanitised(self, student: str) -> NotebookNode:
        log = self._run(_Sanitise, student, force=True)
        if not self.course.autograded(student, self.assignment).exists():
            errors = log[log.find("[ERROR]") :]
            raise UnreadableError(f"nbgrader could not take it in: {errors}")
        return self._read(student)

    def _read(self, student: str) -> NotebookNode:
        path = self.course.autograded(student, self.assignment)
        return nbformat.read(path, as_version=4)

    def _run(self, half: type[Autograde], student: str, **options: Any) -> str:
        names = {"assignment_id": self.assignment, "student_id": student}
        with temp_attrs(self.api.coursedir, **names):
            app = half(coursedir=self.api.coursedir, parent=self.api)
            for name, value in options.items():
                setattr(app, name, value)
            result = capture_log(app)
        log = (result.get("log") or "").strip()
        if not result["success"] and (half is _Save or "OperationalError" in log):
            raise CourseError(
                f"The grades of {student} could not be written. Run the command again: "
                f"what has been graded stays.\n{log}\n{result['error']}"
            )
        return log

    def _remember(
        self, student: str, status: records.Status, reason: str, seconds: float = 0
    ) -> None:
        record = records.read(self.course, student, self.assignment)
        changes = {"status": status, "reason": reason, "digest": self.digest(student)}
        new = record.but(**changes, seconds=seconds, accepted=False)
        records.write(self.course, new)
        self.progress(new)


def grade(
    course: Course,
    assignment: str,
    engine: Engine = engines.serial,
    *,
    students: Sequence[str] = (),
    force: bool = False,
    limits: Limits | None = None,
    progress: Callable[[Record], None] = lambda record: None,
) -> list[Record]:
    """Grade what has been handed in and is not graded yet.

    It may be interrupted, and goes on where it stopped.

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
    force : bool, optional
        Grade again what has been graded.
    limits : Limits, optional
        What a submission may take.
    progress : callable, optional
        Is told each record that is new.

    Returns
    -------
    list of Record
        Of all students that were asked for, also those graded before.

    Raises
    ------
    CourseError
        If nothing was handed in, if there is no sandbox, or if grades cannot be
        written.
    """
    points(course, assignment)  # it has been released
    everybody = course.students(assignment)
    asked = list(students) or everybody
    if missing := sorted(set(asked) - set(everybody)):
        raise CourseError(f"Nothing was handed in by {', '.join(missing)}.")
    if not asked:
        raise CourseError(f"Nobody has handed in {assignment} yet.")
    if not course.trusted and not bubblewrap.is_available():
        raise CourseError(bubblewrap.WITHOUT)
    limits = limits or Limits()
    keys = course.root / "keys"
    version = [
        (keys / f"{assignment}.py").read_bytes(),
        course.source(assignment).read_bytes(),
        repr(asdict(limits)).encode(),
    ]
    key, said = load_key(keys, assignment), b"".join(version)
    run = partial(execute, limits=limits, trusted=course.trusted)
    with course.nbgrader() as api:
        grading = Grading(course, assignment, key, api, said, progress)
        todo = [one for one in asked if force or not grading.is_done(one)]
        for student, result in engine(run, grading.tasks(todo)):
            grading.finish(student, result)
    return [records.read(course, student, assignment) for student in asked]
