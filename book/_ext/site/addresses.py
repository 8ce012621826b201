"""Links that need the address of the repository or of the site, only where it is known.

They come from the environment variables LOSSBOOK_REPOSITORY, such as
https://github.com/owner/name, and LOSSBOOK_SITE, such as https://owner.github.io/name
(the publishing workflow sets them), or from _config.yml: `repository` in `sphinx:
config:`, `baseurl` in `html:`.  Without them no page shows a link that leads nowhere.
"""

import os
from typing import Any
from urllib.parse import quote

from sphinx.application import Sphinx
from sphinx.config import Config

from .templates import Draft, tell


def say_where_to_report(draft: Draft) -> dict[str, Any]:
    """Give the template of the footer its link, on pages that somebody wrote."""
    repository = draft.app.config.repository.rstrip("/")
    if not (repository and draft.doctree):
        return {}
    title = quote(f"Error on the page {draft.name}")
    return {"report_url": f"{repository}/issues/new?title={title}"}


def say_where_this_is(app: Sphinx, config: Config) -> None:
    """Tell Sphinx where the site will be, for canonical links and all else."""
    if known := os.environ.get("LOSSBOOK_SITE", ""):
        config.html_baseurl = known.rstrip("/") + "/"


def base_of(app: Sphinx) -> str:
    """The address of the site with a slash at its end, or nothing."""
    return app.config.html_baseurl and app.config.html_baseurl.rstrip("/") + "/"


def setup(app: Sphinx) -> None:
    """Connect to Sphinx."""
    app.connect("config-inited", say_where_this_is)
    known = os.environ.get("LOSSBOOK_REPOSITORY", "")
    app.add_config_value("repository", known, "html", str)
    tell(app, say_where_to_report)
