"""The tables of the status page, from the file that `make status` writes."""

import json
from pathlib import Path

from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

FILE = "book/status.json"


def rows(status):
    """What the file says: headings, heads of the two columns, words with values."""
    yield "What there is", ("Kind", "Number"), status["counts"]
    yield "Versions", ("Package", "Version"), status["versions"]
    if run := status["last run"]:
        minutes, seconds = divmod(run["seconds"], 60)
        yield (
            "The last run of all tests",
            ("Measure", "Value"),
            {
                "day": run["date"],
                "tests, all passed": run["tests"],
                "time": f"{minutes} min {seconds} s",
                "machine": run["machine"],
                "Python": run["python"],
            },
        )


class Status(SphinxDirective):
    """A table for each heading."""

    def run(self):
        """Read the file, and let the page's own parser draw the tables."""
        path = Path(self.env.srcdir, FILE)
        self.env.note_dependency(str(path))
        lines = []
        for heading, columns, table in rows(json.loads(path.read_text("utf-8"))):
            lines += [f"## {heading}", "", "| {} | {} |".format(*columns), "|---|---|"]
            lines += [f"| {name} | {value} |" for name, value in table.items()] + [""]
        return self.parse_text_to_nodes(
            StringList(lines, source=str(path)), allow_section_headings=True
        )


def setup(app: Sphinx) -> None:
    """Connect to Sphinx."""
    app.add_directive("status", Status)
