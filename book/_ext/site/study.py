"""Quizzes and cards on the page: their HTML as it is, and a script that enlivens it.

Only pages that show them load the script and the style sheets, and what stands far down
only when a reader comes near.
"""

import re

from lxml import html
from lxml.html import HtmlElement
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError

from .assets import keep
from .page import Page, Site
from .scripts import STUDY

# A link in the HTML of a cell, which neither Sphinx nor MyST reads.
TO_PAGE = re.compile(r"((?:api/)?\w+)\.(?:ipynb|md)(?:#([\w-]+))?")


def lead_links(site: Site) -> None:
    """Lead the links of quizzes and cards to pages of the site."""
    for page, links in site.some("//*[@data-study]//a[@href]"):
        for link in links:
            if found := TO_PAGE.fullmatch(link.get("href")):
                link.set("href", address(site.env, page, *found.groups()))


def address(env: BuildEnvironment, page: Page, name: str, slug: str | None) -> str:
    """Where a heading of a notebook or text is on the site, seen from a page."""
    if slug is None:
        return f"{name}.html"
    document = f"{page.name.rpartition('/')[0]}/{name}"
    try:
        _, place, _ = env.metadata[document]["myst_slugs"][slug]
    except KeyError as error:
        raise ExtensionError(
            f"the page {page.name} links to {document}, which has no heading {slug}"
        ) from error
    return f"{name}.html#{place}"


def keep_variants(site: Site) -> None:
    """Put what questions ask with other numbers into a file beside each page.

    No reader sees it before a right answer, and a tenth of the page would be that.
    """
    for page, roots in site.some("//*[@data-study][.//template]"):
        for root in roots:
            text = ""
            for question in root.xpath(".//fieldset[.//template]"):
                for variant in question.findall(".//template"):
                    variant.set("data-id", question.get("data-id"))
                    text += html.tostring(variant, encoding="unicode", with_tail=False)
                    variant.drop_tree()
            path = site.static / f"{page.path.stem}-variants.txt"
            root.set("data-variants", f"{page.top}_static/{keep(path, text.encode())}")


def load_scripts(site: Site) -> None:
    """Let the pages load what they need.

    What stands at the end of a page is fetched when a reader comes near; for the first
    thing of a page all is asked for early.
    """
    for page, roots in site.some("//*[@data-study]"):
        page.add_module(site.names[STUDY])
        early = [root for root in roots if is_first(root)]
        for root in roots:
            if root not in early:
                sheet = site.names[f"{root.get('data-study')}.css"]
                root.set("data-sheet", f"{page.top}_static/{sheet}")
        kinds = sorted({root.get("data-study") for root in early})
        for kind in kinds:
            page.head.append(page.link("stylesheet", site.names[f"{kind}.css"]))
        own = [f"{kind}.js" for kind in kinds]
        scripts = [n for each in own for n in [*site.imports[each], site.names[each]]]
        for name in dict.fromkeys(scripts):
            page.head.append(page.link("modulepreload", name))


def is_first(root: HtmlElement) -> bool:
    """Whether a quiz or deck is what its page begins with, below its title."""
    before: float = root.xpath("count(preceding::h2[ancestor::article])")
    return before <= 1
