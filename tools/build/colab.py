"""Copies of the notebooks for Colab: ``python -m tools.build.colab FOLDER``.

Colab opens notebooks from a repository on GitHub and knows nothing of the package, so
each copy begins with a cell that installs it.  The publishing workflow puts the copies
on the branch `colab`, to which the pages' launch menu leads.
"""

import argparse
import os
import sys
from pathlib import Path

import nbformat

from tools import ROOT

BOOK = ROOT / "book"
SET_UP = """\
# This installs the course's package. Run it first, once.
%pip install --quiet "lossbook @ git+{repository}"

from google.colab import output

output.enable_custom_widget_manager()  # the figures that move"""


def derived(path: Path, repository: str) -> nbformat.NotebookNode:
    """A notebook that installs the package first; its outputs are to be made there."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    set_up = nbformat.v4.new_code_cell(SET_UP.format(repository=repository))
    set_up.id = "colab-set-up"
    notebook.cells.insert(0, set_up)
    notebook.metadata.pop("widgets", None)
    return notebook


def main(arguments: list[str] | None = None) -> None:
    """Write a copy of every notebook into a folder."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.build.colab", description=__doc__
    )
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args(arguments).folder
    repository = os.environ.get("LOSSBOOK_REPOSITORY", "").rstrip("/")
    if not repository.startswith("https://github.com/"):
        sys.exit(
            "Colab opens notebooks from GitHub only. Set LOSSBOOK_REPOSITORY to the "
            "address of the repository there, such as https://github.com/owner/name"
        )
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted(BOOK.glob("*.ipynb")):
        nbformat.write(derived(path, repository), folder / path.name)


if __name__ == "__main__":
    main()
