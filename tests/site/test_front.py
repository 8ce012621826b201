"""The first page: the course in curves, and doors that know where a reader was."""

import json
import re
import time

import pytest
from playwright.sync_api import expect

from lossbook.topics import FURTHER
from tests.site.pages import CHAPTER

FRONT = "book/intro.html"
BEGIN, TEST = "[data-door=begin]", "[data-door=test]"
PROGRESS = {"lossbook": "progress", "version": 1, "questions": {}, "test": None}
CARD = {
    "last_review": 0,
    "stability": 1,
    "difficulty": 5,
    "scheduled_days": 1,
    "learning_steps": 0,
    "reps": 1,
    "lapses": 0,
    "state": 2,
}


def keep(page, key, value):
    page.evaluate("([key, value]) => localStorage.setItem(key, value)", [key, value])
    page.reload()


def test_a_new_reader_begins_with_the_first_chapter_or_a_test(open_page):
    page = open_page(FRONT)
    expect(page.locator(BEGIN)).to_contain_text("Begin with chapter 1")
    expect(page.locator(BEGIN)).to_have_attribute("href", "what_is_a_loss.html")
    expect(page.locator(TEST)).to_have_attribute("href", "quizzes.html")


def test_who_comes_back_goes_on_where_they_were(open_page):
    page = open_page(CHAPTER)
    page.evaluate("document.querySelector('#pitfalls').scrollIntoView()")
    page.goto(page.url.replace(CHAPTER, FRONT))
    door = page.locator(BEGIN)
    expect(door).to_contain_text("Continue where you were: Pitfalls")
    expect(door).to_contain_text("Mean squared error")
    door.click()
    expect(page).to_have_url(re.compile("mean_squared_error.html#pitfalls$"))


@pytest.mark.parametrize(
    ("name", "title", "curve"),
    [
        ("numbers", "Quantiles, spread and counts", "numbers"),
        ("hinge_lesson", "Hinge loss to watch", "hinge"),
    ],
)
def test_further_chapters_and_lessons_are_gone_on_with_too(
    open_page, name, title, curve
):
    page = open_page(f"book/{name}.html")
    page.evaluate("document.querySelector('h2').scrollIntoView()")
    page.goto(page.url.replace(f"book/{name}.html", FRONT))
    door = page.locator(BEGIN)
    expect(door).to_contain_text("Continue where you were")
    expect(door.locator("b")).to_have_text(title)
    shown = door.locator("use")
    expect(shown).to_have_attribute("href", f"#curve-{curve}")
    assert shown.evaluate("(use) => use.getBoundingClientRect().width") > 10
    door.click()
    expect(page).to_have_url(re.compile(f"{name}.html(#|$)"))


def test_a_page_that_is_no_chapter_leaves_the_place(open_page):
    page = open_page("book/hinge.html")
    page.goto(page.url.replace("hinge", "glossary"))
    page.goto(page.url.replace("book/glossary.html", FRONT))
    expect(page.locator(BEGIN).locator("b")).to_have_text("Hinge loss")


@pytest.mark.parametrize(
    "place",
    [
        "{",
        "null",
        json.dumps({"chapter": "//evil.example"}),
        json.dumps({"chapter": "<b>hinge", "title": "<img src=x>"}),
    ],
)
def test_a_place_that_is_no_chapter_is_not_offered(open_page, place):
    page = open_page(FRONT)
    keep(page, "lossbook-place", place)
    expect(page.locator(BEGIN)).to_contain_text("Begin with chapter 1")


def test_what_was_kept_is_text(open_page):
    page = open_page(FRONT)
    place = {"chapter": "hinge", "title": "<i>Code</i>", "part": '"><i>'}
    keep(page, "lossbook-place", json.dumps(place))
    expect(page.locator(BEGIN)).to_contain_text("<i>Code</i>")
    assert page.locator(f"{BEGIN} i").count() == 0


def test_cards_that_are_due_are_counted(open_page):
    page = open_page(FRONT)
    now = int(time.time() * 1000)
    ages = {"one": now - 1, "two": now - 2, "three": now + 10**8}
    cards = {name: CARD | {"due": due} for name, due in ages.items()}
    keep(page, "lossbook.progress", json.dumps(PROGRESS | {"cards": cards}))
    expect(page.locator(TEST)).to_contain_text("2 due today")
    expect(page.locator(TEST)).to_have_attribute("href", "today.html")


def test_the_course_is_seven_curves_that_lead_to_its_chapters(open_page):
    page = open_page(FRONT)
    for place in (".path a", "ol.course li"):
        links = page.locator(place)
        expect(links).to_have_count(7)
        drawn = links.locator("svg").evaluate_all(
            "all => all.map((svg) => svg.querySelector('g[id], use'))"
            ".filter((u) => u.id || document.querySelector(u.getAttribute('href')))"
            ".map((u) => u.getBoundingClientRect().width)"
        )
        assert len(drawn) == 7
        assert min(drawn) > 10
    page.locator("ol.course li").nth(3).click()
    expect(page).to_have_url(re.compile("hinge.html$"))
    current = page.locator(".path [aria-current=page]")
    expect(current).to_have_attribute("title", "4. Hinge loss")


@pytest.mark.parametrize("topic", FURTHER)
def test_a_chapter_on_further_losses_is_reached_and_has_its_curve(open_page, topic):
    page = open_page(FRONT)
    door = page.locator(".further li", has=page.locator(f"a[href='{topic}.html']"))
    drawn = door.locator(f"use[href='#curve-{topic}']")
    assert drawn.evaluate("(use) => use.getBoundingClientRect().width") > 10
    door.locator("a").click()
    expect(page.locator(".kicker b")).to_have_text(re.compile("^Further losses, "))
    shown = page.locator(f".emblem use[href='#curve-{topic}']")
    assert shown.evaluate("(use) => use.getBoundingClientRect().width") > 10
    expect(page.locator(".path a")).to_have_count(7)
