"""Files of students, from a folder or an archive: opened so that none leads elsewhere.

Only a regular file with one name is read, never what a link points to.  Sizes, depth
and number have limits.  What is not taken is told, and is no reason to stop.
"""

import os
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO

LARGEST = 100 * 2**20  # bytes of one file: a notebook with pictures has 20 MB
LARGEST_INSIDE = 50 * 2**20  # of an archive inside, which is held in memory
DEEPEST = 12  # folders in each other
MOST = 100_000  # entries of one folder or archive, all below it counted
WANTED = (".ipynb", ".zip")
# What systems and programs leave beside the files of a person.
IGNORED = frozenset({".ipynb_checkpoints", "__MACOSX", ".DS_Store", ".git"})
NO_NOTEBOOK = "is not a notebook"
SAVED = (".json", ".zip")  # what the pages of the inventory save
NOT_WANTED: dict[tuple[str, ...], str] = {
    WANTED: NO_NOTEBOOK,
    SAVED: "is no file of answers (.json)",
}


@dataclass(frozen=True)
class File:
    """A file as it was found.

    Attributes
    ----------
    name : str
        Its path below the place, with `/` between the parts.
    time : float or None
        When it was written, in seconds since 1970; None where nobody knows.
    refused : str
        Why it is not taken, in words; empty if it can be read.
    secret : str
        By what nbgrader's exchange finds the page for it; empty elsewhere.
    """

    name: str
    time: float | None = None
    refused: str = ""
    secret: str = field(default="", repr=False)
    _load: Callable[[], bytes] | None = field(default=None, repr=False, compare=False)

    def read(self, most: int = LARGEST) -> bytes:
        """What is in it, if that has at most so many bytes.

        Raises
        ------
        RefusedError
            If it cannot be read, or is larger than a notebook can be.
        """
        if self._load is None:
            raise RefusedError(self.refused)
        data = self._load()
        if len(data) > most:
            raise RefusedError(f"has more than {most // 2**20} MB")
        return data


class RefusedError(Exception):
    """A file or an archive is not read; says why."""


@contextmanager
def opened(
    place: Path | int, zone: tzinfo | None = None, wanted: tuple[str, ...] = WANTED
) -> Iterator[list[File]]:
    """Every file below a folder or in an archive, to be read while it is open.

    Archives inside are opened too, one level deep.

    Parameters
    ----------
    place : Path or int
        The folder or the archive, where a link is followed, as it is the
        instructor's; or the number of an open folder.
    zone : tzinfo, optional
        The time zone of an archive's times, which do not say theirs; without it,
        that of this machine.
    wanted : tuple of str, optional
        How the names of files end that can be read; archives are opened in any case.

    Raises
    ------
    RefusedError
        If `place` is a file and not an archive that can be read.
    """
    with ExitStack() as stack:
        if isinstance(place, int) or place.is_dir():
            flags = os.O_RDONLY | os.O_DIRECTORY
            top = os.dup(place) if isinstance(place, int) else os.open(place, flags)
            stack.callback(os.close, top)
            found = list(_below(top, wanted))
        else:
            found = list(_packed(stack, place.open("rb"), (), zone, wanted))
        files = []
        for one in found:
            if not one.name.lower().endswith(".zip") or one.refused:
                files.append(one)
                continue
            try:
                inner = BytesIO(one.read(LARGEST_INSIDE))
                above = tuple(one.name.split("/"))
                packed = _packed(stack, inner, above, zone, wanted, 1)
                # What a student packed may bear any time; the archive's is true.
                files += [replace(p, time=one.time or p.time) for p in packed]
            except RefusedError as error:
                files.append(File(one.name, refused=str(error)))
        yield files


def unread(path: Path, error: OSError) -> str:
    """Why something that the instructor named cannot be read, and where that is."""
    if isinstance(error, FileNotFoundError):
        return f"There is no {path.absolute()}."
    return f"{path} cannot be read: {error.strerror}."


def write(path: Path, content: str | bytes) -> None:
    """Write a file whole: who reads meanwhile sees the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.new")
    new.write_bytes(content.encode() if isinstance(content, str) else content)
    os.replace(new, path)


def _below(top: int, wanted: tuple[str, ...]) -> Iterator[File]:
    """The files below an open folder; links are told, and not followed."""
    left = MOST
    waiting: list[tuple[str, ...]] = [()]
    while waiting:
        above = waiting.pop()
        try:
            folder = _open(top, above, os.O_DIRECTORY)
        except OSError as error:
            yield File("/".join(above), refused=f"cannot be opened: {error.strerror}")
            continue
        try:
            names = sorted(set(os.listdir(folder)) - IGNORED)
            for name in names:
                left -= 1
                parts = (*above, name)
                if left < 0:
                    yield File("/".join(parts), refused="comes after too many others")
                    return
                status = os.stat(name, dir_fd=folder, follow_symlinks=False)
                if not stat.S_ISDIR(status.st_mode):
                    yield _listed(top, parts, status, wanted)
                elif len(parts) <= DEEPEST:
                    waiting.append(parts)
                else:
                    yield File("/".join(parts), refused=f"is over {DEEPEST} deep")
        finally:
            os.close(folder)


def _listed(
    top: int, parts: tuple[str, ...], status: os.stat_result, wanted: tuple[str, ...]
) -> File:
    path, time = "/".join(parts), status.st_mtime
    if stat.S_ISLNK(status.st_mode):
        return File(path, time, "is a link, and not a file")
    if not stat.S_ISREG(status.st_mode):
        return File(path, time, "is a pipe or a device, and not a file")
    if status.st_nlink != 1:
        return File(path, time, "is a file that has another name elsewhere (a link)")
    if not path.lower().endswith(wanted):
        return File(path, time, NOT_WANTED[wanted])
    return File(path, time, _load=lambda: _content(top, parts))


def _content(top: int, parts: tuple[str, ...]) -> bytes:
    """What is in a file, looked at once more: it may have been exchanged meanwhile."""
    try:
        # Without waiting for the writer of a pipe.
        number = _open(top, parts, os.O_NONBLOCK)
    except OSError as error:
        raise RefusedError(f"cannot be opened: {error.strerror}") from error
    with os.fdopen(number, "rb") as file:
        status = os.fstat(number)
        if not stat.S_ISREG(status.st_mode) or status.st_nlink != 1:
            raise RefusedError("is a link, and not a file")
        return _read(file)


def _open(top: int, parts: tuple[str, ...], flags: int) -> int:
    """Open what lies below `top`, part by part: no part of the way may be a link."""
    folder = os.dup(top)
    for place, part in enumerate(parts):
        last = place == len(parts) - 1
        kind = flags if last else os.O_DIRECTORY
        try:
            inner = os.open(
                part, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | kind, dir_fd=folder
            )
        finally:
            os.close(folder)
        folder = inner
    return folder


def _packed(
    stack: ExitStack,
    archive: BinaryIO,
    above: tuple[str, ...],
    zone: tzinfo | None,
    wanted: tuple[str, ...],
    level: int = 0,
) -> Iterator[File]:
    """The files in an archive, which stays open until the stack closes."""
    stack.callback(archive.close)
    try:
        packed = zipfile.ZipFile(archive)
        entries = packed.infolist()
    except Exception as error:  # broken in a way of its own
        raise RefusedError(f"cannot be unpacked: {error}") from error
    for number, info in enumerate(entries):
        parts = PurePosixPath(info.filename.replace("\\", "/")).parts
        path = "/".join((*above, *parts))
        if info.is_dir() or IGNORED.intersection(parts):
            continue
        if number >= MOST:
            yield File(path, refused="comes after too many others")
            return
        kind = stat.S_IFMT(info.external_attr >> 16)
        if ".." in parts or path.startswith("/"):
            yield File(path, refused="has a name that leads out of its folder")
        elif len(parts) > DEEPEST:
            yield File(path, refused=f"is over {DEEPEST} deep")
        elif kind not in (0, stat.S_IFREG):
            yield File(path, refused="is a link, and not a file")
        elif path.lower().endswith(".zip") and level:
            yield File(path, refused="is an archive inside an archive")
        elif not path.lower().endswith(wanted):
            yield File(path, _time(info, zone), NOT_WANTED[wanted])
        else:
            load = _Unpacked(packed, info)
            yield File(path, _time(info, zone), _load=load)


@dataclass(frozen=True)
class _Unpacked:
    packed: zipfile.ZipFile
    info: zipfile.ZipInfo

    def __call__(self) -> bytes:
        try:
            with self.packed.open(self.info) as file:
                return _read(file)
        # Each is what a broken or encrypted entry has been seen to raise.
        except (
            zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError,
            OSError, ValueError, OverflowError, IndexError,
        ) as error:  # fmt: skip
            raise RefusedError(f"cannot be unpacked: {error}") from error


def _read(file: IO[bytes]) -> bytes:
    """What is in a file; never more than the limit is read, whatever it says."""
    data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise RefusedError(f"has more than {LARGEST // 2**20} MB")
    return data


def _time(info: zipfile.ZipInfo, zone: tzinfo | None) -> float | None:
    try:
        return datetime(*info.date_time, tzinfo=zone).timestamp()
    except (ValueError, OverflowError):
        return None  # an entry dated 0, which some programs write
