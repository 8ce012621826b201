"""What is known of each submission, one small file each: nothing is graded twice."""

import json
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Literal, get_args

from . import files
from .course import Course

Status = Literal[
    "", "ok", "timeout", "kernel_died", "out_of_memory", "tampered", "unreadable",
    "failed",
]  # fmt: skip
# Whose points are a grade. The others get none until a person has looked.
GRADED = ("ok", "timeout")
UNGRADED = ("", "failed")  # what the next run of `grade` tries again


@dataclass(frozen=True)
class Submission:
    """What one student handed in, from its arrival to its grade.

    Attributes
    ----------
    student, assignment : str
        Whose it is, and of what.
    came_as : str
        The file that it was collected from.
    identifier, email : str
        How the learning platform calls the student, where it says so.
    is_late : bool
        Whether the platform marked it as late.
    seconds_late : float or None
        How late, where the platform says so.
    is_told : bool
        Whether the platform says at all who was late.
    status : str
        How the run ended; empty before it was graded.
    reason : str
        What is wrong, in words for the student.
    digest : str
        Of what the grade goes by; empty where some tests were judged by an earlier
        key.
    limits : str
        What the run might take.
    seconds : float
        How long the run took.
    walls : str
        What counted the memory and processes of the run: "cgroup", "watcher", "none".
    penalised : bool
        Whether the course's own rule decided what being late costs.
    accepted : bool
        Whether a person accepted the points of a run that did not end well.
    variant_of : str
        The student whose variant wrong answers are right for; empty for nobody.
    read : dict
        By graded cell, a digest of the answer that its points are for: marks given by
        hand hold as long as that is the same.
    told : list of str
        The comments that went into tables of the platform: they are ours to change.
    """

    student: str
    assignment: str
    came_as: str = ""
    identifier: str = ""
    email: str = ""
    is_late: bool = False
    seconds_late: float | None = None
    is_told: bool = False
    status: Status = ""
    reason: str = ""
    digest: str = ""
    limits: str = ""
    seconds: float = 0.0
    walls: str = ""
    penalised: bool = False
    accepted: bool = False
    variant_of: str = ""
    read: dict[str, str] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)

    @property
    def needs_review(self) -> bool:
        """Whether a person must look before there is a grade."""
        return self.status not in GRADED and not self.accepted

    @property
    def names(self) -> set[str]:
        """What the student goes by."""
        return {self.student, self.identifier, self.email} - {""}

    def but(self, **changes: object) -> "Submission":
        """The same submission with other values."""
        return replace(self, **changes)  # type: ignore[arg-type]


def read(course: Course, student: str, assignment: str) -> Submission:
    """What is known of a submission; nothing, if no file of it can be read."""
    try:
        content = json.loads(_path(course, student, assignment).read_text("utf-8"))
        known = {one.name for one in fields(Submission)}
        given = {name: value for name, value in content.items() if name in known}
        given |= {"student": student, "assignment": assignment}
        fresh = Submission(student, assignment)
        for name, value in list(given.items()):
            usual = getattr(fresh, name)
            kinds = (float, int) if name.startswith("seconds") else type(usual)
            if not isinstance(value, kinds) and value != usual:
                del given[name]  # somebody wrote in it
        found = Submission(**given)
        return found if found.status in get_args(Status) else found.but(status="")
    except (OSError, ValueError, TypeError, AttributeError):
        return Submission(student, assignment)


def write(course: Course, submission: Submission) -> None:
    """Remember what is known of a submission."""
    text = json.dumps(asdict(submission), indent=1, ensure_ascii=False)
    files.write(_path(course, submission.student, submission.assignment), text)


def everybody(course: Course, assignment: str) -> list[str]:
    """Whose submission is known, also of those who handed in no notebook."""
    known = (course.root / "records" / assignment).glob("*.json")
    return sorted({path.stem for path in known} | set(course.students(assignment)))


def _path(course: Course, student: str, assignment: str) -> Path:
    return course.root / "records" / assignment / f"{student}.json"
