"""The parts of a chapter that have a look of their own: its title, its conversation.

In a notebook they are plain paragraphs, which read well anywhere.
"""

from typing import Any

import nbformat
from lxml import html
from lxml.html import HtmlElement
from sphinx.errors import ExtensionError

from .course import COURSE, CURVES, FORMULAS, FURTHER, chapters
from .page import Site

TEACHER = "nora"
# After so many turns a phone asks whether one wants the rest (chapter.css).
TURNS = 6
# A figure in which one guesses a curve: the title keeps it to itself (chapter.css).
GUESS = "following-sibling::div//*[starts-with(@data-explorer, 'Predict')]"


def set_titles(site: Site) -> None:
    """Give each chapter its place in its part, its time and its curve."""
    for part, word in ((COURSE, "Chapter"), (FURTHER, f"{FURTHER},")):
        names = chapters(site.env, part)
        for number, name in enumerate(names, 1):
            set_title(site, name, f"{word} {number} of {len(names)}")


def set_title(site: Site, name: str, place: str) -> None:
    """Give a chapter its first line, and the curve beside its title."""
    page, topic = site.page(name), name.rpartition("/")[2]
    heading = page.one("//article/section/h1")
    lead = heading.getnext()
    if lead is None or lead.tag != "p":
        raise ExtensionError(f"the chapter {name} must begin with a paragraph")
    block = html.Element("header", {"class": "title"})
    heading.addprevious(block)
    kicker = html.fragment_fromstring(
        f'<p class="kicker"><b>{place}</b> <span>{time_of(site, name)}</span>'
        '<a href="#goals">Goals</a></p>'
    )
    if f"{name}_practice" in site.env.found_docs:
        practice = html.Element("a", {"href": f"{topic}_practice.html"})
        practice.text = "Practice"
        kicker.append(practice)
    lead.set("class", "lead")
    block.extend([kicker, heading, lead, emblem(topic)])
    if block.xpath(GUESS):
        block.set("class", "title guess")


def minutes_of(site: Site, name: str) -> Any:
    """How long a chapter takes, as its notebook says: to read, and to do."""
    notebook = nbformat.read(site.env.doc2path(name), 4)
    return notebook.metadata.lossbook.minutes


def time_of(site: Site, name: str) -> str:
    """The same in words."""
    minutes = minutes_of(site, name)
    longer = minutes.get("do", 0) > minutes.read
    return f"{minutes.read} minutes" + f", {minutes.get('do')} with the code" * longer


def curve(topic: str) -> HtmlElement:
    """The curve of a chapter, which stands once in each page (macros/curves.html)."""
    return html.fragment_fromstring(
        '<svg class="curve" viewBox="0 0 96 60" aria-hidden="true">'
        f'<use href="#curve-{topic}"></use></svg>'
    )


def emblem(topic: str) -> HtmlElement:
    """The curve of a chapter, large, with the formula of its loss."""
    if topic not in CURVES:
        raise ExtensionError(f"the chapter {topic} has no curve (course.py)")
    block = html.Element("div", {"class": "emblem", "aria-hidden": "true"})
    block.append(curve(topic))
    if formula := FORMULAS.get(topic):
        words = html.Element("i")
        words.text = formula
        block.append(words)
    return block


def set_dialogues(site: Site) -> None:
    """Set dialogues as conversations: who speaks is seen before it is read."""
    for _, dialogues in site.some('//div[@class="dialogue"]'):
        for dialogue in dialogues:
            turns = list(dialogue)
            for turn in turns:
                set_turn(turn)
            if rest := turns[TURNS:]:
                fold_rest(dialogue, rest)


def set_turn(turn: HtmlElement) -> None:
    """A disc with the initial, the name, and what is said in a box of its own."""
    name = turn.find("strong")
    turn.set("data-who", name.text_content()[0])
    if TEACHER not in turn.get("class").split():
        turn.set("class", f"{turn.get('class')} learner")
    # Heard and copied, the colon is there.
    colon, said = html.Element("i"), html.Element("bdi")
    colon.text = ":"
    said.extend(list(name.itersiblings()))
    name.text, name.tail = name.text_content().rstrip(":"), " "
    name.append(colon)
    turn.append(said)


def fold_rest(dialogue: HtmlElement, turns: list[HtmlElement]) -> None:
    """On a phone the rest comes on request: without a script, and found by a search."""
    rest, summary = html.Element("details", {"class": "rest"}), html.Element("summary")
    summary.text = "Go on with the dialogue"
    rest.extend([summary, *turns])
    dialogue.append(rest)
