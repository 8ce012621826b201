r"""The small markup of questions and cards: paragraphs, ``$LaTeX$`` and `code`.

A text is parsed into pieces; each way to show it says what becomes of a piece.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Literal

from .mathml import mathml

# A formula that is only a number is set as the numbers around it are.
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_BLANKS = re.compile(r"\s+")
_PIECE = re.compile(r"`(?P<code>[^`]+)`|\$(?P<math>[^$`]+)\$|(?P<text>[^`$]+)")


@dataclass(frozen=True)
class Piece:
    """A run of text, code or math; `source` is without its marks."""

    kind: Literal["text", "code", "math"]
    source: str


Paragraph = tuple[Piece, ...]


def parse(text: str) -> tuple[Paragraph, ...]:
    r"""The paragraphs of a text, each a tuple of pieces.

    Raises
    ------
    ValueError
        If a ``$`` or a backtick has no partner in its paragraph, or holds nothing.

    Examples
    --------
    >>> for piece in parse("The cost is $-\\log p$ nats.")[0]:
    ...     print(piece.kind, repr(piece.source))
    text 'The cost is '
    math '-\\log p'
    text ' nats.'
    """
    paragraphs = re.split(r"\n\s*\n", text.strip())
    return tuple(_pieces(paragraph.strip()) for paragraph in paragraphs)


def _pieces(paragraph: str) -> Paragraph:
    pieces, position = [], 0
    while position < len(paragraph):
        match = _PIECE.match(paragraph, position)
        if match is None:
            mark = {"$": "dollar sign ($)", "`": "backtick (`)"}[paragraph[position]]
            raise ValueError(f"a {mark} without its partner in {paragraph!r}")
        kind, source = match.lastgroup, match[match.lastgroup]
        if kind != "code":  # in a program the blanks at the beginning of a line count
            source = _BLANKS.sub(" ", source)
        if kind == "math" and _NUMBER.fullmatch(source):
            kind, source = "text", source.replace("-", "−")
        pieces.append(Piece(kind, source))
        position = match.end()
    return tuple(pieces)


def render(
    text: str,
    *,
    words: Callable[[str], str],
    code: Callable[[str], str],
    math: Callable[[str], str],
) -> list[str]:
    """The paragraphs of a text, each piece given to the function for its kind."""
    show = {"text": words, "code": code, "math": math}
    return [
        "".join(show[piece.kind](piece.source) for piece in paragraph)
        for paragraph in parse(text)
    ]


def html(text: str) -> str:
    """The text as paragraphs of HTML with MathML; what looks like HTML stays text.

    Examples
    --------
    >>> html("Is `a < b`?")
    '<p>Is <code>a &lt; b</code>?</p>'
    """
    return "".join(f"<p>{paragraph}</p>" for paragraph in _html(text))


def inline_html(text: str) -> str:
    """The text as HTML without an element around it, for labels and legends."""
    return "<br />".join(_html(text))


def _html(text: str) -> list[str]:
    return render(
        text,
        words=escape,
        code=lambda code: f"<code>{escape(code)}</code>",
        math=mathml,
    )
