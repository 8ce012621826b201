"""The same explorer live in JupyterLab: what moves on the page moves in Python."""

import os
import re
import subprocess
import sys
import time
from contextlib import contextmanager

import nbformat
import pytest
from playwright.sync_api import expect

from lossbook.explorers import Curve
from tests.jupyter import jupyterlab
from tests.site.pages import ROOT
from tools.author import chapters

pytestmark = pytest.mark.site
SHOW = """from lossbook import explorers

explorer = explorers.Curve("hinge")
explorer"""
ASK, SET = "print(explorer.x, '|', explorer.reading())", "explorer.x = 1"


def write_notebook(path, *sources):
    notebook = nbformat.v4.new_notebook()
    for i, source in enumerate(sources):
        notebook.cells.append(nbformat.v4.new_code_cell(source, id=f"cell-{i}"))
    notebook.metadata.kernelspec = chapters.METADATA["kernelspec"]
    nbformat.write(notebook, path)
    return path


@contextmanager
def opened(folder, environment):
    """Where a JupyterLab over a folder shows what lies in it."""
    with jupyterlab(folder, folder.parent, environment) as (address, token):
        yield lambda path: f"{address}/{path}?token={token}"


@pytest.fixture
def environment(tmp_path):
    """The environment of a user whose settings are all in a folder for this test."""
    own = [
        "JUPYTER_CONFIG_DIR",
        "JUPYTER_DATA_DIR",
        "JUPYTER_RUNTIME_DIR",
        "IPYTHONDIR",
    ]
    places = {name: str(tmp_path / name) for name in own}
    return os.environ | places | {"PYTHONPATH": str(ROOT)}


@pytest.fixture
def folder(tmp_path):
    """Where that user's notebooks are."""
    (tmp_path / "work").mkdir()
    return tmp_path / "work"


@pytest.fixture
def address(folder, environment):
    """Where a JupyterLab shows a notebook."""
    write_notebook(folder / "live.ipynb", SHOW, ASK, SET)
    with opened(folder, environment) as at:
        yield at("lab/tree/live.ipynb")


@pytest.fixture
def lab(address, browser):
    """A page with the notebook, open in JupyterLab."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.goto(address)
        expect(page.locator(".jp-CodeCell")).to_have_count(3, timeout=60_000)
        expect(page.locator("[data-status=idle]")).to_be_visible(timeout=60_000)
        yield page


def run_cell(page, number):
    """Run a cell as one does, by Shift+Enter, and wait for its end."""
    cell = page.locator(".jp-CodeCell").nth(number)
    prompt = cell.locator(".jp-InputPrompt")
    before = prompt.text_content()
    while prompt.text_content() == before:  # Lab, just opened, may not listen yet
        cell.locator(".cm-content").click()
        page.keyboard.press("Shift+Enter")
        page.wait_for_timeout(1000)
    expect(prompt).to_have_text(re.compile(r"\[\d+\]"), timeout=60_000)
    return cell


def answer(page):
    """What Python says of the explorer: where it stands, and what it reads."""
    text = run_cell(page, 1).locator(".jp-OutputArea-output").text_content()
    place, _, reading = text.strip().partition(" | ")
    return float(place), reading


def test_in_jupyterlab_page_and_python_move_each_other(lab):
    run_cell(lab, 0)
    figure = lab.locator(".lossbook-curve")
    readout, slider = figure.locator(".readout"), figure.get_by_role("slider")
    expect(readout).not_to_be_empty(timeout=60_000)
    start = Curve("hinge").x
    assert answer(lab) == (start, readout.text_content())

    slider.focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowUp", "ArrowDown"):
        lab.keyboard.press(key)  # Lab itself would go to another cell
    expect(slider).to_be_focused()
    assert answer(lab) == (pytest.approx(start + 0.1), readout.text_content())

    box = figure.locator("svg.draggable").bounding_box()
    middle = box["y"] + box["height"] / 2
    lab.mouse.move(box["x"] + box["width"] * 0.2, middle)
    lab.mouse.down()
    lab.mouse.move(box["x"] + box["width"] * 0.9, middle, steps=5)
    lab.mouse.up()
    place, reading = answer(lab)
    assert place > 2
    assert reading == readout.text_content()

    run_cell(lab, 2)
    expect(readout).to_have_text(re.compile("at score 1.00"))
    assert answer(lab) == (1, readout.text_content())


def test_two_runs_keep_the_same_widgets_to_the_byte(tmp_path):
    path = write_notebook(tmp_path / "twice.ipynb", SHOW, SHOW, SET)

    first = chapters.executed(path)

    assert first.count("image/png") == 2
    assert '"_esm"' not in first
    assert chapters.executed(path) == first


def shown(page):
    """What the first cell shows: the form, and what one reads if it is no picture."""
    output = page.locator(".jp-CodeCell").first.locator(".jp-OutputArea-output")
    expect(output).to_have_count(1, timeout=60_000)
    return output


def trust(path, environment):
    command = [sys.executable, "-m", "jupyter", "trust", path]
    subprocess.run(command, env=environment, check=True, capture_output=True)


@pytest.mark.parametrize("is_trusted", [False, True])
def test_who_opens_a_chapter_sees_the_picture_and_whoever_saved_it_no_error(
    folder, environment, browser, is_trusted
):
    path = write_notebook(folder / "kept.ipynb", SHOW, SHOW)
    path.write_text(chapters.executed(path), "utf-8")
    if is_trusted:
        trust(path, environment)
    with (
        opened(folder, environment) as at,
        browser.new_context(viewport={"width": 1280, "height": 900}) as context,
    ):
        page = context.new_page()
        page.goto(at("lab/tree/kept.ipynb"))
        form = "image/svg+xml" if is_trusted else "image/png"
        expect(shown(page)).to_have_attribute("data-mime-type", form)
        expect(shown(page).locator("img")).to_be_visible()
        expect(page.locator("[data-status=idle]")).to_be_visible(timeout=60_000)

        run_all(page)
        live = page.locator(".lossbook-curve .readout:not(:empty)")
        expect(live).to_have_count(2, timeout=60_000)
        page.keyboard.press("ControlOrMeta+s")
        wait_for_view(path)
        page.request.delete(at(f"api/sessions/{session(page, at)}"))
        page.goto(at("lab/tree/kept.ipynb"))

        text = chapters.STAND_IN["state"]["value"]
        expect(shown(page)).to_have_text(text, timeout=60_000)
        assert "rror" not in page.locator(".jp-Notebook").text_content()


def run_all(page):
    """Run all cells, once: a kernel that is still starting may not hear of it."""
    output = page.locator(".jp-CodeCell").first.locator(".jp-OutputArea-output")
    was = output.get_attribute("data-mime-type")
    saved = output.and_(page.locator(f'[data-mime-type="{was}"]'))
    while saved.count():  # what has run may show nothing for a moment
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_text("Run All Cells", exact=True).click()
        page.wait_for_timeout(15_000)


def session(page, at):
    """The one session that runs."""
    (found,) = page.request.get(at("api/sessions")).json()
    return found["id"]


def wait_for_view(path):
    """Wait until the notebook is saved as it was run."""
    for _ in range(240):
        if chapters.VIEW in path.read_text("utf-8"):
            return
        time.sleep(0.25)
    raise AssertionError("JupyterLab did not save the notebook")
