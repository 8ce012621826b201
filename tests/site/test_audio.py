"""The recordings: nothing before one plays, then voice and transcript go together."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import expect

from book._ext.site import podcast
from lossbook import lessons
from tests.site.conftest import ForTests
from tests.site.pages import CONTENTS
from tools.serving import served

pytestmark = pytest.mark.site

AUDIO = Path(__file__).parents[2] / "book" / "audio"
PAGE = "book/hinge.html"
SAID = ".dialogue [aria-current=true]"
SENTENCES = [sentence.text for sentence in lessons.dialogue("hinge").sentences]
CUES = json.loads((AUDIO / "hinge.json").read_text("utf-8"))["sentences"]
TIME = "document.querySelector('[data-recording=hinge] audio').currentTime"
PAUSE = "document.querySelector('[data-recording=hinge] audio').pause()"


class InParts(ForTests):
    """Sends a part of a file where a browser asks for one, as most servers do."""

    def do_GET(self):
        part = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        path = Path(self.translate_path(self.path))
        if not part or not path.is_file():
            return super().do_GET()
        content = path.read_bytes()
        start, end = int(part[1]), min(int(part[2] or len(content)), len(content) - 1)
        self.send_response(206)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Content-Range", f"bytes {start}-{end}/{len(content)}")
        self.send_header("Content-Length", str(end + 1 - start))
        self.end_headers()
        try:
            self.wfile.write(content[start : end + 1])
        except ConnectionError:  # the browser has enough
            self.close_connection = True


@pytest.fixture(scope="module")
def server_in_parts(site):
    with served(site, InParts) as address:
        yield address


def sentence(page, number):
    return page.locator(".dialogue span").nth(number)


def fetched(page):
    """Addresses below audio/ that the page asks for from now on."""
    asked = []
    page.on(
        "request",
        lambda request: "/audio/" in request.url and asked.append(request.url),
    )
    return asked


def opened(page, name):
    """The player of a recording, with what is behind "More"."""
    player = page.locator(f"[data-recording={name}]")
    player.locator("summary").click()
    return player


def test_before_play_only_what_says_how_long_a_recording_is(browser, server_in_parts):
    with browser.new_context() as context:
        page = context.new_page()
        asked = fetched(page)
        page.goto(server_in_parts + PAGE)
        page.wait_for_function(
            "[...document.querySelectorAll('audio')].every((a) => a.readyState > 0)"
        )
        page.wait_for_load_state("networkidle")

        players = page.locator("audio")
        assert {*players.evaluate_all("all => all.map((a) => a.preload)")} == {
            "metadata"
        }
        assert len(asked) == len(set(asked)) == players.count()
        assert not any(".vtt" in url for url in asked)


def test_a_server_of_parts_sends_nothing_twice(browser, server_in_parts):
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(server_in_parts + PAGE)
        sentence(page, 20).click()

        expect(page.locator(SAID)).to_have_text(SENTENCES[20])
        source = page.locator("[data-recording=hinge] audio").get_attribute("src")
        assert source.startswith("../audio/")


def test_a_click_on_a_sentence_plays_it_and_the_mark_goes_along(open_page):
    page = open_page(PAGE)
    sentence(page, 4).click()

    expect(page.locator(SAID)).to_have_text(SENTENCES[4])
    assert CUES[4]["start"] - 0.1 < page.evaluate(TIME) < CUES[5]["start"]
    expect(page.locator(SAID)).to_have_text(SENTENCES[5])
    assert page.evaluate(TIME) >= CUES[5]["start"] - 0.1
    expect(page.locator(SAID)).to_have_count(1)
    line = page.locator(SAID).evaluate("e => getComputedStyle(e).textDecorationLine")
    assert line == "underline"


def test_the_transcript_is_one_stop_and_arrows_move_within_it(open_page):
    page = open_page(PAGE)
    page.locator(".dialogue [tabindex]").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(sentence(page, 1)).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator(SAID)).to_have_text(SENTENCES[1])
    expect(page.get_by_role("button", name=SENTENCES[1])).to_be_focused()
    expect(page.locator(".dialogue [tabindex]")).to_have_count(1)


def test_buttons_skip_by_sentence(open_page):
    page = open_page(PAGE)
    sentence(page, 8).click()
    expect(page.locator(SAID)).to_have_text(SENTENCES[8])
    player = opened(page, "hinge")
    player.get_by_role("button", name="Next sentence").click()
    expect(page.locator(SAID)).to_have_text(SENTENCES[9])
    player.get_by_role("button", name="Previous sentence").click()
    expect(page.locator(SAID)).to_have_text(SENTENCES[8])


def test_place_and_speed_outlive_a_reload(open_page):
    page = open_page(PAGE)
    player = opened(page, "hinge")
    player.get_by_label("Speed").select_option("1.25")
    player.locator("summary").click()
    sentence(page, 10).click()
    expect(page.locator(SAID)).to_have_text(SENTENCES[10])
    page.evaluate(PAUSE)
    page.reload()

    expect(player.get_by_label("Speed")).to_have_value("1.25")
    player.locator("audio").focus()
    page.keyboard.press("Space")
    expect(page.locator(SAID)).to_have_text(SENTENCES[10])
    rate = player.locator("audio").evaluate("audio => audio.playbackRate")
    assert rate == 1.25


def test_a_sentence_changed_since_it_was_recorded_is_not_marked(open_page, server):
    def changed(route):
        body = route.fetch().text()
        route.fulfill(body=body.replace(SENTENCES[3], "Something else was said."))

    page = open_page(PAGE)
    page.route("**/hinge.vtt*", changed)
    sentence(page, 2).click()
    expect(page.locator(SAID)).to_have_text(SENTENCES[2])
    opened(page, "hinge").get_by_role("button", name="Next sentence").click()

    expect(page.locator(SAID)).to_have_count(0)
    expect(page.locator(SAID)).to_have_text(SENTENCES[4])


def test_sections_of_a_chapter_can_be_chosen_and_its_words_read_along(open_page):
    page = open_page(PAGE)
    player = opened(page, "hinge_narration")
    player.get_by_role("link", name="Picture").click()

    expect(player.locator("output")).to_have_text("Picture")
    expect(player.locator("output")).to_contain_text("Draw the loss")


def test_one_voice_at_a_time(open_page):
    page = open_page(PAGE)
    sentence(page, 0).click()
    expect(page.locator(SAID)).to_have_text(SENTENCES[0])
    player = opened(page, "hinge_narration")
    player.get_by_role("button", name="Next sentence").click()
    expect(player.locator("output")).not_to_be_empty()

    playing = "all => all.filter((a) => !a.paused).length"
    assert page.locator("audio").evaluate_all(playing) == 1


def test_a_player_stays_in_sight_until_it_has_ended(open_page):
    page = open_page(PAGE)
    sentence(page, 0).click()
    expect(page.locator(SAID)).to_have_text(SENTENCES[0])
    player = page.locator("[data-recording=hinge]")
    page.locator(".dialogue .turn").last.scroll_into_view_if_needed()
    expect(player).to_be_in_viewport()
    player.locator("audio").evaluate("a => a.dispatchEvent(new Event('ended'))")
    expect(player).not_to_have_attribute("data-playing", "")


@pytest.mark.parametrize("scripts", [True, False])
def test_on_a_phone_the_rest_of_a_dialogue_comes_on_request(open_page, scripts):
    page = open_page(PAGE, width=390, java_script_enabled=scripts)
    last = page.locator(".dialogue .turn").last
    expect(last).to_be_hidden()
    page.get_by_text("Go on with the dialogue").click()
    expect(last).to_be_visible()


def test_without_scripts_there_are_audio_sections_and_transcript(open_page):
    page = open_page(PAGE, java_script_enabled=False)
    player = page.locator("[data-recording=hinge]")

    assert player.locator("audio[controls]").is_visible()
    assert sentence(page, 0).is_visible()
    opened(page, "hinge")
    opened(page, "hinge_narration")
    link = page.get_by_role("link", name="Picture", exact=True).first
    assert re.search(r"hinge_narration\.mp3\?v=\w+#t=\d", link.get_attribute("href"))
    for name in ("Download", "Synthetic voices"):
        assert player.get_by_role("link", name=name).is_visible()


def test_only_pages_with_recordings_load_the_player(site):
    loads = {
        name for name in CONTENTS if "/player." in (site / name).read_text("utf-8")
    }

    assert loads == {f"book/{topic}.html" for topic in lessons.topics()}


def test_the_notice_is_beside_the_recordings(site):
    assert "synthetic" in (site / "audio" / "NOTICE.txt").read_text("utf-8")


def test_where_the_address_is_known_there_is_a_podcast_feed():
    episode = {
        "name": "hinge.mp3",
        "title": "Hinge & more",
        "page": "book/hinge.html",
        "bytes": 635_852,
        "seconds": 127.07,
    }

    text = podcast.feed("lossbook", "https://example.org/course/", [episode])

    item = ElementTree.fromstring(text).find("channel/item")  # noqa: S314 - our own
    assert item.findtext("title") == "Hinge & more"
    assert item.findtext("link") == "https://example.org/course/book/hinge.html"
    assert item.find("enclosure").attrib == {
        "url": "https://example.org/course/audio/hinge.mp3",
        "length": "635852",
        "type": "audio/mpeg",
    }
    assert item.findtext(f"{{{podcast.ITUNES}}}duration") == "127"


def test_where_it_is_not_known_nothing_points_to_a_feed(site):
    assert not (site / "audio" / "feed.xml").exists()
    assert "Podcast feed" not in (site / PAGE).read_text("utf-8")
