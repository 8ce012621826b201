"""Known mistakes: what learners compute instead, and what to tell them.

This is the one place where a wrong formula stands.  A mistake is a function of
the same inputs as the right answer, so it can be compared on any data: the
exercises and the graded assignments share this catalogue.
"""

from .common import Mistake as Mistake
