"""What stands in the root tells the truth: paths, targets, versions, licences."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
DOCUMENTS = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
LINK = re.compile(r"\]\((?!https?:)([^)#]+)\)")
# Paths in code, but for those with a <placeholder>, and what a build or a set-up makes.
PATH = re.compile(r"`((?:book|classroom|lossbook|tests|tools|\.github)/[\w./]+)`")
# What CONTRIBUTING.md adds as its example.
EXAMPLE = "cauchy"

every_document = pytest.mark.parametrize("name", DOCUMENTS)


def missing(text):
    """The files that a text names and that are not there."""
    named = {*LINK.findall(text), *PATH.findall(text)}
    return sorted(n for n in named if EXAMPLE not in n and not (ROOT / n).exists())


@every_document
def test_every_file_that_it_names_is_there(name):
    assert missing((ROOT / name).read_text("utf-8")) == []


def test_a_missing_file_would_be_noticed():
    assert missing("[a](no/file.md) and `book/none.md`") == [
        "book/none.md",
        "no/file.md",
    ]


@every_document
def test_every_make_target_that_it_names_exists(name):
    text = (ROOT / name).read_text("utf-8")
    makefile = (ROOT / "Makefile").read_text("utf-8")
    named = re.findall(r"(?:`|^ {4})make ((?:[a-z-]+ ?)+)", text, re.M)

    for target in {word for words in named for word in words.split()}:
        assert re.search(rf"^{target}:", makefile, re.M), target


def test_the_citation_is_that_of_the_package():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))

    assert citation["version"] == PROJECT["version"]
    assert " AND ".join(citation["license"]) == PROJECT["license"]
    assert set(citation) >= {"cff-version", "message", "title", "authors", "type"}
    assert citation["keywords"] == PROJECT["keywords"]


def test_the_pictures_of_the_readme_are_small():
    sizes = [path.stat().st_size for path in (ROOT / ".github").glob("*.*p*g")]
    moving = (ROOT / ".github" / "moving.webp").stat().st_size

    assert max(*sizes, moving) < 500_000
