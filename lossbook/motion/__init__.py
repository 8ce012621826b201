"""Lessons to watch: scores made into what a page plays.

A score (`lossbook.lessons.score`) says which sentence moves what.  Here every number in
it is computed, every part gets its place, and what cannot be played is refused.

>>> lesson = compiled("mean_squared_error")
>>> lesson["chapters"][0]["title"]
'Three houses'
"""

from .compiling import compiled as compiled
from .naming import stages as stages
from .poster import poster as poster
from .saying import names as names, said as said, sentences as sentences
from .seeing import state_at as state_at
from .stage import Part as Part, Scale as Scale, Stage as Stage
from .timing import Times as Times, estimated as estimated, pauses as pauses
