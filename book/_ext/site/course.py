"""The course as a path of curves: what the templates draw of each chapter.

Each chapter has a curve, that of its loss where it has one, in the colour that this
loss has everywhere (lossbook/colours.py), and one ball: the thing that a reader moves.
"""

from math import exp, log
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from lossbook.colours import LOOKS

from .templates import Draft, tell

# What the contents call the parts whose chapters have a curve; the bar shows the first.
COURSE, FURTHER = "The course", "Further losses"

Point = tuple[float, float]

# On a field of 96 by 60, whose ground is at 52.
GROUND = 52.0
PARABOLA = "M10 6Q48 98 86 6"  # one Bézier curve of the second degree is a parabola


def line(points: list[Point]) -> str:
    """A line through points."""
    return "M" + "L".join(f"{x:.3g} {y:.3g}" for x, y in points)


def bent(start: Point, slope: float, end: Point, end_slope: float) -> str:
    """A curve of the second degree on from a point, by its slopes at both ends."""
    (x0, y0), (x1, y1) = start, end
    x = (y1 - y0 + slope * x0 - end_slope * x1) / (slope - end_slope)
    y = y0 + slope * (x - x0)
    return "Q" + " ".join(f"{number:.3g}" for number in (x, y, x1, y1))


def surprise(p: float) -> Point:
    """Where the negative logarithm of a probability is on the field."""
    return 10 + 76 * p, GROUND + 46 * log(p) / 2.9


def surprises(pieces: int = 4) -> str:
    """Its curve, in pieces that take equal steps of the loss, without a kink."""
    places = [exp(-2.9 * i / pieces) for i in range(pieces, -1, -1)]
    points = [(surprise(p), 46 / 2.9 / 76 / p) for p in places]
    bends = (bent(*points[i], *points[i + 1]) for i in range(pieces))
    return line([points[0][0]]) + "".join(bends)


def forgetting() -> str:
    """What is remembered: lifted three times, and each fall is slower."""
    path, start = "", 10.0
    for i, width in enumerate((10, 16, 22, 28)):
        slowness = 10.35 * 1.9**i
        left = exp(-width / slowness)
        end, slope = (start + width, GROUND - 44 * left), 44 / slowness
        path += f"V{GROUND - 44:.3g}" if i else line([(start, GROUND - 44)])
        path += bent((start, GROUND - 44), slope, end, slope * left)
        start += width
    return path


# Of each chapter its lines, each with the name of its look, and where the ball is.
CURVES: dict[str, tuple[list[tuple[str, str]], Point]] = {
    "what_is_a_loss": ([("", "M8 8C20 8 20 52 44 52S64 24 88 20")], (18.5, 17)),
    # At equal steps of the loss, not of the probability, or a kink would show.
    "cross_entropy": ([("cross-entropy", surprises())], surprise(0.45)),
    "mean_squared_error": ([("squared", PARABOLA)], (48, 52)),
    "hinge": ([("hinge", "M10 6L60 52H88")], (37, 30.8)),
    "choosing": (
        [
            ("squared", "M14 6Q48 98 82 6"),
            ("absolute", "M10 18L48 52L86 18"),
            ("huber", "M8 26L30 42Q48 60 66 42L88 26"),
        ],
        (48, 52),
    ),
    "going_further": (
        [
            ("thin", "M6 30a42 23 0 1 0 84 0a42 23 0 1 0-84 0"),
            ("thin", "M20 31a28 15 0 1 0 56 0a28 15 0 1 0-56 0"),
            ("", "M13 16L30 40L40 24L46 36L48 32"),
        ],
        (48, 32),
    ),
    "mnemonics": ([("", forgetting())], (86, 20)),
    # Further losses.
    "numbers": ([("quantile", "M10 42L40 52L86 6")], (40, 52)),
    "forecasts": (
        [("thin", "M10 52L86 6"), ("", "M10 42C34 40 62 18 86 16")],
        (48, 29),
    ),
    # A large region, and a small one in it that is marked and nearly found.
    "rare_and_small": (
        [
            ("thin", "M6 30a42 24 0 1 0 84 0a42 24 0 1 0-84 0"),
            ("cross-entropy", "M52 26a9 8 0 1 0 18 0a9 8 0 1 0-18 0"),
            ("thin", "M57 28a9 8 0 1 0 18 0a9 8 0 1 0-18 0"),
        ],
        (63.5, 27),
    ),
    "similarity": ([("contrastive", "M10 6Q40 52 60 52H88")], (33, 33)),
    "language_models": ([("preference", "M8 12L32 34Q48 49 88 51")], (20, 23)),
}


# What stands below the curve of a loss.
FORMULAS = {
    "cross_entropy": "\u2212log p",
    "mean_squared_error": "(\u0177 \u2212 y)\u00b2",
    "hinge": "max(0, 1 \u2212 y s)",
}


def chapters(env: BuildEnvironment, part: str = COURSE) -> list[str]:
    """The documents of a part of the contents, in their order; none where it is not."""
    site_map = env.external_site_map  # type: ignore[attr-defined]  # of the contents
    parts = {each.caption: each.files() for each in site_map.root.subtrees}
    return parts.get(part, [])


def topic_of(page: str) -> str:
    """The topic of a page, by its name or address."""
    stem = page.rpartition("/")[2].removesuffix(".html")
    return stem.removesuffix("_practice").removesuffix("_lesson")


def drawn(names: list[str], draft: Draft) -> dict[str, Any]:
    """The curves of the bar, of a page, and of those to which it has a door."""
    doors = [draft.known[to]["link"] for to in ("prev", "next") if draft.known.get(to)]
    pages = [*names, draft.name, *doors]
    if draft.name == draft.app.config.root_doc:  # leads to all of them
        pages += chapters(draft.app.env, FURTHER)
    wanted = {topic_of(page) for page in pages}
    return {topic: curve for topic, curve in CURVES.items() if topic in wanted}


def describe(draft: Draft) -> dict[str, Any]:
    """Give the templates the chapters, and what the page is about."""
    topic, env = topic_of(draft.name), draft.app.env
    names = chapters(env) if draft.app.builder.name == "html" else []
    return {
        "chapters": [
            {
                "page": name,
                "topic": topic_of(name),
                "title": env.titles[name].astext(),
            }
            for name in names
        ],
        "curves": drawn(names, draft),
        "topic": topic if topic in CURVES else "",
        "loss": LOOKS[topic].name if topic in LOOKS else "",
    }


def setup(app: Sphinx) -> None:
    """Connect to Sphinx."""
    tell(app, describe)
