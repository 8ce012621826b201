"""What stands on a page of the site, one thing after the other.

A page is a list of parts, one for each heading, and a part a list of blocks.  A block
that this file does not know is an error: what is new on pages must have its slide.
"""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from .sentences import said

# For ears and eyes at home, or for the margin.
NOT_IN_A_ROOM = """
  .//figure[@data-recording] | .//a[@class="watch"] | .//aside[@class="note"]
  | .//*[contains(@class, "toctree-wrapper")] | .//nav | .//a[@class="headerlink"]
  | .//td/span[@class="column"] | .//section[@id="dialogue"] | .//template
  | .//script | .//*[@class="state-link"] | .//details[@class="calls"]
"""
HEADINGS = {"h1", "h2", "h3", "h4"}
PROSE = {"p", "dl"}
LISTS = {"ul", "ol"}


class SlidesError(Exception):
    """The slides could not be made; the message says of which page, and why."""


@dataclass
class Block:
    """One thing on a page.

    Attributes
    ----------
    kind : str
        prose, list, quote, formula, table, figure, picture, code, listing, question
        or worked.
    element : HtmlElement
        Its element on the page.
    before : bool
        Whether it is a question to guess at before one reads.
    """

    kind: str
    element: HtmlElement
    before: bool = False


@dataclass
class Part:
    """What stands under one heading, up to the next.

    Attributes
    ----------
    name : str
        The heading's address on the page.
    above, title : str
        The heading above it, if there is one, and its own.
    blocks : list of Block
        What stands there, in order.
    """

    name: str
    above: str
    title: str
    blocks: list[Block] = field(default_factory=list)


def parts_of(article: HtmlElement, page: str) -> list[Part]:
    """The parts of an article, which stays as it is; the first has its title."""
    body = deepcopy(article)
    for place in body.xpath(NOT_IN_A_ROOM):
        place.drop_tree()
    for place in body.xpath(".//*[@data-paper]"):
        place.attrib.pop("data-paper")
    (section,) = body.xpath("./section")
    return [part for part in [*_parts(section, "", page)] if part.blocks]


def _parts(section: HtmlElement, above: str, page: str) -> Iterator[Part]:
    """The part of a section, then those of the sections in it."""
    (heading,) = section.xpath("./h1 | ./h2 | ./h3 | ./h4 | ./header/h1")
    level = int(heading.tag[1])
    title = said(heading)
    part = Part(section.get("id"), above, title)
    yield part
    for child in section:
        if child.tag == "section":
            yield from _parts(child, "" if level == 1 else title, page)
        elif child.tag not in HEADINGS and isinstance(child.tag, str):
            part.blocks += _blocks(child, f"{page}#{part.name}")


def _blocks(element: HtmlElement, where: str) -> Iterator[Block]:
    """The blocks of an element that stands in a section."""
    names = set(element.get("class", "").split())
    if element.tag == "header":
        yield from (
            Block("prose", lead) for lead in element.xpath('./*[@class="lead"]')
        )
    elif "cell" in names:
        yield from _cell(element, where)
    elif names & {"sd-tab-set", "sd-tab-content"}:
        for child in element:
            if "sd-tab-content" in child.get("class", "") or child.tag in PROSE:
                yield from _blocks(child, where)
    elif element.tag in PROSE:
        yield Block("prose", element)
    elif element.tag in LISTS:
        yield Block("list", element)
    elif element.tag == "blockquote":
        yield Block("quote", element)
    elif "math" in names:
        yield Block("formula", element)
    elif element.tag == "table" or element.xpath("./table"):
        yield Block("table", element.xpath("descendant-or-self::table")[0])
    elif any(name.startswith("highlight") for name in names):
        yield Block("listing", element.xpath(".//pre")[0])
    elif element.tag != "span":  # an address without text
        raise SlidesError(
            f"{where} has <{element.tag} class={' '.join(sorted(names))}>, and no rule "
            "says what it is on a slide. See tools/build/doors/slides/reading.py."
        )


def _cell(cell: HtmlElement, where: str) -> Iterator[Block]:
    """The blocks of a cell: what it draws, asks or prints."""
    code = cell.xpath("./div[contains(@class, 'cell_input')]")
    if cell.xpath(".//*[@data-model]"):
        yield Block("figure", cell.xpath(".//*[@data-model]")[0])
    elif quizzes := cell.xpath(".//*[@data-study='quiz']"):
        before = bool(quizzes[0].xpath("./p[@class='title']"))
        for question in quizzes[0].xpath(".//fieldset"):
            yield Block("question", question, before)
    elif worked := cell.xpath(".//*[@data-study='worked']"):
        yield Block("worked", worked[0])
    elif code:
        pictures = cell.xpath("./div[contains(@class, 'cell_output')]/img")
        yield Block("picture" if pictures else "code", cell)
    else:
        raise SlidesError(f"{where} has a cell that shows nothing a slide knows.")
