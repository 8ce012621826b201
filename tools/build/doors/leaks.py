"""Nothing for teachers alone is on the site: no secret item, no file of their pack.

Secret are the items of exams and those of the concept inventory.
"""

import hashlib
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from lossbook.study import bank
from lossbook.topics import TOPICS
from tools import ROOT
from tools.build.doors import PUBLIC

EXAMS = ROOT / "classroom" / "questions"
INVENTORY = ROOT / "classroom" / "inventory"
BEGINNING = 10  # bytes
# In the title of exams that were printed (classroom/exam/page.py).
PAPERS = "Exam papers, not for the public"
# Words that no format writes otherwise; fewer may stand elsewhere by chance.
WORDS = re.compile(r"[A-Za-z ,.:;()-]{30,}")


def secrets(folders: Iterable[Path] = (EXAMS, INVENTORY)) -> dict[str, str]:
    """What gives each secret item away: its id, and the longest of its plain words."""
    known = "\n".join(run for topic in TOPICS for run in _said(bank.questions(topic)))
    found = {}
    for folder in folders:
        for topic in bank.topics(folder):
            for item in bank.questions(topic, folder):
                found[item.id] = item.id
                runs = [run for run in _said([item]) if run not in known]
                if runs:
                    found[max(runs, key=len)] = item.id
    return found


def look(site: Path, doors: Path, hidden: dict[str, str]) -> list[str]:
    """What of the exams and of doors that are not public is on a site, a line for each.

    Archives are opened, and the archives in them, whatever their names.
    """
    # Many ids begin alike: where that beginning is not, none of them is.
    needles: dict[bytes, list[str]] = {}
    for secret in hidden:
        needles.setdefault(secret.encode()[:BEGINNING], []).append(secret)
    wide = PAPERS.encode("utf-16-be")  # as a PDF has a title with letters beyond ASCII
    papers = [PAPERS.encode(), wide, wide.hex().encode(), wide.hex().upper().encode()]
    digests: dict[bool, set[bytes]] = {True: set(), False: set()}
    for path in _paths(doors):
        is_public = path.relative_to(doors).parts[0] in PUBLIC
        digests[is_public].add(_digest(path.read_bytes()))
    private = digests[False] - digests[True]
    found = []
    for path in _paths(site):
        name = path.relative_to(site).as_posix()
        for inside, data in _opened(name, path.read_bytes()):
            if any(mark in data for mark in papers):
                found.append(f"{inside} has papers of an exam or their keys")
            if _digest(data) in private:
                found.append(f"{inside} is a file for teachers alone")
            found += [
                f"{inside} holds the secret item {hidden[secret]}: {secret!r}"
                for beginning, alike in needles.items()
                if beginning in data
                for secret in alike
                if secret.encode() in data
            ]
    return found


def _said(questions) -> Iterator[str]:
    """Of each text of the questions the longest run of plain words."""
    for question in questions:
        texts = [question.text, question.explanation]
        texts += [part for c in question.choices for part in (c.text, c.feedback)]
        texts += [mistake.feedback for mistake in question.mistakes]
        for text in texts:
            if runs := WORDS.findall(text):
                yield max(runs, key=len).strip()


def _paths(folder: Path) -> Iterator[Path]:
    yield from (path for path in sorted(folder.rglob("*")) if path.is_file())


def _opened(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """A file, and what is in it if it is an archive."""
    yield name, data
    if data.startswith(b"PK\3\4"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for each in archive.namelist():
                yield from _opened(f"{name}/{each}", archive.read(each))


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()
