"""A fit stays what it is: copied, sent to workers, and compared."""

import copy
import multiprocessing
import pickle
from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from lossbook.catalogue import by_key
from lossbook.training import Model, train
from tests.training.problems import every_kind, problem

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
