"""The cover, for the PDF a page, for the EPUB a picture."""

from lxml import html
from lxml.builder import E
from playwright.sync_api import sync_playwright

from tools import browser
from tools.build.formats.curves import landscape


def block(about):
    """The first page."""
    name, _, subject = about["title"].partition(": ")
    address = about["address"]
    return E.div(
        {"class": "cover"},
        E.p({"class": "title"}, name),
        E.p({"class": "subject"}, subject[:1].upper() + subject[1:]),
        landscape(),
        E.div(
            {"class": "about"},
            E.p(about["author"]),
            E.p(
                "The same book stands on its site",
                *([", ", E.a(address, href=address)] * bool(address)),
                ". There its figures move, its quizzes answer back, its chapters can "
                "be listened to, and its code can be run.",
            ),
            E.p(f"Version {about['version']}, {about['day']}. {about['licence']}"),
        ),
    )


def picture(about, styles) -> bytes:
    """The same as a PNG."""
    page = E.html(
        E.head(E.meta(charset="utf-8"), *styles), E.body(block(about)), lang="en-GB"
    )
    content = html.tostring(page, encoding="unicode", doctype="<!DOCTYPE html>")
    with sync_playwright() as playwright:
        running = browser.launch(playwright)
        tab = running.new_page(viewport={"width": 794, "height": 1123})  # A4
        tab.set_content(content)
        tab.evaluate("document.fonts.ready")
        seen = tab.screenshot(animations="disabled")
        running.close()
    return seen
