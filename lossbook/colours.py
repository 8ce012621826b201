"""The colours of the book: pages, widgets and figures take theirs from this table.

A colour means a loss, or the ball: what the reader moves.  What is neither gets shape,
weight or lightness: classes are discs and squares of ink, a slope is thin and dashed in
the colour of its loss, training is a solid line and held out a dashed one.

The style sheet beside this module, `colours.css`, says the same as custom properties
(``--ink``, ``--loss-hinge``); a test holds the two equal and measures the contrasts.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Colour:
    """A colour as it is on light paper and on dark."""

    light: str
    dark: str


@dataclass(frozen=True)
class Look:
    """How the curve of a loss is drawn, everywhere.

    Attributes
    ----------
    name : str
        Its class in style sheets is ``loss-`` and this name.
    colour : Colour
        Its colour, one of `COLOURS`.
    family : str
        What it is a loss of: "numbers", "probabilities" or "margins".  Within a
        family a reader can tell the colours apart, or the dashes differ.
    dash : tuple of int
        Lengths drawn and left out, in CSS pixels; none for a solid line.
    beside : tuple of int
        The same in a plot with losses of another family, whose colours may look
        alike to some readers.
    """

    name: str
    colour: Colour
    family: str
    dash: tuple[int, ...] = ()
    beside: tuple[int, ...] = ()


COLOURS = {
    "paper": Colour("#ffffff", "#11171d"),
    "stage": Colour("#f1f5f8", "#1a222b"),  # the ground of figures and questions
    "ink": Colour("#16202c", "#e7ecf1"),
    "muted": Colour("#4b5868", "#a6b2bf"),
    "edge": Colour("#8795a5", "#6b7a8a"),  # of controls, on paper only
    "hair": Colour("#d5dce3", "#323d49"),  # lines that only please
    "link": Colour("#0a5ea8", "#7cc0f7"),
    "ball": Colour("#f59e0b", "#fbb03b"),  # with an outline of ink, or it is too pale
    "right": Colour("#00785a", "#35cf9f"),  # of an answer, beside its sign
    "wrong": Colour("#b3361b", "#ff9358"),
    "loss-squared": Colour("#0a6cb8", "#5fb4f2"),
    "loss-absolute": Colour("#c2410c", "#ff9358"),
    "loss-huber": Colour("#00785a", "#35cf9f"),
    "loss-cross-entropy": Colour("#761b8c", "#cf9bf5"),
    "loss-hinge": Colour("#8a6700", "#f2d160"),
}

_DASHED, _DOTTED, _LONG, _DASH_DOT = (7, 3), (2, 3), (12, 4), (9, 3, 2, 3)
_CLOSE, _SPARSE = (5, 2, 2, 2), (3, 6)
_TWO_DOTS, _SHORT, _FINE, _UNEQUAL = (9, 3, 2, 3, 2, 3), (4, 2), (1, 2), (12, 3, 4, 3)
_TWOS, _THREES = (9, 3, 9, 9), (4, 3, 4, 3, 4, 9)
_ONE_OF_MANY = (9, 2, 2, 2, 2, 2, 2, 2)


def _look(
    name: str, colour: str, family: str, dash: tuple = (), beside: tuple = ()
) -> Look:
    return Look(name, COLOURS[f"loss-{colour}"], family, dash, beside or dash)


_CROSS_ENTROPY = _look(
    "cross-entropy", "cross-entropy", "probabilities", beside=_DASH_DOT
)
_HINGE = _look("hinge", "hinge", "margins", beside=_LONG)
# By the keys of the catalogue. A loss that comes later takes the colour of its family.
LOOKS = {
    "mean_squared_error": _look("squared", "squared", "numbers"),
    "mean_absolute_error": _look("absolute", "absolute", "numbers", _DASHED),
    "huber": _look("huber", "huber", "numbers", _DOTTED),
    "quantile": _look("quantile", "absolute", "numbers", _DASH_DOT),
    "log_cosh": _look("log-cosh", "huber", "numbers", _DASHED),
    "gaussian_nll": _look("gaussian", "squared", "numbers", _DASHED),
    "poisson": _look("poisson", "squared", "numbers", _DOTTED),
    "poisson_deviance": _look("deviance", "squared", "numbers", _LONG),
    "binary_cross_entropy": _CROSS_ENTROPY,
    "binary_cross_entropy_from_logits": _CROSS_ENTROPY,
    "cross_entropy": _CROSS_ENTROPY,
    "cross_entropy_from_logits": _CROSS_ENTROPY,
    "brier_score": _look("brier", "cross-entropy", "probabilities", _TWO_DOTS),
    "focal": _look("focal", "cross-entropy", "probabilities", _SHORT),
    "distillation": _look("distillation", "cross-entropy", "probabilities", _CLOSE),
    "preference": _look("preference", "cross-entropy", "probabilities", _SPARSE),
    "dice": _look("dice", "cross-entropy", "probabilities", _FINE),
    "tversky": _look("tversky", "cross-entropy", "probabilities", _UNEQUAL),
    "hinge": _HINGE,
    "squared_hinge": _look("squared-hinge", "hinge", "margins", _DOTTED),
    "multiclass_hinge": _HINGE,
    "contrastive": _look("contrastive", "hinge", "margins", _TWOS),
    "triplet": _look("triplet", "hinge", "margins", _THREES),
    "info_nce": _look("info-nce", "cross-entropy", "probabilities", _ONE_OF_MANY),
}


def dashes(*keys: str) -> list[tuple[int, ...]]:
    """The dash of each of the losses that share a plot.

    >>> dashes("hinge"), dashes("hinge", "mean_squared_error")
    ([()], [(12, 4), ()])
    """
    looks = [LOOKS[key] for key in keys]
    return [look.beside if _mixed(looks) else look.dash for look in looks]


def classes(*keys: str) -> list[str]:
    """The classes in style sheets of the losses that share a plot.

    >>> classes("hinge", "squared_hinge")
    ['loss-hinge', 'loss-squared-hinge']
    >>> classes("hinge", "cross_entropy")
    ['loss-hinge beside', 'loss-cross-entropy beside']
    """
    looks = [LOOKS[key] for key in keys]
    return [f"loss-{look.name}{' beside' * _mixed(looks)}" for look in looks]


def _mixed(looks: list[Look]) -> bool:
    return len({look.family for look in looks}) > 1
