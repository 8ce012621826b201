"""The doors: cartridges lead to pages there are, the site offers what is public."""

import zipfile
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from lxml import html

from lossbook.exporting.cartridge import QUESTIONS
from lossbook.study.goals import titles
from tests.exporting.test_cartridge import contents, read
from tools import cache
from tools.build import book
from tools.build.doors import (
    __main__ as doors,
    cartridge,
    leaks,
    offering,
    pages,
)

ADDRESS = "https://course.example.org/loss/"
EXAM = "exam-at-most-how-many-wrong"


@pytest.fixture(scope="module")
def made(site, tmp_path_factory):
    """Both cartridges, by name, each with its files."""
    out = tmp_path_factory.mktemp("cartridge")
    cartridge.build(out, site, ADDRESS)
    return {path.name: read(path) for path in out.iterdir()}


@pytest.fixture
def another(site, tmp_path):
    """A copy of the site, and a folder of doors beside it: one package, one deck."""
    cache.copy(site, tmp_path / "html")
    for name, text in {
        "scorm/hinge.zip": "a page",
        "slides/hinge.html": "a deck",
        "cartridge/lossbook.imscc": "a course",
        "cartridge/lossbook-links.imscc": "a course in links",
        "pack/lossbook-teachers-pack.zip": "answers",
    }.items():
        path = tmp_path / "doors" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".html":
            path.write_text(text)
            continue
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("text.html", text)
    return tmp_path / "html", tmp_path / "doors"


def addresses(files):
    """Where the links of a cartridge lead, those of its pages too."""
    for name, data in files.items():
        if name.startswith("links/"):
            yield ElementTree.fromstring(data).find("{*}url").get("href")  # noqa: S314
        elif name.startswith("pages/"):
            yield from html.fromstring(data).xpath("//a/@href")


def test_modules_are_the_chapters_and_the_first_is_no_chapter(made):
    whole, links = (
        contents(made[name]["imsmanifest.xml"])[2]
        for name in (cartridge.WHOLE, cartridge.LINKS)
    )
    names = [module for module, _, _ in whole]

    assert names == [module for module, _, _ in links]
    assert names[0] == "Start"
    assert len(names) == len(pages.CHAPTERS) + 2
    checks = [
        title
        for module, _, parts in whole
        for title, kind, _ in parts
        if kind.endswith("/assessment")
    ]
    assert checks == [f"Check: {title}" for title in titles().values()]
    assert {
        kind
        for _, _, parts in links
        for _, kind, below in parts
        for kind in [kind, *(each for _, each, _ in below)]
    } == {"imswl_xmlv1p1", None}


def test_every_check_has_four_questions_and_none_of_an_exam(made):
    checks = {n: d for n, d in made[cartridge.WHOLE].items() if n.startswith("checks/")}
    hidden = leaks.secrets()

    assert len(checks) == len(titles())
    for data in checks.values():
        assert data.count(b"<item ") == QUESTIONS
        assert not [secret for secret in hidden if secret.encode() in data]


@pytest.mark.parametrize("name", [cartridge.WHOLE, cartridge.LINKS])
def test_every_link_leads_to_a_place_there_is(made, site, name):
    found = set(addresses(made[name]))
    places = {}

    assert len(found) > 150
    for address in found:
        assert address.startswith(ADDRESS)
        path, _, place = address.removeprefix(ADDRESS).partition("#")
        if path not in places:
            places[path] = set(html.parse(site / path).xpath("//@id"))
        assert not place or place in places[path], address


def test_without_an_address_nothing_is_built(site, monkeypatch, capsys):
    if pages.page(site, "intro").xpath('//link[@rel="canonical"]'):
        pytest.skip("this site knows where it is published")
    monkeypatch.setattr(book, "build_if_changed", lambda: False)
    monkeypatch.setattr(doors, "_build", lambda *_: pytest.fail("built"))

    with pytest.raises(SystemExit, match="Where is the site published"):
        doors.main([])


@pytest.mark.parametrize(
    "given",
    ["ftp://a.org", "https://", "course.org", "https://a.org/?b", "https://a b"],
)
def test_what_is_no_address_is_refused(site, given):
    with pytest.raises(book.BuildError, match="is not the address of a site"):
        pages.address_of(site, given)


def test_an_address_ends_in_one_slash(site):
    assert pages.address_of(site, "https://a.org/b") == "https://a.org/b/"
    assert pages.address_of(site, "https://a.org/b/") == "https://a.org/b/"


def test_the_site_offers_what_is_public_and_was_built(another):
    site, made = another
    offering.add(site, made)
    once = (site / "book" / "teaching.html").read_text("utf-8")
    offering.add(site, made)
    page = site / "book" / "teaching.html"

    assert page.read_text("utf-8") == once
    section = html.parse(page).getroot().get_element_by_id("doors")
    links = [urlsplit(link).path for link in section.xpath(".//a/@href")]
    assert "../doors/slides/hinge.html" in links
    assert "../doors/scorm/hinge_practice.zip" not in links
    missing = [link for link in links if not Path(page.parent, link).exists()]
    assert missing == []
    assert not list((site / offering.FOLDER).rglob("*pack*"))


def test_a_door_with_an_exam_item_is_not_offered(another):
    site, made = another
    with zipfile.ZipFile(made / "scorm" / "hinge.zip", "a") as archive:
        archive.writestr("page.html", f"<p>{EXAM}</p>")

    with pytest.raises(book.BuildError, match=rf"hinge.zip/page.html .* {EXAM}"):
        offering.add(site, made)


def test_what_a_teacher_keeps_is_found_whatever_it_is_called(another, tmp_path):
    _, made = another
    hidden = leaks.secrets()
    words = next(secret for secret in hidden if " " in secret)
    (site := tmp_path / "site").mkdir()
    (site / "renamed.bin").write_bytes(next((made / "pack").iterdir()).read_bytes())
    (site / "deck.html").write_bytes((made / "slides" / "hinge.html").read_bytes())
    with zipfile.ZipFile(site / "inner.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", f"It says: {words}")
    with zipfile.ZipFile(site / "outer.imscc", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(site / "inner.zip", "inner")
    (site / "inner.zip").unlink()

    assert leaks.look(site, made, hidden) == [
        f"outer.imscc/inner/a.txt holds the secret item {hidden[words]}: {words!r}",
        "renamed.bin is a file for teachers alone",
    ]


def test_an_interrupted_build_leaves_the_last_good_door_and_site(tmp_path, monkeypatch):
    monkeypatch.setattr(doors, "DOORS", tmp_path / "doors")
    monkeypatch.setattr(book, "SITE", tmp_path / "html")
    for folder in (tmp_path / "doors" / "scorm", tmp_path / "html"):
        folder.mkdir(parents=True)
        (folder / "good").write_text("good")

    def stopped(*_):
        raise KeyboardInterrupt

    monkeypatch.setitem(doors.BUILDERS, "scorm", stopped)
    monkeypatch.setattr(offering, "add", stopped)
    for build in (lambda: doors._build("scorm", ADDRESS), doors._offer):
        with pytest.raises(KeyboardInterrupt):
            build()

    assert (tmp_path / "doors" / "scorm" / "good").is_file()
    assert (tmp_path / "html" / "good").is_file()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["doors", "html"]
