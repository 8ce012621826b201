"""Where submissions run: one after the other, in processes, or on a Dask cluster.

Whichever it is, it gets the same function and gives the same results.
"""

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context

Task = tuple[str, str]  # whose it is, and the notebook
Run = Callable[[str], dict]
TRIES = 3  # a worker may be killed: by a person, or for want of memory


def serial(run: Run, tasks: Iterable[Task]) -> Iterator[tuple[str, dict]]:
    """One after the other, here."""
    for name, notebook in tasks:
        yield name, run(notebook)


def processes(
    run: Run, tasks: Iterable[Task], workers: int | None = None
) -> Iterator[tuple[str, dict]]:
    """On several processes of this machine, as many as it has cores.

    Those that a killed process had are run again.
    """
    workers = workers or os.cpu_count() or 1
    left, tried = iter(tasks), dict[Task, int]()
    again: list[Task] = []
    while True:
        with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
            running: dict[Future, Task] = {}
            try:
                while True:
                    room = 2 * workers - len(running)
                    for task in [
                        *again[:room],
                        *islice(left, max(0, room - len(again))),
                    ]:
                        if task in again:
                            again.remove(task)
                        running[pool.submit(run, task[1])] = task
                    if not running:
                        return
                    for done in wait(running, return_when=FIRST_COMPLETED).done:
                        result = done.result()
                        yield running.pop(done)[0], result
            except BrokenProcessPool:
                for task in running.values():
                    tried[task] = tried.get(task, 0) + 1
                    if tried[task] >= TRIES:
                        raise
                again += running.values()


def dask(
    run: Run, tasks: Iterable[Task], scheduler: str = ""
) -> Iterator[tuple[str, dict]]:
    """On the workers of a Dask scheduler; without an address, on some of our own."""
    from distributed import Client, LocalCluster, as_completed

    with contextlib.ExitStack() as stack:
        # One thread each: a kernel belongs to the event loop of its process.
        cluster = scheduler or stack.enter_context(
            LocalCluster(threads_per_worker=1, dashboard_address=None)
        )
        client = stack.enter_context(Client(cluster))
        names, done = {}, as_completed()
        for name, notebook in tasks:
            future = client.submit(run, notebook, pure=False, retries=TRIES)
            names[future] = name
            done.add(future)
            while done.has_ready():
                future = next(done)
                yield names.pop(future), future.result()
        for future in done:
            yield names.pop(future), future.result()
