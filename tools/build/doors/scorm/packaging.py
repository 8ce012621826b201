"""A page of the site as a package: the page, what it loads, and who keeps what is done.

What the page promises of the site and cannot keep in a learning system is left out:
recordings, Python, search, other pages.  Links lead to the site, in a new window.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path, PurePosixPath
from posixpath import normpath
from urllib.parse import urljoin

from lxml import html
from lxml.builder import E
from lxml.html import HtmlElement

from tools.build.book import BuildError
from tools.build.doors import pages
from tools.build.formats import archive
from tools.build.formats.__main__ import date

ADAPTER = Path(__file__).with_name("adapter.js")
SELF_TEST = "quizzes"
MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="lossbook_{name}" version="1"
 xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
 xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="http://www.imsproject.org/xsd/imscp_rootv1p1p2
 imscp_rootv1p1p2.xsd http://www.adlnet.org/xsd/adlcp_rootv1p2 adlcp_rootv1p2.xsd">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="organization"><organization identifier="organization">
<title>{title}</title>
<item identifier="item" identifierref="page"><title>{title}</title></item>
</organization></organizations>
<resources>
<resource identifier="page" type="webcontent" adlcp:scormtype="sco" href="{start}">
{files}
</resource>
</resources>
</manifest>
"""
# Of the frame of a page what leads elsewhere, and what nothing answers here.
LEFT_OUT = """
  //*[@id="pst-primary-sidebar"] | //button[contains(@class, "menu-button")]
  | //details[contains(@class, "dropdown")] | //noscript[ancestor::head]
  | //footer[contains(@class, "prev-next-footer")]
  | //button[contains(@class, "search-button")]
  | //link[@rel="search" or @rel="next" or @rel="prev" or @rel="canonical"]
  | //script[@type="application/ld+json"] | //figure[@data-recording]
  | //a[@href="#hear"] | //*[@data-study="progress"]
"""
# What a page asks of the browser that this package cannot give.
EXERCISES = "exercises"
OTHERS = ("practice-by-chapter", "take-them-with-you")
# A copy of a link to the state of a figure would lead into the learning system. That
# the system did not take something is said wherever the reader is.
STYLE = """.state-link { display: none }
.system-note.urgent { position: fixed; inset: auto 1rem 1rem; z-index: 9; margin: 0;
  max-width: none; background: var(--paper) }"""
HERE = re.compile(r"kept in this browser and sent nowhere")
# A file that a script, a sheet or a state names: all have a hash in their names.
NAMED = re.compile(r"[\w-]+(?:\.[\w-]+)+\.(?:js|css|json|svg|woff2|txt)")
LINK = re.compile(r'href="([^"]*)"')
# The index of all pages, which nothing here looks through, is larger than all else.
SEARCH = "search."
TEXTS = {".js", ".css", ".json", ".html", ".txt"}


@dataclass(frozen=True)
class Package:
    """A page, and what it counts.

    Attributes
    ----------
    name, title : str
        The name of the page, such as `hinge`, and its heading.
    asks, sections : tuple of str
        The ids of the questions that make the score, and of the sections to be seen.
    files : dict of bytes
        By their names within the package.
    """

    name: str
    title: str
    asks: tuple[str, ...]
    sections: tuple[str, ...]
    files: dict[str, bytes]


def build(out: Path, site: Path, address: str) -> None:
    """Write a package of each chapter, each page of practice, and the self-test."""
    out.mkdir(parents=True, exist_ok=True)
    epoch = date()
    for name in names(site):
        made = package(site, name, address)
        archive.write(out / f"{name}.zip", dict(made.files), epoch)


def names(site: Path) -> Iterator[str]:
    """The pages of which there is a package, in the order of the book."""
    yield from pages.CHAPTERS
    yield SELF_TEST
    for chapter in pages.CHAPTERS:
        if (site / "book" / f"{chapter}_practice.html").is_file():
            yield f"{chapter}_practice"


def package(site: Path, name: str, address: str) -> Package:
    """The package of a page; `address` is where the site is published."""
    tree, start = pages.page(site, name), f"book/{name}.html"
    published = urljoin(address, start)
    is_heard = bool(tree.xpath("//figure[@data-recording]"))
    for place in tree.xpath(LEFT_OUT):
        place.drop_tree()
    is_practice, is_test = name.endswith("_practice"), name == SELF_TEST
    if is_practice:
        leave_python(tree, published)
    elif is_test:
        leave_the_test(tree)
    elif tree.xpath("//article//*[contains(@class, 'cell_input')]"):
        say_what_else_there_is(tree, published, "listen to it" * is_heard)
    keep_the_frame(tree, published)
    say_who_keeps(tree)
    sections = () if is_practice or is_test else tuple(_ids(tree, "//h2/.."))
    within = "//article" if is_practice else "//*[@id='check-yourself']"
    asks = tuple(_ids(tree, f"{within}//fieldset", "data-id"))
    if not (asks or sections or is_test):
        raise BuildError(f"On the page {name} there is nothing to do that counts.")
    about = {"asks": " ".join(asks), "sections": " ".join(sections)}
    if is_test:
        about["test"] = ""
    add_adapter(tree, about)
    title = pages.text_of(tree.xpath("//article//h1")[0])
    rest = loaded(tree, site)
    for link in tree.xpath("//body//a[@href]"):
        lead_out(link, published)
    text = html.tostring(tree, encoding="unicode", doctype="<!DOCTYPE html>")
    files = {"scorm.js": ADAPTER.read_bytes(), start: text.encode(), **rest}
    for file in files:
        if file.endswith(".txt"):
            files[file] = led_out(files[file].decode(), published).encode()
    entries = "\n".join(f'<file href="{escape(file)}"/>' for file in sorted(files))
    manifest = MANIFEST.format(
        name=name, title=escape(title), start=start, files=entries
    )
    files = {"imsmanifest.xml": manifest.encode(), **files}
    return Package(name, title, asks, sections, files)


def leave_python(tree: HtmlElement, published: str) -> None:
    """A page of practice without its exercises, which run Python: they are linked."""
    for section in tree.xpath(f"//section[@id='{EXERCISES}']"):
        for part in section.xpath("./*[not(self::h2)]"):
            part.drop_tree()
        link = E.a("Do them on the site of the course", href=f"{published}#{EXERCISES}")
        section.append(E.p("The exercises run Python, in your browser. ", link, "."))


def leave_the_test(tree: HtmlElement) -> None:
    """The page of quizzes as the self-test alone, which has no contents to show."""
    for place in OTHERS:
        (section,) = tree.xpath(f"//section[@id='{place}']")
        section.drop_tree()
    (heading,) = tree.xpath("//article//h1")
    (section,) = tree.xpath("//section[@id='self-test']")
    (own,) = section.xpath("./h2")
    heading.text = own.text
    own.drop_tree()
    (about,) = tree.xpath("//article//h1/following-sibling::p[1]")
    about.text = "A test of the whole course. Your learning system keeps your answers."
    for toggle in tree.xpath("//button[contains(@class, 'sidebar-toggle')]"):
        toggle.drop_tree()
    tree.get_element_by_id("pst-secondary-sidebar").set("hidden", "")


def say_what_else_there_is(tree: HtmlElement, published: str, hear: str) -> None:
    """Python cannot start here, and recordings are large: both are on the site."""
    (header,) = tree.xpath("//header[contains(@class, 'title')]")
    link = E.a("Open this page on the site of the course", href=published)
    ways = ["run its code", "change it", *filter(None, [hear])]
    header.addnext(E.p(link, f" to {', '.join(ways[:-1])} or {ways[-1]}."))


def keep_the_frame(tree: HtmlElement, published: str) -> None:
    """A bar whose name leads to the same page on the site; the curves in it stay."""
    (brand,) = tree.xpath("//a[@class='brand']")
    brand.set("href", published)
    brand.set("title", "This page on the site of the course")
    for path in tree.xpath("//nav[@class='path']"):
        sprite = E.span(*path.xpath(".//svg"), {"class": "sprite"})
        path.getparent().replace(path, sprite)


def say_who_keeps(tree: HtmlElement) -> None:
    """Say that the learning system keeps what is done, where the page says who."""
    for text in tree.xpath("//article//p//text()[contains(., 'this browser')]"):
        owner = text.getparent()
        before, found, _ = HERE.sub("\0", text).partition("\0")
        if not found:
            said = text.replace("this browser keeps", "your learning system keeps")
        else:
            sentences = before.rpartition(". ")
            said = (
                f"{sentences[0]}{sentences[1]}Your learning system keeps your answers."
            )
            for later in owner.itersiblings() if text.is_tail else list(owner):
                later.tail = None
                later.drop_tree()
        if text.is_tail:
            owner.tail = said
        else:
            owner.text = said
    if left := tree.xpath("//article//p[contains(., 'this browser')]"):
        said = pages.text_of(left[0])
        raise BuildError(f"A package cannot keep what its page says: {said}")


def add_adapter(tree: HtmlElement, about: dict[str, str]) -> None:
    """The script that speaks with the system, before all others; and our style."""
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']")[0]
    script = html.Element("script", src="../scorm.js")
    for key, value in about.items():
        script.set(f"data-{key}", value)
    policy.addnext(script)
    style = html.Element("style")
    style.text = STYLE
    tree.xpath("//head")[0].append(style)


def loaded(tree: HtmlElement, site: Path) -> dict[str, bytes]:
    """The files of the site that a page loads, and those that these load."""
    found: dict[str, bytes] = {}
    named = [
        normpath(f"book/{value.partition('#')[0]}")
        for value in tree.xpath(
            "//script/@src | //link/@href | //img/@src | //@data-rules | "
            "//@data-variants | //@data-tex | //@data-terms"
        )
        if not re.match(r"[\w-]+:", value)
    ]
    named += [f"_static/{name}" for name in tree.xpath("//@data-model")]
    while named:
        name = named.pop()
        path = site / name
        if name in found or not path.is_file() or path.name.startswith(SEARCH):
            continue
        found[name] = path.read_bytes()
        if path.suffix in TEXTS:
            folder = PurePosixPath(name).parent
            text = found[name].decode()
            named += [str(folder / each) for each in NAMED.findall(text)]
    return found


def lead_out(link: HtmlElement, published: str) -> None:
    """Lead a link to the site, in a new window, unless it stays on the page."""
    href = link.get("href")
    own = published.rpartition("/")[2]
    if href.startswith(f"{own}#"):
        href = href.removeprefix(own)
    if href.startswith("#"):
        link.set("href", href)
        return
    link.set("href", urljoin(published, href))
    link.set("target", "_blank")
    link.set("rel", "noopener")
    link.attrib.pop("download", None)


def led_out(text: str, published: str) -> str:
    """The same for the links of a text of HTML, as questions with other numbers are."""

    def led(found: re.Match) -> str:
        link = html.Element(
            "a", href=html.fromstring(f"<a {found[0]}></a>").get("href")
        )
        lead_out(link, published)
        return " ".join(f'{key}="{escape(value)}"' for key, value in link.items())

    return LINK.sub(led, text)


def _ids(tree: HtmlElement, path: str, attribute: str = "id") -> Iterator[str]:
    for element in tree.xpath(path):
        if name := element.get(attribute):
            yield name
