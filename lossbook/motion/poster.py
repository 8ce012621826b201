"""The still picture of a lesson: its strongest moment, as an SVG of its own."""

from html import escape
from math import hypot
from pathlib import Path
from typing import Any

from ..colours import COLOURS, LOOKS
from ..lessons import score as score_of
from ..lessons.score import name_of
from ..widgets import say
from .seeing import state_at
from .stage import HEIGHT, WIDTH

TAGS = {"arrow": "path", "curve": "path", "number": "text"}
HEAD = 9
SHEET = Path(__file__).with_name("stage.css")


def poster(topic: str, lesson: dict[str, Any]) -> str:
    """The picture at the end of the sentence that the score names, as SVG.

    It has both colour schemes, and takes that of the page that shows it.

    Raises
    ------
    ValueError
        If a figure is shown there: only a stage can be drawn without a browser.
    """
    score = score_of(topic)
    scene, line = score.poster
    before = sum(len(each.lines) for each in score.scenes[: scene - 1])
    end = lesson["lines"][before + line - 1][1]
    try:
        seen = picture(lesson, end, jump=True)
    except KeyError as error:
        raise ValueError(
            f"{name_of(topic)}: the poster must show a stage, and {error} is a figure"
        ) from error
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{2 * WIDTH}" height="{2 * HEIGHT}"><style>{sheet(topic)}</style>'
        f'<rect class="ground" width="{WIDTH}" height="{HEIGHT}"/>{seen}</svg>\n'
    )


def picture(lesson: dict[str, Any], time: float, *, jump: bool = False) -> str:
    """The stage at a time, as a group of SVG.

    Raises
    ------
    KeyError
        If a figure is shown; its name.
    """
    state = state_at(lesson, time, jump=jump)
    parts = "".join(
        drawn(part, state[f"{state['show']}.{name}"])
        for name, part in lesson["stages"][state["show"]]["parts"].items()
    )
    return f'<g class="stage">{parts}</g>'


def sheet(topic: str) -> str:
    """The looks of the stage, with the colours for light and dark."""
    loss = COLOURS["ink"] if topic not in LOOKS else LOOKS[topic].colour

    def variables(mode: str) -> str:
        named = {name: getattr(colour, mode) for name, colour in COLOURS.items()}
        named["lesson-loss"] = getattr(loss, mode)
        return "".join(f"--{name}:{value};" for name, value in named.items())

    return (
        f":root{{color-scheme:light dark;{variables('light')}}}"
        f"@media(prefers-color-scheme:dark){{:root{{{variables('dark')}}}}}"
        f".ground{{fill:var(--stage)}}{SHEET.read_text('utf-8')}"
    )


def drawn(part: dict[str, Any], pose: dict[str, Any]) -> str:
    """A part in a pose, or nothing if it is not seen."""
    if not pose["opacity"] or pose.get("drawn") == 0:
        return ""
    kind, text = part["kind"], part.get("text", "")
    places = {
        key: f"{value:g}" for key, value in pose.items() if isinstance(value, float)
    }
    if kind == "number":
        value = say(float(places.pop("value")), part["digits"])
        text = f"{part['before']}{value}{part['after']}"
    if kind == "arrow":
        places = {"d": arrow(pose), "opacity": places["opacity"]}
    if kind == "curve":
        places = {
            "d": "M" + " ".join(map(str, pose["points"])),
            "opacity": places["opacity"],
        }
    if places["opacity"] == "1":
        del places["opacity"]
    tag = TAGS.get(kind, kind)
    written = "".join(f' {key}="{value}"' for key, value in places.items())
    return f'<{tag} class="{kind} {part["look"]}"{written}>{escape(text)}</{tag}>'


def arrow(pose: dict[str, float]) -> str:
    """The path of an arrow, as stage.js has it."""
    x1, y1, x2, y2 = (pose[key] for key in ("x1", "y1", "x2", "y2"))
    if (length := hypot(x2 - x1, y2 - y1)) < 1:
        return ""
    size = min(HEAD, length)
    x, y = (x2 - x1) / length * size, (y2 - y1) / length * size
    left, right = (
        f"{x2 - x - side * y * 0.6:.2f} {y2 - y + side * x * 0.6:.2f}"
        for side in (1, -1)
    )
    return f"M{x1:g} {y1:g}L{x2:g} {y2:g}M{left}L{x2:g} {y2:g}L{right}"
