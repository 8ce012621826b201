"""One sign for each thing: what formulas use stands in the table of notation.md."""

import re
from itertools import chain
from pathlib import Path

import pytest

from lossbook.study import bank, markup
from lossbook.topics import TOPICS
from tests.book.chapters import BOOK, CHAPTERS, PAGES, cells
from tests.study.test_content import texts

LOSSES = Path(__file__).parents[2] / "lossbook" / "losses"
CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)
FORMULA = re.compile(r"\$\$(.+?)\$\$|\$([^$]+?)\$", re.DOTALL)
# Words, and what is drawn but stands for nothing.
NO_SIGN = re.compile(
    r"\[\d+pt\]|\\(?:text|mathrm|operatorname|begin|end)\{[^}]*\}|\\[a-zA-Z]*vert|\\[lr]?[vV]ert"
    r"|\\(?:frac|log|exp|max|min|sum|sqrt|hat|cdot|cdots|dots|partial|left|right|quad"
    r"|qquad|bigl?|bigr?|Bigl?|Bigr?|ne|le|ge|in|pi|infty|approx|parallel|leftarrow"
    r"|times|top|mid|bar|tfrac|dfrac|lfloor|rfloor|nabla|to|pm|cosh|tanh)(?![a-zA-Z])"
)
SIGN = re.compile(r"\\[a-zA-Z]+|[a-zA-Z]")
STARTS = re.compile(
    r"(?:^|\\\\|\{aligned\})\s*(\\?[a-zA-Z]+)(?:_\w)?\s*(?:$|&?=|\([^)]*\)\s*(?:$|&?=)|\\in)"
)
WITH_INDEX = re.compile(r"[a-zA-Z]_\{?([a-z]+)\}?")
# What a sign of the table must not be, and what to write instead.
WRONG = {
    r"\\sigma(?!\(|\'\(|\s*\()": "sigma is the sigmoid, of something; a width is sd",
    r"\bH\(p\b": "p is predicted, so the entropy is that of y",
    r"\bD\([^y]": "the divergence is D(y || p)",
    r"\bw_\{?[jy]\b": "a class weight is alpha",
    r"\bw_\{?i\b": "the weight of an example is v",
    r"(?<![a-zA-Z\\])e(?![\^a-zA-Z])\s*[_=/|]": "e is a number, no error",
}


def formulas(text):
    """What stands between dollar signs, without code."""
    return ["".join(found) for found in FORMULA.findall(CODE.sub(" ", text))]


def signs(formula):
    return set(SIGN.findall(NO_SIGN.sub(" ", formula)))


def of_the_table():
    """The signs in the first column of the tables of notation.md."""
    text = (BOOK / "notation.md").read_text("utf-8")
    rows = re.findall(r"^\| \$(.+?)\$ \|", text.partition("## Symbols")[2], re.M)
    any_number = re.findall(r"\$(.)\$(?=.*any numbers)", text)
    return set(chain.from_iterable(map(signs, rows))) | {*any_number, "e"}


def introduced(formula_list):
    """Signs that a page or question names by themselves, or defines: $h$, $h = 3$.

    A sign with an index introduces the index, as $x_{if}$ does.
    """
    for formula in formula_list:
        yield from STARTS.findall(formula)
        if found := WITH_INDEX.fullmatch(formula):
            yield from found[1]


def docstrings():
    """The formulas of the losses' docstrings, by module."""
    for path in sorted(LOSSES.glob("*.py")):
        blocks = re.findall(
            r"\.\. math::\n\n((?: {8,}.*\n|\n)+)", path.read_text("utf-8")
        )
        inline = re.findall(r":math:`([^`]+)`", path.read_text("utf-8"))
        yield f"losses/{path.name}", blocks + inline


def sources():
    """Where formulas stand, and all of each."""
    for chapter in CHAPTERS:
        text = "\n\n".join(cell.source for cell in cells(chapter, "markdown"))
        yield f"{chapter}.ipynb", formulas(text)
    for page in PAGES:
        yield f"{page}.md", formulas((BOOK / f"{page}.md").read_text("utf-8"))
    yield from docstrings()
    for topic in TOPICS:
        records = [
            (q.id, "\n\n".join(chain.from_iterable(map(texts, q.variants()))))
            for q in bank.questions(topic)
        ]
        records += [(c.id, f"{c.front}\n{c.back}") for c in bank.cards(topic)]
        for name, text in records:
            yield (
                f"{topic}, {name}",
                [
                    piece.source
                    for paragraph in markup.parse(text)
                    for piece in paragraph
                    if piece.kind == "math"
                ],
            )


SOURCES = dict(sources())


def test_the_table_is_read_whole():
    table = of_the_table()

    assert {"y", "p", "v", "L", "H", "D", "a", "u", r"\ell", r"\alpha"} <= table
    assert not {"m", "q", "r", "t", r"\theta"} & table


@pytest.mark.parametrize("name", SOURCES)
def test_every_sign_is_in_the_table_or_introduced_where_it_is_used(name):
    known = of_the_table() | set(introduced(SOURCES[name]))
    unknown = {s: f for f in SOURCES[name] for s in sorted(signs(f) - known)}

    assert unknown == {}


@pytest.mark.parametrize("name", SOURCES)
def test_no_sign_means_something_else(name):
    wrong = [
        f"{formula}: {why}"
        for formula in SOURCES[name]
        for pattern, why in WRONG.items()
        if re.search(pattern, formula)
    ]

    assert wrong == []


def test_what_is_forbidden_would_be_found():
    for formula in (
        r"2 \sigma^2",
        "H(p)",
        r"D(p \parallel q)",
        "w_j",
        "w_i",
        "e_i",
        "e = 2",
    ):
        assert any(re.search(pattern, formula) for pattern in WRONG), formula
    for formula in (r"\sigma(z)", "H(y, p)", r"D(y \parallel p)", "e^{-z}", "w x + b"):
        assert not any(re.search(p, formula) for p in WRONG), formula
