"""Calling a learner's function: on copies, quietly, and whatever it does."""

import inspect
import io
import traceback
import warnings
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import numpy as np

from .reading import Answer, UnreadableError, read

LONG_LINE = 79  # of a longer one, the beginning is shown
# What an error message does not tell a beginner, by a part of its text.
ADVICE = {
    "SystemExit": "That ends the program: use `return` instead.",
    "RecursionError": "It calls itself without end.",
    "bitwise_xor": "In Python a power is written `**`, not `^`.",
    "axis 1 is out of bounds": "An array of shape (n,) has only axis 0.",
    "name 'np' is not defined": "Begin with `import numpy as np`.",
    "setting an array element with a sequence": "An array came where one number was "
    "expected.",
    "for ^": "In Python a power is written `**`, not `^`.",
    "matmul": "`@` wants as many columns on its left as there are rows on its right: "
    "print both shapes.",
    "not aligned": "Two arrays of different shapes meet: print their shapes.",
    "'NoneType'": "A value there is `None`: that of a function without `return`, or of "
    "a method such as `sort` that changes its array and returns nothing.",
    "truth value of an array": "`max`, `and` and `if` decide about one value: for "
    "arrays use `np.maximum`, `&` and `np.where`.",
    "only integer scalar arrays can be converted": "`np.max(a)` is the largest entry "
    "of one array; `np.maximum(a, b)` takes the larger of two.",
    "could not be broadcast": "Two arrays of different shapes meet: print their "
    "shapes.",
}
# The same, where the error comes from inside of `numerical_gradient`.
ABOUT_MEASURING = {
    "setting an array element with a sequence": "`numerical_gradient` wants a function "
    "that returns one number.",
    "only 0-dimensional arrays": "`numerical_gradient` wants a function that returns "
    "one number.",
    "is not callable": "`numerical_gradient` wants the function first, and then where "
    "to measure.",
}


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
    """

    result: Answer | None = None
    is_blank: bool = False
    begun: str = ""
    unreadable: str = ""
    error: str = ""
    printed: str = ""
    changed: bool = False


def attempt(
    function: Callable, inputs: tuple, like: Answer, parts: tuple[str, ...] = ()
) -> Attempt:
    """Call `function` with copies of `inputs` and read what it returns.

    What it prints and warns of is swallowed: a check calls it on many inputs, and
    the message would drown.  Nothing that it raises gets out, not even the
    interrupt with which a learner ends a loop that never ends.
    """
    copies = deepcopy(inputs)
    printed = io.StringIO()
    try:
        with (
            redirect_stdout(printed),
            redirect_stderr(io.StringIO()),
            warnings.catch_warnings(),
            np.errstate(all="ignore"),
        ):
            warnings.simplefilter("ignore")
            returned = function(*copies)
            if is_blank(returned):
                return Attempt(is_blank=True, begun=still_blank(returned, parts))
            result, unreadable = read(returned, like, parts), ""
    except UnreadableError as reason:
        result, unreadable = None, str(reason)
    except BaseException as error:
        return Attempt(error=_told(error, function), printed=_last_line(printed))
    return Attempt(
        result,
        unreadable=unreadable,
        printed=_last_line(printed),
        changed=not _same(inputs, copies),
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
        signature = inspect.signature(function)
    except BaseException:  # it does not tell: the call will
        return False
    try:
        signature.bind(*arguments)
    except TypeError:
        return True
    return False


def _told(error: BaseException, function: Callable) -> str:
    """The error in a sentence or two, with the learner's line that it comes from."""
    if isinstance(error, KeyboardInterrupt):
        return "It was interrupted. Does it hold a loop that never ends?"
    try:
        said = str(error)
    except BaseException:
        said = ""
    name = type(error).__name__
    what = f"{name}: {said.rstrip('.')}" if said else name
    file = getattr(getattr(function, "__code__", None), "co_filename", None)
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.line for frame in frames if frame.filename == file and frame.line]
    if lines and "`" not in lines[-1]:
        what = f"{what}, in the line `{cut(lines[-1])}`"
    measuring = any(frame.name == "numerical_gradient" for frame in frames)
    known = ADVICE | ABOUT_MEASURING if measuring else ADVICE
    advice = [text for part, text in known.items() if part in f"{name}: {said}"]
    return f"{what}. {' '.join(advice[:1])}".strip()


def cut(line: str) -> str:
    """A line, or the beginning of a long one."""
    return line if len(line) <= LONG_LINE else f"{line[: LONG_LINE - 1]}…"


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
