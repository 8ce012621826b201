"""The finished pages that the doors lead to: what each is called, and what is on it."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from lossbook.topics import COURSE, FURTHER
from tools.build.book import BuildError
from tools.build.formats.elements import parsed

# The chapters in the order of the contents; two of them have no practice of their own.
CHAPTERS = (*COURSE, "going_further", "mnemonics", *FURTHER)
ROOT_PAGE = "intro"


@dataclass(frozen=True)
class Chapter:
    """What a chapter says of itself, and where its sections are.

    Attributes
    ----------
    name, title, lead : str
        Its file, such as `hinge`; its heading; its first paragraph.
    sections : dict of str to str
        The titles of the sections, by their place on the page.
    related : dict of str to str
        The titles of the pages that belong to it, by their names: its lesson to watch
        and its practice, where it has them.
    """

    name: str
    title: str
    lead: str
    sections: dict[str, str]
    related: dict[str, str]


def chapters(site: Path) -> list[Chapter]:
    """The chapters of a site, in the order of the book."""
    return [_chapter(site, name) for name in CHAPTERS]


def title(site: Path, name: str) -> str:
    """The heading of a page."""
    (heading,) = page(site, name).xpath("//article//h1")
    return text_of(heading)


def page(site: Path, name: str) -> HtmlElement:
    """The tree of a page."""
    path = site / "book" / f"{name}.html"
    if not path.is_file():
        raise BuildError(f"The site has no page {name}: build it with make book.")
    return parsed(path)


def text_of(element: HtmlElement) -> str:
    """What it says, on one line; formulas as they are read aloud to nobody: drawn."""
    parts = element.xpath(".//text()[not(ancestor::*[@class='katex-mathml'])]")
    return " ".join("".join(parts).split())


def address_of(site: Path, given: str = "") -> str:
    """Where the site is published, with a slash at the end: as said, or as it says.

    Raises
    ------
    BuildError
        If nobody says so, or what is said is no address.
    """
    links = page(site, ROOT_PAGE).xpath('//link[@rel="canonical"]/@href')
    known = given or "".join(links).removesuffix(f"book/{ROOT_PAGE}.html")
    if not known:
        raise BuildError(
            "Where is the site published? What goes into a learning system leads there."
            "\nSay it: make doors ARGS='--site https://owner.github.io/name'"
            "\nor set LOSSBOOK_SITE, and the pages know it too."
        )
    parts = urlsplit(known)
    whole = parts.scheme in ("http", "https") and parts.hostname
    if not whole or parts.query or parts.fragment or set(known) & set(" \"'<>"):
        raise BuildError(
            f"{known!r} is not the address of a site. It looks like "
            "https://owner.github.io/name, with no ? and no # in it."
        )
    return known.rstrip("/") + "/"


def _chapter(site: Path, name: str) -> Chapter:
    tree = page(site, name)
    (article,) = tree.xpath("//article")
    headings = article.xpath(".//section[@id]/h2")
    return Chapter(
        name,
        text_of(article.xpath(".//h1")[0]),
        text_of(article.xpath('.//p[@class="lead"]')[0]),
        {heading.getparent().get("id"): text_of(heading) for heading in headings},
        {
            other: title(site, other)
            for other in (f"{name}_lesson", f"{name}_practice")
            if (site / "book" / f"{other}.html").is_file()
        },
    )
