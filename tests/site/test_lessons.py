"""Lessons to watch: nothing before one plays; the voice leads, and the reader may."""

import json
import re
from functools import cache

import pytest
from playwright.sync_api import expect

from lossbook import lessons, motion
from tests.site.labels import LABELS_ON_LABELS
from tests.site.pages import ROOT
from tests.site.test_accessibility import violations
from tests.site.test_first_visit import look, overweight, weights

pytestmark = pytest.mark.site

TOPIC = "mean_squared_error"
PAGE = f"book/{TOPIC}_lesson.html"
LESSON = "document.querySelector('.lesson').lesson"
LIMIT = 88_000  # a first visit, but for the picture


@cache
def recorded(topic):
    """A lesson with the times of its recording."""
    cues = (ROOT / "book" / "audio" / f"{topic}_motion.json").read_text("utf-8")
    times = motion.Times.recorded(lessons.score(topic), json.loads(cues))
    assert times, f"{topic}: other sentences are recorded"
    return motion.compiled(topic, times)


@cache
def sentences(topic):
    return [each.text for each in motion.sentences(lessons.score(topic))]


# All that is drawn and seen in what is shown; names that are drawn by lot are left out.
DRAWN = """[...document.querySelectorAll("[data-on] *")].filter(
  (node) => getComputedStyle(node).display !== "none",
).map((node) => [
  node.tagName, node.children.length ? "" : node.textContent,
  ...[...node.attributes].map(({ name, value }) => `${name}=${value}`)
    .filter((each) => !/^style=$|clip-|choice-/.test(each)).sort(),
].join(" "))"""
every_lesson = pytest.mark.parametrize("topic", lessons.scored())


# Of each lesson a figure that a reader takes over in its plot, while it stands still.
TAKEN = {
    "choosing": "margins",
    "cross_entropy": "probability",
    "hinge": "curve",
    "mean_squared_error": "outlier",
    "what_is_a_loss": "descent",
}


def opened(open_page, topic=TOPIC, **options):
    page = open_page(f"book/{topic}_lesson.html", **options)
    page.evaluate(f"{LESSON}.load()")
    page.wait_for_function("'live' in document.querySelector('.lesson').dataset")
    return page


def go(page, time, play=True):
    page.evaluate(f"{LESSON}.go({time}, {{ play: {str(play).lower()} }})")


def at(page, time):
    """What is seen at a time, without the voice."""
    page.evaluate(f"time => {{ {LESSON}.time = time; {LESSON}.show(time) }}", time)


def state(page):
    return page.locator(".lesson").get_attribute("data-state")


def in_state(page, wanted):
    expect(page.locator(".lesson")).to_have_attribute("data-state", wanted)


def lights(topic):
    """When which parts of the formula light up."""
    return [(m[0], m[2]["lit"]) for m in recorded(topic)["moves"] if "lit" in m[2]]


def shown_at(topic, time):
    """The figure or stage that is seen at a time."""
    moves = [m for m in recorded(topic)["moves"] if "show" in m[2] and m[0] <= time]
    return moves[-1][2]["show"]


def scene_of(figure, topic=TOPIC):
    """A time while the lesson drives a figure, and no question is near."""
    shows = [(m[0], m[2]["show"]) for m in recorded(topic)["moves"] if "show" in m[2]]
    return next(time for time, name in shows if name == figure) + 1.5


def traits(page, figure, topic):
    """All that the lesson moves of a figure, as it is now."""
    names = {
        n for m in recorded(topic)["moves"] for n in m[2] if n.startswith(f"{figure}.")
    }
    return {name: value(page, name) for name in sorted(names)}


def value(page, name):
    figure, trait = name.split(".")
    return page.evaluate(
        f"document.querySelector('[data-scene={figure}]').model.get('{trait}')"
    )


@every_lesson
def test_a_first_visit_brings_the_picture_and_a_small_script(
    browser, server, site, topic
):
    seen = look(browser, f"{server}book/{topic}_lesson.html", 390)
    fetched = " ".join(seen.urls)

    assert seen.complaints == []
    assert seen.shift <= 0.02
    assert f"{topic}_lesson.svg" in re.sub(r"\.\w{10}\.svg", ".svg", fetched)
    for late in ("/audio/", ".json", "widget_host", "curve.", "outlier."):
        assert late not in fetched
    too_much = overweight(weights(seen.urls, site), LIMIT)
    assert not too_much


@every_lesson
def test_a_chapter_carries_the_picture_and_a_link_and_no_byte_of_the_lesson(
    site, topic
):
    chapter = (site / f"book/{topic}.html").read_text("utf-8")

    assert chapter.count(f"href={topic}_lesson.html") >= 2
    assert f"{topic}_lesson." in chapter
    assert "/lesson." not in chapter


def test_a_formula_has_the_parts_that_light_up(site):
    for topic in lessons.scored():
        page = (site / f"book/{topic}_lesson.html").read_text("utf-8")
        wanted = {name for _, lit in lights(topic) for name in lit.split()}
        assert {n for n in wanted if f"part-{n}" not in page} == set(), topic


def test_the_parts_of_a_formula_light_up_with_their_sentences(open_page):
    page = opened(open_page)
    assert len(lights(TOPIC)) > 10
    for time, lit in lights(TOPIC):
        at(page, time + 0.01)
        bright = page.locator(".formula .lit").evaluate_all(
            "nodes => nodes.map((node) => [...node.classList]).flat()"
        )
        assert {n[5:] for n in bright if n.startswith("part-")} == set(lit.split())


def test_it_plays_stops_for_a_question_and_says_why_an_answer_is_wrong(open_page):
    page = open_page(PAGE)
    page.get_by_role("button", name="Watch").first.click()
    in_state(page, "playing")
    expect(page.locator(".lesson .words")).to_have_text(sentences(TOPIC)[0])
    expect(page.locator(".transcript [aria-current]")).to_have_text(sentences(TOPIC)[0])

    ask = recorded(TOPIC)["asks"][0]
    go(page, ask["at"] - 0.5)
    in_state(page, "asking")
    question = page.locator(".question")
    expect(question).to_be_focused()
    expect(question.locator("legend")).to_have_text(ask["question"])
    wrong = next(i for i in range(len(ask["options"])) if i != ask["right"])
    question.get_by_role("button", name=ask["options"][wrong], exact=True).click()
    expect(question.locator("p")).to_have_text(f"✗ {ask['says'][wrong]}")
    page.keyboard.press("Enter")  # the focus is on the button that goes on
    in_state(page, "playing")
    assert page.evaluate(f"{LESSON}.time") >= ask["at"]


def test_keys_take_a_figure_over_and_give_it_back(open_page):
    page = opened(open_page)
    go(page, scene_of("outlier"))
    in_state(page, "playing")
    page.locator("[data-scene=outlier] input[type=range]").focus()
    page.keyboard.press("ArrowRight")
    in_state(page, "yours")
    assert value(page, "outlier.price") == 280
    assert page.evaluate(f"{LESSON}.audio.paused")
    page.get_by_role("button", name="Back to the lesson").click()
    in_state(page, "playing")
    assert value(page, "outlier.price") == 270


@pytest.mark.parametrize("touch", [False, True])
@every_lesson
def test_a_pointer_takes_a_figure_over_and_gives_it_back(open_page, topic, touch):
    page = opened(open_page, topic, width=390 if touch else 1280, has_touch=touch)
    figure = TAKEN[topic]
    go(page, scene_of(figure, topic))
    in_state(page, "playing")
    before = traits(page, figure, topic)
    plot = page.locator(f"[data-scene={figure}] .plots svg").first
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    spot = [box["x"] + 0.3 * box["width"], box["y"] + 0.4 * box["height"]]
    if (column := plot.locator(".column")).count():  # beside it a swipe scrolls
        place = column.bounding_box()
        spot[0] = place["x"] + place["width"] / 2
    (page.touchscreen.tap if touch else page.mouse.click)(*spot)
    in_state(page, "yours")
    assert traits(page, figure, topic) != before
    marks = page.locator(f"[data-scene={figure}] .stage")
    assert all(mark.is_hidden() for mark in marks.all())
    page.get_by_role("button", name="Back to the lesson").click()
    in_state(page, "playing")
    assert traits(page, figure, topic) == before


def slider_of(page, name):
    """The slider that moves a trait, found as a reader finds it: by trying."""
    for slider in page.locator("[data-on] input[type=range]").all():
        before = value(page, name)
        slider.focus()
        for key in ("ArrowRight", "ArrowLeft"):
            page.keyboard.press(key)
            if value(page, name) != before:
                return slider
    raise AssertionError(f"no slider moves {name}")


@pytest.mark.parametrize("width", [1280, 390])
@every_lesson
def test_a_figure_answers_by_keys_and_the_lesson_goes_on_with_the_answer(
    open_page, topic, width
):
    page = opened(open_page, topic, width=width)
    ask = recorded(topic)["asks"][-1]
    go(page, ask["at"] - 0.5)
    in_state(page, "asking")
    answer = page.get_by_role("button", name="This is my answer")
    answer.click()
    off = value(page, ask["drag"]) - ask["right"]
    assert abs(off) > ask["within"]
    says = ask["says"][0 if off < 0 else 2]
    expect(page.locator(".question p")).to_have_text(f"✗ {says}")
    to_the_answer(page, ask)
    answer.click()
    expect(page.locator(".question p")).to_have_text(f"✓ {ask['says'][1]}")
    page.locator(".go-on").click()
    in_state(page, "ended")
    assert value(page, ask["drag"]) == ask["right"]


def to_the_answer(page, ask):
    """Answers with the figure, by keys; what the slider says is not looked at."""
    slider_of(page, ask["drag"]).focus()
    for _ in range(200):
        off = value(page, ask["drag"]) - ask["right"]
        if abs(off) <= ask["within"]:
            return
        page.keyboard.press("ArrowLeft" if off > 0 else "ArrowRight")


@every_lesson
def test_a_reader_watches_all_of_it_with_the_network_off(open_page, topic):
    page = opened(open_page, topic)
    sound = f"{LESSON}.audio"
    page.wait_for_function(f"{sound}.buffered.end(0) > {sound}.duration - 1")
    page.context.set_offline(True)
    page.evaluate(f"{sound}.defaultPlaybackRate = {sound}.playbackRate = 8")
    play = page.locator("[data-part=play]")
    play.click()
    asks = recorded(topic)["asks"]
    in_a_figure = next(
        ask for ask in asks if shown_at(topic, ask["at"]) in recorded(topic)["figures"]
    )
    for ask in asks:
        expect(page.locator(".question legend")).to_have_text(
            ask["question"], timeout=60_000
        )
        question = page.locator(".question")
        if "drag" in ask:
            to_the_answer(page, ask)
            question.get_by_role("button", name="This is my answer").click()
        else:
            right = ask["options"][ask["right"]]
            question.get_by_role("button", name=right, exact=True).click()
        says = ask["says"][1 if "drag" in ask else ask["right"]]
        expect(question.locator("p")).to_have_text(f"✓ {says}")
        page.locator(".go-on").click()
        if ask is in_a_figure:  # in the midst of the lesson it is the reader's turn
            page.get_by_role("button", name="Your turn").click(timeout=60_000)
            in_state(page, "yours")
            play.click()
            in_state(page, "playing")
    expect(page.locator(".lesson")).to_have_attribute(
        "data-state", "ended", timeout=60_000
    )
    expect(page.locator(".lesson .words")).to_have_text(sentences(topic)[-1])


@every_lesson
def test_who_leaves_a_question_is_shown_its_answer(open_page, topic):
    page = opened(open_page, topic)
    ask = recorded(topic)["asks"][-1]
    go(page, ask["at"] - 0.5)
    in_state(page, "asking")
    page.get_by_role("button", name="Go on").click()
    in_state(page, "ended")
    assert value(page, ask["drag"]) == ask["right"]


@every_lesson
def test_a_seek_shows_what_playing_in_order_shows(open_page, topic):
    page = opened(open_page, topic)
    in_order = {}
    for time in (0.7 + i * recorded(topic)["seconds"] / 40 for i in range(40)):
        at(page, time)
        in_order[time] = page.evaluate(DRAWN)
    for time in sorted(in_order, key=lambda time: time * 7919 % 1):
        at(page, time)
        assert page.evaluate(DRAWN) == in_order[time], time


@every_lesson
def test_nothing_is_announced_while_the_lesson_drives(open_page, topic):
    page = opened(open_page, topic)
    page.evaluate(
        """() => {
          window.told = [];
          const watch = new MutationObserver((all) => all.forEach(({ target }) =>
            window.told.push(target.textContent)));
          for (const node of document.querySelectorAll(".lossbook [role=status]")) {
            watch.observe(node, { childList: true, subtree: true });
          }
        }"""
    )
    for i in range(int(recorded(topic)["seconds"] / 2)):
        at(page, 2 * i + 1)
        page.wait_for_timeout(60)
    page.wait_for_timeout(1000)
    assert page.evaluate("window.told") == []


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
@every_lesson
def test_axe_finds_nothing_in_any_scene_nor_in_a_question(
    open_page, topic, width, scheme
):
    page = opened(open_page, topic, width=width, scheme=scheme)
    for chapter in recorded(topic)["chapters"]:
        at(page, chapter["at"] + 2)
        assert violations(page, ".lesson") == [], chapter
    go(page, recorded(topic)["asks"][0]["at"] - 0.3)
    in_state(page, "asking")
    page.locator(".question div button").first.click()
    assert violations(page, ".lesson") == []


@pytest.mark.parametrize("width", [320, 390])
@every_lesson
def test_on_a_phone_it_fits_one_screen_and_nothing_leaves_the_stage(
    open_page, topic, width
):
    page = opened(open_page, topic, width=width)
    page.locator(".lesson").scroll_into_view_if_needed()
    for i in range(int(recorded(topic)["seconds"] / 4)):
        at(page, 4 * i + 1)
        assert page.locator(".lesson").bounding_box()["height"] <= 700
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        outside = page.evaluate(
            """() => {
              const svg = document.querySelector("[data-on] > svg");
              if (!svg) return [];
              const { left, right, top, bottom } = svg.getBoundingClientRect();
              return [...svg.querySelectorAll(".stage > *")]
                .filter((n) => Number(n.getAttribute("opacity")) > 0)
                .map((n) => [n, n.getBoundingClientRect()])
                .filter(([, b]) => b.left < left - 1 || b.right > right + 1
                  || b.top < top - 1 || b.bottom > bottom + 1)
                .map(([n]) => n.outerHTML);
            }"""
        )
        assert outside == [], 4 * i + 1
        assert page.evaluate(LABELS_ON_LABELS) == [], 4 * i + 1
    for ask in recorded(topic)["asks"][:-1]:
        go(page, ask["at"] - 0.3)
        in_state(page, "asking")
        wrong = (ask["right"] + 1) % len(ask["options"])
        page.locator(".question div button").nth(wrong).click()
        assert page.locator(".lesson").bounding_box()["height"] <= 700, ask


# What a reader sees of a lesson, and what would be cut off or scroll sideways.
WIDER = """(width) => [...document.querySelectorAll(".lesson, .lesson *")]
  .filter((node) => node.checkVisibility({ visibilityProperty: true }))
  .filter((node) => !node.closest(".formula .math *, svg, .katex-mathml, .hidden"))
  .filter((node) => node.getBoundingClientRect().right > width + 1)
  .map((node) => node.outerHTML.slice(0, 80))"""


@pytest.fixture(scope="module")
def far_sighted(launch):
    """A browser whose reader has set letters of 200 %, which media queries follow."""
    return launch("--blink-settings=defaultFontSize=32")


@every_lesson
def test_with_letters_twice_as_large_it_is_no_wider_than_a_small_phone(
    far_sighted, server, topic
):
    with far_sighted.new_context(viewport={"width": 320, "height": 700}) as context:
        page = opened(lambda name: visited(context, server + name), topic)
        for chapter in recorded(topic)["chapters"]:
            at(page, chapter["at"] + 2)
            assert page.evaluate(WIDER, 320) == [], chapter
        for ask in recorded(topic)["asks"]:
            go(page, ask["at"] - 0.3)
            in_state(page, "asking")
            page.locator(".question div button").first.click()
            assert page.evaluate(WIDER, 320) == [], ask


def visited(context, address):
    page = context.new_page()
    page.goto(address)
    return page


def test_a_reader_who_wants_less_motion_sees_each_move_done_at_once(open_page):
    page = opened(open_page, reduced_motion="reduce")
    begin, seconds, _ = next(m for m in recorded(TOPIC)["moves"] if m[2].get("curve.x"))
    at(page, begin + 0.05)
    assert seconds > 1
    end = next(m[2]["curve.x"] for m in recorded(TOPIC)["moves"] if m[2].get("curve.x"))
    assert value(page, "curve.x") == end


def test_where_a_reader_was_is_kept(open_page):
    page = opened(open_page)
    go(page, recorded(TOPIC)["lines"][5][0])
    in_state(page, "playing")
    expect(page.locator(".lesson .words")).to_have_text(sentences(TOPIC)[5])
    page.get_by_role("button", name="Pause").click()
    page.reload()
    expect(page.locator(".lesson .words")).to_contain_text("You were at 0:")
    page.get_by_role("button", name="Watch").first.click()
    expect(page.locator(".lesson .words")).to_have_text(sentences(TOPIC)[5])


def test_a_moment_of_the_summary_a_sentence_and_a_chapter_lead_there(open_page):
    page = open_page(PAGE)
    page.locator(".moments a").nth(3).click()
    expect(page.locator(".lesson select").last).to_have_value("3")
    first = sum(len(scene.lines) for scene in lessons.score(TOPIC).scenes[:3])
    expect(page.locator(".lesson .words")).to_have_text(sentences(TOPIC)[first])
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("button", name="Next sentence").click()
    expect(page.locator(".lesson .words")).to_have_text(sentences(TOPIC)[first + 1])
    page.locator(".transcript span").nth(2).click()
    expect(page.locator(".lesson .words")).to_have_text(sentences(TOPIC)[2])


def test_a_page_that_draws_no_frames_stops_for_its_questions(open_page):
    page = opened(open_page)
    # As in a tab behind another, or in a window that is minimised.
    page.evaluate("window.requestAnimationFrame = () => 0")
    ask = recorded(TOPIC)["asks"][0]
    go(page, ask["at"] - 1)
    in_state(page, "playing")
    in_state(page, "asking")
    assert page.evaluate(f"{LESSON}.time") == ask["at"]
    late = page.evaluate(f"{LESSON}.audio.currentTime") - ask["at"]
    assert late < 0.5


@every_lesson
def test_on_paper_there_are_picture_summary_insights_answers_and_transcript(
    open_page, topic
):
    page = open_page(f"book/{topic}_lesson.html")
    page.emulate_media(media="print")

    assert page.locator(".poster").is_visible()
    for id_ in ("key-insights", "what-happens-when", "questions-and-answers"):
        assert page.locator(f"section#{id_}").is_visible(), id_
    assert page.locator(".transcript span").first.is_visible()
    for hidden in (".under", ".begin", ".lesson audio"):
        for each in page.locator(hidden).all():
            assert each.is_hidden(), hidden


@every_lesson
def test_without_scripts_there_are_picture_sound_summary_and_transcript(
    open_page, topic
):
    page = open_page(f"book/{topic}_lesson.html", java_script_enabled=False)

    assert page.locator(".poster").is_visible()
    assert page.locator(".lesson audio[controls]").is_visible()
    assert page.locator(".transcript span").count() == len(sentences(topic))
    link = page.locator(".moments a").nth(1).get_attribute("href")
    assert re.search(r"_motion\.mp3\?v=\w+#t=\d", link)
