"""Fonts cut down to the characters that the site draws with them."""

import base64
import io
import logging
import re
import string
from collections.abc import Iterable
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from .assets import keep
from .page import Site
from .theme import ADDRESS, HEADINGS

ICONS = "vendor/fontawesome/webfonts/fa-solid-900.woff2"
# The face of the headings: of a font with axes, one cut; and its licence.
LICENCE = "headings.LEGAL.txt"
HEADING_FONT = "node_modules/@fontsource-variable/bricolage-grotesque"
HEADING_FILE = "files/bricolage-grotesque-latin-standard-normal.woff2"
HEADING_CUT: dict[str, float] = {"wght": 600, "opsz": 36, "wdth": 100}
DRAWN_BIG = "//h1//text() | //h2//text() | //h3//text() | //h4//text()"
# It would tell of every table that it drops.
logging.getLogger("fontTools").setLevel(logging.WARNING)


def cut_to_what_is_drawn(site: Site) -> None:
    """Write the fonts, and their names into the style sheets."""
    drawn = site.some('//span[@class="katex-html"]//text()')
    characters = {letter for _, texts in drawn for letter in "".join(texts)}
    folder = site.source / "node_modules" / "katex" / "dist" / "fonts"
    for name, sheet in site.texts.items():
        if name.endswith(".css"):
            sheet = inline_icons(sheet, site.static / ICONS)
            site.texts[name] = sheet.replace("url(fonts/", "url(")
    write_heading_font(site)
    asked = set(ADDRESS.findall("".join(site.texts.values())))
    for path in sorted(folder.glob("*.woff2")):
        if path.name in asked and (font := cut(path, characters)):
            site.names[path.name] = keep(site.static / path.name, font)
    for name, sheet in site.texts.items():
        site.texts[name] = ADDRESS.sub(lambda at: site.names.get(at[1], at[1]), sheet)


def write_heading_font(site: Site) -> None:
    """Write the one cut of the font of headings, with the letters that they have."""
    folder = site.source / HEADING_FONT
    letters = {letter for _, texts in site.some(DRAWN_BIG) for letter in "".join(texts)}
    letters |= set(
        string.ascii_letters + string.digits + " .,:?!()+-\u2013\u2019\u2212"
    )
    if font := cut(folder / HEADING_FILE, letters, HEADING_CUT):
        site.names[HEADINGS] = keep(site.static / HEADINGS, font)
    (site.static / LICENCE).write_bytes((folder / "LICENSE").read_bytes())


def inline_icons(style: str, icon_font: Path) -> str:
    """The style sheet with a font of just the icons that it names inside itself."""
    icons = {chr(int(code, 16)) for code in re.findall(r"\\([ef][0-9a-f]{3})\b", style)}
    icons |= set(re.findall("[\ue000-\uf8ff]", style))
    data = base64.b64encode(cut(icon_font, icons) or b"").decode()

    def replaced(found: re.Match[str]) -> str:
        face = found[0]
        if "fa-solid" in face:
            source = f'src:url(data:font/woff2;base64,{data})format("woff2")'
            return re.sub(r"src:[^;}]*", source, face)
        if "fontawesome" in face:
            return ""  # styles of icons that no page uses
        return re.sub(r",url\([^)]*\.(woff|ttf)\)\s*format\([^)]*\)", "", face)

    return re.sub(r"@font-face\s*\{[^}]*\}", replaced, style)


def cut(
    path: Path, characters: Iterable[str], axes: dict[str, float] | None = None
) -> bytes | None:
    """The font as woff2 with these characters only; None if it has none of them.

    Of a font with axes, the cut that stands at a place on each of them.
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
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted)
    cutter.subset(font)
    font.flavor, file = "woff2", io.BytesIO()
    font.save(file)
    return file.getvalue()
