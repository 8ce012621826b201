"""nbgrader's exchange: a folder in which each account of a JupyterHub hands in."""

import os
import pwd
import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from nbgrader.apps import NbGrader
from nbgrader.exchange.default import ExchangeCollect
from traitlets.config import Config

from . import files
from .course import Course, CourseError
from .files import File

Found = list[tuple[str, File]]  # whose it is, and the file
NBGRADERS_OWN = ("timestamp.txt", "submission_secret.txt")
LONGEST_SECRET = 500
FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW


@contextmanager
def inbound(course: Course, assignment: str) -> Iterator[tuple[Found, Found]]:
    """What was handed in, and what is not to be taken, as it is not its student's.

    The time of a file is when it or its folder was last changed, as the system saw it:
    the one in its name was written by the student.

    Raises
    ------
    CourseError
        If there is no exchange, or this course is not in it.
    """
    app = ExchangeCollect(config=course.configure(_own_config()))
    place = Path(course.settings.exchange or app.root)
    place = place / course.settings.course_id / "inbound"
    taken: Found = []
    left: Found = []
    with ExitStack() as stack:
        try:
            top = os.open(place, os.O_RDONLY | os.O_DIRECTORY)
            stack.callback(os.close, top)
            names = sorted(os.listdir(top))
        except OSError as error:
            raise CourseError(
                f"There is no exchange in {place} ({error.strerror}). Say where it is: "
                "`exchange` and `course_id` in course.toml."
            ) from error
        for name in names:
            # The student's name may have a plus in it; a time and a hash have none.
            student, sign, _ = name.rpartition(f"+{assignment}+")
            if not sign:
                continue
            try:
                folder = os.open(name, FOLDER, dir_fd=top)
            except OSError:
                left.append((student, File(name, refused="is a link, and no folder")))
                continue
            stack.callback(os.close, folder)
            owner = _owner(os.fstat(folder).st_uid)
            if app.check_owner and owner != student:
                why = f"belongs to {owner}, who is somebody else"
                left.append((student, File(name, refused=why)))
                continue
            for one in stack.enter_context(files.opened(folder)):
                if one.name not in NBGRADERS_OWN:
                    found = replace(one, time=when(folder, one.name))
                    taken.append((student, replace(found, secret=secret(folder))))
        yield taken, left


def when(folder: int, name: str) -> float:
    """When a file below an open folder, or that folder, was last changed.

    The student cannot set this time back; that of writing, one can.
    """
    times = [os.fstat(folder).st_ctime]
    with suppress(OSError):
        times.append(os.stat(name, dir_fd=folder, follow_symlinks=False).st_ctime)
    return max(times)


def secret(folder: int) -> str:
    """By what nbgrader lets a student, and nobody else, find the page of feedback."""
    try:
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
        with open(os.open("submission_secret.txt", flags, dir_fd=folder), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return ""
            said = file.read(LONGEST_SECRET + 1).decode("ascii")
    except (OSError, UnicodeDecodeError):
        return ""
    return said if len(said) <= LONGEST_SECRET and said.isprintable() else ""


def _owner(number: int) -> str:
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return f"the account {number}"


def _own_config() -> Config:
    """What the machine's nbgrader_config.py says."""
    app = NbGrader()
    app.load_config_file()
    return app.config
