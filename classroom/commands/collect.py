"""`python -m classroom collect NAME`: takes in what was handed in."""

import argparse
from pathlib import Path

from .. import roster
from ..collect import collect, collect_from_exchange, collect_from_hub
from ..counting import counted
from ..course import Course
from . import warning


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command may be told."""
    place = parser.add_mutually_exclusive_group(required=True)
    place.add_argument(
        "--from", dest="place", type=Path, help="a folder, or an archive"
    )
    place.add_argument("--exchange", action="store_true", help="nbgrader's exchange")
    place.add_argument(
        "--hub", action="store_true", help="what was handed in on the hub"
    )
    parser.add_argument(
        "--roster",
        metavar="FILE",
        help="who takes the course: a CSV, Moodle's grading worksheet, Canvas's "
        "gradebook, or the word `gradebook` for nbgrader's own list",
    )


def run(course: Course, said: argparse.Namespace) -> None:
    """Take in what was handed in, and say whose and what was not."""
    if said.roster:
        people = roster.read(course, said.roster)
        roster.keep(course, said.assignment, people)
    if said.exchange:
        found = collect_from_exchange(course, said.assignment)
    elif said.hub:
        found = collect_from_hub(course, said.assignment)
    else:
        found = collect(course, said.assignment, said.place)
    for student, names in found.taken.items():
        if len(names) > 1:
            print(f"{student} handed in {len(names)} times; taken is {names[-1]}")
    for student, called in found.spelled.items():
        print(
            f"look at {student}: the names {', '.join(called)} were taken for one "
            "person's. If they are two, rename the other's file, and collect again."
        )
    for left in found.left:
        print(f"not taken from {left}")
    if found.by_name_only:
        print(
            "look at the roster: it has none of the numbers in the archive, so people "
            "were found by their names. It may be the worksheet of another assignment."
        )
    for title, names in (
        ("No notebook from", found.without),
        ("No notebook that can be read; the earlier one counts", found.stays),
        ("In time, and again late, which counts", found.late),
        ("Not on the roster", found.strangers),
        ("Perhaps a group; give --roster to know its members", found.groups),
        ("Handed in nothing", found.missing),
    ):
        if names:
            print(f"{title}: {', '.join(names)}")
    warning.of_unknown(course, said.assignment)
    print(counted(len(found.taken), "submission"))
