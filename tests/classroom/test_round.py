"""A whole round from the command line, as an instructor goes it."""

import csv
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import zipfile

import lxml.html
import nbformat
import pytest
from nbgrader.exchange.default import ExchangeSubmit

from classroom import answers, submissions
from classroom.__main__ import main
from classroom.collect import collect_from_exchange
from classroom.course import Course
from classroom.export import grades
from classroom.feedback import feedback
from classroom.grade import grade
from classroom.release import release
from classroom.sandbox import bubblewrap
from tests.classroom import platforms
from tests.classroom.cases import CASES, FULL, notebook_of
from tests.classroom.conftest import ASSIGNMENT, NOTEBOOK, needs_sandbox, new_course

pytestmark = [needs_sandbox, pytest.mark.classroom]
QUICK = [name for name, case in CASES.items() if case.quick]


def table(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def command(course, *words):
    return main([words[0], ASSIGNMENT, "--course", str(course.root), *words[1:]])


def test_a_round(tmp_path, capsys):
    course = new_course(tmp_path / "course")
    assert command(course, "release") == 0
    place = tmp_path / "handed in"
    for name in QUICK:
        (place / name).mkdir(parents=True)
        notebook = answers.notebook(course, ASSIGNMENT, {})
        data = notebook_of(CASES[name], notebook, course.root)
        (place / name / "answers.ipynb").write_bytes(data)

    assert command(course, "collect", "--from", str(place)) == 0
    said = capsys.readouterr().out
    assert f"{len(QUICK) - 1} submissions" in said
    assert "No notebook from: invalid JSON" in said
    said = ("--engine", "serial", "--seconds", "8", "--quiet")
    assert command(course, "grade", *said) == 0
    assert "look at invalid JSON: unreadable" in capsys.readouterr().out
    assert command(course, "feedback") == 0
    assert command(course, "export", "--to", str(tmp_path / "all.csv")) == 0

    rows = {row["student"]: row for row in table(tmp_path / "all.csv")}
    for name in QUICK:
        case, row = CASES[name], rows[name]
        assert row["status"] == case.status
        if case.points is not None:
            assert float(row["by_program"]) == case.points
        assert row["score"] == ""  # nobody has read the prose yet
        assert course.feedback(name, ASSIGNMENT).exists()
    assert rows["invalid JSON"]["needs_review"] == "yes"
    assert rows["invalid JSON"]["by_program"] == ""


def test_a_page_of_feedback_runs_nothing_of_the_student(course, handed_in):
    evil = "<script>alert('evil')</script><img src=x onerror='evil()'>"
    shows = (
        "from IPython.display import HTML, SVG, Javascript, display\n"
        f"display(HTML({evil!r}), Javascript('evil()'), Javascript(url='evil.js'))\n"
        "display(SVG('<svg><script>evil()</script></svg>'))"
    )
    handed_in(
        "b evil",
        best_constants=shows,
        assessor=f"Prices. {evil} [x](javascript:evil())",
    )

    grade(course, ASSIGNMENT, students=["b evil"])
    feedback(course, ASSIGNMENT)

    page = lxml.html.parse(course.feedback("b evil", ASSIGNMENT)).getroot()
    assert "has not been read yet" in page.text_content()
    assert "Prices." in page.text_content()
    assert not [s for s in page.xpath("//script") if "evil" in s.text_content()]
    assert not page.xpath("//@onerror | //@onclick | //iframe | //object")
    assert not [a for a in page.xpath("//@href") if a.startswith("javascript:")]


def test_a_page_of_feedback_says_whose_it_is_and_names_the_tasks(course, handed_in):
    handed_in("c whose", linex="def linex(y, y_hat, a):\n    return 0.0")
    grade(course, ASSIGNMENT, students=["c whose"])
    known = submissions.read(course, "c whose", ASSIGNMENT)
    submissions.write(course, known.but(came_as="<b>mine</b>.ipynb"))
    feedback(course, ASSIGNMENT)

    page = lxml.html.parse(course.feedback("c whose", ASSIGNMENT)).getroot()
    rows = [
        [cell.text_content() for cell in row]
        for row in page.xpath("//table[@class='sum']/tbody/tr")
    ]
    assert page.findtext(".//p") == "For c whose; handed in as “<b>mine</b>.ipynb”."
    assert rows[0] == [
        "1. Too high costs more and more (4 points)",
        "linex_plain",
        "0 of 2",
    ]
    assert rows[1][0] == ""
    assert all(row[2] != "0 of 0" for row in rows)
    assert {f"#{one}" for one in page.xpath("//@id")} >= set(page.xpath("//td/a/@href"))


def points_by_hand(course, given):
    with course.gradebook() as gradebook:
        for student, points in given.items():
            found = gradebook.find_grade("assessor", NOTEBOOK, ASSIGNMENT, student)
            found.manual_score, found.needs_manual_grade = points, False
        gradebook.db.commit()


def read_by_hand(course, student, points):
    points_by_hand(course, {student: points})


@pytest.mark.parametrize("format", ["canvas", "moodle"])
def test_a_gradebook_of_a_platform_gets_no_grade_where_there_is_none(
    course, handed_in, tmp_path, format
):
    for student in ("read", "not read", "=1+1"):
        handed_in(student)
        record = submissions.read(course, student, ASSIGNMENT)
        submissions.write(course, record.but(email="x@example.invalid"))
    answers.hand_in(course, ASSIGNMENT, "broken", "nonsense")
    grade(course, ASSIGNMENT)
    read_by_hand(course, "read", 3)

    path = tmp_path / "grades.csv"
    assert command(course, "export", "--format", format, "--to", str(path)) == 0

    if format == "moodle":  # where an empty one would be marked as overridden
        (row,) = table(path)
        assert row["Email address"] == "x@example.invalid"
        assert (row["Full name"], row["Grade"]) == ("read", str(FULL + 3))
        return
    scores = {row["Student"]: row[ASSIGNMENT] for row in table(path)}
    assert scores["read"] == str(FULL + 3)
    assert scores["not read"] == scores["broken"] == scores["'=1+1"] == ""


@pytest.mark.parametrize("name", ["mse", "group", "blind"])
def test_what_moodle_gave_goes_round_and_is_given_back(tmp_path, capsys, name):
    """From its archive and worksheet to what it takes in again, by the commands.

    Then once more with the archive in its other form: the same work, graded already.
    """
    course = new_course(tmp_path / "course")
    assert command(course, "release") == 0
    sheet = str(platforms.worksheet(name))
    to, pages = tmp_path / "Grades.csv", tmp_path / "pages.zip"
    given: dict[str, int] = {}
    for form in ("folders", "flat"):
        place = str(platforms.archive(name, form))
        assert command(course, "collect", "--from", place, "--roster", sheet) == 0
        assert command(course, "grade", "--quiet") == 0
        records = [g.record for g in grades(course, ASSIGNMENT) if g.record.status]
        everybody = [record for record in records if record.status == "ok"]
        if not given:
            given = {record.student: n % 4 for n, record in enumerate(everybody, 1)}
            points_by_hand(course, given)
        capsys.readouterr()

        words = ("--worksheet", sheet, "--to")
        assert command(course, "export", *words, str(to)) == 0
        assert command(course, "feedback", *words, str(pages)) == 0

        taken = platforms.read_by_moodle(to.read_bytes())
        scores = {r.identifier: f"{given[r.student]:.2f}" for r in everybody}
        assert {i: score for i, (score, _) in taken.items() if score} == scores
        assert len(scores) == {"mse": 5, "group": 6, "blind": 2}[name]
        late = {record.seconds_late for record in everybody}
        assert late == {3_600.0 if name == "mse" else None}
        with zipfile.ZipFile(pages) as packed:
            files = {
                platforms.taken_as_feedback(entry, taken): packed.read(entry)
                for entry in packed.namelist()
            }
        assert {participant for participant, _ in files} == {
            record.identifier for record in records
        }
        assert all(b"<script" not in page for page in files.values())
        assert f"{pages}: {len(files)} pages" in capsys.readouterr().out
        if name == "mse":  # who handed in a text is told so in both places
            assert b"readme.txt" in files["2", f"{NOTEBOOK}.html"]
            assert "readme.txt" in taken["2"][1] and taken["2"][1].startswith("<p>")


def test_grading_again_does_nothing_until_something_changes(course, handed_in):
    handed_in("again")
    said = []

    grade(course, ASSIGNMENT, students=["again"], progress=said.append)
    grade(course, ASSIGNMENT, students=["again"], progress=said.append)
    assert len(said) == 1
    handed_in("again", linex="def linex(y, y_hat, a):\n    return 0.0")
    grade(course, ASSIGNMENT, students=["again"], progress=said.append)

    assert len(said) == 2
    scores = {g.record.student: g.by_program for g in grades(course, ASSIGNMENT)}
    assert scores["again"] == FULL - 4


def test_a_person_may_accept_what_a_died_kernel_leaves(course, handed_in):
    handed_in("died", pseudo_huber="import os\nos._exit(0)")
    grade(course, ASSIGNMENT, students=["died"])
    read_by_hand(course, "died", 0)

    def score():
        return {g.record.student: g.score for g in grades(course, ASSIGNMENT)}["died"]

    assert score() is None
    assert command(course, "grade", "--accept", "--student", "died") == 0
    assert score() == 4  # of the first task, whose tests had run


def test_a_locked_database_is_waited_for(course, handed_in):
    handed_in("waits")
    path = course.root / "gradebook.db"
    other = sqlite3.connect(path, check_same_thread=False)
    other.execute("BEGIN EXCLUSIVE")
    threading.Timer(10, other.rollback).start()
    began = time.monotonic()

    (record,) = grade(course, ASSIGNMENT, students=["waits"])

    assert record.status == "ok"
    assert time.monotonic() - began > 9
    other.close()


def test_a_grading_that_was_killed_goes_on(tmp_path):
    course = new_course(tmp_path / "course")
    release(course, ASSIGNMENT)
    notebook = nbformat.writes(answers.notebook(course, ASSIGNMENT, {}))
    students = [f"student {i}" for i in range(6)]
    for student in students:
        answers.hand_in(course, ASSIGNMENT, student, notebook)
    words = ("grade", ASSIGNMENT, "--course", str(course.root), "--quiet")
    running = subprocess.Popen([sys.executable, "-m", "classroom", *words])
    while not any(submissions.read(course, s, ASSIGNMENT).status for s in students):
        time.sleep(0.1)
        assert running.poll() is None
    os.kill(running.pid, signal.SIGKILL)
    running.wait()
    before = [s for s in students if submissions.read(course, s, ASSIGNMENT).status]
    said = []

    done = grade(course, ASSIGNMENT, progress=said.append)

    assert len(before) < len(students)
    assert {r.student for r in said} == set(students) - set(before)
    assert {r.status for r in done} == {"ok"}
    assert {g.by_program for g in grades(course, ASSIGNMENT)} == {FULL}


def test_without_a_sandbox_nothing_is_graded(course, handed_in, monkeypatch, capsys):
    handed_in("careful")
    monkeypatch.setattr(bubblewrap.shutil, "which", lambda name, path=None: None)

    assert command(course, "grade", "--student", "careful", "--quiet") == 1
    assert "Bubblewrap is not installed" in capsys.readouterr().err
    assert submissions.read(course, "careful", ASSIGNMENT).status == ""
    said = ("--student", "careful", "--engine", "serial", "--quiet", "--trust")
    assert command(course, "grade", *said) == 0
    assert submissions.read(course, "careful", ASSIGNMENT).status == "ok"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("release", "nonsense"), "There is no assignment 'nonsense'"),
        (("collect", ASSIGNMENT, "--from", "nowhere"), "nowhere. Expected is"),
        (
            ("grade", ASSIGNMENT, "--student", "nobody"),
            "Nothing was handed in by nobody",
        ),
        (("feedback", "hinge"), "has been graded"),
        (("export", "hinge"), "python -m classroom release"),
    ],
)
def test_what_cannot_be_done_is_told(course, capsys, words, says):
    assert main([*words, "--course", str(course.root)]) == 1
    assert says in capsys.readouterr().err


def test_a_key_is_tried_on_its_answers(tmp_path, capsys):
    course = new_course(tmp_path)
    path = course.root / "wrong" / f"{ASSIGNMENT}.toml"

    assert command(course, "try", "--quiet") == 0
    assert "all graded as their file says" in capsys.readouterr().out
    path.write_text(path.read_text().replace("score = 12", "score = 11", 1))
    assert command(course, "try", "--quiet") == 1
    assert (
        "the error turned round: got 12 points, should get 11"
        in capsys.readouterr().err
    )
    assert not (course.root / "submitted").exists()


def test_nbgraders_own_command_grades_the_same(course, handed_in):
    handed_in(
        "own way", pseudo_huber="def pseudo_huber(y, y_hat, delta):\n    return 0.0"
    )
    nbgrader = [sys.executable, "-m", "nbgrader"]
    words = [*nbgrader, "autograde", ASSIGNMENT, "--student", "own way"]

    subprocess.run(words, cwd=course.root, check=True, capture_output=True)

    scores = {g.record.student: g.by_program for g in grades(course, ASSIGNMENT)}
    assert scores["own way"] == FULL - 4


class WithExchange(Course):
    """A course on a machine that has an exchange."""

    def configure(self, config):
        config.Exchange.root = str(self.root / "exchange")
        config.ExchangeCollect.check_owner = False  # all accounts are one here
        return super().configure(config)


def test_what_went_through_nbgraders_exchange_is_collected(tmp_path, monkeypatch):
    course = WithExchange(new_course(tmp_path / "course").root)
    (course.root / "exchange").mkdir(mode=0o777)
    (course.root / "exchange").chmod(0o777)
    release(course, ASSIGNMENT)
    home = tmp_path / "student"
    (home / ASSIGNMENT).mkdir(parents=True)
    text = nbformat.writes(answers.notebook(course, ASSIGNMENT, {}))
    (home / ASSIGNMENT / f"{NOTEBOOK}.ipynb").write_text(text)
    monkeypatch.chdir(home)
    monkeypatch.setenv("JUPYTERHUB_USER", "Ann")
    with course.nbgrader() as api:
        assert api.release_assignment(ASSIGNMENT)["success"]
        api.coursedir.assignment_id = ASSIGNMENT
        submit = ExchangeSubmit(
            coursedir=api.coursedir, authenticator=api.authenticator, parent=api
        )
        submit.start()

    collect_from_exchange(course, ASSIGNMENT)
    (student,) = course.students(ASSIGNMENT)
    grade(course, ASSIGNMENT)

    assert [g.by_program for g in grades(course, ASSIGNMENT)] == [FULL]
    assert submissions.read(course, student, ASSIGNMENT).status == "ok"
