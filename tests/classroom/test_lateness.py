"""Due dates with their zone, extensions, and what being late costs."""

import csv
from datetime import UTC, datetime

import lxml.html
import pytest

from classroom import settings, submissions
from classroom.__main__ import main
from classroom.course import CourseError
from classroom.export import grades
from classroom.feedback import feedback
from classroom.grade import grade
from classroom.release import release
from classroom.settings import Late
from tests.classroom.conftest import (
    ASSIGNMENT,
    hand_in_right,
    needs_sandbox,
    new_course,
)
from tests.classroom.platforms import archive, in_german, worksheet

RULE = """
timezone = "Europe/Berlin"
[due]
mean_squared_error = 2026-05-01T12:00:00
[extensions.mean_squared_error]
"ann@x.org" = 2026-05-04T12:00:00
[late]
grace_minutes = 10
percent_per_day = 10
most_percent = 30
refused_after_days = 7
"""


def read(tmp_path, text):
    (tmp_path / "course.toml").write_text(text)
    return settings.read(tmp_path / "course.toml")


@pytest.mark.parametrize(
    ("hours", "lost"),
    [(0, 0), (0.1, 0), (0.2, 2), (24, 2), (25, 4), (60, 6), (160, 6), (170, 20)],
)
def test_what_being_late_costs(tmp_path, hours, lost):
    assert read(tmp_path, RULE).late.penalty(20, hours * 3600) == lost


def test_nothing_costs_more_than_there_is():
    assert Late(percent_per_day=60).penalty(10, 10 * 86_400) == 10
    assert Late(percent_per_day=60).penalty(0, 10 * 86_400) == 0
    assert Late().penalty(10, 10 * 86_400) == 0


def test_a_time_has_a_zone(tmp_path):
    course = read(tmp_path, RULE)

    assert course.until(ASSIGNMENT) == datetime(2026, 5, 1, 10, tzinfo=UTC)
    assert course.until(ASSIGNMENT, {"Ann", "ann@x.org"}).day == 4
    assert course.until("hinge") is None
    own = read(tmp_path, "[due]\nhinge = 2026-05-01T12:00:00-05:00")
    assert own.until("hinge") == datetime(2026, 5, 1, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("due = ", "cannot be read"),
        ("dew = 3", "'dew' is not known; known are course_id, timezone"),
        ('timezone = "Mars/Base"', "no time zone 'Mars/Base'"),
        ('[due]\nhinge = "tomorrow"', "due.hinge must be a date with a time"),
        ("[due]\nhinge = 2026-05-01", "due.hinge must be a date with a time"),
        ("[late]\npercent = 5", "'percent' is not known; known are grace_minutes"),
        ("[late]\npercent_per_day = true", "late.percent_per_day must be a number"),
        ("[late]\npercent_per_day = -5", "late.percent_per_day must be a number"),
        ("[due]\nhinge = 9999-12-31T23:59:59-05:00", "hinge is too far away"),
        ("course_id = 7", "course_id must be a text"),
        ("due = 3", "course.toml"),
        ("extensions = { hinge = 3 }", "course.toml"),
        ("late = 3", "course.toml"),
    ],
)
def test_what_nobody_can_mean_is_told_with_its_place(tmp_path, text, says):
    with pytest.raises(ValueError, match=r"course\.toml") as told:
        read(tmp_path, text)
    assert says in str(told.value)
    with pytest.raises(CourseError):
        new_course(tmp_path).settings  # noqa: B018


def test_names_that_nobody_goes_by_are_told(tmp_path, capsys):
    course = new_course(tmp_path / "course")
    (course.root / "course.toml").write_text("""
[due]
hinje = 2026-05-01T12:00:00
hinge = 2026-05-01T12:00:00
[extensions.mean_squared_error]
"ann lee" = 2026-05-04T12:00:00
"ann@x.org" = 2026-05-04T12:00:00
"Bo" = 2026-05-04T12:00:00
"17" = 2026-05-04T12:00:00
"Nobody at all" = 2026-05-04T12:00:00
[extensions.hinge]
"Eve" = 2026-05-04T12:00:00
""")
    submissions.write(course, submissions.Submission("Bo", ASSIGNMENT))
    (tmp_path / "in" / "Cay").mkdir(parents=True)
    (tmp_path / "in" / "Cay" / "notes.txt").touch()
    table = tmp_path / "roster.csv"
    table.write_text("name,id,email\nAnn Lee,17,ann@x.org\nCay,18,c@x.org\n")
    words = ["collect", ASSIGNMENT, "--course", str(course.root)]
    main([*words, "--from", str(tmp_path / "in"), "--roster", str(table)])

    said = capsys.readouterr().out
    told = [line for line in said.splitlines() if line.startswith("look at course")]
    assert told == [
        "look at course.toml: [due] names 'hinje', which is no assignment here. "
        "Perhaps 'hinge' is meant.",
        "look at course.toml: [extensions.mean_squared_error] names 'ann lee', and "
        "nobody on the roster or among those who handed in goes by it. "
        "Perhaps 'Ann Lee' is meant.",
        "look at course.toml: [extensions.mean_squared_error] names 'Nobody at all', "
        "and nobody on the roster or among those who handed in goes by it.",
    ]


@pytest.mark.classroom
def test_lateness_that_nobody_knows_is_told(tmp_path, capsys):
    course = new_course(tmp_path / "course")
    course.root.joinpath("course.toml").write_text("[late]\npercent_per_day = 10\n")
    release(course, ASSIGNMENT)
    german = tmp_path / "Bewertungen.csv"
    german.write_bytes(in_german(worksheet("mse").read_bytes()))
    words = ["collect", ASSIGNMENT, "--course", str(course.root)]

    def told(*more):
        main([*words, "--from", str(archive("mse", "folders")), *more])
        lines = capsys.readouterr().out.splitlines()
        return [line for line in lines if line.startswith("look at course.toml")]

    (nobody,) = told()
    assert "nobody knows who came late" in nobody
    (how_late,) = told("--roster", str(german))
    assert "nobody knows by how much" in how_late
    assert "Zoë Müller-Lüdenscheidt" in how_late and "in English" in how_late
    assert told("--roster", str(worksheet("mse"))) == []
    due = f"[due]\n{ASSIGNMENT} = 2026-11-28T19:00:00\n"
    course.root.joinpath("course.toml").write_text(f"{due}[late]\npercent_per_day = 1")
    assert told("--roster", str(german)) == []


@needs_sandbox
@pytest.mark.classroom
def test_a_late_one_pays_in_the_table_and_on_the_page(tmp_path, capsys):
    course = new_course(tmp_path)
    (course.root / "course.toml").write_text(RULE)
    release(course, ASSIGNMENT)
    for student, day in (("in time", "01"), ("late", "03"), ("extended", "03")):
        path = hand_in_right(course, student)
        (path.parent / "timestamp.txt").write_text(f"2026-05-{day} 09:00:00 UTC\n")
        known = submissions.Submission(student, ASSIGNMENT, came_as="x")
        email = "ann@x.org" if student == "extended" else ""
        # The platform knows of no extension.
        is_late = student == "extended"
        submissions.write(course, known.but(email=email, is_late=is_late))
    hand_in_right(course, "platform says so")
    said = submissions.Submission("platform says so", ASSIGNMENT, is_late=True)
    submissions.write(course, said.but(seconds_late=3_600.0))

    grade(course, ASSIGNMENT)
    feedback(course, ASSIGNMENT)
    main(
        [
            "export",
            ASSIGNMENT,
            "--course",
            str(tmp_path),
            "--to",
            str(tmp_path / "a.csv"),
        ]
    )

    by_student = {g.record.student: g for g in grades(course, ASSIGNMENT)}
    assert {name: g.penalty for name, g in by_student.items()} == {
        "in time": 0, "late": 3.2, "extended": 0, "platform says so": 1.6,
    }  # fmt: skip
    assert by_student["late"].seconds_late == 47 * 3_600
    with (tmp_path / "a.csv").open(encoding="utf-8-sig") as file:
        rows = {row["student"]: row for row in csv.DictReader(file)}
    assert rows["late"]["penalty"] == "3.2" and rows["late"]["late"] == "yes"
    assert rows["extended"]["late"] == "no"
    page = lxml.html.parse(course.feedback("late", ASSIGNMENT)).getroot()
    assert "It came 47 hours late, which costs 3.2 points." in page.text_content()
