"""Programs to put in order, and worked examples that fade, in a browser."""

import re

import pytest
from playwright.sync_api import expect

from lossbook.study import bank, lines
from tests.site.test_accessibility import violations
from tests.site.test_quizzes import alive, bring, every_look

pytestmark = pytest.mark.site

PAGE, ID = "book/what_is_a_loss_practice.html", "lines-of-a-training-loop"
(QUESTION,) = [q for q in bank.questions("what_is_a_loss") if q.id == ID]
RIGHT = lines.belonging(QUESTION)
CHAPTER = "book/mean_squared_error.html"
STEPS = bank.worked("mean_squared_error").steps


@pytest.fixture
def asked(open_page):
    """The question, alive and in view."""

    def opened(**options):
        page = open_page(PAGE, **options)
        expect(page.locator(".study-quiz")).to_have_attribute("data-live", "")
        part = page.locator(f'[data-id="{ID}"]')
        bring(part)
        return part

    return opened


def line(part, where, code):
    exact = re.compile(rf"^\W*{re.escape(code)}$")
    return part.locator(f".{where} .line").filter(has_text=exact)


def build(part, order):
    """Put lines into the program by keyboard alone, with their indentation."""
    for each in order:
        line(part, "pool", each.code).press("Enter")
        added = line(part, "built", each.code)
        for key in ["ArrowLeft"] * 3 + ["ArrowRight"] * each.indent:
            added.press(key)


def check(part):
    part.get_by_role("button", name="Check").press("Enter")


def codes(part):
    return part.locator(".built code").all_text_contents()


def test_a_right_program_is_built_by_keyboard_told_so_and_kept(asked):
    part = asked()
    build(part, RIGHT)
    first = line(part, "built", RIGHT[3].code)
    first.press("ArrowDown")  # this order counts as right, too
    expect(first).to_be_focused()
    expect(first).to_have_attribute("aria-label", re.compile("line 5 of 6, indented b"))
    check(part)

    expect(part.get_by_role("status")).to_contain_text("Right.")
    expect(part.get_by_role("status")).to_contain_text("Predict, measure")
    expect(part.locator(".count")).to_contain_text("✓ right")
    expect(part.locator("button.again")).to_be_focused()
    part.locator("button.again").press("Enter")
    assert codes(part) == []


@pytest.mark.parametrize(
    ("change", "why", "told"),
    [
        (
            lambda p: [*p[:2], p[4], p[2]],
            "Line 3 is the first.*too early",
            "this round",
        ),
        (lambda p: [*p[:5], QUESTION.lines[6]], "Line 6.*not belong", "This climbs"),
        (lambda p: p[:5], "So far all is right, and 1 line is missing", ""),
    ],
)
def test_the_first_line_that_is_wrong_is_named_and_explained(asked, change, why, told):
    part = asked()
    build(part, change(RIGHT))
    check(part)

    status = part.get_by_role("status")
    expect(status).to_contain_text(re.compile(f"Not right yet.*{why}"))
    expect(status).to_contain_text(told)
    part.locator("button.again").press("Enter")
    assert codes(part) == [each.code for each in change(RIGHT)]


def test_indentation_is_a_part_of_the_answer(asked):
    part = asked()
    build(part, RIGHT)
    line(part, "built", RIGHT[4].code).press("ArrowLeft")
    check(part)

    expect(part.get_by_role("status")).to_contain_text("Line 5 is the first")
    expect(part.get_by_role("status")).to_contain_text("indented too little")


def test_a_line_is_dragged_to_its_place_and_out_again(asked):
    part = asked()
    page, (first, second, third) = part.page, RIGHT[:3]
    build(part, [first, third])
    grip = line(part, "pool", second.code)
    below = line(part, "built", third.code).bounding_box()
    grip.scroll_into_view_if_needed()
    below, box = line(part, "built", third.code).bounding_box(), grip.bounding_box()
    page.mouse.move(box["x"] + 90, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 100, below["y"] + 2, steps=5)
    page.mouse.up()
    assert codes(part) == [first.code, second.code, third.code]

    line(part, "built", second.code).click()
    part.get_by_role("button", name="Indent more").click()
    expect(part.get_by_role("button", name="Indent more")).to_be_focused()
    expect(part.get_by_role("status")).to_contain_text("Line 2 of 3, indented by 1")
    part.get_by_role("button", name="Take out").click()
    assert codes(part) == [first.code, third.code]


def test_a_finger_drags_a_line_by_its_grip(asked):
    part = asked(width=390, has_touch=True, is_mobile=True)
    build(part, RIGHT[:1])
    grip = line(part, "pool", RIGHT[1].code).locator(".grip")
    grip.scroll_into_view_if_needed()
    box, to = grip.bounding_box(), part.locator(".built").bounding_box()
    cdp = part.page.context.new_cdp_session(part.page)
    x, y, end = box["x"] + 8, box["y"] + 8, to["y"] + to["height"] - 4

    def touch(kind, at=None):
        points = [] if at is None else [{"x": x, "y": at}]
        cdp.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", y)
    for share in range(1, 6):
        touch("touchMove", y + (end - y) * share / 5)
    touch("touchEnd")
    expect(line(part, "built", RIGHT[1].code)).to_be_visible()
    assert codes(part) == [each.code for each in RIGHT[:2]]


def test_help_takes_away_what_does_not_belong_and_joins_lines(asked):
    part = asked()
    for stranger in lines.strangers(QUESTION):
        part.get_by_role("button", name="Help me").press("Enter")
        expect(part.get_by_role("status")).to_contain_text("does not belong")
        assert stranger.code in part.locator(".feedback").text_content()
    assert part.locator(".pool .line").count() == len(RIGHT)
    while part.get_by_role("button", name="Help me").is_visible():
        part.get_by_role("button", name="Help me").press("Enter")
    assert part.locator(".pool .line").count() == 3
    while (left := part.locator(".pool .line")).count():
        wanted = [each.code for each in RIGHT][len(codes(part))]
        left.filter(has_text=wanted).first.press("Enter")
    for at in range(3):  # each joined part is shifted as its first line
        code = part.locator(".built > li").nth(at).locator("code").first.text_content()
        (first,) = [each for each in RIGHT if each.code == code]
        for key in ["ArrowLeft"] * 3 + ["ArrowRight"] * first.indent:
            part.locator(".built .line").nth(at).press(key)
    check(part)
    expect(part.get_by_role("status")).to_contain_text("Right.")


def test_only_pages_that_ask_for_programs_fetch_their_script(open_page):
    for name, is_fetched in ((PAGE, True), ("book/cross_entropy_practice.html", False)):
        page = open_page(name)
        alive(page)
        urls = page.evaluate(
            "performance.getEntriesByType('resource').map(({ name }) => name)"
        )
        assert any("/lines." in url for url in urls) == is_fetched
        assert not any("/worked." in url for url in urls)


def test_on_paper_all_lines_stand_to_be_read_and_nothing_to_be_pressed(asked):
    part = asked()
    build(part, RIGHT[:2])
    part.page.emulate_media(media="print")
    shown = part.locator(".pool code:visible").all_text_contents()
    assert shown == [each.code for each in lines.mixed(QUESTION)]
    expect(part.locator(":is(.hint, .built, button):visible")).to_have_count(0)


def test_without_scripts_the_program_and_the_steps_are_there_to_unfold(open_page):
    page = open_page(PAGE, java_script_enabled=False)
    part = page.locator(f'[data-id="{ID}"]')
    assert part.locator(".pool li:visible").count() == len(QUESTION.lines)
    expect(part.locator(".program")).to_be_hidden()
    part.locator("summary").click()
    assert part.locator(".program").text_content() == lines.program(RIGHT)
    expect(part.locator(".feedback")).to_contain_text("This climbs")

    page = open_page(CHAPTER, java_script_enabled=False)
    steps = page.locator(".study-worked .question")
    assert steps.count() == len(STEPS)
    steps.first.locator("summary").click()
    expect(steps.first.locator(".key")).to_have_text("−15 thousand dollars")


@pytest.fixture
def example(open_page):
    """The worked example of a chapter, alive."""

    def opened(**options):
        page = open_page(CHAPTER, **options)
        root = page.locator(".study-worked")
        root.evaluate("(node) => node.scrollIntoView({ behavior: 'instant' })")
        expect(root).to_have_attribute("data-live", "")
        return root

    return opened


def onward(root):
    root.locator(".actions > .check").last.press("Enter")


def states(root):
    parts = root.locator(".question").all()
    return [part.get_attribute("data-state") for part in parts]


def test_ever_more_steps_are_left_to_do_with_fresh_numbers(example):
    root, texts = example(), []
    for left in (0, 1, 2, 4, 4):
        assert states(root) == ["shown"] * (4 - left) + ["open"] * left
        texts.append(root.locator(".text").all_text_contents())
        for at, step in enumerate(STEPS):
            variant = step.variants()[len(texts) - 1]
            key = root.locator(".question").nth(at).locator(".key")
            value = float(key.get_attribute("data-key"))
            assert value == pytest.approx(variant.answer.value(variant.given))
        onward(root)
        expect(root.locator(".score")).to_be_focused()
    assert len({str(text) for text in texts}) == 5
    root.get_by_role("button", name="See it worked again").press("Enter")
    assert root.locator(".text").all_text_contents() == texts[0]


def test_a_wrong_step_is_told_its_mistake_and_a_right_one_leads_on(example):
    root = example()
    onward(root)
    onward(root)  # the last two are left to do
    variant = STEPS[2].variants()[2]
    step = root.locator(".question").nth(2)
    mistake = variant.mistakes[0]
    step.locator("input").fill(f"{mistake.value(variant.given):.9g}")
    step.locator("input").press("Enter")
    expect(step.get_by_role("status")).to_contain_text("Not right yet.")
    expect(step.get_by_role("status")).to_contain_text("Square each first")
    step.get_by_role("button", name="Try again").press("Enter")
    step.locator("input").fill(f"{variant.answer.value(variant.given):.9g}")
    step.locator("input").press("Enter")
    expect(step.get_by_role("status")).to_contain_text("Right.")
    expect(root.locator(".question").nth(3).locator("input")).to_be_focused()


@every_look
def test_both_are_free_of_violations_and_fit(asked, example, width, scheme):
    part = asked(width=width, scheme=scheme)
    build(part, [RIGHT[0], QUESTION.lines[7]])
    line(part, "built", RIGHT[0].code).click()
    assert violations(part.page) == []
    check(part)
    assert violations(part.page) == []
    root = example(width=width, scheme=scheme)
    onward(root)
    assert violations(root.page) == []
    for page in (part.page, root.page):
        assert page.evaluate("document.documentElement.scrollWidth") <= width
