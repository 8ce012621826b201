"""From what stands on a page to slides: what is shown, what is said, where it is cut.

A slide has one thing to look at, and above it the sentence that leads to it.  All the
text around that thing is the speaker's notes.  What is too long for a slide goes on the
next one: lists and tables between their rows, code as code.py has it.
"""

import math
from collections.abc import Iterator
from itertools import zip_longest

from lxml.html import HtmlElement
from lxml.html.builder import E

from . import asking, code
from .reading import Block, Part
from .sentences import joined, said, sentences
from .slide import (
    GAP,
    HEIGHT,
    LARGE,
    LETTER,
    LINE,
    WIDTH,
    Slide,
    alike,
    filled,
    headed,
    height_of_text,
    largest,
    room_below,
    without_links,
)

COLUMN = 2.5  # letters between two columns
LONGEST_HEADLINE, SHORT, SHORTEST = 120, 26, 12  # letters
MOST_POINTS = 5
FEW_POINTS, LONGEST_POINT = 2, 260  # of so few more is shown, in letters
FOR_READERS = "In other libraries:"  # a list of links (book/_ext/directives)
NEEDS_NO_LEAD = {"output", "picture"}  # what is said after it may stand above it
FORMULA, LARGEST_FORMULA = 26, 52  # pixels
SIGN, ROW = 0.76, 3.2  # in em, the width of a sign and the height of a row


def slides_of(part: Part) -> list[Slide]:
    """The slides of one part of a page."""
    made: list[Slide] = []
    waiting: list[HtmlElement] = []  # what was said since the last thing to see
    for block in part.blocks:
        if block.kind == "prose":
            waiting.append(block.element)
            continue
        if made:  # only the last of it may lead to what comes
            leads = bool(waiting) and (block.kind == "figure" or _is_open(waiting[-1]))
            _explain(made[-1], part, waiting[: len(waiting) - leads])
            waiting = waiting[-1:] if leads else []
        new = list(_shown(block, part, _lead(waiting)))
        new[0].notes[:0] = waiting
        waiting = []
        made += new
    if made:
        _explain(made[-1], part, waiting)
    elif waiting:
        made = [*_points(part, waiting)]
    for number, slide in enumerate(made, 1):
        slide.name = part.name if number == 1 else f"{part.name}-{number}"
    return made


def _explain(slide: Slide, part: Part, after: list[HtmlElement]) -> None:
    """Say what stands after a thing; where nothing led to it, it is the headline."""
    lead = _lead(after)
    if (
        lead is not None
        and slide.kind in NEEDS_NO_LEAD
        and said(slide.headline) == part.title
    ):
        new = headed(slide.kind, part, lead, slide.body)
        slide.kicker, slide.headline = new.kicker, new.headline
    slide.notes += after


def _is_open(paragraph: HtmlElement) -> bool:
    """Whether it ends in the middle of a sentence, as before a formula or code."""
    return said(paragraph)[-1:] not in {*".?!)"}


def _lead(paragraphs: list[HtmlElement]) -> HtmlElement | None:
    """The sentence that leads to what follows, if it is short enough for a headline.

    That is the last one, if it is open, or else the first; and the next after a short
    one.
    """
    if not paragraphs:
        return None
    first, last = sentences(paragraphs[0]), sentences(paragraphs[-1])
    found = [first[0]]
    if _is_open(last[-1]) and len(said(last[-1])) > SHORT:
        found = [last[-1]]
    elif len(said(first[0])) <= SHORT:
        found = first[:2]
    if _is_open(found[-1]) and len(said(found[-1])) < SHORTEST:
        return None  # such as "So"
    while found and sum(len(said(each)) for each in found) > LONGEST_HEADLINE:
        found.pop()
    return joined(found) if found else None


def _points(part: Part, paragraphs: list[HtmlElement]) -> Iterator[Slide]:
    """Where there is only text: the first sentence of each paragraph, of few some."""
    shown = [each for each in paragraphs if not said(each).startswith(FOR_READERS)]
    longest = LONGEST_POINT if len(shown) <= FEW_POINTS else 0
    points = [_beginning(each, longest) for each in shown[:MOST_POINTS]]
    if points:
        yield Slide("points", part.above, E.p(part.title), points, paragraphs)


def _beginning(paragraph: HtmlElement, longest: int) -> HtmlElement:
    """Its first sentence, and more of them up to so many letters."""
    first, *others = sentences(paragraph)
    taken = [first]
    for other in others:
        if sum(len(said(each)) for each in [*taken, other]) > longest:
            break
        taken.append(other)
    return joined(taken)


def _shown(block: Block, part: Part, lead: HtmlElement | None) -> Iterator[Slide]:
    """The slides of one block."""
    element = block.element
    if block.kind == "list":
        heights = [height_of_text(item) for item in element]
        slides = []
        for some in filled(heights, room_below(lead)):
            body = E(element.tag, *[without_links(element[i]) for i in some])
            if element.tag == "ol":
                body.set("start", str(some.start + 1))
            slides.append(headed("list", part, lead, [body]))
        alike(slides, [one.body[0] for one in slides])
        yield from slides
    elif block.kind == "table":
        yield from _table(element, part, lead)
    elif block.kind == "code":
        yield from code.runs(element, part, lead)
    elif block.kind == "listing":
        yield from code.listing(element, part, lead)
    elif block.kind == "question":
        yield from asking.question(element, part, before=block.before)
    elif block.kind == "worked":
        yield from asking.worked(element, part)
    elif block.kind == "formula":
        slide = headed("formula", part, lead, [without_links(element)])
        rows = element.xpath(".//math/mtable/mtr") or [element]
        largest = min(LARGEST_FORMULA, HEIGHT / len(rows) / ROW)
        slide.size = max(FORMULA, min(largest, WIDTH / _width_of_formula(rows)))
        yield slide
    else:  # a figure, a picture, a quote
        yield headed(block.kind, part, lead, [without_links(element)])


def _width_of_formula(rows: list[HtmlElement]) -> float:
    """How wide its rows are, in em: their columns stand below each other."""
    cells = [row.xpath("./mtd") or [row] for row in rows]
    columns = zip_longest(*[[*map(_width_of_signs, row)] for row in cells], fillvalue=0)
    return max(1.0, sum(map(max, columns)))


def _width_of_signs(element: HtmlElement) -> float:
    spaces = element.xpath(".//mspace/@width[contains(., 'em')]")
    return len(said(element)) * SIGN + sum(float(each[:-2]) for each in spaces)


def _table(table: HtmlElement, part: Part, lead: HtmlElement | None) -> Iterator[Slide]:
    """A table, with its heads on every slide."""
    heads = table.xpath("./thead/tr")
    every = [*heads, *table.xpath("./tbody/tr")]
    heights = _heights_of_rows(every)
    rows, above = heights[len(heads) :], sum(heights[: len(heads)])
    slides, shown = [], []
    for some in filled(rows, room_below(lead) - above):
        copy = without_links(table)
        copy.attrib.clear()
        for i, row in enumerate(copy.xpath("./tbody/tr")):
            if i not in some:
                row.drop_tree()
        slides.append(headed("table", part, lead, [copy]))
        shown.append([*range(len(heads)), *[len(heads) + i for i in some]])

    def height(scale: float) -> float:
        heights = _heights_of_rows(every, scale)
        return max(sum(heights[i] for i in some) for some in shown)

    width = sum(_least_widths(_columns(every))) * LETTER
    for slide in slides:  # all of a table alike
        slide.large = height(LARGE) <= room_below(lead)
        slide.larger = max(largest(height, lead, width), LARGE if slide.large else 1)
    yield from slides


def _columns(rows: list[HtmlElement]) -> list[tuple[str, ...]]:
    """What the cells of a table say, by columns."""
    return [*zip(*[map(said, row) for row in rows], strict=False)]


def _least_widths(columns: list[tuple[str, ...]]) -> list[float]:
    """How wide the columns are at least, in letters: no word is broken."""
    return [
        max(len(word) for cell in column for word in f"{cell} -".split()) + COLUMN
        for column in columns
    ]


def _heights_of_rows(rows: list[HtmlElement], scale: float = 1) -> list[float]:
    """How high the rows of a table are, whose columns share its width by their text."""
    columns = _columns(rows)
    natural = [max(map(len, column)) + COLUMN for column in columns]
    least = _least_widths(columns)
    spare, wanted = WIDTH / LETTER / scale - sum(least), sum(natural) - sum(least)
    share = min(1.0, max(0.0, spare / wanted)) if wanted else 1.0
    widths = [
        low + share * (high - low) for low, high in zip(least, natural, strict=True)
    ]
    return [
        max(
            math.ceil((len(cell) + COLUMN) / width)
            for cell, width in zip(map(said, row), widths, strict=False)
        )
        * LINE
        * scale
        + GAP
        for row in rows
    ]
