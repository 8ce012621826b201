"""Item analysis: how hard each item was, and whether it tells strong from weak.

Of a table of marks, a row for each student and a column for each item.  An item is
what gets points of its own: a test, an answer in words, a question.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

FEWEST = 10  # students, below which a correlation says next to nothing


@dataclass(frozen=True)
class Item:
    """How an item went.

    Attributes
    ----------
    count : int
        How many students have a mark for it.
    difficulty : float or None
        The mean share of its points that they got, from 0 to 1: the higher, the
        easier.  None without a mark.
    full : float or None
        The share of students with all of its points.
    discrimination : float or None
        The correlation between the marks of the item and the sum of those other items
        for which everybody has a mark; None for fewer than `FEWEST` students, and where
        all of them got the same.
    lost : float
        The points that were lost here, over all students.
    """

    count: int
    difficulty: float | None
    full: float | None
    discrimination: float | None
    lost: float


def analyse(marks: ArrayLike, maxima: ArrayLike) -> list[Item]:
    """Analyse each item of a table of marks.

    Parameters
    ----------
    marks : array_like, shape (n, k)
        The points of n students for k items; NaN where there is no mark.
    maxima : array_like, shape (k,)
        The most points that each item gives, above 0.

    Returns
    -------
    list of Item
        One for each item.

    Raises
    ------
    ValueError
        If the shapes do not fit, a maximum is not above 0, or a mark is below 0 or
        above its maximum.

    Notes
    -----
    Difficulty and the corrected item-total correlation are those of classical test
    theory (Crocker and Algina, 1986): the item itself is taken out of the
    total, as otherwise it would agree with itself.

    Examples
    --------
    Twelve students; the second item is right for those who are good at the others.

    >>> easy, hard = np.ones(12), np.arange(12) >= 6
    >>> marks = np.column_stack([easy, hard, np.arange(12) / 3])
    >>> [item.difficulty for item in analyse(marks, [1, 1, 4])]
    [1.0, 0.5, 0.4583333333333333]
    >>> print(analyse(marks, [1, 1, 4])[0].discrimination)
    None
    >>> round(analyse(marks, [1, 1, 4])[1].discrimination, 2)
    0.87
    """
    table, most = np.asarray(marks, float), np.asarray(maxima, float)
    if table.ndim != 2 or most.shape != table.shape[1:]:
        raise ValueError(
            f"marks need a row for each student and a column for each maximum; their "
            f"shapes are {table.shape} and {most.shape}"
        )
    if not np.all(most > 0):
        raise ValueError("each item must give more than 0 points")
    if np.any((table < 0) | (table > most)):
        raise ValueError("a mark must lie between 0 and the points of its item")
    known = ~np.isnan(table)
    everybodys = known.all(axis=0)
    total = table[:, everybodys].sum(axis=1)
    items = []
    for i, points in enumerate(most):
        has = known[:, i]
        mine = table[has, i]
        if not len(mine):
            items.append(Item(0, None, None, None, 0.0))
            continue
        rest = total[has] - mine if everybodys[i] else total[has]
        items.append(
            Item(
                len(mine),
                float(np.mean(mine) / points),
                float(np.mean(mine == points)),
                _correlation(mine, rest),
                float(np.sum(points - mine)),
            )
        )
    return items


def _correlation(a: np.ndarray, b: np.ndarray) -> float | None:
    if len(a) < FEWEST or np.ptp(a) == 0 or np.ptp(b) == 0:
        return None
    return float(np.corrcoef(a, b)[0, 1])
