"""What passes between the class and its hub: handed out, handed in, given back."""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from nbgrader.utils import notebook_hash

from .. import exchange, files, roster, submissions
from ..course import Course
from ..owners import Owner
from ..roster import Person
from .state import State

Found = list[tuple[Owner, files.File]]


def hand_out(course: Course, assignment: str) -> Path:
    """Let students fetch a release; returns where it lies.

    Raises
    ------
    CourseError
        If there is no hub.
    """
    state = State.made(course)
    place = state.outbound / assignment
    # nbgrader lists no folder whose name begins with a dot.
    new, old = (place.with_name(f".{assignment}.{when}") for when in ("new", "old"))
    for folder in (new, old):
        shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(course.released(assignment).parent, new)
    if place.exists():
        place.rename(old)
    new.rename(place)
    shutil.rmtree(old, ignore_errors=True)
    return place


def keep_roster(course: Course, assignment: str) -> None:
    """Remember who is asked to hand in: those who can log in."""
    people = [
        Person(one.student, one.identifier, one.email)
        for one in State.made(course).students()
        if one.is_here
    ]
    roster.keep(course, assignment, people)


@contextmanager
def inbound(course: Course, assignment: str) -> Iterator[Found]:
    """What was handed in, with whose it is: that of the folder in which it lies.

    What is written on it is no name, and its time is the system's.
    """
    taken: Found = []
    state = State.made(course)
    with ExitStack() as stack:
        for account in state.students():
            owner = Owner(account.student, account.identifier)
            try:
                top = os.open(state.inbound(account.login), exchange.FOLDER)
            except FileNotFoundError:  # who has not logged in yet
                continue
            stack.callback(os.close, top)
            found = stack.enter_context(files.opened(top))
            mine = [
                dated
                for one in found
                if (dated := _handed_in(top, one, assignment)) is not None
            ]
            mine.sort(key=lambda one: -(one.time or 0))  # only so many are looked at
            taken += [(owner, one) for one in mine]
        yield taken


def _handed_in(top: int, one: files.File, assignment: str) -> files.File | None:
    """A file of a hand-in of the assignment, with its time and secret; else None."""
    folder, sign, name = one.name.partition("/")
    if not sign:  # a link or a file where a folder should be
        return one if f"+{assignment}+" in folder else None
    if f"+{assignment}+" not in folder or name in exchange.NBGRADERS_OWN:
        return None
    try:
        number = os.open(folder, exchange.FOLDER, dir_fd=top)
    except OSError as error:
        return replace(one, refused=f"cannot be opened: {error.strerror}", _load=None)
    try:
        time = exchange.when(number, name)
        return replace(one, name=name, time=time, secret=exchange.secret(number))
    finally:
        os.close(number)


def give_back(course: Course, assignment: str, pages: Sequence[Path]) -> list[Path]:
    """Put pages of feedback where their students fetch them; returns those given.

    nbgrader finds a page by a secret that was handed in with the notebook, and by the
    notebook's name.  What was not handed in on the hub has none, and is left out.
    """
    state = State.made(course)
    logins = {one.student: one.login for one in state.students()}
    given = []
    for page in pages:
        student = page.parent.parent.name
        secret = course.submitted(student, assignment) / "submission_secret.txt"
        if student not in logins or not secret.exists():
            continue
        came_as = submissions.read(course, student, assignment).came_as
        for name in {course.notebook(assignment), Path(came_as).stem}:
            code = notebook_hash(secret=secret.read_text("utf-8"), notebook_id=name)
            files.write(
                state.feedback(logins[student]) / f"{code}.html", page.read_bytes()
            )
        given.append(page)
    return given
