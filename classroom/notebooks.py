"""Reading what a student handed in, whatever it is."""

import codecs
import json
import warnings

import nbformat
from nbformat import NotebookNode

from . import cleaning

MOST_VALUES = 2_000_000
ENCODINGS = ("utf-8", "cp1252")
MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


class UnreadableError(Exception):
    """What was handed in is no notebook; says why, and what the student can do."""


def read_notebook(data: bytes) -> NotebookNode:
    """The notebook in these bytes: its cells, cleaned, and nothing that they showed.

    A byte-order mark, another encoding, an older format, outputs that are broken or
    large are no reason to refuse it.

    Raises
    ------
    UnreadableError
        If it is not a notebook.
    """
    if not data.strip():
        raise UnreadableError("The file is empty. Save the notebook, and hand it in.")
    try:
        # A small archive can hold a hundred megabytes of brackets, each of which
        # becomes an object of Python. A picture of that size has next to none.
        if sum(map(data.count, (b"{", b"[", b","))) > MOST_VALUES:
            raise ValueError("it has far more in it than a notebook can have")
        content = json.loads(_decoded(data))
    except (ValueError, RecursionError) as error:
        raise UnreadableError(
            f"The file is not a notebook: {cleaning.line(str(error))}. Open it in "
            "Jupyter; if it opens, save it there and hand that in."
        ) from error
    try:
        return cleaning.notebook(_current(content))
    # Old formats are brought up to date by nbformat, which trusts what it reads.
    except Exception as error:
        raise UnreadableError(
            f"The file is JSON, but not a notebook: {cleaning.line(str(error))}. "
            "Begin with the notebook that was released, copy your answers into it, "
            "and hand that in."
        ) from error


def _current(content: object) -> dict:
    """The content in the current format, in which cells are a list."""
    if not isinstance(content, dict) or "nbformat" not in content:
        raise ValueError("there is no `nbformat` in it")
    if content["nbformat"] == nbformat.current_nbformat:
        return content
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return nbformat.convert(nbformat.from_dict(content), nbformat.current_nbformat)


def _decoded(data: bytes) -> str:
    for mark, encoding in MARKS.items():
        if data.startswith(mark):
            return data.decode(encoding)
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ValueError("it is not text in a known encoding")
