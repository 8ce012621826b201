"""Items for exams: as the bank exports them, and as papers to print.

They are the only part of the course that is nowhere public.
"""

import os
import shutil
from pathlib import Path

from lxml import html
from lxml.builder import E

from lossbook import exporting
from lossbook.study import bank
from lossbook.study.question_html import question_html
from tools.build.doors.pack import sheets
from tools.build.doors.pack.plan import EXAM
from tools.build.formats import worksheet

NAME = "lossbook-exam"  # what programs call the bank
TARGETS = {"moodle": "moodle", "qti": "canvas"}
VERSIONS = "ABC"  # a question with other numbers has as many rows of them


def exported(folder: Path, epoch: int) -> dict[str, Path]:
    """The files for Moodle and Canvas, written into `folder`, by their place in a pack.

    Their date is `epoch`, for what is exported says when the bank was changed.
    """
    copy = folder / NAME
    shutil.copytree(EXAM, copy)
    for file in copy.iterdir():
        os.utime(file, (epoch, epoch))
    files = {}
    for target, place in TARGETS.items():
        out = folder / target
        for file in exporting.export(target, folder=copy, out=out).files:
            files[f"{place}/{file.name}"] = file
    return files


def paper(topic: str, title: str, *, with_answers: bool):
    """The paper of a topic, in all versions: as it is handed out, or its key."""
    versions = [
        version(topic, title, number, with_answers=with_answers)
        for number in range(len(VERSIONS))
    ]
    return E.div({"class": "sheet"}, *versions)


def version(topic: str, title: str, number: int, *, with_answers: bool):
    """One version: the first, second or third row of the numbers of each question."""
    questions = [
        each.variants()[number % len(each.variants())]
        for each in bank.questions(topic, EXAM)
    ]
    fieldsets = [
        html.fragment_fromstring(question_html(question, i))
        for i, question in enumerate(questions, 1)
    ]
    name = f"{title}: exam, version {VERSIONS[number]}"
    if with_answers:
        answers = [worksheet.answer(fieldset) for fieldset in fieldsets]
        return E.section(E.h1(f"{name}, with answers"), E.ol(*answers))
    asked = [worksheet.question_of(fieldset) for fieldset in fieldsets]
    return E.section(E.h1(name), sheets.who(), E.ol({"class": "questions"}, *asked))
