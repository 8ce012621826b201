"""Making the notebook that students get, and looking that it tells nothing."""

import shutil
from pathlib import Path

import nbformat
from nbgrader.api import MissingEntry

from . import leaks
from .checks import Check, load_key
from .course import BOOK_SITE, Course, CourseError
from .examine import is_tested
from .restoring import grade_id


def release(course: Course, assignment: str, site: Path = BOOK_SITE) -> Path:
    """Make the students' notebook of an assignment; returns its path.

    Raises
    ------
    CourseError
        If there is no such assignment, if its key does not fit it, if nbgrader cannot
        make it, or if a solution or a hidden test would be read by students, in the
        release or on the built site.
    """
    source = course.source(assignment)
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
    return course.released(assignment)


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
