"""`python -m classroom hub ROSTER`: codes for who is new, slips, and open doors."""

import argparse
import importlib.util
from pathlib import Path

from .. import roster
from ..counting import counted
from ..course import Course, CourseError
from ..sandbox import bubblewrap
from . import slips
from .configuration import MISSING, PROXY, Serving, node, settle
from .state import State


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command may be told."""
    parser.add_argument(
        "roster",
        metavar="ROSTER",
        help="who takes the course: a text file (.txt) with a name on each line, a CSV "
        "with the column `name`, Moodle's grading worksheet, or Canvas's gradebook",
    )
    parser.add_argument(
        "--ip",
        default=Serving.ip,
        help="where to serve (default: %(default)s, this machine only); another "
        "address needs --cert and --key",
    )
    parser.add_argument("--port", type=int, default=Serving.port)
    parser.add_argument("--cert", type=Path, metavar="FILE", help="for TLS")
    parser.add_argument("--key", type=Path, metavar="FILE", help="for TLS")
    parser.add_argument(
        "--slips",
        type=Path,
        metavar="FILE",
        help="where to write the slips of those who get a code: a page to print, or "
        "text if it ends in .txt (default: hub/slips.html of the course)",
    )
    parser.add_argument(
        "--new-code",
        action="append",
        default=[],
        metavar="LOGIN",
        help="a new code for this one; may be repeated",
    )
    parser.add_argument(
        "--idle-minutes",
        type=float,
        default=Serving.idle_minutes,
        help="end a server that nobody has used for so long (default: %(default)g)",
    )
    parser.add_argument(
        "--starts",
        type=int,
        default=Serving.starts,
        help="servers that start at the same time; who comes later waits for a turn "
        "(default: one for each core, here %(default)s)",
    )
    parser.add_argument(
        "--servers",
        type=int,
        default=Serving.servers,
        help="servers that may run at the same time (default: one for each student)",
    )
    parser.add_argument(
        "--only-slips", action="store_true", help="write slips, and do not serve"
    )


def run(course: Course, said: argparse.Namespace) -> None:
    """Enrol who is new, write their slips, and serve until Ctrl-C.

    Raises
    ------
    CourseError
        If something is missing, or the roster cannot be read.
    """
    serving = Serving(
        said.ip, said.port, said.cert, said.key,
        said.idle_minutes, said.starts, said.servers,
    )  # fmt: skip
    serving.check()
    state = State.of(course)
    people = roster.read(course, said.roster)
    if not said.only_slips:
        _look()
    state.make()
    settle(state)
    given = state.enrol(people, said.new_code)
    if given:
        path = said.slips or state.root / "slips.html"
        slips.write(path, given, serving.address(state))
        mine = "" if all(one.student for one, _ in given) else ", the first one yours"
        print(f"{path}: {counted(len(given), 'slip')}{mine}.")
        print("Print that page, hand the slips out, and delete the file.")
    if said.only_slips:
        return
    from .running.serving import serve

    count = counted(len(people), "student")
    print(f"{serving.address(state)} serves {count}. Ctrl-C ends it.")
    print(f"{serving.address(state)}services/class/ is your page.")
    print(f"What goes wrong stands here, and all that happens in {state.log}.")
    serve(state, serving)


def _look() -> None:
    """See that all is there that a hub needs."""
    names = ("jupyterhub", "jupyterhub_idle_culler", "jupyterlab")
    if not all(map(importlib.util.find_spec, names)) or not PROXY.exists():
        raise CourseError(MISSING)
    node()
    if not bubblewrap.is_available():
        raise CourseError(bubblewrap.WITHOUT.split("; or say")[0] + ".")
