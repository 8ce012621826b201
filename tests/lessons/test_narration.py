"""The chapters can be listened to, section by section."""

import json
import re
from pathlib import Path

import pytest

from lossbook import lessons
from lossbook.lessons import CAST
from lossbook.lessons.narration import read
from tests.lessons.test_dialogue import NOT_SAYABLE

BOOK = Path(__file__).parents[2] / "book"
every_topic = pytest.mark.parametrize("topic", lessons.narrated())


def headings(topic):
    cells = json.loads((BOOK / f"{topic}.ipynb").read_text("utf-8"))["cells"]
    prose = "\n\n".join(
        "".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"
    )
    return re.findall(r"^##? (.+)$", prose, re.MULTILINE)


def test_every_dialogue_has_a_chapter_to_listen_to():
    assert lessons.narrated() == lessons.topics()


@every_topic
def test_sections_are_headings_of_the_chapter_in_its_order(topic):
    told = [section.heading for section in lessons.narration(topic).sections]
    chapter = headings(topic)

    assert [heading for heading in chapter if heading in told] == told


@every_topic
def test_every_sentence_can_be_said_in_one_breath(topic):
    for sentence in lessons.narration(topic).sentences:
        assert not NOT_SAYABLE.search(sentence.spoken), sentence.spoken
        assert re.search(r"[.?!]$", sentence.spoken), sentence.spoken
        assert len(sentence.spoken.split()) <= 30, sentence.spoken


@every_topic
def test_only_the_narrator_speaks(topic):
    speakers = {sentence.speaker for sentence in lessons.narration(topic).sentences}

    assert speakers == {CAST["narrator"]}


def test_a_heading_opens_its_section_and_is_said_as_a_sentence():
    text = (
        '[[section]]\nheading = "Code"\nsentences = ["One line."]\n'
        '[[section]]\nheading = "Why?"\n'
        'sentences = [{text = "y = 1", spoken = "Y is one."}]'
    )
    said = [sentence.spoken for sentence in read("hinge", text).sentences]

    assert said == ["Code.", "One line.", "Why?", "Y is one."]


@pytest.mark.parametrize("topic", ["cast", "minus", "../study", ""])
def test_an_unknown_topic_is_answered_with_the_known_ones(topic):
    with pytest.raises(KeyError, match=r"there are .*mean_squared_error"):
        lessons.narration(topic)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[[section]]\nheading = "Code"', "section 1: needs heading and sentences"),
        (
            '[[section]]\nheading = "Code"\nsentences = [{say = "Hi."}]',
            r"section 1, sentence 1: .*got \['say'\]",
        ),
        ('title = "Hi"', r"must hold \[\[section\]\] only"),
        ("[[section", "not TOML"),
    ],
)
def test_a_file_that_is_no_narration_is_refused_and_says_where(text, says):
    with pytest.raises(ValueError, match=rf"narrations/hinge.toml.*{says}"):
        read("hinge", text)
