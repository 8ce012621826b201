"""nbgrader's autograding in two halves; what lies between them is ours."""

from typing import Any

from nbgrader.apps import NbGraderAPI
from nbgrader.converters import Autograde
from nbgrader.converters.base import BaseConverter
from nbgrader.utils import capture_log, temp_attrs

from . import cleaning
from .course import SAVING, CourseError

DATABASE = ("OperationalError", "DatabaseError", "database is locked", "disk is full")


class Sanitise(Autograde):
    """The first half: tests and locked cells are restored."""

    def convert_single_notebook(self, notebook_filename: str) -> None:
        """Take in a notebook, and do no more."""
        self._sanitizing = True
        self._init_preprocessors()
        BaseConverter.convert_single_notebook(self, notebook_filename)


class Save(Autograde):
    """The second half, for a notebook that ran and was judged: grades are written."""

    _sanitizing = False
    autograde_preprocessors = SAVING

    def init_destination(self, assignment_id: str, student_id: str) -> bool:
        """Whether to go on: always, in the place that the first half has made."""
        return True

    def init_assignment(self, assignment_id: str, student_id: str) -> None:
        """Nothing: the first half has done it."""

    def convert_single_notebook(self, notebook_filename: str) -> None:
        """Write what a notebook was judged to be worth."""
        self._init_preprocessors()
        BaseConverter.convert_single_notebook(self, notebook_filename)


def run(
    half: type[Autograde],
    api: NbGraderAPI,
    student: str,
    assignment: str,
    **options: Any,
) -> str:
    """Run one half for a student; returns what nbgrader logged.

    Raises
    ------
    CourseError
        If the database could not be written, which is everybody's trouble.
    RuntimeError
        If the grades could not be.
    """
    names = {"assignment_id": assignment, "student_id": student}
    with temp_attrs(api.coursedir, **names):
        app = half(coursedir=api.coursedir, parent=api)
        for name, value in options.items():
            setattr(app, name, value)
        result = capture_log(app)
    log = (result.get("log") or "").strip()
    error = f"{log}\n{result.get('error', '')}"
    if not result["success"] and any(word in error for word in DATABASE):
        raise CourseError(
            f"The grades of {student} could not be written. Run the command again: "
            f"what has been graded stays.\n{cleaning.text(error)}"
        )
    if not result["success"] and half is Save:
        raise RuntimeError(f"nbgrader could not write the grades: {error}")
    return log
