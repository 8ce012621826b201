"""The course as two Common Cartridges: whole, and as links alone."""

from html import escape
from pathlib import Path

from lossbook.exporting.cartridge import (
    Check,
    Folder,
    Link,
    Module,
    Page,
    checkable,
    write,
)
from lossbook.study import bank
from lossbook.study.goals import goals, titles
from tools.build.doors import pages
from tools.build.doors.pages import Chapter
from tools.build.formats.__main__ import about

WHOLE, LINKS = "lossbook.imscc", "lossbook-links.imscc"
ABOUT = (
    "An open course on loss functions: figures to move, questions that answer, code to "
    "run. Each module leads to a chapter and its practice."
)
HOW_TO = """<p>Each module of this course is about one chapter: what it is for, the
chapter, a lesson to watch, questions to practise, and a check of four questions.</p>
<ol><li>Read the chapter, and set each figure before the text says what happens.</li>
<li>Practise. Every answer gets a reply, and what you missed comes back.</li>
<li>Take the check here. You may take it again.</li></ol>
<p>The pages open in a new window. They need no account, and what you do there stays in
your browser.</p>"""
START = ("intro", "today", "quizzes")
LOOK_UP = ("atlas", "chooser", "glossary", "common_errors", "frameworks")


def build(out: Path, site: Path, address: str) -> None:
    """Write both into a folder; `address` is where the site is published."""
    out.mkdir(parents=True, exist_ok=True)
    found = pages.chapters(site)
    links = [
        Module("Start", _links(site, START, address)),
        *(Module(c.title, _ways(c, address)) for c in found),
        Module("To look things up", _links(site, LOOK_UP, address)),
    ]
    parts = {module.title: module.parts for module in links}
    # Moodle takes the first module for its general section.
    whole = [Module("Start", (Page("How to use this course", HOW_TO), *links[0].parts))]
    for chapter in found:
        read, *others = parts[chapter.title]
        ways = [part for part in others if isinstance(part, Link)]
        what = Page(f"About: {chapter.title}", _what(chapter, address))
        whole.append(Module(chapter.title, (what, read, *ways, *_check(chapter))))
    title = about(site)["title"]
    write(out / WHOLE, title, ABOUT, (*whole, links[-1]))
    write(out / LINKS, f"{title} (links)", ABOUT, tuple(links))


def _links(site: Path, names: tuple[str, ...], address: str) -> tuple[Link, ...]:
    return tuple(Link(pages.title(site, n), _address(address, n)) for n in names)


def _ways(chapter: Chapter, address: str) -> tuple[Link | Folder, ...]:
    """To the chapter, to what belongs to it, and to each of its sections."""
    return (
        Link(f"Read: {chapter.title}", _address(address, chapter.name)),
        *(
            Link(title, _address(address, name))
            for name, title in chapter.related.items()
        ),
        Folder(
            "Sections",
            tuple(
                Link(title, f"{_address(address, chapter.name)}#{place}")
                for place, title in chapter.sections.items()
            ),
        ),
    )


def _what(chapter: Chapter, address: str) -> str:
    """What the chapter is for, what one can do after it, and where its sections are."""
    text = f"<p>{escape(chapter.lead)}</p>"
    if chapter.name in titles():
        text += f"<p>After it you can</p>{_list(g.text for g in goals(chapter.name))}"
    lead = _address(address, chapter.name)
    sections = _list(
        f'<a href="{escape(lead)}#{escape(place)}" target="_blank">{escape(title)}</a>'
        for place, title in chapter.sections.items()
    )
    return f"{text}<p>Its sections:</p>{sections}"


def _check(chapter: Chapter) -> tuple[Check, ...]:
    if chapter.name not in titles():
        return ()
    questions = checkable(bank.questions(chapter.name))
    return (Check(f"Check: {chapter.title}", questions),)


def _list(entries) -> str:
    return f"<ul>{''.join(f'<li>{entry}</li>' for entry in entries)}</ul>"


def _address(site: str, name: str) -> str:
    return f"{site}book/{name}.html"
