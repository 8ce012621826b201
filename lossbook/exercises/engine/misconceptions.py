"""Which known mistakes of exercises are misconceptions that the book names."""

import tomllib
from functools import cache
from importlib.resources import files


def misconception(topic: str, mistake: str | None) -> str:
    """The heading of the page of common errors that a mistake belongs to, or "".

    A mistake made in several ways says in which after a comma or in brackets.

    >>> misconception("cross_entropy", "in bits, as written")
    'Log base 2'
    >>> misconception("cross_entropy", "turned round")
    ''
    """
    name = (mistake or "").partition(", ")[0].partition(" (")[0]
    return _headings().get(topic, {}).get(name, "")


@cache
def _headings() -> dict[str, dict[str, str]]:
    """For each topic, the heading of each mistake that has one."""
    text = files(__package__).parent.joinpath("misconceptions.toml").read_text("utf-8")
    return {
        topic: {name: heading for heading in table for name in table[heading]}
        for topic, table in tomllib.loads(text).items()
    }
