"""Width and height for every image, so that no text jumps when the image comes."""

import re
import struct
from pathlib import Path
from urllib.parse import unquote

from .page import Site

SIDES = ("width", "height")
# CSS pixels in one unit of an SVG's width.
UNITS = {"": 1, "px": 1, "pt": 4 / 3, "in": 96, "cm": 96 / 2.54, "mm": 96 / 25.4}
# The name of a figure is a hash of what it shows, of which ten digits are enough.
HASH = re.compile(r"\b([0-9a-f]{10})[0-9a-f]{54}\b")

# The paper that matplotlib draws first.
PAPER = re.compile(r'(id="patch_1">\s*<path [^>]*style="fill: )#ffffff')


def give_sizes(site: Site) -> None:
    """Give each local image without a size that of its file.

    It is fetched when it comes near: the still form of a figure that moves, not at all.
    """
    for page, images in site.some("//img[@src and not(@width)]"):
        for image in images:
            image.set("loading", "lazy")
            source = re.split("[?#]", image.get("src"))[0]
            if size := size_of(page.path.parent / unquote(source)):
                for side, pixels in zip(SIDES, size, strict=True):
                    image.set(side, str(pixels))


def size_of(path: Path) -> tuple[int, int] | None:
    """Width and height of a PNG or SVG file in CSS pixels, else None."""
    if not path.is_file():
        return None
    if path.suffix == ".png":
        width, height = struct.unpack(">II", path.read_bytes()[16:24])
        return width, height
    if path.suffix == ".svg":
        tag = re.search(r"<svg\b[^>]*>", path.read_text("utf-8"))
        text = tag[0] if tag else ""
        found = [re.search(rf'\b{side}="([\d.]+)(\w*)"', text) for side in SIDES]
        sides = [float(s[1]) * UNITS[s[2]] for s in found if s and s[2] in UNITS]
        if len(sides) == len(SIDES):
            return round(sides[0]), round(sides[1])
    return None


def take_paper_away(site: Site) -> None:
    """Draw figures with photographs on no paper: in the dark it would be a bright one.

    Their first path is the paper; the page puts something else behind them (cells.css).
    """
    for page, images in site.some("//img[@class='photo']"):
        for image in images:
            path = page.path.parent / unquote(image.get("src"))
            if path.suffix == ".svg":
                text = path.read_text("utf-8")
                path.write_text(PAPER.sub(r"\1none", text, count=1), "utf-8")


def shorten_names(site: Site) -> None:
    """Call the figures by less of their hash, on the disk and in the pages."""
    for path in (site.out / "_images").glob("*.*"):
        path.rename(path.with_stem(HASH.sub(r"\1", path.stem)))
    for _, elements in site.some('//*[contains(@src | @href, "_images/")]'):
        for element in elements:
            for name in ("src", "href"):
                if address := element.get(name):
                    element.set(name, HASH.sub(r"\1", address))
