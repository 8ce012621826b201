"""A notebook and a script give the same outcomes; chapters run as they stand."""

import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from lossbook.exercises import Outcome
from lossbook.exercises.checkers import ProseChecker
from tests.exercises.corpus import answers
from tests.exercises.test_corpus import EXERCISES, fresh

ROOT = Path(__file__).parents[2]
# As a chapter does: what the tasks and the solutions use.
IMPORTS = """\
import numpy as np

from lossbook import *
from lossbook import datasets, exercises
from lossbook.gradcheck import numerical_gradient"""
EACH_ANSWER = """\
import json

from tests.exercises.corpus import answers
from tests.exercises.test_places import outcome

print(json.dumps([outcome(*entry) for entry in answers()]))"""


def outcome(topic, name, kind, number, answer, says):
    """What an answer of the corpus is told, as text and as HTML."""
    found = fresh(topic, name).check(answer)
    return [name, kind, number, found.kind, repr(found), found._repr_html_()]


def executed(notebook):
    """The notebook after a run, as the tools of the book do it."""
    NotebookClient(
        notebook,
        timeout=120,
        extra_arguments=["--log-level=ERROR"],
        resources={"metadata": {"path": str(ROOT)}},
    ).execute()
    return notebook


def notebook_of(*cells):
    kernel = {"name": "python3", "display_name": "Python 3"}
    return new_notebook(cells=list(cells), metadata={"kernelspec": kernel})


def chapter(solve):
    """All exercises as a chapter shows them, untouched or solved, with outputs."""
    yield stored(IMPORTS, None)
    for exercise in EXERCISES:
        yield new_markdown_cell(exercise.markdown())
        if not solve:
            yield stored(exercise.stub(), exercise.check())
        elif isinstance(exercise.checker, ProseChecker):
            yield stored(solved(exercise), exercise.check("because"))
        else:
            yield stored(solved(exercise), Outcome("right", exercise.remark))
        yield stored(f"{exercise.path}.help()", exercise.help())


def stored(source, shown):
    """A code cell with what it shows."""
    if shown is None:
        return new_code_cell(source)
    data = {"text/plain": repr(shown), "text/html": shown._repr_html_()}
    output = new_output("execute_result", data, execution_count=1)
    return new_code_cell(source, outputs=[output], execution_count=1)


def solved(exercise):
    """The cell that a learner leaves who has found the solution."""
    check = exercise.stub().splitlines()[-1]
    if isinstance(exercise.checker, ProseChecker):
        return f'{exercise.name} = """{exercise.solution()}"""\n\n{check}'
    return f"{exercise.solution()}\n\n\n{check}"


@pytest.fixture(scope="module")
def here():
    return [outcome(*entry) for entry in answers()]


def test_a_script_gives_the_same_outcomes(here):
    done = subprocess.run(
        [sys.executable, "-c", EACH_ANSWER],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stderr == ""
    assert json.loads(done.stdout) == here


def test_a_notebook_gives_the_same_outcomes(here):
    (cell,) = executed(notebook_of(new_code_cell(EACH_ANSWER))).cells

    assert [output.output_type for output in cell.outputs] == ["stream"]
    assert json.loads(cell.outputs[0].text) == here


def nbval(notebook, folder):
    """What nbval says, in strict mode, of the notebook as it is stored."""
    nbformat.write(notebook, folder / "chapter.ipynb")
    quiet = ["-q", "-p", "no:cacheprovider", "-c", os.devnull, "--rootdir", folder]
    return subprocess.run(
        [sys.executable, "-m", "pytest", "--nbval", *quiet, folder / "chapter.ipynb"],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )


@pytest.mark.parametrize("solve", [False, True], ids=["unanswered", "solved"])
def test_a_chapter_runs_from_top_to_bottom_and_shows_what_is_stored(solve, tmp_path):
    done = nbval(notebook_of(*chapter(solve)), tmp_path)

    assert done.returncode == 0, done.stdout
    assert f"{1 + 2 * len(EXERCISES)} passed" in done.stdout


def test_nbval_would_notice_another_outcome(tmp_path):
    imports, stub = stored(IMPORTS, None), EXERCISES[0].stub()
    done = nbval(notebook_of(imports, stored(stub, Outcome("right"))), tmp_path)

    assert "1 failed, 1 passed" in done.stdout


def test_a_page_budget_is_kept():
    shown = sum(len(exercise.help()._repr_html_()) for exercise in EXERCISES)

    assert shown / len(EXERCISES) < 2500
