"""One slide, and how much fits on it."""

import math
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field

from lxml.html import HtmlElement
from lxml.html.builder import E

from .reading import Part
from .sentences import said

# In pixels, of what a slide has below a headline of one line, in both forms at once:
# one of 16 to 9 is lower, one of 4 to 3 narrower (slides.css has the same sizes).
# Widths of letters are those of wide fonts: nobody knows which ones a room has.
WIDTH, HEIGHT = 1040, 530
LINE, LETTER = 37, 14.4  # of text
HEADLINE, HEADLINE_LETTER = 42, 18.5
GAP = 12  # between items, and what a row has above and below
CHOICE = 14  # what a choice has above and below, besides
LARGE = 1.27  # how much larger letters are where there is room for it
# How much higher a slide of 4 to 3 is, how much larger its letters may be, and what
# stands there beside the text of a choice: its letter, and the hands that are counted.
HIGHER, LARGER, BESIDE = 144, (1.5, 1.4, 1.3, 1.2, 1.1), 228


@dataclass
class Slide:
    """One slide.

    Attributes
    ----------
    kind : str
        title, points, list, quote, formula, table, figure, picture, code, output,
        guess, question, answer or end: it decides how it looks and how long it takes.
    kicker : str
        What it is about, in small letters above the headline.
    headline : HtmlElement
        The sentence that says what is to be seen.
    body : list of HtmlElement
        What is to be seen.
    notes : list of HtmlElement
        What the speaker says.
    unseen : list of HtmlElement
        Cells that run before those of this slide, and are nothing to see.
    later : bool
        Whether it comes when the chapter has answered it.
    large : bool
        Whether there is room for larger letters.
    larger : float
        How much larger its letters are in the form of 4 to 3, which is higher.
    size : float
        Of its letters, in pixels, where that depends on what is shown.
    name : str
        Its address in the deck.
    """

    kind: str
    kicker: str
    headline: HtmlElement
    body: list[HtmlElement]
    notes: list[HtmlElement] = field(default_factory=list)
    unseen: list[HtmlElement] = field(default_factory=list)
    later: bool = False
    large: bool = False
    larger: float = 1
    size: float = 0
    name: str = ""


def headed(
    kind: str, part: Part, lead: HtmlElement | None, body: list[HtmlElement]
) -> Slide:
    """A slide with a sentence as its headline, or with the heading of its part."""
    whole = f"{part.above} · {part.title}" if part.above else part.title
    if lead is not None:
        return Slide(kind, whole, deepcopy(lead), body)
    # A figure has a title of its own, and shows no headline.
    kicker = whole if kind == "figure" else part.above
    return Slide(kind, kicker, E.p(part.title), body)


def without_links(element: HtmlElement) -> HtmlElement:
    """A copy in which links are words: on a slide, nobody presses them."""
    copy = deepcopy(element)
    copy.tail = None
    for link in copy.xpath(".//a"):
        link.drop_tag()
    return copy


def height_of_text(element: HtmlElement, scale: float = 1, beside: float = 50) -> float:
    """How high a paragraph or an item is, in letters of this size."""
    lines = math.ceil(len(said(element)) * LETTER * scale / (WIDTH - beside))
    return lines * LINE * scale + GAP


def is_large(texts: Sequence[HtmlElement], headline: HtmlElement | None) -> bool:
    """Whether these texts would fit below a headline in larger letters."""
    heights = [height_of_text(text, LARGE) + CHOICE for text in texts]
    return sum(heights) <= room_below(headline)


def alike(slides: Sequence[Slide], texts: Sequence[Sequence[HtmlElement]]) -> None:
    """Give slides that belong together letters of one size, in which all fits."""
    pairs = [*zip(slides, texts, strict=True)]
    large = all(is_large(some, slide.headline) for slide, some in pairs)
    larger = min(_larger(some, slide.headline) for slide, some in pairs)
    larger = max(larger, LARGE if large else 1)
    for slide in slides:
        slide.large, slide.larger = large, larger


def _larger(texts: Sequence[HtmlElement], headline: HtmlElement | None) -> float:
    """How much larger the letters of these texts can be on a slide of 4 to 3."""

    def height(scale: float) -> float:
        return sum(height_of_text(text, scale, BESIDE) + CHOICE for text in texts)

    return largest(height, headline)


def largest(
    height: Callable[[float], float],
    headline: HtmlElement | None,
    width: float = 0,
) -> float:
    """The largest letters in which something is neither too high nor too wide there."""
    room = room_below(headline) + HIGHER
    fitting = (s for s in LARGER if height(s) <= room and width * s <= WIDTH)
    return next(fitting, 1)


def room_below(headline: HtmlElement | None) -> float:
    """What is left below a headline, which may take several lines."""
    length = len(said(headline)) if headline is not None else 0
    lines = max(1, math.ceil(length * HEADLINE_LETTER / WIDTH))
    return HEIGHT - (lines - 1) * HEADLINE


def filled(heights: Sequence[float], room: float) -> Iterator[range]:
    """Which items one slide after the other shows.

    The slides of one list are filled alike, so that the last has no single item.

    >>> list(filled([10, 10, 10, 10], 30))
    [range(0, 2), range(2, 4)]
    """
    slides = math.ceil(sum(heights) / room) or 1
    share = sum(heights) / slides
    start, height = 0, 0.0
    for i, each in enumerate(heights):
        if i > start and (height + each > room or height + each / 2 > share):
            yield range(start, i)
            start, height = i, 0.0
        height += each
    yield range(start, len(heights))
