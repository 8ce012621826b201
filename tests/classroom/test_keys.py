"""Each key fits its notebook, and tells each known mistake from all others."""

from itertools import combinations

import nbformat
import numpy as np
import pytest

from classroom.checks import load_key
from classroom.course import HERE
from classroom.examine import is_tested
from classroom.pages import drawn
from lossbook.exercises.engine.answers import agree, expected
from lossbook.exercises.engine.checkers import FunctionChecker

ROOT = HERE / "assignments"
ASSIGNMENTS = sorted(path.name for path in (ROOT / "source").iterdir())
CHECKS = [
    (assignment, grade_id, check)
    for assignment in ASSIGNMENTS
    for grade_id, check in load_key(ROOT / "keys", assignment).items()
]
each_check = pytest.mark.parametrize(
    ("assignment", "grade_id", "check"), CHECKS, ids=[f"{a}-{g}" for a, g, _ in CHECKS]
)


def test_there_is_one_for_each_loss_and_one_that_combines_them():
    assert {"choosing", "cross_entropy", "hinge", "mean_squared_error"} <= set(
        ASSIGNMENTS
    )


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_a_notebook_fits_its_key(assignment):
    path = ROOT / "source" / assignment / f"{assignment}_assignment.ipynb"
    notebook = nbformat.read(path, as_version=4)
    graded = [c.metadata.nbgrader for c in notebook.cells if c.metadata.nbgrader.grade]
    tested = {c.metadata.nbgrader.grade_id for c in notebook.cells if is_tested(c)}

    assert tested == set(load_key(ROOT / "keys", assignment))
    assert sum(cell.points for cell in graded) == 20
    assert notebook.metadata.lossbook.minutes == {"do": 90}
    assert sum(cell.source.startswith("## ") for cell in notebook.cells) == 6
    assert all(not cell.get("outputs") for cell in notebook.cells)


def tried(checker, seed):
    """What answers are tried on, and by how much the judge lets them be off."""
    if not isinstance(checker, FunctionChecker):
        return [(checker.inputs, (0, checker.tolerance))]
    cases = checker.cases(np.random.default_rng(seed))
    return [(case.inputs, (checker.tolerance, case.noise())) for case in cases]


def results(checker, inputs):
    """What the right answer and each known mistake give, by its name."""
    functions = {"": checker.right, **{m.name: m.result for m in checker.mistakes}}
    with np.errstate(all="ignore"):
        return {
            name: [expected(function(*one)) for one in inputs]
            for name, function in functions.items()
        }


def alike(mine, theirs, limits):
    """Whether the judge takes the one for the other."""
    trios = zip(mine, theirs, limits, strict=True)
    return all(agree(a, b, *within) for a, b, within in trios)


@each_check
def test_no_two_known_mistakes_are_one(assignment, grade_id, check):
    for seed in range(5):
        inputs, limits = zip(*tried(check.checker, seed), strict=True)
        given = results(check.checker, inputs)
        # Small numbers do not show what goes wrong with hard ones: their sibling does.
        if "_plain" in grade_id or grade_id == "smooth_hinge_one_part":
            right = given.pop("")
            given = {
                name: mine
                for name, mine in given.items()
                if not alike(mine, right, limits)
            }
        same = [
            (one, other)
            for one, other in combinations(given, 2)
            if alike(given[one], given[other], limits)
        ]
        assert same == []


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_feedback_can_draw_each_formula(assignment):
    path = ROOT / "source" / assignment / f"{assignment}_assignment.ipynb"
    texts = [
        c.source for c in nbformat.read(path, 4).cells if c.cell_type == "markdown"
    ]
    page = "".join(map(drawn, texts))

    assert page.count("<math") >= 3
    assert "\\" not in page  # no formula is shown as it was written
