"""A CSV file as somebody else's program wrote it, in which single cells are changed.

The module `csv` reads cells and forgets how they were quoted, so what it writes back
is another file.  Here each cell keeps its own text, and what nobody changed stays the
same to the last byte: byte order mark, quotes, separators and ends of lines.
"""

import codecs
import re
from pathlib import Path
from typing import NamedTuple

BOM = "\ufeff"
SEPARATORS = ",;\t"


class _Piece(NamedTuple):
    text: str  # as it stands in the file
    end: str  # what follows: a separator, or the end of the line


class Table:
    r"""Headings and rows of a file, by number of row and column.

    Parameters
    ----------
    text : str
        What is in the file.

    Attributes
    ----------
    headings : list of str
        The values of the first row.
    rows : list of list of str
        Those of the others.
    separator : str
        What stands between two cells.

    Raises
    ------
    ValueError
        If it has no row below its headings.

    Examples
    --------
    >>> table = Table('Name,Points\n"Lee, Ann",\n')
    >>> table.rows
    [['Lee, Ann', '']]
    >>> table.put(0, 1, "7")
    >>> table.content
    b'Name,Points\n"Lee, Ann",7\n'
    """

    def __init__(self, text: str) -> None:
        self._mark = BOM if text.startswith(BOM) else ""
        body = text.removeprefix(BOM)
        first = re.split(r"[\r\n]", body, maxsplit=1)[0]
        self.separator = max(SEPARATORS, key=first.count)
        self._lines = _lines(body, self.separator)
        values = [[_value(piece.text) for piece in line] for line in self._lines]
        self._places = [i for i, row in enumerate(values) if any(map(str.strip, row))]
        if len(self._places) < 2:
            raise ValueError("has no row below its headings")
        self.headings, *self.rows = (values[i] for i in self._places)

    @classmethod
    def read(cls, path: Path) -> "Table":
        """The table in a file; Excel's may be UTF-16, and says so in its first bytes.

        Raises
        ------
        ValueError
            If it is in another encoding, or has no row below its headings.
        OSError
            If it cannot be read.
        """
        data = path.read_bytes()
        is_utf_16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        encoding = "utf-16" if is_utf_16 else "utf-8"
        try:
            return cls(data.decode(encoding))
        except UnicodeDecodeError as error:
            raise ValueError("is in no encoding that is known") from error

    @property
    def content(self) -> bytes:
        """What is to be written, in UTF-8."""
        pieces = (p.text + p.end for line in self._lines for p in line)
        return (self._mark + "".join(pieces)).encode()

    def line(self, row: int) -> int:
        """In which line of the file a row begins, counted from 1."""
        above = self._lines[: self._places[row + 1]]
        return 1 + sum((p.text + p.end).count("\n") for line in above for p in line)

    def put(self, row: int, column: int, value: str) -> None:
        """Put a value into a cell, quoted as PHP and Ruby quote theirs."""
        line = self._lines[self._places[row + 1]]
        is_plain = not re.search(rf'[\s"\\{self.separator}]', value)
        quoted = value if is_plain else '"' + value.replace('"', '""') + '"'
        line[column] = line[column]._replace(text=quoted)
        self.rows[row][column] = value


def _lines(body: str, sign: str) -> list[list[_Piece]]:
    end = rf"{sign}|\r\n|\r|\n|\Z"
    # A quote is doubled; some versions of PHP put a backslash before it instead.
    cell = re.compile(
        rf'("(?:[^"]|"")*"(?={end})|"(?:[^"\\]|""|\\.)*"(?={end})|[^{sign}\r\n]*)({end})',
        re.DOTALL,
    )
    lines: list[list[_Piece]] = [[]]
    place = 0
    while place < len(body):
        found = cell.match(body, place)
        assert found is not None  # noqa: S101 - the last form of a cell fits anything
        lines[-1].append(_Piece(found[1], found[2]))
        if found[2] != sign:
            lines.append([])
        elif found.end() == len(body):
            lines[-1].append(_Piece("", ""))  # an empty cell at the very end
        place = found.end()
    return [line for line in lines if line]


def _value(text: str) -> str:
    quoted = len(text) > 1 and text.startswith('"') and text.endswith('"')
    return text[1:-1].replace('""', '"') if quoted else text
