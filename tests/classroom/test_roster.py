"""Rosters of every kind, and Moodle's own files with the worksheet beside them."""

import zipfile

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from classroom import roster, submissions
from classroom.__main__ import main
from classroom.collect import collect
from classroom.course import CourseError
from classroom.export import grades
from classroom.release import release
from classroom.roster import Person
from tests.classroom.conftest import ASSIGNMENT, new_course

TEXT = nbformat.writes(new_notebook(cells=[new_code_cell("x = 1")]))
# As Moodle 4.1 writes it.
WORKSHEET = """\
\ufeffIdentifier,"Full name","Email address",Status,Group,Grade,"Maximum Grade","Grade can be changed","Last modified (submission)","Last modified (grade)","Feedback comments"
"Participant 7","Seán O'Connor",sean@example.invalid,"Submitted for grading","Group_1 (été) ",,20.00,Yes,"Saturday, 28 November 2026, 8:07 PM",-,
"Participant 12","Ann Lee",ann@example.invalid,"Submitted for grading - 1 hour 5 mins late","Default group",,20.00,Yes,"Saturday, 28 November 2026, 8:07 PM",-,
"Participant 10","Ann Lee",ann2@example.invalid,"Submitted for grading","Default group",,20.00,Yes,"Saturday, 28 November 2026, 8:07 PM",-,
"Participant 9","Núria d’Ávila",nuria@example.invalid,"No submission",,,20.00,Yes,-,-,
"""  # noqa: E501
# Words of Moodle's own language packs; "Status" is the same, and "ID" like Canvas's.
GERMAN = (
    WORKSHEET.replace("Identifier", "ID")
    .replace("Full name", "Vollständiger Name")
    .replace("Email address", "E-Mail-Adresse")
    .replace("Group,", "Gruppe,")
    .replace("Participant ", "Teilnehmer/in")
    .replace("Submitted for grading", "Zur Bewertung abgegeben")
    .replace("1 hour 5 mins late", "1 Stunde 5 Minuten später")
    .replace(
        "No submission",
        "Keine Abgabe - Erweiterung der Abgabe möglich bis: "
        "Dienstag, 1. Dezember 2026, 12:00",
    )
)
JAPANESE = (
    WORKSHEET.replace("Identifier", "ID")
    .replace("Full name", "フルネーム")
    .replace("Email address", "メールアドレス")
    .replace("Status", "ステータス")
    .replace("Group,", "グループ,")
    .replace("Participant ", "参加者 ")
    .replace("Submitted for grading", "評定のために提出済み")
    .replace("1 hour 5 mins late", "1 時間 5 分 遅く提出")
    .replace("No submission", "未提出 - 延長の期限: 2026年 12月 1日(火曜日) 12:00")
)
BLIND = """\
Identifier,Status,Grade,"Maximum Grade","Grade can be changed","Last modified (submission)","Last modified (grade)","Feedback comments"
"Participant 14","Submitted for grading",,20.00,Yes,"Saturday, 28 November 2026, 8:07 PM",-,
"Participant 13","No submission",,20.00,Yes,-,-,
"""  # noqa: E501
CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,Homework 1 (77)
,,,,,Manual Posting
    Points Possible,,,,,20
"Lee, Ann",301,S1,ann,One,
"Hatter, Mad",302,S2,hatter,One,
"""


@pytest.fixture
def course(tmp_path):
    return new_course(tmp_path / "course")


@pytest.fixture
def read(course, tmp_path):
    def read(text):
        path = tmp_path / "roster.csv"
        path.write_text(text, "utf-8")
        return roster.read(course, str(path))

    return read


def archive(path, names):
    with zipfile.ZipFile(path, "w") as packed:
        for name in names:
            packed.writestr(name, TEXT if name.endswith("ipynb") else "x")
    return path


@pytest.mark.parametrize(
    ("text", "seconds"),
    [(WORKSHEET, 3_900), (GERMAN, None), (JAPANESE, None)],
    ids=["English", "German", "Japanese"],
)
def test_a_worksheet_of_moodle(read, text, seconds):
    people = {person.identifier: person for person in read(text)}

    assert [person.student for person in people.values()] == [
        "Seán O'Connor", "Ann Lee (12)", "Ann Lee (10)", "Núria d’Ávila",
    ]  # fmt: skip
    assert people["10"].email == "ann2@example.invalid"
    assert people["7"].group.strip() == "Group_1 (été)"
    assert people["12"].is_late and people["12"].seconds_late == seconds
    others = [person for name, person in people.items() if name != "12"]
    assert not any(one.is_late or one.seconds_late is not None for one in others)
    assert all(person.is_told for person in people.values())


def test_a_worksheet_of_blind_marking(read):
    assert read(BLIND) == [
        Person("Participant 14", "14", is_told=True),
        Person("Participant 13", "13", is_told=True),
    ]  # fmt: skip


def test_a_gradebook_of_canvas(read):
    assert read(CANVAS) == [Person("Ann Lee", "301"), Person("Mad Hatter", "302")]


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_a_plain_table(read, sign):
    rows = [
        ["Name", "E-mail", "Group"],
        ["Zoë", "z@x.org", "A"],
        ["=Bo", "b@x.org", ""],
    ]
    text = "\n".join(sign.join(row) for row in rows)

    assert read(text) == [
        Person("Zoë", email="z@x.org", group="A"), Person("Bo", email="b@x.org"),
    ]  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be"])
def test_what_excel_saves(course, tmp_path, encoding):
    text = "Name\tE-mail\r\nZoë O’Neil 🌹\tz@x.org\r\n"
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    path = tmp_path / "roster.txt"
    path.write_bytes((mark + text).encode(encoding))

    assert roster.read(course, str(path)) == [Person("Zoë O’Neil 🌹", email="z@x.org")]


@pytest.mark.classroom
def test_the_list_of_nbgrader(course):
    release(course, ASSIGNMENT)
    with course.gradebook() as gradebook:
        gradebook.add_student("ann", first_name="Ann", email="a@x.org", lms_user_id="7")

    assert roster.read(course, "gradebook") == [Person("ann", "7", "a@x.org")]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no row"),
        ("name\n", "no row"),
        ("who,what\na,b\n", "no column `name`"),
        ("Vollständiger Name;E-Mail;ID\nAnn;a@x.org;1\n", "has Vollständiger Name, E-"),
    ],
)
def test_what_is_no_roster_is_told(read, text, says):
    with pytest.raises(CourseError, match=says):
        read(text)


@pytest.mark.parametrize(
    "content", [b"name\nZo\xeb\n", b"\xff\xfename\0", b"PK\x03\x04\x14\0\x06\0\xe2"]
)
def test_a_table_in_no_known_encoding_is_told(course, tmp_path, content):
    (tmp_path / "roster.csv").write_bytes(content)
    with pytest.raises(CourseError, match="a CSV, in UTF-8 or as Excel's") as told:
        roster.read(course, str(tmp_path / "roster.csv"))
    assert "a workbook (.xlsx), save it as `CSV UTF-8`" in str(told.value)
    assert "Latin-1" in str(told.value)


def test_a_roster_that_is_not_there_is_told(course, tmp_path):
    with pytest.raises(CourseError) as told:
        roster.read(course, str(tmp_path / "nowhere.csv"))

    assert f"There is no {tmp_path / 'nowhere.csv'}." in str(told.value)
    assert "a text file (.txt) with a name on each line" in str(told.value)


def collected(course, read, tmp_path, names, text=WORKSHEET):
    roster.keep(course, ASSIGNMENT, read(text))
    return collect(course, ASSIGNMENT, archive(tmp_path / "a.zip", names))


def test_a_group_hands_in_for_its_members(course, read, tmp_path):
    names = [
        "Default group_assignsubmission_file/x.ipynb",
        "Group 1 (été)_1_assignsubmission_file_x.ipynb",
    ]
    found = collected(course, read, tmp_path, names)

    assert set(found.taken) == {"Ann Lee (12)", "Ann Lee (10)", "Seán O'Connor"}
    assert submissions.read(course, "Seán O'Connor", ASSIGNMENT).identifier == "7"
    assert found.missing == ["Núria d’Ávila"]


def test_a_group_without_a_roster_is_pointed_out(course, tmp_path):
    names = ["Default group_assignsubmission_file/x.ipynb"]
    found = collect(course, ASSIGNMENT, archive(tmp_path / "a.zip", names))

    assert found.groups == ["Default group"]


@pytest.mark.parametrize("sign", ["/", "_"])
@pytest.mark.parametrize("with_roster", [True, False])
def test_blind_marking_keeps_people_apart(course, read, tmp_path, sign, with_roster):
    names = [f"Participant_{n}_assignsubmission_file{sign}x.ipynb" for n in (14, 17)]
    if with_roster:
        found = collected(course, read, tmp_path, names, BLIND)
        assert found.missing == ["Participant 13"]
    else:
        found = collect(course, ASSIGNMENT, archive(tmp_path / "a.zip", names))

    assert len(found.taken) == 2
    identifiers = {
        submissions.read(course, s, ASSIGNMENT).identifier for s in found.taken
    }
    assert identifiers == {"14", "17"}


def test_a_login_a_mail_or_a_changed_name_is_one_person(course, read, tmp_path):
    names = [
        "Sean OConnor/x.ipynb",
        "NURIA@example.invalid/x.ipynb",
        "Stranger/x.ipynb",
    ]
    text = WORKSHEET.replace("Seán O'Connor", "Sean O'Connor")

    found = collected(course, read, tmp_path, names, text)

    assert set(found.taken) == {"Sean O'Connor", "Núria d’Ávila", "Stranger"}
    assert found.strangers == ["Stranger"]


def test_of_namesakes_none_is_guessed(course, read, tmp_path):
    found = collected(course, read, tmp_path, ["Ann Lee/x.ipynb"])

    assert found.strangers == ["Ann Lee"]
    assert set(found.missing) >= {"Ann Lee (12)", "Ann Lee (10)"}


@pytest.mark.classroom
def test_the_missing_are_in_every_output(course, tmp_path, capsys):
    release(course, ASSIGNMENT)
    path = tmp_path / "roster.csv"
    path.write_text(WORKSHEET, "utf-8")
    packed = archive(
        tmp_path / "a.zip",
        [
            "Ann Lee_12_assignsubmission_file/x.pdf",
            "Seán_7_assignsubmission_file/x.txt",
        ],
    )
    words = [ASSIGNMENT, "--course", str(course.root)]

    main(["collect", *words, "--from", str(packed), "--roster", str(path)])

    said = capsys.readouterr().out
    assert "No notebook from: Ann Lee (12), Seán O'Connor" in said
    assert "Handed in nothing: Ann Lee (10), Núria d’Ávila" in said
    for kind in ("--format=all", f"--worksheet={path}", "--format=canvas"):
        to = tmp_path / "table.csv"
        assert main(["export", *words, kind, "--to", str(to)]) == 0
        said = capsys.readouterr().out
        assert "2 handed in nothing" in said and "2 need a look" in said
        assert "Núria d’Ávila" in to.read_text("utf-8")
    scores = {g.record.student: (g.status, g.score) for g in grades(course, ASSIGNMENT)}
    assert scores["Ann Lee (10)"] == ("not handed in", None)
    assert scores["Ann Lee (12)"] == ("unreadable", None)


def test_who_came_before_the_roster_keeps_the_name_and_is_not_missed(
    course, read, tmp_path
):
    names = ["Ann Lee_12_assignsubmission_file/x.ipynb"]
    collect(course, ASSIGNMENT, archive(tmp_path / "a.zip", names))

    found = collected(course, read, tmp_path, names)

    assert list(found.taken) == ["Ann Lee"]
    assert "Ann Lee" not in found.missing and "Ann Lee (12)" not in found.missing
    assert submissions.everybody(course, ASSIGNMENT) == ["Ann Lee"]


def test_a_namesake_who_is_not_on_the_roster_overwrites_nobody(course, read, tmp_path):
    names = [
        "Seán O'Connor_7_assignsubmission_file/x.ipynb",
        "Sean OConnor_99_assignsubmission_file/x.ipynb",
    ]
    text = WORKSHEET.replace("Seán O'Connor", "Sean O'Connor")
    found = collected(course, read, tmp_path, names, text)

    assert len(found.taken) == 2
    assert submissions.read(course, "Sean O'Connor", ASSIGNMENT).identifier == "7"
    assert len(found.strangers) == 1


def test_a_folder_that_is_called_like_a_group_is_no_group(course, read, tmp_path):
    found = collected(course, read, tmp_path, ["Default group/x.ipynb"])

    assert list(found.taken) == ["Default group"]
    assert found.strangers == ["Default group"]


def test_a_namesake_who_came_after_the_roster_is_a_stranger(course, read, tmp_path):
    names = [f"Ann Lee_{n}_assignsubmission_file/x.ipynb" for n in (5, 9)]
    roster.keep(course, ASSIGNMENT, [Person("Ann Lee", "5")])

    found = collect(course, ASSIGNMENT, archive(tmp_path / "a.zip", names))

    assert set(found.taken) == {"Ann Lee", "Ann Lee (9)"}
    assert found.strangers == ["Ann Lee (9)"]


def test_a_student_named_like_a_group_hands_in_for_nobody_else(course, read, tmp_path):
    names = [
        "Default group_99_assignsubmission_file/x.ipynb",
        "Ann Lee_12_assignsubmission_file/mine.ipynb",
    ]
    collected(course, read, tmp_path, names)

    assert "mine" in submissions.read(course, "Ann Lee (12)", ASSIGNMENT).came_as


def test_the_number_of_a_group_is_no_participant(course, read, tmp_path):
    names = ["Group 1 (été)_12_assignsubmission_file/x.ipynb"]
    found = collected(course, read, tmp_path, names)

    assert list(found.taken) == ["Seán O'Connor"]


def test_a_row_that_stands_there_twice_is_one_person(read):
    assert read("name,id\nAnn,7\nAnn,7\n") == [Person("Ann", "7")]
    assert len({p.student for p in read("name,id\nAnn,7\nAnn,8\n")}) == 2


@pytest.mark.parametrize(
    ("name", "text", "lines"),
    [
        ("names.txt", "Ann Lee\n\nBo\nAnn Lee\n", "1 and 4"),
        ("names.txt", "Bo\nAnn Lee\nann lee\nANN LEE", "2 and 3 and 4"),
        ("names.csv", "name\nAnn Lee\nBo\nAnn Lee\n", "2 and 4"),
        ("names.csv", "name,group\nAnn Lee,A\nAnn Lee,B\n", "2 and 3"),
        ("names.csv", "name,email\nAnn Lee,a@x.org\nAnn Lee,\n", "2 and 3"),
    ],
)
def test_namesakes_whom_nothing_tells_apart_are_refused(
    course, tmp_path, name, text, lines
):
    """They would be one person, and one of two would lose a grade."""
    (tmp_path / name).write_text(text)

    with pytest.raises(CourseError, match="give each an email or a number") as told:
        roster.read(course, str(tmp_path / name))

    assert f"has Ann Lee in the lines {lines}. " in str(told.value)


HUB = "name,identifier,email,login\nAnn Lee,U-17,,u-17-x\nBo,18,,18\n"


def test_the_people_of_a_hub_are_found_by_their_logins(course, read, tmp_path):
    found = collected(course, read, tmp_path, ["u-17-x/x.ipynb", "18/x.ipynb"], HUB)

    assert set(found.taken) == {"Ann Lee", "Bo"} and not found.strangers
    assert submissions.read(course, "Ann Lee", ASSIGNMENT).identifier == "U-17"
    roster.keep(course, ASSIGNMENT, read(HUB.replace("Ann Lee", "Ann Dee")))
    people = {p.login: p.student for p in roster.kept(course, ASSIGNMENT).people}
    assert people == {"u-17-x": "Ann Lee", "18": "Bo"}  # who has married since


def test_the_accounts_of_the_littlest_hub_are_known(course, read, tmp_path):
    """It cuts long names, and adds a digest: see its `normalize.py`."""
    login = "535fa085-f22b-4655-f48c-5a36a9215f64"
    text = f"name,identifier,login\nAnn Lee,{login},{login}\nBo,18,18\n"
    names = ["jupyter-535fa085-f22b-4655-f3103/x.ipynb", "jupyter-18/x.ipynb"]

    found = collected(course, read, tmp_path, names, text)

    assert set(found.taken) == {"Ann Lee", "Bo"} and not found.strangers


def test_the_numbers_of_an_archive_are_not_those_of_a_hub(course, read, tmp_path):
    """Moodle's participant 18 of an assignment is another one than its user 18."""
    names = [
        "Cy_18_assignsubmission_file/x.ipynb",
        "Ann Lee_5_assignsubmission_file/x.ipynb",
    ]
    collect(course, ASSIGNMENT, archive(tmp_path / "a.zip", names))
    found = collected(course, read, tmp_path, names, HUB)

    assert set(found.taken) == {"Cy", "Ann Lee"}
    assert found.strangers == ["Cy"] and found.missing == ["Bo"]


def test_who_handed_in_on_a_hub_before_the_roster_keeps_the_name(
    course, read, tmp_path
):
    names = ["u-17-x/x.ipynb", "18/x.ipynb"]
    collect(course, ASSIGNMENT, archive(tmp_path / "a.zip", names))

    found = collected(course, read, tmp_path, names, HUB)

    assert set(found.taken) == {"u-17-x", "18"} and not found.missing


def test_on_a_hub_a_login_tells_who_it_is_and_a_number_does_not(read):
    people = roster.Roster(read(HUB))

    assert people.by_identifier("u-17-x") == people.by_identifier("jupyter-u-17-x")
    assert people.by_identifier("u-17-x").student == "Ann Lee"
    assert people.by_identifier("U-17") is None


def test_an_archive_overwrites_nobody_of_a_hub(course, read, tmp_path):
    collected(course, read, tmp_path, ["18/x.ipynb"], HUB)

    names = ["Cy_18_assignsubmission_file/mine.ipynb"]
    found = collected(course, read, tmp_path, names, HUB)

    assert set(found.taken) == {"Cy"} and found.strangers == ["Cy"]
    assert "mine" not in submissions.read(course, "Bo", ASSIGNMENT).came_as
