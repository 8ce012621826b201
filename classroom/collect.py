"""Taking in what students handed in, from wherever it lies.

Whose it is, the place says and nothing else: the platform's archive, the folder, or
the owner of a folder in an exchange.  What is written inside is an answer, not a name.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from . import cleaning, exchange, files, owners, received, roster, submissions
from .course import Course, CourseError
from .files import NO_NOTEBOOK, File, RefusedError
from .hub import passing
from .owners import Owner
from .roster import Person, Roster
from .submissions import Submission

EXPECTED = (
    "Expected is an archive of Moodle or Canvas, or a folder with a folder for each "
    "student."
)
MOST_NAMED = 5  # files of one student in a line
WITHOUT = (
    "There is no notebook in what you handed in: {}. Hand in the file that ends in "
    ".ipynb, as it was given out, with your answers in it."
)


@dataclass(frozen=True)
class Left:
    """A file that was not taken, and why."""

    student: str
    file: str
    reason: str

    def __str__(self) -> str:
        return f"{self.student}: {cleaning.line(f'{self.file} {self.reason}')}"


@dataclass
class Collected:
    """What came of collecting.

    Attributes
    ----------
    taken : dict
        By student, what the notebooks found are called, with their times where names
        are alike; the last one was taken.
    left : list of Left
        What was not taken.
    without : list of str
        Who handed in something, but no notebook that can be read.
    stays : list of str
        Who did so, too, and has an earlier notebook, which counts.
    missing : list of str
        Who stands on the roster and handed in nothing.
    strangers : list of str
        Who handed in, and does not stand on the roster.
    groups : list of str
        Names that look like those of a group, where no roster says who is in it.
    by_name_only : bool
        Whether the roster has none of the numbers that the platform gave.
    late : list of str
        Who handed in in time, and again late, which counts.
    spelled : dict
        By student, the names under which one person's files came, where they differ.
    """

    taken: dict[str, list[str]] = field(default_factory=dict)
    left: list[Left] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    stays: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    by_name_only: bool = False
    late: list[str] = field(default_factory=list)
    spelled: dict[str, list[str]] = field(default_factory=dict)

    def refuse(self, student: str, file: str, reason: str) -> None:
        """Note a file that was not taken."""
        self.left.append(Left(student, file, reason))


@dataclass
class _HandedIn:
    """All that one owner handed in."""

    owner: Owner
    notebooks: list[File] = field(default_factory=list)
    others: list[File] = field(default_factory=list)
    also: list[Owner] = field(default_factory=list)  # the same person, by other names

    @property
    def is_nobodys(self) -> bool:
        """Whether it is a stray file beside those of the students, such as a README."""
        is_below = any("/" in file.name for file in self.others)
        return not self.notebooks and not self.owner.identifier and not is_below


def collect(course: Course, assignment: str, place: Path) -> Collected:
    """Take each student's latest notebook to where nbgrader looks for it.

    Parameters
    ----------
    course : Course
        The course.
    assignment : str
        The assignment.
    place : Path
        An archive as Moodle or Canvas makes it; a folder with a folder for each
        student, also as `nbgrader` lays them out; or a folder of files named by
        students.

    Raises
    ------
    CourseError
        If there is nothing to collect, or the archive cannot be read.
    """
    collecting = _Collecting.of(course, assignment)
    try:
        with files.opened(place, course.settings.zone) as found:
            return collecting.take(collecting.sorted_in(found))
    except OSError as error:
        raise CourseError(f"{files.unread(place, error)} {EXPECTED}") from error
    except RefusedError as error:
        raise CourseError(f"{place} {error}. {EXPECTED}") from error


def collect_from_exchange(course: Course, assignment: str) -> Collected:
    """Take what lies in nbgrader's exchange, which a JupyterHub has.

    A folder in it counts for the account that owns it.

    Raises
    ------
    CourseError
        If there is no such exchange, or nobody has handed in.
    """
    collecting = _Collecting.of(course, assignment)
    with exchange.inbound(course, assignment) as (found, left):
        handed_in = _by_owner(
            [(Owner(student, student), one) for student, one in found]
        )
        if not handed_in and not left:
            raise CourseError(f"Nobody has handed in {assignment} by the exchange yet.")
        collected = collecting.take(handed_in)
    for student, file in left:
        collected.refuse(cleaning.name(student), file.name, file.refused)
    return collected


def collect_from_hub(course: Course, assignment: str) -> Collected:
    """Take what students handed in on the hub of the course.

    Who is on the hub's roster and handed in nothing is missing.

    Raises
    ------
    CourseError
        If there is no hub, or nobody has handed in.
    """
    passing.keep_roster(course, assignment)
    collecting = _Collecting.of(course, assignment)
    with passing.inbound(course, assignment) as found:
        if not found:
            raise CourseError(f"Nobody has handed in {assignment} on the hub yet.")
        return collecting.take(_by_owner(found))


def _by_owner(found: Sequence[tuple[Owner, File]]) -> list[_HandedIn]:
    handed_in: dict[Owner, _HandedIn] = {}
    for owner, one in found:
        # Late or not, and by whatever name: an identifier is one person.
        key = Owner("", owner.identifier) if owner.identifier else Owner(owner.name)
        kept = handed_in.setdefault(key, _HandedIn(owner))
        kept.owner = replace(kept.owner, is_late=owner.is_late)
        (kept.others if one.refused else kept.notebooks).append(one)
    return list(handed_in.values())


@dataclass
class _Collecting:
    """One run of `collect`: what was known before it, and what has come of it."""

    course: Course
    assignment: str
    people: Roster
    release: NotebookNode
    identifiers: dict[str, str]  # of those who handed in before
    result: Collected = field(default_factory=Collected)

    @classmethod
    def of(cls, course: Course, assignment: str) -> "_Collecting":
        """What is read once, however many hand in."""
        source, released = course.source(assignment), course.released(assignment)
        release = released if released.exists() else source
        return cls(
            course,
            assignment,
            roster.kept(course, assignment),
            nbformat.read(release, as_version=4),
            {
                student: submissions.read(course, student, assignment).identifier
                for student in submissions.everybody(course, assignment)
            },
        )

    def sorted_in(self, found: Sequence[File]) -> list[_HandedIn]:
        """What was found, by owner.

        Raises
        ------
        RefusedError
            If nothing belongs to anybody.
        """
        assignments = set(self.course.assignments())
        names = [one.name for one in found]
        top = owners.wrapper(names, self.people, self.identifiers, assignments)
        others = assignments - {self.assignment}
        owned = []
        for one in found:
            owner = owners.of(one.name.removeprefix(top), self.assignment, others)
            if owner is not None:
                owned.append((owner, one))
        if not owned:
            raise RefusedError("holds no notebook")
        return _by_owner(owned)

    def take(self, handed_in: Sequence[_HandedIn]) -> Collected:
        """Take what each owner handed in; returns what came of all."""
        called = [one.owner for one in handed_in]
        persons = owners.persons(self.people, called)
        self.result.by_name_only = owners.are_strange(self.people, called)
        names = owners.names(called, persons, self.identifiers, self.people.has_logins)
        joined = _joined(handed_in, names, persons)
        alone = {
            person.student
            for one, person in joined.values()
            if person is not None and person.is_called(one.owner.name)
        }
        for student, (one, person) in joined.items():
            if one.is_nobodys and person is None:
                for file in one.others:
                    self.result.refuse("nobody", file.name, file.refused)
                continue
            self._refuse(student, one.others)
            for receiver in self._receivers(student, one, person, alone):
                try:
                    self._take_one(receiver, one)
                # Whatever it is, it is this student's trouble, and the others go on.
                except Exception as error:
                    why = f"stumbled over it ({type(error).__name__}: {error})"
                    self.result.refuse(receiver.student, "the collection", why)
        there = submissions.everybody(self.course, self.assignment)
        self.result.missing = self.people.missing(there)
        return self.result

    def _refuse(self, student: str, others: Sequence[File]) -> None:
        """Note what was not taken; all that is no notebook in one line."""
        names = []
        for file in others:
            name = Path(file.name).name
            if file.refused != NO_NOTEBOOK:
                self.result.refuse(student, file.name, file.refused)
            elif name not in exchange.NBGRADERS_OWN:
                names.append(name)
        if names:
            more = f" and {len(names) - MOST_NAMED} more" if names[MOST_NAMED:] else ""
            said = NO_NOTEBOOK if len(names) == 1 else "are not notebooks"
            self.result.refuse(student, f"{', '.join(names[:MOST_NAMED])}{more}", said)

    def _receivers(
        self, student: str, one: _HandedIn, person: Person | None, alone: set[str]
    ) -> list[Person]:
        """Whose it is: one person's, or that of the members of a group."""
        owner = one.owner
        members = self.people.in_group(owner.name) if owner.from_platform else []
        if members and (person is None or not person.is_called(owner.name)):
            # Who also handed in alone keeps that.
            return [member for member in members if member.student not in alone]
        if self.people and person is None:
            self.result.strangers.append(student)
        elif not self.people and not owner.identifier and "group" in student.lower():
            self.result.groups.append(student)
        return [person or Person(student, owner.identifier)]

    def _take_one(self, person: Person, handed_in: _HandedIn) -> None:
        """Take the latest notebook of a person that can be read."""
        course, assignment, student = self.course, self.assignment, person.student
        readable, refused = received.readable(
            handed_in.notebooks, assignment, self.release
        )
        for file, why in refused:
            self.result.refuse(student, file.name, f"was not taken: {why}")
        record = submissions.read(course, student, assignment).but(
            identifier=person.identifier,
            email=person.email,
            is_late=person.is_late or handed_in.owner.is_late,
            seconds_late=person.seconds_late,
            is_told=person.is_told or handed_in.owner.is_late,
        )
        if len(called := self._names(person, handed_in, record.came_as)) > 1:
            self.result.spelled[student] = called
        if not readable:
            if course.submitted(student, assignment).exists():
                self.result.stays.append(student)
                return
            self.result.without.append(student)
            files_of = [*handed_in.notebooks, *handed_in.others]
            names = ", ".join(
                cleaning.line(Path(f.name).name) for f in files_of[:MOST_NAMED]
            )
            reason = refused[0][1] if refused else WITHOUT.format(names)
            submissions.write(
                course, record.but(status="unreadable", reason=reason, came_as=names)
            )
            return
        found = [one.file for one in readable]
        latest = readable[-1]
        if received.is_older(course, assignment, student, latest.file):
            why = "is older than what was collected before, which stays"
            self.result.refuse(student, latest.file.name, why)
            return
        before = received.time(course, assignment, student)
        record = record.but(came_as=cleaning.line(latest.file.name))
        if received.keep(course, assignment, student, latest):
            # The grade of what came before is none of this one.
            record = record.but(status="", reason="", digest="", accepted=False)
            if self._is_late_again(record, before, found):
                self.result.late.append(student)
        submissions.write(course, record)
        self.result.taken[student] = _told_apart(found, course.settings.zone)

    def _is_late_again(
        self, record: Submission, before: datetime | None, found: Sequence[File]
    ) -> bool:
        """Whether the last file is late, and an earlier one was in time."""
        until = self.course.settings.until(self.assignment, record.names)
        if until is None or record.seconds_late == 0:  # the platform knows best
            return False
        due = until.timestamp()
        *earlier, last = [file.time or 0.0 for file in found]
        earlier += [before.timestamp()] if before else []
        return last > due and any(time <= due for time in earlier)

    def _names(self, person: Person, one: _HandedIn, before: str) -> list[str]:
        """By what names files came as one person's, now and in the file before."""
        found = [one.owner, *one.also]
        earlier = owners.of(before, self.assignment, ()) if before else None
        if earlier is not None and self.people.by_name(earlier.name) == person:
            found.insert(0, earlier)
        if any(owner.from_platform or owner.identifier for owner in found):
            return []  # which tells who it is, whatever the name
        return list(dict.fromkeys(cleaning.name(owner.name) for owner in found))


def _told_apart(found: Sequence[File], zone: tzinfo | None) -> list[str]:
    """What files are called; if two are called alike, with their times."""
    names = [cleaning.line(file.name) for file in found]
    if len(set(names)) == len(names):
        return names
    return [
        name if file.time is None
        else f"{name} of {datetime.fromtimestamp(file.time, zone):%Y-%m-%d %H:%M:%S}"
        for name, file in zip(names, found, strict=True)
    ]  # fmt: skip


def _joined(
    handed_in: Sequence[_HandedIn],
    names: Sequence[str],
    persons: Sequence[Person | None],
) -> dict[str, tuple[_HandedIn, Person | None]]:
    """One entry for each name: of two, the later notebook will be taken."""
    found: dict[str, tuple[_HandedIn, Person | None]] = {}
    for one, name, person in zip(handed_in, names, persons, strict=True):
        if name in found:
            found[name][0].notebooks.extend(one.notebooks)
            found[name][0].others.extend(one.others)
            found[name][0].also.append(one.owner)
        else:
            found[name] = (one, person)
    return found
