"""Every link leads somewhere, and every file that a page names is there."""

import re
from collections import Counter
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit


class Page(HTMLParser):
    """The ids of a page, and all that it refers to."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.links = set(), []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name == "id":
                self.ids.add(value)
            elif name in ("href", "src", "data", "poster", "action") and value:
                self.links.append(value)


def broken_links(site):
    """The internal links that lead nowhere, as `page -> link`."""
    pages = {
        path.resolve(): Page(path.read_text("utf-8")) for path in site.rglob("*.html")
    }
    return [
        f"{path.relative_to(site.resolve())} -> {link}"
        for path, page in pages.items()
        for link in page.links
        if not urlsplit(link).scheme and not leads_somewhere(link, path, pages, site)
    ]


def leads_somewhere(link, path, pages, site):
    parts = urlsplit(link)
    base = site if link.startswith("/") else path.parent  # as 404.html has them
    place = unquote(parts.path).lstrip("/")
    target = (base / place).resolve() if place else path
    if target in pages:
        return not parts.fragment or unquote(parts.fragment) in pages[target].ids
    return target.is_file()


def test_every_internal_link_leads_somewhere(site):
    assert broken_links(site) == []


def test_every_file_that_the_style_sheet_names_is_there(site):
    (style,) = (site / "_static").glob("site.*.css")
    names = re.findall(
        r"url\(\"?(?!data:)([^)\"]+)", style.read_text("utf-8").split("data:", 1)[0]
    )
    assert [name for name in names if not (style.parent / name).is_file()] == []


def test_broken_links_and_anchors_would_be_noticed(tmp_path):
    (tmp_path / "a.html").write_text(
        '<p id="here"><a href="#here">1</a><a href="a.html#gone">2</a><img src="b.svg">'
    )
    assert broken_links(tmp_path) == ["a.html -> a.html#gone", "a.html -> b.svg"]


def test_no_two_places_of_a_page_have_the_same_name(site):
    """Nor the name of what book.js adds, which would take on its looks."""
    for path in site.rglob("*.html"):
        names = re.findall(r'\sid="?([^\s>"]+)', path.read_text("utf-8"))
        places = Counter([*names, "term-definition"])
        assert [n for n, count in places.items() if count > 1] == [], path
