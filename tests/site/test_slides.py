"""The slides of every chapter: nothing is cut off, figures move, code runs.

In both forms, 16 to 9 and 4 to 3, and with every figure moved.
"""

import re
import shutil
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import numpy as np
import pikepdf
import pytest
from lxml import html
from playwright.sync_api import expect

from tests.site import explorers
from tests.site.conftest import PATIENCE, ForTests
from tests.site.test_accessibility import violations
from tools import cache
from tools.build.doors import leaks, slides
from tools.build.doors.slides import building
from tools.serving import served

DECKS = building.chapters()
FORMS = {"16x9": (1280, 720), "4x3": (1152, 864)}
FOLDER = "doors/slides"


@pytest.fixture(scope="module")
def decks(site, tmp_path_factory):
    """A site with slides, made now."""
    whole = tmp_path_factory.mktemp("slides") / "html"
    cache.copy(site, whole)
    shutil.rmtree(whole / FOLDER, ignore_errors=True)
    slides.build(whole / FOLDER, site)
    return whole


@pytest.fixture(scope="module")
def address(decks):
    with served(decks, ForTests) as here:
        yield f"{here}{FOLDER}/"


@pytest.fixture
def opened(browser, address):
    """Open a page beside the slides; what it complains of makes the test fail."""
    contexts, complaints = [], []

    def get(name, form="16x9", scheme="light", size=None, **options):
        width, height = size or FORMS[form]
        options |= {"viewport": {"width": width, "height": height}}
        contexts.append(browser.new_context(color_scheme=scheme, **options))
        contexts[-1].set_default_timeout(PATIENCE)
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda said: (
                said.type in ("error", "warning") and complaints.append(said.text)
            ),
        )
        page.on(
            "request",
            lambda asked: (
                urlsplit(asked.url).hostname in ("127.0.0.1", "", None)
                or complaints.append(asked.url)
            ),
        )
        page.goto(f"{address}{name}")
        return page

    yield get
    for context in contexts:
        context.close()
    assert not complaints


def deck(opened, name, form="16x9", at="", **options):
    """Open a deck, at a slide."""
    page = opened(f"{name}.html?ratio={form}{at and '#/' + at}", form, **options)
    page.locator(".reveal.ready").wait_for()
    return page


def tree(decks, name):
    return html.fromstring((decks / FOLDER / name).read_text("utf-8"))


@pytest.mark.parametrize("name", DECKS)
def test_a_deck_has_the_figures_the_code_and_the_questions_of_its_page(decks, name):
    made = tree(decks, f"{name}.html")
    page = html.fromstring((decks / "book" / f"{name}.html").read_text("utf-8"))
    for place_to_break in page.xpath("//wbr"):
        place_to_break.drop_tag()
    for path in (
        "//@data-model",
        "//div[contains(@class, 'cell_input')]//pre/text()[1]",
        "//*[@class='katex-display']//annotation/text()",
    ):
        assert made.xpath(path) == page.xpath(f"//article{path}")
    asked = set(made.xpath("//@data-poll"))
    quizzes = "//*[@data-study='quiz']//*[@data-kind='one' or @data-kind='several']"
    assert asked == set(page.xpath(f"{quizzes}/@data-id"))
    names = made.xpath("//section/@id")
    assert len(names) == len(set(names)) > 15
    assert all(
        section.xpath("./aside[@class='notes']/p")
        for section in made.xpath("//section")
    )


@pytest.mark.parametrize("name", DECKS)
def test_words_of_a_deck_stand_there_once_and_code_keeps_its_bold_words(decks, name):
    made = tree(decks, f"{name}.html")
    for words in made.xpath("//*[@class='kicker'] | //section//h2"):
        said = " ".join(words.xpath(".//text()[not(ancestor::*[@aria-hidden])]"))
        assert not re.search(r"([α-ω])\1|\((source|\w+ \d{4})\)", said), said
    for code in made.xpath("//section//div[@class='body']//pre"):
        text = code.text_content()
        assert not text.startswith("\n") and not text.rstrip(" ").endswith("\n\n")
        if re.search(r"^(def|for|with) ", text, re.MULTILINE):
            assert code.xpath(".//b"), text


@pytest.mark.parametrize("name", DECKS)
def test_slides_ask_what_the_book_asks_and_never_what_exams_ask(decks, name):
    text = (decks / FOLDER / f"{name}.html").read_text("utf-8")
    hidden = leaks.secrets()
    assert len(set(hidden.values())) > 60
    assert not {each for each in hidden if each in text}


@pytest.mark.parametrize("name", [*DECKS, "index"])
def test_every_link_and_file_of_a_deck_is_there(decks, name):
    for page in {f"{name}.html", f"{name}_notes.html"} - {"index_notes.html"}:
        for each in tree(decks, page).xpath("//@href | //@src"):
            target, place = urldefrag(urljoin(f"/{FOLDER}/{page}", each))
            file = decks / target.lstrip("/").partition("?")[0]
            if re.match(r"\w+:", each):
                continue
            assert file.is_file(), f"{page}: {each}"
            if place and file.parent.name == "book":
                named = rf"\bid=\"?{re.escape(place)}[\s\">]"
                assert re.search(named, file.read_text("utf-8")), f"{page}: {each}"


@pytest.mark.parametrize("name", [*DECKS, "index"])
def test_a_deck_keeps_the_policy_of_the_site_without_a_script_of_its_own(decks, name):
    page = tree(decks, f"{name}.html")
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert "script-src 'self';" in policy
    assert all(script.get("src") and not script.text for script in page.iter("script"))
    assert not page.xpath("//@*[starts-with(name(), 'on')]")


# What is wrong on a slide, and how figures are moved.
LOOKING = (Path(__file__).parent / "slides.js").read_text("utf-8")
FAULTS = f"() => ({LOOKING}).faults()"
MOVES = f"(place) => ({LOOKING}).moved(place)"


def faults_of(page, form):
    """What is wrong on the present slide, as it is and with its figures moved."""
    found = page.evaluate(FAULTS)
    for place in page.locator("section.present .moving").all():
        found += place.evaluate(MOVES) + page.evaluate(FAULTS)
    return found


def slides_in_turn(page, form):
    """Every slide, once what it shows is there."""
    sections = page.locator(".slides > section")
    names = sections.evaluate_all("(all) => all.map(({ id }) => id)")
    for number, name in enumerate(names):
        if number:
            page.keyboard.press("PageDown")
        expect(page.locator("section.present")).to_have_attribute("id", name)
        for place in page.locator("section.present .moving").all():
            expect(place).to_have_attribute("data-fits", form)
            place.locator(".readout").wait_for(state="attached")
        yield name


@pytest.mark.site
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", DECKS)
def test_nothing_on_a_slide_is_cut_off_or_too_small(opened, name, form):
    page = deck(opened, name, form, scheme="dark" if form == "4x3" else "light")
    # Nobody knows the fonts of a room: they are as wide here as they come.
    style = "document.documentElement.style"
    page.evaluate(f"{style}.setProperty('--text', 'DejaVu Serif')")
    found = {
        slide: faults
        for slide in slides_in_turn(page, form)
        if (faults := faults_of(page, form))
    }
    assert not found


# How much of a slide is empty below what is on it.
EMPTY = """(slide) => {
  const { bottom, height } = slide.getBoundingClientRect();
  const shown = [...slide.querySelectorAll(".body :is(li, td, pre)")];
  const last = shown.map((node) => node.getBoundingClientRect().bottom);
  return (bottom - Math.max(...last)) / height;
}"""


@pytest.mark.site
def test_what_is_on_a_higher_slide_reaches_its_lower_third(opened):
    for name, at in [("cross_entropy", "goals"), ("hinge", "by-hand")]:
        page = deck(opened, name, "4x3", at=at)
        assert page.locator("section.present > .slide").evaluate(EMPTY) < 1 / 3


@pytest.mark.site
def test_the_address_of_a_slide_is_no_link_to_a_figure(opened):
    page = deck(opened, "hinge", at="picture")
    expect(page.locator("section.present .moving")).to_have_attribute(
        "data-fits", "16x9"
    )
    expect(page.locator(".state-link[role=status], h1 + .state-link")).to_have_count(0)


HEIGHTS = """(all) => all.map((formula) =>
    formula.offsetHeight / parseFloat(getComputedStyle(formula).fontSize))"""


@pytest.mark.site
@pytest.mark.parametrize("name", ["going_further", "similarity"])
def test_formulas_are_as_high_in_their_letters_as_on_the_page(opened, open_page, name):
    """Rules of rare pieces stand in the page itself, and lines fell on each other."""
    formulas = ".katex-display > .katex > .katex-html"
    page = open_page(f"book/{name}.html").locator(f"article {formulas}")
    made = opened(f"{name}.html?print-pdf").locator(f".body {formulas}")
    expect(made).to_have_count(page.count())
    assert made.evaluate_all(HEIGHTS) == pytest.approx(
        page.evaluate_all(HEIGHTS), abs=0.05
    )


@pytest.mark.site
def test_what_is_cut_off_or_too_small_would_be_noticed(opened):
    page = deck(opened, "mnemonics", at="goals")
    assert page.evaluate(FAULTS) == []
    for style, fault in {
        "font-size: 12px": "12.0 px",
        "margin-left: 2000px": "px out",
        "height: 900px": "px out",
    }.items():
        item = page.locator("section.present li").first
        item.evaluate("(item, style) => item.setAttribute('style', style)", style)
        assert fault in " ".join(page.evaluate(FAULTS))


@pytest.mark.site
@pytest.mark.parametrize("form", FORMS)
def test_figures_that_are_dragged_on_a_slide_say_what_python_says(opened, form):
    page = deck(opened, "hinge", form, at="picture", size=(1000, 700))
    place = page.locator("section.present .moving")
    expect(place).to_have_attribute("data-fits", form)
    explorer = explorers.made("book/hinge.html", 1)
    rng = np.random.default_rng(4)
    drag = explorers.mouse_drag(page)
    assert not explorers.move(
        place, explorer, explorers.by_dragging(place, rng, drag, 1)
    )
    assert not explorers.move(place, explorer, explorers.by_keyboard(place, rng, 1))
    assert page.locator("section.present").get_attribute("id") == "picture"


@pytest.mark.site
def test_keys_change_the_form_and_the_colours(opened):
    page = deck(opened, "hinge", at="picture")
    root = page.locator("html")
    expect(root).to_have_attribute("data-theme", "light")
    page.keyboard.press("d")
    expect(root).to_have_attribute("data-theme", "dark")
    paper = page.locator("section.present .slide").evaluate(
        "(s) => getComputedStyle(s).backgroundColor"
    )
    assert paper == "rgb(17, 23, 29)"
    size = "(slide) => [slide.offsetWidth, slide.offsetHeight]"
    slide = page.locator("section.present .slide")
    assert slide.evaluate(size) == [1280, 720]
    page.keyboard.press("r")
    assert slide.evaluate(size) == [1152, 864]
    expect(page.locator("section.present .moving")).to_have_attribute(
        "data-fits", "4x3"
    )
    assert page.evaluate(FAULTS) == []


@pytest.mark.site
def test_hands_that_were_counted_come_back_with_the_answer(opened):
    page = deck(opened, "hinge", at="hinge-loss-2")
    hands = page.locator("section.present input")
    for choice, number in zip(hands.all(), ["12", "3", "0", "15"], strict=True):
        choice.fill(number)
    hands.last.press("ArrowUp")  # adds a hand, and turns no slide
    expect(hands.last).to_have_value("16")
    page.evaluate("location.hash = '#/hinge-loss-3'")
    page.wait_for_function(
        "document.querySelector('section.present').id === 'hinge-loss-3'"
    )
    answers = page.locator("section.present .poll > li")
    assert answers.locator("output").all_inner_texts() == ["12", "3", "", "16"]
    expect(page.locator("section.present .poll > li.right")).to_contain_text("✓ right")
    page.reload()
    expect(answers.locator("output").first).to_have_text("12")


@pytest.mark.site
def test_the_notes_follow_the_slides_and_turn_them(opened):
    page = deck(opened, "hinge", at="goals")
    with page.expect_popup() as opening:
        page.keyboard.press("s")
    notes = opening.value
    now = notes.locator("[aria-current=step]")
    expect(now).to_have_attribute("id", "goals")
    page.keyboard.press("PageDown")
    expect(now).to_have_attribute("id", "overview")
    notes.get_by_role("button", name="Next").click()
    expect(page.locator("section.present")).to_have_attribute("id", "analogy")
    notes.keyboard.press("ArrowLeft")
    expect(page.locator("section.present")).to_have_attribute("id", "overview")
    expect(notes.locator("[role=timer]")).to_contain_text(
        re.compile(r"^0:\d\d · this slide to \d+:\d\d$")
    )
    expect(notes.locator("#goals")).to_contain_text("Mistakes to expect")


@pytest.mark.site
@pytest.mark.parametrize("form", FORMS)
def test_a_deck_prints_as_one_page_a_slide(opened, decks, form, tmp_path):
    page = opened(f"hinge.html?print-pdf&ratio={form}", form)
    count = len(tree(decks, "hinge.html").xpath("//section"))
    expect(page.locator(".pdf-page")).to_have_count(count)
    page.wait_for_load_state("networkidle")
    path = tmp_path / "hinge.pdf"
    page.pdf(path=path, prefer_css_page_size=True, print_background=True)
    with pikepdf.open(path) as printed:
        assert len(printed.pages) == count
        width, height = (float(each) for each in printed.pages[0].MediaBox[2:])
        assert width / height == pytest.approx(np.divide(*FORMS[form]), abs=0.01)
        assert all(map(has_words, printed.pages))


def has_words(thing):
    """Whether a page of a PDF, or a part of one, sets text."""
    words = (thing.Contents if "/Contents" in thing else thing).read_bytes()
    parts = thing.Resources.get("/XObject", {}).values()
    forms = [part for part in parts if part.Subtype == "/Form"]
    return bool(re.search(rb"\bT[jJ]\b", words)) or any(map(has_words, forms))


@pytest.mark.site
def test_the_handout_has_each_slide_with_what_is_said(opened, decks):
    page = opened("hinge_notes.html")
    rows = page.locator("main > section")
    expect(rows).to_have_count(len(tree(decks, "hinge.html").xpath("//section")))
    assert page.locator(".pace").count() == 0
    assert (
        page.locator("#picture img").evaluate("(picture) => picture.naturalWidth") > 99
    )
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.site
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_slides_and_notes_have_no_violation(opened, scheme):
    for at in (
        "start",
        "hinge-loss-2",
        "analogy",
        "picture",
        "the-kink",
        "hinge-loss-3",
    ):
        page = deck(opened, "hinge", at=at, scheme=scheme)
        if at == "picture":
            expect(page.locator("section.present .moving")).to_have_attribute(
                "data-fits", "16x9"
            )
        assert violations(page) == [], at
    for name in ("hinge_notes.html", "index.html"):
        assert violations(opened(name, scheme=scheme)) == [], name


@pytest.mark.lite
def test_code_on_a_slide_runs_after_that_of_earlier_slides(opened):
    page = deck(opened, "hinge", at="by-hand-3")
    page.locator("section.present").get_by_role(
        "button", name="Run", exact=True
    ).click()
    printed = page.locator("section.present .body .live-output")
    expect(printed).to_contain_text("mean 0.975", timeout=2 * PATIENCE)
    assert page.evaluate("document.querySelector('section.present').id") == "by-hand-3"
