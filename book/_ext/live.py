"""Python in the reader's browser: cells that run on the page, chapters in JupyterLite.

Unless the builder says LOSSBOOK_LITE=0; then no page shows a button that would do
nothing.  A page asks for none of this before its reader does: `book.js`, which all
pages share, shows the buttons and knows the name of the one script to load then.
"""

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from formulas import NODE
from slim import keep
from widgets import minified

import lossbook.explorers
import lossbook.study  # noqa: F401
from lossbook.widgets import Widget

FOLDER = "live"
# In book.js: where it asks whether there is Python, and where the repository is.
PLACE, REPOSITORY = '"../live/live.js"', 'const repository = ""'


def is_on(app):
    """Whether this build makes the site's Python (tools/build_book.py)."""
    return app.builder.name == "html" and os.environ.get("LOSSBOOK_LITE") != "0"


class Live:
    """Bundles the scripts once all pages are known, and names them in `book.js`."""

    def __init__(self):
        self.cells = {}

    def note(self, app, env):
        """Note the ids of the cells whose code a page shows, in their order."""
        for name in env.found_docs:
            path = Path(env.doc2path(name))
            if path.suffix == ".ipynb":
                notebook = json.loads(path.read_text("utf-8"))
                self.cells[path.stem] = [
                    cell["id"]
                    for cell in notebook["cells"]
                    if cell["cell_type"] == "code"
                    and "remove-input" not in cell["metadata"].get("tags", [])
                ]

    def write(self, app, exception):
        """Write the scripts and their names."""
        if exception or app.builder.name != "html":
            return
        static = Path(app.outdir, "_static")
        sources = static / FOLDER
        name = '""'
        if is_on(app):
            folder = Path(app.outdir, FOLDER)
            folder.mkdir()
            widgets = written_widgets(folder)
            with tempfile.TemporaryDirectory() as work:
                entry = Path(app.srcdir, "book", "assets", FOLDER)
                worker = bundled(entry / "worker.js", {}, work)
                names = {"WORKER": worker, "WIDGETS": widgets, "CELLS": self.cells}
                live = bundled(entry / "live.js", names, work)
                for path in sorted(Path(work).iterdir()):
                    shutil.copy2(path, folder)
            name = json.dumps(f"../{FOLDER}/{live}")
        shutil.rmtree(sources, ignore_errors=True)
        script = static / "book.js"
        text = script.read_text("utf-8").replace(PLACE, name)
        address = json.dumps(app.config.repository.rstrip("/"))
        text = text.replace(REPOSITORY, f"const repository = {address}")
        script.write_text(text, "utf-8")


def bundled(entry, define, folder):
    """Bundle a script with what it imports; returns its name."""
    task = {
        "entries": [str(entry)],
        "define": {key: json.dumps(value) for key, value in define.items()},
        "outdir": folder,
    }
    command = [NODE, Path(__file__).with_name("bundle.mjs")]
    done = subprocess.run(  # noqa: S603
        command,
        input=json.dumps(task),
        stdout=subprocess.PIPE,
        check=True,
        encoding="utf-8",
    )
    return json.loads(done.stdout)[entry.name]


def written_widgets(folder):
    """Write script and style of each widget, as notebooks get them; returns names."""
    stems = {kind.__module__.rpartition(".")[2]: kind for kind in kinds(Widget)}
    texts = {}
    for stem, kind in stems.items():
        texts |= {f"{stem}.js": str(kind._esm), f"{stem}.css": str(kind._css)}
    names = {
        name: keep(folder / name, text.encode())
        for name, text in minified(texts).items()
    }
    return {stem: [names[f"{stem}.js"], names[f"{stem}.css"]] for stem in stems}


def kinds(base):
    """The classes below this one that are no base themselves."""
    below = base.__subclasses__()
    return [kind for child in below for kind in kinds(child)] if below else [base]


def setup(app):
    """Connect to Sphinx: before the shared script is joined (slim.py)."""
    live = Live()
    app.connect("env-updated", live.note)
    app.connect("build-finished", live.write, priority=800)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
