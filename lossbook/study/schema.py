"""What a table of the bank may hold: it becomes a record, or a reason to refuse it."""

import math
import re
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from typing import Any

from . import markup
from .expressions import NAMES
from .records import (
    PLACEHOLDER,
    Answer,
    Card,
    Choice,
    Example,
    Line,
    Mistake,
    Question,
    Run,
)
from .rows import between
from .sketches import LEAST_PLACES, MEASURES, WITH_ANOTHER_CURVE, Rule, Sketch

KINDS = ("one", "several", "numeric", "ordering", "sketch", "lines")
CARD_KINDS = ("term", "formula", "mnemonic", "choice")

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_READ = re.compile(r"\w+\.(ipynb|md)(#[\w-]+)?")
# What neither XML nor YAML can hold, such as a control character.
_UNPRINTABLE = re.compile("[^\t\n -~\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ABOUT = {"id": str, "goal": str, "kind": str}
_ASKS = _ABOUT | {"text": str, "explanation": str}
_HINTS = {"misconception": str, "read": str}
_RULE = {"measure": str, "feedback": str}
_BOUNDS = {"over": list, "least": float, "most": float, "than": str}
_SKETCH = {"curve": str, "axis": str, "height": str, "places": list, "span": list}
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
_NAMES = {
    str: "a text",
    list: "a list",
    dict: "a table",
    bool: "true or false",
    int: "a whole number",
}


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
    if table["kind"] == "sketch":
        return _sketched(topic, table)
    if table["kind"] == "lines":
        return _program(topic, table)
    has_only(table, _ASKS | {"choices": list})
    _check_about(table)
    make = _item if table["kind"] == "ordering" else _choice
    choices = _each(make, _tables(table, "choices"), "choice")
    _check_choices(table["kind"], choices)
    return Question(topic, **table | {"choices": choices})


def example(topic: str, table: dict) -> Example:
    """The worked example in the file on `topic`; errors as `question`."""
    about = {"id": str, "goal": str, "text": str}
    has_only(table, about | {"values": list, "steps": list})
    _check_about(table)
    if not 2 <= len(table["steps"]) <= 6 or len(table["values"]) < 4:
        raise ValueError("there must be 2 to 6 steps, and 4 or more rows of values")
    shared = {"goal": table["goal"], "kind": "numeric", "values": table["values"]}
    named = (
        shared | {"id": f"{table['id']}-{number}"} | step
        for number, step in enumerate(_tables(table, "steps"), 1)
    )
    steps = _each(lambda step: question(topic, step), list(named), "step")
    return Example(topic, **{name: table[name] for name in about}, steps=steps)


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
    has_only(
        table, _ASKS | {"answer": dict}, {"mistakes": list, "values": list, "rows": int}
    )
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
    count = table.get("rows", len(values))
    written = {name: entry for name, entry in table.items() if name != "rows"}
    result = Question(topic, **written | made)
    _check_numbers(result)
    return result if count <= len(values) else _with_rows(result, count)


def _with_rows(question: Question, count: int) -> Question:
    """The question with so many rows of values, those computed that tell most apart."""
    values = list(question.values)
    for row in between(values) if values else ():
        more = replace(question, values=(row,))
        if len(values) < count and _tells_apart(next(iter(more.variants()))):
            values.append(row)
    if len(values) < count:
        raise ValueError(
            f"rows: {count} are asked for, and between the {len(question.values)} rows "
            f"of values there are {len(values)} that tell the mistakes apart; write "
            "values that are farther from each other"
        )
    return replace(question, values=tuple(values))


def _tells_apart(variant: Question) -> bool:
    """Whether the key and the mistakes are numbers that do not count as each other."""
    try:
        numbers = [
            entry.value(variant.given) for entry in (variant.answer, *variant.mistakes)
        ]
    except ValueError:
        return False
    return all(
        abs(one - other) > 2 * variant.answer.tolerance
        for one, other in combinations(numbers, 2)
    )


def _sketched(topic: str, table: dict) -> Question:
    has_only(table, _ASKS | {"sketch": dict})
    _check_about(table)
    (sketch,) = _each(_sketch, [table["sketch"]], "sketch")
    return Question(topic, **table | {"sketch": sketch})


def _sketch(entry: dict) -> Sketch:
    has_only(entry, _SKETCH | {"rules": list, "choices": list})
    choices = _each(_choice, _tables(entry, "choices"), "choice")
    _check_choices("one", choices)
    rules = _each(_rule, _tables(entry, "rules"), "rule")
    numbers = {name: _numbers(name, entry[name]) for name in ("places", "span")}
    sketch = Sketch(**entry | numbers | {"rules": rules, "choices": choices})
    _check_axes(sketch)
    for number, rule in enumerate(rules, 1):
        if not set(rule.over) <= set(sketch.places):
            raise ValueError(f"rule {number}: over must be two of the places")
        first, last = map(sketch.places.index, sketch.over(rule))
        if last - first + 1 < LEAST_PLACES.get(rule.measure, 1):
            raise ValueError(f"rule {number}: too few places for {rule.measure}")
    if fault := sketch.fault(sketch.snapped(sketch.at(sketch.places))):
        raise ValueError(f"the right curve breaks a rule: {fault.feedback}")
    return sketch


def _rule(entry: dict) -> Rule:
    has_only(entry, _RULE, _BOUNDS | _HINTS)
    check_hints(entry)
    if entry["measure"] not in MEASURES:
        raise ValueError(
            f"the measure must be one of {', '.join(MEASURES)}, "
            f"got {entry['measure']!r}"
        )
    if ("than" in entry) != (entry["measure"] in WITH_ANOTHER_CURVE):
        raise ValueError(
            f"than goes with {' and '.join(sorted(WITH_ANOTHER_CURVE))}, and only so"
        )
    if not entry.keys() & {"least", "most"}:
        raise ValueError("there must be a bound: least, most, or both")
    over = _numbers("over", entry.get("over", []))
    if over and len(over) != 2:
        raise ValueError("over must be the first and the last place")
    return Rule(**entry | {"over": over})


def _numbers(name: str, entries: list) -> tuple:
    if not all(_is_a(float, each) and math.isfinite(each) for each in entries):
        raise ValueError(f"{name} must hold finite numbers only")
    return tuple(entries)


def _check_axes(sketch: Sketch) -> None:
    places = sketch.places
    if len(places) < 5 or list(places) != sorted(set(places)):
        raise ValueError("places must be five or more, rising")
    if len(sketch.span) != 3:
        raise ValueError("span must be the lowest point, the highest, and the step")
    low, high, step = sketch.span
    steps = (high - low) / step if step > 0 else 0
    if steps < 1 or not math.isclose(steps, round(steps)):
        raise ValueError("the span must be some whole steps long")
    if not all(low <= height <= high for height in sketch.at(places)):
        raise ValueError("the right curve must stay within the span")


def _program(topic: str, table: dict) -> Question:
    has_only(table, _ASKS | {"lines": list, "runs": dict})
    _check_about(table)
    has_only(table["runs"], {"before": str, "result": str, "answer": str})
    lines = _each(_line, _tables(table, "lines"), "line")
    right = [line for line in lines if not line.instead_of]
    if not 4 <= len(right) <= 8 or not 1 <= len(lines) - len(right) <= 4:
        raise ValueError("there must be 4 to 8 lines, and 1 to 4 that do not belong")
    if list(lines[: len(right)]) != right:
        raise ValueError("the lines that do not belong come last")
    if len({line.code for line in lines}) < len(lines):
        raise ValueError("two lines have the same code")
    for number, line in enumerate(lines, 1):
        if line.instead_of > len(right):
            raise ValueError(f"line {number} stands instead of one that is not there")
        if not all(other < number for other in line.after):
            raise ValueError(f"line {number} may only come after lines above it")
    made = {"lines": tuple(map(_follow, range(len(lines)), lines))}
    return Question(topic, **table | made | {"runs": Run(**table["runs"])})


def _line(entry: dict) -> Line:
    optional = {"indent": int, "after": list, "instead_of": int} | _HINTS
    has_only(entry, {"code": str, "feedback": str}, optional)
    check_hints(entry)
    if entry["code"] != entry["code"].strip() or "\n" in entry["code"]:
        raise ValueError("code is one line; its indentation is a number, in `indent`")
    if not 0 <= entry.get("indent", 0) <= 3:
        raise ValueError(f"indent must be 0 to 3, got {entry['indent']}")
    numbers = [entry.get("instead_of", 1), *entry.get("after", [])]
    if not all(type(number) is int and number > 0 for number in numbers):
        raise ValueError("after and instead_of name lines by their number, from 1")
    if "after" in entry and "instead_of" in entry:
        raise ValueError("a line that does not belong comes after no other")
    return Line(**entry)


def _follow(number: int, line: Line) -> Line:
    """The line; where nothing is said, it comes after the one above it."""
    if line.after is not Line.after:
        return replace(line, after=tuple(line.after))
    is_first = line.instead_of or not number
    return line if is_first else replace(line, after=(number,))


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
    if wanted is int:
        return type(value) is int
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
            place = name if name in ("answer", "sketch") else f"{name} {number}"
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
