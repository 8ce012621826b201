"""What keeps the program around an answer as it is: output, modules and time."""

import builtins
import io
import math
import signal
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from types import FrameType, ModuleType

import numpy as np

SECONDS = 10.0  # so long may one call of an answer take
AGAIN = 0.05  # so often it is stopped again, if it catches what stops it
_BUILT_IN = "abs all any float int len list max min range round sorted sum tuple zip"
_MODULES: list[tuple[str, ModuleType]] = [
    ("np", np),
    ("np.linalg", np.linalg),
    ("np.random", np.random),
    ("math", math),
]
# What these modules held when the exercises were loaded.
_INTACT = {
    **{(name, module): dict(vars(module)) for name, module in _MODULES},
    ("builtins", builtins): {n: getattr(builtins, n) for n in _BUILT_IN.split()},
}


class OutOfTime(BaseException):
    """Raised inside an answer that takes too long."""


class _Kept(io.StringIO):
    """Takes what is printed, also from those who close it."""

    def close(self) -> None:
        """Stay open."""


@contextmanager
def quiet() -> Iterator[io.StringIO]:
    """Swallow what is printed and warned of; gives what was printed."""
    depth = sys.getrecursionlimit()
    with (
        redirect_stdout(_Kept()) as printed,
        redirect_stderr(_Kept()),
        warnings.catch_warnings(),
        np.errstate(all="ignore"),
    ):
        warnings.simplefilter("ignore")
        try:
            yield printed
        finally:
            sys.setrecursionlimit(depth)


def put_back() -> list[str]:
    """Undo what was assigned to NumPy, `math` or a built-in; says to which names.

    A function such as `np.log`, replaced for all, would make every later result wrong,
    also those that answers are compared with.
    """
    replaced = []
    for (name, module), intact in _INTACT.items():
        now = vars(module)
        for key, value in intact.items():
            if key not in now or now[key] is not value:
                setattr(module, key, value)
                if not key.startswith("_"):
                    replaced.append(f"{name}.{key}")
    return sorted(replaced)


@contextmanager
def limited() -> Iterator[None]:
    """Raise `OutOfTime` in what takes longer than `SECONDS`.

    Only where the platform interrupts a program: on Linux and macOS, in the main
    thread.  Elsewhere (Windows, a browser, a thread) there is no limit.  Neither is
    there one inside of a single call of C, such as the sum of a trillion numbers.
    """
    is_main = threading.current_thread() is threading.main_thread()
    in_browser = sys.platform == "emscripten"
    if in_browser or not (hasattr(signal, "setitimer") and is_main):
        yield
        return
    armed, fired, tracing = True, 0, sys.gettrace()

    def at_next_line(frame: FrameType, event: str, _: object) -> Callable:
        if armed and event == "line":
            raise OutOfTime
        return at_next_line

    def stop(_: int, frame: FrameType | None) -> None:
        nonlocal fired
        if not armed:
            return
        fired += 1
        if fired > 1:  # it was caught inside a `try`: stop where that ends
            while frame is not None:
                frame.f_trace, frame = at_next_line, frame.f_back
            sys.settrace(at_next_line)
        raise OutOfTime

    start = time.monotonic()
    handler = signal.signal(signal.SIGALRM, stop)
    left, interval = signal.setitimer(signal.ITIMER_REAL, SECONDS, AGAIN)
    try:
        yield
    finally:
        armed = False
        signal.setitimer(signal.ITIMER_REAL, 0)
        if fired > 1:
            sys.settrace(tracing)
        signal.signal(signal.SIGALRM, handler)
        if left:  # another timer ran: it goes on
            left = max(left - (time.monotonic() - start), 1e-3)
            signal.setitimer(signal.ITIMER_REAL, left, interval)
