"""Fonts cut down to the characters that the site draws with them."""

import base64
import io
import logging
import re
from html.parser import HTMLParser

from fontTools import subset
from fontTools.ttLib import TTFont

# It would tell of every table that it drops.
logging.getLogger("fontTools").setLevel(logging.WARNING)


class FormulaText(HTMLParser):
    """Gathers the characters of drawn formulas: the text in `span.katex-html`."""

    def __init__(self):
        super().__init__()
        self.characters, self.depth = set(), 0

    def handle_starttag(self, tag, attrs):  # noqa: D102
        if tag == "span" and (self.depth or ("class", "katex-html") in attrs):
            self.depth += 1

    def handle_endtag(self, tag):  # noqa: D102
        if tag == "span" and self.depth:
            self.depth -= 1

    def handle_data(self, data):  # noqa: D102
        if self.depth:
            self.characters |= set(data)


def subset_math_fonts(pages, folder):
    """KaTeX's fonts as {file name: woff2 bytes}, with what the pages' formulas need."""
    parser = FormulaText()
    for page in pages:
        parser.feed(page)
    parser.close()
    paths = sorted(folder.glob("*.woff2"))
    fonts = {path.name: cut(path, parser.characters) for path in paths}
    return {name: font for name, font in fonts.items() if font}


def inline_icons(style, icon_font):
    """The style sheet with a font of just the icons that it names inside itself."""
    icons = {chr(int(code, 16)) for code in re.findall(r"\\([ef][0-9a-f]{3})\b", style)}
    icons |= set(re.findall("[\ue000-\uf8ff]", style))
    data = base64.b64encode(cut(icon_font, icons) or b"").decode()

    def replaced(found):
        face = found[0]
        if "fa-solid" in face:
            source = f'src:url(data:font/woff2;base64,{data})format("woff2")'
            return re.sub(r"src:[^;}]*", source, face)
        if "fontawesome" in face:
            return ""  # styles of icons that no page uses
        return re.sub(r",url\([^)]*\.(woff|ttf)\)\s*format\([^)]*\)", "", face)

    return re.sub(r"@font-face\s*\{[^}]*\}", replaced, style)


def cut(path, characters):
    """The font as woff2 with these characters only; None if it has none of them."""
    # No new date in the font: two builds must give the same bytes.
    font = TTFont(path, recalcTimestamp=False)
    wanted = {ord(character) for character in characters} & set(font.getBestCmap())
    if not wanted:
        return None
    options = subset.Options(hinting=False, name_IDs=[], layout_features=["kern"])
    options.drop_tables += ["FFTM"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted)
    cutter.subset(font)
    font.flavor, file = "woff2", io.BytesIO()
    font.save(file)
    return file.getvalue()
