"""Run chapters of the book again and keep what they show: ``python -m tools.chapters``.

Each notebook is executed in place, from a fresh kernel.  The same chapter on the
same machine gives the same file, byte for byte: nothing that differs from run to
run (times, versions) is recorded.  A chapter that fails is left as it was.
"""

import os
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

# On a busy machine the threads of a matrix product wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

BOOK = Path(__file__).parents[1] / "book"
METADATA = {
    "kernelspec": {
        "display_name": "Python 3",
        "language": "python",
        "name": "python3",
    },
    "language_info": {"file_extension": ".py", "name": "python"},
}


def executed(path: Path) -> str:
    """The text of the notebook at `path` after a run from first cell to last."""
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(
        notebook,
        timeout=120,
        kernel_name="python3",
        record_timing=False,
        coalesce_streams=True,  # how often a print is flushed differs from run to run
        extra_arguments=["--log-level=ERROR"],
        resources={"metadata": {"path": str(path.parent)}},
    ).execute()
    notebook.metadata.update(METADATA)
    return nbformat.writes(notebook) + "\n"


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
