"""Run chapters again and keep what they show: ``python -m tools.author.chapters``.

Each notebook is executed in place, from a fresh kernel.  The same chapter on the
same machine gives the same file, byte for byte: nothing that differs from run to
run (times, versions) is recorded.  Of a widget its pictures and its text are kept;
its script and its state come from the package, wherever it is made again.
A chapter that fails is left as it was.

A chapter is its own source.  On a page of practice the exercises are not: they are set
as the package has them, below all that stands before them.
"""

import os
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat.v4 import new_code_cell, new_markdown_cell

from lossbook import exercises
from tools import ROOT

# On a busy machine the threads of a matrix product wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

BOOK = ROOT / "book"
# How a widget is live where a kernel runs; elsewhere it would hide the other forms.
VIEW = "application/vnd.jupyter.widget-view+json"
STATE = "application/vnd.jupyter.widget-state+json"
# Who runs a chapter, saves it and opens it again finds the view, but no widget behind
# it.  Instead of an error there stands this, in words of ipywidgets that never change.
STAND_IN = {
    "model_module": "@jupyter-widgets/controls",
    "model_module_version": "2.0.0",
    "model_name": "HTMLModel",
    "state": {"value": "Run this cell to bring it to life."},
}
METADATA = {
    "kernelspec": {
        "display_name": "Python 3",
        "language": "python",
        "name": "python3",
    },
    "language_info": {"file_extension": ".py", "name": "python"},
}


def set_exercises(notebook: nbformat.NotebookNode, topic: str) -> None:
    """Set the exercises of the topic, three cells each: the task, the stub, the help.

    They take the place of all cells after the one with the id "exercises-setup".
    """
    ids = [cell.id for cell in notebook.cells]
    del notebook.cells[ids.index("exercises-setup") + 1 :]
    for exercise in exercises.of_topic(topic):
        key = exercise.name.replace("_", "-")
        helps = new_code_cell(f"{exercise.path}.help()", id=f"{key}-help")
        helps.metadata.tags = ["remove-input"]
        notebook.cells += [
            new_markdown_cell(exercise.markdown(), id=key),
            new_code_cell(exercise.stub(), id=f"{key}-code"),
            helps,
        ]


def executed(path: Path) -> str:
    """The text of the notebook at `path` after a run from first cell to last."""
    notebook = nbformat.read(path, as_version=4)
    if path.stem.endswith("_practice"):
        set_exercises(notebook, path.stem.removesuffix("_practice"))
    NotebookClient(
        notebook,
        timeout=120,
        kernel_name="python3",
        record_timing=False,
        store_widget_state=False,
        coalesce_streams=True,  # how often a print is flushed differs from run to run
        extra_arguments=["--log-level=ERROR"],
        resources={"metadata": {"path": str(path.parent)}},
    ).execute()
    notebook.metadata.update(METADATA)
    take_out_widgets(notebook)
    return nbformat.writes(notebook) + "\n"


def take_out_widgets(notebook: nbformat.NotebookNode) -> None:
    """Leave the pictures and the text of each widget, and what stands in for it."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    views = [output.get("data", {}).pop(VIEW, None) for output in outputs]
    state = {view["model_id"]: STAND_IN for view in views if view}
    about = {
        "version_major": 2,
        "version_minor": 0,
        "state": dict(sorted(state.items())),
    }
    notebook.metadata.pop("widgets", None)
    if state:
        notebook.metadata["widgets"] = {STATE: about}


def main(names: list[str]) -> int:
    """Execute the named chapters, or all; returns the number of failures."""
    paths = [BOOK / f"{Path(name).stem}.ipynb" for name in names]
    failures = 0
    for path in paths or sorted(BOOK.glob("*.ipynb")):
        try:
            before, after = path.read_text("utf-8"), executed(path)
        except FileNotFoundError:
            failures += 1
            print(f"{path.stem}: there is no such chapter in {BOOK}")
            continue
        except CellExecutionError as error:
            failures += 1
            print(f"{path.stem}: failed, left as it was\n{error}")
            continue
        if after != before:
            beside = path.with_suffix(".tmp")
            beside.write_text(after, "utf-8", newline="\n")
            os.replace(beside, path)
        print(f"{path.stem}: {'changed' if after != before else 'unchanged'}")
    return failures


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
