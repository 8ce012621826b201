"""What students hand in is read if it can be, and refused with a reason if not."""

import json

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from classroom.notebooks import UnreadableError, read_notebook

TEXT = nbformat.writes(new_notebook(cells=[new_code_cell("print('é, 🌹')")]))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_an_encoding_is_no_reason_to_refuse(encoding):
    assert read_notebook(TEXT.encode(encoding)).cells[0].source == "print('é, 🌹')"


def test_a_file_of_an_old_windows_is_read():
    data = TEXT.replace("🌹", "").encode("cp1252")

    assert read_notebook(data).cells[0].source == "print('é, ')"


def test_a_cell_twice_gets_an_id_of_its_own():
    content = json.loads(TEXT)
    content["cells"] *= 2

    first, second = read_notebook(json.dumps(content).encode()).cells

    assert first.id != second.id


def test_an_old_notebook_is_brought_up_to_date():
    old = {
        "nbformat": 3,
        "nbformat_minor": 0,
        "metadata": {},
        "worksheets": [
            {
                "metadata": {},
                "cells": [
                    {
                        "cell_type": "code",
                        "input": "x = 1",
                        "language": "python",
                        "metadata": {},
                        "outputs": [],
                    }
                ],
            }
        ],
    }

    assert read_notebook(json.dumps(old).encode()).cells[0].source == "x = 1"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (TEXT.encode()[:40], "not a notebook"),
        (b"\x89PNG\r\n\x1a\n\x00\x81", "not a notebook"),
        (b"[1, 2]", "not a notebook"),
        (b"3", "not a notebook"),
        (b'"text"', "not a notebook"),
        (b'{"cells": []}', "not a notebook"),
        (b'{"nbformat": 4, "cells": 3}', "not a notebook"),
        (b'{"nbformat": 4, "nbformat_minor": 5, "cells": [3]}', "not a notebook"),
        (b'{"nbformat": 99, "nbformat_minor": 0, "cells": []}', "not a notebook"),
        (b"[" * 100_000, "not a notebook"),
        (b'{"nbformat": 4, "cells": [' + b"[" * 100_000, "not a notebook"),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_what_is_no_notebook_is_refused_with_a_reason(data, says):
    with pytest.raises(UnreadableError, match=says):
        read_notebook(data)
