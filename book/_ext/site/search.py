"""The search: one script with all that the book says, loaded when a reader searches.

What a section is called otherwise stands in the glossary, in paragraphs that begin with
"Also called:".  The names of calls of other libraries lead to the page that has them.
"""

import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

from lossbook import frameworks
from lossbook.catalogue import LOSSES

from ..directives.frameworks import PAGE as CALLS, place
from .assets import bundled
from .page import Page, Site

SCRIPT = "search.js"
ALSO = "Also called:"
GLOSSARY = "book/glossary"
# How much more or less a page counts than another, by how its name begins; the first
# that fits. What explains comes before what asks, and what asks before what documents.
WEIGHTS = {
    "book/api/": 0.15,
    "book/quizzes": 0.3,
    "book/today": 0.3,
    "book/passport": 0.3,
    "book/references": 0.4,
    "book/teaching": 0.4,
    "book/hubs": 0.4,
    "book/status": 0.3,
    "book/migration": 0.4,
    "book/accessibility": 0.3,
    GLOSSARY: 2.0,
    "book/": 1.0,
}
OF_PRACTICE, OF_A_TITLE = 0.3, 2.5
NO_PAGES = {"search", "404"}
# What is not said in words of the section itself, or is said twice.
LEFT = """
    .//section | .//dl[contains(@class, "py")] | .//*[@class="headerlink"]
    | .//*[@class="katex-html"] | .//annotation | .//pre | .//script | .//style
    | .//button | .//form | .//h1 | .//h2 | .//h3 | .//h4 | .//*[@hidden]
"""
# Of what is called its name: `SVC(kernel="linear")` is SVC, "binary:logistic" itself.
NAME = re.compile(r"^[\w.:]+", re.MULTILINE)
# Between what is in one of these and what follows, words end.
BLOCKS = re.compile("d[dt]|details|div|figcaption|label|li|option|p|summary|t[dhr]")


def bundle(site: Site) -> None:
    """Write the script, with the sections of every page in it."""
    sections = [each for page in site.pages for each in sections_of(site, page)]
    entry = site.source / "book" / "assets" / "search" / SCRIPT
    site.add(bundled([entry], site.static, SECTIONS=sections))
    (site.out / "searchindex.js").unlink(missing_ok=True)  # of Sphinx's own search


def sections_of(site: Site, page: Page) -> Iterator[dict[str, Any]]:
    """What the script knows of each section of a page."""
    if page.name in NO_PAGES:
        return
    title = site.title(page)
    weight = next(w for name, w in WEIGHTS.items() if page.name.startswith(name))
    weight *= OF_PRACTICE if page.name.endswith("_practice") else 1
    named = calls() if page.name == f"book/{CALLS}" else {}
    for section in page.all("//article//section[@id]"):
        heading = words_of(section.xpath("./h1 | ./h2 | ./h3 | ./h4")[0])
        is_page = not section.xpath("ancestor::section")
        also, text = told(section)
        yield {
            "title": heading,
            "page": title,
            "address": f"{page.name}.html{'' if is_page else '#' + section.get('id')}",
            "weight": weight * (OF_A_TITLE if is_page else 1),
            "also": also if page.name == GLOSSARY else [],
            "calls": named.get(section.get("id"), []),
            "text": text,
        }
    for term in page.all("//article//dl[contains(@class, 'py')]/dt[@id]"):
        name = term.get("id")
        yield {
            "title": name.rpartition(".")[2],
            "page": title,
            "address": f"{page.name}.html#{name}",
            "weight": weight,
            "also": [],
            "calls": [],
            "text": told(term.getnext())[1],
        }


def calls() -> dict[str, list[str]]:
    """The names of the calls of each loss, by the section that has them."""
    found = {}
    for loss in LOSSES:
        names = [
            name
            for call in frameworks.calls(loss.key)
            for name in (call.name, call.function)
        ]
        found[place(loss.key)] = NAME.findall("\n".join(names))
    return found


def told(section: HtmlElement) -> tuple[list[str], str]:
    """The other names that a section gives, and what it says in words of its own."""
    left = set(section.xpath(LEFT))
    names = [
        name.strip()
        for paragraph in section.xpath("./p")
        if (said := words_of(paragraph)).startswith(ALSO)
        for name in said.removeprefix(ALSO).rstrip(".").split(",")
    ]
    return names, on_a_line(pieces(section, left))


def words_of(element: HtmlElement) -> str:
    """What an element says, on one line."""
    return on_a_line(pieces(element, set(element.xpath(LEFT))))


def on_a_line(texts: Iterator[str]) -> str:
    """Texts as one, its white space made single; what must not break is kept so."""
    return re.sub(r"[ \n\r\t]+", " ", "".join(texts)).strip()


def pieces(element: HtmlElement, left: set[HtmlElement]) -> Iterator[str]:
    """The texts in an element, without those in some others."""
    yield element.text or ""
    for child in element:
        if child not in left and isinstance(child.tag, str):
            yield from pieces(child, left)
        yield " " if BLOCKS.fullmatch(str(child.tag)) else ""
        yield child.tail or ""
