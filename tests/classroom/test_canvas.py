"""Canvas's files: the archive of what was handed in, and its gradebook filled in.

In the forms that its source writes: lib/content_zipper.rb (`get_filename`,
`add_upload_submission`, `sanitize_user_name`), app/models/attachment.rb
(`make_unique_filename`) and lib/gradebook_exporter.rb.
"""

import pytest

from classroom import roster, submissions, worksheets
from classroom.collect import collect
from classroom.course import CourseError
from classroom.export import Grade
from classroom.filling import fill, pack
from tests.classroom.conftest import ASSIGNMENT
from tests.classroom.handing_in import archive, taken
from tests.classroom.platforms import read_by_canvas

TITLE = "Mean squared error (77)"
# Sortable name, number, ids of the school, sections, notes, and two assignments.
PEOPLE = [
    ("Lee, Ann", 301, "S1", "ann@example.invalid", "One", "late, ill", "3.50", ""),
    ("Lee, Ann", 305, "S5", "ann5@example.invalid", "Two", "", "", ""),
    ("O'Neil Müller, Zoë", 302, "S2", "zoe", "One and Two", "", "4.00", "12.00"),
    ('="=Eve Under_score"', 303, "S3", "eve", "One", "", "1.00", ""),
    ("Cher", 304, "S4", "cher", "Two", "", "N/A", "EX"),
    ("Not, Asked", 306, "S6", "not", "Two", "", "2.00", "N/A"),
    ("Nothing, Done", 307, "S7", "nothing", "Two", "", "2.00", ""),
    ("Student, Test", 399, "", "0a1b2c3d", "One", "", "", ""),
]
COMPUTED = [
    "Homework Current Points", "Homework Final Points", "Current Score",
    "Unposted Current Score", "Final Score", "Unposted Final Score", "Current Grade",
]  # fmt: skip


def gradebook_of(
    people=PEOPLE,
    *,
    sign=",",
    mark="",
    names=False,
    short=False,
    posting="Manual Posting",
):
    """A gradebook as Canvas exports it.

    With a comma in numbers where cells are parted by semicolons; with two names; or
    without the ids of the school, notes and a row of what is posted by hand.
    """
    ids = [] if short else ["SIS User ID", "SIS Login ID", "Integration ID"]
    ids += [] if short else ["Root Account"]
    notes = [] if short else ["Notes"]
    who = ["LastName", "FirstName"] if names else ["Student"]
    computed = ["(read only)"] * len(COMPUTED)
    gap = [""] * (len(who) - 1 + 1 + len(ids) + 1)  # names, number, ids, section
    headings = ["Hinge (76)", TITLE, *COMPUTED]
    rows = [[*who, "ID", *(ids or ["SIS Login ID"]), "Section", *notes, *headings]]
    gap += [""] * (not ids)
    if posting and not short:
        empty = [""] * len(COMPUTED)
        rows.append(["", *gap, *notes_of(notes, ""), "", posting, *empty])
    points = [*notes_of(notes, "(read only)"), "4.00", "20.00", *computed]
    rows.append(["    Points Possible", *gap, *points])
    for name, number, sis, login, section, note, hinge, score in people:
        called = name.split(", ") if names and ", " in name else [name]
        called += [""] * (len(who) - len(called))
        school = [login] if short else [sis, login, "", "school.invalid"]
        cells = [*called, str(number), *school, section, *notes_of(notes, note)]
        rows.append([*cells, hinge, score, *["87.50"] * (len(COMPUTED) - 1), "B"])
    if sign == ";":
        rows = [[decimal(cell) for cell in row] for row in rows]
    return mark + "".join(
        sign.join(quoted(c, sign) for c in row) + "\n" for row in rows
    )


def notes_of(notes, text):
    return [text] * len(notes)


def decimal(cell):
    return cell.replace(".", ",") if cell.replace(".", "").isdecimal() else cell


def quoted(cell, sign):
    """As Ruby's CSV does: where it must, and where a blank begins or ends the cell."""
    if any(c in cell for c in f'{sign}"\n') or cell != cell.strip():
        cell = '"' + cell.replace('"', '""') + '"'
    return cell


GRADEBOOK = gradebook_of()
FORMS = {
    "with all": GRADEBOOK,
    "with a byte order mark": gradebook_of(mark="\ufeff"),
    "with two names": gradebook_of(names=True),
    "with semicolons": gradebook_of(sign=";"),
    "short": gradebook_of(short=True),
    "unquoted, as older ones": GRADEBOOK.replace('"    Points', "    Points").replace(
        'Possible"', "Possible"
    ),
    "without a posting policy": gradebook_of(posting=""),
}
# The sortable name in small letters, without what is no letter, digit or `_`.
HANDED_IN = {
    "leeann_301_9001_mean_squared_error.ipynb": "1",
    "leeann_305_9002_mean_squared_error-1.ipynb": "5",
    "oneilmüllerzoë_LATE_302_9003_my_work_1_2-2.ipynb": "2, later",
    "oneilmüllerzoë_LATE_302_9004_my_work_1_2-1.ipynb": "2, sooner",
    "eveunder_score_303_9005_a.ipynb": "3",
    "cher_304_9006_a-1.ipynb": "4",
    "notasked_306_9007_a.ipynb": "6",
    "nothingdone_307_text.html": b"<p>I typed it</p>",
    "studenttest_399_9008_a.ipynb": "test",
}


@pytest.fixture
def gradebook(tmp_path):
    def gradebook(text=GRADEBOOK, title=""):
        path = tmp_path / "gradebook.csv"
        path.write_text(text, "utf-8", newline="")
        return worksheets.read(path, ASSIGNMENT, title)

    return gradebook


@pytest.fixture
def collected(empty, tmp_path):
    """Take in an archive; returns grades, the last digit of the number for each."""

    def collected(text="", names=HANDED_IN):
        if text:
            table = tmp_path / "roster.csv"
            table.write_text(text, "utf-8", newline="")
            roster.keep(empty, ASSIGNMENT, roster.read(empty, str(table)))
        found = collect(empty, ASSIGNMENT, archive(tmp_path / "submissions.zip", names))
        records = [
            submissions.read(empty, student, ASSIGNMENT)
            for student in submissions.everybody(empty, ASSIGNMENT)
        ]
        points = [int(record.identifier[-1], 36) / 2 for record in records]
        graded = [
            Grade(record.but(status=record.status or "ok"), point, 0.25, 20)
            for record, point in zip(records, points, strict=True)
        ]
        return found, graded

    return collected


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("with_roster", [True, False])
def test_canvas_takes_back_its_gradebook_with_one_column_changed(
    collected, gradebook, tmp_path, form, with_roster
):
    text = FORMS[form]
    found, graded = collected(text if with_roster else "")

    notes = fill(gradebook(text), graded, tmp_path / "new.csv")

    content = (tmp_path / "new.csv").read_bytes()
    before, after = read_by_canvas(text.encode()), read_by_canvas(content)
    assert {user: cells.pop(TITLE) for user, cells in after.items()} == {
        "301": "0.75", "305": "2.75", "302": "1.25", "303": "1.75",
        "304": "EX", "306": "N/A", "307": "", "399": "",
    }  # fmt: skip
    for cells in before.values():
        del cells[TITLE]
    assert after == before
    for cell in (b"0.75", b"2.75", b"1.75"):  # back again: the very file
        content = content.replace(cell, b"", 1)
    zoe = "12,00" if form == "with semicolons" else "12.00"
    assert content.replace(b"1.25", zoe.encode()) == text.encode()
    assert [note.split(": ")[0] for note in notes] == [
        "1 has a grade and no row in the worksheet",  # the view of a student
        "2 stay excused, or not asked to hand in",
        "1 had another grade there",
    ]
    if with_roster:
        assert found.strangers == ["studenttest"]
        assert found.missing == []
    assert found.without == ["Done Nothing" if with_roster else "nothingdone"]


def test_of_what_was_handed_in_again_the_last_is_taken(collected, empty):
    _, graded = collected()
    by_identifier = {grade.record.identifier: grade.record for grade in graded}

    assert taken(empty, by_identifier["302"].student) == "2, later"
    late = [i for i, record in by_identifier.items() if record.is_late]
    assert late == ["302"]
    assert {by_identifier[i].student for i in ("301", "305")} == {
        "leeann (301)", "leeann (305)",
    }  # fmt: skip


def test_the_roster_of_a_gradebook_is_its_people(collected, empty):
    for text in FORMS.values():
        collected(text)
        people = roster.kept(empty, ASSIGNMENT).people
        assert len(people) == 7
        assert {p.identifier: p.student for p in people} == {
            "301": "Ann Lee (301)", "305": "Ann Lee (305)", "304": "Cher",
            "302": "Zoë O'Neil Müller", "303": "Eve Under_score", "306": "Asked Not",
            "307": "Done Nothing",
        }  # fmt: skip


@pytest.mark.parametrize(
    "title", ["", "Mean squared error", "mean squared error", TITLE, "77"]
)
def test_a_column_is_named_by_its_title_or_number(gradebook, title):
    assert gradebook(title=title).table.headings[gradebook(title=title).grade] == TITLE


@pytest.mark.parametrize(
    ("change", "title", "says"),
    [
        (("Mean squared", "Root mean squared"), "", "no column of an assignment 'mean"),
        (("Hinge", "Mean squared error"), "", "2 columns of an assignment"),
        (("x", "x"), "Current Score", "no column of an assignment 'Current Score'"),
        (("x", "x"), "Notes", "There are: Hinge (76), Mean squared error (77)."),
        (
            ("Manual Posting", "Manual Posting (scores hidden from instructors)"),
            "",
            "Canvas takes no grades for it by a file while it is graded anonymously",
        ),
        ((",20.00,(", ",(read only),("), "", "cannot change Mean squared error (77)"),
        ((",20.00,(", ",10.00,("), "", "set `Points` in Canvas to 20"),
    ],
)
def test_what_cannot_be_filled_in_is_told(
    collected, gradebook, tmp_path, change, title, says
):
    _, graded = collected()
    with pytest.raises(CourseError) as told:
        fill(gradebook(GRADEBOOK.replace(*change), title), graded, tmp_path / "new.csv")

    assert says in str(told.value)
    assert "gradebook.csv" in str(told.value)


def test_the_gradebook_of_another_course_is_refused(collected, gradebook, tmp_path):
    _, graded = collected()
    people = [(name, number + 8_000, *rest) for name, number, *rest in PEOPLE]
    other = gradebook_of(people)

    with pytest.raises(CourseError, match="of another assignment or course"):
        fill(gradebook(other), graded, tmp_path / "new.csv")
    with pytest.raises(CourseError, match="Attach them in SpeedGrader"):
        pack(gradebook(), {}, tmp_path / "new.zip")


def test_anonymous_ones_stay_apart_and_find_no_row(collected, gradebook, tmp_path):
    names = {
        "anon_a1B2c_9006_answers.ipynb": "1",
        "LATE_anon_Zz9y8_9007_answers.ipynb": "2",
    }
    found, graded = collected(names=names)

    assert sorted(found.taken) == ["anon_Zz9y8", "anon_a1B2c"]
    assert [g.record.is_late for g in graded] == [True, False]
    with pytest.raises(CourseError, match="nobody of those who handed in"):
        fill(gradebook(), graded, tmp_path / "new.csv")


def test_a_group_hands_in_for_its_members(collected, gradebook, tmp_path):
    """Canvas names the group, and has the number of one of its members.

    Who is in it, says the list of `People`, `Export`, in the columns that
    developerdocs.instructure.com, Group Categories CSV, names.
    """
    groups = (
        "name,canvas_user_id,user_id,login_id,sections,group_name,canvas_group_id\n"
        '"Lee, Ann",301,S1,ann,One,Group 1,51\n'
        "Cher,304,S4,cher,Two,Group 1,51\n"
        "Zoë O'Neil Müller,302,S2,zoe,One,Group 2,52\n"
    )
    found, graded = collected(groups, {"group1_304_9001_a.ipynb": "ours"})

    assert set(found.taken) == {"Ann Lee", "Cher"}
    assert found.missing == ["Zoë O'Neil Müller"]
    text = GRADEBOOK.replace("EX", "")
    fill(gradebook(text), graded, tmp_path / "new.csv")
    after = read_by_canvas((tmp_path / "new.csv").read_bytes())
    assert (after["301"][TITLE], after["304"][TITLE]) == ("0.75", "2.25")
