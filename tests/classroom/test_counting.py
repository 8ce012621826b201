"""One thing is counted in the singular, wherever the class says a number."""

import re
from pathlib import Path

import pytest

from classroom.course import HERE

# A count that is put into a text, before a word that is right for several only.
THINGS = (
    "students|people|pages|slips|answers|points|hours|days|submissions|papers|questions"
    "|variants|scores|results|cells|headings|files|seconds|servers|have|are|need|were"
)
SEVERAL = re.compile(rf"\{{[^{{}}]*(?:len\(|sum\(|count|:g)[^{{}}]*\}} (?:{THINGS})\b")
SOURCES = sorted(p for p in HERE.rglob("*") if p.suffix in {".py", ".html"})


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(HERE)))
def test_numbers_and_words_agree(path: Path):
    for line in path.read_text("utf-8").splitlines():
        assert not SEVERAL.search(line), line.strip()


@pytest.mark.parametrize(
    "line",
    ['f"{len(given)} slips"', 'f"{count} have an answer"', "{most:g} points, and"],
)
def test_the_test_would_notice_one_that_does_not(line):
    assert SEVERAL.search(line)
