"""`python -m classroom release NAME`: makes the notebook that students get."""

import argparse
from pathlib import Path

from .. import handouts, roster
from ..counting import counted
from ..course import BOOK_SITE, Course
from ..hub import passing
from ..publish import publish
from ..release import points, release


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command may be told."""
    parser.add_argument(
        "--hub", action="store_true", help="let students on the hub fetch it"
    )
    parser.add_argument(
        "--variants",
        metavar="ROSTER",
        help="numbers and data of their own for everybody on it: a table as for "
        "`collect --roster`. They are drawn from the `seed` of course.toml",
    )
    parser.add_argument(
        "--site",
        type=Path,
        metavar="FOLDER",
        help="also put it into this built site, such as _build/html, where a link "
        "opens it in the browser; what the site tells is looked at, too",
    )


def run(course: Course, said: argparse.Namespace) -> None:
    """Make the notebook that students get, and say where it is."""
    people = roster.read(course, said.variants) if said.variants else []
    path = release(course, said.assignment, said.site or BOOK_SITE, people)
    by_program, by_hand = points(course, said.assignment)
    print(f"{path}\n{counted(by_program, 'point')} by program, {by_hand:g} by hand")
    if said.hub:
        print(f"students can fetch it: {passing.hand_out(course, said.assignment)}")
    if people:
        roster.keep(course, said.assignment, people)
        archive = handouts.archive(course, said.assignment)
        print(
            f"{counted(len(people), 'variant')}. This one notebook asks everybody for "
            f"their name; {archive} has one for each, where you can send them."
        )
    if said.site:
        link = publish(course, said.assignment, said.site)
        print(f"On the site it opens by {link}")
