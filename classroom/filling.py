"""Grades filled into the teacher's own table, and pages packed for the people in it.

Both platforms take back the file that they gave, and little else.  So only cells of
grades and comments change, and only those for which there is something to say.
"""

import html
import re
import zipfile
from collections.abc import Collection, Mapping, Sequence
from io import BytesIO
from pathlib import Path

from . import files, owners, submissions
from .counting import counted
from .course import Course, CourseError
from .export import Grade, text
from .roster import SUFFIX, Roster
from .submissions import Submission
from .worksheets import Worksheet, amount, letters

Note = tuple[tuple[str, str], str]  # a verb for one and for many, and what follows
STAYS = ("ex", "n/a")  # excused, and not asked to hand in
# What is told of some of the students.
NO_ROW = ("has a grade", "have a grade"), "and no row in the worksheet"
LOCKED = ("is", "are"), "locked in the platform's gradebook, which keeps its grade"
KEPT = ("stays", "stay"), "excused, or not asked to hand in"
OTHER = ("had", "had"), "another grade there"
PARAGRAPH = re.compile(r"<p>([^<]*)</p>")  # ours hold no tags
# Where Moodle looks for the file of a participant: by the parts between `_`.  Those
# before 4.1 want the last one too (is_valid_filename_for_import of importziplib.php).
IN_ZIP = "{name}_{number}_assignfeedback_file_/{file}"


def fill(sheet: Worksheet, grades: Sequence[Grade], to: Path) -> list[str]:
    """Write the table with the grades and comments in it; returns what is to be told.

    Raises
    ------
    CourseError
        If the table is of another assignment, or of one with another maximum.
    """
    _check_maximum(sheet, grades[0])
    rows = matched(sheet, [grade.record for grade in grades])
    told: dict[Note, list[str]] = {NO_ROW: [], LOCKED: [], KEPT: [], OTHER: []}
    for grade in grades:
        student = grade.record.student
        if student in rows:
            if note := _fill_one(sheet, rows[student], grade):
                told[note].append(student)
        elif grade.score is not None:
            told[NO_ROW].append(student)
    files.write(to, sheet.table.content)
    return [
        f"{counted(len(who), *verb)} {what}: {', '.join(who)}"
        for (verb, what), who in told.items()
        if who
    ]


def remember(course: Course, grades: Sequence[Grade]) -> None:
    """Remember the comments that go into a table, to know them when it comes back."""
    for grade in grades:
        record, said = grade.record, text(grade.comment)
        if said and said not in record.told:
            submissions.write(course, record.but(told=[*record.told, said]))


def pack(
    sheet: Worksheet, pages: Mapping[Path, Submission], to: Path
) -> list[Submission]:
    """Pack the pages as Moodle takes feedback files; returns whose have no row.

    Raises
    ------
    CourseError
        If the worksheet is not Moodle's, or of another assignment.
    """
    if not sheet.is_moodles:
        raise CourseError(
            f"{sheet.path} is Canvas's, which takes no archive of pages under names of "
            "their own. Attach them in SpeedGrader, or send them."
        )
    rows = matched(sheet, list(pages.values()))
    content, left = BytesIO(), []
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        for page, record in pages.items():
            person = sheet.people[rows.get(record.student, 0)]
            if record.student not in rows or person is None:
                left.append(record)
                continue
            name = person.student.removesuffix(person.identifier).replace("_", " ")
            place = {"name": name.strip(), "number": person.identifier}
            packed.write(page, IN_ZIP.format(file=page.name, **place))
    files.write(to, content.getvalue())
    return left


def matched(sheet: Worksheet, records: Sequence[Submission]) -> dict[str, int]:
    """By student the row: by what the platform calls them, else by email or name.

    Raises
    ------
    CourseError
        If nobody of those who handed in is in it, or only by name in a worksheet of
        Moodle, which numbers the participants of each assignment anew.
    """
    rows: dict[str, int] = {}
    by_identifier = {p.identifier: i for i, p in sheet.persons() if p.identifier}
    for record in records:
        for identifier in dict.fromkeys((record.identifier, _came_from(record)[1])):
            row = by_identifier.get(identifier)
            if row is not None and _is_of(sheet, row, record):
                rows.setdefault(record.student, row)
    others = [record for record in records if record.student not in rows]
    handed_in = [record for record in records if record.came_as]
    if not rows and 2 * sum(map(_is_numbered, handed_in)) > len(handed_in):
        line, example = next(sheet.persons())
        raise CourseError(
            f"{sheet.path} is of another assignment or course: nobody of those who "
            f"handed in has a row in it, such as {example.student} in line "
            f"{sheet.table.line(line)}. Download the one of this assignment. If it is "
            "that, collect again with it as --roster."
        )
    people = Roster(person for _, person in sheet.persons())
    places = {id(person): row for row, person in sheet.persons()}
    for record in others:
        # Whose number the platform gave and has no row is nobody's namesake.
        if _is_numbered(record):
            continue
        person = people.by_name(record.email) or people.by_name(record.student)
        if person is not None and places[id(person)] not in rows.values():
            rows[record.student] = places[id(person)]
    if not rows:
        raise CourseError(
            f"Nobody of those who handed in has a row in {sheet.path}. Is it of "
            "another course? Otherwise collect again with it as --roster."
        )
    return rows


def _fill_one(sheet: Worksheet, row: int, grade: Grade) -> Note | None:
    """Fill in a row; returns what is to be told of it, or nothing."""
    if sheet.comments is not None:
        there = sheet.table.rows[row][sheet.comments]
        after = _commented(there, text(grade.comment), grade.record.told)
        if after != there:
            sheet.table.put(row, sheet.comments, after)
    if grade.score is None:
        return None
    if row in sheet.locked:
        return LOCKED
    before = sheet.table.rows[row][sheet.grade].strip()
    if before.casefold() in STAYS:
        return KEPT
    # With decimals: Moodle's page that asks to confirm takes `0` for nothing.
    score = f"{grade.score:.2f}"
    sheet.table.put(row, sheet.grade, score)
    return OTHER if before and amount(before) != float(score) else None


def _commented(there: str, said: str, told: Collection[str]) -> str:
    """A comment in which our own paragraph is this one, or gone if there is none.

    What we told in earlier tables may hold no more; a teacher's words stay.
    """
    others = PARAGRAPH.sub(
        lambda found: "" if html.unescape(found[1]) in {said, *told} else found[0],
        there,
    )
    # Moodle shows it as HTML.
    return others + (f"<p>{html.escape(said)}</p>" if said else "")


def _check_maximum(sheet: Worksheet, grade: Grade) -> None:
    most, maximum = sheet.maximum, grade.maximum
    if most is None or most == maximum:
        return
    setting = "`Maximum grade` in Moodle" if sheet.is_moodles else "`Points` in Canvas"
    raise CourseError(
        f"In {sheet.path}, full marks are {counted(most, 'point')}, and "
        f"{grade.record.assignment} is worth {maximum:g}. If it is of another "
        f"assignment, take the one of this. Otherwise set {setting} to {maximum:g}, "
        "and download the file again."
    )


def _came_from(record: Submission) -> tuple[str, str]:
    """Name and identifier in the path by which a platform handed it on, or nothing."""
    owner = owners.of(record.came_as, record.assignment, ()) if record.came_as else None
    is_known = owner is not None and owner.from_platform
    return (owner.name, owner.identifier) if owner and is_known else ("", "")


def _is_numbered(record: Submission) -> bool:
    """Whether a platform told who this is by a number of its own."""
    is_moodles = "_assignsubmission_" in record.came_as
    return bool(_came_from(record)[1] or (is_moodles and record.identifier))


def _is_of(sheet: Worksheet, row: int, record: Submission) -> bool:
    """Whether a row with an identifier of somebody is theirs, by email or name.

    A number alone counts for little: it may be one of a group, or of a list that the
    course made for itself.
    """
    person = sheet.people[row]
    if person is None:
        return False
    if person.email and person.email.casefold() == record.email.casefold():
        return True
    called_in_zip, number_in_zip = _came_from(record)
    name = letters(person.student)
    called = [letters(SUFFIX.sub("", record.student)), letters(called_in_zip)]
    if name.endswith(person.identifier):  # marked blind: `Participant 14`
        is_own = not any(one.group for _, one in sheet.persons())
        return called[0].endswith(person.identifier) or (
            is_own and number_in_zip == person.identifier
        )
    # Canvas puts the family's name first, and leaves out what parts it from the other.
    return any(
        one.startswith(name) or name.startswith(one) or sorted(one) == sorted(name)
        for one in filter(None, called)
    )
