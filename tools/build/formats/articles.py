"""The pages of the built site as articles that need no screen.

What a reader opens, moves or answers on a page is unfolded: tabs stand one below the
other, a quiz is a list of questions with its answers at the end of the chapter, cards
are a table, an explorer is its figure.  What cannot be on paper is left out.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

from lxml import html
from lxml.builder import E

from tools.build.formats import curves, worksheet
from tools.build.formats.elements import parsed, replace

ROOT_PAGE = "book/intro.html"
# Players, forms, what a script would fill, and the same question with other numbers.
NOT_ON_PAPER = """
  .//figure[@data-recording] | .//a[@class="headerlink"] | .//template | .//button
  | .//noscript
  | .//form | .//input | .//details[@class="rest"]/summary
  | .//*[contains(@class, "toctree-wrapper")] | .//nav[@class="doors"]
  | .//*[@data-study="progress"] | .//*[contains(@class, "outcome")]
  | .//*[@data-study="chooser"]/div[@class="panel"]
  | .//annotation | .//details[contains(@class, "code")]/summary
  | .//td/span[@class="column"]
  | .//p[@class="kicker"]/a[.="Hear" or .="Watch"] | .//a[@class="watch"]
"""
# Pages on which nothing is left to read.
ON_THE_SITE = {"quizzes", "today", "passport"}


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
        name = target.removesuffix(".html")
        if "/" in name or name in ON_THE_SITE:
            continue
        page = parsed(site / "book" / f"{name}.html")
        (body,) = page.xpath("//article")
        canonical = page.xpath('//link[@rel="canonical"]/@href')
        title = item.text_content().strip()
        curves.draw(body, page)
        articles.append(Article(name, title, part, "".join(canonical), unfolded(body)))
    return articles


def unfolded(body):
    """The article of a page, for a medium on which nothing can be opened."""
    for place in body.xpath(NOT_ON_PAPER):
        place.drop_tree()  # the text after it stays
    for picture in body.xpath(".//img[@loading]"):
        del picture.attrib["loading"]  # a book has no screens to wait for
    worksheet.set_out(body)
    for tabs in body.xpath('.//*[contains(@class, "sd-tab-set")]'):
        for label in tabs.findall("label"):
            replace(label, E.p({"class": "label"}, label.text_content().strip()))
    for explorer in body.xpath('.//*[@class="explorer"]'):
        explorer.attrib.pop("style", None)
        explorer.attrib.pop("data-model", None)
    for details in body.xpath(".//details"):
        details.attrib.pop("open", None)
        details.tag = "div"
        for summary in details.findall("summary"):
            replace(summary, E.p({"class": "label"}, summary.text_content().strip()))
    for apart in body.xpath(
        './/p[@class="kicker"]/* | .//*[@class="course wide"]//p/*'
    ):
        apart.tail = "\n"  # or they would be one word where no style sheet is read
    say_otherwise(body)
    return body


def say_otherwise(body) -> None:
    """Promise nothing that paper cannot keep (book/_ext/site/paper.py)."""
    for place in body.xpath(".//*[@data-paper]"):
        place[:] = []
        place.text = place.get("data-paper")
        place.drop_tag()


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
