"""The passport: what a reader was wrong about, and what was shown, in a browser."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from lossbook import exercises
from lossbook.exercises.engine import progress
from lossbook.study import bank, lines
from lossbook.study.goals import goals, titles
from tests.site.cells import ran, shown_cells
from tests.site.pages import ROOT
from tests.site.test_accessibility import violations
from tests.site.test_front import keep
from tests.site.test_lines import build, check
from tests.site.test_quizzes import (
    KEY,
    PRACTICE,
    TOO_SMALL,
    WRONG,
    alive,
    choose,
    part_of,
    right_answer,
    shown,
)

pytestmark = pytest.mark.site

PASSPORT, CHAPTER = "book/passport.html", "book/hinge.html"
DAY = datetime(2026, 11, 2, 18, tzinfo=UTC)
ERRORS = (ROOT / "book" / "common_errors.md").read_text("utf-8")
HEADINGS = re.findall("^## (.+)$", ERRORS, re.MULTILINE)
HINGE = {question.id: question for question in bank.questions("hinge")}
LINES = HINGE["lines-of-a-support-vector-machine"]
PREDICTED = "draw-the-loss-of-a-spam-mail"
GUESSES = (3, 2, 0.5, 0, 0)  # the hinge loss at the five scores
every_narrow_look = pytest.mark.parametrize(
    ("width", "scheme"),
    [
        (320, "dark"),
        (1280, "light"),
        (320, "light"),
        (1280, "dark"),
    ],
)


def row(page, heading):
    return page.locator(".errors > li", has=page.get_by_text(heading, exact=True))


def kept(page):
    return json.loads(page.evaluate("(key) => localStorage.getItem(key)", KEY))


def visit(page, server, name):
    page.goto(server + name)
    alive(page)


def fall_for(page, kind):
    """Give a wrong answer to a question of this kind; returns what it shows."""
    if kind == "sketch":
        choose(part_of(page, kind), WRONG[kind][0])
        return "Right answers have no hinge loss"
    if kind == "lines":
        part = page.locator(f'.question[data-id="{LINES.id}"]')
        stranger = next(o for o in LINES.lines if o.misconception == "Sum for mean")
        build(part, [*lines.belonging(LINES)[: stranger.instead_of - 1], stranger])
        check(part)
        return stranger.misconception
    for question in HINGE.values():
        if question.kind != kind:
            continue
        for wrong in [*question.choices, *question.mistakes]:
            if wrong.misconception:
                part = page.locator(f'.question[data-id="{question.id}"]')
                number = kind == "numeric" and f"{wrong.value(question.given):.9g}"
                choose(part, number or [shown(wrong.text)])
                return wrong.misconception
    raise AssertionError(f"no {kind} shows a misconception")


def test_whatever_shows_a_misconception_is_noted_and_overcome_on_a_later_day(
    open_page, server
):
    page = open_page(PRACTICE)
    page.clock.set_fixed_time(DAY)
    alive(page)
    names = {fall_for(page, kind) for kind in ("one", "numeric", "sketch", "lines")}
    assert len(names) > 1
    part = part_of(page, "sketch")
    part.locator("button.again").press("Enter")
    choose(part, right_answer(part))  # on the same day: not overcome
    visit(page, server, PASSPORT)

    score = page.locator(".study-passport .score").first
    expect(score).to_have_text(
        f"Of {len(HEADINGS)} misconceptions you have shown {len(names)}; "
        f"overcome: 0, not yet: {len(names)}."
    )
    first = page.locator(".errors > li").first
    expect(first).to_contain_text("Not overcome. Shown ")
    for name in names:
        expect(row(page, name)).to_contain_text("2 November 2026, in a question on")
    sketched = row(page, "Right answers have no hinge loss")
    expect(sketched).to_contain_text(re.compile(r"Comes back|Due today"))
    sketched.get_by_role("link", name="Hinge loss", exact=True).click()
    expect(page).to_have_url(re.compile("hinge_practice.html$"))

    page.clock.set_fixed_time(DAY + timedelta(days=1))
    visit(page, server, PRACTICE)
    part = part_of(page, "sketch")
    choose(part, right_answer(part))
    visit(page, server, PASSPORT)
    expect(row(page, "Right answers have no hinge loss")).to_contain_text(
        "✓ Overcome on 3 November 2026."
    )
    goal = page.locator(".goals li", has_text="draw the loss")
    expect(goal).to_contain_text("1 of")
    expect(goal).to_have_attribute("data-state", "shown")
    assert violations(page) == []


def test_steps_of_a_worked_example_count_and_name_their_mistakes(open_page, server):
    page = open_page(CHAPTER)
    root = page.locator(".study-worked")
    root.scroll_into_view_if_needed()
    expect(root).to_have_attribute("data-live", "")
    root.get_by_role("button", name="Next example").click()
    step = bank.worked("hinge").steps[-1]
    part = root.locator(".question").last
    given = next(
        variant.given
        for variant in step.variants()
        if [mistake.value(variant.given) for mistake in variant.mistakes]
        and variant.given == step.variants()[1].given
    )
    part.locator("input").fill(f"{step.mistakes[0].value(given):.9g}")
    part.locator("input").press("Enter")
    expect(part.get_by_role("status")).to_contain_text("Not right yet")
    visit(page, server, PASSPORT)

    expect(row(page, "Sum for mean")).to_contain_text("in a worked example on Hinge")
    assert kept(page)["tasks"][step.id]["right"] is False
    assert kept(page)["questions"] == {}  # a step does not come back alone


def predict(page, guesses):
    """Set points in the figure and reveal the curve, by keyboard."""
    figure = page.locator(".lossbook-predict")
    figure.scroll_into_view_if_needed()
    for box, guess in zip(figure.get_by_role("spinbutton").all(), guesses, strict=True):
        box.fill(str(guess))
    figure.get_by_role("button", name="Reveal").press("Enter")
    return figure


@pytest.mark.parametrize("is_right", [True, False])
def test_a_prediction_is_a_question_that_comes_back(open_page, server, is_right):
    page = open_page(CHAPTER)
    page.clock.set_fixed_time(DAY)
    figure = predict(page, GUESSES if is_right else (1, 1, 0, 0, 0))
    entry = kept(page)["questions"][PREDICTED]
    assert (entry["right"], entry["reps"]) == (is_right, 1)
    figure.get_by_role("button", name="Try again").press("Enter")
    predict(page, (0, 0, 0, 0, 0))
    assert kept(page)["questions"][PREDICTED] == entry  # the first one counts

    page.clock.set_fixed_time(DAY + timedelta(days=3))
    visit(page, server, "book/today.html")
    expect(page.locator(".study-today .score")).to_contain_text("1 due today")
    page.get_by_role("button", name="Start", exact=True).press("Enter")
    asked = page.locator(".study-today .panel .question")
    expect(asked).to_have_attribute("data-id", PREDICTED)
    expect(asked.locator(".ball").first).to_be_visible()


def test_what_a_notebook_saved_is_read_and_all_can_be_saved_and_deleted(
    open_page, tmp_path
):
    progress._found.clear()
    exercises.hinge.mean_hinge.check(lambda y, s: 0.0)
    exercises.mean_squared_error.mse.check(lambda y, p: ((y - p) ** 2).sum())
    path = exercises.save_progress(tmp_path / "lossbook-progress.json")
    page = open_page(PASSPORT)
    alive(page)
    buttons = page.locator(".study-progress")
    buttons.locator("input[type=file]").set_input_files(path)
    summed = row(page, "Sum for mean")
    expect(summed).to_contain_text("Shown once")
    expect(summed).to_contain_text("in an exercise on Mean squared error")
    expect(page.locator(".goals [data-state]", has_text="exercise")).to_have_count(2)
    assert violations(page) == []

    with page.expect_download() as download:
        buttons.get_by_role("button", name="Save to a file").press("Enter")
    saved = json.loads(download.value.path().read_text("utf-8"))
    assert saved["tasks"] == json.loads(path.read_text("utf-8"))["tasks"]
    buttons.get_by_role("button", name="Delete all").press("Enter")
    buttons.get_by_role("button", name="Delete", exact=True).press("Enter")
    expect(page.locator(".errors .told:not(:empty)")).to_have_count(0)
    expect(page.locator(".goals .told:not(:empty)")).to_have_count(0)


def filled(name="log-base-2", right=True):
    """Progress in which there is something of everything."""
    now = round(DAY.timestamp() * 1000)
    times = {"due": now, "last_review": now}
    memory = {"stability": 2.3, "difficulty": 5, "state": 2, "reps": 1, "lapses": 0}
    mistake = {"times": 2, "when": now, "question": PREDICTED, "overcome": 0}
    return json.dumps(
        {
            "lossbook": "progress",
            "version": 2,
            "questions": {PREDICTED: times | memory | {"right": right}},
            "cards": {},
            "tasks": {"hinge-by-hand-1": {"tries": 2, "right": True, "when": now}},
            "mistakes": {name: mistake, "sum-for-mean": mistake | {"overcome": now}},
            "days": {},
            "sure": {"asks": True, "said": [{"when": 5, "said": 90, "right": True}]},
            "test": None,
        }
    )


@every_narrow_look
def test_axe_finds_nothing_empty_or_full(open_page, width, scheme):
    page = open_page(PASSPORT, width=width, scheme=scheme)
    alive(page)
    found = violations(page)
    keep(page, KEY, filled())
    alive(page)
    expect(page.locator(".errors [data-state=open]")).to_have_count(1)
    found += violations(page)
    assert found == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(TOO_SMALL) == []


def test_on_paper_it_stands_as_on_the_screen_without_its_buttons(open_page):
    page = open_page(PASSPORT)
    keep(page, KEY, filled())
    alive(page)
    page.emulate_media(media="print")
    expect(row(page, "Log base 2")).to_contain_text("Not overcome.")
    expect(row(page, "Log base 2").locator(".told")).to_be_visible()
    expect(page.locator("article button:visible")).to_have_count(0)


def test_without_scripts_it_lists_what_there_is_and_promises_no_more(
    open_page, server, site
):
    page = open_page(PASSPORT, java_script_enabled=False)
    links = page.locator(".errors > li > a")
    assert links.all_text_contents() == HEADINGS
    things = page.locator(".study-passport").first.get_attribute("data-things")
    asked = json.loads((site / "book" / things).resolve().read_text("utf-8"))
    assert len(asked) == len(HEADINGS)
    assert all(each["questions"] for each in asked)
    count = sum(len(goals(topic)) for topic in titles())
    expect(page.locator(".goals li:visible")).to_have_count(count)
    expect(page.locator("article button")).to_have_count(0)
    text = page.locator("article").inner_text()
    assert "kept in this browser" not in text
    names = [a.get_attribute("href").partition("#")[2] for a in links.all()]
    page.goto(server + "book/common_errors.html")
    for name in names:
        expect(page.locator(f'article [id="{name}"]')).to_have_count(1)


@pytest.mark.lite
def test_an_exercise_that_is_checked_on_its_page_counts(open_page, server):
    page = open_page("book/mean_squared_error_practice.html")
    names = [cell.id for cell in shown_cells("mean_squared_error_practice")]
    at = names.index("mse-code")
    cell = page.locator(".cell:has(> .cell_input)").nth(at)
    cell.locator(".run-code").click()
    assert ran(page, at)
    cell.locator(".cm-content").click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(
        "exercises.mean_squared_error.mse.check(lambda y, p: ((y - p) ** 2).sum())"
    )
    page.keyboard.press("Shift+Enter")
    expect(cell.locator("iframe")).to_be_visible()
    visit(page, server, PASSPORT)
    expect(row(page, "Sum for mean")).to_contain_text("an exercise on Mean squared")


# How far the words of a head stand from those of the next one in its line.
GAPS = """table => [...table.tHead.rows].flatMap((row) => {
  const words = [...row.cells].map((cell) => {
    const range = document.createRange();
    range.selectNodeContents(cell);
    return range.getBoundingClientRect();
  });
  return words.slice(1).map(({ left }, i) => left - words[i].right);
})"""


@pytest.mark.parametrize("width", [360, 1280])
def test_the_heads_of_a_table_do_not_run_together(open_page, width):
    page = open_page(PASSPORT, width=width)
    table = page.locator(".study-confidence table")
    table.scroll_into_view_if_needed()
    expect(table.get_by_text("Answers")).to_be_visible()
    gaps = table.evaluate(GAPS)
    assert len(gaps) == 8
    assert min(gaps) > 5  # a blank has 3
