"""Wrong answers are refused, each with its own reason; odd right ones are accepted."""

from dataclasses import replace

import pytest

from lossbook import exercises
from lossbook.exercises.checkers import ProseChecker
from tests.exercises.corpus import CORPUS, answers

WRONG = [entry for entry in answers() if entry[2] == "wrong"]
RIGHT = [entry for entry in answers() if entry[2] == "right"]
EXERCISES = [each for topic in exercises.TOPICS for each in exercises.of_topic(topic)]
CHECKS = 5  # so many times, with other numbers each


def named(entries):
    return pytest.mark.parametrize(
        ("topic", "name", "kind", "number", "answer", "says"),
        entries,
        ids=[f"{topic}.{name}-{n}" for topic, name, _, n, _, _ in entries],
    )


def fresh(topic, name):
    """The exercise, as if it had never been tried."""
    return replace(getattr(getattr(exercises, topic), name))


@named(WRONG)
def test_a_wrong_answer_is_refused_with_its_own_reason(
    topic, name, kind, number, answer, says
):
    exercise = fresh(topic, name)

    for _ in range(CHECKS):
        outcome = exercise.check(answer)
        assert not outcome
        assert says in repr(outcome)


@named(RIGHT)
def test_an_odd_but_right_answer_is_accepted(topic, name, kind, number, answer, says):
    exercise = fresh(topic, name)

    for _ in range(CHECKS):
        assert repr(exercise.check(answer)).startswith("Right.")


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.path)
def test_no_exercise_is_without_wrong_answers_and_right_ones(exercise):
    corpus = CORPUS[exercise.topic]

    assert len(corpus.WRONG[exercise.name]) >= 3
    assert isinstance(exercise.checker, ProseChecker) or (
        len(corpus.RIGHT[exercise.name]) >= 3
    )


@pytest.mark.parametrize("topic", exercises.TOPICS)
def test_the_corpus_knows_no_other_exercises(topic):
    names = {exercise.name for exercise in exercises.of_topic(topic)}

    assert set(CORPUS[topic].WRONG) == set(CORPUS[topic].RIGHT) == names
