"""Build the teacher's pack: ``python -m tools.build.doors.pack``, after `make book`."""

import argparse
import sys
from pathlib import Path

from playwright.sync_api import Error

from tools.build import book
from tools.build.doors import pack


def main(arguments=None):
    """Build, or say what there still is."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.build.doors.pack",
        description="Build the teacher's pack from the site that `make book` built: "
        "plans, worksheets and exams with and without answers, slides, cartridge. "
        "It holds keys, and never belongs on the site.",
    )
    parser.add_argument(
        "--output", type=Path, default=pack.OUT, help="the folder to write it into"
    )
    output = parser.parse_args(arguments).output
    print("Making the teacher's pack ...", flush=True)
    try:
        made = pack.build(output)
    except (book.BuildError, Error, OSError) as error:
        sys.exit(f"{error}\n\nNot built: see above. {kept(output)}")
    except KeyboardInterrupt:
        sys.exit(f"\nInterrupted. {kept(output)}")
    for name in pack.missing(pack.DOORS):
        print(f"Without {name}: not built yet. make doors builds all.")
    print(f"Built {made} ({made.stat().st_size / 1e6:.1f} MB). Keys are in it.")


def kept(output: Path) -> str:
    """What there is after a build that did not succeed."""
    there = (output / f"{pack.FOLDER}.zip").is_file()
    return "The last good pack is untouched." if there else "There is no earlier pack."


if __name__ == "__main__":
    main()
