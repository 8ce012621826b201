"""Width and height for every image, so that no text jumps when the image comes."""

import re
import struct
from pathlib import Path
from urllib.parse import unquote

SIDES = ("width", "height")
# CSS pixels in one unit of an SVG's width.
UNITS = {"": 1, "px": 1, "pt": 4 / 3, "in": 96, "cm": 96 / 2.54, "mm": 96 / 25.4}


def with_sizes(html, page):
    """A page's HTML where each local image without a size has that of its file."""

    def sized(tag):
        source = re.search(r'\bsrc="([^"?#]+)', tag[0])
        if source is None or "width=" in tag[0]:
            return tag[0]
        size = size_of(Path(page).parent / unquote(source[1]))
        if size is None:
            return tag[0]
        return f'{tag[0].rstrip("/> ")} width="{size[0]}" height="{size[1]}">'

    return re.sub(r"<img\b[^>]*>", sized, html)


def size_of(path):
    """Width and height of a PNG or SVG file in CSS pixels, else None."""
    if not path.is_file():
        return None
    if path.suffix == ".png":
        return struct.unpack(">II", path.read_bytes()[16:24])
    if path.suffix == ".svg":
        tag = re.search(r"<svg\b[^>]*>", path.read_text("utf-8"))[0]
        sides = [re.search(rf'\b{side}="([\d.]+)(\w*)"', tag) for side in SIDES]
        if all(sides) and all(side[2] in UNITS for side in sides):
            return tuple(round(float(side[1]) * UNITS[side[2]]) for side in sides)
    return None
