"""A check never raises, disturbs nothing, and says what it saw."""

import random
import sys
import warnings
from functools import partial

import numpy as np
import pytest

from lossbook import exercises, mean_squared_error
from lossbook.exercises import Outcome
from lossbook.exercises.cases import Case
from lossbook.exercises.checkers import FunctionChecker, ProseChecker, ValueChecker
from lossbook.exercises.mistakes import Mistake
from tests.exercises.test_corpus import fresh


def mse():
    return fresh("mean_squared_error", "mse")


def number():
    return fresh("mean_squared_error", "by_hand")


class Hostile:
    """An object that objects to everything."""

    def _refuse(self, *args, **kwargs):
        raise SystemExit("no")

    __array__ = __float__ = __len__ = __iter__ = __eq__ = __bool__ = _refuse
    __call__ = _refuse
    __hash__ = None


class Unsayable(BaseException):
    def __str__(self):
        raise KeyboardInterrupt


def raising(error):
    def answer(y, y_hat):
        raise error

    return answer


def endless(y, y_hat):
    return endless(y, y_hat)


STRANGE = {
    "hostile": Hostile,
    "a set": lambda: {1},
    "bytes": lambda: b"4",
    "an object": object,
    "complex": lambda: 1j,
    "ragged": lambda: [[1], [2, 3]],
    "a class": lambda: Hostile,
}


@pytest.mark.parametrize("strange", STRANGE.values(), ids=STRANGE)
def test_no_answer_makes_a_check_raise(strange):
    for topic in exercises.TOPICS:
        for exercise in exercises.of_topic(topic):
            given = strange()
            outcomes = [
                exercise.check(given),
                exercise.check(lambda *inputs, given=given: given),
                exercise.check((given, given)),
            ]
            assert not any(outcomes)


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (raising(ValueError("too bad")), "ValueError: too bad"),
        (raising(ValueError()), "ValueError"),
        (raising(SystemExit(1)), "That ends the program"),
        (raising(KeyboardInterrupt()), "a loop that never ends"),
        (raising(Unsayable()), "Unsayable"),
        (endless, "RecursionError"),
        (lambda y, y_hat: undefined, "name 'undefined' is not defined"),  # noqa: F821
        (lambda y, y_hat: y[7], "IndexError"),
    ],
)
def test_what_the_answer_raises_becomes_an_outcome(answer, says):
    outcome = mse().check(answer)

    assert outcome.kind == "raised"
    assert says in outcome.message


def test_the_line_that_raised_is_shown():
    def answer(y, y_hat):
        unused = 1
        return y.shape[unused]

    assert "in the line `return y.shape[unused]`" in mse().check(answer).message


def test_the_objects_of_the_learner_stay_as_they_are():
    values = [np.array(4.0), [4.0, 0.0], {"mse": 4.0}]
    before = repr(values)
    for value in values:
        number().check(value)
    assert repr(values) == before


def test_the_program_around_stays_as_it_is(capsys):
    def answer(y, y_hat):
        print("hello")
        print("hello", file=sys.stderr)
        warnings.simplefilter("ignore")
        np.seterr(all="raise")
        return np.log(0 * y).sum()

    np.random.seed(3)  # noqa: NPY002
    random.seed(3)
    filters, handling = list(warnings.filters), np.geterr()
    states = random.getstate(), np.random.get_state()[1].tolist()  # noqa: NPY002

    mse().check(answer)

    assert capsys.readouterr() == ("", "")
    assert (list(warnings.filters), np.geterr()) == (filters, handling)
    assert states == (random.getstate(), np.random.get_state()[1].tolist())  # noqa: NPY002


def test_each_check_draws_other_numbers_and_each_session_the_same():
    seen = []

    def answer(y, y_hat):
        seen.append(y.tolist())
        return mean_squared_error(y, y_hat)

    exercise = mse()
    exercise.check(answer)
    once = len(seen)
    exercise.check(answer)
    mse().check(answer)

    assert seen[:once] != seen[once : 2 * once]
    assert seen[:once] == seen[2 * once :]


@pytest.mark.parametrize(
    "answer", [..., lambda y, p: ..., lambda y, p: (1, ...), (..., ...), [..., 2]]
)
def test_dots_are_not_attempted(answer):
    assert mse().check(answer).kind == "not attempted"
    assert mse().check().kind == "not attempted"


def test_what_can_be_called_is_as_good_as_a_function():
    class Loss:
        def __call__(self, y, y_hat):
            return mean_squared_error(y, y_hat)

    for answer in (
        Loss(),
        partial(mean_squared_error, reduction="mean"),
        Loss().__call__,
    ):
        assert mse().check(answer)


def test_an_answer_that_changes_its_argument_and_is_wrong_is_told_both():
    def answer(y, y_hat):
        y_hat -= y
        return y_hat.mean() ** 3

    message = mse().check(answer).message

    assert "your function returns" in message
    assert message.endswith("It also changes an array that it is given.")


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
    doubled = Mistake("doubled", lambda x: 2 * np.sum(x), "You doubled it.")

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
