"""Pages elsewhere that the book links to are there (`make test-links`)."""

import re
import urllib.request

import pytest

from tests.book.chapters import BOOK, CHAPTERS, PAGES, cells

# Some libraries answer programs with "forbidden" and people with the page.
THERE = {200, 403, 429}


def sources(page):
    path = BOOK / f"{page}.md"
    if path.exists():
        return path.read_text("utf-8")
    return "\n".join(cell.source for cell in cells(page, "markdown"))


ADDRESSES = sorted(
    {
        address.rstrip(".,;")
        for page in CHAPTERS + PAGES
        for address in re.findall(r"https?://[^\s)>\"]+", sources(page))
    }
)


@pytest.mark.release
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_elsewhere_is_there(address):
    request = urllib.request.Request(  # noqa: S310 - http and https only, see above
        address, headers={"User-Agent": "Mozilla/5.0 (link check)"}
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            status = answer.status
    except urllib.error.HTTPError as error:
        status = error.code

    assert status in THERE
