"""The teacher's own table: Moodle's grading worksheet, or Canvas's gradebook.

Where in it the people, grades and comments are.  Moodle writes its headings in the
teacher's language, and looks for them in that language when it takes the file back.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from . import cleaning, files, roster
from .counting import counted
from .course import CourseError
from .roster import Person
from .tables import Table

TAKE = (
    "Take the file as the platform gave it: in Moodle by `Download grading worksheet`, "
    "in Canvas by `Export` in the gradebook."
)
# What Moodle calls the columns that it looks for, in English.
MOODLE = ("identifier", "grade", "maximum grade", "last modified (grade)")
CHANGEABLE, COMMENTS = "grade can be changed", "feedback comments"
AMOUNT = re.compile(r"\d+(?:[.,]\d+)?")
# A title of Canvas ends in the number of its assignment, as `Assignment.title_and_id`
# of its source reads it; other columns are computed by it or hold notes.
TITLED = re.compile(r"(.*)\s\((\d+)\)", re.DOTALL)
HIDDEN = "manual posting ("  # of scores that Canvas hides from instructors too
READ_ONLY = "read only"


@dataclass(frozen=True)
class Worksheet:
    """A table in which grades are to be filled in.

    Attributes
    ----------
    path : Path
        The file that it came as.
    table : Table
        What is in it.
    people : list of Person or None
        By row, whose it is; None where it is nobody's.
    grade : int
        The column of grades.
    maximum : float or None
        What the platform takes for full marks; None if it does not say.
    comments : int or None
        The column of comments, where there is one.
    locked : set of int
        Rows whose grade the platform would not change.
    is_moodles : bool
        Whether it is Moodle's.
    """

    path: Path
    table: Table
    people: list[Person | None]
    grade: int
    maximum: float | None
    comments: int | None = None
    locked: set[int] = field(default_factory=set)
    is_moodles: bool = False

    def persons(self) -> Iterator[tuple[int, Person]]:
        """Rows that are somebody's, and whose."""
        return ((i, p) for i, p in enumerate(self.people) if p is not None)


def read(path: Path, assignment: str, title: str = "") -> Worksheet:
    """Read the table of a platform.

    Parameters
    ----------
    path : Path
        The file.
    assignment : str
        The assignment.
    title : str, optional
        What Canvas calls it, with or without its number; by default as we do.

    Raises
    ------
    CourseError
        If it cannot be read, or cannot be told to be such a table.
    """
    try:
        table = Table.read(path)
    except OSError as error:
        raise CourseError(f"{files.unread(path, error)} {TAKE}") from error
    except ValueError as error:
        raise CourseError(_changed(path, str(error))) from error
    for row, cells in enumerate(table.rows):
        if len(cells) != len(table.headings):
            what = f"has {counted(len(cells), 'cell')} in line {table.line(row)}, and"
            there = counted(len(table.headings), "heading")
            raise CourseError(_changed(path, f"{what} {there}"))
    headings = [heading.strip().casefold() for heading in table.headings]
    people = roster.people_in(table)
    if not any(people):
        raise CourseError(_changed(path, "names nobody"))
    if headings[0] in ("student", "lastname") and "id" in headings:
        return _canvas(path, table, people, title or assignment)
    return _moodle(path, table, people, headings)


def _moodle(
    path: Path, table: Table, people: list[Person | None], headings: list[str]
) -> Worksheet:
    """Moodle's worksheet: by its headings, or in another language by its places."""
    if table.separator != ",":
        raise CourseError(_changed(path, "has no commas between its cells"))
    if "identifier" in headings:
        missing = [f"`{name}`" for name in MOODLE if name not in headings]
        if missing:
            why = "has no column " + ", ".join(missing)
            if "scale" in headings:
                why += ", as the assignment is graded by a scale, and not by points"
            raise CourseError(_changed(path, why))
        _, grade, maximum, _ = map(headings.index, MOODLE)
        comments = headings.index(COMMENTS) if COMMENTS in headings else None
    else:
        grade, maximum, comments = _by_place(path, table)
    place = headings.index(CHANGEABLE) if CHANGEABLE in headings else maximum
    return Worksheet(
        path,
        table,
        people,
        grade,
        amount(table.rows[0][maximum]),
        comments,
        {i for i, row in enumerate(table.rows) if row[place].casefold() == "no"},
        is_moodles=True,
    )


def _by_place(path: Path, table: Table) -> tuple[int, int, int | None]:
    """Where grades, their maximum and comments are, whatever they are called.

    The maximum is a number that is the same in all rows, right of the grades. Comments
    stand last, right of the time of the grade, which is a date or a dash.
    """
    columns = list(zip(*table.rows, strict=True))
    numbered = all(roster.PARTICIPANT.fullmatch(cell.strip()) for cell in columns[0])
    found = [
        place
        for place in range(2, len(columns) - 2)
        if len(set(columns[place])) == 1
        and (most := amount(columns[place][0]))
        and all(_is_grade(cell, most) for cell in columns[place - 1])
    ]
    times = [all(map(_is_time, cells)) for cells in columns]
    if not numbered or len(found) != 1 or not (times[-1] or times[-2]):
        raise CourseError(
            f"In {path}, the columns of grades and comments cannot be told; there are "
            f"{', '.join(table.headings)}. Take the file as Moodle gives it at "
            "`Download grading worksheet`, with English as your language for that."
        )
    return found[0] - 1, found[0], None if times[-1] else len(columns) - 1


def _canvas(
    path: Path, table: Table, people: list[Person | None], title: str
) -> Worksheet:
    """Canvas's gradebook, as it is exported: the column of one assignment."""
    wanted = letters(title)
    titled = {i: TITLED.fullmatch(heading) for i, heading in enumerate(table.headings)}
    named = {i: match for i, match in titled.items() if match}
    found = [
        i
        for i, match in named.items()
        if title in (match[0], match[2]) or letters(match[1]) == wanted
    ]
    if len(found) != 1:
        there = ", ".join(match[0] for match in named.values()) or "none"
        which = "no column" if not found else f"{len(found)} columns"
        raise CourseError(
            f"{path} has {which} of an assignment {title!r}. There are: {there}. Say "
            "which by --column, with its number in brackets."
        )
    (grade,) = found
    maximum = None
    for person, row in zip(people, table.rows, strict=True):
        cell = row[grade].strip().casefold()
        if person is None and (cell.startswith(HIDDEN) or READ_ONLY in cell):
            raise CourseError(
                f"{path} cannot change {table.headings[grade]}: {row[grade].strip()}. "
                "Canvas takes no grades for it by a file while it is graded "
                "anonymously; post them, or turn that off, and export again."
            )
        if "points possible" in "".join(row[:2]).casefold():
            maximum = amount(cell)
    return Worksheet(path, table, people, grade, maximum)


def _is_grade(cell: str, most: float) -> bool:
    return not cell.strip() or (amount(cell) or 0) <= most


def _is_time(cell: str) -> bool:
    is_date = any(sign.isdigit() for sign in cell) and not cell.startswith("<")
    return is_date or cell.strip() == "-"


def amount(cell: str) -> float | None:
    """A number as platforms write it, also with a comma; None if it is none."""
    written = cell.strip()
    return float(written.replace(",", ".")) if AMOUNT.fullmatch(written) else None


def letters(name: str) -> str:
    """What is left of a name without case, spaces and signs, which platforms change."""
    return "".join(c for c in cleaning.name(name).casefold() if c.isalnum())


def _changed(path: Path, why: str) -> str:
    return f"{path} {why}. {TAKE} Do not save it from another program."
