"""The chooser in a browser: by keyboard, as a link, on a phone, and without scripts."""

import pytest
from playwright.sync_api import expect

from lossbook import study
from lossbook.catalogue import LOSSES, by_key
from lossbook.study.paths import chart
from tests.site.pages import ROOT
from tests.site.test_accessibility import violations
from tools.build.formats import articles

pytestmark = pytest.mark.site

PAGE = "book/chooser.html"
LONG, SHORT = "yes-or-no/either-mistake/nobody/chances", "number/one-side"
TITLE = ".study-chooser .panel .title"
NO_ANSWER = "The link goes on to an answer that is not there"


@pytest.fixture
def open_chooser(open_page):
    """Open the page at some answers, and wait until the chooser is alive."""

    def opened(answers=None, **options):
        page = open_page(PAGE + ("" if answers is None else f"#/{answers}"), **options)
        alive(page)
        return page

    return opened


def alive(page):
    expect(page.locator(".study-chooser")).to_have_attribute("data-live", "")


def options(page):
    return page.locator(".study-chooser .options a")


def answer(page, text):
    """Go to an answer by the Tab key alone, and take it."""
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.evaluate("document.activeElement.textContent")
        if focused == text:
            break
    page.keyboard.press("Enter")


def arrived(page, path):
    """Wait for the end of a path, which says its loss and its reasons."""
    end = chart().ends[path]
    expect(page.locator(TITLE)).to_have_text(f"Your loss: {by_key(end.loss).title}")
    row = page.locator(f'.study-chooser tr[data-path="{path}"] td').nth(2)
    inside = page.locator(".study-chooser .arrived")
    assert row.text_content() in inside.text_content()
    for other in end.rather_than:
        expect(inside).to_contain_text(f"{by_key(other).title}:")
    assert page.url.endswith(f"#/{path}")


@pytest.mark.parametrize("path", [LONG, SHORT])
def test_by_keyboard_one_answers_and_arrives(open_chooser, path):
    page = open_chooser()
    for i, (question, text) in enumerate(chart().said(path)):
        expect(page.locator(TITLE)).to_have_text(chart().questions[question])
        if i:
            expect(page.locator(TITLE)).to_be_focused()
        answer(page, text)

    arrived(page, path)
    expect(page.locator(TITLE)).to_be_focused()
    given = page.locator(".study-chooser .trail b")
    expect(given).to_have_text([text for _, text in chart().said(path)])


def test_by_keyboard_alone_every_loss_is_reached(open_chooser):
    page, reached = open_chooser(), {}
    for path in sorted(chart().ends, key=len):
        if (loss := chart().ends[path].loss) in reached:
            continue
        for question, text in chart().said(path):
            expect(page.locator(TITLE)).to_have_text(chart().questions[question])
            answer(page, text)
        arrived(page, path)
        reached[loss] = path
        answer(page, "Start again")
    assert reached.keys() == {each.key for each in LOSSES}


def test_every_path_leads_to_its_end(open_chooser):
    page = open_chooser()
    for path in chart().ends:
        page.evaluate("(path) => { location.hash = `#/${path}` }", path)
        arrived(page, path)


def test_what_was_answered_is_a_link_that_lasts(open_chooser, browser):
    page = open_chooser()
    for _, text in chart().said(LONG):
        options(page).get_by_text(text, exact=True).click()
    arrived(page, LONG)

    page.reload()
    alive(page)
    arrived(page, LONG)

    with browser.new_context() as context:  # of whom it was sent to
        other = context.new_page()
        other.goto(page.url)
        alive(other)
        arrived(other, LONG)


def test_back_and_forward_go_from_answer_to_answer(open_chooser):
    page = open_chooser()
    said = chart().said(SHORT)
    for _, text in said:
        options(page).get_by_text(text, exact=True).click()
    arrived(page, SHORT)

    page.go_back()
    expect(page.locator(TITLE)).to_have_text(chart().questions["cost"])
    expect(page.locator(TITLE)).to_be_focused()
    page.go_back()
    expect(page.locator(TITLE)).to_have_text(chart().questions["predict"])
    page.go_forward()
    page.go_forward()
    arrived(page, SHORT)


def test_an_answer_can_be_changed_and_all_begun_again(open_chooser):
    page = open_chooser(LONG)
    page.get_by_role("link", name="Change the answer to: What does a miss").click()
    expect(page.locator(TITLE)).to_have_text(chart().questions["cost"])
    expect(page.locator(".study-chooser .trail li")).to_have_count(1)

    page.goto(page.url.partition("#")[0] + f"#/{LONG}")
    page.get_by_role("link", name="Start again").click()
    expect(page.locator(TITLE)).to_have_text(chart().questions["predict"])
    expect(page.locator(".study-chooser .trail")).to_have_count(0)


@pytest.mark.parametrize(
    ("hash", "question"),
    [
        ("number/never", "cost"),
        ("nonsense", "predict"),
        ("<img src=x onerror=alert(1)>", "predict"),
        ("number/__proto__", "cost"),
        (f"{SHORT}/nobody", None),
    ],
)
def test_of_a_link_that_is_wrong_what_is_right_counts(open_chooser, hash, question):
    page = open_chooser(hash)

    expect(page.locator(".study-chooser .lost")).to_contain_text(NO_ANSWER)
    if question:
        expect(page.locator(TITLE)).to_have_text(chart().questions[question])
    assert page.locator(".study-chooser img").count() == 0


def test_a_link_to_a_heading_changes_no_answer(open_chooser):
    page = open_chooser(SHORT)
    page.get_by_role("link", name="What the answer is worth", exact=True).click()
    expect(page.locator(".study-chooser .arrived")).to_be_visible()
    expect(page.locator(TITLE)).not_to_be_focused()


@pytest.mark.parametrize(
    ("width", "scheme"),
    [(390, "dark"), (1280, "light")],
)
def test_at_each_step_axe_finds_nothing_and_nothing_is_wider(
    open_chooser, width, scheme
):
    page = open_chooser(width=width, scheme=scheme)
    for answers in ("", "number", "number/squares", LONG):
        page.evaluate("(path) => { location.hash = `#/${path}` }", answers)
        page.wait_for_timeout(100)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator(".study-chooser summary").click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [390, 1280])
def test_without_scripts_tables_have_every_path(open_page, width):
    page = open_page(PAGE, width=width, java_script_enabled=False)

    expect(page.locator(".study-chooser .panel")).to_be_hidden()
    rows = page.locator(".study-chooser tbody tr:visible")
    expect(rows).to_have_count(len(chart().ends))
    for row, (path, end) in zip(rows.all(), chart().ends.items(), strict=True):
        expect(row).to_contain_text(by_key(end.loss).title)
        for _, text in chart().said(path)[1:]:
            expect(row).to_contain_text(text)
        assert row.locator("td").nth(2).inner_text().strip()
    captions = page.locator(".study-chooser caption:visible")
    expect(captions).to_have_text(list(chart().answers["predict"].values()))
    for question in chart().questions.values():
        asked = page.locator(".study-chooser .questions li").get_by_text(question)
        expect(asked).to_be_visible()


def test_on_paper_stand_the_tables(open_chooser):
    page = open_chooser(SHORT)
    page.emulate_media(media="print")

    expect(page.locator(".study-chooser .panel")).to_be_hidden()
    rows = page.locator(".study-chooser tbody tr:visible")
    expect(rows).to_have_count(len(chart().ends))


def test_in_the_book_to_download_stand_the_tables(site):
    (body,) = articles.parsed(site / PAGE).xpath("//article")

    body = articles.unfolded(body)

    assert not body.xpath('.//*[@class="panel"]')
    assert body.xpath(".//tr/@data-path") == list(chart().ends)


def fulfil(page, name):
    """Give the page a script of the package as it is."""
    page.route(f"**/{name}", lambda route: route.fulfill(path=ROOT / "lossbook" / name))


def test_in_a_notebook_the_answers_are_kept_in_the_model(open_chooser):
    page = open_chooser()
    for name in (
        "address.js",
        "elements.js",
        "study/chooser.js",
        "study/copying.js",
        "study/schedule.js",
        "study/static.js",
        "study/store.js",
    ):
        fulfil(page, name)
    html = study.chooser().html
    page.evaluate(
        """async (html) => {
          const { default: widget } = await import("/study/chooser.js");
          const state = { html, answers: "number" };
          const heard = new Set();
          window.model = {
            get: (name) => state[name],
            set(name, value) { state[name] = value; heard.forEach((each) => each()); },
            save_changes() { window.saved = state.answers; },
            on: (_, each) => heard.add(each),
            off: (_, each) => heard.delete(each),
            heard,
          };
          const el = document.body.appendChild(document.createElement("div"));
          el.id = "notebook";
          window.end = await widget.render({ model: window.model, el });
        }""",
        html,
    )
    made, before = page.locator("#notebook"), page.url

    expect(made.locator(".title")).to_have_text(chart().questions["cost"])
    text = chart().answers["cost"]["one-side"]
    made.get_by_role("link", name=text, exact=True).click()
    expect(made.locator(".title")).to_have_text("Your loss: quantile loss")
    assert page.evaluate("window.saved") == SHORT
    assert page.url == before
    page.evaluate("window.model.set('answers', 'count')")  # as Python would
    expect(made.locator(".title")).to_have_text(chart().questions["cost"])
    assert page.evaluate("(window.end(), window.model.heard.size)") == 0
