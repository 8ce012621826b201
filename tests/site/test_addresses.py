"""The site where its address is known: under a sub-path, found, shared, mapped."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.site.pages import CONTENTS, ROOT
from tests.site.test_first_visit import ALIVE, LIMIT_NEXT_PAGE, overweight, weights
from tests.site.test_links_within import broken_links
from tests.site.test_policy import WATCH
from tools.serving import Quiet, served

SITE = "https://us.example/lossbook"


class LikePages(Quiet):
    """Serves files, and for what is not there the page 404.html, as hosts do."""

    def send_error(self, code, *_):
        content = Path(self.directory, "lossbook", "404.html").read_bytes()
        self.send(content, "text/html", code)


@pytest.fixture(scope="module")
def known(tmp_path_factory):
    """The site, built for an address, in a folder that stands for the whole host."""
    folder = tmp_path_factory.mktemp("host") / "lossbook"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LOSSBOOK_SITE", SITE)
        patch.setenv("LOSSBOOK_REPOSITORY", "https://git.example/us/lossbook/")
        command = [sys.executable, "-m", "tools.build.book", "--output", folder]
        subprocess.run(command, cwd=ROOT, check=True)
    return folder


@pytest.fixture(scope="module")
def host(known):
    """The address under which it is served."""
    with served(known.parent, LikePages) as address:
        yield address


@pytest.mark.site
def test_links_to_the_repository_only_where_its_address_is_known(site, known):
    link = 'href="https://git.example/us/lossbook/issues/new?title=Error%20on'
    for name in CONTENTS:
        assert "issues/new" not in (site / name).read_text("utf-8")
        assert link in (known / name).read_text("utf-8")


@pytest.mark.site
def test_every_page_has_its_address_and_a_picture_to_share(site, known):
    pictures = set()
    for name in CONTENTS:
        text = (known / name).read_text("utf-8")
        assert f'<link rel="canonical" href="{SITE}/{name}">' in text
        (picture,) = re.findall(rf'property="og:image" content="{SITE}/([^"]+)"', text)
        with Image.open(known / picture) as image:
            assert image.size == (1200, 630)
        pictures.add(picture)
        assert "og:image" not in (site / name).read_text("utf-8")
    assert len(pictures) == len(CONTENTS)


@pytest.mark.site
def test_the_map_names_every_page(known):
    root = ElementTree.parse(known / "sitemap.xml").getroot()  # noqa: S314 - ours
    found = [place.text.removeprefix(f"{SITE}/") for place in root.iter() if place.text]
    assert sorted(filter(str.strip, found)) == sorted(CONTENTS)


@pytest.mark.site
def test_pages_with_their_addresses_stay_light(known):
    for name in CONTENTS:
        assert not overweight(weights([name], known), LIMIT_NEXT_PAGE + 300), name


@pytest.mark.site
@pytest.mark.parametrize("name", [*CONTENTS, "search.html?q=hinge"])
def test_a_page_works_under_a_sub_path(browser, host, name):
    with browser.new_context() as context:
        page, complaints, asked = context.new_page(), [], []
        page.add_init_script(WATCH)
        page.on("request", lambda request: asked.append(request.url))
        page.on("response", lambda r: r.ok or complaints.append(f"{r.status} {r.url}"))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{host}lossbook/{name}")
        for _ in range(100):  # the policy lets Playwright itself wait for nothing
            if page.evaluate(ALIVE):
                break
            page.wait_for_timeout(100)
        assert page.evaluate(ALIVE)
        assert page.evaluate("blocked") == []
    assert complaints == []
    assert {url for url in asked if not url.startswith(f"{host}lossbook/")} == set()


@pytest.mark.site
@pytest.mark.parametrize("lost", ["gone.html", "book/deep/down/gone.html"])
def test_who_is_lost_gets_home_from_anywhere(browser, host, lost):
    with browser.new_context() as context:
        page, missing = context.new_page(), []
        page.on("response", lambda r: r.ok or missing.append(urlsplit(r.url).path))
        page.goto(f"{host}lossbook/{lost}")
        expect(page.get_by_role("heading", name="No such page")).to_be_visible()
        background = "getComputedStyle(document.querySelector('.skip-link')).position"
        assert page.evaluate(background) != "static"  # the style sheet has come
        page.get_by_role("link", name="first page").click()
        expect(page).to_have_url(f"{host}lossbook/book/intro.html")
    assert [unquote(path) for path in missing] == [f"/lossbook/{lost}"]


@pytest.mark.site
def test_every_link_leads_somewhere_where_the_address_is_known(known):
    links = [link for link in broken_links(known) if not link.startswith("404.html")]
    assert links == []


def test_the_first_page_says_what_the_course_is(site):
    text = (site / "book" / "intro.html").read_text("utf-8")
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text)
    course = json.loads(data)
    assert course["@type"] == "Course"
    assert course["name"] == "lossbook: the loss functions of machine learning"
    assert course["isAccessibleForFree"] is True
    assert re.fullmatch(r"PT\d\dH", course["hasCourseInstance"]["courseWorkload"])
    assert len(course["description"]) > 50


def test_who_cites_the_book_is_told_its_version():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    said = (ROOT / "book" / "faq.md").read_text("utf-8")
    assert said.count(project["version"]) == 2
