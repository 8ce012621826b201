"""`python -m classroom feedback NAME`: writes a page for each student."""

import argparse
from pathlib import Path

from .. import submissions, worksheets
from ..counting import counted
from ..course import Course
from ..feedback import feedback
from ..filling import pack
from ..hub import passing
from ..options import new_file
from . import warning


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command may be told."""
    parser.add_argument(
        "--hub", action="store_true", help="also let students on the hub fetch it"
    )
    parser.add_argument(
        "--worksheet",
        type=Path,
        metavar="FILE",
        help="Moodle's grading worksheet: also pack the pages in an archive, for "
        "`Upload multiple feedback files in a zip`",
    )
    parser.add_argument(
        "--to", type=new_file, help="the archive (default: ASSIGNMENT_feedback.zip)"
    )


def run(course: Course, said: argparse.Namespace) -> None:
    """Write a page for each student."""
    sheet = said.worksheet and worksheets.read(said.worksheet, said.assignment)
    warning.of_outdated(course, said.assignment)
    pages = feedback(course, said.assignment)
    print(f"{counted(len(pages), 'page')} in {course.root / 'feedback'}")
    if said.hub:
        given = passing.give_back(course, said.assignment, pages)
        print(f"{counted(len(given), 'page')} can be fetched on the hub")
    if sheet:
        path = said.to or Path(f"{said.assignment}_feedback.zip")
        records = {page: _record(course, page) for page in pages}
        left = pack(sheet, records, path)
        print(f"{path}: {counted(len(pages) - len(left), 'page')}")
        for record in left:
            print(f"  {record.student} has no row in {sheet.path}")


def _record(course: Course, page: Path) -> submissions.Submission:
    return submissions.read(course, page.parent.parent.name, page.parent.name)
