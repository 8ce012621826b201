"""All is reached, opened and left by keyboard, and the focus comes back."""

import pytest
from playwright.sync_api import expect

from tests.site.pages import CHAPTER, PAGES, sampled

pytestmark = pytest.mark.site

# A number for the element that has the focus; the whole page, when none has, is 0.
PLACE = (
    "[document.body, ...document.querySelectorAll('*')].indexOf(document.activeElement)"
)
IN_PLAYER = "document.activeElement.matches('audio')"


def focused(page):
    return page.locator(":focus")


def tab_to(page, selector):
    """Press Tab until such an element has the focus."""
    wanted = page.locator(selector)
    for _ in range(200):
        page.keyboard.press("Tab")
        if wanted.and_(focused(page)).count():
            return
    raise AssertionError(f"Tab never reaches {selector}")


def test_the_skip_link_comes_first_and_leads_into_the_text(open_page):
    page = open_page(CHAPTER)
    page.keyboard.press("Tab")
    expect(focused(page)).to_have_text("Skip to main content")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(
        "document.querySelector('main').contains(document.activeElement)"
    )


@pytest.mark.parametrize("width", [1280, 360])
def test_search_is_reached_by_tab_opened_by_enter_and_left_by_escape(open_page, width):
    page = open_page(CHAPTER, width=width)
    tab_to(page, ".search-button__button")
    page.keyboard.press("Enter")
    expect(focused(page)).to_have_attribute("type", "search")
    page.keyboard.press("Escape")
    expect(page.locator("#pst-search-dialog")).to_be_hidden()
    expect(page.locator(".search-button__button:focus")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 360])
def test_control_k_opens_and_closes_search_and_gives_the_focus_back(open_page, width):
    page = open_page(CHAPTER, width=width)
    tab_to(page, "article .copy-code")
    page.keyboard.press("Control+k")
    expect(focused(page)).to_have_attribute("type", "search")
    page.keyboard.press("Control+k")
    expect(page.locator("article .copy-code:focus").first).to_be_visible()


def test_the_download_menu_opens_by_enter_and_closes_by_escape(open_page):
    page = open_page(CHAPTER)
    tab_to(page, "details.dropdown > summary")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name=".ipynb").first).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name=".ipynb").first).to_be_hidden()
    expect(page.locator("summary:focus")).to_be_visible()


def test_the_contents_open_by_enter_and_give_the_focus_back(open_page):
    page = open_page(CHAPTER, width=360)
    tab_to(page, ".secondary-toggle")
    page.keyboard.press("Enter")
    expect(page.locator("#pst-secondary-sidebar-modal")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#pst-secondary-sidebar-modal")).to_be_hidden()
    expect(page.locator(".secondary-toggle:focus")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("width", [1280, 360])
def test_the_menu_opens_by_enter_without_scripts_too(open_page, width, scripts):
    page = open_page(CHAPTER, width=width, java_script_enabled=scripts)
    menu = page.locator(".menu")
    expect(menu).to_be_hidden()
    page.locator(".menu-button").press("Enter")
    expect(menu.get_by_role("link", name="Glossary")).to_be_visible()
    page.keyboard.press("Tab")
    expect(menu.locator(":focus")).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(page.locator(".menu-button:focus")).to_be_visible()


def test_a_choice_in_the_contents_drawer_closes_it_and_goes_there(open_page):
    page = open_page(CHAPTER, width=360)
    page.click(".secondary-toggle")
    link = page.locator("#pst-secondary-sidebar-modal a").last
    target = link.get_attribute("href")
    link.press("Enter")
    expect(page.locator("#pst-secondary-sidebar-modal")).to_be_hidden()
    expect(page.locator(f'[id="{target[1:]}"]')).to_be_in_viewport()


@pytest.mark.parametrize("name", sampled(PAGES))
def test_tab_goes_through_the_whole_page_and_out_of_it(open_page, name):
    page, places = open_page(name), []
    page.locator("body").click(position={"x": 1, "y": 1})
    page.keyboard.press("Tab")
    while place := page.evaluate(PLACE):
        # The browser's own player has stops of its own, which all look like one place.
        inside = page.evaluate(IN_PLAYER) and places[-8:].count(place) < 8
        assert place not in places or inside, "Tab goes round in a circle"
        places.append(place)
        page.keyboard.press("Tab")
    assert len(places) > 5


def test_code_is_copied_by_keyboard(open_page):
    page = open_page(CHAPTER)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab_to(page, ".copy-code")
    page.keyboard.press("Enter")
    expect(focused(page)).to_have_attribute("aria-label", "Copied")
    code = focused(page).locator("xpath=../pre").text_content()
    assert page.evaluate("navigator.clipboard.readText()") == code.rstrip()
