"""A question as HTML: to be answered where scripts run, to be read where they do not.

The right answer stands in the closed ``<details>`` and nowhere else: neither the order
of the choices nor any name, class or id outside of it tells.
"""

import json
import math
from dataclasses import replace
from html import escape

from ..widgets import say
from .goals import Goal, titles
from .lines import belonging, mixed, program
from .markup import html, inline_html
from .records import Choice, Line, Mistake, Question
from .sketch_html import looks_at, place_to_draw, right_curve
from .sketches import Rule
from .static import element, error_link, link

HOW = {
    "one": "choose one",
    "several": "choose all that are right",
    "numeric": "work out a number",
    "ordering": "put in order",
    "sketch": "draw a curve",
    "lines": "put the lines in order, indent them, leave out what is wrong",
}


def question_html(question: Question, number: int, goal: Goal | None = None) -> str:
    """The question as a ``<fieldset>``; with a `goal` the answer also names that."""
    return fieldset(question, f"Question {number} · {HOW[question.kind]}", goal)


def fieldset(
    question: Question,
    count: str,
    goal: Goal | None = None,
    *,
    is_shown: bool = False,
) -> str:
    """The same below any `count`, such as the number of a step.

    If it is shown worked at first, nobody can go wrong before it has other numbers.
    """
    first, *others = question.variants()
    if is_shown:
        first = replace(first, mistakes=())
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
    if question.sketch:
        return place_to_draw(question.sketch)
    if question.kind == "lines":
        lines = [
            element("li", element("code", escape(o.code))) for o in mixed(question)
        ]
        return element("ol", "".join(lines), class_="pool")
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
    special = {
        "numeric": _numbers,
        "ordering": _order,
        "lines": _lines,
        "sketch": _sketch,
    }
    parts = special.get(question.kind, _feedback)
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


def _lines(question: Question, explanation: str) -> str:
    """The program, and of each line why it stands there, or why it does not."""
    stored, right = mixed(question), belonging(question)

    def about(line: Line) -> str:
        return element(
            "li",
            element("code", escape(line.code)) + ": " + _remark(line).lstrip(),
            data_indent=str(line.indent),
            data_after=" ".join(str(stored.index(right[n - 1])) for n in line.after),
            data_instead=str(stored.index(right[line.instead_of - 1]))
            if line.instead_of
            else None,
        )

    whole = element("pre", element("code", escape(program(right))), class_="program")
    rows = "".join(map(about, stored))
    return whole + explanation + element("ol", rows, class_="feedback")


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


def _sketch(question: Question, explanation: str) -> str:
    sketch = question.sketch
    rows = [
        element("li", _told(rule, False, looks_at(sketch, rule)))
        for rule in sketch.rules
    ]
    key = json.dumps(sketch.key, separators=(",", ":"))
    feedback = element("ul", "".join(rows), class_="feedback", data_key=key)
    # Only a script judges a drawing: a site keeps this beside the page.
    return (
        right_curve(sketch)
        + explanation
        + element("template", feedback, class_="rules")
    )


def _told(entry: Choice | Mistake | Rule, right: bool, what: str = "") -> str:
    """What a choice, a number or a drawing is answered with."""
    verdict = f"{what or ('Right' if right else 'Wrong')}{':' if what else '.'}"
    return element("strong", verdict) + _remark(entry)


def _remark(entry: Choice | Line | Mistake | Rule) -> str:
    """What there is to say to an answer, and where to read more."""
    text = f" {inline_html(entry.feedback)}" if entry.feedback else ""
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
