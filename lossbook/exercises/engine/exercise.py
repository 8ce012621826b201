"""An exercise: a task, hints, a check and a solution."""

import ast
import sys
from contextlib import suppress
from dataclasses import dataclass, field, replace
from importlib.resources import files
from itertools import count
from typing import Any
from zlib import crc32

from numpy.random import default_rng

from .attempt import described
from .checkers import Checker, ProseChecker, put_back_message
from .guarding import put_back, quiet
from .misconceptions import misconception
from .outcome import Help, Hint, Outcome, Solution
from .progress import note
from .showing import show_unseen


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

    @property
    def id(self) -> str:
        """How it is called where progress is kept, such as "hinge-margin"."""
        return f"{self.topic}-{self.name}".replace("_", "-")

    def check(self, answer: Any = ...) -> Outcome:
        """What is right or wrong with `answer`: shown in a notebook and in a script.

        Never raises, and never changes an object of the learner.  Each check draws
        other numbers, the same in every session.  A function that takes longer than
        ten seconds for one call is stopped, on Linux and macOS: not so on Windows, in
        a browser, or in a thread.  An outcome that is kept, as in `outcome = …`, is
        not shown.
        """
        outcome = self.outcome(answer)
        note(outcome)
        with suppress(Exception):  # a closed output, say
            show_unseen(outcome, sys._getframe(1))
        return outcome

    def outcome(self, answer: Any = ...) -> Outcome:
        """The same, without showing anything."""
        seed = [crc32(self.path.encode()), next(self._checks)]
        replaced = put_back()
        try:
            with quiet():
                outcome = self.checker.check(answer, default_rng(seed))
        except BaseException as error:  # an answer whose very class objects
            outcome = Outcome(
                "raised", f"Your answer cannot be read: {described(error)}"
            )
        put_back()
        said = [
            self.remark if outcome else "",
            outcome.message,
            put_back_message(replaced) if replaced else "",
        ]
        return replace(
            outcome,
            message=" ".join(filter(None, said)),
            exercise=self.id,
            misconception=misconception(self.topic, outcome.mistake),
        )

    def hint(self, number: int = 1) -> Hint:
        """Hint `number`, from 1 (gentle) up; ValueError if there is no such hint."""
        if type(number) is not int or number not in range(1, len(self.hints) + 1):
            raise ValueError(f"hints are numbered 1 to {len(self.hints)}, got {number}")
        return Hint(self.hints[number - 1], number, len(self.hints))

    def solution(self) -> Solution:
        """A right answer: its source, or a model answer in words.

        Read from `solutions.py` of the topic, whose code a test runs.
        """
        source = files(__package__).parent / self.topic / "solutions.py"
        text = source.read_text("utf-8")
        for node in ast.parse(text).body:
            names = [getattr(t, "id", "") for t in getattr(node, "targets", [])]
            if self.name in (*names, getattr(node, "name", "")):
                if isinstance(self.checker, ProseChecker):
                    return Solution(ast.literal_eval(node.value), is_code=False)
                return Solution(ast.get_source_segment(text, node), is_code=True)
        raise LookupError(f"no solution {self.name!r} in {self.topic}/solutions.py")

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
