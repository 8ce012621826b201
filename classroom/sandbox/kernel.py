"""A Python between the walls: cells go in, and what they show comes out.

What is in there may be any program, as a student's code can take it over.  So nothing
of Jupyter's protocol is spoken outside: each line that comes passes the gate.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import Any
from uuid import uuid4

from . import bubblewrap, gate
from .limits import Ended, Limits
from .pipes import Pipes
from .totals import Nothing, Totals, totals

SERVING = Path(__file__).parent / "serving.py"
PATIENCE = 5.0  # seconds for what was killed to be gone
TOLD = 500  # characters of why Python did not start


class Kernel:
    """Starts Python, and ends it and all that it started with the `with` block.

    Parameters
    ----------
    limits : Limits
        What it may take.
    trusted : bool
        Without walls: then what it started may go on in a session of its own.
    """

    def __init__(self, limits: Limits, trusted: bool):
        self.limits, self.trusted = limits, trusted
        self._totals: Totals = Nothing()
        if not trusted:
            self._totals = totals(limits, bubblewrap.WRITABLE)
        self._first = 0  # the first process between the walls
        self._stands = False  # what is outside the walls is no longer seen from inside

    @property
    def walls(self) -> str:
        """What limits all processes together: "cgroup", "watcher" or "none"."""
        return self._totals.walls

    def __enter__(self) -> "Kernel":
        with ExitStack() as stack:
            stack.callback(self._totals.close)
            start = self._start_trusted if self.trusted else self._start
            self._process = start(stack)
            self._pipes = Pipes(self._process, self.limits, self._check)
            stack.callback(self._pipes.close)
            stack.callback(self._end)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stack.close()

    def wait_until_ready(self, seconds: float) -> None:
        """Wait for Python to start.

        Raises
        ------
        Ended
            If it does not, as "failed": no student's code has run yet.
        """
        try:
            next(self._pipes.lines(time.monotonic() + seconds))
        except Ended as end:
            late = f"not within {seconds:g} s" if end.status == "timeout" else ""
            told = self._pipes.complaints.decode(errors="replace").strip()[-TOLD:]
            why = " ".join(part for part in (late, end.reason, told) if part)
            why = f"Python did not start: {why or 'it ended, and said nothing'}"
            raise Ended("failed", why) from end
        self._stands = True

    def run(self, code: str, end: float) -> Iterator[gate.Message]:
        """Run a cell; yields what it sends, until it is done.

        Parameters
        ----------
        code : str
            The cell.
        end : float
            When its time is over, by the monotonic clock.

        Raises
        ------
        Ended
            If Python ended, or had to be ended.
        """
        asked = uuid4().hex
        self._pipes.write(json.dumps({"id": asked, "code": code}).encode() + b"\n")
        for line in self._pipes.lines(end):
            message = gate.read(line)
            if message is None or message.cell != asked:
                continue
            if message.kind == "idle":
                return
            yield message

    def _start(self, stack: ExitStack) -> subprocess.Popen[bytes]:
        info, to_tell = os.pipe()
        rules = bubblewrap.rules()
        passed = (to_tell,) if rules is None else (to_tell, rules)
        try:
            user = bubblewrap.new_user()
            program = [sys.executable, bubblewrap.SERVING, *self._arguments()]
            command = bubblewrap.command(program, self.limits, user, to_tell, rules)
            process = _popen(self._totals.within(command), pass_fds=passed)
        except BaseException:
            os.close(info)
            raise
        finally:
            for number in passed:
                os.close(number)
        with os.fdopen(info, "rb") as told:
            self._first = _child(told.read())
        return process

    def _start_trusted(self, stack: ExitStack) -> subprocess.Popen[bytes]:
        # The path of a socket must be short, so it does not go below a long TMPDIR.
        folder = stack.enter_context(
            tempfile.TemporaryDirectory(
                prefix="class-", dir="/tmp", ignore_cleanup_errors=True
            )
        )
        command = [sys.executable, str(SERVING), *self._arguments()]
        return _popen(command, cwd=folder, env={**os.environ, "TMPDIR": folder})

    def _arguments(self) -> list[str]:
        return [str(self.limits.output), str(self.limits.emitted)]

    def _check(self) -> None:
        if self._stands:
            self._totals.check(self._first)

    def _end(self) -> None:
        """End all its processes, and wait until they are gone.

        The first one between the walls takes all others there with it, and bubblewrap
        waits for that.
        """
        with suppress(ProcessLookupError, PermissionError):
            if self.trusted:
                os.killpg(self._process.pid, signal.SIGKILL)
            elif self._first and self._process.poll() is None:
                os.kill(self._first, signal.SIGKILL)
        try:
            self._process.wait(PATIENCE if self.trusted or self._first else 0)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _popen(command: list[str], **options: Any) -> subprocess.Popen[bytes]:
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    options |= {**pipes, "start_new_session": True}
    return subprocess.Popen(command, **options)  # noqa: S603 - our own words


def _child(told: bytes) -> int:
    """The first process between the walls, as bubblewrap tells; 0 if it did not."""
    try:
        return int(json.loads(told)["child-pid"])
    except (ValueError, KeyError):
        return 0
