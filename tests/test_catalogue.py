"""The catalogue names each loss once, and completely."""

import inspect
from types import FunctionType

import pytest

import lossbook
from lossbook import link_functions, losses
from lossbook.catalogue import LOSSES, by_key


def test_keys_are_unique_and_name_the_functions():
    assert len({loss.key for loss in LOSSES}) == len(LOSSES)
    for loss in LOSSES:
        assert loss.value is getattr(losses, loss.key)
        assert loss.grad is getattr(losses, f"{loss.key}_grad")


def test_every_loss_function_is_in_the_catalogue():
    gradients = {name for name in vars(losses) if name.endswith("_grad")}

    assert {f"{loss.key}_grad" for loss in LOSSES} == {
        name for name in gradients if not name.endswith("_and_grad")
    }


def test_the_package_re_exports_every_loss_measure_and_link():
    functions = {**public_functions(losses), **public_functions(link_functions)}

    assert {"entropy", "kl_divergence", "softmax"} < set(functions)
    assert public_functions(lossbook) == functions


def public_functions(module):
    return {
        name: value
        for name, value in vars(module).items()
        if isinstance(value, FunctionType)
        and value.__module__.startswith("lossbook.l")
        and not name.startswith("_")
    }


@pytest.mark.parametrize("loss", LOSSES, ids=str)
def test_what_a_record_says_is_what_the_function_reads(loss):
    names = arguments_of(loss)

    if loss.inputs:
        assert loss.reads == "embeddings"
        assert names == ["y_true"] * (loss.labels is not None) + [*loss.inputs]
    else:
        assert names[1:] == [loss.reads]
    assert (loss.link is None) == (loss.reads not in ("probs", "rates"))
    kinds = ("numbers", "counts", "0/1", "-1/+1", "classes", "regions")
    kinds += ("logits", "rewards")
    assert loss.labels in (("pairs", None) if loss.inputs else kinds)
    likelihoods = ("gaussian_nll", "poisson", "focal", "info_nce")
    likelihoods += ("distillation", "preference")
    in_nats = loss.key in likelihoods or "entropy" in loss.key
    assert (loss.unit == "nats") == in_nats
    assert loss.formula.count("{") == loss.formula.count("}")


def arguments_of(loss):
    """The names of what is given by place."""
    parameters = inspect.signature(loss.value).parameters.values()
    return [p.name for p in parameters if p.kind is not p.KEYWORD_ONLY]


def test_value_and_gradient_take_the_same_options():
    for loss in LOSSES:
        value = inspect.signature(loss.value).parameters
        gradient = dict(inspect.signature(loss.grad).parameters)

        assert gradient.pop("out").default is None
        assert gradient == value
        assert value["reduction"].default == "mean"
        assert all(
            p.kind is p.KEYWORD_ONLY
            for p in list(value.values())[len(arguments_of(loss)) :]
        )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hing", "hinge"),
        ("mse", "mean_squared_error"),
        ("BCE", "binary_cross_entropy"),
        ("Cross-Entropy", "cross_entropy"),
        ("infonce", "info_nce"),
    ],
)
def test_an_unknown_key_is_answered_with_the_one_that_was_meant(typed, meant):
    with pytest.raises(KeyError, match=rf"no loss '{typed}'.* you mean '{meant}'\?"):
        by_key(typed)


@pytest.mark.parametrize("typed", ["zzz", "", None, 3])
def test_where_nothing_is_near_nothing_is_guessed(typed):
    with pytest.raises(KeyError) as refusal:
        by_key(typed)
    assert refusal.value.args[0].endswith(", info_nce")


def test_an_unknown_key_is_answered_with_the_known_ones():
    with pytest.raises(KeyError, match="no loss 'mse'; there are mean_squared_error"):
        by_key("mse")
