"""What the pages of the book may say beyond Markdown, and what becomes of it."""

from sphinx.application import Sphinx

from . import (
    api,
    atlas,
    explorers,
    formulas,
    frameworks,
    glossary,
    lessons,
    overview,
    passport,
    status,
    teaching,
)

PARTS = (
    api,
    atlas,
    explorers,
    formulas,
    frameworks,
    glossary,
    lessons,
    overview,
    passport,
    status,
    teaching,
)


def setup(app: Sphinx) -> dict[str, bool]:
    """Called by Sphinx."""
    for part in PARTS:
        part.setup(app)
    return {"parallel_read_safe": False, "parallel_write_safe": False}
