"""What the last cell of an assignment says is missing."""

import os
import time

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from lossbook import handing_in
from lossbook.handing_in import DATA, PROSE_STUB

STUB = "raise NotImplementedError  # write your answer here, in place of this line"
TASKS = {
    "1. Build it (4 points)": ["mine"],
    "2. Use it (3 points)": ["best"],
    "3. Explain it": [],
}
BUILD, USE, EXPLAIN = TASKS
ANSWERS = {"build": "    return y - y_hat", "use": "best = mine(3, 1)", "words": "So."}
EMPTY = {"build": f"    {STUB}", "use": STUB, "words": PROSE_STUB}


def notebook(name="a", **given):
    """A notebook of three tasks, right but for the answers given."""
    said = ANSWERS | given
    return new_notebook(
        cells=[
            new_markdown_cell("# Assignment"),
            new_code_cell(said.get("setup", "import math")),
            new_markdown_cell(f"## {BUILD}\n\nBuild it."),
            new_code_cell(f"def mine(y, y_hat):\n{said['build']}"),
            new_code_cell("assert mine(3, 1) > 0, 'never negative'\nprint('noise')"),
            new_markdown_cell(f"## {USE}"),
            new_code_cell(said["use"]),
            new_code_cell("assert best > 0"),
            new_markdown_cell(f"## {EXPLAIN}"),
            new_markdown_cell(said["words"]),
            new_code_cell(
                f'from lossbook import handing_in\nhanding_in.check("{name}")'
            ),
        ]
    )


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    return tmp_path


def checked(asked, name="a.ipynb"):
    nbformat.write(asked, name)
    return handing_in.check("a", TASKS)


def test_nothing_is_missing_where_all_is_answered(capsys):
    found = checked(notebook())

    assert not found
    assert repr(found).startswith("Nothing is missing")
    assert "a.ipynb, saved just now" in repr(found)


def test_stubs_are_not_answers():
    found = checked(notebook(**EMPTY))

    assert found.unanswered == [BUILD, USE, EXPLAIN]
    assert found.failed == []


@pytest.mark.parametrize(
    ("given", "unanswered", "failed"),
    [
        ({"build": "    return y_hat - y"}, [], [BUILD, USE]),
        ({"build": EMPTY["build"]}, [BUILD], [USE]),
        ({"build": "    return (y"}, [], [BUILD, USE]),
        ({"build": "    if y < 0: raise NotImplementedError\n    return y"}, [], []),
        ({"use": ""}, [USE], []),
        ({"words": "  "}, [EXPLAIN], []),
        ({"words": f"{PROSE_STUB}\n"}, [EXPLAIN], []),
        ({"setup": "import nothing_at_all"}, [], [handing_in.FIRST]),
        ({"setup": "raise SystemExit"}, [], [handing_in.FIRST]),
    ],
)
def test_each_task_is_told_apart(given, unanswered, failed):
    asked = notebook(**given)
    found = checked(asked)

    assert found.unanswered == unanswered
    assert [title for title, _ in found.failed] == failed


def test_words_written_beside_the_marked_cell_are_no_answer():
    asked = notebook(words="")
    asked.cells[-2].metadata["nbgrader"] = {"solution": True}
    asked.cells.insert(-1, new_markdown_cell(ANSWERS["words"]))

    assert checked(asked).unanswered == [EXPLAIN]
    del asked.cells[-3]
    assert not checked(asked)


def test_what_fails_is_told_in_its_own_words():
    wrong = checked(notebook(build="    return y_hat - y", use="best = 1"))
    needs = checked(notebook(build=EMPTY["build"]))

    assert wrong.failed == [(BUILD, "A check does not hold: never negative")]
    assert needs.failed == [(USE, "It needs `mine`, which is not written yet.")]


def test_a_task_whose_heading_is_gone_cannot_be_told():
    asked = notebook()
    del asked.cells[5]

    assert checked(asked).failed[0][0] == USE


def test_of_several_copies_the_newest_or_the_one_that_runs_counts(folder, monkeypatch):
    nbformat.write(notebook(**EMPTY), "older.ipynb")
    nbformat.write(notebook(name="b"), "another assignment.ipynb")
    (folder / "broken.ipynb").write_text('{"cells": 3}')
    hour_ago = time.time() - 3_600
    os.utime("older.ipynb", (hour_ago, hour_ago))

    assert not checked(notebook())
    monkeypatch.setenv("JPY_SESSION_NAME", str(folder / "older.ipynb"))
    assert handing_in.check("a", TASKS).unanswered == [BUILD, USE, EXPLAIN]
    assert "older.ipynb, saved 60 minutes ago" in repr(handing_in.check("a", TASKS))


def test_where_there_is_no_notebook_what_has_run_counts(monkeypatch):
    def mine(y):
        raise NotImplementedError

    monkeypatch.setattr(handing_in, "_user_names", lambda: {"mine": mine, "best": 2})
    found = handing_in.check("a", TASKS)

    assert found.unanswered == [BUILD]
    assert found.unseen == [EXPLAIN]


def test_hand_in_reads_lists_and_no_text():
    found = checked(notebook(**EMPTY | {"use": "best = 0"}))
    said = found._repr_mimebundle_()[DATA]

    assert said["unanswered"] == [BUILD, EXPLAIN]
    assert said["failed"] == [[USE, "A check does not hold."]]


def test_what_hand_in_shows_counts_once_and_for_its_assignment():
    nbformat.write(notebook(), "a.ipynb")
    for name, unanswered in (("a", [BUILD, USE, EXPLAIN]), ("b", [])):
        handing_in.show(nbformat.writes(notebook(name, **EMPTY)))
        assert handing_in.check("a", TASKS).unanswered == unanswered
        assert handing_in.check("a", TASKS).unanswered == []
