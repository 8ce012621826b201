"""Fonts cut down to the characters that the site draws with them."""

import io
import logging
import re
import string
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from .assets import keep
from .page import Site
from .theme import ADDRESS, HEADINGS

# The face of the headings: of a font with axes, one cut; and its licence.
LICENCE = "headings.LEGAL.txt"
HEADING_FONT = "node_modules/@fontsource-variable/bricolage-grotesque"
HEADING_FILE = "files/bricolage-grotesque-latin-standard-normal.woff2"
HEADING_CUT: dict[str, float] = {"wght": 600, "opsz": 36, "wdth": 100}
DRAWN_BIG = "//h1//text() | //h2//text() | //h3//text() | //h4//text()"
FACE = re.compile(r"@font-face\s*\{[^}]*\}")
RULE = re.compile(r"\{([^{}]*)\}")
KATEX = re.compile(r"KaTeX_\w+")
# KaTeX has a font for the names of variables alone, and draws nothing else with it.
SLANTED = "KaTeX_Math-Italic.woff2"
VARIABLES = 'contains(concat(" ", ../@class, " "), " mathnormal ")'
# It would tell of every table that it drops.
logging.getLogger("fontTools").setLevel(logging.WARNING)


def cut_to_what_is_drawn(site: Site) -> None:
    """Write the fonts, and their names into the style sheets."""
    slanted, others = letters(site, VARIABLES), letters(site, f"not({VARIABLES})")
    folder = site.source / "node_modules" / "katex" / "dist" / "fonts"
    for name, sheet in site.texts.items():
        if name.endswith(".css"):
            sheet = without_icons(sheet).replace("url(fonts/", "url(")
            site.texts[name] = with_faces_that_are_asked_for(sheet)
    write_heading_font(site)
    asked = set(ADDRESS.findall("".join(site.texts.values())))
    for path in sorted(folder.glob("*.woff2")):
        drawn = slanted if path.name == SLANTED else others
        if path.name in asked and (font := cut(path, drawn)):
            site.names[path.name] = keep(site.static / path.name, font)
    for name, sheet in site.texts.items():
        site.texts[name] = ADDRESS.sub(lambda at: site.names.get(at[1], at[1]), sheet)


def letters(site: Site, where: str) -> set[str]:
    """What formulas are drawn with, in elements of which an XPath is true."""
    found = site.some(f'//span[@class="katex-html"]//text()[{where}]')
    return {letter for _, texts in found for letter in "".join(texts)}


def write_heading_font(site: Site) -> None:
    """Write the one cut of the font of headings, with the letters that they have."""
    folder = site.source / HEADING_FONT
    words = [text for _, texts in site.some(DRAWN_BIG) for text in texts]
    pairs = {pair for text in words for pair in pairwise(text)}
    letters = set("".join(words))
    letters |= set(
        string.ascii_letters + string.digits + " .,:?!()+-\u2013\u2019\u2212"
    )
    if font := cut(folder / HEADING_FILE, letters, HEADING_CUT, pairs):
        site.names[HEADINGS] = keep(site.static / HEADINGS, font)
    (site.static / LICENCE).write_bytes((folder / "LICENSE").read_bytes())


def for_drawing(site: Site, folder: Path) -> Path:
    """The same font where pictures are drawn, which read no compressed fonts."""
    font = TTFont(site.static / site.names[HEADINGS], recalcTimestamp=False)
    font.flavor = None
    font.save(path := folder / "headings.ttf")
    return path


def without_icons(style: str) -> str:
    """A style sheet without fonts of icons, which signs.css draws, and with one file
    of each other font: every browser of today reads woff2.
    """

    def replaced(found: re.Match[str]) -> str:
        if "fontawesome" in found[0]:
            return ""
        return re.sub(r",url\([^)]*\.(woff|ttf)\)\s*format\([^)]*\)", "", found[0])

    return FACE.sub(replaced, style)


def with_faces_that_are_asked_for(style: str) -> str:
    """A style sheet with those fonts of KaTeX in which one of its rules writes."""
    asked = {face_of(rule) for rule in RULE.findall(FACE.sub("", style))}
    families = {family for family, *_ in asked}

    def kept(found: re.Match[str]) -> str:
        family, *looks = face_of(found[0])
        is_asked = family in families and {(family, *looks), (None, *looks)} & asked
        return found[0] if is_asked or not family else ""

    return FACE.sub(kept, style)


def face_of(rule: str) -> tuple[str | None, bool, bool]:
    """The font of KaTeX that a rule names, and whether it is bold, and italic."""
    found = KATEX.search(rule)
    bold = re.search(r"font-weight:\s*(700|bold)", rule)
    italic = re.search(r"font-style:\s*italic", rule)
    return found[0] if found else None, bool(bold), bool(italic)


def cut(
    path: Path,
    characters: Iterable[str],
    axes: dict[str, float] | None = None,
    pairs: Iterable[tuple[str, str]] = (),
) -> bytes | None:
    """The font as woff2 with these characters only; None if it has none of them.

    Of a font with axes, the cut that stands at a place on each of them, and of how near
    two letters stand, what these pairs need: all pairs are nearly half of the font.
    """
    # No new date in the font: two builds must give the same bytes.
    font = TTFont(path, recalcTimestamp=False)
    wanted = {ord(character) for character in characters} & set(font.getBestCmap())
    if not wanted:
        return None
    options = subset.Options(hinting=False, name_IDs=[], layout_features=["kern"])
    options.drop_tables += ["FFTM"]
    if axes:
        instancer.instantiateVariableFont(font, axes, inplace=True)
        keep_pairs(font, pairs)
        options.drop_tables += ["GSUB", "STAT"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted)
    cutter.subset(font)
    font.flavor, file = "woff2", io.BytesIO()
    font.save(file)
    return file.getvalue()


def keep_pairs(font: TTFont, pairs: Iterable[tuple[str, str]]) -> None:
    """Leave in a font how near the letters of these pairs stand, and of no others."""
    names = font.getBestCmap()
    table = font["GPOS"].table
    kern = {
        number
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag == "kern"
        for number in record.Feature.LookupListIndex
    }
    lookups = [table.LookupList.Lookup[number] for number in sorted(kern)]
    rules = []
    for left, right in sorted(pairs):
        first, second = names.get(ord(left)), names.get(ord(right))
        if first and second and (by := sum(nearer(e, first, second) for e in lookups)):
            rules.append(f"pos {first} {second} {by};")
    del font["GPOS"]
    if rules:
        feature = f"feature kern {{ {' '.join(rules)} }} kern;"
        addOpenTypeFeaturesFromString(font, feature, tables=["GPOS"])


def nearer(lookup: Any, first: str, second: str) -> int:
    """By how much a glyph moves the next one, by the first subtable that knows it."""
    for given in lookup.SubTable:
        table = getattr(given, "ExtSubTable", given)
        if (
            getattr(table, "Coverage", None) is None
            or first not in table.Coverage.glyphs
        ):
            continue
        if table.Format == 1:
            known = table.PairSet[table.Coverage.glyphs.index(first)].PairValueRecord
            values = [r.Value1 for r in known if r.SecondGlyph == second]
            if not values:
                continue
            value = values[0]
        else:
            row = table.Class1Record[table.ClassDef1.classDefs.get(first, 0)]
            value = row.Class2Record[table.ClassDef2.classDefs.get(second, 0)].Value1
        return getattr(value, "XAdvance", 0) or 0
    return 0
