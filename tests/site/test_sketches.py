"""Sketches in a browser: drawn with a pen stroke, a finger or keys, and judged."""

from itertools import pairwise

import pytest
from playwright.sync_api import expect

from lossbook import study
from lossbook.study import bank
from lossbook.topics import TOPICS
from tests.site.explorers import finger_drag, mouse_drag
from tests.site.pages import CONTENTS
from tests.site.test_quizzes import bring
from tests.study.drawings import hinge

pytestmark = pytest.mark.site

SKETCHES = {q.id: q for t in TOPICS for q in bank.questions(t) if q.sketch}
SPAM, PRACTICE = "draw-the-loss-of-a-spam-mail", "book/hinge_practice.html"
# Where a point of a plot is on the screen, in CSS pixels.
ON_SCREEN = """(svg, points) => points.map(([x, y]) => {
  const at = new DOMPoint(svg.units.x(x), svg.units.y(y));
  const { x: left, y: top } = at.matrixTransform(svg.getScreenCTM());
  return [left, top];
})"""
ENDS = """(line) => [0, line.getTotalLength()].map((at) => {
  const { x, y } = line.getPointAtLength(at).matrixTransform(line.getScreenCTM());
  return [x, y];
})"""


@pytest.fixture
def sketch(open_page):
    """Open the page that asks for a sketch; returns the question, ready to draw on."""

    def opened(name, page=None, **options):
        page = open_page(
            page or f"book/{SKETCHES[name].topic}_practice.html", **options
        )
        return ready(page, name)

    return opened


def ready(page, name):
    part = page.locator(f'.question[data-id="{name}"]')
    root = page.locator("[data-study]", has=part)
    root.evaluate("(root) => root.scrollIntoView({ behavior: 'instant' })")
    expect(root).to_have_attribute("data-live", "")
    bring(part)
    part.locator(".pad").evaluate("(pad) => pad.scrollIntoView({ block: 'center' })")
    expect(part.locator(".ball").first).to_be_visible()
    return part


def pen(page, points):
    """A stroke of the mouse through some points of the screen."""
    for _ in mouse_drag(page)(points):
        pass


def finger(page, points):
    """The same with a finger."""
    for _ in finger_drag(page)(points):
        pass


def on_screen(part, points):
    return part.locator(".plots svg").evaluate(ON_SCREEN, points)


def curve(name):
    """The right curve as points of a stroke, a little beyond the last place."""
    asked = SKETCHES[name].sketch
    heights = asked.at(asked.places)
    beyond = (asked.places[-1] - asked.places[0]) / 40
    return [
        *zip(asked.places, heights, strict=True),
        (asked.places[-1] + beyond, heights[-1]),
    ]


def heights(part):
    """What the points say, None where one is not set."""
    said = [s.get_attribute("aria-valuetext") for s in part.get_by_role("slider").all()]
    return [None if t == "not set" else float(t.replace("−", "-")) for t in said]


@pytest.mark.parametrize("name", SKETCHES)
def test_the_right_curve_drawn_in_one_stroke_is_right(sketch, name):
    part = sketch(name)
    pen(part.page, on_screen(part, curve(name)))

    asked = SKETCHES[name].sketch
    low, high, _ = asked.span
    for drawn, right in zip(heights(part), asked.at(asked.places), strict=True):
        assert abs(drawn - right) <= 0.03 * (high - low)
    part.get_by_role("button", name="Check").click()
    expect(part.get_by_role("status")).to_contain_text("✓ Right.")
    line = part.locator(".plots .right-curve")
    expect(line).to_be_visible()
    # The line that is shown goes from the first point to the last.
    first, *_, last = on_screen(part, curve(name)[:-1])
    assert line.evaluate(ENDS) == [pytest.approx(end, abs=2) for end in (first, last)]


def test_a_wrong_curve_is_told_where_and_the_drawing_stays_to_be_mended(sketch):
    part = sketch(SPAM)
    places = SKETCHES[SPAM].sketch.places
    wrong, told = hinge.WRONG[SPAM][0]
    pen(part.page, on_screen(part, [(x, float(wrong(x))) for x in (*places, 3.1)]))
    drawn = heights(part)
    part.get_by_role("button", name="Check").click()

    expect(part.get_by_role("status")).to_contain_text("✗ Not right yet.")
    expect(part.get_by_role("status")).to_contain_text(told)
    expect(part.locator(".plots .fault")).to_be_visible()
    pen(part.page, on_screen(part, curve(SPAM)))
    assert heights(part) == drawn  # it is judged already
    part.get_by_role("button", name="Try again").click()
    assert heights(part) == drawn
    expect(part.locator(".plots .fault")).to_have_count(0)
    pen(part.page, on_screen(part, curve(SPAM)))
    part.get_by_role("button", name="Check").click()
    expect(part.get_by_role("status")).to_contain_text("✓ Right.")
    part.get_by_role("button", name="Once more").click()
    expect(part.get_by_role("slider").first).to_have_attribute(
        "aria-valuetext", "not set"
    )
    assert heights(part) == [None] * len(places)


def test_who_has_not_set_a_point_is_led_to_it(sketch):
    part = sketch(SPAM)
    pen(part.page, on_screen(part, curve(SPAM)[:4]))
    part.get_by_role("button", name="Check").press("Enter")

    expect(part.get_by_role("status")).to_have_text(
        "Set every point first: the one at score 1 is not set."
    )
    slider = part.get_by_role("slider", name="hinge loss at score 1", exact=True)
    expect(slider).to_be_focused()
    expect(part.locator(".ball").nth(4)).to_have_class("ball unset focused")
    slider.press("ArrowDown")
    assert heights(part)[4] == 1.25
    slider.press("Enter")
    expect(part.get_by_role("status")).to_contain_text("the one at score 2 is not set")


def test_a_finger_draws_across_and_scrolls_along(sketch):
    part = sketch(SPAM, width=360, has_touch=True)
    page = part.page
    first = part.locator(".ball").first.bounding_box()
    grip = (first["x"] + first["width"] / 2, first["y"] + first["height"] / 2)
    finger(page, [grip, *on_screen(part, curve(SPAM))])
    drawn, top = heights(part), page.evaluate("scrollY")
    assert drawn == [4, 3, 2, 1, 0, 0, 0]
    (x, y), (_, low) = on_screen(part, [(-0.5, 4.5), (-0.5, 0)])
    finger(page, [(x, low), (x, y)])

    assert heights(part) == drawn
    page.wait_for_function("(top) => scrollY > top", arg=top)


@pytest.mark.parametrize("width", [320, 1280])
def test_all_points_are_within_reach_also_where_letters_are_large(sketch, width):
    part = sketch(SPAM, width=width)
    part.page.add_style_tag(content="html { font-size: 200% }")
    part.page.wait_for_timeout(300)

    edge = part.bounding_box()
    balls = [ball.bounding_box() for ball in part.locator(".ball").all()]
    assert all(b["x"] >= edge["x"] for b in balls)
    assert all(b["x"] + b["width"] <= edge["x"] + edge["width"] for b in balls)
    gaps = [b["x"] - a["x"] for a, b in pairwise(balls)]
    assert min(gaps) >= 18  # with plain letters 24 or more, and the nearest is taken


def test_in_a_chapter_a_sketch_comes_alive_with_its_looks(sketch):
    part = sketch(SPAM, page="book/hinge.html")
    opacity = "(slider) => getComputedStyle(slider).opacity"

    assert part.locator(".pad input").first.evaluate(opacity) == "0"
    pen(part.page, on_screen(part, curve(SPAM)))
    part.get_by_role("button", name="Check").click()
    expect(part.get_by_role("status")).to_contain_text("✓ Right.")


def test_only_where_something_is_to_be_drawn_is_its_script_fetched(open_page, site):
    for name in CONTENTS:
        text = (site / name).read_text("utf-8")
        # Today asks what other pages ask, of any kind.
        is_drawn = "data-sketch=" in text or "data-study=today" in text
        assert ("/sketch." in text) == is_drawn, name
    fetched = {}
    for name in (PRACTICE, "book/what_is_a_loss_practice.html"):
        page = open_page("book/search.html")
        page.on("request", lambda asked, name=name: fetched[name].append(asked.url))
        fetched[name] = []
        page.goto(page.url.replace("book/search.html", name))
        expect(page.locator("[data-study=quiz]")).to_have_attribute("data-live", "")
        page.wait_for_load_state("networkidle")
    with_one, without = (
        [url for url in urls if "sketch" in url] for urls in fetched.values()
    )

    assert len(with_one) == 2  # a script and a style sheet
    assert without == []


def test_where_the_script_is_missing_the_answer_can_be_seen(open_page):
    page = open_page("book/search.html")
    page.route("**/sketch.*.js", lambda route: route.abort())
    page.goto(page.url.replace("book/search.html", PRACTICE))
    part = page.locator(f'.question[data-id="{SPAM}"]')
    quiz = page.locator(".study-quiz", has=part)
    expect(quiz).to_have_attribute("data-live", "")
    part.locator("summary").click()

    expect(part.locator(".pad > svg")).to_be_visible()
    expect(part.locator(".key .right-curve")).to_be_visible()
    expect(part.get_by_role("button", name="Check")).to_be_hidden()


def test_without_scripts_there_are_axes_and_the_right_curve_folded(open_page):
    page = open_page(PRACTICE, java_script_enabled=False)
    part = page.locator(f'.question[data-id="{SPAM}"]')
    axes = part.get_by_role(
        "img", name="Axes to draw on: the hinge loss over the score."
    )

    expect(axes).to_be_visible()
    expect(part.locator(".right-curve")).to_be_hidden()
    part.locator("summary").click()
    right = part.get_by_role(
        "img", name="The right curve, the hinge loss over the score:"
    )
    expect(right).to_be_visible()
    assert "at −3: 4; at −2: 3;" in right.get_attribute("aria-label")


def test_in_a_notebook_one_draws_as_well(open_page):
    """With the joined script and style sheet, which fetch nothing."""
    quiz = study.quiz("hinge", only=[SPAM])
    page = open_page("book/search.html")
    script = {"body": quiz._esm, "content_type": "text/javascript"}
    page.route("**/quiz.js", lambda route: route.fulfill(**script))
    page.add_style_tag(content=quiz._css)
    page.evaluate(
        """async (html) => {
          const { default: widget } = await import("/quiz.js");
          const el = document.createElement("div");
          document.body.append(el);
          widget.render({ model: { get: () => html }, el });
        }""",
        quiz.html,
    )
    part = page.locator(f'.question[data-id="{SPAM}"]')
    expect(part.locator(".ball").first).to_be_visible()
    part.locator(".pad").evaluate("(pad) => pad.scrollIntoView({ block: 'center' })")
    pen(page, on_screen(part, curve(SPAM)))
    part.get_by_role("button", name="Check").click()
    expect(part.get_by_role("status")).to_contain_text("✓ Right.")
