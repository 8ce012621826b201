"""What all targets share: names that last, HTML with LaTeX, files without dates."""

import re
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from hashlib import sha256
from html import escape
from pathlib import Path

from ..study import Card, Choice, Mistake, Question, lines, markup

# What mathematics starts or ends with in a program that draws it; in a text it is text.
_DELIMITER = re.compile(r"\\(?=[()\[\]])|\$(?=\$)")
_INDENT = re.compile("^ +")
# What a target cannot hold as it is in the bank, with the names of the questions.
Differences = dict[str, list[str]]

_NO_DATE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Item:
    """A question to export: one variant, with a name that lasts.

    Attributes
    ----------
    name : str
        The id of the question; from the second variant on ``id.2``, ``id.3``, …
    question : Question
        With the placeholders filled in.
    """

    name: str
    question: Question


@dataclass(frozen=True)
class Chapter:
    """The questions and the cards on a topic."""

    topic: str
    questions: tuple[Question, ...]
    cards: tuple[Card, ...] = ()

    @property
    def title(self) -> str:
        """The topic in words, such as "Cross entropy"."""
        return self.topic.replace("_", " ").capitalize()


def undrawn(question: Question) -> Question:
    """A question that needs no drawing: a sketch is a choice between curves in words.

    None of the targets lets one draw a curve and judges its shape.
    """
    if not question.sketch:
        return question
    return replace(
        question,
        kind="one",
        text=f"{question.text}\n\nWhich description fits?",
        choices=question.sketch.choices,
        sketch=None,
    )


def variants(question: Question) -> list[Item]:
    """The items of a question: one, or one for each of its variants.

    No target has programs to put in order, and all have choices.
    """
    if question.kind == "lines":
        return [Item(question.id, lines.as_choice(question))]
    return [
        Item(question.id if number == 1 else f"{question.id}.{number}", variant)
        for number, variant in enumerate(question.variants(), 1)
    ]


def programs(questions: Iterable[Question]) -> Differences:
    """What is not as in the bank of programs to put in order."""
    names = [question.id for question in questions if question.kind == "lines"]
    return {"lines to put in order became a choice between whole programs": names}


def html(text: str, math: Callable[[str], str] | None = None) -> str:
    r"""The text as HTML paragraphs; `math` makes HTML of LaTeX, by default ``\(…\)``.

    Nothing else is left that MathJax would take for a formula.

    Examples
    --------
    >>> print(html(r"Is $a < b$, or `a < b`?"))
    <p>Is \(a &lt; b\), or <code>a &lt; b</code>?</p>
    """
    return "".join(f"<p>{paragraph}</p>" for paragraph in _paragraphs(text, math))


def inline_html(text: str, math: Callable[[str], str] | None = None) -> str:
    """The text as HTML without an element around it."""
    return "<br>".join(_paragraphs(text, math))


def with_unit(question: Question) -> str:
    """The text of a numeric question, with the unit in which to answer."""
    unit = question.answer.unit
    return f"{question.text}\n\nAnswer in {unit}." if unit else question.text


def feedback(entry: Choice | Mistake) -> str:
    """What to answer to a choice or mistake, with the name of its common error."""
    error = entry.misconception
    return f"{entry.feedback} Common error: “{error}”." if error else entry.feedback


def known_mistakes(question: Question) -> list[tuple[Mistake, Decimal]]:
    """The known wrong answers to a numeric question, with their numbers."""
    return [
        (mistake, number(mistake.value(question.given), question.answer.tolerance))
        for mistake in question.mistakes
    ]


def number(value: float, tolerance: float = 0.0) -> Decimal:
    """A number with as few digits as leave it within a thousandth of the tolerance.

    So that who answers what is written is right, and so is who answers what was
    meant.  Without a tolerance it has the digits that tell it from its neighbours.

    >>> number(1 / 3, 0.005), number(0.1 + 0.2, 1e-9), number(1e-22, 0.005)
    (Decimal('0.33333'), Decimal('0.3'), Decimal('0'))
    """
    within = tolerance / 1000
    if abs(value) <= within:
        return Decimal(0)
    rounded = (f"{value:.{digits}g}" for digits in range(1, 17))
    close = (text for text in rounded if abs(float(text) - value) <= within)
    return Decimal(next(close, repr(value)))


def plain(value: Decimal) -> str:
    """A number without an exponent, as Canvas reads it.

    >>> plain(number(4e-7)), plain(number(1.2e12))
    ('0.0000004', '1200000000000')
    """
    return f"{value:f}"


def shown(value: Decimal) -> str:
    """A number as one reads it; an exponent stands for many zeros.

    >>> shown(number(4e-7)), shown(number(1.2e12)), shown(number(1e-22))
    ('0.0000004', '1200000000000', '1e-22')
    """
    is_readable = value == 0 or -8 < value.adjusted() < 16
    return plain(value) if is_readable else f"{value:.99g}".replace("E", "e")


def identifier(*parts: str, digits: int = 32) -> str:
    """A name for machines, made of the names that last."""
    return sha256("\n".join(("lossbook", *parts)).encode()).hexdigest()[:digits]


def write_zip(path: Path, files: dict[str, bytes]) -> None:
    """Write an archive that holds these files and no date."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, _NO_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)


def _paragraphs(text: str, math: Callable[[str], str] | None) -> list[str]:
    return markup.render(
        text,
        words=_words,
        code=lambda code: f"<code>{_INDENT.sub(_kept, _words(code))}</code>",
        math=math or (lambda latex: rf"\({escape(latex)}\)"),
    )


def _kept(blanks: re.Match) -> str:
    """Blanks at the beginning of a line of a program, which HTML would drop."""
    return "\N{NO-BREAK SPACE}" * len(blanks[0])


def _words(text: str) -> str:
    return _DELIMITER.sub(lambda found: f"{found[0]}<span></span>", escape(text))
