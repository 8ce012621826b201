"""Quizzes and cards on the page: their HTML as it is, and a script that enlivens it.

Only pages that show them load the script and the style sheets, and the scripts of what
stands far down only when a reader comes near.
"""

import re

from lxml import html
from lxml.html import HtmlElement
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError

from lossbook.study.static import KINDS

from .assets import keep, keep_json
from .page import Page, Site
from .scripts import STUDY

# How all looks that Today may ask: fetched when it begins to.
OF_ALL = ("quiz", "cards", *KINDS)
ASKED = ("questions", "cards", "steps", "exercises")
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
    What is told about a drawing has a file of its own: it is there when one draws.
    """
    for page, roots in site.some("//*[@data-study][.//template]"):
        for root in roots:
            texts = {"rules": "", "variants": ""}
            for question in root.xpath(".//fieldset[.//template]"):
                found = question.findall(".//template")
                if count := sum(part.get("class") is None for part in found):
                    question.set("data-rows", str(count + 1))
                for part in found:
                    part.set("data-id", question.get("data-id"))
                    kind = part.get("class", "variants")
                    texts[kind] += html.tostring(
                        part, encoding="unicode", with_tail=False
                    )
                    part.drop_tree()
            for kind, text in texts.items():
                if text:
                    path = site.static / f"{page.path.stem}-{kind}.txt"
                    name = keep(path, text.encode())
                    root.set(f"data-{kind}", f"{page.top}_static/{name}")


def keep_things(site: Site) -> None:
    """Put what stands behind Today and the passport into files beside them.

    Only who begins a session, or has done something, needs it.
    """
    for page, roots in site.some("//*[@data-study='today' or @data-study='passport']"):
        for number, root in enumerate(roots, 1):
            lists = [
                {kind: row.attrib.pop(f"data-{kind}", "").split() for kind in ASKED}
                for row in root.xpath(".//li[@data-questions]")
            ]
            path = site.static / f"{page.path.stem}-things-{number}.json"
            root.set("data-things", f"{page.top}_static/{keep_json(path, lists)}")


def load_scripts(site: Site) -> None:
    """Let the pages load what they need.

    How all looks is there from the beginning, so that nothing changes its height later.
    The script of what stands at the end of a page is fetched when a reader comes near;
    for the first thing of a page it is asked for early.
    """
    for page, roots in site.some("//*[@data-study]"):
        page.add_module(site.names[STUDY])
        page.add_sheets(name for root in roots for name in sheets(site, root))
        early = [root for root in roots if is_first(root)]
        for root in roots:
            if root not in early:
                root.set("data-below", "")
            if root.get("data-study") == "today":
                later = [n for each in OF_ALL for n in site.whole(f"{each}.css")]
                links = [f"{page.top}_static/{n}" for n in dict.fromkeys(later)]
                root.set("data-later", " ".join(links))
        kinds = sorted({each for root in early for each in parts(root)})
        scripts = [name for kind in kinds for name in site.whole(f"{kind}.js")]
        for name in dict.fromkeys(scripts):
            page.head.append(page.link("modulepreload", name))


def parts(root: HtmlElement) -> list[str]:
    """What has a script and a style sheet: the widget, and some of its questions."""
    asked = {question.get("data-kind") for question in root.iter("fieldset")}
    return [root.get("data-study"), *(kind for kind in KINDS if kind in asked)]


def sheets(site: Site, root: HtmlElement) -> list[str]:
    """The files of their style sheets.

    Those of what is due today, which takes its questions from other pages, come later.
    """
    return list(
        dict.fromkeys(n for each in parts(root) for n in site.whole(f"{each}.css"))
    )


def is_first(root: HtmlElement) -> bool:
    """Whether a quiz or deck is what its page begins with, below its title."""
    before: float = root.xpath("count(preceding::h2[ancestor::article])")
    return before <= 1 and not root.xpath("preceding::*[@data-explorer or @data-model]")
