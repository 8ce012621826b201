"""Every explorer on every page: seen without scripts, moved with them, and right.

Whatever a reader does, the sentence below the figure is the one that `lossbook` gives
for the same state, character for character.
"""

import base64
import hashlib
import re
from itertools import chain, islice
from urllib.parse import urlsplit

import numpy as np
import pytest
from playwright.sync_api import Error, expect

from tests.site import explorers
from tests.site.explorers import HEIGHTS, LINES, ON_PAGE, SLACK, look, move, places
from tests.site.pages import sampled
from tests.site.test_accessibility import NARROW, WIDE, violations


@pytest.fixture(
    scope="module", params=sampled(page for page in ON_PAGE if ON_PAGE[page])
)
def name(request):
    """A page with explorers: all tests of it run before those of the next."""
    return request.param


@pytest.fixture(scope="module")
def opened(browser, server, name):
    """The page, opened once with some options: what one test moves stays moved."""
    contexts, pages = [], {}

    def get(width=WIDE, scheme="light", **options):
        key = (width, scheme, *options)
        if key not in pages:
            options |= {"viewport": {"width": width, "height": 900}}
            contexts.append(browser.new_context(color_scheme=scheme, **options))
            page = pages[key] = contexts[-1].new_page()
            page.complaints, page.hosts = [], set()
            page.on("request", lambda asked: page.hosts.add(urlsplit(asked.url).netloc))
            page.on("pageerror", lambda error: page.complaints.append(str(error)))
            page.on(
                "console",
                lambda said: (
                    said.type in ("error", "warning")
                    and page.complaints.append(said.text)
                ),
            )
            page.goto(server + name)
        return pages[key]

    yield get
    for context in contexts:
        context.close()


@pytest.mark.parametrize("topic", ["cross_entropy", "hinge", "mean_squared_error"])
def test_the_chapter_of_a_loss_has_at_least_three_figures_that_move(topic):
    assert len(ON_PAGE[f"book/{topic}.html"]) >= 3


@pytest.fixture
def phone(opened):
    return opened(NARROW, "dark", has_touch=True)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_without_scripts_the_picture_is_there_and_described(opened, name, width):
    page = opened(java_script_enabled=False)
    page.set_viewport_size({"width": width, "height": 900})
    expect(page.locator(".explorer")).to_have_count(len(ON_PAGE[name]))
    for i in range(len(ON_PAGE[name])):
        place = page.locator(".explorer").nth(i)
        picture = place.locator("img")
        expect(picture).to_be_visible()
        described = explorers.made(name, i).description
        expect(picture).to_have_attribute("alt", described)
        assert picture.evaluate("(image) => image.naturalWidth") > 99
        now = place.evaluate(HEIGHTS)
        assert now["taken"] <= now["kept"] + 1, "the picture is higher than the figure"


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_figure_comes_alive_at_the_height_that_was_kept_for_it(
    open_page, name, width
):
    page, heights = open_page(name, width=width), {}
    for place, explorer in places(page, name):
        expect(place.locator("img")).to_be_hidden()
        heights[repr(explorer)] = place.evaluate(HEIGHTS)
    assert {
        who: now
        for who, now in heights.items()
        if not -SLACK - LINES <= now["live"] - now["kept"] <= SLACK
    } == {}
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def keyboard(place, rng, rounds=1):
    return explorers.by_keyboard(place, rng, rounds)


def mouse(place, rng, rounds=1):
    page = place.page
    return chain(
        explorers.by_dragging(place, rng, explorers.mouse_drag(page), rounds),
        explorers.by_pressing(place, rng, page.mouse.click, 2 * rounds),
    )


def finger(place, rng, rounds=1):
    page = place.page
    return chain(
        explorers.by_dragging(place, rng, explorers.finger_drag(page), rounds),
        explorers.by_pressing(place, rng, page.touchscreen.tap, 2 * rounds),
    )


def assert_right_and_usable(page, name, way, rounds=1):
    """Move each figure: it reads as in Python, all controls work, axe finds nothing."""
    rng = np.random.default_rng(list(name.encode()))
    for place, explorer in places(page, name):
        top = page.evaluate("scrollY")
        idle = move(place, explorer, way(place, rng, rounds))
        if way is not keyboard:  # Tab brings a control into view
            moved = abs(page.evaluate("scrollY") - top)
            assert moved <= 1, f"{explorer} scrolls the page"  # a browser rounds
        assert not idle, f"{explorer} has controls that move nothing"
        now = place.evaluate(HEIGHTS)
        assert now["taken"] <= now["kept"] + SLACK, f"{explorer} pushes the text down"
    assert violations(page, within=".explorer") == []


def test_whatever_is_pressed_the_figure_reads_as_lossbook_does(opened, name):
    assert_right_and_usable(opened(), name, keyboard)


def test_whatever_is_dragged_the_figure_reads_as_lossbook_does(opened, name):
    assert_right_and_usable(opened(), name, mouse)


@pytest.mark.site
def test_whatever_is_touched_the_figure_reads_as_lossbook_does(phone, name):
    assert_right_and_usable(phone, name, finger)


# A handle is known by its name: what the browser may do there is what is tested.
FREE = "([x, y]) => !document.elementFromPoint(x, y).matches('.grip')"


@pytest.mark.site
def test_a_swipe_that_begins_on_no_handle_scrolls_and_moves_nothing(phone, name):
    drag, rng = explorers.finger_drag(phone), np.random.default_rng(7)
    for place, explorer in places(phone, name):
        if not place.locator(".draggable").count():
            continue
        box = place.locator(".draggable").first.bounding_box()
        tried = (explorers.inside(box, rng) for _ in range(99))
        x, y = next(at for at in tried if at[1] > 200 and phone.evaluate(FREE, at))
        before, top = look(place, explorer), phone.evaluate("scrollY")
        for _ in drag([(x, y), (x, y - 40), (x, y - 80), (x, y - 120)]):
            phone.wait_for_timeout(30)
        assert look(place, explorer) == before
        phone.wait_for_function("(top) => scrollY !== top", arg=top)


@pytest.mark.site
@pytest.mark.parametrize("way", [keyboard, mouse, finger])
@pytest.mark.parametrize(("width", "scheme"), [(WIDE, "dark"), (NARROW, "light")])
def test_a_long_walk_reads_as_lossbook_does(open_page, name, width, scheme, way):
    page = open_page(name, width=width, scheme=scheme, has_touch=way is finger)
    assert_right_and_usable(page, name, way, rounds=4)


def test_tab_leads_through_a_figure_and_back(opened, name):
    for place, _ in places(page := opened(), name):
        forth = [stop["control"] for stop in explorers.stops(place)]
        back = []
        page.keyboard.press("Shift+Tab")
        while stop := place.evaluate(explorers.FOCUSED):
            back.append(stop["control"])
            page.keyboard.press("Shift+Tab")
        assert forth
        assert forth == back[::-1]


def test_every_control_has_a_name_and_room_for_a_finger(phone, name):
    for place, _ in places(phone, name):
        for line in place.aria_snapshot().splitlines():
            if re.match(r"\s*- (slider|radio|button|spinbutton|checkbox)\b", line):
                assert re.match(r'\s*- \w+ "[^"]', line), line
        for control in place.evaluate(explorers.CONTROLS):
            assert min(control["box"]["width"], control["box"]["height"]) >= 24


def test_paper_shows_the_pictures(opened, name):
    page = opened()
    page.emulate_media(media="print")
    for i in range(len(ON_PAGE[name])):
        place = page.locator(".explorer").nth(i)
        expect(place.locator("img")).to_be_visible()
        expect(place.locator(":scope > div")).to_be_hidden()
    page.emulate_media(media="screen")


# Keys that move a control, each time to somewhere else.
MOVING = {
    "range": ["Home", "ArrowRight", "ArrowLeft", "ArrowRight", "ArrowLeft"],
    "radio": ["ArrowDown", "ArrowUp", "ArrowDown", "ArrowUp"],
    "number": ["ArrowUp"],
    "button": ["Enter"],
}
COUNT = """(place) => {
  const status = place.querySelector("[role=status]");
  status.times = 0;
  new MutationObserver(() => { status.times += 1; }).observe(
    status, { childList: true, characterData: true, subtree: true });
}"""
SAID = """(place) => {
  const { times, textContent } = place.querySelector("[role=status]");
  return [times, textContent];
}"""


def test_what_is_read_is_announced_once_when_the_reader_has_stopped(open_page, name):
    page = open_page(name)
    page.clock.install(time="2026-01-01")
    page.clock.pause_at("2026-01-02")  # from now on, time passes when we say so
    for place, explorer in places(page, name):
        announced = 0
        place.evaluate(COUNT)
        for stop in explorers.stops(place):
            before, (times, _) = look(place, explorer)["readout"], place.evaluate(SAID)
            for key in MOVING[stop["kind"]]:
                page.keyboard.press(key)
                page.clock.run_for(300)
                assert place.evaluate(SAID)[0] == times, (explorer, stop, key)
            page.clock.run_for(5000)
            now = look(place, explorer)["readout"]
            if now != before:
                assert place.evaluate(SAID) == [times + 1, now]
                announced += 1
        assert announced, "no key changes what is read"


def test_the_console_stayed_silent_and_no_other_host_was_asked(opened, phone, server):
    assert opened().complaints + phone.complaints == []
    assert opened().hosts | phone.hosts <= {urlsplit(server).netloc, ""}  # "" for data:


def policy(text):
    """Scripts of the site, those that stand in the page, and none made of text."""
    inline = re.findall(r"<script>(.*?)</script>|\son\w+=\"(.*?)\"", text, re.DOTALL)
    words = [hashlib.sha256("".join(pair).encode()).digest() for pair in inline]
    allowed = " ".join(f"'sha256-{base64.b64encode(word).decode()}'" for word in words)
    return (
        f"default-src 'self' data:; script-src 'self' 'unsafe-hashes' {allowed}; "
        "style-src 'self' 'unsafe-inline'; object-src 'none'"
    )


FROM_TEXT = """() => {
  const text = new Blob(["export default 1"], { type: "text/javascript" });
  return import(URL.createObjectURL(text));
}"""


def test_a_strict_policy_for_scripts_lets_the_figures_live(open_page, server, name):
    def answer(route):
        reply = route.fetch()
        headers = reply.headers | {"content-security-policy": policy(reply.text())}
        route.fulfill(response=reply, headers=headers)

    page, complaints = open_page("search.html"), []
    page.route(server + name, answer)
    page.on(
        "console", lambda said: said.type == "error" and complaints.append(said.text)
    )
    page.goto(server + name)
    for place, explorer in places(page, name):
        move(place, explorer, islice(keyboard(place, np.random.default_rng(2)), 9))
    assert complaints == []
    with pytest.raises(Error, match="Failed to fetch"):
        page.evaluate(FROM_TEXT)
