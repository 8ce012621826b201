"""What a trained model answers, and what its answers are worth."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from lossbook.catalogue import by_key
from lossbook.link_functions import sigmoid, softmax
from lossbook.training import Model, objective, train
from tests.training.problems import every_loss, problem, started


def test_an_output_becomes_an_answer_in_the_form_of_the_labels():
    def answers(key, *outputs):
        w = np.eye(len(outputs[0])) if isinstance(outputs[0], list) else np.ones(1)
        model = Model((w, np.zeros(w.shape[1:])), by_key(key))
        return model.predict(np.reshape(outputs, (len(outputs), -1))).tolist()

    assert answers("mean_squared_error", 0.5, -2) == [0.5, -2.0]
    assert answers("binary_cross_entropy", 0.5, 0, -2) == [1, 0, 0]
    assert answers("hinge", 0.5, 0, -2) == [1, -1, -1]
    assert answers("multiclass_hinge", [1, 3, 2], [5, 0, 5]) == [1, 0]


def test_probabilities_come_from_the_outputs():
    for key, link in {
        "binary_cross_entropy": sigmoid,
        "binary_cross_entropy_from_logits": sigmoid,
        "cross_entropy": softmax,
        "cross_entropy_from_logits": softmax,
    }.items():
        model, x, _ = started(by_key(key))
        assert_array_equal(model.probs(x), link(model.output(x)))


@pytest.mark.parametrize("key", ["hinge", "multiclass_hinge", "mean_squared_error"])
def test_scores_and_numbers_are_no_probabilities(key):
    model, x, _ = started(by_key(key))

    with pytest.raises(ValueError, match="not probabilities; use output"):
        model.probs(x)


def test_r2_is_that_of_scikit_learn():
    r2_score = pytest.importorskip("sklearn.metrics").r2_score
    model, x, y = started(by_key("mean_squared_error"))

    assert model.evaluate(x, y) == pytest.approx(
        r2_score(y, model.predict(x)), rel=1e-12
    )


NUMBERS = {
    "float16": np.array([3, 4, 5.5, 60000], np.float16),
    "float32": np.array([1e-30, 2, 3, 3e38], np.float32),
    "uint8": np.array([0, 1, 200, 255], np.uint8),
    "int8": np.array([-128, 127, 3, 4], np.int8),
    "int32": np.array([2**31 - 1, -(2**31), 5, 2**31 - 3], np.int32),
    "int64": np.array([2**53 + 2, -(2**62), 5, 7]),
    "uint64": np.array([2**64 - 2**11, 5, 7, 2**63], np.uint64),
    "bool": np.array([True, False, False, True]),
}


@pytest.mark.parametrize("y", NUMBERS.values(), ids=NUMBERS)
def test_r2_is_computed_in_double_precision(y):
    r2_score = pytest.importorskip("sklearn.metrics").r2_score
    exact = y.astype(np.float64)

    for w, b in ((0.0, 0.0), (0.0, exact.mean()), (1.0, 0.5), (1e-3, 7.0)):
        model = Model((np.array([w]), np.array(b)), by_key("mean_squared_error"))
        theirs = r2_score(exact, model.predict(exact[:, None]))
        assert model.evaluate(exact[:, None], y) == pytest.approx(theirs, rel=1e-9)
    fit = train([[0.0]] * 4, y, "mean_squared_error", steps=0)
    assert fit.history.metric[0] == fit.model.evaluate([[0.0]] * 4, y)


@pytest.mark.parametrize("size", [5e-324, 1e-200, 1.0, 1e200, 2.0**1020])
def test_r2_has_no_unit(size):
    x = size * np.array([[0.0], [1.0], [2.0], [3.0]])
    model = Model((np.array([1.0]), np.array(size)), by_key("mean_absolute_error"))

    assert model.evaluate(x, x[:, 0]) == pytest.approx(1 - 4 / 5, rel=1e-12)
    shifted = Model((np.zeros(1), np.array(size)), by_key("mean_absolute_error"))
    assert shifted.evaluate(x, [0.0] * 4) == 0.0


@pytest.mark.parametrize(
    "dtype", [np.int8, np.int32, np.int64, np.float16, np.float32, np.longdouble]
)
@every_loss
def test_a_metric_does_not_depend_on_the_dtype_of_the_labels(loss, dtype):
    if loss.labels == "classes" and np.dtype(dtype).kind == "f":
        return  # class numbers are whole
    model, x, y = started(loss)
    y = np.round(y).astype(int)

    assert model.evaluate(x, y.astype(dtype)) == model.evaluate(x, y)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.uint32, np.uint64])
@pytest.mark.parametrize("options", [{}, {"class_weights": [1, 30, 2]}])
@pytest.mark.parametrize("batch_size", [None, 5])
@pytest.mark.parametrize("key", ["cross_entropy", "cross_entropy_from_logits"])
def test_class_numbers_may_be_unsigned(key, batch_size, options, dtype):
    x, y = problem(by_key(key))
    settings = options | {"batch_size": batch_size, "steps": 7}

    unsigned = train(x, y.astype(dtype), key, **settings)

    assert_array_equal(unsigned.history.loss, train(x, y, key, **settings).history.loss)
    assert unsigned.model.evaluate(x, y.astype(dtype)) == unsigned.model.evaluate(x, y)


def test_r2_of_equal_targets_is_1_if_exact_and_0_otherwise():
    model = Model((np.zeros(1), np.array(0.1)), by_key("mean_squared_error"))

    assert (
        model.evaluate([[1.0]] * 3, [0.1] * 3) == model.evaluate([[1.0]], [0.1]) == 1.0
    )
    assert model.evaluate([[1.0]] * 3, [0.3] * 3) == 0.0


@pytest.mark.parametrize(
    ("key", "labels"),
    [
        ("binary_cross_entropy", [1, 0, 1, 1]),
        ("binary_cross_entropy", [0.9, 0.2, 0.6, 0.51]),
        ("binary_cross_entropy", [0.9, 0.5, 0.6, 0.51]),
        ("hinge", [1, -1, 1, 1]),
    ],
)
def test_accuracy_is_the_part_of_right_answers(key, labels):
    model = Model((np.ones(1), np.zeros(())), by_key(key))

    assert model.evaluate([[2.0], [-3.0], [-1.0], [0.5]], labels) == 0.75


def test_a_model_that_is_quite_sure_and_wrong_has_a_metric_too():
    model = Model((np.ones(1), np.zeros(())), by_key("binary_cross_entropy"))

    assert model.evaluate([[1e4], [1e4], [-1e4]], [1, 0, 1]) == pytest.approx(1 / 3)
    assert objective(model, [[1e4]], [0])[0] == np.inf


def test_accuracy_over_classes_takes_numbers_and_one_hot_rows():
    model = Model((np.eye(3), np.zeros(3)), by_key("cross_entropy"))
    x, labels = np.array([[2, 1, 0], [0, 3, 0], [0, 1, 0.0]]), np.array([0, 1, 2])

    assert model.evaluate(x, labels) == pytest.approx(2 / 3)
    assert model.evaluate(x, np.eye(3)[labels]) == pytest.approx(2 / 3)


def test_one_hot_labels_train_the_same_model():
    x, y = problem(by_key("cross_entropy"))
    numbers, rows = (
        train(x, t, "cross_entropy_from_logits") for t in (y, np.eye(3)[y])
    )

    assert_allclose(numbers.history.loss, rows.history.loss, rtol=1e-12)
    assert_array_equal(numbers.history.metric, rows.history.metric)


def test_a_fit_says_what_it_is():
    x, y = problem(by_key("hinge"))

    assert repr(train(x, y, "hinge", steps=0)) == (
        "Model: linear model for hinge loss, weights (2,)\n"
        "  0 steps, loss 1 -> 1, accuracy 0.538"
    )
    fit = train(x, y, "mean_squared_error", steps=2)
    first, _, last = fit.history.loss
    assert f"2 steps, loss {first:.4g} -> {last:.4g}, R2 " in repr(fit)
    assert f"R2 {fit.history.metric[-1]:.3f}" in repr(fit)
    network = train(x, y, "hinge", hidden=4, activation="relu").model
    assert repr(network).startswith("Model: network (relu) for hinge loss, weights")
    assert "weights (2, 4) and (4,)" in repr(train(x, y, "hinge", hidden=4))
