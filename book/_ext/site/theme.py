"""A style sheet and a script for the whole site, instead of forty files a page.

The files that the theme and other extensions ask for are joined, the rules that no
page uses are dropped (purge.mjs), what later ones overrule too (cascade.mjs), and pages
load the results instead.
"""

import re
import textwrap
from collections.abc import Iterable
from typing import Any

from docutils import nodes
from lxml.html import HtmlElement
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from ..directives.formulas import STYLE as FORMULA_STYLE
from . import search
from .assets import keep, minified, run_node
from .live import FOLDER, LIVE
from .page import Site
from .scripts import CALLS
from .templates import Draft, tell

# What the theme loads by a template, which ours, static/webpack-macros.html, empties.
THEME_STYLES = ["basic.css", "styles/theme.css", "styles/pydata-sphinx-theme.css"]
THEME_SCRIPT = "scripts/pydata-sphinx-theme.js"
# What marks the words that were searched for: fetched by readers who searched only.
MARKS = "marks.js"
OPTIONS = "documentation_options.js"
MARKING = [OPTIONS, "doctools.js", "sphinx_highlight.js"]
# Is for sidebars that our frame has not, and for tabs, which are ours (book.js).
UNUSED = ["scripts/sphinx-book-theme.js", "design-tabs.js"]
# Colours of code, which has none here (cells.py).
COLOURS = "pygments.css"
# What the theme's script does for things that our frame has not: banners, a choice of
# versions, a sidebar that folds or keeps its place; and for the rail, whose mark stays
# behind a reader who jumps (book.js has ours).  Without it, half of that is left.
LEFT_OUT = [
    (
        r'(\w+\(function\(\)\{)const e=document\.querySelector\("#pst-page-toc-nav"\)'
        r'.*?window\.addEventListener\("resize",_\(c,300\)\),c\(\)\}\)',
        r"\1})",
    ),
    (r"await Promise\.allSettled\(\[\w+\(\),\w+\(\)\]\);", ""),
    (r'document\.querySelector\("\.pst-async-banner-revealer"\)', "null"),
    (
        r'if\(!document\.querySelector\("\.bd-docs-nav"\)\)return;.*?'
        r'setItem\("sidebar-scroll-top",e\.scrollTop\)\}\)',
        "",
    ),
    (
        r'try\{!function\(\)\{const e=document\.getElementById\("pst-collapse-sidebar-'
        r'button"\).*?console\.error\(e\)\}',
        "",
    ),
    (r'document\.querySelectorAll\("\.dropdown-menu"\)\.forEach\(.*?"\)\}\),', ""),
    # What scrolls is reached by the keyboard through book.js, at less cost.
    (
        r'const e=\(\)=>\{document\.querySelectorAll\(\["pre",.*?'
        r"childList:!0\}\),e\(\)",
        "",
    ),
    (r"console\.log\(`\[PST\]: Changed to [^`]*`\),", ""),
]
# Ours searches while one types (book/assets/search).
NOT_SET = {"DOCUMENTATION_OPTIONS.search_as_you_type": False}
IN_A_FUNCTION = re.compile(r'^\(\(\)=>\{("use strict";.*)\}\)\(\);', re.DOTALL)
SHEET, SCRIPT, REFERENCE_SHEET = "site.css", "site.js", "reference.css"
HAS_FORMULAS = '//*[@class="katex"]'
# The style sheets in the order in which pages load them: what each is joined from, and
# what a page has that loads it.  In that of all pages is what stands in no other.
SHEETS: dict[str, tuple[list[str], str]] = {
    FORMULA_STYLE: (["katex.min.css", FORMULA_STYLE], HAS_FORMULAS),
    REFERENCE_SHEET: ([], '//dl | //*[contains(@class, "admonition")]'),
    SHEET: ([], "/html"),
    "cells.css": (["cells.css"], '//div[starts-with(@class, "cell")]'),
    "chapter.css": (
        ["sphinx-design.min.css", "chapter.css"],
        '//p[@class="kicker"] | //div[contains(@class, "sd-tab-set")]',
    ),
    "front.css": (["front.css"], '//body[@data-page="front"]'),
    "atlas.css": (["atlas.css"], '//*[starts-with(@class, "loss-card")]'),
}
# Rules that only pages on the package need: they are taken out of the sheet of all
# pages, and come before it, if each of their selectors has one of these words.
REFERENCE = r"admonition|seealso|field-list|rubric|doctest|span\.gp|\.sig\b|\bd[dlt]\b"
# Every page has headings, and nearly every formula needs the other two: asked for
# early, so that nothing moves.
HEADINGS = "headings.woff2"
PRELOAD = ["KaTeX_Main-Regular.woff2", "KaTeX_Math-Italic.woff2"]
# A variable that a style sheet reads, or a script.
VARIABLE = re.compile(r"var\(\s*(--[\w-]+)")
# Where a style sheet asks for a file beside it.
ADDRESS = re.compile(r"(?<=url\()([\w.-]+)(?=\))")


def describe(draft: Draft) -> dict[str, Any]:
    """Tell the templates what a page is about, and in which language it says so."""
    fallback = f"{draft.known.get('title', '')}: {draft.app.config.html_title}"
    return {
        "description": first_words(draft.doctree) or fallback,
        # Not Sphinx's own setting: that would add a script of translations.
        "language": "en-GB",
    }


def first_words(doctree: nodes.document | None) -> str:
    """The first paragraph without formulas, for search engines and previews."""
    paragraphs = doctree.findall(nodes.paragraph) if doctree else ()
    plain = (node.astext() for node in paragraphs if not any(node.findall(nodes.math)))
    return textwrap.shorten(next(plain, ""), 155, placeholder=" …")


def join_files(site: Site) -> None:
    """Take the shared files out of the pages, and join them.

    The scripts share one function, so that their names meet no others.
    """
    styles = dict.fromkeys(THEME_STYLES)  # a dict, for it keeps the order
    scripts: dict[str, None] = {}
    for page in site.pages:
        for sheet in page.some('//link[@rel="stylesheet"]'):
            styles[name_of(sheet.get("href"))] = None
            sheet.drop_tree()
        for script in page.some('//script[contains(@src, "_static/")]'):
            scripts[name_of(script.get("src"))] = None
            script.drop_tree()
        for script in page.some('//script[contains(., "DOCUMENTATION_OPTIONS.")]'):
            script.drop_tree()  # for themes that have a switcher of versions
    if missing := {*MARKING, *UNUSED} - {*scripts}:
        raise ExtensionError(f"the theme loads no {', '.join(sorted(missing))}")
    for name in {*MARKING, *UNUSED}:
        del scripts[name]
    apart = {COLOURS, *(name for names, _ in SHEETS.values() for name in names)}
    others = [name for name in styles if name not in apart]
    texts = {name: read(site, name) for name in scripts}
    texts[THEME_SCRIPT] = what_the_frame_uses(texts[THEME_SCRIPT])
    site.texts[SCRIPT] = in_a_function(texts.values())
    for sheet, (names, _) in SHEETS.items():
        files = others if sheet == SHEET else names
        site.texts[sheet] = "\n".join(read(site, name) for name in files)


def what_the_frame_uses(script: str) -> str:
    """The theme's script without what is for things that no page has."""
    for pattern, instead in LEFT_OUT:
        script, count = re.subn(pattern, instead, script, flags=re.DOTALL)
        if not count:
            raise ExtensionError(f"the theme's script has nothing like {pattern}")
    if not (inner := IN_A_FUNCTION.match(script)):
        raise ExtensionError("the theme's script is no longer one function")
    # Only what stands at the top can be seen to be called by nobody.
    left = minified(inner[1], "js", shake=True, **NOT_SET)
    if "DOCUMENTATION_OPTIONS" in left:
        raise ExtensionError(f"the theme's script reads what is in {OPTIONS}")
    return left


def in_a_function(scripts: Iterable[str]) -> str:
    """Scripts one after the other, whose names meet no others."""
    texts = [re.sub(r"//# sourceMappingURL=.*", "", script) for script in scripts]
    return "(() => {" + "\n;\n".join(texts) + "\n})();"


def marks(site: Site) -> str:
    """The script that marks what was searched for, in the article.

    Sphinx looks for a "div.body", which this theme has not, and would then mark it in
    the menus as well.  The link "Hide Search Matches" calls it by a global name.
    """
    texts = [read(site, name).replace('"div.body"', '"article"') for name in MARKING]
    script = in_a_function([*texts, "window.SphinxHighlight = SphinxHighlight;"])
    return keep(site.static / MARKS, minified(script, "js").encode())


def drop_what_no_page_uses(site: Site) -> None:
    """Leave of the style sheets what some page can use; and minify all."""
    sheets = {name: site.texts[name] for name in SHEETS}
    script, pages = site.texts[SCRIPT], [page.text() for page in site.pages]
    own = sorted((site.source / "book" / "assets").rglob("*.js"))
    ours = {*site.static.glob("*.js"), *site.static.glob("*.css")} - site.given
    read_by_ours = {
        name for path in ours for name in VARIABLE.findall(path.read_text("utf-8"))
    }
    task = {
        "css": sheets,
        "apart": {"from": SHEET, "to": REFERENCE_SHEET, "words": REFERENCE},
        "js": "\n".join(path.read_text("utf-8") for path in own),
        "html": pages,
        "elements": kinds_of_elements(site),
        "variables": sorted(read_by_ours),
    }
    used = run_node("purge.mjs", task)
    site.texts |= {name: minified(sheet, "css") for name, sheet in used.items()}
    constants = {
        "LIVE_SCRIPT": f"../{FOLDER}/{site.names[LIVE]}" if LIVE in site.names else "",
        "SEARCH_SCRIPT": site.names[search.SCRIPT],
        "CALLS_SCRIPT": site.names[CALLS],
        "MARKS_SCRIPT": marks(site),
        "REPOSITORY": site.app.config.repository.rstrip("/"),
    }
    for name in constants:
        if name not in script:
            raise ExtensionError(f"no script of all pages uses {name}")
    site.texts[SCRIPT] = minified(script, "js", **constants)


def kinds_of_elements(site: Site) -> list[dict[str, Any]]:
    """Of all elements each tag with its names once, and what such ones stand in.

    A rule for what stands nowhere in this frame is then seen to be one.
    """
    numbers: dict[tuple[str, str, frozenset[str]], int] = {}
    parents: list[set[int]] = []
    ancestors: list[set[int]] = []

    def walk(element: HtmlElement, above: tuple[int, ...]) -> None:
        if not isinstance(element.tag, str):  # a comment
            return
        names = frozenset(element.get("class", "").split())
        kind = element.tag, element.get("id", ""), names
        if (number := numbers.setdefault(kind, len(numbers))) == len(parents):
            parents.append(set())
            ancestors.append(set())
        parents[number] |= {*above[-1:]}
        ancestors[number] |= {*above}
        for child in element:
            walk(child, (*above, number))

    for page in site.pages:
        walk(page.tree, ())
    return [
        {
            "tag": tag,
            "id": [name] if name else [],
            "classes": sorted(classes),
            "parents": sorted(parents[number]),
            "ancestors": sorted(ancestors[number]),
        }
        for (tag, name, classes), number in numbers.items()
    ]


def name_files(site: Site) -> None:
    """Name the files after their content, and let each page load what it needs."""
    for name, text in site.texts.items():
        site.names[name] = keep(site.static / name, text.encode())
    for page in site.pages:
        sheets = [sheet for sheet, (_, sign) in SHEETS.items() if page.all(sign)]
        fonts = [HEADINGS, *(PRELOAD if page.all(HAS_FORMULAS) else [])]
        early = {"as": "font", "type": "font/woff2", "crossorigin": ""}
        links = [page.link("preload", site.names[f], **early) for f in fonts]
        links += [page.link("stylesheet", site.names[sheet]) for sheet in sheets]
        place = page.one("//head/noscript")  # before it runs what must run first
        for link in reversed(links):
            place.addnext(link)
        page.add_script(site.names[SCRIPT])


def remove_what_no_page_loads(site: Site) -> None:
    """Remove what was joined, and 5 MB of the theme that no page asks for."""
    wanted: set[str] = set()
    for page in site.pages:
        addresses = page.all("//@href | //@src")
        wanted |= {name_of(address) for address in addresses if "_static/" in address}
    for text in site.texts.values():
        wanted |= set(ADDRESS.findall(text))
    for path in site.given:
        if path.is_file() and path.relative_to(site.static).as_posix() not in wanted:
            path.unlink()
    for path in sorted(site.static.rglob("*"), reverse=True):
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()


def name_of(address: str) -> str:
    """The name inside `_static` of a style sheet or script, without its query."""
    return address.partition("_static/")[2].partition("?")[0]


def read(site: Site, name: str) -> str:
    """The text of a file in `_static`."""
    return (site.static / name).read_text("utf-8")


def setup(app: Sphinx) -> None:
    """Connect to Sphinx, after the theme."""
    # Jupyter Book sets it, and the extension that knows it is left out.
    app.add_config_value("comments_config", {}, "html")
    app.add_js_file(THEME_SCRIPT)
    tell(app, describe, priority=2000)
