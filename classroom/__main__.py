"""The class from the command line: release, try, collect, grade, feedback, export."""

import argparse
import io
import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from tqdm import tqdm

from . import answers, cleaning, engines, lateness, roster, submissions
from .collect import collect, collect_from_exchange
from .course import HERE, Course, CourseError
from .export import FORMATS, NO_POINTS, export
from .feedback import feedback
from .grade import Engine, grade
from .release import points, release
from .sandbox import Limits


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns 0 if all went well."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a name may have letters it lacks
            stream.reconfigure(errors="replace")
    said = _parser().parse_args(arguments)
    course = Course(said.course.resolve(), said.db, getattr(said, "trust", False))
    try:
        said.command(course, said)
    except CourseError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:  # a full disk, a folder that may not be written
        print(
            f"{error}. Mend that, and run the command again: it goes on where it "
            "stopped.",
            file=sys.stderr,
        )
        return 1
    except KeyboardInterrupt:
        print(
            "Interrupted. The same command goes on where it stopped.", file=sys.stderr
        )
        return 130
    return 0


def _release(course: Course, said: argparse.Namespace) -> None:
    path = release(course, said.assignment)
    by_program, by_hand = points(course, said.assignment)
    print(f"{path}\n{by_program:g} points by program, {by_hand:g} by hand")


def _collect(course: Course, said: argparse.Namespace) -> None:
    if said.roster:
        people = roster.read(course, said.roster)
        roster.keep(course, said.assignment, people)
    if said.exchange:
        found = collect_from_exchange(course, said.assignment)
    else:
        found = collect(course, said.assignment, said.place)
    for student, names in found.taken.items():
        if len(names) > 1:
            print(f"{student} handed in {len(names)} times; taken is {names[-1]}")
    for left in found.left:
        print(f"not taken from {left}")
    for title, names in (
        ("No notebook from", found.without),
        ("Not on the roster", found.strangers),
        ("Perhaps a group; give --roster to know its members", found.groups),
        ("Handed in nothing", found.missing),
    ):
        if names:
            print(f"{title}: {', '.join(names)}")
    _warn_of_unknown(course, said.assignment)
    print(f"{len(found.taken)} submissions")


def _try(course: Course, said: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory() as folder:
        trial = Course(Path(folder))
        for name in ("source", "keys", "wrong"):
            shutil.copytree(course.root / name, trial.root / name)
        release(trial, said.assignment)
        handed_in = answers.hand_in_all(trial, said.assignment)
        with tqdm(total=len(handed_in), unit="answer", disable=said.quiet) as bar:
            grade(
                trial,
                said.assignment,
                engines.processes,
                progress=lambda record: bar.update(),
            )
        wrong = list(answers.wrongly_graded(trial, said.assignment, handed_in))
    if wrong:
        raise CourseError("\n".join(wrong))
    print(f"{len(handed_in)} answers, all graded as their file says")


def _grade(course: Course, said: argparse.Namespace) -> None:
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
    count = len(said.student or course.students(said.assignment))
    with tqdm(total=count, unit="submission", disable=said.quiet) as bar:
        graded = grade(
            course,
            said.assignment,
            known[said.engine],
            students=said.student or (),
            task=said.task,
            force=said.force,
            limits=Limits(seconds=said.seconds),
            progress=lambda record: bar.update(),
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
    if missing := roster.kept(course, said.assignment).missing(
        submissions.everybody(course, said.assignment)
    ):
        print(f"Handed in nothing: {', '.join(missing)}")
    _warn_of_unknown(course, said.assignment)


def _warn_of_unknown(course: Course, assignment: str) -> None:
    for what in lateness.unknown(course, assignment):
        print(f"look at course.toml: {what}")


def _feedback(course: Course, said: argparse.Namespace) -> None:
    pages = feedback(course, said.assignment)
    print(f"{len(pages)} pages in {course.root / 'feedback'}")


def _export(course: Course, said: argparse.Namespace) -> None:
    path = said.to or Path(f"{said.assignment}.csv")
    graded = export(course, said.assignment, said.format, path)
    blank = [one for one in graded if one.score is None]
    print(f"{path}: {len(graded)} students, {len(blank)} without a grade yet")
    missing = sum(one.is_missing for one in graded)
    review = sum(one.record.needs_review and not one.is_missing for one in graded)
    for count, why in (
        (missing, "handed in nothing"),
        (review, "need a look: see the status of each"),
        (len(blank) - missing - review, "have an answer in words that nobody has read"),
    ):
        if count:
            print(f"  {count} {why}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m classroom", description=__doc__)
    parser.set_defaults(command=None)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: object, says: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=says, description=says)
        sub.set_defaults(command=run)
        sub.add_argument("assignment", help="such as mean_squared_error")
        sub.add_argument(
            "--course",
            type=Path,
            default=HERE / "assignments",
            help="the folder of the course (default: %(default)s)",
        )
        sub.add_argument(
            "--db",
            metavar="URL",
            default=os.environ.get("LOSSBOOK_GRADEBOOK", ""),
            help="the database of the grades, such as postgresql+psycopg://… "
            "(default: $LOSSBOOK_GRADEBOOK, or gradebook.db of the course)",
        )
        return sub

    command("release", _release, "make the notebook that students get")
    sub = command("try", _try, "grade the answers in wrong/, and compare")
    sub.add_argument("--quiet", action="store_true", help="no progress bar")
    sub = command("collect", _collect, "take in what was handed in")
    place = sub.add_mutually_exclusive_group(required=True)
    place.add_argument(
        "--from", dest="place", type=Path, help="a folder, or an archive"
    )
    place.add_argument("--exchange", action="store_true", help="nbgrader's exchange")
    sub.add_argument(
        "--roster",
        metavar="FILE",
        help="who takes the course: a CSV, Moodle's grading worksheet, Canvas's "
        "gradebook, or the word `gradebook` for nbgrader's own list",
    )
    sub = command("grade", _grade, "run, judge and grade what was handed in")
    sub.add_argument(
        "--engine", choices=("serial", "processes", "dask"), default="processes"
    )
    sub.add_argument("--workers", type=int, help="processes (default: one a core)")
    sub.add_argument(
        "--scheduler", default="", metavar="ADDRESS", help="of Dask, such as tcp://…"
    )
    sub.add_argument(
        "--student", action="append", help="only this one; may be repeated"
    )
    sub.add_argument(
        "--task",
        default="",
        metavar="CELL",
        help="only the points of this test, such as linex_plain; the others stay",
    )
    sub.add_argument("--force", action="store_true", help="also what has been graded")
    sub.add_argument(
        "--seconds", type=float, default=Limits.seconds, help="for a whole notebook"
    )
    sub.add_argument(
        "--accept",
        action="store_true",
        help="take the points of --student as they are, after a look",
    )
    sub.add_argument(
        "--trust",
        action="store_true",
        help="run without a sandbox; only if you wrote all submissions yourself",
    )
    sub.add_argument("--quiet", action="store_true", help="no progress bar")
    command("feedback", _feedback, "write a page for each student")
    sub = command("export", _export, "write the grades as CSV")
    sub.add_argument("--format", choices=FORMATS, default="all")
    sub.add_argument("--to", type=Path, help="the file (default: ASSIGNMENT.csv)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
