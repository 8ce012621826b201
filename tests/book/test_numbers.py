"""Every decimal number in the prose is computed, and is what the prose says.

`numbers/<page>.toml` lists for each page what it `says` (the words around one
number) and the `expression` that gives the number, in the names that the code of
the chapter leaves.
"""

import re
import tomllib
from pathlib import Path

import pytest

from tests.book.chapters import CHAPTERS, PAGES, namespace, prose

NUMBER = re.compile(r"[-−]?\d[\d,]*(?:\.\d+)?")
DECIMAL = re.compile(r"(?<![\d.])\d[\d,]*\.\d+(?![.\d])")
# A section of somebody's book is no measurement, nor is the version of a standard.
SECTION = re.compile(r"LTI 1\.3|sections? [\d.]+\d(?:(?:,| and| to) [\d.]+\d)*")
FILES = Path(__file__).with_name("numbers")


def entries(page):
    path = FILES / f"{page}.toml"
    return tomllib.loads(path.read_text("utf-8"))["number"] if path.exists() else []


def shown(says):
    """The one number in a few words, and how many decimals it shows."""
    (text,) = NUMBER.findall(says)
    plain = text.replace("−", "-").replace(",", "")
    return float(plain), len(plain.partition(".")[2])


def is_right(says, value):
    number, decimals = shown(says)
    return abs(number - value) <= 0.5000001 * 10**-decimals


def unknown_decimals(text, known):
    """Decimal numbers of `text` that stand in none of the `known` words."""
    patterns = [SECTION.pattern, *map(re.escape, known)]
    spans = [m.span() for pattern in patterns for m in re.finditer(pattern, text)]
    return [
        found[0]
        for found in DECIMAL.finditer(text)
        if not any(start <= found.start() < end for start, end in spans)
    ]


EVERY = [(page, e) for page in CHAPTERS + PAGES for e in entries(page)]


@pytest.mark.parametrize(
    ("page", "entry"), EVERY, ids=[f"{page}: {e['says']}" for page, e in EVERY]
)
def test_what_the_prose_says_is_computed(page, entry):
    value = eval(entry["expression"], dict(namespace(page)))  # noqa: S307 - our own file

    assert entry["says"] in prose(page), "the page no longer says this"
    assert is_right(entry["says"], value), f"it is {value}"


# The numbers of a task are given, not claimed.
CLAIMING = [page for page in CHAPTERS + PAGES if not page.endswith("_practice")]


@pytest.mark.parametrize("page", CLAIMING)
def test_every_decimal_number_is_known(page):
    known = [entry["says"] for entry in entries(page)]

    assert unknown_decimals(prose(page), known) == []


def test_every_file_of_numbers_belongs_to_a_page():
    assert {path.stem for path in FILES.iterdir()} <= {*CHAPTERS, *PAGES}


@pytest.mark.parametrize(
    ("says", "value", "right"),
    [
        ("about 104.67", 314 / 3, True),
        ("about 104.68", 314 / 3, False),
        ("is −1.1:", -1.1, True),
        ("is 1.1:", -1.1, False),
        ("2,928 houses", 2928, True),
        ("2,928 houses", 2930, False),
    ],
)
def test_the_test_tells_right_from_wrong(says, value, right):
    assert is_right(says, value) is right


def test_the_test_would_notice_an_unknown_decimal():
    text = "The loss is 0.25 here and $w = 1.5$; see sections 2.4 and 3.1.2."

    assert unknown_decimals(text, ["loss is 0.25"]) == ["1.5"]
