"""Every exercise has a goal, hints and a solution; its mistakes are told apart."""

import json
import re
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from lossbook import exercises
from lossbook.exercises.engine.checkers import (
    FunctionChecker,
    ProseChecker,
    ValueChecker,
)
from tests.book.test_spelling import misspelt
from tests.exercises.test_corpus import EXERCISES, TIMES_WRONG, fresh
from tests.study.test_content import STRESS

BOOK = Path(__file__).parents[2] / "book"
LOSS_TOPICS = {"cross_entropy", "mean_squared_error", "hinge"}
every_exercise = pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.path)
every_topic = pytest.mark.parametrize("topic", exercises.TOPICS)
MISTAKES = [(each, mistake) for each in EXERCISES for mistake in each.checker.mistakes]
every_mistake = pytest.mark.parametrize(
    ("exercise", "mistake"), MISTAKES, ids=[f"{e.path}-{m.name}" for e, m in MISTAKES]
)


def goals(topic):
    chapter = json.loads((BOOK / f"{topic}.ipynb").read_text("utf-8"))
    return {goal["id"] for goal in chapter["metadata"]["lossbook"]["goals"]}


def solved(exercise):
    """The value of the solution that is shown, run as a learner would run it."""
    names = {}
    exec("from lossbook import *\nimport numpy as np", names)  # noqa: S102
    exec("from lossbook.gradcheck import numerical_gradient", names)  # noqa: S102
    if isinstance(exercise.checker, ProseChecker):
        return str(exercise.solution())
    exec(str(exercise.solution()), names)  # noqa: S102
    return names[exercise.name]


def as_answer(checker, mistake):
    """An answer that makes the mistake, and is right in all that it leaves open."""

    def answer(*inputs):
        wrong, right = mistake.result(*inputs), checker.right(*inputs)
        if not isinstance(wrong, tuple):
            return wrong
        pairs = zip(wrong, right, strict=True)
        return tuple(true if part is ... else part for part, true in pairs)

    if isinstance(checker, ValueChecker):
        return answer(*checker.inputs)
    return answer


@every_exercise
def test_the_solution_is_accepted(exercise):
    outcome = exercise.outcome(solved(exercise))

    if isinstance(exercise.checker, ProseChecker):
        assert outcome.kind == "read on"
    else:
        assert repr(outcome) == f"Right. {exercise.remark}"


def is_named(exercise, mistake, times):
    """Whether who makes the mistake is told what it is, on other numbers each time."""
    tried = fresh(exercise.topic, exercise.name)
    answer = as_answer(exercise.checker, mistake)
    return all(tried.outcome(answer).message == mistake.message for _ in range(times))


@every_mistake
def test_a_known_mistake_is_told_from_all_others(exercise, mistake):
    assert is_named(exercise, mistake, times=1)


@pytest.mark.release
@every_mistake
def test_a_known_mistake_is_told_from_all_others_in_every_check(exercise, mistake):
    assert is_named(exercise, mistake, TIMES_WRONG)


@every_exercise
def test_a_stub_is_not_attempted(exercise):
    assert exercise.stub().endswith(f"\n\n{exercise.path}.check({exercise.name})")
    names = {"exercises": exercises}
    code, check = exercise.stub().rsplit("\n", 1)

    exec(code, names)  # noqa: S102
    outcome = eval(check, names)  # noqa: S307

    assert outcome.kind == "not attempted"
    assert not outcome


@every_exercise
def test_a_stub_fits_the_width_of_the_page(exercise):
    assert max(map(len, exercise.stub().splitlines())) <= 76


@every_exercise
def test_constants_do_not_pass(exercise):
    if not isinstance(exercise.checker, FunctionChecker):
        return
    draws = exercise.checker.draw(np.random.default_rng(5))
    constant = exercise.checker.right(*draws[0].inputs)

    for result in (constant, 0.0, 1.0, np.zeros(3), None, ""):
        assert not exercise.outcome(lambda *inputs, result=result: result)


@every_exercise
def test_each_practises_a_goal_of_its_chapter(exercise):
    assert exercise.goal in goals(exercise.topic)


@every_exercise
def test_mistakes_have_names_of_their_own(exercise):
    names = [mistake.name for mistake in exercise.checker.mistakes]

    assert len(set(names)) == len(names)


@every_exercise
def test_no_mark_of_stress_is_shown_as_it_was_typed(exercise):
    texts = [
        *exercise.hints,
        exercise.remark,
        *(mistake.message for mistake in exercise.checker.mistakes),
        *getattr(exercise.checker, "points", ()),
    ]
    if isinstance(exercise.checker, ProseChecker):
        texts.append(str(exercise.solution()))

    assert [s for t in texts for s in STRESS.findall(re.sub("`[^`]*`", "", t))] == []


def test_all_is_spelt_right():
    texts = [
        text
        for each in EXERCISES
        for text in (
            each.markdown(),
            *each.hints,
            each.remark,
            *(mistake.message for mistake in each.checker.mistakes),
            *getattr(each.checker, "points", ()),
            str(each.solution()),
        )
    ]

    assert misspelt("\n".join(texts)) == []


@every_exercise
def test_what_is_said_can_be_read_anywhere(exercise):
    checker = exercise.checker
    messages = [mistake.message for mistake in checker.mistakes]
    points = getattr(checker, "points", ())

    for text in (*exercise.hints, *messages, *points, exercise.remark):
        assert "$" not in text, "no LaTeX: it is shown as it stands"
        assert text.count("`") % 2 == 0
        assert text == text.strip()
    for text in (*exercise.hints, *messages, *points):
        assert text[-1] in ".?!", text
    assert len(exercise.hints) >= 2


@every_topic
def test_names_are_those_of_the_module_and_levels_rise(topic):
    found = exercises.of_topic(topic)

    for exercise in found:
        assert getattr(getattr(exercises, topic), exercise.name) is exercise
        assert exercise.topic == topic
    levels = [exercise.level for exercise in found]
    assert levels == sorted(levels)
    assert set(levels) <= {1, 2, 3}
    assert levels[0] == 1


@every_topic
def test_there_are_enough_of_each_kind(topic):
    found = exercises.of_topic(topic)
    kinds = Counter(type(exercise.checker) for exercise in found)

    assert len(found) >= (5 if topic in LOSS_TOPICS else 3)
    assert kinds[ProseChecker] >= 1
    assert kinds[FunctionChecker] >= 1
    if topic in LOSS_TOPICS:
        checked = [each for each in found if each.title.endswith("check the gradient")]
        assert [each.checker.parts for each in checked] == [("derived", "measured")]
