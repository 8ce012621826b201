"""Code on slides: what runs with what it printed, in pieces that fit, as large as fits.

Where it takes several slides, it is cut at an empty line or where a block begins.
"""

import math
from collections.abc import Iterator
from copy import deepcopy

from lxml.html import HtmlElement
from lxml.html.builder import E

from .reading import Part
from .slide import LARGE, WIDTH, Slide, headed, room_below

# In the smallest letters: their size, their width, the height of a row, and how many
# fit below a headline of one line.
SMALLEST, LETTER, ROW, ROWS = 18, 10.9, 25.2, 19
LARGE_OUTPUT = 1.67  # how much larger output may be that stands alone
BUTTON = 2  # rows as high as the button that runs it
BAR, GUTTER = 2.1, 3.7  # letters left of what was printed, and between it and code
IN_A_BLOCK, BEFORE_A_BLOCK, IN_A_FUNCTION = 12, 4, 6  # what it costs to cut there

Line = list[str | HtmlElement]  # with its words in bold


def runs(cell: HtmlElement, part: Part, lead: HtmlElement | None) -> Iterator[Slide]:
    """A cell that runs, with what it printed: below, beside or on the next slide.

    Its element holds the code whole, as what runs it asks (book/assets/live/live.js).
    """
    cell = deepcopy(cell)
    (pre,) = cell.xpath("./div[contains(@class, 'cell_input')]//pre")
    printed = cell.xpath("./div[contains(@class, 'cell_output')]")
    given = [line for each in printed for line in _texts(each)]
    whole, most = _lines(pre), _rows_below(lead)
    *first, shown = _cut(whole, most)
    for some in first:
        yield _listing(some, part, lead)
    if shown is not whole:
        cell.insert(0, _set(shown))
        cell.set("class", f"{cell.get('class')} split")
    last = [*map(_text, shown)]
    long, wide = len(last) + BUTTON, float(_width(last))
    table = given if len(given) > 1 else []  # a single line may be broken
    together = long + (_rows(given) if table else _rows(given, LARGE))
    if not given or together <= min(ROWS, most + 1):
        place, long, wide = "below", together, max(wide, _printed(table))
    elif (abreast := wide + GUTTER + _printed(given)) * LETTER <= WIDTH:
        place, long, wide = "beside", max(long, len(given)), abreast
    else:
        place = "apart"
    cell.set("class", f"{cell.get('class')} {place}")
    set_up = bool(cell.xpath(".//summary/b[.='Set-up']"))
    slide = headed("set-up" if set_up else "code", part, lead, [cell])
    slide.size = _size(long, wide)
    yield slide
    if place == "apart":
        slide = headed("output", part, None, [deepcopy(each) for each in printed])
        slide.size = _size(_rows(given), _printed(given), LARGE_OUTPUT)
        yield slide


def listing(pre: HtmlElement, part: Part, lead: HtmlElement | None) -> Iterator[Slide]:
    """Code that does not run here."""
    for lines in _cut(_lines(pre), _rows_below(lead)):
        yield _listing(lines, part, lead)


def _listing(lines: list[Line], part: Part, lead: HtmlElement | None) -> Slide:
    slide = headed("code", part, lead, [_set(lines)])
    texts = [*map(_text, lines)]
    slide.size = _size(len(texts), _width(texts))
    return slide


def _size(rows: int, width: float, largest: float = LARGE) -> float:
    """How large the letters of code can be, in pixels."""
    fitting = min(ROWS / rows, WIDTH / LETTER / max(width, 1))
    return SMALLEST * min(largest, max(1, fitting))


def _lines(pre: HtmlElement) -> list[Line]:
    """The lines of code, of which none is empty at the beginning and the end."""
    lines: list[Line] = [[]]

    def add(text: str, tag: str = "") -> None:
        for i, piece in enumerate(text.split("\n")):
            if i:
                lines.append([])
            if piece:
                lines[-1].append(E(tag, piece) if tag else piece)

    add(pre.text or "")
    for child in pre:
        add(child.text_content(), child.tag)
        add(child.tail or "")
    return _stripped(lines)


def _set(lines: list[Line]) -> HtmlElement:
    """These lines, below each other."""
    pieces: Line = []
    for line in lines:
        pieces += ["\n" if pieces else "", *deepcopy(line)]
    return E.pre(*pieces)


def _text(line: Line) -> str:
    pieces = [each if isinstance(each, str) else each.text_content() for each in line]
    return "".join(pieces)


def _texts(element: HtmlElement) -> list[str]:
    return element.text_content().strip("\n").split("\n")


def _width(lines: list[str]) -> int:
    return max(map(len, lines), default=0)


def _printed(lines: list[str]) -> float:
    """How wide they are, beside the bar that marks what was printed."""
    return _width(lines) + BAR


def _rows(lines: list[str], scale: float = 1) -> int:
    """How many rows they take: longer ones are broken."""
    room = WIDTH / LETTER / scale - BAR
    return sum(max(1, math.ceil(len(line) / room)) for line in lines)


def _rows_below(lead: HtmlElement | None) -> int:
    """How many rows fit below a headline, beside the button."""
    return int(room_below(lead) / ROW) - BUTTON


def _cut(lines: list[Line], most: int) -> list[list[Line]]:
    """Code in pieces alike that fit; if it does not, without double empty lines."""
    if len(lines) <= most:
        return [lines]
    lines = [
        line
        for i, line in enumerate(lines)
        if _text(line).strip() or _text(lines[i - 1]).strip()
    ]
    pieces = math.ceil(len(lines) / most)
    if pieces == 1:
        return [lines]
    share = len(lines) / pieces
    places = range(1, min(most, len(lines) - 1) + 1)
    place = min(places, key=lambda i: _cost([*map(_text, lines)], i, share))
    return [_stripped(lines[:place]), *_cut(_stripped(lines[place:]), most)]


def _stripped(lines: list[Line]) -> list[Line]:
    full = [i for i, line in enumerate(lines) if _text(line).strip()] or [0]
    return lines[full[0] : full[-1] + 1]


def _cost(lines: list[str], place: int, share: float) -> float:
    """How bad it is to cut there: far from an equal share, or inside a block."""
    far = abs(place - share)
    line, above = lines[place], lines[place - 1]
    if not line.strip():
        below = next(filter(str.strip, lines[place:]), "")
        return far + (IN_A_FUNCTION if below.startswith(" ") else 0)
    is_inner = line.startswith((" ", ")", "]", "}"))
    return far + (IN_A_BLOCK if is_inner else BEFORE_A_BLOCK if above.strip() else 0)
