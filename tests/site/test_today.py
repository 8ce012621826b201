"""Today: what is due of all chapters in one queue, over three weeks, in a browser."""

import json
import math
import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import ClassVar

import pytest
from playwright.sync_api import expect

from lossbook.study import lines
from tests.site.conftest import ForTests
from tests.site.pages import ROOT
from tests.site.test_accessibility import violations
from tests.site.test_front import keep
from tests.site.test_lines import build, check
from tests.site.test_passport import GUESSES, PREDICTED, predict
from tests.site.test_quizzes import (
    KEY,
    PRACTICE,
    QUESTIONS,
    TOO_SMALL,
    alive,
    choose,
    every_look,
    right_answer,
    shown,
)
from tools.serving import served

pytestmark = pytest.mark.site

TODAY = "book/today.html"
DRAWN = "draw-the-slope-of-the-hinge"
START = datetime(2026, 11, 2, 18, tzinfo=UTC)
# What the page of quizzes saved when version 1 was all there was: 5 questions, 5 cards.
KEPT = (ROOT / "tests" / "study" / "progress-version-1.json").read_text("utf-8")
# What was answered, as long as it is shown.
ANSWERED = """.study-today .panel :is(
  .question[data-state=right], .question[data-state=wrong], .flash [open])"""
# The letters of the reader's own curve that its picture has no room for.
CUT_OFF = """[...document.querySelectorAll(".study-confidence svg text")].filter(
  (text) => { const { x, y, width, height } = text.getBBox();
              const room = text.ownerSVGElement.viewBox.baseVal;
              return x < 0 || y < 0 || x + width > room.width
                || y + height > room.height; }).map((text) => text.textContent)"""
LATER = datetime(2026, 11, 29, 18, tzinfo=UTC)


def kept(page):
    text = page.evaluate("(key) => localStorage.getItem(key)", KEY)
    return json.loads(text) if text else {"questions": {}, "cards": {}, "days": {}}


def entries(page):
    return kept(page)["questions"] | kept(page)["cards"]


def due_by_night(page, now):
    midnight = now.replace(hour=0) + timedelta(days=1)
    return {
        name
        for name, entry in entries(page).items()
        if entry["due"] < midnight.timestamp() * 1000
    }


def shown_now(page):
    """The question or card that Today shows, or nothing at the end of a session."""
    page.locator(".study-today :is(.question, .flash, .title):visible").first.wait_for()
    part = page.locator(".study-today .panel :is(.question, .flash):visible")
    return part if part.count() else None


def topic_of(page):
    place = page.locator(".study-today :is(.count, .place)").first.text_content()
    return place.split(" · ")[1]


def answer(page, part, right):
    """Answer what is shown, by keyboard, and go on."""
    if part.locator("summary").text_content() == "Turn":
        part.locator("summary").press("Enter")
        page.get_by_role("button", name="Good" if right else "Again").press("Enter")
        return
    kind = part.get_attribute("data-kind")
    asked = QUESTIONS[part.get_attribute("data-id")]
    if kind == "lines":
        build(part, lines.belonging(asked) if right else asked.lines[-1:])
        check(part)
    elif right:
        choose(part, right_answer(part))
    elif kind == "sketch":
        choose(part, [asked.sketch.span[0]] * len(asked.sketch.places))
    elif kind in ("one", "several"):
        choose(part, [shown(next(c.text for c in asked.choices if not c.right))])
    else:
        choose(part, "987654321" if kind == "numeric" else [])
    page.get_by_role("button", name="Next", exact=True).press("Enter")


def session(page, is_right, stop_after=None):
    """Practise to the end, or until so many are done; returns what was asked."""
    asked = []
    while (part := shown_now(page)) and len(asked) != stop_after:
        name, topic = part.get_attribute("data-id"), topic_of(page)
        asked.append((name, topic, part.locator(".text, .front").first.text_content()))
        answer(page, part, is_right(name, len(asked)))
        expect(page.locator(ANSWERED)).to_have_count(0)  # the next has its place
    return asked


def test_over_three_weeks_things_come_back_by_the_schedule_mixed_and_each_day_ends(
    browser, server
):
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.clock.set_fixed_time(START)
        for topic in ("hinge", "cross_entropy", "choosing"):
            page.goto(f"{server}book/{topic}_practice.html")
            alive(page)
            part = page.locator(".question").first
            choose(part, right_answer(part))
        part = page.locator(f'.question[data-id="{DRAWN}"]')
        page.goto(f"{server}book/hinge_practice.html")
        alive(page)
        choose(part, right_answer(part))
        page.goto(f"{server}book/hinge.html")
        predict(page, GUESSES)
        days = {}
        slow = "hinge-formula"  # a card that this reader forgets on every third day
        for day in range(1, 22):
            now = START + timedelta(days=day)
            page.clock.set_fixed_time(now)
            page.goto(server + TODAY)
            alive(page)
            due, before = due_by_night(page, now), entries(page)
            begin = page.get_by_role("button", name="Start", exact=True)
            if not begin.count():
                assert not due
                continue
            score = page.locator(".study-today .score")
            said = f"{len(due)} due today" if due else "Nothing is due today"
            expect(score).to_contain_text(said)
            begin.press("Enter")

            def is_right(name, at, day=day):
                return at % 7 != 3 and not (name == slow and day % 3 == 0)

            asked = []
            if day == 8:  # closed in the middle: what was answered is kept
                asked = session(page, is_right, stop_after=3)
                page.close()
                page = context.new_page()
                page.clock.set_fixed_time(now)
                page.goto(server + TODAY)
                alive(page)
                assert {name for name, *_ in asked} <= entries(page).keys()
                page.get_by_role("button", name="Start", exact=True).press("Enter")
            asked += session(page, is_right)
            days[day] = asked

            expect(page.get_by_text("Done for today")).to_be_focused()
            names = [name for name, *_ in asked]
            assert due <= set(names)  # all that was due was asked
            fresh = {name for name in names if name not in before}
            assert set(names) == due | fresh  # and nothing that was not
            assert len(fresh) <= 5
            assert kept(page)["days"][f"{now:%Y-%m-%d}"]["done"] == len(names)
            assert not due_by_night(page, now) - {names[-1], slow}

        assert len(days) >= 18
        first_of = {}  # the days on which each was asked
        for day, asked in days.items():
            for name, *_ in asked:
                first_of.setdefault(name, []).append(day)
        came_back = [sorted(set(seen)) for seen in first_of.values() if len(seen) > 2]
        gaps = [[b - a for a, b in pairwise(seen)] for seen in came_back]
        assert len([g for g in gaps if len(g) > 1]) > 10
        assert any(g == sorted(g) and g[-1] >= 5 for g in gaps)  # farther each time
        # Mixed: of one topic two follow each other only where no other is left.
        neighbours = [
            (one[1], other[1])
            for asked in days.values()
            for one, other in pairwise(asked)
        ]
        assert sum(a == b for a, b in neighbours) < len(neighbours) / 4
        for name in (DRAWN, PREDICTED):  # in a sketch, in a figure
            assert len(first_of[name]) > 1, name
        kinds = {name in QUESTIONS for asked in days.values() for name, *_ in asked}
        assert kinds == {True, False}
        # A number that comes back is another one.
        texts = {}
        for asked in days.values():
            for name, _, text in asked:
                if name in QUESTIONS and len(QUESTIONS[name].values) > 1:
                    assert texts.get(name) != text, name
                    texts[name] = text

        mistakes = kept(page)["mistakes"]
        assert any(one["overcome"] for one in mistakes.values())
        page.goto(f"{server}book/passport.html")
        alive(page)
        for state, count in (
            ("overcome", sum(m["overcome"] > 0 for m in mistakes.values())),
            ("open", sum(m["overcome"] == 0 for m in mistakes.values())),
        ):
            expect(page.locator(f".errors [data-state={state}]")).to_have_count(count)


def practised(open_page, **options):
    """Today, for a reader who has done what the old file tells."""
    page = open_page(TODAY, **options)
    page.clock.set_fixed_time(LATER)
    keep(page, KEY, KEPT)
    alive(page)
    return page


def test_a_session_is_done_by_keyboard_and_ends(open_page):
    page = practised(open_page)
    score = page.locator(".study-today .score")
    expect(score).to_have_text(re.compile(r"^\d+ due today, and up to \d+ new$"))
    count = int(score.text_content().split()[0])
    page.get_by_role("button", name="Start", exact=True).press("Enter")
    asked = session(page, lambda name, at: at != 2)

    assert count <= len(asked)
    assert len(asked) > len({name for name, *_ in asked})  # the wrong one came again
    expect(page.get_by_text("Done for today")).to_be_focused()
    expect(score).to_contain_text(f"You answered {len(asked)}, {len(asked) - 1} of")
    expect(page.locator(".panel")).to_contain_text("The next comes back")
    expect(page.locator(".panel")).to_contain_text("Practice on 1 day of the last 28.")
    assert violations(page) == []


def test_who_stops_has_an_end_too_and_new_things_are_asked_for_only(open_page):
    page = open_page(TODAY)
    alive(page)
    expect(page.locator(".study-today .score")).to_contain_text("begin with 5 things")
    page.get_by_role("button", name="Start", exact=True).click()
    answer(page, shown_now(page), right=True)
    shown_now(page)
    page.get_by_role("button", name="Stop for now").click()
    expect(page.get_by_text("Done for today")).to_be_focused()
    expect(page.locator(".study-today .score")).to_have_text(
        "You answered 1, 1 of them right."
    )
    today = kept(page)
    (day,) = today["days"].values()
    day["fresh"] = 5  # the day's share
    write = "([key, text]) => localStorage.setItem(key, text)"
    page.evaluate(write, [KEY, json.dumps(today)])
    page.get_by_role("button", name="Something new").click()
    expect(page.locator(".panel :is(.question, .flash)")).to_be_visible()


def test_without_a_connection_it_says_so_and_goes_on_later(open_page):
    page = open_page(TODAY)
    alive(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.locator(".study-today .score")).to_contain_text("Is there a connection")
    page.context.set_offline(False)
    page.get_by_role("button", name="Start", exact=True).click()
    assert shown_now(page) is not None


def test_what_is_asked_is_of_the_edition_that_the_site_has_now(site, open_page):
    with served(site, Cached) as address:
        page = open_page(TODAY)
        for _ in range(2):
            page.goto(address + TODAY)
            alive(page)
            page.get_by_role("button", name="Start", exact=True).click()
            assert shown_now(page) is not None
    asked = [name for name in Cached.asked if name.endswith("_practice.html")]
    assert len(asked) > len(set(asked)) > 0


class Cached(ForTests):
    """A site whose files browsers keep for an hour; it knows which were asked for."""

    asked: ClassVar[list[str]] = []

    def do_GET(self):
        self.asked.append(self.path)
        super().do_GET()

    def end_headers(self):
        self.send_header("Cache-Control", "max-age=3600")
        super().end_headers()


def test_the_door_and_the_menu_say_what_is_due_and_where_one_was(open_page):
    page = open_page(PRACTICE)
    page.clock.set_fixed_time(LATER)
    keep(page, KEY, KEPT)
    place = {"chapter": "hinge", "title": "By hand", "part": "by-hand"}
    keep(page, "lossbook-place", json.dumps(place))
    page.get_by_role("button", name="Site navigation").click()
    ways = page.locator(".menu .ways a")
    expect(ways.nth(0)).to_have_text("Continue: By hand")
    expect(ways.nth(1)).to_have_text("5 due today")
    assert violations(page) == []
    ways.nth(1).click()
    expect(page).to_have_url(re.compile("today.html$"))


def test_who_never_practised_is_told_of_nothing(open_page):
    page = open_page(PRACTICE)
    page.get_by_role("button", name="Site navigation").click()
    expect(page.locator(".menu a").first).to_be_visible()
    expect(page.locator(".menu .ways")).to_have_count(0)


def test_of_a_newer_edition_nothing_is_counted(open_page):
    page = open_page(PRACTICE)
    newer = {"lossbook": "progress", "version": 3, "cards": {"a": {"due": 1}}}
    keep(page, KEY, json.dumps(newer))
    page.get_by_role("button", name="Site navigation").click()
    expect(page.locator(".menu a").first).to_be_visible()
    expect(page.locator(".menu .ways")).to_have_count(0)


@every_look
def test_axe_finds_nothing_on_the_way_through_a_session(open_page, width, scheme):
    page = practised(open_page, width=width, scheme=scheme)
    found = violations(page)
    page.get_by_role("button", name="Start", exact=True).click()
    seen = set()
    for _ in range(8):
        part = shown_now(page)
        kind = part.get_attribute("data-kind") or "card"
        found += violations(page) if kind not in seen else []
        seen.add(kind)
        answer(page, part, right=True)
        page.wait_for_timeout(50)
    assert len(seen) > 1
    assert found == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(TOO_SMALL) == []


def test_without_scripts_it_lists_the_pages_of_practice(open_page):
    page = open_page(TODAY, java_script_enabled=False)
    expect(page.locator(".study-today .topics a:visible")).to_have_count(10)
    expect(page.locator(".study-today button")).to_have_count(0)


def ask_how_sure(page, server):
    page.goto(f"{server}book/passport.html")
    alive(page)
    box = page.get_by_label("Ask me how sure I am")
    box.scroll_into_view_if_needed()
    box.check()


def test_how_sure_one_was_is_asked_if_wished_and_scored(open_page, server):
    page = open_page(TODAY)
    ask_how_sure(page, server)
    page.goto(server + TODAY)  # remembered
    alive(page)
    page.get_by_role("button", name="Start", exact=True).click()
    said = []
    for step in ("90 %", "70 %", None):
        part = shown_now(page)
        while part.get_attribute("data-kind") is None:
            answer(page, part, right=True)
            part = shown_now(page)
        if step:
            page.get_by_label(step, exact=True).check()
            said.append(int(step.split()[0]))
        answer(page, part, right=step != "70 %")
    page.goto(f"{server}book/passport.html")
    score = page.locator(".study-confidence .score")
    score.scroll_into_view_if_needed()

    costs = [-math.log(0.9), -math.log(1 - 0.7)]
    squares = [(1 - 0.9) ** 2, 0.7**2]
    expect(score).to_have_text(
        f"2 answers: cross-entropy {sum(costs) / 2:.3f} nats, "
        f"Brier score {sum(squares) / 2:.3f}, each a mean."
    )
    assert [one["said"] for one in kept(page)["sure"]["said"]] == said
    expect(page.locator(".study-confidence circle")).to_have_count(2)
    assert page.evaluate(CUT_OFF) == []
    row = page.locator(".study-confidence tr", has_text="70 %")
    expect(row).to_contain_text("0 (0 %)")
    assert violations(page) == []


def test_every_kind_of_question_asks_how_sure_one_is(open_page, server):
    page = open_page(PRACTICE)
    ask_how_sure(page, server)
    page.goto(server + PRACTICE)
    alive(page)
    asked = page.locator(".study-quiz .question")
    kinds = {part.get_attribute("data-kind") for part in asked.all()}
    assert kinds == {"one", "several", "numeric", "ordering", "sketch", "lines"}
    expect(asked.locator(".sure")).to_have_count(asked.count())


def test_how_sure_one_was_of_a_program_counts_once_for_each_try(open_page, server):
    page = open_page(PRACTICE)
    ask_how_sure(page, server)
    page.goto(server + PRACTICE)
    alive(page)
    part = page.locator(".question[data-kind=lines]")
    step = part.get_by_label("70 %", exact=True)
    program = lines.belonging(QUESTIONS[part.get_attribute("data-id")])
    build(part, program[:-1])
    step.check()
    check(part)
    expect(step).to_be_disabled()
    assert [one["said"] for one in kept(page)["sure"]["said"]] == [70]

    part.locator("button.again").press("Enter")
    expect(step).to_be_enabled()
    expect(step).not_to_be_checked()
    build(part, program[-1:])
    part.get_by_label("99 %", exact=True).check()
    assert violations(page) == []
    check(part)
    said = [(one["said"], one["right"]) for one in kept(page)["sure"]["said"]]
    assert said == [(70, False), (99, True)]


def test_who_does_not_wish_it_is_not_asked_how_sure(open_page):
    page = open_page(PRACTICE)
    alive(page)
    expect(page.locator(".sure")).to_have_count(0)


def test_a_wrong_choice_is_noted_with_its_misconception(open_page):
    page = open_page(PRACTICE)
    alive(page)
    links = "a[href*=common_errors]"
    found = page.locator(f".question[data-kind=one]:has({links})").first
    asked = QUESTIONS[found.get_attribute("data-id")]
    wrong = next(c for c in asked.choices if not c.right and c.misconception)
    choose(found, [shown(wrong.text)])
    (name,) = kept(page)["mistakes"]
    assert name == re.sub(r"[^\w-]", "", wrong.misconception.lower().replace(" ", "-"))
