"""Looking for answers, and for items of exams, in what students get.

A sentence counts that is long enough not to be said twice by chance; of solutions in
code, a line.
"""

import re
from collections.abc import Iterable, Iterator
from importlib.resources import files

from lossbook import exercises
from lossbook.study import bank, markup
from lossbook.study.records import Question
from lossbook.topics import COURSE
from tools.build.doors.pack.plan import EXAM

WORDS = 6  # in a sentence
SIGNS = 25  # in a line of code


def found(element, secrets: Iterable[str]) -> list[str]:
    """The secrets that an element tells, in its text or in an attribute."""
    attributes = (value for each in element.iter() for value in each.attrib.values())
    told = " | ".join(map(plain, ("".join(element.itertext()), *attributes)))
    return sorted({secret for secret in secrets if plain(secret) in told})


def of_worksheet(topic: str) -> list[str]:
    """What the worksheet of a topic must not tell: its answers, and exams."""
    asked = bank.questions(topic)
    public = [text for question in asked for text in said(question)]
    backs = [card.back for card in bank.cards(topic)]
    secret = [*answers(asked), *backs]
    if topic in COURSE:
        items = bank.questions(topic, EXAM)
        secret += [*answers(items), *(text for item in items for text in said(item))]
    return [*sentences(secret, public), *solutions(topic)]


def solutions(topic: str) -> list[str]:
    """The lines of the solutions of a topic that do not stand in a task."""
    known = plain("\n".join(f"{t.task}\n{t.stub()}" for t in exercises.of_topic(topic)))
    file = files("lossbook") / "exercises" / topic / "solutions.py"
    lines = map(str.strip, file.read_text("utf-8").splitlines())
    code = (s for s in lines if len(s) > SIGNS and not s.startswith(("import", "from")))
    return [line for line in code if plain(line) not in known]


def of_exam(topic: str) -> list[str]:
    """What the paper of an exam must not tell: its answers."""
    items = bank.questions(topic, EXAM)
    return sentences(answers(items), [text for item in items for text in said(item)])


def answers(questions: Iterable[Question]) -> Iterator[str]:
    """What a page says only when one has answered."""
    for question in questions:
        yield question.explanation
        yield from (choice.feedback for choice in question.choices)
        yield from (mistake.feedback for mistake in question.mistakes)
        yield from (line.feedback for line in question.lines)


def said(question: Question) -> Iterator[str]:
    """What a question itself says."""
    yield question.text
    for choice in question.choices:
        yield choice.text


def sentences(texts: Iterable[str], public: Iterable[str] = ()) -> list[str]:
    """The long sentences of texts in the small markup, but for those that are public.

    What stands around a formula or a number to fill in counts by itself.
    """
    known = plain(" ".join(public))
    pieces = (
        part
        for text in texts
        for paragraph in markup.parse(text)
        for piece in paragraph
        if piece.kind == "text"
        for part in re.split(r"(?<=[.?!])\s|\[\[\w+\]\]", piece.source)
    )
    long = (part.strip() for part in pieces if len(plain(part).split()) >= WORDS)
    return [part for part in long if plain(part) not in known]


def plain(text: str) -> str:
    """A text as its words, without signs."""
    return " ".join(re.findall(r"\w+", text.lower()))
