"""What a check found, as a value: it shows itself as text, or as HTML in a notebook."""

import re
from dataclasses import dataclass
from html import escape
from typing import Literal

Kind = Literal["right", "wrong", "not attempted", "raised", "read on"]

HEADINGS: dict[Kind, str] = {
    "right": "Right.",
    "wrong": "Not right yet.",
    "not attempted": "Not attempted yet.",
    "raised": "Your code stopped with an error.",
    "read on": "Yours to judge.",
}


@dataclass(frozen=True, repr=False)
class Outcome:
    """The outcome of a check: true when the answer is right, and only then.

    Attributes
    ----------
    kind : {"right", "wrong", "not attempted", "raised", "read on"}
        "read on" is for an answer in words, which only a reader can judge.
    message : str
        What to look at, in the learner's words; code stands in backticks.
    mistake : str or None
        The name of the known mistake that the answer makes.
    points : tuple of str
        What a good answer in words says.
    exercise : str
        The id of the exercise that was checked, such as "hinge-margin", or "".
    misconception : str
        The heading of the page of common errors that the mistake belongs to, or "".

    Examples
    --------
    >>> Outcome("wrong", "You forgot to divide by the number of examples.")
    Not right yet. You forgot to divide by the number of examples.
    """

    kind: Kind
    message: str = ""
    mistake: str | None = None
    points: tuple[str, ...] = ()
    exercise: str = ""
    misconception: str = ""

    def __bool__(self) -> bool:
        return self.kind == "right"

    def __repr__(self) -> str:
        first = f"{HEADINGS[self.kind]} {self.message}".strip()
        return "\n".join([first, *(f"- {point}" for point in self.points)])

    def _repr_html_(self) -> str:
        name = self.kind.replace(" ", "-")
        said = f"<strong>{HEADINGS[self.kind]}</strong> {marked_up(self.message)}"
        points = "".join(f"<li>{marked_up(point)}</li>" for point in self.points)
        below = f"<ul>{points}</ul>" if points else ""
        about = self._about() if self.kind in ("right", "wrong") else ""
        return f'<div class="outcome {name}"{about}><p>{said.strip()}</p>{below}</div>'

    def _about(self) -> str:
        """What a page notes of it."""
        named = {
            "exercise": self.exercise,
            "misconception": anchor(self.misconception),
        }
        return "".join(f' data-{key}="{word}"' for key, word in named.items() if word)


@dataclass(frozen=True, repr=False)
class Hint:
    """One hint, and whether there is another."""

    text: str
    number: int
    count: int

    def __repr__(self) -> str:
        last = self.number == self.count
        more = (
            "This is the last one; then comes `solution()`."
            if last
            else f"`hint({self.number + 1})` is next."
        )
        return f"Hint {self.number} of {self.count}: {self.text} {more}"

    def _repr_html_(self) -> str:
        return f'<p class="hint">{marked_up(repr(self))}</p>'


@dataclass(frozen=True, repr=False)
class Solution:
    """The source of a right answer, or a model answer in words."""

    text: str
    is_code: bool

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        if self.is_code:
            return f"<pre><code>{escape(self.text)}</code></pre>"
        return f"<p>{marked_up(self.text)}</p>"


@dataclass(frozen=True, repr=False)
class Help:
    """All hints and the solution of an exercise, each folded until it is asked for."""

    path: str
    hints: tuple[Hint, ...]
    solution: Solution

    def __repr__(self) -> str:
        return f"Stuck? {self.path}.hint(1) to hint({len(self.hints)}), and .solution()"

    def _repr_html_(self) -> str:
        folded = [
            (f"Hint {hint.number}", f"<p>{marked_up(hint.text)}</p>")
            for hint in self.hints
        ]
        folded.append(("Solution", self.solution._repr_html_()))
        details = "".join(
            f"<details><summary>{summary}</summary>{inside}</details>"
            for summary, inside in folded
        )
        return f'<div class="help">{details}</div>'


def anchor(heading: str) -> str:
    """The name by which pages lead to a heading.

    >>> anchor("The hinge loss is for 0/1 labels")
    'the-hinge-loss-is-for-0-1-labels'
    """
    return re.sub(r"[^a-z0-9]+", "-", heading.lower()).strip("-")


def marked_up(text: str) -> str:
    """The text as HTML: all of it escaped, and what stands in backticks as code.

    >>> marked_up("`a < b` & so on")
    '<code>a &lt; b</code> &amp; so on'
    """
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text, quote=False))
