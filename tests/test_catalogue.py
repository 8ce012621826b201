"""The catalogue names each loss once, and completely."""

import pytest

import lossbook
from lossbook import losses
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


def test_the_package_re_exports_every_loss():
    for loss in LOSSES:
        assert getattr(lossbook, loss.key) is loss.value


def test_an_unknown_key_is_answered_with_the_known_ones():
    with pytest.raises(KeyError, match="no loss 'mse'; there are mean_squared_error"):
        by_key("mse")
