"""The pages of a deck as HTML: to show, to speak from, and the list of all decks."""

import re
from copy import deepcopy
from dataclasses import dataclass, field
from posixpath import normpath
from typing import Any

from lxml import html
from lxml.html import HtmlElement
from lxml.html.builder import E

from tools.build.formats import curves
from tools.build.formats.elements import renamed_parts

from .sentences import said
from .slide import Slide, without_links
from .timing import clock, times

HASH = re.compile(r" 'sha256-[^']*'")
BOOK = "../../book/"
MOST_MISTAKES = 6
KEYS = (
    "Keys: S opens the speaker's notes, R changes between 16:9 and 4:3, D between "
    "light and dark, O shows all slides, ? the other keys."
)


@dataclass(frozen=True)
class Files:
    """The files beside the decks that they load."""

    script: str
    notes_script: str
    scheme: str
    style: str


@dataclass
class Deck:
    """The slides of a chapter.

    Attributes
    ----------
    name, title : str
        The chapter's, as in its address and as its heading.
    page : HtmlElement
        Its page on the site.
    minutes : float
        How long it takes, by the lesson plan.
    slides : list of Slide
        In their order.
    further : list of HtmlElement
        What there is to read more.
    mistakes : dict of str
        The addresses of the common errors to expect, those met most first.
    """

    name: str
    title: str
    page: HtmlElement
    minutes: float
    slides: list[Slide]
    further: list[HtmlElement] = field(default_factory=list)
    mistakes: dict[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Of the chapter, from the deck."""
        return f"{BOOK}{self.name}.html"


def frame(deck: Deck) -> None:
    """Put a title before the slides, an end after them, and what to expect on goals."""
    (header,) = deck.page.xpath("//header[contains(@class, 'title')]")
    kicker = header.xpath("./*[@class='kicker']")[0]
    lead = without_links(header.xpath("./*[@class='lead']")[0])
    lead.attrib.clear()
    emblem = _emblem(deck, header)
    is_guessed = "guess" in header.get("class", "")  # the curve would tell
    how_long = E.p(f"{deck.minutes:g} minutes by the lesson plan. {KEYS}")
    links = [deepcopy(link) for link in kicker.xpath("./a[@href!='#goals']")]
    along = E.p("On the site: ", *[E.span(link, " ") for link in links])
    title = Slide(
        "title",
        kicker.findtext("./b") or "",
        E.p(deck.title),
        [E.div(lead), *([] if is_guessed else [emblem])],
        [how_long, along],
        name="start",
    )
    deck.slides.insert(0, title)
    for slide in deck.slides:
        slide.kicker = slide.kicker or deck.title
        if slide.name == "goals" and deck.mistakes:
            slide.notes.append(E.p(E.b("Mistakes to expect, the commonest first")))
            some = [*deck.mistakes.items()][:MOST_MISTAKES]
            links_to_them = [E.li(E.a(name, href=place)) for name, place in some]
            slide.notes.append(E.ul(*links_to_them))
    end = E.ul(
        E.li(E.a("The chapter", href=f"{deck.name}.html")),
        *[
            E.li(E.a("Practice: questions, cards, exercises", href=link.get("href")))
            for link in links
            if link.get("href", "").endswith("_practice.html")
        ],
        E.li(
            E.a("The notebook", href=f"../_sources/book/{deck.name}.ipynb", download="")
        ),
    )
    deck.slides.append(
        Slide(
            "end",
            deck.title,
            E.p("Go on"),
            [end, deepcopy(emblem)],
            deck.further,
            name="end",
        )
    )


def _emblem(deck: Deck, header: HtmlElement) -> HtmlElement:
    """The curve of the chapter."""
    emblem = deepcopy(header.xpath("./*[@class='emblem']")[0])
    emblem.tail = None
    curves.draw(emblem, deck.page)
    for svg in emblem.iter("svg"):
        svg.attrib.pop("viewbox", None)
    return emblem


def to_show(deck: Deck, files: Files) -> str:
    """The page that is shown in the room."""
    sections = []
    for slide, (start, end) in zip(
        deck.slides, times(deck.slides, deck.minutes), strict=True
    ):
        shown = set_out(slide)
        for cell in reversed(slide.unseen):
            cell = _ready(deepcopy(cell))
            cell.set("class", f"{cell.get('class')} off")
            shown.insert(0, cell)
        notes = E.aside({"class": "notes"}, *_notes(slide, start, end))
        sections.append(E.section(shown, notes, id=slide.name))
    shown_by_reveal = E.div({"class": "reveal"}, E.div(*sections, {"class": "slides"}))
    body = E.body(E.main(shown_by_reveal))
    hosts = [
        _module(f"../../_static/{name}") for name in _loaded(deck, "src", "widget_host")
    ]
    return _page(
        deck, files, f"{deck.title}: slides", body, [*hosts, _module(files.script)]
    )


def to_speak(deck: Deck, files: Files) -> str:
    """The page that the speaker reads, and that is printed to hand out."""
    rows = []
    for number, (slide, (start, end)) in enumerate(
        zip(deck.slides, times(deck.slides, deck.minutes), strict=True), 1
    ):
        small = E.div({"class": "thumb"}, still(set_out(slide)))
        number_and_time = E.p(
            {"class": "when"}, E.b(str(number)), f" {clock(start)} to {clock(end)}"
        )
        notes = E.div(number_and_time, *[_ready(deepcopy(n)) for n in slide.notes])
        row = E.section(small, notes, id=slide.name)
        row.set("data-from", str(start))
        row.set("data-to", str(end))
        rows.append(row)
    body = E.body(
        E.main(
            {"class": "spoken"},
            E.h1(f"{deck.title}: slides with notes"),
            E.p(
                E.a("Show the slides", href=f"{deck.name}.html"),
                f" · {len(rows)} slides, {deck.minutes:g} minutes. {KEYS}",
                {"class": "about"},
            ),
            *rows,
        )
    )
    return _page(
        deck, files, f"{deck.title}: notes", body, [_module(files.notes_script)]
    )


def set_out(slide: Slide) -> HtmlElement:
    """A slide as it is seen."""
    level = "h1" if slide.kind == "title" else "h2"
    heading = _ready(E(level, *renamed_parts(slide.headline)))
    names = [slide.kind, *["long"] * (len(said(slide.headline)) > LONG)]
    names += ["large"] * slide.large
    if slide.kind == "figure":
        heading.set("class", "unseen")  # the figure has a title of its own
    parts = [E.p(slide.kicker, {"class": "kicker"})] if slide.kicker else []
    body = E.div({"class": "body"}, *[_ready(deepcopy(each)) for each in slide.body])
    whole = E.div({"class": " ".join(["slide", *names])}, *parts, heading, body)
    sizes = {"size": slide.size and f"{slide.size:.1f}px", "larger": slide.larger}
    if style := "; ".join(f"--{name}: {size}" for name, size in sizes.items() if size):
        whole.set("style", style)
    return whole


LONG = 75  # letters of a headline that takes two lines


def still(shown: HtmlElement) -> HtmlElement:
    """A slide that nothing moves."""
    for place in shown.xpath(".//*[@data-model]"):
        del place.attrib["data-model"]
    for place in shown.xpath(".//input"):
        place.drop_tree()
    for heading in shown.xpath(".//h1 | .//h2"):
        heading.tag = "p"
        heading.set("class", f"heading {heading.get('class') or ''}".strip())
    return shown


def _ready(element: HtmlElement) -> HtmlElement:
    """An element of a page of the book, for a page of slides."""
    element.tail = None
    for details in element.xpath("descendant-or-self::details[@class='code']"):
        details.find("summary").drop_tree()
        details.drop_tag()
    for figure in element.xpath("descendant-or-self::*[@class='explorer']"):
        # Of the class of lessons: a link to its state is for pages.
        height = re.search(r"--wide: (\d+)px", figure.get("style", ""))
        figure.set("class", "moving")
        figure.set("style", f"--tall: {height[1] if height else 400}")
    for each in [*element.iter()]:
        if not isinstance(each.tag, str):
            continue
        if each.tag not in SVG:
            each.attrib.pop("id", None)
        each.attrib.pop("data-column", None)
        if each.tag == "math":
            _tie(each)
        each.attrib.pop("loading", None)
        for name in ("href", "src"):
            if address := each.get(name):
                each.set(name, from_here(address))
    return element


def _tie(formula: HtmlElement) -> None:
    """Let no line begin with the sign that stands after a formula."""
    if found := re.match(r"[.,;:?!)]+", formula.tail or ""):
        tied = E.span({"class": "tied"})
        formula.addprevious(tied)
        tied.tail = formula.tail[found.end() :]
        formula.tail = found[0]
        tied.append(formula)


# Parts of drawings may be named by others.
SVG = {"g", "path", "symbol", "clippath", "clipPath", "use"}


def from_here(address: str) -> str:
    """An address as a page in book/ has it, as seen from doors/slides/."""
    if re.match(r"\w+:|#|\.\./\.\./", address):
        return address
    return normpath(f"{BOOK}{address}")


def _notes(slide: Slide, start: int, end: int) -> list[HtmlElement]:
    when = E.p(f"{clock(start)} to {clock(end)}", {"class": "when"})
    return [when, *[_ready(deepcopy(note)) for note in slide.notes]]


def contents(decks: list[Deck], files: Files) -> str:
    """The list of all decks."""
    items = [
        E.li(
            E.a(deck.title, href=f"{deck.name}.html"),
            f" {len(deck.slides)} slides, {deck.minutes:g} minutes: ",
            E.a("notes and handout", href=f"{deck.name}_notes.html"),
            ", ",
            E.a("4:3", href=f"{deck.name}.html?ratio=4x3"),
            ", ",
            E.a("to print as PDF", href=f"{deck.name}.html?print-pdf"),
        )
        for deck in decks
    ]
    body = E.body(
        E.main(
            {"class": "spoken"},
            E.h1("Slides"),
            E.p(
                "Each chapter, set out for a room: the figures move, the code runs, "
                "and the notes have the times of the ",
                E.a("lesson plan", href=f"{BOOK}teaching.html"),
                f". {KEYS}",
            ),
            E.ul(*items, {"class": "decks"}),
        )
    )
    return _page(decks[0], files, "Slides", body, [])


def _page(
    deck: Deck, files: Files, title: str, body: HtmlElement, scripts: list[HtmlElement]
) -> str:
    """A whole page, with the policy, the looks and the fonts of the site."""
    (policy,) = deck.page.xpath(
        "//meta[@http-equiv='Content-Security-Policy']/@content"
    )
    (of_site,) = deck.page.xpath("/html/head/title/text()")
    body.set(
        "class",
        " ".join(
            n
            for n in deck.page.xpath("//body/@class")
            for n in n.split()
            if n.startswith("loss-")
        ),
    )
    fonts = _loaded(deck, "href", "headings")
    face = "".join(
        f"@font-face{{font-family:headings;font-weight:600;font-display:swap;"
        f'src:url(../../_static/{name}) format("woff2")}}'
        for name in fonts[:1]
    )
    # Rules of pieces of formulas that no other page has (book/_ext/site/markup.py).
    own_rules = "".join(deck.page.xpath("/html/head/style/text()"))
    policy_of_deck: dict[str, Any] = {
        "http-equiv": "Content-Security-Policy",
        "content": HASH.sub("", policy),
    }
    head = E.head(
        E.meta(charset="utf-8"),
        E.meta(policy_of_deck),
        E.meta(name="viewport", content="width=device-width, initial-scale=1.0"),
        E.title(f"{title} — {of_site.rpartition(' — ')[2]}"),
        E.script(src=files.scheme),
        *[
            E.link(rel="stylesheet", href=f"../../_static/{name}")
            for kind in ("formulas", "sketch")
            for name in _loaded(deck, "href", kind)
        ],
        E.style(face + own_rules),
        E.link(rel="stylesheet", href=files.style),
        E.link(rel="icon", href="../../_static/favicon.svg"),
        *scripts,
    )
    return html.tostring(
        E.html(head, body, lang="en-GB"), encoding="unicode", doctype="<!DOCTYPE html>"
    )


def _module(address: str) -> HtmlElement:
    return E.script(type="module", src=address)


def _loaded(deck: Deck, attribute: str, name: str) -> list[str]:
    """The files of the site by that name that the chapter loads."""
    addresses = deck.page.xpath(f"/html/head/*/@{attribute}")
    names = [address.rpartition("/")[2] for address in addresses]
    return list(dict.fromkeys(n for n in names if n.startswith(f"{name}.")))
