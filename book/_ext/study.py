"""Quizzes and cards on the page: their HTML as it is, and a script that enlivens it.

Only pages that show them get the script and the style sheets, each under a name that
tells its content.  They share a script with the explorers, which a browser then
fetches once.
"""

import re
from pathlib import Path

from slim import keep, link_module
from sphinx.errors import ExtensionError
from widgets import minified

from lossbook.widgets import joined

HOST = "study_host.js"
# Links in the HTML of a cell, which neither Sphinx nor MyST reads.
TO_PAGE = re.compile(r'href="(\w+)\.(?:ipynb|md)(?:#([\w-]+))?"')
IMPORTED = re.compile(r'"\.{1,2}/([\w-]+\.js)"')


class Study:
    """Notes which pages have quizzes or cards, then gives these pages their files."""

    def __init__(self):
        self.pages = {}
        self.texts, self.names = {}, {}

    def take(self, app, pagename, templatename, context, doctree):
        """Ask for the script, and lead the links to pages of the site."""
        body = context.get("body", "")
        kinds = sorted(set(re.findall(r'data-study="(\w+)"', body)))
        if app.builder.name != "html" or not kinds:
            return
        folder = pagename.rpartition("/")[0]
        context["body"] = TO_PAGE.sub(lambda found: led(app.env, folder, found), body)
        self.pages[context["pagename"]] = kinds
        app.add_js_file(HOST, type="module")

    def write(self, app, exception):
        """Write the files, and their names into the pages."""
        if exception or app.builder.name != "html":
            return
        static, package = Path(app.outdir, "_static"), Path(app.srcdir, "lossbook")
        host = static / HOST
        scripts = [host, package / "widgets.js", *(package / "study").glob("*.js")]
        texts = {path.name: path.read_text("utf-8") for path in scripts}
        host.unlink()
        for kind in {kind for kinds in self.pages.values() for kind in kinds}:
            texts[f"{kind}.css"] = joined(package / "study" / f"{kind}.css")
        self.texts = minified(texts)
        for page, kinds in self.pages.items():
            self.link(static, Path(app.outdir, f"{page}.html"), kinds)

    def link(self, static, path, kinds):
        """Give a page its style sheets and scripts, asked for early."""
        host = self.kept(static, HOST)
        sheets = [self.kept(static, f"{kind}.css") for kind in kinds]
        scripts = dict.fromkeys(n for kind in kinds for n in self.needed(f"{kind}.js"))
        link_module(path, HOST, host, sheets, [self.kept(static, n) for n in scripts])

    def needed(self, name):
        """A script and what it imports."""
        below = [
            n
            for other in IMPORTED.findall(self.texts[name])
            for n in self.needed(other)
        ]
        return [*below, name]

    def kept(self, static, name):
        """The name under which a file is written, those that it imports before it."""
        if name not in self.names:
            text = IMPORTED.sub(
                lambda found: f'"./{self.kept(static, found[1])}"', self.texts[name]
            )
            self.names[name] = keep(static / name, text.encode())
        return self.names[name]


def led(env, folder, found):
    """A link to a heading of a notebook or text, as one to a place of the site."""
    page, slug = found.groups()
    if slug is None:
        return f'href="{page}.html"'
    try:
        _, place, _ = env.metadata[f"{folder}/{page}"]["myst_slugs"][slug]
    except KeyError as error:
        raise ExtensionError(
            f"there is no heading {slug} in {folder}/{page}"
        ) from error
    return f'href="{page}.html#{place}"'


def setup(app):
    """Connect to Sphinx: before the pages are made light, and after."""
    study = Study()
    app.connect("html-page-context", study.take, priority=1900)
    app.connect("build-finished", study.write, priority=950)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": False}
