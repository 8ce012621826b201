"""A folder, served on localhost: ``python -m tools.serving`` serves the site.

What else looks at pages opens the server for as long as it looks.
"""

import contextlib
import functools
import sys
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tools import ROOT

SITE = ROOT / "_build" / "html"
PORT = 8000


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *_):
        """Say nothing."""

    def handle(self):
        """Serve; a reader who leaves before all is sent is no trouble."""
        with contextlib.suppress(ConnectionError):
            super().handle()

    def send(self, content: bytes, kind: str, status: int = 200, **headers: str):
        """Answer with this content."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)


@contextlib.contextmanager
def served(folder: Path, handler: type[Quiet] = Quiet, port: int = 0) -> Iterator[str]:
    """The address under which a folder is served, with a slash at its end.

    Port 0 stands for one that is free.
    """
    bound = functools.partial(handler, directory=folder)
    with ThreadingHTTPServer(("127.0.0.1", port), bound) as listening:
        thread = threading.Thread(target=listening.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.server_port}/"
        finally:
            listening.shutdown()
            thread.join()


def main(port: str = str(PORT)) -> None:
    """Serve the site until somebody presses Ctrl-C."""
    try:
        with (
            served(SITE, port=int(port)) as address,
            contextlib.suppress(KeyboardInterrupt),
        ):
            print(f"Open {address} (Ctrl-C to stop)", flush=True)
            threading.Event().wait()
    except OSError as error:
        sys.exit(
            f"Port {port}: {error.strerror}. Name another: python -m tools.serving 8001"
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
