"""Links that need the address of the repository, only where it is known.

It comes from the environment variable LOSSBOOK_REPOSITORY (the publishing workflow
sets it) or from `repository` in _config.yml's `sphinx: config:`, such as
https://github.com/owner/name.  Without it no page shows a link that leads nowhere.
"""

import os
from urllib.parse import quote


def say_where_to_report(app, pagename, templatename, context, doctree):
    """Give the template of the footer its link, on pages that somebody wrote."""
    repository = app.config.repository.rstrip("/")
    if repository and doctree:
        title = quote(f"Error on the page {pagename}")
        context["report_url"] = f"{repository}/issues/new?title={title}"


def setup(app):
    """Called by Sphinx."""
    known = os.environ.get("LOSSBOOK_REPOSITORY", "")
    app.add_config_value("repository", known, "html", str)
    app.connect("html-page-context", say_where_to_report)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
