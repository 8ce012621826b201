"""A student's server, on a socket that it is handed.

Between its walls there is no network on which anybody could reach it.  It stands alone:
there it is a file by itself.
"""

import os
import socket
import sys
from typing import Any

from tornado import netutil


def main(number: int) -> None:
    """Serve on the open socket of this number, until the process is ended."""
    os.set_inheritable(number, False)
    handed = socket.socket(fileno=number)
    handed.setblocking(False)

    def bind_unix_socket(*args: Any, **options: Any) -> socket.socket:
        return handed

    netutil.bind_unix_socket = bind_unix_socket  # before Jupyter takes it from there
    from jupyterhub.singleuser import main as serve

    serve(["--ServerApp.sock=/handed-over"])


if __name__ == "__main__":
    main(int(sys.argv[1]))
