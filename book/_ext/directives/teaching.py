"""The tables of the page for teachers, added up from the files of the course.

``{teaching} plan`` draws the minutes of each chapter, ``{teaching} goals`` what asks
for each goal.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import nbformat
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from lossbook import exercises
from lossbook.study import bank
from lossbook.study.goals import goals, titles
from lossbook.topics import COURSE, FURTHER

ASSIGNMENTS = "classroom/assignments/source"
CHAPTERS = (*COURSE, "going_further", "mnemonics", *FURTHER)
NOTHING = "·"


def plan(root: Path) -> list[str]:
    """The lesson plan: minutes to read, to do, to practise, and for the assignment."""
    rows = ["| Chapter | Read | Do | Practise | Assignment |", "|---|---|---|---|---|"]
    all_minutes = []
    for topic in CHAPTERS:
        chapter = _minutes(root / "book" / f"{topic}.ipynb")
        practice = _minutes(root / "book" / f"{topic}_practice.ipynb")
        assignment = _minutes(root / ASSIGNMENTS / topic / f"{topic}_assignment.ipynb")
        minutes = [chapter["read"], chapter["do"]]
        minutes += [sum(practice.values()), sum(assignment.values())]
        all_minutes.append(minutes)
        rows.append(f"| [{_title(root, topic)}]({topic}.ipynb) | {_numbers(minutes)} |")
    hours = [round(sum(each) / 60, 1) for each in zip(*all_minutes, strict=True)]
    return [*rows, f"| all, in hours | {_numbers(hours)} |"]


def asked() -> list[str]:
    """Goals against the questions, cards and exercises that ask for them."""
    rows = [
        "| After it, one can | Questions | Cards | Exercises |",
        "|---|---|---|---|",
    ]
    for topic, title in titles().items():
        rows.append(f"| **[{title}]({topic}.ipynb)** | | | |")
        tasks = exercises.of_topic(topic)
        kinds: list[Sequence[Any]] = [bank.questions(topic), bank.cards(topic), tasks]
        for goal in goals(topic):
            counts = [sum(one.goal == goal.id for one in kind) for kind in kinds]
            rows.append(f"| {goal.text} | {_numbers(counts)} |")
    return rows


def _minutes(path: Path) -> dict[str, int]:
    if not path.exists():
        return {}
    return nbformat.read(path, as_version=4).metadata.lossbook.minutes


def _title(root: Path, topic: str) -> str:
    notebook = nbformat.read(root / "book" / f"{topic}.ipynb", as_version=4)
    return notebook.cells[0].source.splitlines()[0].removeprefix("# ")


def _numbers(values: Sequence[float]) -> str:
    return " | ".join(f"{value:g}" if value else NOTHING for value in values)


class Teaching(SphinxDirective):
    """A table for teachers."""

    required_arguments = 1

    def run(self):
        """Let the page's own parser draw the table."""
        root = Path(self.env.srcdir)
        for topic in CHAPTERS:
            self.env.note_dependency(str(root / "book" / f"{topic}.ipynb"))
        tables = {"plan": lambda: plan(root), "goals": asked}
        if self.arguments[0] not in tables:
            raise self.error(f"there is no table {self.arguments[0]!r}")
        lines = StringList(tables[self.arguments[0]](), source=self.env.docname)
        drawn = self.parse_text_to_nodes(lines)
        for node in drawn:
            node["classes"].append(self.arguments[0])
        return drawn


def setup(app: Sphinx) -> None:
    """Connect to Sphinx."""
    app.add_directive("teaching", Teaching)
