"""What stands on each student's paper, and what is right there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from lossbook.exporting.items import undrawn
from lossbook.study import Question, lines
from lossbook.study.question_html import shown

from ..draws import Draw

LETTERS = "ABCDEFGHIJ"
# Tolerances of a count: almost to the middle between two whole numbers. What is read
# from a scale has a finer one.
COUNTS = 0.25, 0.5


@dataclass(frozen=True)
class Item:
    """A question as it stands on a paper.

    Attributes
    ----------
    question : Question
        With one row of numbers filled in; its choices in the order of the paper.
    key : str
        What is right: a number with its unit, or the letters of choices.
    is_count : bool
        Whether the number is a count, which is right or is not: nothing is near it.
    """

    question: Question
    key: str
    is_count: bool = False


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
    name : str
        What stands on it: how the person is written, which no folder may be called.
    """

    student: str
    code: str
    items: tuple[Item, ...]
    name: str


def papers(
    questions: Sequence[Question],
    students: Iterable[str],
    seed: str,
    exam: str,
    names: Mapping[str, str] = MappingProxyType({}),
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
    names : mapping of str to str, optional
        How students are written, where that is not what they are called here.
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
            names.get(student, student),
        )
        for student in students
    ]


def item(question: Question, draw: Draw) -> Item:
    """A question with numbers and an order of its choices that are drawn."""
    is_count = _is_count(question)
    if question.values:
        question = replace(question, values=(draw.one_of(question.values),))
    (variant,) = question.variants()
    if variant.answer:
        answer = variant.answer
        value = answer.value(variant.given)
        return Item(variant, shown(value, answer.tolerance, answer.unit), is_count)
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


def _is_count(question: Question) -> bool:
    """Whether the answer is a whole number in each row, and no other is right, too."""
    answer = question.answer
    least, most = COUNTS
    if not answer or not least < answer.tolerance < most:
        return False
    values = [answer.value(row.given) for row in question.variants()]
    return all(float(value).is_integer() for value in values)


def _on_paper(question: Question) -> Question:
    """A question that a person answers with a pen and a program could judge."""
    return lines.as_choice(question) if question.kind == "lines" else undrawn(question)
