"""The lessons to watch as their authors write them."""

import re

import pytest

from lossbook import lessons
from lossbook.lessons.score import read
from lossbook.motion import sentences
from tests.lessons.test_dialogue import NOT_SAYABLE

HEAD = """
title = "T"
about = "A."
poster = [1, 1]
insights = []
question = []
"""
SCENE = '[[scene]]\ntitle = "S"\nshow = "houses"\nsummary = "Sum."\n'
LINE = '[[scene.line]]\nsay = "One."\n'
every_topic = pytest.mark.parametrize("topic", lessons.scored())


@every_topic
def test_every_sentence_can_be_said_in_one_breath(topic):
    for sentence in sentences(lessons.score(topic)):
        assert not NOT_SAYABLE.search(sentence.spoken), sentence.spoken
        assert re.search(r"[.?!]$", sentence.spoken), sentence.spoken
        assert len(sentence.spoken.split()) <= 20, sentence.spoken


@every_topic
def test_a_lesson_asks_before_it_shows_and_has_insights_and_answers(topic):
    score = lessons.score(topic)
    asked = [line.ask for _, _, line in score.lines() if line.ask]

    assert len(asked) >= 3
    assert any(ask.drag for ask in asked), "the reader moves a figure at the end"
    assert len(score.insights) >= 4
    assert len(score.questions) >= 4
    assert not any(line.ask for line in score.scenes[0].lines[:1])


def test_a_sentence_says_where_it_stands():
    score = read("hinge", HEAD + SCENE + LINE + LINE)

    assert [where for where, _, _ in score.lines()] == [
        "motion/hinge.toml, scene 1 “S”, sentence 1",
        "motion/hinge.toml, scene 1 “S”, sentence 2",
    ]


def test_what_is_left_out_has_its_usual_value():
    (line,) = read("hinge", HEAD + SCENE + LINE).scenes[0].lines

    assert (line.rest, line.light, line.moves, line.ask) == (0.5, "", (), None)


@pytest.mark.parametrize("topic", ["cast", "minus", "../study", ""])
def test_an_unknown_topic_is_answered_with_the_known_ones(topic):
    with pytest.raises(KeyError, match=r"there are .*mean_squared_error"):
        lessons.score(topic)


OPTION = '{ text = "A", says = "No." }'


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[scene", "not TOML"),
        ('title = "T"', "needs about, insights, poster, question, scene"),
        (
            HEAD + SCENE + LINE + "pause = 2",
            "sentence 1: unknown pause; it may have say",
        ),
        (HEAD + SCENE + LINE + "rest = 9", "sentence 1: rest must be from 0.2 to 3"),
        (
            HEAD + SCENE + LINE + "move = [{ at = 2, set = {} }]",
            "sentence 1: at is a part of the sentence",
        ),
        (
            HEAD + SCENE + LINE + "move = [{ at = 0 }]",
            "sentence 1, move: needs set",
        ),
        (
            HEAD
            + SCENE
            + LINE
            + f'[scene.line.ask]\nquestion = "?"\noptions = [{OPTION}, {OPTION}]',
            "sentence 1, ask: needs 2 to 4 options, one of them with right",
        ),
        (
            HEAD + SCENE + LINE + '[scene.line.ask]\nquestion = "?"\ndrag = "curve.x"',
            "sentence 1, ask: needs above, below, right, says, within",
        ),
    ],
)
def test_a_file_that_is_no_score_is_refused_and_says_where(text, says):
    with pytest.raises(ValueError, match=rf"motion/hinge.toml.*{re.escape(says)}"):
        read("hinge", text)
