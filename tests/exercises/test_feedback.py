"""What a wrong answer is told: the mistake, the smallest example, hints and help."""

import numpy as np
import pytest

from lossbook import exercises, mean_squared_error
from lossbook.exercises import Outcome
from lossbook.exercises.engine.cases import Case
from lossbook.exercises.engine.checkers import (
    FunctionChecker,
    ProseChecker,
    ValueChecker,
)
from lossbook.exercises.engine.mistakes import mistake
from tests.exercises.one_of_each import mse


def tried(answer, right, cases, mistakes=(), **options):
    checker = FunctionChecker(
        arguments=("x",),
        right=right,
        draw=lambda rng: [Case((np.array(x),), *about) for x, *about in cases],
        mistakes=mistakes,
        **options,
    )
    return checker.check(answer, np.random.default_rng(0))


ROWS = [([1.0],), ([1.0, 2.0],), ([3.0, 4.0, 5.0],)]


@pytest.mark.parametrize(
    ("answer", "right", "says"),
    [
        (lambda x: -np.inf, np.sum, "wrong sign"),
        (lambda x: np.inf, np.sum, "same result for every input"),
        (lambda x: np.sum(x), lambda x: np.inf, "is not infinite, and should be"),
        (lambda x: np.sum(x), np.asarray, "is one number, where an array of 1 is"),
        (lambda x: [np.sum(x)], np.sum, "is an array of 1, where one number is"),
        (lambda x: np.array(x) ** 2, np.asarray, "`[1]`, that is too large"),
        (lambda x: 3 * np.sum(x), np.sum, "3 times"),
        (lambda x: "up", lambda x: "down", "'up'"),
        (lambda x: 1.0, lambda x: "down", "is not text"),
        (lambda x: x[0], np.sum, "Right for a single example"),
    ],
)
def test_an_unknown_mistake_is_described(answer, right, says):
    assert says in tried(answer, right, ROWS).message


def test_the_smallest_example_that_differs_is_shown():
    outcome = tried(lambda x: x[:2].sum(), np.sum, ROWS)

    assert "`x = [3.0, 4.0, 5.0]`" in outcome.message


def test_an_edge_case_that_alone_is_wrong_is_named():
    cases = [([1.0],), ([2.0],), ([0.0], "a zero")]
    outcome = tried(lambda x: x[0] or 1, np.sum, cases)

    assert "Right for the other inputs, but not for a zero." in outcome.message


def test_a_mistake_is_named_only_if_it_agrees_everywhere():
    @mistake
    def doubled(x):
        """You doubled it."""
        return 2 * np.sum(x)

    assert tried(lambda x: 2 * sum(x), np.sum, ROWS, [doubled]).mistake == "doubled"
    sometimes = tried(lambda x: len(x) * sum(x), np.sum, ROWS, [doubled])
    assert sometimes.mistake is None


def test_long_inputs_are_cut_short():
    outcome = tried(lambda x: 1, np.sum, [(np.arange(200.0),)])

    assert "`x = [0.0, 1.0, 2.0, …] (200 in all)`" in outcome.message


def test_words_are_compared_without_case_and_hyphens():
    checker = ValueChecker(inputs=(), right=lambda: "cross-entropy")

    assert checker.check("Cross entropy", None)
    assert checker.check("cross_entropy", None)
    assert not checker.check("hinge", None)


def test_an_answer_in_words_is_not_graded():
    outcome = ProseChecker(points=("It squares.",)).check("Because.", None)

    assert outcome.kind == "read on"
    assert not outcome
    assert repr(outcome).endswith("\n- It squares.")


def test_results_computed_elsewhere_can_be_judged():
    checker = mse().checker
    cases = checker.cases(np.random.default_rng(0))
    results = [np.array(mean_squared_error(*case.inputs)) for case in cases]

    assert checker.judge(results, cases)
    assert checker.judge([2 * one for one in results], cases).kind == "wrong"


def test_on_a_page_everything_is_escaped_and_says_its_outcome_in_words():
    outcome = Outcome("wrong", "`<b>` & <i>", points=("1 < 2",))

    assert outcome._repr_html_() == (
        '<div class="outcome wrong"><p><strong>Not right yet.</strong> '
        "<code>&lt;b&gt;</code> &amp; &lt;i&gt;</p><ul><li>1 &lt; 2</li></ul></div>"
    )


def test_hints_are_numbered_and_announce_the_next():
    exercise = mse()

    assert "Hint 1 of 2" in repr(exercise.hint())
    assert "`hint(2)` is next" in repr(exercise.hint(1))
    assert "last one" in repr(exercise.hint(2))
    for number_ in (0, 3, -1):
        with pytest.raises(ValueError, match=r"numbered 1 to 2"):
            exercise.hint(number_)


def test_help_is_folded_and_short_as_text():
    shown = mse().help()

    assert shown._repr_html_().count("<details><summary>") == 3
    assert "open" not in shown._repr_html_()
    assert len(repr(shown)) < 100


def test_an_unknown_topic_is_answered_with_the_known_ones():
    with pytest.raises(KeyError, match=r"there are .*mean_squared_error"):
        exercises.of_topic("minus")
