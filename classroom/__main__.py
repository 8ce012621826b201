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
import sys
from collections.abc import Sequence
from pathlib import Path

from .commands import collect, export, feedback, grade, release, report, trial
from .course import HERE, Course, CourseError
from .exam import command as exam
from .hub import command as hub
from .inventory import commands as of_inventory
from .lti import commands as of_lti

EXAM = "exam", "its name, such as midterm: another one has other numbers"
ASSIGNMENT = "assignment", "such as mean_squared_error"
# What each is called, what it does in a line, and what it asks for, if anything.
COMMANDS = (
    ("hub", hub, "serve the class on a JupyterHub, a code for each", None),
    ("release", release, "make the notebook that students get", ASSIGNMENT),
    ("try", trial, "grade the answers in wrong/, and compare", ASSIGNMENT),
    ("collect", collect, "take in what was handed in", ASSIGNMENT),
    ("grade", grade, "run, judge and grade what was handed in", ASSIGNMENT),
    ("feedback", feedback, "write a page for each student", ASSIGNMENT),
    ("export", export, "write the grades as CSV", ASSIGNMENT),
    ("report", report, "say how tasks and goals went", ASSIGNMENT),
    ("exam", exam, "print a paper for each student, and the keys", EXAM),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns 0 if all went well."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a name may have letters it lacks
            stream.reconfigure(errors="replace")
    asked = parser()
    said, others = asked.parse_known_args(arguments)
    if others:  # `Grades*.csv`, where there are two
        asked.error(
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


def parser() -> argparse.ArgumentParser:
    """What can be said on the command line."""
    made = argparse.ArgumentParser(
        "python -m classroom",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.set_defaults(command=None)
    commands = made.add_subparsers(required=True, metavar="COMMAND")
    for name, command, says, asks in COMMANDS:
        sub = commands.add_parser(name, help=says, description=says)
        sub.set_defaults(command=command.run)
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
        command.add_arguments(sub)
    of_lti.add(commands)
    of_inventory.add(commands)
    return made


if __name__ == "__main__":
    sys.exit(main())
