"""Links to the glossary carry the definition, for who points at them.

The definition of a term is the first paragraph under its heading in
book/glossary.md.  It becomes the `title` of every link to that heading, which a
browser shows by itself; book/assets/book.js makes it appear on focus as well.
"""

import re
import unicodedata

from docutils import nodes
from sphinx.application import Sphinx

PAGE = "book/glossary"
RAISED = str.maketrans("-+2", "\N{SUPERSCRIPT MINUS}\N{SUPERSCRIPT PLUS SIGN}²")
SIGNS = {
    "ell": "\N{SCRIPT SMALL L}",
    "sum": "\N{N-ARY SUMMATION}",
    "lVert": "\N{DOUBLE VERTICAL LINE}",
    "rVert": "\N{DOUBLE VERTICAL LINE}",
    "lambda": "\N{GREEK SMALL LETTER LAMDA}",
    "varepsilon": "\N{GREEK SMALL LETTER EPSILON}",
} | {
    name: unicodedata.lookup(f"GREEK SMALL LETTER {name}")
    for name in ("alpha", "beta", "gamma", "sigma", "tau")
}
FRACTION = re.compile(r"\\frac\{([^{}]*)\}\{((?:[^{}]|\{[^{}]*\})*)\}")


def note_definitions(app, doctree):
    """Keep the definitions when the glossary has been read."""
    if app.env.docname == PAGE:
        app.env.glossary = {
            name: first_paragraph(section)
            for section in doctree.findall(nodes.section)
            for name in section["ids"]
        }


def first_paragraph(section):
    """The words right under a heading, or nothing."""
    paragraph = next((c for c in section if isinstance(c, nodes.paragraph)), None)
    if paragraph is None:
        return ""
    parts = (
        in_letters(part.astext()) if isinstance(part, nodes.math) else part.astext()
        for part in paragraph.children
    )
    return re.sub(r"[ \n]+", " ", "".join(parts)).strip()


def in_letters(formula):
    """A formula of a definition in letters and signs: a title holds nothing else."""
    text = FRACTION.sub(r"(\1 / (\2))", formula)
    text = re.sub(r"\\hat (\w)", "\\1\N{COMBINING CIRCUMFLEX ACCENT}", text)
    text = re.sub(r"\be\^(\{.*?\}|\w)", r"exp(\1)", text)
    text = re.sub(r"\^([-+2])", lambda found: found[1].translate(RAISED), text)
    text = re.sub(r"\\([a-zA-Z]+)", lambda found: SIGNS.get(found[1], found[1]), text)
    text = re.sub(r"[\\{}]", "", text).replace("-", "\N{MINUS SIGN}")
    # No line ends in the innermost brackets.
    text = re.sub(r"\([^()]*\)", lambda found: found[0].replace(" ", "\xa0"), text)
    return unicodedata.normalize("NFC", text)


def give_definitions(app, doctree, docname):
    """Write the definitions into the links of one page."""
    definitions = getattr(app.env, "glossary", {})
    target = app.builder.get_relative_uri(docname, PAGE) if definitions else None
    for link in doctree.findall(nodes.reference):
        page, _, name = link.get("refuri", "").partition("#")
        if target and page == target and definitions.get(name):
            link["reftitle"] = definitions[name]


def setup(app: Sphinx) -> None:
    """Connect to Sphinx."""
    app.connect("doctree-read", note_definitions)
    app.connect("doctree-resolved", give_definitions)
