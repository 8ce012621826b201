"""The calls of other libraries: their page, and the boxes of chapters."""

import re

import pytest
from lxml import html
from playwright.sync_api import expect

from book._ext.directives.frameworks import BOXES, number, place, title
from lossbook import frameworks
from lossbook.study.expressions import evaluate
from tests.site.test_accessibility import violations
from tests.site.test_keyboard import tab_to

pytestmark = pytest.mark.site

PAGE, HINGE = "book/frameworks.html", "book/hinge.html"
KEYS = BOXES["hinge"][1:]
LIBRARY = "scikit-learn"  # not the first of the tabs
SHOWN = """() => [...document.querySelectorAll("label[data-sync-group=frameworks]")]
  .filter(({ control }) => control.checked).map((label) => label.textContent.trim())"""


@pytest.fixture
def opened(open_page):
    """The box of a chapter, opened by keyboard, once its calls are there."""

    def show(name=HINGE, **options):
        page = open_page(name, **options)
        box = page.locator("details.calls")
        tab_to(page, "details.calls > summary")
        page.keyboard.press("Enter")
        expect(box.locator(".sd-tab-set").last).to_be_visible()
        return box

    return show


def written(value):
    return number(value).astext()


def test_a_box_shows_every_call_of_its_losses_and_the_traps_with_both_numbers(opened):
    box = opened()

    assert box.locator("li > p").all_text_contents() == [title(key) for key in KEYS]
    for key, item in zip(KEYS, box.locator("li:has(> p)").all(), strict=True):
        words = " ".join(item.text_content().split())
        for call in frameworks.calls(key):
            assert " ".join(call.code.split()) in words
            assert f"It prints {written(call.theirs)}." in words
            for trap in call.traps:
                ours = written(evaluate(trap.ours, {}))
                assert f"gives {written(trap.theirs)}, and not {ours}." in words


def test_of_a_box_nothing_is_fetched_before_it_is_opened(open_page):
    page, asked = open_page(HINGE), []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.wait_for_timeout(500)
    assert not [name for name in asked if "calls" in name or "frameworks" in name]
    page.locator("details.calls > summary").click()
    expect(page.locator("details.calls .sd-tab-set").last).to_be_visible()
    page.locator("details.calls > summary").click(click_count=2)
    assert [name for name in asked if "frameworks" in name] == ["frameworks.html"]


def test_a_library_chosen_once_is_shown_wherever_there_is_one_of_its_name(opened):
    box, page = (box := opened()), box.page
    for _ in range(2):  # past the first one, to what it is called in the next
        box.locator("input").first.focus()
    assert set(page.evaluate(SHOWN)) == {"PyTorch"}
    while LIBRARY not in page.evaluate(SHOWN):
        page.keyboard.press("ArrowRight")
    expect(box.get_by_text("hinge_loss([1, -1, 1], [2, -0.5, -1])")).to_be_visible()
    for key, shown in zip(KEYS, page.evaluate(SHOWN), strict=True):
        names = [call.framework for call in frameworks.calls(key)]
        assert shown == LIBRARY or LIBRARY not in names

    page.goto(page.url.replace(HINGE, PAGE))  # the page of all
    shown = page.evaluate(SHOWN)
    assert shown.count(LIBRARY) > 10
    page.locator("label[data-sync-id=keras]").first.click()
    page.goto(page.url.replace(PAGE, "book/mean_squared_error.html"))
    page.locator("details.calls > summary").click()
    expect(page.get_by_text("keras.losses.MeanSquaredError()")).to_be_visible()
    assert page.evaluate(SHOWN) == ["Keras"]


def test_the_program_of_a_call_is_copied_as_a_whole(opened):
    box = opened(permissions=["clipboard-read", "clipboard-write"])
    first = box.locator(".copy-code").first
    first.click()
    expect(first).to_have_attribute("title", "Copied")

    copied = box.page.evaluate("navigator.clipboard.readText()")
    assert copied == frameworks.calls(KEYS[0])[0].code.strip()


def test_where_the_calls_cannot_be_fetched_it_is_said_and_tried_again(open_page):
    page = open_page(HINGE)
    page.route("**/frameworks.html", lambda route: route.abort())
    page.locator("details.calls > summary").click()
    said = page.locator("details.calls [role=status]")
    expect(said).to_contain_text("could not be fetched")
    expect(page.locator("details.calls a").first).to_be_visible()

    page.unroute("**/frameworks.html")
    page.locator("details.calls > summary").click()
    page.locator("details.calls > summary").click()
    expect(page.locator("details.calls .sd-tab-set").last).to_be_visible()
    expect(said).to_have_count(0)
    assert page.locator("details.calls .sd-tab-set").count() == len(KEYS)


def test_without_scripts_the_links_of_a_box_lead_to_the_losses(open_page):
    page = open_page(HINGE, java_script_enabled=False)
    page.locator("details.calls > summary").click()
    page.locator("details.calls a").first.click()

    assert page.url.endswith(f"/{PAGE}#{place(KEYS[0])}")
    expect(page.locator(f"#{place(KEYS[0])} > h2")).to_be_in_viewport()


@pytest.mark.parametrize("topic", BOXES)
def test_what_a_box_asks_for_is_there_under_names_that_the_page_has_not(site, topic):
    chapter, calls = (
        html.parse(str(site / "book" / f"{name}.html"))
        for name in (topic, "frameworks")
    )
    (box,) = chapter.xpath("//details[@class='calls']")
    for link in box.xpath(".//a/@href"):
        name, _, section = link.partition("#")
        assert name == "frameworks.html"
        assert len(calls.xpath(f"//section[@id='{section}']//*[@class]//label")) >= 1
    own = {*chapter.xpath("//@id")}
    assert not {name for name in own if re.match("calls-", name)}


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_axe_finds_nothing_in_an_open_box_whatever_is_chosen(opened, width, scheme):
    box = opened("book/cross_entropy.html", width=width, scheme=scheme)
    for name in frameworks.frameworks():
        labels = box.locator("label", has_text=name)
        if labels.count():
            labels.first.click()
            box.page.wait_for_timeout(400)  # stops of the keyboard come with a delay
            assert violations(box.page, "details.calls") == [], name
    assert box.page.evaluate("document.documentElement.scrollWidth") <= width
