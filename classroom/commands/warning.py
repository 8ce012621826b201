"""What several commands warn of."""

import sys

from .. import basis, lateness
from ..counting import counted
from ..course import Course


def of_unknown(course: Course, assignment: str) -> None:
    """Of names in `course.toml` that nobody has, and of lateness that nobody knows."""
    for find in (lateness.unknown, lateness.unmeasured):
        for what in find(course, assignment):
            print(f"look at course.toml: {what}")


def of_outdated(course: Course, assignment: str) -> None:
    """Of points by an earlier key."""
    if outdated := basis.outdated(course, assignment):
        have = counted(len(outdated), "has points", "have points")
        again = f"python -m classroom grade {assignment}"
        print(f"{have} by an earlier key: run `{again}` again", file=sys.stderr)
