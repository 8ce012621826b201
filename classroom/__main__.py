"""The class from the command line: hub, release, try, collect, grade, feedback,
export, report, exam, lti; and the concept inventory, to see what a course has changed:
inventory, gains.

Which door is for what: Moodle and Canvas give you an archive of what was handed in,
for `collect --from`, and a table of people: Moodle's grading worksheet, or Canvas's
exported gradebook.  The table goes to `collect --roster`; `export --worksheet` fills
in that very file, to be uploaded again; `feedback --worksheet` packs the pages for
Moodle.  `export` alone writes all that is known, for you.  Where a hub is known to the
platform by LTI, `lti` asks it who takes the course, and `export --lti` sends it scores.
"""

import argparse
import io
import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from tqdm import tqdm

from . import (
    answers,
    basis,
    cleaning,
    engines,
    handouts,
    lateness,
    reporting,
    roster,
    submissions,
    worksheets,
)
from .collect import collect, collect_from_exchange, collect_from_hub
from .counting import counted
from .course import BOOK_SITE, HERE, Course, CourseError
from .exam import command as exam
from .export import FORMATS, NO_POINTS, export, grades
from .feedback import feedback
from .filling import fill, pack, remember
from .grade import Engine, grade
from .hub import command as hub, passing
from .inventory import commands as of_inventory
from .lti import commands as of_lti
from .options import new_file
from .publish import publish
from .release import points, release
from .sandbox import Limits


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns 0 if all went well."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a name may have letters it lacks
            stream.reconfigure(errors="replace")
    parser = _parser()
    said, others = parser.parse_known_args(arguments)
    if others:  # `Grades*.csv`, where there are two
        parser.error(
            f"unrecognized arguments: {' '.join(others)}. There is room for one file "
            "here; of several worksheets, name the one that you downloaded last."
        )
    root = getattr(said, "course", HERE / "assignments").resolve()
    course = Course(root, getattr(said, "db", ""), getattr(said, "trust", False))
    try:
        if not root.is_dir():
            raise CourseError(
                f"There is no folder {root}. --course names the one that holds "
                "`source` and `keys` of your course."
            )
        said.command(course, said)
        sys.stdout.flush()  # here one can still say what is wrong
    except BrokenPipeError:  # who read what we print has left, such as `head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
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


def _collect(course: Course, said: argparse.Namespace) -> None:
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
    _warn_of_unknown(course, said.assignment)
    print(counted(len(found.taken), "submission"))


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
    print(f"{counted(len(handed_in), 'answer')}, all graded as their file says")


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
    with ExitStack() as stack:
        bars: list[tqdm] = []  # none before there is something to grade
        new = partial(tqdm, unit="submission", disable=said.quiet)
        graded = grade(
            course,
            said.assignment,
            known[said.engine],
            students=said.student or (),
            task=said.task,
            force=said.force,
            limits=Limits(seconds=said.seconds),
            begin=lambda count: bars.append(stack.enter_context(new(total=count))),
            progress=lambda record: bars[0].update(),
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
    _warn_of_unknown(course, said.assignment)
    _warn_of_outdated(course, said.assignment)


def _warn_of_unknown(course: Course, assignment: str) -> None:
    for find in (lateness.unknown, lateness.unmeasured):
        for what in find(course, assignment):
            print(f"look at course.toml: {what}")


def _warn_of_outdated(course: Course, assignment: str) -> None:
    if outdated := basis.outdated(course, assignment):
        have = counted(len(outdated), "has points", "have points")
        again = f"python -m classroom grade {assignment}"
        print(f"{have} by an earlier key: run `{again}` again", file=sys.stderr)


def _feedback(course: Course, said: argparse.Namespace) -> None:
    sheet = said.worksheet and worksheets.read(said.worksheet, said.assignment)
    _warn_of_outdated(course, said.assignment)
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


def _export(course: Course, said: argparse.Namespace) -> None:
    _warn_of_outdated(course, said.assignment)
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


def _report(course: Course, said: argparse.Namespace) -> None:
    _warn_of_outdated(course, said.assignment)
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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "python -m classroom",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(command=None)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(
        name: str,
        run: object,
        says: str,
        asks: tuple[str, str] | None = ("assignment", "such as mean_squared_error"),
    ) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=says, description=says)
        sub.set_defaults(command=run)
        if asks:
            sub.add_argument(asks[0], help=asks[1])
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

    sub = command(
        "hub", hub.run, "serve the class on a JupyterHub, a code for each", None
    )
    hub.add_arguments(sub)
    sub = command("release", _release, "make the notebook that students get")
    sub.add_argument(
        "--hub", action="store_true", help="let students on the hub fetch it"
    )
    sub.add_argument(
        "--variants",
        metavar="ROSTER",
        help="numbers and data of their own for everybody on it: a table as for "
        "`collect --roster`. They are drawn from the `seed` of course.toml",
    )
    sub.add_argument(
        "--site",
        type=Path,
        metavar="FOLDER",
        help="also put it into this built site, such as _build/html, where a link "
        "opens it in the browser; what the site tells is looked at, too",
    )
    sub = command("try", _try, "grade the answers in wrong/, and compare")
    sub.add_argument("--quiet", action="store_true", help="no progress bar")
    sub = command("collect", _collect, "take in what was handed in")
    place = sub.add_mutually_exclusive_group(required=True)
    place.add_argument(
        "--from", dest="place", type=Path, help="a folder, or an archive"
    )
    place.add_argument("--exchange", action="store_true", help="nbgrader's exchange")
    place.add_argument(
        "--hub", action="store_true", help="what was handed in on the hub"
    )
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
    sub = command("feedback", _feedback, "write a page for each student")
    sub.add_argument(
        "--hub", action="store_true", help="also let students on the hub fetch it"
    )
    sub.add_argument(
        "--worksheet",
        type=Path,
        metavar="FILE",
        help="Moodle's grading worksheet: also pack the pages in an archive, for "
        "`Upload multiple feedback files in a zip`",
    )
    sub.add_argument(
        "--to", type=new_file, help="the archive (default: ASSIGNMENT_feedback.zip)"
    )
    sub = command("export", _export, "write the grades as CSV")
    kind = sub.add_mutually_exclusive_group()
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
    sub.add_argument(
        "--column",
        default="",
        metavar="TITLE",
        help="what Canvas calls the assignment, with or without the number in "
        "brackets (default: ASSIGNMENT)",
    )
    sub.add_argument("--to", type=new_file, help="the file (default: ASSIGNMENT.csv)")
    sub.add_argument("--quiet", action="store_true", help="no progress bar, for --lti")
    sub = command("report", _report, "say how tasks and goals went")
    sub.add_argument(
        "--to",
        type=Path,
        metavar="FOLDER",
        help="where to write it (default: reports/ASSIGNMENT of the course)",
    )
    sub.add_argument(
        "--names", action="store_true", help="say who; otherwise nobody is named"
    )
    sub = command(
        "exam",
        exam.run,
        "print a paper for each student, and the keys",
        ("exam", "its name, such as midterm: another one has other numbers"),
    )
    exam.add_arguments(sub)
    of_lti.add(commands)
    of_inventory.add(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
