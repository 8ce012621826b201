"""Where submissions run: one after the other, in processes, or on a Dask cluster.

Whichever it is, it gets the same function, gives the same results, and hands over each
task once: whatever happens to one, the others go on.
"""

import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from dataclasses import dataclass
from multiprocessing import get_context

Task = tuple[str, str]  # whose it is, and the notebook
Run = Callable[[str], dict]
Results = Iterator[tuple[str, dict]]
TRIES = 3  # a worker may be killed: by a person, or for want of memory
AHEAD = 2  # tasks that a worker has: one runs, and one waits
ORPHANED = 1.0  # seconds after which a worker notices that it is alone
ANY_PORT = "127.0.0.1:0"  # for what Dask tells of itself: two gradings may run at once
CONNECT_SECONDS = 15  # for a scheduler to answer
# Of a cluster of our own: a worker's death is told at once, and we count.
TELL_AT_ONCE = {"distributed.scheduler.allowed-failures": 0}


def serial(run: Run, tasks: Iterable[Task]) -> Results:
    """One after the other, here."""
    for name, notebook in tasks:
        try:
            result = run(notebook)
        except Exception as error:
            result = _failed(notebook, error)
        yield name, result


def processes(run: Run, tasks: Iterable[Task], workers: int | None = None) -> Results:
    """On several processes of this machine, as many as it has cores.

    What a killed process had is run again, and given up when it has killed three.
    """
    left, again, tried = iter(tasks), deque[Task](), dict[Task, int]()
    with ExitStack() as stack:
        staff = [_Worker(run) for _ in range(workers or os.cpu_count() or 1)]
        for worker in staff:
            stack.callback(worker.close)
        while True:
            # One each before the second one: the last tasks, too, run side by side.
            for worker in staff * AHEAD:
                if len(worker.running) < AHEAD and (
                    task := again.popleft() if again else next(left, None)
                ):
                    worker.take(task)
            running = [future for worker in staff for future in worker.running]
            if not running:
                return
            wait(running, return_when=FIRST_COMPLETED)
            for worker in staff:
                for future in [f for f in worker.running if f.done()]:
                    task = worker.running.pop(future)
                    error = future.exception()
                    if not isinstance(error, BrokenProcessPool):
                        yield (
                            task[0],
                            _failed(task[1], error) if error else future.result(),
                        )
                        continue
                    # The others that it had had not begun.
                    again.extend(worker.replace())
                    tried[task] = tried.get(task, 0) + 1
                    if tried[task] < TRIES:
                        again.append(task)
                    else:
                        yield task[0], _given_up(task[1])
                    break


def dask(run: Run, tasks: Iterable[Task], scheduler: str = "") -> Results:
    """On the workers of a Dask scheduler; without an address, on some of our own.

    Raises
    ------
    CourseError
        If the scheduler does not answer, or is lost on the way.
    """
    import dask as settings
    from distributed import Client, KilledWorker, LocalCluster, as_completed

    from .course import CourseError  # and nbgrader, which no worker needs

    with ExitStack() as stack:
        stack.enter_context(settings.config.set(TELL_AT_ONCE))
        # One thread each: a kernel belongs to the process that started it.
        cluster = scheduler or stack.enter_context(
            LocalCluster(threads_per_worker=1, dashboard_address=ANY_PORT)
        )
        try:
            client = Client(cluster, timeout=CONNECT_SECONDS)
        except OSError as error:
            raise CourseError(
                f"No Dask scheduler answers at {scheduler}. Start one (dask "
                f"scheduler), or leave the address out to use this machine.\n{error}"
            ) from error
        stack.enter_context(client)
        given, done = dict[object, Task](), as_completed()
        suspects: list[Task] = []

        def ended(future) -> Results:
            task, error = given.pop(future), future.exception()
            if future.cancelled() or (error and client.status != "running"):
                raise CourseError(
                    f"The Dask scheduler at {scheduler} was lost. Run the command "
                    "again: what has been graded stays."
                )
            if isinstance(error, KilledWorker):
                suspects.append(task)
            elif error is not None:
                yield task[0], _failed(task[1], error)
            else:
                yield task[0], future.result()

        def give(task: Task):
            future = client.submit(run, task[1], pure=False)
            given[future] = task
            return future

        for task in tasks:
            done.add(give(task))
            while done.has_ready():
                yield from ended(next(done))
        for future in done:
            yield from ended(future)
        # A worker's death is blamed on all that it had; alone, one can tell.
        alone, suspects = suspects, []
        for task in alone:
            for _ in range(TRIES):
                yield from ended(give(task))
                if not suspects:
                    break
                suspects.clear()
            else:
                yield task[0], _given_up(task[1])


@dataclass
class _Worker:
    """One process, and the tasks that it has, in the order in which they run."""

    run: Run

    def __post_init__(self) -> None:
        self.running: dict[Future, Task] = {}
        self._start()

    def take(self, task: Task) -> None:
        """Have a task run; also where the process has just died."""
        try:
            future = self._pool.submit(self.run, task[1])
        except BrokenProcessPool as error:
            future = Future()
            future.set_exception(error)
        self.running[future] = task

    def replace(self) -> list[Task]:
        """Start another process, and return what the old one had left."""
        left = list(self.running.values())
        self.running.clear()
        self.close()
        self._start()
        return left

    def close(self) -> None:
        """End the process, when what it runs is done."""
        self._pool.shutdown(cancel_futures=True)

    def _start(self) -> None:
        self._pool = ProcessPoolExecutor(
            1, get_context("spawn"), initializer=_end_with, initargs=(os.getpid(),)
        )


def _end_with(parent: int) -> None:
    """End this process soon after `parent`, which may be killed without a word."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(ORPHANED)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _failed(notebook: str, error: BaseException) -> dict:
    return _result(notebook, f"{type(error).__name__}: {error}")


def _given_up(notebook: str) -> dict:
    return _result(notebook, f"The process that ran it was killed {TRIES} times.")


def _result(notebook: str, reason: str) -> dict:
    """What `sandbox.execute` would have returned."""
    values = {"status": "failed", "reason": reason, "seconds": 0.0, "walls": "none"}
    return {"notebook": notebook, **values}
