"""`python -m classroom report NAME`: says how tasks and goals went."""

import argparse
from pathlib import Path

from .. import reporting
from ..counting import counted
from ..course import Course
from . import warning


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command may be told."""
    parser.add_argument(
        "--to",
        type=Path,
        metavar="FOLDER",
        help="where to write it (default: reports/ASSIGNMENT of the course)",
    )
    parser.add_argument(
        "--names", action="store_true", help="say who; otherwise nobody is named"
    )


def run(course: Course, said: argparse.Namespace) -> None:
    """Write the report, and say what is not counted in it."""
    warning.of_outdated(course, said.assignment)
    found = reporting.report(course, said.assignment)
    folder = said.to or course.root / "reports" / said.assignment
    page = reporting.write(found, folder, names=said.names)
    print(f"{page}: {counted(len(found.marks), 'student')}")
    if found.unseen:
        more = counted(found.unseen, "more needs a look", "more need a look")
        print(f"  {more}, and not counted until then")
    if unread := sum(found.unread):
        answers_are = counted(unread, "answer is", "answers are")
        print(f"  {answers_are} not read yet, and not counted until then")
