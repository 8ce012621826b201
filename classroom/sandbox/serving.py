"""IPython's own kernel, spoken to through two pipes.

It runs in the sandbox.  A line of JSON on standard input is a cell to run; what the
kernel publishes leaves on standard output, a line for each message.  What is too long
is cut here already, so that an honest flood costs little.  Outside, nothing relies on
that: what runs in this process may send whatever it likes.

It stands alone: in the sandbox it is a file by itself.
"""

import json
import os
import sys
import tempfile
import threading
from collections.abc import Sequence
from typing import Any, BinaryIO

import zmq
from ipykernel.kernelapp import IPKernelApp
from jupyter_client.session import DELIM, Session

LONGEST = 2_000  # of a line of a traceback
LINES = 100  # of a traceback


class Outlet:
    """Stands in for the socket on which a kernel publishes: writes to a pipe.

    Parameters
    ----------
    pipe : binary file
        Where the lines go.
    output : int
        Characters that a cell may print; one more tells that there was more.
    longest : int
        Bytes of what any other message says.
    """

    def __init__(self, pipe: BinaryIO, output: int, longest: int):
        self.pipe, self.output, self.longest = pipe, output, longest
        self.context: zmq.Context | None = None  # as a socket has it
        self.printed = 0

    def send_multipart(self, frames: Sequence[Any], *args: Any, **options: Any) -> None:
        """Write a message, as the kernel packed it, in one line."""
        parts = [bytes(frame) for frame in frames]
        start = parts.index(DELIM) + 2  # after the signature
        header, parent, _, content = parts[start : start + 4]
        try:
            kept = self._cut(json.loads(header)["msg_type"], content)
        except Exception:  # malformed; raised, it would take other messages with it
            return
        if kept is not None:
            line = b'{"header":%b,"parent_header":%b,"content":%b}\n'
            self.pipe.write(line % (header, parent, kept))
            self.pipe.flush()

    def close(self, *args: Any, **options: Any) -> None:
        """As a socket has it."""

    def _cut(self, kind: str, content: bytes) -> bytes | None:
        if kind == "stream":
            left = self.output + 1 - self.printed
            said = json.loads(content)
            self.printed += len(said["text"])
            if left <= 0:
                return None
            if len(said["text"]) > left:
                return json.dumps({**said, "text": said["text"][:left]}).encode()
        elif kind == "clear_output":
            self.printed = 0
        elif kind == "error":
            said = json.loads(content)
            lines = [line[:LONGEST] for line in said["traceback"][-LINES:]]
            brief = {key: said[key][:LONGEST] for key in ("ename", "evalue")}
            return json.dumps({**brief, "traceback": lines}).encode()
        elif kind == "execute_input" or len(content) > self.longest:
            return None
        return content


class Application(IPKernelApp):
    """The kernel, with an outlet in place of the socket on which it publishes."""

    outlet: Outlet

    def init_iopub(self, context: zmq.Context) -> None:
        """Let the thread that publishes write to the pipe."""
        super().init_iopub(context)
        self.outlet.context = context
        self.iopub_thread.socket = self.outlet


def feed(application: Application, inlet: BinaryIO) -> None:
    """Ask the kernel to run what comes in; end it where nothing more can come."""
    session = Session(key=application.session.key)
    socket = zmq.Context().socket(zmq.DEALER)
    socket.connect(f"ipc://{application.ip}-{application.shell_port}")
    for line in inlet:
        asked = json.loads(line)
        while socket.poll(0):  # answers to what was asked before
            socket.recv_multipart()
        request = session.msg(
            "execute_request",
            {
                "code": asked["code"],
                "silent": False,
                "store_history": True,
                "user_expressions": {},
                "allow_stdin": False,
                "stop_on_error": False,
            },
        )
        request["header"]["msg_id"] = asked["id"]
        application.outlet.printed = 0
        session.send(socket, request)
    os._exit(0)


def main(output: int, longest: int) -> None:
    """Serve, until the process is ended."""
    inlet, pipe = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1):  # what programs print is not to be taken for messages
        os.dup2(nothing, standard)
    folder = tempfile.mkdtemp(prefix=".kernel-")
    application = Application.instance(
        transport="ipc", ip=f"{folder}/s", connection_file=f"{folder}/kernel.json"
    )
    application.outlet = Outlet(pipe, output, longest)
    application.initialize(["--HistoryManager.hist_file=:memory:", "--log-level=50"])
    threading.Thread(target=feed, args=(application, inlet), daemon=True).start()
    application.start()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
