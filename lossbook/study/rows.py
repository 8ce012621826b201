"""More rows of values for a numeric question, computed between those that were written.

A row is a mean of the written ones with weights in eighths, rounded as they are.  What
holds for all of them and is linear, such as that no more is found than is there, holds
for their means too.
"""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from math import floor, log10

PARTS = 8
# Numbers that name one of two cases, such as a label, have nothing between them.
CASES = {-1, 0, 1}

Row = Mapping[str, float]


def between(rows: Sequence[Row]) -> list[Row]:
    """The rows that can be computed, in an order that is always the same.

    >>> [dict(row) for row in between([{"k": 2}, {"k": 5}])]
    [{'k': 4}, {'k': 3}]
    >>> between([{"y": -1}, {"y": 1}])
    []
    """
    digits = {name: _digits([row[name] for row in rows]) for name in rows[0]}
    found = {tuple(row.items()) for row in rows}
    made: list[Row] = []
    for weights in _weights(PARTS, len(rows)):
        used = [row for row, weight in zip(rows, weights, strict=True) if weight]
        if any(
            {row[name] for row in rows} <= CASES and len({r[name] for r in used}) > 1
            for name in rows[0]
        ):
            continue
        row = {
            name: _rounded(
                sum(w * r[name] for w, r in zip(weights, rows, strict=True)) / PARTS,
                digits[name],
            )
            for name in rows[0]
        }
        if tuple(row.items()) not in found:
            found.add(tuple(row.items()))
            made.append(row)
    return sorted(made, key=lambda row: sha256(repr(row).encode()).digest())


def _weights(total: int, count: int) -> Iterator[tuple[int, ...]]:
    """All ways to give `total` parts to so many rows."""
    if count == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in _weights(total - first, count - 1):
            yield (first, *rest)


def _digits(values: Sequence[float]) -> int:
    """How many digits after the point they have; of tens and hundreds below 0.

    >>> _digits([0.25, 3]), _digits([1, 12]), _digits([200, 1000]), _digits([0.5, 1.0])
    (2, 0, -2, 1)
    """
    if all(isinstance(value, int) for value in values):
        powers = range(floor(log10(max(map(abs, values)) or 1)), -1, -1)
        return -next(p for p in powers if all(v % 10**p == 0 for v in values))
    return max(len(str(value).partition(".")[2]) for value in values)


def _rounded(value: float, digits: int) -> float:
    rounded = round(value, digits)
    return int(rounded) if rounded == int(rounded) else rounded
