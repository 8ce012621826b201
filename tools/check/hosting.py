"""What a reader costs a host, in bytes: ``python -m tools.check.hosting``."""

import gzip
import json
from pathlib import Path

from tools.build import book

PACKED = {".whl", ".woff2", ".mp3", ".png", ".zip", ".pdf", ".epub", ".webp"}
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
        "one search": of("search.html", "_static/search.*.js"),
        "all recordings": of("**/*.mp3"),
    }


def of_python(site: Path) -> int:
    """Bytes that a reader fetches, once, to run code on the pages and draw with it."""
    folder = site / "pyodide"
    lock = json.loads((folder / "pyodide-lock.json").read_text("utf-8"))["packages"]
    wanted, todo = set(), ["lossbook", "matplotlib", "traitlets", "latex2mathml"]
    while todo:
        name = todo.pop()
        if name not in wanted:
            wanted.add(name)
            todo += lock[name]["depends"]
    files = [folder / lock[name]["file_name"] for name in wanted]
    files += [path for path in folder.iterdir() if path.suffix != ".whl"]
    return sum(map(travels, [*files, *(site / "live").glob("*.js")]))


def on_host(site: Path, folder: str) -> int:
    """Bytes that a folder of the site takes on the host."""
    files = (path for path in (site / folder).rglob("*") if path.is_file())
    return sum(path.stat().st_size for path in files)


def readers_a_month(site: Path) -> int:
    """How many may read every page, search once and hear all, within GitHub's limit."""
    return int(GITHUB_PAGES / sum(costs(site).values()))


if __name__ == "__main__":
    for want, size in costs(book.SITE).items():
        print(f"{size / 1e6:8.2f} MB  {want}")
    print(f"{of_python(book.SITE) / 1e6:8.2f} MB  Python on the pages")
    print(f"{on_host(book.SITE, 'pyodide') / 1e6:8.2f} MB  Python on the host")
    print(f"{on_host(book.SITE, 'lite') / 1e6:8.2f} MB  JupyterLite on the host")
    print(f"{readers_a_month(book.SITE):8,} readers of all of it a month")
