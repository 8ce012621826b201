"""What a bank of questions and cards is made of."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256

from .expressions import evaluate
from .sketches import Sketch

PLACEHOLDER = re.compile(r"\[\[([A-Za-z]\w*)\]\]")


@dataclass(frozen=True)
class Choice:
    """One of the choices of a question, or one of the things to put in order.

    Attributes
    ----------
    text : str
        What it says, in the small markup.
    right : bool
        Whether it is to be chosen; False for everything that is to be ordered.
    feedback : str
        What to answer to who chooses it; "" if there is nothing to add.
    misconception : str
        A heading of the page of common errors, or "".
    read : str
        Where to read again, such as "hinge.ipynb#by-hand", or "".
    """

    text: str
    right: bool = False
    feedback: str = ""
    misconception: str = ""
    read: str = ""


@dataclass(frozen=True)
class Answer:
    """The key of a numeric question: an expression that computes it.

    Attributes
    ----------
    expression : str
        What computes the number; see `lossbook.study.expressions`.
    tolerance : float
        The largest distance that still counts as right, in the unit.
    unit : str
        Such as "nats"; "" for a pure number.
    """

    expression: str
    tolerance: float
    unit: str

    def value(self, values: Mapping[str, float] | None = None) -> float:
        """The number, where the names in `values` have these values.

        >>> Answer("-math.log(p)", 0.005, "nats").value({"p": 1.0})
        -0.0
        """
        return evaluate(self.expression, values or {})


@dataclass(frozen=True)
class Mistake:
    """A wrong number that is known, with what to answer to who gives it.

    `misconception` and ``read`` are those of a `Choice`.
    """

    expression: str
    feedback: str
    misconception: str = ""
    read: str = ""

    def value(self, values: Mapping[str, float] | None = None) -> float:
        """The wrong number, where the names in `values` have these values."""
        return evaluate(self.expression, values or {})


@dataclass(frozen=True)
class Line:
    """A line of a program to put in order, or one that does not belong there.

    Attributes
    ----------
    code : str
        The line without its indentation.
    feedback : str
        Why it stands where it does, or why it does not belong.
    indent : int
        How many steps it is indented.
    after : tuple of int
        The lines that come before it, by their number in the file, from 1.
    instead_of : int
        The number of the line whose place it would take; 0 for a line that belongs.
    misconception, read : str
        Those of a `Choice`.
    """

    code: str
    feedback: str
    indent: int = 0
    after: tuple[int, ...] = ()
    instead_of: int = 0
    misconception: str = ""
    read: str = ""


@dataclass(frozen=True)
class Run:
    """What a program in the right order is measured by; tests run it, pages do not.

    Attributes
    ----------
    before : str
        Python that runs first: what the lines find there.
    result : str
        What is looked at when they have run, as an expression.
    answer : str
        What that must be; see `lossbook.study.expressions`.
    """

    before: str
    result: str
    answer: str


@dataclass(frozen=True)
class Question:
    """A question; which of the later attributes it has depends on its kind.

    Attributes
    ----------
    topic, id, goal : str
        The chapter, the name that lasts, the goal of the chapter that it asks.
    kind : str
        "one" or "several" (of the choices), "numeric", "ordering", "sketch" or "lines".
    text, explanation : str
        What is asked, and why the right answer is right, in the small markup.
    choices : tuple of Choice
        In the order of the file, which is the right one for "ordering".
    answer : Answer or None
        The key of a numeric question.
    mistakes : tuple of Mistake
        Known wrong answers to a numeric question.
    values : tuple of dict
        For each variant of a numeric question the values of its placeholders.
    sketch : Sketch or None
        The curve to draw, of a sketch.
    lines : tuple of Line
        Of a program, in a right order; those that do not belong come last.
    runs : Run or None
        What the program must give.
    """

    topic: str
    id: str
    goal: str
    kind: str
    text: str
    explanation: str
    choices: tuple[Choice, ...] = ()
    answer: Answer | None = None
    mistakes: tuple[Mistake, ...] = ()
    values: tuple[Mapping[str, float], ...] = field(default=(), hash=False)
    sketch: Sketch | None = None
    lines: tuple[Line, ...] = ()
    runs: Run | None = None

    @property
    def given(self) -> Mapping[str, float]:
        """The values of the first variant, for ``answer.value`` and the mistakes."""
        return self.values[0] if self.values else {}

    def variants(self) -> tuple["Question", ...]:
        """The question once for each of its `values`, placeholders filled in.

        Each has the id of the question and these values only; a question without
        placeholders is its only variant.

        Examples
        --------
        >>> question = Question(
        ...     "hinge", "double", "compute", "numeric", "Twice [[s]]?", "It is so.",
        ...     answer=Answer("2 * s", 0.1, ""), values=({"s": 3}, {"s": 4}))
        >>> for variant in question.variants():
        ...     print(variant.text, variant.answer.value(variant.given))
        Twice 3? 6.0
        Twice 4? 8.0
        """
        return tuple(self._with(values) for values in self.values) or (self,)

    def shuffled(self) -> tuple[Choice, ...]:
        """The choices in an order that is always the same and tells nothing.

        What is to be ordered never comes in the right order.
        """
        mixed = sorted(
            self.choices,
            key=lambda choice: sha256(f"{self.id} {choice.text}".encode()).digest(),
        )
        if self.kind == "ordering" and mixed == list(self.choices):
            mixed = mixed[1:] + mixed[:1]
        return tuple(mixed)

    def _with(self, values: Mapping[str, float]) -> "Question":
        def fill(text: str) -> str:
            return PLACEHOLDER.sub(lambda found: str(values[found[1]]), text)

        return replace(
            self,
            text=fill(self.text),
            explanation=fill(self.explanation),
            mistakes=tuple(
                replace(mistake, feedback=fill(mistake.feedback))
                for mistake in self.mistakes
            ),
            values=(values,),
        )


@dataclass(frozen=True)
class Example:
    """A worked example: steps of which fewer and fewer are shown.

    Attributes
    ----------
    topic, id, goal : str
        Those of a `Question`.
    text : str
        What it is about, in the small markup.
    steps : tuple of Question
        Numeric ones, whose `values` are the same: fresh numbers for each time.
    """

    topic: str
    id: str
    goal: str
    text: str
    steps: tuple[Question, ...]


@dataclass(frozen=True)
class Card:
    """A flash card; `kind` is "term", "formula", "mnemonic" or "choice"."""

    topic: str
    id: str
    goal: str
    front: str
    back: str
    kind: str
