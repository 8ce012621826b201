"""Whether the site has Python that runs in the reader's browser.

It has, unless the builder says LOSSBOOK_LITE=0; then no page shows a button that would
do nothing.
"""

import os


def is_on():
    """Whether this build makes the site's Python (tools/build_book.py)."""
    return os.environ.get("LOSSBOOK_LITE") != "0"


def say(app, pagename, templatename, context, doctree):
    """Tell the templates."""
    context["live"] = app.builder.name == "html" and is_on()


def setup(app):
    """Called by Sphinx."""
    app.connect("html-page-context", say)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
