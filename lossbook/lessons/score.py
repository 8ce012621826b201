"""A lesson to watch: what is said, and what moves while it is said."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from .. import _names
from .dialogue import CAST, named

SCORES = files(__package__) / "motion"
TEACHER = CAST["nora"]  # who says it


@dataclass(frozen=True)
class Move:
    """From `at`, a part of the sentence, in `seconds` to the values of `set`.

    Where a name stands for several parts, each begins `apart` seconds after the last.
    """

    at: float
    seconds: float
    set: dict[str, Any]
    apart: float


@dataclass(frozen=True)
class Option:
    """An answer to choose, and what is told to who chooses it."""

    text: str
    says: str
    right: bool


@dataclass(frozen=True)
class Drag:
    """An answer to give with a figure: `right` in its trait, give or take `within`.

    `below` and `above` are told to who stays below it, or goes beyond.
    """

    name: str
    right: str
    within: str
    says: str
    below: str
    above: str


@dataclass(frozen=True)
class Ask:
    """A question at which the lesson stops, with options or a figure to drag."""

    question: str
    options: tuple[Option, ...]
    drag: Drag | None


@dataclass(frozen=True)
class Line:
    """A sentence, the silence after it, its moves, and what it lights."""

    say: str
    spoken: str | None
    rest: float
    light: str
    moves: tuple[Move, ...]
    ask: Ask | None


@dataclass(frozen=True)
class Scene:
    """One idea: a heading, a figure or stage to show, a sentence that sums it up."""

    title: str
    show: str
    summary: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Score:
    r"""The lesson on a topic as its author wrote it; `{…}` in texts is to be computed.

    Attributes
    ----------
    topic, title, about : str
        The topic's name; what stands above the lesson, and a sentence on it.
    poster : tuple of int
        The scene and the sentence, from 1, whose end is the still picture.
    formula : str
        TeX, in which ``\part{name}{…}`` can be lit.
    figures, numbers : dict of str
        Calls of explorers, and expressions, by the names that the scenes use.
    insights : tuple of str
        What to remember.
    questions : tuple of (str, str)
        Questions with their answers.
    scenes : tuple of Scene
        In the order in which they are seen.
    """

    topic: str
    title: str
    about: str
    poster: tuple[int, int]
    formula: str
    figures: dict[str, str]
    numbers: dict[str, str]
    insights: tuple[str, ...]
    questions: tuple[tuple[str, str], ...]
    scenes: tuple[Scene, ...]

    def lines(self) -> list[tuple[str, Scene, Line]]:
        """All sentences in order, each with where it stands, as errors say it."""
        return [
            (
                f"{name_of(self.topic)}, {_scene_at(s, scene.title)}, sentence {n}",
                scene,
                line,
            )
            for s, scene in enumerate(self.scenes, 1)
            for n, line in enumerate(scene.lines, 1)
        ]


def score(topic: str) -> Score:
    """The lesson to watch on a topic, from the file of that name in ``motion/``.

    Raises
    ------
    KeyError
        If there is no lesson on `topic`; the message lists those there are.
    ValueError
        If the file holds what a score does not; the message says where.

    Examples
    --------
    >>> score("mean_squared_error").scenes[0].show
    'houses'
    """
    if topic not in scored():
        raise KeyError(_names.unknown("no score on", topic, scored()))
    return read(topic, (SCORES / f"{topic}.toml").read_text("utf-8"))


def scored() -> list[str]:
    """The topics that have a lesson to watch, by name.

    >>> "mean_squared_error" in scored()
    True
    """
    return named(SCORES)


def name_of(topic: str) -> str:
    """What messages call the file."""
    return f"motion/{topic}.toml"


def read(topic: str, text: str) -> Score:
    """The score that stands in the text of a TOML file; errors as `score`."""
    where = name_of(topic)
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{where} is not TOML: {error}") from error
    needed = {"title": str, "about": str, "poster": list, "insights": list}
    needed |= {"question": list, "scene": list}
    _check(raw, where, needed, {"formula": str, "figures": dict, "numbers": dict})
    for number, each in enumerate(raw["question"], 1):
        _check(each, f"{where}, question {number}", {"asks": str, "answer": str})
    return Score(
        topic,
        raw["title"],
        raw["about"],
        tuple(raw["poster"]),
        raw.get("formula", ""),
        raw.get("figures", {}),
        raw.get("numbers", {}),
        tuple(raw["insights"]),
        tuple((each["asks"], each["answer"]) for each in raw["question"]),
        tuple(
            _scene(each, where, number) for number, each in enumerate(raw["scene"], 1)
        ),
    )


def _scene(raw: dict, where: str, number: int) -> Scene:
    where = f"{where}, {_scene_at(number, raw.get('title', ''))}"
    _check(raw, where, {"title": str, "show": str, "summary": str, "line": list})
    lines = (
        _line(each, f"{where}, sentence {n}") for n, each in enumerate(raw["line"], 1)
    )
    return Scene(raw["title"], raw["show"], raw["summary"], tuple(lines))


def _line(raw: dict, where: str) -> Line:
    optional = {"spoken": str, "rest": float, "light": str, "move": list, "ask": dict}
    _check(raw, where, {"say": str}, optional)
    moves = tuple(_move(each, where) for each in raw.get("move", []))
    ask = _ask(raw["ask"], where) if "ask" in raw else None
    rest = float(raw.get("rest", 0.5))
    if not 0.2 <= rest <= 3:
        raise ValueError(f"{where}: rest must be from 0.2 to 3 seconds, got {rest}")
    return Line(raw["say"], raw.get("spoken"), rest, raw.get("light", ""), moves, ask)


def _move(raw: dict, where: str) -> Move:
    _check(
        raw,
        f"{where}, move",
        {"set": dict},
        {"at": float, "for": float, "apart": float},
    )
    move = Move(raw.get("at", 0), raw.get("for", 1), raw["set"], raw.get("apart", 0))
    if not 0 <= move.at <= 1:
        raise ValueError(
            f"{where}: at is a part of the sentence, from 0 to 1, got {move.at}"
        )
    if move.seconds < 0 or move.apart < 0:
        raise ValueError(f"{where}: for and apart are seconds, not less than 0")
    return move


def _ask(raw: dict, where: str) -> Ask:
    where = f"{where}, ask"
    if "drag" in raw:
        keys = ("drag", "right", "within", "says", "below", "above")
        _check(raw, where, dict.fromkeys(("question", *keys), str))
        return Ask(raw["question"], (), Drag(*(raw[key] for key in keys)))
    _check(raw, where, {"question": str, "options": list})
    for number, each in enumerate(raw["options"], 1):
        _check(
            each,
            f"{where}, option {number}",
            {"text": str, "says": str},
            {"right": bool},
        )
    options = tuple(
        Option(each["text"], each["says"], each.get("right", False))
        for each in raw["options"]
    )
    if len(options) not in (2, 3, 4) or sum(each.right for each in options) != 1:
        raise ValueError(
            f"{where}: needs 2 to 4 options, one of them with right = true"
        )
    return Ask(raw["question"], options, None)


def _scene_at(number: int, title: str) -> str:
    return f"scene {number} “{title}”"


def _check(raw: dict, where: str, needed: dict, optional: dict | None = None) -> None:
    """Only these keys, all that are needed, each of its kind."""
    kinds = needed | (optional or {})
    if unknown := set(raw) - set(kinds):
        raise ValueError(
            f"{where}: unknown {', '.join(sorted(unknown))}; "
            f"it may have {', '.join(kinds)}"
        )
    if missing := set(needed) - set(raw):
        raise ValueError(f"{where}: needs {', '.join(sorted(missing))}")
    for key, value in raw.items():
        kind = (int, float) if kinds[key] is float else kinds[key]
        if not isinstance(value, kind):
            raise ValueError(
                f"{where}: {key} must be {kinds[key].__name__}, got {value!r}"
            )
