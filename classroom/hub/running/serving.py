"""Serving: the one program that an instructor starts, and ends with Ctrl-C."""

import fcntl
import shutil
import signal
import tempfile
from pathlib import Path
from typing import Any

from jupyterhub.app import JupyterHub
from tornado.netutil import bind_unix_socket
from traitlets.config import Config

from ...course import CourseError
from ..configuration import Serving, configure
from ..state import State


class Hub(JupyterHub):
    """JupyterHub, which students' servers reach by a socket, having no network."""

    socket_path = ""

    def load_config_file(self, *args: Any, **options: Any) -> None:
        """None is read: one that lies about would be run."""

    async def start(self) -> None:
        """Start, and listen on the socket too."""
        await super().start()
        self.http_server.add_socket(bind_unix_socket(self.socket_path, mode=0o666))


def serve(state: State, serving: Serving) -> None:
    """Serve until Ctrl-C or SIGTERM; then no server is left running.

    Raises
    ------
    CourseError
        If another hub serves this course.
    """
    with (state.root / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CourseError(
                f"A hub of {state.root} runs already, or is about to end."
            ) from error
        _serve(state, serving)


def _serve(state: State, serving: Serving) -> None:
    # A shell that starts us in the background has it ignored: our services would
    # inherit that, and take half a minute to end.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    # Short and in small letters, as it becomes a part of addresses.
    sockets = Path(tempfile.mkdtemp(prefix="lossbook-hub-", dir="/tmp"))
    try:
        Hub.socket_path = str(sockets / "hub")
        Hub.instance(config=configure(Config(), state, serving, sockets))
        Hub.launch_instance([])
    finally:
        shutil.rmtree(sockets, ignore_errors=True)
