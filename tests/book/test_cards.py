"""Every number on a card is computed, or is one that the card only asks with.

They stand beside those of the chapter, in `tests/book/numbers/<topic>.toml`, below
`[cards]`: the `card` by its id, what it `says`, and the `expression` that gives the one
number in it.  Where it says a formula, `gives` has it in Python, with the same numbers
in the same order, and gives what `expression` does.  `where` makes names for both, for
all cards or for one; `front` and `back` are its texts.  What it only asks with is
`given`.
"""

import re
import tomllib

import numpy as np
import pytest

from lossbook.study import bank
from lossbook.topics import TOPICS
from tests.book.chapters import namespace
from tests.book.test_numbers import FILES, is_right

# Not "one", "once", "both" and "zero", which most often count nothing.
WORDS = {
    "half": "0.5",
    "twice": "2",
    "two": "2",
    "three": "3",
    "four": "4",
    "nine": "9",
    "ten": "10",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
}
WORD = re.compile(rf"\b(?:{'|'.join(WORDS)})\b", re.IGNORECASE)
NUMERAL = re.compile(r"(?<![\w.])\d+(?:\.\d+)?")
FRACTION = re.compile(r"\\d?frac(\d)(\d)")  # as in \frac12
# Where a sum begins, and the first of some names, is no claim.
INDEX = re.compile(r"_(?:\{\w=)?1\}?")


def text(card):
    return " ".join(f"{card.front}\n{card.back}".split())


def in_digits(says):
    """What a card says, with numbers instead of words, and without indices."""
    says = FRACTION.sub(r"\1 / \2", INDEX.sub("", says))
    return WORD.sub(lambda word: WORDS[word[0].lower()], says)


def numbers(says):
    """The numbers in some words or a formula, without their signs."""
    return [float(each) for each in NUMERAL.findall(in_digits(says))]


def unknown(card, words):
    """The numbers on a card that stand in none of these words."""
    whole = text(card)
    found = [place for says in words for place in re.finditer(re.escape(says), whole)]
    covered = {i for place in found for i in range(*place.span())}
    return numbers("".join("…" if i in covered else s for i, s in enumerate(whole)))


def entries(topic):
    """The numbers of the cards on a topic, each with all that makes names for it."""
    file = tomllib.loads((FILES / f"{topic}.toml").read_text("utf-8"))
    shared = file["cards"].get("where", "")
    for entry in file["cards"]["number"]:
        yield entry | {"where": shared + entry.get("where", "")}


CARDS = {card.id: card for topic in TOPICS for card in bank.cards(topic)}
EVERY = [entry for topic in TOPICS for entry in entries(topic)]


def known(card):
    """What is known to stand on a card."""
    return [entry["says"] for entry in EVERY if entry["card"] == card.id]


def name(entry):
    return f"{entry['card']}: {entry['says']}"


@pytest.mark.parametrize("entry", EVERY, ids=map(name, EVERY))
def test_what_a_card_says_is_computed(entry):
    card = CARDS[entry["card"]]
    assert entry["says"] in text(card), "the card no longer says this"
    if entry.get("given"):
        assert numbers(entry["says"])
        return
    names = namespace("faq") | {"front": card.front, "back": card.back}
    exec(entry["where"], names)  # noqa: S102 - our own file
    value = eval(entry["expression"], names)  # noqa: S307
    if "gives" in entry:
        assert numbers(entry["says"]) == numbers(entry["gives"])
        given = eval(entry["gives"], names)  # noqa: S307
        np.testing.assert_allclose(given, value, rtol=1e-6, atol=1e-9)
    else:
        assert is_right(in_digits(entry["says"]), value), f"it is {value}"


@pytest.mark.parametrize("card", CARDS.values(), ids=CARDS)
def test_every_number_on_a_card_is_known(card):
    assert unknown(card, known(card)) == []


def test_the_test_would_notice_another_number():
    card = CARDS["hinge-formula"]

    assert r"\max(0, 1 - y s)" in known(card)
    assert unknown(card, [r"\max(0, 2 - y s)"]) == [0, 1, 1, 1]
    assert numbers(r"Twice $\frac12 \sum_{i=1}^{n} x_i^2$, from $z_1$") == [2, 1, 2, 2]
    assert numbers("ten times 0.25, not −3") == [10, 0.25, 3]
