r"""Moodle: one XML file, a category for each topic, made by moodle-tools.

moodle-tools reads YAML, and would read the texts as Markdown; here it gets finished
HTML.  What it does not know is put in afterwards: categories of the course, the id
number, and questions with several right answers.
"""

import tempfile
from html import escape
from itertools import groupby
from pathlib import Path
from xml.etree import ElementTree

import yaml
from loguru import logger
from moodle_tools.make_questions import generate_moodle_questions

from ..study import Question
from .items import (
    Chapter,
    Differences,
    Item,
    feedback,
    html,
    inline_html,
    known_mistakes,
    number,
    programs,
    shown,
    variants,
    with_unit,
)

logger.disable("moodle_tools")

POSITIONS = ("first", "second", "third", "fourth", "fifth", "sixth")
# Of the question type Ordering: all things below each other, a share for each in place.
ORDERING = {
    "layouttype": "VERTICAL",
    "selecttype": "ALL",
    "gradingtype": "ABSOLUTE_POSITION",
    "showgrading": "SHOW",
    "numberingstyle": "none",
}
JUDGED = {
    "correctfeedback": "All of it is in order.",
    "partiallycorrectfeedback": "Some of it is in its place.",
    "incorrectfeedback": "Nothing is in its place.",
}


def write(
    path: Path,
    chapters: list[Chapter],
    title: str,
    date: int,
    *,
    native_ordering: bool = False,
) -> Differences:
    """Write the questions to `path`; say what is not as in the bank.

    Moodle adds what it imports and never updates, so `title`, which begins the
    name of each category, should tell versions apart.  `date` is not needed.
    """
    items = [
        (_category(chapter, question, title), item)
        for chapter in chapters
        for question in chapter.questions
        for item in variants(question)
    ]
    quiz = _made_by_moodle_tools([item for _, item in items])
    made = zip(items, list(quiz), strict=True)
    entries = []
    for category, group in groupby(made, key=lambda pair: pair[0][0]):
        entries.append(_category_entry(category))
        for (_, item), entry in group:
            _complete(entry, item)
            if item.question.kind == "ordering" and native_ordering:
                _order_natively(entry, item.question)
            entries.append(entry)
    quiz[:] = entries
    ElementTree.indent(quiz)
    text = ElementTree.tostring(quiz, encoding="unicode")
    path.write_text(f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n', "utf-8")
    return programs(q for chapter in chapters for q in chapter.questions) | {
        "ordering became matching each thing with its place": [
            item.name
            for _, item in items
            if item.question.kind == "ordering" and not native_ordering
        ],
        "the tolerance is below the 14 digits that Moodle compares; "
        "widen it, or ask in another unit": [
            item.name for _, item in items if _is_too_fine(item.question)
        ],
    }


def _made_by_moodle_tools(items: list[Item]) -> ElementTree.Element:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "questions.yaml"
        with source.open("w", encoding="utf-8") as file:
            yaml.safe_dump_all(map(_document, items), file, allow_unicode=True)
        xml = generate_moodle_questions(
            paths=iter([source]), parse_markdown=False, table_styling=False
        )
    return ElementTree.fromstring(xml)  # noqa: S314 - made here


def _category_entry(category: str) -> ElementTree.Element:
    entry = ElementTree.Element("question", type="category")
    place = ElementTree.SubElement(entry, "category")
    ElementTree.SubElement(place, "text").text = category
    return entry


def _complete(entry: ElementTree.Element, item: Item) -> None:
    entry.find("idnumber").text = item.name
    for shuffle in entry.iter("shuffleanswers"):
        shuffle.text = shuffle.text.strip()
    if item.question.kind == "several":
        entry.find("single").text = "false"
        right = sum(choice.right for choice in item.question.choices)
        wrong = len(item.question.choices) - right
        for answer in entry.findall("answer"):
            is_right = answer.get("fraction") == "100"
            answer.set("fraction", _share(right) if is_right else f"-{_share(wrong)}")


def _order_natively(entry: ElementTree.Element, question: Question) -> None:
    """Make of the matching a question of the type Ordering; Moodle shuffles it."""
    entry.set("type", "ordering")
    for name in ("shuffleanswers", "subquestion"):
        for part in entry.findall(name):
            entry.remove(part)
    # Without these Moodle's database refuses the question.
    entry.find("shownumcorrect").text = "1"
    for name, said in JUDGED.items():
        entry.find(f"{name}/text").text = html(said)
    for name, option in (
        ORDERING | {"selectcount": str(len(question.choices))}
    ).items():
        ElementTree.SubElement(entry, name).text = option
    for place, choice in enumerate(question.choices, 1):
        answer = ElementTree.SubElement(
            entry, "answer", fraction=str(place), format="html"
        )
        ElementTree.SubElement(answer, "text").text = inline_html(choice.text)


def _share(parts: int) -> str:
    """100 in so many parts, with the digits that Moodle knows."""
    return shown(number(round(100 / parts, 5)))


def _document(item: Item) -> dict:
    question = item.question
    document = {
        "title": item.name,
        "question": html(question.text),
        "general_feedback": html(question.explanation),
    }
    if question.kind == "numeric":
        text = html(with_unit(question))
        return document | {
            "type": "numerical",
            "question": text,
            "answers": _numbers(question),
        }
    if question.kind == "ordering":
        return document | {"type": "matching", "options": _places(question)}
    return document | {"type": "multiple_choice", "answers": _choices(question)}


def _numbers(question: Question) -> list[dict]:
    tolerance = question.answer.tolerance
    key = number(question.answer.value(question.given), tolerance)
    right = {"answer": shown(key), "points": 100}
    wrong = [
        {"answer": shown(value), "points": 0, "feedback": html(feedback(mistake))}
        for mistake, value in known_mistakes(question)
    ]
    tolerance = shown(number(tolerance))
    return [answer | {"tolerance": tolerance} for answer in (right, *wrong)]


def _is_too_fine(question: Question) -> bool:
    """Whether the tolerance is below what Moodle adds to it.

    PHP compares with 14 digits: get_tolerance_interval in Moodle's numerical questions.
    """
    if not question.answer:
        return False
    key = abs(question.answer.value(question.given))
    return question.answer.tolerance < 10 * 1e-14 * max(1, key)


def _choices(question: Question) -> list[dict]:
    return [
        {
            "answer": inline_html(choice.text),
            "points": 100 if choice.right else 0,
            "feedback": html(feedback(choice)) if choice.feedback else "",
        }
        for choice in question.shuffled()
    ]


def _places(question: Question) -> list[dict]:
    """What is to be ordered as questions, escaped once more, and the places."""
    place_of = dict(zip((c.text for c in question.choices), POSITIONS, strict=False))
    return [
        {"question": escape(inline_html(choice.text)), "answer": place_of[choice.text]}
        for choice in question.shuffled()
    ]


def _category(chapter: Chapter, question: Question, title: str) -> str:
    """The path of a category; the variants of a question share one, to draw from."""
    names = [title, chapter.title] + [question.id] * (len(question.values) > 1)
    return "/".join(["$course$", "top", *(name.replace("/", "//") for name in names)])
