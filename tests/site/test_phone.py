"""On a phone: a chapter in fewer screens, with nothing of it folded away for good."""

from urllib.parse import quote, urljoin

import pytest
from playwright.sync_api import expect

from book._ext.site.chapter import TURNS
from lossbook import lessons
from tests.site.pages import CHAPTER

pytestmark = pytest.mark.site

WIDTH = 390
LONG = "book/cross_entropy.html"
PRACTICE = "book/hinge_practice.html"
# Three quarters of what they were before they had a look of their own.
HEIGHTS = {CHAPTER: 14_322, LONG: 20_467, "book/hinge.html": 19_332}
ALL_TOGETHER = """async () => {
  for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight / 2) {
    scrollTo(0, y);
    await new Promise((done) => setTimeout(done, 50));
  }
}"""
SHOWN = "all => all.map((one) => one.checkVisibility())"
ALIVE = "!document.querySelector(':is([data-study], [data-model]):not([data-live])')"


@pytest.mark.parametrize("name", HEIGHTS)
def test_a_chapter_is_a_quarter_shorter_than_it_was(open_page, name):
    page = open_page(name, width=WIDTH)
    page.evaluate(ALL_TOGETHER)  # what loads when it comes near
    page.wait_for_function(ALIVE)
    height = page.evaluate("document.documentElement.scrollHeight")
    assert height <= HEIGHTS[name]


def test_no_explanation_is_folded_away(open_page):
    page = open_page(LONG, width=WIDTH, java_script_enabled=False)
    hidden = page.locator("article section > p, article section > ul").evaluate_all(
        "all => all.filter((part) => !part.checkVisibility()"
        " && !part.closest('.sd-tab-set')).map((part) => part.textContent)"
    )
    assert hidden == []


def test_one_question_shows_at_a_time_and_the_others_are_a_key_away(open_page):
    page = open_page(PRACTICE, width=WIDTH)
    quiz = page.locator(".study-quiz")
    expect(quiz).to_have_attribute("data-live", "")
    shown = quiz.locator(".question:visible")
    count = quiz.locator(".question").count()
    ways = {way: quiz.get_by_role("button", name=way) for way in ("Previous", "Next")}
    expect(shown).to_have_count(1)
    expect(ways["Previous"]).to_be_disabled()
    seen = [shown.get_attribute("data-id")]
    assert count > 1
    for number in range(2, count + 1):
        ways["Next"].press("Enter")
        expect(shown).to_have_count(1)
        expect(shown.locator("legend")).to_be_focused()
        expect(quiz.locator(".way")).to_contain_text(f"{number} of {count}")
        seen.append(shown.get_attribute("data-id"))
    assert len({*seen}) == count
    expect(ways["Next"]).to_be_disabled()
    ways["Previous"].press("Enter")
    expect(shown).to_have_attribute("data-id", seen[-2])


def test_a_question_that_stands_alone_shows(open_page):
    page = open_page("book/hinge.html", width=WIDTH)
    quiz = page.locator(".study-quiz").first
    quiz.scroll_into_view_if_needed()
    expect(quiz).to_have_attribute("data-live", "")
    expect(quiz.locator(".question")).to_have_count(1)
    expect(quiz.locator(".question")).to_be_visible()


def test_a_wide_page_paper_and_a_page_without_scripts_show_all_questions(open_page):
    still = open_page(PRACTICE, width=WIDTH, java_script_enabled=False)
    count = still.locator(".study-quiz .question").count()
    expect(still.locator(".study-quiz .question:visible")).to_have_count(count)
    page = open_page(PRACTICE, width=WIDTH)
    expect(page.locator(".study-quiz .question:visible")).to_have_count(1)
    page.emulate_media(media="print")
    expect(page.locator(".study-quiz .question:visible")).to_have_count(count)
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(page.locator(".study-quiz .question:visible")).to_have_count(count)
    expect(page.locator(".study-quiz .way")).to_be_hidden()


def test_a_search_in_the_page_finds_the_rest_of_a_dialogue(open_page):
    page = open_page(LONG, width=WIDTH)
    turns = page.locator(".dialogue .turn")
    assert turns.evaluate_all(SHOWN).count(True) == TURNS
    words = lessons.dialogue("cross_entropy").sentences[-1].text.split()[:5]
    # A link to a text looks for it as a search in the page does.
    page = open_page(f"{LONG}#:~:text={quote(' '.join(words))}", width=WIDTH)
    expect(page.locator(".dialogue .turn").last).to_be_visible()


def test_on_paper_and_on_a_wide_page_a_dialogue_is_whole(open_page):
    page = open_page(LONG, width=WIDTH)
    last = page.locator(".dialogue .turn").last
    page.emulate_media(media="print")
    expect(last).to_be_visible()
    expect(page.get_by_text("Go on with the dialogue")).to_be_hidden()
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(last).to_be_visible()
    expect(page.get_by_text("Go on with the dialogue")).to_be_hidden()


def test_a_row_of_a_wide_table_is_a_list_with_the_names_of_its_columns(open_page):
    page = open_page(LONG, width=WIDTH)
    table = page.locator("table.columns").first
    cell = table.locator("td[data-column]").nth(1)
    content = cell.evaluate("cell => getComputedStyle(cell, '::before').content")
    assert content.strip('"') == table.locator("th").nth(1).text_content().strip()
    power = page.locator("td > .column", has_text="power").first
    expect(power).to_be_visible()
    assert power.locator("math msup").count() == 1  # and not "power ezj"
    for one in page.locator("table.columns").all():
        assert one.evaluate("table => table.getBoundingClientRect().right") <= WIDTH
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(power).to_be_hidden()


# Of formulas with a sign behind them those whose sign stands on the next line.
LEFT_ALONE = """[...document.querySelectorAll(".tied")].filter((tied) => {
  const sign = document.createRange();
  sign.selectNode(tied.lastChild);
  const drawn = tied.querySelector(".katex-html").lastElementChild;
  return tied.checkVisibility()
    && sign.getBoundingClientRect().top >= drawn.getBoundingClientRect().bottom;
}).map((tied) => tied.textContent)"""


@pytest.mark.parametrize("name", ["book/similarity.html", "book/api/poisson.html"])
def test_no_line_begins_with_the_sign_after_a_formula(open_page, name):
    page = open_page(name, width=WIDTH)
    assert page.locator(".tied").count() > 5
    assert page.evaluate(LEFT_ALONE) == []


def test_a_recording_has_a_bar_to_seek_in_on_a_line_of_its_own(open_page):
    player = open_page(CHAPTER, width=WIDTH).locator(".recording").first
    name, bar = player.locator("figcaption"), player.locator("audio")
    assert bar.bounding_box()["width"] > 0.9 * player.bounding_box()["width"]
    bottom = name.bounding_box()["y"] + name.bounding_box()["height"]
    assert bar.bounding_box()["y"] >= bottom


def test_an_answer_takes_the_place_of_the_fields_of_a_guess(open_page):
    page = open_page(CHAPTER, width=WIDTH)
    figure = page.locator(".lossbook-predict")
    figure.scroll_into_view_if_needed()
    fields = figure.get_by_role("spinbutton")
    fields.first.fill("3")
    before = figure.bounding_box()["height"]
    figure.get_by_role("button", name="Reveal").press("Enter")
    expect(figure.locator(".readout")).to_contain_text("where you drew 3.00")
    expect(fields.first).to_be_hidden()
    expect(figure.get_by_role("button", name="Try again")).to_be_focused()
    assert abs(figure.bounding_box()["height"] - before) < 20  # no line jumps


def test_a_formula_is_copied_as_latex_by_keyboard(open_page):
    page = open_page(LONG)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    address = page.locator("article").get_attribute("data-tex")
    tex = page.request.get(urljoin(page.url, address)).json()
    buttons = page.locator("div.math > .copy-tex")
    assert buttons.count() == len(tex) > 5
    buttons.nth(1).press("Enter")
    expect(buttons.nth(1)).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == tex[1] == r"\ell = -\sum_{j=1}^{k} y_j \log p_j"


def test_a_formula_in_a_text_is_copied_once(open_page):
    page = open_page(CHAPTER)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    words = (
        "getSelection().selectAllChildren(document.querySelector('#definition > p'))"
    )
    page.evaluate(words)
    page.keyboard.press("Control+c")
    copied = page.evaluate("navigator.clipboard.readText()")
    said = " ".join(copied.split())  # a browser breaks the line at a formula
    assert said.startswith("For example number i a model predicts")
    assert "\u200b" not in copied
