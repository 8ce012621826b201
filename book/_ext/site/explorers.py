"""Interactive figures come alive on the page, with no kernel.

Each place (directives/explorers.py) says which call makes its figure.  The state of
all figures of a page goes into one file, which the page's script fetches.
"""

import json
import re
from typing import Any

from lossbook.widgets import Explorer

from ..directives.explorers import made
from .assets import keep
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
        states: dict[str, Any] = {}
        for number, each in enumerate(places, 1):
            explorer = made(each.attrib.pop("data-explorer"))
            stem = type(explorer).__module__.rpartition(".")[2]
            model = f"{stem}-{number}"
            each.set("data-model", model)
            files = {
                "_esm": site.names[f"{stem}.js"],
                "_css": site.names[f"{stem}.css"],
            }
            states[model] = {"state": state_of(explorer) | files}
        content = json.dumps(states, ensure_ascii=False, separators=(",", ":"))
        name = keep(site.static / f"{page.path.stem}.json", content.encode())
        site.names[f"{page.path.stem}.json"] = name
        page.add_module(site.names[EXPLORERS], **{"data-state": name})


def state_of(explorer: Explorer) -> dict[str, Any]:
    """What the script of an explorer reads."""
    state = explorer.get_state()
    return {name: state[name] for name in sorted(state) if not NOT_OURS.fullmatch(name)}
