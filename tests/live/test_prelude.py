"""The Python side of the cells on a page, run by this Python instead of Pyodide's."""

import asyncio
import json
import subprocess
import sys
import types
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PRELUDE = ROOT / "book" / "assets" / "live" / "prelude.py"


@pytest.fixture
def page(monkeypatch):
    """The prelude's names, and under `outputs` and `states` what it tells the page."""
    told = types.ModuleType("_page")
    space = {"outputs": [], "states": []}
    told.emit = lambda text: space["outputs"].append(json.loads(text))
    told.state = lambda text: space["states"].append(json.loads(text))
    monkeypatch.setitem(sys.modules, "_page", told)
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    for name in ("anywidget", "ipywidgets"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    exec(compile(PRELUDE.read_text("utf-8"), "<page>", "exec"), space)  # noqa: S102
    return space


def run(page, code, name="cell 1"):
    """Run a cell; returns whether it ended well, and what it showed."""
    page["outputs"].clear()
    # In a thread of its own: the browser of other tests has a loop in this one.
    with ThreadPoolExecutor() as threads:
        ok = threads.submit(asyncio.run, page["run"](code, name)).result()
    return ok, list(page["outputs"])


def test_the_value_of_the_last_line_is_shown_unless_a_semicolon_ends_it(page):
    shown = {"kind": "rich", "mime": "text/plain", "data": "3", "text": ""}
    assert run(page, "a = 1\na + 2") == (True, [shown])
    assert run(page, "a + 2;") == (True, [])
    assert run(page, "None") == (True, [])


def test_input_says_what_to_do(page, monkeypatch):
    ok, [error] = run(page, "input('name?')")
    assert not ok
    assert "Write the value into the cell" in error["text"]


def test_a_cell_may_await(page):
    code = "import asyncio\nawait asyncio.sleep(0, 'slept')"
    assert run(page, code)[1][0]["data"] == "'slept'"


def test_a_traceback_shows_the_cells_and_counts_what_is_inside_libraries(page):
    run(page, "def f(text):\n    return json.loads(text)\nimport json", "cell 1")
    ok, [output] = run(page, "x = 1\nf('{')", "cell 2")
    assert not ok
    assert output["kind"] == "error"
    text = output["text"]
    assert 'File "cell 2", line 2' in text
    assert 'File "cell 1", line 2' in text
    assert "return json.loads(text)" in text
    assert "json/decoder.py" not in text
    assert "more lines inside libraries" in text


def test_a_syntax_error_shows_its_line(page):
    ok, [output] = run(page, "x = (1\n")
    assert not ok
    assert "x = (1" in output["text"]
    assert "never closed" in output["text"]


def test_what_a_cell_needs_is_told_by_its_imports(page):
    needs = page["needs"]
    assert needs("import numpy as np\nfrom lossbook import hinge") == [
        "lossbook",
        "numpy",
    ]
    assert "matplotlib" in needs("from lossbook import plots")
    assert "traitlets" in needs("import lossbook.explorers")
    assert needs("x = (") == []


def test_only_the_heavy_parts_import_more_than_numpy(page):
    parts = {
        path.stem
        for path in (ROOT / "lossbook").iterdir()
        if path.suffix in ("", ".py") and path.stem[0].isalpha()
    }
    assert page["HEAVY"] < parts
    for name in sorted(parts - page["HEAVY"]):
        code = f"import sys, lossbook.{name}; print('matplotlib' in sys.modules)"
        command = [sys.executable, "-c", code]
        said = subprocess.run(command, capture_output=True, text=True, check=True)
        assert said.stdout.strip() == "False", name


def test_a_figure_is_shown_once_and_says_what_it_shows(page):
    code = """
        import matplotlib.pyplot as plt
        fig, axes = plt.subplots()
        axes.set(title="Loss", xlabel="step", ylabel="loss")
        plt.show()
    """
    ok, shown = run(page, "\n".join(line.strip() for line in code.splitlines()))
    assert ok
    [figure] = shown
    assert figure["mime"] == "image/svg+xml"
    assert figure["text"] == "Figure made by this cell: Loss; loss over step"


def test_html_is_shown_before_text(page):
    code = "class A:\n    def _repr_html_(self):\n        return '<b>a</b>'\nA()"
    [output] = run(page, code)[1]
    assert (output["mime"], output["data"]) == ("text/html", "<b>a</b>")


def test_a_widget_stands_for_anywidget_and_talks_both_ways(page):
    code = """
import anywidget, traitlets
class Slider(anywidget.AnyWidget):
    x = traitlets.Int(1).tag(sync=True)
    y = traitlets.Int(2).tag(sync=True)
slider = Slider(model_id="s")
slider.observe(lambda change: setattr(slider, "y", change["new"] * 2), "x")
slider"""
    [view] = run(page, code)[1]
    assert view["kind"] == "widget"
    assert view["id"] == "s"
    assert view["state"] == {"x": 1, "y": 2}
    page["receive"]("s", '{"x": 5}')
    assert page["space"]["slider"].y == 10
    run(page, "slider.x = 7")
    assert {"id": "s", "state": {"x": 7}} in page["states"]


def test_what_only_a_notebook_can_do_says_so(page):
    ok, [output] = run(page, "from ipywidgets import interact")
    assert not ok
    assert "Run this chapter" in output["text"]
