"""Interactive figures on the page: the static form, and a place where they come alive.

A notebook keeps of a figure its pictures and its text form, which is the call that
makes it, and neither script nor state: the build makes the figure anew from that call.
"""

import re
from functools import cache
from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.transforms.post_transforms import SphinxPostTransform

from lossbook.explorers import calling
from lossbook.widgets import Explorer

VIEW = "application/vnd.jupyter.widget-view+json"
PICTURE = "image/svg+xml"
# What looks like the text form of an explorer; that of a figure of matplotlib does not.
CALL = re.compile(r"[A-Z]\w*\(.*\)", re.DOTALL)


made = cache(calling.made)


class PlaceExplorers(SphinxPostTransform):
    """An output with an explorer becomes its static form in a place to come alive."""

    default_priority = 3  # before myst-nb picks one form of each output

    def run(self, **kwargs: object) -> None:
        """Look through the page; other outputs are left to myst-nb."""
        for bundle in list(self.document.findall(nodes.container)):
            if bundle.get("nb_element") != "mime_bundle":
                continue
            forms = {form.get("mime_type"): form for form in bundle.children}
            if VIEW in forms:
                raise ExtensionError(
                    f"{self.env.docname} keeps the view of a widget, which shows "
                    "nothing where no kernel runs: run `make chapters`"
                )
            text = forms["text/plain"].astext() if "text/plain" in forms else ""
            if PICTURE in forms and CALL.fullmatch(text):
                try:
                    explorer = made(text)
                except ValueError as error:
                    raise ExtensionError(f"{self.env.docname}: {error}") from error
                self.place(forms[PICTURE], text, explorer)

    def place(self, picture: nodes.Element, text: str, explorer: Explorer) -> None:
        """Put the static form into a place that keeps the live one's height free."""
        for image in picture.findall(nodes.image):
            image["alt"] = explorer.description
        narrow, wide = explorer.heights
        opening = (
            f'<div class="explorer" data-explorer="{escape(text)}" '
            f'style="--narrow: {narrow}px; --wide: {wide}px">'
        )
        picture.insert(0, nodes.raw("", opening, format="html"))
        picture.append(nodes.raw("", "</div>", format="html"))


def setup(app: Sphinx) -> None:
    """Connect to Sphinx."""
    app.add_post_transform(PlaceExplorers)
