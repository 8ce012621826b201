"""Programs to put in order become a choice between programs, as no target has them."""

import pytest

from lossbook.exporting import export
from lossbook.exporting.items import html
from lossbook.study import lines
from tests.exporting.banks import items, told, write_bank
from tests.study.test_lines import QUESTIONS, is_right


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.id)
def test_one_program_to_choose_is_right_and_every_wrong_one_says_why(question):
    choices = lines.as_choice(question).choices
    codes = [question_of(choice.text) for choice in choices]

    assert 3 <= len(choices) <= 6 and len(set(codes)) == len(codes)
    assert [choice.right for choice in choices].count(True) == 1
    for choice, code in zip(choices, codes, strict=True):
        assert is_right(question, written(question, code)) == choice.right, code
        assert bool(choice.feedback) != choice.right
    for stranger in lines.strangers(question):
        assert any(stranger.code in code for code in codes)
        assert stranger.feedback in {choice.feedback for choice in choices}


def question_of(text):
    """The program in a choice, as a learner reads it in another system."""
    return told(html(text)).replace("\n\n", "\n")


def written(question, code):
    """The lines of a program as it was written out."""
    line_of = {line.code: line for line in question.lines}
    found = []
    for row in code.split("\n"):
        indent = (len(row) - len(row.lstrip())) // len(lines.STEP)
        line = line_of[row.strip()]
        found.append(type(line)(line.code, line.feedback, indent))
    return found


@pytest.mark.parametrize("target", ["anki", "moodle", "qti"])
def test_it_is_told_and_nothing_is_dropped(target, tmp_path):
    bank = write_bank(tmp_path / "bank")
    differences = export(target, folder=bank, out=tmp_path).differences

    said = "lines to put in order became a choice between whole programs"
    assert differences[said] == ["program"]
    assert items(bank)["program"].kind == "one"
