"""The atlas on its page: a script filters and sorts what stands there."""

from .page import Site
from .scripts import ATLAS

PLACE = '//div[@class="atlas"]'


def place(site: Site) -> None:
    """Let the page load it."""
    for page, _ in site.some(PLACE):
        page.add_module(site.names[ATLAS])
