"""Writing an exam: pages, a table of keys, and PDFs where there is a browser."""

import csv
import io
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from lossbook._browsers import SHELL, installed

from .. import files
from ..course import CourseError
from ..export import text
from .page import keys_page, papers_page
from .papers import Paper

SECONDS = 300  # for one PDF, which takes about one
WITHOUT = (
    "A PDF is printed by Chromium, Chrome or Edge, and there is none. Install one, or "
    "set LOSSBOOK_BROWSER to the path of one; or open {} in any browser, and print it."
)


def write(
    papers: Sequence[Paper], title: str, folder: Path, *, pdf: bool
) -> list[Path]:
    """Write papers and keys into a folder; returns the files.

    Of PDFs there is one for each student, so that who prints on both sides gets nobody
    the back of another's sheet.

    Raises
    ------
    CourseError
        If a PDF is asked for and no browser can print one. The pages are there.
    """
    keys, all_papers = folder / "keys.html", folder / "papers.html"
    files.write(all_papers, papers_page(papers, title))
    files.write(keys, keys_page(papers, title))
    table = folder / "keys.csv"
    files.write(table, _table(papers))
    written = [all_papers, keys, table]
    if pdf:
        browser = _browser()
        if browser is None:
            raise CourseError(WITHOUT.format(all_papers))
        _print(browser, keys.read_text("utf-8"), keys.with_suffix(".pdf"))
        for_each = folder / "papers"
        for_each.mkdir(exist_ok=True)
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            jobs = [
                pool.submit(
                    _print,
                    browser,
                    papers_page([paper], title),
                    for_each / f"{paper.student}.pdf",
                )
                for paper in papers
            ]
            for job in jobs:
                job.result()
        written += [keys.with_suffix(".pdf"), for_each]
    return written


def _table(papers: Sequence[Paper]) -> str:
    content = io.StringIO(newline="")
    writer = csv.writer(content)
    asked = [item.question.id for item in papers[0].items]
    writer.writerow(["student", "paper", *asked])
    for paper in papers:
        keys = [text(item.key) for item in paper.items]
        writer.writerow([text(paper.student), paper.code, *keys])
    return "\ufeff" + content.getvalue()


def _print(browser: str, page: str, path: Path) -> None:
    """Print a page of HTML as a PDF."""
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "page.html"
        file.write_text(page, "utf-8")
        command = [
            browser,
            "--headless",
            "--disable-gpu",
            "--no-pdf-header-footer",
            f"--user-data-dir={place}/profile",
            f"--print-to-pdf={path.resolve()}",
        ]
        if hasattr(os, "geteuid") and os.geteuid() == 0:  # it has no walls for root
            command.append("--no-sandbox")
        path.unlink(missing_ok=True)
        try:
            subprocess.run(  # noqa: S603 - the browser of this machine, our page
                [*command, file.as_uri()],
                capture_output=True,
                check=True,
                timeout=SECONDS,
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise CourseError(f"{browser} could not print {path}: {error}") from error
    if not path.exists():
        raise CourseError(f"{browser} printed nothing into {path}.")


def _browser() -> str | None:
    """The browser named in LOSSBOOK_BROWSER, and no other; else the first there is."""
    if chosen := os.environ.get("LOSSBOOK_BROWSER"):
        return shutil.which(chosen)
    return shutil.which(SHELL) or next(installed(), None)
