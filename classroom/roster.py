"""Who takes the course: from a CSV, a learning platform's table, or the gradebook.

A roster tells who is missing, joins what a platform calls a participant to a person,
and knows what an archive does not: groups, and who was late.
"""

import codecs
import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from . import cleaning, files, submissions
from .course import Course, CourseError

GRADEBOOK = "gradebook"  # names nbgrader's own list instead of a file
# What the columns are called: by us, by Moodle, by Canvas.
NAME = ("name", "full name", "student")
IDENTIFIER = ("identifier", "id")
EMAIL = ("email address", "email", "e-mail")
GROUP = ("group", "groups", "team")
# A worksheet of Moodle begins each row with a word of the teacher's language and a
# number: "Participant 17", "Teilnehmer/in17".
PARTICIPANT = re.compile(r"\D*?(\d+)")
MOODLE_WITH_GROUP = 9  # columns from the last one that tells who it is
POINTS_POSSIBLE = "points possible"  # a row of Canvas that is nobody
LATE = re.compile(r"(\d+) (day|hour|min|sec)")
SECONDS = {"day": 86_400, "hour": 3_600, "min": 60, "sec": 1}


@dataclass(frozen=True)
class Person:
    """Somebody who takes the course.

    Attributes
    ----------
    student : str
        What we call them: a name that nobody else has, and that a folder can bear.
    identifier : str
        What the learning platform calls them.
    email, group : str
        As the table says; empty if it does not.
    is_late : bool
        Whether the platform calls what they handed in late.
    seconds_late : float or None
        How late, where it says so.
    """

    student: str
    identifier: str = ""
    email: str = ""
    group: str = ""
    is_late: bool = False
    seconds_late: float | None = None

    @property
    def names(self) -> set[str]:
        """What the person goes by."""
        return {self.student, self.identifier, self.email} - {""}

    def is_called(self, name: str) -> bool:
        """Whether this is the person's name, but for case, spaces and signs."""
        return _letters(self.student).startswith(_letters(name))


class Roster:
    """People, found by what an archive or a folder says of them.

    Parameters
    ----------
    people : iterable of Person
        Those who take the course; empty if nobody knows.
    """

    def __init__(self, people: Iterable[Person] = ()) -> None:
        self.people = list(people)

    def __bool__(self) -> bool:
        return bool(self.people)

    def by_identifier(self, identifier: str) -> Person | None:
        """Who has this identifier; None for nobody, and for an empty one."""
        for person in self.people if identifier else ():
            if person.identifier == identifier:
                return person
        return None

    def by_name(self, name: str) -> Person | None:
        """The only one of this name, login or email; None if there are several.

        Accents count; case, spaces and signs, which platforms change, do not.
        """
        wanted = _letters(name)
        named = [
            person
            for person in self.people
            if wanted
            and wanted
            in {_letters(w) for w in (person.student, person.email, person.identifier)}
        ]
        return named[0] if len(named) == 1 else None

    def missing(self, known: Iterable[str]) -> list[str]:
        """Who is on the roster and not among those known."""
        there = set(known)
        return [p.student for p in self.people if p.student not in there]

    def in_group(self, name: str) -> list[Person]:
        """The members of a group; empty if there is no such group."""
        wanted = _letters(name)
        return [p for p in self.people if p.group and _letters(p.group) == wanted]


def read(course: Course, place: str) -> list[Person]:
    """The people in a file, or in nbgrader's database if `place` says "gradebook".

    Raises
    ------
    CourseError
        If it cannot be read, or nobody is in it.
    """
    if place == GRADEBOOK:
        with course.gradebook() as gradebook:
            people = [
                Person(one.id, one.lms_user_id or one.id, one.email or "")
                for one in gradebook.students
            ]
    else:
        people = list(_rows(Path(place)))
    if not people:
        raise CourseError(f"There is nobody in {place}.")
    return _apart(people)


def keep(course: Course, assignment: str, people: Sequence[Person]) -> None:
    """Remember who is asked to hand in an assignment.

    Who handed in before there was a roster keeps the name that they have.
    """
    names = {}
    for student in submissions.everybody(course, assignment):
        names[submissions.read(course, student, assignment).identifier] = student
    names.pop("", None)
    people = [replace(p, student=names.get(p.identifier, p.student)) for p in people]
    content = json.dumps([asdict(p) for p in people], indent=1, ensure_ascii=False)
    files.write(_path(course, assignment), content)


def kept(course: Course, assignment: str) -> Roster:
    """The roster that was remembered; an empty one if there is none."""
    try:
        content = json.loads(_path(course, assignment).read_text("utf-8"))
        return Roster(Person(**entry) for entry in content)
    except (FileNotFoundError, ValueError, TypeError):
        return Roster()


def _rows(path: Path) -> Iterator[Person]:
    try:
        text = _decoded(path.read_bytes())
        sign = max(",;\t", key=text.split("\n", 1)[0].count)
        table = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
        rows = [row for row in table if any(map(str.strip, row))]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CourseError(
            f"The roster {path} cannot be read: {error}. It must be a CSV in UTF-8, "
            "or what Excel saves as `Unicode Text`."
        ) from error
    if len(rows) < 2:
        raise CourseError(f"{path} has no row below its headings.")
    headings, *rows = rows
    columns = _columns([h.strip().casefold() for h in headings], rows)
    if not columns.keys() & {"name", "identifier"}:
        raise CourseError(
            f"{path} has no column `name`. It has {', '.join(headings)}. Take Moodle's "
            "grading worksheet, Canvas's gradebook, or a CSV with the headings name, "
            "identifier, email and group, of which the first is needed."
        )
    for row in rows:
        cells = {what: row[i].strip() for what, i in columns.items() if i < len(row)}
        name = cells.get("name", "")
        if name.casefold() == POINTS_POSSIBLE or not (name or cells.get("identifier")):
            continue
        yield _person(cells, is_worksheet="status" in columns)


def _decoded(content: bytes) -> str:
    """The text of a table; Excel's may be UTF-16, and says so in its first bytes."""
    is_utf_16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return content.decode("utf-16" if is_utf_16 else "utf-8-sig")


def _columns(headings: list[str], rows: list[list[str]]) -> dict[str, int]:
    """Where which column is; by its heading, and for Moodle's by its place."""
    found = {}
    for what, names in (
        ("name", NAME),
        ("identifier", IDENTIFIER),
        ("email", EMAIL),
        ("group", GROUP),
        ("status", ("status",)),
    ):
        place = next((headings.index(n) for n in names if n in headings), None)
        if place is not None:
            found[what] = place
    if "name" in found or "status" in found or len(headings) < 6:
        return found
    # A worksheet in another language.
    if all(PARTICIPANT.fullmatch(row[0].strip()) for row in rows):
        found["identifier"] = 0
        places = range(len(headings))
        signs = [
            "".join(cell for row in rows for cell in row[i : i + 1]) for i in places
        ]
        email = next((i for i in places if "@" in signs[i]), None)
        last = 0 if email is None else email
        found |= {"name": 1, "email": email} if email is not None else {}
        found["status"] = last + 1
        if len(headings) - last == MOODLE_WITH_GROUP:
            found["group"] = last + 2
    return found


def _person(cells: dict[str, str], is_worksheet: bool) -> Person:
    identifier = cells.get("identifier", "")
    number = PARTICIPANT.fullmatch(identifier) if is_worksheet else None
    name = cells.get("name") or identifier
    if name.count(",") == 1:  # Canvas sorts by the family's name: "Lee, Ann"
        name = " ".join(reversed(name.split(",")))
    late = LATE.findall(cells.get("status", ""))
    seconds = sum(int(number) * SECONDS[unit] for number, unit in late)
    is_late = "late" in cells.get("status", "").casefold()
    return Person(
        cleaning.name(name),
        number[1] if number else identifier,
        cleaning.line(cells.get("email", "")),
        cells.get("group", ""),
        is_late,
        seconds if is_late and late else None,
    )


def _apart(people: list[Person]) -> list[Person]:
    """The same people, each with a name of its own."""
    people = list(dict.fromkeys(people))  # a row may stand there twice
    counts = Counter(_letters(person.student) for person in people)
    seen: set[str] = set()
    result = []
    for person in people:
        if counts[_letters(person.student)] > 1:
            more = person.identifier or person.email.split("@")[0]
            person = replace(
                person, student=cleaning.name(f"{person.student} ({more or len(seen)})")
            )
        if person.student in seen:
            raise CourseError(f"The roster has {person.student} twice.")
        seen.add(person.student)
        result.append(person)
    return result


def _letters(name: str) -> str:
    return "".join(c for c in cleaning.name(name).casefold() if c.isalnum())


def _path(course: Course, assignment: str) -> Path:
    return course.root / "rosters" / f"{assignment}.json"
