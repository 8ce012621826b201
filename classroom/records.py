"""What is known of each submission, one small file each: nothing is graded twice."""

import json
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal

from .course import Course

Status = Literal[
    "", "ok", "timeout", "kernel_died", "out_of_memory", "tampered", "unreadable"
]
# Whose points are a grade. The others get none until a person has looked.
GRADED = ("ok", "timeout")


@dataclass(frozen=True)
class Record:
    """A submission, from its arrival to its grade.

    Attributes
    ----------
    student, assignment : str
        Whose it is, and of what.
    came_as : str
        The file that it was collected from.
    identifier : str
        How the learning platform calls the student, where it says so.
    is_late : bool
        Whether the platform marked it as late.
    status : str
        How the run ended; empty before it was graded.
    reason : str
        What is wrong, in words for the student.
    digest : str
        Of everything that the grade depends on.
    seconds : float
        How long the run took.
    accepted : bool
        Whether a person accepted the points of a run that did not end well.
    """

    student: str
    assignment: str
    came_as: str = ""
    identifier: str = ""
    is_late: bool = False
    status: Status = ""
    reason: str = ""
    digest: str = ""
    seconds: float = 0.0
    accepted: bool = False

    @property
    def needs_review(self) -> bool:
        """Whether a person must look before there is a grade."""
        return self.status not in GRADED and not self.accepted

    def but(self, **changes: object) -> "Record":
        """The same record with other values."""
        return replace(self, **changes)  # type: ignore[arg-type]


def read(course: Course, student: str, assignment: str) -> Record:
    """The record of a submission; a fresh one, if there is none that can be read."""
    try:
        content = json.loads(_path(course, student, assignment).read_text("utf-8"))
        return Record(**content)
    except (FileNotFoundError, ValueError, TypeError):
        return Record(student, assignment)


def write(course: Course, record: Record) -> None:
    """Keep a record; whoever reads at the same time sees the old one or the new one."""
    path = _path(course, record.student, record.assignment)
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    new.write_text(json.dumps(asdict(record), indent=1, ensure_ascii=False), "utf-8")
    os.replace(new, path)


def _path(course: Course, student: str, assignment: str) -> Path:
    return course.root / "records" / assignment / f"{student}.json"
