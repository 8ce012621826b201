"""`python -m classroom try NAME`: grades known answers, and compares."""

import argparse
import shutil
import tempfile
from pathlib import Path

from tqdm import tqdm

from .. import answers, engines
from ..counting import counted
from ..course import Course, CourseError
from ..grade import grade
from ..release import release


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command may be told."""
    parser.add_argument("--quiet", action="store_true", help="no progress bar")


def run(course: Course, said: argparse.Namespace) -> None:
    """Grade the answers in `wrong/`, and compare with what their files say."""
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
