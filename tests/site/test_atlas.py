"""The atlas in a browser: filtered, sorted, by keyboard, as a link, without scripts."""

from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from book._ext.directives.atlas import COLUMNS, name_of, value
from lossbook import showing
from lossbook.catalogue import LOSSES, by_key
from lossbook.properties import of
from tests.site.test_accessibility import violations
from tests.site.test_keyboard import tab_to
from tools.build.formats import articles

pytestmark = pytest.mark.site

PAGE = "book/atlas.html"
CARDS, ROWS = ".atlas .cards > section:visible", ".atlas tbody tr:not([hidden])"
PROPER = [loss for loss in LOSSES if value(loss, "proper") == "yes"]


@pytest.fixture
def open_atlas(open_page):
    """Open the page with some choices in its address, and wait until it is alive."""

    def opened(hash="", width=1280, scheme="light", **choices):
        query = f"?{urlencode(choices)}" if choices else ""
        page = open_page(f"{PAGE}{query}{hash}", width=width, scheme=scheme)
        expect(page.locator(".atlas")).to_have_attribute("data-live", "")
        return page

    return opened


def shows(page, losses):
    """Wait until cards and table show these losses, in this order, and it is said."""
    names = [name_of(loss) for loss in losses]
    expect(page.locator(f"{CARDS} > h2")).to_have_text([f"{name}#" for name in names])
    expect(page.locator(f"{ROWS} > td:first-child")).to_have_text(names)
    said = f"{len(losses)} of {len(LOSSES)} losses"
    expect(page.get_by_role("status").get_by_text(said, exact=True)).to_be_visible()


def choice(page, name):
    return page.locator(f".atlas-find select[name={name}]")


def test_all_losses_stand_there_each_with_its_facts(open_atlas):
    page = open_atlas()
    shows(page, LOSSES)
    for card, loss in zip(page.locator(CARDS).all(), LOSSES, strict=True):
        facts = showing.facts(loss)
        expect(card.locator("dt")).to_contain_text([fact.name for fact in facts])
        words = " ".join(card.inner_text().split())
        for fact in facts:
            assert fact.value in words
            if not set("$`") & set(fact.because):
                assert fact.because in words
        assert card.locator("svg .curve-line").get_attribute("d").count("L") > 9
        assert card.locator(".katex").count() >= 1
        assert card.locator("a[href^='api/']").count() == 1


@pytest.mark.parametrize("column", COLUMNS)
def test_each_choice_leaves_the_losses_that_have_it(open_atlas, column):
    page = open_atlas()
    for word in dict.fromkeys(value(loss, column) for loss in LOSSES):
        choice(page, column).select_option(word)
        shows(page, [loss for loss in LOSSES if value(loss, column) == word])


def test_by_keyboard_one_chooses_sorts_and_takes_back(open_atlas):
    page = open_atlas()
    tab_to(page, "select[name=proper]")
    page.keyboard.type("yes")
    shows(page, PROPER)
    tab_to(page, "select[name=sort]")
    page.keyboard.type("Loss")
    shows(page, sorted(PROPER, key=lambda loss: name_of(loss).lower()))
    tab_to(page, ".atlas-find button")
    page.keyboard.press("Enter")
    shows(page, LOSSES)
    assert "?" not in page.url


def test_words_are_found_in_whatever_spelling(open_atlas):
    page = open_atlas()
    for typed in ("squared_hinge", "Squared Hinge", "squared-hinge"):
        page.get_by_label("Find").fill(typed)
        expect(page.locator(f"{CARDS} > h2").first).to_have_text("Squared hinge loss#")
    page.get_by_label("Find").fill("<img src=x>")
    expect(page.get_by_role("status")).to_contain_text("No loss is like that")
    expect(page.locator(CARDS)).to_have_count(0)
    assert page.locator(".atlas img").count() == 0


def test_the_choice_is_a_link_that_lasts(open_atlas, browser):
    page = open_atlas()
    choice(page, "reads").select_option("logits")
    choice(page, "convex").select_option("yes")
    choice(page, "sort").select_option("slope")
    wanted = [
        loss
        for loss in LOSSES
        if loss.reads == "logits" and value(loss, "convex") == "yes"
    ]
    wanted.sort(key=lambda loss: value(loss, "slope"))
    shows(page, wanted)
    assert len(wanted) > 1

    page.reload()
    shows(page, wanted)
    with browser.new_context() as context:  # of whom it was sent to
        other = context.new_page()
        other.goto(page.url)
        shows(other, wanted)
        expect(choice(other, "convex")).to_have_value("yes")


def test_what_is_no_choice_in_an_address_counts_as_none(open_atlas):
    page = open_atlas(proper="<b>", reads="__proto__", sort="hinge", who="I")
    shows(page, LOSSES)
    expect(choice(page, "reads")).to_have_value("")


def test_a_link_to_a_card_shows_it_whatever_is_chosen(open_atlas):
    page = open_atlas(hash="#hinge-loss", proper="yes")
    expect(page.locator("#hinge-loss")).to_be_in_viewport()
    shows(page, LOSSES)
    assert page.url.endswith("atlas.html#hinge-loss")


def test_the_table_opens_and_leads_to_the_cards(open_atlas):
    page = open_atlas()
    expect(page.locator(".atlas table")).to_be_hidden()
    page.get_by_text("All in one table").press("Enter")
    page.get_by_role("link", name="Triplet loss", exact=True).last.click()
    expect(page.locator("#triplet-loss")).to_be_in_viewport()
    assert page.url.endswith("#triplet-loss")


@pytest.mark.parametrize("width", [390, 1280])
def test_without_scripts_a_table_has_every_property(open_page, width):
    page = open_page(PAGE, width=width, java_script_enabled=False)

    expect(page.locator(".atlas-find")).to_be_hidden()
    for row, loss in zip(page.locator(ROWS).all(), LOSSES, strict=True):
        expect(row).to_be_visible()
        words = [value(loss, column) for column in COLUMNS]
        expect(row.locator("td")).to_have_text([name_of(loss), *words])
    expect(page.locator(CARDS)).to_have_count(len(LOSSES))


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_axe_finds_nothing_and_nothing_is_wider(open_atlas, width, scheme):
    page = open_atlas(width=width, scheme=scheme)
    page.get_by_text("All in one table").click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_label("Find").fill("no such loss")
    assert violations(page) == []


def test_the_card_stands_on_the_page_of_the_loss_too(site):
    for loss in LOSSES:
        page = loss.value.__module__.rpartition(".")[2]
        tree = articles.parsed(site / f"book/api/{page}.html")
        cards = tree.xpath('//div[starts-with(@class, "loss-card")]')
        (card,) = (
            one for one in cards if one.xpath("string(.//p//strong)") == name_of(loss)
        )
        words = " ".join(card.text_content().split())
        assert of(loss.key).used in words
        assert f"{of(loss.key).best.value}." in words
        assert card.xpath(".//a[starts-with(@href, '../atlas.html#')]")


def test_on_paper_nothing_is_to_be_filled_in(site):
    (body,) = articles.parsed(site / PAGE).xpath("//article")

    body = articles.unfolded(body)

    assert not body.xpath(".//form | .//select")
    assert len(body.xpath(".//tbody/tr")) == len(LOSSES)
    assert by_key("hinge").title in body.text_content().lower()
