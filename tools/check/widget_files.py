"""Which files the widgets of a page fetch, and how many bytes travel for them."""

import gzip
import json
import re
from pathlib import Path

from lxml import html

HOST = "//script[@data-state]"
IMPORT = re.compile(r'from ?"\./([^"]+)"')


def loaded(site: Path, page: str) -> tuple[str, str] | None:
    """The names in `_static` of a page's host and of the state that it shows."""
    parser = html.HTMLParser(encoding="utf-8")
    for script in html.parse(str(site / page), parser).xpath(HOST):
        return script.get("src").rpartition("/")[2], script.get("data-state")
    return None


def models(site: Path, page: str) -> dict[str, dict]:
    """The widgets of a page, by id, as the site keeps them."""
    if not (found := loaded(site, page)):
        return {}
    return json.loads((site / "_static" / found[1]).read_text("utf-8"))


def files(site: Path, page: str) -> dict[str, int]:
    """Each file, by its path in the site, with its size once compressed.

    The host, the state of the page, and the scripts and style sheets of its widgets
    with what they import.
    """
    names = set(loaded(site, page) or ())
    for model in models(site, page).values():
        names |= {model["state"]["_esm"], model["state"]["_css"]}
    for name in [name for name in names if name.endswith(".js")]:
        names |= set(IMPORT.findall((site / "_static" / name).read_text("utf-8")))
    return {
        f"_static/{name}": len(gzip.compress((site / "_static" / name).read_bytes(), 9))
        for name in sorted(names)
    }
