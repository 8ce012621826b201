"""Trees of pages: read, copied and put in each other's place."""

from copy import deepcopy

from lxml import html


def parsed(path):
    """The tree of a page, without the places where long names may be broken.

    The parser puts the text that follows one into it, which readers of EPUBs refuse.
    """
    tree = html.parse(str(path), html.HTMLParser(encoding="utf-8")).getroot()
    for place in tree.xpath("//wbr"):
        place.drop_tag()
    return tree


def renamed(element, tag):
    """A copy of an element under another name, without attributes."""
    copy = deepcopy(element)
    copy.tag, copy.tail = tag, None
    copy.attrib.clear()
    return copy


def renamed_parts(element):
    """What is inside an element: its text, and copies of its children."""
    return [element.text or "", *map(deepcopy, element)]


def replace(element, *others):
    """Put others in the place of an element; the text after it stays."""
    parent, tail = element.getparent(), element.tail
    place = parent.index(element)
    element.tail = None
    parent[place : place + 1] = others
    if others:
        others[-1].tail = tail
