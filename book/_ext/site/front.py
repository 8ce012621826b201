"""The first page: the figure, two doors, and the course in curves.

Its text is the notebook's; what stands here is what a notebook cannot show.
"""

from lxml import html
from lxml.html import HtmlElement

from .chapter import curve, minutes_of
from .course import FURTHER, chapters
from .page import Site

TEST = "book/quizzes"
FIGURE = "//article//div[contains(concat(' ', @class, ' '), ' cell ')][.//@data-model]"
# The lists that lead to every chapter: of the course, and on further losses.
LISTS = "//article//*[self::ol or self::ul][li//a[starts-with(@href, '{}.')]]"


def set_out(site: Site) -> None:
    """Set the doors below the figure, and draw the lists of chapters as curves."""
    page = site.page(site.app.config.root_doc)
    course, further = chapters(site.env), chapters(site.env, FURTHER)
    page.one("//article").set("class", "bd-article front")
    page.one("//body").set("data-page", "front")
    page.one("//article/section/h1/following-sibling::p[1]").set("class", "lead")
    first = course[0].rpartition("/")[2]
    doors = html.Element("nav", {"class": "doors", "aria-label": "Where to begin"})
    begin = f"Begin with chapter 1, {minutes_of(site, course[0]).read} minutes"
    doors.append(door("begin", first, begin, site.env.titles[course[0]].astext()))
    doors.append(
        door("test", "quizzes", "One question for each goal", "Test yourself first")
    )
    page.one(FIGURE).addnext(doors)
    for names, look in ((course, "course wide"), (further, "course further wide")):
        topics = [name.rpartition("/")[2] for name in names]
        listed = page.one(LISTS.format(topics[0]))
        listed.set("class", look)
        for number, (item, name) in enumerate(zip(listed, names, strict=True), 1):
            time = f"{minutes_of(site, name).read} minutes"
            # Those of the course are called by their numbers; others in any order.
            time = f"{number} · {time}" if names is course else time
            draw(item, topics[number - 1], time)


def door(kind: str, topic: str, what: str, title: str) -> HtmlElement:
    """A way on: the curve, what it is, and where it leads."""
    made = html.Element(
        "a", {"class": "door", "data-door": kind, "href": f"{topic}.html"}
    )
    shown = "mnemonics" if kind == "test" else topic
    small, strong, words = (
        html.Element("small"),
        html.Element("b"),
        html.Element("span"),
    )
    small.text, strong.text = what, title
    words.extend([small, strong])
    made.extend([curve(shown), words])
    return made


def draw(item: HtmlElement, topic: str, time: str) -> None:
    """Set the curve above the link, and the time beside it."""
    paragraph = item[0]
    (link,) = paragraph.xpath(f"./a[starts-with(@href, '{topic}.')][1]")
    said = link.tail or ""
    # What the title ends with, or a colon, was between it and the words about it.
    said = said.lstrip(" :.")
    link.tail = None
    words = html.Element("span")
    words.text = said[:1].upper() + said[1:]
    words.extend(list(link.itersiblings()))
    small = html.Element("small")
    small.text = time
    paragraph.insert(0, curve(topic))
    link.addprevious(small)
    paragraph.append(words)
