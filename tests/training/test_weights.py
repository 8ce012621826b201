"""Batches and weights: what each example and each class counts in training."""

from inspect import signature

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from lossbook.catalogue import by_key
from lossbook.datasets import (
    blobs,
    imbalanced,
)
from lossbook.link_functions import sigmoid
from lossbook.training import objective, train
from tests.training.problems import FITTED, every_kind, every_loss, problem, started

WEIGHED = [
    (loss, options)
    for loss in FITTED
    for options in (
        {},
        {"sample_weight": np.linspace(0.5, 3, 12)},
        {"class_weights": [0.2, 5, 1] if loss.labels == "classes" else [0.2, 5]},
        {"class_weights": [0, 1, 2], "label_smoothing": 0.3},
        {"variant": "weston_watkins"},
    )
    if set(options) <= set(signature(loss.value).parameters)
]
every_weighing = pytest.mark.parametrize(
    ("loss", "options"), WEIGHED, ids=[f"{loss} {list(o)}" for loss, o in WEIGHED]
)


@every_kind
@every_weighing
@pytest.mark.parametrize("batch_size", [1, 3, 4])
def test_the_batches_of_a_pass_follow_the_gradient_of_all(
    loss, options, batch_size, kind
):
    if loss.key == "multiclass_hinge" and not kind:
        return  # it starts where all scores are equal, at a kink
    x, y = problem(loss, n=12)
    rate, steps, settings = 1e-7, 12 // batch_size, {"l2": 0.3} | options
    start = train(x, y, loss, steps=0, **settings, **kind).model

    moving = {"learning_rate": rate, "batch_size": batch_size, "steps": steps}
    fit = train(x, y, loss, **moving, **settings, **kind)

    gradient = objective(start, x, y, **settings)[1]
    assert fit.history.step.tolist() == [0, steps]
    for before, after, g in zip(
        start.parameters, fit.model.parameters, gradient, strict=True
    ):
        assert_allclose((before - after) / (rate * steps), g, rtol=1e-3, atol=1e-6)


@pytest.mark.parametrize("batch_size", [1, 3, 12])
def test_batches_of_soft_labels_follow_the_gradient_of_all(batch_size):
    x, _ = problem(by_key("hinge"), n=12)
    share = sigmoid(x[:, 0])
    for key, y, class_weights in (
        ("binary_cross_entropy_from_logits", share, [0.2, 5]),
        ("cross_entropy_from_logits", np.column_stack([share, 1 - share]), [3, 0.5]),
    ):
        settings = {"class_weights": class_weights}
        start = train(x, y, key, steps=0, **settings).model
        steps = 12 // batch_size
        moving = {"learning_rate": 1e-7, "batch_size": batch_size, "steps": steps}
        moved = train(x, y, key, **moving, **settings).model

        gradient = objective(start, x, y, **settings)[1]
        for before, after, g in zip(
            start.parameters, moved.parameters, gradient, strict=True
        ):
            assert_allclose((before - after) / (1e-7 * steps), g, rtol=1e-3, atol=1e-6)


@pytest.mark.parametrize(
    ("batch_size", "learning_rate", "steps"),
    [(1, 0.003, 6000), (7, 0.02, 3000), (64, 0.1, 1000)],
)
@pytest.mark.parametrize(
    "key", ["binary_cross_entropy_from_logits", "cross_entropy_from_logits"]
)
def test_batches_find_the_rare_class_as_the_full_batch_does(
    key, batch_size, learning_rate, steps
):
    x, y = imbalanced()
    full = train(x, y, key, class_weights=[1, 30], steps=500, learning_rate=0.3)
    batches = train(
        *(x, y, key),
        class_weights=[1, 30],
        batch_size=batch_size,
        steps=steps,
        learning_rate=learning_rate,
    )

    # Without weights the recall is 0.33, at a weighted loss of 0.64.
    recalls = [fit.model.predict(x)[y == 1].mean() for fit in (full, batches)]
    assert recalls == pytest.approx([0.9, 0.9], abs=0.07)
    assert batches.history.loss[-1] == pytest.approx(full.history.loss[-1], abs=0.05)


@pytest.mark.parametrize("batch_size", [1, 5, None])
@pytest.mark.parametrize("weights", [[0, 1], [1, 0]])
def test_a_batch_of_a_class_without_weight_is_no_error(weights, batch_size):
    x, y = problem(by_key("binary_cross_entropy"))

    fit = train(
        *(x, y, "binary_cross_entropy_from_logits"),
        class_weights=weights,
        batch_size=batch_size,
    )

    assert fit.history.loss[-1] < fit.history.loss[0]
    assert (fit.model.predict(x) == weights[1]).all()


@every_kind
@every_loss
@pytest.mark.parametrize("batch_size", [None, 4])
def test_a_weight_of_0_leaves_an_example_out(loss, kind, batch_size):
    x, y = problem(loss)
    weight = np.linspace(0.5, 2, len(x))
    weight[[0, 3, 7]] = 0
    far = np.where(weight[:, None] == 0, 1e3 * x, x)
    settings = {"steps": 9, "l2": 0.1, "batch_size": batch_size} | kind
    is_in = weight > 0

    fit = train(far, y, loss, sample_weight=weight, **settings)
    without = train(x[is_in], y[is_in], loss, sample_weight=weight[is_in], **settings)

    for p, same in zip(fit.model.parameters, without.model.parameters, strict=True):
        assert_array_equal(p, same)
    for name, values in vars(fit.history).items():
        assert_array_equal(values, getattr(without.history, name))
    value, gradient = objective(fit.model, far, y, l2=0.1, sample_weight=weight)
    assert fit.history.loss[-1] == pytest.approx(value, rel=1e-14)
    assert fit.history.gradient_norm[-1] == pytest.approx(
        np.linalg.norm(np.concatenate([g.ravel() for g in gradient]))
    )
    value = fit.model.evaluate(far, y, sample_weight=weight)
    assert fit.history.metric[-1] == pytest.approx(value, rel=1e-14)


@every_loss
def test_an_example_of_weight_2_counts_as_two(loss):
    x, y = problem(loss)
    weight = np.arange(len(x)) % 3
    twice = np.repeat(np.arange(len(x)), weight)

    fit = train(x, y, loss, sample_weight=weight, l2=0.1)
    copies = train(x[twice], y[twice], loss, l2=0.1)

    assert_allclose(fit.history.loss, copies.history.loss, rtol=1e-9)
    assert_allclose(fit.history.metric, copies.history.metric, rtol=1e-9)
    assert_allclose(fit.model.output(x), copies.model.output(x), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("factor", [1e-320, 1e-9, 1e9, 1e307])
@pytest.mark.parametrize("batch_size", [None, 4])
@every_loss
def test_only_the_ratios_of_weights_count(loss, batch_size, factor):
    x, y = problem(loss)
    settings = {"batch_size": batch_size, "steps": 20}
    weight, k = np.linspace(1, 4, len(x)), 3 if loss.labels == "classes" else 2
    both = {"sample_weight": weight}
    if "cross_entropy" in loss.key:
        both["class_weights"] = np.linspace(1, 3, k)
    large = {name: factor * values for name, values in both.items()}

    rtol = 1e-2 if factor == 1e-320 else 1e-9  # the smallest numbers have few digits
    plain = train(x, y, loss, **both, **settings)
    scaled = train(x, y, loss, **large, **settings)

    assert_allclose(scaled.history.loss, plain.history.loss, rtol=rtol)
    assert_allclose(scaled.history.metric, plain.history.metric, rtol=rtol)


def test_weights_of_classes_and_of_examples_multiply():
    x, y = imbalanced(300, share=0.2)
    key = "binary_cross_entropy_from_logits"
    weight = np.linspace(0.1, 3, len(x))

    both = train(x, y, key, class_weights=[1, 5], sample_weight=weight, l2=0.01)
    product = train(x, y, key, sample_weight=weight * np.where(y, 5, 1), l2=0.01)

    assert_allclose(both.history.loss, product.history.loss, rtol=1e-12)


@pytest.mark.parametrize("weigh", ["classes", "examples", "both"])
def test_weighted_training_gets_where_scikit_learn_gets(weigh):
    sk = pytest.importorskip("sklearn.linear_model")
    x, y = imbalanced(400, share=0.1)
    class_weights = [1.0, 8.0] if weigh != "examples" else [1.0, 1.0]
    weight = np.linspace(0.2, 3, len(x)) if weigh != "classes" else np.ones(len(x))
    whole = (weight * np.take(class_weights, y)).sum()
    theirs = sk.LogisticRegression(
        C=1 / (0.1 * whole), class_weight=dict(enumerate(class_weights)), tol=1e-9
    ).fit(x, y, sample_weight=weight)

    ours = train(
        *(x, y, "binary_cross_entropy_from_logits"),
        class_weights=class_weights,
        sample_weight=weight,
        l2=0.1,
        learning_rate=0.5,
        steps=1500,
    )

    assert_allclose(ours.model.parameters[0], theirs.coef_[0], rtol=1e-5)
    assert ours.model.parameters[1] == pytest.approx(theirs.intercept_[0], rel=1e-5)
    assert ours.model.evaluate(x, y, sample_weight=weight) == pytest.approx(
        theirs.score(x, y, sample_weight=weight), rel=1e-12
    )


def test_weighted_r2_is_that_of_scikit_learn():
    r2_score = pytest.importorskip("sklearn.metrics").r2_score
    model, x, y = started(by_key("mean_squared_error"))
    weight = np.linspace(0, 3, len(x))

    ours = model.evaluate(x, y, sample_weight=weight)

    assert ours == pytest.approx(
        r2_score(y, model.predict(x), sample_weight=weight), rel=1e-12
    )
    assert ours != pytest.approx(model.evaluate(x, y), rel=0.01)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"sample_weight": [1, 1]}, "one number for each of 3 examples"),
        ({"sample_weight": [[1], [1], [1]]}, "one number for each of 3 examples"),
        ({"sample_weight": 1}, "one number for each of 3 examples"),
        ({"sample_weight": [1, -1, 1]}, r"at least 0, got -1 at \[1\]"),
        ({"sample_weight": [1, np.nan, 1]}, r"finite and at least 0, got nan"),
        ({"sample_weight": [1, np.inf, 1]}, r"finite and at least 0, got inf"),
        ({"sample_weight": [0, 0, 0]}, "must leave an example in, got only zeros"),
        ({"sample_weight": ["1", "1", "1"]}, "sample_weight must hold real numbers"),
        ({"sample_weight": np.ma.array([1, 2, 3], mask=[0, 1, 0])}, "masked"),
        ({"sample_weight": [0, 1, 1], "y": [7, 0, 1]}, "7"),
        (
            {"sample_weight": [0, 1, 1], "x": [[np.nan], [1.0], [2.0]]},
            "x must be finite",
        ),
    ],
)
def test_weights_and_what_they_leave_out_are_looked_at(change, says):
    good = {"x": [[0.0], [1.0], [2.0]], "y": [0, 1, 0], "loss": "binary_cross_entropy"}
    model = train(**good, steps=1).model
    asked = good | change
    for use in (
        lambda: train(**asked),
        lambda: objective(
            model, asked["x"], asked["y"], sample_weight=asked["sample_weight"]
        ),
        lambda: model.evaluate(
            asked["x"], asked["y"], sample_weight=asked["sample_weight"]
        ),
    ):
        with pytest.raises(ValueError, match=says):
            use()


def test_a_class_that_is_left_out_stays_a_class():
    x, y = blobs(30, classes=3)

    fit = train(x, y, "cross_entropy_from_logits", sample_weight=y < 2)

    assert fit.model.parameters[0].shape == (2, 3)
    assert fit.model.evaluate(x[y < 2], y[y < 2]) == 1.0


def test_weights_that_leave_nothing_to_average_are_refused_before_any_step():
    x, y = problem(by_key("cross_entropy"))

    with pytest.raises(ValueError, match="leave the examples a weight"):
        train(
            *(x, np.minimum(y, 1), "cross_entropy"),
            class_weights=[0, 0],
            batch_size=3,
        )
