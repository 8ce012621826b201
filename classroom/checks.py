"""Judging what the sandbox emitted, where no student's code runs.

A key says, for each graded cell, which answer it asks for and how that is checked.
The checkers are those of the exercises: what a function returned in the sandbox is
played back to them, call by call.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any
from zlib import crc32

import numpy as np
from nbformat import NotebookNode
from numpy.random import Generator, default_rng

from lossbook.exercises import Outcome
from lossbook.exercises.engine.checkers import Checker, FunctionChecker

from .counting import counted
from .sandbox import EMITTED
from .sandbox.emitting import LINE, decode, encode

# What a stub raises: nothing has been written in its place yet.
STUB_ERROR = "NotImplementedError"
UNWRITTEN = Outcome(
    "not attempted",
    f"Write your answer in place of the line `raise {STUB_ERROR}`.",
)


@dataclass(frozen=True)
class Check:
    """What one graded cell asks for.

    Attributes
    ----------
    name : str
        The name of the student's function or variable.
    checker : FunctionChecker or ValueChecker
        What is right, and what is often wrong.
    """

    name: str
    checker: Checker

    def source(self, rng: Generator) -> str:
        """The code that emits the answer, for the sandbox."""
        if not isinstance(self.checker, FunctionChecker):
            call = f"_emitting.emit_value({self.name}, _display)"
        else:
            cases = [[encode(v) for v in c.inputs] for c in self.checker.cases(rng)]
            call = f"_emitting.emit_calls({self.name}, {json.dumps(cases)!r}, _display)"
        return (
            "import emitting as _emitting\n"
            f"from IPython.display import display as _display\n{call}"
        )

    def judge(self, outputs: Sequence[NotebookNode], rng: Generator) -> Outcome:
        """The outcome of a cell with these outputs; `rng` as it was for `source`.

        Raises
        ------
        TamperedError
            If the outputs are not what `source` can emit.
        """
        errors = [o for o in outputs if o.output_type == "error"]
        emitted = [o.data[EMITTED] for o in outputs if EMITTED in o.get("data", {})]
        if errors and not emitted:
            return self._not_there(errors[0])
        if errors or len(emitted) != 1:
            raise TamperedError(
                f"The cell that asks for `{self.name}` ended with "
                f"{counted(len(emitted), 'result')} and "
                f"{counted(len(errors), 'error')}, where one result was to come."
            )
        try:
            return self._judged(emitted[0], rng)
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as why:
            raise TamperedError(
                f"What was to be the result of `{self.name}` cannot be read."
            ) from why

    def value(self, outputs: Sequence[NotebookNode]) -> float | None:
        """The number that a cell with these outputs emitted; None if it did not."""
        for output in outputs:
            emitted = output.get("data", {}).get(EMITTED)
            if isinstance(emitted, dict) and "value" in emitted:
                try:
                    number = float(decode(emitted["value"]))
                except (KeyError, TypeError, ValueError, OverflowError):
                    return None
                return number if np.isfinite(number) else None
        return None

    def _not_there(self, error: NotebookNode) -> Outcome:
        if error.ename == "NameError" and f"'{self.name}'" in error.evalue:
            return Outcome("not attempted", f"There is no `{self.name}`.")
        return Outcome("raised", f"{error.ename}: {error.evalue}")

    def _judged(self, emitted: dict, rng: Generator) -> Outcome:
        if not isinstance(self.checker, FunctionChecker):
            return self.checker.check(decode(emitted["value"]), rng)
        calls = emitted["calls"]
        if calls and calls[0].get("error") == STUB_ERROR:
            return _unwritten(str(calls[0]["says"]))
        return self.checker.check(_PlayedBack(calls), rng)


def _unwritten(says: str) -> Outcome:
    """That a stub is left: in the place of this answer, or of one that it calls."""
    if LINE not in says or f"`raise {STUB_ERROR}" in says:
        return UNWRITTEN
    return Outcome("raised", f"It calls what is not written yet, {says}.")


class TamperedError(Exception):
    """The outputs of a cell are not what the cell can have emitted."""


class _PlayedBack:
    """A function that does at each call what the student's did."""

    def __init__(self, calls: Sequence[dict]) -> None:
        self.left = iter([_Call.read(call) for call in calls])

    def __call__(self, *inputs: Any) -> Any:
        call = next(self.left)  # fewer calls than cases: told as an error
        if call.error is not None:
            raise call.error
        if call.printed:
            print("printed")  # the checker swallows it, and says so where it matters
        for mine, theirs in zip(inputs, call.changed, strict=True):
            if isinstance(mine, np.ndarray) and np.shape(theirs) == mine.shape:
                mine[...] = theirs
        return call.result


@dataclass(frozen=True)
class _Call:
    """What one call of the student's function did."""

    result: Any = None
    printed: bool = False
    changed: tuple = ()
    error: Exception | None = None

    @classmethod
    def read(cls, emitted: dict) -> "_Call":
        if "error" in emitted:
            kind = type(str(emitted["error"]), (Exception,), {})
            return cls(error=kind(str(emitted["says"])))
        changed = tuple(decode(value) for value in emitted["changed"])
        return cls(decode(emitted["result"]), bool(emitted["printed"]), changed)


def generator(grade_id: str, submission: str) -> Generator:
    """The numbers on which a submission is tried: others for each, but always those."""
    return default_rng([crc32(grade_id.encode()), crc32(submission.encode())])


def load_key(folder: Path, assignment: str) -> dict[str, Check]:
    """The checks of an assignment, by the id of the graded cell.

    Raises
    ------
    FileNotFoundError
        If the assignment has no key.
    """
    return key_module(folder, assignment).CHECKS


def key_module(folder: Path, assignment: str) -> ModuleType:
    """The key of an assignment as it was written; errors as `load_key`."""
    path = folder / f"{assignment}.py"
    if not path.exists():
        raise FileNotFoundError(f"the assignment {assignment!r} has no key: {path}")
    spec = spec_from_file_location(f"key_{path.stem}", path)
    assert spec is not None and spec.loader is not None  # noqa: S101  # a .py file
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
