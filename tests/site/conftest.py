"""The built site, served on localhost, and a browser to read it with."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tools.build import book
from tools.serving import Quiet, served

pytest.register_assert_rewrite("tests.site.explorers")
PATIENCE = 60_000  # ms: the machine may be busy
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def site():
    """The folder of the site, built now if anything changed since the last time."""
    book.build_if_changed()
    return book.SITE


class ForTests(Quiet):
    """Lets pages evaluate text as code, which their own policy forbids.

    Playwright does so while it waits for something.  All else of that policy holds.
    """

    def do_GET(self):
        path = Path(self.translate_path(self.path))
        if path.suffix != ".html" or not path.is_file():
            return super().do_GET()
        content = path.read_bytes()
        content = content.replace(b"script-src", b"script-src 'unsafe-eval'", 1)
        self.send(content, "text/html")


@pytest.fixture(scope="session")
def server(site):
    """The address under which the site is served, with a slash at its end."""
    with served(site, ForTests) as address:
        yield address


@pytest.fixture
def open_page(browser, server):
    """Open a page of the site as a new reader: `open_page(name, width=, scheme=)`.

    Further options are those of a Playwright context.
    """
    contexts = []

    def opened(name, *, width=1280, scheme="light", **options):
        size = {"width": width, "height": 900}
        options |= {"viewport": size, "color_scheme": scheme}
        contexts.append(browser.new_context(**options))
        contexts[-1].set_default_timeout(PATIENCE)
        page = contexts[-1].new_page()
        page.goto(server + name)
        return page

    yield opened
    for context in contexts:
        context.close()
