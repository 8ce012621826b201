"""How the site is found and shown elsewhere: pictures, map, description as a course.

Search engines and messengers want whole addresses.  They are written only where the
address of the site is known (`html_baseurl`, see addresses.py): then each page has a
picture of its own for who shares it, and the site a map.  The first page says to
machines what the course is, and a page for addresses that lead nowhere says so.
"""

import json
import re
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import nbformat
from picture import draw

FOLDER = "share"
LOST = "404"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
MAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
ElementTree.register_namespace("", MAP)
# Links and files of a page, as the browser would look them up from its own place.
RELATIVE = re.compile(r'\b(href|src|action)="(?![#/]|\w+:)(?:\./)?')


class Sharing:
    """Notes the pages while they are written, then draws and lists them."""

    def __init__(self):
        self.titles = {}

    def describe(self, app, pagename, templatename, context, doctree):
        """Give the templates what they say to others."""
        if app.builder.name != "html":
            return
        if doctree:
            self.titles[pagename] = context["title"]
        if pagename == app.config.root_doc:
            context["course"] = json.dumps(course(app, context), ensure_ascii=False)
        if doctree and (base := base_of(app)):
            context["picture"] = f"{base}{FOLDER}/{stem_of(pagename)}.png"

    def write(self, app, exception):
        """Draw the pictures, write the map, and finish the page for lost readers."""
        if exception or app.builder.name != "html":
            return
        out, base = Path(app.outdir), base_of(app)
        # The host shows that page under any address: its links must not be relative.
        page, path = out / f"{LOST}.html", urlsplit(base).path or "/"
        text = RELATIVE.sub(rf'\1="{path}', page.read_text("utf-8"))
        page.write_text(text, "utf-8", newline="\n")
        if base:
            (out / FOLDER).mkdir(exist_ok=True)
            name = app.config.html_title.partition(":")[0]
            for page, title in self.titles.items():
                stem = stem_of(page)
                draw(out / FOLDER / f"{stem}.png", stem, title, name)
            (out / "sitemap.xml").write_bytes(site_map(base, self.titles))


def stem_of(page):
    """The name of a page's picture."""
    return page.removeprefix("book/").replace("/", "_")


def name_lost(app, pagename, templatename, context, doctree):
    """Say what the page is that nobody looks for; it has no address of its own."""
    if pagename == LOST:
        context["title"], context["pageurl"] = "No such page", None


def base_of(app):
    """The address of the site with a slash at its end, or nothing."""
    return app.config.html_baseurl and app.config.html_baseurl.rstrip("/") + "/"


def site_map(base, pages):
    """The addresses of all pages, for search engines."""
    root = ElementTree.Element(f"{{{MAP}}}urlset")
    for page in pages:
        place = ElementTree.SubElement(root, f"{{{MAP}}}url")
        ElementTree.SubElement(place, f"{{{MAP}}}loc").text = f"{base}{page}.html"
    ElementTree.indent(root)
    return ElementTree.tostring(root, "utf-8", xml_declaration=True) + b"\n"


def course(app, context):
    """The course in the words of schema.org, with what its notebooks say of time."""
    base = base_of(app)
    name, _, subject = app.config.html_title.partition(": ")
    author = {"@type": "Organization", "name": app.config.author}
    minutes = sum(
        sum(nbformat.read(path, 4).metadata.lossbook.minutes.values())
        for path in sorted(Path(app.srcdir, "book").glob("*.ipynb"))
    )
    return {
        "@context": "https://schema.org",
        "@type": "Course",
        "name": f"{name}: {subject}",
        "description": context["description"],
        "inLanguage": "en-GB",
        "isAccessibleForFree": True,
        "license": LICENCE,
        "author": author,
        "provider": author,
        "hasCourseInstance": {
            "@type": "CourseInstance",
            "courseMode": "Online",
            "courseWorkload": f"PT{round(minutes / 60)}H",
        },
        **({"url": base} if base else {}),
    }


def setup(app):
    """Connect to Sphinx: after slim.py has found the description, before policy.py."""
    sharing = Sharing()
    app.config.html_additional_pages[LOST] = f"{LOST}.html"
    app.connect("html-page-context", name_lost)
    app.connect("html-page-context", sharing.describe, priority=2100)
    app.connect("build-finished", sharing.write, priority=970)
    return {"parallel_read_safe": True, "parallel_write_safe": False}
