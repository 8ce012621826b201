"""Lines to and from a process that may do anything: by one clock, and of bounded size.

A pipe cannot run full of what nobody has read, loses nothing, and lets one look at the
clock between any two bytes.
"""

import os
import selectors
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import IO, cast

from .limits import Ended, Limits

CHUNK = 2**18  # bytes that are read at once
SLACK = 2**16  # bytes of a message beside what it emits
BURST = 15  # seconds' worth of messages that may come at once
LOOK = 0.1  # seconds after which one looks whether it still lives
PATIENCE = 5.0  # seconds in which a process ends that closed its pipe


class Pipes:
    """The standard input, output and error of a process.

    Parameters
    ----------
    process : Popen
        Started with three pipes.
    limits : Limits
        How long a message may be, and how many may come in a second.
    check : callable
        Is called ten times a second; raises `Ended` if the process must be ended.
    """

    def __init__(
        self,
        process: subprocess.Popen[bytes],
        limits: Limits,
        check: Callable[[], None],
    ):
        self.process, self.check = process, check
        self.longest, self.rate = limits.emitted + SLACK, limits.messages
        self.complaints = b""  # the beginning of what came on its standard error
        self._read, self._searched = bytearray(), 0
        self._to_write = b""
        self._allowance, self._counted = float(BURST * self.rate), time.monotonic()
        files = (process.stdin, process.stdout, process.stderr)
        self._files = [cast(IO[bytes], file) for file in files]
        self._in, self._out, self._err = (file.fileno() for file in self._files)
        self._selector = selectors.DefaultSelector()
        for number in (self._in, self._out, self._err):
            os.set_blocking(number, False)
        for number in (self._out, self._err):
            self._selector.register(number, selectors.EVENT_READ)

    def close(self) -> None:
        """Close all three; what has not been written goes nowhere."""
        self._selector.close()
        for file in self._files:
            with suppress(OSError):
                file.close()

    def write(self, data: bytes) -> None:
        """Have this written, while `lines` reads."""
        self._to_write += data

    def lines(self, end: float) -> Iterator[bytes]:
        """Each line that comes on the standard output.

        Parameters
        ----------
        end : float
            When the time is over, by the monotonic clock.

        Raises
        ------
        Ended
            When the time is over, the process has ended, or it must be ended.
        """
        looked = 0.0
        while True:
            now = time.monotonic()
            if now >= end:
                raise Ended("timeout")
            if now >= looked + LOOK:
                self.check()
                looked = now
                if self.process.poll() is not None and not self._selector.select(0):
                    raise Ended("kernel_died")
            line = self._next_line()
            if line is None:
                self._exchange(min(LOOK, end - now))
            else:
                self._count()
                yield line

    def _next_line(self) -> bytes | None:
        end = self._read.find(b"\n", self._searched)
        if end < 0:
            self._searched = len(self._read)
            if self._searched > self.longest:
                most = f"{self.longest / 2**20:.1f} MB"
                raise Ended("failed", f"It sent a message longer than {most}.")
            return None
        line = bytes(self._read[:end])
        del self._read[: end + 1]
        self._searched = 0
        return line

    def _count(self) -> None:
        """Take one message from what is allowed, which grows with time."""
        now = time.monotonic()
        earned = self._allowance + (now - self._counted) * self.rate
        self._allowance, self._counted = min(earned, BURST * self.rate) - 1, now
        if self._allowance < 0:
            raise Ended("failed", f"It sent more than {self.rate:,} messages a second.")

    def _exchange(self, seconds: float) -> None:
        """Write what is to be written, and read what comes within so many seconds."""
        waiting = self._in in self._selector.get_map()
        if self._to_write and not waiting:
            self._selector.register(self._in, selectors.EVENT_WRITE)
        elif waiting and not self._to_write:
            self._selector.unregister(self._in)
        for key, _ in self._selector.select(seconds):
            if key.fd == self._in:
                self._write_some()
            elif data := os.read(key.fd, CHUNK):
                if key.fd == self._out:
                    self._read += data
                else:
                    self.complaints = (self.complaints + data)[:CHUNK]
            elif key.fd == self._err:
                self._selector.unregister(self._err)
            else:  # most often, as it has ended, and all that it started
                with suppress(subprocess.TimeoutExpired):
                    self.process.wait(PATIENCE)
                with suppress(OSError):
                    self.complaints += os.read(self._err, CHUNK)
                self.check()
                raise Ended("kernel_died")

    def _write_some(self) -> None:
        try:
            self._to_write = self._to_write[os.write(self._in, self._to_write) :]
        except BrokenPipeError:
            self._to_write = b""
