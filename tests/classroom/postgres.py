"""A PostgreSQL of our own, for as long as it is needed."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from tools.check import programs


@contextmanager
def running():
    """The address of its database, reached by a socket only; None if not installed."""
    binary = programs.find("postgres")
    if binary is None:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="pg-", dir="/tmp") as folder:
        as_user = []
        if os.geteuid() == 0:  # it refuses to run as root
            shutil.chown(folder, "nobody")
            as_user = ["setpriv", "--reuid=nobody", "--clear-groups"]
        data = Path(folder) / "data"
        initdb = Path(binary).with_name("initdb")
        make = [*as_user, initdb, "-D", data, "-U", "class", "--auth=trust", "-N"]
        subprocess.run(make, check=True, capture_output=True)
        options = ["-D", data, "-k", folder]
        options += ["-c", "listen_addresses=", "-c", "fsync=off"]
        server = subprocess.Popen(
            [*as_user, binary, *options], stderr=subprocess.DEVNULL
        )
        while not (Path(folder) / ".s.PGSQL.5432").exists():
            time.sleep(0.1)
            assert server.poll() is None
        yield f"postgresql+psycopg://class@/postgres?host={folder}"
        server.send_signal(signal.SIGINT)  # at once, whoever is still connected
        server.wait(30)
