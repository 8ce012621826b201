"""What the sandbox emits is judged outside, and what cannot come from it is told."""

import json
import linecache

import numpy as np
import pytest
from nbformat.v4 import new_output

from classroom.checks import Check, TamperedError, generator
from classroom.course import STUB
from classroom.sandbox import EMITTED, emitting
from lossbook import mean_squared_error
from lossbook.exercises.engine.cases import regression
from lossbook.exercises.engine.checkers import FunctionChecker, ValueChecker

CHECK = Check(
    "mse",
    FunctionChecker(
        arguments=("y", "y_hat"), right=mean_squared_error, draw=regression
    ),
)
VALUE = Check("best", ValueChecker(inputs=(), right=lambda: 2.5))


def emitted(check, answer, seed="x"):
    """The outputs of the cell that asks for `answer`, run right here."""
    outputs = []
    source = check.source(generator("cell", seed))
    source = source.replace("from IPython.display import display as _display", "")
    space = {"_display": lambda data, raw: outputs.append(json.loads(json.dumps(data)))}
    space |= {} if answer is None else {check.name: answer}
    source = source.replace("import emitting as _emitting", "")
    try:
        exec(source, {**space, "_emitting": emitting})  # noqa: S102
    except NameError as error:
        said = {"ename": "NameError", "evalue": str(error), "traceback": []}
        return [new_output("error", **said)]
    return [new_output("display_data", data) for data in outputs]


def judged(check, answer, seed="x"):
    return check.judge(emitted(check, answer, seed), generator("cell", seed))


def stub(y, y_hat):
    raise NotImplementedError


def of_another_cell(body):
    """A function whose source, as in a notebook, is not that of the stub."""
    source, name = f"def mse(y, y_hat):\n    {body}\n", f"<cell {body}>"
    linecache.cache[name] = len(source), None, source.splitlines(True), name
    names = {"stub": stub}
    exec(compile(source, name, "exec"), names)  # noqa: S102
    return names["mse"]


def changing(y, y_hat):
    y_hat -= y
    return (y_hat**2).mean()


@pytest.mark.parametrize(
    ("answer", "kind", "says"),
    [
        (lambda y, p: ((y - p) ** 2).mean(), "right", ""),
        (lambda y, p: np.float32(((y - p) ** 2).mean()), "right", ""),
        (lambda y, p: ((y - p) ** 2).mean().astype(np.float16).item(), "wrong", ""),
        (lambda y, p: [((y - p) ** 2).mean()], "wrong", "an array of 1"),
        (lambda y, p: abs(y - p).mean(), "wrong", "too"),
        (lambda y, p: None, "wrong", "return"),
        (lambda y, p: print(1), "wrong", "print"),
        (lambda y, p: "text", "wrong", "text"),
        (lambda y, p: {"a": 1}, "wrong", "dict"),
        (lambda y, p: ..., "not attempted", "in place of the three dots"),
        (lambda y, p: np.nan, "wrong", "NaN"),
        (lambda y, p: 10**400, "raised", "OverflowError"),
        (lambda y: 1, "raised", "TypeError"),
        (lambda y, p: 1 / 0, "raised", "ZeroDivisionError: division by zero"),
        (stub, "not attempted", "in place of the line `raise NotImplementedError`"),
        (of_another_cell(STUB), "not attempted", "in place of the line `raise NotImp"),
        (
            of_another_cell("return stub(y, y_hat)"),
            "raised",
            "calls what is not written yet, in the line `return stub(y, y_hat)`.",
        ),
        (changing, "wrong", "changes an array"),
        (3.0, "raised", "TypeError"),
        (None, "not attempted", "There is no `mse`"),
    ],
)
def test_an_answer_is_judged_as_the_exercises_would(answer, kind, says):
    outcome = judged(CHECK, answer)

    assert outcome.kind == kind
    assert says in outcome.message


@pytest.mark.parametrize(
    ("answer", "kind"),
    [(2.5, "right"), (np.float32(2.5), "right"), ("2.5", "wrong"), (3, "wrong")],
)
def test_a_value_is_judged(answer, kind):
    assert judged(VALUE, answer).kind == kind


def test_each_submission_is_tried_on_numbers_of_its_own():
    one, other, again = (
        CHECK.source(generator("cell", text)) for text in ("x", "y", "x")
    )

    assert one != other
    assert one == again


def forged(**data):
    return new_output("display_data", {EMITTED: data})


@pytest.mark.parametrize(
    "outputs",
    [
        [],
        [new_output("stream", name="stdout", text="1")],
        [forged(calls=[]), forged(calls=[])],
        [forged(calls=3)],
        [forged(value=1)],
        [forged(calls=[{"result": {"array": "AAAA", "dtype": "object"}}])],
        [forged(calls=[{"result": {}, "printed": 0, "changed": []}])],
        [forged(calls=[{"result": 1.0, "printed": False, "changed": 7}])],
        [forged(calls=[None])],
    ],
)
def test_what_the_cell_cannot_have_emitted_is_tampered_with(outputs):
    with pytest.raises(TamperedError):
        CHECK.judge(outputs, generator("cell", "x"))


def test_fewer_results_than_cases_earn_nothing():
    right = emitted(CHECK, lambda y, p: ((y - p) ** 2).mean())
    right[0].data[EMITTED]["calls"].pop()

    assert not CHECK.judge(right, generator("cell", "x"))


@pytest.mark.parametrize(
    "value",
    [
        1,
        2.5,
        "text",
        None,
        True,
        float("inf"),
        (1, [2.0, (3,)]),
        np.arange(3),
        np.zeros((2, 0)),
        np.float32(1.5),
        np.array([[1.0, np.nan]]),
        np.uint8(3),
    ],
    ids=repr,
)
def test_a_value_comes_back_as_it_was(value):
    back = emitting.decode(json.loads(json.dumps(emitting.encode(value))))

    np.testing.assert_equal(back, value)
    assert getattr(back, "dtype", None) == getattr(value, "dtype", None)
