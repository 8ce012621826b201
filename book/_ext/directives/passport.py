"""The passport: what a reader may be wrong about, and what there is to reach.

``{passport} errors`` lists the headings of the page of common errors, each with the
questions that lead into it; ``{passport} goals`` the goals of the chapters with all
that asks for them.  A script (lossbook/study/passport.js) adds what the browser has
kept.  ``{passport} about`` and ``{passport} keep`` belong to it: what it notes, and the
buttons that save, read and delete.  ``{passport} sureness`` is the reader's own curve.
"""

import re
from collections import defaultdict
from functools import cache
from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from lossbook import exercises
from lossbook.study import Question, bank, confidence
from lossbook.study.goals import Goal, goals, titles
from lossbook.study.markup import inline_html
from lossbook.study.static import element, error_link

ABOUT = (
    "Below each stands what you have shown of it: in quizzes, predictions, sketches, "
    "programs, worked examples, and in exercises that you check on their page. A "
    "misconception counts as overcome when, on a later day, you give the right answer "
    "to a question that leads into it. All of it is kept in this browser and sent "
    "nowhere."
)
ERRORS = Path(__file__).parents[2] / "common_errors.md"
STUDY = Path(bank.__file__).parent
HEADING = re.compile(r"^## (.+)$", re.MULTILINE)


def misconceptions() -> list[str]:
    """The headings of the page of common errors."""
    return HEADING.findall(ERRORS.read_text("utf-8"))


def named_by(question: Question) -> set[str]:
    """The misconceptions that a question leads into."""
    rules = question.sketch.rules if question.sketch else ()
    told = (question.choices, question.mistakes, question.lines, rules)
    return {entry.misconception for part in told for entry in part} - {""}


@cache
def asked() -> dict[str, list[str]]:
    """For each misconception, the ids of the questions that lead into it."""
    found = defaultdict(list)
    for topic in titles():
        for question in bank.questions(topic):
            for name in named_by(question):
                found[name].append(question.id)
    return found


def errors() -> str:
    """The misconceptions in a list, in the order of their page."""
    rows = ""
    for name in misconceptions():
        title = error_link(name).replace(" (Common errors)", "")
        rows += element("li", title, data_questions=" ".join(asked()[name]))
    count = f"{len(misconceptions())} misconceptions, each with what refutes it."
    return _part(count, element("ul", rows, class_="errors"))


def reached() -> str:
    """The goals of each chapter, with all that asks for them."""
    sections = "".join(
        element(
            "section",
            element("p", element("a", escape(title), href=f"{topic}_practice.ipynb"))
            + element("ul", "".join(map(_goal, goals(topic)))),
            class_="goals",
        )
        for topic, title in titles().items()
    )
    count = sum(len(goals(topic)) for topic in titles())
    return _part(f"{count} goals: after a chapter you can do these.", sections)


def _goal(goal: Goal) -> str:
    steps = bank.worked(goal.topic).steps if goal.topic in bank.examples() else ()
    parts = {
        "data_questions": [
            question.id
            for question in bank.questions(goal.topic)
            if question.goal == goal.id
        ],
        "data_steps": [step.id for step in steps if step.goal == goal.id],
        "data_exercises": [
            each.id for each in exercises.of_topic(goal.topic) if each.goal == goal.id
        ],
    }
    named = {name: " ".join(ids) or None for name, ids in parts.items()}
    return element("li", inline_html(goal.text), **named)


def _part(score: str, content: str) -> str:
    return element(
        "div",
        element("p", score, class_="score") + content,
        class_="lossbook study study-passport",
        data_study="passport",
    )


def about() -> str:
    """What the script does, said only where it runs."""
    return element("p", ABOUT, class_="by-script")


def sureness() -> str:
    """The reader's own calibration curve, and what each step costs."""
    return confidence().html


def keep() -> str:
    """The place of the buttons; all of it belongs to a script."""
    return element(
        "div",
        element("p", "", class_="actions") + element("p", "", class_="said"),
        class_="lossbook study study-progress",
        data_study="progress",
    )


PARTS = {
    "about": about,
    "errors": errors,
    "goals": reached,
    "sureness": sureness,
    "keep": keep,
}


class Passport(SphinxDirective):
    """A part of the passport."""

    required_arguments = 1

    def run(self):
        """Its HTML, from the bank, the exercises and the page of common errors."""
        for file in (ERRORS, *STUDY.glob("**/*.toml")):
            self.env.note_dependency(str(file))
        return [nodes.raw("", PARTS[self.arguments[0]](), format="html")]


def setup(app: Sphinx) -> None:
    """Connect to Sphinx."""
    app.add_directive("passport", Passport)
