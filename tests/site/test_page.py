"""One search box, colour modes, small screens, formulas, figures."""

import re

import pytest
from fontTools.ttLib import TTFont
from lxml import html
from playwright.sync_api import expect

from tests.site.pages import CHAPTER, CONTENTS, PAGES, sampled
from tests.site.test_first_visit import ALIVE

THEME = "document.documentElement.dataset.theme"
# Each piece of text of the drawn formulas, with the font that it is drawn in.
# The text of all drawn formulas, by the font that it should be drawn in.
DRAWN = """() => {
  const article = document.querySelector("article");
  const texts = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
  const drawn = {};
  while (texts.nextNode()) {
    const parent = texts.currentNode.parentElement;
    if (!parent.closest(".katex-html")) continue;
    const { fontFamily, fontWeight, fontStyle } = getComputedStyle(parent);
    const font = nameOf({ family: fontFamily, weight: fontWeight, style: fontStyle });
    drawn[font] = (drawn[font] ?? "") + texts.currentNode.data;
  }
  return drawn;
}"""
LOADED = """async () => {
  const fonts = await document.fonts.ready;
  return [...fonts].filter(({ status }) => status === "loaded").map(nameOf);
}"""
# Used by both: what KaTeX calls a font with this family, weight and style.
NAME_OF = """() => { window.nameOf = ({ family, weight, style }) => {
  const bold = Number(weight) >= 600 ? "Bold" : "";
  const italic = style === "italic" ? "Italic" : "";
  return `${family.split(",")[0].replaceAll('"', "")}-${bold + italic || "Regular"}`;
}; }"""
CUT_OFF = """() => [...document.querySelectorAll("main *")]
  .filter((node) => node.checkVisibility() && node.clientWidth > 1
    && node.scrollWidth > node.clientWidth + 1 && !node.closest(".katex-mathml")
    && !node.closest(".cell_input summary") // stands in full below it
    && ["hidden", "clip"].includes(getComputedStyle(node).overflowX))
  .map((node) => node.outerHTML.slice(0, 200))"""
INVISIBLE = set("\u200b\u2061 \n")


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("name", sampled(PAGES))
def test_there_is_exactly_one_way_into_search(open_page, name, width):
    page = open_page(name, width=width)
    boxes = page.locator("input[type=search][name=q]:visible").count()
    buttons = page.locator(".search-button__button:visible").count()
    assert (boxes, buttons) == ((1, 0) if name == "search.html" else (0, 1))


def test_the_page_follows_the_system_and_a_choice_is_kept_on_the_next_page(open_page):
    page = open_page("book/intro.html", scheme="dark")
    assert page.evaluate(THEME) == "dark"
    page.click(".theme-switch-button")
    expect(page.locator(".theme-switch-button")).to_have_attribute(
        "aria-label", "Colour mode: light"
    )
    page.goto(page.url.replace("book/intro.html", CHAPTER))
    assert page.evaluate(THEME) == "light"


# 320 pixels is also a screen of 1280 at a zoom of 400 %, and 640 one at 200 %.
@pytest.mark.parametrize("width", [320, 640])
@pytest.mark.parametrize("name", sampled(PAGES))
def test_on_a_small_screen_and_zoomed_in_nothing_is_lost(open_page, name, width):
    page = open_page(name, width=width)
    page.wait_for_function(ALIVE)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(CUT_OFF) == []


def test_what_is_cut_off_would_be_noticed(open_page):
    page = open_page("book/intro.html", width=320)
    page.evaluate("""document.querySelector("article p").style =
      "overflow: hidden; white-space: nowrap" """)
    assert len(page.evaluate(CUT_OFF)) == 1


@pytest.mark.parametrize("name", CONTENTS)
def test_every_formula_is_there_for_a_screen_reader_once(site, name):
    body = html.parse(str(site / name), html.HTMLParser(encoding="utf-8")).getroot()
    for formula in body.xpath('//*[@class="katex"]'):
        read, drawn = formula
        assert read.find("math") is not None
        assert "".join(read.itertext()).strip()
        assert drawn.get("aria-hidden") == "true"


@pytest.mark.parametrize("name", sampled(CONTENTS))
def test_browsers_read_formulas_and_drawings_as_they_are_meant(open_page, name):
    """A blank or a stroke holds nothing: it would, were its end overlooked."""
    page = open_page(name)
    inside = (
        "[...document.querySelectorAll('mspace, path, line')].map((e) => e.children)"
    )
    assert page.evaluate(f"{inside}.filter(({{ length }}) => length).length") == 0


def test_the_rail_marks_what_is_read_wherever_one_jumps(open_page):
    page = open_page(CHAPTER)
    page.wait_for_function(ALIVE)
    marked = page.locator("#pst-page-toc-nav [aria-current=true]")
    expect(marked).to_have_count(0)
    to = "document.querySelector('#pitfalls').scrollIntoView({ behavior: 'instant' })"
    page.evaluate(to)
    expect(marked).to_have_text("Pitfalls")
    page.evaluate("scrollBy({ top: -50, behavior: 'instant' })")
    expect(marked).not_to_have_text("Pitfalls")
    expect(marked).to_have_count(1)
    page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
    expect(marked).to_have_count(0)
    page.locator("#pst-page-toc-nav").get_by_text("Read more").click()  # at the end
    expect(marked).to_have_text("Read more")


def test_what_is_wider_scrolls_inside_itself_and_is_reached_by_tab(open_page):
    page = open_page(CHAPTER, width=360)
    page.set_viewport_size(
        {"width": 200, "height": 900}
    )  # too narrow for some formula of the chapter
    wide = """[...document.querySelectorAll(
        "article :is(pre, .katex-display, .pst-scrollable-table-container)"
      )].filter((box) => box.scrollWidth > box.clientWidth)"""
    # The theme waits a moment before it looks again.
    page.wait_for_function(f"{wide}.every((box) => box.tabIndex === 0)")
    tags = page.evaluate(f"{wide}.map((box) => box.tagName)")
    # Code and formulas; tables, unless all of them are lists here.
    assert {"PRE", "SPAN"} <= set(tags) <= {"PRE", "SPAN", "DIV"}


@pytest.mark.parametrize("name", sampled(CONTENTS))
def test_formulas_are_drawn_in_fonts_that_loaded_and_have_the_characters(
    open_page, site, name
):
    page = open_page(name)
    page.evaluate(NAME_OF)
    drawn = page.evaluate(DRAWN)
    loaded = page.evaluate(LOADED)
    assert set(drawn) <= set(loaded)
    for font, text in drawn.items():
        (path,) = (site / "_static").glob(f"{font}.*.woff2")
        missing = set(text) - INVISIBLE - set(map(chr, TTFont(path).getBestCmap()))
        assert not missing, f"{font} lacks {missing}"


def test_the_chapter_has_formulas_to_look_at(open_page):
    page = open_page(CHAPTER)
    page.evaluate(NAME_OF)
    assert "KaTeX_Main-Regular" in page.evaluate(DRAWN)


def test_figures_have_a_size_and_a_description(open_page):
    images = (
        open_page(CHAPTER)
        .locator("article :not(a) > img")
        .evaluate_all("all => all.map(i => [i.width, i.height, i.alt])")
    )
    assert images
    assert all(
        width > 99 and height > 99 and len(alt) > 20 for width, height, alt in images
    )


def test_every_page_has_a_title_and_a_description_of_its_own(site):
    heads = [(site / name).read_text("utf-8").partition("<body")[0] for name in PAGES]
    titles = [re.search(r"<title>(.+?)</title>", head)[1] for head in heads]
    descriptions = [
        re.search(r'name="description" content="(.+?)"', head)[1] for head in heads
    ]
    assert len(set(titles)) == len(set(descriptions)) == len(PAGES)
