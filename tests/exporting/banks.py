"""Banks to export, and what is told of their texts when a file is read back."""

import re
from html.parser import HTMLParser
from pathlib import Path

from lossbook.exporting.items import Chapter, undrawn, variants
from lossbook.study import bank, markup

EXAM = Path(__file__).parents[2] / "classroom" / "questions"
BANKS = {"practice": None, "exam": EXAM}
HOSTILE = [
    "<script>alert(1)</script>",
    '<img src="x" onerror="alert(1)">',
    "</text></question><question>",
    "]]> <![CDATA[ &lt; & &amp;",
    r"\(x\) and \[y\]",
    "[sound:x.mp3] [latex]x[/latex] {{Front}}",
    "# *a* _b_ [c](d) ![e](f.png) background-image: url('x')",
    "1. ... = 2 +- 1 GROUP END_GROUP",
    "\u2028 and \u200b and \U0001f600",
]
EVERY_KIND = r"""
[[question]]
id = "only-one"
goal = "compute"
kind = "one"
text = 'What is $-\log p < 1$, or `f(x)`?'
explanation = "Because $p_y$."
choices = [
  { text = "right", right = true, feedback = "Yes." },
  { text = "wrong", feedback = "No: $a_b$.", misconception = "Log base 2" },
  { text = "bad", feedback = "Not so." },
]

[[question]]
id = "some"
goal = "compute"
kind = "several"
text = "Which?\n\nTwo paragraphs."
explanation = "So it is."
choices = [
  { text = "right $1$", right = true },
  { text = "right $2$", right = true },
  { text = "right $3$", right = true },
  { text = "wrong $1$", feedback = "No." },
  { text = "wrong $2$", feedback = "No." },
]

[[question]]
id = "count"
goal = "compute"
kind = "numeric"
text = "What does [[p]] cost?"
explanation = "The log of [[p]]."
answer = { expression = "-math.log(p)", tolerance = 0.00005, unit = "nats" }
mistakes = [ { expression = "-math.log2(p)", feedback = "In bits, [[p]]." } ]
values = [ { p = 0.7 }, { p = 0.2 } ]

[[question]]
id = "sorted"
goal = "compute"
kind = "ordering"
text = "Order them."
explanation = "So it goes."
choices = [ { text = "a" }, { text = "$b$" }, { text = "`c`" }, { text = "last" } ]

[[question]]
id = "drawn"
goal = "compute"
kind = "sketch"
text = "Draw it."
explanation = "It is $x^2$."

[question.sketch]
curve = "x * x"
axis = "error"
height = "loss"
places = [-2, -1, 0, 1, 2]
span = [0, 4, 0.5]
rules = [ { measure = "sag", least = 0.5, feedback = "Not so straight." } ]
choices = [
  { text = "right and round", right = true },
  { text = "straight", feedback = "Not so." },
  { text = "flat", feedback = "No.", misconception = "Log base 2" },
]

[[question]]
id = "program"
goal = "compute"
kind = "lines"
text = "Add up."
explanation = "So it adds."
lines = [
  { code = "total = 0", feedback = "First." },
  { code = "for x in [1, 2]:", feedback = "Then." },
  { code = "print(x < 2, '&')", indent = 1, feedback = "In each round." },
  { code = "total += x", indent = 1, after = [2], feedback = "Each is added." },
  { code = "total -= x", indent = 1, instead_of = 4, feedback = "Taken away.", misconception = "Log base 2" },
]
runs = { before = "pass", result = "total", answer = "3" }
"""  # noqa: E501


# Keys and tolerances of every size.
KEYS = [
    (1e-22, 1e-24),
    (1e-22, 0.005),
    (4e-7, 1e-9),
    (4e-7, 0.0005),
    (-4e-7, 1e-6),
    (1.2e12, 0.5),
    (1.2e12, 1e9),
    (1234567890123.4567, 0.001),
    (-1234567890123.4567, 0.5),
    (2.0**53 + 2, 0.5),
    (2.0**60, 1000.0),
    (6.02e23, 1e21),
    (1e300, 1e298),
    (1 / 3, 0.005),
    (1 / 3, 5e-5),
    (1 / 3, 1e-15),
    (0.1 + 0.2, 0.01),
    (-0.0, 0.01),
    (0.005, 0.005),
    (-2 / 3, 1e-4),
    (99.99995, 0.001),
    (250.0, 20.0),
]


def keyed(key, tolerance):
    """The bank of every kind, with another key for its number; a mistake beside it."""
    text = EVERY_KIND.replace('"-math.log(p)"', f'"{key!r} + 0 * p"')
    text = text.replace('"-math.log2(p)"', f'"{key + 10 * tolerance!r} + 0 * p"')
    return text.replace("tolerance = 0.00005", f"tolerance = {tolerance!r}")


def answers_near(key, tolerance):
    """Answers that are right, and answers that are wrong."""
    return (
        [key + share * tolerance for share in (-0.99, -0.5, 0, 0.5, 0.99)],
        [key + share * tolerance for share in (-100, -1.2, 1.2, 10)],
    )


def write_bank(folder, text=EVERY_KIND):
    """A bank of one topic in a folder of its own."""
    folder.mkdir(exist_ok=True)
    (folder / "hinge.toml").write_text(text, "utf-8")
    return folder


def hostile(text):
    """The bank of every kind, with `text` wherever there is text."""
    escaped = "".join(f"\\U{ord(character):08x}" for character in text)
    places = [
        "Yes.",
        "Not so.",
        "right",
        "bad",
        "So it is.",
        "In bits",
        "Order them.",
        "last",
    ]
    result = EVERY_KIND
    for place in places:
        result = result.replace(f'"{place}', f'"{place} {escaped}')
    return result


def chapters(folder):
    return [
        Chapter(topic, tuple(map(undrawn, bank.questions(topic, folder))))
        for topic in bank.topics(folder)
    ]


def items(folder, most=None):
    """Every item of a bank by its name, at most so many of a question."""
    return {
        item.name: item.question
        for chapter in chapters(folder)
        for question in chapter.questions
        for item in variants(question)[:most]
    }


def sketches(folder):
    """The names of what is to be drawn."""
    return [
        question.id
        for topic in bank.topics(folder)
        for question in bank.questions(topic, folder)
        if question.sketch
    ]


def undrawn_are(folder):
    """What an export says of its sketches."""
    told = {"a sketch became a choice between curves in words": sketches(folder)}
    return told if sketches(folder) else {}


def programs(folder):
    """What is told of programs to put in order, where there are any."""
    asked = [question for chapter in chapters(folder) for question in chapter.questions]
    names = [question.id for question in asked if question.kind == "lines"]
    told = "lines to put in order became a choice between whole programs"
    return {told: names} if names else {}


def meant(text):
    """What a text of the bank says, formulas as LaTeX between brackets."""
    marks = {"text": "{}", "code": "{}", "math": r"\({}\)"}
    return "\n\n".join(
        "".join(marks[piece.kind].format(piece.source) for piece in paragraph)
        for paragraph in markup.parse(text)
    )


class Told(HTMLParser):
    """What HTML says, and the elements that it has."""

    def __init__(self, html):
        super().__init__()
        self.text, self.elements = "", set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.elements.add(tag)
        about = dict(attributes)
        assert not any(name.startswith("on") for name in about)
        if tag == "br":
            self.text += "\n\n"
        elif tag == "img":  # the formulas of Canvas
            latex = about["data-equation-content"]
            assert about["src"].startswith("/equation_images/")
            assert about["alt"] == f"LaTeX: {latex}"
            self.text += rf"\({latex}\)"

    def handle_endtag(self, tag):
        if tag in ("p", "li"):
            self.text += "\n\n"

    def handle_data(self, data):
        self.text += data


def told(html):
    """What HTML says; only what the exports make is allowed in it."""
    result = Told(html or "")
    allowed = {"p", "br", "code", "img", "span", "ol", "ul", "li", "b"}
    assert result.elements <= allowed, html
    return result.text.strip().replace("\N{NO-BREAK SPACE}", " ")


def answered(entry):
    """What is to be answered to a choice or mistake, with its common error."""
    error = entry.misconception
    return meant(entry.feedback) + (f" Common error: “{error}”." if error else "")


def squeezed(text):
    return re.sub(r"\s+", " ", text)
