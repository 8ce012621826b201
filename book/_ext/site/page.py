"""A page of the site: read once and parsed, changed by many steps, written once."""

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import html
from lxml.html import HtmlElement
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError

from .assets import Bundle

# A tag with its attributes, and quotes round a value that needs none.
TAG = re.compile(r"<[a-z][\w-]*(?: [\w:-]+(?:=\"[^\"]*\")?)+>", re.IGNORECASE)
QUOTED = re.compile(r"(?<==)\"([^\s\"'=<>`]+)\"")
# Ends of rows, cells and items, which the next one implies; a joint has none.
END = re.compile(
    r"</wbr>|</(?:li|td|th|tr|tbody|thead)>"
    r"(?=\s*(?:<(?:li|td|th|tr|tbody)\b|</(?:ul|ol|tr|tbody|thead|table)>))"
)


@dataclass
class Page:
    """A page that Sphinx has written, as a tree.

    Attributes
    ----------
    name : str
        What Sphinx calls it, such as "book/hinge".
    path : Path
        Its file.
    tree : HtmlElement
        Its `html` element.
    """

    name: str
    path: Path
    tree: HtmlElement

    @classmethod
    def read(cls, path: Path, out: Path) -> "Page":
        """The page in a file of the folder `out`."""
        parser = html.HTMLParser(encoding="utf-8")
        name = path.relative_to(out).with_suffix("").as_posix()
        return cls(name, path, html.document_fromstring(path.read_bytes(), parser))

    @property
    def top(self) -> str:
        """From the page's folder to that of the site: nothing, or "../" some times."""
        return "../" * self.name.count("/")

    @property
    def head(self) -> HtmlElement:
        """Its `head` element."""
        return self.tree.find("head")

    def all(self, path: str) -> list[Any]:
        """All elements on an XPath, or attributes, or texts."""
        return self.tree.xpath(path)

    def some(self, path: str) -> list[Any]:
        """All elements on an XPath, where there must be some."""
        if not (found := self.all(path)):
            raise ExtensionError(f"the page {self.name} has nothing at {path}")
        return found

    def one(self, path: str) -> Any:
        """The element on an XPath, where there must be one."""
        if len(found := self.all(path)) != 1:
            raise ExtensionError(
                f"the page {self.name} must have one place {path}, and has {len(found)}"
            )
        return found[0]

    def link(self, rel: str, name: str, **attributes: str) -> HtmlElement:
        """A `link` element to a file in `_static`, not yet anywhere."""
        address = f"{self.top}_static/{name}"
        return html.Element("link", {"rel": rel, "href": address, **attributes})

    def add_module(self, name: str, **attributes: str) -> None:
        """Load a module script that lies in `_static`."""
        about = {"type": "module", "src": f"{self.top}_static/{name}", **attributes}
        self.head.append(html.Element("script", about))

    def add_sheets(self, names: Iterable[str]) -> None:
        """Load style sheets that lie in `_static`, each once."""
        for name in dict.fromkeys(names):
            self.head.append(self.link("stylesheet", name))

    def add_script(self, name: str) -> None:
        """Load a script that lies in `_static`, once the page is there."""
        about = {"defer": "", "src": f"{self.top}_static/{name}"}
        self.head.append(html.Element("script", about))

    def text(self) -> str:
        """The page as its file holds it."""
        return html.tostring(self.tree, encoding="unicode", doctype="<!DOCTYPE html>")

    def write(self) -> None:
        """Write the file, at once or not at all."""
        beside = self.path.with_suffix(".tmp")
        beside.write_text(brief(self.text()), "utf-8", newline="\n")
        os.replace(beside, self.path)


def brief(text: str) -> str:
    """A page whose body lacks the quotes and ends that HTML lets one leave out.

    >>> brief('<ul class="a b" id="c"><li>d="e"</li><li>f</li></ul>')
    '<ul class="a b" id=c><li>d="e"<li>f</ul>'
    """
    head, start, body = text.rpartition("<body")
    body = TAG.sub(lambda tag: QUOTED.sub(r"\1", tag[0]), start + body)
    return head + END.sub("", body)


@dataclass
class Site:
    """What the steps share: all pages, and the names that files were given.

    Attributes
    ----------
    app : Sphinx
        Of which steps read the settings and what it knows of the documents.
    pages : list of Page
        Every page, in the order of their names.
    names : dict of str
        The name in `_static` of each file that is named after its content, such as
        ``{"site.css": "site.1850a8caa2.css"}``.
    imports : dict of list of str
        The names of the files that a script or style sheet imports.
    texts : dict of str
        Files that all pages share, while steps still change them.
    given : frozenset of Path
        The files in `_static` that Sphinx put there, before any step.
    """

    app: Sphinx
    pages: list[Page]
    given: frozenset[Path]
    names: dict[str, str] = field(default_factory=dict)
    imports: dict[str, list[str]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, app: Sphinx) -> "Site":
        """Read all pages of a site."""
        out = Path(app.outdir)
        no_pages = {out / "_static", out / "index.html"}  # which leads to the first
        paths = sorted(
            path for path in out.rglob("*.html") if not no_pages & {path, *path.parents}
        )
        given = frozenset((out / "_static").rglob("*.*"))
        return cls(app, [Page.read(path, out) for path in paths], given)

    @property
    def out(self) -> Path:
        """The folder of the site."""
        return Path(self.app.outdir)

    @property
    def static(self) -> Path:
        """The folder of its scripts, style sheets and fonts."""
        return self.out / "_static"

    @property
    def source(self) -> Path:
        """The folder from which the site is built."""
        return Path(self.app.srcdir)

    @property
    def env(self) -> BuildEnvironment:
        """What Sphinx knows of the documents."""
        if self.app.env is None:  # never once pages are written
            raise ExtensionError("no document was read")
        return self.app.env

    def add(self, bundles: dict[str, Bundle]) -> None:
        """Note what was bundled."""
        self.names |= {name: bundle.name for name, bundle in bundles.items()}
        self.imports |= {name: bundle.imports for name, bundle in bundles.items()}

    def whole(self, name: str) -> list[str]:
        """The files of a script or style sheet: what it imports, then its own."""
        return [*self.imports[name], self.names[name]]

    def page(self, name: str) -> Page:
        """The page of that name."""
        for page in self.pages:
            if page.name == name:
                return page
        raise ExtensionError(f"the site has no page {name}")

    def title(self, page: Page) -> str:
        """The title of a page that somebody wrote."""
        return self.env.titles[page.name].astext()

    def some(self, path: str) -> list[tuple[Page, list[Any]]]:
        """The pages with elements on an XPath, where there must be some, and those."""
        found = [(page, page.all(path)) for page in self.pages]
        if not (some := [(page, elements) for page, elements in found if elements]):
            raise ExtensionError(f"no page of the site has anything at {path}")
        return some
