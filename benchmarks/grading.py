"""How many submissions are graded in a minute, on each engine and by nbgrader itself.

The same right submissions of one assignment each time.  Ours run in the sandbox and are
judged outside; nbgrader's own command runs them as it comes, without walls, and without
our tests.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import nbformat

from classroom import answers, engines
from classroom.course import HERE, Course
from classroom.grade import grade
from classroom.release import release

from . import machine

ASSIGNMENT = "mean_squared_error"
GOAL = 20  # submissions a minute on one core
SPEED_UP = 1.6  # two processes against one


def main() -> None:
    """Grade the same submissions in each way, and print them side by side."""
    parser = argparse.ArgumentParser(
        "python -m benchmarks.grading", description=__doc__
    )
    parser.add_argument("--submissions", type=int, default=20)
    count = parser.parse_args().submissions
    # One process each; a second thread of a matrix product would count as another.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    print(f"load {machine.load()}, {count} submissions")
    with tempfile.TemporaryDirectory() as folder:
        course = prepared(Path(folder), count)
        ways: dict[str, Callable[[], object]] = {
            "nbgrader autograde": partial(with_nbgrader, course),
            "serial": partial(with_engine, course, engines.serial),
            "1 process": partial(with_engine, course, workers(1)),
            "2 processes": partial(with_engine, course, workers(2)),
            "dask, a worker a core": partial(with_engine, course, engines.dask),
        }
        rates = {}
        for name, run in ways.items():
            began = time.perf_counter()
            run()
            rates[name] = 60 * count / (time.perf_counter() - began)
            print(f"{name:>22}: {rates[name]:5.1f} a minute", flush=True)
    ratio = rates["2 processes"] / rates["1 process"]
    print(f"one process against the goal of {GOAL}: {rates['1 process'] / GOAL:.2f}")
    print(f"two processes against one: {ratio:.2f} (goal: {SPEED_UP})")


def workers(number: int) -> Callable:
    """The engine of processes, with so many."""
    return partial(engines.processes, workers=number)


def prepared(folder: Path, count: int, database: str = "") -> Course:
    """A course to which so many right answers have been handed in."""
    for name in ("source", "keys"):
        shutil.copytree(HERE / "assignments" / name, folder / name)
    course = Course(folder, database)
    release(course, ASSIGNMENT)
    text = nbformat.writes(answers.notebook(course, ASSIGNMENT, {}))
    for number in range(count):
        answers.hand_in(course, ASSIGNMENT, f"student {number}", text)
    return course


def with_engine(course: Course, engine: Callable) -> None:
    """Grade all of them again."""
    records = grade(course, ASSIGNMENT, engine, force=True)
    if {record.status for record in records} != {"ok"}:
        raise RuntimeError("not all submissions were graded")


def with_nbgrader(course: Course) -> None:
    """The same with nbgrader's own command."""
    words = ("autograde", ASSIGNMENT, "--force", f"--course-dir={course.root}")
    command = [sys.executable, "-m", "nbgrader", *words, f"--db={course.db_url}"]
    subprocess.run(  # noqa: S603 - our own words
        [*command, "--course=lossbook"],
        check=True,
        capture_output=True,
        cwd=course.root,
    )


if __name__ == "__main__":
    main()
