"""Every engine gives the same results, also when a worker is killed on the way."""

import os
import signal
from functools import partial
from pathlib import Path

import pytest

from classroom import engines

TASKS = [(f"student {i}", f"notebook {i}") for i in range(7)]
ENGINES = {
    "serial": engines.serial,
    "processes": partial(engines.processes, workers=2),
    "dask": engines.dask,
}


def answered(text):
    return {"notebook": text.upper()}


def killed_once(mark, text):
    """Kills the process that it runs in, the first time it meets notebook 3."""
    if text == "notebook 3":
        try:
            Path(mark).touch(exist_ok=False)
        except FileExistsError:
            return answered(text)
        os.kill(os.getpid(), signal.SIGKILL)
    return answered(text)


def always_killed(text):
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("engine", ENGINES)
def test_each_task_comes_back_once(engine):
    results = list(ENGINES[engine](answered, iter(TASKS)))

    assert sorted(results) == [(name, answered(text)) for name, text in TASKS]


@pytest.mark.filterwarnings("ignore")  # of Dask, that a worker died
@pytest.mark.parametrize("engine", ["processes", "dask"])
def test_what_a_killed_worker_had_is_run_again(engine, tmp_path):
    run = partial(killed_once, str(tmp_path / "mark"))

    results = list(ENGINES[engine](run, iter(TASKS)))

    assert (tmp_path / "mark").exists()
    assert sorted(results) == [(name, answered(text)) for name, text in TASKS]


def test_workers_that_always_die_are_given_up():
    with pytest.raises(engines.BrokenProcessPool):
        list(engines.processes(always_killed, TASKS[:1], workers=1))


def test_nothing_to_do_is_done():
    for engine in ENGINES.values():
        assert list(engine(answered, iter(()))) == []
