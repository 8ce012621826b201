"""Build the site with every format of the book: ``python -m tools.build.formats``.

What `tools.build.book` has built gets a PDF, an EPUB and a zip of itself in `formats/`,
and its first page the links to them.  The last good site stays until all is there.
"""

import argparse
import os
import subprocess
import sys
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import yaml
from playwright.sync_api import Error

from tools import ROOT, cache
from tools.build import book
from tools.build.film import FILMS, offering
from tools.build.formats import articles, epub, offline, pdf
from tools.build.formats.archive import EARLIEST
from tools.build.formats.elements import parsed

FOLDER = "formats"
NAME = "lossbook"
KINDS = {
    "pdf": "PDF, to print or to hand out",
    "epub": "EPUB, for an e-reader",
    "zip": "zip of this site, to use without a network",
}


def about(site: Path) -> dict:
    """What the files say of themselves."""
    config = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    page = parsed(site / articles.ROOT_PAGE)
    epoch = date()
    moment = datetime.fromtimestamp(epoch, UTC)
    return {
        "title": config["title"],
        "author": config["author"],
        "version": project["project"]["version"],
        "licence": "Text: CC BY 4.0, code: MIT.",
        "address": "".join(page.xpath('//link[@rel="canonical"]/@href')),
        "epoch": epoch,
        "day": f"{moment.day} {moment:%B %Y}",
    }


def date() -> int:
    """The date of all files, in seconds since 1970: of the last change that is known.

    SOURCE_DATE_EPOCH, else the last commit; never the time of the build, or no two
    builds would be the same.
    """
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(given)
    command = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    try:
        return int(subprocess.run(command, capture_output=True, check=True).stdout)
    except (OSError, ValueError, subprocess.CalledProcessError):
        return EARLIEST


def add(site: Path) -> None:
    """Make the files, and link them from the first page."""
    known, folder = about(site), site / FOLDER
    folder.mkdir()
    # The zip first: what is in it cannot link to it.
    offline.make(site, known, folder / f"{NAME}.zip")
    pdf.make(site, articles.read(site), known, folder / f"{NAME}.pdf")
    epub.make(site, articles.read(site), known, folder / f"{NAME}.epub")
    page = site / articles.ROOT_PAGE
    text = page.read_text("utf-8")
    page.unlink()  # another site may share the file
    page.write_text(with_links(text, folder), "utf-8", newline="\n")
    offering.add(site)


def with_links(text: str, folder: Path) -> str:
    """The first page with a section that links the files."""
    items = "".join(
        f'<li><a href="../{FOLDER}/{NAME}.{kind}" download>{label}</a> '
        f"({(folder / f'{NAME}.{kind}').stat().st_size / 1e6:.1f} MB)</li>"
        for kind, label in KINDS.items()
    )
    heading = "<h2>The whole book as one file</h2>"
    section = f'<section id="{FOLDER}">{heading}<ul>{items}</ul></section>\n'
    before, found, after = text.rpartition("</section>")
    if not found:
        raise book.BuildError(f"{articles.ROOT_PAGE} has no section to add to.")
    return before + section + found + after


def build_if_changed() -> bool:
    """Build what is missing, or of another date or films; whether anything was."""
    folder, now = book.SITE / FOLDER, f"{date()} {cache.digest(FILMS)}"
    stamp = book.BUILD / "date"
    if folder.is_dir() and not cache.is_current(folder, stamp, now):
        book.STAMP.unlink(missing_ok=True)  # begin with the pages
    book.build_if_changed()
    with cache.alone(book.SITE):
        if folder.is_dir():
            return False
        print("Making the PDF, the EPUB and the zip ...", flush=True)
        with book.replacing(book.SITE) as new:
            cache.copy(book.SITE, new / "html")
            add(new / "html")
        stamp.write_text(now)
        return True


def main(arguments=None):
    """Build, or say what a reader still has."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.build.formats",
        description="Build the site, and the book as PDF, EPUB and zip.",
    )
    parser.add_argument("--output", type=Path, help="build there, whatever changed")
    output = parser.parse_args(arguments).output
    try:
        if output:
            book.build(output.resolve())
            add(output.resolve())
            made = True
        else:
            made = build_if_changed()
    except (book.BuildError, Error, FileNotFoundError) as error:
        sys.exit(f"{error}\n\nNot built: see above. {book.kept(output)}")
    except KeyboardInterrupt:
        sys.exit(f"\nInterrupted. {book.kept(output)}")
    print(f"Built {output or '_build/html'}/{FOLDER}." if made else "Nothing changed.")


if __name__ == "__main__":
    main()
