"""Wrong answers are refused, each with its own reason; odd right ones are accepted.

All of them, over and over, by `make test-corpus`; some of them, a few times, always.
"""

import random
from dataclasses import replace

import pytest

from lossbook import exercises
from lossbook.exercises.engine.checkers import ProseChecker
from tests.exercises.corpus import CORPUS, in_single_precision, right, wrong

WRONG, RIGHT = list(wrong()), list(right())
SINGLE = [
    entry
    for entry in RIGHT
    if callable(entry.answer)
    and entry.answer not in CORPUS[entry.topic].ONLY_IN_DOUBLE_PRECISION
]
EXERCISES = [each for topic in exercises.TOPICS for each in exercises.of_topic(topic)]
TIMES_WRONG, TIMES_RIGHT = 50, 200  # so often each is checked, on other numbers
SAMPLE = 40  # so many of each kind are tried always


def fresh(topic, name):
    """The exercise, as if it had never been tried."""
    return replace(getattr(getattr(exercises, topic), name))


def sample(entries):
    return pytest.mark.parametrize(
        "entry",
        random.Random(17).sample(entries, SAMPLE),  # noqa: S311
        ids=str,
    )


def refuse(entry, times):
    exercise = fresh(entry.topic, entry.name)
    for _ in range(times):
        outcome = exercise.outcome(entry.answer)
        assert not outcome
        assert entry.says in repr(outcome)


def accept(entry, times, answer=None):
    exercise = fresh(entry.topic, entry.name)
    for _ in range(times):
        outcome = exercise.outcome(entry.answer if answer is None else answer)
        assert repr(outcome).startswith("Right.")


@pytest.mark.release
@pytest.mark.parametrize("entry", WRONG, ids=str)
def test_each_wrong_answer_is_refused_with_its_own_reason(entry):
    refuse(entry, TIMES_WRONG)


@pytest.mark.release
@pytest.mark.parametrize("entry", RIGHT, ids=str)
def test_each_odd_but_right_answer_is_accepted(entry):
    accept(entry, TIMES_RIGHT)


@pytest.mark.release
@pytest.mark.parametrize("entry", SINGLE, ids=str)
def test_each_right_answer_is_accepted_in_single_precision(entry):
    accept(entry, TIMES_RIGHT, in_single_precision(entry.answer))


@sample(WRONG)
def test_a_wrong_answer_is_refused_with_its_own_reason(entry):
    refuse(entry, times=2)


@sample(RIGHT)
def test_an_odd_but_right_answer_is_accepted(entry):
    accept(entry, times=2)


@sample(SINGLE)
def test_a_right_answer_is_accepted_in_single_precision(entry):
    accept(entry, 2, in_single_precision(entry.answer))


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
