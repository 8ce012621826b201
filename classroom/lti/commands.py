"""LTI from the command line: what a hub needs, who takes the course, and scores."""

import argparse
import importlib.util
import json
import sys
from pathlib import Path

from tqdm import tqdm

from classroom.counting import counted
from classroom.course import HERE, Course, CourseError
from classroom.export import grades
from classroom.options import new_file

from . import deploy, platform

# What asks and sends, `services`, is imported where it is used: it needs what only a
# hub has.


def add(commands: argparse._SubParsersAction) -> None:
    """Add the command `lti`."""
    says = "for a hub that a learning platform knows by LTI 1.3"
    sub = commands.add_parser(
        "lti",
        help=says,
        description=f"What is needed {says}. `platform.toml` says how the two know "
        "each other: see the page `A hub, or no server` of the book.",
    )
    sub.set_defaults(command=_run, course=HERE / "assignments", db="")
    sub.add_argument(
        "what",
        choices=("key", "names", *deploy.WRITERS),
        help="`key` makes our key, once, and prints the public part for the platform; "
        "`names` writes who takes the course, for `collect --roster`; `tljh` and "
        "`kubernetes` print the configuration of a hub",
    )
    sub.add_argument("platform", type=Path, help="the file platform.toml")
    sub.add_argument(
        "--to", type=new_file, help="for `names`: the file (default: roster.csv)"
    )


def _run(course: Course, said: argparse.Namespace) -> None:
    known = platform.read(said.platform)
    if said.what in deploy.WRITERS:
        print(deploy.WRITERS[said.what](known))
        return
    _need()
    from .services import keys, memberships, service

    if said.what == "key":
        if not known.key.exists():
            keys.make(known.key)
            print(f"{known.key} is new, and for nobody else's eyes", file=sys.stderr)
        key = keys.load(known.key)
        print(keys.public_pem(key))
        print(json.dumps(keys.public(key), indent=1))
        return
    people = memberships.learners(service.Service(known))
    path = said.to or Path("roster.csv")
    memberships.write(people, path)
    print(f"{path}: {counted(len(people), 'student')}")


def send(course: Course, said: argparse.Namespace) -> None:
    """Send the scores of an assignment, for `export --lti`.

    Raises
    ------
    CourseError
        If the platform cannot be asked, or takes some of the scores not.
    """
    _need()
    from .services import scores, service

    graded = list(grades(course, said.assignment))
    there = sum(not one.is_missing for one in graded)
    with tqdm(total=there, unit="score", disable=said.quiet) as bar:
        sent = scores.send(
            course,
            said.assignment,
            graded,
            service.Service(platform.read(said.lti)),
            progress=bar.update,
        )
    print(
        f"{counted(len(sent.scores), 'score')} sent, {len(sent.pending)} announced as "
        f"still to be read, {len(sent.same)} known there already"
    )
    if len(graded) > there:
        who = "student handed in nothing and gets", "students handed in nothing and get"
        print(f"  {counted(len(graded) - there, *who)} no score")
    if sent.strangers:
        print(f"Not on the roster, so not sent: {', '.join(sent.strangers)}")
    if sent.refused:
        refused = (f"not taken for {who}: {why}" for who, why in sent.refused.items())
        raise CourseError("\n".join(refused))


def _need() -> None:
    missing = [n for n in ("jwt", "requests") if importlib.util.find_spec(n) is None]
    if missing:
        raise CourseError(
            f"LTI needs {' and '.join(missing)}. Say `.venv/bin/uv pip install "
            "--python .venv/bin/python -e .[class,hub]`."
        )
