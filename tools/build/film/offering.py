"""Films that there are, linked from the pages of their lessons.

A page never loads one: they are files to keep.  Where none was made there is no link.
"""

import shutil
from pathlib import Path

from . import FILMS

FOLDER = "films"
KINDS = {
    "mp4": "The lesson as a film",
    "vtt": "its captions",
    "txt": "its summary with times",
}
BEFORE = "<section id=key-insights>"


def add(site: Path, films: Path = FILMS) -> None:
    """Copy the films into a site, each with what lies beside it, and link them."""
    for film in sorted(films.glob("*.mp4")):
        page = site / "book" / f"{film.stem}_lesson.html"
        if not page.is_file():
            continue  # of a lesson that is no more
        (site / FOLDER).mkdir(exist_ok=True)
        for kind in KINDS:
            shutil.copy(film.with_suffix(f".{kind}"), site / FOLDER)
        text = page.read_text("utf-8")
        page.unlink()  # another site may share the file
        page.write_text(with_links(text, film), "utf-8", newline="\n")


def with_links(text: str, film: Path) -> str:
    """The page of a lesson with links to its film, below the lesson."""
    before, found, after = text.partition(BEFORE)
    if not found:
        raise ValueError(f"the page of {film.stem} has no {BEFORE}")
    megabytes = film.stat().st_size / 1e6
    links = [
        f'<a href="../{FOLDER}/{film.stem}.{kind}" download>{label}</a>'
        for kind, label in KINDS.items()
    ]
    links[0] += f" ({megabytes:.1f} MB)"
    return f'{before}<p class="film">{", ".join(links)}.</p>\n{found}{after}'
