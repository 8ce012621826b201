"""When each slide should be on: the minutes of the lesson plan, shared out."""

from itertools import pairwise

from lxml.html import HtmlElement

from .sentences import said
from .slide import Slide

# Minutes to look, to think or to try, beside what is said; in proportion only.
TO_LOOK = {
    "title": 0.5,
    "figure": 2.0,
    "guess": 2.0,
    "question": 2.0,
    "answer": 1.0,
    "code": 1.0,
    "end": 0.25,
}
OTHERWISE = 0.75
WORDS_PER_MINUTE = 130
STEP = 15  # seconds to which times are rounded


def times(slides: list[Slide], minutes: float) -> list[tuple[int, int]]:
    """From which second to which each slide is on."""
    weights = [TO_LOOK.get(s.kind, OTHERWISE) + _words(s.notes) for s in slides]
    total, before = sum(weights), 0.0
    ends = [0]
    for weight in weights:
        before += weight
        ends.append(round(before / total * minutes * 60 / STEP) * STEP)
    return list(pairwise(ends))


def clock(seconds: int) -> str:
    """Minutes and seconds, as a clock shows them.

    >>> clock(750)
    '12:30'
    """
    return f"{seconds // 60}:{seconds % 60:02}"


def _words(notes: list[HtmlElement]) -> float:
    """Minutes to say them."""
    return sum(len(said(each).split()) for each in notes) / WORDS_PER_MINUTE
