"""What is said: its numbers are computed, so none can be wrong."""

import re
from collections.abc import Mapping
from importlib import import_module
from typing import Any

from ..lessons import Score
from ..lessons.dialogue import Sentence
from ..lessons.score import TEACHER, Line, name_of
from ..study.expressions import NAMES, evaluate
from ..widgets import say

COMPUTED = re.compile(r"\{([^{}]+?)(?::(\d))?\}")
# Words for numbers that somebody would have counted; what is counted on one hand, and
# what is a unit such as a hundred, may be written in words.
COUNTED = re.compile(
    r"\b(eleven|twelve|\w+teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty)\b",
    re.IGNORECASE,
)


def names(score: Score) -> dict[str, Any]:
    """What expressions of a score may use: the data of its stages, and its numbers.

    >>> from lossbook.lessons import score
    >>> round(names(score("mean_squared_error"))["loss"], 1)
    104.7
    """
    module = import_module(f"{__package__}.stages.{score.topic}")
    known = {name: value for name, value in vars(module).items() if name.isupper()}
    for name, expression in score.numbers.items():
        where = f"{name_of(score.topic)}, numbers, {name}"
        if name in NAMES or name in known:
            raise ValueError(f"{where}: the name is taken; call it otherwise")
        known[name] = number(expression, known, where)
    return known


def number(expression: str, known: Mapping[str, Any], where: str) -> float:
    """What an expression gives.

    Raises
    ------
    ValueError
        If it gives no number; the message says where it stands.
    """
    try:
        return evaluate(expression, known)
    except ValueError as error:
        raise ValueError(f"{where}: {error}") from error


def said(text: str, known: Mapping[str, Any], where: str) -> str:
    """A text with its numbers, each computed from the expression in its braces.

    ``{expression:2}`` has two decimals, ``{expression:0}`` is rounded to a whole
    number, and ``{expression}`` must be one.

    Raises
    ------
    ValueError
        If the text has a number that no expression gives, or rounds one unasked.

    Examples
    --------
    >>> said("An error of {e} costs {e**2/7:2}.", {"e": -3.0}, "here")
    'An error of −3 costs 1.29.'
    >>> said("A score of {s}.", {"s": 0.4}, "here")
    Traceback (most recent call last):
    ValueError: here: {s} is 0.4, no whole number; write its decimals: {s:1}
    >>> said("It costs 4.", {}, "here")
    Traceback (most recent call last):
    ValueError: here: no expression gives '4'; write it as {expression}
    """
    bare = COMPUTED.sub("", text)
    if found := re.search(r"\d[\d.,]*\d|\d", bare) or COUNTED.search(bare):
        raise ValueError(
            f"{where}: no expression gives {found[0]!r}; write it as {{expression}}"
        )
    return COMPUTED.sub(lambda found: _said(found[1], found[2], known, where), text)


def _said(
    expression: str, digits: str | None, known: Mapping[str, Any], where: str
) -> str:
    value = number(expression, known, where)
    if digits is None and abs(value - round(value)) > 1e-9:
        raise ValueError(
            f"{where}: {{{expression}}} is {value:.4g}, no whole number; "
            f"write its decimals: {{{expression}:1}}"
        )
    return say(value, int(digits or 0))


def sentences(score: Score) -> tuple[Sentence, ...]:
    """All that is said in a lesson, as it is written and as a voice says it."""
    known = names(score)
    return tuple(_sentence(line, known, where) for where, _, line in score.lines())


def _sentence(line: Line, known: dict[str, Any], where: str) -> Sentence:
    text = said(line.say, known, where)
    spoken = said(line.spoken, known, where) if line.spoken else spoken_of(text)
    return Sentence(TEACHER, text, spoken)


def spoken_of(text: str) -> str:
    """A text as a voice reads it.

    >>> spoken_of("The −15 makes 72\N{NO-BREAK SPACE}% of it.")
    'The minus 15 makes 72 per cent of it.'
    """
    text = re.sub(r"−(?=\d)", "minus ", text)
    return re.sub(r"[ \N{NO-BREAK SPACE}]?%", " per cent", text)
