"""The questions as files for other programs: made with the book, linked by name.

Where a page names such a file as code, as `lossbook.apkg`, the name becomes a link.
"""

from pathlib import Path

from lxml import html
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from lossbook.exporting import SUFFIXES, export

from .page import Site

FOLDER = "downloads"


def write_files(app: Sphinx) -> None:
    """Make the files."""
    if app.builder.name == "html":
        for target in SUFFIXES:
            export(target, out=Path(app.outdir, FOLDER))


def link_files(site: Site) -> None:
    """Make links of the names in the pages."""
    names = {path.name for path in (site.out / FOLDER).iterdir()}
    linked = set()
    for page in site.pages:
        for code in page.all("//article//code[not(ancestor::a)]"):
            if (name := code.text_content()) in names:
                linked.add(name)
                link = html.Element("a", href=f"{page.top}{FOLDER}/{name}", download="")
                code.addprevious(link)
                link.tail, code.tail = code.tail, None
                link.append(code)
    if forgotten := names - linked:
        files = ", ".join(sorted(forgotten))
        raise ExtensionError(f"no page names these files of {FOLDER}: {files}")


def setup(app: Sphinx) -> None:
    """Connect to Sphinx: before pages are written, so that no link is broken."""
    app.connect("builder-inited", write_files)
