"""The public doors on the site: their files, and the section that links them.

They are offered on the page for teachers.  A door that was not built has no link.
"""

import re
import shutil
from html import escape
from pathlib import Path

from tools import cache
from tools.build.book import BuildError
from tools.build.doors import PUBLIC, leaks, pages
from tools.build.doors.cartridge import LINKS, WHOLE
from tools.build.doors.scorm.packaging import SELF_TEST

FOLDER = "doors"
PAGE = "teaching"
SECTION = re.compile(r'<section id="doors">.*?</section>\n', re.DOTALL)
BEGIN = "<h2>The course in your learning system</h2>"
CARTRIDGE = """<p><a href="../doors/cartridge/{whole}" download>The whole course as a
cartridge</a> (Common Cartridge 1.1, {size} kB): a module for each chapter with what it
is, links to its pages, and a check of four questions. Or
<a href="../doors/cartridge/{links}" download>its links alone</a>. In Moodle: <i>Restore
course</i>; in Canvas: <i>Import Course Content</i>. Moodle adds what it imports: who
imports twice has all of it twice.</p>"""
TABLE = """<p>Slides open in the browser. A SCORM 1.2 package is a page that tells your
learning system how far somebody is, and the score: of a chapter, when its sections were
seen and its last questions answered; of practice and the self-test by what is right. It
loads nothing from elsewhere and keeps nothing in the browser.</p>
<div class="pst-scrollable-table-container"><table class="table">
<thead><tr><th>Page</th><th>Slides</th><th>SCORM</th><th>Practice, SCORM</th></tr>
</thead><tbody>{rows}</tbody></table></div>"""


def add(site: Path, doors: Path) -> None:
    """Copy the public doors into a site, and link them; what was there goes first.

    Raises
    ------
    BuildError
        If something that is for teachers alone would be on the site.
    """
    shutil.rmtree(site / FOLDER, ignore_errors=True)
    for name in PUBLIC:
        if (doors / name).is_dir():
            cache.copy(doors / name, site / FOLDER / name)
    path = site / "book" / f"{PAGE}.html"
    text = SECTION.sub("", path.read_text("utf-8"))
    path.unlink()  # another site may share the file
    path.write_text(with_links(text, site), "utf-8", newline="\n")
    if found := leaks.look(site / FOLDER, doors, leaks.secrets()):
        raise BuildError("This is not for the site:\n" + "\n".join(found[:20]))


def with_links(text: str, site: Path) -> str:
    """The page for teachers with what there is of doors."""
    before, found, after = text.rpartition("</section>")
    if not found:
        raise BuildError(f"The page {PAGE} has no section to add to.")
    return f'{before}<section id="doors">{_section(site)}</section>\n{found}{after}'


def _section(site: Path) -> str:
    parts, cartridge = [BEGIN], site / FOLDER / "cartridge" / WHOLE
    if cartridge.is_file():
        size = round(cartridge.stat().st_size / 1000)
        parts.append(CARTRIDGE.format(whole=WHOLE, links=LINKS, size=size))
    named = {chapter.name: chapter.title for chapter in pages.chapters(site)}
    named[SELF_TEST] = pages.title(site, SELF_TEST)
    rows = "".join(_row(site, *each) for each in named.items())
    return "".join([*parts, TABLE.format(rows=rows)])


def _row(site: Path, name: str, title: str) -> str:
    cells = [f'<a href="{name}.html">{escape(title)}</a>']
    for file, label in (
        (f"slides/{name}.html", "slides"),
        (f"scorm/{name}.zip", "page"),
        (f"scorm/{name}_practice.zip", "practice"),
    ):
        is_there = (site / FOLDER / file).is_file()
        kept = " download" * file.endswith(".zip")
        about = f'href="../{FOLDER}/{file}" aria-label="{label}: {escape(title)}"'
        link = f"<a {about}{kept}>{label}</a>"
        cells.append(link if is_there else "·")
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
