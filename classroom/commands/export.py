"""`python -m classroom export NAME`: writes the grades, or sends them."""

import argparse
from pathlib import Path

from .. import worksheets
from ..counting import counted
from ..course import Course
from ..export import FORMATS, export, grades
from ..filling import fill, remember
from ..lti import commands as of_lti
from ..options import new_file
from . import warning


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command may be told."""
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument(
        "--worksheet",
        type=Path,
        metavar="FILE",
        help="fill in the table that the platform gave you: Moodle's grading "
        "worksheet, for `Upload grading worksheet`; Canvas's exported gradebook, for "
        "`Import`. Only cells of grades and comments change",
    )
    kind.add_argument(
        "--format",
        choices=FORMATS,
        default="all",
        help="a table of its own: all that is known (the default); `canvas`, for a "
        "gradebook that has no such assignment yet; `moodle`, for the CSV import of "
        "its gradebook by email, which overrides what stands there",
    )
    kind.add_argument(
        "--lti",
        type=Path,
        metavar="PLATFORM",
        help="send the scores to the platform that this platform.toml tells of, "
        "and write no table. What was sent is remembered: the same command goes on",
    )
    parser.add_argument(
        "--column",
        default="",
        metavar="TITLE",
        help="what Canvas calls the assignment, with or without the number in "
        "brackets (default: ASSIGNMENT)",
    )
    parser.add_argument(
        "--to", type=new_file, help="the file (default: ASSIGNMENT.csv)"
    )
    parser.add_argument(
        "--quiet", action="store_true", help="no progress bar, for --lti"
    )


def run(course: Course, said: argparse.Namespace) -> None:
    """Write the grades into a table, or send them to the platform."""
    warning.of_outdated(course, said.assignment)
    if said.lti:
        of_lti.send(course, said)
        return
    path = said.to or Path(f"{said.assignment}.csv")
    sheet = said.worksheet and worksheets.read(
        said.worksheet, said.assignment, said.column
    )
    graded = list(grades(course, said.assignment))
    if sheet:
        remember(course, graded)
        notes = fill(sheet, graded, path)
    else:
        notes = export(graded, said.format, path)
    blank = [one for one in graded if one.score is None]
    students = counted(len(graded), "student")
    print(f"{path}: {students}, {len(blank)} without a grade yet")
    for note in notes:
        print(f"  {note}")
    missing = sum(one.is_missing for one in graded)
    review = sum(one.record.needs_review and not one.is_missing for one in graded)
    for count, verb, what in (
        (missing, ("handed", "handed"), "in nothing"),
        (review, ("needs", "need"), "a look: see the status of each"),
        (
            len(blank) - missing - review,
            ("has", "have"),
            "an answer in words that nobody has read",
        ),
    ):
        if count:
            print(f"  {counted(count, *verb)} {what}")
