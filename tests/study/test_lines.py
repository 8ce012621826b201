"""Programs to put in order: what counts as right runs and is right, the rest is not."""

import math
import re
import warnings
from dataclasses import replace

import numpy as np
import pytest

import lossbook
from lossbook.calibration import expected_calibration_error
from lossbook.study import lines
from lossbook.training import train
from tests.study.test_content import everything

QUESTIONS = [question for question in everything() if question.kind == "lines"]
NAMES = vars(lossbook) | {
    "np": np,
    "math": math,
    "train": train,
    "expected_calibration_error": expected_calibration_error,
}
every_question = pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.id)


def given(question):
    """The names that the lines find, anew: they may change what they find."""
    names = dict(NAMES)
    exec(question.runs.before, names)  # noqa: S102 - of our own bank
    return names


def result(question, order):
    """What lines give that stand in this order; None if they do not run."""
    names = given(question)
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            exec(lines.program(order), names)  # noqa: S102 - of our own bank
            return np.asarray(eval(question.runs.result, names), dtype=float)  # noqa: S307
    except Exception:
        return None


def is_right(question, order):
    found = result(question, order)
    answer = np.asarray(eval(question.runs.answer, given(question)), dtype=float)  # noqa: S307
    assert np.all(np.isfinite(answer)) and answer.size
    same = found is not None and found.shape == answer.shape
    return same and np.allclose(found, answer, rtol=1e-6, atol=1e-9)


def test_there_are_ten_over_the_topics():
    assert len(QUESTIONS) >= 10
    assert len({question.topic for question in QUESTIONS}) >= 8


@every_question
def test_every_order_that_counts_as_right_runs_and_is_right(question):
    found = list(lines.orders(question))

    assert found[0] == lines.belonging(question)
    assert 1 <= len(found) <= 24
    for order in found:
        assert is_right(question, order), lines.program(order)


@every_question
def test_a_line_that_does_not_belong_spoils_the_program(question):
    for stranger in lines.strangers(question):
        wrong = lines.with_stranger(question, stranger)
        assert not is_right(question, wrong), stranger.code


def does(line):
    """What a line gives a value to, or calls, and how far in."""
    return re.split(r" \W?= |\(", line.code)[0], line.indent


@every_question
def test_a_line_that_does_not_belong_stands_instead_of_the_one_that_does_the_same(
    question,
):
    """Elsewhere the program would break, for want of the line that stood there."""
    for stranger in lines.strangers(question):
        fitting = [
            number
            for number, line in enumerate(lines.belonging(question), 1)
            if does(line) == does(stranger)
            and result(
                question,
                lines.with_stranger(question, replace(stranger, instead_of=number)),
            )
            is not None
        ]
        assert fitting == [stranger.instead_of], stranger.code


@every_question
def test_no_order_that_counts_as_wrong_is_right(question):
    """One line taken elsewhere: whoever did so must not be refused without reason."""
    right = lines.belonging(question)
    accepted = set(lines.orders(question))
    for line in right:
        rest = [other for other in right if other is not line]
        for place in range(len(right)):
            order = (*rest[:place], line, *rest[place:])
            assert is_right(question, order) == (order in accepted), lines.program(
                order
            )


@every_question
def test_no_other_indentation_and_no_line_fewer_is_right(question):
    right = lines.belonging(question)
    for number, line in enumerate(right):
        before, behind = right[:number], right[number + 1 :]
        assert not is_right(question, before + behind), line.code
        for indent in {line.indent - 1, line.indent + 1} - {-1}:
            order = (*before, replace(line, indent=indent), *behind)
            assert not is_right(question, order), lines.program(order)
