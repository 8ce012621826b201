"""What a class knows: a page with figures, and the same as tables.

Nobody's name stands in them unless one asks for it.
"""

from pathlib import Path

from classroom import files

from .page import page
from .report import Report, report
from .tables import tables

__all__ = ["Report", "report", "write"]


def write(found: Report, folder: Path, *, names: bool = False) -> Path:
    """Write a report into a folder, as a page and as tables; returns the page.

    Parameters
    ----------
    found : Report
        What `report` returned.
    folder : Path
        Made if it is not there.
    names : bool, optional
        Whether to say who lost points where, and who made which mistake.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables(found, names=names).items():
        files.write(folder / f"{name}.csv", table)
    if not names:
        (folder / "students.csv").unlink(missing_ok=True)  # of an earlier report
    path = folder / "index.html"
    files.write(path, page(found, names=names))
    return path
