"""Training gets where theory and scikit-learn get, on made data and on real tables."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose

from lossbook.catalogue import by_key
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
from lossbook.training import objective, train
from tests.training.problems import FITTED, problem


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
        for loss in FITTED
        if loss.labels in ("0/1", "-1/+1", "classes")
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


# Whether it converges in its last digit depends on the processor.
@pytest.mark.filterwarnings("ignore:Liblinear failed to converge")
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
