"""Code is one line until a reader wants it; what it printed and drew always shows.

In the chapters, whose text can be read without the code.  The cells of the section Code
are open, for they are what it is about, where they are short.  What draws a figure
stands below it.  All of it is `details`, so it opens without scripts; "Show code" in
the bar (book/assets/book.js) opens all.
"""

import re
from copy import deepcopy
from itertools import pairwise
from typing import Any

from lxml import html
from lxml.html import HtmlElement

from .page import Page, Site

INPUTS = (
    "//article//div[contains(concat(' ', @class, ' '), ' cell ')]"
    "/div[contains(@class, 'cell_input')]"
)
SHORT = 8  # lines that may stay open
# Those of the chooser are lists already.
TABLES = "//article//table[contains(@class, 'table')][thead/tr/th[3]]"
# Letters in a printed line: as many fit a phone as they are, as many made smaller.
FITS, SMALLER = 43, (48, 54, 60, 66)
PRINTED = (
    "//article//div[contains(@class, 'cell_output')]"
    "//pre[not(@class or ancestor::details)]"
)
SHORT_PAIR = 20  # letters of a cell and its name that fill half a line on a phone
LEADS, LED = 14, 18  # letters of a first cell beside the others, and of each of those
LONG_CELL = 32  # letters that do not fit beside the name of their column
PHONE = 40  # letters in a line of a phone, less the gaps of three columns
ENOUGH = 18  # letters in a line that can be read in a column
NUMBER = re.compile(r"[-\u2212\u2013]?\d+")
LETTER = 1.25  # as wide is a letter of code, compared with one of a text
# Where a long name in a narrow place may go on in the next line.
NAMES = """(//article//*[self::dd or self::td]//code
  | //div[starts-with(@class, "loss-card")]/p//code
  | //nav[@id="pst-page-toc-nav"]//code
  | //dt/span[starts-with(@class, "sig-name")])//text()[string-length() > 18]"""
JOINT = re.compile(r"(?<=[_(=])(?=\w)|(?<=\.)(?=[^\W\d])|(?<=[a-z])(?=[A-Z])")
# A phone breaks a long line of code before what it calls or hands on.
CODE = "//article//*[self::pre or self::code]//text()[contains(., '(')]"
TOO_LONG = re.compile(r"\S{34,}")
PART = re.compile(r"(?<=[(=])(?=[\w\"'\[])|(?<=\.)(?=[^\W\d])")
# An option of a command, and a minus before a name: browsers break after each hyphen.
HYPHENS = "//article//*[self::code or self::pre]//text()[contains(., '-')]"
# A word of two where there is little room, as "cross-entropy" in a table.
WORDS = """(//article//*[self::td or self::th or self::h1]
  | //*[starts-with(@class, "loss-card")]/h2)//text()[contains(., "-")][
  not(ancestor::code or ancestor::math or ancestor::*[@aria-hidden])]"""
DOUBLE = re.compile(r"\b([^\W\d_]+-[^\W\d_]+)\b")
WHOLE = re.compile(r"(\S*-(?=[^\s\d.])\S+)")
LONGEST_WHOLE = 18  # letters that fit a phone, also twice as large
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


def fit_prints(site: Site) -> None:
    """Tell a phone what to do with printed lines that are too long for it.

    A single one is a sentence, and wraps.  Several are a table, whose lines stand below
    each other: they shrink.
    """
    for _, printed in site.some(PRINTED):
        for each in printed:
            lengths = map(len, "".join(each.itertext()).split("\n"))
            too_long = [length for length in lengths if length > FITS]
            if len(too_long) == 1:
                each.set("class", "sentence")
            elif too_long:
                enough = (most for most in SMALLER if most >= max(too_long))
                each.set("data-letters", str(next(enough, SMALLER[-1])))


def name_columns(site: Site) -> None:
    """Tell the cells of wide tables their column: a phone shows a list instead.

    A name with a formula is an element of its own, for browsers draw MathML themselves.
    Where names and cells are short, two stand in a line; a long cell has lines of its
    own.
    """
    for page in site.pages:
        for table in page.all(TABLES):
            heads = table.xpath("./thead/tr[1]/th")
            rows = table.xpath("./tbody/tr")
            if any(len(row) != len(heads) for row in rows):
                continue
            if len(heads) == 3 and fits_a_phone(rows):
                continue
            names = [said(head) for head in heads]
            if all(map(NUMBER.fullmatch, names[1:])):
                continue  # a row of numbers: no list says what they count
            cells = [list(zip(row, heads, names, strict=True)) for row in rows]
            lengths = [len(n + said(each)) for row in cells for each, _, n in row[1:]]
            longest = max(lengths, default=0)
            pairs = " pairs" * (longest <= SHORT_PAIR)
            firsts = [len(names[0]), *(len(said(row[0])) for row in rows)]
            leads = " leads" * (longest <= LED and max(firsts) <= LEADS)
            table.set(
                "class", f"{table.get('class') or ''} columns{pairs}{leads}".strip()
            )
            for each, head, name in (one for row in cells for one in row):
                if not said(each):
                    continue
                if len(said(each)) > LONG_CELL and each is not each.getparent()[0]:
                    each.set("class", "long")
                if head.xpath(".//math"):
                    each.insert(0, label(head))
                elif name:
                    each.set("data-column", name)


def let_names_break(site: Site) -> None:
    """Let long names in lists, tables and code break at their joints, not in words."""
    for page in site.pages:
        for text in page.all(NAMES):
            first, *others = JOINT.split(text)
            set_anew(text, first, [element("wbr", "", other) for other in others])
        for text in page.all(CODE):
            ends = [
                word.start() + joint.start()
                for word in TOO_LONG.finditer(text)
                for joint in PART.finditer(word[0])
            ]
            joints = [
                element("wbr", "", text[start:end])
                for start, end in pairwise([*ends, len(text)])
            ]
            if joints:
                set_anew(text, text[: ends[0]], joints)


def keep_hyphens(site: Site) -> None:
    """Keep what has a hyphen in one line: in code, and words where it is narrow.

    In code that is an option of a command, and a minus before a name.
    """
    for page in site.pages:
        for text in page.all(HYPHENS):
            is_program = bool(text.getparent().xpath("ancestor-or-self::pre"))
            keep_whole(text, WHOLE, "-" if is_program else "")
        for text in page.all(WORDS):
            keep_whole(text, DOUBLE)


def keep_whole(text: Any, pattern: re.Pattern[str], start: str = "") -> None:
    """Keep in one line what this pattern finds in a text and what starts so."""
    first, others = "", []
    for i, part in enumerate(pattern.split(text)):
        if i % 2 == 1 and len(part) <= LONGEST_WHOLE and part.startswith(start):
            others.append(element("span", part, "", class_="whole"))
        elif others:
            others[-1].tail += part
        else:
            first += part
    if others:
        set_anew(text, first, others)


def set_anew(text: Any, first: str, others: list[HtmlElement]) -> None:
    """Put its first words and other elements, with their tails, in place of a text."""
    before = text.getparent()
    if text.is_tail:
        before.tail, parent = first, before.getparent()
        place = parent.index(before) + 1
    else:
        before.text, parent, place = first, before, 0
    parent[place:place] = others


def element(tag: str, words: str, after: str, class_: str = "") -> HtmlElement:
    """An element with words, and those after it."""
    made = html.Element(tag, {"class": class_} if class_ else {})
    made.text, made.tail = words or None, after
    return made


def fits_a_phone(rows: list[HtmlElement]) -> bool:
    """Whether each of three columns has room, next to what the others cannot break."""
    columns = list(zip(*rows, strict=True))
    words = [max(map(longest_word, column)) for column in columns]
    longest = [max(len(said(cell)) for cell in column) for column in columns]
    return all(
        PHONE - sum(words) + word >= min(length, max(word, ENOUGH))
        for word, length in zip(words, longest, strict=True)
    )


def longest_word(cell: HtmlElement) -> float:
    """How wide the longest word of a cell is, in letters."""
    code = [len("".join(each.itertext())) * LETTER for each in cell.iter("code")]
    plain = [len(word) for word in re.split(r"[\s-]+", said(cell))]
    return max(code or plain, default=0)


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
