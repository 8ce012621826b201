"""From the pages that Sphinx wrote to the pages that readers get: every step, in order.

All pages are read and parsed once.  A step gets the whole site and changes the trees;
one that finds nothing where it must find something fails, and names the page.  Then
every page is written once.
"""

from collections.abc import Callable

from sphinx.application import Sphinx

from . import (
    atlas,
    cells,
    chapter,
    content_security_policy,
    downloads,
    explorers,
    fonts,
    formulas,
    front,
    images,
    lessons,
    live,
    markup,
    notes,
    paper,
    recordings,
    scripts,
    search,
    sharing,
    study,
    theme,
)
from .page import Site

STEPS: tuple[Callable[[Site], None], ...] = (
    # What Sphinx and the theme write and nobody reads.
    markup.shorten,
    markup.leave_to_a_script,
    markup.tie_numbers_to_percent_signs,
    markup.tie_signs_to_formulas,
    # One style sheet and one script for all pages, of the theme and our own.
    theme.join_files,
    # What pages show beyond their text, and its scripts and style sheets.
    scripts.bundle,
    live.bundle_what_runs_python,
    downloads.link_files,
    # What a search finds: as it was written, before parts of it get their own look.
    search.bundle,
    cells.mark_words,
    cells.fold,
    cells.fit_prints,
    cells.name_columns,
    cells.let_names_break,
    cells.keep_hyphens,
    formulas.keep_tex,
    recordings.place,
    chapter.set_titles,
    chapter.set_dialogues,
    notes.place,
    notes.keep_definitions,
    recordings.copy_files,
    explorers.place,
    lessons.place,
    atlas.place,
    front.set_out,
    paper.say_otherwise,
    study.lead_links,
    study.keep_variants,
    study.keep_things,
    study.load_scripts,
    images.give_sizes,
    images.take_paper_away,
    images.shorten_names,
    # What is left over goes; each file is named after its content.
    theme.drop_what_no_page_uses,
    markup.drop_names_that_nothing_asks_for,
    fonts.cut_to_what_is_drawn,
    markup.shorten_names_in_formulas,
    markup.leave_rare_rules_to_their_pages,
    theme.name_files,
    theme.remove_what_no_page_loads,
    # What others see, and what a page may load.
    sharing.draw_pictures,
    sharing.lead_who_is_lost,
    content_security_policy.state,
    content_security_policy.write_headers,
)


def finish(app: Sphinx, exception: Exception | None) -> None:
    """Take every step, then write every page."""
    if exception or app.builder.name != "html":
        return
    site = Site.read(app)
    for step in STEPS:
        step(site)
    for page in site.pages:
        page.write()


def setup(app: Sphinx) -> None:
    """Connect to Sphinx."""
    app.connect("build-finished", finish, priority=900)  # when all others are done
