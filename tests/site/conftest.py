"""The built site, served on localhost, and a browser to read it with."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.site.pages import ROOT
from tools.build import book
from tools.serving import Quiet, served

pytest.register_assert_rewrite("tests.site.explorers")
PATIENCE = 60_000  # ms: the machine may be busy
expect.set_options(timeout=PATIENCE)

# A page with one explorer: its script, its state and our model.
ADDRESS = "http://page.test/"  # answered from this folder: nothing is asked for it
KINDS = {"js": "text/javascript", "css": "text/css", "html": "text/html"}
ALONE = """<!doctype html><meta charset=utf-8><link rel=icon href=data:,>
<link rel=stylesheet href=/lossbook/explorers/{name}.css>
<div id=place style="width: {width}px"></div>
<script type=module>
  import {{ Model }} from "/book/assets/widget_model.js";
  import explorer from "/lossbook/explorers/{name}.js";
  const model = new Model({state});
  window.saved = 0;
  model.save_changes = () => {{ window.saved += 1; }};
  explorer.render({{ model, el: place }});
  place.model = model;
  window.look = () => ({{
    picture: place.querySelector(".plots").innerHTML,
    controls: [...place.querySelectorAll("[type=range]")].map(({{ value }}) => value),
    reading: place.querySelector(".readout").textContent,
  }});
</script>"""


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


@pytest.fixture(scope="module")
def show(browser):
    """Open a page with one explorer: `show(explorer)`."""
    context, pages = browser.new_context(), {}

    def answer(route):
        name = route.request.url.removeprefix(ADDRESS)
        body = pages.get(name) or (ROOT / name).read_text("utf-8")
        kind = KINDS[name.rpartition(".")[2]]
        route.fulfill(body=body, content_type=f"{kind}; charset=utf-8")

    def shown(explorer, width=900):
        name = type(explorer).__module__.rpartition(".")[2]
        state = json.dumps(explorer.get_state())
        pages["page.html"] = ALONE.format(name=name, state=state, width=width)
        page = context.new_page()
        page.clock.install(time="2026-01-01")
        page.goto(f"{ADDRESS}page.html")
        page.locator(".readout:not(:empty)").wait_for()
        return page

    context.route(f"{ADDRESS}**", answer)
    yield shown
    context.close()
