"""Which of the notebooks that a student handed in counts, and where it is kept."""

import gzip
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from . import files
from .course import Course
from .files import File, RefusedError
from .notebooks import UnreadableError, read_notebook
from .restoring import is_of

TIME = "%Y-%m-%d %H:%M:%S UTC\n"  # as nbgrader writes it
MOST_OF_ONE = 30  # notebooks of one student that are looked at
AGAIN = re.compile(r"(?:-| ?\()(\d+)\)?\.ipynb$")  # Canvas's, and a browser's, counting


@dataclass(frozen=True)
class Readable:
    """A notebook that could be read: the file, what is in it, and that cleaned."""

    file: File
    data: bytes
    notebook: NotebookNode


def readable(
    found: Sequence[File], assignment: str, release: NotebookNode
) -> tuple[list[Readable], list[tuple[File, str]]]:
    """The notebooks that can be read, and the others with what is wrong with each.

    The one that counts comes last: the latest one of the assignment.
    """
    read, refused = [], []
    found = sorted(found, key=lambda file: not _is_named(file, assignment))
    for number, file in enumerate(found[:MOST_OF_ONE]):
        try:
            data = file.read()
            one = Readable(file, data, read_notebook(data))
        except (RefusedError, UnreadableError) as error:
            refused.append((file, str(error)))
        else:
            fits = is_of(one.notebook, release)
            read.append(((fits, *_order(file, assignment, number)), one))
    refused += [(file, "it is one of too many") for file in found[MOST_OF_ONE:]]
    return [one for _, one in sorted(read, key=lambda pair: pair[0])], refused


def time(course: Course, assignment: str, student: str) -> datetime | None:
    """From when what was kept before is; None if nothing was, or nobody knows."""
    try:
        path = course.submitted(student, assignment) / "timestamp.txt"
        return datetime.strptime(path.read_text(), TIME).replace(tzinfo=UTC)
    except (OSError, ValueError):
        return None


def is_older(course: Course, assignment: str, student: str, file: File) -> bool:
    """Whether what was kept before is from a later time."""
    there = time(course, assignment, student)
    if there is None or file.time is None:
        return False
    return int(file.time) < there.timestamp()


def keep(course: Course, assignment: str, student: str, one: Readable) -> bool:
    """Put the clean notebook where nbgrader looks, and keep the original apart.

    Returns whether it is another than the one that lay there.
    """
    # Packed, so that no program opens it by mistake.
    original = course.root / "received" / assignment / f"{student}.ipynb.gz"
    packed = gzip.compress(one.data, mtime=0)
    folder = course.submitted(student, assignment)
    name = f"{course.notebook(assignment)}.ipynb"
    is_there = (folder / name).exists() and original.exists()
    if is_there and original.read_bytes() == packed:
        return False
    wanted = dict(_contents(name, one))
    for name, content in wanted.items():
        files.write(folder / name, content)
    for path in folder.iterdir():  # of an earlier one
        if path.name not in wanted and (path.is_symlink() or path.is_file()):
            path.unlink()
    # Last: who was interrupted before takes it in again.
    files.write(original, packed)
    return True


def _contents(name: str, one: Readable) -> Iterator[tuple[str, str]]:
    """What nbgrader wants in the folder of a submission, by name."""
    yield name, nbformat.writes(one.notebook) + "\n"
    if one.file.time is not None:
        time = datetime.fromtimestamp(one.file.time, UTC)
        yield "timestamp.txt", time.strftime(TIME)
    if one.file.secret:
        yield "submission_secret.txt", one.file.secret


def _order(file: File, assignment: str, number: int) -> tuple[int, bool, int, int]:
    """The latest comes last; of the same second, the one named as the assignment."""
    again = AGAIN.search(file.name)
    count = int(again[1]) if again else 0
    return int(file.time or 0), _is_named(file, assignment), count, number


def _is_named(file: File, assignment: str) -> bool:
    return Path(file.name).stem.startswith(assignment)
