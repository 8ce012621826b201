"""What the checks of this session found, as a file that the passport reads."""

import json
import time
from datetime import UTC, datetime
from pathlib import Path

from .outcome import Outcome, anchor

FILE = "lossbook-progress.json"
# As lossbook/study/store.js has it.
_EMPTY = {
    "lossbook": "progress",
    "version": 2,
    "questions": {},
    "cards": {},
    "tasks": {},
    "mistakes": {},
    "days": {},
    "sure": {"asks": False, "said": []},
    "test": None,
}
_found: list[tuple[int, Outcome]] = []


def note(outcome: Outcome) -> None:
    """Keep what a check found, as long as this session lasts."""
    if outcome.kind in ("right", "wrong"):
        _found.append((round(time.time() * 1000), outcome))


def save_progress(path: str | Path = FILE) -> Path:
    """Write what the checks of this session found to a file for the passport.

    The page *Passport* reads it, adds it to what it knows, and sends it nowhere.  What
    an earlier session wrote there is kept.

    Raises
    ------
    ValueError
        If the file is there and holds something else; it is left as it is.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = save_progress(Path(folder) / "mine.json")
    ...     print(path.name, path.read_text("utf-8")[:23])
    mine.json {"lossbook": "progress"
    """
    path = Path(path)
    whole = _read(path) if path.exists() else json.loads(json.dumps(_EMPTY))
    for when, outcome in _found:
        _add(whole, when, outcome)
    path.write_text(json.dumps(whole), "utf-8")
    _found.clear()  # the file has it now
    return path


def _add(whole: dict, when: int, outcome: Outcome) -> None:
    right = outcome.kind == "right"
    tries = whole["tasks"].get(outcome.exercise, {}).get("tries", 0)
    whole["tasks"][outcome.exercise] = {
        "tries": tries + 1,
        "right": right,
        "when": when,
    }
    date = f"{datetime.fromtimestamp(when / 1000, UTC).astimezone():%Y-%m-%d}"
    day = whole["days"].setdefault(date, {"done": 0, "right": 0, "fresh": 0})
    day["done"] += 1
    day["right"] += right
    if name := anchor(outcome.misconception):
        whole["mistakes"][name] = {
            "times": whole["mistakes"].get(name, {}).get("times", 0) + 1,
            "when": when,
            "question": outcome.exercise,
            "overcome": 0,
        }


def _read(path: Path) -> dict:
    try:
        whole = json.loads(path.read_text("utf-8"))
        known = (whole["lossbook"], whole["version"]) == ("progress", _EMPTY["version"])
    except (ValueError, KeyError, TypeError):
        known = False
    if not known or whole.keys() != _EMPTY.keys():
        raise ValueError(
            f"{path} is there and is no progress of this edition; it was left as it "
            "is. Give another name, as in save_progress('mine.json')"
        )
    return whole
