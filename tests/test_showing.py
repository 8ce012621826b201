"""The card of a loss: the same facts in a notebook and in a terminal, all escaped."""

from dataclasses import replace

import pytest

from lossbook import showing
from lossbook.__main__ import main
from lossbook.catalogue import LOSSES, by_key
from lossbook.frameworks import Call
from lossbook.properties import of

every_loss = pytest.mark.parametrize("loss", LOSSES, ids=str)
CALL = Call("hinge", "PyTorch", "torch.f", "print(1)", 1.0, "1", "scores", "mean")


@every_loss
def test_a_terminal_shows_every_fact_without_markup(loss):
    shown = showing.text(loss)
    words = " ".join(shown.split())

    assert not set("\\${}`") & set(shown)
    assert max(map(len, shown.splitlines())) <= 80
    for fact in showing.facts(loss):
        assert f"{fact.name} {fact.value}" in words
        if not set("$`") & set(fact.because):
            assert fact.because in words
    assert f"lossbook.{loss.key}" in shown.splitlines()[0]


@every_loss
def test_a_notebook_shows_every_fact_in_a_table(loss):
    shown = loss._repr_markdown_().splitlines()
    rows = shown[shown.index("|---|---|") + 1 :]

    assert f"${loss.formula}$" in shown
    for row, fact in zip(rows, showing.facts(loss), strict=True):
        assert row.startswith(f"| {fact.name} | ")
        assert row.replace("\\|", "").count("|") == 3
        assert fact.because.replace("|", "\\|") in row
    known = of(loss.key)
    assert rows[3].startswith(f"| Best prediction | **{known.best.value}.** ")


def test_what_a_record_says_is_text_and_no_markup():
    hostile = replace(
        by_key("hinge"), key="a`b", title="<img src=x> **bold** |", unit="[x](y) $z$"
    )
    shown = hostile._repr_markdown_()

    assert "\\<img src=x\\> \\*\\*bold\\*\\* \\|" in shown
    assert "| Unit | \\[x\\]\\(y\\) \\$z\\$ |" in shown
    assert "`lossbook.ab`" in shown
    assert "Proper" not in shown  # of a loss that is not ours nothing more is known


def test_calls_of_other_libraries_stand_in_the_card():
    calls = CALL, replace(CALL, name="torch.g"), replace(CALL, framework="Optax")

    facts = {fact.name: fact.value for fact in showing.facts(by_key("hinge"), calls)}
    assert facts["PyTorch"] == "`torch.f`, `torch.g`"
    assert facts["Optax"] == "`torch.f`"
    assert "PyTorch          torch.f, torch.g" in showing.text(by_key("hinge"), calls)


def test_the_command_prints_the_card(capsys):
    assert main(["show", "hinge", "brier_score"]) == 0

    out, err = capsys.readouterr()
    assert out.startswith("Hinge loss ")
    assert "\n\nBrier score " in out
    assert err == ""


def test_the_command_lists_the_losses(capsys):
    assert main(["show"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == list(map(str, LOSSES))


def test_the_command_knows_what_was_meant(capsys):
    assert main(["show", "hinge", "mse"]) == 1

    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("lossbook show: no loss 'mse'; there are ")
    assert err.endswith("Did you mean 'mean_squared_error'?\n")
