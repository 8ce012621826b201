"""Pages without what neither a browser nor a style sheet reads: half a kilobyte each.

Names that Sphinx gives to everything, wrappers without a look of their own, blanks
between tags.  What is in `pre` stays as it is.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Set
from itertools import product
from string import ascii_lowercase, digits

from lxml import html
from lxml.html import HtmlElement

from ..directives.formulas import STYLE as FORMULA_STYLE
from ..directives.frameworks import PAGE as CALLS
from .live import FOLDER as LIVE_FOLDER
from .page import Page, Site

STATE = "application/vnd.jupyter.widget-state+json"
AS_IT_IS = {"pre", "script", "style"}
LONG_FORMULA = 16  # letters
READ = ".//text()[not(ancestor::*[@aria-hidden])]"
LAST_PART = "./span[@class='katex-html']/span[last()]"
SIGN = re.compile(r"[.,;:?!)\u2019\u201d]+")
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
CLASS = re.compile(r"\.([a-zA-Z][\w-]*)")
# A rule of one piece, which a class alone names; and how many pages are few.
ONE_PIECE = re.compile(r"(?<=\})\.([\w-]+)\{[^{}]*\}")
RARE = 2
PIECE = '//span[@class="katex-html"]//*[@class]'
# A word of a style sheet or script that may name a class, and what only tests look for.
WORD = re.compile(r"[\w-]+")
ASKED_BY_HAND = frozenset({"menu-button", "pst-js-only"})
# What holds only elements: the blanks between them are seen by nobody.
HOLDERS = "//*[self::head or self::ul or self::ol or self::table or self::thead "
HOLDERS += "or self::tbody or self::tr or self::svg or self::symbol]"
# What stands on lines of its own: blanks before and after it are seen by nobody either.
BLOCKS = {
    "div",
    "section",
    "p",
    "ul",
    "ol",
    "h2",
    "h3",
    "h4",
    "table",
    "details",
    "nav",
}
AROUND = "//*[self::div or self::section or self::article or self::main or self::nav]"


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
        for piece in page.all(PIECE):
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
        for around in page.all(AROUND):
            if (
                len(around)
                and around[0].tag in BLOCKS
                and not (around.text or "").strip()
            ):
                around.text = None
            for element in around:
                if element.tag in BLOCKS and not (element.tail or "").strip():
                    element.tail = None


def leave_to_a_script(site: Site) -> None:
    """Take out what book/assets/frame.js makes of the headings of a page.

    The pages of the package keep their contents: they list what has no heading.
    """
    for page in site.pages:
        for sign in page.all('//*[not(@class="eqno")]/a[@class="headerlink"]'):
            sign.drop_tree()
        if page.all('//article//dl[starts-with(@class, "py ")]'):
            continue
        for contents in page.all('//nav[@id="pst-page-toc-nav"]/ul'):
            contents.drop_tree()
        for rail in page.all('//div[@id="pst-secondary-sidebar"]'):
            rail.set("class", f"{rail.get('class')} pst-js-only")


def drop_names_that_nothing_asks_for(site: Site) -> None:
    """Leave of the names of classes what a style sheet or a script of the site says."""
    said = ASKED_BY_HAND.union(*map(WORD.findall, [*own(site), *site.texts.values()]))
    for page in site.pages:
        for element in page.all("//*[@class]"):
            names = element.get("class").split()
            if names := [name for name in names if asked(name, said)]:
                element.set("class", " ".join(names))
            else:
                del element.attrib["class"]


def shorten_names_in_formulas(site: Site) -> None:
    """Give names of a letter or two to what only the style sheet of formulas asks for.

    A chapter has thousands of them.  Those that begin with "katex" are known elsewhere.
    """
    sheet = site.texts[FORMULA_STYLE]
    others = [text for name, text in site.texts.items() if name != FORMULA_STYLE]
    said = set().union(*map(WORD.findall, [*own(site), *others]))
    elements = [e for page in site.pages for e in page.all(PIECE)]
    counts = Counter(name for e in elements for name in e.get("class").split())
    taken = {name for text in others for name in CLASS.findall(text)} | counts.keys()
    free = (name for name in short_names() if name not in taken)
    short = {
        name: next(free)
        for name, _ in counts.most_common()
        if not asked(name, said) and not name.startswith("katex")
    }
    for element in elements:
        names = element.get("class").split()
        element.set("class", " ".join(short.get(name, name) for name in names))
    site.texts[FORMULA_STYLE] = re.sub(
        CLASS, lambda name: f".{short.get(name[1], name[1])}", sheet
    )


def leave_rare_rules_to_their_pages(site: Site) -> None:
    """Put the rules of pieces of formulas that one page or two have into those pages.

    Most pieces stand nowhere else.  Not those of the page on other libraries, which
    chapters show as well (book/assets/calls.js).
    """
    sheet = site.texts[FORMULA_STYLE]
    users: dict[str, list[Page]] = {name: [] for name in ONE_PIECE.findall(sheet)}
    for page in site.pages:
        drawn = {name for e in page.all(PIECE) for name in e.get("class").split()}
        for name in sorted(drawn & users.keys()):
            users[name].append(page)
    own: dict[str, str] = {}

    def leave(rule: re.Match[str]) -> str:
        pages = users[rule[1]]
        is_common = not 1 <= len(pages) <= RARE  # or holds a formula, as ".katex"
        if is_common or any(page.name == f"book/{CALLS}" for page in pages):
            return rule[0]
        for page in pages:
            own[page.name] = own.get(page.name, "") + rule[0]
        return ""

    site.texts[FORMULA_STYLE] = ONE_PIECE.sub(leave, sheet)
    for page in site.pages:
        if page.name in own:
            style = html.Element("style")
            style.text = own[page.name]
            page.head.append(style)


def asked(name: str, said: Set[str]) -> bool:
    """Whether a style sheet or a script says this name of a class.

    Of some they say the beginning only, "part-", which they complete.
    """
    return bool({name, name[: name.rfind("-") + 1]} & said)


def short_names() -> Iterator[str]:
    """Names of one letter, then of two."""
    yield from ascii_lowercase
    yield from map("".join, product(ascii_lowercase, ascii_lowercase + digits))


def own(site: Site) -> list[str]:
    """The scripts and style sheets that are ours, and not yet of all pages."""
    files = [*site.static.glob("*.*s"), *(site.out / LIVE_FOLDER).glob("*.js")]
    return [path.read_text("utf-8") for path in files if path not in site.given]


def tie_numbers_to_percent_signs(site: Site) -> None:
    """Let no line begin with the sign of a number."""
    for page in site.pages:
        rewrite(
            page.tree, lambda text: re.sub(r"(?<=\d) %", "\N{NO-BREAK SPACE}%", text)
        )


def tie_signs_to_formulas(site: Site) -> None:
    """Let no line begin with the sign that ends a sentence after a formula.

    Browsers may break a line before it, for they see a box and no letter. A long
    formula may be broken itself, but not there.
    """
    for page in site.pages:
        for formula in page.all('//article//span[@class="katex"][not(ancestor::pre)]'):
            sign = SIGN.match(formula.tail or "")
            if sign and "katex-display" not in (formula.getparent().get("class") or ""):
                is_long = len("".join(formula.xpath(READ))) > LONG_FORMULA
                tied = html.Element("span", {"class": "tied" + " loose" * is_long})
                tied.tail, formula.tail = formula.tail[sign.end() :], sign[0]
                formula.addprevious(tied)
                tied.append(formula)
                for last in formula.xpath(LAST_PART) if is_long else ():
                    whole = html.Element("span", {"class": "whole"})
                    last.addprevious(whole)
                    whole.append(last)


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
