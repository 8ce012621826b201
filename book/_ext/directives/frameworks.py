"""The losses in other libraries, from the files in lossbook/frameworks.

``{frameworks} calls`` writes a section for each loss, ``{frameworks} migration`` one
for each family on which libraries disagree, and ``{frameworks} versions`` says which
versions were asked.  A chapter gets a box with its losses, at the end of the section
that `BOXES` names: the notebook itself stays without it.
"""

import re
from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxDirective
from sphinx_design.shared import create_component

from lossbook import frameworks
from lossbook.catalogue import LOSSES, by_key
from lossbook.frameworks import Call, Family, Trap
from lossbook.study import markup
from lossbook.study.expressions import evaluate

PAGE = "frameworks"
LOCK = "requirements/frameworks.txt"
# Of each chapter its losses, and the section that the box closes.
BOXES = {
    "cross_entropy": (
        "code",
        "cross_entropy_from_logits",
        "cross_entropy",
        "binary_cross_entropy_from_logits",
        "binary_cross_entropy",
    ),
    "mean_squared_error": ("code", "mean_squared_error"),
    "hinge": ("code", "hinge", "squared_hinge", "multiclass_hinge"),
    "choosing": ("side-by-side", "mean_absolute_error", "huber"),
    "numbers": (
        "code",
        "quantile",
        "log_cosh",
        "gaussian_nll",
        "poisson",
        "poisson_deviance",
    ),
    "forecasts": ("code", "brier_score"),
    "rare_and_small": ("code", "focal", "dice", "tversky"),
    "similarity": ("code", "contrastive", "triplet", "info_nce"),
    "language_models": ("code", "distillation", "preference"),
}
# What is told of a call beside its numbers.
TOLD = {
    "reads": "Reads",
    "reduction": "Mean or sum",
    "weights": "Weights",
    "smoothing": "Smoothing",
    "masking": "Masking",
    "clipping": "Clipping",
}


def place(key: str) -> str:
    """The name of the section on a loss."""
    return key.replace("_", "-")


def title(key: str) -> str:
    """The title of a loss, to stand first."""
    said = by_key(key).title
    return said[0].upper() + said[1:]


def inline(text: str) -> Iterator[nodes.Node]:
    """What the small markup says in one paragraph."""
    kinds = {"text": nodes.Text, "code": code, "math": math}
    for paragraph in markup.parse(text):
        for piece in paragraph:
            yield kinds[piece.kind](piece.source)


def code(source: str) -> nodes.Node:
    """A few words of Python; docutils would set each in an element of its own."""
    return nodes.raw(
        "", f'<code class="literal">{escape(source)}</code>', format="html"
    )


def math(source: str) -> nodes.Node:
    """A formula in a line."""
    return nodes.math("", source)


def number(value: float) -> nodes.Node:
    """A number, in the digits that single precision has."""
    return nodes.Text(f"{value:.6g}".replace("-", "−"))


def tabs(key: str) -> nodes.Node:
    """A tab for each library that has a loss; the choice is the same everywhere."""
    tab_set = create_component("tab-set", classes=["sd-tab-set"])
    for name, found in groupby(frameworks.calls(key), lambda call: call.framework):
        label = nodes.rubric("", name, classes=["sd-tab-label"])
        label["sync_group"], label["sync_id"] = PAGE, nodes.make_id(name)
        content = [node for call in found for node in in_full(call)]
        panel = create_component("tab-content", ["sd-tab-content"], children=content)
        item = create_component("tab-item", ["sd-tab-item"], children=[label, panel])
        item.source, item.line = f"{key}.toml", 0
        tab_set += item
    tab_set.source, tab_set.line = f"{key}.toml", 0
    return tab_set


def heading(call: Call) -> nodes.Node:
    """The names of a call."""
    names = [nodes.strong("", "", code(call.name))]
    if call.function:
        names += [nodes.Text(" or "), code(call.function)]
    return nodes.paragraph("", "", *names)


def program(call: Call) -> nodes.Node:
    """The code of a call, to be copied as a whole."""
    return nodes.literal_block(call.code, call.code, language="python")


def in_full(call: Call) -> list[nodes.Node]:
    """All that is known of a call."""
    prints = [nodes.Text("It prints "), number(call.theirs), nodes.Text(".")]
    told = [
        nodes.paragraph("", "", nodes.strong("", name), nodes.Text(": "), *inline(text))
        for key, name in TOLD.items()
        if (text := getattr(call, key))
    ]
    traps = [nodes.paragraph("", "", *trapped(trap)) for trap in call.traps]
    return [
        heading(call),
        program(call),
        nodes.paragraph("", "", *prints),
        *told,
        *traps,
    ]


def trapped(trap: Trap) -> Iterator[nodes.Node]:
    """What surprises, and both numbers."""
    yield nodes.strong("", "Trap")
    yield nodes.Text(": ")
    yield from inline(trap.text)
    yield nodes.Text(" ")
    yield code(trap.input)
    yield nodes.Text(" gives ")
    yield number(trap.theirs)
    yield nodes.Text(", and not ")
    yield number(evaluate(trap.ours, {}))
    yield nodes.Text(".")


def table(family: Family) -> nodes.Node:
    """What each library makes of the data, and this package."""
    ours = [
        nodes.Text("lossbook"),
        code(family.ours),
        number(evaluate(family.ours, {})),
    ]
    theirs = [
        [nodes.Text(row.framework), code(row.name), number(row.theirs)]
        for row in family.rows
    ]
    heads = [nodes.Text(head) for head in ("Library", "Call", "Number")]
    head = nodes.thead("", cells(heads))
    body = nodes.tbody("", *map(cells, [ours, *theirs]))
    columns = [nodes.colspec(colwidth=1) for _ in heads]
    group = nodes.tgroup("", *columns, head, body, cols=len(heads))
    return nodes.table("", group)


def cells(row: list[nodes.Node]) -> nodes.Node:
    """A row of a table."""
    return nodes.row(
        "", *(nodes.entry("", nodes.paragraph("", "", cell)) for cell in row)
    )


def versions(root: Path) -> list[tuple[str, str]]:
    """The libraries, and the versions of them that are locked."""
    lock = (root / LOCK).read_text("utf-8")
    pins = dict(re.findall(r"^([\w.-]+)==([^ ;\\]+)", lock, re.MULTILINE))
    return [(name, pins[package]) for name, package in frameworks.packages().items()]


class Frameworks(SphinxDirective):
    """Sections on all losses or on disagreements, or a sentence with the versions."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Write what is asked for."""
        kinds = {
            "calls": self.calls,
            "migration": self.migration,
            "versions": self.versions,
        }
        if self.arguments[0] not in kinds:
            raise self.error(f"there is no {self.arguments[0]!r}: {', '.join(kinds)}")
        for file in Path(frameworks.__file__).parent.iterdir():
            self.env.note_dependency(str(file))
        return list(kinds[self.arguments[0]]())

    def calls(self) -> Iterable[nodes.Node]:
        """A section for each loss."""
        for loss in LOSSES:
            yield self.section(place(loss.key), title(loss.key), tabs(loss.key))

    def migration(self) -> Iterable[nodes.Node]:
        """A section for each family of losses in which libraries disagree."""
        for family in frameworks.families():
            data = nodes.literal_block(family.data, family.data, language="python")
            why = nodes.paragraph("", "", *inline(family.why))
            yield self.section(family.id, family.title, data, table(family), why)

    def section(self, name: str, said: str, *content: nodes.Node) -> nodes.Node:
        """A section of the page, to which links lead by its name."""
        section = nodes.section("", nodes.title("", said), *content, ids=[name])
        section["names"] = [nodes.fully_normalize_name(name)]
        self.state.document.note_explicit_target(section, section)
        return section

    def versions(self) -> Iterable[nodes.Node]:
        """Which versions were asked."""
        path = Path(self.env.srcdir)
        self.env.note_dependency(str(path / LOCK))
        named = [f"{name} {number}" for name, number in versions(path)]
        yield nodes.paragraph("", f"Asked were {', '.join(named)}.")


class Boxes(SphinxTransform):
    """Adds the box to the chapters."""

    default_priority = 850  # after the headings have got their ids

    def apply(self, **kwargs):
        """Close the section with it, before the sections inside it."""
        folder, _, topic = self.env.docname.rpartition("/")
        if folder != "book" or topic not in BOXES:
            return
        where, *keys = BOXES[topic]
        for section in self.document.findall(nodes.section):
            if where in section["ids"]:
                section.extend(box(keys))
                return
        raise ValueError(f"{self.env.docname} has no section {where!r} for its box")


def box(keys: list[str]) -> Iterator[nodes.Node]:
    """Links to the losses, folded; below each a script sets its tabs (calls.js)."""
    found = {call.framework for key in keys for call in frameworks.calls(key)}
    *others, last = [name for name in frameworks.frameworks() if name in found]
    summary = f"In {', '.join(others)} and {last}"
    links = nodes.bullet_list()
    for key in keys:
        link = nodes.reference("", title(key), refuri=f"{PAGE}.html#{place(key)}")
        links += nodes.list_item("", nodes.paragraph("", "", link))
    opening = f'<details class="calls"><summary>{escape(summary)}</summary>'
    yield nodes.raw("", opening, format="html")
    yield links
    yield nodes.raw("", "</details>", format="html")


def setup(app: Sphinx) -> None:
    """Connect to Sphinx."""
    app.add_directive("frameworks", Frameworks)
    app.add_transform(Boxes)
