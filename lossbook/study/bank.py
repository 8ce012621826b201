"""The question bank: questions and cards, read from TOML files.

A file that holds anything the schema does not know is refused, with the file, the
question and the reason.
"""

import tomllib
from collections.abc import Callable, Iterable
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from .._names import unknown
from . import schema
from .records import Card, Example, Question


def questions(topic: str, folder: Path | None = None) -> tuple[Question, ...]:
    """The questions on a topic, from the bank of the package or from `folder`.

    Raises
    ------
    KeyError
        If there is no file on `topic`; the message lists the topics there are.
    ValueError
        If the file holds what the schema does not allow.
    """
    return read_questions(_text(topic, _folder("questions", folder)), topic)


def cards(topic: str, folder: Path | None = None) -> tuple[Card, ...]:
    """The flash cards on a topic; arguments and errors are those of `questions`."""
    return read_cards(_text(topic, _folder("cards", folder)), topic)


def worked(topic: str) -> Example:
    """The worked example on a topic; errors as `questions`."""
    text, file = _text(topic, _folder("worked", None)), f"{topic}.toml"
    try:
        return schema.example(topic, tomllib.loads(text))
    except ValueError as error:  # no TOML, or not what the schema allows
        raise ValueError(f"{file}: {error}") from error


def examples() -> list[str]:
    """The topics that have a worked example, by name."""
    return _topics(_folder("worked", None))


def topics(folder: Path | None = None) -> list[str]:
    """The topics that have a file of questions, by name; `folder` as in `questions`."""
    return _topics(_folder("questions", folder))


def changed(folder: Path | None = None) -> int:
    """When a file of the bank was last changed, in seconds since 1970."""
    folders = [_folder("questions", folder)]
    if folder is None:
        folders.append(_folder("cards", None))
    return max(int(file.stat().st_mtime) for f in folders for file in f.iterdir())


@lru_cache(64)  # more than there are topics: a page asks for the same ones again
def read_questions(text: str, topic: str) -> tuple[Question, ...]:
    """The questions in the text of a TOML file; errors as `questions`."""
    return _records(text, topic, "question", schema.question)


def read_cards(text: str, topic: str) -> tuple[Card, ...]:
    """The cards in the text of a TOML file; errors as `cards`."""
    return _records(text, topic, "card", schema.card)


def check_ids(records: Iterable[Question | Card]) -> None:
    """Refuse an id that two records of different files share."""
    topic_of = {}
    for record in records:
        first = topic_of.setdefault(record.id, record.topic)
        if first != record.topic:
            raise ValueError(
                f"the id {record.id!r} stands in {first}.toml and in "
                f"{record.topic}.toml; ids are unique over all files"
            )


def _folder(name: str, folder: Path | None) -> Traversable:
    return files(__package__) / name if folder is None else Path(folder)


def _topics(folder: Traversable) -> list[str]:
    names = [file.name for file in folder.iterdir()] if folder.is_dir() else []
    return sorted(n.removesuffix(".toml") for n in names if n.endswith(".toml"))


def _text(topic: str, folder: Traversable) -> str:
    file = folder / f"{topic}.toml"
    if not topic.isidentifier() or not file.is_file():
        said = f"no {folder.name} on"
        raise KeyError(unknown(said, topic, _topics(folder)))
    try:
        return file.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise ValueError(f"{topic}.toml is not UTF-8: {error}") from error


def _records(text: str, topic: str, name: str, make: Callable) -> tuple:
    file = f"{topic}.toml"
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{file} is not TOML: {error}") from error
    if set(tables) != {name} or not schema.is_list_of_tables(tables[name]):
        raise ValueError(f"{file} must hold [[{name}]] only, got {sorted(tables)}")
    records = {}
    for number, table in enumerate(tables[name], 1):
        where = f"{name} {table.get('id', number)!r}"
        try:
            record = make(topic, table)
            if record.id in records:
                raise ValueError("there is another one with this id")
        except ValueError as error:
            raise ValueError(f"{file}, {where}: {error}") from error
        records[record.id] = record
    return tuple(records.values())
