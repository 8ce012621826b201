"""The book as an EPUB 3: an XHTML file for each article, formulas as MathML."""

import contextlib
import re
import unicodedata
import uuid
from datetime import UTC, datetime
from html import escape
from pathlib import Path

from lxml import etree

from tools.build.formats import archive, cover, curves, pdf
from tools.build.formats.articles import Article, lead_links, pictures

STYLE = Path(__file__).with_name("epub.css")
MATHML = "http://www.w3.org/1998/Math/MathML"
SVG = "http://www.w3.org/2000/svg"
CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""
PAGE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"
lang="en-GB" xml:lang="en-GB">
<head><title>{title}</title><link rel="stylesheet" href="book.css"/></head>
<body>{body}</body>
</html>
"""
PACKAGE = """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id"
xml:lang="en-GB">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:{identifier}</dc:identifier>
<dc:title>{title}</dc:title>
<dc:creator>{author}</dc:creator>
<dc:language>en-GB</dc:language>
<dc:rights>{licence}</dc:rights>
<meta property="dcterms:modified">{modified}</meta>
<meta property="schema:accessMode">textual</meta>
<meta property="schema:accessMode">visual</meta>
<meta property="schema:accessModeSufficient">textual</meta>
<meta property="schema:accessibilityFeature">alternativeText</meta>
<meta property="schema:accessibilityFeature">MathML</meta>
<meta property="schema:accessibilityFeature">structuralNavigation</meta>
<meta property="schema:accessibilityFeature">tableOfContents</meta>
<meta property="schema:accessibilityHazard">none</meta>
<meta property="schema:accessibilitySummary">Every figure is described in words,
formulas are MathML.</meta>
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="style" href="book.css" media-type="text/css"/>
<item id="cover" href="images/cover.png" media-type="image/png"
properties="cover-image"/>
{items}
</manifest>
<spine>
<itemref idref="nav"/>
{order}
</spine>
</package>
"""
NOT_IN_A_READER = """
  .//*[@class="katex-html"] | .//aside[@class="note"]
  | .//*[starts-with(@class, "room")]
"""
# MathML says "a double-struck R"; readers of today draw the letter that Unicode has.
ALPHABETS = {
    "double-struck": ["MATHEMATICAL DOUBLE-STRUCK", "DOUBLE-STRUCK"],
    "script": ["MATHEMATICAL SCRIPT", "SCRIPT"],
    "fraktur": ["MATHEMATICAL FRAKTUR", "BLACK-LETTER"],
    "bold": ["MATHEMATICAL BOLD"],
    "bold-italic": ["MATHEMATICAL BOLD ITALIC"],
    "sans-serif": ["MATHEMATICAL SANS-SERIF"],
    "monospace": ["MATHEMATICAL MONOSPACE"],
}


def make(site: Path, articles: list[Article], about: dict, path: Path) -> None:
    """Write the EPUB."""
    names = {article.name for article in articles}
    pages: dict[str, str] = {}
    images: dict[str, Path] = {}
    for article in articles:
        reflow(article, names, site, images)
        pages[article.name] = xhtml(article.body)
    files = {
        "mimetype": b"application/epub+zip",
        "META-INF/container.xml": CONTAINER.encode(),
        "EPUB/book.css": style(),
        "EPUB/nav.xhtml": navigation(articles, about),
        "EPUB/package.opf": package(articles, pages, images, about),
    }
    for article in articles:
        page = PAGE.format(title=escape(article.title), body=pages[article.name])
        files[f"EPUB/{article.name}.xhtml"] = page.encode()
    files["EPUB/images/cover.png"] = cover.picture(about, pdf.styles(site))
    files |= {f"EPUB/{name}": source for name, source in images.items()}
    archive.write(path, files, about["epoch"])


def reflow(article, names, site, images):
    """Lead links and pictures into the EPUB, and leave only MathML of formulas."""
    body = article.body
    body.tag = "section"

    def address(page, place):
        return f"{page}.xhtml#{place}" if place else f"{page}.xhtml"

    lead_links(article, names, address)
    for picture, file in pictures(article, site):
        picture.set("src", f"images/{file.name}")
        images[f"images/{file.name}"] = file
    # Of formulas what a reader draws; notes and lines to write on want a page.
    for drawn in body.xpath(NOT_IN_A_READER):
        drawn.drop_tree()
    for element in body.xpath(".//*[@mathvariant]"):
        if alphabets := ALPHABETS.get(element.get("mathvariant")):
            del element.attrib["mathvariant"]
            element.text = "".join(letter(c, alphabets) for c in element.text or "")
    for element in body.iter():
        for name in [n for n in element.attrib if n.startswith("data-")]:
            del element.attrib[name]


def letter(character, alphabets):
    """The same letter of a mathematical alphabet, where there is one."""
    name = unicodedata.name(character, "").replace("LATIN ", "")
    for alphabet in alphabets:
        with contextlib.suppress(KeyError):
            return unicodedata.lookup(f"{alphabet} {name.replace('LETTER ', '')}")
    return character


def xhtml(body):
    """An article as XML, each element in its namespace."""
    for element in body.iter():
        for kind, namespace in (("math", MATHML), ("svg", SVG)):
            if element.tag == kind:
                element.set("xmlns", namespace)
    text = etree.tostring(body, encoding="unicode", method="xml", with_tail=False)
    return re.sub(r"&#(\d+);", lambda found: chr(int(found[1])), text)


def style():
    """The style sheet: ours, and the colours of curves."""
    return (STYLE.read_text("utf-8") + curves.style()).encode()


def navigation(articles, about):
    """The table of contents."""
    entries, part = [], ""
    for article in articles:
        if article.part != part:
            entries += ["</ol></li>"] * bool(part)
            part = article.part
            entries.append(f"<li><span>{escape(part)}</span><ol>")
        link = f'<a href="{article.name}.xhtml">{escape(article.title)}</a>'
        entries.append(f"<li>{link}</li>")
    entries += ["</ol></li>"] * bool(part)
    contents = (
        f'<nav epub:type="toc"><h1>Contents</h1><ol>{"".join(entries)}</ol></nav>'
    )
    return PAGE.format(title=escape(about["title"]), body=contents).encode()


def package(articles, pages, images, about):
    """What is inside, in which order, and what is known of it."""
    items = []
    for article in articles:
        has = [
            k
            for k in ("mathml", "svg")
            if f"<{k.removesuffix('ml')}" in pages[article.name]
        ]
        properties = f' properties="{" ".join(has)}"' if has else ""
        items.append(
            f'<item id="{article.name}" href="{article.name}.xhtml" '
            f'media-type="application/xhtml+xml"{properties}/>'
        )
    for i, name in enumerate(sorted(images)):
        suffix = "svg+xml" if name.endswith(".svg") else name.rpartition(".")[2]
        items.append(
            f'<item id="picture{i}" href="{name}" media-type="image/{suffix}"/>'
        )
    moment = datetime.fromtimestamp(about["epoch"], UTC)
    return PACKAGE.format(
        identifier=uuid.uuid5(uuid.NAMESPACE_URL, about["address"] or about["title"]),
        title=escape(about["title"]),
        author=escape(about["author"]),
        licence=escape(about["licence"]),
        modified=moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        items="\n".join(items),
        order="\n".join(f'<itemref idref="{a.name}"/>' for a in articles),
    ).encode()
