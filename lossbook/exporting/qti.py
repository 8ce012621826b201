"""Canvas: one QTI 1.2 archive for each topic, made by text2qti.

text2qti reads Markdown and names each thing after its text.  So it is given a name
that lasts in the place of each text, which makes identifiers that last, and the
texts, finished HTML, are put in the place of their names afterwards.
"""

import math
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Context
from html import escape
from pathlib import Path

from text2qti.config import Config
from text2qti.markdown import Markdown
from text2qti.qti import QTI
from text2qti.quiz import Question as QtiQuestion, Quiz
from text2qti.xml_imsmanifest import imsmanifest

from ..study import Choice, Question
from . import items
from .items import (
    Chapter,
    Differences,
    Item,
    feedback,
    identifier,
    known_mistakes,
    number,
    plain,
    programs,
    shown,
    variants,
    with_unit,
    write_zip,
)

_NAME = re.compile(r"&lt;p&gt;([0-9a-f]{32})&lt;/p&gt;")
_MARKDOWN = Markdown(Config())
_EXACT = Context(prec=1000)  # more digits than there are in any float


def write(path: Path, chapters: list[Chapter], title: str, date: int) -> Differences:
    """Write the questions of a single chapter; say what is not as in the bank.

    `date`, in seconds since 1970, stands in the manifest.
    """
    (chapter,) = chapters
    html_of: dict[str, str] = {}
    quiz = Quiz(_source(chapter, title, html_of), config=Config())
    quiz.id = identifier("quiz", title, chapter.topic)
    _put_in_numbers(quiz, chapter)
    qti = QTI(quiz)
    manifest = imsmanifest(
        manifest_identifier=qti.manifest_identifier,
        assessment_identifier=qti.assessment_identifier,
        dependency_identifier=qti.dependency_identifier,
        images={},
        date=str(datetime.fromtimestamp(date, UTC).date()),
    )
    assessment = _NAME.sub(lambda name: escape(html_of[name[1]]), qti.assessment)
    folder = qti.assessment_identifier
    write_zip(
        path,
        {
            "imsmanifest.xml": manifest.encode(),
            f"{folder}/assessment_meta.xml": qti.assessment_meta.encode(),
            f"{folder}/{folder}.xml": assessment.encode(),
        },
    )
    return programs(chapter.questions) | {
        "ordering became a choice between sequences": [
            question.id for question in chapter.questions if question.kind == "ordering"
        ],
        "feedback on known mistakes is shown after every wrong number": [
            question.id for question in chapter.questions if question.mistakes
        ],
        "the tolerance is below what Canvas keeps of an answer, four decimals and "
        "15 digits; widen it, or ask in another unit": [
            question.id for question in chapter.questions if _is_too_fine(question)
        ],
    }


def _source(chapter: Chapter, title: str, html_of: dict[str, str]) -> str:
    """The quiz as text2qti reads it; `html_of` receives the text of each name."""
    lines = [f"Quiz title: {title}: {chapter.title}", "shuffle answers: true"]
    for question in chapter.questions:
        is_group = len(question.values) > 1
        if is_group:
            lines += ["GROUP", "pick: 1", "points per question: 1"]
        for item in variants(question):
            lines += ["", *_lines(item, html_of)]
        if is_group:
            lines += ["END_GROUP"]
    return "\n".join(lines)


def _lines(item: Item, html_of: dict[str, str]) -> Iterator[str]:
    question = item.question

    def named(html: str, *parts: str) -> str:
        name = identifier(item.name, *parts)
        html_of[name] = html
        return name

    text = with_unit(question) if question.answer else question.text
    yield f"Title: {item.name}"
    yield f"1. {named(_html(text), 'text')}"
    yield f"... {named(_html(question.explanation), 'explanation')}"
    if question.mistakes:
        yield f"- {named(_known_mistakes(question), 'mistakes')}"
    if question.answer:
        yield "= 1 +- 0.5"  # the numbers come later, with all their digits
        return
    right, wrong = ("[*]", "[ ]") if question.kind == "several" else ("*a)", "a)")
    for place, (html, choice) in enumerate(_choices(question)):
        mark = right if choice.right else wrong
        yield f"{mark} {named(html, 'choice', str(place))}"
        if choice.feedback:
            yield f"... {named(_html(feedback(choice)), 'feedback', str(place))}"


def _choices(question: Question) -> Iterator[tuple[str, Choice]]:
    """What there is to choose from, in the order of the file; Canvas shuffles it."""
    if question.kind != "ordering":
        for choice in question.choices:
            yield _inline(choice.text), choice
        return
    texts = [_inline(choice.text) for choice in question.choices]
    for sequence in (
        texts,
        texts[::-1],
        [texts[1], texts[0], *texts[2:]],
        [*texts[:-2], texts[-1], texts[-2]],
    ):
        is_right = sequence is texts
        entries = "".join(f"<li>{text}</li>" for text in sequence)
        yield f"<ol>{entries}</ol>", Choice("", right=is_right)


def _put_in_numbers(quiz: Quiz, chapter: Chapter) -> None:
    entries = [e for e in quiz.questions_and_delims if isinstance(e, QtiQuestion)]
    all_items = [item for question in chapter.questions for item in variants(question)]
    for entry, item in zip(entries, all_items, strict=True):
        answer = item.question.answer
        if answer:
            key = number(answer.value(item.question.given), answer.tolerance)
            tolerance = number(answer.tolerance)
            entry.numerical_exact_html_xml = plain(key)
            entry.numerical_min_html_xml = plain(_EXACT.subtract(key, tolerance))
            entry.numerical_max_html_xml = plain(_EXACT.add(key, tolerance))


def _is_too_fine(question: Question) -> bool:
    """Whether the tolerance is below what Canvas keeps of the answer of a student.

    text2qti refuses numbers below 0.0001 for the same reason.
    """
    if not question.answer:
        return False
    keys = [v.answer.value(v.given) for v in question.variants()]
    digits = max(math.ulp(key) for key in keys)
    return question.answer.tolerance < max(1e-4, 10 * digits)


def _known_mistakes(question: Question) -> str:
    return "".join(
        _html(f"If you answered {shown(value)}: {feedback(mistake)}")
        for mistake, value in known_mistakes(question)
    )


def _html(text: str) -> str:
    return items.html(text, _MARKDOWN.latex_to_canvas_img)


def _inline(text: str) -> str:
    return items.inline_html(text, _MARKDOWN.latex_to_canvas_img)
