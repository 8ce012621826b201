"""The teacher's own table is filled in, and nothing else in it changes."""

import csv
import io
import zipfile

import pytest

from classroom import roster, submissions, worksheets
from classroom.collect import collect
from classroom.course import CourseError
from classroom.export import Grade, export
from classroom.filling import fill, pack, remember
from classroom.submissions import Submission
from classroom.tables import Table
from tests.classroom.conftest import ASSIGNMENT
from tests.classroom.platforms import (
    ROUNDS,
    archive as moodles,
    in_german,
    read_by_moodle,
    taken_as_feedback,
    worksheet,
)

MAXIMUM = 20
# Cells that are hard to leave alone, and ends of lines of each kind.
ODD = [
    'a,b\r\n"x, ""y""",\r\n',
    '\ufeffa;b\n" lead";"two\nlines"\n',
    "a,b\n,\n1,2",
    'a,b\n"",""\n1,',
    'a\tb\r1\t"2"\r',
    'a,b\n"say \\"x\\" twice, ",2\n',
    'a,b\nhalf "quoted",2\n',
    'a,b\n"C:\\",2\n',
    'a,b\n"open,2\n',
]


@pytest.fixture
def collected(empty):
    """Take in an archive of Moodle with its worksheet; returns the records."""

    def collected(name, form="folders", sheet=None):
        path = worksheet(sheet or name)
        if sheet != "":
            roster.keep(empty, ASSIGNMENT, roster.read(empty, str(path)))
        collect(empty, ASSIGNMENT, moodles(name, form))
        everybody = submissions.everybody(empty, ASSIGNMENT)
        return [submissions.read(empty, student, ASSIGNMENT) for student in everybody]

    return collected


@pytest.fixture
def saved(tmp_path):
    """A worksheet with this text."""

    def saved(content, name="Grades.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return saved


def graded(records):
    """Grades of people: 0.5, 1.5, …, but none for those whose work must be looked at.

    The number of the platform is the points, so that nobody has another one's.
    """
    return [
        Grade(
            record.but(status=record.status or "ok"),
            by_program=int(record.identifier or 0) / 2,
            by_hand=0.25,
            maximum=MAXIMUM,
        )
        for record in records
    ]


def filled(sheet, grades, tmp_path):
    notes = fill(sheet, grades, tmp_path / "filled.csv")
    return (tmp_path / "filled.csv").read_bytes(), notes


@pytest.mark.parametrize("text", ODD)
def test_what_nobody_changes_stays_the_same_to_the_byte(text):
    table = Table(text)
    assert table.content == text.encode()

    table.put(len(table.rows) - 1, len(table.headings) - 1, "new, one")
    again = Table(table.content.decode())
    assert again.rows == table.rows
    assert again.rows[-1][-1] == "new, one"
    assert again.rows[:-1] == Table(text).rows[:-1]


# Without a roster nobody knows who is in a group.
@pytest.mark.parametrize(
    ("name", "form", "with_roster"),
    [(*files, True) for files in ROUNDS]
    + [(*files, False) for files in ROUNDS if files[0] != "group"],
)
def test_moodle_takes_back_its_worksheet_with_the_grades_of_everybody(
    collected, tmp_path, name, form, with_roster
):
    records = collected(name, form, None if with_roster else "")
    sheet = worksheets.read(worksheet(name), ASSIGNMENT)

    content, notes = filled(sheet, graded(records), tmp_path)

    after = read_by_moodle(content)
    expected = {
        record.identifier: f"{int(record.identifier) / 2 + 0.25:.2f}"
        for record in records
        if record.status == ""
    }
    assert {i: grade for i, (grade, _) in after.items() if grade} == expected
    assert len(expected) == {"mse": 5, "group": 6, "blind": 2}[name]
    assert notes == []
    commented = [i for i, (_, comment) in after.items() if comment]
    assert commented == (["2"] if name == "mse" else [])  # handed in no notebook


@pytest.mark.parametrize("name", ["mse", "group", "blind"])
def test_only_cells_of_grades_and_comments_change(collected, tmp_path, name):
    records = collected(name)
    sheet = worksheets.read(worksheet(name), ASSIGNMENT)

    content, _ = filled(sheet, graded(records), tmp_path)

    old = worksheet(name).read_bytes().split(b"\n")
    new = content.split(b"\n")
    assert old[0] == new[0] and len(old) == len(new)
    for one, other in zip(old[1:-1], new[1:-1], strict=True):
        left, right = one.split(b",,20.00,")
        now, rest = other.split(b",20.00,")
        assert now.rsplit(b",", 1)[0] == left
        assert rest.startswith(right)


@pytest.mark.parametrize(("name", "form"), ROUNDS)
def test_the_headings_may_be_of_any_language(collected, saved, tmp_path, name, form):
    content = in_german(worksheet(name).read_bytes())
    sheet = worksheets.read(saved(content), ASSIGNMENT)
    english = worksheets.read(worksheet(name), ASSIGNMENT)

    assert (sheet.grade, sheet.comments) == (english.grade, english.comments)
    assert sheet.maximum == english.maximum == MAXIMUM
    records = collected(name, form)
    in_their_own, _ = filled(sheet, graded(records), tmp_path)
    in_english, _ = filled(english, graded(records), tmp_path)
    assert in_their_own == in_german(in_english)


def test_comments_of_earlier_are_no_dates(saved):
    content = in_german(worksheet("mse").read_bytes())
    content = content.replace(b"-,\n", b'-,"<p>3 of 4</p>"\n')

    assert worksheets.read(saved(content), ASSIGNMENT).comments == 9


def test_a_worksheet_without_comments_gets_grades(collected, saved, tmp_path):
    for change in (bytes, in_german):
        content = worksheet("mse").read_bytes().replace(b',"Feedback comments"', b"")
        content = change(content.replace(b",-,\n", b",-\n"))
        sheet = worksheets.read(saved(content), ASSIGNMENT)
        assert sheet.comments is None
        new, _ = filled(sheet, graded(collected("mse")), tmp_path)
        assert new.count(b"<p>") == 0 and new != content


def test_a_comment_is_told_as_text(collected, tmp_path):
    records = collected("mse")
    said = 'a <b>x</b> & y < z, "quoted"; =1+1'
    grades = [Grade(r.but(status="tampered", reason=said)) for r in records]
    grades = [Grade(g.record, maximum=MAXIMUM) for g in grades]
    sheet = worksheets.read(worksheet("mse"), ASSIGNMENT)

    content, _ = filled(sheet, grades, tmp_path)

    for grade, comment in read_by_moodle(content).values():
        assert grade == ""  # a person must look first
        assert comment == (
            "<p>a &lt;b&gt;x&lt;/b&gt; &amp; y &lt; z, &quot;quoted&quot;; "
            "&#x27;=1+1</p>"
        )


def test_what_stands_there_stays_where_there_is_nothing_to_say(
    collected, saved, tmp_path
):
    text = worksheet("mse").read_text("utf-8")
    text = text.replace(",,20.00,", ",3.00,20.00,").replace("-,\n", '-,"<p>Hi</p>"\n')
    records = [record.but(status="failed") for record in collected("mse")]
    sheet = worksheets.read(saved(text), ASSIGNMENT)

    content, notes = filled(sheet, graded(records), tmp_path)

    after = read_by_moodle(content)
    assert {grade for grade, _ in after.values()} == {"3.00"}
    assert after["1"][1] == "<p>Hi</p>"
    assert notes == []


@pytest.mark.parametrize("teacher", ["", "<p>Hi</p>", "Well done: a < b"])
def test_of_a_comment_only_what_we_told_before_changes(
    collected, saved, empty, tmp_path, teacher
):
    text = worksheet("mse").read_text("utf-8")
    quoted = '"' + teacher + '"'
    content = text.replace("-,\n", f"-,{quoted}\n").encode()

    def exported(**changes):
        """The comment of Ann, after an export into the last table."""
        nonlocal content
        records = [
            submissions.read(empty, student, ASSIGNMENT)
            for student in submissions.everybody(empty, ASSIGNMENT)
        ]
        grades = [
            Grade(record.but(status="ok", reason=""), 10, 1, MAXIMUM, **changes)
            for record in records
        ]
        remember(empty, grades)
        sheet = worksheets.read(saved(content), ASSIGNMENT)
        content, _ = filled(sheet, grades, tmp_path)
        return read_by_moodle(content)["1"][1]

    collected("mse")
    late = f"{teacher}<p>It came 27 hours late, which costs 3.8 points.</p>"
    assert exported(penalty=3.8, seconds_late=27 * 3600) == late
    assert exported(penalty=3.8, seconds_late=27 * 3600) == late
    later = late.replace("27", "26").replace("3.8", "2")
    assert exported(penalty=2, seconds_late=26 * 3600) == later
    assert exported() == teacher


def test_another_grade_and_a_locked_one_are_told(collected, saved, tmp_path):
    lines = worksheet("mse").read_text("utf-8").splitlines(keepends=True)
    lines[3] = lines[3].replace(",,20.00,", ",3.00,20.00,")  # Ann Lee, 1
    lines[4] = lines[4].replace(",Yes,", ",No,")  # Ann Lee, 5
    sheet = worksheets.read(saved("".join(lines)), ASSIGNMENT)

    content, notes = filled(sheet, graded(collected("mse")), tmp_path)

    after = read_by_moodle(content)
    assert (after["1"][0], after["5"][0]) == ("0.75", "")
    assert notes == [
        "1 is locked in the platform's gradebook, which keeps its grade: Ann Lee (5)",
        "1 had another grade there: Ann Lee (1)",
    ]


@pytest.mark.parametrize(
    ("name", "other"),
    [("mse", "group"), ("mse", "blind"), ("blind", "mse"), ("blind", "group")],
)
@pytest.mark.parametrize("with_roster", [True, False])
def test_the_worksheet_of_another_assignment_is_refused(
    collected, tmp_path, name, other, with_roster
):
    """The same people, of whom Moodle numbers each anew in each assignment."""
    records = collected(name, "flat", None if with_roster else "")
    sheet = worksheets.read(worksheet(other), ASSIGNMENT)

    for give in (
        lambda: fill(sheet, graded(records), tmp_path / "x.csv"),
        lambda: pack(
            sheet, dict.fromkeys([tmp_path / "x"], records[0]), tmp_path / "x"
        ),
    ):
        with pytest.raises(CourseError, match="of another assignment or course"):
            give()
    assert not (tmp_path / "x.csv").exists()


def test_a_number_without_its_name_is_nobody(saved, tmp_path):
    """A list of the course has numbers of its own; so has a group."""
    sheet = worksheets.read(worksheet("mse"), ASSIGNMENT)
    records = [
        Submission("Zoë Müller-Lüdenscheidt", ASSIGNMENT, "x", identifier="4"),
        Submission("Bo", ASSIGNMENT, "Bo/x.ipynb", identifier="1"),
        Submission("Eve", ASSIGNMENT, "Eve/Bob_2_assignsubmission_file/x.ipynb", "2"),
    ]

    content, notes = filled(sheet, graded(records), tmp_path)

    grades = {i: grade for i, (grade, _) in read_by_moodle(content).items() if grade}
    assert grades == {"3": "2.25"}
    assert notes == ["2 have a grade and no row in the worksheet: Bo, Eve"]


def test_a_namesake_with_another_number_gets_no_grade_of_another(saved, tmp_path):
    text = (
        worksheet("mse")
        .read_text("utf-8")
        .replace('"Participant 5"', '"Participant 55"')
    )
    sheet = worksheets.read(saved(text), ASSIGNMENT)
    records = [
        Submission("Seán O'Connor", ASSIGNMENT, "Seán_4_assignsubmission_file/x", "4"),
        Submission(
            "=Eve Under_score", ASSIGNMENT, "top/E_9_assignsubmission_file/x", "9"
        ),
        Submission(
            "Núria d’Ávila", ASSIGNMENT, "Núria_99_assignsubmission_file/x", "99"
        ),
    ]

    content, notes = filled(sheet, graded(records), tmp_path)

    grades = {i: grade for i, (grade, _) in read_by_moodle(content).items() if grade}
    assert grades == {"4": "2.25"}
    assert "=Eve Under_score, Núria" in notes[0]


WRONG = {
    "no such file": (None, "There is no "),
    "nothing in it": (b"", "has no row below its headings"),
    "another encoding": ("Identifier\nZoë".encode("latin-1"), "in no encoding that"),
    "saved by Excel": (
        worksheet("mse").read_bytes().replace(b",", b";"), "no commas between its",
    ),
    "without a column": (
        worksheet("mse").read_bytes().replace(b'"Last modified (grade)"', b"Time"),
        "has no column `last modified (grade)`",
    ),
    "of a scale": (
        worksheet("mse").read_bytes().replace(b'"Maximum Grade"', b"Scale"),
        "graded by a scale, and not by points",
    ),
    "a row too short": (
        worksheet("mse").read_bytes().replace(b",-,\n", b",\n", 1),
        "has 9 cells in line 2, and 10 headings",
    ),
    "what is no worksheet": (b"name,points\nAnn,3\n", "cannot be told; there are name"),
    "nobody": (b"Student,ID,Section,x (1)\n    Points Possible,,,20\n", "names nobody"),
    "our own": (None, "has no column `maximum grade`, `last modified"),
    "of 100 points": (
        worksheet("mse").read_bytes().replace(b",20.00,", b",100.00,"),
        "full marks are 100 points, and mean_squared_error is worth 20",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", WRONG)
def test_what_is_no_worksheet_of_this_is_told_with_what_to_do(saved, tmp_path, kind):
    content, says = WRONG[kind]
    path = saved(content, f"{kind}.csv") if content is not None else tmp_path / kind
    record = Submission("Ann", ASSIGNMENT, "Ann/x.ipynb", "1", "ann@example.invalid")
    if kind == "our own":
        export(graded([record]), "all", path)
        path.write_text(path.read_text("utf-8-sig").replace("identifier", "Identifier"))
        path.write_text(path.read_text().replace("score", "grade"))

    with pytest.raises(CourseError) as told:
        fill(worksheets.read(path, ASSIGNMENT), graded([record]), tmp_path / "to.csv")

    assert says in str(told.value)
    assert str(path) in str(told.value)
    assert not (tmp_path / "to.csv").exists()


@pytest.mark.parametrize("is_old", [True, False])
@pytest.mark.parametrize(("name", "form"), ROUNDS)
def test_moodle_takes_the_pages_of_everybody(collected, tmp_path, name, form, is_old):
    records = collected(name, form)
    pages = {}
    for record in records:
        page = tmp_path / "feedback" / record.student / f"{ASSIGNMENT}.html"
        page.parent.mkdir(parents=True)
        page.write_text(f"<p>{record.identifier}</p>")
        pages[page] = record

    left = pack(worksheets.read(worksheet(name), ASSIGNMENT), pages, tmp_path / "f.zip")

    assert left == []
    participants = read_by_moodle(worksheet(name).read_bytes())
    with zipfile.ZipFile(tmp_path / "f.zip") as packed:
        taken = {
            taken_as_feedback(entry, participants, is_old=is_old): packed.read(entry)
            for entry in packed.namelist()
        }
    assert taken == {
        (
            record.identifier,
            f"{ASSIGNMENT}.html",
        ): f"<p>{record.identifier}</p>".encode()
        for record in records
    }


def test_a_gradebook_of_moodle_has_emails_and_nobody_without_a_grade(
    collected, tmp_path
):
    grades = graded(collected("mse"))
    stranger = Submission("Bo", ASSIGNMENT, "Bo/x.ipynb", status="ok")
    extra = [Grade(stranger, 1, 2, MAXIMUM)]

    notes = export([*grades, *extra], "moodle", tmp_path / "g.csv")

    rows = list(
        csv.DictReader(io.StringIO((tmp_path / "g.csv").read_text("utf-8-sig")))
    )
    assert {row["Email address"]: row["Grade"] for row in rows} == {
        "ann@example.invalid": "0.75", "zoe@example.invalid": "1.75",
        "sean@example.invalid": "2.25", "ann2@example.invalid": "2.75",
        "eq@example.invalid": "3.25",
    }  # fmt: skip
    assert notes == ["1 has no email: Bo"]
    with pytest.raises(CourseError, match="none of the graded has one"):
        export(extra, "moodle", tmp_path / "h.csv")
    assert not (tmp_path / "h.csv").exists()


def test_a_worksheet_of_another_assignment_as_roster_is_pointed_out(empty):
    people = roster.read(empty, str(worksheet("group")))
    roster.keep(empty, ASSIGNMENT, people)

    assert collect(empty, ASSIGNMENT, moodles("mse", "flat")).by_name_only
    roster.keep(empty, ASSIGNMENT, roster.read(empty, str(worksheet("mse"))))
    assert not collect(empty, ASSIGNMENT, moodles("mse", "flat")).by_name_only
    roster.keep(empty, ASSIGNMENT, people)
    assert not collect(empty, ASSIGNMENT, moodles("group", "flat")).by_name_only
