"""The pages of the built site as articles that need no screen.

What a reader opens, moves or answers on a page is unfolded: tabs stand one below the
other, a quiz is a list of questions with its answers at the end of the chapter, cards
are a table, an explorer is its figure.  What cannot be on paper is left out.
"""

import re
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

from lxml import html
from lxml.builder import E

ROOT_PAGE = "book/intro.html"
# Players, forms, what a script would fill, and the same question with other numbers.
NOT_ON_PAPER = """
  .//figure[@data-recording] | .//a[@class="headerlink"] | .//template | .//button
  | .//noscript
  | .//input | .//input[@class="rest"]/following-sibling::label
  | .//*[contains(@class, "toctree-wrapper")]
  | .//*[@data-study="progress"] | .//*[contains(@class, "outcome")]
  | .//annotation | .//details[contains(@class, "code")]/summary
"""
LETTERS = "ABCDEFGHIJ"


@dataclass
class Article:
    """A page of the book."""

    name: str  # such as `hinge`
    title: str
    part: str  # the caption above it in the contents, or nothing
    address: str  # where it is published, or nothing
    body: html.HtmlElement


def read(site: Path) -> list[Article]:
    """The pages that the contents of the book name, in that order, unfolded.

    Those in folders of their own, the reference of the code, are for the screen.
    """
    contents = parsed(site / ROOT_PAGE).xpath('//nav[@aria-label="Main"]')[0]
    articles, part = [], ""
    for item in contents.iter("p", "a"):
        if item.tag == "p":
            part = item.text_content().strip()
            continue
        target = item.get("href").partition("#")[0] or Path(ROOT_PAGE).name
        if "/" in target:
            continue
        name = target.removesuffix(".html")
        page = parsed(site / "book" / f"{name}.html")
        (body,) = page.xpath("//article")
        canonical = page.xpath('//link[@rel="canonical"]/@href')
        title = item.text_content().strip()
        articles.append(Article(name, title, part, "".join(canonical), unfolded(body)))
    return articles


def parsed(path):
    """The tree of a page."""
    return html.parse(str(path), html.HTMLParser(encoding="utf-8")).getroot()


def unfolded(body):
    """The article of a page, for a medium on which nothing can be opened."""
    for place in body.xpath(NOT_ON_PAPER):
        place.drop_tree()  # the text after it stays
    for picture in body.xpath(".//img[@loading]"):
        del picture.attrib["loading"]  # a book has no screens to wait for
    for place in body.xpath('.//*[@data-study="self_test"]'):
        replace(place, E.p("On the site. Its questions are in the practice chapters."))
    answers, solutions = [], []
    for quiz in body.xpath('.//*[@data-study="quiz"]'):
        answers += [answer(question) for question in quiz.xpath(".//fieldset")]
        listed = [question_of(question) for question in quiz.xpath(".//fieldset")]
        where = E.p(E.a("Answers", href="#answers"), " are at the end of this chapter.")
        replace(quiz, E.ol(*listed, {"class": "questions"}), where)
    for deck in body.xpath('.//*[@data-study="cards"]'):
        replace(deck, table_of(deck))
    for place in body.xpath('.//*[@class="help"]'):
        solutions += solution(place)
    for tabs in body.xpath('.//*[contains(@class, "sd-tab-set")]'):
        for label in tabs.findall("label"):
            replace(label, E.p({"class": "label"}, label.text_content().strip()))
    for explorer in body.xpath('.//*[@class="explorer"]'):
        explorer.attrib.pop("style", None)
        explorer.attrib.pop("data-model", None)
        explorer.append(E.p("On the site this figure moves.", {"class": "moves"}))
    for details in body.xpath(".//details"):
        details.attrib.pop("open", None)
        details.tag = "div"
        for summary in details.findall("summary"):
            replace(summary, E.p({"class": "label"}, summary.text_content().strip()))
    append(body, "answers", "Answers", E.ol(*answers) if answers else None)
    append(body, "solutions", "Solutions", E.div(*solutions) if solutions else None)
    return body


def question_of(fieldset):
    """A question with its choices, as an item of a list."""
    text = renamed(fieldset.xpath('.//*[@class="text"]')[0], "div")
    choices = fieldset.xpath('./ol[@class="choices"]/li')
    content = [text]
    if choices:
        spans = [choice.xpath(".//span")[0] for choice in choices]
        letters = {"class": "choices", "type": "A"}
        content.append(E.ol(*[E.li(*renamed_parts(s)) for s in spans], letters))
    kind = fieldset.xpath('.//*[@class="count"]')[0].text_content().partition(" · ")[2]
    return E.li(E.p(kind.capitalize(), {"class": "kind"}), *content)


def answer(fieldset):
    """The answer to a question and why, as an item of a list."""
    (given,) = fieldset.xpath('./details//*[@class="solution"]')
    key = given.xpath('./p[@class="key"]/strong')
    places = given.xpath('./ol[@class="order"]/li/@data-place')
    right = given.xpath('./ol[@class="feedback"]/li')
    if key:
        short = key[0].text_content()
    elif places:
        short = ", ".join(LETTERS[int(place)] for place in places)
    else:
        marked = (i for i, item in enumerate(right) if "data-right" in item.attrib)
        short = ", ".join(LETTERS[i] for i in marked)
    why = deepcopy(given.xpath('./*[@class="explanation"]')[0])
    first = why[0]
    first.insert(0, E.strong(f"{short}."))
    first[0].tail, first.text = f" {first.text or ''}", None
    return E.li(*why)


def table_of(deck):
    """A deck of cards as a table: fronts at the left, backs at the right."""
    rows = [
        E.tr(
            E.td(*deepcopy(card.xpath('./*[@class="front"]')[0])),
            E.td(*deepcopy(card.xpath('./*[@class="back"]/div')[0])),
        )
        for card in deck.xpath('.//*[@class="flash"]')
    ]
    heading = E.thead(E.tr(E.th("Front"), E.th("Back")))
    return E.table(heading, E.tbody(*rows), {"class": "table cards"})


def solution(place):
    """Take the solution out from under its hints; returns it with its heading."""
    found = place.xpath('./details[summary="Solution"]')
    for details in found:
        details.drop_tree()
        details.remove(details.find("summary"))
    section = next(place.iterancestors("section"))
    heading = section.xpath("./h2 | ./h3 | ./h4")[0]
    title = heading.text or heading.text_content()
    link = E.p({"class": "label"}, E.a(title, href=f"#{section.get('id')}"))
    return [link, *[part for details in found for part in details]]


def append(body, name, title, content):
    """Add a section at the end of the article, if there is something for it."""
    if content is not None:
        section = E.section(E.h2(title), content, id=name)
        body.find("section").append(section)


def renamed(element, tag):
    """A copy of an element under another name, without attributes."""
    copy = deepcopy(element)
    copy.tag, copy.tail = tag, None
    copy.attrib.clear()
    return copy


def renamed_parts(element):
    """What is inside an element: its text, and copies of its children."""
    return [element.text or "", *map(deepcopy, element)]


def replace(element, *others):
    """Put others in the place of an element; the text after it stays."""
    parent, tail = element.getparent(), element.tail
    place = parent.index(element)
    element.tail = None
    parent[place : place + 1] = others
    others[-1].tail = tail


def lead_links(article: Article, names: set[str], address) -> None:
    """Lead the links of an article to where their targets are now.

    `address(page, place)` is the new address of a place in an article of these names.
    Files of the site are linked where the site is published; where that is not known,
    the link becomes text.
    """
    published = article.address.rpartition("/")[0]
    for link in article.body.xpath(".//a[@href]"):
        target, _, place = link.get("href").partition("#")
        page = re.fullmatch(r"(\w+)\.html", target)
        link.attrib.pop("title", None)
        link.attrib.pop("download", None)
        if re.match(r"\w+:", target):
            continue
        if not target:
            link.set("href", address(article.name, place))
        elif page and page[1] in names:
            link.set("href", address(page[1], place))
        elif published:
            link.set("href", urljoin(f"{published}/", target))
        else:
            link.drop_tag()


def pictures(article: Article, site: Path):
    """The pictures of an article, each with its file."""
    for picture in article.body.xpath(".//img"):
        yield picture, (site / "book" / picture.get("src")).resolve()
