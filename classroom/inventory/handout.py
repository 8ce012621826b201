"""The page that students get: one file that asks, keeps, and saves what was answered.

It works without a network, and asks nothing of any host.  What is right stands neither
in it nor in the names of anything in it: a choice is a letter, an item is a number.
"""

import base64
import hashlib
from pathlib import Path

from lxml import etree, html
from lxml.html.builder import E

from classroom.counting import counted
from lossbook.study import Question, markup
from lossbook.study.static import COLOURS
from lossbook.widgets import joined

from .forms import Form

HERE = Path(__file__).parent
TITLE = "What do you think about loss functions?"
LONGEST_NAME = 80  # characters
ABOUT = (
    "This is no exam, and gives no marks. It shows what a course has to explain, and "
    "what it has explained. Choose what you think is right, also where you are not "
    "sure; where you have no idea at all, say so.",
    "Your answers stay in this browser, and you can close the page and go on later. In "
    "the end, save them as a file, and hand that file in. Please do not pass the "
    "questions on: they are asked again in other words.",
)


def handout(form: Form) -> str:
    """The page of a form, as HTML."""
    script = (HERE / "handout.js").read_text("utf-8")
    style = joined(COLOURS, HERE / "handout.css")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"
    )
    tree = E.HTML(
        E.HEAD(
            E.META(charset="utf-8"),
            E.META({"http-equiv": "Content-Security-Policy", "content": policy}),
            E.META(name="viewport", content="width=device-width, initial-scale=1"),
            E.META(name="robots", content="noindex"),
            E.TITLE(f"{TITLE} {form.title}"),
            E.STYLE(style),
        ),
        E.BODY(
            E.MAIN(*_asked(form)),
            E.SCRIPT(script, type="module"),
            {"data-form": form.name, "data-edition": form.edition},
        ),
        lang="en",
    )
    return html.tostring(tree, doctype="<!DOCTYPE html>", encoding="unicode")


def _asked(form: Form) -> list[etree._Element]:
    name = {"id": "who", "type": "text", "autocomplete": "off"}
    count = len(form.items)
    return [
        E.H1(TITLE),
        E.P(f"{form.title}, {counted(count, 'question')}", {"class": "about"}),
        *map(E.P, ABOUT),
        E.NOSCRIPT(E.P("Without scripts this page saves nothing. Print it instead.")),
        E.P(
            E.LABEL("Your name or code, as your teacher asked for it", {"for": "who"}),
            E.INPUT(name, maxlength=str(LONGEST_NAME)),
            {"class": "who"},
        ),
        *(_item(form, number, item) for number, item in enumerate(form.items, 1)),
        E.P("", {"id": "state", "role": "status"}),
        E.P(
            E.BUTTON("Save my answers", id="save", type="button"),
            E.BUTTON("Delete them from this browser", id="forget", type="button"),
        ),
    ]


def _item(form: Form, number: int, item: Question) -> etree._Element:
    said = f"Question {number} of {len(form.items)}"
    choices = form.choices(number).items()
    rows = [E.LI(_choice(number, letter, one.text)) for letter, one in choices]
    legend = E.LEGEND(E.SPAN(said, {"class": "count"}), _marked_up(item.text))
    none = E.P(_choice(number, "", "I have no idea"), {"class": "none"})
    return E.FIELDSET(legend, E.OL(*rows), none)


def _choice(number: int, letter: str, says: str) -> etree._Element:
    box = E.INPUT(type="radio", name=str(number), value=letter)
    return E.LABEL(box, _marked_up(says))


def _marked_up(text: str) -> etree._Element:
    return html.fragment_fromstring(f"<span>{markup.inline_html(text)}</span>")
