"""What the templates of a page are told of it, before Sphinx writes the page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx


@dataclass(frozen=True)
class Draft:
    """A page that Sphinx is about to write.

    Attributes
    ----------
    app : Sphinx
        The application that writes it.
    name : str
        What Sphinx calls it, such as "book/hinge".
    doctree : document or None
        What somebody wrote; None for pages such as that of the search.
    known : dict
        What its templates have been told so far.
    """

    app: Sphinx
    name: str
    doctree: nodes.document | None
    known: dict[str, Any]


def tell(
    app: Sphinx, say: Callable[[Draft], dict[str, Any]], priority: int = 500
) -> None:
    """Let the templates of each page know what a function says of it."""

    def listen(
        app: Sphinx,
        pagename: str,
        templatename: str,
        context: dict[str, Any],
        doctree: nodes.document | None,
    ) -> None:
        context.update(say(Draft(app, pagename, doctree, context)))

    app.connect("html-page-context", listen, priority=priority)
