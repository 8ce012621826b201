"""Three ways to check: a function on fresh inputs, a value, and an answer in words.

A checker knows what is right and what is often wrong, not who asks: the exercises
and the graded assignments use the same ones, with other tasks and data.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.random import Generator

from ...gradcheck import recorded
from .answers import (
    Answer,
    UnreadableError,
    agree,
    difference,
    expected,
    read,
    written,
)
from .attempt import Attempt, attempt, cannot_take, cut, is_blank, still_blank
from .cases import Case
from .comparing import (
    in_other_order,
    is_reordered,
    judge,
    named_inputs,
    says_nothing_of_a_part,
)
from .guarding import limited
from .measuring import MEASURED, NOT_MEASURED, is_measured
from .mistakes import Mistake
from .outcome import Outcome

WRITE_HERE = "write your answer here"
# The body of a function that derives a gradient and measures it.
DERIVE_AND_MEASURE = f"""\
derived = ...  # {WRITE_HERE}
measured = ...  # and here, with numerical_gradient
return derived, measured"""
BLANK = Outcome("not attempted", "Write your answer in place of the three dots.")


@dataclass(frozen=True, kw_only=True)
class FunctionChecker:
    """For an answer that is a function: it is called on inputs drawn fresh.

    Attributes
    ----------
    arguments : tuple of str
        The names of its arguments, in order.
    right : callable
        Gives the right result for the same arguments.
    draw : callable
        Takes a random generator, returns the list of `Case` to try.
    mistakes : tuple of Mistake
        The known ones.  No two may give the same results.
    parts : tuple of str
        The names of its results, if there are several: then `right` returns a tuple.
    body : str
        The body of the stub, where it is more than `return ...`.
    tolerance : float
        How far a result may be off, relative to its size.
    """

    arguments: tuple[str, ...]
    right: Callable
    draw: Callable[[Generator], list[Case]]
    mistakes: tuple[Mistake, ...] = ()
    parts: tuple[str, ...] = ()
    body: str = ""
    tolerance: float = 1e-4

    def check(self, answer: Any, rng: Generator) -> Outcome:
        """Try the function on cases drawn with `rng`."""
        if is_blank(answer):
            return BLANK
        if problem := self._not_callable(answer):
            return Outcome("wrong", problem)
        cases = self.cases(rng)
        right = [expected(self.right(*case.inputs)) for case in cases]
        attempts, measured = [], []
        for case, like in zip(cases, right, strict=True):
            with recorded() as gradients:
                attempts.append(attempt(answer, case.inputs, like, self.parts))
            measured.append(gradients)
            if (stopped := self._stopped(attempts, case)) is not None:
                return stopped
        results = [one.result for one in attempts]
        outcome = self._judged(results, right, cases)
        measures = outcome and self.parts == MEASURED
        if measures and not is_measured(results, right, measured):
            return NOT_MEASURED
        if any(one.changed for one in attempts):
            outcome = _also_changed(outcome)
        return _also_replaced(outcome, attempts)

    def cases(self, rng: Generator) -> list[Case]:
        """What to try the function on, small cases first."""
        return sorted(self.draw(rng), key=Case.size)

    def judge(self, results: Sequence[Answer], cases: Sequence[Case]) -> Outcome:
        """The outcome for results that `read` took in, computed here or elsewhere."""
        right = [expected(self.right(*case.inputs)) for case in cases]
        return self._judged(results, right, cases)

    def _judged(self, results, right, cases) -> Outcome:
        return judge(
            results,
            right,
            cases,
            self.mistakes,
            arguments=self.arguments,
            tolerance=self.tolerance,
            parts=self.parts,
        )

    def stub(self, name: str) -> str:
        """What the learner starts from."""
        body = self.body or f"return ...  # {WRITE_HERE}"
        lines = "\n".join(f"    {line}" for line in body.splitlines())
        return f"def {name}({', '.join(self.arguments)}):\n{lines}"

    def _not_callable(self, answer: Any) -> str:
        names = ", ".join(self.arguments)
        if not callable(answer):
            return (
                "A function is asked for. Hand over the function itself: its name, "
                "without parentheses."
            )
        if cannot_take(answer, self.arguments):
            return f"Your function must take these arguments, in this order: `{names}`."
        return ""

    def _stopped(self, attempts: Sequence[Attempt], case: Case) -> Outcome | None:
        """The outcome, if the last call decides it."""
        one = attempts[-1]
        given = named_inputs(self.arguments, case.inputs)
        if one.is_blank:
            return Outcome("not attempted", one.begun) if one.begun else BLANK
        if one.error:
            before = f" Before, it printed `{cut(one.printed)}`." if one.printed else ""
            about = f" What is special there: {case.about}." if case.about else ""
            called = f"It was called with {given}.{about}"
            raised = Outcome("raised", f"{one.error} {called}{before}")
            return _also_replaced(raised, attempts)
        if not one.unreadable:
            return None
        if one.printed and "`None`" in one.unreadable:
            return Outcome(
                "wrong",
                "Your function prints its result and returns `None`. Others can only "
                "use what it returns: write `return` in place of `print`.",
                "prints instead of returning",
            )
        if len(attempts) > 1 and "is `None`" in one.unreadable:
            return Outcome(
                "wrong",
                f"For {given} your function returns `None`, for others it does not. "
                "Does each way through it end with `return`?",
            )
        return Outcome("wrong", f"What your function returns {one.unreadable}")


@dataclass(frozen=True, kw_only=True)
class ValueChecker:
    """For an answer that is a value: a number, a list of numbers, or a word.

    Attributes
    ----------
    inputs : tuple
        The numbers of the task, from which `right` and the mistakes compute.
    right : callable
        Gives the right answer for `inputs`: a number, an array, a word or a tuple.
    mistakes : tuple of Mistake
        The known ones, computed from `inputs`; no two may give the same.
    tolerance : float
        How far a number may be off, in its unit.
    parts : tuple of str
        The names of the values, if there are several: then `right` returns a tuple.
    choices : tuple of str
        The words to choose from, if the answer is a word or several.
    """

    inputs: tuple
    right: Callable
    mistakes: tuple[Mistake, ...] = ()
    tolerance: float = 0.005
    parts: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()

    def check(self, answer: Any, rng: Generator) -> Outcome:
        """Compare the value; nothing is drawn, so `rng` is not used."""
        if is_blank(answer):
            begun = still_blank(answer, self.parts)
            return Outcome("not attempted", begun) if begun else BLANK
        right = expected(self.right(*self.inputs))
        with np.errstate(all="ignore"):
            theirs = [expected(each.result(*self.inputs)) for each in self.mistakes]
        if answer is None:
            return Outcome(
                "wrong", "Your answer is `None`. Write down the value itself."
            )
        if hasattr(type(answer), "__next__"):
            return Outcome(
                "wrong",
                f"Your answer is a `{type(answer).__name__}`, which gives its values "
                "only once. Write `list(…)` around it, so that it keeps them.",
            )
        try:
            with limited():
                given = read(answer, right, self.parts)
        except UnreadableError as reason:
            return Outcome("wrong", f"Your answer {reason}")
        if self._same(given, right):
            return Outcome("right")
        if problem := self._not_a_choice(given):
            return Outcome("wrong", problem)
        turned = is_reordered(given, right, self._same)
        for mistake, value in zip(self.mistakes, theirs, strict=True):
            if turned and says_nothing_of_a_part(value):
                continue
            if self._same(given, value):
                return Outcome("wrong", mistake.message, mistake.name)
        if turned:
            return Outcome("wrong", in_other_order(self.parts))
        if self._is_near(given, right):
            return Outcome(
                "wrong", "Nearly: rounded too much, or in the wrong direction."
            )
        how = difference(given, right, self._same, self.parts)
        return Outcome("wrong", f"Your answer, {written(given)}, {how}.")

    def stub(self, name: str) -> str:
        """What the learner starts from."""
        blank = ", ".join("..." for _ in self.parts) or "..."
        return f"{name} = {blank}  # {WRITE_HERE}"

    def _same(self, a: Any, b: Any) -> bool:
        return agree(a, b, 0, self.tolerance)

    def _is_near(self, given: Answer, right: Answer) -> bool:
        """Whether a single number is the right one, but for its last digits."""
        if isinstance(right, tuple | str) or right.ndim or given.ndim:
            return False
        rounded = [np.round(right, digits) for digits in (0, 1)]
        return given in rounded or abs(given - right) < 3 * self.tolerance

    def _not_a_choice(self, given: Answer) -> str:
        words = given if isinstance(given, tuple) else (given,)
        known = set(map(expected, self.choices))
        strange = [word for word in words if known and word not in known]
        choices = ", ".join(map(repr, self.choices))
        return f"{strange[0]!r} is not one of these: {choices}." if strange else ""


@dataclass(frozen=True, kw_only=True)
class ProseChecker:
    """For an answer in words, which no program can judge: it shows what to look for.

    Attributes
    ----------
    points : tuple of str
        What a good answer says, each a statement to compare one's own with.
    """

    points: tuple[str, ...]
    mistakes = ()

    def check(self, answer: Any, rng: Generator) -> Outcome:
        """Say how to judge the text, once there is one."""
        if is_blank(answer) or (isinstance(answer, str) and not answer.strip(" .")):
            return BLANK
        if not isinstance(answer, str):
            return Outcome("wrong", "Words are asked for: write a text in quotes.")
        return Outcome(
            "read on",
            "No program can tell if a text explains well. Compare yours with this "
            "list, then with `solution()`. A good answer says:",
            points=self.points,
        )

    def stub(self, name: str) -> str:
        """What the learner starts from."""
        return f"{name} = ...  # {WRITE_HERE}, in quotes"


Checker = FunctionChecker | ValueChecker | ProseChecker


def _also_changed(outcome: Outcome) -> Outcome:
    """The outcome for an answer that changes an array that it was given."""
    if outcome.mistake:
        return outcome
    if not outcome:
        return replace(
            outcome,
            message=f"{outcome.message} It also changes an array that it is given.",
        )
    return Outcome(
        "wrong",
        "The numbers are right, but your function changes an array that it is given, "
        "so whoever calls it loses their data. Compute a new array, without `+=`, "
        "`-=` or `[...] =` on an argument.",
        "changes its argument",
    )


def _also_replaced(outcome: Outcome, attempts: Sequence[Attempt]) -> Outcome:
    """The outcome for an answer that assigned to a function of NumPy or Python."""
    names = sorted({name for one in attempts for name in one.replaced})
    if not names:
        return outcome
    message = f"{outcome.message} {put_back_message(names)}".strip()
    return replace(outcome, message=message)


def put_back_message(names: Sequence[str]) -> str:
    """What to say if functions that all use were replaced."""
    listed = ", ".join(f"`{name}`" for name in names[:3])
    return (
        f"Your code assigned something else to {listed}, with which everything here "
        "computes. It has been put back: give your own functions names of their own."
    )
