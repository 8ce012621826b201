"""The dialogues can be read, shown and said aloud."""

import re

import pytest

from lossbook import lessons
from lossbook.lessons import CAST, Dialogue, Sentence
from lossbook.lessons.dialogue import read, topics

every_topic = pytest.mark.parametrize("topic", topics())
# What a voice would stumble over; `spoken` says it otherwise.
NOT_SAYABLE = re.compile(r"[=^_$\\<>*/+%|{}\[\]()√ΣσŷŶ²]|\d{4,}")


@every_topic
def test_everybody_speaks(topic):
    speakers = {sentence.speaker for sentence in lessons.dialogue(topic).sentences}

    assert speakers == {*CAST.values()} - {CAST["narrator"]}


@every_topic
def test_a_dialogue_takes_about_two_minutes(topic):
    words = sum(len(s.spoken.split()) for s in lessons.dialogue(topic).sentences)

    assert 250 <= words <= 450


@every_topic
def test_every_sentence_can_be_said(topic):
    for sentence in lessons.dialogue(topic).sentences:
        assert not NOT_SAYABLE.search(sentence.spoken), sentence.spoken
        assert re.search(r"[.?!]$", sentence.spoken), sentence.spoken


def test_sentences_of_one_speaker_make_a_turn():
    nora, max_ = CAST["nora"], CAST["max"]
    said = [
        Sentence(who, text, text)
        for who, text in [
            (nora, "One."),
            (nora, "Two."),
            (max_, "Three."),
            (nora, "Four."),
        ]
    ]

    assert (
        repr(Dialogue("x", tuple(said))) == "Nora: One. Two.\nMax: Three.\nNora: Four."
    )


def test_text_is_escaped_on_the_page():
    dialogue = Dialogue("x", (Sentence(CAST["kim"], "<b> & 1 < 2", ""),))

    assert "<span>&lt;b&gt; &amp; 1 &lt; 2</span>" in dialogue._repr_html_()


@pytest.mark.parametrize("topic", ["cast", "narrations/hinge", "../study", ""])
def test_an_unknown_topic_is_answered_with_the_known_ones(topic):
    with pytest.raises(KeyError, match=r"there are .*mean_squared_error"):
        lessons.dialogue(topic)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[[sentence]]\nspeaker = "nora"', "sentence 1: needs speaker and text"),
        ('[[sentence]]\nspeaker = "bob"\ntext = "Hi."', "no speaker 'bob'"),
        ('[[sentence]]\nspeaker = "kim"\ntext = "Hi."\nx = 1', "got.*'x'"),
        ('title = "Hi"', r"must hold \[\[sentence\]\] only"),
        ("[[sentence", "not TOML"),
    ],
)
def test_a_file_that_is_no_dialogue_is_refused_and_says_where(text, says):
    with pytest.raises(ValueError, match=f"hinge.toml.*{says}"):
        read("hinge", text)
