"""What a grade goes by: when that has changed since, the grade is outdated."""

import hashlib
from contextlib import suppress
from dataclasses import dataclass

from . import submissions, variants
from .course import Course, CourseError
from .notebooks import UnreadableError
from .variants import Variants


@dataclass(frozen=True)
class Basis:
    """What the grades of an assignment go by.

    Attributes
    ----------
    course, assignment : Course, str
        Where and what.
    version : bytes
        The key and the source.
    variants : Variants or None
        What was handed out to each, if anything was.
    """

    course: Course
    assignment: str
    version: bytes
    variants: Variants | None

    def digest(self, student: str) -> str:
        """Of all that the grade of a student depends on, but for the limits."""
        seen = hashlib.sha256(self.version)
        if self.variants:
            try:
                person = self.variants.person(self.course, student)
                seen.update(repr(self.variants.given[person]).encode())
            except UnreadableError:
                seen.update(b"none")
        folder = self.course.submitted(student, self.assignment)
        for path in sorted(folder.glob("*")):
            if path.is_file() and not path.is_symlink():
                seen.update(path.name.encode() + path.read_bytes())
        return seen.hexdigest()


def read(course: Course, assignment: str) -> Basis:
    """What grades go by now.

    Raises
    ------
    CourseError
        If there is no such assignment.
    OSError
        If the key cannot be read.
    """
    key = course.root / "keys" / f"{assignment}.py"
    version = key.read_bytes() + course.source(assignment).read_bytes()
    return Basis(course, assignment, version, variants.read(course, assignment))


def outdated(course: Course, assignment: str) -> list[str]:
    """Whose grade goes by an earlier key, at least in part; nobody's without a key."""
    with suppress(CourseError, OSError):
        now = read(course, assignment)
        return [
            student
            for student in course.students(assignment)
            for known in [submissions.read(course, student, assignment)]
            if known.status not in submissions.UNGRADED
            and known.digest != now.digest(student)
        ]
    return []
