"""The inventory from the command line: hand a form out, compare before and after."""

import argparse
from pathlib import Path

from classroom import cleaning, files
from classroom.course import Course
from classroom.options import new_file
from classroom.reporting.page import keep

from .forms import FORMS, form
from .gains import Gains, gains
from .gains_page import page
from .gains_tables import tables
from .handout import handout

HAND_OUT = """Give one half of a class form_a before the course and form_b after it, and
the other half form_b before and form_a after: so a form that is easier does not look
like learning. Everybody writes the same name or code both times. The page asks and
saves without a network, and does not know what is right. Do not publish it.

For Moodle or Canvas: python -m lossbook export moodle --bank classroom/inventory
"""


def add(commands: argparse._SubParsersAction) -> None:
    """Add the commands `inventory` and `gains`."""
    says = "make the page of a form of the concept inventory, to hand out"
    sub = commands.add_parser(
        "inventory",
        help=says,
        description=says,
        epilog=HAND_OUT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    sub.set_defaults(command=_inventory)
    sub.add_argument("form", choices=FORMS)
    sub.add_argument("--to", type=new_file, help="the page (default: FORM.html)")
    says = "say what a class has gained between the forms of the inventory"
    sub = commands.add_parser("gains", help=says, description=says)
    sub.set_defaults(command=_gains)
    for name in ("before", "after"):
        sub.add_argument(
            name,
            type=Path,
            metavar=name.upper(),
            help=f"what was saved {name} the course: a folder, or an archive",
        )
    sub.add_argument(
        "--to",
        type=Path,
        metavar="FOLDER",
        default=Path("gains"),
        help="where to write the page and the tables (default: %(default)s)",
    )
    sub.add_argument(
        "--names", action="store_true", help="say who; otherwise nobody is named"
    )


def write(found: Gains, folder: Path, *, names: bool = False) -> Path:
    """Write the gains into a folder, as a page and as tables; returns the page."""
    as_tables = tables(found, names=names)
    return keep(folder, page(found, names=names), as_tables, "people")


def _inventory(course: Course, said: argparse.Namespace) -> None:
    path = said.to or Path(f"{said.form}.html")
    files.write(path, handout(form(said.form)))
    print(f"{path}: hand it out as a file, and publish it nowhere")


def _gains(course: Course, said: argparse.Namespace) -> None:
    found = gains(said.before, said.after)
    path = write(found, said.to, names=said.names)
    for one in found.left:
        print(f"not taken: {cleaning.line(one)}")
    print(
        f"{path}: {found.gain.pairs} answered both times, {len(found.only_before)} "
        f"only before, {len(found.only_after)} only after"
    )
