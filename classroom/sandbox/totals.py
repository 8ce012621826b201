"""What all processes of a submission take together: memory, and their number.

A control group of Linux counts and limits them, where we may make one.  Elsewhere we
look ten times a second, and end a submission that has taken too much; between two
looks it may take more.
"""

import contextlib
import os
import re
import shlex
import time
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from .limits import Ended, Limits

CGROUPS = Path("/sys/fs/cgroup")
NAME = "lossbook"  # of our groups: lossbook-<process that made it>-<what is unique>
INTERVAL = 0.1  # seconds between two looks
FILES = 20_000  # that a submission may have in its folders
OF_ITS_OWN = 16  # processes of the walls themselves, and threads that are about to end


class Totals(Protocol):
    """What counts, and what it is called where one tells of it."""

    walls: str

    def within(self, command: list[str]) -> list[str]:
        """The command, changed so that all that it starts is counted."""

    def check(self, first: int) -> None:
        """Look; `first` is the first process between the walls.

        Raises
        ------
        Ended
            If it took too much.
        """

    def close(self) -> None:
        """Remove what was made for counting; all processes have ended."""


class Group:
    """A control group for each controller, in one folder (v2) or two (v1).

    Raises
    ------
    OSError
        If we may not make one.
    """

    walls = "cgroup"

    def __init__(self, limits: Limits, parents: dict[str, Path], version: int):
        self.memory = limits.memory
        self.version = version
        name = f"{NAME}-{os.getpid()}-{uuid4().hex[:8]}"
        self.folders = {kind: parent / name for kind, parent in parents.items()}
        for folder in self.folders.values():
            _remove_left_over(folder.parent)
            folder.mkdir(exist_ok=True)
        number = str(limits.processes + OF_ITS_OWN)
        (self.folders["pids"] / "pids.max").write_text(number)
        memory, most = self.folders["memory"], str(limits.memory)
        if version == 2:
            (memory / "memory.max").write_text(most)
            for name, value in {
                "memory.swap.max": "0",
                "memory.oom.group": "1",
            }.items():
                with contextlib.suppress(OSError):  # not every kernel has them
                    (memory / name).write_text(value)
        else:
            (memory / "memory.limit_in_bytes").write_text(most)
            with contextlib.suppress(OSError):
                (memory / "memory.memsw.limit_in_bytes").write_text(most)

    def within(self, command: list[str]) -> list[str]:
        """A shell enters the group, and becomes the command."""
        procs = [folder / "cgroup.procs" for folder in set(self.folders.values())]
        enter = "".join(f"echo $$ > {shlex.quote(str(path))} && " for path in procs)
        return ["/bin/sh", "-c", f'{enter}exec "$@"', "sh", *command]

    def check(self, first: int) -> None:
        """See whether Linux ended one of its processes for want of memory."""
        name = "memory.events" if self.version == 2 else "memory.oom_control"
        told = ""
        with contextlib.suppress(OSError):
            told = (self.folders["memory"] / name).read_text()
        killed = re.search(r"^oom_kill (\d+)$", told, re.MULTILINE)
        if killed and int(killed[1]):
            raise _too_much_memory(self.memory)

    def close(self) -> None:
        """Remove the groups."""
        for folder in set(self.folders.values()):
            for _ in range(20):  # the last process may still be on its way out
                try:
                    folder.rmdir()
                    break
                except FileNotFoundError:
                    break
                except OSError:
                    time.sleep(0.05)


class Watcher:
    """Looks at the processes between the walls, and at what their folders hold."""

    walls = "watcher"

    def __init__(self, limits: Limits, folders: tuple[str, ...]):
        self.limits, self.folders = limits, folders
        self._next = 0.0

    def within(self, command: list[str]) -> list[str]:
        """As it is."""
        return command

    def check(self, first: int) -> None:
        """Look again, if it is time to."""
        if time.monotonic() >= self._next:
            self._look(Path(f"/proc/{first}/root"))
            self._next = time.monotonic() + INTERVAL

    def _look(self, root: Path) -> None:
        try:
            numbers = [p for p in os.listdir(root / "proc") if p.isdecimal()]
        except OSError:  # it has ended
            return
        threads = sum(_threads(root / "proc" / one) for one in numbers)
        if threads > self.limits.processes + OF_ITS_OWN:
            most = f"{self.limits.processes} processes and threads"
            raise Ended("failed", f"It had more than {most}.")
        held = 0
        for folder in self.folders:
            with contextlib.suppress(OSError):
                space = os.statvfs(root / folder.lstrip("/"))
                held += (space.f_blocks - space.f_bfree) * space.f_frsize
                if space.f_files - space.f_ffree > FILES:
                    raise Ended("failed", f"It made more than {FILES:,} files.")
        for taken in (_resident, _proportional):  # the second is exact, and slow
            total = held + sum(taken(root / "proc" / one) for one in numbers)
            if total <= self.limits.memory:
                return
        raise _too_much_memory(self.limits.memory)

    def close(self) -> None:
        """Nothing was made."""


class Nothing:
    """Counts nothing: for code that one trusts."""

    walls = "none"

    def within(self, command: list[str]) -> list[str]:
        """As it is."""
        return command

    def check(self, first: int) -> None:
        """Look at nothing."""

    def close(self) -> None:
        """Nothing was made."""


def totals(limits: Limits, folders: tuple[str, ...]) -> Totals:
    """What counts on this machine: a control group if we may make one.

    Parameters
    ----------
    limits : Limits
        How much all processes may take together.
    folders : tuple of str
        The folders between the walls that can be written, which are in memory.
    """
    for parents, version in _places(CGROUPS, Path("/proc/self/cgroup").read_text()):
        with contextlib.suppress(OSError):
            return Group(limits, parents, version)
    return Watcher(limits, folders)


def _places(mounted: Path, told: str) -> list[tuple[dict[str, Path], int]]:
    """Where a group could be made, best first: its parents, and the version.

    In version 2 a group with processes of its own cannot pass its controllers on, so
    the parent is the nearest above us that does.
    """
    ours = {}
    for line in told.splitlines():
        _, kinds, path = line.split(":", 2)
        for kind in kinds.split(","):
            ours[kind] = path.lstrip("/")
    wanted = ("memory", "pids")
    found: list[tuple[dict[str, Path], int]] = []
    above = mounted / ours.get("", "")
    for folder in [above, *above.parents]:
        if not folder.is_relative_to(mounted):
            break
        with contextlib.suppress(OSError):
            passed_on = (folder / "cgroup.subtree_control").read_text().split()
            if set(wanted) <= set(passed_on):
                found.append((dict.fromkeys(wanted, folder), 2))
    first = {kind: mounted / kind / ours.get(kind, "") for kind in wanted}
    if all((folder / "cgroup.procs").exists() for folder in first.values()):
        found.append((first, 1))
    return found


def _too_much_memory(most: int) -> Ended:
    memory = f"{most // 2**20:,} MB of memory"
    return Ended(
        "out_of_memory", f"All its processes together took more than {memory}."
    )


def _remove_left_over(parent: Path) -> None:
    """Remove the groups of processes that were killed before they could."""
    for folder in parent.glob(f"{NAME}-*-*"):
        maker = folder.name.split("-")[1]
        if not Path(f"/proc/{maker}").exists():
            with contextlib.suppress(OSError):
                folder.rmdir()


def _threads(process: Path) -> int:
    try:
        return len(os.listdir(process / "task"))
    except OSError:
        return 0


def _resident(process: Path) -> int:
    try:
        pages = int((process / "statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _proportional(process: Path) -> int:
    try:
        told = (process / "smaps_rollup").read_text()
    except OSError:
        return 0
    found = re.search(r"^Pss:\s+(\d+) kB", told, re.MULTILINE)
    return int(found[1]) * 1024 if found else 0
