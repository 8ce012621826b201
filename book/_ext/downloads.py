"""The questions as files for other programs: made with the book, linked by name.

Where a page names such a file as code, as `lossbook.apkg`, the name becomes a link.
"""

import re
from pathlib import Path

from lossbook.exporting import SUFFIXES, export
from lossbook.study import bank

FOLDER = "downloads"


def names():
    """The files that the exports make of the whole bank."""
    topics = [f"lossbook_{topic}.{SUFFIXES['qti']}" for topic in bank.topics()]
    return [f"lossbook.{SUFFIXES['anki']}", f"lossbook.{SUFFIXES['moodle']}", *topics]


def link(app, pagename, templatename, context, doctree):
    """Make links of the names in a page."""
    if app.builder.name != "html":
        return
    name = "|".join(map(re.escape, names()))
    named = re.compile(rf"<code[^>]*>(?:<[^>]*>)*({name})(?:<[^>]*>)*</code>")
    folder = context["pathto"](FOLDER, resource=True)
    context["body"] = named.sub(
        lambda found: f'<a href="{folder}/{found[1]}" download>{found[0]}</a>',
        context.get("body", ""),
    )


def write(app, exception):
    """Make the files."""
    if exception or app.builder.name != "html":
        return
    for target in SUFFIXES:
        export(target, out=Path(app.outdir, FOLDER))


def setup(app):
    """Connect to Sphinx."""
    app.connect("html-page-context", link)
    app.connect("build-finished", write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
