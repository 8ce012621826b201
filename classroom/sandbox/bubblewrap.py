"""The walls that Bubblewrap makes around students' code.

A notebook that is graded gets a machine of its own without network, in which it can
read Python and `lossbook`, and write two folders that are in memory and have a size.
A student's server on a hub stands between such walls too (`classroom/hub/walls.py`).

What the walls do not stop: a fault in Linux itself, whose calls they only thin out;
what one learns from how long things take, or from `/proc/cpuinfo` and the like, which
tell of the machine; using up its share of the processor until its time is over; and
reading what the tests of a cell call a function with, which is no secret.
"""

import functools
import itertools
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import lossbook

from . import syscalls
from .limits import Limits

LOSSBOOK = Path(lossbook.__file__).parent
HERE = Path(__file__).parent
SCRATCH = "/scratch"
WRITABLE = (SCRATCH, "/tmp")
PLACE = "/grading"  # between the walls, of what we bring
SERVING = f"{PLACE}/serving.py"
# Read by no student: what answers the exercises, and libraries that hold the very
# losses that an assignment asks for.
HIDDEN_IN_LOSSBOOK = ("exercises", "study")
HIDDEN_PACKAGES = ("scipy", "sklearn", "torch", "jax", "optax", "nbgrader")
# As root, a sandbox runs as a user whom nothing else belongs to; each has its own, as
# the number of processes is counted by user.
FIRST_USER, USERS = 61_000, 4_000
NOBODY = (65534, 65534)
_numbers = itertools.count()


WITHOUT = (
    "Bubblewrap is not installed, or may not make its walls here, and without it a "
    "student's code could read and change everything. Install it (apt install "
    "bubblewrap), and allow user namespaces where they are forbidden; or say --trust "
    "if you wrote all submissions yourself."
)


class NoSandboxError(Exception):
    """Untrusted code is not run, as this machine has no bubblewrap that works."""


def is_available() -> bool:
    """Whether untrusted code can be run on this machine."""
    bwrap = shutil.which("bwrap")
    return bwrap is not None and _works(bwrap)


def found() -> str:
    """The path of bubblewrap.

    Raises
    ------
    NoSandboxError
        If this machine has none that works.
    """
    bwrap = shutil.which("bwrap")
    if bwrap is None or not _works(bwrap):
        raise NoSandboxError(WITHOUT)
    return bwrap


@functools.cache
def _works(bwrap: str) -> bool:
    walls = ["--unshare-net", "--unshare-pid", "--ro-bind", "/", "/", "--proc", "/proc"]
    trial = [bwrap, *walls, "--", "/bin/sh", "-c", ":"]
    return subprocess.run(trial, capture_output=True).returncode == 0  # noqa: S603


def new_user() -> int | None:
    """The id of the user of the next sandbox; None where one cannot choose."""
    if os.geteuid() != 0:
        return None
    return FIRST_USER + (os.getpid() * 61 + next(_numbers)) % USERS


def rules() -> int | None:
    """An open file with what may be asked of Linux; None on an unknown machine."""
    program = syscalls.filter_program()
    if not program:
        return None
    number = os.memfd_create("rules")
    os.write(number, program)
    os.lseek(number, 0, os.SEEK_SET)
    return number


def command(
    program: list[str],
    limits: Limits,
    user: int | None,
    info: int | None = None,
    rules: int | None = None,
) -> list[str]:
    """The command that runs `program` between the walls.

    Parameters
    ----------
    program : list of str
        What to run, and its arguments.
    limits : Limits
        What it may take.
    user : int or None
        The user that it runs as, if we are root.
    info : int, optional
        The open file in which bubblewrap tells the number of the first process.
    rules : int, optional
        The open file with what it may ask of Linux.

    Raises
    ------
    NoSandboxError
        If this machine has no bubblewrap that works.
    """
    walls = [*apart("sandbox", user, NOBODY, rules), "--clearenv"]
    walls += [] if info is None else ["--info-fd", str(info)]
    walls += _files(limits)
    walls += _environment()
    may_take = at_most(
        {
            "as": limits.memory,
            "nproc": limits.processes,
            "cpu": int(limits.seconds + limits.start_seconds),
            "fsize": limits.files,
        }
    )
    return [*walls, "--", *as_user(user), *may_take, *program]


def apart(
    hostname: str, user: int | None, seen_as: tuple[int, int], rules: int | None = None
) -> list[str]:
    """Bubblewrap, and what parts a program from the other processes and the network.

    Parameters
    ----------
    hostname : str
        What the machine is called between the walls.
    user : int or None
        The user that the program will run as, if we are root.
    seen_as : tuple of int
        The user and the group that it sees itself as, if we are not.
    rules : int, optional
        The open file with what it may ask of Linux.

    Raises
    ------
    NoSandboxError
        If this machine has no bubblewrap that works.
    """
    walls = [found(), "--die-with-parent", "--new-session"]
    walls += [
        f"--unshare-{what}" for what in ("ipc", "pid", "net", "uts", "cgroup-try")
    ]
    walls += ["--hostname", hostname]
    if user is None:  # as root, a user namespace would map nobody but root
        number, group = map(str, seen_as)
        walls += ["--unshare-user", "--uid", number, "--gid", group]
        walls += ["--cap-drop", "ALL"]
    return walls if rules is None else [*walls, "--seccomp", str(rules)]


def at_most(limits: Mapping[str, int]) -> list[str]:
    """What lets a program take so much, by the names that prlimit has, and no more."""
    return ["prlimit", *(f"--{k}={v}" for k, v in limits.items()), "--core=0", "--"]


class View:
    """What can be seen between the walls: Bubblewrap's options, folder by folder."""

    def __init__(self) -> None:
        self.options: list[str] = []
        self._made: set[str] = set()

    def above(self, path: Path | str) -> None:
        """Folders above `path`, which Bubblewrap would make unreadable for others."""
        folders = [str(p) for p in reversed(Path(path).parents)][1:]
        new = [p for p in folders if p not in self._made]
        self._made.update(new)
        self.options += [part for p in new for part in ("--perms", "0755", "--dir", p)]

    def memory(self, path: str, size: int) -> None:
        """An empty folder in memory, which all may write, of so many bytes."""
        self._made.add(path)
        self.options += ["--perms", "1777", "--size", str(size), "--tmpfs", path]

    def read(self, path: Path | str, to: str = "") -> None:
        """What can be read, at the same place or at another."""
        self._made.add(to or str(path))
        self.options += ["--ro-bind", str(path), to or str(path)]

    def write(self, path: Path | str, to: str) -> None:
        """A folder that stays, and can be written."""
        self._made.add(to)
        self.options += ["--bind", str(path), to]

    def programs(self) -> None:
        """The system's programs, Python, and `lossbook`."""
        for name in ("/usr", "/bin", "/sbin", "/lib", "/lib64"):
            if Path(name).is_symlink():
                self.options += ["--symlink", os.readlink(name), name]
            elif Path(name).exists():
                self.read(name)
        for name in ("/etc/ld.so.cache", "/etc/localtime"):
            if Path(name).exists():
                self.above(name)
                self.read(name)
        for path in dict.fromkeys([sys.base_prefix, sys.prefix, str(LOSSBOOK)]):
            if not Path(path).is_relative_to("/usr"):
                self.above(path)
                self.read(path)

    def close(self, start: str) -> None:
        """Processes and devices of its own; nothing else changes, from `start` on."""
        self.options += ["--proc", "/proc", "--dev", "/dev", "--remount-ro", "/dev"]
        self.options += ["--remount-ro", "/", "--chdir", start]


def _files(limits: Limits) -> list[str]:
    view = View()
    # First, as Python itself may lie below one of them.
    for name in WRITABLE:
        view.memory(name, limits.files // len(WRITABLE))
    view.programs()
    empty = [LOSSBOOK / name for name in HIDDEN_IN_LOSSBOOK]
    for folder in {Path(p) for p in sys.path if p.endswith("-packages")}:
        empty += [folder / name for name in HIDDEN_PACKAGES]
    for hidden in map(str, filter(Path.is_dir, empty)):
        view.options += ["--perms", "0755", "--tmpfs", hidden, "--remount-ro", hidden]
    view.options += ["--perms", "0755", "--dir", PLACE]
    for file in ("emitting.py", "serving.py"):
        view.read(HERE / file, f"{PLACE}/{file}")
    view.close(SCRATCH)
    return view.options


def _environment() -> list[str]:
    values = {
        "HOME": SCRATCH,
        "TMPDIR": SCRATCH,
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "PYTHONPATH": PLACE,
        "PYTHONDONTWRITEBYTECODE": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MPLBACKEND": "agg",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }
    return [part for pair in values.items() for part in ("--setenv", *pair)]


def as_user(user: int | None) -> list[str]:
    """What makes a program of root one of a user who may do nothing."""
    if user is None:
        return []
    drop = [
        "--clear-groups",
        "--no-new-privs",
        "--bounding-set=-all",
        "--inh-caps=-all",
    ]
    return ["setpriv", f"--reuid={user}", f"--regid={user}", *drop, "--"]
