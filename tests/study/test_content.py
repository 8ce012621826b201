"""The bank asks every goal, answers every misconception, and computes its keys."""

import re
from collections import Counter
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest
from mdit_py_plugins.anchors.index import slugify

from classroom.inventory import FORMS
from lossbook.study import Choice, bank, markup
from lossbook.study.goals import goals as of_topic
from lossbook.study.mathml import PARTS, mathml
from lossbook.study.static import link
from lossbook.topics import COURSE, TOPICS
from tests.book.chapters import BOOK, PAGES, cells, notebook

CLASSROOM = Path(__file__).parents[2] / "classroom"
EXAM, INVENTORY = CLASSROOM / "questions", CLASSROOM / "inventory"
LOSS_CHAPTERS = {"cross_entropy", "mean_squared_error", "hinge"}
BANKS = {"practice": None, "exam": EXAM, "inventory": INVENTORY}
TOPICS_OF = {"practice": TOPICS, "exam": COURSE, "inventory": FORMS}

# Markdown's stress, which the small markup of questions and hints does not know.
STRESS = re.compile(r"(?<!\w)[*_]+\w[^*_]*[*_]+(?!\w)")

every_topic = pytest.mark.parametrize("topic", TOPICS)
every_file = pytest.mark.parametrize(
    ("folder", "topic"),
    [
        pytest.param(folder, topic, id=f"{name}/{topic}")
        for name, folder in BANKS.items()
        for topic in TOPICS_OF[name]
    ],
)


def goals(topic):
    return {goal.id for goal in notebook(topic).metadata.lossbook.goals}


def place(record):
    """The file and the question, for messages."""
    return f"{record.topic}.toml, {record.id}"


@cache
def everything():
    """Every question of all banks."""
    return [
        question
        for folder in BANKS.values()
        for topic in bank.topics(folder)
        for question in bank.questions(topic, folder)
    ]


def replies(question):
    """What answers back: choices, mistakes, lines, rules and curves of a sketch."""
    drawn = question.sketch.rules + question.sketch.choices if question.sketch else ()
    return question.choices + question.mistakes + question.lines + drawn


def answers_back(question):
    """Those of the replies of a question that answer to a misconception."""
    return [e for e in replies(question) if e.misconception]


def texts(question):
    yield from (question.text, question.explanation)
    yield from (e.text for e in replies(question) if isinstance(e, Choice))
    yield from (entry.feedback for entry in replies(question) if entry.feedback)


@cache
def misconceptions():
    text = (BOOK / "common_errors.md").read_text("utf-8")
    return set(re.findall(r"^## (.*)", text, re.MULTILINE))


@cache
def anchors(page):
    """What a link into a chapter or page can point at: the headings by address."""
    if page in PAGES:
        text = (BOOK / f"{page}.md").read_text("utf-8")
    else:
        text = "\n\n".join(cell.source for cell in cells(page, "markdown"))
    headings = re.findall(r"^#{1,4} (.*)", text, re.MULTILINE)
    plain = [heading.replace("`", "").replace("*", "") for heading in headings]
    return {slugify(heading): heading for heading in plain}


def test_every_topic_has_questions_cards_and_exam_items():
    for name, folder in BANKS.items():
        assert bank.topics(folder) == sorted(TOPICS_OF[name])
    for topic in TOPICS:
        assert bank.cards(topic)


@every_topic
def test_there_are_enough_questions(topic):
    least = 12 if topic in LOSS_CHAPTERS else 6 if topic in COURSE else 8

    assert len(bank.questions(topic)) >= least


def test_there_are_twenty_exam_items():
    assert sum(len(bank.questions(topic, EXAM)) for topic in COURSE) >= 20


@every_topic
def test_every_goal_of_the_chapter_is_asked_more_than_once(topic):
    asked = Counter(question.goal for question in bank.questions(topic))
    least = 3 if topic in COURSE else 2

    assert {g: asked[g] for g in goals(topic) if asked[g] < least} == {}


@every_file
def test_a_question_asks_a_goal_of_its_chapter(folder, topic):
    records = bank.questions(topic, folder) + (() if folder else bank.cards(topic))
    # An item of the inventory names the chapter that its misconception is taught in.
    known = TOPICS if folder == INVENTORY else goals(topic)

    assert [place(r) for r in records if r.goal not in known] == []


def test_every_misconception_is_answered():
    practice = [q for topic in TOPICS for q in bank.questions(topic)]
    answered = {e.misconception for q in practice for e in answers_back(q)}

    assert len(misconceptions()) >= 32
    assert misconceptions() - answered == set()


@every_file
def test_a_misconception_is_a_heading_of_the_common_errors(folder, topic):
    unknown = [
        f"{place(question)}: {entry.misconception}"
        for question in bank.questions(topic, folder)
        for entry in answers_back(question)
        if entry.misconception not in misconceptions()
    ]

    assert unknown == []


def test_ids_are_unique_over_all_files():
    bank.check_ids(everything())
    bank.check_ids(card for topic in TOPICS for card in bank.cards(topic))
    # An exam item has no id of a practice question of the same topic either.
    assert [i for i, n in Counter(q.id for q in everything()).items() if n > 1] == []


@every_file
def test_links_to_read_again_lead_somewhere(folder, topic):
    broken = []
    for question in bank.questions(topic, folder):
        for entry in replies(question):
            if entry.read:
                file, _, anchor = entry.read.partition("#")
                is_there = (BOOK / file).is_file()
                if not is_there or (anchor and anchor not in anchors(Path(file).stem)):
                    broken.append(f"{place(question)}: {entry.read}")

    assert broken == []


def test_a_link_to_read_again_is_named_as_the_heading_is_written():
    entries = [e for q in everything() for e in replies(q)]
    targets = {e.read for e in entries if e.read}
    targets |= {goal.read for topic in TOPICS for goal in of_topic(topic)}
    wrong = {}
    for target in targets:
        file, _, anchor = target.partition("#")
        heading = anchors(Path(file).stem).get(anchor)
        if heading and not re.search(f">{re.escape(heading)} \\(", link(target)):
            wrong[target] = heading

    assert wrong == {}


@every_file
def test_keys_are_computed_and_not_typed_in(folder, topic):
    typed = [
        f"{place(question)}: {question.answer.expression}"
        for question in bank.questions(topic, folder)
        if question.answer
        and re.fullmatch(r"[-+\d.e /*()]+", question.answer.expression)
    ]

    assert typed == []


@every_file
def test_two_known_mistakes_are_not_the_same_number(folder, topic):
    same = [
        f"{place(question)}: {first.expression} and {second.expression}"
        for question in bank.questions(topic, folder)
        for variant in question.variants()
        for number, first in enumerate(question.mistakes)
        for second in question.mistakes[:number]
        if first.value(variant.given) == pytest.approx(second.value(variant.given))
    ]

    assert same == []


@every_file
def test_every_value_of_a_variant_is_used(folder, topic):
    for question in bank.questions(topic, folder):
        for name in question.given:
            assert f"[[{name}]]" in question.text, f"{place(question)}: {name}"


@every_file
def test_no_two_choices_of_a_question_say_the_same(folder, topic):
    for question in bank.questions(topic, folder):
        said = [markup.html(choice.text).casefold() for choice in question.choices]
        assert len(set(said)) == len(said), place(question)


@every_file
def test_no_mark_of_stress_is_shown_as_it_was_typed(folder, topic):
    records = [(q, text) for q in bank.questions(topic, folder) for text in texts(q)]
    if folder is None:
        records += [(c, t) for c in bank.cards(topic) for t in (c.front, c.back)]

    assert [f"{place(r)}: {s}" for r, text in records for s in stressed(text)] == []


def stressed(text):
    """What a reader would see between asterisks or underscores."""
    words = [
        piece.source
        for paragraph in markup.parse(text)
        for piece in paragraph
        if piece.kind == "text"
    ]
    return [mark for run in words for mark in STRESS.findall(run)]


def formulas(text):
    return [
        piece.source
        for paragraph in markup.parse(text)
        for piece in paragraph
        if piece.kind == "math"
    ]


@every_file
def test_every_formula_is_drawn_whole(folder, topic):
    records = [
        (question, text)
        for question in bank.questions(topic, folder)
        for variant in question.variants()
        for text in texts(variant)
    ]
    if folder is None:
        records += [(c, t) for c in bank.cards(topic) for t in (c.front, c.back)]
    for record, text in records:
        for latex in formulas(text):
            tree = ElementTree.fromstring(mathml(latex))  # noqa: S314 - made here
            drawn = "".join(tree.itertext())
            where = f"{place(record)}: {latex}"
            digits = re.findall(r"\d", latex)
            assert [c for c in drawn if c.isascii() and c.isdigit()] == digits, where
            for element in tree.iter():
                tag = element.tag.rpartition("}")[2]
                assert len(element) == PARTS.get(tag, len(element)), where


@every_topic
def test_cards_are_of_several_kinds_and_none_is_a_question_again(topic):
    fronts = [card.front for card in bank.cards(topic)]

    assert len({card.kind for card in bank.cards(topic)}) >= 2
    assert len(set(fronts)) == len(fronts)
    assert not set(fronts) & {question.text for question in everything()}


# Of ten people two are calm, and at least one is glad and one sad: there are no more.
FEWER = {"mood-of-a-song": 7}


def test_what_asks_for_a_number_comes_back_with_other_numbers():
    for topic in TOPICS:
        for question in bank.questions(topic):
            if question.kind == "numeric":
                shown = {(v.text, v.explanation) for v in question.variants()}
                assert len(shown) >= FEWER.get(question.id, 12), question.id
