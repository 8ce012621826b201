"""SCORM packages in a browser, with scorm-again as the learning system around them."""

import json
import subprocess
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest
from lxml import html
from playwright.sync_api import expect

from tests.site.conftest import PATIENCE, ForTests
from tests.site.test_quizzes import choose, right_answer, take
from tests.test_scripts import NODE
from tools import ROOT
from tools.build.doors import pages
from tools.build.doors.scorm import packaging
from tools.serving import served

ADDRESS = "https://course.example.org/loss/"
CHAPTER, PRACTICE, TEST = "hinge", "language_models_practice", packaging.SELF_TEST
NAMES = [*pages.CHAPTERS, TEST, *(f"{name}_practice" for name in pages.CHAPTERS)]
NAMES = [n for n in NAMES if not n.startswith(("going_further_", "mnemonics_"))]
SYSTEM = ROOT / "node_modules/scorm-again/dist/scorm12.js"
HOST = """<!DOCTYPE html><title>A learning system</title><link rel="icon" href="data:,">
<style>body { margin: 0 } iframe { border: 0; width: 100vw; height: 100vh }</style>
<script src="system.js"></script><iframe id="page" title="page"></iframe>"""
LONGEST = """
import { longest } from "./adapter.mjs";
console.log(JSON.stringify(JSON.parse(process.argv[1]).map(longest)));
"""


@pytest.fixture(scope="module")
def package(site):
    """The package of a page, made once."""
    return cache(lambda name: packaging.package(site, name, ADDRESS))


@pytest.fixture(scope="module")
def system(tmp_path_factory, package):
    """The address of a learning system, and what puts a package into it."""
    folder = tmp_path_factory.mktemp("system")
    (folder / "index.html").write_text(HOST)
    (folder / "system.js").write_bytes(SYSTEM.read_bytes())

    def put(name):
        for file, data in package(name).files.items():
            path = folder / name / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)

    with served(folder, ForTests) as address:
        yield address, put


class Visit:
    """A user who opens the page of a package in the system."""

    def __init__(self, context, system, name, kept=None, *, window=False):
        address, put = system
        put(name)
        self.page = context.new_page()
        self.page.goto(address)
        self.page.evaluate(
            """(kept) => {
              window.API = new Scorm12API({ autocommit: false, logLevel: 5 });
              if (kept) API.loadFromJSON(kept);
            }""",
            kept,
        )
        start = f"{name}/book/{name}.html"
        if window:
            with self.page.expect_popup() as opened:
                self.page.evaluate("(start) => { window.sco = open(start); }", start)
            self.sco = opened.value
        else:
            with self.page.expect_event(
                "framenavigated", lambda frame: start in frame.url
            ) as arrived:
                self.page.evaluate("(at) => { page.src = at; }", start)
            self.sco = arrived.value
        self.sco.wait_for_load_state()
        self.has_window = window

    def alive(self):
        """Go to each quiz and deck, and wait until it answers."""
        for root in self.sco.locator("[data-study]").all():
            root.evaluate("(root) => root.scrollIntoView({ behavior: 'instant' })")
            expect(root).to_have_attribute("data-live", "")
        return self

    def told(self):
        """What the system knows: status, score, and how long the state is."""
        status, score, state = self.page.evaluate(
            """() => {
              const { core, suspend_data } = API.cmi;
              return [core.lesson_status, core.score.raw, suspend_data];
            }"""
        )
        assert len(state) <= 4096
        return status, score

    def leave(self):
        """Leave; returns what the system keeps."""
        if self.has_window:
            self.sco.evaluate("() => window.close()")
        else:
            self.page.evaluate("() => { page.src = 'about:blank'; }")
        self.page.wait_for_function("() => API.isTerminated()")
        kept = self.page.evaluate(
            "() => JSON.parse(JSON.stringify(API.renderCMIToJSONObject()))"
        )
        self.page.close()
        return kept


@pytest.fixture
def visit(browser, system):
    """Open packages in one browser: `visit(name, kept=, window=)`."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        context.set_default_timeout(PATIENCE)
        yield lambda name, kept=None, **how: Visit(context, system, name, kept, **how)


def test_a_package_says_what_is_in_it_and_has_no_audio(package):
    made = package(CHAPTER)
    manifest = ElementTree.fromstring(made.files["imsmanifest.xml"])  # noqa: S314
    (resource,) = manifest.findall(".//{*}resource")
    kinds = {key.rpartition("}")[2]: value for key, value in resource.items()}

    assert manifest.tag == "{http://www.imsproject.org/xsd/imscp_rootv1p1p2}manifest"
    assert manifest.findtext(".//{*}schemaversion") == "1.2"
    assert [item.findtext("{*}title") for item in manifest.iter() if "item" in item.tag]
    assert (kinds["scormtype"], kinds["href"]) == ("sco", f"book/{CHAPTER}.html")
    assert {f.get("href") for f in resource} == {*made.files} - {"imsmanifest.xml"}
    assert not [name for name in made.files if name.endswith((".mp3", ".wasm", ".mjs"))]


def test_a_package_leads_out_in_a_new_window_and_promises_nothing_of_the_site(package):
    for name in (CHAPTER, PRACTICE, TEST):
        made = package(name)
        texts = [made.files[f"book/{name}.html"].decode()]
        texts += [t.decode() for f, t in made.files.items() if f.endswith(".txt")]
        for text in texts:
            for link in html.fromstring(text).xpath("//a[@href]"):
                if not link.get("href").startswith("#"):
                    assert link.get("href").startswith("https://"), link.get("href")
                    assert (link.get("target"), link.get("rel")) == (
                        "_blank",
                        "noopener",
                    )
        page = html.fromstring(texts[0])
        assert not page.xpath("//article//p[contains(., 'this browser')]")
        assert not page.xpath(
            "//figure[@data-recording] | //a[contains(@href, '.ipynb')]"
        )


def test_only_the_last_questions_of_a_chapter_count_and_all_of_a_practice(package):
    asked = {name: package(name).asks for name in (CHAPTER, PRACTICE, TEST)}

    assert [len(asks) for asks in asked.values()] == [3, 12, 0]
    assert "check-yourself" in package(CHAPTER).sections
    assert package(PRACTICE).sections == package(TEST).sections == ()


@pytest.mark.site
def test_the_longest_state_of_every_page_fits(package):
    about = [
        {
            "questions": page.xpath("//fieldset/@data-id"),
            "cards": page.xpath("//li/@data-id"),
            "sections": package(name).sections,
            "test": name == TEST,
        }
        for name in NAMES
        for page in [html.fromstring(package(name).files[f"book/{name}.html"])]
    ]
    done = subprocess.run(
        [NODE, "--input-type=module", "-e", LONGEST, json.dumps(about)],
        cwd=Path(__file__).parent,
        capture_output=True,
        check=True,
        text=True,
    )
    lengths = dict(zip(NAMES, json.loads(done.stdout), strict=True))

    assert max(length for _, length in lengths.values()) > 1500
    assert {n: each for n, each in lengths.items() if each[0] or each[1] > 4096} == {}


@pytest.mark.site
def test_who_leaves_in_the_middle_comes_back_and_another_user_begins_anew(visit):
    first = visit(PRACTICE).alive()
    part = first.sco.locator('.question[data-kind="one"]').first
    right = right_answer(part)
    assert first.told() == ("incomplete", "")
    part.get_by_label(right[0], exact=True).check()
    part.get_by_role("button", name="Check").click()
    expect(first.sco.locator(".study-quiz .score")).to_have_text("1 of 12 right")
    assert first.told() == ("incomplete", "8.33")
    deck = first.sco.locator(".study-cards")
    deck.locator("summary:visible").press("Enter")
    deck.get_by_role("button", name="Good").press("Enter")
    expect(deck.locator(".score")).to_contain_text("8 new")
    kept = first.leave()

    other = visit(PRACTICE).alive()
    expect(other.sco.locator(".study-quiz .score")).to_be_empty()
    assert other.page.evaluate("() => Object.keys(localStorage)") == []
    other.leave()

    back = visit(PRACTICE, kept).alive()
    expect(back.sco.locator(".study-quiz .score")).to_have_text("1 of 12 right")
    expect(back.sco.locator(".study-cards .score")).to_contain_text("8 new")
    assert back.told() == ("incomplete", "8.33")


@pytest.mark.site
def test_the_self_test_in_a_window_is_gone_on_with_to_full_marks(visit):
    first = visit(TEST, window=True).alive()
    first.sco.get_by_role("button", name="Start the test").press("Enter")
    for _ in range(2):
        take(first.sco, right=True)
    assert first.told() == ("incomplete", "")
    kept = first.leave()

    back = visit(TEST, kept, window=True).alive()
    back.sco.get_by_role("button", name="Go on with question 3").press("Enter")
    for _ in range(2, 24):
        take(back.sco, right=True)
    expect(back.sco.get_by_text("Your report: 24 of 24 right")).to_be_visible()
    assert back.told() == ("completed", "100")
    kept = back.leave()
    seen = visit(TEST, kept, window=True).alive()
    expect(seen.sco.get_by_text("Your report: 24 of 24 right")).to_be_visible()


@pytest.mark.site
def test_a_chapter_is_complete_when_it_was_seen_and_its_last_questions_answered(
    visit, package
):
    first = visit(CHAPTER, window=True).alive()
    for name in package(CHAPTER).asks:
        part = first.sco.locator(f'.question[data-id="{name}"]')
        choose(part, right_answer(part))
        expect(part.get_by_role("status")).to_contain_text("✓ Right.")
    assert first.told() == ("incomplete", "100")
    for name in package(CHAPTER).sections:
        first.sco.locator(f"#{name}").evaluate(
            """async ({ lastElementChild: end }) => {
              end.scrollIntoView({ block: "center", behavior: "instant" });
              await new Promise((done) => setTimeout(done, 100));
            }"""
        )
    first.page.wait_for_function("() => API.cmi.core.lesson_status === 'completed'")
    assert first.leave()


@pytest.mark.site
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", [1280, 390])
def test_a_page_in_a_frame_is_whole_and_asks_for_nothing_outside(
    browser, system, name, width
):
    options = {"viewport": {"width": width, "height": 900}}
    with browser.new_context(**options) as context:
        context.set_default_timeout(PATIENCE)
        answers, complaints = [], []
        context.on("response", lambda r: answers.append((r.status, r.url)))
        context.on("console", lambda m: complaints.append((m.type, m.text)))
        context.on("weberror", lambda e: complaints.append(("error", str(e.error))))
        here = Visit(context, system, name)
        for figure in here.sco.locator("[data-model]").all():
            figure.scroll_into_view_if_needed()
            expect(figure).to_have_attribute("data-live", "")
        here.alive()
        here.page.keyboard.press("Control+k")

        address = system[0]
        own = (f"{address}{name}/", f"{address}system.js")
        within = [(status, url) for status, url in answers if url != address]
        assert len(within) > 5
        assert [each for each in within if each[0] != 200] == []
        assert [url for _, url in within if not url.startswith((*own, "data:"))] == []
        assert [text for kind, text in complaints if kind == "error"] == []
        assert here.sco.evaluate("() => document.documentElement.scrollWidth") <= width
        links = here.sco.evaluate(
            "() => [...document.links].filter((a) => a.target !== '_blank')"
            ".map((a) => a.getAttribute('href'))"
        )
        assert [link for link in links if not link.startswith("#")] == []
        assert here.told()[0] == "incomplete"


@pytest.mark.site
def test_without_a_system_the_page_works_and_says_that_nothing_counts(browser, system):
    address, put = system
    put(PRACTICE)
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{address}{PRACTICE}/book/{PRACTICE}.html")

        expect(page.get_by_text("No learning system answers.")).to_be_visible()
        part = page.locator(".question[data-state]").first
        expect(part).to_be_visible()


@pytest.mark.site
def test_what_the_system_does_not_take_is_said_where_the_reader_is(visit, package):
    here = visit(CHAPTER).alive()
    part = here.sco.locator(f'.question[data-id="{package(CHAPTER).asks[-1]}"]')
    here.page.evaluate("() => { API.LMSSetValue = () => 'false'; }")
    part.get_by_label(right_answer(part)[0], exact=True).check()
    part.get_by_role("button", name="Check").click()

    expect(part.get_by_role("status")).to_contain_text("✓ Right.")
    note = here.sco.get_by_text("Your learning system did not take")
    expect(note).to_be_in_viewport()


@pytest.mark.site
def test_all_packages_are_written_small_and_the_same_each_time(
    site, tmp_path, monkeypatch
):
    packaging.build(tmp_path / "one", site, ADDRESS)
    monkeypatch.setattr(packaging, "names", lambda _: [CHAPTER, PRACTICE])
    packaging.build(tmp_path / "other", site, ADDRESS)

    assert sorted(path.stem for path in (tmp_path / "one").iterdir()) == sorted(NAMES)
    for path in (tmp_path / "one").iterdir():
        assert path.stat().st_size < 330_000, path.name
    for path in (tmp_path / "other").iterdir():
        assert path.read_bytes() == (tmp_path / "one" / path.name).read_bytes()
