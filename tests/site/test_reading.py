"""What helps while reading: definitions on terms, overviews at three depths."""

import re

from playwright.sync_api import expect

from tests.site.pages import CHAPTER
from tests.site.test_accessibility import violations

OTHER_CHAPTER = "book/cross_entropy.html"
TERM = 'a.term[href$="#error"]'
DEPTH = ".sd-tab-content"
TOOLTIP = "[role=tooltip]"


def test_a_term_shows_its_definition_on_focus_and_escape_hides_it(open_page):
    page = open_page(CHAPTER)
    page.locator(TERM).first.focus()
    expect(page.locator(TOOLTIP)).to_be_visible()
    expect(page.locator(TOOLTIP)).to_contain_text("Prediction minus target")
    page.keyboard.press("Escape")
    expect(page.locator(TOOLTIP)).to_be_hidden()


def test_a_definition_stays_while_the_pointer_is_on_it(open_page):
    page = open_page(CHAPTER)
    page.locator(TERM).first.hover()
    page.locator(TOOLTIP).hover()
    page.wait_for_timeout(400)
    expect(page.locator(TOOLTIP)).to_be_visible()
    page.mouse.move(900, 850)
    expect(page.locator(TOOLTIP)).to_be_hidden()


def test_a_definition_fits_a_phone_and_axe_finds_nothing_in_it(open_page):
    page = open_page(CHAPTER, width=360, scheme="dark")
    page.locator(TERM).first.focus()
    box = page.locator(TOOLTIP).bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    assert violations(page) == []


def test_without_scripts_a_definition_is_the_title_of_the_link(browser, server):
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(server + CHAPTER)
        title = page.locator('a[href$="glossary.html#error"]').first
        expect(title).to_have_attribute("title", re.compile("^Prediction minus target"))


def test_the_depth_of_the_overview_is_remembered_in_the_next_chapter(open_page):
    page = open_page(CHAPTER)
    expect(page.get_by_text("how far off predicted numbers are")).to_be_visible()
    page.locator("label.sd-tab-label", has_text="Medium").click()
    page.goto(page.url.replace(CHAPTER, OTHER_CHAPTER))
    expect(page.locator(DEPTH).nth(0)).to_be_hidden()
    expect(page.locator(DEPTH).nth(1)).to_be_visible()


def test_the_depths_are_chosen_by_keyboard(open_page):
    page = open_page(CHAPTER)
    page.locator(".sd-tab-set > input").first.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(DEPTH).nth(1)).to_be_visible()
