"""The page of practice as a worksheet: for students without answers, and with them.

Both are the article that the book's PDF has of that page, so a question has the same
number and its choices the same letters on the site, on the sheet and in the plan.
"""

from copy import deepcopy
from pathlib import Path

from lxml.builder import E

from tools.build.formats import pdf
from tools.build.formats.articles import Article
from tools.build.formats.elements import replace


def worksheet(article: Article, site: Path, *, with_answers: bool):
    """What stands on the worksheet of a page of practice, as an element.

    `article` stays as it is.
    """
    sheet = deepcopy(article)
    for place in sheet.body.xpath('.//p[a[@href="#answers"]]'):
        place.drop_tree()  # that they are at the end of the chapter
    (heading,) = sheet.body.xpath("./section/h1")
    introduction = sheet.body.xpath("./section/p[1]")[0]
    if with_answers:
        heading.text += ", with answers"
        introduction[-1].tail = ". Answers and solutions are at the end."
    else:
        take_out_answers(sheet.body)
        heading.addnext(who())
        introduction[-1].tail = "."
    pdf.join_up(sheet, {sheet.name}, site)
    sheet.body.set("class", f"sheet {sheet.body.get('class', '')}".strip())
    return sheet.body


def who():
    """Where one writes one's name."""
    return E.p({"class": "who"}, E.span("Name ", E.i()), E.span("Date ", E.i()))


def take_out_answers(body) -> None:
    """Leave nothing that gives an answer, and room where the backs of cards stood."""
    for section in body.xpath('./section/section[@id="answers" or @id="solutions"]'):
        section.drop_tree()
    for back in body.xpath('.//table[contains(@class, "cards")]/tbody/tr/td[2]'):
        replace(back, E.td())
    for words in body.xpath('./section/section[@id="flash-cards"]/p[1]'):
        replace(words, E.p("Write down what stands on the back of each card."))
