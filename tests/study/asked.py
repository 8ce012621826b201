"""What each id of a question asks: ``python -m tests.study.asked`` notes it.

Learners' progress is kept by id, so an id must not come to ask something else.  An id
stays in the list when its question is gone, so that no other question gets it.
"""

import hashlib
import json
from pathlib import Path

from lossbook.study import bank, lines

HERE = Path(__file__).parent
LIST = HERE / "asked.json"
CLASSROOM = HERE.parents[1] / "classroom"


def now():
    """What the questions of all banks and the steps of examples ask, by id."""
    questions = [
        question
        for folder in (None, CLASSROOM / "questions", CLASSROOM / "inventory")
        for topic in bank.topics(folder)
        for question in bank.questions(topic, folder)
    ]
    steps = [step for topic in bank.examples() for step in bank.worked(topic).steps]
    return {each.id: word(each) for each in [*questions, *steps]}


def word(question):
    """One word for a question and its key, but not for its other choices and values."""
    key = [choice.text for choice in question.choices if choice.right is not False]
    if question.answer:
        key = [question.answer.expression, question.answer.unit]
    if question.sketch:
        key = [question.sketch.curve]
    if question.lines:
        key = [line.code for line in lines.belonging(question)]
    text = json.dumps([question.kind, question.text, key], ensure_ascii=False)
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:12]


def read():
    """What the ids asked when it was last noted."""
    return json.loads(LIST.read_text("utf-8"))


def note():
    """Note what they ask today, and keep those that are gone."""
    known = read() if LIST.exists() else {}
    text = json.dumps(known | now(), indent=0, sort_keys=True)
    LIST.write_text(text + "\n", "utf-8", newline="\n")


if __name__ == "__main__":
    note()
