"""Running a submission between the walls, and telling how it ended."""

import asyncio
import contextlib
import shutil
import subprocess
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from . import bubblewrap
from .emitting import EMITTED
from .limits import Limits

TOO_MUCH = "\n[The rest is not kept.]\n"
POLL = 0.5  # seconds between two looks at what is written


class _Manager(AsyncKernelManager):
    """Starts the kernel between the walls; `shared` holds its sockets."""

    shared: Path
    limits: Limits
    trusted = False

    def format_kernel_cmd(self, extra_arguments: list[str] | None = None) -> list[str]:
        program = super().format_kernel_cmd(extra_arguments)
        if self.trusted:
            return program
        user = bubblewrap.new_user()
        if user is not None:
            for path in (self.shared, Path(self.connection_file)):
                shutil.chown(path, user, user)
        return bubblewrap.command(program, self.shared, self.limits, user)


class _Client(NotebookClient):
    """Keeps the beginning of what a cell shows, and drops the rest."""

    limits: Limits
    _kept: Counter

    def output(self, outs: Any, msg: Any, display_id: Any, cell_index: int) -> Any:
        content = msg["content"]
        is_emitted = EMITTED in content.get("data", {})
        most = self.limits.emitted if is_emitted else self.limits.output
        so_far = self._kept[cell_index, is_emitted]
        self._kept[cell_index, is_emitted] += sum(map(_size, content.values()))
        if so_far >= most:
            return None
        if self._kept[cell_index, is_emitted] > most:
            if msg["msg_type"] != "stream":
                return None
            content["text"] = content["text"][: most - so_far] + TOO_MUCH
        return super().output(outs, msg, display_id, cell_index)

    def handle_comm_msg(self, outs: Any, msg: Any, cell_index: int) -> None:
        """Widgets stay in the sandbox: their state could be of any size."""


def execute(text: str, limits: Limits | None = None, trusted: bool = False) -> dict:
    """Run a notebook cell by cell, until its time is over or its Python dies.

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
        "ok", "timeout", "kernel_died" and "out_of_memory"; and `seconds`.

    Raises
    ------
    NoSandboxError
        If this machine has no bubblewrap, and `trusted` is false.
    """
    limits = limits or Limits()
    notebook = nbformat.reads(text, as_version=4)
    if not trusted and not bubblewrap.is_available():
        bubblewrap.command([], Path(), limits, None)  # says what is missing
    began = time.monotonic()
    # The path of a socket must be short, so it does not go below a long TMPDIR.
    with tempfile.TemporaryDirectory(prefix="class-", dir="/tmp") as folder:
        status = asyncio.run(_run(notebook, Path(folder), limits, trusted))
    return {
        "notebook": nbformat.writes(notebook),
        "status": status,
        "seconds": round(time.monotonic() - began, 3),
    }


async def _run(
    notebook: NotebookNode, shared: Path, limits: Limits, trusted: bool
) -> str:
    manager = _Manager(
        kernel_name="python3",
        transport="ipc",
        ip=str(shared / "s"),
        connection_file=str(shared / "kernel.json"),
    )
    manager.shared, manager.limits, manager.trusted = shared, limits, trusted
    client = _Client(
        notebook,
        km=manager,
        allow_errors=True,
        record_timing=False,
        startup_timeout=int(limits.start_seconds),
        shutdown_kernel="immediate",
    )
    client.limits, client._kept = limits, Counter()
    client.reset_execution_trackers()
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    watch: asyncio.Task | None = None
    try:
        async with client.async_setup_kernel(cleanup_kc=True, **quiet):
            watch = asyncio.create_task(_watch(manager, shared, limits.files))
            return await _cells(client, notebook, limits.seconds)
    except RuntimeError:  # nbclient: the kernel died before it answered
        return "kernel_died"
    finally:
        if watch is not None:
            watch.cancel()


async def _cells(client: _Client, notebook: NotebookNode, seconds: float) -> str:
    end = time.monotonic() + seconds
    status = "ok"
    for index, cell in enumerate(notebook.cells):
        client.timeout = max(1, round(end - time.monotonic()))
        try:
            await client.async_execute_cell(cell, index)
        except CellTimeoutError:
            return "timeout"
        except DeadKernelError:
            return "kernel_died"
        if any(_is_out_of_memory(output) for output in cell.get("outputs", [])):
            status = "out_of_memory"
    return status


async def _watch(manager: _Manager, shared: Path, most: int) -> None:
    """End a kernel that fills the folder in which its sockets are."""
    while True:
        await asyncio.sleep(POLL)
        if _written(shared) > most:
            await manager.shutdown_kernel(now=True)
            return


def _written(folder: Path) -> int:
    size = 0
    for path in folder.rglob("*"):
        with contextlib.suppress(OSError):  # it may be gone again
            size += path.lstat().st_size
    return size


def _is_out_of_memory(output: NotebookNode) -> bool:
    return output.output_type == "error" and "MemoryError" in output.ename


def _size(content: Any) -> int:
    if isinstance(content, str):
        return len(content)
    if isinstance(content, dict):
        return sum(map(_size, content.values()))
    if isinstance(content, list):
        return sum(map(_size, content))
    return 8
