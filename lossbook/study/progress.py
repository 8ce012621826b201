"""How far one has come: the practice pages, and what the browser keeps about them."""

from html import escape

from .bank import cards, questions
from .goals import titles
from .static import Static, element


class Progress(Static):
    """The practice pages with what was answered on each; `progress` describes it."""

    def __init__(self) -> None:
        html = element(
            "div",
            topics()
            + element("p", "", class_="actions")  # of which a script makes use
            + element("p", "", class_="said"),
            class_="lossbook study study-progress",
            data_study="progress",
        )
        super().__init__("", html=html)


def progress() -> Progress:
    """The practice pages, how far one has come on each, and buttons to keep that.

    What was answered and when each card comes back is kept in the browser only.  Here
    it is saved to a file, read from one, or deleted.

    Examples
    --------
    >>> progress()
    Progress()
    """
    return Progress()


def topics() -> str:
    """The practice pages as a list, with what each asks."""
    rows = "".join(_row(topic, title) for topic, title in titles().items())
    return element("ul", rows, class_="topics")


def _row(topic: str, title: str) -> str:
    asked, deck = questions(topic), cards(topic)
    page = element("a", escape(title), href=f"{topic}_practice.ipynb")
    count = f"{len(asked)} questions, {len(deck)} cards"
    return element(
        "li",
        page + " " + element("span", count, class_="done"),
        data_questions=" ".join(question.id for question in asked),
        data_cards=" ".join(card.id for card in deck),
    )
