"""Worked examples: computed, answered, and linked as questions are."""

from pathlib import Path

import pytest
from mdit_py_plugins.anchors.index import slugify

from lossbook import study
from lossbook.study import bank, markup, schema
from lossbook.study.goals import goals
from lossbook.study.question_html import shown
from tests.book.chapters import BOOK, cells
from tests.study.test_content import anchors, everything, misconceptions, stressed
from tests.study.test_quiz import parsed, texts, without_answers

TOPICS = sorted(path.stem for path in Path(bank.__file__).parent.glob("worked/*.toml"))
LOSSES = {
    "cross_entropy",
    "forecasts",
    "hinge",
    "language_models",
    "mean_squared_error",
    "numbers",
    "rare_and_small",
    "similarity",
}
every_topic = pytest.mark.parametrize("topic", TOPICS)


def test_every_chapter_on_losses_has_one_below_what_it_works_by_hand():
    assert set(TOPICS) == LOSSES
    for topic in LOSSES:
        places = [cell.id for cell in cells(topic, "code")]
        place = places.index("by-hand-worked")
        assert places[place - 1] == "by-hand-code"
        assert f'study.worked("{topic}")' in cells(topic, "code")[place].source


@every_topic
def test_all_are_asked_with_fresh_numbers_and_a_known_mistake_at_each_step(topic):
    example = bank.worked(topic)

    assert example.goal in {goal.id for goal in goals(topic)}
    assert len(example.steps) >= 3
    rows = [tuple(row.values()) for row in example.steps[0].values]
    assert len(set(rows)) == len(rows) >= 4
    for step in example.steps:
        assert step.mistakes and step.kind == "numeric"
        # A name that no step shows would be a number from nowhere.
        text = " ".join(s.text for s in example.steps)
        assert all(f"[[{name}]]" in text for name in step.given)


@every_topic
def test_two_known_mistakes_are_told_apart(topic):
    for step in bank.worked(topic).steps:
        for variant in step.variants():
            values = [entry.value(variant.given) for entry in variant.mistakes]
            told = [shown(value, step.answer.tolerance, "") for value in values]
            assert len(set(told)) == len(told), f"{step.id}, {variant.given}"


@every_topic
def test_what_is_linked_is_there_and_what_is_written_is_shown(topic):
    for step in bank.worked(topic).steps:
        for entry in step.mistakes:
            assert not entry.misconception or entry.misconception in misconceptions()
            if entry.read:
                file, _, anchor = entry.read.partition("#")
                assert anchor in anchors(Path(file).stem), entry.read
                assert slugify(anchor) == anchor
        for text in (step.text, step.explanation, *(m.feedback for m in step.mistakes)):
            assert not stressed(text)
            markup.parse(text)


def test_no_id_of_a_step_is_one_of_a_question():
    asked = {question.id for question in everything()}
    steps = [step.id for topic in TOPICS for step in bank.worked(topic).steps]

    assert len(set(steps)) == len(steps)
    assert not asked & set(steps)


@every_topic
def test_without_a_script_the_steps_are_there_and_their_answers_are_folded(topic):
    example = bank.worked(topic)
    tree = parsed(study.worked(topic).html)
    steps = tree.findall("fieldset")

    assert len(steps) == len(example.steps)
    for step, part in zip(example.steps, steps, strict=True):
        (key,) = texts(part.findall("details/div/p[@class='key']/strong"))
        first = step.variants()[0]
        value = first.answer.value(first.given)
        assert key == shown(value, step.answer.tolerance, step.answer.unit)
        assert len(part.findall("details/template")) == len(step.values) - 1
        hidden = without_answers(part)
        assert not hidden.findall(".//*[@class='solution']")


TABLE = {
    "id": "by-hand",
    "goal": "compute",
    "text": "Two.",
    "values": [{"a": 1}, {"a": 2}, {"a": 3}, {"a": 4}],
    "steps": [
        {
            "text": f"[[a]] times {times}?",
            "explanation": "So it is.",
            "answer": {"expression": f"{times} * a", "tolerance": 0.1, "unit": ""},
            "mistakes": [{"expression": "a + 9", "feedback": "No."}],
        }
        for times in (2, 3)
    ],
}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"goal": None}, "goal must be a text"),
        ({"more": 1}, "more is unknown"),
        ({"steps": TABLE["steps"][:1]}, "there must be 2 to 6 steps"),
        ({"values": TABLE["values"][:3]}, "4 or more rows of values"),
        ({"values": [*TABLE["values"], {"b": 1}]}, "step 1: every entry of values"),
        ({"values": [*TABLE["values"], {"a": 9}]}, "step 1: the mistake 'a \\+ 9'"),
    ],
)
def test_an_example_that_the_schema_does_not_allow_is_refused(change, reason):
    assert len(schema.example("hinge", TABLE).steps) == 2
    with pytest.raises(ValueError, match=reason):
        schema.example("hinge", TABLE | change)


def test_a_topic_without_one_is_refused():
    with pytest.raises(KeyError, match="no worked on 'x'; there are cross_entropy"):
        study.worked("x")


def test_the_chapter_shows_the_example_of_the_bank():
    text = (BOOK / "hinge.ipynb").read_text("utf-8")
    assert "hinge-by-hand-4" in text
