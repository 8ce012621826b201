"""What a term means, in the margin beside the place where a chapter first names it.

Where the page is wide enough; elsewhere, and for who hears the page, the link itself
tells it (directives/glossary.py, book/assets/book.js).
"""

from lxml import html
from lxml.html import HtmlElement

from .page import Site

# Paragraphs of running text, for a note floats beside what stands in the column.
TERMS = (
    "//article//section/p//a[contains(@href, 'glossary.html#') and @title]"
    "[not(ancestor::li or ancestor::div[contains(@class, 'sd-tab')])]"
)
LONGEST = 160  # letters: what is longer is read in the glossary


def place(site: Site) -> None:
    """Write a note before each paragraph that first links to a term."""
    for page, links in site.some(TERMS):
        told = set()
        for link in links:
            name = link.get("href").partition("#")[2]
            if page.name == "book/glossary" or name in told:
                continue
            told.add(name)
            if len(link.get("title")) <= LONGEST:
                paragraph = next(link.iterancestors("p"))
                before = paragraph.getprevious()
                if before is None or before.get("class") != "note":  # one beside each
                    paragraph.addprevious(note(link))


def note(link: HtmlElement) -> HtmlElement:
    """The name of a term as the text has it, and its definition."""
    made = html.Element("aside", {"class": "note", "aria-hidden": "true"})
    name = html.Element("b")
    words = " ".join(link.text_content().split())
    name.text = words[:1].upper() + words[1:]
    name.tail = f" {link.get('title')}"
    made.append(name)
    return made
