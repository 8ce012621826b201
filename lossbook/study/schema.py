"""What a table of the bank may hold: it becomes a record, or a reason to refuse it."""

import math
import re
from collections.abc import Callable
from typing import Any

from . import markup
from .expressions import NAMES
from .records import PLACEHOLDER, Answer, Card, Choice, Mistake, Question

KINDS = ("one", "several", "numeric", "ordering")
CARD_KINDS = ("term", "formula", "mnemonic", "choice")

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_READ = re.compile(r"\w+\.(ipynb|md)(#[\w-]+)?")
# What neither XML nor YAML can hold, such as a control character.
_UNPRINTABLE = re.compile("[^\t\n -~\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ABOUT = {"id": str, "goal": str, "kind": str}
_ASKS = _ABOUT | {"text": str, "explanation": str}
_HINTS = {"misconception": str, "read": str}
_MARKED_UP = {
    "text",
    "explanation",
    "because",
    "feedback",
    "misconception",
    "unit",
    "front",
    "back",
}
_NAMES = {str: "a text", list: "a list", dict: "a table", bool: "true or false"}


def question(topic: str, table: dict) -> Question:
    """The question in a table of the file on `topic`.

    Raises
    ------
    ValueError
        With the reason, if the schema refuses the table.
    """
    _one_of(table.get("kind"), KINDS)
    if table["kind"] == "numeric":
        return _numeric(topic, table)
    has_only(table, _ASKS | {"choices": list})
    _check_about(table)
    make = _item if table["kind"] == "ordering" else _choice
    choices = _each(make, _tables(table, "choices"), "choice")
    _check_choices(table["kind"], choices)
    return Question(topic, **table | {"choices": choices})


def card(topic: str, table: dict) -> Card:
    """The card in a table of the file on `topic`; errors as `question`."""
    has_only(table, _ABOUT | {"front": str, "back": str})
    _one_of(table["kind"], CARD_KINDS)
    _check_about(table)
    return Card(topic, **table)


def is_list_of_tables(entries: Any) -> bool:
    """Whether `entries` is a list that holds tables, one or more, and nothing else."""
    return (
        isinstance(entries, list)
        and len(entries) > 0
        and all(isinstance(entry, dict) for entry in entries)
    )


def has_only(table: dict, needed: dict, optional: dict | None = None) -> None:
    """Refuse missing and unknown keys, wrong types, empty texts and bad markup.

    `needed` and `optional` give the type of each key.
    """
    known = needed | (optional or {})
    if missing := needed.keys() - table.keys():
        raise ValueError(f"{_listed(missing)} missing")
    if unknown := table.keys() - known.keys():
        raise ValueError(f"{_listed(unknown)} unknown; known are {', '.join(known)}")
    for key, value in table.items():
        if not _is_a(known[key], value):
            raise ValueError(f"{key} must be {_NAMES.get(known[key], 'a number')}")
        if known[key] is str and key != "unit" and not value.strip():
            raise ValueError(f"{key} is empty")
        if known[key] is str and _UNPRINTABLE.search(value):
            raise ValueError(f"{key} has a character that cannot be printed")
        if key in _MARKED_UP:
            markup.parse(value)


def check_hints(entry: dict) -> None:
    """Refuse a place to read that is no page of the book."""
    if "read" in entry and not _READ.fullmatch(entry["read"]):
        raise ValueError(
            f"read must look like 'hinge.ipynb#by-hand', got {entry['read']!r}"
        )


def _numeric(topic: str, table: dict) -> Question:
    has_only(table, _ASKS | {"answer": dict}, {"mistakes": list, "values": list})
    _check_about(table)
    (answer,) = _each(_answer, [table["answer"]], "answer")
    mistakes = _each(_mistake, _tables(table, "mistakes"), "mistake")
    values = tuple(_tables(table, "values"))
    _check_values(values)
    _check_placeholders(
        [table["text"], table["explanation"], *(m.feedback for m in mistakes)],
        set(values[0]) if values else set(),
    )
    made = {"answer": answer, "mistakes": mistakes, "values": values}
    result = Question(topic, **table | made)
    _check_numbers(result)
    return result


def _choice(entry: dict) -> Choice:
    if entry.get("right") is True:
        has_only(entry, {"text": str, "right": bool}, {"feedback": str})
    else:
        needed = {"text": str, "feedback": str}
        has_only(entry, needed, {"right": bool} | _HINTS)
    check_hints(entry)
    return Choice(**entry)


def _item(entry: dict) -> Choice:
    has_only(entry, {"text": str})
    return Choice(**entry)


def _mistake(entry: dict) -> Mistake:
    has_only(entry, {"expression": str, "feedback": str}, _HINTS)
    check_hints(entry)
    return Mistake(**entry)


def _answer(entry: dict) -> Answer:
    has_only(entry, {"expression": str, "tolerance": float, "unit": str})
    if not 0 < entry["tolerance"] < math.inf:
        raise ValueError(f"the tolerance must be above 0, got {entry['tolerance']}")
    return Answer(**entry)


def _is_a(wanted: type, value: Any) -> bool:
    if wanted is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, wanted)


def _one_of(kind: Any, kinds: tuple[str, ...]) -> None:
    if kind not in kinds:
        raise ValueError(f"the kind must be one of {', '.join(kinds)}, got {kind!r}")


def _check_about(table: dict) -> None:
    if not ID.fullmatch(table["id"]):
        raise ValueError("an id is lower-case words with hyphens, such as 'by-hand'")


def _tables(table: dict, key: str) -> list[dict]:
    entries = table.get(key, [])
    if key in table and not is_list_of_tables(entries):
        raise ValueError(f"{key} must be a list of tables, one or more")
    return entries


def _each(make: Callable, entries: list[dict], name: str) -> tuple:
    """What `make` makes of each entry; an error says of which of them."""
    made = []
    for number, entry in enumerate(entries, 1):
        try:
            made.append(make(entry))
        except ValueError as error:
            place = name if name == "answer" else f"{name} {number}"
            raise ValueError(f"{place}: {error}") from error
    return tuple(made)


def _check_choices(kind: str, choices: tuple[Choice, ...]) -> None:
    if not 3 <= len(choices) <= 6:
        raise ValueError(f"there must be 3 to 6 choices, got {len(choices)}")
    if len({choice.text for choice in choices}) < len(choices):
        raise ValueError("two choices have the same text")
    right = sum(choice.right for choice in choices)
    if kind == "one" and right != 1:
        raise ValueError(f"exactly one choice must be right, got {right}")
    if kind == "several" and not 2 <= right < len(choices):
        raise ValueError(
            f"two or more choices must be right and one or more wrong, got {right} "
            f"right of {len(choices)}"
        )


def _check_values(values: tuple[dict, ...]) -> None:
    for entry in values:
        if entry.keys() != values[0].keys() or not entry:
            raise ValueError("every entry of values must have the same names")
        for name, value in entry.items():
            if name in NAMES or not PLACEHOLDER.fullmatch(f"[[{name}]]"):
                raise ValueError(f"values: {name!r} cannot be used as a name")
            if not _is_a(float, value) or not math.isfinite(value):
                raise ValueError(f"values: {name} must be a finite number")


def _check_placeholders(texts: list[str], names: set[str]) -> None:
    for text in texts:
        for name in PLACEHOLDER.findall(text):
            if name not in names:
                raise ValueError(f"the placeholder [[{name}]] has no value")


def _check_numbers(question: Question) -> None:
    """Refuse a key or mistake that gives no number, or a mistake that is right."""
    for variant in question.variants():
        key = question.answer.value(variant.given)
        for mistake in question.mistakes:
            number = mistake.value(variant.given)
            if abs(number - key) <= question.answer.tolerance:
                raise ValueError(
                    f"the mistake {mistake.expression!r} gives {number}, which counts "
                    f"as right: the answer is {key} ± {question.answer.tolerance}"
                )


def _listed(keys: set[str]) -> str:
    return f"{', '.join(sorted(keys))} {'is' if len(keys) == 1 else 'are'}"
