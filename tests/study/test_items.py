"""Items cannot be guessed, secret ones not looked up, and an id asks one thing."""

import re
from functools import cache

import pytest

from lossbook import lessons
from lossbook.study import bank
from lossbook.topics import COURSE, TOPICS
from tests.book.chapters import BOOK, CHAPTERS, PAGES, cells
from tests.study import asked
from tests.study.test_content import (
    BANKS,
    CLASSROOM,
    TOPICS_OF,
    every_file,
    place,
    texts,
)

# So common that they lead nowhere: a secret item may share them with any page.
COMMON = {*range(-10, 11), 0.1, 0.5, 12, 20, 30, 50, 100, 1000, 10_000}
NUMBER = re.compile(r"(?<![\w.])[-−]?\d+(?:,\d{3})*(?:\.\d+)?")
ASSIGNMENTS = CLASSROOM / "assignments" / "source"


def numbers(text):
    """The numbers in a text that may tell where it is from."""
    found = (n.replace(",", "").replace("−", "-") for n in NUMBER.findall(text))
    return {abs(float(number)) for number in found} - COMMON


def sentences(text):
    """The sentences of a text, in small letters and without signs; short ones left."""
    said = re.split(r"(?<=[.?!:;])\s+|\n", text)
    plain = (" ".join(re.findall(r"[\w%]+", each.lower())) for each in said)
    return {each for each in plain if len(each.split()) >= 6}


@cache
def public():
    """What everybody can read, in pieces of which each tells one thing."""
    pieces = {}
    for chapter in CHAPTERS:
        for kind in ("markdown", "code"):
            for cell in cells(chapter, kind):
                pieces[f"{chapter}.ipynb, {cell.id}"] = cell.source
    for page in PAGES:
        for part in re.split(
            r"^(?=#+ )", (BOOK / f"{page}.md").read_text("utf-8"), flags=re.M
        ):
            pieces[f"{page}.md, {part.partition(chr(10))[0]}"] = part
    for topic in TOPICS:
        for question in bank.questions(topic):
            for variant in question.variants():
                given = sorted(variant.given.items())
                pieces[f"{place(question)}, {given}"] = "\n".join(texts(variant))
        for card in bank.cards(topic):
            pieces[f"card {card.id}"] = f"{card.front}\n{card.back}"
    for topic in COURSE:
        for name, said in (
            ("dialogue", lessons.dialogue(topic).sentences),
            ("narration", lessons.narration(topic).sentences),
        ):
            for start in range(0, len(said), 4):
                near = "\n".join(sentence.text for sentence in said[start : start + 8])
                pieces[f"{name} {topic}, from sentence {start + 1}"] = near
    for path in sorted(ASSIGNMENTS.glob("*/*.ipynb")):
        pieces[f"assignment {path.stem}"] = path.read_text("utf-8")
    return {name: (numbers(text), sentences(text)) for name, text in pieces.items()}


def secret_items():
    """Those of exams and of the inventory."""
    for name in BANKS.keys() - {"practice"}:
        for topic in TOPICS_OF[name]:
            for question in bank.questions(topic, BANKS[name]):
                for variant in question.variants():
                    yield question, "\n".join(texts(variant))


def leaks(item):
    """Where the numbers or a sentence of a text stand in what is public."""
    own, said = numbers(item), sentences(item)
    found = []
    for name, (others, sayings) in public().items():
        if len(same := own & others) >= 3:
            found.append(f"{name} has {sorted(same)} too")
        found += [f"{name} says “{sentence}” too" for sentence in said & sayings]
    return found


def test_nothing_that_is_public_has_the_numbers_or_a_sentence_of_a_secret_item():
    found = [
        f"{place(question)}: {leak}"
        for question, text in secret_items()
        for leak in leaks(text)
    ]

    assert found == []


def test_a_leak_would_be_noticed():
    question = bank.questions("hinge")[0]
    text = "\n".join(texts(next(iter(question.variants()))))

    assert leaks(text)
    assert leaks("Emails 0.31, 0.22 and 93 % of 96 %.")  # of filter-that-deletes


def length(text):
    """How long a choice looks."""
    return len(re.sub(r"[`$\\]|\\\w+", "", text))


def outstanding(questions):
    """Of one-choice items: all, those with the key shortest, and with it longest."""
    count = shortest = longest = 0
    for question in questions:
        if question.kind == "one":
            (key,) = (length(c.text) for c in question.choices if c.right)
            others = [length(c.text) for c in question.choices if not c.right]
            count += 1
            shortest += key < min(others)
            longest += key > max(others)
    return count, shortest, longest


@pytest.mark.parametrize("bank_of", BANKS)
def test_no_key_of_a_bank_is_found_by_its_length_more_often_than_by_chance(bank_of):
    topics = {t: bank.questions(t, BANKS[bank_of]) for t in TOPICS_OF[bank_of]}
    count, *by_length = outstanding(q for each in topics.values() for q in each)

    assert max(by_length) <= count / 4, by_length
    for topic, questions in topics.items():
        few, *by_length = outstanding(questions)
        assert max(by_length) <= few / 4 + 1, (topic, by_length)


@every_file
def test_keys_of_several_are_not_all_longer_or_all_shorter(folder, topic):
    found = []
    for question in bank.questions(topic, folder):
        if question.kind == "several":
            right = [length(c.text) for c in question.choices if c.right]
            wrong = [length(c.text) for c in question.choices if not c.right]
            if min(right) > max(wrong) or max(right) < min(wrong):
                found.append(f"{place(question)}: {right}, {wrong}")

    assert found == []


@every_file
def test_a_number_that_many_would_guess_is_not_the_only_key(folder, topic):
    guessed = [
        place(question)
        for question in bank.questions(topic, folder)
        if question.kind == "numeric"
        and {v.answer.value(v.given) for v in question.variants()} <= {-1, 0, 1}
    ]

    assert guessed == []


def test_an_id_asks_what_it_has_always_asked():
    known = asked.read()
    now = asked.now()
    changed = sorted(i for i in now if i in known and known[i] != now[i])
    missing = sorted(now.keys() - known.keys())

    assert not changed, (
        f"{', '.join(changed)}: the question or its key is another. Learners' progress "
        "is kept by id. If it asks something else now, give it a new id; if only words "
        "were mended, run python -m tests.study.asked"
    )
    assert not missing, f"{missing} are new: run python -m tests.study.asked"
