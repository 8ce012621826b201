"""An exercise: a task, hints, a check and a solution."""

import ast
from dataclasses import dataclass, field
from importlib.resources import files
from itertools import count
from typing import Any
from zlib import crc32

from numpy.random import default_rng

from .checkers import Checker, ProseChecker
from .outcome import Help, Hint, Outcome, Solution


@dataclass(frozen=True, repr=False, eq=False, kw_only=True)
class Exercise:
    """One exercise of a chapter; shows its task.

    Attributes
    ----------
    name : str
        Its name, and that of the function or variable that is the answer.
    topic : str
        The topic, such as "hinge".
    goal : str
        The goal of the chapter that it practises, by its id.
    level : {1, 2, 3}
        From one line to "derive, implement and check".
    title : str
        The heading.
    task : str
        What to do, in Markdown.
    hints : tuple of str
        From gentle to plain; text with code in backticks, no formulas in LaTeX.
    checker : FunctionChecker, ValueChecker or ProseChecker
        Says what is right, and what is often wrong.
    remark : str
        Said when the answer is right: what to take along.

    Examples
    --------
    >>> from lossbook import exercises
    >>> mse = exercises.mean_squared_error.mse
    >>> mse.check(...)
    Not attempted yet. Write your answer in place of the three dots.
    >>> mse.check(lambda y, y_hat: ((y_hat - y) ** 2).mean()).kind
    'right'
    """

    name: str
    topic: str
    goal: str
    level: int
    title: str
    task: str
    hints: tuple[str, ...]
    checker: Checker
    remark: str = ""
    _checks: count = field(default_factory=count, init=False)

    @property
    def path(self) -> str:
        """How it is called in a notebook, such as "exercises.hinge.margin"."""
        return f"exercises.{self.topic}.{self.name}"

    def check(self, answer: Any = ...) -> Outcome:
        """What is right or wrong with `answer`.

        Never raises, and never changes an object of the learner.  Each check draws
        other numbers, the same in every session.
        """
        seed = [crc32(self.path.encode()), next(self._checks)]
        outcome = self.checker.check(answer, default_rng(seed))
        return Outcome("right", self.remark) if outcome else outcome

    def hint(self, number: int = 1) -> Hint:
        """Hint `number`, from 1 (gentle) up; ValueError if there is no such hint."""
        if type(number) is not int or number not in range(1, len(self.hints) + 1):
            raise ValueError(f"hints are numbered 1 to {len(self.hints)}, got {number}")
        return Hint(self.hints[number - 1], number, len(self.hints))

    def solution(self) -> Solution:
        """A right answer: its source, or a model answer in words.

        Read from the file of the topic in `solutions`, whose code a test runs.
        """
        source = files(__package__) / "solutions" / f"{self.topic}.py"
        text = source.read_text("utf-8")
        for node in ast.parse(text).body:
            names = [getattr(t, "id", "") for t in getattr(node, "targets", [])]
            if self.name in (*names, getattr(node, "name", "")):
                if isinstance(self.checker, ProseChecker):
                    return Solution(ast.literal_eval(node.value), is_code=False)
                return Solution(ast.get_source_segment(text, node), is_code=True)
        raise LookupError(f"no solution {self.name!r} in solutions/{self.topic}.py")

    def help(self) -> Help:
        """Hints and solution together, each folded, for who only reads."""
        hints = tuple(self.hint(n) for n in range(1, len(self.hints) + 1))
        return Help(self.path, hints, self.solution())

    def markdown(self) -> str:
        """The cell that sets the task."""
        return f"### {self.title}\n\n{self.task}"

    def stub(self) -> str:
        """The cell to write in, with the check at its end."""
        gap = "\n\n\n" if "def " in (code := self.checker.stub(self.name)) else "\n\n"
        return f"{code}{gap}{self.path}.check({self.name})"

    def __repr__(self) -> str:
        return f"{self.title} ({self.path}, level {self.level})\n\n{self.task}"

    def _repr_markdown_(self) -> str:
        return self.markdown()
