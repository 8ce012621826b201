"""For those who know nbgrader: its own commands work in this folder."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from classroom import formgrader
from classroom.course import Course

formgrader.install()

Course(Path(__file__).parent, os.environ.get("LOSSBOOK_GRADEBOOK", "")).configure(
    get_config()  # noqa: F821  # nbgrader's
)
