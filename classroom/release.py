"""Making the notebook that students get, and looking that it tells nothing."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import nbformat
from nbgrader.api import MissingEntry

from . import leaks, variants
from .checks import Check, load_key
from .course import BOOK_SITE, OF_ASSIGNMENTS, Course, CourseError
from .examine import is_tested
from .handouts import hand_out
from .restoring import grade_id
from .roster import Person


def release(
    course: Course,
    assignment: str,
    site: Path = BOOK_SITE,
    people: Sequence[Person] = (),
) -> Path:
    """Make the students' notebook of an assignment; returns its path.

    Parameters
    ----------
    course : Course
        The course.
    assignment : str
        The assignment.
    site : Path, optional
        The built site, in which nothing of it may be found.
    people : sequence of Person, optional
        Who gets a variant each; without them all get the same numbers.

    Raises
    ------
    CourseError
        If there is no such assignment, if it is called like a chapter of the book, if
        its key does not fit it, if nbgrader cannot make it, if a solution or a hidden
        test would be read by students, in the release or on the built site, or if there
        are no variants where some are asked for, or were handed out before.
    """
    source = course.source(assignment)
    _is_no_chapter(source)
    if variants.read(course, assignment) and not people:
        raise CourseError(
            f"{assignment} was handed out in variants. Release it with --variants and "
            f"the roster; or delete {variants.kept(course, assignment)}, and all get "
            "the same numbers, and are graded by these."
        )
    fitting_key(course, assignment)
    try:
        hidden = leaks.secrets(source)
    except ValueError as error:
        raise CourseError(str(error)) from error
    with course.nbgrader() as api:
        result = api.generate_assignment(assignment)
    if not result["success"]:
        raise CourseError(
            f"nbgrader could not make {assignment}:\n{result.get('log', '')}"
            f"{result.get('error', '')}"
        )
    folder = course.released(assignment).parent
    found = leaks.look(hidden, folder)
    if found:
        shutil.rmtree(folder)
    if site.exists():
        found += leaks.look(hidden, site)
    if found:
        shutil.rmtree(folder, ignore_errors=True)
        list_ = "\n  ".join(map(str, found))
        raise CourseError(f"{assignment} is not released: it would tell\n  {list_}")
    if people:
        hand_out(course, assignment, people, hidden)
    return course.released(assignment)


def _is_no_chapter(source: Path) -> None:
    """Refuse the name of a chapter, for which it would stand in JupyterLite.

    Raises
    ------
    CourseError
        If the book has a notebook of that name.
    """
    if (leaks.BOOK / "book" / source.name).exists():
        name = f"{source.parent.name}{OF_ASSIGNMENTS}.ipynb"
        raise CourseError(
            f"{source} is called like a chapter of the book, and students who upload "
            f"it to the book's JupyterLab would lose sight of one. Call it {name}; "
            "what comes back under the old name is still collected."
        )


def fitting_key(course: Course, assignment: str) -> dict[str, Check]:
    """The checks of an assignment, one for each test that a program grades.

    Raises
    ------
    CourseError
        If there is no key, if it cannot be read, or if it is for other tests.
    """
    source = nbformat.read(course.source(assignment), as_version=4)
    asked = {grade_id(cell) for cell in filter(is_tested, source.cells)}
    path = course.root / "keys" / f"{assignment}.py"
    try:
        key = load_key(course.root / "keys", assignment)
    # It is a program of the instructor's, and may fail in any way.
    except Exception as error:
        raise CourseError(
            f"The key {path} cannot be read: {type(error).__name__}: {error}"
        ) from error
    if not isinstance(key, dict) or not all(isinstance(c, Check) for c in key.values()):
        raise CourseError(f"{path}: CHECKS must be a dict of `Check` by graded cell.")
    if lacking := sorted(asked - set(key)):
        raise CourseError(f"{path} has no check for {', '.join(lacking)}.")
    if strange := sorted(set(key) - asked):
        raise CourseError(
            f"{path} has a check for {', '.join(strange)}, which is no test of "
            f"{assignment}. Its tests are {', '.join(sorted(asked))}."
        )
    return key


def points(course: Course, assignment: str) -> tuple[float, float]:
    """How many points a program gives, and how many a person.

    Raises
    ------
    CourseError
        If the assignment has not been released.
    """
    try:
        with course.gradebook() as gradebook:
            (notebook,) = gradebook.find_assignment(assignment).notebooks
            by_hand = {cell.name for cell in notebook.solution_cells}
            scores = [(c.name in by_hand, c.max_score) for c in notebook.grade_cells]
    except (MissingEntry, ValueError) as error:
        raise CourseError(
            f"{assignment} has not been released yet: python -m classroom release "
            f"{assignment}"
        ) from error
    by_program = sum(score for hand, score in scores if not hand)
    return by_program, sum(score for hand, score in scores if hand)
