"""Links to the glossary carry the definition, for who points at them.

The definition of a term is the first paragraph under its heading in
book/glossary.md.  It becomes the `title` of every link to that heading, which a
browser shows by itself; book/assets/book.js makes it appear on focus as well.
"""

import re

from docutils import nodes
from sphinx.application import Sphinx

PAGE = "book/glossary"


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
    # A title holds no formula: of a simple one, its letters say enough.
    plain = re.sub(r"[\\{}]", "", paragraph.astext()) if paragraph else ""
    return " ".join(plain.split())


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
