"""No answer makes a check raise, hang or change what is around it."""

import functools
import itertools
import signal
import sys
import threading
import time

import numpy as np
import pytest

from lossbook import exercises, mean_squared_error
from tests.exercises.one_of_each import mse, number
from tests.exercises.test_corpus import fresh


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
