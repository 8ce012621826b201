"""Taking in what students handed in, from wherever it lies.

Whose it is, the place says and nothing else: the platform's archive, the folder, or
the owner of a folder in an exchange.  What is written inside is an answer, not a name.
"""

import gzip
import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from . import cleaning, exchange, files, roster, submissions
from .course import Course, CourseError
from .files import NO_NOTEBOOK, File, RefusedError
from .notebooks import UnreadableError, read_notebook
from .restoring import is_of
from .roster import Person, Roster

# How the learning platforms name what they pack. Only the outermost part counts: what
# a student called a folder or a file may look like one, too.
MOODLE = re.compile(
    r"(?P<name>[^/]+?)(?:_(?P<id>\d+))?_assignsubmission_[a-z]+(?:_?/|_)(?P<file>.+)"
)
CANVAS = re.compile(
    r"(?:(?!LATE_|anon_)(?P<name>[^/]+?)_)?(?P<late>LATE_)?"
    r"(?:(?P<id>\d+)|anon_(?P<anonymous>[^\W_]+))_(?:\d+_|(?=text\.|link\.))(?P<file>[^/]+)"
)
TIME = "%Y-%m-%d %H:%M:%S UTC\n"  # as nbgrader writes it
MOST_OF_ONE = 30  # notebooks of one student that are looked at
AGAIN = re.compile(r"(?:-| ?\()(\d+)\)?\.ipynb$")  # Canvas's, and a browser's, counting
WITHOUT = (
    "There is no notebook in what you handed in: {}. Hand in the file that ends in "
    ".ipynb, as it was given out, with your answers in it."
)


@dataclass(frozen=True)
class Owner:
    """Whose a file is, as far as its place tells; a group's only from a platform."""

    name: str
    identifier: str = ""
    is_late: bool = False
    from_platform: bool = False


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
        By student, the names of the notebooks found; the last one was taken.
    left : list of Left
        What was not taken.
    without : list of str
        Who handed in something, but no notebook that can be read.
    missing : list of str
        Who stands on the roster and handed in nothing.
    strangers : list of str
        Who handed in, and does not stand on the roster.
    groups : list of str
        Names that look like those of a group, where no roster says who is in it.
    """

    taken: dict[str, list[str]] = field(default_factory=dict)
    left: list[Left] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)


@dataclass
class _HandedIn:
    """All that one owner handed in."""

    owner: Owner
    notebooks: list[File] = field(default_factory=list)
    others: list[File] = field(default_factory=list)


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
    course.source(assignment)
    if not place.exists():
        raise CourseError(f"{place} does not exist.")
    try:
        with files.opened(place, course.settings.zone) as found:
            return _take(course, assignment, _sorted_in(course, assignment, found))
    except (RefusedError, OSError) as error:
        raise CourseError(f"{place} {error}.") from error


def collect_from_exchange(course: Course, assignment: str) -> Collected:
    """Take what lies in nbgrader's exchange, which a JupyterHub has.

    A folder in it counts for the account that owns it.

    Raises
    ------
    CourseError
        If there is no such exchange, or nobody has handed in.
    """
    course.source(assignment)
    with exchange.inbound(course, assignment) as (found, left):
        handed_in: dict[Owner, _HandedIn] = {}
        for student, file in found:
            _sort_in(handed_in, Owner(student, student), file)
        if not handed_in and not left:
            raise CourseError(f"Nobody has handed in {assignment} by the exchange yet.")
        collected = _take(course, assignment, list(handed_in.values()))
    collected.left += [
        Left(cleaning.name(student), file.name, file.refused) for student, file in left
    ]
    return collected


def _sorted_in(course: Course, assignment: str, found: list[File]) -> list["_HandedIn"]:
    """What was found, by owner.

    Raises
    ------
    RefusedError
        If nothing belongs to anybody.
    """
    others = set(course.assignments()) - {assignment}
    top = _wrapper(found, course, assignment)
    handed_in: dict[Owner, _HandedIn] = {}
    for one in found:
        owner = _owner(one.name.removeprefix(top), assignment, others)
        if owner is not None:
            _sort_in(handed_in, owner, one)
    if not handed_in:
        raise RefusedError(
            "holds no notebook. Expected is an archive of Moodle or Canvas, or a "
            "folder with a folder for each student"
        )
    return list(handed_in.values())


def _sort_in(handed_in: dict[Owner, _HandedIn], owner: Owner, one: File) -> None:
    # Late or not, and by whatever name: an identifier is one person.
    key = Owner("", owner.identifier) if owner.identifier else Owner(owner.name)
    kept = handed_in.setdefault(key, _HandedIn(owner))
    kept.owner = replace(kept.owner, is_late=owner.is_late)
    (kept.others if one.refused else kept.notebooks).append(one)


def _take(course: Course, assignment: str, handed_in: list[_HandedIn]) -> Collected:
    people = roster.kept(course, assignment)
    result = Collected()
    owners = [one.owner for one in handed_in]
    known = _persons(people, owners)
    names = _names(course, assignment, owners, known)
    handed_in, names, known = _joined(handed_in, names, known)
    alone = {
        person.student
        for person, one in zip(known, handed_in, strict=True)
        if person is not None and person.is_called(one.owner.name)
    }
    for one, student, person in zip(handed_in, names, known, strict=True):
        if not one.notebooks and _is_nobody(one) and person is None:
            result.left += [Left("nobody", f.name, f.refused) for f in one.others]
            continue
        result.left += [
            Left(student, file.name, file.refused)
            for file in one.others
            if file.refused != NO_NOTEBOOK
        ]
        members = people.in_group(one.owner.name) if one.owner.from_platform else []
        if members and (person is None or not person.is_called(one.owner.name)):
            # Who also handed in alone keeps that.
            receivers = [m for m in members if m.student not in alone]
        else:
            receivers = [person or Person(student, one.owner.identifier)]
            if people and person is None:
                result.strangers.append(student)
            elif not people and not one.owner.identifier and "group" in student.lower():
                result.groups.append(student)
        for receiver in receivers:
            try:
                _take_one(course, assignment, receiver, one, result)
            # Whatever it is, it is this student's trouble, and the others go on.
            except Exception as error:
                why = f"stumbled over it ({type(error).__name__}: {error})"
                result.left.append(Left(receiver.student, "the collection", why))
    result.missing = people.missing(submissions.everybody(course, assignment))
    return result


def _joined(
    handed_in: list[_HandedIn], names: list[str], persons: list[Person | None]
) -> tuple[list[_HandedIn], list[str], list[Person | None]]:
    """The same with one entry for each name: of two, the later notebook is taken."""
    found: dict[str, tuple[_HandedIn, Person | None]] = {}
    for one, name, person in zip(handed_in, names, persons, strict=True):
        if name in found:
            found[name][0].notebooks.extend(one.notebooks)
            found[name][0].others.extend(one.others)
        else:
            found[name] = (one, person)
    pairs = list(found.values())
    return [pair[0] for pair in pairs], list(found), [pair[1] for pair in pairs]


def _is_nobody(handed_in: _HandedIn) -> bool:
    """Whether it is a stray file beside those of the students, such as a README."""
    names = [file.name for file in handed_in.others]
    return not handed_in.owner.identifier and not any("/" in name for name in names)


def _take_one(
    course: Course,
    assignment: str,
    person: Person,
    handed_in: _HandedIn,
    result: Collected,
) -> None:
    """Take the latest notebook of a person that can be read."""
    student, readable, why = person.student, [], ""
    found = sorted(handed_in.notebooks, key=lambda f: not _is_named(f, assignment))
    for number, file in enumerate(found[:MOST_OF_ONE]):
        try:
            data = file.read()
            notebook = read_notebook(data)
        except (RefusedError, UnreadableError) as error:
            why = str(error)
            result.left.append(Left(student, file.name, f"was not taken: {why}"))
        else:
            order = (
                _fits(course, assignment, notebook),
                *_order(file, assignment, number),
            )
            readable.append((order, file, data, notebook))
    for file in found[MOST_OF_ONE:]:
        result.left.append(Left(student, file.name, "is one of too many"))
    record = submissions.read(course, student, assignment).but(
        identifier=person.identifier,
        email=person.email,
        is_late=person.is_late or handed_in.owner.is_late,
        seconds_late=person.seconds_late,
    )
    if not readable:
        result.without.append(student)
        if course.submitted(student, assignment).exists():
            return  # an earlier one, which stays
        files_of = [*handed_in.notebooks, *handed_in.others]
        names = ", ".join(cleaning.line(Path(f.name).name) for f in files_of[:5])
        reason = why or WITHOUT.format(names)
        submissions.write(
            course, record.but(status="unreadable", reason=reason, came_as=names)
        )
        return
    readable.sort(key=lambda found: found[0])
    _, file, data, notebook = readable[-1]
    if _is_older(course, assignment, student, file):
        why = "is older than what was collected before, which stays"
        result.left.append(Left(student, file.name, why))
        return
    record = record.but(came_as=cleaning.line(file.name))
    if _keep(course, assignment, student, file, data, notebook):
        # The grade of what came before is none of this one.
        record = record.but(status="", reason="", digest="", accepted=False)
    submissions.write(course, record)
    result.taken[student] = [cleaning.line(found[1].name) for found in readable]


def _is_older(course: Course, assignment: str, student: str, file: File) -> bool:
    """Whether what lies there is from a later time."""
    try:
        path = course.submitted(student, assignment) / "timestamp.txt"
        there = datetime.strptime(path.read_text(), TIME).replace(tzinfo=UTC)
    except (OSError, ValueError):
        return False
    return file.time is not None and int(file.time) < there.timestamp()


def _keep(
    course: Course,
    assignment: str,
    student: str,
    file: File,
    data: bytes,
    notebook: NotebookNode,
) -> bool:
    """Put the clean notebook where nbgrader looks, and keep the original apart.

    Returns whether it is another than the one that lay there.
    """
    # Packed, so that no program opens it by mistake.
    original = course.root / "received" / assignment / f"{student}.ipynb.gz"
    packed, folder = gzip.compress(data, mtime=0), course.submitted(student, assignment)
    is_there = (folder / f"{assignment}.ipynb").exists() and original.exists()
    if is_there and original.read_bytes() == packed:
        return False
    wanted = {f"{assignment}.ipynb": nbformat.writes(notebook) + "\n"}
    if file.time is not None:
        time = datetime.fromtimestamp(file.time, UTC)
        wanted["timestamp.txt"] = time.strftime(TIME)
    if file.secret:
        wanted["submission_secret.txt"] = file.secret
    for name, content in wanted.items():
        files.write(folder / name, content)
    for path in folder.iterdir():  # of an earlier one
        if path.name not in wanted and (path.is_symlink() or path.is_file()):
            path.unlink()
    # Last: who was interrupted before takes it in again.
    files.write(original, packed)
    return True


def _order(file: File, assignment: str, number: int) -> tuple[int, bool, int, int]:
    """The latest comes last; of the same second, the one named as the assignment."""
    again = AGAIN.search(file.name)
    count = int(again[1]) if again else 0
    return int(file.time or 0), _is_named(file, assignment), count, number


def _is_named(file: File, assignment: str) -> bool:
    return Path(file.name).stem.startswith(assignment)


def _fits(course: Course, assignment: str, notebook: NotebookNode) -> bool:
    """Whether a notebook is the assignment, and not another or a scratch pad."""
    path = course.released(assignment)
    if not path.exists():
        path = course.source(assignment)
    return is_of(notebook, nbformat.read(path, as_version=4))


def _names(
    course: Course, assignment: str, owners: list[Owner], persons: list[Person | None]
) -> list[str]:
    """What we call each of them: one name for one person, also from time to time."""
    known = {}
    for student in submissions.everybody(course, assignment):
        known[student] = submissions.read(course, student, assignment).identifier
    by_identifier = {i: student for student, i in known.items() if i}
    wanted = [cleaning.name(owner.name) for owner in owners]
    counts = Counter(wanted)
    names = []
    for owner, name, person in zip(owners, wanted, persons, strict=True):
        if person is not None:
            names.append(person.student)
        elif owner.identifier in by_identifier:
            names.append(by_identifier[owner.identifier])
        elif owner.identifier and (
            counts[name] > 1 or known.get(name, owner.identifier) != owner.identifier
        ):
            names.append(cleaning.name(name, f" ({owner.identifier})"))
        elif counts[name] > 1 and name != unicodedata.normalize("NFC", owner.name):
            # `=Ann` is not Ann, though no file may be called so.
            written = owner.name.encode(errors="surrogateescape")
            names.append(f"{name} ({hashlib.sha256(written).hexdigest()[:6]})")
        else:
            names.append(name)
    return names


def _persons(people: Roster, owners: list[Owner]) -> list[Person | None]:
    """Who of the roster each owner is: by identifier, else by a name nobody shares."""
    sure = [people.by_identifier(owner.identifier) for owner in owners]
    named = [people.by_name(owner.name) for owner in owners]
    if any(sure):  # the identifiers are those of the roster: another one is another
        pairs = zip(named, owners, strict=True)
        named = [None if owner.identifier else person for person, owner in pairs]
    claims = Counter(
        person.student
        for person in (s or n for s, n in zip(sure, named, strict=True))
        if person is not None
    )
    return [
        by_id or (by_name if by_name and claims[by_name.student] == 1 else None)
        for by_id, by_name in zip(sure, named, strict=True)
    ]


def _owner(name: str, assignment: str, others: set[str]) -> Owner | None:
    """Whose the file of this name is; None if it belongs to another assignment."""
    if match := MOODLE.fullmatch(name):
        return Owner(match["name"], match["id"] or "", from_platform=True)
    parts = name.split("/")
    if len(parts) == 1 and (match := CANVAS.fullmatch(name)):
        identifier = match["id"] or match["anonymous"]
        called = match["name"] or f"anon_{match['anonymous']}"
        return Owner(called, identifier, match["late"] is not None, True)
    if len(parts) == 1:
        stem = Path(name).stem
        return Owner(stem.removesuffix(assignment).rstrip("_- ") or stem)
    if len(parts) > 2 and parts[1] in others:
        return None
    return Owner(parts[0].removesuffix(".zip"))


def _wrapper(found: Iterable[File], course: Course, assignment: str) -> str:
    """The folder on top in which all lies, if it is no student's; with a slash."""
    names = [one.name for one in found]
    tops = {name.split("/", 1)[0] for name in names}
    if len(tops) != 1 or any("/" not in name for name in names):
        return ""
    name = tops.pop()
    top, people = f"{name}/", roster.kept(course, assignment)
    known = submissions.everybody(course, assignment)
    is_person = people.by_name(name) is not None or cleaning.name(name) in known
    # In an archive that a student packed, no name is anybody's.
    if MOODLE.fullmatch(names[0]) or is_person or name.lower().endswith(".zip"):
        return ""
    inner = [name.removeprefix(top) for name in names]
    folders = {name.split("/", 1)[0] for name in inner if "/" in name}
    is_platform = all(MOODLE.fullmatch(n) or CANVAS.fullmatch(n) for n in inner)
    has_files = any("/" not in name for name in inner)
    if not is_platform and (has_files or folders & set(course.assignments())):
        return ""  # one student's
    if is_platform or len(folders) > 1 or any(map(people.by_name, folders)):
        return top
    return ""
