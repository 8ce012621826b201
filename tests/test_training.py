"""Training goes downhill, gets where scikit-learn gets, and says when it does not."""

import copy
import multiprocessing
import pickle
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from inspect import signature

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from threadpoolctl import threadpool_limits

from lossbook.catalogue import LOSSES, by_key
from lossbook.datasets import (
    ames_housing,
    blobs,
    digit_images,
    digits,
    imbalanced,
    line_with_outliers,
    spambase,
    split,
    standardise,
    two_moons,
)
from lossbook.gradcheck import numerical_gradient
from lossbook.link_functions import sigmoid, softmax
from lossbook.training import Model, objective, train

every_loss = pytest.mark.parametrize("loss", LOSSES, ids=str)
every_kind = pytest.mark.parametrize(
    "kind",
    [{}, {"hidden": 3}, {"hidden": 3, "activation": "relu"}],
    ids=["linear", "tanh", "relu"],
)


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    """Small matrices: on a busy machine, threads that wait for each other cost most."""
    with threadpool_limits(1):
        yield


def problem(loss, n=13):
    """Features, two of them, and labels that `loss` takes and that can be learned."""
    rng = np.random.default_rng(7)
    x = rng.normal(size=(n, 2))
    y = x @ [1.0, -2.0] + rng.normal(scale=0.5, size=n)
    if loss.labels == "numbers":
        return x, y
    if loss.labels == "classes":
        return x, np.digitize(y, [-0.7, 0.7])
    return x, np.where(y > 0, 1, 0 if loss.labels == "0/1" else -1)


def started(loss, **kind):
    """A model whose parameters, the biases too, are no longer zero."""
    x, y = problem(loss)
    model = train(x, y, loss, steps=0, **kind).model
    rng = np.random.default_rng(8)
    moved = tuple(p + rng.normal(scale=0.3, size=p.shape) for p in model.parameters)
    return replace(model, parameters=moved), x, y


def with_parameter(model, i, p):
    return replace(
        model, parameters=(*model.parameters[:i], p, *model.parameters[i + 1 :])
    )


def measured(model, x, y, **settings):
    """The slope of the objective in each parameter, from differences of its values."""
    return [
        numerical_gradient(
            lambda v, i=i: objective(with_parameter(model, i, v), x, y, **settings)[0],
            p,
            step=1e-4,
        )
        for i, p in enumerate(model.parameters)
    ]


def assert_equal_slopes(derived, slopes):
    assert len(derived) == len(slopes)
    for d, m in zip(derived, slopes, strict=True):
        assert d.shape == m.shape
        assert_allclose(d, m, rtol=1e-6, atol=1e-9)


# --- back-propagation


@every_kind
@every_loss
def test_the_gradient_is_the_slope_of_the_objective(loss, kind):
    model, x, y = started(loss, **kind)

    derived = objective(model, x, y, l2=0.3)[1]

    assert_equal_slopes(derived, measured(model, x, y, l2=0.3))


@every_kind
@every_loss
def test_the_slope_test_would_notice_a_mistake(loss, kind):
    model, x, y = started(loss, **kind)
    slopes = measured(model, x, y, l2=0.3)

    for i, good in enumerate(slopes):
        for bad in (-good, 2 * good, 0 * good, good * len(x), good.T + 0.3):
            wrong = [*slopes[:i], bad, *slopes[i + 1 :]]
            with pytest.raises(AssertionError):
                assert_equal_slopes(wrong, slopes)


@every_loss
def test_the_objective_is_the_mean_loss_plus_half_the_squared_weights(loss):
    model, x, y = started(loss, hidden=3)
    w1, _, w2, _ = model.parameters
    out = model.output(x)
    read = {None: lambda z: z, "sigmoid": sigmoid, "softmax": softmax}[loss.link](out)

    value = objective(model, x, y, l2=0.4)[0]

    assert value == pytest.approx(
        loss.value(y, read) + 0.2 * ((w1**2).sum() + (w2**2).sum()), rel=1e-14
    )


@every_kind
def test_the_penalty_does_not_touch_the_biases(kind):
    model, x, y = started(by_key("mean_squared_error"), **kind)

    with_l2, without = (objective(model, x, y, l2=l2)[1] for l2 in (0.3, 0.0))

    for i, p in enumerate(model.parameters):
        added = 0.3 * p if i % 2 == 0 else 0.0 * p
        assert_allclose(with_l2[i] - without[i], added, atol=1e-14)


def test_a_network_computes_what_its_formula_says():
    model, x, _ = started(by_key("mean_squared_error"), hidden=3)
    w1, b1, w2, b2 = model.parameters

    assert_allclose(model.output(x), np.tanh(x @ w1 + b1) @ w2 + b2)
    assert Model(model.parameters, model.loss).activation == "tanh"
    model = replace(model, activation="relu")
    assert_allclose(model.output(x), np.maximum(x @ w1 + b1, 0) @ w2 + b2)


def test_an_option_reaches_the_loss():
    x, y = imbalanced(400)
    plain, heavy = (
        train(x, y, "binary_cross_entropy_from_logits", steps=50, **options)
        for options in ({}, {"class_weights": [1, 30]})
    )

    assert heavy.model.predict(x).sum() > 2 * plain.model.predict(x).sum()
    assert objective(heavy.model, x, y, class_weights=[1, 30])[0] == pytest.approx(
        heavy.history.loss[-1]
    )
    for key, has in {
        "hinge": "hinge loss takes sample_weight",
        "huber": "Huber loss takes delta, sample_weight",
    }.items():
        for name in ("learning_rte", "out", "y_true", "scores"):
            with pytest.raises(TypeError, match=f"no setting '{name}'; {has}"):
                train(x, y, key, **{name: 0.1})


# --- descent


@every_kind
@every_loss
def test_training_goes_downhill(loss, kind):
    x, y = problem(loss)

    fit = train(x, y, loss, learning_rate=0.01, steps=50, **kind)

    assert fit.history.loss[-1] < 0.99 * fit.history.loss[0]
    assert not fit.diverged
    if loss.is_smooth:
        assert (np.diff(fit.history.loss) < 0).all()


@every_kind
@every_loss
@pytest.mark.parametrize("batch_size", [None, 5])
def test_the_last_entry_of_the_history_is_that_of_the_model(loss, kind, batch_size):
    x, y = problem(loss)

    fit = train(x, y, loss, steps=10, l2=0.1, batch_size=batch_size, **kind)

    value, gradient = objective(fit.model, x, y, l2=0.1)
    assert fit.history.step[-1] == 10
    assert fit.history.loss[-1] == value
    assert fit.history.metric[-1] == fit.model.evaluate(x, y)
    assert fit.history.gradient_norm[-1] == pytest.approx(
        np.linalg.norm(np.concatenate([g.ravel() for g in gradient]))
    )


def test_one_step_goes_against_the_gradient_by_the_learning_rate():
    x, y = problem(by_key("mean_squared_error"))
    start, once = (
        train(x, y, "mean_squared_error", hidden=3, steps=s, learning_rate=0.03).model
        for s in (0, 1)
    )

    gradient = objective(start, x, y)[1]

    for before, g, after in zip(
        start.parameters, gradient, once.parameters, strict=True
    ):
        assert_allclose(after, before - 0.03 * g, rtol=1e-14)


def test_momentum_repeats_a_part_of_the_step_before():
    x, y = problem(by_key("mean_squared_error"))
    at = [
        train(
            x, y, "mean_squared_error", steps=s, learning_rate=0.03, momentum=0.5
        ).model
        for s in range(4)
    ]
    w = [model.parameters[0] for model in at]
    g = [objective(model, x, y)[1][0] for model in at]

    assert_allclose(w[1] - w[0], -0.03 * g[0])
    assert_allclose(w[2] - w[1], 0.5 * (w[1] - w[0]) - 0.03 * g[1])
    assert_allclose(w[3] - w[2], 0.5 * (w[2] - w[1]) - 0.03 * g[2])


def test_momentum_0_is_none():
    x, y = problem(by_key("hinge"))

    plain, zero = train(x, y, "hinge"), train(x, y, "hinge", momentum=0.0)

    assert_array_equal(plain.history.loss, zero.history.loss)


@every_kind
@pytest.mark.parametrize("batch_size", [13, 14])
def test_one_batch_of_all_examples_is_the_full_batch(kind, batch_size):
    x, y = problem(by_key("hinge"))

    full = train(x, y, "hinge", **kind)
    batch = train(x, y, "hinge", batch_size=batch_size, **kind)

    assert_array_equal(full.history.loss, batch.history.loss)
    assert_array_equal(full.history.step, np.arange(201))


def test_each_pass_takes_every_example_once_in_random_order(monkeypatch):
    x, y = problem(by_key("mean_squared_error"))
    seen = []
    spy = replace(
        by_key("mean_squared_error"),
        grad=lambda y, p, **_: seen.append(y) or np.zeros_like(p),
    )

    fit = train(x, y, spy, batch_size=5, steps=6)

    batches = [b for b in seen if len(b) < len(y)]
    assert [len(b) for b in batches] == [5, 5, 3, 5, 5, 3]
    assert fit.history.step.tolist() == [0, 3, 6]
    for one_pass in (batches[:3], batches[3:]):
        assert_array_equal(np.sort(np.concatenate(one_pass)), np.sort(y))
    assert (batches[0] != batches[3]).any()


WEIGHED = [
    (loss, options)
    for loss in LOSSES
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


def test_the_features_of_a_batch_go_with_its_labels():
    x = np.arange(1.0, 9.0)[:, None] / 8

    fit = train(x, 3 * x[:, 0] - 1, "mean_squared_error", batch_size=3, steps=3000)

    assert_allclose(fit.model.parameters[0], [3], rtol=1e-6)
    assert_allclose(fit.model.parameters[1], -1, rtol=1e-6)


def test_the_history_ends_with_the_last_step_within_a_pass():
    x, y = problem(by_key("hinge"))

    assert train(x, y, "hinge", batch_size=5, steps=5).history.step.tolist() == [
        0,
        3,
        5,
    ]
    assert train(x, y, "hinge", steps=0).history.step.tolist() == [0]
    one_by_one = train(x, y, "hinge", batch_size=1, steps=14)
    assert one_by_one.history.step.tolist() == [0, 13, 14]


def test_the_seed_decides():
    x, y = problem(by_key("mean_squared_error"))

    for settings in ({"hidden": 3}, {"batch_size": 5}):
        a, b, c = (
            train(x, y, "mean_squared_error", seed=s, **settings).history.loss
            for s in (0, 0, 1)
        )
        assert_array_equal(a, b)
        assert (a != c).any()
        default = train(x, y, "mean_squared_error", **settings).history.loss
        assert_array_equal(a, default)


def test_a_linear_model_starts_at_zero_and_a_network_does_not():
    x, y = problem(by_key("hinge"))
    w1, b1, w2, b2 = train(
        np.tile(x, 50), y, "hinge", hidden=400, steps=0
    ).model.parameters

    assert all((p == 0).all() for p in train(x, y, "hinge", steps=0).model.parameters)
    assert (b1 == 0).all() and b2 == 0
    assert w1.std() == pytest.approx(1 / np.sqrt(100), rel=0.05)
    assert w2.std() == pytest.approx(1 / np.sqrt(400), rel=0.1)


def test_nothing_in_a_fit_can_be_changed():
    x, y = problem(by_key("hinge"))
    fit = train(x, y, "hinge", steps=2)

    for array in (*fit.model.parameters, *vars(fit.history).values()):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0
    for record in (fit, fit.model, fit.history):
        with pytest.raises(AttributeError):
            record.loss = record.model = None


COPIES = {
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    **{
        f"pickle {protocol}": lambda fit, p=protocol: pickle.loads(pickle.dumps(fit, p))  # noqa: S301
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1)
    },
}


@every_kind
@pytest.mark.parametrize("copied", COPIES.values(), ids=COPIES)
def test_a_copy_of_a_fit_is_the_same_and_cannot_be_changed(copied, kind):
    x, y = problem(by_key("hinge"))
    fit = train(x, y, "hinge", steps=2, **kind)

    for other in (copied(fit), replace(fit, model=copied(fit.model))):
        assert repr(other) == repr(fit)
        assert other.model.loss == fit.model.loss
        assert_array_equal(other.model.output(x), fit.model.output(x))
        arrays = (*other.model.parameters, *vars(other.history).values())
        known = (*fit.model.parameters, *vars(fit.history).values())
        for array, same in zip(arrays, known, strict=True):
            assert array.dtype == same.dtype
            assert_array_equal(array, same)
            with pytest.raises(ValueError, match="read-only"):
                array[...] = 0
        for record in (other, other.model, other.history):
            with pytest.raises(AttributeError):
                record.loss = record.model = None


def test_workers_get_a_model_that_cannot_be_changed():
    x, y = problem(by_key("hinge"))
    fit = train(x, y, "hinge", hidden=3)

    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert_array_equal(pool.apply(fit.model.predict, [x]), fit.model.predict(x))
        (back,) = pool.starmap(train, [(x, y, "hinge")])
    assert_array_equal(back.model.output(x), train(x, y, "hinge").model.output(x))
    assert not any(p.flags.writeable for p in back.model.parameters)


def test_joblib_hands_large_models_over_by_file():
    joblib = pytest.importorskip("joblib")  # scikit-learn brings it
    model = Model((np.ones((300, 600)), np.zeros(600)), by_key("multiclass_hinge"))

    (back,) = joblib.Parallel(n_jobs=2, max_nbytes=1000)(
        [joblib.delayed(copy.copy)(model)]
    )

    assert_array_equal(back.parameters[0], model.parameters[0])
    assert not any(p.flags.writeable for p in back.parameters)


def test_two_fits_are_equal_only_if_they_are_one():
    x, y = problem(by_key("hinge"))
    a, b = (train(x, y, "hinge", steps=2) for _ in range(2))

    assert (a, a.model, a.history) == (a, a.model, a.history)
    assert a != b
    assert a.model != b.model
    assert a.history != b.history
    assert len({a, a.model, a.history}) == 3


# --- divergence


@pytest.mark.parametrize(
    "settings", [{}, {"batch_size": 5}, {"hidden": 3, "activation": "relu"}]
)
def test_too_large_a_step_ends_with_the_last_finite_history(settings):
    x, y = problem(by_key("mean_squared_error"))

    fit = train(x, y, "mean_squared_error", learning_rate=30, steps=5000, **settings)

    assert fit.diverged
    assert fit.history.step[-1] < 5000
    assert fit.history.loss[-1] > 1e6 * fit.history.loss[0]
    assert all(np.isfinite(a).all() for a in vars(fit.history).values())
    assert fit.history.loss[-1] == objective(fit.model, x, y)[0]
    assert f"\n  diverged after step {fit.history.step[-1]}: try a" in repr(fit)
    assert "smaller learning_rate" in repr(fit)


def test_outputs_beyond_all_numbers_end_training_within_a_pass():
    x, y = problem(by_key("mean_squared_error"))

    fit = train(x, y, "mean_squared_error", learning_rate=1e200, batch_size=3)

    assert fit.diverged
    assert fit.history.step.tolist() == [0]
    moved = replace(fit.model, parameters=(np.full(2, 1e200), np.zeros(())))
    assert not np.isfinite(moved.output(1e200 * x)).any()
    assert objective(moved, 1e200 * x, y)[0] == np.inf
    assert objective(moved, [[1e200, 0.0], [0.0, 0.0]], [0.0, 0.0])[0] == np.inf


def test_probabilities_that_reach_0_end_training_and_logits_do_not():
    x, y = problem(by_key("binary_cross_entropy"))
    probs, logits = (
        train(1000 * x, y, key, learning_rate=10)
        for key in ("binary_cross_entropy", "binary_cross_entropy_from_logits")
    )

    assert probs.diverged
    assert not logits.diverged


def test_a_loss_that_rose_is_pointed_out():
    x, y = problem(by_key("mean_squared_error"))
    rose = train(x, y, "mean_squared_error", learning_rate=2, steps=5)
    fell = train(x, y, "mean_squared_error", learning_rate=0.1, steps=5)

    assert not rose.diverged
    assert "\n  the loss rose: try a smaller learning_rate" in repr(rose)
    assert "try" not in repr(fell)


def test_targets_too_large_to_square_are_refused():
    with pytest.raises(ValueError, match="infinite before the first step; bring"):
        train([[1.0], [2.0]], [1e200, -1e200], "mean_squared_error")


# --- answers and what they are worth


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


# --- bad arguments


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


# --- where it gets


def test_mean_squared_error_reaches_the_least_squares_solution():
    x, y = problem(by_key("mean_squared_error"))
    exact = np.linalg.lstsq(np.column_stack([x, np.ones(13)]), y)[0]

    fit = train(x, y, "mean_squared_error", steps=2000)

    assert_allclose(fit.model.parameters[0], exact[:2], rtol=1e-10)
    assert fit.model.parameters[1] == pytest.approx(exact[2], rel=1e-10)
    assert fit.history.gradient_norm[-1] < 1e-10


def test_absolute_error_minds_outliers_less_than_squared_error():
    x, y = line_with_outliers()
    slopes = [
        train(x[:, None] / 10, y, key, steps=3000, learning_rate=0.2).model.parameters[
            0
        ]
        for key in ("mean_absolute_error", "mean_squared_error")
    ]

    assert abs(slopes[0] / 10 - 2) < 0.1
    assert abs(slopes[1] / 10 - 2) > 0.8


@pytest.mark.parametrize(
    ("loss", "classes"),
    [
        (loss, 3 if loss.labels == "classes" else 2)
        for loss in LOSSES
        if loss.labels != "numbers"
    ],
    ids=str,
)
def test_separable_blobs_are_separated(loss, classes):
    x, labels = blobs(classes=classes)
    y = 2 * labels - 1 if loss.labels == "-1/+1" else labels

    assert train(x, y, loss).model.evaluate(x, y) == 1.0


def test_a_network_separates_what_no_line_can():
    x, y = two_moons()
    settings = {"learning_rate": 1.0, "momentum": 0.9, "steps": 500}
    key = "binary_cross_entropy_from_logits"

    assert train(x, y, key, **settings).model.evaluate(x, y) < 0.95
    for activation in ("tanh", "relu"):
        fit = train(x, y, key, hidden=16, activation=activation, **settings)
        assert fit.model.evaluate(x, y) == 1.0


@pytest.mark.parametrize("l2", [0.01, 0.1])
def test_hinge_plus_penalty_is_the_support_vector_machine(l2):
    svm = pytest.importorskip("sklearn.svm")
    x, labels = imbalanced(300, share=0.5)
    y = 2 * labels - 1
    # LinearSVC penalises its bias too; the scaling makes that next to nothing.
    theirs = svm.LinearSVC(
        loss="hinge",
        C=1 / (l2 * len(x)),
        intercept_scaling=100,
        max_iter=10**6,
        random_state=0,
    ).fit(x, y)

    ours = train(x, y, "hinge", l2=l2, learning_rate=0.02, momentum=0.9, steps=3000)
    same = (theirs.coef_[0], theirs.intercept_[0])

    assert ours.history.loss[-1] == pytest.approx(
        objective(replace(ours.model, parameters=same), x, y, l2=l2)[0], rel=1e-3
    )
    assert_allclose(ours.model.parameters[0], same[0], rtol=0.02)


# --- the real tables, against scikit-learn


def held_out(x, y):
    """Standardised features and labels: to train on, and to be judged by."""
    train_rows, test_rows = split(len(x))
    mean, scale = standardise(x[train_rows])
    x = (x - mean) / scale
    return (x[train_rows], y[train_rows]), (x[test_rows], y[test_rows])


@pytest.fixture(scope="module")
def houses():
    table = ames_housing()
    names = [
        n for n in table.columns if table[n].dtype.kind == "i" and n != "price_usd"
    ]
    return held_out(table.matrix(*names), table["price_usd"] / 100_000)


@pytest.fixture(scope="module")
def mails():
    table = spambase()
    names = [n for n in table.columns if n != "is_spam"]
    return held_out(table.matrix(*names), table["is_spam"])


@pytest.fixture(scope="module")
def pictures():
    return held_out(digit_images().reshape(-1, 64), digits()["digit"])


def signed(data):
    return [(x, 2 * y - 1) for x, y in data]


def assert_as_good_as(theirs, data, loss, **settings):
    known, unseen = data
    ours = train(*known, loss, momentum=0.9, **settings).model.evaluate(*unseen)
    reference = theirs.fit(*known).score(*unseen)
    print(f"{theirs.__class__.__name__} {reference:.4f}, {loss} {ours:.4f}")
    assert ours == pytest.approx(reference, abs=0.02)
    assert ours > 0.75


def test_houses_as_linear_regression(houses):
    sk = pytest.importorskip("sklearn.linear_model")
    assert_as_good_as(
        sk.LinearRegression(), houses, "mean_squared_error", learning_rate=0.05
    )


def test_mails_as_logistic_regression(mails):
    sk = pytest.importorskip("sklearn.linear_model")
    key = "binary_cross_entropy_from_logits"
    assert_as_good_as(
        sk.LogisticRegression(C=np.inf), mails, key, learning_rate=0.5, steps=500
    )


def test_mails_as_support_vector_machine(mails):
    sk = pytest.importorskip("sklearn.svm")
    n = len(mails[0][0])
    theirs = sk.LinearSVC(
        loss="hinge", C=1 / (n * 1e-3), max_iter=10**5, random_state=0
    )
    assert_as_good_as(theirs, signed(mails), "hinge", l2=1e-3, steps=500)


def test_mails_as_neural_network(mails):
    sk = pytest.importorskip("sklearn.neural_network")
    theirs = sk.MLPClassifier((16,), random_state=0, learning_rate_init=0.01)
    key = "binary_cross_entropy_from_logits"
    assert_as_good_as(theirs, mails, key, hidden=16, learning_rate=0.5, steps=400)


def test_digits_as_logistic_regression(pictures):
    sk = pytest.importorskip("sklearn.linear_model")
    theirs = sk.LogisticRegression(C=1 / (len(pictures[0][0]) * 1e-3), max_iter=1000)
    assert_as_good_as(theirs, pictures, "cross_entropy_from_logits", l2=1e-3)


def test_digits_as_support_vector_machine(pictures):
    sk = pytest.importorskip("sklearn.svm")
    theirs = sk.LinearSVC(
        multi_class="crammer_singer",
        C=1 / (len(pictures[0][0]) * 1e-3),
        max_iter=10**5,
        random_state=0,
    )
    assert_as_good_as(theirs, pictures, "multiclass_hinge", l2=1e-3)


@pytest.mark.parametrize("activation", ["tanh", "relu"])
def test_digits_as_neural_network(pictures, activation):
    sk = pytest.importorskip("sklearn.neural_network")
    theirs = sk.MLPClassifier((32,), activation, random_state=0, max_iter=1000)
    settings = {"hidden": 32, "activation": activation, "batch_size": 64, "steps": 600}
    key = "cross_entropy_from_logits"
    assert_as_good_as(theirs, pictures, key, l2=1e-3, learning_rate=0.05, **settings)
