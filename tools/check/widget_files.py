"""Which files the widgets of a page fetch, and how many bytes travel for them."""

import gzip
import json
import re
from pathlib import Path

from lxml import html

PLACES = "//*[@data-model]/@data-model"
HOST = "//script[contains(@src, 'widget_host')]/@src"
IMPORT = re.compile(r'from ?"\./([^"]+)"')


def models(site: Path, page: str) -> dict[str, dict]:
    """The widgets of a page, by the files with their states, in their order."""
    return {
        name: json.loads((site / "_static" / name).read_text("utf-8"))
        for name in found(site, page, PLACES)
    }


def found(site: Path, page: str, path: str) -> list[str]:
    """What stands in a page at an XPath."""
    parser = html.HTMLParser(encoding="utf-8")
    return list(map(str, html.parse(str(site / page), parser).xpath(path)))


def files(site: Path, page: str) -> dict[str, int]:
    """Each file, by its path in the site, with its size once compressed.

    The host, the states, and the scripts and style sheets of the widgets with what they
    import.
    """
    names = {src.rpartition("/")[2] for src in found(site, page, HOST)}
    for name, model in models(site, page).items():
        names |= {name, model["state"]["_esm"], *model["state"]["_css"]}
    for name in [name for name in names if name.endswith(".js")]:
        names |= set(IMPORT.findall((site / "_static" / name).read_text("utf-8")))
    return {
        f"_static/{name}": len(gzip.compress((site / "_static" / name).read_bytes(), 9))
        for name in sorted(names)
    }
