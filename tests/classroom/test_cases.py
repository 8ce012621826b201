"""Each of the cases ends as it must, and none touches another submission."""

from functools import partial

import nbformat
import pytest

from classroom import answers, engines, submissions
from classroom.export import grades
from classroom.feedback import feedback
from classroom.grade import grade
from classroom.release import release
from classroom.sandbox import Limits
from tests.classroom.cases import CASES, FULL, notebook_of
from tests.classroom.conftest import ASSIGNMENT, needs_sandbox, new_course

pytestmark = [needs_sandbox, pytest.mark.classroom]
DUE = "2026-05-01 12:00:00 UTC"


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """A course in which all cases have been handed in and graded, with feedback."""
    course = new_course(tmp_path_factory.mktemp("cases"))
    release(course, ASSIGNMENT)
    with course.gradebook() as gradebook:
        gradebook.update_or_create_assignment(ASSIGNMENT, duedate=DUE)
    for name, case in CASES.items():
        notebook = answers.notebook(course, ASSIGNMENT, {})
        path = answers.hand_in(
            course, ASSIGNMENT, name, notebook_of(case, notebook, course.root)
        )
        day = "03" if name == "late" else "01"
        (path.parent / "timestamp.txt").write_text(f"2026-05-{day} 10:00:00 UTC\n")
    path = answers.hand_in(course, ASSIGNMENT, "renamed", nbformat.writes(notebook))
    path.rename(path.with_name("my homework (final).ipynb"))
    engine = partial(engines.processes, workers=2)
    grade(course, ASSIGNMENT, engine, limits=Limits(seconds=15))
    feedback(course, ASSIGNMENT)
    return course


def grade_of(course, student):
    (found,) = [g for g in grades(course, ASSIGNMENT) if g.record.student == student]
    return found


@pytest.mark.parametrize("name", CASES)
def test_a_case_ends_as_it_must(graded, name):
    case, got = CASES[name], grade_of(graded, name)

    assert name == "fork bomb" or got.record.status == case.status
    if case.points is not None:
        assert got.by_program == case.points
    if case.status in submissions.GRADED and name != "fork bomb":
        assert not got.record.needs_review
    elif got.record.needs_review:
        assert got.score is None
    assert graded.feedback(name, ASSIGNMENT).exists()


def test_a_renamed_notebook_is_graded(graded):
    assert grade_of(graded, "renamed").by_program == FULL


def test_a_late_one_is_told(graded):
    assert grade_of(graded, "late").seconds_late == 46 * 3600
    assert grade_of(graded, "right").seconds_late == 0


def test_replacing_the_comparison_earns_nothing(graded):
    assert (grade_of(graded, "replaces isclose and dumps").by_program or 0) <= FULL - 4


@pytest.mark.parametrize(
    ("name", "absent"),
    [
        ("reads what is not its own", ["SQLite format", "HOSTNAME", "CHECKS = {"]),
        ("reads the stack", ["CHECKS", "PINBALL_MISTAKES", "SEEN"]),
    ],
)
def test_what_is_stolen_is_not_there(graded, name, absent):
    page = graded.feedback(name, ASSIGNMENT).read_text("utf-8")
    ran = graded.autograded(name, ASSIGNMENT).read_text("utf-8")
    notebook = nbformat.reads(ran, 4)
    tests = [
        cell
        for cell in notebook.cells
        if cell.metadata.get("nbgrader", {}).get("points")  # the hidden ones
    ]
    shown = str([cell.outputs for cell in tests if cell.cell_type == "code"])
    if name.startswith("reads what"):
        shown = str([cell.outputs for cell in notebook.cells if "LOOT" in cell.source])
        assert "LOOT" in shown

    for word in absent:
        assert word not in shown
    assert "emit(linex)" not in page


def test_a_flood_leaves_small_files(graded):
    assert graded.autograded("prints 100 MB", ASSIGNMENT).stat().st_size < 100_000
    assert graded.feedback("prints 100 MB", ASSIGNMENT).stat().st_size < 1_000_000


def test_feedback_keeps_the_message_and_hides_the_test(graded):
    page = graded.feedback("missing minus", ASSIGNMENT).read_text("utf-8")

    assert "All slopes have the wrong sign" in page
    assert "BEGIN HIDDEN" not in page
    assert "emit(" not in page


def test_feedback_without_a_grade_says_what_to_do(graded):
    page = graded.feedback("invalid JSON", ASSIGNMENT).read_text("utf-8")

    assert "That is not a grade of 0" in page
    assert "hand it in again" in page


def test_nothing_was_written_elsewhere(graded):
    names = {path.name for path in graded.root.iterdir()}

    assert names == {
        "source", "keys", "wrong", "release", "submitted", "autograded", "feedback",
        "records", "gradebook.db", "nbgrader_config.py",
    }  # fmt: skip
