"""The words are spelt right, and the British way."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from lossbook.lessons import dialogue
from lossbook.lessons.dialogue import topics
from tests.book.chapters import CHAPTERS, PAGES, prose

BRITISH = Path(__file__).with_name("british.txt")


def misspelt(text):
    """What codespell, and our list of American spellings, find in a text."""
    done = subprocess.run(
        [sys.executable, "-m", "codespell_lib", "-D", "-", "-D", BRITISH, "-"],
        input=text,
        capture_output=True,
        encoding="utf-8",
    )
    return [line for line in done.stdout.splitlines() if "==>" in line]


# Titles of other people's works keep the spelling of their authors.
TITLE = re.compile(r"\*[^*]+\*|\"[^\"]+\"|“[^”]+”")


@pytest.mark.parametrize("page", CHAPTERS + PAGES)
def test_a_page_is_spelt_right(page):
    text = prose(page)

    assert misspelt(TITLE.sub("", text) if page == "references" else text) == []


def test_the_dialogues_are_spelt_right():
    assert misspelt("\n".join(repr(dialogue(topic)) for topic in topics())) == []


def test_the_test_would_notice():
    assert len(misspelt("We minimize teh loss.")) == 2
