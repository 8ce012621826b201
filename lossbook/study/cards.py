"""Flash cards that come back when they are about to be forgotten."""

from . import bank
from .markup import html
from .records import Card
from .static import Static, element

KINDS = {
    "term": "Term",
    "formula": "Formula",
    "mnemonic": "Mnemonic",
    "choice": "Which loss?",
}


class Cards(Static):
    """The deck of flash cards on a topic; `cards` describes it."""

    def __init__(self, topic: str) -> None:
        deck = bank.cards(topic)
        content = element(
            "div",
            element("p", f"{len(deck)} cards, with the backs folded.", class_="score")
            + element("ol", "\n".join(map(_card, deck)), class_="deck"),
            class_="lossbook study study-cards",
            data_study="cards",
            data_topic=topic,
        )
        super().__init__(repr(topic), html=content)


def cards(topic: str) -> Cards:
    """The flash cards on a topic: turn one, say how well you knew it, and go on.

    A card that was hard comes back soon, one that was easy much later.  The dates are
    kept in the browser.

    Parameters
    ----------
    topic : str
        A chapter, such as "hinge".

    Raises
    ------
    KeyError
        If there are no cards on `topic`; the message lists the topics there are.

    Examples
    --------
    >>> cards("hinge")
    Cards('hinge')
    """
    return Cards(topic)


def _card(card: Card) -> str:
    back = element("summary", "Turn") + element("div", html(card.back))
    return element(
        "li",
        element("p", KINDS[card.kind], class_="kind")
        + element("div", html(card.front), class_="front")
        + element("details", back, class_="back"),
        class_="flash",
        data_id=card.id,
    )
