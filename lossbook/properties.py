"""What is known of each loss: what it learns, how it pulls, and whether it is convex.

The values stand in ``properties.toml``, each with its reason.  A test measures every
one of them on the losses themselves, and refuses every other.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files

FILE = "properties.toml"
# The words that a property may have for its value.
WORDS = {
    "best": (
        "mean",
        "median",
        "quantile",
        "M-estimate",
        "mean and variance",
        "probability",
        "flattened probability",
        "2q − 1",
        "class",
        "majority class",
        "region",
        "distance",
        "order",
    ),
    "slope": ("grows", "levels off", "fades"),
    "convex": ("yes", "in what it reads", "no"),
    "proper": ("yes", "no", "no probability"),
    "smooth": ("",),
    "consistent": ("yes", "no"),
}


@dataclass(frozen=True)
class Property:
    """One thing that is known of a loss.

    Attributes
    ----------
    because : str
        Why, in one sentence with its condition: text with ``$LaTeX$`` and `code`.
    value : str
        One of `WORDS`; "" for smoothness, which the catalogue has.
    limit : float or None
        Where a slope that levels off does so, per unit of what is read.
    reference : str
        Who writes about it, a heading of the references such as "bartlett-2006".
    """

    because: str
    value: str = ""
    limit: float | None = None
    reference: str = ""


@dataclass(frozen=True)
class Properties:
    """What is known of a loss, at the defaults of its options.

    Attributes
    ----------
    used : str
        Where it is used.
    read : str
        The place in the book that explains it, such as "hinge.ipynb#definition".
    best : Property
        What it learns: the prediction that costs least on average.
    slope : Property
        How hard a miss pulls as it becomes larger, on the side where it pulls hardest.
    convex : Property
        Whether it is convex in what it reads, and also in what a model puts out before
        a link; in all arrays together where it reads several.
    proper : Property
        Whether no forecast does better on average than the true probabilities.
    smooth : Property
        Why the slope exists everywhere, or where it does not.
    consistent : Property
        Whether who minimises it decides as well as one can: takes the more frequent
        class, pixel by pixel for a region; for numbers, states what `best` names.
    """

    used: str
    read: str
    best: Property
    slope: Property
    convex: Property
    proper: Property
    smooth: Property
    consistent: Property


def of(key: str) -> Properties:
    """What is known of the loss with this key in the catalogue.

    Raises
    ------
    KeyError
        If there is no loss with that key.

    Examples
    --------
    >>> of("hinge").best.value, of("hinge").slope.value
    ('class', 'levels off')
    >>> print(of("hinge").smooth.because)
    It has a kink at the margin.
    """
    return _all()[key]


@cache
def _all() -> Mapping[str, Properties]:
    return read(files(__package__).joinpath(FILE).read_text("utf-8"))


def read(text: str) -> dict[str, Properties]:
    """The properties in the text of a TOML file, by the key of the loss.

    Raises
    ------
    ValueError
        With the loss, the property and the reason, if one is missing, unknown or has
        a value that is none of `WORDS`.
    """
    return {key: _properties(key, table) for key, table in tomllib.loads(text).items()}


def _properties(key: str, table: dict) -> Properties:
    known = {field.name for field in fields(Properties)}
    if wrong := known ^ table.keys():
        raise ValueError(
            f"{FILE}: {key} must have {', '.join(sorted(known))} and nothing else; "
            f"look at {', '.join(sorted(wrong))}"
        )
    made = {name: _property(key, name, table[name]) for name in WORDS}
    return Properties(used=table["used"], read=table["read"], **made)


def _property(key: str, name: str, entry: dict) -> Property:
    where = f"{FILE}: {key}, {name}"
    known = {field.name for field in fields(Property)}
    if "because" not in entry or entry.keys() - known:
        raise ValueError(
            f"{where} must have because, and may have value, limit and "
            f"reference; it has {', '.join(entry)}"
        )
    made = Property(**entry)
    if made.value not in WORDS[name]:
        raise ValueError(
            f"{where}: the value must be one of {', '.join(WORDS[name])}, "
            f"got {made.value!r}"
        )
    if (made.limit is None) == (made.value == "levels off"):
        raise ValueError(f"{where}: a slope that levels off has a limit, no other has")
    return made
