"""Looking for solutions and hidden tests where students could read them.

Each of them carries a marker of its own.  Neither a marker nor a long line may be
found, unless the line stands in the book or the package anyway.
"""

import gzip
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbgrader import utils

import lossbook

LONG = 40  # characters; a shorter line may be like another by chance
MARKER = re.compile(r"key [0-9a-f]{16}")
REGION = re.compile(r"### BEGIN (SOLUTION|HIDDEN TESTS)\n(.*?)### END \1", re.DOTALL)
BOOK = Path(lossbook.__file__).parents[1]


@dataclass(frozen=True)
class Leak:
    """A secret, the cell that it belongs to, and the file that it was found in."""

    secret: str
    cell: str
    path: Path

    def __str__(self) -> str:
        return f"{self.path}: {self.secret!r}, which belongs to the cell {self.cell}"


def secrets(source: Path) -> dict[str, str]:
    """What of a source notebook nobody may read, and the cell that it stands in.

    Raises
    ------
    ValueError
        If a solution or a hidden test carries no marker, or one of another.
    """
    found: dict[str, str] = {}
    known = _known()
    for cell in nbformat.read(source, as_version=4).cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        hidden = [match[2] for match in REGION.finditer(cell.source)]
        if cell.cell_type == "markdown" and utils.is_solution(cell):
            hidden = [cell.source]
        for region in hidden:
            markers = MARKER.findall(region)
            if len(markers) != 1 or markers[0] in found:
                raise ValueError(
                    f"{source}: the cell {grade_id} must have one marker of its own, "
                    f"such as `# key 0123456789abcdef`; it has {markers}"
                )
            found[markers[0]] = grade_id
            lines = map(str.strip, region.splitlines())
            found |= {
                line: grade_id
                for line in lines
                if len(line) > LONG and not MARKER.search(line) and line not in known
            }
    return found


def look(hidden: dict[str, str], folder: Path) -> list[Leak]:
    """Where the secrets are found below `folder`, also inside of archives."""
    written = {
        form.encode(): secret
        for secret in hidden
        for form in (secret, _as_json(secret), _as_html(secret))
    }
    return [
        Leak(secret, hidden[secret], path)
        for path, data in _files(folder)
        for secret in dict.fromkeys(s for form, s in written.items() if form in data)
    ]


def _files(folder: Path) -> Iterator[tuple[Path, bytes]]:
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                for name in archive.namelist():
                    yield path / name, archive.read(name)
        elif path.suffix == ".gz":
            yield path, gzip.decompress(path.read_bytes())
        else:
            yield path, path.read_bytes()


def _as_json(line: str) -> str:
    return line.replace("\\", "\\\\").replace('"', '\\"')


def _as_html(line: str) -> str:
    return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _known() -> str:
    """The text of the book and the package."""
    files = [*BOOK.glob("lossbook/**/*.py"), *BOOK.glob("book/*.md")]
    texts = [path.read_text("utf-8") for path in files]
    for path in BOOK.glob("book/*.ipynb"):
        texts += [cell.source for cell in nbformat.read(path, as_version=4).cells]
    return "\n".join(texts)
