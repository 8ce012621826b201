"""What readers copy of formulas: their LaTeX, in a file that a page loads when asked.

In the page it would weigh on everybody (book/assets/book.js).
"""

from .assets import keep_json
from .page import Site

PLACES = "//div[@data-tex]"


def keep_tex(site: Site) -> None:
    """Put the LaTeX of the displayed formulas of each page into a file of its own."""
    for page, formulas in site.some(PLACES):
        content = [formula.attrib.pop("data-tex") for formula in formulas]
        name = keep_json(site.static / f"{page.path.stem}.tex.json", content)
        page.one("//article").set("data-tex", f"{page.top}_static/{name}")
