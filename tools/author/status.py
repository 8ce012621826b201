"""What the book holds and how its last test went: ``python -m tools.author.status``.

Writes book/status.json, which the status page shows.  The counts are those of the
files here.  The last run is read from what `make test` leaves in _build/tests.xml; a
run with a failure is not recorded, and without a new one the old entry stays.
"""

import json
import os
import platform
import re
import tomllib
from importlib import metadata
from pathlib import Path
from xml.etree import ElementTree

from lossbook import exercises, explorers, lessons
from lossbook.catalogue import LOSSES
from lossbook.study import bank
from tools import ROOT

FILE = ROOT / "book" / "status.json"
RUN = ROOT / "_build" / "tests.xml"
LOCK = ROOT / "requirements.txt"
# The pinned packages on which what a reader sees depends most.
PACKAGES = ("numpy", "matplotlib", "anywidget", "jupyter-book", "sphinx", "nbgrader")


def counts() -> dict[str, int]:
    """How much there is of each kind."""
    topics = bank.topics()
    return {
        "chapters and practice pages": len(list((ROOT / "book").glob("*.ipynb"))),
        "losses in the catalogue": len(LOSSES),
        "interactive figures": sum(name[0].isupper() for name in vars(explorers)),
        "practice questions": sum(len(bank.questions(topic)) for topic in topics),
        "flash cards": sum(len(bank.cards(topic)) for topic in topics),
        "exercises": sum(len(exercises.of_topic(each)) for each in exercises.TOPICS),
        "dialogues": len(lessons.topics()),
        "recordings": len(list((ROOT / "book" / "audio").glob("*.mp3"))),
        "numbers in the text that a test computes": _numbers(),
    }


def versions() -> dict[str, str]:
    """The version of the package, and those that the lock names."""
    pins = dict(re.findall(r"^([\w.-]+)==([^ ;\\]+)", LOCK.read_text("utf-8"), re.M))
    return {"lossbook": metadata.version("lossbook")} | {
        name: pins[name] for name in PACKAGES
    }


def last_run(report: Path = RUN) -> dict[str, str | int] | None:
    """What a report of pytest says of a run without a failure, else None."""
    if not report.is_file():
        return None
    suite = ElementTree.parse(report).getroot().find("testsuite")  # noqa: S314 - our own
    if suite is None or suite.get("failures") != "0" or suite.get("errors") != "0":
        return None
    return {
        "date": suite.get("timestamp", "")[:10],
        "tests": int(suite.get("tests", 0)) - int(suite.get("skipped", 0)),
        "seconds": round(float(suite.get("time", 0))),
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "python": platform.python_version(),
    }


def _numbers() -> int:
    files = (ROOT / "tests" / "book" / "numbers").glob("*.toml")
    return sum(len(tomllib.loads(f.read_text("utf-8"))["number"]) for f in files)


def main() -> None:
    """Write the file, and say what it now says of the last run."""
    before = json.loads(FILE.read_text("utf-8")) if FILE.exists() else {}
    run = last_run() or before.get("last run")
    status = {"counts": counts(), "versions": versions(), "last run": run}
    FILE.write_text(json.dumps(status, indent=2) + "\n", "utf-8", newline="\n")
    shown = f"the last run is of {run['date']}" if run else "no run is recorded yet"
    print(f"{FILE.relative_to(ROOT)}: {shown}.")


if __name__ == "__main__":
    main()
