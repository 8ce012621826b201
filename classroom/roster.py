"""Who takes the course: from a CSV, a learning platform's table, or the gradebook.

A roster tells who is missing, joins what a platform calls a participant to a person,
and knows what an archive does not: groups, and who was late.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from . import cleaning, files, submissions
from .course import Course, CourseError
from .tables import Table

GRADEBOOK = "gradebook"  # names nbgrader's own list instead of a file
ROSTER = (
    "A roster is a text file (.txt) with a name on each line; a CSV, in UTF-8 or as "
    "Excel's `Unicode Text`, with the headings name, identifier, email and group, of "
    "which the first is needed; Moodle's grading worksheet; or Canvas's gradebook."
)
ENCODING = (
    "If it is a workbook (.xlsx), save it as `CSV UTF-8` in your spreadsheet. If it is "
    "text in Latin-1, as older programs write, open it in an editor and save it in "
    "UTF-8."
)
# What the columns are called: by us, by Moodle, by Canvas.
NAME = ("name", "full name", "student")
IDENTIFIER = ("identifier", "canvas_user_id", "id")
EMAIL = ("email address", "email", "e-mail")
GROUP = ("group", "groups", "team", "group_name")
LOGIN = ("login",)  # on a hub; only what we write has it
# A worksheet of Moodle begins each row with a word of the teacher's language and a
# number: "Participant 17", "Teilnehmer/in17".
PARTICIPANT = re.compile(r"\D*?(\d+)")
MOODLE_WITH_GROUP = 9  # columns from the last one that tells who it is
# Rows of Canvas that are nobody: one of points, and one for the view of a student.
NOBODY = ("points possible", "student, test", "test student")
FORMULA = re.compile(r'="(.*)"')  # how Canvas writes a name that begins one
LATE = re.compile(r"(\d+) (day|hour|min|sec)")
BETWEEN = " - "  # what Moodle writes between the parts of a status
SUFFIX = re.compile(r" \([^()]*\)$")  # what tells namesakes apart
YEAR = re.compile(r"\d{4}")
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
    login : str
        The name on a hub that LTI lets people in to; empty elsewhere. With it the
        identifier is the platform's for the person, which no archive bears.
    is_told : bool
        Whether the platform says at all who was late.
    written : str
        The name as a person writes it, for paper; empty where nobody says it.
    """

    student: str
    identifier: str = ""
    email: str = ""
    group: str = ""
    is_late: bool = False
    seconds_late: float | None = None
    login: str = ""
    is_told: bool = False
    # Of no weight for who is who: what we call people tells them apart.
    written: str = field(default="", compare=False)

    @property
    def names(self) -> set[str]:
        """What the person goes by."""
        return {self.student, self.identifier, self.email} - {""}

    @property
    def accounts(self) -> set[str]:
        """The names of the person's folders on a hub, where there is one."""
        return {self.login, _account(self.login)} if self.login else set()

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

    @property
    def has_logins(self) -> bool:
        """Whether the people are those of a hub, found there by their logins."""
        return any(person.login for person in self.people)

    def by_identifier(self, identifier: str) -> Person | None:
        """Who has this identifier, or login; None for nobody, and for an empty one."""
        for person in self.people if identifier else ():
            if identifier in (person.accounts or {person.identifier}):
                return person
        return None

    def by_name(self, name: str) -> Person | None:
        """The only one of this name, login or email; None if there are several.

        Accents count; case, spaces and signs, which platforms change, do not.
        """
        for person in self.people:
            if name in person.accounts:
                return person
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
        If it cannot be read, nobody is in it, or nothing tells two people apart.
    """
    if place == GRADEBOOK:
        with course.gradebook() as gradebook:
            people = [
                (number, Person(one.id, one.lms_user_id or one.id, one.email or ""))
                for number, one in enumerate(gradebook.students, start=1)
            ]
    else:
        people = list(_rows(Path(place)))
    if not people:
        raise CourseError(f"There is nobody in {place}. {ROSTER}")
    return _apart(place, people)


def keep(course: Course, assignment: str, people: Sequence[Person]) -> None:
    """Remember who is asked to hand in an assignment.

    Who handed in before there was a roster keeps the name that they have.
    """
    names = {}
    students = submissions.everybody(course, assignment)
    for student in students:
        names[submissions.read(course, student, assignment).identifier] = student
    names.pop("", None)
    before = {p.login: p.student for p in kept(course, assignment).people if p.login}

    def called(person: Person) -> str:
        if not person.login:
            return names.get(person.identifier, person.student)
        # An archive's number may be another person's; a folder on the hub is not.
        folders = person.accounts.intersection(students)
        return before.get(person.login) or next(iter(folders), person.student)

    people = [replace(person, student=called(person)) for person in people]
    content = json.dumps([asdict(p) for p in people], indent=1, ensure_ascii=False)
    files.write(_path(course, assignment), content)


def kept(course: Course, assignment: str) -> Roster:
    """The roster that was remembered; an empty one if there is none."""
    try:
        content = json.loads(_path(course, assignment).read_text("utf-8"))
        return Roster(Person(**entry) for entry in content)
    except (FileNotFoundError, ValueError, TypeError):
        return Roster()


def _rows(path: Path) -> Iterator[tuple[int, Person]]:
    """The people in a file, each with the line in which they stand."""
    try:
        if names := _names(path):
            yield from (
                (line, Person(cleaning.name(name), written=cleaning.line(name)))
                for line, name in names
            )
            return
        table = Table.read(path)
    except OSError as error:
        raise CourseError(f"{files.unread(path, error)} {ROSTER}") from error
    except ValueError as error:
        is_encoded = isinstance(error.__cause__, UnicodeDecodeError)
        help_ = f"{ENCODING} {ROSTER}" if is_encoded else ROSTER
        raise CourseError(f"{path} {error}. {help_}") from error
    columns = columns_of(table)
    is_blind = columns.keys() >= {"identifier", "status"}  # a worksheet, no names
    if not (is_blind or columns.keys() & {"name", "last"}):
        raise CourseError(
            f"{path} has no column `name`. It has {', '.join(table.headings)}. {ROSTER}"
        )
    for row, person in enumerate(people_in(table)):
        if person is not None:
            yield table.line(row), person


def _names(path: Path) -> list[tuple[int, str]]:
    """The lines of a list of names; none if the file is a table, or no text."""
    if path.suffix != ".txt":
        return []
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except UnicodeDecodeError:  # Excel's
        return []
    first = lines[0].strip().casefold() if lines else ""
    if "\t" in first or first in NAME:
        return []
    numbered = enumerate(map(str.strip, lines), start=1)
    return [(number, name) for number, name in numbered if name]


def people_in(table: Table) -> list[Person | None]:
    """By row who it is of; None where it is nobody's."""
    columns = columns_of(table)
    is_english = _is_in_english(table)
    people = []
    for row in table.rows:
        cells = {what: row[i].strip() for what, i in columns.items() if i < len(row)}
        if "last" in columns:
            cells["name"] = f"{cells.get('first', '')} {cells.get('last', '')}".strip()
        name = cells["name"] = FORMULA.sub(r"\1", cells.get("name", ""))
        is_nobody = name.casefold() in NOBODY or not (name or cells.get("identifier"))
        people.append(None if is_nobody else _person(cells, is_english=is_english))
    return people


def columns_of(table: Table) -> dict[str, int]:
    """Where which column is; by its heading, and for Moodle's by its place."""
    headings, rows = [h.strip().casefold() for h in table.headings], table.rows
    found = {}
    for what, names in (
        ("name", NAME),
        ("identifier", IDENTIFIER),
        ("email", EMAIL),
        ("group", GROUP),
        ("login", LOGIN),
        ("status", ("status",)),
        ("last", ("lastname",)),
        ("first", ("firstname",)),
    ):
        place = next((headings.index(n) for n in names if n in headings), None)
        if place is not None:
            found[what] = place
    if found.keys() & {"name", "last"} or len(headings) < 6 or _is_in_english(table):
        return found
    # A worksheet in another language, in which some headings may be as in English.
    if all(PARTICIPANT.fullmatch(row[0].strip()) for row in rows):
        found = {"identifier": 0}
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


def _is_in_english(table: Table) -> bool:
    """Whether it is Moodle's worksheet as a teacher with English gets it."""
    headings = [heading.strip().casefold() for heading in table.headings]
    return headings[0] == "identifier" and "status" in headings


def _person(cells: dict[str, str], *, is_english: bool) -> Person:
    identifier = cells.get("identifier", "")
    is_worksheet = "status" in cells
    number = PARTICIPANT.fullmatch(identifier) if is_worksheet else None
    name = cells.get("name") or identifier
    if name.count(",") == 1:  # Canvas sorts by the family's name: "Lee, Ann"
        name = " ".join(reversed(name.split(",")))
    is_late, seconds = _lateness(cells.get("status", ""), is_english=is_english)
    return Person(
        cleaning.name(name),
        number[1] if number else identifier,
        cleaning.line(cells.get("email", "")),
        cells.get("group", ""),
        is_late,
        seconds,
        cells.get("login", ""),
        is_told=is_worksheet,
        written=cleaning.line(name).strip(),
    )


def _lateness(status: str, *, is_english: bool) -> tuple[bool, float | None]:
    """Whether Moodle calls a submission late, and by how many seconds if it is known.

    In any language its second part is how late: "Zur Bewertung abgegeben - 1 Stunde
    später" (`col_status` of Moodle's mod/assign/gradingtable.php).  Other parts have no
    number, or the date of an extension, which has a year.  The units stay unknown.
    """
    if not is_english:
        second = status.split(BETWEEN)[1:2]
        found = any(any(map(str.isdigit, part)) for part in second)
        return found and not YEAR.search("".join(second)), None
    late = LATE.findall(status)
    if "late" not in status.casefold():
        return False, None
    seconds = sum(int(number) * SECONDS[unit] for number, unit in late)
    return True, seconds if late else None


def _apart(place: str, numbered: Iterable[tuple[int, Person]]) -> list[Person]:
    """The people of these lines, each with a name of its own."""
    lines: dict[Person, list[int]] = {}  # a row may stand there twice
    for line, person in numbered:
        lines.setdefault(person, []).append(line)
    called: dict[str, list[Person]] = {}
    for person in lines:
        called.setdefault(_letters(person.student) or person.student, []).append(person)
    names: dict[Person, Person] = {}
    for namesakes in called.values():
        places = [line for person in namesakes for line in lines[person]]
        is_told = all(person.identifier or person.email for person in namesakes)
        if len(places) > 1 and not is_told:
            raise CourseError(
                f"{place} has {namesakes[0].student} in the lines "
                f"{' and '.join(map(str, places))}. If that is one person, delete the "
                "others. If not, give each an email or a number: in a CSV with the "
                "headings name and email, or name and identifier."
            )
        for person in namesakes if len(namesakes) > 1 else ():
            more = person.identifier or person.email.split("@")[0]
            names[person] = replace(
                person,
                student=cleaning.name(f"{person.student} ({more})"),
                written=f"{person.written or person.student} ({cleaning.line(more)})",
            )
    people = [names.get(one, one) for one in lines]
    twice = [name for name, n in Counter(p.student for p in people).items() if n > 1]
    if twice:
        raise CourseError(f"The roster has {twice[0]} twice.")
    return people


def _account(login: str) -> str:
    """The account that The Littlest JupyterHub makes; by `tljh/normalize.py` there."""
    name = f"jupyter-{login}"
    if len(name) < 26:
        return name
    return f"{name[:26]}-{hashlib.sha256(name.encode()).hexdigest()[:5]}"


def _letters(name: str) -> str:
    return "".join(c for c in cleaning.name(name).casefold() if c.isalnum())


def _path(course: Course, assignment: str) -> Path:
    return course.root / "rosters" / f"{assignment}.json"
