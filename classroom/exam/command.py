"""`python -m classroom exam NAME`: a paper for each student, and the keys."""

import argparse
from pathlib import Path

from lossbook.study import bank

from .. import cleaning, roster
from ..counting import counted
from ..course import HERE, Course, CourseError
from .papers import papers
from .writing import write


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command may be told."""
    parser.add_argument(
        "--roster", metavar="FILE", required=True, help="as for `collect --roster`"
    )
    parser.add_argument(
        "--questions",
        type=Path,
        metavar="FOLDER",
        default=HERE / "questions",
        help="the bank, a folder of .toml (default: %(default)s)",
    )
    parser.add_argument(
        "--topic", action="append", help="only this one, such as hinge; may be repeated"
    )
    parser.add_argument("--title", help="what stands on the paper (default: its name)")
    parser.add_argument(
        "--pdf",
        action="store_true",
        help="print PDFs, too; needs Chromium, Chrome or Edge",
    )
    parser.add_argument(
        "--to",
        type=Path,
        metavar="FOLDER",
        help="where to write (default: exams/EXAM of the course)",
    )


def run(course: Course, said: argparse.Namespace) -> None:
    """Write papers and keys.

    Raises
    ------
    CourseError
        If the roster or the questions cannot be read.
    """
    try:
        topics = said.topic or bank.topics(said.questions)
        asked = [q for topic in topics for q in bank.questions(topic, said.questions)]
    except (KeyError, ValueError) as error:
        raise CourseError(str(error.args[0])) from error
    if not asked:
        raise CourseError(
            f"There are no question files (.toml) in {said.questions.absolute()}."
        )
    people = roster.read(course, said.roster)
    names = {person.student: person.written for person in people if person.written}
    made = papers(
        asked, [person.student for person in people], course.seed, said.exam, names
    )
    folder = said.to or course.root / "exams" / cleaning.name(said.exam)
    title = said.title or said.exam
    for path in write(made, title, folder, pdf=said.pdf):
        print(path)
    print(f"{counted(len(made), 'paper')} of {counted(len(asked), 'question')}")
