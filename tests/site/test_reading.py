"""What helps while reading: definitions on terms, overviews at three depths."""

import pytest
from playwright.sync_api import expect

from tests.site.pages import CHAPTER
from tests.site.test_accessibility import violations

pytestmark = pytest.mark.site

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


def test_without_scripts_a_term_leads_to_its_definition(open_page):
    page = open_page(CHAPTER, java_script_enabled=False)
    page.locator(TERM).first.click()
    page.wait_for_url("**/glossary.html#error")
    expect(page.locator("#error > p").first).to_contain_text("Prediction minus target")


def test_a_definition_that_cannot_be_fetched_is_asked_for_again(open_page):
    page = open_page(CHAPTER)
    page.route("**/terms.*.json", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        page.locator(TERM).first.focus()
    expect(page.locator(TOOLTIP)).to_be_hidden()
    page.unroute("**/terms.*.json")
    page.locator("a.term").last.focus()  # far below: it comes into view first
    expect(page.locator(TOOLTIP)).to_be_visible()
    expect(page.locator(TOOLTIP)).to_be_in_viewport()


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


SWITCH = ".code-switch"


def test_show_code_opens_every_cell_and_is_kept_in_the_next_chapter(open_page):
    page = open_page(CHAPTER)
    closed = page.locator("details.code:not([open])")
    opened = page.locator("#code details.code[open]")
    folded, shown = closed.count(), opened.count()
    assert folded > 3
    assert shown > 1
    page.click(SWITCH)
    expect(closed).to_have_count(0)
    page.goto(page.url.replace(CHAPTER, OTHER_CHAPTER))
    expect(page.locator(SWITCH)).to_have_attribute("aria-pressed", "true")
    expect(closed).to_have_count(0)
    page.goto(page.url.replace(OTHER_CHAPTER, CHAPTER))
    page.click(SWITCH)
    expect(closed).to_have_count(folded)
    expect(opened).to_have_count(shown)


def test_without_scripts_code_is_unfolded_by_its_own_line(open_page):
    page = open_page(CHAPTER, java_script_enabled=False)
    expect(page.locator(SWITCH)).to_be_hidden()
    cell = page.locator("details.code:not([open])").first
    code = cell.locator("pre").element_handle()
    assert not code.is_visible()
    page.locator("details.code:not([open]) > summary").first.click()
    assert code.is_visible()


def test_what_a_cell_printed_or_drew_is_never_folded(open_page):
    page = open_page(CHAPTER, java_script_enabled=False)
    outputs = page.locator("article .cell_output")
    assert outputs.count() > 10
    assert outputs.evaluate_all("all => all.every((one) => one.checkVisibility())")
    assert page.locator("details .cell_output").count() == 0


def test_a_term_is_told_in_the_margin_of_a_wide_page_only(open_page):
    page = open_page(CHAPTER)
    notes = page.locator("aside.note")
    assert notes.count() > 2
    expect(notes.first).to_be_visible()
    text = page.locator("#definition > p").nth(1).bounding_box()
    note = notes.first.bounding_box()
    assert note["x"] >= text["x"] + text["width"]
    page.set_viewport_size({"width": 800, "height": 900})
    expect(notes.first).to_be_hidden()


def test_paper_promises_nothing_that_only_a_screen_can_do(open_page):
    page = open_page(CHAPTER)
    expect(page.get_by_text("Drag a price")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_text("Drag a price")).to_be_hidden()
    instead = page.locator("[data-paper^='If a price changes']")
    words = instead.evaluate("at => getComputedStyle(at, '::before').content")
    assert words == '"If a price changes, then of the three lines"'
    for name in ("Hear", "Watch"):
        expect(page.locator(".kicker").get_by_text(name, exact=True)).to_be_hidden()
