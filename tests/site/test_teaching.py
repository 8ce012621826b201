"""The page for teachers: its tables add up, and its commands are those there are."""

import re
import shlex

import lxml.html
import nbformat
import pytest

from classroom.__main__ import parser
from lossbook import exercises
from lossbook.study import bank
from lossbook.study.goals import titles
from tools import ROOT

PLAN, GOALS = 0, 1


@pytest.fixture(scope="module")
def page(site):
    return lxml.html.parse(site / "book" / "teaching.html").getroot()


def rows(page, number):
    """The cells of a table, and where the first one leads."""
    for row in page.xpath("//article//table")[number].xpath(".//tbody/tr"):
        link = row.xpath(".//a")
        name = link[0].get("href").removesuffix(".html") if link else ""
        yield name, [cell.text_content().strip() for cell in row.xpath("./td")]


def test_the_lesson_plan_is_that_of_the_notebooks(page):
    *chapters, (_, (_, *hours)) = rows(page, PLAN)
    minutes = {name: [int(n.strip("·") or 0) for n in c[1:]] for name, c in chapters}
    metadata = nbformat.read(ROOT / "book/hinge.ipynb", 4).metadata.lossbook.minutes

    assert minutes["hinge"][:2] == [metadata["read"], metadata["do"]]
    assert {*titles(), "going_further", "mnemonics"} == set(minutes)
    sums = [sum(column) / 60 for column in zip(*minutes.values(), strict=True)]
    assert [float(each) for each in hours] == pytest.approx(sums, abs=0.051)


def test_every_question_and_exercise_is_counted(page):
    counted = [cells[1:] for name, cells in rows(page, GOALS) if not name]
    sums = [sum(int(n.strip("·") or 0) for n in c) for c in zip(*counted, strict=True)]
    tasks = [len(exercises.of_topic(topic)) for topic in exercises.TOPICS]

    assert sums == [
        sum(len(bank.questions(topic)) for topic in titles()),
        sum(len(bank.cards(topic)) for topic in titles()),
        sum(tasks),
    ]


def test_its_commands_are_understood():
    pages = (ROOT / "book" / name for name in ("teaching.md", "hubs.md"))
    text = "\n".join(path.read_text("utf-8") for path in pages).replace("\\\n", "")
    commands = re.findall(r"-m classroom (.+)", text)

    assert len(commands) >= 6
    for command in commands:
        said = parser().parse_args(shlex.split(command.replace("<name>", "hinge")))
        of = getattr(said, "assignment", "hinge")  # some are for the whole course
        assert of in ("mean_squared_error", "hinge")
