"""Variants from the release to the feedback, with nbgrader, for three students."""

import csv
import zipfile

import lxml.html
import nbformat
import numpy as np
import pytest
from nbgrader.converters import Autograde

from classroom import answers, autograding, handouts, submissions, variants
from classroom.__main__ import main
from classroom.course import Course
from classroom.restoring import grade_id
from tests.classroom.cases import FULL
from tests.classroom.conftest import ASSIGNMENT, needs_sandbox, new_course

pytestmark = [needs_sandbox, pytest.mark.classroom]
ROSTER = """name,identifier,email
Ann Lee,17,ann@x.example
Bo Öz,18,bo@x.example
Cy Dee,19,cy@x.example
"""


def command(course, *words):
    return main([words[0], ASSIGNMENT, "--course", str(course.root), *words[1:]])


def best_constants(course, student):
    """The answers to somebody's variant as numbers, as one copies them."""
    values = variants.read(course, ASSIGNMENT).given[student]
    prices, a = np.array(values["prices"]), values["a"]
    best = -np.log(np.mean(np.exp(-a * prices))) / a
    return (
        f"best_squared = {prices.mean()}\nbest_absolute = {np.median(prices)}\n"
        f"best_linex = {best}"
    )


def put(notebook, cells):
    for cell in notebook.cells:
        cell.source = cells.get(grade_id(cell), cell.source)
    return notebook


def typed(course, name, **cells):
    """The notebook for all with right answers, in which somebody wrote a name."""
    notebook = answers.notebook(course, ASSIGNMENT, cells)
    for cell in notebook.cells:
        cell.source = cell.source.replace('me = ""', f"me = {name!r}")
    return notebook


@pytest.fixture(scope="module")
def round_(tmp_path_factory):
    """Ann works with her own numbers, Bo hands in hers, Cy those of his own file."""
    folder = tmp_path_factory.mktemp("variants")
    course = new_course(folder / "course")
    (course.root / "course.toml").write_text('seed = "a seed"\n')
    (folder / "people.csv").write_text(ROSTER, "utf-8")
    assert command(course, "release", "--variants", str(folder / "people.csv")) == 0
    with zipfile.ZipFile(handouts.archive(course, ASSIGNMENT)) as archive:
        file = archive.read(f"Cy Dee/{ASSIGNMENT}_assignment.ipynb").decode()
    whole = answers.notebook(course, ASSIGNMENT, {})
    right = {grade_id(c): c.source for c in whole.cells if c.metadata.nbgrader.solution}
    right["best_constants"] = best_constants(course, "Cy Dee")
    handed_in = {
        "Ann Lee": typed(course, "ann lee"),
        "Bo Öz": typed(
            course, "Ann Lee", best_constants=best_constants(course, "Ann Lee")
        ),
        "Cy Dee": put(nbformat.reads(file, 4), right),
    }
    for student, notebook in handed_in.items():
        path = folder / "handed in" / student / "answers.ipynb"
        path.parent.mkdir(parents=True)
        nbformat.write(notebook, path)
    assert command(course, "collect", "--from", str(folder / "handed in")) == 0
    return course


@pytest.fixture(scope="module")
def said(round_):
    """What `grade` said, and the table of all that is known."""
    assert command(round_, "grade", "--quiet") == 0
    assert command(round_, "feedback") == 0
    path = round_.root / "all.csv"
    assert command(round_, "export", "--to", str(path)) == 0
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row["student"]: row for row in csv.DictReader(file)}


def test_each_is_graded_by_their_own_numbers(said):
    assert {name: (row["by_program"], row["status"]) for name, row in said.items()} == {
        "Ann Lee": (str(FULL), "ok"),
        "Bo Öz": (str(FULL - 3), "ok"),
        "Cy Dee": (str(FULL), "ok"),
    }


def test_answers_to_somebody_elses_variant_are_shown_as_such(round_, said, capsys):
    assert {name: row["variant_of"] for name, row in said.items()} == {
        "Ann Lee": "",
        "Bo Öz": "Ann Lee",
        "Cy Dee": "",
    }
    assert command(round_, "grade", "--quiet") == 0
    assert "look at Bo Öz: answers of Ann Lee's variant" in capsys.readouterr().out


def test_the_student_reads_a_calm_sentence_and_their_own_numbers(round_, said):
    page = round_.feedback("Bo Öz", ASSIGNMENT).read_text("utf-8")
    own = variants.read(round_, ASSIGNMENT).given["Bo Öz"]["prices"]

    assert "right for the numbers of another variant" in page
    assert "Ann" not in page
    assert "VARIANTS" not in page
    assert f"{own[0]}" in page
    for other in ("Ann Lee", "Cy Dee"):
        told = round_.feedback(other, ASSIGNMENT).read_text("utf-8")
        assert "another variant" not in told


def test_the_report_counts_them_and_names_nobody(round_, said, tmp_path):
    def page(*words):
        assert command(round_, "report", "--to", str(tmp_path), *words) == 0
        return lxml.html.parse(tmp_path / "index.html").getroot().text_content()

    unnamed, named = page(), page("--names")
    with (tmp_path / "students.csv").open(encoding="utf-8-sig", newline="") as file:
        fits = {row["student"]: row["variant_of"] for row in csv.DictReader(file)}

    assert "not for their own, are answers of 1 student." in unnamed
    assert "Bo" not in unnamed and "Ann" not in unnamed
    assert "Bo Öz: answers of Ann Lee's" in named
    assert fits == {"Ann Lee": "", "Bo Öz": "Ann Lee", "Cy Dee": ""}


def test_nbgraders_own_autograde_goes_by_the_same_numbers(round_, said):
    with round_.nbgrader() as api:
        autograding.run(Autograde, api, "Bo Öz", ASSIGNMENT, force=True)
    with round_.gradebook() as gradebook:
        found = gradebook.find_submission(ASSIGNMENT, "Bo Öz")

        assert found.score == FULL - 3


def test_who_got_no_variant_gets_no_grade_until_somebody_looks(round_, said, capsys):
    answers.hand_in(
        round_, ASSIGNMENT, "Dan", nbformat.writes(typed(round_, "Ann Lee"))
    )

    assert command(round_, "grade", "--quiet", "--student", "Dan") == 0

    assert "look at Dan: unreadable. There is no variant" in capsys.readouterr().out
    assert submissions.read(round_, "Dan", ASSIGNMENT).needs_review


def test_a_release_does_not_take_the_variants_back(round_, capsys):
    assert command(round_, "release") == 1

    assert "was handed out in variants" in capsys.readouterr().err
    assert variants.read(Course(round_.root), ASSIGNMENT) is not None
