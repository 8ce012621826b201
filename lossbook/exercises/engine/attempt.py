"""Calling a learner's function: on copies, quietly, and whatever it does."""

import inspect
import io
import traceback
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import numpy as np

from .advice import advice
from .answers import Answer, UnreadableError, read
from .guarding import SECONDS, OutOfTime, limited, put_back, quiet

LONG_LINE = 79  # of a longer one, the beginning is shown
LONG_MESSAGE = 300


@dataclass(frozen=True)
class Attempt:
    """What one call gave: a result, or what stood in its way.

    Attributes
    ----------
    result : Answer or None
        What came back, read in the form of the right answer.
    is_blank : bool
        Whether the stub is still there: it returned `...`, or a part of it did.
    begun : str
        What is still to be written, if only some of the parts are blank.
    unreadable : str
        Why the result could not be read; completes "Your answer …".
    error : str
        The exception that was raised, and the line that raised it.
    printed : str
        The last line that was printed.
    changed : bool
        Whether an argument is no longer what it was.
    replaced : tuple of str
        What it assigned to in NumPy, `math` or Python itself; it has been put back.
    """

    result: Answer | None = None
    is_blank: bool = False
    begun: str = ""
    unreadable: str = ""
    error: str = ""
    printed: str = ""
    changed: bool = False
    replaced: tuple[str, ...] = ()


def attempt(
    function: Callable, inputs: tuple, like: Answer, parts: tuple[str, ...] = ()
) -> Attempt:
    """Call `function` with copies of `inputs` and read what it returns.

    What it prints and warns of is swallowed: a check calls it on many inputs, and
    the message would drown.  Nothing that it raises gets out, not even the
    interrupt with which a learner ends a loop that never ends.
    """
    copies = deepcopy(inputs)
    printed, replaced = io.StringIO(), []
    try:
        with quiet() as printed:
            try:
                with limited():
                    returned = function(*copies)
            finally:
                replaced = put_back()
            with limited():  # reading may run code of the answer's, too
                if is_blank(returned):
                    return Attempt(is_blank=True, begun=still_blank(returned, parts))
                _refuse_unfinished(returned, function)
                result, unreadable = read(returned, like, parts), ""
    except UnreadableError as reason:
        result, unreadable = None, str(reason)
    except BaseException as error:
        return Attempt(
            error=described(error, function),
            printed=_last_line(printed),
            replaced=tuple(replaced),
        )
    return Attempt(
        result,
        unreadable=unreadable,
        printed=_last_line(printed),
        changed=not _same(inputs, copies),
        replaced=tuple(replaced),
    )


def is_blank(answer: Any) -> bool:
    """Whether nothing has been written yet: `...`, alone or as a part."""
    parts = answer if type(answer) in (list, tuple) else (answer,)
    return any(part is ... for part in parts)


def still_blank(answer: Any, parts: tuple[str, ...]) -> str:
    """What to say if some parts of an answer are written, and others are `...`."""
    if type(answer) not in (list, tuple) or len(answer) != len(parts):
        return ""
    blank = [f"`{n}`" for n, part in zip(parts, answer, strict=True) if part is ...]
    if len(blank) == len(parts):
        return ""
    return f"Begun. Still to be written: {', '.join(blank)}."


def cannot_take(function: Callable, arguments: tuple[str, ...]) -> bool:
    """Whether `function` cannot be called with so many arguments."""
    try:
        with limited():
            signature = inspect.signature(function)
    except BaseException:  # it does not tell: the call will
        return False
    try:
        signature.bind(*arguments)
    except TypeError:
        return True
    return False


def _refuse_unfinished(returned: Any, function: Callable) -> None:
    """Refuse what has yet to compute its result, and close it."""
    parts = returned if type(returned) in (list, tuple) else (returned,)
    for part in parts:
        if inspect.iscoroutine(part):
            part.close()
        if inspect.iscoroutine(part) or inspect.isasyncgen(part):
            raise UnreadableError(
                "is no result yet: your function is `async`, so it only promises one. "
                "Write `def` without `async`."
            )
    if inspect.isgenerator(returned) and inspect.isgeneratorfunction(function):
        raise UnreadableError(
            "is a `generator`: your function says `yield`. Write `return`, once, with "
            "all that is asked for."
        )


def described(error: BaseException, function: Callable | None = None) -> str:
    """The error in a sentence or two, with the learner's line that it comes from."""
    if isinstance(error, KeyboardInterrupt):
        return "It was interrupted. Does it hold a loop that never ends?"
    if isinstance(error, OutOfTime):
        return (
            f"It had not ended after {SECONDS:g} seconds and was stopped. Does it hold "
            "a loop that never ends? In `while` something must change in each turn, so "
            "that its condition becomes false."
        )
    try:
        said = cut(str(error), LONG_MESSAGE)
    except BaseException:
        said = ""
    name = type(error).__name__
    what = f"{name}: {said.rstrip('.')}" if said else name
    file = getattr(getattr(function, "__code__", None), "co_filename", None)
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.line for frame in frames if frame.filename == file and frame.line]
    line = lines[-1] if lines else ""
    if line and "`" not in line:
        what = f"{what}, in the line `{cut(line)}`"
    is_measuring = any(frame.name == "numerical_gradient" for frame in frames)
    return f"{what}. {advice(f'{name}: {said}', line, is_measuring)}".strip()


def cut(line: str, length: int = LONG_LINE) -> str:
    """A line, or the beginning of a long one."""
    return line if len(line) <= length else f"{line[: length - 1]}…"


def _last_line(printed: io.StringIO) -> str:
    lines = printed.getvalue().split("\n")
    return next((line for line in reversed(lines) if line.strip()), "")


def _same(inputs: tuple, copies: tuple) -> bool:
    pairs = (map(np.asarray, pair) for pair in zip(inputs, copies, strict=True))
    return all(
        before.dtype == object
        or (before.shape == after.shape and before.tobytes() == after.tobytes())
        for before, after in pairs
    )
