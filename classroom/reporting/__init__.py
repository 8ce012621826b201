"""What a class knows: a page with figures, and the same as tables.

Nobody's name stands in them unless one asks for it.
"""

from pathlib import Path

from .page import keep, page
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
    as_tables = tables(found, names=names)
    return keep(folder, page(found, names=names), as_tables, "students")
