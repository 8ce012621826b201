"""The static forms: whole without a script, hostile text is text, nothing betrayed."""

import ast
import json
import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from mdit_py_plugins.anchors.index import slugify

from lossbook import binary_cross_entropy, brier_score, study
from lossbook.catalogue import by_key
from lossbook.study import bank, lines
from lossbook.study.confidence import STEPS
from lossbook.study.goals import goals, titles
from lossbook.study.paths import chart
from lossbook.study.question_html import question_html, shown as as_shown
from lossbook.study.schema import KINDS
from lossbook.study.sketches import Rule
from lossbook.study.static import KINDS as WITH_A_SCRIPT, error_link
from lossbook.topics import COURSE, TOPICS
from tests.book.chapters import notebook
from tests.study.test_content import BOOK, anchors, everything, misconceptions
from tests.test_scripts import NODE

ROOT = BOOK.parent

QUESTIONS = [question for topic in TOPICS for question in bank.questions(topic)]
MADE = {
    "quiz": lambda: study.quiz("hinge"),
    "cards": lambda: study.cards("hinge"),
    "self_test": study.self_test,
    "chooser": study.chooser,
    "progress": study.progress,
    "worked": lambda: study.worked("hinge"),
    "today": study.today,
    "confidence": study.confidence,
}
every_question = pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.id)
every_topic = pytest.mark.parametrize("topic", TOPICS)
every_widget = pytest.mark.parametrize("name", MADE)

HOSTILE = r"""
[[question]]
id = "hostile"
goal = "compute"
kind = "one"
text = '<script>alert(1)</script> & $\text{<img src=x onerror=alert(2)>}$ `</legend>`'
explanation = '</div></details><b>"'
choices = [
  { text = '<img src=x onerror=alert(3)>', right = true },
  { text = '`<svg/onload=alert(4)>`', feedback = '<a href="javascript:f()">x</a>' },
  { text = '"><script>', feedback = "&lt;" },
]
"""


def parsed(html):
    """The HTML as a tree; it is XML as well."""
    return ElementTree.fromstring(html)  # noqa: S314 - our own


def without_answers(tree):
    """The tree as a reader sees it who opens no answer."""
    for parent in tree.iter():
        for child in parent.findall("details"):
            parent.remove(child)
    return tree


def texts(elements):
    return ["".join(element.itertext()) for element in elements]


@every_widget
def test_an_output_has_a_live_a_static_and_a_short_form(name):
    widget = MADE[name]()
    data, _ = widget._repr_mimebundle_()

    assert data["text/plain"] == repr(widget)
    assert len(data["text/plain"]) < 40
    assert parsed(data["text/html"]).get("data-study") == name
    assert "application/vnd.jupyter.widget-view+json" in data


@every_widget
def test_the_joined_script_is_whole(name, tmp_path):
    script = MADE[name]()._esm
    path = tmp_path / "joined.mjs"
    path.write_text(script, "utf-8")

    assert not [li for li in script.splitlines() if li.startswith(("import ", "@im"))]
    assert script.count("export default") == 1
    subprocess.run([NODE, "--check", path], check=True)


@every_widget
def test_the_joined_style_sheet_is_whole(name):
    sheet = MADE[name]()._css

    assert "@import" not in sheet
    assert sheet.count("--right:") == 1


def test_both_lists_of_kinds_with_a_script_of_their_own_are_the_same():
    folder = ROOT / "lossbook" / "study"
    text = (folder / "kinds.js").read_text("utf-8")

    fetched = re.findall(r'^  (\w+): .*import\("\./(\w+)\.js"\)', text, re.MULTILINE)
    assert fetched == [(kind, kind) for kind in WITH_A_SCRIPT]
    assert {*WITH_A_SCRIPT} <= {*KINDS}
    assert all((folder / f"{kind}.css").is_file() for kind in WITH_A_SCRIPT)


def test_the_form_is_the_same_in_every_run():
    code = "from lossbook import study; print(hash(0), study.quiz('hinge').html)"

    def made(seed):
        command = [sys.executable, "-c", code]
        return subprocess.run(
            command, env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout

    assert made("1") == made("2")


def test_hostile_text_is_text():
    (question,) = bank.read_questions(HOSTILE, "hinge")
    tree = parsed(question_html(question, 1))
    tags = {element.tag.rpartition("}")[2] for element in tree.iter()}
    said = "".join(tree.itertext())

    assert tags.isdisjoint({"script", "img", "svg", "a", "b"})
    assert not [e for e in tree.iter() if any(n.startswith("on") for n in e.attrib)]
    for text in ("<script>alert(1)</script> &", "</legend>", '</details><b>"', "&lt;"):
        assert text in said
    for choice in question.choices:
        assert choice.text.strip("`") in texts(tree.iter("span"))


@every_question
def test_what_is_right_stands_in_the_answer_only(question):
    """Another key gives the same page, as long as no answer is opened."""
    others = [replace(question, explanation="Other.")]
    if question.answer:
        answer = replace(question.answer, expression="0.123", tolerance=0.5)
        others.append(replace(question, answer=answer, mistakes=()))
    elif question.sketch:
        rule = Rule("rise", "Other.", least=0)
        sketch = replace(question.sketch, curve="x / 10", rules=(rule,), choices=())
        others.append(replace(question, sketch=sketch))
    elif question.lines:
        turned = [replace(line, after=(), indent=2) for line in question.lines]
        others.append(replace(question, lines=tuple(turned)))
    elif question.kind != "ordering":
        turned = [replace(c, right=not c.right, feedback="x") for c in question.choices]
        others.append(replace(question, choices=tuple(turned)))

    shown, *same = [
        ElementTree.tostring(without_answers(parsed(question_html(q, 1))))
        for q in (question, *others)
    ]

    assert all(other == shown for other in same)
    assert b"data-right" not in shown and b"data-place" not in shown
    assert b"data-after" not in shown and b"data-instead" not in shown


def test_the_order_of_the_choices_tells_nothing():
    places = Counter(
        next(i for i, choice in enumerate(question.shuffled()) if choice.right)
        for question in QUESTIONS
        if question.kind == "one" and len(question.choices) == 4
    )

    assert set(places) == {0, 1, 2, 3}
    assert max(places.values()) < 0.4 * places.total()
    assert min(places.values()) > 0.1 * places.total()


def test_nothing_is_shown_solved():
    ordering = [question for question in QUESTIONS if question.kind == "ordering"]

    assert len(ordering) >= 5
    assert [q.id for q in ordering if q.shuffled() == q.choices] == []


@every_question
def test_every_choice_is_shown_and_answered_in_the_same_order(question):
    tree = parsed(question_html(question, 1))
    shuffled = question.shuffled()
    feedback = tree.findall(".//ol[@class='feedback']/li")

    assert len(tree.findall(".//ol[@class='choices']/li")) == len(shuffled)
    if question.kind in ("one", "several"):
        right = ["data-right" in item.attrib for item in feedback]
        assert right == [choice.right for choice in shuffled]
    if question.kind == "lines":
        shown = texts(tree.findall(".//ol[@class='pool']/li"))
        assert shown == [line.code for line in lines.mixed(question)]
        for text, code in zip(texts(feedback), shown, strict=True):
            assert text.startswith(f"{code}: ")
    if question.kind == "ordering":
        places = [int(e.get("data-place")) for e in tree.findall(".//*[@data-place]")]
        assert [shuffled[place] for place in places] == list(question.choices)


@pytest.mark.parametrize(
    "question", [q for q in QUESTIONS if q.kind == "numeric"], ids=lambda q: q.id
)
def test_every_variant_stands_in_the_answer_with_its_own_key(question):
    tree = parsed(question_html(question, 1))
    keys = [float(e.get("data-key")) for e in tree.findall(".//p[@data-key]")]
    wanted = [v.answer.value(v.given) for v in question.variants()]

    assert keys == pytest.approx(wanted, rel=1e-8)
    assert len(tree.findall(".//template")) == len(wanted) - 1
    for mistake in tree.findall(".//li[@data-key]"):
        assert "".join(mistake.itertext()).partition(":")[0]


def test_a_quiz_asks_only_what_it_was_told_to_in_that_order():
    names = ["kink-measured", "hinge-of-the-sign"]
    tree = parsed(study.quiz("hinge", only=names).html)

    assert [q.get("data-id") for q in tree.findall("fieldset")] == names


def test_a_question_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match="no question on hinge is called 'x'; there"):
        study.quiz("hinge", only=["x"])
    with pytest.raises(KeyError, match="no questions on 'x'"):
        study.quiz("x")


@every_topic
def test_the_goals_are_those_of_the_chapter(topic):
    stated = notebook(topic).metadata.lossbook.goals

    assert [(g.id, g.text) for g in goals(topic)] == [(g.id, g.text) for g in stated]


@every_topic
def test_a_goal_is_asked_by_one_of_its_questions_and_says_where_to_read(topic):
    goal_of = {question.id: question.goal for question in bank.questions(topic)}

    for goal in goals(topic):
        assert goal_of[goal.asked_by] == goal.id
        page, _, anchor = goal.read.partition("#")
        assert (BOOK / page).is_file() and anchor in anchors(topic)


def test_every_topic_has_a_title_and_goals_in_the_order_of_the_contents():
    assert tuple(titles()) == TOPICS
    assert all(goals(topic) for topic in TOPICS)


def test_the_self_test_asks_every_goal_of_the_course_once():
    tree = parsed(study.self_test().html)
    asked = [question.get("data-id") for question in tree.findall("fieldset")]

    assert asked == [goal.asked_by for topic in COURSE for goal in goals(topic)]
    assert len(tree.findall(".//details/div/p[@class='goal']")) == len(asked) == 24


def test_the_chooser_has_a_row_for_every_path_with_its_loss_and_its_reasons():
    rows = parsed(study.chooser().html).findall(".//tbody/tr")

    assert [row.get("data-path") for row in rows] == list(chart().ends)
    for row, (path, end) in zip(rows, chart().ends.items(), strict=True):
        answers, (loss,), reasons = row.findall("td")
        assert texts(answers.iter("li")) == [text for _, text in chart().said(path)[1:]]
        assert loss.text == by_key(end.loss).title
        others = [by_key(other).title for other in end.rather_than]
        assert texts(reasons.findall("ul/li/b")) == [f"{name}: " for name in others]
        (page,) = [a.get("href") for a in reasons.iter("a") if "api/" in a.get("href")]
        assert (BOOK / page).is_file()


def test_hostile_text_of_a_path_is_text(monkeypatch):
    hostile = "<script>alert(1)</script>"
    end = replace(
        chart().ends["number/one-side"], because=hostile, rather_than={"huber": hostile}
    )
    bad = replace(
        chart(),
        questions=dict.fromkeys(chart().questions, hostile),
        answers={
            question: dict.fromkeys(names, hostile)
            for question, names in chart().answers.items()
        },
        ends=dict.fromkeys(chart().ends, end),
    )
    monkeypatch.setattr(sys.modules["lossbook.study.chooser"], "chart", lambda: bad)
    tree = parsed(study.chooser().html)

    assert not list(tree.iter("script"))
    assert texts(tree.iter("caption")) == [hostile] * len(chart().answers["predict"])
    assert hostile in texts(tree.findall(".//td/p"))


@every_topic
def test_a_deck_shows_every_card_with_its_back_folded(topic):
    tree = parsed(study.cards(topic).html)
    shown = [card.get("data-id") for card in tree.findall("ol/li")]

    assert shown == [card.id for card in bank.cards(topic)]
    assert len(tree.findall("ol/li/details/div/p")) >= len(shown)


def test_the_progress_counts_every_question_and_card():
    rows = parsed(study.progress().html).findall("ul/li")

    for topic, row in zip(TOPICS, rows, strict=True):
        asked = [question.id for question in bank.questions(topic)]
        assert row.get("data-questions").split() == asked
        assert row.get("data-cards").split() == [c.id for c in bank.cards(topic)]
        assert row.find("a").get("href") == f"{topic}_practice.ipynb"
        assert (BOOK / f"{topic}_practice.ipynb").is_file()


@pytest.mark.parametrize(
    "question",
    [variant for q in everything() if q.answer for variant in q.variants()],
    ids=lambda question: f"{question.id}, {sorted(question.given.values())}",
)
def test_a_number_is_shown_as_what_it_is(question):
    tolerance = question.answer.tolerance
    values = [
        entry.value(question.given) for entry in (question.answer, *question.mistakes)
    ]
    rows = [as_shown(value, tolerance, "") for value in values]

    for value, row in zip(values, rows, strict=True):
        read = float(row.replace(",", "").replace("−", "-"))
        # A known mistake may be far smaller than the tolerance of the key.
        assert abs(read - value) <= min(tolerance, abs(value) / 200), row
    assert len(set(rows)) == len(rows)


def test_links_to_the_common_errors_lead_to_their_headings():
    for name in misconceptions():
        assert f'href="common_errors.md#{slugify(name)}"' in error_link(name)


def asked_in(topic, id):
    """The ids of the questions that a cell of a chapter asks."""
    (cell,) = (cell for cell in notebook(topic).cells if cell.id == id)
    call = ast.parse(cell.source).body[-1].value
    options = {each.arg: ast.literal_eval(each.value) for each in call.keywords}
    assert options.get("before", False) == (id == "before")
    return options["only"]


@every_topic
def test_a_chapter_opens_with_questions_that_only_its_text_answers(topic):
    before, after = (asked_in(topic, id) for id in ("before", "check-yourself-quiz"))

    assert 1 <= len(before) <= 2
    assert set(before).isdisjoint(after)
    by_id = {question.id: question for question in bank.questions(topic)}
    for question in map(by_id.get, before):
        told = [choice.read for choice in question.choices if choice.read]
        told += [goal.read for goal in goals(topic) if goal.id == question.goal]
        assert any(read.startswith(f"{topic}.ipynb#") for read in told), question.id
        assert question.kind != "numeric", "a guess needs choices"


def test_before_reading_a_guess_is_asked_for():
    html = study.quiz("hinge", only=["kink-measured"], before=True).html
    (title,) = parsed(html).findall("p[@class='title']")

    assert title.text == "Before you read"
    assert "A guess will do" in html
    assert "Before you read" not in study.quiz("hinge").html


def test_the_steps_of_sureness_and_what_they_cost_come_from_the_losses():
    script = (ROOT / "lossbook" / "study" / "question.js").read_text("utf-8")
    (asked,) = re.findall(r"const SURE = (\[.*?\]);", script)
    assert json.loads(asked) == list(STEPS)
    assert min(STEPS) > 0
    assert max(STEPS) < 100
    rows = parsed(study.confidence().html).iterfind(".//tbody/tr")
    for step, row in zip(STEPS, rows, strict=True):
        assert row.get("data-said") == str(step)
        for name, loss in (("log", binary_cross_entropy), ("brier", brier_score)):
            numbers = [float(n) for n in row.get(f"data-{name}").split()]
            p = step / 100
            assert numbers == pytest.approx([loss([1], [p]), loss([0], [p])])
