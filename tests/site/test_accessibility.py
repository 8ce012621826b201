"""axe finds nothing, best practices included, whatever is open, wide or dark."""

import pytest

from tests.site.pages import CHAPTER, COME_NEAR, PAGES, ROOT, sampled

RUN = """async (within) => {
  // Off by default, and faults of the plain theme.
  const rules = Object.fromEntries(["label-content-name-mismatch", "target-size"]
    .map((rule) => [rule, { enabled: true }]));
  const options = { rules, resultTypes: ["violations"] };
  const { violations } = await axe.run(within ?? document, options);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}"""
AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
# But for what never ends: the cursor of an editor, what moved in a box as it closed,
# and what waits for its script.
SETTLED = """Promise.allSettled(document.getAnimations()
  .filter(({ playState }) => playState === "running")
  .filter(({ effect }) => Number.isFinite(effect.getComputedTiming().endTime))
  .filter(({ effect }) => effect.target.checkVisibility())
  .map(({ finished }) => finished))"""
# What scrolls becomes a stop of the keyboard 300 ms after the page has changed.
STOPS = "new Promise((done) => setTimeout(done, 400))"
# What has slid halfway under the bar of the page has room above or below it.
BAR = """(position) => {
  document.querySelector("header.bar")?.style.setProperty("position", position);
}"""
WIDE, NARROW = 1280, 360


def violations(page, within=None):
    page.evaluate(AXE)  # as the browser's tools do: the policy of the page is strict
    page.evaluate(STOPS)
    page.evaluate(SETTLED)  # colours and drawers move for a moment
    page.evaluate(BAR, "static")
    found = page.evaluate(RUN, within)
    page.evaluate(BAR, "")
    return found


# Everything that a reader can open: where, how wide, by what.
OPENED = {
    "download menu": (CHAPTER, WIDE, "details.dropdown > summary"),
    "download menu, narrow": (
        "book/glossary.html",
        NARROW,
        "details.dropdown > summary",
    ),
    "search dialog": (CHAPTER, WIDE, ".search-button__button:visible"),
    "search dialog, narrow": (CHAPTER, NARROW, ".search-button__button:visible"),
    "menu": (CHAPTER, WIDE, ".menu-button"),
    "menu, narrow": (CHAPTER, NARROW, ".menu-button"),
    "contents drawer": (CHAPTER, NARROW, ".secondary-toggle"),
    "search results": ("search.html?q=loss", WIDE, ".search-results a >> nth=0"),
    "search results, narrow": (
        "search.html?q=loss",
        NARROW,
        ".search-results a >> nth=0",
    ),
}


def opened(open_page, state, scheme):
    name, width, target = OPENED[state]
    page = open_page(name, width=width, scheme=scheme)
    page.locator(target).first.wait_for() if "search.html" in name else page.click(
        target
    )
    return page


@pytest.mark.parametrize(("width", "scheme"), [(WIDE, "light"), (NARROW, "dark")])
@pytest.mark.parametrize("name", sampled(PAGES))
def test_axe_finds_nothing_on_a_page(open_page, name, width, scheme):
    page = open_page(name, width=width, scheme=scheme)
    page.evaluate(COME_NEAR)
    assert violations(page) == []


@pytest.mark.site
@pytest.mark.parametrize("state", OPENED)
def test_axe_finds_nothing_in_what_opens(open_page, state):
    assert violations(opened(open_page, state, "light")) == []


@pytest.mark.site
@pytest.mark.parametrize(("width", "scheme"), [(WIDE, "dark"), (NARROW, "light")])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_in_the_rest_of_the_matrix(open_page, name, width, scheme):
    page = open_page(name, width=width, scheme=scheme)
    page.evaluate(COME_NEAR)
    assert violations(page) == []


@pytest.fixture(scope="module")
def far_sighted(launch):
    """A browser whose reader has set letters of 200 %, which media queries follow."""
    return launch("--blink-settings=defaultFontSize=32")


@pytest.mark.site
@pytest.mark.parametrize(
    ("width", "scheme"),
    [(320, "light"), (390, "dark"), (768, "light"), (WIDE, "dark")],
)
@pytest.mark.parametrize("name", PAGES)
def test_with_letters_twice_as_large(far_sighted, server, name, width, scheme):
    size = {"width": width, "height": 900}
    with far_sighted.new_context(viewport=size, color_scheme=scheme) as context:
        page = context.new_page()
        page.goto(server + name)
        page.evaluate(COME_NEAR)
        assert violations(page) == []
        if width >= 390:  # the narrowest has room for eight letters a line
            assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.site
@pytest.mark.parametrize("state", OPENED)
def test_axe_finds_nothing_in_what_opens_in_the_dark(open_page, state):
    assert violations(opened(open_page, state, "dark")) == []


def test_axe_would_notice(open_page):
    page = open_page("book/intro.html")
    page.evaluate(
        "document.querySelector('article').append(document.createElement('button'))"
    )
    assert [line.partition(":")[0] for line in violations(page)] == ["button-name"]
