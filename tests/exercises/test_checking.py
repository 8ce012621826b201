"""A check never raises, disturbs nothing, and says what it saw."""

import asyncio
import functools
import itertools
import random
import signal
import subprocess
import sys
import threading
import time
import warnings
from functools import partial
from pathlib import Path

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


class Denying:
    """An object that will not even say what it is."""

    @property
    def __class__(self):
        raise SystemExit("nothing")


class Breaking(str):
    """A text whose every method fails."""

    def _refuse(self, *args, **kwargs):
        raise KeyboardInterrupt

    strip = split = lower = __str__ = __eq__ = __len__ = __contains__ = _refuse
    __hash__ = str.__hash__


class Measureless(np.ndarray):
    """An array that breaks NumPy's functions."""

    def __array_function__(self, *args, **kwargs):
        raise MemoryError

    def __array_ufunc__(self, *args, **kwargs):
        raise MemoryError


STRANGE = {
    "denying": Denying,
    "breaking": lambda: Breaking("hinge"),
    "measureless": lambda: np.zeros(2).view(Measureless),
    "an iterator": lambda: iter([1.0, 2.0]),
    "endless": lambda: itertools.repeat(1.0),
    "itself": lambda: (held := [], held.append(held))[0],
    "deep": lambda: functools.reduce(lambda inner, _: [inner], range(5000), 1.0),
    "a huge number": lambda: 10**5000,
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
            assert all(repr(one) and one._repr_html_() for one in outcomes)


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


def closing(y, y_hat):
    sys.stdout.close()
    sys.stderr.close()
    return mean_squared_error(y, y_hat)


def taking_away(y, y_hat):
    sys.stdout = sys.stderr = None
    return mean_squared_error(y, y_hat)


def detaching(y, y_hat):
    print("hello")
    sys.stdout.truncate(0)
    sys.stdout.seek(7)
    return mean_squared_error(y, y_hat)


@pytest.mark.parametrize("answer", [closing, taking_away, detaching])
def test_what_an_answer_does_to_its_output_stays_inside(answer, capsys):
    before = sys.stdout, sys.stderr

    assert mse().check(answer)
    assert (sys.stdout, sys.stderr) == before
    print("still there")
    assert capsys.readouterr().out == "still there\n"


def replacing(y, y_hat):
    np.log = np.log2
    np.mean = np.median
    np.linalg.norm = max
    return np.square(y - y_hat).sum() / len(y)


@pytest.mark.parametrize("inside", [True, False], ids=["inside", "before"])
def test_functions_of_numpy_are_put_back_and_named(inside):
    log, mean, norm = np.log, np.mean, np.linalg.norm
    two = fresh("cross_entropy", "two_classes")
    if not inside:
        replacing(np.ones(2), np.ones(2))
    outcome = mse().check(replacing if inside else lambda y, p: ((y - p) ** 2).mean())

    assert outcome
    assert "`np.linalg.norm`, `np.log`, `np.mean`" in outcome.message
    assert (log, mean, norm) == (np.log, np.mean, np.linalg.norm)
    assert two.check(lambda y, p: -np.mean(np.log(1 - abs(y - p))))


def test_the_depth_of_calls_is_put_back():
    before = sys.getrecursionlimit()

    def answer(y, y_hat):
        sys.setrecursionlimit(300)
        return mean_squared_error(y, y_hat)

    assert mse().check(answer)
    assert sys.getrecursionlimit() == before


def test_a_name_deleted_from_numpy_comes_back():
    def answer(y, y_hat):
        del np.square
        return ((y - y_hat) ** 2).mean()

    outcome = mse().check(answer)

    assert "`np.square`" in outcome.message
    assert np.square(3) == 9


@pytest.fixture
def hurried(monkeypatch):
    """Calls are stopped after a fifth of a second."""
    from lossbook.exercises.engine import guarding

    monkeypatch.setattr(guarding, "SECONDS", 0.2)


def endless_loop(y, y_hat):
    while True:
        pass


def endless_and_stubborn(y, y_hat):
    while True:
        try:
            time.sleep(60)
        except BaseException:  # noqa: S112
            continue


class EndlessWhenRead:
    def __array__(self, *args, **kwargs):
        while True:
            pass


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="nothing interrupts here")
@pytest.mark.parametrize(
    "answer",
    [
        endless_loop,
        endless_and_stubborn,
        lambda y, p: time.sleep(600),
        lambda y, p: EndlessWhenRead(),
        lambda y, p: [one for one in itertools.count() if one < 0],
    ],
    ids=["loop", "stubborn", "asleep", "when read", "list"],
)
def test_an_answer_that_never_ends_is_stopped_with_advice(hurried, answer):
    before = signal.getsignal(signal.SIGALRM)

    outcome = mse().check(answer)

    assert outcome.kind == "raised"
    assert "had not ended after" in outcome.message
    assert "a loop that never ends" in outcome.message
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="nothing interrupts here")
def test_a_value_that_never_ends_is_stopped_too(hurried):
    assert number().check(EndlessWhenRead()).kind == "raised"


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="nothing interrupts here")
def test_an_alarm_that_was_set_before_still_rings():
    rang = []
    handler = signal.signal(signal.SIGALRM, lambda *_: rang.append(True))
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    try:
        assert mse().check(lambda y, p: time.sleep(0.02) or ((y - p) ** 2).mean())
        end = time.monotonic() + 30
        while not rang and time.monotonic() < end:
            time.sleep(0.01)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, handler)
    assert rang


def test_a_check_works_in_a_thread_where_nothing_can_be_stopped():
    outcomes = []
    thread = threading.Thread(
        target=lambda: outcomes.append(mse().check(mean_squared_error))
    )
    thread.start()
    thread.join()

    assert outcomes[0]


def test_an_iterator_is_not_used_up():
    values = map(float, [5, 51])
    exercise = fresh("what_is_a_loss", "two_losses")

    first, second = exercise.check(values), exercise.check(values)

    assert first == second
    assert "only once" in first.message
    assert list(values) == [5, 51]


async def promised(y, y_hat):
    return mean_squared_error(y, y_hat)


async def promised_parts(y, y_hat):
    yield 1, 2


@pytest.mark.parametrize(
    "answer",
    [
        promised,
        promised_parts,
        lambda y, p: (promised(y, p), promised(y, p)),
        lambda y, p: asyncio.wait_for(promised(y, p), 1),
    ],
)
@pytest.mark.parametrize("name", ["mse", "gradient"])
def test_an_async_function_is_called_that_and_leaves_no_warning(answer, name):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        outcome = fresh("mean_squared_error", name).check(answer)

    assert "`async`" in outcome.message
    assert [str(one.message) for one in caught] == []


SCRIPT = """
from lossbook import exercises, mean_squared_error
mse = exercises.mean_squared_error.mse
mse.check(mean_squared_error)
kept = mse.check(mean_squared_error)
if mse.check(mean_squared_error):
    print("used")
def in_a_function():
    mse.check(...)
in_a_function()
"""


def test_a_script_shows_what_would_be_thrown_away(tmp_path):
    (tmp_path / "script.py").write_text(SCRIPT)
    done = subprocess.run(
        [sys.executable, tmp_path / "script.py"],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )

    assert done.stdout.splitlines() == [
        "Right. It reads like the formula.",
        "used",
        "Not attempted yet. Write your answer in place of the three dots.",
    ]


def test_a_closed_output_breaks_no_check():
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\nsys.stdout.close()\n{SCRIPT[:-40]}"],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
    )

    assert "check" not in done.stderr


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

    outcome = mse().check(answer)

    assert outcome.kind == "raised"
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
