"""A question as HTML: to be answered where scripts run, to be read where they do not.

The right answer stands in the closed ``<details>`` and nowhere else: neither the order
of the choices nor any name, class or id outside of it tells.
"""

import math
from html import escape

from ..widgets import say
from .goals import Goal, titles
from .markup import html, inline_html
from .records import Choice, Mistake, Question
from .static import element, error_link, link

HOW = {
    "one": "choose one",
    "several": "choose all that are right",
    "numeric": "work out a number",
    "ordering": "put in order",
}


def question_html(question: Question, number: int, goal: Goal | None = None) -> str:
    """The question as a ``<fieldset>``; with a `goal` the answer also names that."""
    first, *others = question.variants()
    count = f"Question {number} · {HOW[question.kind]}"
    legend = element("span", count, class_="count") + " " + _text(first)
    variants = "".join(
        element("template", _text(variant) + _solution(variant, goal))
        for variant in others
    )
    answer = element("summary", "Answer") + _solution(first, goal) + variants
    return element(
        "fieldset",
        element("legend", legend)
        + _place_to_answer(first)
        + element("details", answer, class_="answer"),
        class_="question",
        data_id=question.id,
        data_kind=question.kind,
        data_topic=goal and goal.topic,
    )


def shown(value: float, tolerance: float, unit: str) -> str:
    """A key as a reader sees it: the digits its tolerance asks for, three at least.

    A known mistake may be much smaller than the tolerance, which is that of the key.

    >>> shown(1.6094379, 0.005, "nats"), shown(-0.4, 0.005, ""), shown(75.0, 0.5, "%")
    ('1.609 nats', '−0.4', '75 %')
    >>> shown(0.25, 0.5, ""), shown(0.04, 0.5, ""), shown(0.0679896, 0.3, "")
    ('0.25', '0.04', '0.0680')
    """
    first = math.floor(math.log10(abs(value))) if value else 0
    digits = max(0, 2 - first, math.ceil(-math.log10(tolerance)))
    number = say(value, digits)
    if math.isclose(value, round(value, digits), abs_tol=1e-9) and "." in number:
        number = number.rstrip("0").rstrip(".")
    return f"{number} {unit}".rstrip()


def _text(question: Question) -> str:
    return element("span", inline_html(question.text), class_="text")


def _place_to_answer(question: Question) -> str:
    if question.kind == "numeric":
        box = '<input type="text" inputmode="decimal" autocomplete="off" />'
        label = f"Your answer {box} {escape(question.answer.unit)}".rstrip()
        return element("p", element("label", label), class_="entry")
    rows = [_choice(question, choice) for choice in question.shuffled()]
    return element("ol", "".join(rows), class_="choices", type="A")


def _choice(question: Question, choice: Choice) -> str:
    text = element("span", inline_html(choice.text))
    if question.kind == "ordering":
        return element("li", text)
    kind = "radio" if question.kind == "one" else "checkbox"
    box = f'<input type="{kind}" name="{question.id}" />'
    return element("li", element("label", box + text))


def _solution(question: Question, goal: Goal | None) -> str:
    explanation = element("div", html(question.explanation), class_="explanation")
    parts = {"numeric": _numbers, "ordering": _order}.get(question.kind, _feedback)
    return element(
        "div",
        parts(question, explanation) + (_goal(goal) if goal else ""),
        class_="solution",
    )


def _feedback(question: Question, explanation: str) -> str:
    rows = [
        element("li", _told(choice, choice.right), data_right=choice.right)
        for choice in question.shuffled()
    ]
    return explanation + element("ol", "".join(rows), class_="feedback", type="A")


def _order(question: Question, explanation: str) -> str:
    stored = question.shuffled()
    rows = [
        element("li", inline_html(c.text), data_place=str(stored.index(c)))
        for c in question.choices
    ]
    return element("ol", "".join(rows), class_="order") + explanation


def _numbers(question: Question, explanation: str) -> str:
    answer, given = question.answer, question.given

    def number(entry: Mistake) -> str:
        return element(
            "li",
            _told(entry, False, shown(entry.value(given), answer.tolerance, "")),
            data_key=f"{entry.value(given):.9g}",
        )

    value = answer.value(given)
    key = element(
        "p",
        element("strong", escape(shown(value, answer.tolerance, answer.unit))),
        class_="key",
        data_key=f"{value:.9g}",
        data_tolerance=repr(answer.tolerance),
    )
    rows = "".join(map(number, question.mistakes))
    return key + explanation + (element("ul", rows, class_="feedback") if rows else "")


def _told(entry: Choice | Mistake, right: bool, what: str = "") -> str:
    """What a choice or a number is answered with, and where to read more."""
    verdict = f"{what or ('Right' if right else 'Wrong')}{':' if what else '.'}"
    text = element("strong", verdict)
    text += f" {inline_html(entry.feedback)}" if entry.feedback else ""
    links = [link(entry.read)] if entry.read else []
    if entry.misconception and not entry.read.startswith("common_errors.md"):
        links.append(error_link(entry.misconception))
    if links:
        read = "Read again: " + ", ".join(links)
        text += " " + element("span", read, class_="read")
    return text


def _goal(goal: Goal) -> str:
    title = escape(titles()[goal.topic])
    return element(
        "p",
        f"{element('b', title)}: "
        f"{element('span', escape(goal.text))}. "
        + element("span", "Read again: " + link(goal.read), class_="read"),
        class_="goal",
    )
