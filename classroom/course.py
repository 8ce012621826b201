"""A course: where its files are, and nbgrader set up for it."""

import logging
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from sqlalchemy import make_url
from sqlalchemy.exc import SAWarning, SQLAlchemyError
from traitlets.config import Config

from . import pages, settings
from .settings import Settings

HERE = Path(__file__).parent
BOOK_SITE = HERE.parent / "_build" / "html"
STUB = "raise NotImplementedError  # write your answer here, in place of this line"
PROSE_STUB = "Write your answer here, in place of this line."
LOCKED_SECONDS = 60  # so long one waits for a database that somebody else writes to


class CourseError(Exception):
    """A command cannot be done; says what is wrong and what to do."""


@dataclass(frozen=True)
class Course:
    """The folder of a course, laid out as nbgrader wants it.

    Attributes
    ----------
    root : Path
        Holds `source`, `keys` and `wrong`, and `course.toml` where there is one; and,
        once they are made, `release`, `received`, `submitted`, `autograded`,
        `feedback`, `records`, `rosters` and `gradebook.db`.
    database : str
        The address of the database; empty for `gradebook.db`.
    trusted : bool
        Whether submissions run without a sandbox.
    """

    root: Path = HERE / "assignments"
    database: str = ""
    trusted: bool = False

    @property
    def db_url(self) -> str:
        """The address of the database, for SQLAlchemy."""
        path = self.root / "gradebook.db"
        return self.database or f"sqlite:///{path}?timeout={LOCKED_SECONDS}"

    @cached_property
    def settings(self) -> Settings:
        """What the course decided about itself.

        Raises
        ------
        CourseError
            If `course.toml` says what nobody knows.
        """
        try:
            return settings.read(self.root / "course.toml")
        except ValueError as error:
            raise CourseError(str(error)) from error

    def assignments(self) -> list[str]:
        """The names of the assignments that the course has."""
        return sorted(p.parent.name for p in self.root.glob("source/*/*.ipynb"))

    def source(self, assignment: str) -> Path:
        """The instructor's notebook.

        Raises
        ------
        CourseError
            If the course has no such assignment.
        """
        path = self.root / "source" / assignment / f"{assignment}.ipynb"
        if not path.exists():
            there = ", ".join(self.assignments()) or "none"
            raise CourseError(
                f"There is no assignment {assignment!r} in {self.root}. There are: "
                f"{there}."
            )
        return path

    def released(self, assignment: str) -> Path:
        """The students' notebook; it may not have been made yet."""
        return self.root / "release" / assignment / f"{assignment}.ipynb"

    def submitted(self, student: str, assignment: str) -> Path:
        """The folder that holds what a student handed in."""
        return self.root / "submitted" / student / assignment

    def autograded(self, student: str, assignment: str) -> Path:
        """A student's notebook as it ran."""
        return self.root / "autograded" / student / assignment / f"{assignment}.ipynb"

    def feedback(self, student: str, assignment: str) -> Path:
        """A student's page of feedback."""
        return self.root / "feedback" / student / assignment / f"{assignment}.html"

    def students(self, assignment: str) -> list[str]:
        """Who handed a notebook in."""
        folders = self.root.glob(f"submitted/*/{assignment}")
        return sorted(folder.parent.name for folder in folders)

    def configure(self, config: Config) -> Config:
        """Set up nbgrader for this course; returns `config`."""
        config.CourseDirectory.course_id = self.settings.course_id
        config.CourseDirectory.root = str(self.root)
        config.CourseDirectory.db_url = self.db_url
        config.ClearSolutions.code_stub = {"python": STUB}
        config.ClearSolutions.text_stub = PROSE_STUB
        config.RestoreCells.release = str(self.root / "release")
        config.Examine.keys = str(self.root / "keys")
        config.Examine.trusted = self.trusted
        config.Autograde.sanitize_preprocessors = [
            "classroom.preprocessors.RestoreCells",
            "nbgrader.preprocessors.OverwriteKernelspec",
            "nbgrader.preprocessors.OverwriteCells",
            "nbgrader.preprocessors.CheckCellMetadata",
        ]
        config.Autograde.autograde_preprocessors = [
            "classroom.preprocessors.Examine",
            *SAVING,
        ]
        pages.configure(config)
        return config

    @contextmanager
    def nbgrader(self) -> Iterator[NbGraderAPI]:
        """Nbgrader's own commands, for this course."""
        # nbgrader starts alembic by its name.
        binaries = str(Path(sys.executable).parent)
        if binaries not in os.environ["PATH"].split(os.pathsep):
            os.environ["PATH"] = os.pathsep.join([binaries, os.environ["PATH"]])
        logging.getLogger("traitlets").addHandler(logging.NullHandler())
        config = self.configure(Config())
        with warnings.catch_warnings():  # of the order in which nbgrader adds rows
            warnings.simplefilter("ignore", SAWarning)
            yield NbGraderAPI(CourseDirectory(config=config), config=config)

    @contextmanager
    def gradebook(self) -> Iterator[Gradebook]:
        """Nbgrader's record of grades, closed afterwards.

        Raises
        ------
        CourseError
            If it cannot be read or written.
        """
        try:
            with Gradebook(self.db_url, self.settings.course_id) as gradebook:
                yield gradebook
        except SQLAlchemyError as error:
            where = make_url(self.db_url).render_as_string(hide_password=True)
            raise CourseError(
                f"The gradebook {where} cannot be used: {error}\nSee that the database "
                "answers and that there is room; then run the command again. Nothing "
                "that was handed in is lost: it can be graded anew into a new one."
            ) from error


SAVING = [
    "nbgrader.preprocessors.LimitOutput",
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
]
