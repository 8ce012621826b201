"""The papers and their keys as pages to print: each in one file, that asks no host."""

from collections.abc import Sequence
from html import escape
from pathlib import Path

from lossbook.study.markup import html, inline_html
from lossbook.study.static import element

from ..counting import counted
from .papers import Item, Paper

POLICY = "default-src 'none'; style-src 'unsafe-inline'"
STYLE = Path(__file__).with_name("page.css").read_text("utf-8")
# In the title of each page and of its PDF. By this the check of the public site finds
# them (tools/build/doors/leaks.py), whatever they are called.
MARK = "Exam papers, not for the public"
HOW = {
    "one": "Choose one.",
    "several": "Choose all that are right.",
    "numeric": "Work out a number.",
    "ordering": "Put in order: write the letters.",
}


def papers_page(papers: Sequence[Paper], title: str) -> str:
    """Papers, one after the other; each begins on a page of its own."""
    return _page(title, "".join(_paper(paper, title) for paper in papers))


def keys_page(papers: Sequence[Paper], title: str) -> str:
    """What is right: a table of all papers, then each with the reasons."""
    return _page(title, _table(papers, title) + "".join(map(_reasons, papers)))


def _page(title: str, body: str) -> str:
    return (
        '<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8" />'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}" />'
        f"<title>{MARK}: {escape(title)}</title><style>{STYLE}</style></head>"
        f"<body>{body}</body></html>\n"
    )


def _paper(paper: Paper, title: str) -> str:
    # The head of a table is the only thing that Chromium repeats on each page.
    code = element("span", f"paper {paper.code}")
    head = element("p", escape(paper.name) + code)
    questions = "".join(element("li", _asked(item)) for item in paper.items)
    points = element("span", _points(len(paper.items)))
    content = (
        element("h1", escape(title))
        + element("p", f"{points} <span>Date <i></i></span>", class_="who")
        + element("ol", questions, class_="questions")
    )
    return (
        '<section class="paper"><table role="presentation"><thead><tr>'
        f"<td>{head}</td></tr></thead><tbody><tr><td>{content}</td></tr></tbody></table>"
        "</section>"
    )


def _asked(item: Item) -> str:
    question = item.question
    said = element("p", f"{HOW[question.kind]} {_points(1)}", class_="kind") + html(
        question.text
    )
    if question.answer:
        unit = escape(question.answer.unit)
        return said + element("p", f"Answer <i></i> {unit}", class_="line")
    choices = "".join(element("li", inline_html(c.text)) for c in question.choices)
    said += element("ol", choices, class_="choices", type="A")
    if question.kind == "ordering":
        said += element("p", "Answer <i></i>", class_="line")
    return said


def _table(papers: Sequence[Paper], title: str) -> str:
    heads = ["Student", "Paper", *(str(n) for n, _ in enumerate(papers[0].items, 1))]
    head = "".join(element("th", text, scope="col") for text in heads)
    rows = "".join(
        element(
            "tr",
            element("th", escape(paper.name), scope="row")
            + element("td", element("code", paper.code))
            + "".join(element("td", escape(_short(item))) for item in paper.items),
        )
        for paper in papers
    )
    content = (
        element("h1", f"{escape(title)}: keys")
        + element("p", f"{MARK}. What is right on each paper:")
        + f'<table class="keys"><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )
    return element("section", content, class_="overview")


def _reasons(paper: Paper) -> str:
    items = "".join(
        element("li", element("p", element("strong", escape(item.key)) + _within(item))
        + html(item.question.explanation))
        for item in paper.items
    )  # fmt: skip
    head = element("h2", f"{escape(paper.name)}, paper {paper.code}")
    return element("section", head + element("ol", items), class_="reasons")


def _short(item: Item) -> str:
    """What is right, without a unit, which the paper says."""
    answer = item.question.answer
    return item.key.removesuffix(f" {answer.unit}") if answer else item.key


def _within(item: Item) -> str:
    """By how much a number may be off."""
    answer = item.question.answer
    return f" ± {answer.tolerance:g}" if answer and not item.is_count else ""


def _points(count: int) -> str:
    """What questions give: one point each, as in the exports for Canvas."""
    return f"{counted(count, 'point')}."
