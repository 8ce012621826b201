"""What a term means, in the margin beside the place where a chapter first names it.

Where the page is wide enough; elsewhere, and for who hears the page, the link itself
tells it (book/assets/book.js), from a file of all definitions, which is fetched once.
"""

from lxml import html
from lxml.html import HtmlElement

from .assets import keep_json
from .page import Site

# Paragraphs of running text, for a note floats beside what stands in the column.
TERMS = (
    "//article//section/p//a[contains(@href, 'glossary.html#') and @title]"
    "[not(ancestor::li or ancestor::div[contains(@class, 'sd-tab')])]"
)
DEFINED = "//article//a[contains(@href, 'glossary.html#') and @title]"
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


def keep_definitions(site: Site) -> None:
    """Put the definitions of all terms into one file, which the pages share."""
    found = [(page, page.all(DEFINED)) for page in site.pages]
    definitions = {
        link.get("href").partition("#")[2]: link.get("title")
        for _, links in found
        for link in links
    }
    name = keep_json(site.static / "terms.json", dict(sorted(definitions.items())))
    for page, links in found:
        for link in links:
            del link.attrib["title"]
            link.set("class", "term")
        if links:
            page.one("//article").set("data-terms", f"{page.top}_static/{name}")
