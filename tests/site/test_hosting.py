"""What the README says of the costs of hosting is what the built site weighs."""

import re

import pytest

from tests.site.pages import ROOT
from tools.check import hosting

README = " ".join((ROOT / "README.md").read_text("utf-8").split())
READING = "every page, with its figures and quizzes"


def said(words):
    """The number in these words of the README, whose place a dot marks."""
    return float(
        re.search(words.replace("·", r"([\d.,]+)"), README)[1].replace(",", "")
    )


@pytest.mark.parametrize(
    ("words", "folder"),
    [
        ("On the host Python takes · MB", "pyodide"),
        ("and JupyterLite · MB", "lite"),
    ],
)
def test_what_stands_on_the_host(site, words, folder):
    assert said(words) * 1e6 == pytest.approx(hosting.on_host(site, folder), rel=0.1)


def test_what_a_reader_fetches(site):
    costs = hosting.costs(site)

    assert said("every page fetches · MB") * 1e6 == pytest.approx(
        costs[READING], rel=0.1
    )
    assert said("· MB more for all recordings") * 1e6 == pytest.approx(
        costs["all recordings"], rel=0.1
    )


def test_what_python_on_the_pages_takes(site):
    fetched = said("fetches Python once, · MB") * 1e6

    assert fetched == pytest.approx(hosting.of_python(site), rel=0.1)


def test_how_many_readers_a_month(site):
    readers = hosting.readers_a_month(site)
    reading = hosting.GITHUB_PAGES / hosting.costs(site)[READING]

    assert said("enough for · readers a month") == pytest.approx(readers, rel=0.1)
    assert reading > 8 * readers  # "eight times as many who only read"


def test_nothing_that_is_read_is_free(site):
    assert all(size > 10_000 for size in hosting.costs(site).values())
