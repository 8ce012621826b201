"""Arguments of training are read in every form, or refused with what to do."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from lossbook.catalogue import by_key
from lossbook.datasets import (
    two_moons,
)
from lossbook.training import objective, train
from tests.training.problems import every_loss, problem


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"x": [1.0, 2.0]}, r"\(n, m\), got \(2,\); a single feature .* x\[:, None\]"),
        ({"x": np.empty((0, 2)), "y": []}, r"\(n, m\), got \(0, 2\)"),
        ({"x": [[1.0], [np.nan]]}, r"x must be finite, got nan at \[1, 0\]"),
        ({"y": [1]}, r"one label for each of 2 rows, got \(1,\)"),
        ({"y": 1}, r"one label for each of 2 rows, got \(\)"),
        ({"y": [0, 1]}, "-1"),
        (
            {"activation": "gelu"},
            "^activation must be one of .*'tanh', 'relu'.*, got 'gelu'",
        ),
        ({"activation": ["tanh"]}, r"^activation must be one of .*, got \['tanh'\]"),
        ({"hidden": -1}, "hidden must be an integer, 0 or more, got -1"),
        ({"learning_rate": 0}, "learning_rate must be a finite number above 0, got 0"),
        ({"steps": -1}, "steps must be an integer, 0 or more, got -1"),
        ({"batch_size": 0}, "batch_size must be an integer, 1 or more, got 0"),
        ({"momentum": 1}, "momentum must be a number from 0 to below 1, got 1"),
        ({"momentum": -0.1}, "momentum must be a number from 0 to below 1, got -0.1"),
        ({"l2": -1}, "l2 must be a finite number, 0 or more, got -1"),
        ({"seed": -1}, "seed must be an integer, 0 or more, got -1"),
        ({"reduction": "none"}, "no reduction to choose, .* is the mean, got 'none'"),
        ({"reduction": "mean"}, "no reduction to choose, .* is the mean, got 'mean'"),
        ({"loss": 3}, "key of the catalogue, such as 'hinge', or its record, got 3"),
        ({"loss": by_key("hinge").value}, "key of the catalogue"),
        ({"loss": None}, "key of the catalogue"),
        ({"loss": "triplet"}, "the triplet loss compares 3 arrays .* triplet_grad"),
    ]
    + [
        ({name: value}, f"^{name} must be an integer, [01] or more, got ")
        for name in ("hidden", "steps", "batch_size", "seed")
        for value in (10.0, 2.5, "5", True, np.True_, [5], np.array([5]), 5j, np.nan)
    ]
    + [
        ({name: value}, f"^{name} must be a .*number.*, got ")
        for name in ("learning_rate", "momentum", "l2")
        for value in (
            *("0.1", None, True, np.True_, [0.1], np.array([0.1]), 0.1j),
            *(np.nan, np.inf, -np.inf, 10**400, np.longdouble("1e4000")),
        )
    ],
)
def test_a_bad_argument_is_refused_and_says_what_to_do(change, says):
    good = {"x": [[1.0], [2.0]], "y": [-1, 1], "loss": "hinge"}

    with pytest.raises(ValueError, match=says):
        train(**(good | change))


@pytest.mark.parametrize(
    "labels", [[0, 0, 0], [-3, -1, -2], [0, 1, 3], [0, 1, 215_000]]
)
def test_labels_that_do_not_number_classes_are_refused(labels):
    says = f"at least two classes and at most one for each.* label of {max(labels)}$"

    with pytest.raises(ValueError, match=says):
        train([[1.0], [2.0], [3.0]], labels, "cross_entropy")


@pytest.mark.parametrize("labels", [[0, 1], [0, 1, 0], [0, 1, 2]])
def test_two_classes_are_enough_and_one_for_each_example_is_not_too_many(labels):
    x = np.arange(len(labels))[:, None]

    fit = train(x, labels, "cross_entropy", steps=1)

    assert fit.model.parameters[0].shape == (1, max(labels) + 1)


def test_features_may_come_as_any_kind_of_number():
    plain = train([[1.0], [2.0]], [1, -1], "hinge", steps=1).model.parameters[0]
    for kind in (np.int8, np.uint64, np.float16, np.float32, np.longdouble, object):
        fit = train(np.array([[1], [2]], dtype=kind), [1, -1], "hinge", steps=1)
        assert fit.model.parameters[0].dtype == np.float64
        assert_array_equal(fit.model.parameters[0], plain)
    for x in (
        np.array([[Fraction(1)], [Decimal(2)]]),
        np.ma.array([[1], [2]]),  # nothing is masked
        np.array([[1, 0], [2, 0]])[:, ::2],
    ):
        fit = train(x, [1, -1], "hinge", steps=1)
        assert_array_equal(fit.model.parameters[0], plain)


def test_the_order_in_memory_changes_nothing():
    x, y = two_moons()

    a, b = (train(x, y, "cross_entropy_from_logits") for x in (x, np.asfortranarray(x)))

    assert_array_equal(a.history.loss, b.history.loss)
    assert_array_equal(a.model.output(x), a.model.output(np.asfortranarray(x)))


def test_a_table_of_mixed_kinds_holds_numbers():
    x, y = problem(by_key("hinge"))
    mixed = np.empty((len(x), 3), object)  # as pandas makes of columns of three kinds
    mixed[:, 0], mixed[:, 1], mixed[:, 2] = x[:, 0], x[:, 1] > 0, range(len(x))
    plain = mixed.astype(np.float64)

    assert_array_equal(
        train(mixed, y, "hinge").history.loss, train(plain, y, "hinge").history.loss
    )


def test_settings_may_be_numbers_of_numpy():
    x, y = problem(by_key("hinge"))
    plain = train(x, y, "hinge", steps=7, batch_size=5, learning_rate=0.5, seed=3)

    fit = train(
        *(x, y, "hinge"),
        steps=np.int64(7),
        batch_size=np.uint8(5),
        learning_rate=np.float32(0.5),
        momentum=np.array(0.0),
        l2=Fraction(0),
        hidden=np.array(0),
        seed=np.int32(3),
    )

    assert_array_equal(fit.history.loss, plain.history.loss)


def test_class_labels_that_are_no_whole_numbers_are_refused():
    with pytest.raises(ValueError, match="whole numbers, got float64"):
        train([[1.0], [2.0]], [0.0, 1.0], "cross_entropy")


FEATURES = {
    "text": (np.array([["1.5"], ["2.5"]]), "x must hold real numbers, got <U3"),
    "bytes": (np.array([[b"1"], [b"2"]]), "x must hold real numbers, got"),
    "complex": ([[1.0], [2j]], "x must hold real numbers, got complex128"),
    "date": (np.array([["2026-01-01"], ["2026-01-02"]], "M8[D]"), "got datetime64"),
    "duration": (np.array([[1], [2]], "m8[s]"), "got timedelta64"),
    "record": (np.array([[(1,)], [(2,)]], [("a", int)]), "real numbers, got"),
    "text in objects": (np.array([["1"], [2]], object), r"got '1' at \[0, 0\]"),
    "date in objects": (
        [[1.0], [date(2026, 1, 1)]],
        r"got datetime.date.* at \[1, 0\]",
    ),
    "complex in objects": (np.array([[1], [2j]], object), r"got 2j at \[1, 0\]"),
    "none in objects": ([[1.0], [None]], r"got None at \[1, 0\]; drop or fill"),
    "a list in objects": (np.array([[1], [[2, 3]]], object), r"got .*\[2, 3\]"),
    "too large": ([[1], [10**400]], r"that a float can hold, got 1000"),
    "too long": (np.array([[1], ["1e4000"]], np.longdouble), "x must be finite, got"),
    "ragged": ([[1.0], [2.0, 3.0]], "inhomogeneous"),
    "a set": ({1, 2}, "real numbers that a float can hold, got <class 'set'>"),
    "masked": (np.ma.array([[1.0], [2.0]], mask=[[0], [1]]), "mask"),
    "masked objects": (np.ma.array([[1], [2]], object, mask=[[0], [1]]), "mask"),
}


@pytest.mark.parametrize(("x", "says"), FEATURES.values(), ids=FEATURES)
def test_features_that_are_no_real_numbers_are_refused(x, says):
    model = train([[1.0], [2.0]], [-1, 1], "hinge", steps=1).model

    for use in (
        lambda: train(x, [-1, 1], "hinge"),
        lambda: objective(model, x, [-1, 1]),
        lambda: model.predict(x),
        lambda: model.evaluate(x, [-1, 1]),
    ):
        with pytest.raises(ValueError, match=says):
            use()


LABELS = {
    "text": ["-1", "1"],
    "complex": [-1, 1j],
    "date": np.array(["2026-01-01", "2026-01-02"], "M8[D]"),
    "objects": np.array([-1, 1], object),
    "masked": np.ma.array([-1, 1], mask=[0, 1]),
    "a column": [[-1], [1]],
    "a cube": np.ones((2, 2, 2)),
}


@pytest.mark.parametrize("y", LABELS.values(), ids=LABELS)
@every_loss
def test_labels_that_are_no_real_numbers_in_a_row_are_refused(y, loss):
    with pytest.raises(ValueError, match=r"y|label"):
        train([[1.0], [2.0]], y, loss)


def test_an_unknown_loss_is_answered_with_the_known_ones():
    with pytest.raises(KeyError, match="there are mean_squared_error"):
        train([[1.0]], [1.0], "mse")


def test_a_trained_model_refuses_what_it_was_not_trained_for():
    x, y = problem(by_key("hinge"))
    model = train(x, y, "hinge", steps=1).model

    with pytest.raises(ValueError, match=r"takes 2 features, got x of shape \(13, 1\)"):
        model.predict(x[:, :1])
    with pytest.raises(ValueError, match="one label for each of 13 rows"):
        model.evaluate(x, y[:-1])
    with pytest.raises(ValueError, match="-1"):
        model.evaluate(x, (y + 1) // 2)
