"""JupyterLab, started as a user starts it, without the settings of this machine."""

import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager


@contextmanager
def jupyterlab(root, own, environment):
    """JupyterLab over a folder; what it keeps lies in `own`. Its address and token."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address, token = f"http://127.0.0.1:{port}", secrets.token_hex(8)
    settings = {
        "ServerApp.port": port,
        "ServerApp.port_retries": 0,
        "IdentityProvider.token": token,
        "LabApp.user_settings_dir": own / "settings",
        "LabApp.workspaces_dir": own / "workspaces",
    }
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"]
    command += [f"--{name}={value}" for name, value in settings.items()]
    with (
        open(own / "log", "w") as log,
        subprocess.Popen(
            command, env=environment, cwd=root, stdout=log, stderr=log
        ) as running,
    ):
        try:
            _wait_for(f"{address}/api", running)
            yield address, token
        finally:
            running.terminate()


def _wait_for(api, running):
    for _ in range(720):
        assert running.poll() is None, "JupyterLab ended"
        try:
            return urllib.request.urlopen(api)  # noqa: S310 - our own
        except urllib.error.URLError:
            time.sleep(0.25)
    raise AssertionError("JupyterLab does not answer")
