"""A sketch as HTML: axes to draw on, and the right curve folded into the answer."""

import json
from html import escape

import numpy as np
from matplotlib.ticker import MaxNLocator

from ..widgets import say
from .sketches import Rule, Sketch
from .static import element

# In the units of the picture: its size, and the room that the letters need.
_WIDTH, _HEIGHT = 300, 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 12, 12, 42
_SAMPLES = 61


def place_to_draw(sketch: Sketch) -> str:
    """Axes on paper; a script puts points there that can be set."""
    low, high, step = sketch.span
    about = {
        "axis": sketch.axis,
        "height": sketch.height,
        "places": sketch.places,
        "low": low,
        "high": high,
        "step": step,
    }
    words = f"Axes to draw on: the {sketch.height} over the {sketch.axis}."
    return element(
        "div",
        _picture(sketch, words, ""),
        class_="pad",
        data_sketch=json.dumps(about, separators=(",", ":")),
    )


def right_curve(sketch: Sketch) -> str:
    """A still of the right curve."""
    heights = zip(sketch.places, sketch.at(sketch.places), strict=True)
    words = "; ".join(f"at {short(x)}: {short(y)}" for x, y in heights)
    words = f"The right curve, the {sketch.height} over the {sketch.axis}: {words}."
    xs = np.linspace(sketch.places[0], sketch.places[-1], _SAMPLES).round(6)
    line = "L".join(f"{x:.4g} {y:.4g}" for x, y in zip(xs, sketch.at(xs), strict=True))
    # In the units of the curve, so that a script can draw the same line elsewhere.
    (sx, tx), (sy, ty) = _scales(sketch)
    curve = element(
        "path",
        "",
        class_="right-curve",
        d=f"M{line}",
        transform=f"matrix({sx:.6g} 0 0 {sy:.6g} {tx:.6g} {ty:.6g})",
        fill="none",
        stroke="currentColor",
        vector_effect="non-scaling-stroke",
    )
    return element(
        "div",
        _picture(sketch, words, curve),
        class_="key",
    )


def looks_at(sketch: Sketch, rule: Rule) -> str:
    """Where a rule looks, in words."""
    first, last = map(short, sketch.over(rule))
    if not rule.over:
        return "As a whole"
    return f"At {first}" if first == last else f"From {first} to {last}"


def short(number: float) -> str:
    """A number without zeros that say nothing, as widgets.js has it.

    >>> short(-0.5), short(2), short(0.6931)
    ('−0.5', '2', '0.69')
    """
    text = say(number, 2)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _scales(sketch: Sketch) -> tuple[tuple[float, float], tuple[float, float]]:
    """Of each axis the factor and the shift from its own units to the picture's."""
    (x0, x1), (y0, y1, _) = (sketch.places[0], sketch.places[-1]), sketch.span
    sx = (_WIDTH - _LEFT - _RIGHT) / (x1 - x0)
    sy = (_HEIGHT - _TOP - _BOTTOM) / (y0 - y1)
    return (sx, _LEFT - sx * x0), (sy, _TOP - sy * y1)


def _picture(sketch: Sketch, words: str, curve: str) -> str:
    (sx, tx), (sy, ty) = _scales(sketch)
    low, high, _ = sketch.span
    bottom, right = _HEIGHT - _BOTTOM, _WIDTH - _RIGHT
    parts, lines = [], f"M{_LEFT} {_TOP}V{bottom}H{right}"
    for place in sketch.places:
        at = f"{sx * place + tx:.4g}"
        lines += f"M{at} {_TOP}V{bottom}"
        parts.append(_letters(short(place), at, bottom + 16, "middle"))
    steps = MaxNLocator(5, steps=[1, 2, 5, 10]).tick_values(low, high)
    for height in (tick for tick in steps if low <= tick <= high):
        at = f"{sy * height + ty:.4g}"
        lines += f"M{_LEFT} {at}H{right}"
        parts.append(_letters(short(height), _LEFT - 6, f"{float(at) + 4:.4g}", "end"))
    middle = (_LEFT + right) / 2
    parts.append(_letters(sketch.axis, f"{middle:g}", _HEIGHT - 6, "middle"))
    turned = f"rotate(-90 12 {(_TOP + bottom) / 2:g})"
    name = _letters(sketch.height, 12, f"{(_TOP + bottom) / 2:g}", "middle", turned)
    grid = element("path", "", class_="edge", d=lines, fill="none", stroke="#8795a5")
    return element(
        "svg",
        grid + "".join(parts) + name + curve,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_WIDTH} {_HEIGHT}",
        width=str(_WIDTH),
        role="img",
        aria_label=words,
    )


def _letters(
    text: str, x: float | str, y: float | str, anchor: str, transform: str | None = None
) -> str:
    about = {"x": str(x), "y": str(y), "text_anchor": anchor, "font_size": "13"}
    return element(
        "text", escape(text), **about, fill="currentColor", transform=transform
    )
