"""What a browser fetches, says and moves on a first visit: little, nothing, nothing.

What is counted: every file that a browser with an empty cache asks for until a page is
still, in a window of 1280 by 900 that nobody scrolls, as gzip makes it (fonts as they
are).  Figures that move, quizzes and cards count; pictures and recordings do not.  Of
the next page, the HTML alone: the rest is in the cache.
"""

import gzip
import json
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.site.pages import CHAPTER, COME_NEAR, CONTENTS, PAGES, sampled
from tools.check import widget_files

LIMIT_WITH_FORMULAS, LIMIT_WITHOUT, LIMIT_NEXT_PAGE = 100_000, 40_000, 25_000
FRONT, LIMIT_FRONT = "book/intro.html", 60_000
LIMIT_LESSON = 60_000  # a figure, a formula, and few words
LIMIT_WIDGETS = 40_000  # once all are there, for up to three; more in proportion
FIGURES_AND_AUDIO = {".svg", ".png", ".jpg", ".mp3", ".m4a", ".vtt"}
USUAL = {".html": 15_000, ".css": 21_000, ".js": 11_000, ".woff2": 7_000}
# No figure that is seen waits for its script any more.
ALIVE = """[...document.querySelectorAll("[data-model]:not([data-live])")].every(
  (place) => { const { top, bottom } = place.getBoundingClientRect();
               return top > innerHeight || bottom < 0; })"""
# Chapters have a figure and a question at their top, others below and at their end.
WITH_MORE_BELOW = [
    f"book/{name}.html"
    for name in ("cross_entropy", "mean_squared_error", "hinge", "what_is_a_loss")
]
# A browser now and then tells a page of a mouse that nobody moved, and the page fetches
# what readers who stir may soon ask for.
NOBODY_STIRS = """
  addEventListener("pointermove", (event) => event.stopImmediatePropagation(), true);
"""
WATCH_SHIFTS = """
  window.shift = 0;
  new PerformanceObserver((list) => {
    for (const { value } of list.getEntries()) window.shift += value;
  }).observe({ type: "layout-shift", buffered: true });
"""


# What a reader sees who comes before a script does, long after the page was opened.
HEIGHTS = """async () => {
  const found = {};
  const height = (root) => root.getBoundingClientRect().height;
  const late = [...document.querySelectorAll("[data-waits]:not([data-live])")];
  const running = ({ playState }) => playState === "running";
  for (const one of document.getAnimations().filter(running)) one.finish();
  for (const [i, root] of late.entries()) {
    const before = height(root);
    root.scrollIntoView({ block: "end", behavior: "instant" });
    while ("waits" in root.dataset) await new Promise((done) => setTimeout(done, 20));
    found[`${root.dataset.study} ${i}`] = [before, height(root)].map(Math.round);
  }
  return found;
}"""


@dataclass
class Visit:
    """A first visit to one page, from an empty cache."""

    urls: list = field(default_factory=list)
    complaints: list = field(default_factory=list)
    shift: float = 0.0


@pytest.fixture(scope="module")
def visit(browser, server):
    """Visit a page once per width: all tests of this module look at that visit."""
    made = {}

    def visited(name, width=1280):
        if (name, width) not in made:
            made[name, width] = look(browser, server + name, width)
        return made[name, width]

    return visited


def look(browser, url, width):
    with browser.new_context(viewport={"width": width, "height": 900}) as context:
        page, seen = context.new_page(), Visit()
        page.on("request", lambda request: seen.urls.append(request.url))
        page.on(
            "requestfailed",
            # Of a recording a browser takes the beginning, and breaks off.
            lambda request: (
                request.resource_type == "media"
                or seen.complaints.append(f"failed: {request.url}")
            ),
        )
        page.on(
            "response",
            lambda reply: (
                reply.ok or seen.complaints.append(f"{reply.status}: {reply.url}")
            ),
        )
        page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        page.on(
            "console",
            lambda said: (
                said.type in ("error", "warning") and seen.complaints.append(said.text)
            ),
        )
        page.add_init_script(WATCH_SHIFTS + NOBODY_STIRS)
        # Not until the network is idle: a recording keeps its connection for long.
        page.goto(url)
        page.wait_for_function(ALIVE)
        page.wait_for_timeout(500)
        seen.shift = page.evaluate("window.shift")
    return seen


def weights(urls, site):
    """Bytes that travel for each file: gzip, but fonts are compressed already."""
    files = {}
    for path in {urlsplit(url).path.lstrip("/") for url in urls}:
        kind, content = PurePosixPath(path).suffix, (site / path).read_bytes()
        if kind not in FIGURES_AND_AUDIO:
            files[path] = len(
                content if kind == ".woff2" else gzip.compress(content, 9)
            )
    return files


def overweight(files, limit):
    """Nothing, or a table of the files that says which outgrew their usual weight."""
    if (total := sum(files.values())) <= limit:
        return ""
    lines = [f"{total:,} bytes, {total - limit:,} more than the {limit:,} allowed:"]
    for path, weight in sorted(files.items(), key=lambda item: -item[1]):
        excess = weight - USUAL.get(PurePosixPath(path).suffix, 0)
        lines.append(
            f"{weight:>9,}  {path}"
            + (f"  <- {excess:,} over the usual" if excess > 0 else "")
        )
    return "\n".join(lines)


@pytest.mark.parametrize("name", sampled(PAGES))
def test_every_request_goes_to_the_site_itself(visit, server, name):
    assert {urlsplit(url).netloc for url in visit(name).urls} == {
        urlsplit(server).netloc
    }


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("name", sampled(PAGES))
def test_nothing_fails_and_the_console_stays_silent(visit, name, width):
    assert visit(name, width).complaints == []


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("name", sampled(PAGES))
def test_nothing_jumps_while_the_page_loads(visit, name, width):
    assert visit(name, width).shift <= 0.02


@pytest.mark.parametrize("name", sampled(PAGES))
def test_a_first_visit_is_light(visit, site, name):
    text = (site / name).read_text("utf-8")
    has_formulas = "katex-html" in text or "<math" in text
    limit = LIMIT_WITH_FORMULAS if has_formulas else LIMIT_WITHOUT
    if name == FRONT:
        limit = LIMIT_FRONT
    if name.endswith("_lesson.html"):
        limit = LIMIT_LESSON
    too_much = overweight(weights(visit(name).urls, site), limit)
    assert not too_much, f"{name}: {too_much}"


@pytest.mark.parametrize("name", sampled(WITH_MORE_BELOW))
@pytest.mark.parametrize("width", [1280, 360])
def test_what_stands_below_is_fetched_when_a_reader_comes_near_and_nothing_jumps(
    browser, server, site, name, width
):
    urls = []
    with browser.new_context(viewport={"width": width, "height": 900}) as context:
        page = context.new_page()
        page.on("request", lambda request: urls.append(request.url))
        page.add_init_script(WATCH_SHIFTS)
        page.goto(server + name)
        page.wait_for_function(ALIVE)
        page.wait_for_timeout(500)
        top = server + "_static/"
        states = [top + state for state in widget_files.models(site, name)]
        assert states[0] in urls
        assert states[-1] not in urls
        at_the_end = page.locator("[data-study]").last
        expect(at_the_end).not_to_have_attribute("data-live", "")

        page.evaluate(COME_NEAR)

        assert {*states} <= {*urls}
        assert sum("/quiz." in url for url in urls) == 2  # its script, and its sheet
        expect(at_the_end).to_have_attribute("data-live", "")
        assert page.evaluate("window.shift") <= 0.02


@pytest.mark.parametrize("width", [1280, 360])
def test_nothing_jumps_for_a_reader_who_is_led_to_the_questions(browser, server, width):
    seen = look(browser, server + CHAPTER + "#check-yourself", width)

    assert any("/quiz." in url for url in seen.urls)
    assert seen.shift <= 0.02


@pytest.mark.site
@pytest.mark.parametrize("name", WITH_MORE_BELOW)
def test_no_script_and_no_late_sheet_styles_the_whole_page_again(browser, server, name):
    with browser.new_context(viewport={"width": 390, "height": 900}) as context:
        page = context.new_page()
        browser.start_tracing(page=page, categories=["devtools.timeline"])
        page.goto(server + name)
        page.wait_for_function(ALIVE)
        page.wait_for_load_state("networkidle")
        events = json.loads(browser.stop_tracing())["traceEvents"]
        elements = page.locator("*").count()
    began = min(
        event["ts"]
        for event in events
        if event["name"] == "EvaluateScript"
        and "/site." in event["args"]["data"].get("url", "")
    )
    styled = [
        event["args"]["elementCount"]
        for event in events
        if event["name"] == "UpdateLayoutTree" and event["ts"] > began
        if "elementCount" in event["args"]
    ]
    assert 0 < max(styled) < elements / 4


@pytest.mark.parametrize("sign", ["print", "key"])
def test_quizzes_far_below_come_before_they_are_printed(open_page, sign):
    page = open_page(CHAPTER)
    quiz = page.locator("[data-study]").last
    page.wait_for_function(ALIVE)
    expect(quiz).not_to_have_attribute("data-live", "")

    if sign == "print":
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
    else:
        page.keyboard.press("Control")

    expect(quiz).to_have_attribute("data-live", "")
    assert page.evaluate("scrollY") == 0


@pytest.mark.parametrize("name", PAGES)
def test_the_widgets_of_a_page_are_light(site, name):
    count = len(widget_files.models(site, name))
    files = widget_files.files(site, name)
    too_much = overweight(files, LIMIT_WIDGETS * max(1, count / 3))
    assert not too_much, f"{name}, {count} widgets: {too_much}"
    assert bool(files) == ("data-model=" in (site / name).read_text("utf-8"))


@pytest.mark.parametrize("name", CONTENTS)
def test_the_next_page_is_light(site, name):
    assert not overweight(weights([name], site), LIMIT_NEXT_PAGE)


def test_the_budget_names_the_file_that_grew():
    told = overweight(
        {"book/intro.html": 3_900, "_static/site.js": 40_000}, LIMIT_WITHOUT
    )
    assert "_static/site.js  <- 29,000 over the usual" in told
    assert "intro.html  <-" not in told


def test_a_console_error_and_a_jump_would_be_noticed(browser):
    push = "setTimeout(() => document.body.style.paddingTop = '9em', 99)"
    page = f"data:text/html,<p>late<script>console.error('x'); {push}</script>"
    seen = look(browser, page, 360)
    assert seen.complaints == ["x"]
    assert seen.shift > 0


@pytest.mark.parametrize("name", sampled(PAGES))
@pytest.mark.parametrize("width", [1280, 360])
def test_what_waits_for_its_script_is_as_high_as_it_will_be(open_page, name, width):
    page = open_page(name, width=width)
    page.wait_for_function(ALIVE)
    for study, (waiting, alive) in page.evaluate(HEIGHTS).items():
        assert abs(alive - waiting) <= 1, study


def test_a_deck_whose_script_does_not_come_is_there_to_read(open_page):
    page = open_page("book/hinge_practice.html")
    page.route("**/cards.*.js", lambda route: route.abort())
    deck = page.locator(".study-cards")
    expect(deck.locator(".flash:visible")).to_have_count(1)

    deck.scroll_into_view_if_needed()

    expect(deck.locator(".flash:visible")).to_have_count(deck.locator(".flash").count())
    expect(deck).not_to_have_attribute("data-live", "")
