"""Handing out variants: one notebook for all, and one for each.

Moodle, Canvas, nbgrader's exchange and a link hand one file to everybody.  So the
release is one: it holds everybody's numbers, and its data cell asks who one is.  Where
each can be sent a file of their own, an archive has those, and there is nothing to ask.
Numbers of others are no secret: whoever answers by them is graded by their own.
"""

import json
import zipfile
from collections import Counter
from collections.abc import Sequence
from copy import deepcopy
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from unicodedata import normalize

import nbformat
from nbformat import NotebookNode

from . import files, leaks, variants
from .checks import key_module
from .course import Course, CourseError
from .restoring import grade_id
from .roster import SUFFIX, Person
from .variants import Values

LONGEST = 500_000  # signs of one notebook that holds everybody's numbers
CHOOSING = """\
from hashlib import sha256
from unicodedata import normalize

me = ""  # between the quotes: your name, your email or your number in the course

STROKES = str.maketrans("łŁøØđĐħĦŧŦı", "lLoOdDhHtTi")
spellings = [" ".join(reversed(me.split(","))), me]  # also "Last, First"
for one in spellings[:]:  # as written, or else without accents
    parts = normalize("NFKD", one.translate(STROKES))
    spellings.append("".join(filter(str.isalnum, parts)))
for one in spellings:
    letters = "".join(filter(str.isalnum, normalize("NFKC", one).casefold()))
    place = WHOSE.get(sha256(f"{SALT} {letters}".encode()).hexdigest()[:16])
    if place is not None:
        break
if place is None:
    raise LookupError(
        f"{me!r} is not on the list. Write your name above, as the course has it, "
        "or your email or your number in the course."
    )
if place < 0:
    raise LookupError(
        f"More than one person on the list is called {me!r}. Write your email or "
        "your number in the course above, in place of the name."
    )
"""
SHARED = -1  # in place of a number, for a name that several have
STROKES = str.maketrans("łŁøØđĐħĦŧŦı", "lLoOdDhHtTi")  # no accents to Unicode


def hand_out(
    course: Course, assignment: str, people: Sequence[Person], hidden: dict[str, str]
) -> None:
    """Draw a variant for everybody, and make of the release the files to hand out.

    Parameters
    ----------
    course : Course
        The course; the assignment has been released in it.
    assignment : str
        The assignment.
    people : sequence of Person
        Who takes it. Whoever got a variant before keeps it.
    hidden : dict
        What students must not read, as `leaks.secrets` gives it.

    Raises
    ------
    CourseError
        If the assignment has no variants, the course no seed or another one, or if
        they are too many for one notebook.
    """
    given = drawn(course, assignment, people)
    cell = variants.data_cell(course, assignment)
    path = course.released(assignment)
    release = nbformat.read(path, as_version=4)
    packed = archive(course, assignment)
    files.write(packed, _packed(release, cell, given, course.notebook(assignment)))
    ask_who(release, cell, given)
    text = nbformat.writes(release)
    if len(text) > LONGEST:
        raise CourseError(
            f"Variants of {len(people)} do not fit into one notebook. Release "
            f"{assignment} to smaller groups, each with a course folder of its own."
        )
    path.unlink(missing_ok=True)  # nbgrader may have made it read-only
    files.write(path, f"{text}\n")
    found = [*leaks.look(hidden, path.parent), *leaks.look(hidden, packed.parent)]
    if found:
        packed.unlink()
        path.unlink()
        raise CourseError("\n  ".join(map(str, ["A variant would tell", *found])))
    _keep(course, assignment, given)


def archive(course: Course, assignment: str) -> Path:
    """The archive that has a notebook for each student."""
    return course.root / "variants" / f"{assignment}.zip"


def drawn(
    course: Course, assignment: str, people: Sequence[Person]
) -> list[tuple[Person, Values]]:
    """Everybody with the values of their data cell; errors as `hand_out`."""
    seed = course.seed
    key = key_module(course.root / "keys", assignment)
    if not hasattr(key, "variant") or not hasattr(key, "varied"):
        raise CourseError(
            f"keys/{assignment}.py has no functions `variant` and `varied`, which draw "
            "the values of the data cell and give the checks that hang on them."
        )
    known = variants.read(course, assignment)
    given = []
    for person in people:
        values = variants.draw(key, seed, assignment, person.student)
        if known and known.given.get(person.student, values) != values:
            raise CourseError(
                f"{person.student} has got other numbers for {assignment}. The seed in "
                "course.toml, the key or the data has changed; bring it back, or "
                f"delete {variants.kept(course, assignment)} to begin anew."
            )
        given.append((person, values))
    return given


def ask_who(
    release: NotebookNode, cell: str, given: Sequence[tuple[Person, Values]]
) -> None:
    """Make of a release one for all, whose data cell asks who one is.

    The names of others cannot be read in it.
    """
    release.cells = [c for c in release.cells if not c.source.startswith(variants.ALL)]
    place = next(i for i, c in enumerate(release.cells) if grade_id(c) == cell)
    salt = sha256(json.dumps([v for _, v in given]).encode()).hexdigest()[:8]
    whose = {
        sha256(f"{salt} {letters}".encode()).hexdigest()[:16]: number
        for letters, number in _whose([person for person, _ in given]).items()
    }
    listed = "\n".join(f"    {json.dumps(values)}," for _, values in given)
    everybody = nbformat.v4.new_code_cell(
        f"{variants.ALL}\nSALT = {json.dumps(salt)}\nWHOSE = {json.dumps(whose)}\n"
        f"VARIANTS = [\n{listed}\n]",
        id="variants",
        metadata={"jupyter": {"source_hidden": True}},
    )
    asks = release.cells[place]
    everybody.metadata.nbgrader = asks.metadata.nbgrader | {"grade_id": "variants"}
    asks.source = CHOOSING + variants.code(given[0][1], "VARIANTS[place]")
    asks.metadata.editable = True
    release.cells.insert(place, everybody)


def _packed(
    release: NotebookNode,
    cell: str,
    given: Sequence[tuple[Person, Values]],
    name: str,
) -> bytes:
    """An archive with a folder for each student, and their notebook in it."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        for person, values in given:
            notebook = deepcopy(release)
            for one in notebook.cells:
                if grade_id(one) == cell:
                    one.source = variants.own(values)
            path = f"{person.student}/{name}.ipynb"
            packed.writestr(zipfile.ZipInfo(path), nbformat.writes(notebook) + "\n")
    return content.getvalue()


def _keep(
    course: Course, assignment: str, given: Sequence[tuple[Person, Values]]
) -> None:
    entries = [
        {
            "student": person.student,
            "identifier": person.identifier,
            "email": person.email,
            "values": values,
        }
        for person, values in given
    ]
    gone = variants.read(course, assignment)
    there = {person.student for person, _ in given}
    for student, values in gone.given.items() if gone else ():
        if student not in there:  # who left the roster may have handed in
            entries.append(
                {"student": student, "identifier": "", "email": "", "values": values}
            )
    content = json.dumps(entries, indent=1, ensure_ascii=False)
    files.write(variants.kept(course, assignment), f"{content}\n")


def _whose(people: Sequence[Person]) -> dict[str, int]:
    """By what somebody may write, as letters: whose number it is, or SHARED.

    A name as the roster has it goes before one that only looks like it: first all
    names, then those without what tells namesakes apart, then those without accents.
    """
    found: dict[str, int] = {}
    bare = [SUFFIX.sub("", person.student) for person in people]
    spellings = [
        [{_letters(name) for name in person.names} for person in people],
        [{_letters(name)} for name in bare],
        [
            {_letters(_plain(person.student)), _letters(_plain(name))}
            for person, name in zip(people, bare, strict=True)
        ],
    ]
    for spelled in spellings:
        counts = Counter(letters for names in spelled for letters in names)
        claimed = {
            letters: number if counts[letters] == 1 else SHARED
            for number, names in enumerate(spelled)
            for letters in sorted(names - {""})
        }
        found = claimed | found
    return found


def _letters(name: str) -> str:
    """What the data cell makes of a name."""
    return "".join(filter(str.isalnum, normalize("NFKC", name).casefold()))


def _plain(name: str) -> str:
    """What the data cell makes of a name that it does not know as it is written."""
    return "".join(filter(str.isalnum, normalize("NFKD", name.translate(STROKES))))
