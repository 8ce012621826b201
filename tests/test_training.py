"""Training goes downhill, gets where scikit-learn gets, and says when it does not."""

from dataclasses import replace

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
    """Features, two of them, and labels that `loss` takes and that can be learnt."""
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
    with pytest.raises(TypeError, match="learning_rte"):
        train(x, y, "hinge", learning_rte=0.1)


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
    assert fit.history.metric[-1] == fit.model.score(x, y)
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


# --- answers and scores


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

    assert model.score(x, y) == pytest.approx(r2_score(y, model.predict(x)), rel=1e-12)


def test_r2_of_equal_targets_is_1_if_exact_and_0_otherwise():
    model = Model((np.zeros(1), np.array(0.1)), by_key("mean_squared_error"))

    assert model.score([[1.0]] * 3, [0.1] * 3) == model.score([[1.0]], [0.1]) == 1.0
    assert model.score([[1.0]] * 3, [0.3] * 3) == 0.0


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

    assert model.score([[2.0], [-3.0], [-1.0], [0.5]], labels) == 0.75


def test_a_model_that_is_quite_sure_and_wrong_has_a_score_too():
    model = Model((np.ones(1), np.zeros(())), by_key("binary_cross_entropy"))

    assert model.score([[1e4], [1e4], [-1e4]], [1, 0, 1]) == pytest.approx(1 / 3)
    assert objective(model, [[1e4]], [0])[0] == np.inf


def test_accuracy_over_classes_takes_numbers_and_one_hot_rows():
    model = Model((np.eye(3), np.zeros(3)), by_key("cross_entropy"))
    x, labels = np.array([[2, 1, 0], [0, 3, 0], [0, 1, 0.0]]), np.array([0, 1, 2])

    assert model.score(x, labels) == pytest.approx(2 / 3)
    assert model.score(x, np.eye(3)[labels]) == pytest.approx(2 / 3)


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
        ({"hidden": -1}, "hidden must be 0 or more units, got -1"),
        ({"learning_rate": 0}, "learning_rate must be > 0, got 0"),
        ({"learning_rate": np.inf}, "learning_rate must be > 0, got inf"),
        ({"learning_rate": np.nan}, "learning_rate must be > 0, got nan"),
        ({"steps": -1}, "steps must be 0 or more, got -1"),
        ({"batch_size": 0}, "batch_size must be > 0, got 0"),
        ({"momentum": 1}, "momentum must be at least 0 and below 1, got 1"),
        ({"momentum": -0.1}, "momentum must be at least 0 and below 1, got -0.1"),
        ({"l2": -1}, "l2 must be 0 or more, got -1"),
        ({"l2": np.inf}, "l2 must be 0 or more, got inf"),
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
    for kind in (np.int8, np.float32, object):
        fit = train(np.array([[1], [2]], dtype=kind), [1, -1], "hinge", steps=1)
        assert fit.model.parameters[0].dtype == np.float64


def test_class_labels_that_are_no_whole_numbers_are_refused():
    with pytest.raises(ValueError, match="whole numbers, got float64"):
        train([[1.0], [2.0]], [0.0, 1.0], "cross_entropy")


def test_steps_that_are_no_whole_number_are_refused():
    with pytest.raises(TypeError, match="integer"):
        train([[1.0], [2.0]], [-1, 1], "hinge", steps=2.5)


def test_an_unknown_loss_is_answered_with_the_known_ones():
    with pytest.raises(KeyError, match="there are mean_squared_error"):
        train([[1.0]], [1.0], "mse")


def test_a_trained_model_refuses_what_it_was_not_trained_for():
    x, y = problem(by_key("hinge"))
    model = train(x, y, "hinge", steps=1).model

    with pytest.raises(ValueError, match=r"takes 2 features, got x of shape \(13, 1\)"):
        model.predict(x[:, :1])
    with pytest.raises(ValueError, match="one label for each of 13 rows"):
        model.score(x, y[:-1])
    with pytest.raises(ValueError, match="-1"):
        model.score(x, (y + 1) // 2)


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

    assert train(x, y, loss).model.score(x, y) == 1.0


def test_a_network_separates_what_no_line_can():
    x, y = two_moons()
    settings = {"learning_rate": 1.0, "momentum": 0.9, "steps": 500}
    key = "binary_cross_entropy_from_logits"

    assert train(x, y, key, **settings).model.score(x, y) < 0.95
    for activation in ("tanh", "relu"):
        fit = train(x, y, key, hidden=16, activation=activation, **settings)
        assert fit.model.score(x, y) == 1.0


@pytest.mark.parametrize("l2", [0.01, 0.1])
def test_hinge_plus_penalty_is_the_support_vector_machine(l2):
    svm = pytest.importorskip("sklearn.svm")
    x, labels = imbalanced(300, share=0.5)
    y = 2 * labels - 1
    # LinearSVC penalises its bias too; the scaling makes that next to nothing.
    theirs = svm.LinearSVC(
        loss="hinge", C=1 / (l2 * len(x)), intercept_scaling=100, max_iter=10**6
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
    ours = train(*known, loss, momentum=0.9, **settings).model.score(*unseen)
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
    theirs = sk.LinearSVC(loss="hinge", C=1 / (n * 1e-3), max_iter=10**5)
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
        multi_class="crammer_singer", C=1 / (len(pictures[0][0]) * 1e-3), max_iter=10**5
    )
    assert_as_good_as(theirs, pictures, "multiclass_hinge", l2=1e-3)


@pytest.mark.parametrize("activation", ["tanh", "relu"])
def test_digits_as_neural_network(pictures, activation):
    sk = pytest.importorskip("sklearn.neural_network")
    theirs = sk.MLPClassifier((32,), activation, random_state=0, max_iter=1000)
    settings = {"hidden": 32, "activation": activation, "batch_size": 64, "steps": 600}
    key = "cross_entropy_from_logits"
    assert_as_good_as(theirs, pictures, key, l2=1e-3, learning_rate=0.05, **settings)
