"""A student's server between Bubblewrap's walls: what it sees, and what it may take.

Unlike a notebook that is graded, it has folders that stay.  Of its own network, in
which there is nothing, two sockets lead out: the server is handed the one on which it
listens, and JupyterHub's own is a file.
"""

import contextlib
import os
import socket
import sys
from pathlib import Path

from ..sandbox import bubblewrap
from ..sandbox.bubblewrap import View
from .state import Account, State, own

HOME = "/home/jovyan"
EXCHANGE = "/exchange"
SETTINGS = "/etc/lossbook"
HUB = "/run/hub.sock"
PROGRAM = "/run/singleuser.py"
HERE = Path(__file__).parent
# As root, a server runs as a user whom nothing else belongs to: this and its number.
FIRST_USER = 70_000
SEEN_AS = (1000, 100)  # user and group, where we are not root
# Of addresses, for each process: a kernel with NumPy has 2 GB of them.
LIMITS = {"as": 6 * 2**30, "nproc": 512, "fsize": 2**30}
SCRATCH = 128 * 2**20


def user_of(account: Account) -> int | None:
    """The user that a server runs as; None where one cannot choose."""
    return FIRST_USER + account.number if os.geteuid() == 0 else None


def prepare(state: State, account: Account) -> None:
    """Make the folders of a student, and the one line that says who they are."""
    user = user_of(account)
    for folder in (state.home(account.login), state.inbound(account.login)):
        folder.mkdir(exist_ok=True)
        own(folder, user)
    state.feedback(account.login).mkdir(exist_ok=True)
    number, group = (user, user) if user is not None else SEEN_AS
    # nbgrader asks the system for the name, and for `jovyan` the hub.
    line = f"jovyan:x:{number}:{group}::{HOME}:/bin/sh\n"
    (state.root / "jupyter" / f"passwd-{account.login}").write_text(line)


def command(
    state: State, account: Account, hub: Path, listens: int, rules: int | None = None
) -> list[str]:
    """The command that runs a student's server between its walls.

    Parameters
    ----------
    state : State
        The hub's folder.
    account : Account
        Whose server it is.
    hub : Path
        The socket on which JupyterHub listens.
    listens : int
        The open socket on which the server listens.
    rules : int, optional
        The open file with what it may ask of Linux.

    Raises
    ------
    NoSandboxError
        If this machine has no bubblewrap that works.
    """
    program = ["python", PROGRAM, str(listens)]
    return within(state, account, program, hub, rules)


def within(
    state: State,
    account: Account,
    program: list[str],
    hub: Path | None = None,
    rules: int | None = None,
) -> list[str]:
    """The command that runs any program between the walls of a student's server."""
    user = user_of(account)
    walls = bubblewrap.apart("course", user, SEEN_AS, rules)
    walls += _view(state, account, hub).options
    may_take = bubblewrap.at_most(LIMITS)
    return [*walls, "--", *bubblewrap.as_user(user), *may_take, *program]


def _view(state: State, account: Account, hub: Path | None) -> View:
    view, login = View(), account.login
    for name in ("/tmp", "/run"):  # noqa: S108 - a folder of its own, in memory
        view.memory(name, SCRATCH)
    view.programs()
    course = f"{EXCHANGE}/{state.course_id}"
    for path in ("/etc/passwd", SETTINGS, HOME, f"{course}/x"):
        view.above(path)
    view.read(state.root / "jupyter" / f"passwd-{login}", "/etc/passwd")
    view.read(state.root / "jupyter" / "settings", SETTINGS)
    view.write(state.home(login), HOME)
    view.read(state.outbound, f"{course}/outbound")
    view.write(state.inbound(login), f"{course}/inbound")
    view.read(state.feedback(login), f"{course}/feedback")
    view.read(HERE / "running" / "singleuser.py", PROGRAM)
    if hub is not None:
        view.read(hub, HUB)
    view.close(HOME)
    return view


def listening(path: Path) -> socket.socket:
    """An open socket of this name, to be handed to a server."""
    with contextlib.suppress(FileNotFoundError):
        path.unlink()
    made = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    made.bind(str(path))
    made.listen(128)
    return made


def environment(values: dict[str, str]) -> dict[str, str]:
    """What a server finds in its environment, with `values` of JupyterHub."""
    return values | {
        "HOME": HOME,
        "USER": "jovyan",
        "SHELL": "/bin/sh",
        "PATH": f"{Path(sys.prefix) / 'bin'}:/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "JUPYTER_CONFIG_PATH": SETTINGS,
        "PYTHONDONTWRITEBYTECODE": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
