"""The paths of the chooser: each can be taken, and each loss is reached."""

import tomllib
from pathlib import Path

import pytest

from lossbook import study
from lossbook.catalogue import LOSSES
from lossbook.study.paths import chart, read_chart
from tests.study.test_content import BOOK, anchors, stressed

CASES = tomllib.loads(Path(__file__).with_name("everyday.toml").read_text("utf-8"))
QUESTIONS = [
    "What do you predict?",
    "What does a miss cost, and is it the same both ways?",
    "Who may be wrong in the data, and what else is special?",
    "What will you do with the answer?",
]
ENDS = {id(end): end for end in chart().ends.values()}.values()
SMALL = """
[questions]
predict = "What?"
use = "For what?"
[answers.predict]
number = "A number"
side = "Yes or no"
[answers.use]
guess = "Guess"
interval = "Bounds"
[[ends]]
paths = ["number/guess"]
loss = "mean_squared_error"
because = "It is the mean."
[ends.rather_than]
huber = "No outlier."
[[ends]]
paths = ["number/interval", "side"]
loss = "quantile"
because = "Two levels."
[ends.rather_than]
gaussian_nll = "Not normal."
"""
every_path = pytest.mark.parametrize("path", chart().ends)


def walk(words):
    """The path of somebody who gives answers in these words, one for each question."""
    given, asked = [], []
    while (path := "/".join(given)) not in chart().ends:
        onward = [
            end.split("/")
            for end in chart().ends
            if end.split("/")[: len(given)] == given
        ]
        options = dict.fromkeys(names[len(given)] for names in onward)
        (question,) = {chart().said(name)[0][0] for name in options}
        texts = {name: chart().said(name)[0][1] for name in options}
        fitting = [name for name, text in texts.items() if words[question] in text]
        assert len(fitting) == 1, f"{words[question]!r} fits {fitting} of {texts}"
        given += fitting
        asked.append(question)
    assert asked == list(words), "each word is asked for"
    return path


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: case["story"])
def test_an_everyday_case_ends_at_its_loss(case):
    assert chart().ends[walk(case["answers"])].loss == case["loss"]


def test_there_are_a_dozen_cases_for_all_that_is_predicted():
    predicted = {walk(case["answers"]).split("/")[0] for case in CASES["case"]}

    assert len(CASES["case"]) >= 12
    assert predicted == set(chart().answers["predict"])


def test_every_loss_of_the_catalogue_is_reached():
    assert {end.loss for end in ENDS} == {loss.key for loss in LOSSES}


def test_the_four_questions_are_asked():
    assert list(chart().questions.values()) == QUESTIONS


@every_path
def test_every_path_can_be_taken_to_its_end(path):
    names = path.split("/")
    begun = study.chooser()

    for count in range(1, len(names)):
        begun.answers = "/".join(names[:count])
        assert begun.loss is None
    begun.answers = path
    assert begun.loss == chart().ends[path].loss
    assert repr(study.chooser(path)) == f"Chooser({path!r})"


@every_path
def test_the_questions_of_a_path_stand_in_their_order(path):
    asked = [question for question, _ in chart().said(path)]

    assert asked == [question for question in chart().questions if question in asked]


@pytest.mark.parametrize("end", ENDS, ids=lambda end: end.loss)
def test_an_end_leads_to_a_place_to_read(end):
    page, _, heading = end.read.partition("#")

    assert not page or (BOOK / page).is_file()
    assert not heading or heading in anchors(page.removesuffix(".ipynb"))


@pytest.mark.parametrize("end", ENDS, ids=lambda end: end.loss)
def test_no_mark_of_stress_is_shown_as_it_was_typed(end):
    reasons = [end.because, *end.rather_than.values()]

    assert [mark for text in reasons for mark in stressed(text)] == []


def test_answers_that_lead_nowhere_are_refused():
    for wrong in ("number/many", "one-side", "number/one", "number/one-side/nobody"):
        with pytest.raises(ValueError, match=f"no path begins with '{wrong}'; there a"):
            study.chooser(wrong)
    chosen = study.chooser("count")
    with pytest.raises(ValueError, match="no path begins"):
        chosen.answers = "count/<b>"
    assert chosen.answers == "count"


def test_the_small_chart_is_read():
    small = read_chart(SMALL)

    assert list(small.ends) == ["number/guess", "number/interval", "side"]
    assert small.ends["side"].loss == "quantile"


ENDS_OF_SMALL = SMALL[SMALL.index("[[ends]]") :]
END_2 = r"end 2 \(quantile\): "
FAULTS = {
    "no TOML": ("[questions]", "[questions", "chooser.toml: Expected"),
    "a loss that is not there": (
        'loss = "quantile"',
        'loss = "pinball"',
        r"end 2 \(pinball\): no loss 'pinball'; there are mean_squared_error, ",
    ),
    "another loss that is not there": ("huber =", "Huber =", "no loss 'Huber'"),
    "no reason": ('because = "Two levels."\n', "", END_2 + "because is missing"),
    "an empty reason": ('"Two levels."', '" "', "because is empty"),
    "a reason with half a formula": ('"Two levels."', '"At $p"', "without its partner"),
    "half a formula beside": ('"No outlier."', '"At $p"', "without its partner"),
    "no other loss": ('huber = "No outlier."\n', "", "must name other losses"),
    "itself instead": ("huber =", "mean_squared_error =", "must name other losses"),
    "no reason against another": ('"No outlier."', "1", "huber must be a text"),
    "a place that is none": (
        'loss = "quantile"',
        'loss = "quantile"\nread = "https://x.example"',
        "read must look like 'hinge.ipynb#by-hand'",
    ),
    "no loss": (
        'loss = "quantile"\n',
        "",
        r"end 2 \(without a loss\): loss is missing",
    ),
    "an unknown key": (
        "loss =",
        "lost = 1\nloss =",
        "lost is unknown; known are paths",
    ),
    "no end": (ENDS_OF_SMALL, "", "ends is missing"),
    "ends that are none": (ENDS_OF_SMALL, "[[ends]]", "paths is missing|loss, paths"),
    "a question without answers": ("[answers.use]", "[answers.uses]", "use is missing"),
    "an end that no path has": (
        '["number/guess"]',
        "[]",
        "no path leads here: add one",
    ),
    "an answer that no path has": (
        'side = "Yes or no"',
        'side = "Yes or no"\nrank = "A rank"',
        "no path has the answer 'rank': take it out, or add a path",
    ),
    "an answer that is not there": (
        '"side"',
        '"sides"',
        "in the path 'sides' there is no answer 'sides'; there are number, side, gu",
    ),
    "an answer to two questions": (
        "guess =",
        "number =",
        "'number' answers 'predict' and 'use': give one of the two another name",
    ),
    "a name with a space": ("side =", '"Yes side" =', "lower-case words with hyphens"),
    "answers in another order": (
        '"number/interval"',
        '"interval/number"',
        "must stand in the order of the questions, one for each at most: predict, use",
    ),
    "two answers to a question": ('"side"', '"number/side"', "one for each at most"),
    "the same path twice": (
        '"side"',
        '"side", "number/guess"',
        "the path 'number/guess' ends at mean_squared_error already",
    ),
    "a path beyond an end": (
        '"side"',
        '"side", "number"',
        "one path ends at 'number', where 'number/guess' goes on: nobody would get th",
    ),
    "a choice of one": (
        '"number/interval", "side"',
        '"number", "side/interval"',
        "one path ends at 'number'",
    ),
    "a question with one answer": (
        '"side"',
        '"side/interval"',
        "after 'side' there is one answer to 'use', 'interval': leave it out of the p",
    ),
    "a path that is no text": ('"side"', "7", "a path is a text such as"),
    "a text that cannot be printed": ('"Bounds"', '"\\u0007"', "cannot be printed"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_named_with_its_place_and_what_to_do(fault):
    right, wrong, told = FAULTS[fault]
    assert right in SMALL

    with pytest.raises(ValueError, match=told) as raised:
        read_chart(SMALL.replace(right, wrong, 1))

    assert str(raised.value).startswith("chooser.toml")


def test_two_questions_at_once_are_refused():
    three = SMALL.replace('use = "For what?"', 'cost = "Dear?"\nuse = "For what?"')
    three = three.replace("[answers.use]", '[answers.cost]\nbad = "Bad"\n[answers.use]')

    with pytest.raises(ValueError, match="after 'number' some paths answer 'use' next"):
        read_chart(three.replace('"side"', '"side", "number/bad"'))
