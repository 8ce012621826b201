"""Killed at any point, again and again, a grading ends as if nothing had been.

`make test-kills` kills fifty times in a grading of sixty.
"""

import contextlib
import os
import random
import subprocess
import sys
import time

import psutil
import pytest

from classroom import submissions
from classroom.export import grades
from classroom.grade import grade
from classroom.release import release
from tests.classroom.conftest import (
    ASSIGNMENT,
    hand_in_right,
    needs_sandbox,
    new_course,
)

pytestmark = [needs_sandbox, pytest.mark.classroom]
KILLS = int(os.environ.get("LOSSBOOK_KILLS", "3"))
STUDENTS = 60 if KILLS > 3 else 10
SEED = 2026
ANSWERS = [
    {},
    {"linex": "def linex(y, y_hat, a):\n    return 0.0"},
    {"pseudo_huber": "def pseudo_huber(y, y_hat, delta):\n    return np.mean(y)"},
    {"assessor": "Write your answer here, in place of this line."},
]


def graded_course(folder):
    course = new_course(folder)
    release(course, ASSIGNMENT)
    for number in range(STUDENTS):
        hand_in_right(course, f"student {number}", **ANSWERS[number % len(ANSWERS)])
    return course


def results(course):
    return {
        g.record.student: (g.status, g.by_program, g.by_hand)
        for g in grades(course, ASSIGNMENT)
    }


def workers_of(running):
    """The processes that a grading has started; what runs in a sandbox is not ours."""
    try:
        children = psutil.Process(running.pid).children()
    except psutil.NoSuchProcess:
        return []
    return [one for one in children if "spawn_main" in " ".join(one.cmdline())]


def test_kills_change_nothing(tmp_path):
    undisturbed = graded_course(tmp_path / "undisturbed")
    grade(undisturbed, ASSIGNMENT)
    course = graded_course(tmp_path / "killed")
    words = ["grade", ASSIGNMENT, "--course", str(course.root), "--quiet"]
    command = [sys.executable, "-m", "classroom", *words]
    random_ = random.Random(SEED)  # noqa: S311
    killed = {"the coordinator": 0, "a worker": 0}
    running = None
    while sum(killed.values()) < KILLS:
        if running is None or running.poll() is not None:
            done = sum(
                bool(submissions.read(course, student, ASSIGNMENT).status)
                for student in course.students(ASSIGNMENT)
            )
            # All graded before the last kill: from the beginning, then.
            again = ["--force"] if done == STUDENTS else []
            running = subprocess.Popen([*command, *again], stdout=subprocess.DEVNULL)
        time.sleep(random_.uniform(0.5, 4))
        with contextlib.suppress(psutil.NoSuchProcess, ProcessLookupError):
            if random_.random() < 0.5:
                while running.poll() is None and not workers_of(running):
                    time.sleep(0.1)
                if workers := workers_of(running):
                    random_.choice(workers).kill()
                    killed["a worker"] += 1
            else:
                running.kill()
                running.wait()
                killed["the coordinator"] += 1
    running.kill()
    running.wait()

    finished = subprocess.run(command, capture_output=True, text=True)

    assert finished.returncode == 0, finished.stderr
    assert all(killed.values()), killed
    assert results(course) == results(undisturbed)
