"""What readers copy of formulas: their LaTeX, in a file that a page loads when asked.

In the page it would weigh on everybody (book/assets/book.js).
"""

import json

from .assets import keep
from .page import Site

PLACES = "//div[@data-tex]"


def keep_tex(site: Site) -> None:
    """Put the LaTeX of the displayed formulas of each page into a file of its own."""
    for page, formulas in site.some(PLACES):
        content = json.dumps([formula.attrib.pop("data-tex") for formula in formulas])
        name = keep(site.static / f"{page.path.stem}.tex.json", content.encode())
        page.one("//article").set("data-tex", f"{page.top}_static/{name}")
