"""`python -m classroom grade NAME`: runs, judges and grades it."""

import argparse
from collections import Counter
from functools import partial

from tqdm import tqdm

from .. import cleaning, engines, roster, submissions
from ..course import Course, CourseError
from ..export import NO_POINTS
from ..grade import Engine, grade
from ..sandbox import Limits
from . import warning


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command may be told."""
    parser.add_argument(
        "--engine", choices=("serial", "processes", "dask"), default="processes"
    )
    parser.add_argument("--workers", type=int, help="processes (default: one a core)")
    parser.add_argument(
        "--scheduler", default="", metavar="ADDRESS", help="of Dask, such as tcp://…"
    )
    parser.add_argument(
        "--student", action="append", help="only this one; may be repeated"
    )
    parser.add_argument(
        "--task",
        default="",
        metavar="CELL",
        help="only the points of this test, such as linex_plain; the others stay",
    )
    parser.add_argument(
        "--force", action="store_true", help="also what has been graded"
    )
    parser.add_argument(
        "--seconds", type=float, default=Limits.seconds, help="for a whole notebook"
    )
    parser.add_argument(
        "--accept",
        action="store_true",
        help="take the points of --student as they are, after a look",
    )
    parser.add_argument(
        "--trust",
        action="store_true",
        help="run without a sandbox; only if you wrote all submissions yourself",
    )
    parser.add_argument("--quiet", action="store_true", help="no progress bar")


def run(course: Course, said: argparse.Namespace) -> None:
    """Grade what was handed in, and say what to look at."""
    if said.accept:
        if not said.student:
            raise CourseError("Whose points? Say --student NAME with --accept.")
        for student in said.student:
            record = submissions.read(course, student, said.assignment)
            if record.status in ("", *NO_POINTS):
                raise CourseError(f"There is nothing of {student} to accept.")
            submissions.write(course, record.but(accepted=True))
        return
    known: dict[str, Engine] = {
        "serial": engines.serial,
        "processes": partial(engines.processes, workers=said.workers),
        "dask": partial(engines.dask, scheduler=said.scheduler),
    }
    graded = grade(
        course,
        said.assignment,
        known[said.engine],
        students=said.student or (),
        task=said.task,
        force=said.force,
        limits=Limits(seconds=said.seconds),
        bar=lambda results, count: tqdm(
            results, total=count, unit="submission", disable=said.quiet
        ),
    )
    counts = Counter(record.status for record in graded)
    print(", ".join(f"{count} {status}" for status, count in counts.most_common()))
    if any(record.walls == "watcher" for record in graded):
        print(
            "Memory and processes were watched, ten times a second: this machine lets "
            "us make no control groups, which would limit them at every moment."
        )
    for record in graded:
        if record.needs_review:
            reason = cleaning.line(record.reason)
            print(f"look at {record.student}: {record.status}. {reason}")
        if record.variant_of:
            print(f"look at {record.student}: answers of {record.variant_of}'s variant")
    if missing := roster.kept(course, said.assignment).missing(
        submissions.everybody(course, said.assignment)
    ):
        print(f"Handed in nothing: {', '.join(missing)}")
    warning.of_unknown(course, said.assignment)
    warning.of_outdated(course, said.assignment)
