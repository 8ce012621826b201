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
from lossbook.exercises.engine.checkers import ProseChecker
from tests.exercises.corpus import right, wrong
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

from tests.exercises.test_places import outcomes

print(json.dumps(outcomes({one_in})))"""


def outcomes(one_in):
    """What one in so many answers of the corpus is told, as text and as HTML."""
    told = []
    for entry in [*wrong(), *right()][::one_in]:
        outcome = fresh(entry.topic, entry.name).outcome(entry.answer)
        told.append([str(entry), outcome.kind, repr(outcome), outcome._repr_html_()])
    return told


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
            right = Outcome("right", exercise.remark, exercise=exercise.id)
            yield stored(solved(exercise), right)
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


# Places differ in how they show what an answer is told, of which a share has every
# kind; `make test-corpus` tries all.
each_share = pytest.mark.parametrize(
    "one_in", [5, pytest.param(1, marks=pytest.mark.release)], scope="module"
)


@pytest.fixture(scope="module")
def here(one_in):
    return outcomes(one_in)


@each_share
def test_a_script_gives_the_same_outcomes(here, one_in):
    done = subprocess.run(
        [sys.executable, "-c", EACH_ANSWER.format(one_in=one_in)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stderr == ""
    assert json.loads(done.stdout) == here


@each_share
def test_a_notebook_gives_the_same_outcomes(here, one_in):
    code = EACH_ANSWER.format(one_in=one_in)
    (cell,) = executed(notebook_of(new_code_cell(code))).cells

    assert [output.output_type for output in cell.outputs] == ["stream"]
    assert json.loads(cell.outputs[0].text) == here


CELLS = {
    "m.check(f)": ["execute_result"],
    "m.check(f);": ["display_data"],
    "m.check(f)\nx = 1": ["display_data"],
    "m.check(f)\nm.check(f)": ["display_data", "execute_result"],
    "for _ in range(2):\n    m.check(f)": ["display_data"] * 2,
    "kept = m.check(f)": [],
    "kept = m.check(f)\nx = 1;": [],
    "print(m.check(f))": ["stream"],
}


def test_a_cell_shows_each_outcome_once():
    setup = "from lossbook import *\nm = exercises.mean_squared_error.mse"
    setup = f"from lossbook import exercises\n{setup}\nf = mean_squared_error"
    notebook = notebook_of(*map(new_code_cell, [setup, *CELLS]))

    shown = [
        [output.output_type for output in cell.outputs]
        for cell in executed(notebook).cells[1:]
    ]

    assert dict(zip(CELLS, shown, strict=True)) == CELLS


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
