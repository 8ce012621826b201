"""The code on a page can be run, changed and kept, with nothing but the static host."""

import re

import pytest
from playwright.sync_api import expect

from tests.site.cells import PAGES_WITH_CODE, live, ran, shown_cells, stored
from tests.site.test_accessibility import NARROW, violations

PAGE = "book/mnemonics.html"
FIRST = 1  # the first cell that prints; before it stands the set-up


@pytest.fixture
def alone(open_page, server):
    """Open a page; at the end, no other host was asked and nothing complained."""
    pages = []

    def opened(name, **options):
        page = open_page("search.html", **options)
        page.asked, page.complaints = [], []
        page.context.on("request", lambda request: page.asked.append(request.url))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on(
            "console",
            lambda said: said.type == "error" and page.complaints.append(said.text),
        )
        page.goto(server + name)
        if page.locator(".code-switch").count():
            page.click(".code-switch")
        pages.append(page)
        return page

    yield opened
    for page in pages:
        others = [url for url in page.asked if not url.startswith((server, "blob:"))]
        assert [url for url in others if not url.startswith("data:")] == []
        assert page.complaints == []


def first_cell(page):
    return page.locator(".cell:has(> .cell_input)").nth(FIRST)


def write(page, code):
    """Put code into the first cell, as a reader does."""
    editor = first_cell(page).locator(".cm-content")
    editor.click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(code)


def open_editor(page):
    """Run the first cell once; returns it with its editor open."""
    cell = first_cell(page)
    cell.locator(".run-code").click()
    assert ran(page, FIRST)
    return cell


def run(page, code):
    """Run code in the first cell; returns whether it ended well, and its output."""
    write(page, code)
    page.keyboard.press("Shift+Enter")
    return ran(page, FIRST), live(page, FIRST)


def test_nothing_is_loaded_before_a_reader_asks(alone):
    page = alone(PAGE)
    expect(page.locator(".run-code").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert [url for url in page.asked if re.search("live/|pyodide|lite", url)] == []


@pytest.mark.lite
def test_code_runs_changes_stops_and_says_what_went_wrong(alone):
    page = alone(PAGE)
    cell = open_editor(page)
    assert live(page, FIRST) == stored(shown_cells("mnemonics")[FIRST])
    status = cell.locator("[role=status]")
    expect(status).to_have_text("Done.")

    assert run(page, "print('<script>alert(1)</script>')") == (
        True,
        [("stdout", "<script>alert(1)</script>\n")],
    )
    ok, [(kind, text)] = run(page, "import numpy as np\nnp.zeros(2) @ np.zeros(3)")
    assert (ok, kind) == (False, "error")
    assert f'File "cell {FIRST + 1}", line 2' in text
    assert "ValueError" in text
    assert violations(page, within=".cell") == []

    write(page, "while True: pass")
    page.keyboard.press("Shift+Enter")
    cell.get_by_role("button", name="Stop").click()
    expect(status).to_contain_text("Stopped. Python starts anew")
    assert run(page, "print(2 + 2)") == (True, [("stdout", "4\n")])

    html = "<script>parent.x = 1</script><b>a</b>"
    code = f"class A:\n    def _repr_html_(self): return '{html}'\nA()"
    ok, [(kind, _)] = run(page, code)
    assert (ok, kind) == (True, "html")
    frame = cell.locator("iframe")
    expect(frame.content_frame.locator("b")).to_have_text("a")
    assert page.evaluate("window.x") is None
    page.complaints[:] = [c for c in page.complaints if "Blocked script" not in c]


@pytest.mark.lite
def test_a_loop_that_prints_leaves_the_page_alive_and_can_be_stopped(alone):
    page = alone(PAGE)
    cell = open_editor(page)
    write(page, "i = 0\nwhile True:\n    i += 1\n    print(i)")
    page.keyboard.press("Shift+Enter")
    expect(cell.locator(".live-output")).to_contain_text("the rest is left out")
    frames = """() => new Promise((resolve) => {
      const began = performance.now();
      let count = 0;
      const next = () => {
        count += 1;
        if (count === 10) resolve(performance.now() - began);
        else requestAnimationFrame(next);
      };
      next();
    })"""
    assert page.evaluate(frames) < 5_000
    cell.get_by_role("button", name="Stop").click()
    expect(cell.locator("[role=status]")).to_contain_text("Stopped")
    assert run(page, "print(2 + 2)") == (True, [("stdout", "4\n")])


@pytest.mark.lite
def test_python_that_dies_is_told_and_starts_anew(alone):
    page = alone(PAGE)
    open_editor(page)
    ok, shown = run(page, "import ctypes\nctypes.string_at(2**32 - 16, 100)")
    assert not ok
    assert "Python has died" in shown[-1][1]
    page.complaints.clear()
    assert run(page, "print(2 + 2)") == (True, [("stdout", "4\n")])


@pytest.mark.lite
def test_an_edit_survives_a_reload_and_can_be_taken_back(alone):
    page = alone(PAGE)
    open_editor(page)
    write(page, "print('mine')")
    page.reload()
    editor = first_cell(page).locator(".cm-content")
    expect(editor).to_have_text("print('mine')")
    printed = first_cell(page).locator(".cell_output").first
    expect(printed).to_be_hidden()  # it is not what this code gives
    first_cell(page).get_by_role("button", name="Reset code").click()
    original = shown_cells("mnemonics")[FIRST].source
    expect(editor).to_contain_text(original.splitlines()[0])
    expect(printed).to_be_visible()
    page.reload()
    expect(page.locator(".run-code").first).to_be_visible()
    expect(editor).to_have_count(0)


def test_an_edit_of_a_cell_that_the_book_changed_since_says_so(alone):
    page = alone(PAGE)
    name = shown_cells("mnemonics")[FIRST].id
    kept = f'{{"{name}": {{"original": "old", "text": "print(1)"}}}}'
    page.evaluate("(kept) => localStorage.setItem('cells:mnemonics', kept)", kept)
    page.reload()
    status = first_cell(page).locator("[role=status]")
    expect(status).to_contain_text("The book has changed this cell")
    expect(first_cell(page).locator(".cm-content")).to_have_text("print(1)")


@pytest.mark.lite
def test_the_keyboard_gets_into_the_editor_and_out(alone):
    page = alone(PAGE, width=NARROW, scheme="dark")
    page.locator(".run-code").nth(FIRST).focus()
    page.keyboard.press("Enter")
    assert ran(page, FIRST)
    first_cell(page).locator(".cm-content").focus()
    page.keyboard.press("Escape")
    run_button = first_cell(page).get_by_role("button", name="Run", exact=True)
    expect(run_button).to_be_focused()
    for name in ("Run all above", "Restart Python"):
        page.keyboard.press("Tab")
        expect(first_cell(page).get_by_role("button", name=name)).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW
    assert violations(page, within=".cell") == []


@pytest.mark.lite
def test_exercises_are_checked_in_place(alone):
    page = alone("book/hinge_practice.html")
    names = [cell.id for cell in shown_cells("hinge_practice")]
    i = names.index("mean-hinge-code")
    cell = page.locator(".cell:has(> .cell_input)").nth(i)
    cell.locator(".run-code").click()
    assert ran(page, i)
    expect(cell.locator("iframe").content_frame.locator("body")).to_contain_text(
        "Not attempted yet"
    )
    for line, said in [
        ("np.mean(np.maximum(0, 1 - y * scores))", "Right"),
        ("np.sum(np.maximum(0, 1 - y * scores))", "mean"),
    ]:
        cell.locator(".cm-content").click()
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.insert_text(
            f"def mean_hinge(y, scores):\n    return {line}\n\n"
            "exercises.hinge.mean_hinge.check(mean_hinge)"
        )
        page.keyboard.press("Shift+Enter")
        assert ran(page, i)
        body = cell.locator("iframe").content_frame.locator("body")
        expect(body).to_contain_text(said)


@pytest.mark.lite
def test_a_widget_that_a_cell_makes_is_alive(alone):
    page = alone(PAGE)
    open_editor(page)
    code = "from lossbook import explorers\ncurve = explorers.Curve('hinge')\ncurve"
    assert run(page, code)[0]
    slider = first_cell(page).locator("input[type=range]").first
    before = slider.input_value()
    slider.focus()
    page.keyboard.press("ArrowLeft")
    assert slider.input_value() != before
    assert run(page, "from lossbook import study\nstudy.quiz('hinge')")[0]
    expect(first_cell(page).locator(".question").first).to_be_visible()


@pytest.mark.lite
@pytest.mark.parametrize("name", PAGES_WITH_CODE)
def test_all_cells_of_a_page_run_and_show_what_the_notebook_keeps(alone, name):
    cells = shown_cells(name)
    page = alone(f"book/{name}.html")
    page.locator(".run-code").last.click()
    assert ran(page, len(cells) - 1)
    for i, cell in enumerate(cells):
        assert live(page, i) == stored(cell), cell.id


@pytest.mark.lite
def test_a_changed_learning_rate_changes_the_curve(alone):
    page = alone("book/mean_squared_error.html")
    names = [cell.id for cell in shown_cells("mean_squared_error")]
    cells = page.locator(".cell:has(> .cell_input)")
    descent, curve = cells.nth(names.index("descent")), names.index("fit-figure")

    def picture(button):
        cells.nth(curve).locator(button).click()
        assert ran(page, curve)
        return cells.nth(curve).locator(".live-output img").screenshot()

    before = picture(".run-code")
    descent.locator(".run-code").click()
    assert ran(page, names.index("descent"))
    code = descent.locator(".cm-content")
    changed = code.inner_text().replace("learning_rate = 0.1", "learning_rate = 0.01")
    code.click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(changed)
    assert picture(".live-bar button:first-child") != before
