"""Build every door of the course: ``python -m tools.build.doors``.

What `tools.build.book` has built goes into `_build/doors`, a folder for each door, and
what is public onto the site.  The last good door, and the last good site, stay until
the new one is complete.
"""

import argparse
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tools import cache
from tools.build import book
from tools.build.doors import (
    DOORS,
    cartridge,
    leaks,
    offering,
    pack,
    pages,
    scorm,
    slides,
)

# In this order: the pack holds what others have made. Each makes the folder that it is
# given, for its name here; it is told the address of the site, too.
BUILDERS: dict[str, Callable[[Path, str], object]] = {
    "cartridge": lambda out, address: cartridge.build(out, book.SITE, address),
    "scorm": lambda out, address: scorm.build(out, book.SITE, address),
    "slides": lambda out, address: slides.build(out, book.SITE),
    "pack": lambda out, address: pack.build(out, book.SITE, address),
}
ABOUT = """The course for other programs, from the site that `make book` builds:

  cartridge  modules, links and checks, for Moodle, Canvas and others
  scorm      chapters, practice and the self-test, each with a grade
  slides     a deck for each chapter, to show
  pack       all for teachers, with answers and exam items; never on the site

Questions and cards alone, for Anki, Moodle or Canvas: python -m lossbook export."""


def build_if_changed(address: str = "") -> bool:
    """Build the doors that are missing or old, and offer them; whether any was."""
    book.build_if_changed()
    address = pages.address_of(book.SITE, address)
    word = cache.digest(book.digest(), address, leaks.EXAMS, leaks.INVENTORY)
    DOORS.mkdir(parents=True, exist_ok=True)
    made = [
        cache.renew(DOORS / name, _stamp(name), word, partial(_build, name, address))
        for name in BUILDERS
    ]
    offered = cache.digest(word, *map(str, BUILDERS))
    return cache.renew(
        book.SITE / offering.FOLDER, _stamp("offered"), offered, _offer
    ) or any(made)


def _build(name: str, address: str) -> None:
    print(f"Making the {name} ...", flush=True)
    with book.replacing(DOORS / name) as new:
        BUILDERS[name](new / "html", address)  # takes the place of the door


def _offer() -> None:
    with cache.alone(book.SITE), book.replacing(book.SITE) as new:
        cache.copy(book.SITE, new / "html")
        offering.add(new / "html", DOORS)


def _stamp(name: str) -> Path:
    return DOORS / f"{name}.sha256"


def main(arguments=None):
    """Build, or say what there still is."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.build.doors",
        description=ABOUT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--site",
        default="",
        metavar="URL",
        help="where the site is published; by default as LOSSBOOK_SITE says",
    )
    asked = parser.parse_args(arguments)
    try:
        made = build_if_changed(asked.site)
    except (book.BuildError, ValueError, OSError) as error:
        sys.exit(f"{error}\n\nNot built: see above. What was built before stays.")
    except KeyboardInterrupt:
        sys.exit("\nInterrupted. What was built before stays.")
    print("Built _build/doors." if made else "Nothing changed.")


if __name__ == "__main__":
    main()
