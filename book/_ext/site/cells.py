"""Code is one line until a reader wants it; what it printed and drew always shows.

In the chapters, whose text can be read without the code.  The cells of the section Code
are open, for they are what it is about, where they are short.  What draws a figure
stands below it.  All of it is `details`, so it opens without scripts; "Show code" in
the bar (book/assets/book.js) opens all.
"""

import re
from copy import deepcopy

from lxml import html
from lxml.html import HtmlElement

from .page import Page, Site

INPUTS = (
    "//article//div[contains(concat(' ', @class, ' '), ' cell ')]"
    "/div[contains(@class, 'cell_input')]"
)
SHORT = 8  # lines that may stay open
SHORT_PAIR = 20  # letters of a cell and its name that fill half a line on a phone
# What a cell shows: its words, and its formulas as MathML.
PARTS = ".//text()[not(ancestor::math or ancestor::*[@aria-hidden])] | .//math"
# Lines that tell nothing of what a cell is for.
SETTING_UP = re.compile(r"\s*$|import |from |#|@|plots\.use_book_style|rng = ")
ONLY_PICTURES = "../div[contains(@class, 'cell_output')][img and not(div)]"
# Pygments has a name for each kind of word.  Those that have a look become an element;
# the others go, but for prompts, which nobody copies.
KINDS = {"b": re.compile(r"k\w?|ow"), "i": re.compile(r"c\w*")}
PROMPT = "gp"
BUTTON = (
    '<button class="code-switch pst-js-only" type="button" aria-pressed="false">'
    "<span>Show </span>code</button>"
)


def fold(site: Site) -> None:
    """Fold the code of the chapters."""
    root = site.app.config.root_doc
    for page in site.pages:
        if page.name != root and not page.all("//section[@id='goals']"):
            continue
        for cell in page.all(INPUTS):
            fold_one(page, cell)
    for page in site.pages:
        if page.all("//details[@class='code']"):
            buttons = page.one('//div[@class="article-header-buttons"]')
            buttons.insert(0, html.fragment_fromstring(BUTTON))


def fold_one(page: Page, cell: HtmlElement) -> None:
    """Put the code of a cell behind one line that tells what it does."""
    lines = "".join(cell.itertext()).strip().split("\n")
    telling = [line for line in lines if not SETTING_UP.match(line)]
    pictures = cell.xpath(ONLY_PICTURES)
    in_code = bool(cell.xpath("ancestor::section[@id='code']"))
    details = html.Element("details", {"class": "code"})
    if in_code and len(lines) <= SHORT and not pictures:
        details.set("open", "")
    summary = html.Element("summary")
    title, gist, count = html.Element("b"), html.Element("code"), html.Element("span")
    title.text = "How it is drawn" if pictures else "Python" if telling else "Set-up"
    gist.text = (telling or [line for line in lines if line])[0].strip()
    count.text = f"{len(lines)} line{'s' * (len(lines) > 1)}"
    summary.extend([title, *([] if pictures else [gist]), count])
    details.append(summary)
    details.extend(list(cell))
    cell.append(details)
    for output in pictures:
        output.addnext(cell)


def mark_words(site: Site) -> None:
    """Set the words of the language bold and remarks slanted, and all else as it is.

    Colour means a loss or what one can move, so code has none.
    """
    for _, words in site.some("//pre//span[@class and not(*)]"):
        for word in words:
            if (name := word.get("class")) == PROMPT:
                continue
            for tag, names in KINDS.items():
                if names.fullmatch(name):
                    word.tag = tag
                    del word.attrib["class"]
            if word.tag == "span":
                word.drop_tag()


def name_columns(site: Site) -> None:
    """Tell the cells of wide tables their column: a phone shows a list instead.

    A name with a formula is an element of its own, for browsers draw MathML themselves.
    Where names and cells are short, two stand in a line.
    """
    for page in site.pages:
        for table in page.all("//article//table[thead/tr/th[4]]"):
            heads = table.xpath("./thead/tr[1]/th")
            rows = table.xpath("./tbody/tr")
            if any(len(row) != len(heads) for row in rows):
                continue
            names = [said(head) for head in heads]
            cells = [list(zip(row, heads, names, strict=True)) for row in rows]
            lengths = [len(n + said(each)) for row in cells for each, _, n in row[1:]]
            pairs = " pairs" * (max(lengths, default=0) <= SHORT_PAIR)
            table.set("class", f"{table.get('class') or ''} columns{pairs}".strip())
            for each, head, name in (one for row in cells for one in row):
                if not said(each):
                    continue
                if head.xpath(".//math"):
                    each.insert(0, label(head))
                elif name:
                    each.set("data-column", name)


def label(head: HtmlElement) -> HtmlElement:
    """The name of a column for a cell, with its formulas."""
    name = html.Element("span", {"class": "column"})
    for part in head.xpath(PARTS):
        if isinstance(part, str):
            after = name[-1] if len(name) else None
            if after is None:
                name.text = (name.text or "") + part
            else:
                after.tail = (after.tail or "") + part
        else:
            name.append(deepcopy(part))
            name[-1].tail = None
    return name


def said(cell: HtmlElement) -> str:
    """The words of a cell, of a formula what is read of it."""
    texts = cell.xpath(".//text()[not(ancestor::*[@aria-hidden='true'])]")
    return " ".join("".join(texts).split())
