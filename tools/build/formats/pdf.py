"""The book as a PDF: all articles as one page, which the tests' browser prints.

It is tagged, has an outline, and its links are alive.  It is printed twice: the first
time tells on which page each chapter begins, for the contents.
"""

import base64
import contextlib
import io
import re
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
from lxml import html
from lxml.builder import E
from playwright.sync_api import sync_playwright

from lossbook import colours
from tools import browser
from tools.build.formats import cover, curves
from tools.build.formats.articles import Article, lead_links, pictures
from tools.build.formats.elements import parsed

STYLE = Path(__file__).with_name("paper.css")
LONGEST = 24  # lines of code that stand on one page
NODE = re.compile(r"node\d+")
SEPARATOR = "--"  # between the name of an article and that of a place in it


def make(site: Path, articles: list[Article], about: dict, path: Path) -> None:
    """Write the PDF."""
    names = {article.name for article in articles}
    for article in articles:
        join_up(article, names, site)

    def page(numbers):
        parts = [cover.block(about), contents(articles, numbers)]
        return paper(site, about["title"], *parts, *[a.body for a in articles])

    with press() as printed:
        numbers = pages_of(printed(page({})))
        save(printed(page(numbers)), about, path)


@contextlib.contextmanager
def press() -> Iterator[Callable[[str], bytes]]:
    """Give what prints pages, one after the other: the PDF of a page of HTML."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "paper.html"
        running = browser.launch(playwright)
        tab = running.new_page()

        def printed(page: str) -> bytes:
            file.write_text(page, "utf-8")
            tab.goto(file.as_uri())
            tab.evaluate("document.fonts.ready")
            return tab.pdf(
                prefer_css_page_size=True,
                print_background=True,
                tagged=True,
                outline=True,
            )

        yield printed
        running.close()


def save(content: bytes, about: dict, path: Path) -> None:
    """Write what was printed, the same byte for byte whenever it says the same."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        normalise(pdf, about)
        pdf.save(
            path,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )


def join_up(article, names, site):
    """Make the names of an article's places unique in the book, and lead links there.

    Pictures get the address of their file.
    """
    body = article.body
    for element in body.xpath(".//*[@id]"):
        element.set("id", article.name + SEPARATOR + element.get("id"))
    body.tag = "section"
    body.set("id", article.name)
    topic = article.name.removesuffix("_practice")
    if look := colours.LOOKS.get(topic):
        body.set("class", f"loss-{look.name}")

    def address(page, place):
        return f"#{page}{SEPARATOR}{place}" if place else f"#{page}"

    lead_links(article, names, address)
    for code in body.xpath(".//pre"):
        if code.text_content().count("\n") <= LONGEST:
            code.set("class", "whole")
    for picture, file in pictures(article, site):
        picture.set("src", file.as_uri())


def paper(site, title, *parts, style=""):
    """A page to be printed, with what to add to the style sheet of the book."""
    head = E.head(E.meta(charset="utf-8"), E.title(title), *styles(site, style))
    return html.tostring(
        E.html(head, E.body(*parts), lang="en-GB"),
        encoding="unicode",
        doctype="<!DOCTYPE html>",
    )


def styles(site, more=""):
    """The style sheets of the printed page."""
    (formulas,) = (site / "_static").glob("formulas.*.css")
    (headings,) = (site / "_static").glob("headings.*.woff2")
    font = base64.b64encode(headings.read_bytes()).decode()
    # As part of the page, for the picture of the cover has no place of its own.
    source = f"url(data:font/woff2;base64,{font})"
    face = f"@font-face {{ font-family: headings; src: {source} }}"
    looks = Path(colours.__file__).with_suffix(".css").read_text("utf-8")
    return [
        E.link(rel="stylesheet", href=formulas.as_uri()),
        E.style(pieces(site) + face + looks + curves.style()),
        E.style(STYLE.read_text("utf-8") + more),
    ]


def pieces(site):
    """What pages alone say of pieces of their formulas (book/_ext/site/markup.py)."""
    pages = sorted((site / "book").glob("*.html"))
    return "".join(
        style for page in pages for style in parsed(page).xpath("//head/style/text()")
    )


def contents(articles, pages):
    """The table of contents, with the page of each chapter where it is known."""
    table, part = E.section({"class": "contents"}, E.h1("Contents")), None
    for article in articles:
        if article.part != part:
            part = article.part
            table.append(E.ul())
            if part:
                table.insert(-1, E.p(part))
        link = E.a(
            E.span(article.title),
            E.span({"class": "page"}, str(pages.get(article.name, ""))),
            href=f"#{article.name}",
        )
        table[-1].append(E.li(link))
    return table


def pages_of(content):
    """The number of the page of each place that something links to."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        numbers = {page.obj.objgen: i for i, page in enumerate(pdf.pages, 1)}
        places = pdf.Root.Dests.items()
        return {name[1:]: numbers[place[0].objgen] for name, place in places}


def normalise(pdf, about):
    """Set what says when and by what the file was made."""
    moment = datetime.fromtimestamp(about["epoch"], UTC)
    stamp = moment.strftime("D:%Y%m%d%H%M%SZ")
    pdf.docinfo.CreationDate = pdf.docinfo.ModDate = stamp
    pdf.docinfo.Title = about["title"]
    pdf.docinfo.Author = about["author"]
    renumber(pdf)
    if "/ID" in pdf.trailer:
        del pdf.trailer.ID  # the new one comes from the content
    del pdf.docinfo.Creator  # which browser it was
    pdf.Root.Lang = "en-GB"
    pdf.Root.PageMode = pikepdf.Name.UseOutlines


def renumber(pdf):
    """Count the browser's names of nodes from 1: it gives other numbers each time."""
    known: dict[str, str] = {}
    # They are in order in the file's own index, and stay so.
    for holder, key in sorted(nodes(pdf), key=lambda found: str(found[0][found[1]])):
        name = str(holder[key])
        holder[key] = known.setdefault(name, f"node{len(known) + 1:08}")


def nodes(pdf):
    """Where such a name stands: pairs of a dictionary or array and a key of it."""
    waiting = [thing for thing in pdf.objects if is_holder(thing)]
    while waiting:
        holder = waiting.pop()
        is_array = isinstance(holder, pikepdf.Array)
        for key in range(len(holder)) if is_array else holder.keys():
            value = holder[key]
            if isinstance(value, pikepdf.String) and NODE.fullmatch(str(value)):
                yield holder, key
            elif is_holder(value) and not value.is_indirect:
                waiting.append(value)


def is_holder(thing):
    """Whether something can hold names."""
    return isinstance(thing, pikepdf.Array | pikepdf.Dictionary)
