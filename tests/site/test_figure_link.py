"""The state of a figure as a link: copied by one reader, opened by another."""

import pytest
from playwright.sync_api import expect

from tests.site.explorers import INTO_VIEW, ON_PAGE, look, made
from tests.site.test_accessibility import violations

pytestmark = pytest.mark.site

PAGE = "book/cross_entropy.html"  # its second figure has four controls of two kinds
# Each class of figures once, where it stands first.
KINDS = {}
for _page, _texts in ON_PAGE.items():
    for _number, _text in enumerate(_texts):
        KINDS.setdefault(_text.partition("(")[0], (_page, _number))
BUTTON = "Copy a link to this state"
# As a reader might leave it: some value for each control, never that of the beginning.
ELSEWHERE = """(place) => {
  const pick = (values, now) => values.filter((value) => value !== now).at(-1);
  for (const [name, values] of Object.entries(place.model.settings)) {
    const now = place.model.get(name);
    const isList = Array.isArray(now);
    const other = isList ? values.map((v, i) => pick(v, now[i])) : pick(values, now);
    place.model.set(name, other);
  }
}"""


def figure(page, number):
    """A figure of the page once it is alive, and the line below it."""
    place = page.locator(".explorer").nth(number)
    place.evaluate(INTO_VIEW)
    expect(place).to_have_attribute("data-live", "")
    return place, place.locator("+ .state-link")


def copied(page, line):
    """Press the button, and return what it copied."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    line.get_by_role("button", name=BUTTON).press("Enter")
    expect(line.get_by_role("status")).to_have_text("Copied.")
    return page.evaluate("navigator.clipboard.readText()")


def opened_at(browser, url, number):
    """Open a link as who got it would; the figure, what is said, and its page."""
    page = browser.new_context(viewport={"width": 390, "height": 800}).new_page()
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.goto(url)
    place = page.locator(".explorer").nth(number)
    expect(place).to_have_attribute("data-live", "")
    return place, place.locator("+ .state-link").get_by_role("status"), page


@pytest.mark.parametrize("kind", KINDS)
def test_who_opens_the_link_sees_the_very_state(open_page, browser, kind):
    name, number = KINDS[kind]
    page = open_page(name)
    place, line = figure(page, number)
    before = look(place, made(name, number))
    place.evaluate(ELSEWHERE)
    wanted = look(place, made(name, number))
    settings = place.evaluate("({ model }) => Object.keys(model.settings)")
    assert [s for s in settings if wanted["state"][s] == before["state"][s]] == []

    other, said, there = opened_at(browser, copied(page, line), number)

    expect(said).to_have_text("The figure stands as in the link.")
    expect(said).to_be_focused()
    expect(other).to_be_in_viewport()
    assert look(other, made(name, number)) == wanted
    assert there.complaints == []
    there.context.close()


def test_only_what_a_reader_sets_is_in_the_link(open_page):
    page = open_page(PAGE)
    _, line = figure(page, 1)
    address = copied(page, line).partition("#/figure-2/")[2].split("/")

    assert [part.partition("=")[0] for part in address[1:]] == [
        *("cat", "dog", "fish", "picture")
    ]


REFUSED = {
    "cat=999": "“cat” cannot be 999",
    "title=x": "“title” is no control of this figure",
    "cat=%3Cimg src=x onerror=alert(1)%3E": "“cat” cannot be <img src=x onerror=al",
}


@pytest.mark.parametrize("damage", [*REFUSED, "mark", "end"])
def test_a_damaged_link_is_refused_kindly_and_changes_nothing(
    open_page, browser, damage
):
    page = open_page(PAGE)
    place, line = figure(page, 1)
    start = look(place, made(PAGE, 1))
    place.evaluate(ELSEWHERE)
    base, _, rest = copied(page, line).partition("#/figure-2/")
    mark, cat, *more = rest.split("/")
    told = REFUSED.get(damage, "it does not fit this figure")
    cat = damage if damage in REFUSED else cat
    mark = "0" if damage == "mark" else mark
    if damage == "end":
        more, told = more[:1], "it does not say where “fish” stands"

    other, said, there = opened_at(
        browser, "/".join([f"{base}#/figure-2", mark, cat, *more]), 1
    )

    expect(said).to_contain_text(f"The link cannot be followed: {told}")
    assert look(other, made(PAGE, 1)) == start
    assert there.locator(".state-link img").count() == 0
    assert there.complaints == []
    there.context.close()


def test_a_figure_that_is_not_there_is_said_at_the_top(open_page):
    page = open_page(PAGE + "#/figure-9/x/y=1")

    said = page.locator("h1 + .state-link")
    expect(said).to_contain_text("a figure that this page does not have")
    assert page.evaluate("scrollY") == 0


def test_a_link_followed_on_the_page_itself_moves_the_figure(open_page):
    page = open_page(PAGE)
    place, line = figure(page, 1)
    place.evaluate(ELSEWHERE)
    wanted, url = look(place, made(PAGE, 1)), copied(page, line)
    page.evaluate("location.hash = '#goals'")
    place.evaluate("({ model }) => model.set('picture', 'cat')")
    place.evaluate("({ model }) => model.set('cat', 0)")

    page.evaluate("(url) => { location.href = url }", url)

    status = line.get_by_role("status")
    expect(status).to_have_text("The figure stands as in the link.")
    assert look(place, made(PAGE, 1)) == wanted


def test_without_a_clipboard_the_address_is_the_link(open_page):
    page = open_page(PAGE)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject() }")
    _, line = figure(page, 1)

    line.get_by_role("button", name=BUTTON).click()

    expect(line.get_by_role("status")).to_contain_text("the address of this page")
    assert "#/figure-2/" in page.url


@pytest.mark.parametrize("width", [320, 1280])
def test_the_line_is_usable_and_moves_nothing(open_page, width):
    page = open_page(PAGE, width=width, scheme="dark")
    _, line = figure(page, 1)
    button = line.get_by_role("button", name=BUTTON)
    assert button.bounding_box()["height"] >= 24
    button.focus()
    assert button.evaluate("(node) => getComputedStyle(node).outlineStyle") != "none"
    button.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page, within=".state-link") == []


def test_a_page_without_a_figure_loads_none_of_it(site):
    assert "widget_host" not in (site / "book/references.html").read_text("utf-8")
