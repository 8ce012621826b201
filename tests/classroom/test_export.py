"""No cell of a table begins a formula, however a spreadsheet parts the lines."""

import csv
import io

import pytest

from classroom.export import Grade, _all
from classroom.submissions import Submission

HOSTILE = [
    "=1+1",
    "+1",
    "-x",
    "@a",
    "|x",
    " =1",
    "p;=cmd|calc.pdf",
    "a,+1",
    "\uff1d1",
    "a;\uff0b1",
]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_cell_begins_a_formula(hostile, delimiter):
    known = Submission(hostile, "hinge", came_as=hostile, identifier=hostile)
    row = _all(Grade(known.but(reason=hostile, email=hostile)))
    text = io.StringIO()
    csv.DictWriter(text, row).writerow(row)

    for cells in csv.reader(io.StringIO(text.getvalue()), delimiter=delimiter):
        for cell in cells:
            assert not cell.strip(' "').startswith(("=", "+", "-", "@", "\uff1d"))
