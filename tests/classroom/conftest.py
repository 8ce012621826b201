"""A course in a folder of its own, and what students hand in."""

import shutil
from functools import partial
from pathlib import Path

import nbformat
import pytest

from classroom import answers
from classroom.course import HERE, Course
from classroom.release import release
from classroom.sandbox import bubblewrap

ASSIGNMENT = "mean_squared_error"
NOTEBOOK = f"{ASSIGNMENT}_assignment"
needs_sandbox = pytest.mark.skipif(
    not bubblewrap.is_available(), reason="bubblewrap is not installed"
)


def new_course(folder: Path, database: str = "") -> Course:
    """A course with our assignments, of which nothing has been released."""
    for name in ("source", "keys", "wrong"):
        shutil.copytree(HERE / "assignments" / name, folder / name)
    shutil.copy(HERE / "assignments" / "nbgrader_config.py", folder)
    return Course(folder, database)


def hand_in_right(course: Course, student: str, **given: str) -> Path:
    """Hand in a notebook whose answers are right, but for those that are given."""
    notebook = answers.notebook(course, ASSIGNMENT, given)
    return answers.hand_in(course, ASSIGNMENT, student, nbformat.writes(notebook))


@pytest.fixture
def empty(tmp_path):
    """A course of one test, to which nobody has handed in."""
    return new_course(tmp_path / "course")


@pytest.fixture(scope="session")
def course(tmp_path_factory):
    """A course with one released assignment; each test has students of its own."""
    course = new_course(tmp_path_factory.mktemp("course"))
    release(course, ASSIGNMENT)
    return course


@pytest.fixture(scope="session")
def handed_in(course):
    """Hand in a notebook for a student: right, but for the answers that are given."""

    return partial(hand_in_right, course)
