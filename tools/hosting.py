"""What one reader costs a host, in bytes that travel: ``python -m tools.hosting``."""

import gzip
from pathlib import Path

from . import build_book

PACKED = {".woff2", ".mp3", ".png", ".zip", ".pdf", ".epub", ".webp"}
GITHUB_PAGES = 100e9  # bytes in a month, from where on GitHub asks to look elsewhere


def travels(path: Path) -> int:
    """The size of a file on the way: gzip, unless it is packed already."""
    content = path.read_bytes()
    return len(content if path.suffix in PACKED else gzip.compress(content, 9))


def costs(site: Path) -> dict[str, int]:
    """Bytes for the whole of the course, by what a reader wants of it.

    A browser fetches each file once: what pages share counts once.
    """

    def of(*patterns: str) -> int:
        return sum(travels(path) for pattern in patterns for path in site.glob(pattern))

    return {
        "every page, with its figures and quizzes": of(
            "book/**/*.html", "_static/**/*.*", "_images/*"
        ),
        "one search": of("search.html", "searchindex.js"),
        "all recordings": of("**/*.mp3"),
    }


def readers_a_month(site: Path) -> int:
    """How many may read every page, search once and hear all, within GitHub's limit."""
    return int(GITHUB_PAGES / sum(costs(site).values()))


if __name__ == "__main__":
    for want, size in costs(build_book.SITE).items():
        print(f"{size / 1e6:8.2f} MB  {want}")
    print(f"{readers_a_month(build_book.SITE):8,} readers of all of it a month")
