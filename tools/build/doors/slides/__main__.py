"""Make the slides: ``python -m tools.build.doors.slides``."""

import argparse
import sys
from pathlib import Path

from tools.build import book

from . import SlidesError, build
from .building import SLIDES


def main(arguments: list[str] | None = None) -> None:
    """Make them from the site, which is built first if anything changed."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.build.doors.slides", description="Make the slides."
    )
    parser.add_argument(
        "--output", type=Path, default=SLIDES, help="instead of _build/doors/slides"
    )
    output = parser.parse_args(arguments).output
    try:
        book.build_if_changed()
        build(output)
    except (book.BuildError, SlidesError) as error:
        sys.exit(f"{error}\n\nThe slides were not made: see above.")
    print(f"Made the slides in {output}. The site offers them at doors/slides/.")


if __name__ == "__main__":
    main()
