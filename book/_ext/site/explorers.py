"""Interactive figures come alive on the page, with no kernel.

Each place (directives/explorers.py) says which call makes its figure.  The state of
each goes into a file, which the page's script fetches when a reader comes near.
"""

import re
from typing import Any

from lossbook.widgets import Explorer

from ..directives.explorers import made
from .assets import keep_json
from .page import Site
from .scripts import EXPLORERS

PLACES = "//*[@data-explorer]"
# Traits that only JupyterLab's widget manager reads.
NOT_OURS = re.compile(
    r"_(model|view|dom|anywidget)_\w+|layout|tabbable|tooltip|heights"
)


def place(site: Site) -> None:
    """Write the states, and let the pages load what shows them."""
    for page, places in site.some(PLACES):
        for number, each in enumerate(places, 1):
            explorer = made(each.attrib.pop("data-explorer"))
            name = f"{page.path.stem}-{number}"
            each.set("data-model", kept(site, explorer, name))
        page.add_module(site.names[EXPLORERS])


def kept(site: Site, explorer: Explorer, name: str) -> str:
    """Write what the page's script needs of an explorer; returns the file's name."""
    stem = type(explorer).__module__.rpartition(".")[2]
    files = {"_esm": site.names[f"{stem}.js"], "_css": site.whole(f"{stem}.css")}
    entry = {"state": state_of(explorer) | files}
    return keep_json(site.static / f"{name}.json", entry)


def state_of(explorer: Explorer) -> dict[str, Any]:
    """What the script of an explorer reads."""
    state = explorer.get_state()
    return {name: state[name] for name in sorted(state) if not NOT_OURS.fullmatch(name)}
