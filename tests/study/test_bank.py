"""The bank reads what the schema allows, and refuses the rest with a reason."""

import ast
import sys
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from lossbook import study
from lossbook.study import Answer, Choice, Question, lines
from lossbook.study.bank import (
    cards,
    changed,
    check_ids,
    questions,
    read_cards,
    read_questions,
    topics,
)

ENGINE = {
    "bank",
    "expressions",
    "lines",
    "markup",
    "mathml",
    "records",
    "rows",
    "schema",
    "sketches",
}
ONE = """
[[question]]
id = "by-hand"
goal = "compute"
kind = "one"
text = 'What is $-\\log p$?'
explanation = "So it is."
choices = [
  { text = "right", right = true },
  { text = "wrong", feedback = "No.", misconception = "Log base 2" },
  { text = "bad", feedback = "No.", read = "hinge.ipynb#by-hand" },
]
"""
SEVERAL = ONE.replace('"one"', '"several"').replace(
    '"bad", feedback = "No.", read = "hinge.ipynb#by-hand"', '"also", right = true'
)
NUMERIC = """
[[question]]
id = "a-number"
goal = "compute"
kind = "numeric"
text = "What does [[p]] cost?"
explanation = "The log of [[p]]."
answer = { expression = "cross_entropy([0], [[p, 1 - p]])", tolerance = 0.005, unit = "nats" }
mistakes = [ { expression = "p", feedback = "That is [[p]] itself." } ]
values = [ { p = 0.7 }, { p = 0.2 } ]
"""  # noqa: E501
ORDERING = """
[[question]]
id = "in-order"
goal = "compute"
kind = "ordering"
text = "Order them."
explanation = "So it is."
choices = [ { text = "a" }, { text = "b" }, { text = "c" } ]
"""
CARD = """
[[card]]
id = "a-term"
goal = "compute"
front = "What is `x`?"
back = "It is $x$."
kind = "term"
"""


def test_a_choice_question_is_read():
    (question,) = read_questions(ONE, "hinge")

    assert question == Question(
        topic="hinge",
        id="by-hand",
        goal="compute",
        kind="one",
        text=r"What is $-\log p$?",
        explanation="So it is.",
        choices=(
            Choice("right", right=True),
            Choice("wrong", feedback="No.", misconception="Log base 2"),
            Choice("bad", feedback="No.", read="hinge.ipynb#by-hand"),
        ),
    )


def test_a_numeric_question_is_computed():
    (question,) = read_questions(NUMERIC, "hinge")

    assert question.answer == Answer("cross_entropy([0], [[p, 1 - p]])", 0.005, "nats")
    assert question.answer.value({"p": 0.7}) == pytest.approx(0.3566749)
    assert question.answer.value(question.given) == question.answer.value({"p": 0.7})
    assert question.mistakes[0].value({"p": 0.2}) == 0.2


def test_a_variant_has_its_values_in_every_text():
    (question,) = read_questions(NUMERIC, "hinge")
    first, second = question.variants()

    assert first.text == "What does 0.7 cost?"
    assert second.explanation == "The log of 0.2."
    assert second.mistakes[0].feedback == "That is 0.2 itself."
    assert second.given == {"p": 0.2}
    assert second.variants() == (second,)


def test_more_rows_are_computed_between_those_that_were_written():
    (question,) = read_questions("\n".join([NUMERIC, "rows = 6"]), "hinge")

    written, made = question.values[:2], question.values[2:]
    assert written == ({"p": 0.7}, {"p": 0.2})
    assert len({row["p"] for row in question.values}) == 6
    for row in made:
        assert 0.2 < row["p"] < 0.7
        assert row["p"] == round(row["p"], 1)  # with as many digits as were written
    assert question == read_questions("\n".join([NUMERIC, "rows = 6"]), "hinge")[0]


def test_rows_that_cannot_be_computed_are_refused():
    with pytest.raises(ValueError, match="rows: 12 are asked for, and between the 2"):
        read_questions("\n".join([NUMERIC, "rows = 12"]), "hinge")


def test_a_question_without_values_is_its_only_variant():
    (question,) = read_questions(ONE, "hinge")

    assert question.variants() == (question,)
    assert question.given == {}


def test_a_list_in_code_is_no_placeholder():
    text = NUMERIC.replace("What does [[p]] cost?", "Of `[[0.7, 0.3]]`?")
    (question,) = read_questions(text, "hinge")

    assert question.variants()[0].text == "Of `[[0.7, 0.3]]`?"


def test_a_card_is_read():
    (card,) = read_cards(CARD, "hinge")

    assert (card.topic, card.id, card.kind) == ("hinge", "a-term", "term")
    assert (card.front, card.back) == ("What is `x`?", "It is $x$.")


@pytest.mark.parametrize("text", [ONE, SEVERAL, NUMERIC, ORDERING])
def test_shuffling_keeps_every_choice_and_is_always_the_same(text):
    (question,) = read_questions(text, "hinge")

    assert sorted(question.shuffled(), key=str) == sorted(question.choices, key=str)
    assert question.shuffled() == question.shuffled()


@given(
    name=st.from_regex(r"[a-z]{1,8}", fullmatch=True),
    texts=st.lists(st.text(min_size=1), min_size=3, max_size=6, unique=True),
)
def test_what_is_to_be_ordered_never_comes_in_order(name, texts):
    choices = tuple(Choice(text) for text in texts)
    question = Question("hinge", name, "compute", "ordering", "?", "!", choices)

    assert question.shuffled() != choices
    assert set(question.shuffled()) == set(choices)


def test_the_right_choice_does_not_keep_its_place():
    places = set()
    for number in range(30):
        (question,) = read_questions(ONE.replace("by-hand", f"q-{number}", 1), "hinge")
        places.add([choice.right for choice in question.shuffled()].index(True))

    assert places == {0, 1, 2}


@pytest.mark.parametrize(
    ("text", "old", "new", "says"),
    [
        (ONE, '"one"', '"two"', "the kind must be one of one, several.*got 'two'"),
        (ONE, 'kind = "one"\n', "", "the kind must be one of .* got None"),
        (ONE, 'goal = "compute"\n', "", "goal is missing"),
        (ONE, 'goal = "compute"', 'goal = "compute"\npoints = 2', "points is unknown"),
        (ONE, '"compute"', "3", "goal must be a text"),
        (ONE, '"So it is."', '" "', "explanation is empty"),
        (ONE, '"So it is."', r'"\u0007"', "explanation has a character that cannot"),
        (ONE, '"by-hand"', '"By hand"', "lower-case words with hyphens"),
        (ONE, r"$-\log p$", r"$-\log p", "a dollar sign .* without its partner"),
        (ONE, "So it is.", "So `it is.", "a backtick .* without its partner"),
        (ONE, "So it is.", "So it $$ is.", "a dollar sign .* without its partner"),
        (ONE, 'text = "wrong"', 'text = "w $x"', "choice 2: a dollar sign"),
        (ONE, ", right = true", ', feedback = "No."', "exactly one .* got 0"),
        (
            ONE,
            '"bad", feedback = "No.", read = "hinge.ipynb#by-hand"',
            '"bad", right = true',
            "exactly one choice must be right, got 2",
        ),
        (ONE, '"wrong", feedback = "No."', '"wrong"', "choice 2: feedback is missing"),
        (
            ONE,
            "right = true",
            'right = true, misconception = "x"',
            "choice 1: misconception is unknown",
        ),
        (ONE, "right = true", 'right = "yes"', "choice 1: feedback is missing"),
        (ONE, "#by-hand", " by hand", "read must look like"),
        (ONE, "hinge.ipynb#by-hand", "javascript:alert(1)", "read must look like"),
        (ONE, '"bad"', '"wrong"', "two choices have the same text"),
        (ONE, '{ text = "right", right = true },', "", "3 to 6 choices, got 2"),
        (ONE, "choices = [", "choices = [ 3,", "choices must be a list of tables"),
        (SEVERAL, '"also", right = true', '"also", feedback = ""', "feedback is empty"),
        (
            SEVERAL,
            '"also", right = true',
            '"also", feedback = "No."',
            "two or more choices must be right and one or more wrong, got 1",
        ),
        (
            SEVERAL,
            '"wrong", feedback = "No.", misconception = "Log base 2"',
            '"wrong", right = true',
            "two or more choices must be right and one or more wrong, got 3",
        ),
        (ORDERING, '"b"', '"b", right = true', "choice 2: right is unknown"),
        (ORDERING, ', { text = "c" }', "", "3 to 6 choices, got 2"),
        (ORDERING, "[ { text", "[] #", "choices must be a list of tables"),
        (NUMERIC, "tolerance = 0.005, ", "", "answer: tolerance is missing"),
        (NUMERIC, "= 0.005", '= "0.005"', "answer: tolerance must be a number"),
        (NUMERIC, "= 0.005", "= true", "answer: tolerance must be a number"),
        (NUMERIC, "= 0.005", "= 0", "answer: the tolerance must be above 0"),
        (NUMERIC, '"nats"', '"$"', "answer: a dollar sign .* without its partner"),
        (NUMERIC, "= 0.005", "= inf", "answer: the tolerance must be above 0"),
        (NUMERIC, "= 0.005", "= 0.5", "counts as right: the answer is 0.35"),
        (NUMERIC, "{ p = 0.2 }", "{ q = 0.2 }", "must have the same names"),
        (NUMERIC, "{ p = 0.2 }", "{ p = '0.2' }", "values: p must be a finite number"),
        (NUMERIC, "{ p = 0.2 }", "{ p = nan }", "values: p must be a finite number"),
        (NUMERIC, "{ p = 0.2 }", "{}", "must have the same names"),
        (NUMERIC, "p = 0.", "np = 0.", "'np' cannot be used as a name"),
        (NUMERIC, "What does [[p]]", "What does [[q]]", r"\[\[q\]\] has no value"),
        (NUMERIC, "is [[p]] its", "is [[r]] its", r"\[\[r\]\] has no value"),
        (NUMERIC, "values =", "choices =", "choices is unknown"),
        (
            NUMERIC,
            "cross_entropy([0]",
            "cros_entropy([0]",
            "cros_entropy.* not defined",
        ),
        (NUMERIC, '"p", feedback', '"p / 0", feedback', "division by zero"),
        (
            ONE,
            "explanation =",
            "values = [ { p = 1 } ]\nexplanation =",
            "values is unk",
        ),
    ],
)
def test_what_the_schema_does_not_know_is_refused_with_the_place_and_the_reason(
    text, old, new, says
):
    assert old in text
    with pytest.raises(ValueError, match=rf"^hinge\.toml, question '.*': .*{says}"):
        read_questions(text.replace(old, new), "hinge")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"term"', '"word"', "the kind must be one of term, formula.*got 'word'"),
        ('goal = "compute"\n', "", "goal is missing"),
        ("$x$.", "$x.", "a dollar sign .* without its partner"),
        ("a-term", "A term", "lower-case words with hyphens"),
    ],
)
def test_a_card_that_the_schema_does_not_know_is_refused(old, new, says):
    with pytest.raises(ValueError, match=rf"^hinge\.toml, card '.*': .*{says}"):
        read_cards(CARD.replace(old, new), "hinge")


@pytest.mark.parametrize("text", ["", "x = 1", "question = 1", "question = []", CARD])
def test_a_file_that_holds_no_questions_is_refused(text):
    with pytest.raises(
        ValueError, match=r"hinge\.toml must hold \[\[question\]\] only"
    ):
        read_questions(text, "hinge")


def test_a_file_that_is_not_toml_is_refused():
    with pytest.raises(ValueError, match=r"hinge\.toml is not TOML"):
        read_questions("[[question", "hinge")


def test_a_file_in_another_encoding_is_refused(tmp_path):
    (tmp_path / "hinge.toml").write_text(ONE.replace("So", "Só"), "latin-1")

    with pytest.raises(ValueError, match=r"^hinge\.toml is not UTF-8"):
        questions("hinge", tmp_path)


def test_a_question_without_an_id_is_named_by_its_number():
    with pytest.raises(ValueError, match=r"hinge\.toml, question 2: id is missing"):
        read_questions(ONE + ORDERING.replace('id = "in-order"\n', ""), "hinge")


def test_an_id_that_stands_twice_in_a_file_is_refused():
    with pytest.raises(ValueError, match="question 'by-hand': there is another"):
        read_questions(ONE + ONE, "hinge")


def test_an_id_that_stands_in_two_files_is_refused():
    both = read_questions(ONE, "hinge") + read_questions(ONE, "choosing")

    with pytest.raises(ValueError, match=r"'by-hand' .* hinge\.toml .* choosing\.toml"):
        check_ids(both)


def test_a_folder_is_a_bank(tmp_path):
    (tmp_path / "hinge.toml").write_text(ONE, "utf-8")

    assert topics(tmp_path) == ["hinge"]
    assert questions("hinge", tmp_path) == read_questions(ONE, "hinge")
    assert changed(tmp_path) == int((tmp_path / "hinge.toml").stat().st_mtime)


@pytest.mark.parametrize("topic", ["minus", "../records", ""])
def test_an_unknown_topic_is_answered_with_the_known_ones(topic):
    with pytest.raises(KeyError, match=r"no questions on .*there are .*hinge"):
        questions(topic)
    with pytest.raises(KeyError, match=r"no cards on .*there are"):
        cards(topic)


@pytest.mark.parametrize("folder", ["empty", "nowhere"])
def test_a_folder_without_questions_has_no_topics(tmp_path, folder):
    (tmp_path / "empty").mkdir()

    assert topics(tmp_path / folder) == []
    with pytest.raises(KeyError, match="there are none"):
        questions("hinge", tmp_path / folder)


@pytest.mark.parametrize("module", sorted(ENGINE))
def test_reading_the_bank_needs_neither_a_plot_nor_a_widget(module):
    """Module by module, since the package itself brings the widgets along."""
    source = Path(study.__file__).with_name(f"{module}.py").read_text("utf-8")
    for node in ast.parse(source).body:
        if isinstance(node, ast.Import):
            used = {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            used = {node.module.partition(".")[0]}
        elif isinstance(node, ast.ImportFrom) and node.level == 1:
            used = {node.module} if node.module else {a.name for a in node.names}
            assert used <= ENGINE
            continue
        else:
            continue
        assert used <= sys.stdlib_module_names | {"numpy"}


LINES = """
[[question]]
id = "a-program"
goal = "compute"
kind = "lines"
text = "Add up."
explanation = "So it adds."
lines = [
  { code = "a = 1", feedback = "First." },
  { code = "b = 2", feedback = "Any time.", after = [] },
  { code = "if a < b:", feedback = "Both are needed.", after = [1, 2] },
  { code = "b += a", indent = 1, feedback = "Below it." },
  { code = "b -= a", indent = 1, instead_of = 4, feedback = "Taken away." },
]
runs = { before = "import math", result = "b", answer = "3" }
"""


def test_a_line_comes_after_the_one_above_where_nothing_else_is_said():
    (question,) = read_questions(LINES, "hinge")

    assert [line.after for line in question.lines] == [(), (), (1, 2), (3,), ()]
    orders = [[line.code[0] for line in order] for order in lines.orders(question)]
    assert orders == [list("abib"), list("baib")]
    assert lines.strangers(question)[0].instead_of == 4
    mixed = lines.mixed(question)
    codes = [line.code for line in mixed]
    assert abs(codes.index("b += a") - codes.index("b -= a")) == 1
    assert set(mixed) == set(question.lines) and mixed == lines.mixed(question)


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ('"a = 1"', '"  a = 1"', "line 1: code is one line"),
        ('"a = 1"', '"a = 1\\nb = 1"', "line 1: code is one line"),
        ('"a = 1"', '"b = 2"', "two lines have the same code"),
        ("after = []", "after = [3]", "line 2 may only come after lines above it"),
        ("after = []", "after = [true]", "line 2: after and instead_of name lines"),
        ("indent = 1, f", "indent = 4, f", "line 4: indent must be 0 to 3, got 4"),
        ("indent = 1, f", "indent = true, f", "line 4: indent must be a whole number"),
        ("instead_of = 4", "instead_of = 5", "line 5 stands instead of one that is"),
        ("instead_of = 4, ", "", "4 to 8 lines, and 1 to 4 that do not belong"),
        (', result = "b"', "", "result is missing"),
        ("indent = 1, i", "after = [1], i", "line 5: a line that does not belong"),
    ],
)
def test_a_program_that_the_schema_does_not_allow_is_refused(before, after, reason):
    assert before in LINES
    with pytest.raises(ValueError, match=reason):
        read_questions(LINES.replace(before, after, 1), "hinge")
