"""What was made is kept until what it is made from changes.

One word, a digest, stands for all that something is made from.  Where there is one of a
thing, the word is kept in a file, the stamp; where there are several, it is the name.
"""

import contextlib
import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TextIO

from tools import ROOT

LEFT_OUT = {"__pycache__", ".ipynb_checkpoints"}
LOCKS = ROOT / "_build" / "locks"


def digest(*parts: str | bytes | Path) -> str:
    """One word for texts, and for files and folders with all that is in them.

    A path counts by its name and by what it holds, not by where it lies.
    """
    total = hashlib.sha256()
    for part in parts:
        if isinstance(part, Path):
            for path in sorted([part, *part.rglob("*")]):
                if path.is_file() and not LEFT_OUT & set(path.parts):
                    name = path.relative_to(part.parent).as_posix()
                    _add(total, name.encode(), path.read_bytes())
        else:
            _add(total, part if isinstance(part, bytes) else part.encode())
    return total.hexdigest()


@contextlib.contextmanager
def alone(made: Path) -> Iterator[None]:
    """Let one process at a time make something: a second waits for the first.

    The system itself drops the lock of a process that was killed.
    """
    LOCKS.mkdir(parents=True, exist_ok=True)
    with open(LOCKS / made.name, "a") as lock:
        if not _locked(lock, wait=False):
            print(f"Waiting: another command makes {made.name} ...", flush=True)
            while not _locked(lock, wait=True):
                pass  # Windows gives up after ten seconds
        yield


def is_current(made: Path, stamp: Path, word: str) -> bool:
    """Whether something is there and was made from what the word stands for."""
    return made.exists() and stamp.is_file() and stamp.read_text() == word


def renew(made: Path, stamp: Path, word: str, make: Callable[[], object]) -> bool:
    """Make something unless it is current; returns whether it had to be made.

    Without a stamp while it is being made: who is interrupted begins again.
    """
    if is_current(made, stamp, word):
        return False
    with alone(made):
        if is_current(made, stamp, word):  # who had the lock has made it
            return False
        stamp.unlink(missing_ok=True)
        make()
        stamp.write_text(word)
    return True


def filled(folder: Path, make: Callable[[Path], object]) -> Path:
    """A folder, filled by `make(folder)` unless it is there; whole or not at all."""
    if folder.is_dir():
        return folder
    with alone(folder):
        if folder.is_dir():  # who had the lock has filled it
            return folder
        new = Path(tempfile.mkdtemp(prefix=".new.", dir=folder.parent))
        try:
            make(new)
            new.rename(folder)
        finally:
            shutil.rmtree(new, ignore_errors=True)
    return folder


def copy(source: Path, target: Path) -> None:
    """A folder in another place, without a second copy of files where that works."""
    shutil.copytree(source, target, copy_function=link)


def link(source: str | Path, target: str | Path) -> None:
    """The same file under a second name; a copy where the system cannot."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _locked(lock: TextIO, *, wait: bool) -> bool:
    """Whether this process has the lock now."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(
                lock.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1
            )
        else:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _add(total, *contents: bytes) -> None:
    """Each with its length before it, or "ab" and "c" would count as "a" and "bc"."""
    for content in contents:
        total.update(b"%d\0" % len(content) + content)
