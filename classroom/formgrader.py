"""Nbgrader's own autograding, as its commands and Formgrader's button start it."""

import shutil
from pathlib import Path

from nbgrader import converters
from nbgrader.apps import api, autogradeapp


class Autograde(converters.Autograde):
    """If it fails, what was graded before stays: nbgrader would take it away."""

    def init_destination(self, assignment_id: str, student_id: str) -> bool:
        """Keep a copy of what was there."""
        there = Path(self._format_dest(assignment_id, student_id))
        kept = _beside(there)
        shutil.rmtree(kept, ignore_errors=True)
        if there.exists():
            shutil.copytree(there, kept)
        self._there = [*getattr(self, "_there", []), there]
        return super().init_destination(assignment_id, student_id)

    def convert_notebooks(self) -> None:
        """Grade, and put back what is not there any more."""
        try:
            super().convert_notebooks()
        finally:
            for there in getattr(self, "_there", []):
                kept = _beside(there)
                if kept.exists() and not there.exists():
                    kept.rename(there)
                shutil.rmtree(kept, ignore_errors=True)


def install() -> None:
    """Let nbgrader use it: there is no setting that names the class."""
    api.Autograde = autogradeapp.Autograde = Autograde


def _beside(there: Path) -> Path:
    return there.with_name(f".{there.name}.before")
