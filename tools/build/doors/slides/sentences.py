"""Paragraphs cut into sentences, with their formulas and words in bold."""

import re
from copy import deepcopy

from lxml import html
from lxml.html import HtmlElement

END = re.compile(r"(?<=[.?!])\s+(?=\S)")
# A formula that is kept together with its full stop ends a sentence, too.
ENDED = re.compile(r"[.?!]\)?$")
OPEN = re.compile(r"[:,]\s*$")
BRACKET = re.compile(r"\s*\($")
ABBREVIATION = re.compile(r"(\be\.g|\bi\.e|\bcf|\bvs|\bal|\bNo)\.$")


def sentences(paragraph: HtmlElement) -> list[HtmlElement]:
    """Its sentences, each as a paragraph of its own; the paragraph stays as it is."""
    pieces: list[list[str | HtmlElement]] = [[]]
    _add_text(pieces, paragraph.text or "")
    for child in paragraph:
        copy = deepcopy(child)
        copy.tail = None
        pieces[-1].append(copy)
        tail = child.tail or ""
        if ENDED.search(said(child)) and tail[:1].isspace():
            pieces.append([])
            tail = tail.lstrip()
        _add_text(pieces, tail)
    return [_paragraph(piece) for piece in pieces if any(map(_says, piece))]


def joined(some: list[HtmlElement]) -> HtmlElement:
    """Sentences as one paragraph, without links, and closed where they are open.

    A link in brackets only says where something was found, and is left out.
    """
    pieces: list[str | HtmlElement] = []
    for sentence in some:
        pieces += [" " if pieces else "", sentence.text or ""]
        for child in deepcopy(sentence):
            tail, child.tail = child.tail or "", None
            pieces += [child, tail]
    paragraph = _paragraph(pieces)
    _close(paragraph)
    for link in paragraph.xpath(".//a"):
        _leave_out_if_bracketed(link)
    for link in paragraph.xpath(".//a"):
        link.drop_tag()
    return paragraph


def _leave_out_if_bracketed(link: HtmlElement) -> None:
    """Take away a link that stands alone in brackets, with them and the space."""
    before, parent = link.getprevious(), link.getparent()
    text = (parent.text if before is None else before.tail) or ""
    opens, closes = BRACKET.search(text), (link.tail or "").startswith(")")
    if not opens or not closes:
        return
    link.tail = link.tail[1:]
    if before is None:
        parent.text = text[: opens.start()]
    else:
        before.tail = text[: opens.start()]
    link.drop_tree()


def _close(element: HtmlElement) -> None:
    """Take away the colon or comma at the end of the text of an element."""
    if len(element) and not (element[-1].tail or "").strip():
        _close(element[-1])
    elif len(element):
        element[-1].tail = OPEN.sub("", element[-1].tail or "")
    else:
        element.text = OPEN.sub("", element.text or "")


def said(element: HtmlElement) -> str:
    """The words of an element, of a formula those that are read of it."""
    return " ".join(
        "".join(
            element.xpath(".//text()[not(ancestor::*[@aria-hidden='true'])]")
        ).split()
    )


def _add_text(pieces: list[list[str | HtmlElement]], text: str) -> None:
    """Add a text, and begin a new piece after each end of a sentence in it."""
    first, *others = END.split(text)
    pieces[-1].append(first)
    for other in others:
        if ABBREVIATION.search(first):
            pieces[-1].append(f" {other}")
        else:
            pieces.append([other])
        first = other


def _says(piece: str | HtmlElement) -> bool:
    return not isinstance(piece, str) or bool(piece.strip())


def _paragraph(pieces: list[str | HtmlElement]) -> HtmlElement:
    """A paragraph of texts and elements."""
    paragraph = html.Element("p")
    for piece in pieces:
        if not isinstance(piece, str):
            paragraph.append(piece)
        elif len(paragraph):
            paragraph[-1].tail = (paragraph[-1].tail or "") + piece
        else:
            paragraph.text = (paragraph.text or "") + piece
    return paragraph
