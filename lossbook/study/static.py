"""The base of quizzes and cards: a widget whose static form is what comes alive.

Its HTML stands in the output of a cell.  On a page that is all there is, and a script
brings it to life; in a notebook the widget puts the same HTML into its own place.
"""

import re
import sys
import tomllib
from functools import cache
from html import escape
from importlib.resources import files
from pathlib import Path

import traitlets

from ..widgets import Widget, joined
from .goals import titles

# Kinds of questions with a script and a style sheet of their own, beside this module: a
# page fetches them where such a question stands, a notebook has them in any case.  The
# scripts are named in kinds.js too.
KINDS = ("lines", "sketch")

# Which every page of the site has, and no notebook.
COLOURS = Path(__file__).parents[1] / "colours.css"

_PAGE = re.compile(r"(?P<page>\w+)\.(?:ipynb|md)(?:#(?P<heading>[\w-]+))?")


class Static(Widget):
    """A widget with a static form in HTML, readable wherever HTML is.

    Attributes
    ----------
    html : str
        The static form, in which the answers are folded away.
    """

    html = traitlets.Unicode().tag(sync=True)

    @classmethod
    def _front_end(cls) -> tuple[str, str]:
        script, _ = super()._front_end()
        own = Path(sys.modules[cls.__module__].__file__).with_suffix(".css")
        kinds = [Path(__file__).with_name(f"{kind}.css") for kind in KINDS]
        return script, joined(COLOURS, own, *kinds)

    def _repr_mimebundle_(self, **_: object) -> tuple[dict, dict]:
        data, metadata = super()._repr_mimebundle_()
        return data | {"text/html": self.html}, metadata


def element(tag: str, content: str, **attributes: str | bool | None) -> str:
    """An element of HTML with this content, which is HTML already.

    An attribute `class_` is called class, and `data_id` data-id.  One that is True is
    empty, one that is None or False is left out.  All is XML as well, for e-books.

    >>> element("p", "yes", class_="a", data_id='"', hidden=True, title=None)
    '<p class="a" data-id="&quot;" hidden="">yes</p>'
    """
    written = ""
    for name, value in attributes.items():
        name = name.rstrip("_").replace("_", "-")
        if value is True:
            written += f' {name}=""'
        elif value not in (None, False):
            written += f' {name}="{escape(value)}"'
    return f"<{tag}{written}>{content}</{tag}>"


def link(target: str, before: str = "") -> str:
    """A link into the book, named after the heading and the page that it leads to.

    >>> link("hinge.ipynb#by-hand")
    '<a href="hinge.ipynb#by-hand">By hand (Hinge loss)</a>'
    >>> link("mean_squared_error.ipynb#why-square")
    '<a href="mean_squared_error.ipynb#why-square">Why square? (Mean squared error)</a>'
    """
    found = _PAGE.fullmatch(target)
    page, heading = found["page"], found["heading"]
    title = titles().get(page, _words(page, "_"))
    if heading:
        title = f"{_headings().get(target) or _words(heading, '-')} ({title})"
    return element("a", escape(before + title), href=target)


def error_link(misconception: str) -> str:
    """A link to a heading of the page of common errors.

    >>> error_link("Log base 2")
    '<a href="common_errors.md#log-base-2">Log base 2 (Common errors)</a>'
    """
    slug = re.sub(r"[^\w\- ]", "", misconception).lower().replace(" ", "-")
    name = f"{misconception} (Common errors)"
    return element("a", escape(name), href=f"common_errors.md#{slug}")


@cache
def _headings() -> dict[str, str]:
    """The headings that their addresses do not spell."""
    text = files(__package__).joinpath("headings.toml").read_text("utf-8")
    return tomllib.loads(text)


def _words(name: str, joint: str) -> str:
    return name.replace(joint, " ").capitalize()
