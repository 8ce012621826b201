"""The gate: what a kernel sends is rebuilt here, or does not come in.

A student's code can send any bytes in the name of its kernel.  A message that comes
out of here is of a known kind and has the keys of that kind and no others, with values
of the right types; its texts can be written in UTF-8.
"""

import json
import math
import re
from dataclasses import dataclass
from typing import Any

from .emitting import EMITTED

DEEPEST = 100  # lists in lists that the tests of a cell may get
LONGEST = 2_000  # characters of a name, or of a line of a traceback
LINES = 100  # of a traceback
TEXTS = frozenset(["text/plain", "text/html"])
IMAGES = frozenset(["image/png", "image/jpeg"])
BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")
# Half a pair of surrogates cannot be written, nor can a database keep a NUL.
UNWRITABLE = re.compile("[\ud800-\udfff\x00]")


@dataclass(frozen=True)
class Message:
    """One message of a kernel, rebuilt.

    Attributes
    ----------
    kind : str
        One of "stream", "display_data", "execute_result", "update_display_data",
        "error", "clear_output" and "idle".
    cell : str
        The request that it says it belongs to.
    content : dict
        "stream": `name` and `text`; those with data: `data` and `display_id`, which
        may be empty; "error": `ename`, `evalue` and `traceback`; "clear_output":
        `wait`; "idle": nothing.
    """

    kind: str
    cell: str
    content: dict[str, Any]


class _RefusedError(Exception):
    """Something is not as it must be."""


def read(line: bytes) -> Message | None:
    """The message in a line of JSON; None if it is malformed, or of no use here.

    >>> idle = b'{"header": {"msg_type": "status"}, "parent_header": {"msg_id": "1"},'
    >>> read(idle + b'"content": {"execution_state": "idle"}}')
    Message(kind='idle', cell='1', content={})
    >>> read(idle + b'"content": null}')
    """
    try:
        said = _dict(json.loads(line))
        kind = _text(_dict(said.get("header")).get("msg_type"))
        cell = _text(_dict(said.get("parent_header")).get("msg_id"))
        content = _dict(said.get("content"))
        if kind == "status" and content.get("execution_state") == "idle":
            return Message("idle", cell, {})
        if kind in KINDS:
            return Message(kind, cell, KINDS[kind](content))
    except (ValueError, RecursionError, _RefusedError):
        pass
    return None


def _stream(content: dict) -> dict:
    if content.get("name") not in ("stdout", "stderr"):
        raise _RefusedError
    return {"name": content["name"], "text": _text(content.get("text"))}


def _error(content: dict) -> dict:
    lines = content.get("traceback")
    if not isinstance(lines, list):
        raise _RefusedError
    return {
        "ename": _text(content.get("ename"))[:LONGEST],
        "evalue": _text(content.get("evalue"))[:LONGEST],
        "traceback": [_text(line)[:LONGEST] for line in lines[-LINES:]],
    }


def _data(content: dict) -> dict:
    data = {}
    for kind, value in _dict(content.get("data")).items():
        if kind in TEXTS:
            data[kind] = _text(value)
        elif kind in IMAGES and BASE64.fullmatch(_text(value)):
            data[kind] = value
        elif kind == EMITTED:
            data[kind] = _emitted(value)
    if not data:
        raise _RefusedError
    transient = content.get("transient")
    name = transient.get("display_id") if isinstance(transient, dict) else None
    known = isinstance(name, str) and len(name) <= LONGEST
    return {"data": data, "display_id": name if known else ""}


def _clear(content: dict) -> dict:
    return {"wait": content.get("wait") is True}


KINDS = {
    "stream": _stream,
    "error": _error,
    "display_data": _data,
    "execute_result": _data,
    "update_display_data": _data,
    "clear_output": _clear,
}


def _dict(value: Any) -> dict:
    if not isinstance(value, dict):
        raise _RefusedError
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise _RefusedError
    return UNWRITABLE.sub("\ufffd", value)


def _emitted(value: Any, depth: int = 0) -> Any:
    """JSON as it is, if one can write it again and go through it."""
    if depth > DEEPEST:
        raise _RefusedError
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, list):
        return [_emitted(one, depth + 1) for one in value]
    if isinstance(value, dict):
        return {_text(key): _emitted(one, depth + 1) for key, one in value.items()}
    if isinstance(value, float) and not math.isfinite(value):
        raise _RefusedError
    return value
