"""The answers in `wrong/` get what their file says, on every engine and database."""

import json
import os
import shutil
import subprocess
import sys
import time
from functools import partial

import pytest

from classroom import answers, engines
from classroom.course import HERE
from classroom.grade import grade
from classroom.release import release
from tests.classroom.conftest import needs_sandbox, new_course
from tests.classroom.postgres import running

pytestmark = [needs_sandbox, pytest.mark.classroom]
ASSIGNMENTS = sorted(path.stem for path in (HERE / "assignments/wrong").glob("*.toml"))
ENGINES = {
    "serial": engines.serial,
    "processes": partial(engines.processes, workers=2),
    "dask": engines.dask,
}


@pytest.fixture(scope="module")
def everything(tmp_path_factory):
    """A course with all assignments released."""
    course = new_course(tmp_path_factory.mktemp("answers"))
    for assignment in ASSIGNMENTS:
        release(course, assignment)
    return course


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_answers_get_what_their_file_says(everything, assignment, engine):
    found = answers.hand_in_all(everything, assignment)

    grade(everything, assignment, ENGINES[engine], force=True)

    assert list(answers.wrongly_graded(everything, assignment, found)) == []


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_there_are_enough_answers(everything, assignment):
    loaded = answers.load(everything, assignment)

    assert sum(answer.is_right for answer in loaded) >= 10
    assert sum(not answer.is_right for answer in loaded) >= 10
    assert len({answer.name for answer in loaded}) == len(loaded)


def test_workers_elsewhere_need_no_solution_and_no_database(everything, tmp_path):
    """A Dask scheduler and two workers, in a folder with the sandbox alone."""
    shutil.copytree(HERE / "sandbox", tmp_path / "classroom/sandbox")
    (tmp_path / "classroom/__init__.py").touch()
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    found = answers.hand_in_all(everything, ASSIGNMENTS[0])
    file = tmp_path / "scheduler.json"
    servers = []

    def start(part, *options):
        words = (f"distributed.cli.dask_{part}", "--scheduler-file", str(file))
        command = [sys.executable, "-m", *words, "--no-dashboard", *options]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        servers.append(
            subprocess.Popen(command, cwd=tmp_path, env=environment, **quiet)
        )

    start("scheduler", "--host", "127.0.0.1", "--port", "0")
    start("worker", "--nworkers", "2", "--nthreads", "1")
    try:
        while not file.exists():
            assert servers[0].poll() is None
            time.sleep(0.1)
        engine = partial(
            engines.dask, scheduler=json.loads(file.read_text())["address"]
        )
        grade(everything, ASSIGNMENTS[0], engine, force=True)
    finally:
        for server in reversed(servers):
            server.terminate()
            server.wait(30)

    assert list(answers.wrongly_graded(everything, ASSIGNMENTS[0], found)) == []


@pytest.fixture
def postgres():
    with running() as address:
        if address is None:
            pytest.skip("PostgreSQL is not installed")
        yield address


def test_grades_may_live_in_postgresql(everything, postgres, tmp_path):
    course = new_course(tmp_path / "course", postgres)
    release(course, ASSIGNMENTS[0])
    found = answers.hand_in_all(course, ASSIGNMENTS[0])

    grade(course, ASSIGNMENTS[0], ENGINES["processes"])

    assert list(answers.wrongly_graded(course, ASSIGNMENTS[0], found)) == []
    assert not (course.root / "gradebook.db").exists()
