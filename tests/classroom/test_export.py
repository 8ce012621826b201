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


@pytest.mark.parametrize(
    ("grade", "late", "seconds"),
    [
        (Grade(Submission("Ann", "hinge", status="ok")), "no", "0"),
        (Grade(Submission("Ann", "hinge", status="ok"), seconds_late=9), "yes", "9"),
        (Grade(Submission("Ann", "hinge", is_late=True), is_dated=False), "yes", "0"),
        (Grade(Submission("Ann", "hinge", status="ok"), is_dated=False), "", ""),
        (Grade(Submission("Ann", "hinge"), is_missing=True), "", ""),
    ],
)
def test_late_is_empty_where_nobody_can_say(grade, late, seconds):
    row = _all(grade)

    assert (row["late"], row["seconds_late"]) == (late, seconds)
    assert grade.is_missing == (row["status"] == "not handed in")


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
