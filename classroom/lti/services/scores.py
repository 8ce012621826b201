"""Scores to the platform, by Assignment and Grade Services.

What was sent is remembered, one small file for each student, so an interrupted run
goes on, and a second one sends only what has changed.  A score goes out with a time
later than the last, which is remembered before it is sent: platforms refuse an
earlier one, and some look at whole seconds.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from classroom import cleaning, files, roster
from classroom.course import Course, CourseError
from classroom.export import Grade
from classroom.roster import Person

from .service import SCORE, Service, words

KIND = "application/vnd.ims.lis.v1.score+json"
LEAST = timedelta(seconds=1)  # between two scores of one student
WHY = {
    404: "it knows nobody of this id in its course, or no such assignment",
    409: "it has a later grade, perhaps one given by hand: look there",
    422: "it has no student of this id in its course",
}


@dataclass
class Sent:
    """What came of sending, by the names of students.

    Attributes
    ----------
    scores, pending : list of str
        Who got a score, and who is announced as still to be read.
    same : list of str
        For whom the platform has it already.
    refused : dict
        For whom it was not taken, and why.
    strangers : list of str
        Who has no id of the platform, so nothing could be sent.
    """

    scores: list[str] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    strangers: list[str] = field(default_factory=list)


def send(
    course: Course,
    assignment: str,
    grades: Iterable[Grade],
    service: Service,
    progress: Callable[[], object] = lambda: None,
) -> Sent:
    """Send everybody's score of an assignment; those who handed in nothing get none.

    Parameters
    ----------
    course, assignment
        What was graded.
    grades : iterable of Grade
        Those of everybody.
    service : Service
        Of the platform.
    progress : callable, optional
        Called after each student.

    Raises
    ------
    CourseError
        If the platform lets us in no further, or no roster has its ids.
    """
    people = {
        p.student: p for p in roster.kept(course, assignment).people if p.login
    }  # only a roster of the platform's: a worksheet's numbers are other people's
    if not people:
        raise CourseError(
            "Nobody's id on the platform is known. Ask it by `python -m classroom lti "
            "names platform.toml --to roster.csv`, then collect with `--roster "
            "roster.csv`; what was graded stays."
        )
    lineitem = service.platform.lineitem(assignment)
    sent = Sent()
    for grade in grades:
        student = grade.record.student
        if grade.is_missing:
            continue
        if student in people:
            _send_one(course, grade, people[student], service, lineitem, sent)
        else:
            sent.strangers.append(student)
        progress()
    return sent


def _send_one(
    course: Course,
    grade: Grade,
    person: Person,
    service: Service,
    lineitem: str,
    sent: Sent,
) -> None:
    student, content = person.student, _content(grade, person.identifier)
    path = course.root / "scores" / grade.record.assignment / f"{student}.json"
    before = _Kept.read(path)
    text = json.dumps([lineitem, content], sort_keys=True)
    digest = hashlib.sha256(text.encode()).hexdigest()
    if before.digest == digest:
        sent.same.append(student)
        return
    now = datetime.now(UTC)
    if before.time is not None:
        now = max(now, before.time + LEAST)
    _Kept("", now).write(path)
    timed = content | {"timestamp": now.isoformat(timespec="milliseconds")}
    answer = service.ask(
        "POST", scores_address(lineitem), SCORE,
        data=json.dumps(timed), headers={"Content-Type": KIND},
    )  # fmt: skip
    if not 200 <= answer.status_code < 300:
        why = WHY.get(answer.status_code, "")
        sent.refused[student] = "; ".join(filter(None, (words(answer), why)))
        return
    _Kept(digest, now).write(path)
    (sent.pending if grade.score is None else sent.scores).append(student)


def scores_address(lineitem: str) -> str:
    """Where the scores of a line item go: below it, and before its query.

    >>> scores_address("https://m.example/services.php/2/lineitem?type_id=1")
    'https://m.example/services.php/2/lineitem/scores?type_id=1'
    """
    parts = urlsplit(lineitem)
    return urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/scores"))


def _content(grade: Grade, sub: str) -> dict[str, object]:
    """A score as the platform wants it; without one where nobody has read all of it."""
    content: dict[str, object] = {"userId": sub, "activityProgress": "Completed"}
    # It may name a student's file, and some platforms show it as HTML.
    if comment := cleaning.markdown(cleaning.line(grade.comment)):
        content["comment"] = comment
    if grade.score is None:
        return content | {"gradingProgress": "PendingManual"}
    return content | {
        "gradingProgress": "FullyGraded",
        "scoreGiven": round(grade.score, 2),
        "scoreMaximum": grade.maximum,
    }


@dataclass(frozen=True)
class _Kept:
    """What is remembered of a student: what the platform took, and the last time."""

    digest: str = ""
    time: datetime | None = None

    @classmethod
    def read(cls, path: Path) -> "_Kept":
        try:
            content = json.loads(path.read_text("utf-8"))
            time = datetime.fromisoformat(content["time"]).astimezone(UTC)
            return cls(str(content["sent"]), time)
        except FileNotFoundError:
            return cls()
        except (ValueError, KeyError, TypeError):
            return cls()  # somebody wrote in it; a score that is sent twice stays one

    def write(self, path: Path) -> None:
        time = self.time.isoformat() if self.time else ""
        files.write(path, json.dumps({"sent": self.digest, "time": time}, indent=1))
