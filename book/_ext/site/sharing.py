"""How the site is found and shown elsewhere: pictures, map, description as a course.

Search engines and messengers want whole addresses.  They are written only where the
address of the site is known (`html_baseurl`, see addresses.py): then each page has a
picture of its own for who shares it, and the site a map.  The first page says to
machines what the course is, and a page for addresses that lead nowhere says so.
"""

import json
import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import nbformat
from sphinx.application import Sphinx

from . import fonts
from .addresses import base_of
from .page import Site
from .picture import draw
from .templates import Draft, tell

FOLDER = "share"
LOST = "404"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
MAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
ElementTree.register_namespace("", MAP)
# What a browser does not look up from the page's own place.
NOT_RELATIVE = re.compile(r"[#/]|\w+:")


def describe(draft: Draft) -> dict[str, Any]:
    """Give the templates what they say to others."""
    app = draft.app
    said: dict[str, Any] = {}
    if app.builder.name != "html":
        return said
    if draft.name == app.config.root_doc:
        said["course"] = json.dumps(course(app, draft.known), ensure_ascii=False)
    if draft.doctree and (base := base_of(app)):
        said["picture"] = f"{base}{FOLDER}/{stem_of(draft.name)}.png"
    return said


def name_lost(draft: Draft) -> dict[str, Any]:
    """Say what the page is that nobody looks for; it has no address of its own."""
    return {"title": "No such page", "pageurl": None} if draft.name == LOST else {}


def draw_pictures(site: Site) -> None:
    """Draw a picture of each page, and write the map, where the address is known."""
    if not (base := base_of(site.app)):
        return
    documents = [page for page in site.pages if page.name in site.env.found_docs]
    (site.out / FOLDER).mkdir(exist_ok=True)
    book, _, subject = site.app.config.html_title.partition(": ")
    with TemporaryDirectory() as folder:
        font = fonts.for_drawing(site, Path(folder))
        for page in documents:
            stem = stem_of(page.name)
            path = site.out / FOLDER / f"{stem}.png"
            draw(path, stem, site.title(page), book, subject, font)
    names = [page.name for page in documents]
    (site.out / "sitemap.xml").write_bytes(site_map(base, names))


def lead_who_is_lost(site: Site) -> None:
    """Give the page for addresses that lead nowhere links that lead from anywhere.

    The host shows that page under any address: its links must not be relative.
    """
    page, top = site.page(LOST), urlsplit(base_of(site.app)).path or "/"
    for element in page.some("//*[@href or @src or @action]"):
        for name in ("href", "src", "action"):
            address = element.get(name, "/")
            if not NOT_RELATIVE.match(address):
                element.set(name, top + address.removeprefix("./"))


def stem_of(page: str) -> str:
    """The name of a page's picture."""
    return page.removeprefix("book/").replace("/", "_")


def site_map(base: str, pages: list[str]) -> bytes:
    """The addresses of all pages, for search engines."""
    root = ElementTree.Element(f"{{{MAP}}}urlset")
    for page in pages:
        place = ElementTree.SubElement(root, f"{{{MAP}}}url")
        ElementTree.SubElement(place, f"{{{MAP}}}loc").text = f"{base}{page}.html"
    ElementTree.indent(root)
    return ElementTree.tostring(root, "utf-8", xml_declaration=True) + b"\n"


def course(app: Sphinx, context: dict[str, Any]) -> dict[str, Any]:
    """The course in the words of schema.org, with what its notebooks say of time."""
    base = base_of(app)
    name, _, subject = app.config.html_title.partition(": ")
    author = {"@type": "Organization", "name": app.config.author}
    minutes = sum(
        sum(nbformat.read(path, 4).metadata.lossbook.minutes.values())
        for path in sorted(Path(app.srcdir, "book").glob("*.ipynb"))
    )
    return {
        "@context": "https://schema.org",
        "@type": "Course",
        "name": f"{name}: {subject}",
        "description": context["description"],
        "inLanguage": "en-GB",
        "isAccessibleForFree": True,
        "license": LICENCE,
        "author": author,
        "provider": author,
        "hasCourseInstance": {
            "@type": "CourseInstance",
            "courseMode": "Online",
            "courseWorkload": f"PT{round(minutes / 60)}H",
        },
        **({"url": base} if base else {}),
    }


def setup(app: Sphinx) -> None:
    """Connect to Sphinx: after theme.py has found the description."""
    app.config.html_additional_pages[LOST] = f"{LOST}.html"
    tell(app, name_lost)
    tell(app, describe, priority=2100)
