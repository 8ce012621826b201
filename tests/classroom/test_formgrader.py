"""Hostile submissions where they are read: Formgrader, feedback, JupyterLab, tables."""

import csv
from dataclasses import replace

import nbformat
import pytest
from playwright.sync_api import expect

from classroom import submissions
from classroom.collect import collect
from classroom.export import FORMATS, export, grades
from classroom.feedback import feedback
from classroom.grade import grade
from classroom.release import release
from tests.classroom import formgrader, payloads
from tests.classroom.conftest import ASSIGNMENT, NOTEBOOK, needs_sandbox, new_course
from tests.classroom.formgrader import Watch, addresses, strange

pytestmark = [pytest.mark.classroom, needs_sandbox]
NOTEBOOKS = {
    "honest": formgrader.notebook_of,
    "prose": formgrader.of_prose,
    "outputs": formgrader.of_outputs,
    "metadata": formgrader.of_metadata,
}
TEXTS = ".text_cell_render, .output_subarea, .input_area"  # of nbgrader's pages


@pytest.fixture(scope="module")
def attacked(tmp_path_factory):
    """A course in which all payloads were handed in, collected, graded, explained."""
    folder = tmp_path_factory.mktemp("attacked")
    course = new_course(folder / "course")
    release(course, ASSIGNMENT)
    by_name = {name: formgrader.notebook_of for name in payloads.NAMES.values()}
    for name, make in (NOTEBOOKS | by_name).items():
        place = folder / "handed in" / name.replace("/", "|")
        place.mkdir(parents=True)
        (place / "answers.ipynb").write_text(nbformat.writes(make(course)), "utf-8")
    (folder / "handed in" / "honest" / f"{payloads.TAG[2:-1]}.ipynb").write_text("{}")
    collected = collect(course, ASSIGNMENT, folder / "handed in")
    assert len(collected.taken) == len(NOTEBOOKS) + len(payloads.NAMES)
    for record in grade(course, ASSIGNMENT, students=list(NOTEBOOKS)):
        assert record.status == "ok", record
    feedback(course, ASSIGNMENT)
    return course


@pytest.fixture(scope="module")
def jupyter(attacked, tmp_path_factory):
    with formgrader.jupyter(attacked, tmp_path_factory.mktemp("jupyter")) as running:
        yield running


@pytest.fixture
def watch(browser, jupyter):
    """A browser in which the instructor is logged in, and what its pages do."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        context.request.get(f"{jupyter.address}/api?token={jupyter.token}")
        yield Watch(context)


@pytest.fixture
def grading(watch, jupyter):
    """Open the page of a student's submission, where one grades."""

    def opened(student):
        return watch.open(addresses(watch, jupyter)[student])

    return opened


@pytest.mark.parametrize("student", NOTEBOOKS)
def test_formgrader_runs_and_loads_nothing_of_a_student(watch, grading, student):
    page = grading(student)

    assert page.locator(".nbgrader_cell").count() > 10
    assert strange(page, TEXTS) == []
    assert watch.saw_nothing()
    assert watch.complained == []  # nor does the policy stop what Formgrader needs


def test_formgrader_draws_what_an_honest_student_wrote(watch, grading):
    page = grading("honest")
    answer = page.locator(".nbgrader_cell", has_text="My answer")

    expect(answer.locator("strong")).to_have_text("as many")
    expect(answer.locator("li")).to_have_count(3)
    expect(answer.locator("td", has_text="red")).to_be_visible()
    expect(answer.locator("p", has_text="a < b")).to_contain_text("cost $3 or $4")
    expect(answer.locator("p code")).to_have_text("if a < b and c > d & e:")
    expect(answer.locator("pre")).to_have_text("x = a < b  # & so on\n")
    expect(answer.locator("a")).to_have_attribute("href", payloads.LINK)
    expect(answer.locator("math")).to_have_count(3)
    fraction = answer.locator("math mfrac").first.bounding_box()
    assert (
        fraction["height"] > 1.5 * fraction["width"] > 0
    )  # drawn, one above the other


def test_one_grades_by_the_keyboard(watch, grading):
    page = grading("honest")
    points = page.locator(f"#{formgrader.PROSE}")

    page.locator(".name-hidden.glyphicon").click()
    expect(page.locator("a.name-shown")).to_have_text("honest")
    points.fill("3")
    page.keyboard.press("Tab")  # by Formgrader's own keys
    expect(page.locator(f"#{formgrader.PROSE}_extra_credit")).to_be_focused()
    page.wait_for_load_state("networkidle")
    page.reload(wait_until="networkidle")

    expect(points).to_have_value("3")
    assert watch.complained == []


@pytest.mark.parametrize(
    "path",
    [
        "manage_assignments",
        f"manage_submissions/{ASSIGNMENT}",
        "manage_students",
        "manage_students/prose",
        f"manage_students/prose/{ASSIGNMENT}",
        "gradebook",
        f"gradebook/{ASSIGNMENT}",
        f"gradebook/{ASSIGNMENT}/{NOTEBOOK}",
    ],
)
def test_formgraders_lists_run_nothing(watch, jupyter, path):
    page = watch.open(jupyter.url("formgrader", *path.split("/")))

    expect(page.locator("#main-table tr").first).not_to_contain_text("Loading")
    assert (
        page.locator("#main-table :is(img, script, iframe, [onmouseover])").count() == 0
    )
    assert watch.saw_nothing()


@pytest.mark.parametrize("works", [True, False])
def test_the_button_grades_and_a_failure_takes_nothing_away(
    attacked, watch, jupyter, works
):
    graded = attacked.autograded("honest", ASSIGNMENT)
    key = attacked.root / "keys" / f"{ASSIGNMENT}.py"
    before, good = graded.stat().st_ino, key.read_text("utf-8")
    page = watch.open(jupyter.url("formgrader", "manage_submissions", ASSIGNMENT))
    row = page.locator("#main-table tr", has=page.get_by_text("honest", exact=True))
    if not works:
        key.write_text("raise RuntimeError", "utf-8")
    try:
        row.locator(".autograde a").click()
        said = "Success" if works else "Error"
        expect(page.locator(".modal-title")).to_have_text(said, timeout=90_000)
    finally:
        key.write_text(good, "utf-8")

    assert nbformat.read(graded, as_version=4).metadata.lossbook.status == "ok"
    assert not list(graded.parents[1].glob(".*"))
    assert (graded.stat().st_ino != before) or not works


@pytest.mark.parametrize("student", NOTEBOOKS)
def test_feedback_runs_and_loads_nothing_of_a_student(attacked, watch, student):
    page = watch.open(attacked.feedback(student, ASSIGNMENT).as_uri())

    assert page.locator(".nbgrader_cell").count() > 10
    assert strange(page, TEXTS) == []
    assert page.locator("script").count() == 0
    assert watch.saw_nothing()
    assert watch.complained == []  # it asks for nothing that its policy blocks


def test_feedback_fits_a_telephone_and_follows_its_colours(attacked, watch):
    page = watch.open(attacked.feedback("prose", ASSIGNMENT).as_uri())
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme="dark")

    assert page.evaluate("document.documentElement.scrollWidth") == 390
    for heading in page.locator(".panel-heading").all():
        bar, score = heading.bounding_box(), heading.locator("> :last-child")
        below = score.bounding_box()["y"] + score.bounding_box()["height"]
        assert below <= bar["y"] + bar["height"]
    drawn = "getComputedStyle(document.documentElement).colorScheme"
    assert page.evaluate(drawn) == "light dark"


@pytest.mark.parametrize("folder", ["submitted", "autograded"])
@pytest.mark.parametrize("student", NOTEBOOKS)
def test_jupyterlab_runs_and_loads_nothing_of_a_student(
    attacked, watch, jupyter, folder, student
):
    path = attacked.root / folder / student / ASSIGNMENT / f"{NOTEBOOK}.ipynb"
    parts = path.relative_to(attacked.root).parts
    page = watch.open(jupyter.url("lab", "tree", *parts) + "?reset")

    last = nbformat.read(path, as_version=4).cells[-1].source.split("\n")[0]
    expect(page.locator(".jp-Cell").last).to_contain_text(last, timeout=60_000)
    page.wait_for_load_state("networkidle")
    assert formgrader.live(page) == []
    assert watch.saw_nothing()


@pytest.mark.parametrize("format", FORMATS)
def test_no_cell_of_a_table_is_a_formula(attacked, tmp_path, format):
    # Moodle's has a row for who has a grade and an email.
    graded = [
        replace(grade, by_program=1, by_hand=1, record=grade.record.but(email="=x@y.z"))
        for grade in grades(attacked, ASSIGNMENT)
    ]
    graded = [replace(g, record=g.record.but(accepted=True)) for g in graded]
    export(graded, format, tmp_path / "grades.csv")

    with (tmp_path / "grades.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) > len(payloads.NAMES)
    for cell in (cell for row in rows for cell in row):
        assert not cell.startswith(payloads.FORMULAS)
        assert cell.isprintable()


def test_names_are_plain_on_every_disk_and_screen(attacked):
    for student in attacked.students(ASSIGNMENT):
        record = submissions.read(attacked, student, ASSIGNMENT)
        assert student.isprintable()
        assert record.came_as.isprintable()
        assert not student.startswith(payloads.FORMULAS)
        assert not set(student) & set('<>"{}[]|*?:\\/')
