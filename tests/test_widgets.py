"""The base of our widgets: the same text, ids and samples in every run."""

import importlib
import json
import subprocess
import sys
import threading
import time

import numpy as np
import pytest

from lossbook import widgets
from lossbook.explorers import Curve


def test_ids_tell_widgets_apart_and_are_the_same_in_every_run():
    def made():
        code = (
            "from lossbook.explorers import Curve\n"
            "for w in (Curve('hinge'), Curve('hinge'), Curve('huber')):\n"
            "    print(w.model_id, w.layout.model_id)"
        )
        command = [sys.executable, "-c", code]
        return subprocess.run(
            command, capture_output=True, text=True, check=True
        ).stdout

    first = made()

    assert len(set(first.split())) == 6
    assert made() == first


def test_the_text_form_is_the_call():
    assert repr(Curve("hinge", low=-1)) == "Curve('hinge', y_true=1, low=-1, high=4.0)"


def test_an_output_has_a_live_a_static_and_a_text_form_the_same_in_every_run():
    explorer = Curve("hinge")
    data, _ = explorer._repr_mimebundle_()

    view = data["application/vnd.jupyter.widget-view+json"]
    assert view["model_id"] == explorer.model_id
    assert data["text/plain"] == repr(explorer)
    assert data["image/svg+xml"].startswith("<?xml")
    assert explorer._repr_mimebundle_()[0] == data


@pytest.fixture
def author(tmp_path, monkeypatch):
    """A folder in which somebody writes a widget, with a script that it shares."""
    for name, text in {
        "mine.py": "from lossbook import widgets\nclass Mine(widgets.Widget): ...",
        "mine.js": 'import { a } from "./shared.js";\nexport default { render: a };',
        "mine.css": "p {}",
        "shared.js": "export const a = () => 1;",
    }.items():
        (tmp_path / name).write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(widgets, "__file__", str(tmp_path / "widgets.py"))
    yield tmp_path
    sys.modules.pop("mine", None)


def wait_until(true):
    for _ in range(600):
        if true():
            return
        time.sleep(0.1)
    raise AssertionError("nothing changed in a minute")


def test_while_one_writes_a_changed_script_shows_at_once(author, monkeypatch):
    monkeypatch.setenv("ANYWIDGET_HMR", "1")
    widget = importlib.import_module("mine").Mine("")
    told = []
    widget.observe(lambda change: told.append(change["name"]), names=["_esm", "_css"])

    def changed():  # written again and again: the watching begins some time later
        (author / "shared.js").write_text("export const a = () => 2;")
        return "=> 2" in widget._esm

    wait_until(changed)
    (author / "mine.css").write_text("b {}")
    wait_until(lambda: widget._css == "b {}")
    assert set(told) == {"_esm", "_css"}  # a write may be seen in two steps


def test_nobody_else_watches_files(author, monkeypatch):
    monkeypatch.delenv("ANYWIDGET_HMR", raising=False)
    before = threading.active_count()

    importlib.import_module("mine").Mine("")

    assert threading.active_count() == before


def test_a_script_is_joined_to_what_it_imports_with_nothing_to_import():
    script = Curve("hinge")._esm

    assert "export function ticks" in script
    assert "export function tangent" in script
    assert script.count("export default") == 1
    assert not any(line.startswith("import ") for line in script.splitlines())


def test_samples_travel_as_one_line():
    state = Curve("hinge").get_state()

    assert "\n" not in state["curves"]
    assert json.loads(state["xs"])[:2] == [-4.0, -3.95]


def test_samples_have_six_digits_and_nothing_that_json_lacks():
    assert widgets.samples(np.array([[np.pi * 1e5, 1e-9], [np.nan, -np.inf]])) == [
        [314159.0, 1e-9],
        [None, None],
    ]


@pytest.mark.parametrize("value", [np.inf, np.nan])
def test_a_place_must_be_a_number(value):
    with pytest.raises(ValueError, match="finite"):
        widgets.nearest([0, 1], value)
