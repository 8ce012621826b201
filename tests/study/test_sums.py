"""What questions, cards and worked examples add up in their texts is right.

Keys are computed; the sums that explain them are typed.
"""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = [
    *(ROOT / "lossbook" / "study" / name for name in ("questions", "cards", "worked")),
    ROOT / "classroom" / "questions",
]
FILES = [path for folder in FOLDERS for path in sorted(folder.glob("*.toml"))]
NUMBER = r"\(*\d+(?:,\d{3})*(?:\.\d+)?(?:\^\d+)?\)*"
SUM = re.compile(
    rf"(?<![\w\].^(])([−(]*{NUMBER}(?: ?[+−·/] ?{NUMBER})+) ?= ?(−?{NUMBER})"
)


def strings(value):
    """All texts of a table, at any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from strings(each)


def sums(text):
    """Each sum that a text writes out, and what it says is its result."""
    text = text.replace(r"\cdot", "·").replace("-", "−")
    for left, right in SUM.findall(text):
        if left.count("(") == left.count(")"):  # not the end of a longer one
            yield left, right


def wrong(text):
    """The sums of a text that do not give what stands after them, to its last digit."""
    found = []
    for left, right in sums(text):
        value, said = (computed(part) for part in (left, right))
        digits = len(right.partition(".")[2])
        if abs(value - said) > 0.500001 * 10**-digits:
            found.append(f"{left} = {right}")
    return found


def computed(part):
    for sign, python in (("·", "*"), ("−", "-"), ("^", "**"), (",", "")):
        part = part.replace(sign, python)
    assert re.fullmatch(r"[\d.()*/+ -]+", part)
    return eval(part)  # noqa: S307 - digits and signs only


@pytest.mark.parametrize(
    "path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_every_sum_that_is_written_out_is_right(path):
    texts = [*strings(tomllib.loads(path.read_text("utf-8")))]

    assert [sum_ for text in texts for sum_ in wrong(text)] == []


def test_sums_are_found_and_a_wrong_one_is_noticed():
    texts = [
        t for path in FILES for t in strings(tomllib.loads(path.read_text("utf-8")))
    ]

    assert sum(len([*sums(text)]) for text in texts) >= 12
    assert (
        wrong("A pays 3 · 4 = 12, B $10 \\cdot 20 + 5 = 205$, 4 / (4 + 1) = 0.8.") == []
    )
    assert wrong("It is 6 / 4 = 1.4, or 2 - 3 = 1.") == ["6 / 4 = 1.4", "2 − 3 = 1"]
