"""The questions as files for other programs: made with the book, linked by name.

Where a page names such a file as code, as `lossbook.apkg`, the name becomes a link.
"""

import re
from pathlib import Path

from lossbook.exporting import SUFFIXES, export

FOLDER = "downloads"


class Downloads:
    """Makes the files, then links their names in the pages."""

    def __init__(self):
        self.named = None

    def write(self, app):
        """Make the files."""
        if app.builder.name != "html":
            return
        out = Path(app.outdir, FOLDER)
        files = [f for target in SUFFIXES for f in export(target, out=out).files]
        name = "|".join(re.escape(file.name) for file in files)
        self.named = re.compile(rf"<code[^>]*>(?:<[^>]*>)*({name})(?:<[^>]*>)*</code>")

    def link(self, app, pagename, templatename, context, doctree):
        """Make links of the names in a page."""
        if app.builder.name != "html":
            return
        folder = context["pathto"](FOLDER, resource=True)
        context["body"] = self.named.sub(
            lambda found: f'<a href="{folder}/{found[1]}" download>{found[0]}</a>',
            context.get("body", ""),
        )


def setup(app):
    """Connect to Sphinx: before the pages are written."""
    downloads = Downloads()
    app.connect("builder-inited", downloads.write)
    app.connect("html-page-context", downloads.link)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
