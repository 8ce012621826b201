"""The base of everything that a reader moves: one Python class and one script for all.

Python samples the losses once; the page draws the samples and looks them up, so a
figure works in a published book with no kernel behind it, and its numbers are those
of `lossbook.losses`.  Where nothing can be moved (in print, on GitHub, with scripts
off) a static form of the widget is shown instead.

The script and the style sheet of a widget stand beside its module, under the same
name.  They import what they share, `widgets.js` and `widgets.css` first of all, and a
notebook gets them joined into one.
"""

import base64
import hashlib
import io
import json
import math
import os
import re
import sys
import threading
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import anywidget
import matplotlib as mpl
import numpy as np
import traitlets
from ipywidgets import Layout
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from .plots import STYLE

_IMPORT = re.compile(
    r'^(?:import [^;]*? from|export \{[^}]*\} from|@import) "(\.[^"]+)";\n',
    re.MULTILINE,
)
# A part that a page fetches only where it is wanted: (await import("./it.js")).name
_LATER = re.compile(r'\(await import\("(\.[^"]+)"\)\)\.')
_made = Counter()


class Samples(traitlets.TraitType):
    """Samples of a figure: lists and dicts of numbers and words, fixed at birth.

    They travel as one line of JSON.  A notebook would keep each number on a line of
    its own.
    """

    def __init__(self) -> None:
        super().__init__()
        self.tag(sync=True, to_json=_to_line, from_json=_from_line)


class Widget(anywidget.AnyWidget):
    """A widget with the same id in every run, and its script joined to what it imports.

    With ``ANYWIDGET_HMR=1`` in the environment, as anywidget has it, whatever of a
    script or style sheet is changed shows at once where the widget is live.

    Parameters
    ----------
    arguments : str
        What tells this widget from others of its class, as one would write it
        between the brackets: it is in `repr` and makes the id.
    **state
        Values of the traits.
    """

    def __init_subclass__(cls, **kwargs: object) -> None:
        """Join the files of the class."""
        # Not for the bases here, which draw nothing, nor for the class that anywidget
        # derives for each widget, in which these are traits.
        if cls.__module__ != __name__ and "_esm" not in vars(cls):
            cls._esm, cls._css = cls._front_end()
        super().__init_subclass__(**kwargs)

    @classmethod
    def _front_end(cls) -> tuple[str, str]:
        own = Path(sys.modules[cls.__module__].__file__)
        return joined(own.with_suffix(".js")), joined(own.with_suffix(".css"))

    def __init__(self, arguments: str, **state: object) -> None:
        self._text = f"{type(self).__name__}({arguments})"
        _made[self._text] += 1
        name = f"{type(self).__module__}.{self._text}#{_made[self._text]}"
        layout = Layout(model_id=_hash(name + ".layout"))
        super().__init__(model_id=_hash(name), layout=layout, **state)
        if os.environ.get("ANYWIDGET_HMR") == "1":
            threading.Thread(target=self._follow_files, daemon=True).start()

    def _follow_files(self) -> None:
        from watchfiles import watch  # which only authors need

        def is_shown(_: object, path: str) -> bool:
            return path.endswith((".js", ".css"))

        for _ in watch(Path(__file__).parent, watch_filter=is_shown):
            self._esm, self._css = self._front_end()

    def __repr__(self) -> str:
        return self._text


class Explorer(Widget):
    """A figure that the reader moves; `draw` gives its static form.

    Attributes
    ----------
    title : str
        What stands above the figure.
    description : str
        A sentence or two that tell what it shows, for those who do not see it.
    heights : list of two int
        CSS pixels that the figure takes on a narrow (phone) and a wide screen; the
        page keeps them free, so that nothing jumps when the figure comes alive.
    """

    title = traitlets.Unicode().tag(sync=True)
    description = traitlets.Unicode().tag(sync=True)
    heights = traitlets.List(traitlets.Int()).tag(sync=True)

    def draw(self, figure: Figure) -> None:
        """Draw the static form into an empty figure in the style of the book."""
        raise NotImplementedError

    def static_forms(self) -> dict[str, str]:
        """The static form by MIME type, the same in every run.

        As SVG, and as PNG in base64, which a notebook shows even where it is not
        trusted.
        """
        text, pixels = io.StringIO(), io.BytesIO()
        with mpl.rc_context(STYLE):
            figure = Figure()
            self.draw(figure)
            figure.savefig(text, format="svg", metadata={"Date": None})
            figure.savefig(pixels, format="png", metadata={"Software": None})
        png = base64.b64encode(pixels.getvalue()).decode()
        return {"image/svg+xml": text.getvalue(), "image/png": png}

    def _repr_mimebundle_(self, **_: object) -> tuple[dict, dict]:
        data, metadata = super()._repr_mimebundle_()
        return data | self.static_forms(), metadata


def joined(*paths: Path) -> str:
    """Scripts or style sheets of a widget, each after those that it imports.

    The files import others by their names, so that a browser and tests can load them
    as they are; joined to those, they need no import, not even one for later.
    """
    texts = {}

    def take(path: Path) -> None:
        if path not in texts:
            text = path.read_text("utf-8")
            for name in [*_IMPORT.findall(text), *_LATER.findall(text)]:
                take((path.parent / name).resolve())
            texts[path] = _LATER.sub("", _IMPORT.sub("", text))

    for path in paths:
        take(path.resolve())
    return "".join(texts.values())


def call(*positional: object, **named: object) -> str:
    """Arguments as one would write them between brackets; None is left out.

    >>> call("hinge", y_true=1, low=None)
    "'hinge', y_true=1"
    """
    named = {name: value for name, value in named.items() if value is not None}
    return ", ".join(
        [
            *map(repr, positional),
            *(f"{name}={value!r}" for name, value in named.items()),
        ]
    )


def samples(values: ArrayLike) -> list:
    """Values as a page stores them: six significant digits, None where not finite.

    Parameters
    ----------
    values : array_like, shape (n,) or (n, m)

    Returns
    -------
    list of n floats, or of n such lists

    Examples
    --------
    >>> samples([1 / 3, 20, math.inf])
    [0.333333, 20.0, None]
    """
    values = np.asarray(values, dtype=float)
    if values.ndim > 1:
        return [samples(row) for row in values]
    return [float(f"{v:.6g}") if math.isfinite(v) else None for v in values]


def say(value: float, digits: int = 2) -> str:
    """A number as the book prints it, and as the page does.

    >>> say(-0.5), say(-0.001), say(0.125), say(3193.06), say(math.inf)
    ('−0.50', '0.00', '0.13', '3,193.06', 'infinite')
    """
    if not math.isfinite(value):
        return "infinite"
    # As JavaScript rounds: a tie goes up, where Python's own format would go to even.
    size = Decimal(abs(value)).quantize(Decimal(10) ** -digits, ROUND_HALF_UP)
    return f"−{size:,}" if value < 0 and size else f"{size:,}"


def nearest(places: ArrayLike, value: float) -> float:
    """The sampled place that is nearest to a value: controls stand there only.

    >>> nearest([0, 0.5, 1], 0.7)
    0.5
    """
    places = np.asarray(places, dtype=float)
    if not math.isfinite(value):
        raise ValueError(f"a place on the axis must be a finite number, got {value}")
    return float(places[np.abs(places - value).argmin()])


def _to_line(value: object, _: Widget) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _from_line(line: str, _: Widget) -> object:
    return json.loads(line)


def _hash(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:32]
