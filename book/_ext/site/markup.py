"""Pages without what neither a browser nor a style sheet reads: half a kilobyte each.

Names that Sphinx gives to everything, wrappers without a look of their own, blanks
between tags.  What is in `pre` stays as it is.
"""

import re
from collections.abc import Callable

from lxml.html import HtmlElement

from .live import FOLDER as LIVE_FOLDER
from .page import Site

STATE = "application/vnd.jupyter.widget-state+json"
AS_IT_IS = {"pre", "script", "style"}
BLANKS = re.compile(r"\s*\n\s*")
# Names of classes that no style sheet of the site has.
CLASSES = re.compile(
    r"^(?:current )?reference internal ?|^reference external$|^toc-h\d nav-item "
    r"|(?<=\w) notranslate$|^row-(?:odd|even)$"
)
# Wrappers: Sphinx's in links; what would join a formula to its TeX, which is dropped;
# names, signs and brackets in code, in the colour that all code has: most of it.
WRAPPERS = (
    '//a/span[starts-with(@class, "std std-") and not(following-sibling::node())]'
    " | //semantics"
    ' | //span[not(*) and (@class="n" or @class="p" or @class="w" or @class="o")]'
)
# Kinds of pieces of formulas, which no style sheet of KaTeX looks for.
PIECES = re.compile(r"\bm(?:ord|bin|rel|open|close|op|punct|inner|tight)\b ?")
# A word of a style sheet or script that may name a class, and what only tests look for.
WORD = re.compile(r"[\w-]+")
ASKED_BY_HAND = frozenset({"menu-button", "pst-js-only"})
# What holds only elements: the blanks between them are seen by nobody.
HOLDERS = "//*[self::head or self::ul or self::ol or self::table or self::thead "
HOLDERS += "or self::tbody or self::tr or self::svg or self::symbol]"


def shorten(site: Site) -> None:
    """Drop all that from every page."""
    for page in site.pages:
        for element in page.all(WRAPPERS):
            element.drop_tag()
        for element in page.some("//*[@class]"):
            name = element.get("class")
            name = name.replace("docutils literal notranslate", "literal")
            element.set("class", CLASSES.sub("", name))
            if not element.get("class"):
                del element.attrib["class"]
        for piece in page.all('//span[@class="katex-html"]//*[@class]'):
            piece.set("class", PIECES.sub("", piece.get("class")).strip())
            if not piece.get("class"):
                del piece.attrib["class"]
        for formula in page.all("//math[@xmlns]"):  # which HTML knows by its tag
            del formula.attrib["xmlns"]
            if formula.get("display") == "inline":
                del formula.attrib["display"]
        # What stands in for widgets in notebooks (tools/author/chapters.py).
        for script in page.all(f'//script[@type="{STATE}"]'):
            script.drop_tree()
        # Sphinx and docutils write one each.
        for second in page.some('//meta[@name="viewport"]')[1:]:
            second.drop_tree()
        for script in page.some("//head//script[text()]"):
            script.text = BLANKS.sub("\n", script.text).strip()
        rewrite(page.tree, lambda text: BLANKS.sub("\n", text))
        for holder in page.all(HOLDERS):
            holder.text = (holder.text or "").strip() or None
            for element in holder:
                element.tail = (element.tail or "").strip() or None


def drop_names_that_nothing_asks_for(site: Site) -> None:
    """Leave of the names of classes what a style sheet or a script of the site says.

    Of some they say the beginning only, "part-", which they complete.
    """
    files = [*site.static.glob("*.*s"), *(site.out / LIVE_FOLDER).glob("*.js")]
    texts = [path.read_text("utf-8") for path in files if path not in site.given]
    said = ASKED_BY_HAND.union(*map(WORD.findall, [*texts, *site.texts.values()]))
    for page in site.pages:
        for element in page.all("//*[@class]"):
            names = element.get("class").split()
            if names := [n for n in names if {n, n[: n.rfind("-") + 1]} & said]:
                element.set("class", " ".join(names))
            else:
                del element.attrib["class"]


def tie_numbers_to_percent_signs(site: Site) -> None:
    """Let no line begin with the sign of a number."""
    for page in site.pages:
        rewrite(
            page.tree, lambda text: re.sub(r"(?<=\d) %", "\N{NO-BREAK SPACE}%", text)
        )


def rewrite(element: HtmlElement, change: Callable[[str], str]) -> None:
    """Change every running text in an element, and its descriptions."""
    if element.tag in AS_IT_IS or not isinstance(element.tag, str):  # a comment
        return
    element.text = element.text and change(element.text)
    for name in ("alt", "content", "title"):
        if text := element.get(name):
            element.set(name, change(text))
    for child in element:
        rewrite(child, change)
        child.tail = child.tail and change(child.tail)
