"""Links that need the address of the repository or of the site, only where it is known.

They come from the environment variables LOSSBOOK_REPOSITORY, such as
https://github.com/owner/name, and LOSSBOOK_SITE, such as https://owner.github.io/name
(the publishing workflow sets them), or from _config.yml: `repository` in `sphinx:
config:`, `baseurl` in `html:`.  Without them no page shows a link that leads nowhere.
"""

import os
from urllib.parse import quote


def say_where_to_report(app, pagename, templatename, context, doctree):
    """Give the template of the footer its link, on pages that somebody wrote."""
    repository = app.config.repository.rstrip("/")
    if repository and doctree:
        title = quote(f"Error on the page {pagename}")
        context["report_url"] = f"{repository}/issues/new?title={title}"


def say_where_this_is(app, config):
    """Tell Sphinx where the site will be, for canonical links and all else."""
    if known := os.environ.get("LOSSBOOK_SITE", ""):
        config.html_baseurl = known.rstrip("/") + "/"


def setup(app):
    """Called by Sphinx."""
    app.connect("config-inited", say_where_this_is)
    known = os.environ.get("LOSSBOOK_REPOSITORY", "")
    app.add_config_value("repository", known, "html", str)
    app.connect("html-page-context", say_where_to_report)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
