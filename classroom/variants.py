"""A variant for each student: the same tasks with numbers and data of their own.

An assignment can have variants if one locked cell of its source bears
``"lossbook": {"variant": true}`` in its metadata, and its key has two functions:
``variant`` draws the values of that cell, by name, and ``varied`` gives the checks that
hang on them.  What was drawn for whom is kept beside the course.  Grading goes by that
and puts the student's own cell into the hand-in, whatever stood there.
"""

import json
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import combinations
from pathlib import Path
from types import ModuleType
from typing import Any

import nbformat
import numpy as np
from nbformat import NotebookNode
from nbgrader import utils

from lossbook.exercises import Outcome
from lossbook.exercises.engine.answers import agree, expected
from lossbook.exercises.engine.checkers import ValueChecker

from . import submissions
from .checks import Check, generator, key_module
from .course import Course, CourseError
from .draws import Draw
from .examine import is_tested
from .notebooks import UnreadableError
from .restoring import grade_id

Values = dict[str, Any]
MOST_TRIES = 1_000  # until the numbers of a variant tell all mistakes apart
# So many invented variants for each real one: an answer that also fits one of them may
# fit another student's by chance.
INVENTED = 20
HEAD = "# The numbers of your variant. You are graded by these."
ALL = "# The numbers of all variants. The next cell takes yours."
WITHOUT = (
    "There is no variant of yours: your name was not on the list when the notebook was "
    "handed out. A person will look."
)


def draw(key: ModuleType, seed: str, assignment: str, student: str) -> Values:
    """The values of a student's data cell: the first drawn that are well made.

    Raises
    ------
    CourseError
        If in many tries none are.
    """
    drawing = Draw(seed, "assignment", assignment, student)
    for _ in range(MOST_TRIES):
        values = key.variant(drawing)
        if not (said := faults(key.varied(**values))):
            return values
    raise CourseError(
        f"The key of {assignment} draws no variant whose mistakes can be told apart; "
        f"the last one: {'; '.join(said)}."
    )


def faults(checks: Mapping[str, Check]) -> list[str]:
    """What is wrong with the numbers of a variant; an empty list if nothing.

    A right answer must be finite, and no mistake may count as right or as another
    mistake.
    """
    found = []
    for cell, check in checks.items():
        if not isinstance(checker := check.checker, ValueChecker):
            continue
        results = {"right": checker.right(*checker.inputs)}
        with np.errstate(all="ignore"):
            for one in checker.mistakes:
                results[one.name] = one.result(*checker.inputs)
        results = {name: expected(value) for name, value in results.items()}
        if not np.all(np.isfinite(results["right"])):
            found.append(f"{cell} has no finite answer")
        found += [
            f"{cell}: {one} and {other} are too close"
            for one, other in combinations(results, 2)
            if agree(results[one], results[other], 0, 2 * checker.tolerance)
        ]
    return found


def own(values: Values) -> str:
    """The data cell of somebody with these values."""
    return f"{HEAD}\n{code(values)}"


def code(values: Values, given: str = "") -> str:
    """The data cell: each name with its value, a list as an array.

    Parameters
    ----------
    values : dict
        Numbers, texts, or lists of them, by name.
    given : str, optional
        An expression in which to look the values up, in place of the values.

    Examples
    --------
    >>> print(code({"a": 0.02, "prices": [208.5, 181]}))
    a = 0.02
    prices = np.array([
        208.5, 181,
    ])
    """
    lines = []
    for name, value in values.items():
        is_list = isinstance(value, list)
        said = f"{given}[{json.dumps(name)}]" if given else repr(value)
        if is_list and not given:
            listed = textwrap.fill(", ".join(map(repr, value)), 80)
            said = f"[\n{textwrap.indent(listed, '    ')},\n]"
        lines.append(f"{name} = " + (f"np.array({said})" if is_list else said))
    return "\n".join(lines)


@dataclass
class Variants:
    """The variants of an assignment that was handed out.

    Attributes
    ----------
    assignment : str
        The assignment.
    key : module
        Its key.
    cell : str
        The id of its data cell.
    given : dict
        By student, the values that were handed out.
    names : dict
        By identifier and email, the student.
    """

    assignment: str
    key: ModuleType
    cell: str
    given: dict[str, Values]
    names: dict[str, str] = field(default_factory=dict)

    def person(self, course: Course, student: str) -> str:
        """Who of those that got a variant a student is.

        Raises
        ------
        UnreadableError
            If none was made for them.
        """
        if student in self.given:
            return student
        record = submissions.read(course, student, self.assignment)
        for name in (record.identifier, record.email):
            if name in self.names:
                return self.names[name]
        raise UnreadableError(WITHOUT)

    def checks(self, person: str) -> dict[str, Check]:
        """The whole key for somebody that got a variant."""
        return self.key.CHECKS | self.key.varied(**self.given[person])

    def put(self, notebook: NotebookNode, person: str) -> None:
        """Put their own data cell in the place of what came; changes `notebook`.

        The cell with everybody's numbers goes.
        """
        notebook.cells = [c for c in notebook.cells if not c.source.startswith(ALL)]
        for cell in notebook.cells:
            if grade_id(cell) == self.cell:
                cell.source = own(self.given[person])

    def whose(self, person: str, ran: NotebookNode) -> str:
        """Whose variant somebody's wrong answers are right for; "" for nobody's.

        Answers that show a known mistake, or may fit by chance, say nothing: whoever
        is named is the only one whom most of them fit, and they fit none of very many
        invented variants.  So of students whose wrong answers are their own fewer
        than one in fifty is taken for a copyist, however alike the variants are.
        """
        wrong = self._wrong(person, ran)
        if not wrong:
            return ""
        fits = {
            other: _fitting(wrong, numbers)
            for other, numbers in self._numbers.items()
            if other != person
        }
        most = max(fits.values(), default=0)
        first, *others = [other for other, count in fits.items() if count == most] or [
            ""
        ]
        if not most or others:
            return ""
        by_chance = any(_fitting(wrong, one) >= most for one in self._invented)
        return "" if by_chance else first

    def _wrong(self, person: str, ran: NotebookNode) -> dict[str, tuple[float, float]]:
        """By cell, the wrong number that is no known mistake, and how exact it is."""
        checks = self.key.varied(**self.given[person])
        found = {}
        for cell in filter(is_tested, ran.cells):
            check = checks.get(grade_id(cell))
            if check is None or not isinstance(check.checker, ValueChecker):
                continue
            number = check.value(cell.outputs)
            if number is None:
                continue
            said: Outcome = check.checker.check(number, generator("", ""))
            if not said and not said.mistake:
                exact = min(check.checker.tolerance, _last_digit(number))
                found[grade_id(cell)] = number, exact
        return found

    @cached_property
    def _numbers(self) -> dict[str, dict[str, float]]:
        return {student: self._right(values) for student, values in self.given.items()}

    @cached_property
    def _invented(self) -> list[dict[str, float]]:
        return [
            self._right(draw(self.key, "invented", self.assignment, str(number)))
            for number in range(INVENTED * len(self.given))
        ]

    def _right(self, values: Values) -> dict[str, float]:
        """By cell, the right number."""
        return {
            cell: float(check.checker.right(*check.checker.inputs))
            for cell, check in self.key.varied(**values).items()
            if isinstance(check.checker, ValueChecker)
        }


def _last_digit(number: float) -> float:
    """What the last digit of a number is worth, as it is written.

    >>> _last_digit(181.0), _last_digit(0.125), _last_digit(1 / 3)
    (1.0, 0.001, 1e-09)
    """
    exponent = Decimal(repr(number)).normalize().as_tuple().exponent
    return 10.0 ** max(-9, min(0, int(exponent)))


def _fitting(wrong: Mapping[str, tuple[float, float]], right: Mapping) -> int:
    return sum(
        abs(number - right[cell]) <= tolerance
        for cell, (number, tolerance) in wrong.items()
    )


def read(course: Course, assignment: str) -> Variants | None:
    """The variants that were handed out; None if all got the same.

    Raises
    ------
    CourseError
        If what was kept of them cannot be read.
    """
    path = kept(course, assignment)
    if not path.exists():
        return None
    key = course.root / "keys" / f"{assignment}.py"
    seen = (path, key, course.source(assignment))
    return _read(course, assignment, tuple(one.stat().st_mtime_ns for one in seen))


@lru_cache(maxsize=8)
def _read(course: Course, assignment: str, times: tuple[int, ...]) -> Variants:
    path = kept(course, assignment)
    try:
        entries = json.loads(path.read_text("utf-8"))
        given = {one["student"]: one["values"] for one in entries}
        names = {
            one[name]: one["student"]
            for one in entries
            for name in ("email", "identifier")
            if one[name]
        }
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise CourseError(
            f"{path} cannot be read: {error}. Delete it, and release {assignment} with "
            "--variants again: the same seed and roster give the same numbers."
        ) from error
    module = key_module(course.root / "keys", assignment)
    return Variants(assignment, module, data_cell(course, assignment), given, names)


def kept(course: Course, assignment: str) -> Path:
    """The file that says who got which numbers."""
    return course.root / "variants" / f"{assignment}.json"


def data_cell(course: Course, assignment: str) -> str:
    """The id of the cell that variants differ in.

    Raises
    ------
    CourseError
        If there is not one such cell, locked and without points.
    """
    source = nbformat.read(course.source(assignment), as_version=4)
    cells = [c for c in source.cells if c.metadata.get("lossbook", {}).get("variant")]
    if len(cells) != 1 or not utils.is_locked(cells[0]) or utils.is_grade(cells[0]):
        raise CourseError(
            f"{assignment} cannot have variants: one locked cell of its source must "
            'bear "lossbook": {"variant": true} in its metadata, and there are '
            f"{len(cells)}."
        )
    return grade_id(cells[0])
