"""How the pages that Sphinx wrote become the site: `pipeline` has the steps in order.

What templates must know before, they are told while Sphinx writes the pages.
"""

from sphinx.application import Sphinx

from . import addresses, course, downloads, pipeline, sharing, theme

PARTS = (addresses, course, downloads, theme, sharing, pipeline)


def setup(app: Sphinx) -> dict[str, bool]:
    """Called by Sphinx."""
    for part in PARTS:
        part.setup(app)
    return {"parallel_read_safe": False, "parallel_write_safe": False}
