"""Anki: one package, a deck for each topic, made by genanki."""

import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

import genanki

from ..study import Card, Question
from .items import (
    Chapter,
    Differences,
    Item,
    feedback,
    html,
    identifier,
    inline_html,
    known_mistakes,
    number,
    programs,
    shown,
    variants,
    with_unit,
    write_zip,
)

# Of a question with other numbers so many notes: the program shows each on its own.
NOTES = 3
CSS = """
.card { font-family: sans-serif; font-size: 20px; line-height: 1.5; text-align: left;
        max-width: 40em; margin: 0 auto; padding: 1em; }
"""


def _model(name: str, fields: list[str], front: str, back: str) -> genanki.Model:
    return genanki.Model(
        _number_of("model", name),
        f"lossbook {name}",
        fields=[{"name": field} for field in fields],
        templates=[
            {
                "name": name,
                "qfmt": front,
                "afmt": f'{{{{FrontSide}}}}<hr id="answer">{back}',
            }
        ],
        css=CSS,
    )


def _number_of(*parts: str) -> int:
    """A number that lasts, in the range that Anki takes for models and decks."""
    return (1 << 30) + int(identifier(*parts, digits=7), 16)


CARD = _model("card", ["Front", "Back", "Name"], "{{Front}}", "{{Back}}")
QUESTION = _model(
    "question",
    ["Text", "Choices", "Answer", "Explanation", "Name"],
    "{{Text}}{{Choices}}",
    "{{Answer}}{{Explanation}}",
)


def write(path: Path, chapters: list[Chapter], title: str, date: int) -> Differences:
    """Write the package to `path`; it holds everything, if not in the same form.

    Anki updates a note that it knows only where the package is newer, so `date`,
    in seconds since 1970, must grow when the bank changes.
    """
    decks = [_deck(chapter, title) for chapter in chapters]
    with tempfile.TemporaryDirectory() as folder:
        package = Path(folder) / "package"
        genanki.Package(decks).write_to_file(package, timestamp=date)
        with zipfile.ZipFile(package) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
    write_zip(path, files)
    return programs(q for chapter in chapters for q in chapter.questions)


def _deck(chapter: Chapter, title: str) -> genanki.Deck:
    name = f"{title}::{chapter.title}"
    deck = genanki.Deck(_number_of("deck", title, chapter.topic), name)
    for card in chapter.cards:
        deck.add_note(_card(card))
    for question in chapter.questions:
        for item in variants(question)[:NOTES]:
            deck.add_note(_question(item))
    return deck


def _card(card: Card) -> genanki.Note:
    return genanki.Note(
        CARD,
        [_field(html(card.front)), _field(html(card.back)), card.id],
        guid=identifier("card", card.id, digits=16),
        tags=["card", card.kind, card.topic],
    )


def _question(item: Item) -> genanki.Note:
    question = item.question
    text = with_unit(question) if question.answer else question.text
    fields = [html(text), _choices(question), _answer(question)]
    fields += [html(question.explanation) + _warnings(question), item.name]
    return genanki.Note(
        QUESTION,
        [_field(field) for field in fields],
        guid=identifier("question", item.name, digits=16),
        tags=["question", question.kind, question.topic],
    )


def _choices(question: Question) -> str:
    if not question.choices:
        return ""
    asks = {
        "one": "Choose one.",
        "several": "Choose all that are right.",
        "ordering": "Put them in order.",
    }
    choices = _list("ul", (inline_html(c.text) for c in question.shuffled()))
    return f"<p>{asks[question.kind]}</p>{choices}"


def _answer(question: Question) -> str:
    if question.answer:
        tolerance = question.answer.tolerance
        key = shown(number(question.answer.value(question.given), tolerance))
        tolerance = shown(number(tolerance))
        return f"<p><b>{key} ± {tolerance}</b> {inline_html(question.answer.unit)}</p>"
    if question.kind == "ordering":
        return _list("ol", (inline_html(c.text) for c in question.choices))
    return _list(
        "ul",
        (
            f"<b>{inline_html(choice.text)}</b> {inline_html(choice.feedback)}".strip()
            for choice in question.shuffled()
            if choice.right
        ),
    )


def _warnings(question: Question) -> str:
    """The wrong answers, each with what there is to say to it."""
    wrong = [
        f"{inline_html(choice.text)}: {inline_html(feedback(choice))}"
        for choice in question.shuffled()
        if choice.feedback and not choice.right
    ] + [
        f"{shown(value)}: {inline_html(feedback(mistake))}"
        for mistake, value in known_mistakes(question)
    ]
    return f"<p>If you answered otherwise:</p>{_list('ul', wrong)}" if wrong else ""


def _list(tag: str, entries: Iterable[str]) -> str:
    return f"<{tag}>{''.join(f'<li>{entry}</li>' for entry in entries)}</{tag}>"


def _field(field: str) -> str:
    """A field in which Anki sees no ``[sound:…]`` or ``[latex]``."""
    return field.replace("[", "&#91;")
