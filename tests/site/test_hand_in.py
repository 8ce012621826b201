"""An assignment in the browser: opened by a link, answered, handed in, graded."""

import os
import re
import shutil
import time

import nbformat
import pytest
from playwright.sync_api import expect

from classroom.collect import collect
from classroom.export import grades
from classroom.grade import grade
from classroom.publish import publish
from classroom.release import release
from tests.classroom.cases import RIGHT_LINEX
from tests.classroom.conftest import ASSIGNMENT, NOTEBOOK, needs_sandbox, new_course
from tests.site.cells import PATIENCE
from tests.site.conftest import ForTests
from tools.serving import served

pytestmark = pytest.mark.lite
TABLET = {"width": 768, "has_touch": True, "accept_downloads": True}
YEAR = 365 * 24 * 3600  # seconds
PROSE = "Go down as long as a step saves more than it costs."
# All that this browser keeps, by name, as text.
KEPT = """async () => {
  const { copy, database, names } = await import("/lite/open.js");
  const db = await database();
  if (!db) return {};
  const kept = {};
  for (const name of await names(db)) {
    const { content } = await copy(db, name);
    kept[name] = JSON.stringify(content);
  }
  db.close();
  return kept;
}"""


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    course = new_course(tmp_path_factory.mktemp("course"))
    release(course, ASSIGNMENT)
    return course


@pytest.fixture(scope="module")
def own_site(site, course, tmp_path_factory):
    """A site of the instructor's own, with the assignment beside the chapters."""
    folder = tmp_path_factory.mktemp("own") / "site"
    shutil.copytree(site, folder, copy_function=os.link)
    publish(course, ASSIGNMENT, folder)
    return folder


@pytest.fixture
def server(own_site):
    with served(own_site, ForTests) as address:
        yield address


def opened(page):
    """Wait until JupyterLite shows the notebook."""
    page.locator(".jp-CodeCell").first.wait_for(timeout=PATIENCE)
    return page


def write(page, cell, text):
    """Write into a cell, in place of what stands there."""
    cell.locator(".cm-content").click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(text)


def own(file, text, changed=None):
    """Write a file of the site; the others are those of the built site, by links."""
    file.unlink()
    file.write_text(text)
    if changed:
        os.utime(file, (changed, changed))


def hand_in(page):
    """Press *Hand in*; returns the dialog with what is missing."""
    page.get_by_role("button", name="Hand in").tap()
    dialog = page.get_by_role("dialog")
    dialog.wait_for(timeout=4 * PATIENCE)
    return dialog


@needs_sandbox
def test_an_assignment_is_answered_offline_handed_in_and_graded(
    open_page, course, tmp_path
):
    page = opened(open_page(f"lite/open.html?assignment={ASSIGNMENT}", **TABLET))
    cells = page.locator(".jp-CodeCell")
    prompt = cells.first.locator(".jp-InputPrompt")
    while prompt.inner_text() == "[ ]:":  # keys are heard once the lab has begun
        cells.first.locator(".cm-content").click()
        page.keyboard.press("Shift+Enter")
        page.wait_for_timeout(1_000)
    # Python is there once a cell has run.
    expect(prompt).to_have_text(re.compile(r"\[\d\]:"), timeout=4 * PATIENCE)
    page.context.set_offline(True)
    write(page, cells.nth(1), RIGHT_LINEX)
    prose = page.locator(".jp-MarkdownCell").last
    prose.dblclick()
    write(page, prose, PROSE)

    dialog = hand_in(page)

    missing = dialog.get_by_role("listitem").all_text_contents()
    assert [re.sub(r" \(.*", "", text) for text in missing] == [
        "Not answered: 2. Round below, straight above",
        "Not answered: 3. Its slope",
        "Not answered: 4. The best constant",
        "Not answered: 5. A line through noisy prices",
    ]
    dialog.get_by_label("Your name").fill("Ann Lee")
    with page.expect_download() as download:
        dialog.get_by_role("button", name="Download").tap()
    name = download.value.suggested_filename
    assert name == f"Ann Lee_{NOTEBOOK}.ipynb"
    download.value.save_as(tmp_path / "in" / name)

    assert set(collect(course, ASSIGNMENT, tmp_path / "in").taken) == {"Ann Lee"}
    (record,) = grade(course, ASSIGNMENT)
    (graded,) = grades(course, ASSIGNMENT)
    ran = nbformat.read(course.autograded("Ann Lee", ASSIGNMENT), as_version=4)
    assert (record.status, graded.by_program) == ("ok", 4)
    assert ran.cells[-1].source == PROSE


def test_no_notebook_takes_the_place_of_another(open_page, server, tmp_path, course):
    page = open_page("lite/open.html", **TABLET)
    path = tmp_path / "hinge.ipynb"  # an assignment in a file, called like a chapter
    shutil.copy(course.released(ASSIGNMENT), path)
    field = page.get_by_label("Open a notebook from this device")
    field.wait_for()  # from then on the page hears of a file
    field.set_input_files(path)
    expect(opened(page).locator(".jp-Notebook")).to_contain_text("losses for numbers")
    expect(page.get_by_role("button", name="Hand in")).to_be_visible()
    page.goto(f"{server}lite/open.html?path=hinge.ipynb")
    chapter = opened(page).locator(".jp-Notebook")
    expect(chapter).not_to_contain_text("losses for numbers")
    assert page.get_by_role("button", name="Hand in").count() == 0
    assert list(page.evaluate(KEPT)) == ["hinge, my copy.ipynb"]


def test_a_newer_edition_is_told_and_opens_beside_what_was_written(
    open_page, server, own_site
):
    editions = own_site / "lite" / "editions.json"
    before = editions.read_text()
    # Published a year ago: browsers keep for weeks what has not changed for long.
    own(editions, before, changed=time.time() - YEAR)
    page = opened(open_page(f"lite/open.html?assignment={ASSIGNMENT}", **TABLET))
    write(page, page.locator(".jp-CodeCell").nth(1), "mine = 1")
    page.keyboard.press("ControlOrMeta+s")
    while "mine = 1" not in page.evaluate(KEPT).get(f"{NOTEBOOK}.ipynb", ""):
        page.wait_for_timeout(100)

    page.goto(f"{server}lite/open.html?assignment={ASSIGNMENT}")
    expect(opened(page).locator(".jp-Notebook")).to_contain_text("mine = 1")
    own(editions, re.sub(f'("{NOTEBOOK}.ipynb": ")', r"\1new", before))
    page.goto(f"{server}lite/open.html?assignment={ASSIGNMENT}")
    expect(page.get_by_role("status")).to_contain_text("has changed since you began")
    page.get_by_role("button", name="fresh copy").tap()
    expect(opened(page).locator(".jp-Notebook")).not_to_contain_text("mine = 1")
    expect(page.get_by_role("button", name="Hand in")).to_be_visible()
    kept = page.evaluate(KEPT)
    assert "mine = 1" in kept[f"{NOTEBOOK}.ipynb"]
    assert "mine = 1" not in kept[f"{NOTEBOOK}, fresh copy.ipynb"]
    own(editions, before)


def test_an_unknown_assignment_is_told_and_a_file_can_be_opened(open_page, tmp_path):
    page = open_page("lite/open.html?assignment=<b>nonsense", **TABLET)
    expect(page.get_by_role("status")).to_contain_text('no assignment "<b>nonsense"')
    path = tmp_path / "text.ipynb"
    path.write_text("no notebook")
    page.get_by_label("Open a notebook from this device").set_input_files(path)
    expect(page.get_by_role("status")).to_contain_text('"text.ipynb" is not a notebook')
