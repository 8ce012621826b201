"""Exports: the bank as files for Anki, Moodle and Canvas."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib import import_module, metadata
from pathlib import Path

from .._names import unknown
from ..study import bank
from .items import Chapter, Differences, identifier, undrawn

SKETCH_BECAME = "a sketch became a choice between curves in words"
SUFFIXES = {"anki": "apkg", "moodle": "xml", "qti": "zip"}


@dataclass(frozen=True)
class Export:
    """What an export has written, and what there is not as it is in the bank.

    Attributes
    ----------
    files : list of Path
        The files written.
    differences : dict of list of str
        What the target cannot hold as it is, with the ids of the questions; a
        tolerance that it cannot tell apart from 0 is among that.
    """

    files: list[Path]
    differences: Differences


def export(
    target: str,
    topic: str | None = None,
    folder: Path | str | None = None,
    out: Path | str = ".",
    *,
    native_ordering: bool = False,
) -> Export:
    """Write questions for another program; for Anki, flash cards too.

    Parameters
    ----------
    target : {"anki", "moodle", "qti"}
        Anki and Moodle get one file, QTI (for Canvas) one for each topic.
    topic : str, optional
        Only this topic; by default all.
    folder : Path or str, optional
        Another bank: a folder of question files ``<topic>.toml``.
    out : Path or str, default "."
        Where to write; the folder is made if it is not there.
    native_ordering : bool, default False
        For Moodle, ask to order by its question type Ordering, which it has since
        4.4. An older one without that plugin imports nothing of such a file.

    Raises
    ------
    KeyError
        If the target or the topic is unknown.
    ValueError
        If a file of the bank holds what the schema does not allow, or another target
        than Moodle is asked for its question type.
    ImportError
        If the packages that write the files are not installed.
    OSError
        If a file cannot be read or written.
    """
    if target not in SUFFIXES:
        raise KeyError(unknown("no target", target, SUFFIXES))
    if native_ordering and target != "moodle":
        raise ValueError("native ordering is a question type of Moodle alone")
    folder = None if folder is None else Path(folder)
    write = _writer(target)
    if native_ordering:
        write = partial(write, native_ordering=True)
    chapters = _chapters(topic, folder)
    name = "lossbook" if folder is None else folder.resolve().name
    title = _versioned(name, chapters) if target == "moodle" else name
    parts = [[chapter] for chapter in chapters] if target == "qti" else [chapters]
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    result = Export([], _differences([chapter.topic for chapter in chapters], folder))
    for part in parts:
        is_whole = topic is None and target != "qti"
        stem = name if is_whole else f"{name}_{part[0].topic}"
        path = out / f"{stem}.{SUFFIXES[target]}"
        for difference, names in write(path, part, title, _date(folder)).items():
            if names:
                result.differences.setdefault(difference, []).extend(names)
        result.files.append(path)
    return result


def _writer(target: str) -> Callable:
    try:
        return import_module(f".{target}", __name__).write
    except ModuleNotFoundError as error:
        raise ImportError(
            f"the export to {target} needs the package {error.name}; "
            "pip install 'lossbook[export]' brings it"
        ) from error


def _chapters(topic: str | None, folder: Path | None) -> list[Chapter]:
    """The questions and cards of each topic, their ids checked over all files."""
    chapters = [
        Chapter(
            name,
            tuple(map(undrawn, bank.questions(name, folder))),
            bank.cards(name) if folder is None else (),
        )
        for name in ([topic] if topic else bank.topics(folder))
    ]
    if not chapters:
        raise ValueError(f"there are no question files (.toml) in {folder}")
    for kind in ("questions", "cards"):
        bank.check_ids(record for c in chapters for record in getattr(c, kind))
    return chapters


def _differences(topics: list[str], folder: Path | None) -> Differences:
    """What no target holds as it is."""
    asked = [q for topic in topics for q in bank.questions(topic, folder)]
    sketches = [question.id for question in asked if question.sketch]
    return {SKETCH_BECAME: sketches} if sketches else {}


def _versioned(name: str, chapters: list[Chapter]) -> str:
    """The name with what tells versions of the questions apart."""
    version = f"{name} {metadata.version('lossbook')}" if name == "lossbook" else name
    return f"{version} ({identifier(repr(chapters), digits=6)})"


def _date(folder: Path | None) -> int:
    """When the bank was last changed, in seconds since 1970.

    SOURCE_DATE_EPOCH, which builds set so that they can be repeated, comes first.
    """
    return int(os.environ.get("SOURCE_DATE_EPOCH") or bank.changed(folder))
