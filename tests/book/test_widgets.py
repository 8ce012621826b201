"""What a chapter keeps of its widgets: pictures, and the text that makes them again."""

import json
import subprocess

import pytest

from book._ext.directives.explorers import CALL, made
from lossbook.explorers import Curve
from lossbook.widgets import Explorer, Widget
from tests.book.chapters import BOOK, CHAPTERS, cells, explorers, notebook, run
from tools.author.chapters import STAND_IN, STATE, VIEW

ROOT = BOOK.parent
FORMS = {"image/svg+xml", "image/png", "text/plain"}
every_chapter = pytest.mark.parametrize("chapter", CHAPTERS)


def notebooks():
    """Every notebook of the repository."""
    command = ["git", "ls-files", "*.ipynb"]
    options = {"cwd": ROOT, "check": True, "stdout": subprocess.PIPE, "text": True}
    return subprocess.run(command, **options).stdout.splitlines()


def kept_too_much(text):
    """What a notebook holds of widgets that is not its own to keep."""
    notebook = json.loads(text)
    outputs = [o for cell in notebook["cells"] for o in cell.get("outputs", [])]
    found = {form for output in outputs for form in output.get("data", {})} & {VIEW}
    kept = notebook["metadata"].get("widgets", {}).get(STATE, {"state": {}})
    found |= {name for name, entry in kept["state"].items() if entry != STAND_IN}
    return found | {word for word in ("_esm", "_css") if f'"{word}"' in text}


@pytest.mark.parametrize("path", notebooks())
def test_no_notebook_keeps_a_script_a_state_or_a_view(path):
    found = kept_too_much((ROOT / path).read_text("utf-8"))

    assert not found, "run `make chapters`"


def test_what_notebook_programs_keep_would_be_noticed():
    view, script = {VIEW: {"model_id": "a"}}, {"state": {"_esm": "", "_css": ""}}
    state = {STATE: {"state": {"a": script, "b": STAND_IN}}}
    notebook = {
        "cells": [{"outputs": [{"data": view}]}],
        "metadata": {"widgets": state},
    }

    assert kept_too_much(json.dumps(notebook)) == {VIEW, "a", "_esm", "_css"}


@every_chapter
def test_for_every_widget_that_is_run_and_saved_something_stands_in(chapter):
    kept = notebook(chapter).metadata.get("widgets", {}).get(STATE, {"state": {}})
    made = run(chapter).widgets.items()

    assert set(kept["state"]) == {id for id, one in made if isinstance(one, Widget)}


@every_chapter
def test_the_text_of_an_explorer_makes_the_one_that_the_chapter_shows(chapter):
    states = {repr(run(chapter).widgets[i]): s for i, s in run(chapter).states.items()}

    for text in explorers(chapter):
        assert isinstance(made(text), Explorer)
        assert told(made(text).get_state()) == told(states[text]), text


def told(state):
    """A state without what differs from one making to the next: the layout's id."""
    return {name: value for name, value in state.items() if name != "layout"}


@every_chapter
def test_an_explorer_has_pictures_that_are_shown_with_no_kernel(chapter):
    shown = [
        output.data
        for cell in cells(chapter, "code")
        for output in cell.outputs
        if output.get("data", {}).get("text/plain") in explorers(chapter)
    ]

    assert all(set(data) == FORMS for data in shown)


def test_the_book_has_explorers():
    assert sum(len(explorers(chapter)) for chapter in CHAPTERS) >= 10


def test_a_text_makes_the_explorer_again_with_its_arguments():
    explorer = Curve("hinge", y_true=-1, low=-2)

    again = made(repr(explorer))

    assert again is not explorer
    assert told(again.get_state()) == told(explorer.get_state())


@pytest.mark.parametrize(
    "text",
    [
        "Gone('hinge')",
        "Curve('no_such_loss')",
        "Curve(open('x'))",
        "Curve('hinge', mood=1)",
        "Curve('hinge'",
        "Predict()",
    ],
)
def test_a_text_that_makes_no_explorer_is_named(text):
    with pytest.raises(ValueError, match="makes no explorer") as raised:
        made(text)

    assert text in str(raised.value)


def test_a_figure_of_matplotlib_is_not_taken_for_one():
    assert not CALL.fullmatch("<Figure size 560x270 with 1 Axes>")
    assert CALL.fullmatch(repr(Curve("hinge")))
