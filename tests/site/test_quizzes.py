"""Quizzes, cards and the self-test in a browser: by keyboard, kept, and offline."""

import json
import re
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from playwright.sync_api import expect

from lossbook.study import bank
from lossbook.study.goals import goals, titles
from lossbook.study.markup import inline_html
from lossbook.topics import COURSE
from tests.site.pages import CONTENTS, ROOT
from tests.site.test_accessibility import violations

PRACTICE, QUIZZES = "book/hinge_practice.html", "book/quizzes.html"
KEY = "lossbook.progress"
QUESTIONS = {q.id: q for topic in titles() for q in bank.questions(topic)}
GOALS = [goal for topic in COURSE for goal in goals(topic)]
# One question of each kind, an answer that is wrong, and a part of what that is told.
ASKED = {
    "one": "ten-in-the-strip-one-far-out",
    "several": "subgradients-for-label-minus-one",
    "numeric": "mean-hinge-of-four-mails",
    "ordering": "four-mails-by-what-they-pay",
    "sketch": "draw-the-loss-of-a-spam-mail",
}
WRONG = {
    "one": (["The ten, for the loss is largest inside the margin"], "keeps rising"),
    "several": (["0", "2"], "1 of your choices is wrong, 2 right ones are missing."),
    "numeric": ("0,5", "You put in the answers −1 and +1."),
    "ordering": ([], "of 4 stand"),
    "sketch": ([3, 2, 1, 0, 0, 0, 0], "The kink stands at 1, not at 0."),
}
# Of the questions on the hinge loss.
COUNT = len(bank.questions("hinge"))
every_kind = pytest.mark.parametrize("kind", ASKED)
every_look = pytest.mark.parametrize(
    ("width", "scheme"),
    [
        (1280, "light"),
        pytest.param(360, "dark", marks=pytest.mark.site),
        pytest.param(1280, "dark", marks=pytest.mark.site),
        pytest.param(360, "light", marks=pytest.mark.site),
    ],
)


@pytest.fixture
def open_study(open_page):
    """Open a page, and wait until its quizzes and cards are alive."""

    def opened(name, **options):
        page = open_page(name, **options)
        alive(page)
        return page

    return opened


def alive(page):
    # What stands far down is fetched when a reader comes near.
    for root in page.locator("[data-study]").all():
        root.evaluate("(root) => root.scrollIntoView({ behavior: 'instant' })")
        expect(root).to_have_attribute("data-live", "")
    page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")


def again(page):
    """The page, closed and opened anew in the same browser."""
    context, url = page.context, page.url
    page.close()
    page = context.new_page()
    page.goto(url)
    alive(page)
    return page


def part_of(page, kind):
    return page.locator(f'.question[data-id="{ASKED[kind]}"]')


def shown(text):
    """A text of the bank as a page shows it."""
    html = f"<p>{inline_html(text)}</p>"
    return "".join(ElementTree.fromstring(html).itertext())  # noqa: S314 - our own


def right_answer(part):
    """The answer to a question as it stands on the page, from the bank."""
    asked = QUESTIONS[part.get_attribute("data-id")]
    text = part.locator("legend .text").text_content()
    texts = {" ".join(shown(v.text).split()): v for v in asked.variants()}
    asked = texts[" ".join(text.split())]  # the page ties numbers to their signs
    if asked.kind == "numeric":
        return f"{asked.answer.value(asked.given):.9g}"
    if asked.sketch:
        return asked.sketch.at(asked.sketch.places)
    wanted = [c for c in asked.choices if c.right or asked.kind == "ordering"]
    return [shown(choice.text) for choice in wanted]


def bring(part):
    """Go to a question of a live quiz by keyboard: a phone shows one at a time."""
    expect(part.page.locator("[data-coming]")).to_have_count(0)  # alive, but not seen
    quiz = part.page.locator("[data-study]", has=part)
    back, onward = (
        quiz.get_by_role("button", name=name) for name in ("Previous", "Next")
    )
    while not part.is_visible() and back.is_enabled():
        back.press("Enter")
    while not part.is_visible():
        onward.press("Enter")


def choose(part, answer):
    """Give an answer by keyboard alone, and check it."""
    page, kind = part.page, part.get_attribute("data-kind")
    bring(part)
    if kind == "numeric":
        part.locator(".entry input").press("Control+a")
        page.keyboard.type(answer)
    elif kind == "sketch":
        for slider, height in zip(sliders(part), answer, strict=True):
            push(slider, height)
    elif kind == "ordering":
        for place, text in enumerate(answer):
            row = part.locator(".choices > li", has=page.get_by_text(text, exact=True))
            while place != row.evaluate(
                "(li) => [...li.parentNode.children].indexOf(li)"
            ):
                row.get_by_role("button", name="Move up").press("Enter")
    else:
        for text in answer:
            label = part.locator("label", has=page.get_by_text(text, exact=True))
            label.locator("input").press("Space")
    part.get_by_role("button", name="Check").press("Enter")


def sliders(part):
    """The points of a sketch, once they can be set."""
    expect(part.locator(".ball").first).to_be_visible()
    return part.get_by_role("slider").all()


def push(slider, height):
    """Move a point by the arrow keys to the height nearest to this."""
    about = "(s) => [s.value, s.step, s.min, s.max].map(Number)"
    value, step, low, high = slider.evaluate(about)
    steps = round((min(max(height, low), high) - value) / step)
    if steps == 0:
        slider.press("Space")  # as it stands
    for _ in range(abs(steps)):
        slider.press("ArrowUp" if steps > 0 else "ArrowDown")


@every_kind
def test_a_right_answer_is_told_so_and_explained(open_study, kind):
    page = open_study(PRACTICE)
    part = part_of(page, kind)
    choose(part, right_answer(part))

    status = part.get_by_role("status")
    expect(status).to_contain_text("Right.")
    expect(status).to_contain_text(shown(QUESTIONS[ASKED[kind]].explanation))
    expect(page.locator(".score").first).to_have_text(f"1 of {COUNT} right")
    expect(part.locator("button.again")).to_be_focused()


@every_kind
def test_a_wrong_answer_is_told_why_and_can_be_mended(open_study, kind):
    page = open_study(PRACTICE)
    part, (answer, told) = part_of(page, kind), WRONG[kind]
    choose(part, answer)

    expect(part.get_by_role("status")).to_contain_text("Not right yet.")
    expect(part.get_by_role("status")).to_contain_text(told)
    beside = part.locator(".told:visible")
    expect(beside.first).to_be_visible()
    if kind in ("one", "numeric", "sketch"):
        expect(beside).to_contain_text(told)
        expect(beside.get_by_role("link").first).to_be_visible()
        described = part.locator(f'[aria-describedby="{beside.get_attribute("id")}"]')
        expect(described).to_have_count(1)
    expect(part.locator("button.again")).to_be_focused()

    page.keyboard.press("Enter")  # try again
    expect(part.locator("input:focus, .move:focus")).to_have_count(1)
    expect(part.get_by_role("status")).to_be_empty()
    for box in reversed(part.locator("input:checked").all()):
        box.press("Space")
    choose(part, right_answer(part))
    expect(part.get_by_role("status")).to_contain_text("Right.")


def test_a_numeric_question_comes_back_with_other_numbers(open_study):
    page = open_study(PRACTICE)
    part = part_of(page, "numeric")
    seen = set()
    rows = len(QUESTIONS[ASKED["numeric"]].values)
    assert fetched(page, "-variants") == 0  # nobody asked for other numbers yet
    for _ in range(rows):
        seen.add(part.locator("legend .text").text_content())
        choose(part, right_answer(part))
        part.get_by_role("button", name="Other numbers").press("Enter")
        expect(part).to_have_attribute("data-state", "open")

    assert len(seen) == rows
    assert part.locator("legend .text").text_content() in seen
    assert fetched(page, "-variants") == 1

    choose(part, right_answer(part))
    last = part.locator("legend .text").text_content()
    part = part_of(again(page), "numeric")  # on the next day
    assert part.locator("legend .text").text_content() in seen - {last}


def test_who_presses_twice_while_numbers_are_on_their_way_gets_the_next(open_study):
    page = open_study(PRACTICE)
    held = []
    page.route("**/*-variants*", lambda route: held.append(route))
    part = part_of(page, "numeric")
    choose(part, right_answer(part))
    other = part.get_by_role("button", name="Other numbers")
    other.press("Enter")
    expect(other).to_be_disabled()
    page.keyboard.press("Enter")
    (route,) = held
    route.continue_()

    expect(part).to_have_attribute("data-state", "open")
    expect(part.locator("input")).to_be_focused()
    _, second, *_ = QUESTIONS[ASKED["numeric"]].variants()
    assert right_answer(part) == f"{second.answer.value(second.given):.9g}"


def fetched(page, name):
    """How many files with this in their name the page has fetched."""
    found = "performance.getEntriesByType('resource').map(({ name }) => name)"
    return sum(name in url for url in page.evaluate(found))


def test_who_has_not_answered_is_asked_to(open_study):
    page = open_study(PRACTICE)
    choose(part_of(page, "one"), [])
    expect(part_of(page, "one").get_by_role("status")).to_have_text(
        "Choose an answer first."
    )
    number = part_of(page, "numeric")
    choose(number, "many")
    expect(number.get_by_role("status")).to_contain_text("Write a number, such as")
    expect(number.locator("input")).to_be_focused()
    expect(number.locator("input")).to_have_attribute("aria-invalid", "true")


def test_enter_in_the_field_checks_the_number(open_study):
    part = part_of(open_study(PRACTICE), "numeric")
    part.locator("input").fill("1/2")
    part.locator("input").press("Enter")
    expect(part.get_by_role("status")).to_contain_text("Not right yet.")


def test_the_choices_stand_in_another_order_when_the_page_is_opened_again(open_study):
    page = open_study(PRACTICE)
    before = page.locator(".choices").all_inner_texts()
    after = again(page).locator(".choices").all_inner_texts()

    assert before != after
    assert [sorted(t.split("\n")) for t in before] == [
        sorted(t.split("\n")) for t in after
    ]


def test_what_was_right_is_known_when_the_page_is_opened_again(open_study):
    page = open_study(PRACTICE)
    choose(part_of(page, "one"), right_answer(part_of(page, "one")))
    choose(part_of(page, "ordering"), [])
    page = again(page)

    expect(page.locator(".score").first).to_have_text(f"1 of {COUNT} right")
    expect(part_of(page, "one").locator(".count")).to_contain_text("✓ right")
    expect(part_of(page, "ordering").locator(".count")).to_contain_text("✗ not yet")
    page.goto(page.url.replace(PRACTICE, QUIZZES))
    row = page.locator(".study-progress li", has_text="Hinge loss")
    expect(row).to_contain_text(f"1 of {COUNT} right, 0 of 14 cards studied")


def test_the_self_test_is_taken_by_keyboard_offline_and_gone_on_with(open_study):
    page = open_study(QUIZZES)
    page.get_by_role("button", name="Start the test").press("Enter")
    expect(page.locator(".study-self-test .question:visible")).to_be_visible()
    page.context.set_offline(True)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    first = [take(page, right=number != 2) for number in range(1, 4)]
    assert asked == []

    page.context.set_offline(False)
    page = again(page)
    expect(page.locator(".score").first).to_have_text(
        "You have answered 3 of 24 questions."
    )
    page.get_by_role("button", name="Go on with question 4").press("Enter")
    rest = [take(page, right=True) for _ in range(3, 24)]

    assert sorted(first + rest) == sorted(goal.asked_by for goal in GOALS)
    heading = page.get_by_text("Your report: 23 of 24 right")
    expect(heading).to_be_focused()
    (missed,) = [goal for goal in GOALS if goal.asked_by == first[1]]
    line = page.locator(".study-self-test li[data-mark=wrong]:visible")
    expect(line).to_contain_text(f"✗ Missed: {missed.text}.")
    assert line.get_by_role("link").count() >= 1
    page = again(page)
    expect(page.get_by_text("Your report: 23 of 24 right")).to_be_visible()
    page.get_by_role("button", name="Take the test again").press("Enter")
    expect(page.locator(".question:visible .count")).to_contain_text("Question 1 of 24")


def take(page, right):
    """Answer the question that the self-test shows, or leave it out; returns its id."""
    part = page.locator(".study-self-test .question:visible")
    name = part.get_attribute("data-id")
    expect(part.locator("legend")).to_be_focused()
    if not right:
        part.get_by_role("button", name="Leave it out").press("Enter")
    else:
        choose(part, right_answer(part))
        expect(part.get_by_role("status")).to_contain_text("✓ Right.")
        expect(
            part.get_by_role("button", name=re.compile("Next|report"))
        ).to_be_focused()
        page.keyboard.press("Enter")
    return name


def test_after_a_wrong_answer_the_self_test_shows_the_right_one(open_study):
    page = open_study(QUIZZES)
    page.get_by_role("button", name="Start the test").click()
    part = page.locator(".study-self-test .question:visible")
    while part.get_attribute("data-kind") != "one":
        part.get_by_role("button", name="Leave it out").click()
    asked = QUESTIONS[part.get_attribute("data-id")]
    wrong = next(choice for choice in asked.choices if not choice.right)
    choose(part, [shown(wrong.text)])

    expect(part.get_by_role("status")).to_contain_text("✗ Not right.")
    expect(part.locator(".told")).to_contain_text(shown(wrong.feedback))
    places = ":is(.told, .feedback > li):visible"
    said = part.locator(places, has_text=shown(wrong.feedback))
    expect(said).to_have_count(1)  # beside the choice, and not again in the answer
    expect(part.locator(".feedback > li:visible")).to_have_count(len(asked.choices) - 1)
    expect(part.locator(".explanation")).to_have_text(shown(asked.explanation))
    expect(part.get_by_role("button", name="Try again")).to_be_hidden()


def turned(page):
    return page.locator(".study-cards .flash:visible details[open]")


@pytest.mark.parametrize("way", ["click", "button", "Enter", "Space"])
def test_a_card_is_turned(open_study, way):
    page = open_study(PRACTICE)
    card = page.locator(".study-cards .flash:visible")
    if way == "click":
        card.locator(".front").click()
    elif way == "button":
        card.locator("summary").click()
    else:
        card.locator("summary").press(way)
    expect(turned(page)).to_have_count(1)
    expect(page.get_by_role("button", name="Good")).to_be_visible()
    back = bank.cards("hinge")[0].back
    expect(page.locator(".study-cards").get_by_role("status")).to_have_text(shown(back))


def test_tab_goes_into_a_deck_through_it_and_out(open_study):
    page = open_study(PRACTICE)
    page.locator(".study-cards summary:visible").press("Enter")
    expect(page.locator(".study-cards").get_by_text("Easy")).to_be_visible()
    for name in ["Again", "Hard", "Good", "Easy"]:
        page.keyboard.press("Tab")
        expect(page.locator(":focus")).to_contain_text(name)
    page.keyboard.press("Tab")
    inside = "document.activeElement.closest('.study-cards') !== null"
    assert not page.evaluate(inside)
    for _ in range(5):
        page.keyboard.press("Shift+Tab")
    expect(page.locator(".study-cards summary:focus")).to_have_count(1)
    page.keyboard.press("Shift+Tab")
    assert not page.evaluate(inside)


def test_a_deck_is_studied_by_keys_and_the_dates_are_kept(open_study):
    page = open_study(PRACTICE)
    deck = page.locator(".study-cards")
    expect(deck.locator(".score")).to_have_text("14 cards: 0 due, 14 new")
    deck.locator("summary:visible").focus()
    for _ in range(14):
        expect(deck.locator("summary:visible")).to_be_focused()
        page.keyboard.press("Enter")
        page.keyboard.press("4")
    expect(deck.locator(".end")).to_contain_text("Nothing is due until")
    expect(deck.get_by_role("button", name="Study anyway")).to_be_focused()

    page = again(page)
    deck = page.locator(".study-cards")
    expect(deck.locator(".score")).to_have_text("14 cards: 0 due, 0 new")
    deck.get_by_role("button", name="Study anyway").press("Enter")
    expect(deck.locator("summary:visible")).to_be_focused()
    page.goto(page.url.replace(PRACTICE, QUIZZES))
    row = page.locator(".study-progress li", has_text="Hinge loss")
    expect(row).to_contain_text("14 of 14 cards studied")


def test_a_card_that_was_hard_comes_back_in_the_same_session(open_study):
    page = open_study(PRACTICE)
    deck, seen = page.locator(".study-cards"), []
    for _ in range(15):
        seen.append(deck.locator(".flash:visible").get_attribute("data-id"))
        deck.locator("summary:visible").click()
        deck.get_by_role("button", name="Again" if len(seen) == 1 else "Easy").click()

    assert seen[14] == seen[0]
    assert len(set(seen)) == 14


def kept_of(question):
    """What a browser keeps of a reader who has once answered one question rightly."""
    times = {"due": 172800005, "last_review": 5}
    memory = {"stability": 2.3065, "difficulty": 2.1, "state": 2, "reps": 1}
    return {
        "lossbook": "progress",
        "version": 2,
        "questions": {question: {**times, **memory, "lapses": 0, "right": True}},
        "cards": {},
        "tasks": {},
        "mistakes": {},
        "days": {},
        "sure": {"asks": False, "said": []},
        "test": None,
    }


def test_a_file_of_version_1_is_read(open_study):
    page = open_study(QUIZZES)
    overview = page.locator(".study-progress")
    file = ROOT / "tests" / "study" / "progress-version-1.json"
    overview.locator("input[type=file]").set_input_files(file)
    row = overview.locator("li", has_text="Hinge loss")
    expect(row).to_contain_text(f"4 of {COUNT} right, 5 of 14 cards studied")
    page = again(page)
    expect(page.locator(".score").first).to_have_text(
        "You have answered 2 of 24 questions."
    )


def practise(page):
    """Answer a question rightly, and turn a card."""
    part = part_of(page, "one")
    choose(part, right_answer(part))
    expect(page.locator(".score").first).to_have_text(f"1 of {COUNT} right")
    page.locator(".study-cards summary:visible").click()
    page.get_by_role("button", name="Good").click()


@pytest.mark.parametrize("name", [PRACTICE, QUIZZES])
def test_of_a_newer_edition_nothing_is_read_or_overwritten(open_study, name):
    page = open_study(name)
    newer = json.dumps({"lossbook": "progress", "version": 3, "memories": []})
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, newer])
    page = again(page)
    expect(page.locator(".newer").first).to_contain_text("a newer edition")
    if name == PRACTICE:
        practise(page)
    else:
        page.get_by_role("button", name="Start the test").click()
        page.get_by_role("button", name="Delete all").click()
        page.get_by_role("button", name="Delete", exact=True).click()
        expect(page.locator(".said")).to_contain_text("This page reads nothing of it")
    assert page.evaluate("(key) => localStorage.getItem(key)", KEY) == newer
    assert violations(page) == []


def test_progress_is_saved_deleted_and_read_again(open_study, tmp_path):
    page = open_study(QUIZZES)
    known = json.dumps(kept_of(ASKED["one"]))
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, known])
    page = again(page)
    overview = page.locator(".study-progress")
    row = overview.locator("li", has_text="Hinge loss")
    expect(row).to_contain_text(f"1 of {COUNT} right")

    with page.expect_download() as download:
        overview.get_by_role("button", name="Save to a file").press("Enter")
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    assert json.loads(path.read_text("utf-8")) == json.loads(known)

    overview.get_by_role("button", name="Delete all").press("Enter")
    expect(overview.get_by_role("button", name="Keep")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(row).to_contain_text(f"0 of {COUNT} right")
    expect(overview.get_by_role("button", name="Delete all")).to_be_focused()

    overview.locator("input[type=file]").set_input_files(path)
    expect(row).to_contain_text(f"1 of {COUNT} right")
    path.write_text('{"lossbook": "progress", "version": 2, "questions": {"<b>": 1}}')
    overview.locator("input[type=file]").set_input_files(path)
    expect(overview.get_by_role("status")).to_have_text(
        'lossbook-progress.json was not read: its part "questions" is damaged. '
        "Nothing has changed."
    )
    expect(row).to_contain_text(f"1 of {COUNT} right")


@pytest.mark.parametrize("fault", ["damaged", "full", "forbidden"])
@pytest.mark.parametrize("name", [PRACTICE, QUIZZES])
def test_whatever_the_browser_keeps_the_page_works(browser, server, name, fault):
    scripts = {
        "damaged": f"localStorage.setItem('{KEY}', '{{\"questions\": [')",
        "full": "const set = Storage.prototype.setItem; Storage.prototype.setItem = "
        "function (key, text) { if (key !== '" + KEY + "') set.call(this, key, text); "
        "else throw new Error('full'); }",
        "forbidden": "Object.defineProperty(window, 'localStorage', "
        "{ get() { throw new Error('forbidden'); } })",
    }
    with browser.new_context() as context:
        page, errors = context.new_page(), []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.add_init_script(scripts[fault])
        page.goto(server + name)
        alive(page)
        if name == PRACTICE:
            practise(page)
        else:
            page.get_by_role("button", name="Start the test").click()
            take(page, right=True)
            take(page, right=True)
        # Not ours: where storage is forbidden the theme's own script fails.
        assert [e for e in errors if "forbidden" not in e] == []


@pytest.mark.site
@every_look
def test_axe_finds_nothing_in_answered_questions_and_turned_cards(
    open_study, width, scheme
):
    page = open_study(PRACTICE, width=width, scheme=scheme)
    found = []
    for kind, (answer, _) in WRONG.items():
        choose(part_of(page, kind), answer)
        found += violations(page) if width < 600 else []  # where only this one shows
    bring(part_of(page, "one"))
    part_of(page, "one").locator("summary").click()
    found += violations(page) if width < 600 else []
    later = page.locator('.question[data-id="kink-measured"]')
    choose(later, right_answer(later))
    page.locator(".study-cards summary:visible").click()

    assert found + violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(TOO_SMALL) == []


TOO_SMALL = """() =>
  [...document.querySelectorAll(".study :is(button, summary, label)")]
  .filter((part) => part.checkVisibility())
  .map((part) => [part.textContent, part.getBoundingClientRect()])
  .filter(([, { width, height }]) => width < 24 || height < 24)
  .map(([text]) => text)"""


@pytest.mark.site
@every_look
def test_axe_finds_nothing_in_the_self_test_and_its_report(open_study, width, scheme):
    page = open_study(QUIZZES, width=width, scheme=scheme)
    page.get_by_role("button", name="Start the test").click()
    found = []
    for number in range(24):
        part = page.locator(".study-self-test .question:visible")
        if number == 0:
            found += violations(page)
            part.get_by_role("button", name="Leave it out").click()
        elif number < 3:
            choose(part, right_answer(part))
            found += violations(page)
            part.get_by_role("button", name="Next question").click()
        else:
            part.get_by_role("button", name="Leave it out").click()
    page.get_by_role("button", name="Delete all").click()

    assert found + violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(TOO_SMALL) == []


@pytest.mark.parametrize("name", [PRACTICE, QUIZZES])
def test_without_scripts_all_is_there_and_the_answers_are_folded(open_page, name):
    page = open_page(name, java_script_enabled=False)
    parts = page.locator(".question")
    expect(page.locator(".question:visible")).to_have_count(parts.count())
    expect(page.locator(".solution:visible")).to_have_count(0)
    expect(page.locator(".study :is(button, input):visible")).to_have_count(0)
    parts.first.locator("summary").click()
    expect(parts.first.locator(".solution")).to_be_visible()
    cards = page.locator(".flash")
    expect(page.locator(".flash:visible")).to_have_count(cards.count())


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("name", [PRACTICE, QUIZZES])
def test_in_print_the_answers_are_listed_and_no_button_stands(open_page, name, scripts):
    page = open_page(name, java_script_enabled=scripts)
    if scripts:
        alive(page)
    page.emulate_media(media="print")
    count = page.locator(".question, .flash").count()

    assert count >= 24
    expect(page.locator(".question:visible, .flash:visible")).to_have_count(count)
    answers = page.locator("div.solution:visible, .flash details > div:visible")
    expect(answers).to_have_count(count)
    expect(page.locator(".study :is(button, summary):visible")).to_have_count(0)


def test_only_pages_with_quizzes_or_cards_fetch_their_scripts(site):
    for name in CONTENTS:
        text = (site / name).read_text("utf-8")
        assert ("study_host" in text) == ("data-study=" in text), name
        # Today asks what other pages ask, of any kind.
        is_turned = "data-study=cards" in text or "data-study=today" in text
        assert ("/cards." in text) == is_turned, name
        assert '"html":' not in text  # the state of a quiz


def test_in_a_notebook_only_known_elements_are_put_in_place(open_study):
    page = open_study(PRACTICE)
    page.route(
        "**/lossbook/*/*.js",
        lambda route: route.fulfill(path=ROOT / urlsplit(route.request.url).path[1:]),
    )
    page.route(
        "**/lossbook/elements.js",
        lambda route: route.fulfill(path=ROOT / "lossbook" / "elements.js"),
    )
    html = (
        '<div class="study" onclick="f()"><script>window.hit = 1</script><img src="x" '
        'onerror="window.hit = 2"><a href="javascript:f()">a</a><a href="x.md#b">b</a>'
        '<template><iframe></iframe><span style="color: red">c</span></template>'
        "<math><mi>x</mi><annotation>d</annotation></math></div>"
    )
    made = page.evaluate(
        """async (html) => {
          const { live } = await import("/lossbook/study/static.js");
          const el = document.body.appendChild(document.createElement("div"));
          await live(() => {})({ model: { get: () => html }, el });
          return el.innerHTML;
        }""",
        html,
    )
    page.wait_for_timeout(200)

    assert made == (
        '<div class="study"><a>a</a><a href="x.md#b">b</a>'
        "<template><span>c</span></template><math><mi>x</mi></math></div>"
    )
    assert page.evaluate("window.hit") is None


def test_less_motion_is_respected(open_study):
    page = open_study(PRACTICE, reduced_motion="reduce")
    page.locator(".study-cards summary:visible").click()
    back = turned(page).locator("div")
    assert back.evaluate("(back) => getComputedStyle(back).animationName") == "none"
