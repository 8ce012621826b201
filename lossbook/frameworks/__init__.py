"""Each loss as other libraries call it: what it reads there, gives, and what differs.

One file a loss, named by its key in the catalogue.  Each number in them was given by
the library itself, and ``make test-frameworks`` asks it again.
"""

from .reading import (
    calls as calls,
    families as families,
    frameworks as frameworks,
    packages as packages,
)
from .records import (
    Call as Call,
    Family as Family,
    Row as Row,
    Trap as Trap,
)
