"""What may run in a page: scripts of the site, and no other."""

import re

import pytest
from lxml import html

from tests.site.pages import PAGES

POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]+)">')
WATCH = """
  window.blocked = [];
  addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) =>
    blocked.push(`${effectiveDirective} ${blockedURI}`));
"""
# What somebody might bring into a page: each would say that it ran.
INTRUDERS = {
    "a script": "const s = document.createElement('script');"
    "s.textContent = 'window.hit = 1'; document.head.append(s);",
    "a script from elsewhere": "const s = document.createElement('script');"
    "s.src = 'https://elsewhere.test/x.js'; document.head.append(s);",
    "an attribute": "const b = document.createElement('button');"
    "b.setAttribute('onclick', 'window.hit = 1'); document.body.append(b); b.click();",
    "a link": "const a = document.createElement('a');"
    "a.href = 'javascript:window.hit = 1'; document.body.append(a); a.click();",
    "a picture from elsewhere": "new Image().src = 'https://elsewhere.test/x.png';",
    "a request elsewhere": "fetch('https://elsewhere.test/').catch(() => {});",
}


@pytest.mark.parametrize("name", PAGES)
def test_every_page_carries_the_policy_before_anything_that_it_rules(site, name):
    text = (site / name).read_text("utf-8")
    (policy,) = POLICY.findall(text)
    assert text.index("Content-Security-Policy") < text.index("<script")
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == "'self'"
    assert "unsafe" not in rules["script-src"]
    assert "*" not in policy


def forbidden(text):
    """The attributes in a page that would run a script, which the policy forbids."""
    return [
        f"{element.tag} {name}={value}"
        for element in html.document_fromstring(text).iter()
        for name, value in element.items()
        if name.startswith("on") or value.strip().lower().startswith("javascript:")
    ]


@pytest.mark.parametrize("name", PAGES)
def test_no_page_has_what_the_policy_would_forbid(site, name):
    assert forbidden((site / name).read_text("utf-8")) == []


def test_what_the_policy_would_forbid_would_be_noticed():
    page = "<p>javascript: <code>on=1</code></p>{}<br>"

    assert forbidden(page.format("<p class=on>")) == []
    assert forbidden(page.format("<p onclick='f()'>")) == ["p onclick=f()"]
    assert forbidden(page.format("<a href=' JavaScript:f()'>")) == [
        "a href= JavaScript:f()"
    ]


@pytest.mark.parametrize("intruder", INTRUDERS)
def test_what_slips_into_a_page_does_not_run(open_page, intruder):
    page = open_page("book/intro.html")
    page.evaluate(WATCH)
    page.evaluate(f"() => {{ {INTRUDERS[intruder]} }}")
    page.wait_for_function("blocked.length")
    assert page.evaluate("window.hit") is None


def test_what_live_cells_need_is_allowed(open_page):
    page = open_page("book/intro.html")
    page.evaluate(WATCH)
    page.evaluate("""async () => {
      const picture = new Blob(["<svg xmlns='http://www.w3.org/2000/svg'/>"],
        { type: "image/svg+xml" });
      for (const src of [URL.createObjectURL(picture), "data:image/gif;base64,R0lGODlhA"
        + "QABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="]) {
        await new Promise((done) => Object.assign(new Image(), { onload: done, src }));
      }
      const frame = document.createElement("iframe");
      Object.assign(frame, { sandbox: "", srcdoc: "<style>p {}</style><p>a table" });
      document.body.append(frame);
      await new Promise((done) => { frame.onload = done; });
      const sheet = new CSSStyleSheet();
      document.adoptedStyleSheets.push(sheet);
      document.head.append(document.createElement("style"));
      const script = document.querySelector("script[src]").src;
      new Worker(script).terminate();
    }""")
    assert page.evaluate("blocked") == []


def test_the_file_for_hosts_names_files_that_may_be_kept_for_ever(site):
    text = (site / "_headers").read_text("utf-8")
    named = re.findall(r"^/(_static/\S+)$", text, re.MULTILINE)
    assert len(named) > 20
    assert all((site / name).is_file() for name in named)
    assert "nosniff" in text
    assert "_static/favicon.svg" not in text  # its name does not tell its content


def test_printing_still_works(open_page):
    page = open_page("book/hinge.html")
    page.evaluate("window.print = () => { window.printed = true; }")
    page.evaluate("document.querySelector('[data-does=\"window.print()\"]').click()")
    assert page.evaluate("window.printed")
