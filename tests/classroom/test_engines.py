"""Every engine hands over each task once, whatever happens to its workers."""

import os
import random
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import psutil
import pytest

from classroom import engines

TASKS = [(f"student {i}", f"notebook {i}") for i in range(7)]
ENGINES = {
    "serial": engines.serial,
    "processes": partial(engines.processes, workers=2),
    "dask": engines.dask,
}
# Dask brings a scheduler and workers of its own: seconds for each test.
by_dask = pytest.param("dask", marks=pytest.mark.classroom)
every_engine = pytest.mark.parametrize("engine", ["serial", "processes", by_dask])
every_pool = pytest.mark.parametrize("engine", ["processes", by_dask])
quiet = pytest.mark.filterwarnings("ignore")  # of Dask, that a worker died


def answered(text):
    return {"notebook": text.upper(), "status": "ok"}


def killed_once(mark, text):
    """Kills the process that it runs in, the first time it meets notebook 3."""
    if text == "notebook 3":
        try:
            Path(mark).touch(exist_ok=False)
        except FileExistsError:
            return answered(text)
        os.kill(os.getpid(), signal.SIGKILL)
    return answered(text)


def often_killed(folder, text):
    """Dies twice in a few of the tasks, at once or a little later."""
    chance = random.Random(text)  # noqa: S311
    for time_ in range(engines.TRIES - 1):
        mark = Path(folder) / f"{text} {time_}"
        if chance.random() < 0.2 and not mark.exists():
            mark.touch()
            time.sleep(chance.random() / 50)
            os.kill(os.getpid(), signal.SIGKILL)
    return answered(text)


def killed_by(text):
    """Kills its process with one notebook, and answers every other."""
    if text == "deadly":
        os.kill(os.getpid(), signal.SIGKILL)
    return answered(text)


def raising(text):
    if text == "notebook 3":
        raise KeyError("text")
    return answered(text)


def die_after(seconds, text):
    """Answers, and lets the process die a moment later, between two tasks or in one."""
    answer = answered(text)
    chance = random.Random(text + str(os.getpid()))  # noqa: S311
    if chance.random() < 0.3:
        signal.signal(signal.SIGALRM, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
        signal.setitimer(signal.ITIMER_REAL, chance.random() * seconds)
    return answer


@every_engine
def test_each_task_comes_back_once(engine):
    results = list(ENGINES[engine](answered, iter(TASKS)))

    assert sorted(results) == [(name, answered(text)) for name, text in TASKS]


@quiet
@every_pool
def test_what_a_killed_worker_had_is_run_again(engine, tmp_path):
    run = partial(killed_once, str(tmp_path / "mark"))

    results = list(ENGINES[engine](run, iter(TASKS)))

    assert (tmp_path / "mark").exists()
    assert sorted(results) == [(name, answered(text)) for name, text in TASKS]


@quiet
@every_pool
def test_a_task_that_kills_its_worker_is_a_result_and_the_others_go_on(engine):
    results = dict(ENGINES[engine](killed_by, iter([("deadly", "deadly"), *TASKS])))

    deadly = results.pop("deadly")
    assert deadly["status"] == "failed"
    assert deadly["notebook"] == "deadly"
    assert f"{engines.TRIES} times" in deadly["reason"]
    assert results == {name: answered(text) for name, text in TASKS}


@every_engine
def test_an_exception_is_the_result_of_one_task(engine):
    results = dict(ENGINES[engine](raising, iter(TASKS)))

    assert results["student 3"]["status"] == "failed"
    assert results["student 3"]["reason"] == "KeyError: 'text'"
    assert results["student 4"] == answered("notebook 4")
    assert len(results) == len(TASKS)


@pytest.mark.parametrize(
    ("run", "seed"),
    [
        ("often_killed", 0),
        ("die_after", 0),
        *(
            pytest.param(run, seed, marks=pytest.mark.classroom)
            for run in ("often_killed", "die_after")
            for seed in range(1, 6)
        ),
    ],
)
def test_nothing_is_lost_when_workers_are_killed_at_random(run, seed, tmp_path):
    tasks = [(f"student {i}", f"notebook {seed} {i}") for i in range(20)]
    runs = {
        "often_killed": partial(often_killed, str(tmp_path)),
        "die_after": partial(die_after, 0.01),
    }

    results = list(engines.processes(runs[run], iter(tasks), workers=2))

    assert sorted(name for name, _ in results) == sorted(name for name, _ in tasks)
    if run == "often_killed":
        assert all(result["status"] == "ok" for _, result in results)


@quiet
@pytest.mark.classroom
def test_dask_loses_nothing_when_workers_are_killed_at_random(tmp_path):
    tasks = [(f"student {i}", f"notebook {i}") for i in range(10)]

    results = list(engines.dask(partial(often_killed, str(tmp_path)), iter(tasks)))

    assert sorted(results) == sorted((name, answered(text)) for name, text in tasks)


def test_a_pool_that_broke_before_a_task_was_handed_to_it_loses_nothing(monkeypatch):
    """Taken from the list, and not yet in the pool: the place of an old loss."""
    submit, calls = engines.ProcessPoolExecutor.submit, []

    def breaks(self, *arguments):
        calls.append(arguments)
        if len(calls) % 3 == 0:
            raise engines.BrokenProcessPool
        return submit(self, *arguments)

    monkeypatch.setattr(engines.ProcessPoolExecutor, "submit", breaks)

    results = list(engines.processes(answered, iter(TASKS), workers=2))

    assert sorted(results) == [(name, answered(text)) for name, text in TASKS]


def test_a_scheduler_that_is_not_there_is_named(monkeypatch):
    from classroom.course import CourseError  # not for every process: it takes a second

    monkeypatch.setattr(engines, "CONNECT_SECONDS", 1)
    with pytest.raises(CourseError, match=r"tcp://127.0.0.1:1\b"):
        list(engines.dask(answered, iter(TASKS), "tcp://127.0.0.1:1"))


def holding(folder, text):
    """Tells its process, and then holds on to it."""
    Path(folder, str(os.getpid())).touch()
    time.sleep(600)


@pytest.mark.classroom
def test_workers_end_with_a_coordinator_that_was_killed(tmp_path):
    code = (
        "from functools import partial\nfrom classroom import engines\n"
        "from tests.classroom.test_engines import TASKS, holding\n"
        f"run = partial(holding, {str(tmp_path)!r})\n"
        "if __name__ == '__main__':\n"
        "    list(engines.processes(run, iter(TASKS), workers=2))\n"
    )
    root = Path(__file__).parents[2]
    coordinator = subprocess.Popen([sys.executable, "-c", code], cwd=root)
    while len(workers := [int(path.name) for path in tmp_path.iterdir()]) < 2:
        time.sleep(0.1)
        assert coordinator.poll() is None

    coordinator.kill()
    coordinator.wait()

    _gone, alive = psutil.wait_procs(
        [psutil.Process(one) for one in workers if psutil.pid_exists(one)], timeout=60
    )
    assert not alive


@every_engine
def test_nothing_to_do_is_done(engine):
    assert list(ENGINES[engine](answered, iter(()))) == []
