"""Each chapter as slides: what stands on its page, set out for a room.

Headings, formulas, tables, figures that move, code and questions become slides; what
explains them becomes the speaker's notes.  Nothing is written twice: the source is the
finished page of the site, and the minutes are those of the lesson plan.
"""

from .building import SlidesError as SlidesError, build as build
