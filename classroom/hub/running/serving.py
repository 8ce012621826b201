"""Serving: the one program that an instructor starts, and ends with Ctrl-C."""

import fcntl
import logging
import os
import shutil
import signal
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from jupyterhub.app import JupyterHub
from tornado.netutil import bind_unix_socket
from traitlets.config import Config

from ...course import CourseError
from ..configuration import Serving, configure
from ..queue import Queue
from ..state import State
from .spawner import WalledSpawner

# A warning of JupyterHub's that is an error for somebody: no server came.
NO_SERVER = "giving up"
# Errors to JupyterHub only: Ctrl-C, what was told before, and --servers as it should.
QUIET = ("Received signal", "Previous spawn for ", "HTTP 429")


class Hub(JupyterHub):
    """JupyterHub, which students' servers reach by a socket, having no network."""

    socket_path = ""

    def load_config_file(self, *args: Any, **options: Any) -> None:
        """None is read: one that lies about would be run."""

    async def start(self) -> None:
        """Start, and listen on the socket too."""
        await super().start()
        self.http_server.add_socket(bind_unix_socket(self.socket_path, mode=0o666))

    async def cleanup(self) -> None:
        """Call off what still starts first: when it is ended, nothing went wrong."""
        WalledSpawner.queue.end()
        await super().cleanup()


def serve(state: State, serving: Serving) -> None:
    """Serve until Ctrl-C or SIGTERM; then no server is left running.

    Raises
    ------
    CourseError
        If another hub serves this course, or another program where it should.
    """
    with (state.root / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CourseError(
                f"A hub of {state.root} runs already, or is about to end."
            ) from error
        _try(serving)
        _serve(state, serving)


def _try(serving: Serving) -> None:
    """See that one can listen there: JupyterHub would go on, and serve nobody."""
    try:
        found = socket.getaddrinfo(serving.ip, serving.port, type=socket.SOCK_STREAM)
        family, *_, place = found[0]
        with socket.socket(family) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(place)
    except OSError as error:
        raise CourseError(
            f"{serving.ip}:{serving.port} cannot be served: {error.strerror}. End what "
            "serves there, or give another --port."
        ) from error


def _serve(state: State, serving: Serving) -> None:
    # A shell that starts us in the background has it ignored: our services would
    # inherit that, and take half a minute to end.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    # Short and in small letters, as it becomes a part of addresses.
    sockets = Path(tempfile.mkdtemp(prefix="lossbook-hub-", dir="/tmp"))
    config = configure(Config(), state, serving, sockets)
    try:
        with _logged(state.log) as terminal:
            Hub.socket_path = str(sockets / "hub")
            WalledSpawner.queue = Queue(serving.starts)
            Hub.instance(config=config).extra_log_handlers = [Trouble(terminal)]
            Hub.launch_instance([])
    finally:
        shutil.rmtree(sockets, ignore_errors=True)


class Trouble(logging.StreamHandler):
    """Shows the instructor what has gone wrong, in a line each."""

    def __init__(self, terminal: TextIO) -> None:
        super().__init__(terminal)
        self.addFilter(_is_trouble)

    def format(self, record: logging.LogRecord) -> str:
        """What happened; where in the program it did, the log says."""
        return f"{record.levelname}: {record.getMessage()}"


def _is_trouble(record: logging.LogRecord) -> bool:
    said = record.getMessage()
    # Which page answered how is told apart from what went wrong, with all its headers.
    is_known = record.funcName == "log_request" or any(word in said for word in QUIET)
    is_error = record.levelno >= logging.ERROR and not is_known
    return is_error or NO_SERVER in said.lower()


@contextmanager
def _logged(path: Path) -> Iterator[TextIO]:
    """All that is said goes into a file; gives what still leads to the terminal.

    Whole descriptors lead there, for the proxy and the services inherit them.
    """
    kept = {number: os.dup(number) for number in (1, 2)}
    sys.stdout.flush()
    with path.open("ab") as log:
        for number in kept:
            os.dup2(log.fileno(), number)
    try:
        with open(kept[2], "w", buffering=1, errors="replace", closefd=False) as shown:
            yield shown
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        for number, before in kept.items():
            os.dup2(before, number)
            os.close(before)
