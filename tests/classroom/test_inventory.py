"""The two forms of the inventory are parallel, and what they claim is computed."""

import re
import tomllib
from collections import Counter
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from classroom.__main__ import main
from classroom.course import CourseError
from classroom.inventory import FORMS, form
from classroom.inventory.forms import HERE
from classroom.inventory.handout import handout
from lossbook.exporting import export
from lossbook.study.expressions import evaluate
from tests.book.test_numbers import is_right, unknown_decimals
from tests.study.test_content import misconceptions

CLAIMED = tomllib.loads(Path(__file__).with_name("inventory.toml").read_text("utf-8"))
ITEMS = {item.id: item for name in FORMS for item in form(name).items}


def replies(item):
    """What is said after an answer."""
    return "\n".join([item.explanation, *(c.feedback for c in item.choices)])


def test_both_forms_have_the_same_blueprint():
    first, second = (form(name).blueprint for name in FORMS)

    assert first == second
    assert len(first) == 20
    assert len({target for _, _, _, target, _ in first}) == 20


def test_every_wrong_choice_names_the_misconception_that_it_shows():
    wrong = [c for item in ITEMS.values() for c in item.choices if not c.right]

    assert len(wrong) == 120
    assert {choice.misconception for choice in wrong} <= misconceptions()


def test_partners_share_no_choice_but_ask_in_other_words():
    for a, b in zip(*(form(name).items for name in FORMS), strict=True):
        assert a.text != b.text
        assert not {c.text for c in a.choices} & {c.text for c in b.choices}, a.id


@pytest.mark.parametrize("name", FORMS)
def test_no_letter_is_the_answer_much_more_often_than_others(name):
    asked = form(name)
    keys = Counter(
        letter
        for number in range(1, 21)
        for letter, choice in asked.choices(number).items()
        if choice.right
    )

    assert sorted(keys) == ["A", "B", "C", "D"]
    assert max(keys.values()) <= 8


@pytest.mark.parametrize("claim", CLAIMED["claim"], ids=lambda claim: claim["item"])
def test_what_a_key_claims_is_so(claim):
    assert ITEMS[claim["item"]].choices[0].right
    if "costs" in claim:
        key, *others = (evaluate(expression, {}) for expression in claim["costs"])
        assert key < min(others)
    else:
        assert evaluate(f"1 if {claim['true']} else 0", {}) == 1


@pytest.mark.parametrize("entry", CLAIMED["number"], ids=lambda entry: entry["says"])
def test_a_number_in_a_reply_is_computed(entry):
    assert entry["says"] in replies(ITEMS[entry["item"]])
    assert is_right(entry["says"], evaluate(entry["expression"], {}))


def test_every_decimal_number_in_a_reply_is_known():
    for name, item in ITEMS.items():
        given = re.findall(r"\d+\.\d+", item.text)
        known = [e["says"] for e in CLAIMED["number"] if e["item"] == name]
        assert set(unknown_decimals(replies(item), known)) <= set(given), name


def test_a_form_that_is_not_there_is_told():
    with pytest.raises(CourseError, match="form_a, form_b"):
        form("form_c")


@pytest.mark.parametrize("name", FORMS)
def test_the_page_of_a_form_does_not_know_what_is_right(name):
    asked = form(name)
    page = handout(asked)

    # With another key it is the same page, so nobody finds the key in it.
    assert handout(turned(asked)) == page
    for number, item in enumerate(asked.items, 1):
        assert item.id not in page
        assert f'name="{number}"' in page
        replies = [item.explanation, *(c.feedback for c in item.choices if c.feedback)]
        assert not [text for text in replies if text in page]


def turned(asked):
    """The form with a wrong choice of each item as its key."""
    items = []
    for item in asked.items:
        key, other, *rest = item.choices
        choices = (replace(key, right=False), replace(other, right=True), *rest)
        items.append(replace(item, choices=choices))
    assert items[0] != asked.items[0]
    return replace(asked, items=tuple(items))


def test_a_form_goes_to_moodle_with_its_key(tmp_path):
    (path,) = export("moodle", FORMS[0], HERE, tmp_path).files

    answers = ElementTree.parse(path).findall(".//question/answer")  # noqa: S314 - ours
    assert Counter(a.get("fraction") for a in answers) == {"100": 20, "0": 60}


def test_a_page_from_the_command_line(tmp_path, capsys):
    assert main(["inventory", "form_b", "--to", str(tmp_path / "b.html")]) == 0

    assert (tmp_path / "b.html").read_text("utf-8") == handout(form("form_b"))
    assert "publish it nowhere" in capsys.readouterr().out
