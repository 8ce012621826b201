"""A table of measurements that knows its units and where it comes from."""

import csv
import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from itertools import groupby
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .._names import unknown

SHOWN_ONE_BY_ONE = 6  # neighbouring columns of one unit; more become one line


@dataclass(frozen=True, eq=False)
class Table:
    """Named columns of the same length, with units, source and terms of use.

    Nothing in it can be changed: the columns are read-only copies, so that two
    cells that share a table cannot disturb each other.  Copy what you change.  A
    table may be copied, pickled and sent to workers, and arrives as it was.

    Attributes
    ----------
    title : str
        What the rows are.
    columns : mapping from str to ndarray, shape (n,)
        The measurements: whole numbers, decimals or text.
    units : mapping from str to str
        The unit of each column, in words.
    source : str
        Who collected it and where it was published.
    licence : str
        On what terms it may be used.
    dropped : int
        How many rows of the file were left out because a value is missing.

    Examples
    --------
    >>> from lossbook.datasets import ames_housing
    >>> houses = ames_housing()
    >>> len(houses), houses["price_usd"][:3]
    (2928, array([215000, 105000, 172000]))
    >>> houses.units["living_area_sqft"]
    'square feet'
    """

    title: str
    columns: Mapping[str, NDArray]
    units: Mapping[str, str]
    source: str
    licence: str
    dropped: int = 0

    def __post_init__(self) -> None:
        if set(self.columns) != set(self.units):
            raise ValueError(
                "every column needs a unit and every unit a column, "
                f"got columns {list(self.columns)} and units {list(self.units)}"
            )
        columns = {name: _frozen(name, c) for name, c in self.columns.items()}
        if len({len(column) for column in columns.values()}) != 1:
            raise ValueError("the columns of a table must be equally long")
        object.__setattr__(self, "columns", MappingProxyType(columns))
        object.__setattr__(self, "units", MappingProxyType(dict(self.units)))

    def __reduce__(self) -> tuple:
        # Copied and sent by what makes it, so that what arrives is frozen as well.
        columns, units = dict(self.columns), dict(self.units)
        about = (self.source, self.licence, self.dropped)
        return type(self), (self.title, columns, units, *about)

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    def __getitem__(self, name: str) -> NDArray:
        if not isinstance(name, str) or name not in self.columns:
            raise KeyError(unknown("no column", name, self.columns))
        return self.columns[name]

    def matrix(self, *names: str) -> NDArray[np.float64]:
        """The named columns side by side, as features: shape (n, number of names).

        The result is a new array that may be changed.  ValueError if no column
        is named or one holds no numbers; KeyError if there is no such column.

        >>> from lossbook.datasets import ames_housing
        >>> ames_housing().matrix("living_area_sqft", "overall_quality")[:2]
        array([[1656.,    6.],
               [ 896.,    5.]])
        """
        if not names:
            raise ValueError('name at least one column, as in matrix("price_usd")')
        for name in names:
            if self[name].dtype.kind not in "biuf":
                held = "text" if self[name].dtype.kind == "U" else self[name].dtype
                raise ValueError(f"column {name!r} holds {held}; choose one of numbers")
        return np.column_stack([self[name].astype(np.float64) for name in names])

    def __repr__(self) -> str:
        gaps = f" ({self.dropped} with gaps dropped)" if self.dropped else ""
        groups = [
            (unit, list(names)) for unit, names in groupby(self.columns, self.units.get)
        ]
        lines = [
            line
            for unit, names in groups
            for line in (
                [(f"{names[0]} ... {names[-1]}", f"{unit}, {len(names)} columns")]
                if len(names) > SHOWN_ONE_BY_ONE
                else [(name, unit) for name in names]
            )
        ]
        width = max(len(name) for name, _ in lines)
        return "\n".join(
            [f"{self.title}: {len(self)} rows{gaps}"]
            + [f"  {name:{width}}  {unit}" for name, unit in lines]
        )


def read(file: str, **about: Any) -> Table:
    """The table in the gzipped CSV `file` of this package, rows with gaps dropped.

    `about` is what the file does not say: title, units, source and licence.
    """
    text = gzip.decompress(files(__package__).joinpath(file).read_bytes()).decode()
    header, *rows = csv.reader(text.splitlines())
    whole = [row for row in rows if all(row)]
    columns = {
        name: _as_numbers(values)
        for name, values in zip(header, zip(*whole, strict=True), strict=True)
    }
    return Table(columns=columns, dropped=len(rows) - len(whole), **about)


def _frozen(name: str, values: ArrayLike) -> NDArray:
    """A copy of a column that nobody can change."""
    if np.ma.is_masked(values):
        raise ValueError(f"column {name!r} has masked entries; drop or fill them first")
    column = np.array(values)
    if column.ndim != 1:
        raise ValueError(f"column {name!r} must have shape (n,), got {column.shape}")
    column.flags.writeable = False
    return column


def _as_numbers(values: tuple[str, ...]) -> NDArray:
    """Whole numbers where all values are; else decimals; else the text itself."""
    for kind in (np.int64, np.float64):
        try:
            return np.array(values).astype(kind)
        except ValueError:
            continue
    return np.array(values)
