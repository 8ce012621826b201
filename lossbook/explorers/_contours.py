"""Contour lines of a sampled surface, as few whole numbers for SVG."""

import numpy as np
from contourpy import contour_generator
from matplotlib.path import Path
from numpy.typing import ArrayLike

SIZE = 1000  # of the surface, in the units of its lines
ROOM = 170, 110  # for the label of a line


def areas_below(
    grid: ArrayLike, heights: ArrayLike, levels: tuple[float, ...]
) -> list[Path]:
    """Where a surface is below each level.

    Parameters
    ----------
    grid : array_like, shape (n,)
        Where it was sampled, along either side: 0 is one edge and 1 the other.
    heights : array_like, shape (n, n)
        The samples, row by row.
    levels : tuple of float
        From the lowest on; the surface reaches below each of them.

    Returns
    -------
    list of Path
        Closed lines, from 0 to SIZE where the grid goes from 0 to 1.

    Examples
    --------
    >>> (area,) = areas_below([0, 1], [[0, 2], [0, 2]], levels=(1,))
    >>> area.get_extents().extents.tolist()
    [0.0, 0.0, 500.0, 1000.0]
    """
    at = SIZE * np.asarray(grid)
    maker = contour_generator(at, at, heights, fill_type="OuterCode")
    floor = np.min(heights) - 1
    outlines = (maker.filled(floor, level) for level in levels)
    return [Path(*map(np.concatenate, outline)) for outline in outlines]


def simple(area: Path) -> Path:
    """The outline without the points that one would not miss."""
    line = Path(area.vertices, area.codes)
    line.simplify_threshold = 1
    return line.cleaned(simplify=True)


def contours(areas: list[Path], levels: tuple[float, ...]) -> list[dict]:
    """The areas as outlines for SVG, with the text and the place of their labels.

    Labels stand where a line goes furthest down to the right; one that would not
    have room there is left out.
    """
    lines, half, places = [], np.divide(ROOM, 2), []
    for area, level in zip(areas, levels, strict=True):
        line = {"outline": _outline(simple(area))}
        points = area.vertices
        points = points[((points > half) & (points < SIZE - half)).all(axis=1)]
        for place in points[(points @ (-1, 1)).argsort()[:1]].round():
            if all((np.abs(place - other) >= ROOM).any() for other in places):
                places.append(place)
                line |= {"text": f"{level:,g}", "at": place.astype(int).tolist()}
        lines.append(line)
    return lines


def _outline(area: Path) -> str:
    """A path for SVG in whole numbers, each point told from the last."""
    parts, last = [], (0, 0)
    for point, code in area.iter_segments(simplify=False):
        if code in (Path.MOVETO, Path.LINETO):
            here = [round(float(v)) for v in point]
            letter = "m" if code == Path.MOVETO else "l"
            parts.append(f"{letter}{here[0] - last[0]} {here[1] - last[1]}")
            last = here
    return "".join(parts)
