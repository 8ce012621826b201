"""The atlas: every loss as a card, and all of them in a table.

``{atlas}`` is all of it, with what filters and sorts it (book/assets/atlas.js);
``{atlas} hinge squared_hinge`` is the cards of these losses, for a page about them.
"""

from html import escape
from pathlib import Path

import numpy as np
from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from lossbook import curves, properties, showing
from lossbook.catalogue import LOSSES, Loss, by_key
from lossbook.colours import classes
from lossbook.frameworks import calls
from lossbook.study.goals import titles

# What a reader filters and sorts by: a name in the address, and a head in the table.
COLUMNS = {
    "reads": "Reads",
    "best": "Best prediction",
    "slope": "Slope far away",
    "convex": "Convex",
    "proper": "Proper",
    "smooth": "Smooth",
    "consistent": "Consistent",
}
# The field of a curve (site/course.py), and the loss at which it is cut off.
LEFT, RIGHT, TOP, GROUND, HEIGHT = 4.0, 92.0, 5.0, 52.0, 4.2


def value(loss: Loss, column: str) -> str:
    """What stands in a cell of the table: one of few words, by which one filters."""
    if column == "reads":
        return showing.READS[loss.reads]
    if column == "smooth":
        return "yes" if loss.is_smooth else "no"
    word: str = getattr(properties.of(loss.key), column).value
    return word


def name_of(loss: Loss) -> str:
    """Its name as a heading."""
    return loss.title[:1].upper() + loss.title[1:]


def curve(loss: Loss) -> str:
    """Its curve over its ground, as the curves of the chapters are drawn."""
    _, left, right = curves.axis(loss)
    xs = np.linspace(left, right, 49)
    heights = curves.heights(loss, xs)
    finite = heights[np.isfinite(heights)]
    scale = min(HEIGHT, max(finite.max(), 0.1))
    across = LEFT + (RIGHT - LEFT) * (xs - left) / (right - left)
    up = GROUND - (GROUND - TOP) * heights / scale
    drawn = heights <= scale
    path, bend = "", ""
    for i in np.flatnonzero(drawn):
        point = f"{across[i]:.4g} {up[i]:.3g}"
        path += ("L" if i and drawn[i - 1] else "M") + point
        bend = bend or point
    look = classes(loss.key)[0]
    return (
        '<svg class="curve" viewBox="0 0 96 60" aria-hidden="true">'
        '<path class="curve-ground" d="M0 52H96"/>'
        f'<path class="curve-line {look}" d="{path}"/></svg>'
    )


def lines(loss: Loss, top: str, ways: list[str]) -> list[str]:
    """The card in MyST: its formula, its facts, and ways on."""
    written = [f"${loss.formula}$", ""]
    for fact in showing.facts(loss, calls(loss.key)):
        said = f"**{fact.value}.** {fact.because}" if fact.because else fact.value
        if fact.reference:
            said += f" [](<{top}references.md#{fact.reference}>)"
        written += [fact.name, f": {said}", ""]
    return [*written, " · ".join(ways)]


def table() -> list[str]:
    """A row for each loss, in MyST."""
    heads = ["Loss", *COLUMNS.values()]
    rows = [
        [
            f"[{name_of(loss)}](#{nodes.make_id(name_of(loss))})",
            *(value(loss, column) for column in COLUMNS),
        ]
        for loss in LOSSES
    ]
    return [
        "| " + " | ".join(row) + " |" for row in (heads, ["---"] * len(heads), *rows)
    ]


def controls() -> str:
    """What filters and sorts; a page without scripts does not show it."""

    def choice(name: str, label: str, options: list[tuple[str, str]]) -> str:
        listed = "".join(
            f'<option value="{escape(one)}">{escape(said)}</option>'
            for one, said in options
        )
        return f'<label>{label} <select name="{name}">{listed}</select></label>'

    choices = ""
    for column, head in COLUMNS.items():
        words = dict.fromkeys(value(loss, column) for loss in LOSSES)
        choices += choice(column, head, [("", "any"), *((w, w) for w in words)])
    orders = [("", "as taught"), ("name", "Loss")]
    choices += choice("sort", "Sorted by", [*orders, *COLUMNS.items()])
    return (
        '<form class="atlas-find" role="search" aria-label="Losses">'
        '<label>Find <input type="search" name="find" autocomplete="off"></label>'
        f'{choices}<button type="reset">All losses</button>'
        f"<output>{len(LOSSES)} of {len(LOSSES)} losses</output></form>"
    )


class Atlas(SphinxDirective):
    """Cards of losses, and the table of all."""

    optional_arguments = len(LOSSES)

    def run(self) -> list[nodes.Node]:
        """Write them, and let the page's own parser draw what is text."""
        for path in (properties.__file__, showing.__file__):
            folder, stem = Path(str(path)).parent, Path(str(path)).stem
            for file in folder.glob(f"{stem}.*"):
                self.env.note_dependency(str(file))
        if self.arguments:
            top = "../" * (self.env.docname.count("/") - 1)
            return [each for key in self.arguments for each in self.alone(key, top)]
        cards = [each for loss in LOSSES for each in self.card(loss)]
        return [
            html(f'<div class="atlas">{controls()}'),
            html('<details class="all" open><summary>All in one table</summary>'),
            *self.parsed(table()),
            html('</details><div class="cards">'),
            *cards,
            html("</div></div>"),
        ]

    def card(self, loss: Loss) -> list[nodes.Node]:
        """The card under a heading of its own."""
        known = properties.of(loss.key)
        page = loss.value.__module__.rpartition(".")[2]
        ways = [
            f"[{titles()[known.read.partition('.')[0]]}]({known.read})",
            f"[`lossbook.{loss.key}`](api/{page}.md)",
        ]
        place = nodes.make_id(name_of(loss))
        section = nodes.section(ids=[place], names=[place], slug=place)
        section["classes"] += ["loss-card", *classes(loss.key)]
        section += nodes.title("", name_of(loss))
        section += [html(curve(loss)), *self.parsed(lines(loss, "", ways))]
        self.state.document.note_implicit_target(section, section)
        # MyST knows by this list where `atlas.md#hinge-loss` leads.
        slugs = self.state._renderer._heading_slugs
        slugs[place] = (self.lineno, place, name_of(loss))
        return [section]

    def alone(self, key: str, top: str) -> list[nodes.Node]:
        """The card of a loss on the page about it."""
        try:
            loss = by_key(key)
        except KeyError as error:
            raise self.error(error.args[0]) from error
        known = properties.of(key)
        place = nodes.make_id(name_of(loss))
        ways = [
            f"[{titles()[known.read.partition('.')[0]]}]({top}{known.read})",
            f"[Beside the other losses]({top}atlas.md#{place})",
        ]
        opening = f'<div class="loss-card {" ".join(classes(key))}">{curve(loss)}'
        title = f"**{name_of(loss)}**"
        body = self.parsed([title, "", *lines(loss, top, ways)])
        return [html(opening), *body, html("</div>")]

    def parsed(self, written: list[str]) -> list[nodes.Node]:
        """What the parser of the page makes of lines."""
        source = StringList(written, source=self.env.docname)
        return self.parse_text_to_nodes(source, allow_section_headings=True)


def html(text: str) -> nodes.raw:
    """HTML as it is."""
    return nodes.raw("", text, format="html")


def setup(app: Sphinx) -> None:
    """Connect to Sphinx."""
    app.add_directive("atlas", Atlas)
