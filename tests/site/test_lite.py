"""JupyterLite: every notebook runs to its end, with the static host alone."""

import re

import lxml.html
import pytest
from playwright.sync_api import expect

from tests.book.chapters import CHAPTERS, cells, is_widget
from tests.site.cells import PATIENCE

SIZE = 30e6  # bytes of /lite/ on the host; a reader fetches about a third of it
# Texts of the outputs of each code cell, as JupyterLab draws them.
SHOWN = """() => [...document.querySelectorAll(".jp-CodeCell")].map((cell) => ({
  html: [...cell.querySelectorAll(".jp-RenderedHTML")]
    .map((node) => node.textContent.replace(/\\s+/g, " ").trim()).join(" "),
  text: [...cell.querySelectorAll(".jp-RenderedText pre")]
    .map((node) => node.textContent).join(""),
  failed: cell.querySelector(
    "[data-mime-type$='notebook.stderr'], [data-mime-type$='error']") !== null,
  pictures: cell.querySelectorAll(".jp-RenderedSVG").length,
  widgets: cell.querySelectorAll(".lossbook").length,
}))"""
ENDED = """() => {
  const prompts = [...document.querySelectorAll(".jp-CodeCell .jp-InputPrompt")];
  return prompts.length && prompts.every((node) => /\\[\\d+\\]/.test(node.textContent));
}"""
# Makes the copy of a notebook one of an earlier edition of the book.
AGE = """async () => {
  const { database, copy } = await import("/lite/open.js");
  const db = await database();
  const kept = await copy(db, "intro.ipynb");
  kept.content.metadata.lossbook.edition = "an earlier one";
  const change = db.transaction("files", "readwrite");
  change.objectStore("files").put(kept, "intro.ipynb");
  await new Promise((resolve) => { change.oncomplete = resolve; });
  db.close();
}"""


@pytest.fixture
def lite(open_page, server):
    """Open a page of JupyterLite; at the end, no other host was asked."""
    asked, pages = set(), []

    def opened(address):
        page = open_page("search.html")
        page.context.on("request", lambda request: asked.add(request.url))
        page.goto(server + address)
        pages.append(page)
        return page

    yield opened
    others = [url for url in asked if not url.startswith((server, "data:", "blob:"))]
    assert others == []


def run_all(page):
    page.locator(".jp-CodeCell").first.wait_for(timeout=PATIENCE)
    # What is asked of a kernel that is still starting may be lost.
    page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for(
        timeout=PATIENCE
    )
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()
    page.wait_for_function(ENDED, timeout=2 * PATIENCE)


def expected(cell):
    """What the notebook keeps of a cell, in the form of `SHOWN`."""
    data = [output.get("data", {}) for output in cell.outputs]
    plain = [d["text/plain"] for d in data if list(d) == ["text/plain"]]
    streams = [o.text for o in cell.outputs if o.output_type == "stream"]
    html = [d["text/html"] for d in data if "text/html" in d and not is_widget(d)]
    words = " ".join(lxml.html.fromstring(text).text_content() for text in html)
    return {
        "html": " ".join(words.split()),
        "text": "".join([*streams, *plain]),
        "failed": False,
        "pictures": sum("image/svg+xml" in d and not is_widget(d) for d in data),
        "widgets": sum(map(is_widget, data)),
    }


@pytest.mark.lite
@pytest.mark.parametrize("name", CHAPTERS)
def test_a_notebook_runs_to_its_end_and_shows_what_the_book_shows(lite, name):
    page = lite(f"lite/open.html?path={name}.ipynb")
    run_all(page)
    code = cells(name, "code")
    widgets = sum(expected(cell)["widgets"] for cell in code)
    if widgets:  # they are drawn a moment after their cell has ended
        expect(page.locator(".jp-CodeCell .lossbook")).to_have_count(widgets)
    for cell, seen in zip(code, page.evaluate(SHOWN), strict=True):
        assert seen == expected(cell), cell.id


@pytest.mark.lite
def test_a_copy_of_an_older_edition_is_told_and_kept(lite, server):
    page = lite("lite/open.html?path=intro.ipynb")
    page.locator(".jp-CodeCell").first.wait_for(timeout=PATIENCE)
    cell = page.locator(".jp-CodeCell").first
    cell.locator(".cm-content").click()
    page.keyboard.insert_text("# Mine.")
    expect(cell).to_contain_text("Mine.")
    page.keyboard.press("ControlOrMeta+s")
    kept = """async () => {
      const { database, copy } = await import("../open.js");
      const db = await database();
      const found = db && await copy(db, "intro.ipynb");
      db?.close();
      return found && JSON.stringify(found.content).includes("Mine.");
    }"""
    while not page.evaluate(kept):
        page.wait_for_timeout(100)
    page.goto(f"{server}lite/editions.json")
    page.evaluate(AGE)

    page.goto(f"{server}lite/open.html?path=intro.ipynb")
    expect(page.get_by_role("status")).to_contain_text("has changed since you began")
    page.get_by_role("button", name=re.compile("keep my copy")).click()
    page.locator(".jp-CodeCell").first.wait_for(timeout=PATIENCE)
    expect(page.locator(".jp-Notebook")).not_to_contain_text("Mine.")
    page.goto(f"{server}lite/open.html")
    page.get_by_role("link", name="intro, my copy.ipynb").click()
    page.locator(".jp-CodeCell").first.wait_for(timeout=PATIENCE)
    expect(page.locator(".jp-Notebook")).to_contain_text("Mine.")


@pytest.mark.lite
def test_a_term_leads_from_a_notebook_to_the_glossary_of_the_book(lite, server):
    page = lite("lite/open.html?path=hinge.ipynb")
    with page.context.expect_page() as opened:
        page.locator(".jp-Notebook").get_by_role("link", name="score").first.click()
    expect(opened.value).to_have_url(f"{server}book/glossary.html#score")


def test_the_way_in_names_a_chapter_that_does_not_exist(lite):
    page = lite("lite/open.html?path=nonsense.ipynb")
    expect(page.get_by_role("status")).to_contain_text('no chapter "nonsense.ipynb"')


def test_a_page_leads_to_its_notebook(open_page, server):
    page = open_page("book/hinge.html")
    link = page.get_by_role("link", name="Run this chapter")
    expect(link).to_have_attribute("href", f"{server}lite/open.html?path=hinge.ipynb")


def test_lite_is_lean(site):
    files = [path for path in (site / "lite").rglob("*") if path.is_file()]
    assert not [path for path in files if path.suffix == ".map"]
    assert 10e6 < sum(path.stat().st_size for path in files) < SIZE
