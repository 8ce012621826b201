"""The decks, written: a page to show and a page to speak from for each chapter.

Both use files of the site (`../../_static`, `../../live`), so they work where the site
offers them: at doors/slides/.
"""

import json
import shutil
from collections import Counter
from pathlib import Path

import yaml
from lxml.html import HtmlElement

from book._ext.site.assets import bundled, keep, minified
from lossbook.study import bank
from lossbook.topics import TOPICS
from tools import ROOT, cache
from tools.build import book
from tools.build.formats.elements import parsed

from . import pages
from .planning import slides_of
from .reading import Part, SlidesError, parts_of
from .slide import Slide

SLIDES = book.BUILD / "doors" / "slides"
HERE = Path(__file__).parent
PARTS = ("The course", "Further losses")
# Parts that become no slides of their own.
READ_MORE = "read-more"
ERRORS = "common_errors.html"
# Before the first of these one comes back to what was guessed.
SUMMING_UP = ("key-points", "check-yourself")


def build(output: Path = SLIDES, site: Path = book.SITE) -> None:
    """Make the slides of all chapters from a built site, whole or not at all."""
    output.parent.mkdir(parents=True, exist_ok=True)
    with cache.alone(output):
        new = output.with_name(f".{output.name}.new")
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir()
        try:
            files = bundle(new, site)
            decks = [deck_of(site, name) for name in chapters()]
            for deck in decks:
                write(new / f"{deck.name}.html", pages.to_show(deck, files))
                write(new / f"{deck.name}_notes.html", pages.to_speak(deck, files))
            write(new / "index.html", pages.contents(decks, files))
            shutil.rmtree(output, ignore_errors=True)
            new.rename(output)
        finally:
            shutil.rmtree(new, ignore_errors=True)


def chapters() -> list[str]:
    """The names of the chapters that become slides, in the order of the contents."""
    contents = yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8"))
    return [
        Path(chapter["file"]).name
        for part in contents["parts"]
        if part["caption"] in PARTS
        for chapter in part["chapters"]
    ]


def bundle(folder: Path, site: Path) -> pages.Files:
    """Write scripts and style sheet beside the decks."""
    live = sorted((site / "live").glob("live.*.js"))  # none on a site without Python
    found = bundled(
        [HERE / "slides.js", HERE / "notes.js"],
        folder,
        LIVE_SCRIPT=f"../../live/{live[0].name}" if live else "",
    )
    styles = bundled([HERE / "slides.css"], folder)
    before_it_is_drawn = minified((HERE / "scheme.js").read_text("utf-8"), "js")
    licence = ROOT / "node_modules" / "reveal.js" / "LICENSE"
    shutil.copyfile(licence, folder / "reveal.LICENSE.txt")
    return pages.Files(
        script=found["slides.js"].name,
        notes_script=found["notes.js"].name,
        scheme=keep(folder / "scheme.js", before_it_is_drawn.encode()),
        style=styles["slides.css"].name,
    )


def deck_of(site: Path, name: str) -> pages.Deck:
    """The deck of a chapter."""
    path = site / "book" / f"{name}.html"
    if not path.is_file():
        raise SlidesError(f"The site has no {path.name}. Build it first: make book")
    page = parsed(path)
    (article,) = page.xpath("//article")
    for link in page.xpath("//a[starts-with(@href, '#')]"):
        link.set("href", f"{name}.html{link.get('href')}")
    parts = parts_of(article, name)
    notebook = json.loads((ROOT / "book" / f"{name}.ipynb").read_text("utf-8"))
    minutes = notebook["metadata"]["lossbook"]["minutes"]
    parts[0].blocks.pop(0)  # what leads into the chapter stands on the title
    slides = in_order([p for p in parts if p.name != READ_MORE])
    further = [b.element for p in parts if p.name == READ_MORE for b in p.blocks]
    deck = pages.Deck(
        name=name,
        title=parts[0].title,
        page=page,
        minutes=minutes["read"] + minutes["do"],
        slides=slides,
        further=further,
        mistakes=mistakes_of(name, site),
    )
    pages.frame(deck)
    check(deck, article)
    return deck


def in_order(parts: list[Part]) -> list[Slide]:
    """The slides of all parts; one comes back to guesses before summing up."""
    slides: list[Slide] = []
    later: list[Slide] = []
    unseen: list[HtmlElement] = []
    for part in parts:
        new = []
        for slide in slides_of(part):
            if slide.kind == "set-up":
                unseen += slide.body
            else:
                slide.unseen, unseen = unseen, []
                new.append(slide)
        if part.name in SUMMING_UP:
            slides, later = [*slides, *later], []
        later += [slide for slide in new if slide.later]
        slides += [slide for slide in new if not slide.later]
    return [*slides, *later]


def mistakes_of(topic: str, site: Path) -> dict[str, str]:
    """The common errors that the questions on a topic know, those met most first.

    Each with its address.
    """
    if topic not in TOPICS:
        return {}
    choices = [c for question in bank.questions(topic) for c in question.choices]
    met = Counter(choice.misconception for choice in choices if choice.misconception)
    page = parsed(site / "book" / ERRORS)
    places = {
        section.findtext("h2"): f"{ERRORS}#{section.get('id')}"
        for section in page.xpath("//section[h2]")
    }
    return {name: places[name] for name, _ in met.most_common()}


def check(deck: pages.Deck, article: HtmlElement) -> None:
    """What runs code counts the cells of the page: the deck must have all, in order."""
    path = ".//div[contains(@class, 'cell_input')]//pre"
    ours = [
        pre.text_content()
        for slide in deck.slides
        for element in [*slide.unseen, *slide.body]
        for pre in element.xpath(path)
    ]
    theirs = [pre.text_content() for pre in article.xpath(path)]
    if ours != theirs:
        raise SlidesError(f"{deck.name}: the slides have other cells than the page.")
    names = [slide.name for slide in deck.slides]
    if len(set(names)) < len(names):
        raise SlidesError(f"{deck.name}: two slides have one name.")


def write(path: Path, text: str) -> None:
    """Write a page."""
    path.write_text(text, "utf-8", newline="\n")
