"""Taking the time and the memory of a call, on a machine that does other work too.

The time is that of the process on its processors: waiting for a busy core does
not count.  What does disturb it (caches and memory shared with others) comes and
goes, so all contenders run in every round, in shuffled order; a ratio is formed
within a round, and the median over the rounds is what counts.
"""

import gc
import random
import time
import tracemalloc
from collections.abc import Callable
from itertools import repeat

import numpy as np

BATCH_NS = 2_000_000  # a quick call is repeated until a batch takes this long
MIB = 2**20

Calls = dict[str, Callable[[], object]]


def rounds(calls: Calls, seconds: float, at_least: int) -> dict[str, np.ndarray]:
    """Microseconds of processor time per call, one number for each round."""
    repeats = {name: _repeats(call) for name, call in calls.items()}
    taken: dict[str, list[float]] = {name: [] for name in calls}
    order, shuffle = list(calls), random.Random(3).shuffle  # noqa: S311
    end = time.perf_counter() + seconds
    gc.collect()
    gc.disable()
    try:
        while time.perf_counter() < end or len(taken[order[0]]) < at_least:
            shuffle(order)
            for name in order:
                ns = _batch(calls[name], repeats[name])
                taken[name].append(ns / repeats[name] / 1000)
    finally:
        gc.enable()
    return {name: np.array(times) for name, times in taken.items()}


def ratios(theirs: np.ndarray, ours: np.ndarray) -> dict[str, float]:
    """How many times as long they take: the median of the rounds, and the minima."""
    return {
        "median": float(np.median(theirs / ours)),
        "of_minima": float(theirs.min() / ours.min()),
    }


def peak_mib(call: Callable[[], object]) -> float:
    """MiB that the call holds at its peak, above what was there before."""
    call()  # what is made once and kept does not count
    gc.collect()
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    call()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return (peak - before) / MIB


def _repeats(call: Callable[[], object]) -> int:
    call()  # compiles, fills caches
    return max(1, round(BATCH_NS / max(1, min(_batch(call, 1) for _ in range(3)))))


def _batch(call: Callable[[], object], times: int) -> int:
    start = time.process_time_ns()
    for _ in repeat(None, times):
        call()
    return time.process_time_ns() - start
