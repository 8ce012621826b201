"""The calls of other libraries: whole, checked, and in agreement with this package.

That the libraries still give these numbers is asked in test_libraries.py.
"""

from importlib.resources import files
from itertools import groupby

import pytest

from lossbook import frameworks
from lossbook.catalogue import LOSSES
from lossbook.frameworks.reading import TEXTS, read_calls, read_families
from lossbook.study.expressions import evaluate

CALLS = [call for loss in LOSSES for call in frameworks.calls(loss.key)]
TRAPS = [(call, trap) for call in CALLS for trap in call.traps]
# Theirs may be computed in single precision, or come from a solver.
NEAR = {"rel": 1e-4, "abs": 1e-7}
SMALL = """
[[call]]
framework = "Optax"
name = "optax.losses.hinge_loss"
code = "print(0.5)"
theirs = 0.5
ours = "hinge([1], [0.5])"
reads = "scores, then labels"
reduction = "none"
[[call.traps]]
text = "A label 0 costs 1."
input = "1"
theirs = 1
ours = "hinge([1], [0.5])"
"""
SMALL_FAMILY = """
[[family]]
id = "weights"
title = "Weights"
data = "y = [1]"
ours = "1"
why = "They divide by `n`."
[[family.row]]
framework = "Keras"
name = "Loss"
code = "print(y[0])"
theirs = 1
"""


@pytest.mark.parametrize("call", CALLS, ids=lambda call: f"{call.loss}: {call.name}")
def test_this_package_gives_the_same_number(call):
    assert evaluate(call.ours, {}) == pytest.approx(call.theirs, **NEAR)


@pytest.mark.parametrize(
    ("call", "trap"), TRAPS, ids=[f"{c.loss}: {c.name}: {t.input}" for c, t in TRAPS]
)
def test_in_a_trap_this_package_gives_another_number(call, trap):
    assert evaluate(trap.ours, {}) != pytest.approx(trap.theirs, **NEAR)


def test_every_loss_is_called_and_every_library_is_there():
    assert len(CALLS) >= 60
    assert [loss.key for loss in LOSSES if not frameworks.calls(loss.key)] == []
    assert {call.framework for call in CALLS} == set(frameworks.frameworks())


def test_every_file_is_of_a_loss():
    names = {each.name for each in files(frameworks).iterdir()}
    ofs = {name.removesuffix(".toml") for name in names if name.endswith(".toml")}

    assert ofs - {"migration"} == {loss.key for loss in LOSSES}


def test_the_calls_of_a_library_stand_together_in_the_order_of_the_libraries():
    for loss in LOSSES:
        found = [call.framework for call in frameworks.calls(loss.key)]
        order = [name for name, _ in groupby(found)]
        assert order == [name for name in frameworks.frameworks() if name in order]


def test_a_loss_that_is_not_in_the_catalogue_has_no_calls():
    with pytest.raises(KeyError, match="no loss 'cauchy'"):
        frameworks.calls("cauchy")


def test_a_small_file_is_read():
    (call,) = read_calls("hinge", SMALL)

    assert (call.loss, call.theirs, call.weights) == ("hinge", 0.5, "")
    assert call.traps[0].theirs == 1


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[[call]]", "[call]", "call must be a list"),
        ('"Optax"', '"Chainer"', r"framework must be one of PyTorch.*got 'Chainer'"),
        ('reads = "scores, then labels"', "", "reads is missing"),
        ('reduction = "none"', 'reduction = ""', "reduction is empty"),
        ('reduction = "none"', 'reduction = "none"\nmean = "n"', "mean is unknown"),
        ('"print(0.5)"', '"0.5"', r"code must end in print"),
        ('"print(0.5)"', '""', r"code is empty"),
        ('"print(0.5)"', '"print(0.5"', "code is no Python"),
        ('"print(0.5)"', '"print(0.5) # `"', None),
        ("theirs = 0.5", "theirs = inf", "theirs must be a finite number"),
        ("theirs = 0.5", 'theirs = "0.5"', "theirs must be a number"),
        (
            'ours = "hinge([1], [0.5])"',
            'ours = "hinge("',
            "ours is no Python expression",
        ),
        ("scores, then labels", "a `score", "without its partner"),
        ("A label 0 costs 1.", "A label $0 costs 1.", "trap 1: a dollar sign"),
        ('input = "1"', 'input = "x = 1"', "trap 1: input is no Python expression"),
        ('input = "1"', "", "trap 1: input is missing"),
    ],
)
def test_what_is_wrong_is_refused_with_its_place(old, new, message):
    assert old in SMALL
    text = SMALL.replace(old, new, 1)
    if message is None:
        assert read_calls("hinge", text)
        return
    with pytest.raises(ValueError, match=message) as refused:
        read_calls("hinge", text)
    assert str(refused.value).startswith("hinge.toml: ")


def test_a_name_that_stands_twice_is_refused():
    with pytest.raises(ValueError, match=r"call 2 \(optax.*another call has this name"):
        read_calls("hinge", SMALL + SMALL)


def test_what_is_said_is_a_phrase_or_sentences():
    for call in CALLS:
        for name in TEXTS:
            assert not getattr(call, name).endswith("."), (call.name, name)
        for trap in call.traps:
            assert trap.text.endswith("."), (call.name, trap.text)


@pytest.mark.parametrize("family", frameworks.families(), ids=lambda each: each.id)
def test_in_a_family_some_agree_with_this_package_and_some_do_not(family):
    ours = pytest.approx(evaluate(family.ours, {}), **NEAR)

    assert len({row.framework for row in family.rows}) >= 3
    assert {row.theirs == ours for row in family.rows} == {True, False}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('id = "weights"', 'id = "Weights"', r"family 1 \(Weights\): an id is lower"),
        ('why = "They divide by `n`."', "", "why is missing"),
        ("by `n`", "by `n", "without its partner"),
        ('"Keras"', '"Theano"', "row 1: the framework must be one of"),
        ('"print(y[0])"', '"y[0]"', "row 1: code must end in print"),
        ("theirs = 1", "theirs = nan", "row 1: theirs must be a finite number"),
        ("[[family.row]]", "[family.row]", "row must be a list"),
    ],
)
def test_what_is_wrong_in_a_family_is_refused_with_its_place(old, new, message):
    assert old in SMALL_FAMILY
    assert len(read_families(SMALL_FAMILY)) == 1
    with pytest.raises(ValueError, match=message) as refused:
        read_families(SMALL_FAMILY.replace(old, new, 1))
    assert str(refused.value).startswith("migration.toml: ")
