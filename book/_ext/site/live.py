"""Python in the reader's browser: cells that run on the page.

Unless the builder says LOSSBOOK_LITE=0; then no page shows a button that would do
nothing.  A page asks for none of this before its reader does: the Run buttons
(book/assets/live/run_button.js) know the name of the one script to load then.
"""

import json
import os
from pathlib import Path

from sphinx.environment import BuildEnvironment

from .assets import bundled
from .page import Site
from .scripts import files_of_widgets

LIVE, WORKER = "live.js", "worker.js"
FOLDER = "live"


def bundle_what_runs_python(site: Site) -> None:
    """Write the scripts that run cells: the worker, then what asks it."""
    if os.environ.get("LOSSBOOK_LITE") == "0":
        return
    folder, target = site.source / "book" / "assets" / "live", site.out / FOLDER
    site.add(bundled([folder / WORKER], target))
    widgets = {
        stem: [f"../_static/{name}" for name in files]
        for stem, files in files_by_stem(site).items()
    }
    constants = {
        "WORKER": site.names[WORKER],
        "WIDGETS": widgets,
        "CELLS": cells_that_show(site.env),
    }
    site.add(bundled([folder / LIVE], target, **constants))


def files_by_stem(site: Site) -> dict[str, list[str]]:
    """Of each widget its script, and its style sheets."""
    stems = [path.stem for path in files_of_widgets()]
    return {
        stem: [site.names[f"{stem}.js"], *site.whole(f"{stem}.css")] for stem in stems
    }


def cells_that_show(env: BuildEnvironment) -> dict[str, list[str]]:
    """The ids of the cells whose code a page shows, in their order, by page."""
    cells = {}
    for name in sorted(env.found_docs):
        path = Path(env.doc2path(name))
        if path.suffix == ".ipynb":
            notebook = json.loads(path.read_text("utf-8"))
            cells[path.stem] = [
                cell["id"]
                for cell in notebook["cells"]
                if cell["cell_type"] == "code"
                and "remove-input" not in cell["metadata"].get("tags", [])
            ]
    return cells
