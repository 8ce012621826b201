"""A graded task is worth its points: no function and no page of ours solves it."""

import inspect
import re
from itertools import permutations

import nbformat
import numpy as np
import pytest

import lossbook
from classroom.checks import Check
from lossbook import calibration, huber
from lossbook.exercises.engine.answers import agree, expected
from lossbook.exercises.engine.cases import Case, regression
from lossbook.exercises.engine.checkers import FunctionChecker
from tests.book.chapters import BOOK, CHAPTERS, PAGES, cells
from tests.classroom.test_keys import ASSIGNMENTS, CHECKS, ROOT

FUNCTIONS = [
    function
    for module in (lossbook, calibration)
    for name, function in inspect.getmembers(module, inspect.isfunction)
    if not name.startswith("_") and "._arrays" not in function.__module__
]
# A loss, score or distance is named by two words or more, the first time in italics.
NAMED = re.compile(r"(?<!\*)\*(\w[\w-]*(?: [\w-]+)+)\*(?!\*)")
FUNCTION_CHECKS = [
    (assignment, grade_id, check)
    for assignment, grade_id, check in CHECKS
    if isinstance(check.checker, FunctionChecker)
]


def ways(function, count):
    """Each way to hand over so many inputs: by place, or the last one by a keyword."""
    parameters = inspect.signature(function).parameters.values()
    keywords = [p.name for p in parameters if p.kind is p.KEYWORD_ONLY]
    for order in permutations(range(count)):
        for keyword in (None, *keywords):
            yield order, keyword


def solves(function, checker):
    """Whether a function gives what is asked for, handed the inputs in some way."""
    tried = checker.cases(np.random.default_rng(0))
    right = [expected(checker.right(*case.inputs)) for case in tried]

    def gives(case, wanted, order, keyword):
        inputs = [case.inputs[i] for i in order]
        named = {} if keyword is None else {keyword: inputs.pop()}
        try:
            result = expected(function(*inputs, **named))
            return agree(result, wanted, checker.tolerance, case.noise())
        except (TypeError, ValueError, IndexError):
            return False

    with np.errstate(all="ignore"):
        return any(
            all(gives(*pair, *way) for pair in zip(tried, right, strict=True))
            for way in ways(function, len(checker.arguments))
        )


@pytest.mark.parametrize(
    ("assignment", "grade_id", "check"),
    FUNCTION_CHECKS,
    ids=[f"{a}-{g}" for a, g, _ in FUNCTION_CHECKS],
)
def test_no_function_of_the_package_is_an_answer(assignment, grade_id, check):
    found = [f.__name__ for f in FUNCTIONS if solves(f, check.checker)]

    assert not found, f"{found} answers {grade_id}: ask for what lossbook has not"


def test_a_function_that_is_an_answer_would_be_noticed():
    def draw(rng):
        return [Case((1.5, *case.inputs)) for case in regression(rng)]

    asked = FunctionChecker(
        arguments=("delta", "y", "y_hat"),
        right=lambda delta, y, y_hat: huber(y, y_hat, delta=delta),
        draw=draw,
    )

    assert [f for f in FUNCTIONS if solves(f, Check("answer", asked).checker)] == [
        huber
    ]


def named(assignment):
    """What an assignment asks for, by the names that it gives them."""
    path = ROOT / "source" / assignment / f"{assignment}_assignment.ipynb"
    texts = [
        cell.source
        for cell in nbformat.read(path, as_version=4).cells
        if cell.cell_type == "markdown" and not cell.metadata.nbgrader.solution
    ]
    return {name.lower() for text in texts for name in NAMED.findall(text)}


def said():
    """What pages and package say, by where it stands."""
    places = {
        f"{chapter}.ipynb": "\n".join(
            cell.source
            for kind in ("markdown", "code")
            for cell in cells(chapter, kind)
        )
        for chapter in CHAPTERS
    }
    places |= {f"{page}.md": (BOOK / f"{page}.md").read_text("utf-8") for page in PAGES}
    package = BOOK.parent / "lossbook"
    files = [f for kind in ("py", "toml") for f in package.rglob(f"*.{kind}")]
    places |= {str(f.relative_to(package)): f.read_text("utf-8") for f in files}
    return {place: " ".join(text.lower().split()) for place, text in places.items()}


def test_no_page_speaks_of_what_is_asked_for():
    texts = said()
    found = [
        f"{place} has “{name}”, which {assignment} asks for"
        for assignment in ASSIGNMENTS
        for name in named(assignment)
        for place, text in texts.items()
        if name in text
    ]

    assert found == []
    assert "pseudo-huber loss" in named("mean_squared_error")
    assert all(named(assignment) for assignment in ASSIGNMENTS)
    assert any("mean squared error" in text for text in texts.values())
