"""Running a submission between the walls, and telling how it ended."""

import time
from typing import Any

import nbformat
from nbformat import NotebookNode

from . import bubblewrap
from .kernel import Kernel
from .limits import Ended, Limits
from .shown import Shown


def execute(text: str, limits: Limits | None = None, trusted: bool = False) -> dict:
    """Run a notebook cell by cell, until its time is over or its Python dies.

    Whatever the code of the notebook does ends in a status of this one run.

    Parameters
    ----------
    text : str
        The notebook, as JSON.
    limits : Limits, optional
        What it may take.
    trusted : bool, optional
        Run without walls: only for code that one wrote oneself.

    Returns
    -------
    dict
        `notebook`, as JSON, with the outputs of the cells that ran; `status`, one of
        "ok", "timeout", "kernel_died", "out_of_memory" and "failed"; `reason`, what
        more there is to say of it, or empty; `seconds`; and `walls`, what limited all
        its processes together: "cgroup", "watcher" or "none".

    Raises
    ------
    NoSandboxError
        If this machine has no bubblewrap that works, and `trusted` is false.
    """
    limits = limits or Limits()
    if not trusted and not bubblewrap.is_available():
        raise bubblewrap.NoSandboxError(bubblewrap.WITHOUT)
    began = time.monotonic()
    result: dict[str, Any] = {"notebook": text, "status": "ok", "reason": ""}
    result["walls"] = "none"
    try:
        notebook = nbformat.reads(text, as_version=4)
        try:
            with Kernel(limits, trusted) as kernel:
                result["walls"] = kernel.walls
                result["status"] = _run(kernel, notebook, limits)
        except Ended as end:
            result |= {"status": end.status, "reason": end.reason}
        result["notebook"] = nbformat.writes(notebook)
    except Exception as error:  # of this submission, and of no other
        reason = f"{type(error).__name__}: {error}"
        result |= {"status": "failed", "reason": reason}
    return {**result, "seconds": round(time.monotonic() - began, 3)}


def _run(kernel: Kernel, notebook: NotebookNode, limits: Limits) -> str:
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for cell in cells:
        cell.outputs, cell.execution_count = [], None
    kernel.wait_until_ready(limits.start_seconds)
    end = time.monotonic() + limits.seconds
    shown, status = Shown(limits), "ok"
    for cell in cells:
        if not cell.source.strip():
            continue
        shown.begin(cell)
        for message in kernel.run(cell.source, end):
            shown.add(message)
        if any(_is_out_of_memory(output) for output in cell.outputs):
            status = "out_of_memory"
    return status


def _is_out_of_memory(output: NotebookNode) -> bool:
    return output.output_type == "error" and "MemoryError" in output.ename
