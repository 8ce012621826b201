"""Reading what a student handed in, whatever it is."""

import codecs
import json
import warnings

import nbformat
from nbformat import NotebookNode, reader
from nbformat.validator import NotebookValidationError, normalize

ENCODINGS = ("utf-8", "cp1252")
MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
LARGEST = 20 * 2**20  # bytes of a notebook: a larger one holds outputs gone wild


class UnreadableError(Exception):
    """What was handed in is no notebook; says why, and what the student can do."""


def read_notebook(data: bytes) -> NotebookNode:
    """The notebook in these bytes, in the current format and with cell ids of its own.

    A byte-order mark or another encoding is no reason to refuse it.

    Raises
    ------
    UnreadableError
        If it is not a notebook.
    """
    if not data.strip():
        raise UnreadableError("The file is empty. Save the notebook, and hand it in.")
    if len(data) > LARGEST:
        raise UnreadableError(
            f"The file has {len(data) / 2**20:.0f} MB. Clear all outputs of the "
            "notebook, save it, and hand it in again."
        )
    try:
        content = json.loads(_decoded(data))
    except (ValueError, RecursionError) as error:
        raise UnreadableError(
            f"The file is not a notebook: {error}. Open it in Jupyter; if it opens, "
            "save it there and hand that in."
        ) from error
    try:
        if not isinstance(content, dict) or "nbformat" not in content:
            raise ValueError("there is no `nbformat` in it")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            notebook = nbformat.convert(reader.reads(json.dumps(content)), 4)
            _, notebook = normalize(notebook, strip_invalid_metadata=True)
            for cell in notebook.cells:
                if not isinstance(cell.get("metadata", {}).get("nbgrader", {}), dict):
                    del cell.metadata["nbgrader"]
        nbformat.validate(notebook)
    except (NotebookValidationError, ValueError, TypeError, KeyError) as error:
        raise UnreadableError(
            f"The file is JSON, but not a notebook: {str(error).splitlines()[0]}. "
            "Begin with the notebook that was released, copy your answers into it, "
            "and hand that in."
        ) from error
    except AttributeError as error:
        raise UnreadableError("The file is JSON, but not a notebook.") from error
    return notebook


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
