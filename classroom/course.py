"""A course: where its files are, and nbgrader set up for it."""

import logging
import os
import secrets
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from nbgrader.converters import GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from sqlalchemy import make_url
from sqlalchemy.exc import SAWarning, SQLAlchemyError
from traitlets.config import Config

from lossbook.handing_in import PROSE_STUB

from . import pages, settings
from .settings import Settings

HERE = Path(__file__).parent
BOOK_SITE = HERE.parent / "_build" / "html"
STUB = "raise NotImplementedError  # write your answer here, in place of this line"
OF_ASSIGNMENTS = "_assignment"  # no chapter of the book is called so
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
        once they are made, `release`, `variants`, `received`, `submitted`,
        `autograded`, `feedback`, `records`, `rosters` and `gradebook.db`.
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

    @property
    def seed(self) -> str:
        """What variants and papers are drawn from.

        Raises
        ------
        CourseError
            If `course.toml` has none; with one to put there.
        """
        if not self.settings.seed:
            raise CourseError(
                "Variants and papers are drawn from a seed, which students do not "
                f"know. Put this line at the top of {self.root / 'course.toml'}, and "
                f'keep it: seed = "{secrets.token_hex(16)}"'
            )
        return self.settings.seed

    def assignments(self) -> list[str]:
        """The names of the assignments that the course has."""
        return sorted(p.parent.name for p in self.root.glob("source/*/*.ipynb"))

    def notebook(self, assignment: str) -> str:
        """What its notebook is called, without `.ipynb`, and so everywhere.

        It has a name of its own: two of one name would stand for each other in the
        book's JupyterLab. Courses made before keep theirs, that of the assignment.
        """
        folder = self.root / "source" / assignment
        own = f"{assignment}{OF_ASSIGNMENTS}"
        is_old = (folder / f"{assignment}.ipynb").exists()
        return assignment if is_old and not (folder / f"{own}.ipynb").exists() else own

    def source(self, assignment: str) -> Path:
        """The instructor's notebook.

        Raises
        ------
        CourseError
            If the course has no such assignment.
        """
        path = self._in("source", assignment)
        if not path.exists():
            there = ", ".join(self.assignments()) or "none"
            raise CourseError(
                f"There is no assignment {assignment!r} in {self.root}. There are: "
                f"{there}."
            )
        return path

    def released(self, assignment: str) -> Path:
        """The students' notebook; it may not have been made yet."""
        return self._in("release", assignment)

    def submitted(self, student: str, assignment: str) -> Path:
        """The folder that holds what a student handed in."""
        return self.root / "submitted" / student / assignment

    def autograded(self, student: str, assignment: str) -> Path:
        """A student's notebook as it ran."""
        return self._in(f"autograded/{student}", assignment)

    def feedback(self, student: str, assignment: str) -> Path:
        """A student's page of feedback."""
        return self._in(f"feedback/{student}", assignment, ".html")

    def _in(self, folder: str, assignment: str, ending: str = ".ipynb") -> Path:
        """Where nbgrader keeps the notebook of an assignment, or what comes of it."""
        name = f"{self.notebook(assignment)}{ending}"
        return self.root / folder / assignment / name

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
        config.AddLastCell.keys = str(self.root / "keys")
        config.GenerateAssignment.preprocessors = [
            "classroom.preprocessors.AddLastCell",
            *GenerateAssignment.preprocessors.default(),
        ]
        config.RestoreCells.release = str(self.root / "release")
        config.Examine.trusted = self.trusted
        config.OwnVariant.root = config.Examine.root = str(self.root)
        config.Autograde.sanitize_preprocessors = [
            "classroom.preprocessors.RestoreCells",
            "nbgrader.preprocessors.OverwriteKernelspec",
            "nbgrader.preprocessors.OverwriteCells",
            "classroom.preprocessors.OwnVariant",
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
