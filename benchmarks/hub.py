"""A class at once: thirty on a hub of this machine, and a thousand to be graded.

`python -m benchmarks.hub` lets students log in, start, run a cell and hand in, all at
the same moment, and says how long that took and what memory it needed.  With
`--submissions 1000` it grades so many instead, on two Dask workers, with PostgreSQL
where that is installed, and says whether memory grew with their number.
"""

import argparse
import asyncio
import json
import os
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import psutil
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

from classroom import engines
from classroom.collect import collect_from_hub
from classroom.grade import grade
from classroom.hub import passing
from classroom.hub.configuration import Serving
from classroom.release import release
from tests.classroom.conftest import ASSIGNMENT, new_course
from tests.classroom.hub.serving import Served, Student, free_port
from tests.classroom.postgres import running

from . import machine
from .grading import prepared

WORK = "from lossbook import mean_squared_error as loss; print(loss([1], [3]))"
SECONDS = 600  # for a cell to answer
INTERVAL = 0.5  # between two looks at the memory
MB = 2**20


class Clock:
    """How long each step took, of all students."""

    def __init__(self) -> None:
        self.taken: dict[str, list[float]] = {}

    def timed(self, step: str, run: Callable, *given: object) -> object:
        """Do a step, and remember how long it took."""
        began = time.perf_counter()
        result = run(*given)
        self.taken.setdefault(step, []).append(time.perf_counter() - began)
        return result

    def tell(self) -> None:
        """Print the median and the longest of each step."""
        for step, times in self.taken.items():
            print(
                f"{step:>24}: median {statistics.median(times):6.1f} s, "
                f"last {max(times):6.1f} s"
            )


def main() -> None:
    """Run one of the two loads."""
    parser = argparse.ArgumentParser("python -m benchmarks.hub", description=__doc__)
    parser.add_argument("--students", type=int, default=30)
    parser.add_argument("--starts", type=int, default=Serving.starts)
    parser.add_argument("--submissions", type=int, help="grade so many instead")
    said = parser.parse_args()
    memory = psutil.virtual_memory()
    print(
        f"{os.cpu_count()} cores, {memory.total // MB} MB, load {machine.load()}",
        flush=True,
    )
    with tempfile.TemporaryDirectory() as folder:
        if said.submissions:
            grading(Path(folder), said.submissions)
        else:
            classroom(Path(folder), said.students, said.starts)


def classroom(folder: Path, count: int, starts: int) -> None:
    """So many students do everything at the same moment."""
    roster = folder / "names.txt"
    roster.write_text("\n".join(f"Student {number}" for number in range(count)))
    hub = Served(new_course(folder / "course"), roster, free_port())
    hub.enrol()
    release(hub.course, ASSIGNMENT)
    passing.hand_out(hub.course, ASSIGNMENT)
    logins = [one.login for one in hub.state.students()]
    clock, together = Clock(), threading.Barrier(count)
    with hub.running(f"--starts={starts}"), watched() as least:
        before = psutil.virtual_memory().available
        began = time.perf_counter()
        with ThreadPoolExecutor(count) as threads:
            one = partial(student, hub, clock, together)
            each = [threads.submit(one, login) for login in logins]
            for future in as_completed(each):
                if error := future.exception():
                    together.abort()  # the others would wait for this one for ever
                    raise error
        print(f"{count} students, {starts} starts at a time")
        clock.tell()
        print(f"{'from the first click on':>24}: {time.perf_counter() - began:.1f} s")
        used = (before - least()) / MB
        print(f"{'memory':>24}: {used:.0f} MB at most, {used / count:.0f} a student")
        found = clock.timed("collect", collect_from_hub, hub.course, ASSIGNMENT)
        if len(found.taken) != count:  # type: ignore[attr-defined]
            raise RuntimeError("not all hand-ins were collected")


def student(hub: Served, clock: Clock, together: threading.Barrier, login: str) -> None:
    """Log in, start, fetch, run a cell, hand in."""
    one = hub.student(login)
    together.wait()
    clock.timed("until the lab answers", one.start)
    what = {"course_id": hub.state.course_id, "assignment_id": ASSIGNMENT}
    fetch = partial(one.assignments, action="fetch", **what)
    clock.timed("fetch", fetch)
    clock.timed("a cell, kernel and all", run_a_cell, one)
    together.wait()
    hand_in = partial(one.assignments, action="submit", **what)
    clock.timed("hand in, all at once", hand_in)


def run_a_cell(one: Student) -> None:
    """Start a kernel, and run a cell as JupyterLab does.

    Raises
    ------
    RuntimeError
        If it does not say what it should.
    """
    path = one.of("api/kernels")
    kernel = json.loads(one.put(path, {"name": "python3"}, "POST")[2])["id"]
    said = asyncio.run(_said(one, one.of(f"api/kernels/{kernel}/channels")))
    if said.strip() != "4.0":
        raise RuntimeError(f"the cell said {said!r}")


async def _said(one: Student, path: str) -> str:
    address = one.address.replace("http", "ws", 1) + path
    full = urlsplit(address).path
    cookies = [c for c in one.cookies if full.startswith(c.path)]
    header = "; ".join(f"{c.name}={c.value}" for c in cookies)
    socket = await websocket_connect(HTTPRequest(address, headers={"Cookie": header}))
    content = {"code": WORK, "silent": False}
    head = {"msg_id": "1", "msg_type": "execute_request", "version": "5.3"}
    head |= {"username": "", "session": "1", "date": "2026-01-01T00:00:00Z"}
    parts = {"header": head, "parent_header": {}, "metadata": {}, "content": content}
    await socket.write_message(json.dumps(parts | {"channel": "shell", "buffers": []}))
    async with asyncio.timeout(SECONDS):
        while True:
            message = json.loads(await socket.read_message() or "{}")
            if message.get("msg_type") == "stream":
                return message["content"]["text"]
            if message.get("msg_type") == "error":
                return "\n".join(message["content"]["traceback"])


def grading(folder: Path, count: int) -> None:
    """So many submissions on two Dask workers, the grades in PostgreSQL."""
    with running() as database, watched(os.getpid()) as most:
        course = prepared(folder, count, database or "")
        seen: list[int] = []
        began = time.perf_counter()
        records = grade(
            course,
            ASSIGNMENT,
            two_workers,
            progress=lambda record: seen.append(most()),
        )
        seconds = time.perf_counter() - began
    if {record.status for record in records} != {"ok"}:
        raise RuntimeError("not all submissions were graded")
    where = "PostgreSQL" if database else "SQLite, for want of PostgreSQL"
    print(f"{count} submissions in {seconds:.0f} s on two Dask workers, {where}")
    print(f"{60 * count / seconds:.1f} a minute")
    for part in (10, 50, 100):
        upto = max(seen[: max(1, len(seen) * part // 100)]) / MB
        print(f"{'memory':>24}: {upto:.0f} MB at most, after {part} %")


def two_workers(run: engines.Run, tasks: Iterator[engines.Task]) -> engines.Results:
    """The engine, on a cluster of our own."""
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=engines.ANY_PORT
    ) as cluster:
        yield from engines.dask(run, tasks, cluster.scheduler_address)


@contextmanager
def watched(process: int | None = None) -> Iterator[Callable[[], int]]:
    """Look at the memory all the time; the function tells the extreme so far.

    Of the machine the least that was free; of a process and its children the most
    that they had together.
    """
    extreme = [psutil.virtual_memory().available if process is None else 0]
    over = threading.Event()

    def look() -> None:
        while not over.wait(INTERVAL):
            if process is None:
                extreme[0] = min(extreme[0], psutil.virtual_memory().available)
            else:
                extreme[0] = max(extreme[0], _together(process))

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield lambda: extreme[0]
    finally:
        over.set()
        thread.join()


def _together(process: int) -> int:
    total = 0
    me = psutil.Process(process)
    for one in [me, *me.children(recursive=True)]:
        try:
            total += one.memory_info().rss
        except psutil.Error:  # it has ended meanwhile
            continue
    return total


if __name__ == "__main__":
    main()
