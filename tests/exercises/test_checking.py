"""Whatever is called and from wherever, a check works and leaves all else as it is."""

import asyncio
import random
import subprocess
import sys
import warnings
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from lossbook import mean_squared_error
from tests.exercises.one_of_each import mse, number
from tests.exercises.test_corpus import fresh


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
