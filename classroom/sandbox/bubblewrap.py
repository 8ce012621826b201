"""The walls: what a process of a student sees, and what it may take.

Bubblewrap gives it a machine of its own without network, in which it can read
Python and `lossbook`, and write one scratch folder in memory.
"""

import itertools
import os
import shutil
import sys
from pathlib import Path

import lossbook

from .limits import Limits

LOSSBOOK = Path(lossbook.__file__).parent
HERE = Path(__file__).parent
SCRATCH = "/scratch"
# Read by no student: what answers the exercises, and libraries that hold the very
# losses that an assignment asks for.
HIDDEN_IN_LOSSBOOK = ("exercises", "study")
HIDDEN_PACKAGES = ("scipy", "sklearn", "torch", "jax", "optax", "nbgrader")
# As root, a sandbox runs as a user whom nothing else belongs to; each has its own, as
# the number of processes is counted by user.
FIRST_USER, USERS = 61_000, 4_000
_numbers = itertools.count()


WITHOUT = (
    "Bubblewrap is not installed, and without it a student's code could read and "
    "change everything here. Install it (apt install bubblewrap), or say "
    "--trust if you wrote all submissions yourself."
)


class NoSandboxError(Exception):
    """Untrusted code is not run, as this machine has no bubblewrap."""


def is_available() -> bool:
    """Whether untrusted code can be run on this machine."""
    return shutil.which("bwrap") is not None


def new_user() -> int | None:
    """The id of the user of the next sandbox; None where one cannot choose."""
    if os.geteuid() != 0:
        return None
    return FIRST_USER + (os.getpid() * 61 + next(_numbers)) % USERS


def command(
    program: list[str], shared: Path, limits: Limits, user: int | None
) -> list[str]:
    """The command that runs `program` between the walls.

    Parameters
    ----------
    program : list of str
        What to run, and its arguments.
    shared : Path
        The folder in which it meets the world outside: the kernel's sockets.
    limits : Limits
        What it may take.
    user : int or None
        The user that it runs as, if we are root.

    Raises
    ------
    NoSandboxError
        If this machine has no bubblewrap.
    """
    bwrap = shutil.which("bwrap")
    if bwrap is None:
        raise NoSandboxError(WITHOUT)
    walls = [bwrap, "--die-with-parent", "--new-session", "--clearenv"]
    # As root, a user namespace would map nobody but root.
    apart = [
        "ipc",
        "pid",
        "net",
        "uts",
        "cgroup-try",
        *(["user"] if user is None else []),
    ]
    walls += [f"--unshare-{what}" for what in apart]
    walls += ["--hostname", "sandbox"]
    if user is None:
        walls += ["--uid", "65534", "--gid", "65534"]
    walls += _files(shared, limits)
    walls += _environment()
    return [*walls, "--", *_as_user(user), *_within(limits), *program]


def _files(shared: Path, limits: Limits) -> list[str]:
    made = {SCRATCH, "/tmp"}
    walls = []

    def place(path: Path | str) -> list[str]:
        """Folders above `path`, which Bubblewrap would make unreadable for others."""
        above = [str(p) for p in reversed(Path(path).parents)][1:]
        new = [p for p in above if p not in made]
        made.update(new)
        return [part for p in new for part in ("--perms", "0755", "--dir", p)]

    def read(path: Path | str) -> list[str]:
        made.add(str(path))
        return ["--ro-bind", str(path), str(path)]

    # First, as Python itself may lie below one of them.
    for name in (SCRATCH, "/tmp"):
        walls += ["--perms", "1777", "--size", str(limits.files), "--tmpfs", name]
    for name in ("/usr", "/bin", "/sbin", "/lib", "/lib64"):
        if Path(name).is_symlink():
            walls += ["--symlink", os.readlink(name), name]
        elif Path(name).exists():
            walls += read(name)
    for name in ("/etc/ld.so.cache", "/etc/localtime"):
        if Path(name).exists():
            walls += [*place(name), *read(name)]
    for path in dict.fromkeys([sys.base_prefix, sys.prefix, str(LOSSBOOK)]):
        if not Path(path).is_relative_to("/usr"):
            walls += [*place(path), *read(path)]
    empty = [LOSSBOOK / name for name in HIDDEN_IN_LOSSBOOK]
    for folder in {Path(p) for p in sys.path if p.endswith("-packages")}:
        empty += [folder / name for name in HIDDEN_PACKAGES]
    for hidden in filter(Path.is_dir, empty):
        name = str(hidden)
        walls += ["--perms", "0755", "--tmpfs", name, "--remount-ro", name]
    emitting = HERE / "emitting.py"
    walls += ["--perms", "0755", "--dir", "/grading"]
    walls += ["--ro-bind", str(emitting), "/grading/emitting.py"]
    walls += ["--proc", "/proc", "--dev", "/dev", "--remount-ro", "/dev"]
    walls += [*place(shared), "--bind", str(shared), str(shared)]
    return [*walls, "--remount-ro", "/", "--chdir", SCRATCH]


def _environment() -> list[str]:
    values = {
        "HOME": SCRATCH,
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "PYTHONPATH": "/grading",
        "PYTHONDONTWRITEBYTECODE": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MPLBACKEND": "agg",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }
    return [part for pair in values.items() for part in ("--setenv", *pair)]


def _as_user(user: int | None) -> list[str]:
    if user is None:
        return []
    drop = [
        "--clear-groups",
        "--no-new-privs",
        "--bounding-set=-all",
        "--inh-caps=-all",
    ]
    return ["setpriv", f"--reuid={user}", f"--regid={user}", *drop, "--"]


def _within(limits: Limits) -> list[str]:
    return [
        "prlimit",
        f"--as={limits.memory}",
        f"--nproc={limits.processes}",
        f"--cpu={int(limits.seconds + limits.start_seconds)}",
        f"--fsize={limits.files}",
        "--core=0",
        "--",
    ]
