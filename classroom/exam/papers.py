"""What stands on each student's paper, and what is right there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from lossbook.exporting.items import undrawn
from lossbook.study import Question, lines
from lossbook.study.question_html import shown

from ..draws import Draw

LETTERS = "ABCDEFGHIJ"


@dataclass(frozen=True)
class Item:
    """A question as it stands on a paper.

    Attributes
    ----------
    question : Question
        With one row of numbers filled in; its choices in the order of the paper.
    key : str
        What is right: a number with its unit, or the letters of choices.
    """

    question: Question
    key: str


@dataclass(frozen=True)
class Paper:
    """What one student is asked.

    Attributes
    ----------
    student : str
        Whose it is.
    code : str
        Six signs that stand on every page of it, and beside its key.
    items : tuple of Item
        In the order of the paper, which is the same for all.
    """

    student: str
    code: str
    items: tuple[Item, ...]


def papers(
    questions: Sequence[Question], students: Iterable[str], seed: str, exam: str
) -> list[Paper]:
    """A paper for each student.

    Parameters
    ----------
    questions : sequence of Question
        What is asked. A sketch and lines to put in order become choices.
    students : iterable of str
        Who takes the exam.
    seed : str
        The seed of the course.
    exam : str
        The name of the exam: another one has other numbers.
    """
    on_paper = [_on_paper(question) for question in questions]
    return [
        Paper(
            student,
            f"{Draw(seed, 'exam', exam, student).below(16**6):06x}",
            tuple(
                item(question, Draw(seed, "exam", exam, student, question.id))
                for question in on_paper
            ),
        )
        for student in students
    ]


def item(question: Question, draw: Draw) -> Item:
    """A question with numbers and an order of its choices that are drawn."""
    if question.values:
        question = replace(question, values=(draw.one_of(question.values),))
    (variant,) = question.variants()
    if variant.answer:
        answer = variant.answer
        value = answer.value(variant.given)
        return Item(variant, shown(value, answer.tolerance, answer.unit))
    mixed = draw.shuffled(variant.choices)
    while variant.kind == "ordering" and mixed == list(variant.choices):
        mixed = draw.shuffled(variant.choices)
    places = [mixed.index(choice) for choice in variant.choices]
    if variant.kind == "ordering":
        key = ", ".join(LETTERS[place] for place in places)
    else:
        right = (place for place, choice in enumerate(mixed) if choice.right)
        key = ", ".join(LETTERS[place] for place in right)
    return Item(replace(variant, choices=tuple(mixed)), key)


def _on_paper(question: Question) -> Question:
    """A question that a person answers with a pen and a program could judge."""
    return lines.as_choice(question) if question.kind == "lines" else undrawn(question)
