"""Where the code of students runs, and the only place where it does.

A worker needs this package and `lossbook`, and nothing else of the class: no
solution, no key, no database.
"""

from .emitting import EMITTED as EMITTED
from .execute import execute as execute
from .limits import Limits as Limits
