"""The figures of the book: each takes Axes and returns them, and never shows anything.

Each refuses what is no finite real number with a ValueError, as the losses do.
Colours and dashes are those of `lossbook.colours`: what is no loss is drawn in ink,
and no figure relies on colour alone.
"""

import sys

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from ._arrays import check_signs, finite_numbers
from .calibration import reliability
from .catalogue import Loss
from .colours import COLOURS, LOOKS, dashes

INK, MUTED, STAGE = (COLOURS[name].light for name in ("ink", "muted", "stage"))
# What the reader moves, and the slope of a loss, which has the colour of its loss.
BALL = {
    "marker": "o",
    "markersize": 8,
    "color": COLOURS["ball"].light,
    "markeredgecolor": INK,
    "markeredgewidth": 1.3,
    "zorder": 4,
    "linestyle": "none",
}
SLOPE = {"linewidth": 1.2, "linestyle": (0, (4, 2.5))}
# Of two classes: discs of ink, and squares of nothing but their edge.
POSITIVE = {"marker": "o", "facecolors": INK, "edgecolors": INK}
NEGATIVE = {"marker": "s", "facecolors": "none", "edgecolors": INK}
STYLE = {
    "figure.figsize": (5.6, 2.7),  # letters stay readable on a phone
    "figure.constrained_layout.use": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.prop_cycle": mpl.cycler(color=[INK]),
    "axes.edgecolor": MUTED,
    "axes.labelcolor": INK,
    "text.color": INK,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "legend.frameon": False,
    "font.size": 10,
    "lines.linewidth": 2,
    "svg.hashsalt": "lossbook",
}


def use_book_style() -> None:
    """Draw as the book does, and the same in every run: SVG, no date, fixed ids.

    Called once at the top of a chapter.  Outside a notebook only the style is set.

    Examples
    --------
    >>> use_book_style()
    >>> mpl.rcParams["svg.hashsalt"]
    'lossbook'
    """
    mpl.rcParams.update(STYLE)
    ipython = sys.modules.get("IPython")
    if ipython and ipython.get_ipython():
        from matplotlib_inline.backend_inline import set_matplotlib_formats

        set_matplotlib_formats("svg", "png", metadata={"Date": None})


def curve_styles(*keys: str) -> list[dict]:
    """The colour and the dash of each of the losses that share a plot.

    Parameters
    ----------
    *keys : str
        Keys of the catalogue.

    Returns
    -------
    list of dict
        For each loss what to hand to ``ax.plot``.

    Raises
    ------
    KeyError
        If the catalogue has no such loss.

    Examples
    --------
    >>> curve_styles("hinge")
    [{'color': '#8a6700', 'linestyle': '-'}]
    >>> [style["linestyle"] for style in curve_styles("mean_squared_error", "huber")]
    ['-', (0, (1.0, 1.5))]
    """
    return [
        # Half as long as in CSS pixels: matplotlib counts in widths of the line.
        {
            "color": LOOKS[key].colour.light,
            "linestyle": (0, tuple(part / 2 for part in dash)) if dash else "-",
        }
        for key, dash in zip(keys, dashes(*keys), strict=True)
    ]


def loss_and_slope(
    loss: Loss, y_true: float, x: ArrayLike, axes: ArrayLike | None = None
) -> tuple[Axes, Axes]:
    """A loss and its slope for one example, side by side, over predictions `x`.

    Parameters
    ----------
    loss : Loss
        A record of the catalogue.
    y_true : float
        The label of the example.
    x : array_like, shape (m,)
        The predictions to draw, increasing.
    axes : two Axes, optional
        Where to draw; a new figure if not given.

    Returns
    -------
    two Axes
        The first holds the loss, the second its slope.

    Examples
    --------
    >>> from lossbook.catalogue import by_key
    >>> left, right = loss_and_slope(by_key("mean_squared_error"), 0, [-1, 0, 2])
    >>> left.lines[0].get_ydata().tolist(), right.lines[0].get_ydata().tolist()
    ([1.0, 0.0, 4.0], [-2.0, 0.0, 4.0])
    """
    x = finite_numbers(x, "x")
    y = np.full_like(x, y_true)
    left, right = plt.subplots(1, 2)[1] if axes is None else axes
    (style,) = curve_styles(loss.key)
    left.plot(x, loss.value(y, x, reduction="none"), **style)
    left.set(xlabel=loss.reads, ylabel="loss", title=f"The {loss.title}")
    right.plot(x, loss.grad(y, x, reduction="none"), **style | SLOPE)
    right.axhline(0, color=MUTED, linewidth=1, zorder=1)
    right.set(xlabel=loss.reads, ylabel="slope", title="and its slope")
    for ax in (left, right):
        ax.axvline(y_true, color=MUTED, linewidth=1, linestyle=":")
    return left, right


def fitted_line(
    x: ArrayLike, y: ArrayLike, slope: float, intercept: float, ax: Axes | None = None
) -> Axes:
    """Examples as points, and the line that a linear model draws through them.

    Parameters
    ----------
    x, y : array_like, shape (n,)
        The examples.
    slope, intercept : float
        The line is ``intercept + slope * x``.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Returns
    -------
    Axes
        With the points as a collection and the line as its first line.

    Examples
    --------
    >>> ax = fitted_line([0, 2], [1, 5], slope=2, intercept=1)
    >>> ax.lines[0].get_ydata().tolist()
    [1.0, 5.0]
    """
    x, y = finite_numbers(x, "x"), finite_numbers(y, "y")
    ends = np.array([x.min(), x.max()])
    ax = plt.subplots()[1] if ax is None else ax
    # Thousands of points are one small picture inside the SVG, not thousands of shapes.
    ax.scatter(x, y, s=8, alpha=0.35, color=MUTED, linewidths=0, rasterized=True)
    ax.plot(ends, intercept + slope * ends, color=INK)
    return ax


def pictures(images: ArrayLike, titles: ArrayLike) -> list[Axes]:
    """Small grey pictures in a row, each with its title above it.

    Parameters
    ----------
    images : array_like, shape (n, height, width)
        Grey levels; 0 is paper, the largest of all the pictures is ink.
    titles : n strings or numbers
        What stands above each picture.

    Returns
    -------
    list of n Axes
        Each holds one image, in a new figure.

    Examples
    --------
    >>> from lossbook.datasets import digit_images
    >>> left, right = pictures(digit_images()[:2], ["a zero", "a one"])
    >>> left.get_title(), right.images[0].get_array().shape
    ('a zero', (8, 8))
    """
    images = finite_numbers(images, "images")
    axes = plt.subplots(1, len(images), figsize=(5.6, 1.4), squeeze=False)[1][0]
    for ax, image, title in zip(axes, images, titles, strict=True):
        ax.imshow(image, cmap="Greys", vmin=0, vmax=images.max())
        ax.set_title(str(title), fontsize=10)
        ax.set_axis_off()
    return list(axes)


def reliability_diagram(
    y_true: ArrayLike,
    probs: ArrayLike,
    *,
    bins: int = 10,
    sample_weight: ArrayLike | None = None,
    style: str = "o-",
    label: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """How often things happen, over how probable a model said they are.

    On the diagonal they happen as often as said; below it the model says too much,
    above it too little.  A large dot stands for many examples.

    Parameters
    ----------
    y_true, probs, bins, sample_weight
        As for `lossbook.calibration.reliability`, which gives the dots.
    style : str, default "o-"
        Marker and line, as Matplotlib writes them.
    label : str, optional
        A name for the legend.
    ax : Axes, optional
        Where to draw, beside other models; a new figure if not given.

    Returns
    -------
    Axes
        With the diagonal and the dots, and a line between the dots.

    Examples
    --------
    >>> ax = reliability_diagram([0, 0, 1, 0, 1, 1], [0.1, 0.1, 0.1, 0.1, 0.75, 0.75])
    >>> ax.lines[-1].get_xdata().round(2), ax.lines[-1].get_ydata()
    (array([0.1 , 0.75]), array([0.25, 1.  ]))
    """
    table = reliability(y_true, probs, bins=bins, sample_weight=sample_weight)
    if ax is None:
        ax = plt.subplots(figsize=(3.6, 3.2))[1]
        ax.plot([0, 1], [0, 1], color=MUTED, linewidth=1, zorder=1)
        ax.set(xlabel="predicted probability", ylabel="how often it happened")
    said, happened, count = table
    (line,) = ax.plot(
        said, happened, style, linewidth=1, markersize=3, markevery=[], label=label
    )
    marker, colour = line.get_marker(), line.get_color()
    size = 8 + 92 * count / count.max()
    ax.scatter(said, happened, size, color=colour, marker=marker)
    return ax


def strip(
    x: ArrayLike,
    y_true: ArrayLike,
    w: ArrayLike,
    b: float,
    ringed: ArrayLike | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Two classes, the decision boundary of a linear model, and the strip beside it.

    Parameters
    ----------
    x : array_like, shape (n, 2)
        The examples.
    y_true : array_like, shape (n,)
        Labels -1 (squares) and +1 (circles); ValueError if there are others.
    w, b : array_like of shape (2,), float
        The score is ``x @ w + b``; not both weights may be zero (ValueError).
    ringed : array_like of bool, shape (n,), optional
        Which examples to ring: the support vectors.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Returns
    -------
    Axes
        Its three lines are where the score is -1, 0 and 1.

    Examples
    --------
    With a first weight of 0.5 the score reaches 1 where the first feature is 2:

    >>> ax = strip([[-3, 0], [3, 2]], [-1, 1], w=[0.5, 0.0], b=0)
    >>> [float(line.get_xy1()[0]) for line in ax.lines]
    [-2.0, 0.0, 2.0]
    """
    x, y, w = (
        finite_numbers(values, name)
        for values, name in ((x, "x"), (y_true, "y_true"), (w, "w"))
    )
    check_signs(y)
    if not w.any():
        raise ValueError(
            "w must not be zero, or no decision boundary is drawn, got two zeros"
        )
    ax = plt.subplots()[1] if ax is None else ax
    for label, look in ((-1, NEGATIVE), (1, POSITIVE)):
        ax.scatter(*x[y == label].T, s=18, **look)
    if ringed is not None:
        rings = x[np.asarray(ringed, dtype=bool)]
        ax.scatter(*rings.T, s=90, facecolors="none", edgecolors=INK)
    ax.autoscale(enable=False)
    along = np.array([-w[1], w[0]])
    for score, style in ((-1, "--"), (0, "-"), (1, "--")):
        foot = (score - b) / (w @ w) * w  # of all points with this score, the nearest
        ax.axline(foot, foot + along, color=INK, linewidth=1.5, linestyle=style)
    ax.set(xlabel="$x_1$", ylabel="$x_2$")
    return ax
