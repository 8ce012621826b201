"""The pages of the inventory: by keys, on a phone, kept over a reload, saved."""

import pytest
from playwright.sync_api import expect

from classroom.inventory import FORMS, form
from classroom.inventory.commands import write
from classroom.inventory.gains import gains
from classroom.inventory.handout import handout
from classroom.inventory.sheets import read
from tests.classroom.test_gains import right_up_to, saved
from tests.site.test_accessibility import violations

pytestmark = pytest.mark.site


@pytest.fixture(params=FORMS)
def opened(request, browser, tmp_path):
    """Open the page of a form as a file, without a network."""
    path = tmp_path / "page.html"
    path.write_text(handout(form(request.param)), "utf-8")
    context = browser.new_context(
        viewport={"width": 390, "height": 800}, color_scheme="dark", offline=True
    )
    page = context.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(path.as_uri())
    yield page, request.param
    context.close()
    assert said == []


def test_a_form_is_answered_by_keys_and_saved(opened):
    page, name = opened
    asked = form(name)
    page.get_by_label("Your name or code").focus()
    page.keyboard.type("Ann-Léa 7")
    for _ in range(len(asked.items)):
        page.keyboard.press("Tab")
        page.keyboard.press("Space")  # the first choice, then the third
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
    expect(page.get_by_role("status")).to_have_text("20 of 20 answered.")

    page.reload()
    expect(page.get_by_role("status")).to_have_text("20 of 20 answered.")
    page.locator("fieldset").nth(4).get_by_label("I have no idea").check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save my answers").press("Enter")

    assert download.value.suggested_filename == f"{name}-Ann-Léa-7.json"
    sheet = read(download.value.path().read_bytes())
    assert (sheet.who, sheet.form) == ("Ann-Léa 7", asked)
    assert sheet.letters == {n: "C" for n in range(1, 21) if n != 5}
    chosen = [asked.choices(n)["C"].right for n in range(1, 21)]
    assert sheet.right.sum() == sum(chosen) - chosen[4]
    expect(page.get_by_role("status")).to_contain_text("20 of 20 answered.")


def test_nothing_is_saved_without_a_name_and_what_is_deleted_is_gone(opened):
    page, _ = opened
    page.get_by_role("button", name="Save my answers").click()
    expect(page.get_by_label("Your name or code")).to_be_focused()
    expect(page.get_by_role("status")).to_contain_text("Write your name or code")

    page.get_by_label("Your name or code").fill("Ann")
    page.locator("fieldset").first.get_by_role("radio").first.check()
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_role("status")).to_have_text("Deleted. 0 of 20 answered.")
    page.reload()
    expect(page.get_by_role("status")).to_have_text("0 of 20 answered.")
    expect(page.get_by_label("Your name or code")).to_have_value("")


@pytest.mark.parametrize("kept", ["{", "5", '{"who": 7, "answers": "x"}', "null"])
def test_what_others_have_written_there_does_no_harm(opened, kept):
    page, _ = opened
    page.get_by_label("Your name or code").fill("Ann")
    put = "kept => localStorage.setItem(Object.keys(localStorage)[0], kept)"
    page.evaluate(put, kept)
    page.reload()

    expect(page.get_by_role("status")).to_have_text("0 of 20 answered.")


def test_it_fits_and_everybody_can_use_it(opened):
    page, _ = opened

    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert violations(page) == []
    fetched = "performance.getEntriesByType('resource').map(({ name }) => name)"
    assert page.evaluate(fetched) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_of_gains_can_be_read_on_a_phone(browser, tmp_path, scheme):
    before, after = tmp_path / "before", tmp_path / "after"
    for place, name, right in ((before, FORMS[0], 7), (after, FORMS[1], 12)):
        place.mkdir()
        for number in range(12):
            data = saved(f"K{number}", name, right_up_to(right + number % 3))
            (place / f"{number}.json").write_bytes(data)
    path = write(gains(before, after), tmp_path / "out", names=True)
    context = browser.new_context(
        viewport={"width": 390, "height": 800}, color_scheme=scheme
    )
    page = context.new_page()
    page.goto(path.as_uri())

    assert page.evaluate("document.documentElement.scrollWidth") == 390
    after = page.get_by_role("columnheader", name="Right after").first.bounding_box()
    assert after["x"] + after["width"] <= 390
    assert violations(page) == []
    context.close()
